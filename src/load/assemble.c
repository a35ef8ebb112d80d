/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The assembly of a network from records. References lead forward and back, so it goes in passes: every entity is added,
 * section by section; then children are grouped by their parents; then, entity by entity, properties, own links and child
 * rows are added. That order, and not the order of the file, numbers entities and links, so that JSON and tables which say
 * the same give the same network. Links come last and are not kept: each is added as it is read.
 * Invariant: origins[e] tells where entity e was found; a row's `entity` is CN_NONE until, and unless, it was added.
 * O(records + children log children).
 */
#include "assemble.h"

#include "error.h"
#include "expand.h"
#include "reference.h"
#include "strmap.h"

#include <stdlib.h>
#include <string.h>

void cn__assembly_init(cn__assembly *assembly, cn__load *load) {
    memset(assembly, 0, sizeof *assembly);
    assembly->load = load;
}

void cn__assembly_release(cn__assembly *assembly) {
    cn__store_release(&assembly->store);
    cn__free(assembly->origins);
    memset(assembly, 0, sizeof *assembly);
}

cn_status cn__assembly_take(cn__assembly *assembly, const cn__record *record, uint32_t *row) {
    if (row) {
        *row = CN_NONE;
    }
    switch (record->section->shape) {
    case CN__SHAPE_NETWORK:
        return cn__expand_network(assembly, record);
    case CN__SHAPE_LINK:
        return cn__expand_link(assembly, record);
    default:
        return cn__store_add(&assembly->store, record, row) ? CN_OK : CN__NO_MEMORY(assembly->load->err);
    }
}

static cn_status add_entities(cn__assembly *assembly, const cn__section *section) {
    cn__rows *rows = &assembly->store.sections[section->id];
    cn_status status = CN_OK;
    for (size_t row = 0; row < rows->row_count && status == CN_OK && !assembly->load->stop; row++) {
        cn__record record = cn__store_at(&assembly->store, section->id, row);
        const cn__cell *id = cn__record_cell(&record, CN__TO_ID, -1);
        const cn__cell *name = cn__record_cell(&record, CN__TO_NAME, -1);
        if (!id) {
            CN__REPORT2(assembly->load, record.file, record.place, MISSING_FIELD, section->columns[0].key,
                        section->table);
            continue;
        }
        status = cn__resolve_add(assembly, section->kind, &record, id, name ? cn__cell_text(&record, name) : NULL,
                                 (uint32_t)row, &rows->rows[row].entity);
    }
    return status;
}

/* A row of a child section and the row of its parent. */
typedef struct pair {
    uint32_t parent;
    uint32_t child;
} pair;

typedef struct group {
    const cn__section *section;
    pair *pairs; /* by parent, then in file order; children without parent (CN_NONE) last */
    size_t count;
    size_t at;
} group;

static int compare_pairs(const void *a, const void *b) {
    const pair *x = a;
    const pair *y = b;
    int by_parent = (x->parent > y->parent) - (x->parent < y->parent);
    return by_parent ? by_parent : (x->child > y->child) - (x->child < y->child);
}

static cn_status group_children(cn__assembly *assembly, const cn__section *section, group *out) {
    size_t count = assembly->store.sections[section->id].row_count;
    *out = (group){section, cn__alloc(count, sizeof(pair)), count, 0};
    if (!out->pairs) {
        return CN__NO_MEMORY(assembly->load->err);
    }
    cn_status status = CN_OK;
    bool sorted = true;
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        cn__record record = cn__store_at(&assembly->store, section->id, i);
        out->pairs[i] = (pair){record.parent, (uint32_t)i};
        if (record.parent == CN_NONE) {
            status = cn__resolve_parent(assembly, &record, &out->pairs[i].parent);
        }
        sorted = sorted && (i == 0 || out->pairs[i - 1].parent <= out->pairs[i].parent);
    }
    if (!sorted && status == CN_OK) {
        qsort(out->pairs, count, sizeof *out->pairs, compare_pairs);
    }
    return status;
}

/* The same member with the same period twice at one parent. */
static cn_status check_twice(cn__assembly *assembly, cn__strmap *seen, const cn__record *record, cn_buf *key) {
    static const cn__spec parts[] = {CN__SPEC_OTHER, CN__SPEC_SINCE, CN__SPEC_UNTIL};
    key->len = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const cn__cell *cell = cn__record_cell(record, CN__TO_SPEC, (int)parts[i]);
        cn_buf_add_text(key, cell ? cn__cell_text(record, cell) : "");
        cn_buf_add_text(key, "\n");
    }
    const cn__cell *main = cn__record_cell(record, CN__TO_SPEC, CN__SPEC_OTHER);
    if (key->failed) {
        return CN__NO_MEMORY(assembly->load->err);
    }
    if (!main) {
        return CN_OK;
    }
    uint32_t line = cn__strmap_find(seen, key->data, key->len);
    if (line == CN_NONE) {
        return cn__strmap_add(seen, key->data, key->len, record->place.line, NULL) ? CN_OK
                                                                                   : CN__NO_MEMORY(assembly->load->err);
    }
    cn__digits digits;
    CN__REPORT3(assembly->load, record->file, main->place, LISTED_TWICE, cn__cell_text(record, main),
                record->section->key, cn__digits_of(&digits, line));
    return CN_OK;
}

/* All children of a parent row (CN_NONE: those without one). */
static cn_status expand_children(cn__assembly *assembly, group *children, uint32_t parent_row, cn_entity parent) {
    cn__strmap seen = {0};
    cn_buf key = {0};
    cn_status status = CN_OK;
    size_t first = children->at;
    while (children->at < children->count && children->pairs[children->at].parent == parent_row) {
        children->at++;
    }
    bool look = children->section->unique && children->at - first > 1 && parent_row != CN_NONE;
    for (size_t i = first; i < children->at && status == CN_OK && !assembly->load->stop; i++) {
        cn__record record = cn__store_at(&assembly->store, children->section->id, children->pairs[i].child);
        if (look) {
            status = check_twice(assembly, &seen, &record, &key);
        }
        if (status == CN_OK) {
            status = cn__expand_child(assembly, &record, parent);
        }
    }
    cn__strmap_release(&seen);
    cn_buf_release(&key);
    return status;
}

static cn_status expand_section(cn__assembly *assembly, const cn__section *section, group *groups) {
    const cn__rows *rows = &assembly->store.sections[section->id];
    cn_status status = CN_OK;
    for (size_t row = 0; row < rows->row_count && status == CN_OK && !assembly->load->stop; row++) {
        cn__record record = cn__store_at(&assembly->store, section->id, row);
        cn_entity entity = rows->rows[row].entity;
        status = cn__expand_entity(assembly, &record, entity);
        for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
            if (groups[id].section && groups[id].section->kind == section->kind) {
                status = expand_children(assembly, &groups[id], (uint32_t)row, entity);
            }
        }
    }
    return status;
}

static cn_status expand_all(cn__assembly *assembly, group *groups) {
    cn_status status = CN_OK;
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_CHILD_LINK || section->shape == CN__SHAPE_CHILD_ITEM) {
            status = group_children(assembly, section, &groups[id]);
        }
    }
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_ENTITY) {
            status = expand_section(assembly, section, groups);
        }
    }
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        if (groups[id].section) {
            status = expand_children(assembly, &groups[id], CN_NONE, CN_NONE);
        }
    }
    return status;
}

cn_status cn__assembly_entities_done(cn__assembly *assembly) {
    cn_status status = CN_OK;
    uint64_t forgiven = assembly->load->forgiven;
    assembly->load->in_rows = true;
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        if (cn__section_at((cn__section_id)id)->shape == CN__SHAPE_ENTITY) {
            status = add_entities(assembly, cn__section_at((cn__section_id)id));
        }
    }
    group groups[CN__SECTION_COUNT];
    memset(groups, 0, sizeof groups);
    if (status == CN_OK && !assembly->load->stop) {
        status = expand_all(assembly, groups);
    }
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        cn__free(groups[id].pairs);
    }
    assembly->load->in_rows = false;
    assembly->load->left_out += assembly->load->forgiven - forgiven;
    cn__store_release(&assembly->store); /* links do not ask for it, and a million companies make it large */
    return status;
}
