/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON documents of the commands. The writer keeps only the depth and whether a comma is due; callers close what they
 * open. Every text goes through cn_json_string.
 */
#include "json.h"

#include "texts.h"

#include <math.h>

static void start_member(json *j, const char *key) {
    if (j->depth) {
        cn_buf_add_text(j->out, j->first ? "\n" : ",\n");
    }
    for (int i = 0; i < j->depth; i++) {
        cn_buf_add_text(j->out, " ");
    }
    if (key) {
        cn_json_string(j->out, key);
        cn_buf_add_text(j->out, ": ");
    }
    j->first = false;
}

void json_begin(json *j, const char *key, char bracket) {
    start_member(j, key);
    cn_buf_add(j->out, &bracket, 1);
    j->depth++;
    j->first = true;
}

void json_end(json *j, char bracket) {
    j->depth--;
    if (!j->first) {
        cn_buf_add_text(j->out, "\n");
        for (int i = 0; i < j->depth; i++) {
            cn_buf_add_text(j->out, " ");
        }
    }
    cn_buf_add(j->out, &bracket, 1);
    cn_buf_add_text(j->out, j->depth ? "" : "\n");
    j->first = false;
}

void json_text(json *j, const char *key, const char *text) {
    start_member(j, key);
    cn_json_string(j->out, text);
}

void json_null(json *j, const char *key) {
    start_member(j, key);
    cn_buf_add_text(j->out, "null");
}

void json_text_or_null(json *j, const char *key, const char *text) {
    if (text[0]) {
        json_text(j, key, text);
    } else {
        json_null(j, key);
    }
}

void json_number(json *j, const char *key, double number) {
    if (!isfinite(number)) {
        json_null(j, key);
        return;
    }
    start_member(j, key);
    cn_format_exact(j->out, number);
}

void json_count(json *j, const char *key, uint64_t count) {
    cli_digits digits;
    start_member(j, key);
    cn_buf_add_text(j->out, digits_of(digits, count));
}

void json_flag(json *j, const char *key, bool flag) {
    start_member(j, key);
    cn_buf_add_text(j->out, flag ? "true" : "false");
}

void json_date(json *j, const char *key, cn_date date) {
    if (date == CN_DATE_NONE) {
        json_null(j, key);
        return;
    }
    start_member(j, key);
    cn_buf_add_text(j->out, "\"");
    cn_format_date_iso(j->out, date);
    cn_buf_add_text(j->out, "\"");
}

cn_status json_table(json *j, const char *key, const cn_table *table, cn_error *err) {
    start_member(j, key);
    return cn_table_write_json(table, j->depth, cn_sink_buf(j->out), err);
}
