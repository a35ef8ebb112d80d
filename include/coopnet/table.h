/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file table.h
 * One table of results and its writers: aligned text for a terminal, CSV, JSON. Every command answers with these, so
 * escaping and number forms are the same everywhere.
 */
#ifndef COOPNET_TABLE_H
#define COOPNET_TABLE_H

#include "coopnet/date.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_table cn_table;

typedef enum cn_cell_type { CN_CELL_TEXT, CN_CELL_NUMBER, CN_CELL_COUNT, CN_CELL_MONEY, CN_CELL_DATE } cn_cell_type;

CN_API cn_status cn_table_create(cn_table **out, cn_error *err);
CN_API void cn_table_free(cn_table *table);

/**
 * Add a column before any row. `key` names it in CSV and JSON, `title` in text. `decimals` is for numbers in text only.
 * A failing allocation is remembered and returned by the writers, here and in the calls below.
 */
CN_API void cn_table_add_column(cn_table *table, const char *key, const char *title, cn_cell_type type, int decimals);

/** Add cells from left to right; a row is complete when every column has its cell. The call must fit the column's type. */
CN_API void cn_table_add_text(cn_table *table, const char *text);
CN_API void cn_table_add_number(cn_table *table, double value); /**< NaN: undefined */
CN_API void cn_table_add_count(cn_table *table, int64_t value);
CN_API void cn_table_add_money(cn_table *table, int64_t minor); /**< INT64_MIN: not given */
CN_API void cn_table_add_date(cn_table *table, cn_date date);
CN_API size_t cn_table_row_count(const cn_table *table);

typedef struct cn_table_text_options {
    cn_lang lang;
    const char *currency; /**< or NULL */
    bool bold_header;     /**< ANSI escapes: only for a terminal */
    int max_width;        /**< cut the widest text columns with "…" to fit so many columns; 0: never */
} cn_table_text_options;

/** Aligned columns, numbers to the right, widths by display width. Control characters in texts, and
 * those that turn the direction of what follows, are shown as "�". */
CN_API cn_status cn_table_write_text(const cn_table *table, const cn_table_text_options *options, cn_sink sink,
                                     cn_error *err);

/**
 * RFC 4180 with header row and LF: numbers in their shortest exact form, dates in ISO form, undefined cells empty.
 * Text that a spreadsheet would take for a formula (starts with = + - @, tab or CR) gets a leading apostrophe.
 */
CN_API cn_status cn_table_write_csv(const cn_table *table, cn_sink sink, cn_error *err);

/**
 * An array of objects, one a line; undefined cells are null. `indent` spaces before each line but the first, so that it
 * can follow a key; no line end after the last.
 */
CN_API cn_status cn_table_write_json(const cn_table *table, int indent, cn_sink sink, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
