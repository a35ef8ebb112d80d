/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records: what both readers hand to the assembly. A record is one row of one section: cells, each a column, the value
 * as text, and its place. A list value is several cells of one column.
 */
#ifndef CN_LOAD_RECORD_H
#define CN_LOAD_RECORD_H

#include "memory.h"
#include "place.h"
#include "schema.h"

typedef struct cn__cell {
    uint32_t text;   /* offset from the record's `base`; the value, NUL-terminated */
    uint32_t name;   /* of a free attribute: its name, same base; else 0 */
    uint32_t column; /* index in the section */
    cn__place place;
} cn__cell;

typedef struct cn__record {
    const cn__section *section;
    const char *file;
    const char *base;
    const cn__cell *cells;
    size_t cell_count;
    uint32_t parent; /* of a child in JSON: row of its parent in the parent's section; else CN_NONE */
    cn__place place;
} cn__record;

const char *cn__cell_text(const cn__record *record, const cn__cell *cell);
const char *cn__cell_name(const cn__record *record, const cn__cell *cell);
const cn__column *cn__cell_column(const cn__record *record, const cn__cell *cell);
/* First cell with this destination (and index, where it is not -1), or NULL. */
const cn__cell *cn__record_cell(const cn__record *record, cn__to to, int index);

/* A record in the making. `{0}` to init; begin may be called again. */
typedef struct cn__draft {
    cn__arena texts;
    cn__cell *cells;
    size_t cell_count;
    size_t cell_cap;
} cn__draft;

void cn__draft_begin(cn__draft *draft);
/* False: memory. `name` NULL where the column is no free attribute. */
bool cn__draft_add(cn__draft *draft, uint32_t column, const char *name, const char *text, size_t len, cn__place place);
void cn__draft_release(cn__draft *draft);

/* The kept records of one section. */
typedef struct cn__rows {
    cn__cell *cells;
    size_t cell_count;
    size_t cell_cap;
    struct cn__row {
        size_t first;
        uint32_t count;
        uint32_t parent;  /* see cn__record */
        cn_entity entity; /* of an entity section, once added */
        cn__place place;
        const char *file;
    } * rows;
    size_t row_count;
    size_t row_cap;
} cn__rows;

typedef struct cn__store {
    cn__arena texts;
    cn__rows sections[CN__SECTION_COUNT];
} cn__store;

/* Keep a copy; its row number goes to *row (may be NULL). False: memory. */
bool cn__store_add(cn__store *store, const cn__record *record, uint32_t *row);
cn__record cn__store_at(const cn__store *store, cn__section_id section, size_t row);
void cn__store_release(cn__store *store);

#endif
