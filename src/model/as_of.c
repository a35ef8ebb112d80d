/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network at a date, or a part of it: the rows that held then, copied in their order and renumbered. Text numbers stay what they
 * are, as the arena is copied whole; order is kept, so that sorted properties and items stay sorted. Invariant of the
 * maps: map[old] is the new number, or CN_NONE for what is left out, and new numbers ascend with old ones. One pass
 * over every array: O(V + E + P).
 */
#include <string.h>

#include "error.h"
#include "network_impl.h"

/* Has something that began at `begin` begun by the end of `date`'s period? */
static bool has_begun(cn_date begin, cn_date date) { return cn_date_covers(begin, CN_DATE_NONE, date); }

/*
 * A period covers the date. Where no begin is given, the date of a cluster's decision is its begin. What happened at
 * an event stays known after it: only events that are still to come are left out.
 */
static bool entity_holds(const cn_network *net, cn_entity entity, cn_date date) {
    cn_date since = cn_entity_date(net, entity, CN_FIELD_SINCE);
    cn_date until = cn_entity_date(net, entity, CN_FIELD_UNTIL);
    cn_entity_kind kind = cn_entity_kind_of(net, entity);
    if (kind == CN_ENTITY_EVENT) {
        return has_begun(since, date) && has_begun(cn_entity_date(net, entity, CN_FIELD_DATE), date);
    }
    if (kind == CN_ENTITY_CLUSTER && since == CN_DATE_NONE) {
        since = cn_entity_date(net, entity, CN_FIELD_DECISION_DATE);
    }
    return cn_date_covers(since, until, date);
}

/* What happened at an event is kept like the event itself; all other links need a period that covers the date. */
static bool link_holds(const cn_network *net, cn_link link, cn_date date) {
    if (cn_entity_kind_of(net, net->link_to[link]) == CN_ENTITY_EVENT) {
        return has_begun(net->link_since[link], date);
    }
    return cn_date_covers(net->link_since[link], net->link_until[link], date);
}

/* What is to be kept: what holds at a date (CN_DATE_NONE: everything), or what is marked. */
typedef struct choice {
    cn_date date;
    const bool *entities; /* NULL: by date */
    const bool *links;    /* with `entities`: NULL: all between those kept */
} choice;

static bool keeps_entity(const choice *c, const cn_network *net, cn_entity entity) {
    return c->entities ? c->entities[entity] : c->date == CN_DATE_NONE || entity_holds(net, entity, c->date);
}

static bool keeps_link(const choice *c, const cn_network *net, cn_link link) {
    return c->entities ? !c->links || c->links[link] : c->date == CN_DATE_NONE || link_holds(net, link, c->date);
}

/* Number the kept entities. */
static uint32_t map_entities(const cn_network *net, const choice *chosen, uint32_t *map) {
    uint32_t kept = 0;
    for (cn_entity e = 0; e < net->entity_count; e++) {
        map[e] = keeps_entity(chosen, net, e) ? kept++ : CN_NONE;
    }
    return kept;
}

static uint32_t map_links(const cn_network *net, const choice *chosen, const uint32_t *entity_map, uint32_t *map) {
    uint32_t kept = 0;
    for (cn_link l = 0; l < net->link_count; l++) {
        bool ends = entity_map[net->link_from[l]] != CN_NONE && entity_map[net->link_to[l]] != CN_NONE;
        map[l] = ends && keeps_link(chosen, net, l) ? kept++ : CN_NONE;
    }
    return kept;
}

static bool copy_texts(cn_network *to, const cn_network *from) {
    if (from->text.len > 0) {
        to->text.bytes = cn__alloc(from->text.len, 1);
        if (to->text.bytes == NULL) {
            return false;
        }
        memcpy(to->text.bytes, from->text.bytes, from->text.len);
        to->text.len = from->text.len;
        to->text.cap = from->text.len;
    }
    return true;
}

static bool copy_entities(cn_network *to, const cn_network *from, const uint32_t *map, uint32_t kept) {
    if (!cn__entity_columns_resize(to, kept)) {
        return false;
    }
    for (cn_entity e = 0; e < from->entity_count; e++) {
        if (map[e] == CN_NONE) {
            continue;
        }
        const char *id = cn_entity_id(from, e);
        if (!cn__strmap_add(&to->ids, id, strlen(id), map[e], NULL)) {
            return false;
        }
        to->entity_kind[map[e]] = from->entity_kind[e];
        to->entity_name[map[e]] = from->entity_name[e];
    }
    to->entity_count = kept;
    return true;
}

static bool copy_links(cn_network *to, const cn_network *from, const uint32_t *entity_map, const uint32_t *map,
                       uint32_t kept) {
    if (!cn__link_columns_resize(to, kept)) {
        return false;
    }
    for (cn_link l = 0; l < from->link_count; l++) {
        cn_link at = map[l];
        if (at == CN_NONE) {
            continue;
        }
        to->link_from[at] = entity_map[from->link_from[l]];
        to->link_to[at] = entity_map[from->link_to[l]];
        to->link_kind[at] = from->link_kind[l];
        to->link_status[at] = from->link_status[l];
        to->link_role[at] = from->link_role[l];
        to->link_value[at] = from->link_value[l];
        to->link_product[at] = from->link_product[l];
        to->link_source[at] = from->link_source[l];
        to->link_since[at] = from->link_since[l];
        to->link_until[at] = from->link_until[l];
    }
    to->link_count = kept;
    return true;
}

static bool copy_props(cn__props *to, const cn__props *from, const uint32_t *map) {
    to->rows = cn__alloc(from->count, sizeof *to->rows);
    if (to->rows == NULL) {
        return false;
    }
    to->cap = from->count;
    for (size_t i = 0; i < from->count; i++) {
        if (map[from->rows[i].owner] != CN_NONE) {
            to->rows[to->count] = from->rows[i];
            to->rows[to->count++].owner = map[from->rows[i].owner];
        }
    }
    return true;
}

static bool copy_items(cn_network *to, const cn_network *from, const uint32_t *map) {
    to->items = cn__alloc(from->item_count, sizeof *to->items);
    if (to->items == NULL) {
        return false;
    }
    to->item_cap = from->item_count;
    for (size_t i = 0; i < from->item_count; i++) {
        if (map[from->items[i].owner] != CN_NONE) {
            to->items[to->item_count] = from->items[i];
            to->items[to->item_count++].owner = map[from->items[i].owner];
        }
    }
    return true;
}

/* What the maps keep. False: memory. */
static bool copy_part(const cn_network *net, const uint32_t *entity_map, uint32_t entities, const uint32_t *link_map,
                      uint32_t links, cn_network *copy) {
    copy->title = net->title;
    copy->note = net->note;
    copy->source = net->source;
    copy->country = net->country;
    memcpy(copy->currency, net->currency, sizeof copy->currency);
    copy->as_of = net->as_of;
    copy->lang = net->lang;
    return copy_texts(copy, net) && copy_entities(copy, net, entity_map, entities) &&
           copy_links(copy, net, entity_map, link_map, links) &&
           copy_props(&copy->entity_props, &net->entity_props, entity_map) &&
           copy_props(&copy->link_props, &net->link_props, link_map) && copy_items(copy, net, entity_map) &&
           cn__network_index(copy);
}

static cn_status copy_chosen(const cn_network *net, const choice *chosen, cn_network **out, cn_error *err) {
    cn_status status = CN_ERR_MEMORY;
    *out = NULL;
    uint32_t *entity_map = cn__alloc(net->entity_count, sizeof *entity_map);
    uint32_t *link_map = cn__alloc(net->link_count, sizeof *link_map);
    cn_network *copy = cn__calloc(1, sizeof *copy);
    if (entity_map == NULL || link_map == NULL || copy == NULL) {
        goto done;
    }
    uint32_t entities = map_entities(net, chosen, entity_map);
    uint32_t links = map_links(net, chosen, entity_map, link_map);
    if (copy_part(net, entity_map, entities, link_map, links, copy)) {
        *out = copy;
        copy = NULL;
        status = CN_OK;
    }

done:
    cn_network_free(copy);
    cn__free(link_map);
    cn__free(entity_map);
    return status == CN_OK ? CN_OK : CN__NO_MEMORY(err);
}

cn_status cn_network_as_of(const cn_network *net, cn_date date, cn_network **out, cn_error *err) {
    cn_status status = copy_chosen(net, &(choice){.date = date}, out, err);
    if (status == CN_OK && date != CN_DATE_NONE) {
        (*out)->as_of = date;
    }
    return status;
}

cn_status cn_network_part(const cn_network *net, const bool *entities, const bool *links, cn_network **out,
                          cn_error *err) {
    return copy_chosen(net, &(choice){.date = CN_DATE_NONE, .entities = entities, .links = links}, out, err);
}
