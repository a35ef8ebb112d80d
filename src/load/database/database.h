/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A database as tables of a network. A door (one file per library) runs one query at a time and hands over its rows; everything else, from
 * the names of tables to the adding up, is done here for all of them.
 */
#ifndef CN_LOAD_DATABASE_H
#define CN_LOAD_DATABASE_H

#include "row_reader.h"

/* A value of the present row, valid until the next. */
typedef struct cn__db_cell {
    const char *text; /* NULL: there is none */
    size_t len;
    cn__cell_kind kind;
} cn__db_cell;

typedef struct cn__db {
    const struct cn__db_door *door;
    void *handle;
    const char *label; /* as the user named it */
    cn__load *load;
    bool literal; /* texts stand as they are meant: blanks around them count, and "-" is no mark of no data */
} cn__db;

typedef struct cn__db_door {
    const char *tables; /* the query for the names of all tables and views */
    /* Run a query that only reads; its columns are then known. CN_ERR_INPUT: the database refuses it. */
    cn_status (*begin)(cn__db *db, const char *sql);
    size_t (*columns)(const cn__db *db);
    const char *(*name)(const cn__db *db, size_t column);
    /* CN_ERR_CANCELLED when the load's watch says so. */
    cn_status (*next)(cn__db *db, bool *got);
    cn__db_cell (*cell)(const cn__db *db, size_t column);
    /* End the query, wherever it stands. */
    void (*end)(cn__db *db);
} cn__db_door;

/* Read the tables of a network, or the queries that were given, from an open database. */
cn_status cn__db_read(cn__db *db, cn__assembly *assembly);

/* What a database said, as an error of the load: line ends become blanks. */
cn_status cn__db_fail(cn__load *load, cn_message message, const char *label, const char *text);

#endif
