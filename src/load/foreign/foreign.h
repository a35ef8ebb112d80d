/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphs of other programs: nodes, edges and their attributes as a reader finds them, in any order; at the end they become records.
 *
 * An attribute whose name is a field of ours (key or alias, in either language) becomes that field where its value fits; every other
 * one a free attribute. `label` is the name, `weight` the value, `start`/`end` the period. `kind` or `type` tells the kind of an
 * entity or link where its value is one; else a node is a company, an edge a supply (what its ends allow), and an edge without
 * direction an agreement. An attribute "x.NAME" is the free attribute NAME.
 */
#ifndef CN_LOAD_FOREIGN_H
#define CN_LOAD_FOREIGN_H

#include "input.h"
#include "memory.h"
#include "strmap.h"

/* What is known of a value besides its text. */
typedef enum cn__foreign_type {
    CN__FOREIGN_TEXT,   /* a text, also where it looks like a number */
    CN__FOREIGN_NUMBER, /* a number where its text is one in the notation of JSON, else a text */
    CN__FOREIGN_FLAG,   /* true or false */
    CN__FOREIGN_CELL,   /* as in a cell of a table */
    CN__FOREIGN_JSON    /* a value in the notation of JSON */
} cn__foreign_type;

typedef struct cn__foreign_attr {
    uint32_t name; /* number in `names` */
    uint32_t text; /* in `texts` */
    uint32_t len;
    uint32_t next;       /* of the same owner; CN_NONE: the last */
    uint32_t owner_type; /* cn__foreign_type */
    cn__place place;
} cn__foreign_attr;

/* A node, an edge, or the graph itself. */
typedef struct cn__foreign_thing {
    uint32_t id;          /* node: its text. edge: text of its source */
    uint32_t to;          /* edge: text of its target */
    uint32_t first, last; /* attributes */
    uint32_t attr_count;
    bool directed; /* edge */
    cn__place place;
} cn__foreign_thing;

typedef enum cn__foreign_part { CN__FOREIGN_GRAPH, CN__FOREIGN_NODE, CN__FOREIGN_EDGE } cn__foreign_part;

typedef struct cn__foreign {
    cn__assembly *assembly;
    cn__load *load;
    const char *file;
    cn__arena texts;
    cn__strmap names; /* of attributes */
    cn__strmap ids;   /* of nodes, to their number */
    cn__foreign_thing graph;
    cn__foreign_thing *nodes;
    size_t node_count;
    size_t node_cap;
    cn__foreign_thing *edges;
    size_t edge_count;
    size_t edge_cap;
    cn__foreign_attr *attrs;
    size_t attr_count;
    size_t attr_cap;
    uint64_t errors_before; /* of the load, when it began */
    cn_status status;       /* the first failure; everything later does nothing */
} cn__foreign;

void cn__foreign_begin(cn__foreign *f, cn__assembly *assembly, const char *file);
/* Is it of use to go on? False: a limit was reached, or memory. */
bool cn__foreign_wanted(const cn__foreign *f);
/* The reader itself ran out of memory. */
void cn__foreign_no_memory(cn__foreign *f);
/* Number of a node of this id, or CN_NONE. */
uint32_t cn__foreign_find(const cn__foreign *f, const char *id, size_t len);
/* A new node; the same id again is an error. Its number, or CN_NONE. */
uint32_t cn__foreign_node(cn__foreign *f, const char *id, size_t len, cn__place place);
/* The node of this id, made when it is not there. */
uint32_t cn__foreign_node_named(cn__foreign *f, const char *id, size_t len, cn__place place);
const char *cn__foreign_id(const cn__foreign *f, uint32_t node);
uint32_t cn__foreign_edge(cn__foreign *f, const char *from, size_t from_len, const char *to, size_t to_len,
                          bool directed, cn__place place);
/* Give the node, the edge or the graph an attribute; the same name again replaces it. */
void cn__foreign_put(cn__foreign *f, cn__foreign_part part, uint32_t number, const char *name, size_t name_len,
                     const char *text, size_t len, cn__foreign_type type, cn__place place);
/* Has the thing an attribute of this name? */
bool cn__foreign_has(const cn__foreign *f, cn__foreign_part part, uint32_t number, const char *name);
/* Make everything records, unless something failed or an error was reported: content is looked at once the notation is clean. Releases `f` in any case. */
cn_status cn__foreign_end(cn__foreign *f);
/* A number of nodes that the file only declares: false, and reported, when no file of `len` bytes can mean it. */
bool cn__foreign_declared_fits(cn__foreign *f, uint64_t count, size_t len, cn__place place);

/* The shared steps of foreign_records.c. */
cn_status cn__foreign_records(cn__foreign *f);

#endif
