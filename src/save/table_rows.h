/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a network (native_table.h) cell by cell into a sink: for formats that are nothing but tables of texts. What a cell becomes is
 * the sink's business.
 */
#ifndef CN_SAVE_TABLE_ROWS_H
#define CN_SAVE_TABLE_ROWS_H

#include "native_table.h"

/* Free attributes beside the columns of a section: as many cells as the reader takes. */
enum { CN__TABLE_FREE_MAX = 10000 - CN__TABLE_COLUMNS };

typedef struct cn__table_sink {
    /* A header; of a free attribute ("x.NAME") column is NULL. */
    void (*title)(void *context, const char *text, const cn__column *column);
    /* A cell as the reader takes it, with its NUL; CN__FREE: any JSON but a text. Empty: "". */
    void (*cell)(void *context, const char *text, size_t len, cn__type type);
    /* The header or a row is complete. False: no more rows. */
    bool (*row)(void *context);
} cn__table_sink;

typedef struct cn__table_walk {
    cn__table table; /* set up and released by the user */
    const cn__table_sink *sink;
    void *context;
} cn__table_walk;

/* Find the columns of a table; false: it has no rows. */
bool cn__table_walk_see(cn__table_walk *walk, const cn__section *section);
/* Write the table whose columns were found last. */
void cn__table_walk_write(cn__table_walk *walk, const cn__section *section);

#endif
