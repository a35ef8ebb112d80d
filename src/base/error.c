/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The message table and cn_error.
 *
 * The table is messages.def, indexed by cn_message; row 0 is CN_MSG_NONE with empty texts. An error holds its message
 * and arguments within its own fixed bytes, so filling and formatting one allocates nothing. When the arguments do not
 * fit together, the longest are cut to one common length, at a code point, and end with "…": a long path does not push
 * out the reason behind it.
 */
#include "error.h"
#include "memory.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

typedef struct message_row {
    cn_level level;
    const char *key;
    const char *en;
    const char *ru;
} message_row;

static const message_row rows[CN_MSG_COUNT] = {
    [CN_MSG_NONE] = {CN_LEVEL_NOTE, "", "", ""},
#define CN_MESSAGE(id, level, key, en, ru) [CN_MSG_##id] = {CN_LEVEL_##level, key, en, ru},
#include "coopnet/messages.def"
#undef CN_MESSAGE
};

static const message_row *row_of(cn_message message) {
    return (unsigned)message < (unsigned)CN_MSG_COUNT ? &rows[message] : &rows[CN_MSG_NONE];
}

const char *cn_message_key(cn_message message) { return row_of(message)->key; }

cn_level cn_message_level(cn_message message) { return row_of(message)->level; }

const char *cn__message_pattern(cn_message message, cn_lang lang) {
    const message_row *row = row_of(message);
    return lang == CN_LANG_RU ? row->ru : row->en;
}

static bool same_code(const char *text, const char *code) {
    return (text[0] | 0x20) == code[0] && (text[1] | 0x20) == code[1] && text[2] == '\0';
}

cn_lang cn_lang_find(const char *code) {
    if (!code || strlen(code) != 2) {
        return CN_LANG_DEFAULT;
    }
    return same_code(code, "en") ? CN_LANG_EN : same_code(code, "ru") ? CN_LANG_RU : CN_LANG_DEFAULT;
}

/* Bytes of `text`, at most `limit`, that do not end within a code point. */
static size_t cut_length(const char *text, size_t limit) {
    size_t len = strnlen(text, limit + 1);
    if (len <= limit) {
        return len;
    }
    len = limit;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
        len--;
    }
    return len;
}

/* The largest length to which every text can be cut so that all fit, their NULs included. */
static size_t common_limit(size_t count, const char *const *args) {
    size_t limit = CN_ERROR_TEXT_BYTES;
    for (;;) {
        size_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            sum += strnlen(args[i], limit) + 1;
        }
        if (sum <= CN_ERROR_TEXT_BYTES) {
            return limit;
        }
        limit--;
    }
}

void cn__error_fill(cn_error *err, cn_status status, cn_message message, size_t arg_count, const char *const *args) {
    static const char ellipsis[] = "…";
    const size_t ellipsis_len = sizeof ellipsis - 1;
    if (!err) {
        return;
    }
    const char *texts[CN_ARGS_MAX];
    size_t count = arg_count < CN_ARGS_MAX ? arg_count : CN_ARGS_MAX;
    for (size_t i = 0; i < count; i++) {
        texts[i] = args[i] ? args[i] : "";
    }
    /* Built aside: an argument may well be one of the old error in `err`. */
    cn_error made = {.status = status, .message = message, .arg_count = (uint32_t)count};
    size_t limit = common_limit(count, texts);
    char *at = made.args;
    for (size_t i = 0; i < count; i++) {
        bool cut = strnlen(texts[i], limit + 1) > limit;
        size_t len = cut_length(texts[i], cut ? limit - ellipsis_len : limit);
        memcpy(at, texts[i], len);
        at += len;
        if (cut) {
            memcpy(at, ellipsis, ellipsis_len);
            at += ellipsis_len;
        }
        *at++ = '\0';
    }
    *err = made;
}

/* Mebibytes, rounded up. Allocates nothing. */
static const char *megabytes(char out[24], uint64_t bytes) {
    snprintf(out, 24, "%llu", (unsigned long long)(bytes >> 20) + ((bytes & 0xfffff) > 0));
    return out;
}

void cn__error_no_memory(cn_error *err) {
    char need[24];
    char most[24];
    uint64_t limit = 0;
    uint64_t refused = cn__memory_refused(&limit);
    if (refused == 0) {
        CN__FAIL0(err, CN_ERR_MEMORY, OUT_OF_MEMORY);
    } else {
        CN__FAIL2(err, CN_ERR_MEMORY, MEMORY_LIMIT, megabytes(need, refused), megabytes(most, limit));
    }
}

size_t cn__error_args(const cn_error *err, const char *args[CN_ARGS_MAX]) {
    const char *at = err->args;
    const char *end = err->args + sizeof err->args;
    size_t count = 0;
    while (count < err->arg_count && count < CN_ARGS_MAX) {
        const char *nul = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
        if (!nul) {
            break;
        }
        args[count++] = at;
        at = nul + 1;
    }
    return count;
}

/* A sink over fixed bytes: counts everything, keeps what fits. */
typedef struct fixed_text {
    char *bytes;
    size_t cap;
    size_t len;
} fixed_text;

static bool write_fixed(void *context, const void *bytes, size_t len) {
    fixed_text *text = context;
    if (text->len < text->cap) {
        size_t room = text->cap - text->len;
        memcpy(text->bytes + text->len, bytes, len < room ? len : room);
    }
    text->len += len;
    return true;
}

size_t cn_error_format(const cn_error *err, cn_lang lang, char *out, size_t cap) {
    fixed_text text = {.bytes = out, .cap = cap};
    const char *args[CN_ARGS_MAX];
    size_t count = cn__error_args(err, args);
    (void)cn__text_write((cn_sink){write_fixed, &text}, lang, cn__message_pattern(err->message, lang), count, args,
                         true);
    if (cap > 0) {
        size_t end = text.len < cap ? text.len : cap - 1;
        while (text.len >= cap && end > 0 && ((unsigned char)out[end] & 0xC0) == 0x80) {
            end--;
        }
        out[end] = '\0';
    }
    return text.len;
}
