/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table's writers see of it. A cell's column tells which member of the union holds. */
#ifndef CN_REPORT_TABLE_DATA_H
#define CN_REPORT_TABLE_DATA_H

#include "coopnet/table.h"
#include "memory.h"

typedef union cn__cell {
    uint32_t text; /* TEXT: number in the arena */
    double number; /* NUMBER: NaN is undefined */
    int64_t count; /* COUNT */
    int64_t minor; /* MONEY: INT64_MIN is undefined */
    cn_date date;  /* DATE: CN_DATE_NONE is undefined */
} cn__cell;

typedef struct cn__column {
    uint32_t key;
    uint32_t title;
    cn_cell_type type;
    int decimals;
} cn__column;

struct cn_table {
    cn__column *columns;
    size_t column_count;
    size_t column_cap;
    cn__cell *cells; /* row after row */
    size_t cell_count;
    size_t cell_cap;
    cn__arena texts;
    cn_status trouble; /* first failure of an add: CN_ERR_MEMORY or, for a call that did not fit, CN_ERR_INTERNAL */
};

/* CN_OK when the table may be written: nothing failed and the last row is complete. */
cn_status cn__table_ready(const cn_table *table, cn_error *err);
/* Is there nothing to show in this cell (undefined number, money, date)? Never true of texts and counts. */
bool cn__cell_undefined(cn_cell_type type, cn__cell cell);
/* The cell in `out`, which is emptied first: numbers in the habit of the language, "–" for what is undefined, texts cleaned. */
void cn__cell_text_for_people(const cn_table *table, size_t row, size_t col, const cn_table_text_options *o,
                              cn_buf *out);
/* Add a number, count, sum or date for programs: exact, decimal point, ISO dates; nothing of a text and of what is undefined. */
void cn__cell_add_exact(cn_cell_type type, cn__cell cell, cn_buf *out);
/* A text without what would disturb a terminal. */
void cn__cell_add_clean(cn_buf *out, const char *text);
/* Hand `buf` to the sink and empty it. */
cn_status cn__table_flush(cn_buf *buf, cn_sink sink, cn_error *err);
/* Flush every so many bytes, so that a table of any length is written in bounded memory. */
#define CN__TABLE_CHUNK ((size_t)1 << 16)

#endif
