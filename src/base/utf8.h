/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: validity, walking, display width, the folding that names are compared by, and nearness of two names. */
#ifndef CN_BASE_UTF8_H
#define CN_BASE_UTF8_H

#include "coopnet/base.h"

/* Bytes of `text` up to the first that is not valid UTF-8 (overlong forms, surrogates and > U+10FFFF are not); len if all is. */
size_t cn__utf8_valid(const char *text, size_t len);
/* Next code point; *text moves on. Invalid bytes give U+FFFD and move by one. 0 at the NUL. */
uint32_t cn__utf8_next(const char **text);
void cn__utf8_add(cn_buf *out, uint32_t code);
size_t cn__utf8_count(const char *text, size_t len); /* code points */
/* Columns in a terminal: 0 for combining marks and controls, 2 for wide East Asian, else 1. */
int cn__utf8_width(uint32_t code);
int cn__utf8_text_width(const char *text);
/*
 * The form in which names are compared: lower case (Latin, Cyrillic, Greek), ё as е, quotes dropped, white space and dashes
 * folded to single blanks, trimmed.
 */
void cn__utf8_fold(cn_buf *out, const char *text); /* appends; `out->data` is set even when nothing is left */
/*
 * Edit distance (insert, delete, replace, swap neighbours) of two texts in code points, at most `limit`+1; that too
 * without memory, as it only serves suggestions.
 */
unsigned cn__utf8_distance(const char *a, const char *b, unsigned limit);

#endif
