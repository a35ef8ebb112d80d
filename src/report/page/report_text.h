/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of reports (report_texts.def). */
#ifndef CN_REPORT_TEXT_H
#define CN_REPORT_TEXT_H

#include "coopnet/base.h"

typedef enum cn__report_text_id {
#define CN__REPORT_TEXT(id, en, ru) CN__REPORT_##id,
#include "report_texts.def"
    CN__REPORT_TEXT_COUNT
} cn__report_text_id;

const char *cn__report_text(cn__report_text_id id, cn_lang lang);
/* Add a template with its arguments. */
void cn__report_say(cn_buf *out, cn__report_text_id id, cn_lang lang, size_t count, const char *const *args);
#define CN__SAY(out, id, lang, ...)                                                                                    \
    cn__report_say((out), CN__REPORT_##id, (lang), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *),  \
                   (const char *const[]){__VA_ARGS__})
/* The same with two whole numbers. */
void cn__report_say_2(cn_buf *out, cn__report_text_id id, cn_lang lang, uint64_t a, uint64_t b);
/* The texts of the page's script as the members of a JSON object. */
void cn__report_page_texts(cn_buf *out, cn_lang lang);
/* A text as part of an URL: letters, digits, - . _ ~ as they are, all else as %XX. */
void cn__report_url(cn_buf *out, const char *text);

#endif
