/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The builder: it checks each call (validate.c), appends to the columns of a growing network, and at the end hands
 * these very columns over. Invariant between calls: all columns hold entity_count or link_count valid rows; a call
 * that fails has changed no count. Properties and items are appended as they come and sorted only at finish, where a
 * later value of a field that is no list also replaces the earlier ones. Amortised O(1) a call; finish is
 * O(V + E + P log P), or linear when the properties came in order.
 */
#include <math.h>
#include <string.h>

#include "builder_impl.h"
#include "error.h"

cn_status cn_builder_create(cn_builder **out, cn_error *err) {
    *out = cn__calloc(1, sizeof **out);
    return *out != NULL ? CN_OK : CN__NO_MEMORY(err);
}

static void release(cn_builder *builder) {
    cn__network_release(&builder->net);
    cn__strmap_release(&builder->texts);
    cn__free(builder->since);
    cn__free(builder->until);
    memset(builder, 0, sizeof *builder);
}

void cn_builder_free(cn_builder *builder) {
    if (builder != NULL) {
        release(builder);
        cn__free(builder);
    }
}

/* ---- texts ---- */

/* Why `len` more bytes could not be added. */
static cn_status no_room(const cn__arena *arena, size_t len, cn_error *err) {
    if (len >= UINT32_MAX - arena->len) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "texts");
    }
    return CN__NO_MEMORY(err);
}

/* Keep a text; NULL is "". */
static cn_status keep_text(cn_builder *builder, const char *text, uint32_t *out, cn_error *err) {
    size_t len = text != NULL ? strlen(text) : 0;
    *out = 0;
    if (len == 0 || cn__arena_add(&builder->texts.keys, text, len, out)) {
        return CN_OK;
    }
    return no_room(&builder->texts.keys, len, err);
}

cn_status cn__builder_share(cn_builder *builder, const char *text, size_t len, uint32_t *out, cn_error *err) {
    cn__strmap *texts = &builder->texts;
    *out = 0;
    if (len == 0) {
        return CN_OK;
    }
    uint32_t entry = cn__strmap_find(texts, text, len);
    if (entry != CN_NONE) {
        *out = texts->entries[entry].key;
        return CN_OK;
    }
    return cn__strmap_add(texts, text, len, (uint32_t)texts->entry_count, out) ? CN_OK
                                                                               : no_room(&texts->keys, len, err);
}

static cn_status share_text(cn_builder *builder, const char *text, uint32_t *out, cn_error *err) {
    return cn__builder_share(builder, text, text != NULL ? strlen(text) : 0, out, err);
}

/* ---- what the network says of itself ---- */

static cn_status set_text(cn_builder *builder, const char *text, uint32_t *out, cn_error *err) {
    uint32_t kept;
    cn_status status = cn__check_text(text, err);
    if (status == CN_OK) {
        status = keep_text(builder, text, &kept, err);
    }
    if (status == CN_OK) {
        *out = kept;
    }
    return status;
}

cn_status cn_builder_set_title(cn_builder *builder, const char *title, cn_error *err) {
    return set_text(builder, title, &builder->net.title, err);
}

cn_status cn_builder_set_note(cn_builder *builder, const char *note, cn_error *err) {
    return set_text(builder, note, &builder->net.note, err);
}

cn_status cn_builder_set_source(cn_builder *builder, const char *source, cn_error *err) {
    return set_text(builder, source, &builder->net.source, err);
}

cn_status cn_builder_set_country(cn_builder *builder, const char *country, cn_error *err) {
    return set_text(builder, country, &builder->net.country, err);
}

cn_status cn_builder_set_currency(cn_builder *builder, const char *code, cn_error *err) {
    cn_status status = cn__check_currency(code, err);
    if (status == CN_OK) {
        memcpy(builder->net.currency, code, sizeof builder->net.currency);
    }
    return status;
}

void cn_builder_set_lang(cn_builder *builder, cn_lang lang) { builder->net.lang = lang; }
void cn_builder_set_as_of(cn_builder *builder, cn_date date) { builder->net.as_of = date; }

/* ---- entities ---- */

static bool grow_entities(cn_builder *builder) {
    if (builder->net.entity_count < builder->entity_cap) {
        return true;
    }
    size_t cap = builder->entity_cap > 0 ? 2 * builder->entity_cap : 32;
    bool ok = cn__entity_columns_resize(&builder->net, cap);
    builder->since = cn__resized(builder->since, cap, sizeof *builder->since, &ok);
    builder->until = cn__resized(builder->until, cap, sizeof *builder->until, &ok);
    if (ok) {
        builder->entity_cap = cap;
    }
    return ok;
}

cn_status cn__builder_put_entity(cn_builder *builder, cn_entity_kind kind, const char *id, size_t len, const char *name,
                                 cn_error *err) {
    cn_network *net = &builder->net;
    cn_entity entity = net->entity_count;
    uint32_t name_text;
    if (!grow_entities(builder)) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = keep_text(builder, name, &name_text, err);
    if (status != CN_OK) {
        return status;
    }
    if (!cn__strmap_add(&net->ids, id, len, entity, NULL)) {
        return no_room(&net->ids.keys, len, err);
    }
    net->entity_kind[entity] = (uint8_t)kind;
    net->entity_name[entity] = name_text;
    builder->since[entity] = CN_DATE_NONE;
    builder->until[entity] = CN_DATE_NONE;
    net->entity_count++;
    return CN_OK;
}

cn_status cn_builder_add_entity(cn_builder *builder, cn_entity_kind kind, const char *id, const char *name,
                                cn_entity *out, cn_error *err) {
    cn_entity entity = builder->net.entity_count;
    if (out != NULL) {
        *out = CN_NONE;
    }
    cn_status status = cn__check_entity(builder, kind, id, err);
    if (status == CN_OK) {
        status = cn__check_text(name, err);
    }
    if (status != CN_OK) {
        return status;
    }
    status = cn__builder_put_entity(builder, kind, id, strlen(id), name, err);
    if (status == CN_OK && out != NULL) {
        *out = entity;
    }
    return status;
}

cn_entity cn_builder_find(const cn_builder *builder, const char *id) { return cn_entity_find(&builder->net, id); }
uint32_t cn_builder_entity_count(const cn_builder *builder) { return builder->net.entity_count; }

cn_entity_kind cn_builder_entity_kind(const cn_builder *builder, cn_entity entity) {
    return cn_entity_kind_of(&builder->net, entity);
}

const char *cn_builder_entity_id(const cn_builder *builder, cn_entity entity) {
    return cn_entity_id(&builder->net, entity);
}

/* ---- links ---- */

static bool grow_links(cn_builder *builder) {
    if (builder->net.link_count < builder->link_cap) {
        return true;
    }
    size_t cap = builder->link_cap > 0 ? 2 * builder->link_cap : 64;
    if (!cn__link_columns_resize(&builder->net, cap)) {
        return false;
    }
    builder->link_cap = cap;
    return true;
}

cn_status cn__builder_put_link(cn_builder *builder, const cn_link_spec *spec, uint32_t product, uint32_t source,
                               cn_error *err) {
    cn_network *net = &builder->net;
    cn_link link = net->link_count;
    if (!grow_links(builder)) {
        return CN__NO_MEMORY(err);
    }
    net->link_from[link] = spec->from;
    net->link_to[link] = spec->to;
    net->link_kind[link] = (uint8_t)spec->kind;
    net->link_status[link] = (uint8_t)spec->status;
    net->link_role[link] = (uint8_t)spec->role;
    net->link_value[link] = spec->value_minor;
    net->link_product[link] = product;
    net->link_source[link] = source;
    net->link_since[link] = spec->since;
    net->link_until[link] = spec->until;
    net->link_count++;
    return CN_OK;
}

cn_status cn_builder_add_link(cn_builder *builder, const cn_link_spec *spec, cn_link *out, cn_error *err) {
    cn_link link = builder->net.link_count;
    uint32_t product = 0;
    uint32_t source = 0;
    if (out != NULL) {
        *out = CN_NONE;
    }
    cn_status status = cn__check_link(builder, spec, err);
    if (status == CN_OK) {
        status = share_text(builder, spec->product, &product, err);
    }
    if (status == CN_OK) {
        status = share_text(builder, spec->source, &source, err);
    }
    if (status == CN_OK) {
        status = cn__builder_put_link(builder, spec, product, source, err);
    }
    if (status == CN_OK && out != NULL) {
        *out = link;
    }
    return status;
}

uint32_t cn_builder_link_count(const cn_builder *builder) { return builder->net.link_count; }

/* ---- properties ---- */

static cn_status append(cn_builder *builder, cn_owner owner_kind, const cn_prop *prop, cn_error *err) {
    cn__props *props = owner_kind == CN_OWNER_ENTITY ? &builder->net.entity_props : &builder->net.link_props;
    if (props->count == props->cap) {
        size_t cap = props->cap > 0 ? 2 * props->cap : 32;
        bool ok = true;
        props->rows = cn__resized(props->rows, cap, sizeof *props->rows, &ok);
        if (!ok) {
            return CN__NO_MEMORY(err);
        }
        props->cap = cap;
    }
    props->rows[props->count++] = *prop;
    return CN_OK;
}

/* Texts of these fields differ from owner to owner; those of the others repeat. */
static bool is_own_text(cn_field field) {
    return field == CN_FIELD_SHORT || field == CN_FIELD_ALIAS || field == CN_FIELD_NOTE || field == CN_FIELD_INN ||
           field == CN_FIELD_OGRN || field == CN_FIELD_LEI;
}

cn_status cn_builder_add_text(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                              const char *text, cn_error *err) {
    cn_prop prop = {.owner = owner, .field = (uint16_t)field};
    cn_status status = cn__check_field(builder, owner_kind, owner, field, CN_TYPE_TEXT, err);
    if (status == CN_OK && field == CN_FIELD_X) {
        status = CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "field", cn_field_key(field));
    }
    if (status == CN_OK) {
        status = cn__check_text(text, err);
    }
    if (status != CN_OK || text == NULL || text[0] == '\0') {
        return status;
    }
    status = is_own_text(field) ? keep_text(builder, text, &prop.as.text, err)
                                : share_text(builder, text, &prop.as.text, err);
    return status == CN_OK ? append(builder, owner_kind, &prop, err) : status;
}

cn_status cn_builder_add_money(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field, int64_t minor,
                               cn_error *err) {
    cn_prop prop = {.owner = owner, .field = (uint16_t)field};
    cn_status status = cn__check_field(builder, owner_kind, owner, field, CN_TYPE_MONEY, err);
    if (status == CN_OK) {
        status = cn__check_money(cn_field_key(field), minor, err);
    }
    if (status != CN_OK || minor == CN_MONEY_NONE) {
        return status;
    }
    prop.as.money_minor = minor;
    return append(builder, owner_kind, &prop, err);
}

cn_status cn_builder_add_number(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field, double number,
                                cn_error *err) {
    cn_prop prop = {.owner = owner, .field = (uint16_t)field};
    cn_status status = cn__check_field(builder, owner_kind, owner, field, CN_TYPE_NUMBER, err);
    if (status == CN_OK) {
        status = cn__check_number(field, number, err);
    }
    if (status != CN_OK) {
        return status;
    }
    prop.as.number = number;
    return append(builder, owner_kind, &prop, err);
}

/* COUNT, ENUM, FLAG and DATE share a member of the union and therefore a call. */
static cn_field_type count_type(cn_field field) {
    cn_field_type type = cn_field_type_of(field);
    return type == CN_TYPE_ENUM || type == CN_TYPE_FLAG || type == CN_TYPE_DATE ? type : CN_TYPE_COUNT;
}

cn_status cn_builder_add_count(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field, uint64_t count,
                               cn_error *err) {
    cn_prop prop = {.owner = owner, .field = (uint16_t)field};
    cn_status status = cn__check_field(builder, owner_kind, owner, field, count_type(field), err);
    if (status == CN_OK) {
        status = cn__check_count(builder, owner_kind, owner, field, count, err);
    }
    if (status != CN_OK) {
        return status;
    }
    prop.as.count = count;
    status = append(builder, owner_kind, &prop, err);
    if (status == CN_OK && owner_kind == CN_OWNER_ENTITY && field == CN_FIELD_SINCE) {
        builder->since[owner] = (cn_date)count;
    }
    if (status == CN_OK && owner_kind == CN_OWNER_ENTITY && field == CN_FIELD_UNTIL) {
        builder->until[owner] = (cn_date)count;
    }
    return status;
}

cn_status cn_builder_add_x(cn_builder *builder, cn_owner owner_kind, uint32_t owner, const char *name, const char *json,
                           cn_error *err) {
    cn_prop prop = {.owner = owner, .field = CN_FIELD_X};
    cn_status status = cn__check_field(builder, owner_kind, owner, CN_FIELD_X, CN_TYPE_TEXT, err);
    if (status == CN_OK && (name == NULL || name[0] == '\0' || json == NULL || json[0] == '\0')) {
        status = CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "x", "\"\"");
    }
    if (status == CN_OK) {
        status = cn__check_text(name, err);
    }
    if (status == CN_OK) {
        status = cn__check_text(json, err);
    }
    if (status == CN_OK) {
        status = share_text(builder, name, &prop.key, err);
    }
    if (status == CN_OK) {
        status = share_text(builder, json, &prop.as.text, err);
    }
    return status == CN_OK ? append(builder, owner_kind, &prop, err) : status;
}

/* ---- items ---- */

cn_status cn_builder_add_item(cn_builder *builder, const cn_item *item, const char *text, cn_error *err) {
    cn_network *net = &builder->net;
    uint32_t product;
    cn_status status = cn__check_item(builder, item, text, err);
    if (status == CN_OK) {
        status = share_text(builder, text, &product, err);
    }
    if (status != CN_OK) {
        return status;
    }
    if (net->item_count == net->item_cap) {
        size_t cap = net->item_cap > 0 ? 2 * net->item_cap : 16;
        bool ok = true;
        net->items = cn__resized(net->items, cap, sizeof *net->items, &ok);
        if (!ok) {
            return CN__NO_MEMORY(err);
        }
        net->item_cap = cap;
    }
    net->items[net->item_count] = *item;
    net->items[net->item_count].product = product;
    net->item_count++;
    return CN_OK;
}
