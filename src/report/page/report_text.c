/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-up of the words of reports. */
#include "report_text.h"

#include <string.h>

typedef struct words {
    const char *en, *ru;
} words;

static const words texts[] = {
#define CN__REPORT_TEXT(id, en, ru) {en, ru},
#include "report_texts.def"
};

static const struct {
    const char *key;
    words text;
} page_texts[] = {
#define CN__PAGE_TEXT(key, en, ru) {key, {en, ru}},
#include "report_texts.def"
};

const char *cn__report_text(cn__report_text_id id, cn_lang lang) {
    return lang == CN_LANG_RU ? texts[id].ru : texts[id].en;
}

void cn__report_say(cn_buf *out, cn__report_text_id id, cn_lang lang, size_t count, const char *const *args) {
    cn_text_format(out, lang, cn__report_text(id, lang), count, args);
}

void cn__report_say_2(cn_buf *out, cn__report_text_id id, cn_lang lang, uint64_t a, uint64_t b) {
    cn_buf numbers[2] = {{0}, {0}};
    cn_format_number(&numbers[0], lang, (double)a, 0);
    cn_format_number(&numbers[1], lang, (double)b, 0);
    cn__report_say(out, id, lang, 2,
                   (const char *const[]){numbers[0].len ? numbers[0].data : "", numbers[1].len ? numbers[1].data : ""});
    out->failed |= numbers[0].failed || numbers[1].failed;
    cn_buf_release(&numbers[0]);
    cn_buf_release(&numbers[1]);
}

void cn__report_page_texts(cn_buf *out, cn_lang lang) {
    for (size_t i = 0; i < sizeof page_texts / sizeof *page_texts; i++) {
        cn_buf_add_text(out, i ? "," : "");
        cn_json_string(out, page_texts[i].key);
        cn_buf_add_text(out, ":");
        cn_json_string(out, lang == CN_LANG_RU ? page_texts[i].text.ru : page_texts[i].text.en);
    }
}

void cn__report_url(cn_buf *out, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("-._~", c);
        const char digits[] = "0123456789ABCDEF";
        const char escaped[] = {'%', digits[c >> 4], digits[c & 15]};
        cn_buf_add(out, plain ? text : escaped, plain ? 1 : 3);
    }
}
