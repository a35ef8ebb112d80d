/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record model in memory: struct of arrays with 32-bit indices.
 *
 *     link columns   from to kind status role value product source since until     35 bytes a link
 *     entity columns kind name roles + an entry of the id map                      at most 64 bytes an entity
 *     properties     one array per owner kind, sorted by (owner, field, as given)
 *     items          one array, sorted by (owner, kind, as given)
 *
 * Entity e is entry e of the id map: its id is the key there and is stored nowhere else. An opened snapshot has no map but the
 * places of the ids and their order (id_order.h). All other texts lie in one arena; texts that repeat (products, sources, regions, names of free attributes) are stored once, so that equal texts
 * have equal numbers.
 */
#ifndef CN_MODEL_NETWORK_IMPL_H
#define CN_MODEL_NETWORK_IMPL_H

#include "coopnet/network.h"
#include "file.h"
#include "memory.h"
#include "strmap.h"

typedef struct cn__props {
    cn_prop *rows;
    size_t count;
    size_t cap;
} cn__props;

struct cn_network {
    cn__arena text;
    cn__strmap ids;
    const uint32_t *id_text;  /* of an opened snapshot: id of each entity in ids.keys; else NULL */
    const uint64_t *id_order; /* likewise */
    uint32_t title;
    uint32_t note;
    uint32_t source;
    uint32_t country; /* the home of the network */
    char currency[4];
    cn_date as_of;
    cn_lang lang; /* never CN_LANG_DEFAULT once finished */

    uint32_t entity_count;
    uint32_t entities_of[CN_ENTITY_KIND_COUNT];
    uint8_t *entity_kind;
    uint32_t *entity_name;  /* text; 0: the id serves */
    uint32_t *entity_roles; /* set of 1 << cn_role: own ones and those of actual memberships; made at finish */

    uint32_t link_count;
    uint32_t links_of[CN_LINK_KIND_COUNT];
    cn_entity *link_from;
    cn_entity *link_to;
    uint8_t *link_kind;
    uint8_t *link_status;
    uint8_t *link_role;
    int64_t *link_value;
    uint32_t *link_product;
    uint32_t *link_source;
    cn_date *link_since;
    cn_date *link_until;
    bool fine_values; /* some link has CN_FIELD_FINE_VALUE */

    cn__props entity_props;
    cn__props link_props;
    cn_item *items;
    size_t item_count;
    size_t item_cap;

    cn__file_view snapshot; /* when open: all columns but entity_roles lie in it and are not to be freed or changed */
};

/* Free what the network holds, not the struct itself. */
void cn__network_release(cn_network *net);

/* Make what is derived from the columns: counts by kind, roles, fine_values, language. False: memory. */
bool cn__network_index(cn_network *net);

/* Resize the columns to `cap` rows. Those that could not be grown keep their size; true when all have it. */
bool cn__entity_columns_resize(cn_network *net, size_t cap);
bool cn__link_columns_resize(cn_network *net, size_t cap);
/* `old` resized to `cap` elements; when that fails, `old` unchanged and `*ok` false. */
void *cn__resized(void *old, size_t cap, size_t size, bool *ok);

/* May the field stand several times at one owner? */
bool cn__field_is_list(cn_field field);
/* The small vocabulary of an ENUM field at an entity of this kind, or CN_VOC_COUNT when it has none. */
cn_vocabulary cn__field_vocabulary(cn_field field, cn_entity_kind kind);

/* Stable sort of rows by a comparison; linear when they are in order already. False: memory. */
bool cn__sort_stable(void *rows, size_t count, size_t size, int (*compare)(const void *a, const void *b));

#endif
