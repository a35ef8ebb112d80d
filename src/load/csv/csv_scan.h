/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a CSV text (RFC 4180 and what spreadsheets make of it), with the place of every cell. */
#ifndef CN_LOAD_CSV_SCAN_H
#define CN_LOAD_CSV_SCAN_H

#include "load_context.h"

typedef struct cn__csv_cell {
    size_t text; /* offset in cn__csv.row, NUL-terminated; without quotes, or without white space around it */
    size_t len;
    size_t start; /* offset in the file: its first byte, or its opening quote */
    bool quoted;
    cn__place place;
    bool guarded; /* it had the apostrophe of csv_guard.h */
} cn__csv_cell;

typedef struct cn__csv {
    cn__load *load;
    const char *file;
    const char *text;
    size_t len;
    size_t at;
    char separator; /* ' ': cells are parted by blanks and tabs, however many */
    bool comments;  /* lines that begin with '#' or '%' are none of the table */
    uint64_t comment_count;
    cn__place first_comment;
    cn__cursor cursor;
    cn_buf row;
    cn__csv_cell *cells;
    size_t cell_count;
    size_t cell_cap;
    cn__place row_place;
    bool cut;     /* the present row did not fit into `row` */
    bool in_rows; /* set by the user of the scanner: the header is behind, rows may be left out */
    bool broken;  /* the present row has a mistake that was forgiven */
} cn__csv;

/* A row keeps so many cells; whatever follows them is reported and skipped. A row of more bytes is reported and skipped whole. */
enum { CN__CSV_CELLS_MAX = 10000, CN__CSV_ROW_MAX = 64 << 20 };

/* Begin at text[start, len), which is valid UTF-8; the separator is told from the first lines. */
void cn__csv_begin(cn__csv *csv, cn__load *load, const char *file, const char *text, size_t start, size_t len);
/* The table stands alone and may be a list of edges as programs write them: cells between blanks, lines of comment. */
void cn__csv_be_lone(cn__csv *csv);
/* After the last row: how many lines of comment there were. */
void cn__csv_end(cn__csv *csv);
/* The next row that is not empty. *got false: the end. Mistakes are reported. */
cn_status cn__csv_next(cn__csv *csv, bool *got);
/* One row, and no further; *got false: it is empty or was skipped, or the end. */
cn_status cn__csv_row(cn__csv *csv, bool *got);
/* Go on at byte `at`, the first of a row in line `line`. */
void cn__csv_seek(cn__csv *csv, size_t at, uint32_t line);
const char *cn__csv_text(const cn__csv *csv, const cn__csv_cell *cell);

/* A walk through the text of a cell, for places inside it: forward only, so that the whole of it costs one pass. */
typedef struct cn__csv_walk {
    const char *text; /* of the cell */
    bool quoted;
    size_t offset;
    size_t raw; /* in the file */
    cn__cursor cursor;
} cn__csv_walk;

cn__csv_walk cn__csv_walk_begin(const cn__csv *csv, const cn__csv_cell *cell);
/* Place of byte `offset` of the cell's text, which is not before the one asked for last. */
cn__place cn__csv_walk_to(cn__csv_walk *walk, size_t offset);
void cn__csv_release(cn__csv *csv);

#endif
