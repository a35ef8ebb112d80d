/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From records to builder calls. Readers hand over every record of the entity sections and their children first, say so by
 * cn__assembly_entities_done, and then hand over the links, which are added as they come.
 */
#ifndef CN_LOAD_ASSEMBLE_H
#define CN_LOAD_ASSEMBLE_H

#include "load_context.h"
#include "record.h"

/* Where an entity was found; indexed by cn_entity. */
typedef struct cn__origin_of {
    uint32_t row; /* in its section */
    cn__place place;
    const char *file;
} cn__origin_of;

typedef struct cn__assembly {
    cn__load *load;
    cn__store store;
    cn__origin_of *origins;
    size_t origin_count;
    size_t origin_cap;
    bool name_entities; /* entities appear by being named in links */
    unsigned searches;  /* nearest ids looked for so far */
} cn__assembly;

void cn__assembly_init(cn__assembly *assembly, cn__load *load);
void cn__assembly_release(cn__assembly *assembly);

/* Take a record. `*row` (may be NULL): its number in its section, for its children. */
cn_status cn__assembly_take(cn__assembly *assembly, const cn__record *record, uint32_t *row);
/* Add all entities, then their properties, items and links in the defined order. */
cn_status cn__assembly_entities_done(cn__assembly *assembly);

#endif
