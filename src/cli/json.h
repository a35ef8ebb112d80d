/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one JSON document member by member; commas, indents and escapes are its business. `{&buf, 0, true}` to init. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "coopnet/table.h"

typedef struct json {
    cn_buf *out;
    int depth;
    bool first; /* nothing stands yet in the innermost object or array */
} json;

/* `key` is NULL inside an array and for the document itself. `bracket` is '{' or '['; its end '}' or ']'. */
void json_begin(json *j, const char *key, char bracket);
void json_end(json *j, char bracket);
void json_text(json *j, const char *key, const char *text);
void json_text_or_null(json *j, const char *key, const char *text); /* "" is null */
void json_number(json *j, const char *key, double number);          /* NaN and infinities are null */
void json_count(json *j, const char *key, uint64_t count);
void json_flag(json *j, const char *key, bool flag);
void json_date(json *j, const char *key, cn_date date);
void json_null(json *j, const char *key);
cn_status json_table(json *j, const char *key, const cn_table *table, cn_error *err);

#endif
