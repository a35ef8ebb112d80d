/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a network may hold by the calls of the builder that no native file can say: properties that the sections of the schema have
 * no column for, words that a column does not take, free attributes that are not JSON. A network that was loaded has none of
 * these. One pass over everything, O(entities + links + properties).
 */
#include "json_value.h"
#include "native.h"

#include <string.h>

static bool has_column(const cn__section *section, const cn_prop *prop) {
    for (size_t i = 0; i < section->column_count; i++) {
        const cn__column *column = &section->columns[i];
        if (column->to == CN__TO_FIELD && column->index == prop->field) {
            return column->type != CN__ENUM || column->allowed == 0 || (column->allowed >> prop->as.count & 1u);
        }
    }
    return false;
}

static void lose_props(cn__save *s, const cn__section *section, const cn_prop *props, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (props[i].field == CN_FIELD_X) {
            const char *json = cn_prop_text(s->net, &props[i]);
            const char *name = cn_prop_x(s->net, &props[i]);
            bool kept = strcmp(json, "null") != 0 && cn__json_is_value(json, strlen(json));
            for (size_t k = 0; k < i && kept; k++) {
                kept = props[k].field != CN_FIELD_X || strcmp(cn_prop_x(s->net, &props[k]), name) != 0;
            }
            if (!kept) {
                cn__save_lose(s, CN_MSG_SAVE_LOST, section->table, name, 1);
            }
        } else if (props[i].field != CN_FIELD_FINE_VALUE && !has_column(section, &props[i])) {
            cn__save_lose(s, CN_MSG_SAVE_LOST, section->table, cn_field_key((cn_field)props[i].field), 1);
        }
    }
}

static void lose_items(cn__save *s, cn_entity entity) {
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape != CN__SHAPE_CHILD_ITEM) {
            continue;
        }
        size_t count = 0;
        const cn_item *items = cn_entity_items(s->net, entity, (cn_item_kind)section->child, &count);
        bool misplaced = count > 0 && section->kind != cn_entity_kind_of(s->net, entity);
        if (misplaced) {
            cn__save_lose(s, CN_MSG_SAVE_LOST, cn_entity_kind_section(cn_entity_kind_of(s->net, entity)), section->key,
                          count);
        }
        bool dated = section->id == CN__SECTION_PLAN || section->id == CN__SECTION_FACT;
        for (size_t i = 0; i < count && dated && !misplaced; i++) {
            if (items[i].year == 0) {
                cn__save_lose(s, CN_MSG_SAVE_LOST, section->table, "year", 1);
            }
        }
    }
}

void cn__native_lose(cn__save *s) {
    const cn_network *net = s->net;
    size_t count = 0;
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        const cn_prop *props = cn_entity_props(net, e, &count);
        lose_props(s, cn__section_of_kind(cn_entity_kind_of(net, e)), props, count);
        lose_items(s, e);
    }
    cn_buf text = {0};
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        const cn_prop *props = cn_link_props(net, l, &count);
        lose_props(s, cn__section_at(CN__SECTION_LINKS), props, count);
        text.len = 0;
        if (cn_link_value_minor(net, l) != CN_MONEY_NONE && !cn__link_value_text(&text, net, l)) {
            cn__save_lose(s, CN_MSG_SAVE_ALTERED, "links", "value", 1);
        }
    }
    s->loss_failed = s->loss_failed || text.failed;
    cn_buf_release(&text);
}
