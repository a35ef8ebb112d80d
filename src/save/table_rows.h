/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a network, cell by cell: one for each section that has rows, with the columns that are used. What a cell becomes is the
 * sink's business.
 */
#ifndef CN_SAVE_TABLE_ROWS_H
#define CN_SAVE_TABLE_ROWS_H

#include "native.h"

enum { CN__TABLE_COLUMNS_MAX = 64 };

typedef struct cn__table_sink {
    /* A header; of a free attribute ("x.NAME") column is NULL. */
    void (*title)(void *context, const char *text, const cn__column *column);
    /* A cell as the reader takes it, with its NUL; CN__FREE: any JSON but a text. Empty: "". */
    void (*cell)(void *context, const char *text, size_t len, cn__type type);
    /* The header or a row is complete. False: no more rows. */
    bool (*row)(void *context);
} cn__table_sink;

typedef struct cn__table_walk {
    cn__save *save;
    const cn__table_sink *sink;
    void *context;
    cn__native native; /* begun by the user */
    cn__values values;
    bool used[CN__TABLE_COLUMNS_MAX];
    cn__strmap free_names; /* of x columns, to their number */
    const cn_prop **free;  /* of a row: the value of each */
    size_t free_cap;
    cn_buf cell;
    bool no_memory;
} cn__table_walk;

/* Find the columns of a table; false: it has no rows. */
bool cn__table_walk_see(cn__table_walk *tables, const cn__section *section);
/* Write the table whose columns were found last. */
void cn__table_walk_write(cn__table_walk *tables, const cn__section *section);
bool cn__table_walk_out_of_memory(const cn__table_walk *tables);
void cn__table_walk_release(cn__table_walk *tables);

#endif
