/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a sheet, as a workbook has them, to rows for the row reader. */
#ifndef CN_LOAD_SHEET_ROWS_H
#define CN_LOAD_SHEET_ROWS_H

#include "row_reader.h"

/* A part of a sheet, from 1, both ends included. */
typedef struct cn__sheet_range {
    uint32_t row, column, last_row, last_column;
} cn__sheet_range;
#define CN__SHEET_WHOLE ((cn__sheet_range){1, 1, UINT32_MAX, UINT32_MAX})
/* "B3:F200". False: it is none. */
bool cn__sheet_range_parse(const char *text, cn__sheet_range *out);

/* Cells merged downwards: those below the first mean what it says. */
typedef struct cn__sheet_merge {
    uint32_t row, column, last_row;
    size_t text; /* of the first cell, once it was read */
    size_t len;
    cn__cell_kind kind;
} cn__sheet_merge;

/* Rows come in rising order, cells of a row in rising order. Set the reader and the range; `{0}` otherwise. */
typedef struct cn__sheet_rows {
    cn__row_reader *reader;
    cn__sheet_range range;
    cn_buf texts; /* of the present row */
    struct cn__sheet_cell {
        size_t text, len;
        cn__cell_kind kind;
    } * cells;
    size_t cell_count, cell_cap;
    cn__row_cell *row;
    size_t row_cap;
    uint32_t number; /* of the present row */
    bool used;       /* a cell of it is not empty */
    uint32_t last;   /* the last column that a row was cut at */
    cn__sheet_merge *merges;
    size_t merge_count, merge_cap; /* by their first row */
    size_t merge_next;             /* the first that was not met */
    size_t open[64];               /* those that go on, of the merges met */
    size_t open_count;
    cn_buf merged;  /* their texts */
    uint64_t taken; /* rows that were not empty */
} cn__sheet_rows;

void cn__sheet_row_begin(cn__sheet_rows *s, uint32_t number);
/* False: memory. An empty text is no cell. */
bool cn__sheet_cell(cn__sheet_rows *s, uint32_t column, cn__cell_kind kind, const char *text, size_t len);
cn_status cn__sheet_row_end(cn__sheet_rows *s);
bool cn__sheet_merge_add(cn__sheet_rows *s, uint32_t row, uint32_t column, uint32_t last_row);
void cn__sheet_rows_release(cn__sheet_rows *s);

#endif
