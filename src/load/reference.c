/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References and the ids they lead to. The builder's hash map answers in O(1); only the search for the nearest id walks
 * all of them, and is done for the first SEARCHES wrong references of a load.
 */
#include "reference.h"

#include "near_name.h"

#include <string.h>

enum { SEARCHES = 20 };

static void say_duplicate(cn__assembly *assembly, const cn__record *record, const cn__cell *id, cn_entity earlier) {
    const cn__origin_of *origin = &assembly->origins[earlier];
    cn_buf place = {0};
    cn__place_text(&place, origin->file, origin->place);
    CN__REPORT2(assembly->load, record->file, id->place, DUPLICATE_ID, cn__cell_text(record, id),
                place.data ? place.data : "");
    cn_buf_release(&place);
}

cn_status cn__resolve_add(cn__assembly *assembly, cn_entity_kind kind, const cn__record *record, const cn__cell *id,
                          const char *name, uint32_t row, cn_entity *out) {
    cn__load *load = assembly->load;
    const char *text = cn__cell_text(record, id);
    *out = CN_NONE;
    cn_entity earlier = cn_builder_find(load->builder, text);
    if (earlier != CN_NONE) {
        say_duplicate(assembly, record, id, earlier);
        return CN_OK;
    }
    if (cn_builder_entity_count(load->builder) >= load->limits.max_entities) {
        cn__digits limit;
        CN__REPORT2(load, record->file, id->place, TOO_MANY_ENTITIES, cn__digits_of(&limit, load->limits.max_entities),
                    CN__OPTION_ENTITIES);
        load->stop = true;
        return CN_OK;
    }
    if (!cn__grow((void **)&assembly->origins, &assembly->origin_cap, assembly->origin_count, 1,
                  sizeof *assembly->origins)) {
        return CN__NO_MEMORY(load->err);
    }
    cn_error error = {0};
    cn_status status = cn_builder_add_entity(load->builder, kind, text, name, out, &error);
    if (status == CN_ERR_ARGUMENT) {
        return cn__report_error(load, record->file, id->place, &error);
    }
    if (status != CN_OK) {
        return cn__pass_on(load, &error);
    }
    assembly->origins[assembly->origin_count++] = (cn__origin_of){row, id->place, record->file};
    return CN_OK;
}

static void say_unknown(cn__assembly *assembly, const cn__record *record, const cn__cell *cell) {
    const cn_builder *builder = assembly->load->builder;
    const char *text = cn__cell_text(record, cell);
    const char *key = cn__cell_column(record, cell)->key;
    const char *best = NULL;
    if (assembly->searches < SEARCHES) {
        assembly->searches++;
        cn__near near;
        cn__near_begin(&near, text);
        for (cn_entity e = 0; e < cn_builder_entity_count(builder); e++) {
            cn__near_offer(&near, cn_builder_entity_id(builder, e));
        }
        best = near.best;
        cn__near_release(&near);
    }
    if (best) {
        CN__REPORT3(assembly->load, record->file, cell->place, UNKNOWN_REFERENCE_NEAR, text, key, best);
    } else {
        CN__REPORT2(assembly->load, record->file, cell->place, UNKNOWN_REFERENCE, text, key);
    }
}

cn_status cn__resolve(cn__assembly *assembly, const cn__record *record, const cn__cell *cell, cn_entity *out) {
    *out = cn_builder_find(assembly->load->builder, cn__cell_text(record, cell));
    if (*out != CN_NONE) {
        return CN_OK;
    }
    if (assembly->name_entities) {
        return cn__resolve_add(assembly, CN_ENTITY_COMPANY, record, cell, NULL, CN_NONE, out);
    }
    say_unknown(assembly, record, cell);
    return CN_OK;
}

cn_status cn__resolve_parent(cn__assembly *assembly, const cn__record *record, uint32_t *out) {
    *out = CN_NONE;
    const cn__cell *cell = cn__record_cell(record, CN__TO_PARENT, -1);
    if (!cell) {
        return CN_OK; /* a missing column is reported with the other ones */
    }
    const char *text = cn__cell_text(record, cell);
    cn_entity parent = cn_builder_find(assembly->load->builder, text);
    if (parent == CN_NONE) {
        say_unknown(assembly, record, cell);
        return CN_OK;
    }
    cn_entity_kind kind = cn_builder_entity_kind(assembly->load->builder, parent);
    if (kind != record->section->kind) {
        CN__REPORT3(assembly->load, record->file, cell->place, WRONG_PARENT, text, cn_entity_kind_section(kind),
                    cn_entity_kind_section(record->section->kind));
        return CN_OK;
    }
    *out = assembly->origins[parent].row;
    return CN_OK;
}
