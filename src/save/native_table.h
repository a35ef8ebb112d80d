/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sections as tables with a cell for each value: what all writers of tables share. A table is walked twice, for the
 * columns that are used and for its rows, so that nothing but the plan of the links and the names of free attributes is kept.
 */
#ifndef CN_SAVE_NATIVE_TABLE_H
#define CN_SAVE_NATIVE_TABLE_H

#include "native.h"

enum { CN__TABLE_COLUMNS = 64 }; /* no section has more */

/* Set the first members; `native` by cn__native_begin. */
typedef struct cn__table {
    cn__save *save;
    size_t free_max; /* free attributes that a table takes; those of further names are counted as lost */
    /* May this name be a column beside those in free_names? NULL: every one may. */
    bool (*free_fits)(void *context, const char *name);
    void *context;
    cn__native native;
    cn__values values; /* of the column asked for last */
    bool used[CN__TABLE_COLUMNS];
    cn__strmap free_names; /* of x columns, to their number */
    const cn_prop **free;  /* of the row of cn__table_free_row: the value of each, or NULL */
    size_t free_cap;
    cn_buf cell;
    bool no_memory;
} cn__table;

/* Which columns the rows of a section use; false: there is no row. Rewinds `native`. */
bool cn__table_see(cn__table *table, const cn__section *section);
/* `values` of a column as one text in `cell`, the items of a list with | between them. True: a number. */
bool cn__table_value(cn__table *table, const cn__section *section, const cn__column *column);
/* The header of a free attribute, into `cell`: x.NAME. */
void cn__table_free_header(cn__table *table, size_t number);
/* Fill `free` for a row. */
void cn__table_free_row(cn__table *table, const cn__native_row *row);
/* A free attribute as a text in `cell`: a JSON string without its quotes (true) unless that reads as something else, other JSON as it is. */
bool cn__table_free_value(cn__table *table, const cn_prop *prop);
/* The text in `cell`, never NULL. */
const char *cn__table_text(const cn__table *table);
/* Did memory run out? */
bool cn__table_failed(const cn__table *table);
void cn__table_release(cn__table *table);

#endif
