/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What parsing a piece of a table (bulk_parse.c) and reading its cells (bulk_values.c) share. */
#ifndef CN_LOAD_BULK_PARSER_H
#define CN_LOAD_BULK_PARSER_H

#include "bulk.h"

typedef struct cn__bulk_cell {
    const char *text;
    size_t len;
} cn__bulk_cell;

/* A piece under way; bulk_parse.c says what holds of it. */
typedef struct cn__bulk_parser {
    const cn__bulk_plan *plan;
    cn__bulk_memory *memory;
    cn__bulk_chunk *chunk;
    const char *at;
    const char *end; /* nothing is looked at from here on */
    const char *file_end;
    uint32_t line;
    bool blanks; /* cells are parted by blanks, however many */
    const char *block;
    const char *block_end;
    size_t stop, stop_count;
    cn__bulk_cell last_date[2], last_word[3];
    cn_date date[2];
    int word[3];
    uint16_t stops[CN__BULK_BLOCK];
} cn__bulk_parser;

/*
 * A cell of the next row, not empty, goes to its column of the chunk; `*end_count`: ids that the row has so far. False: not as plain as
 * it should be, or memory.
 */
bool cn__bulk_put_cell(cn__bulk_parser *p, const cn__column *column, cn__bulk_cell cell, size_t *end_count);

#endif
