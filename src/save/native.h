/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network as rows of the schema's sections (schema.h): what the loader turns into records, the other way round. The writers of JSON
 * and of tables walk the rows and ask for the values of each column.
 */
#ifndef CN_SAVE_NATIVE_H
#define CN_SAVE_NATIVE_H

#include "save_impl.h"
#include "schema.h"

/* Where a link is written: as a field or child row of its owner. */
typedef struct cn__slot {
    cn_entity owner;
    uint32_t rank; /* an own-link column's number, or CN__RANK_CHILD + section */
} cn__slot;
enum { CN__RANK_CHILD = 1000 };

typedef struct cn__native {
    const cn_network *net;
    cn__slot *slots;   /* of links 0 … slot_count-1; the others stand under `links` */
    bool of_companies; /* only links whose kind two companies can have */
    uint32_t slot_count;
    uint32_t cursor; /* in slots: entities are asked for in the order of their sections */
} cn__native;

/*
 * Which links can be written with their owners: as long as the loader would number them as they are numbered now. So a network
 * loads back with its links in their order.
 */
cn_status cn__native_begin(cn__native *native, const cn_network *net, cn_error *err);
void cn__native_release(cn__native *native);

/* May a link of this kind join two companies? */
bool cn__native_of_companies(cn_link_kind kind);

/* A row of a section; `{.section = …}` stands before the first. */
typedef struct cn__native_row {
    const cn__section *section;
    bool begun;
    cn_entity entity; /* the entity; of a child row its parent */
    cn_link link;     /* of links and child links */
    size_t item;      /* of child items: number among those of the entity */
} cn__native_row;

/* The next row of the section, over the whole network. */
bool cn__native_next(cn__native *native, cn__native_row *row);
/* The next row of a child section at one entity. Links are taken from the cursor. */
bool cn__native_next_child(cn__native *native, cn__native_row *row);
/* Ask for entities from the first again. */
void cn__native_rewind(cn__native *native);

/* Values of a cell as the loader reads them, each with its NUL. `{0}` to init. */
typedef struct cn__values {
    cn_buf texts;
    size_t count;
} cn__values;
/* The values of a column that is not FREE; of a column with CN__TO_LINK in the order of columns and rows. Clears `out` first. */
void cn__native_values(cn__native *native, const cn__native_row *row, const cn__column *column, cn__values *out);
/* The free attributes of the row that can be written: valid JSON, not null, no name twice. `at` 0 first; NULL: no more. */
const cn_prop *cn__native_free(const cn__native *native, const cn__native_row *row, size_t *at);

/* A property's value as text: money exactly, dates as ISO, words by their key. */
void cn__prop_text(cn_buf *out, const cn_network *net, const cn_prop *prop, cn_vocabulary vocabulary);
/* A link's value with every decimal given. False: no text says both the rounded and the unrounded value; the unrounded one is written. */
bool cn__link_value_text(cn_buf *out, const cn_network *net, cn_link link);

/* Count what no native format holds. */
void cn__native_lose(cn__save *s);

#endif
