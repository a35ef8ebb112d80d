/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network as two flat tables, nodes and edges with typed attributes, as the formats of other programs have it. The names are those that
 * the reader of foreign graphs (load/foreign) understands, so that what is written comes back.
 */
#ifndef CN_SAVE_FLAT_H
#define CN_SAVE_FLAT_H

#include "native.h"

typedef enum cn__flat_type { CN__FLAT_TEXT, CN__FLAT_NUMBER, CN__FLAT_WHOLE, CN__FLAT_FLAG } cn__flat_type;

typedef struct cn__flat_column {
    uint32_t name; /* in `names` */
    cn__flat_type type;
    bool mixed;   /* free values of several types: written as texts */
    size_t value; /* of the present row: in `texts`; CN__FLAT_ABSENT */
} cn__flat_column;

/* How the format says what a free value is. */
typedef enum cn__flat_values {
    CN__FLAT_BY_COLUMN, /* all values of an attribute have one type; lists and objects are texts */
    CN__FLAT_BY_VALUE,  /* each has its own, as in JSON; lists too */
    CN__FLAT_AS_CELLS   /* as in a cell of a table (cn__json_of_cell) */
} cn__flat_values;

#define CN__FLAT_ABSENT SIZE_MAX

/* The attributes of nodes or of edges. */
typedef struct cn__flat_table {
    cn__strmap index; /* of names, to their column */
    cn__flat_column *columns;
    size_t count;
    size_t cap;
    cn_buf texts; /* values of the present row, each with its NUL */
} cn__flat_table;

typedef struct cn__flat {
    cn__save *save;
    cn__native native; /* without a plan: all links are edges */
    cn__values values;
    cn_buf scratch;
    cn__strmap free_names; /* of free attributes, to 1 where the name must stand behind "x." */
    cn__flat_table nodes, edges;
    cn__flat_values types;
    bool undirected; /* every link is of a kind without direction */
    bool no_memory;
} cn__flat;

/* Look through the network for its attributes; count what flat tables cannot hold (rows of makes, needs, plan, fact). */
cn_status cn__flat_begin(cn__flat *flat, cn__save *save, cn__flat_values types);
void cn__flat_release(cn__flat *flat);

/* The name under which the values of a column stand. */
const char *cn__flat_key(const cn__column *column);
/* Append the name of a free attribute: as it is, or "x.NAME" where it would mean something to the reader. */
void cn__flat_free_name(cn__flat *flat, cn_buf *out, const char *name);
/* The row of an entity or link; values are then in the columns. */
void cn__flat_entity(cn__flat *flat, cn_entity entity);
void cn__flat_link(cn__flat *flat, cn_link link);
const char *cn__flat_name(const cn__flat_table *table, const cn__flat_column *column);
/* Value in the present row, or NULL. */
const char *cn__flat_value(const cn__flat_table *table, const cn__flat_column *column);
const char *cn__flat_named(const cn__flat_table *table, const char *name);

/* What the network says of itself, in turn from 0: name and value (in flat->values); false: no more. */
bool cn__flat_graph(cn__flat *flat, size_t *at, const char **name, const char **value);

/* A link without direction that stands among others as one with it is counted as altered. */
void cn__flat_lose_direction(cn__flat *flat, cn_link link);

/* Append a text to the XML of the save; one that XML cannot hold is counted as altered. */
void cn__flat_add_xml(cn__flat *flat, const char *text, const char *section, const char *what);
/* The type of a column as GraphML and GEXF call it. */
const char *cn__flat_xml_type(const cn__flat_column *column);
/* Append a text for XML, in content or attribute. Characters that XML 1.0 does not know become U+FFFD; true: there were some. */
bool cn__xml_add(cn_buf *out, const char *text);

#endif
