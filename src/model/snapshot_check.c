/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of a network for arrays that come from a file: every index within its array, every text begins where a text begins, order
 * where others search by halving, no value that no builder would let pass. A checksum proves that nothing was changed by accident;
 * this proves that nobody can lead a reader astray on purpose. One pass over each array, over the links by all threads: O(bytes).
 */
#include "snapshot_impl.h"

#include "builder_impl.h"
#include "coopnet/date.h"
#include "utf8.h"

#include <math.h>

#define GOOD CN__SNAPSHOT_PART_COUNT

/* The largest date: the last day of the year 9999. */
static bool date_is_good(uint64_t date, cn_date last) {
    return date == CN_DATE_NONE || ((date & 3) != 0 && date <= last);
}

static bool arena_is_good(const cn__arena *arena) {
    return arena->len == 0 || (arena->bytes[0] == '\0' && arena->bytes[arena->len - 1] == '\0' &&
                               cn__utf8_valid(arena->bytes, arena->len) == arena->len);
}

static bool text_is_good(const cn__arena *arena, uint64_t text) {
    return text == 0 || (text < arena->len && arena->bytes[text - 1] == '\0');
}

/* ---- entities ---- */

static cn__snapshot_part check_ids(const cn_network *net) {
    for (uint32_t i = 0; i < net->entity_count; i++) {
        if (net->id_text[i] == 0 || !text_is_good(&net->ids.keys, net->id_text[i])) {
            return CN__SNAPSHOT_ID;
        }
        bool ascending = i == 0 || net->id_order[i - 1] < net->id_order[i];
        if (!ascending || (uint32_t)net->id_order[i] >= net->entity_count) {
            return CN__SNAPSHOT_ID_ORDER;
        }
    }
    return GOOD;
}

static cn__snapshot_part check_entities(const cn_network *net) {
    for (uint32_t e = 0; e < net->entity_count; e++) {
        if (net->entity_kind[e] >= CN_ENTITY_KIND_COUNT) {
            return CN__SNAPSHOT_ENTITY_KIND;
        }
        if (!text_is_good(&net->text, net->entity_name[e])) {
            return CN__SNAPSHOT_ENTITY_NAME;
        }
    }
    return GOOD;
}

/* ---- links ---- */

typedef struct link_rules {
    cn_date last;
    uint32_t from[CN_LINK_KIND_COUNT];
    uint32_t to[CN_LINK_KIND_COUNT];
} link_rules;

static cn__snapshot_part check_link(const cn_network *net, const link_rules *rules, uint32_t l) {
    uint32_t from = net->link_from[l];
    uint32_t to = net->link_to[l];
    unsigned kind = net->link_kind[l];
    if (kind >= CN_LINK_KIND_COUNT) {
        return CN__SNAPSHOT_KIND;
    }
    if (from >= net->entity_count || (rules->from[kind] >> net->entity_kind[from] & 1u) == 0) {
        return CN__SNAPSHOT_FROM;
    }
    if (to >= net->entity_count || (rules->to[kind] >> net->entity_kind[to] & 1u) == 0 || to == from) {
        return CN__SNAPSHOT_TO;
    }
    if (net->link_status[l] >= CN_STATUS_COUNT) {
        return CN__SNAPSHOT_STATUS;
    }
    if (net->link_role[l] >= CN_ROLE_COUNT) {
        return CN__SNAPSHOT_ROLE;
    }
    if (net->link_value[l] < 0 && net->link_value[l] != CN_MONEY_NONE) {
        return CN__SNAPSHOT_VALUE;
    }
    if (!text_is_good(&net->text, net->link_product[l])) {
        return CN__SNAPSHOT_PRODUCT;
    }
    if (!text_is_good(&net->text, net->link_source[l])) {
        return CN__SNAPSHOT_SOURCE;
    }
    if (!date_is_good(net->link_since[l], rules->last)) {
        return CN__SNAPSHOT_SINCE;
    }
    return date_is_good(net->link_until[l], rules->last) ? GOOD : CN__SNAPSHOT_UNTIL;
}

static cn__snapshot_part check_links(const cn_network *net) {
    link_rules rules = {.last = cn_date_make(9999, 12, 31)};
    int wrong = GOOD;
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        rules.from[kind] = cn_link_kind_from((cn_link_kind)kind);
        rules.to[kind] = cn_link_kind_to((cn_link_kind)kind);
    }
#pragma omp parallel for schedule(static) reduction(min : wrong) if (net->link_count > 100000)
    for (uint32_t l = 0; l < net->link_count; l++) {
        int found = (int)check_link(net, &rules, l);
        wrong = found < wrong ? found : wrong;
    }
    return (cn__snapshot_part)wrong;
}

/* ---- properties and items ---- */

static bool count_is_good(const cn_network *net, bool of_entity, const cn_prop *prop, cn_date last) {
    cn_field field = (cn_field)prop->field;
    switch (cn_field_type_of(field)) {
    case CN_TYPE_DATE:
        return prop->as.count <= last && date_is_good(prop->as.count, last);
    case CN_TYPE_FLAG:
        return prop->as.count <= 1;
    case CN_TYPE_ENUM: {
        cn_vocabulary words =
            of_entity ? cn__field_vocabulary(field, (cn_entity_kind)net->entity_kind[prop->owner]) : CN_VOC_COUNT;
        return words != CN_VOC_COUNT && prop->as.count >= 1 && prop->as.count < (uint64_t)cn_vocabulary_size(words);
    }
    default:
        return true;
    }
}

static bool prop_is_good(const cn_network *net, bool of_entity, const cn_prop *prop, cn_date last) {
    if (prop->field >= CN_FIELD_COUNT || prop->owner >= (of_entity ? net->entity_count : net->link_count) ||
        !text_is_good(&net->text, prop->key)) {
        return false;
    }
    switch (cn_field_type_of((cn_field)prop->field)) {
    case CN_TYPE_TEXT:
        return text_is_good(&net->text, prop->as.text);
    case CN_TYPE_MONEY:
        return prop->as.money_minor >= 0;
    case CN_TYPE_NUMBER:
        return cn__check_number((cn_field)prop->field, prop->as.number, NULL) == CN_OK;
    default:
        return count_is_good(net, of_entity, prop, last);
    }
}

static bool props_are_good(const cn_network *net, const cn__props *props, bool of_entity) {
    cn_date last = cn_date_make(9999, 12, 31);
    for (size_t i = 0; i < props->count; i++) {
        const cn_prop *prop = &props->rows[i];
        const cn_prop *before = i > 0 ? prop - 1 : prop;
        bool in_order = before->owner < prop->owner || (before->owner == prop->owner && before->field <= prop->field);
        if (!in_order || !prop_is_good(net, of_entity, prop, last)) {
            return false;
        }
    }
    return true;
}

static bool money_is_good(int64_t minor) { return minor >= 0 || minor == CN_MONEY_NONE; }

static bool items_are_good(const cn_network *net) {
    for (size_t i = 0; i < net->item_count; i++) {
        const cn_item *item = &net->items[i];
        const cn_item *before = i > 0 ? item - 1 : item;
        bool goods = item->kind == CN_ITEM_MAKES || item->kind == CN_ITEM_NEEDS;
        bool good = item->owner < net->entity_count && (unsigned)item->kind <= CN_ITEM_FACT &&
                    (unsigned)item->origin < CN_ORIGIN_COUNT && item->year >= 0 && item->year <= 9999 &&
                    text_is_good(&net->text, item->product) && money_is_good(item->value_minor) &&
                    money_is_good(item->capacity_minor) && (goods ? !isinf(item->number) : isfinite(item->number));
        bool in_order = before->owner < item->owner || (before->owner == item->owner && before->kind <= item->kind);
        if (!good || !in_order) {
            return false;
        }
    }
    return true;
}

static bool about_is_good(const cn_network *net) {
    bool texts = text_is_good(&net->text, net->title) && text_is_good(&net->text, net->note) &&
                 text_is_good(&net->text, net->source) && text_is_good(&net->text, net->country);
    bool currency =
        net->currency[3] == '\0' && (net->currency[0] == '\0' || cn__check_currency(net->currency, NULL) == CN_OK);
    return texts && currency && date_is_good(net->as_of, cn_date_make(9999, 12, 31));
}

cn__snapshot_part cn__snapshot_check(const cn_network *net) {
    if (!arena_is_good(&net->text)) {
        return CN__SNAPSHOT_TEXT;
    }
    if (!arena_is_good(&net->ids.keys)) {
        return CN__SNAPSHOT_KEYS;
    }
    if (!about_is_good(net)) {
        return CN__SNAPSHOT_ABOUT;
    }
    cn__snapshot_part wrong = check_ids(net);
    wrong = wrong == GOOD ? check_entities(net) : wrong;
    wrong = wrong == GOOD ? check_links(net) : wrong;
    if (wrong == GOOD && !props_are_good(net, &net->entity_props, true)) {
        wrong = CN__SNAPSHOT_ENTITY_PROPS;
    }
    if (wrong == GOOD && !props_are_good(net, &net->link_props, false)) {
        wrong = CN__SNAPSHOT_LINK_PROPS;
    }
    return wrong == GOOD && !items_are_good(net) ? CN__SNAPSHOT_ITEMS : wrong;
}
