/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flat tables of nodes and edges. Two walks: one for the attributes and their types, and then one row after the other as the writer asks.
 * Lists are joined by `|`. A free attribute keeps its name where that means nothing to the reader, else it is "x.NAME". Invariant: a
 * column's value is of the present row only. O(values); memory: the columns and one row.
 */
#include "flat.h"

#include "foreign_names.h"
#include "json_value.h"
#include "utf8.h"
#include "xml_text.h"

#include <string.h>

/* ---- columns ---- */

static cn__flat_column *column_for(cn__flat *flat, cn__flat_table *table, const char *name, cn__flat_type type) {
    size_t len = strlen(name);
    uint32_t at = cn__strmap_find(&table->index, name, len);
    if (at != CN_NONE) {
        return &table->columns[at];
    }
    uint32_t kept = 0;
    if (!cn__grow((void **)&table->columns, &table->cap, table->count, 1, sizeof *table->columns) ||
        !cn__strmap_add(&table->index, name, len, (uint32_t)table->count, &kept)) {
        flat->no_memory = true;
        return NULL;
    }
    cn__flat_column *column = &table->columns[table->count++];
    *column = (cn__flat_column){kept, type, false, CN__FLAT_ABSENT};
    return column;
}

const char *cn__flat_name(const cn__flat_table *table, const cn__flat_column *column) {
    return cn__arena_at(&table->index.keys, column->name);
}

const char *cn__flat_value(const cn__flat_table *table, const cn__flat_column *column) {
    return column->value == CN__FLAT_ABSENT ? NULL : table->texts.data + column->value;
}

const char *cn__flat_named(const cn__flat_table *table, const char *name) {
    uint32_t at = cn__strmap_find(&table->index, name, strlen(name));
    return at == CN_NONE ? NULL : cn__flat_value(table, &table->columns[at]);
}

static cn__flat_type type_of(const cn__column *column) {
    switch (column->type) {
    case CN__MONEY:
    case CN__NUMBER:
        return column->flags & CN__LIST ? CN__FLAT_TEXT : CN__FLAT_NUMBER;
    case CN__COUNT:
        return CN__FLAT_WHOLE;
    case CN__FLAG:
        return CN__FLAT_FLAG;
    default:
        return CN__FLAT_TEXT;
    }
}

static cn__flat_type type_of_json(const char *json) {
    return *json == 't' || *json == 'f'           ? CN__FLAT_FLAG
           : strchr("-0123456789", *json) != NULL ? CN__FLAT_NUMBER
                                                  : CN__FLAT_TEXT;
}

const char *cn__flat_key(const cn__column *column) {
    bool spec = column->to == CN__TO_SPEC;
    return spec && column->index == CN__SPEC_VALUE    ? "weight"
           : spec && column->index == CN__SPEC_SOURCE ? CN__FOREIGN_FACT_SOURCE
                                                      : column->key;
}

/* ---- rows ---- */

static void set(cn__flat *flat, cn__flat_table *table, const char *name, cn__flat_type type, const char *text,
                bool seeing) {
    cn__flat_column *column = column_for(flat, table, name, type);
    if (!column) {
        return;
    }
    column->mixed = column->mixed || (seeing && column->type != type);
    column->value = table->texts.len;
    cn_buf_add(&table->texts, text, strlen(text) + 1);
}

static void set_column(cn__flat *flat, cn__flat_table *table, const cn__native_row *row, const cn__column *column,
                       bool seeing) {
    cn__native_values(&flat->native, row, column, &flat->values);
    if (flat->values.count == 0 || flat->values.texts.failed) {
        return;
    }
    bool list = (column->flags & CN__LIST) != 0;
    const char *text = flat->values.texts.data;
    flat->scratch.len = 0;
    for (size_t i = 0; i < flat->values.count && (list || i == 0); i++, text += strlen(text) + 1) {
        if (list && strchr(text, '|')) {
            if (seeing && flat->types != CN__FLAT_BY_VALUE) {
                cn__save_lose(flat->save, CN_MSG_SAVE_LOST, row->section->table, column->key, 1);
            }
            continue;
        }
        cn_buf_add_text(&flat->scratch, i ? "|" : "");
        cn_buf_add_text(&flat->scratch, text);
    }
    if (flat->scratch.data && !flat->scratch.failed) {
        set(flat, table, cn__flat_key(column), type_of(column), flat->scratch.data, seeing);
    }
}

/* What a name means is looked for once. */
void cn__flat_free_name(cn__flat *flat, cn_buf *out, const char *name) {
    size_t len = strlen(name);
    uint32_t reserved = cn__strmap_find(&flat->free_names, name, len);
    if (reserved == CN_NONE) {
        reserved = cn__foreign_reserved(name);
        flat->no_memory = !cn__strmap_add(&flat->free_names, name, len, reserved, NULL) || flat->no_memory;
    }
    cn_buf_add_text(out, reserved ? "x." : "");
    cn_buf_add(out, name, len);
}

static void set_free(cn__flat *flat, cn__flat_table *table, const cn__native_row *row, bool seeing) {
    size_t at = 0;
    cn_buf name = {0};
    for (const cn_prop *prop = cn__native_free(&flat->native, row, &at); prop;
         prop = cn__native_free(&flat->native, row, &at)) {
        const char *json = cn_prop_text(flat->save->net, prop);
        const char *plain = cn_prop_x(flat->save->net, prop);
        name.len = 0;
        cn__flat_free_name(flat, &name, plain);
        flat->scratch.len = 0;
        bool cell =
            flat->types == CN__FLAT_AS_CELLS && *json == '"' && !cn__json_plain(&flat->scratch, json, strlen(json));
        flat->scratch.len = 0;
        if (*json == '"' && !cell) {
            cn__json_decode(&flat->scratch, json, strlen(json));
        } else {
            cn_buf_add_text(&flat->scratch, json);
        }
        if (seeing && flat->types == CN__FLAT_BY_COLUMN && (*json == '{' || *json == '[')) {
            cn__save_lose(flat->save, CN_MSG_SAVE_ALTERED, row->section->table, plain, 1);
        }
        cn_buf_add(&flat->scratch, "", 0);
        if (name.failed || flat->scratch.failed) {
            flat->no_memory = true;
            break;
        }
        set(flat, table, name.data, type_of_json(json), flat->scratch.data, seeing);
    }
    cn_buf_release(&name);
}

static bool is_end(const cn__column *column) {
    return column->to == CN__TO_ID || column->to == CN__TO_PARENT || column->to == CN__TO_LINK ||
           (column->to == CN__TO_SPEC && column->type == CN__REF);
}

static void fill(cn__flat *flat, cn__flat_table *table, const cn__native_row *row, bool seeing) {
    table->texts.len = 0;
    for (size_t i = 0; i < table->count; i++) {
        table->columns[i].value = CN__FLAT_ABSENT;
    }
    if (row->section->shape == CN__SHAPE_ENTITY) {
        const char *kind = cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)row->section->kind);
        set(flat, table, "kind", CN__FLAT_TEXT, kind, seeing);
    }
    for (size_t i = 0; i < row->section->column_count; i++) {
        const cn__column *column = &row->section->columns[i];
        if (column->to == CN__TO_X) {
            set_free(flat, table, row, seeing);
        } else if (!is_end(column)) {
            set_column(flat, table, row, column, seeing);
        }
    }
    flat->no_memory = flat->no_memory || table->texts.failed || flat->scratch.failed || flat->values.texts.failed;
}

static void entity_row(cn__flat *flat, cn_entity entity, bool seeing) {
    cn__native_row row = {.section = cn__section_of_kind(cn_entity_kind_of(flat->save->net, entity)), .entity = entity};
    fill(flat, &flat->nodes, &row, seeing);
}

static void link_row(cn__flat *flat, cn_link link, bool seeing) {
    cn__native_row row = {.section = cn__section_at(CN__SECTION_LINKS), .link = link};
    fill(flat, &flat->edges, &row, seeing);
}

void cn__flat_entity(cn__flat *flat, cn_entity entity) { entity_row(flat, entity, false); }
void cn__flat_link(cn__flat *flat, cn_link link) { link_row(flat, link, false); }

bool cn__flat_graph(cn__flat *flat, size_t *at, const char **name, const char **value) {
    cn__native_row row = {.section = cn__section_at(CN__SECTION_NETWORK)};
    while (*at < row.section->column_count) {
        const cn__column *column = &row.section->columns[(*at)++];
        cn__native_values(&flat->native, &row, column, &flat->values);
        if (column->index != CN__NET_VERSION && flat->values.count > 0 && !flat->values.texts.failed) {
            *name = column->key;
            *value = flat->values.texts.data;
            return true;
        }
    }
    return false;
}

/* ---- all ---- */

static void lose_items(cn__save *save) {
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        for (cn_entity e = 0; e < cn_entity_count(save->net) && section->shape == CN__SHAPE_CHILD_ITEM; e++) {
            size_t count = 0;
            (void)cn_entity_items(save->net, e, (cn_item_kind)section->child, &count);
            if (count > 0) {
                cn__save_lose(save, CN_MSG_SAVE_LOST, cn_entity_kind_section(section->kind), section->key, count);
            }
        }
    }
}

static void note_mixed(cn__flat *flat, const cn__flat_table *table, const char *section) {
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].mixed) {
            table->columns[i].type = CN__FLAT_TEXT;
            cn__save_lose(flat->save, CN_MSG_SAVE_ALTERED, section, cn__flat_name(table, &table->columns[i]), 1);
        }
    }
}

cn_status cn__flat_begin(cn__flat *flat, cn__save *save, cn__flat_values types) {
    *flat = (cn__flat){
        .save = save, .native = {.net = save->net}, .types = types, .undirected = cn_link_count(save->net) > 0};
    (void)column_for(flat, &flat->nodes, "kind", CN__FLAT_TEXT);
    save->passes += 2; /* this one, and the writing */
    for (cn_entity e = 0; e < cn_entity_count(save->net) && !flat->no_memory && cn__save_step(save); e++) {
        entity_row(flat, e, true);
    }
    for (cn_link l = 0; l < cn_link_count(save->net) && !flat->no_memory && cn__save_step(save); l++) {
        link_row(flat, l, true);
        flat->undirected = flat->undirected && !cn_link_kind_directed(cn_link_kind_of(save->net, l));
    }
    if (types == CN__FLAT_BY_COLUMN) {
        note_mixed(flat, &flat->nodes, "nodes");
        note_mixed(flat, &flat->edges, "links");
    }
    lose_items(save);
    cn__native_lose(save);
    return flat->no_memory ? CN__NO_MEMORY(save->err)
           : save->stopped ? CN__FAIL0(save->err, CN_ERR_CANCELLED, CANCELLED)
                           : CN_OK;
}

static void release_table(cn__flat_table *table) {
    cn__strmap_release(&table->index);
    cn__free(table->columns);
    cn_buf_release(&table->texts);
}

void cn__flat_release(cn__flat *flat) {
    release_table(&flat->nodes);
    release_table(&flat->edges);
    cn_buf_release(&flat->values.texts);
    cn_buf_release(&flat->scratch);
    cn__strmap_release(&flat->free_names);
}

/* Attributes turn what separates lines and columns into blanks unless it stands there as a reference. */
static const char *reference_of(uint32_t code) {
    return code == '\t' ? "&#9;" : code == '\n' ? "&#10;" : code == '\r' ? "&#13;" : cn__xml_reference(code);
}

bool cn__xml_add(cn_buf *out, const char *text) {
    bool altered = false;
    while (*text) {
        const char *start = text;
        uint32_t code = cn__utf8_next(&text);
        const char *reference = reference_of(code);
        if (reference) {
            cn_buf_add_text(out, reference);
        } else if (code < 0x20 || code == 0xFFFE || code == 0xFFFF) {
            cn_buf_add_text(out, "\xEF\xBF\xBD");
            altered = true;
        } else {
            cn_buf_add(out, start, (size_t)(text - start));
        }
    }
    return altered;
}

void cn__flat_add_xml(cn__flat *flat, const char *text, const char *section, const char *what) {
    if (cn__xml_add(flat->save->out, text)) {
        cn__save_lose(flat->save, CN_MSG_SAVE_ALTERED, section, what, 1);
    }
}

const char *cn__flat_xml_type(const cn__flat_column *column) {
    static const char *const names[] = {"string", "double", "long", "boolean"};
    return names[column->type];
}

void cn__flat_lose_direction(cn__flat *flat, cn_link link) {
    if (!flat->undirected && !cn_link_kind_directed(cn_link_kind_of(flat->save->net, link))) {
        cn__save_lose(flat->save, CN_MSG_SAVE_ALTERED, "links", "direction", 1);
    }
}
