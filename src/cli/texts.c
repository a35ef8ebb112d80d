/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts for people. The table is texts.def; every argument is cleaned of control characters on its way in, so that no
 * caller can forget to.
 */
#include "texts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *en;
    const char *ru;
} table[TEXT_COUNT] = {
#define CLI_TEXT(id, en, ru) {en, ru},
#include "texts.def"
#undef CLI_TEXT
};

const char *text_of(cn_lang lang, cli_text id) { return lang == CN_LANG_RU ? table[id].ru : table[id].en; }

void text_add_clean(cn_buf *out, const char *text) {
    const char *run = text;
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        bool c1 = byte == 0xC2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xA0;
        if (byte >= 0x20 && byte != 0x7F && !c1) {
            continue;
        }
        cn_buf_add(out, run, (size_t)(at - run));
        cn_buf_add_text(out, "\xEF\xBF\xBD");
        at += c1;
        run = at + 1;
    }
    cn_buf_add_text(out, run);
}

void text_add_list(cn_buf *out, cn_lang lang, cli_text id, const char *const *args) {
    cn_buf cleaned = {0};
    size_t starts[CN_ARGS_MAX];
    const char *texts[CN_ARGS_MAX];
    size_t count = 0;
    for (; count < CN_ARGS_MAX && args[count]; count++) {
        starts[count] = cleaned.len;
        text_add_clean(&cleaned, args[count]);
        cn_buf_add(&cleaned, "", 1);
    }
    for (size_t i = 0; i < count; i++) {
        texts[i] = cleaned.failed ? "" : cleaned.data + starts[i];
    }
    cn_text_format(out, lang, text_of(lang, id), count, texts);
    out->failed = out->failed || cleaned.failed;
    cn_buf_release(&cleaned);
}

const char *digits_of(cli_digits digits, uint64_t number) {
    snprintf(digits, sizeof(cli_digits), "%" PRIu64, number);
    return digits;
}

void complain_list(cn_lang lang, cli_text id, const char *const *args) {
    cn_buf line = {0};
    cn_buf_add_text(&line, "coopnet: ");
    text_add_list(&line, lang, id, args);
    cn_buf_add_text(&line, "\n");
    fputs(line.failed ? "coopnet: out of memory\n" : line.data, stderr);
    cn_buf_release(&line);
}

void complain_error(cn_lang lang, const cn_error *err) {
    char text[4 * CN_ERROR_TEXT_BYTES];
    cn_error_format(err, lang, text, sizeof text);
    complain(lang, TEXT_AS_IS, text, END);
}

cn_lang environment_lang(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0]) {
            return strncmp(value, "ru", 2) == 0 ? CN_LANG_RU : CN_LANG_EN;
        }
    }
    return CN_LANG_EN;
}
