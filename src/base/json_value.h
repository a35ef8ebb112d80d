/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single values of JSON: is a text one, and free attributes as cells of a table. */
#ifndef CN_BASE_JSON_VALUE_H
#define CN_BASE_JSON_VALUE_H

#include "coopnet/base.h"

/* True when the whole text is one value in strict JSON (RFC 8259) without \u0000, nested at most 64 deep. */
bool cn__json_is_value(const char *text, size_t len);

/*
 * The value that a cell of a table means, appended as JSON: a number, true, false, a text, list or object in JSON notation as it stands;
 * all else is a plain text.
 */
void cn__json_of_cell(cn_buf *out, const char *text, size_t len);
/* The plain text of a sound JSON string with its quotes, appended. */
void cn__json_decode(cn_buf *out, const char *json, size_t len);
/* The plain text of a JSON string, appended. False (and something in `out`): as a cell it would not mean this string again. */
bool cn__json_plain(cn_buf *out, const char *json, size_t len);

#endif
