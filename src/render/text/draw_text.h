/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words in a picture (render_texts.def). */
#ifndef CN_RENDER_DRAW_TEXT_H
#define CN_RENDER_DRAW_TEXT_H

#include "coopnet/base.h"

typedef enum cn__draw_text_id {
#define CN__DRAW_TEXT(id, en, ru) CN__TEXT_##id,
#include "render_texts.def"
#undef CN__DRAW_TEXT
    CN__TEXT_COUNT
} cn__draw_text_id;

const char *cn__draw_text(cn__draw_text_id id, cn_lang lang);
/* Add a template with one or two arguments. */
void cn__draw_text_1(cn_buf *out, cn__draw_text_id id, cn_lang lang, const char *a);
void cn__draw_text_2(cn_buf *out, cn__draw_text_id id, cn_lang lang, const char *a, const char *b);
void cn__draw_text_count(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t count);
/* The same with the digits grouped: 100,000. */
void cn__draw_text_count_grouped(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t count);

#endif
