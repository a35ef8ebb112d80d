/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ends of links that stand with their INN: «Поставщик» beside «ИНН поставщика». The INN tells who it is: two spellings under one INN are one
 * body, which is called as it was first, and one name under two INNs is two bodies, the later of which has its INN for an id. A row
 * without INN means the body that bore its name first.
 * Invariant: `inns` leads to the entity from its INN, from INN and name of every spelling, and from every spelling alone (first come);
 * inn_of[entity] is the entry of its INN, or CN_NONE. O(1) an end.
 */
#include "reference.h"
#include "row_internal.h"

#include "coopnet/ident.h"

#include <string.h>

static const struct {
    cn__spec end, inn;
} ends[2] = {{CN__SPEC_FROM, CN__SPEC_FROM_INN}, {CN__SPEC_TO, CN__SPEC_TO_INN}};

uint32_t cn__row_inn_column(const cn__section *section, uint32_t column) {
    const cn__column *given = &section->columns[column];
    for (size_t i = 0; i < 2 && given->to == CN__TO_SPEC; i++) {
        if (given->index == (int)ends[i].end) {
            return cn__row_spec_column(section, ends[i].inn);
        }
    }
    return CN__ROW_UNUSED;
}

bool cn__row_is_inn_of_end(const cn__column *column) {
    return column->to == CN__TO_SPEC && (column->index == CN__SPEC_FROM_INN || column->index == CN__SPEC_TO_INN);
}

/* "INN\nNAME"; either may be empty, not both. */
static const char *key_of(cn__row_reader *t, const char *inn, const char *name) {
    t->folded.len = 0;
    cn_buf_add_text(&t->folded, inn);
    cn_buf_add_text(&t->folded, "\n");
    cn_buf_add_text(&t->folded, name);
    return t->folded.failed ? "" : t->folded.data;
}

static uint32_t find(cn__row_reader *t, const char *inn, const char *name) {
    const char *key = key_of(t, inn, name);
    return cn__strmap_find(&t->inns, key, strlen(key));
}

/* From now on this INN under this name is this entity; what is known already stays. */
static bool remember(cn__row_reader *t, const char *inn, const char *name, cn_entity entity) {
    if (find(t, inn, name) != CN_NONE) {
        return true;
    }
    const char *key = t->folded.data ? t->folded.data : "";
    return !t->folded.failed && cn__strmap_add(&t->inns, key, strlen(key), entity, NULL);
}

static uint32_t *inn_of(cn__row_reader *t, cn_entity entity) {
    size_t known = t->inn_count;
    if (entity >= known) {
        size_t more = (size_t)entity + 1 - known;
        if (!cn__grow((void **)&t->inn_of, &t->inn_cap, known, more, sizeof *t->inn_of)) {
            return NULL;
        }
        memset(t->inn_of + known, 0xFF, more * sizeof *t->inn_of); /* CN_NONE */
        t->inn_count = (size_t)entity + 1;
    }
    return &t->inn_of[entity];
}

/* The INN of an entry: its key up to the line end. */
static void inn_text(const cn__row_reader *t, uint32_t entry, char out[16]) {
    const char *key = cn__arena_at(&t->inns.keys, t->inns.entries[entry].key);
    size_t len = strcspn(key, "\n");
    len = len < 15 ? len : 15;
    memcpy(out, key, len);
    out[len] = '\0';
}

/* A new body, or one that was named without INN so far. */
static cn_status give_inn(cn__row_reader *t, const cn__record *record, cn_entity entity, const char *inn) {
    uint32_t *own = inn_of(t, entity);
    uint32_t entry = (uint32_t)t->inns.entry_count;
    if (!own || !remember(t, inn, "", entity)) {
        return cn__row_no_memory(t);
    }
    *own = entry;
    cn_error error = {0};
    cn_status status = cn_builder_add_text(t->load->builder, CN_OWNER_ENTITY, entity, CN_FIELD_INN, inn, &error);
    return status == CN_ERR_ARGUMENT ? cn__report_error(t->load, record->file, record->place, &error)
           : status == CN_OK         ? CN_OK
                                     : cn__pass_on(t->load, &error);
}

static cn_status add_spelling(cn__row_reader *t, const cn__record *record, const cn__cell *end, cn_entity entity,
                              const char *inn) {
    const char *name = cn__cell_text(record, end);
    cn_error error = {0};
    CN__REPAIR3(t->load, t->label, end->place, JOINED_BY_INN, name, cn_builder_entity_id(t->load->builder, entity),
                inn);
    cn_status status = cn_builder_add_text(t->load->builder, CN_OWNER_ENTITY, entity, CN_FIELD_ALIAS, name, &error);
    return status == CN_OK ? CN_OK : cn__pass_on(t->load, &error);
}

/* An INN that was not there yet. `end` NULL: without a name. */
static cn_status begin_body(cn__row_reader *t, const cn__record *record, const cn__cell *end, const cn__cell *inn_cell,
                            cn_entity *out) {
    const char *inn = cn__cell_text(record, inn_cell);
    const char *name = end ? cn__cell_text(record, end) : NULL;
    *out = name ? cn_builder_find(t->load->builder, name) : CN_NONE;
    uint32_t *other = *out == CN_NONE ? NULL : inn_of(t, *out);
    if (*out != CN_NONE && !other) {
        return cn__row_no_memory(t);
    }
    cn_status status = CN_OK;
    if (other && *other != CN_NONE) {
        char known[16];
        inn_text(t, *other, known);
        CN__REPORT3(t->load, t->label, end->place, SAME_NAME_OTHER_INN, name, known, inn);
        status = cn__resolve_add(t->assembly, CN_ENTITY_COMPANY, record, inn_cell, name, CN_NONE, out);
    } else if (!other) {
        status = cn__resolve_add(t->assembly, CN_ENTITY_COMPANY, record, end ? end : inn_cell, NULL, CN_NONE, out);
    }
    return status == CN_OK && *out != CN_NONE ? give_inn(t, record, *out, inn) : status;
}

/* The end and its INN in the draft; false: it has no INN that checks. */
static bool cells_of(const cn__record *record, size_t i, const cn__cell **end, const cn__cell **inn) {
    *end = cn__record_cell(record, CN__TO_SPEC, (int)ends[i].end);
    *inn = cn__record_cell(record, CN__TO_SPEC, (int)ends[i].inn);
    return *inn && cn_inn_valid(cn__cell_text(record, *inn));
}

/* In place of the name the id of the entity. */
static cn_status put_id(cn__row_reader *t, const cn__record *record, const cn__cell *end, size_t i, cn_entity entity) {
    const char *id = cn_builder_entity_id(t->load->builder, entity);
    uint32_t text = 0;
    if (end && strcmp(cn__cell_text(record, end), id) == 0) {
        return CN_OK;
    }
    if (!end) {
        uint32_t column = cn__row_spec_column(t->section, ends[i].end);
        return cn__draft_add(&t->draft, column, NULL, id, strlen(id), t->place) ? CN_OK : cn__row_no_memory(t);
    }
    size_t at = (size_t)(end - t->draft.cells);
    if (!cn__arena_add(&t->draft.texts, id, strlen(id), &text)) {
        return cn__row_no_memory(t);
    }
    t->draft.cells[at].text = text;
    return CN_OK;
}

static cn_status join_end(cn__row_reader *t, size_t i) {
    const cn__record record = {t->section, t->label, t->draft.texts.bytes, t->draft.cells, t->draft.cell_count,
                               CN_NONE,    t->place};
    const cn__cell *end;
    const cn__cell *inn_cell;
    cn_entity entity = CN_NONE;
    cn_status status = CN_OK;
    if (!cells_of(&record, i, &end, &inn_cell)) {
        bool unknown = end && cn_builder_find(t->load->builder, cn__cell_text(&record, end)) == CN_NONE;
        entity = unknown ? find(t, "", cn__cell_text(&record, end)) : CN_NONE;
        return entity == CN_NONE ? CN_OK : put_id(t, &record, end, i, entity);
    }
    const char *inn = cn__cell_text(&record, inn_cell);
    const char *name = end ? cn__cell_text(&record, end) : "";
    entity = find(t, inn, name);
    if (entity == CN_NONE) {
        entity = end ? find(t, inn, "") : CN_NONE; /* without a name that was the search before */
        status = entity == CN_NONE ? begin_body(t, &record, end, inn_cell, &entity)
                                   : add_spelling(t, &record, end, entity, inn);
        if (status != CN_OK || entity == CN_NONE) {
            return status;
        }
        if (end && (!remember(t, inn, name, entity) || !remember(t, "", name, entity))) {
            return cn__row_no_memory(t);
        }
    }
    return put_id(t, &record, end, i, entity);
}

cn_status cn__row_join_ends(cn__row_reader *t) {
    cn_status status = CN_OK;
    for (size_t i = 0; i < 2 && status == CN_OK && t->has_inns; i++) {
        status = join_end(t, i);
    }
    return status;
}
