/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words in a picture: the rows of render_texts.def as two arrays, and short ways to fill their templates. */
#include "draw_text.h"

#include "number.h"

static const char *const english[] = {
#define CN__DRAW_TEXT(id, en, ru) en,
#include "render_texts.def"
#undef CN__DRAW_TEXT
};
static const char *const russian[] = {
#define CN__DRAW_TEXT(id, en, ru) ru,
#include "render_texts.def"
#undef CN__DRAW_TEXT
};

const char *cn__draw_text(cn__draw_text_id id, cn_lang lang) { return lang == CN_LANG_RU ? russian[id] : english[id]; }

void cn__draw_text_1(cn_buf *out, cn__draw_text_id id, cn_lang lang, const char *a) {
    const char *args[] = {a};
    cn_text_format(out, lang, cn__draw_text(id, lang), 1, args);
}

void cn__draw_text_2(cn_buf *out, cn__draw_text_id id, cn_lang lang, const char *a, const char *b) {
    const char *args[] = {a, b};
    cn_text_format(out, lang, cn__draw_text(id, lang), 2, args);
}

void cn__draw_text_count(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t count) {
    cn_buf number = {0};
    cn__format_u64(&number, count);
    cn__draw_text_1(out, id, lang, number.data ? number.data : "");
    out->failed |= number.failed;
    cn_buf_release(&number);
}

void cn__draw_text_count_grouped(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t count) {
    cn_buf number = {0};
    cn_format_number(&number, lang, (double)count, 0);
    cn__draw_text_1(out, id, lang, number.data ? number.data : "");
    out->failed |= number.failed;
    cn_buf_release(&number);
}
