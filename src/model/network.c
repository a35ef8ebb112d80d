/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frozen network: its accessors and what is derived from its columns. network_impl.h has the layout and its
 * invariants. Columns answer in O(1); properties and items are found by binary search in O(log P).
 */
#include <math.h>
#include <string.h>

#include "id_order.h"
#include "utf8.h"

/* ---- memory ---- */

void cn__network_release(cn_network *net) {
    if (net->snapshot.bytes != NULL) {
        cn__free(net->entity_roles);
        cn__file_view_close(&net->snapshot);
        return;
    }
    cn__arena_release(&net->text);
    cn__strmap_release(&net->ids);
    cn__free(net->entity_kind);
    cn__free(net->entity_name);
    cn__free(net->entity_roles);
    cn__free(net->link_from);
    cn__free(net->link_to);
    cn__free(net->link_kind);
    cn__free(net->link_status);
    cn__free(net->link_role);
    cn__free(net->link_value);
    cn__free(net->link_product);
    cn__free(net->link_source);
    cn__free(net->link_since);
    cn__free(net->link_until);
    cn__free(net->entity_props.rows);
    cn__free(net->link_props.rows);
    cn__free(net->items);
}

void cn_network_free(cn_network *net) {
    if (net != NULL) {
        cn__network_release(net);
        cn__free(net);
    }
}

void *cn__resized(void *old, size_t cap, size_t size, bool *ok) {
    void *grown = cn__realloc(old, cap, size);
    if (grown == NULL) {
        *ok = false;
        return old;
    }
    return grown;
}

bool cn__entity_columns_resize(cn_network *net, size_t cap) {
    bool ok = true;
    net->entity_kind = cn__resized(net->entity_kind, cap, sizeof *net->entity_kind, &ok);
    net->entity_name = cn__resized(net->entity_name, cap, sizeof *net->entity_name, &ok);
    return ok;
}

bool cn__link_columns_resize(cn_network *net, size_t cap) {
    bool ok = true;
    net->link_from = cn__resized(net->link_from, cap, sizeof *net->link_from, &ok);
    net->link_to = cn__resized(net->link_to, cap, sizeof *net->link_to, &ok);
    net->link_kind = cn__resized(net->link_kind, cap, sizeof *net->link_kind, &ok);
    net->link_status = cn__resized(net->link_status, cap, sizeof *net->link_status, &ok);
    net->link_role = cn__resized(net->link_role, cap, sizeof *net->link_role, &ok);
    net->link_value = cn__resized(net->link_value, cap, sizeof *net->link_value, &ok);
    net->link_product = cn__resized(net->link_product, cap, sizeof *net->link_product, &ok);
    net->link_source = cn__resized(net->link_source, cap, sizeof *net->link_source, &ok);
    net->link_since = cn__resized(net->link_since, cap, sizeof *net->link_since, &ok);
    net->link_until = cn__resized(net->link_until, cap, sizeof *net->link_until, &ok);
    return ok;
}

/* ---- what is derived ---- */

/* Letters of a text: Cyrillic ones count up, Latin ones down. */
static int64_t cyrillic_lead(const char *text) {
    int64_t lead = 0;
    for (uint32_t code = cn__utf8_next(&text); code != 0; code = cn__utf8_next(&text)) {
        if (code >= 0x400 && code <= 0x52F) {
            lead++;
        } else if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z')) {
            lead--;
        }
    }
    return lead;
}

static cn_lang guess_lang(const cn_network *net) {
    int64_t lead = cyrillic_lead(cn_network_title(net));
    for (cn_entity e = 0; e < net->entity_count; e++) {
        lead += cyrillic_lead(cn_entity_name(net, e));
    }
    return lead > 0 ? CN_LANG_RU : CN_LANG_EN;
}

static void index_roles(cn_network *net) {
    for (size_t i = 0; i < net->entity_props.count; i++) {
        const cn_prop *prop = &net->entity_props.rows[i];
        if (prop->field == CN_FIELD_ROLE) {
            net->entity_roles[prop->owner] |= 1u << prop->as.count;
        }
    }
    for (cn_link l = 0; l < net->link_count; l++) {
        bool actual = net->link_status[l] == CN_STATUS_NONE || net->link_status[l] == CN_STATUS_ACTUAL;
        if (net->link_kind[l] == CN_LINK_MEMBER && net->link_role[l] != CN_ROLE_NONE && actual) {
            net->entity_roles[net->link_from[l]] |= 1u << net->link_role[l];
        }
    }
}

bool cn__network_index(cn_network *net) {
    cn__free(net->entity_roles);
    net->entity_roles = cn__calloc(net->entity_count, sizeof *net->entity_roles);
    if (net->entity_roles == NULL) {
        return false;
    }
    memset(net->entities_of, 0, sizeof net->entities_of);
    for (cn_entity e = 0; e < net->entity_count; e++) {
        net->entities_of[net->entity_kind[e]]++;
    }
    memset(net->links_of, 0, sizeof net->links_of);
    for (cn_link l = 0; l < net->link_count; l++) {
        net->links_of[net->link_kind[l]]++;
    }
    index_roles(net);
    net->fine_values = false;
    for (size_t i = 0; i < net->link_props.count && !net->fine_values; i++) {
        net->fine_values = net->link_props.rows[i].field == CN_FIELD_FINE_VALUE;
    }
    if (net->lang == CN_LANG_DEFAULT) {
        net->lang = guess_lang(net);
    }
    return true;
}

/* ---- the network ---- */

static const char *text_at(const cn_network *net, uint32_t text) { return cn__arena_at(&net->text, text); }

const char *cn_network_title(const cn_network *net) { return text_at(net, net->title); }
const char *cn_network_note(const cn_network *net) { return text_at(net, net->note); }
const char *cn_network_source(const cn_network *net) { return text_at(net, net->source); }
const char *cn_network_country(const cn_network *net) { return text_at(net, net->country); }
const char *cn_network_currency(const cn_network *net) { return net->currency; }
cn_date cn_network_as_of_date(const cn_network *net) { return net->as_of; }
cn_lang cn_network_lang(const cn_network *net) { return net->lang; }

/* ---- entities ---- */

uint32_t cn_entity_count(const cn_network *net) { return net->entity_count; }

uint32_t cn_entity_count_of(const cn_network *net, cn_entity_kind kind) {
    return (unsigned)kind < CN_ENTITY_KIND_COUNT ? net->entities_of[kind] : 0;
}

cn_entity_kind cn_entity_kind_of(const cn_network *net, cn_entity entity) {
    return (cn_entity_kind)net->entity_kind[entity];
}

const char *cn_entity_id(const cn_network *net, cn_entity entity) {
    return cn__arena_at(&net->ids.keys, net->id_text ? net->id_text[entity] : net->ids.entries[entity].key);
}

const char *cn_entity_name(const cn_network *net, cn_entity entity) {
    uint32_t name = net->entity_name[entity];
    return name != 0 ? text_at(net, name) : cn_entity_id(net, entity);
}

const char *cn_entity_short(const cn_network *net, cn_entity entity) {
    const char *text = cn_entity_text(net, entity, CN_FIELD_SHORT);
    return text[0] != '\0' ? text : cn_entity_name(net, entity);
}

cn_entity cn_entity_find(const cn_network *net, const char *id) {
    return net->id_order ? cn__id_order_find(net, id) : cn__strmap_find(&net->ids, id, strlen(id));
}

/* ---- links ---- */

uint32_t cn_link_count(const cn_network *net) { return net->link_count; }

uint32_t cn_link_count_of(const cn_network *net, cn_link_kind kind) {
    return (unsigned)kind < CN_LINK_KIND_COUNT ? net->links_of[kind] : 0;
}

cn_link_kind cn_link_kind_of(const cn_network *net, cn_link link) { return (cn_link_kind)net->link_kind[link]; }
cn_entity cn_link_from(const cn_network *net, cn_link link) { return net->link_from[link]; }
cn_entity cn_link_to(const cn_network *net, cn_link link) { return net->link_to[link]; }
cn_link_status cn_link_status_of(const cn_network *net, cn_link link) { return (cn_link_status)net->link_status[link]; }
cn_role cn_link_role(const cn_network *net, cn_link link) { return (cn_role)net->link_role[link]; }
int64_t cn_link_value_minor(const cn_network *net, cn_link link) { return net->link_value[link]; }
const char *cn_link_product(const cn_network *net, cn_link link) { return text_at(net, net->link_product[link]); }
const char *cn_link_source(const cn_network *net, cn_link link) { return text_at(net, net->link_source[link]); }
cn_date cn_link_since(const cn_network *net, cn_link link) { return net->link_since[link]; }
cn_date cn_link_until(const cn_network *net, cn_link link) { return net->link_until[link]; }

double cn_link_value(const cn_network *net, cn_link link) {
    int64_t minor = net->link_value[link];
    size_t count = 0;
    const cn_prop *fine = net->fine_values ? cn_link_values(net, link, CN_FIELD_FINE_VALUE, &count) : NULL;
    if (minor == CN_MONEY_NONE) {
        return (double)NAN;
    }
    return fine != NULL ? fine->as.number : (double)minor / 100.0;
}

/* ---- properties ---- */

/* Index of the first row that is not below (owner, field). */
static size_t lower_bound(const cn__props *props, uint32_t owner, unsigned field) {
    size_t begin = 0;
    size_t end = props->count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        const cn_prop *row = &props->rows[middle];
        if (row->owner < owner || (row->owner == owner && row->field < field)) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin;
}

/* The rows of one owner with field in [first, end). */
static const cn_prop *find_run(const cn__props *props, uint32_t owner, unsigned first, unsigned end, size_t *count) {
    size_t begin = lower_bound(props, owner, first);
    size_t stop = begin;
    while (stop < props->count && props->rows[stop].owner == owner && props->rows[stop].field < end) {
        stop++;
    }
    *count = stop - begin;
    return *count > 0 ? &props->rows[begin] : NULL;
}

const cn_prop *cn_entity_props(const cn_network *net, cn_entity entity, size_t *count) {
    return find_run(&net->entity_props, entity, 0, CN_FIELD_COUNT, count);
}

const cn_prop *cn_link_props(const cn_network *net, cn_link link, size_t *count) {
    return find_run(&net->link_props, link, 0, CN_FIELD_COUNT, count);
}

const cn_prop *cn_entity_values(const cn_network *net, cn_entity entity, cn_field field, size_t *count) {
    return find_run(&net->entity_props, entity, (unsigned)field, (unsigned)field + 1, count);
}

const cn_prop *cn_link_values(const cn_network *net, cn_link link, cn_field field, size_t *count) {
    return find_run(&net->link_props, link, (unsigned)field, (unsigned)field + 1, count);
}

const char *cn_prop_text(const cn_network *net, const cn_prop *prop) {
    return cn_field_type_of((cn_field)prop->field) == CN_TYPE_TEXT ? text_at(net, prop->as.text) : "";
}

const char *cn_prop_x(const cn_network *net, const cn_prop *prop) { return text_at(net, prop->key); }

/* The first value of a field, or NULL: also when the field is not of this type. */
static const cn_prop *first_value(const cn_network *net, cn_entity entity, cn_field field) {
    const cn__props *props = &net->entity_props;
    size_t at = lower_bound(props, entity, (unsigned)field);
    bool found = at < props->count && props->rows[at].owner == entity && props->rows[at].field == field;
    return found ? &props->rows[at] : NULL;
}

const char *cn_entity_text(const cn_network *net, cn_entity entity, cn_field field) {
    const cn_prop *prop = first_value(net, entity, field);
    return prop != NULL ? cn_prop_text(net, prop) : "";
}

cn_date cn_entity_date(const cn_network *net, cn_entity entity, cn_field field) {
    const cn_prop *prop = first_value(net, entity, field);
    return prop != NULL && cn_field_type_of(field) == CN_TYPE_DATE ? (cn_date)prop->as.count : CN_DATE_NONE;
}

int64_t cn_entity_money(const cn_network *net, cn_entity entity, cn_field field) {
    const cn_prop *prop = first_value(net, entity, field);
    return prop != NULL && cn_field_type_of(field) == CN_TYPE_MONEY ? prop->as.money_minor : CN_MONEY_NONE;
}

double cn_entity_number(const cn_network *net, cn_entity entity, cn_field field) {
    const cn_prop *prop = first_value(net, entity, field);
    cn_field_type type = cn_field_type_of(field);
    if (prop == NULL || (type != CN_TYPE_NUMBER && type != CN_TYPE_COUNT)) {
        return (double)NAN;
    }
    return type == CN_TYPE_NUMBER ? prop->as.number : (double)prop->as.count;
}

int cn_entity_enum(const cn_network *net, cn_entity entity, cn_field field) {
    const cn_prop *prop = first_value(net, entity, field);
    cn_field_type type = cn_field_type_of(field);
    return prop != NULL && (type == CN_TYPE_ENUM || type == CN_TYPE_FLAG) ? (int)prop->as.count : 0;
}

bool cn_entity_has_role(const cn_network *net, cn_entity entity, cn_role role) {
    return role != CN_ROLE_NONE && ((net->entity_roles[entity] >> role) & 1u) != 0;
}

/* ---- items ---- */

const cn_item *cn_entity_items(const cn_network *net, cn_entity entity, cn_item_kind kind, size_t *count) {
    size_t begin = 0;
    size_t end = net->item_count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        const cn_item *row = &net->items[middle];
        if (row->owner < entity || (row->owner == entity && row->kind < kind)) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    size_t stop = begin;
    while (stop < net->item_count && net->items[stop].owner == entity && net->items[stop].kind == kind) {
        stop++;
    }
    *count = stop - begin;
    return *count > 0 ? &net->items[begin] : NULL;
}

const char *cn_item_text(const cn_network *net, const cn_item *item) { return text_at(net, item->product); }
