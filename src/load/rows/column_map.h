/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --map says of the columns of tables. */
#ifndef CN_LOAD_COLUMN_MAP_H
#define CN_LOAD_COLUMN_MAP_H

#include "coopnet/base.h"

struct cn__load;

typedef struct cn__mapped {
    char *header; /* as given */
    char *folded;
    char *target; /* "column", "table.column", "x.NAME", "-", "column+column..." */
    bool used;
} cn__mapped;

typedef struct cn__column_map {
    cn__mapped *items;
    size_t count;
    size_t cap;
} cn__column_map;

/* CN_ERR_ARGUMENT: it is no list of pairs, or names a column that does not exist. */
cn_status cn__column_map_parse(cn__column_map *map, const char *text, cn_error *err);
/* What a folded header is mapped to in a table, without the name of the table; NULL: nothing. Marks it as used. */
const char *cn__column_map_find(cn__column_map *map, const char *table, const char *folded);
/* The table that a mapped header names ("companies" of "companies.name"); NULL: none. */
const char *cn__column_map_table(const cn__column_map *map, const char *folded, size_t *len);
/* Report what was not used. */
void cn__column_map_tell(struct cn__load *load, const char *label);
void cn__column_map_release(cn__column_map *map);

#endif
