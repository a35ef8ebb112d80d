/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a table to records: the one way for every table, be it CSV, a sheet, the answer of a query or the node table of another
 * program. The header tells which column of the section each cell belongs to (by name, alias or --map); then every row is a record.
 */
#ifndef CN_LOAD_ROW_READER_H
#define CN_LOAD_ROW_READER_H

#include "assemble.h"
#include "buf.h"
#include "strmap.h"

/* What is known of a cell besides its text. */
typedef enum cn__cell_kind {
    CN__CELL_TEXT,    /* as a person wrote it: decimal comma, spaces in numbers … */
    CN__CELL_LITERAL, /* the same, and marked as a text: "-" is no mark of no data */
    CN__CELL_NUMBER,  /* a number in the notation of JSON */
    CN__CELL_DATE,    /* a date, 2016-07-01 */
    CN__CELL_DAY,     /* the same, shown as a day and a month only */
    CN__CELL_MONTH,   /* the same, shown as a month and a year only */
    CN__CELL_FLAG     /* true or false */
} cn__cell_kind;

typedef struct cn__row_cell {
    const char *text; /* valid UTF-8 with its NUL, without white space around it; for the time of the call */
    size_t len;       /* 0: the cell is empty */
    cn__cell_kind kind;
    cn__place place; /* row and column, from 1 */
} cn__row_cell;

/* What a column of the table means. */
typedef struct cn__row_column {
    uint32_t column; /* in the section, or CN__ROW_UNUSED */
    int shift;       /* the unit in the header: values are in 10^shift */
    size_t name;     /* of a free attribute, or of a column of a matrix: its name in `names` */
    cn__place place;
} cn__row_column;

#define CN__ROW_UNUSED UINT32_MAX

/* Rows that wait until the header is found. */
typedef struct cn__row_waiting {
    cn_buf texts;
    struct cn__waiting_cell {
        size_t text;
        size_t len;
        cn__cell_kind kind;
        cn__place place;
    } * cells;
    size_t cell_count, cell_cap;
    struct cn__waiting_row {
        size_t first, count;
        cn__place place;
    } * rows;
    size_t row_count, row_cap;
} cn__row_waiting;

enum { CN__REPEAT_MAX = 8 };

/* Set the first members after cn__row_reader_begin where they are not to be the defaults; the others are its own. */
typedef struct cn__row_reader {
    bool lone;          /* the table stands alone and may come without header [false] */
    bool chosen;        /* a person chose these cells: amounts below names are a matrix [false] */
    bool decimal_comma; /* a comma in a number of a TEXT cell is the decimal point [true] */
    /* Place of byte `offset` of the cell's text, asked for in rising order; NULL: that of the cell. */
    cn__place (*place_in)(void *context, size_t cell, size_t offset);
    void *context;

    cn__assembly *assembly;
    cn__load *load;
    const cn__section *section;
    const char *label;
    bool begun;   /* the header was read, or done without */
    bool refused; /* the header cannot be used: rows are not read */
    cn__row_column *columns;
    size_t column_count;
    size_t column_cap;
    const cn__row_cell *cells; /* of the present row */
    size_t cell_count;
    cn__place place;
    cn_buf names;
    cn_buf folded;
    cn_buf scratch;
    cn_buf above; /* the first column's last text */
    cn__row_waiting waiting;
    bool gephi;   /* the columns are called as Gephi calls them */
    bool matrix;  /* columns are the names of customers */
    bool repeats; /* the columns from `repeat_from` on are `repeat` again and again */
    size_t repeat_from;
    uint32_t repeat[CN__REPEAT_MAX];
    size_t repeat_count;
    bool has_inns; /* a column tells the INN of an end: row_ends.c */
    cn__strmap inns;
    uint32_t *inn_of;
    size_t inn_count, inn_cap;
    cn__strmap named;  /* of a lone table of children: ends that were named so far */
    size_t first_rows; /* rows behind the header, until 2 */
    cn__draft draft;
    uint32_t default_kind; /* column of the link's kind when the table has none; else CN__ROW_UNUSED */
} cn__row_reader;

/* A table of `section`. `label` stands for the file in messages and lives as long as the assembly. */
void cn__row_reader_begin(cn__row_reader *reader, cn__assembly *assembly, const cn__section *section,
                          const char *label);
/*
 * The names of the columns, where the source knows them for certain (a query). Without this call the first rows are looked at
 * for a header.
 */
cn_status cn__row_reader_header(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place);
/* Any row that is not empty, in order. Mistakes are reported; what is returned besides CN_OK ends the load. */
cn_status cn__row_reader_row(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place);
/* After the last row. */
cn_status cn__row_reader_end(cn__row_reader *t);
/* Are further rows of use? False: the header was refused (reported), or a limit was reached. */
bool cn__row_reader_wanted(const cn__row_reader *reader);
void cn__row_reader_release(cn__row_reader *reader);

#endif
