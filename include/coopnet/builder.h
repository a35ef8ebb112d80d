/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file builder.h
 * Builds a network call by call. Every reader ends here, and so does a program that has its data elsewhere.
 *
 * A call that breaks a rule of the model (unknown entity, an end of the wrong kind, self-supply, a period that ends
 * before it begins …) returns CN_ERR_ARGUMENT with a message and adds nothing; the builder stays usable, so that a
 * reader can report every mistake of a file. After CN_ERR_MEMORY only cn_builder_free is useful.
 */
#ifndef COOPNET_BUILDER_H
#define COOPNET_BUILDER_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_builder cn_builder;

CN_API cn_status cn_builder_create(cn_builder **out, cn_error *err);
CN_API void cn_builder_free(cn_builder *builder);

/** What the network says of itself. Later calls replace earlier ones. */
CN_API cn_status cn_builder_set_title(cn_builder *builder, const char *title, cn_error *err);
CN_API cn_status cn_builder_set_note(cn_builder *builder, const char *note, cn_error *err);
CN_API cn_status cn_builder_set_source(cn_builder *builder, const char *source, cn_error *err);
/** The country called home; see cn_network_country. */
CN_API cn_status cn_builder_set_country(cn_builder *builder, const char *country, cn_error *err);
/** Three letters A–Z (CN_ERR_ARGUMENT otherwise). */
CN_API cn_status cn_builder_set_currency(cn_builder *builder, const char *code, cn_error *err);
CN_API void cn_builder_set_lang(cn_builder *builder, cn_lang lang);
CN_API void cn_builder_set_as_of(cn_builder *builder, cn_date date);

/**
 * Add an entity. `name` may be NULL or "" (the id then serves).
 * @return CN_ERR_ARGUMENT: empty id, or the id is taken (cn_builder_find tells by whom).
 */
CN_API cn_status cn_builder_add_entity(cn_builder *builder, cn_entity_kind kind, const char *id, const char *name,
                                       cn_entity *out, cn_error *err);
/** Entity of this id, or CN_NONE. O(1). */
CN_API cn_entity cn_builder_find(const cn_builder *builder, const char *id);
CN_API uint32_t cn_builder_entity_count(const cn_builder *builder);
CN_API cn_entity_kind cn_builder_entity_kind(const cn_builder *builder, cn_entity entity);
CN_API const char *cn_builder_entity_id(const cn_builder *builder, cn_entity entity);

/** One link. `{0}` then `from`, `to`, `kind`, `value_minor` set; see network.h for the meaning of each. */
typedef struct cn_link_spec {
    cn_entity from;
    cn_entity to;
    cn_link_kind kind;
    cn_link_status status;
    cn_role role;
    int64_t value_minor; /**< CN_MONEY_NONE when not given: 0 is a value of nothing */
    const char *product; /**< or NULL */
    const char *source;  /**< or NULL */
    cn_date since;
    cn_date until;
} cn_link_spec;

/**
 * Add a link; parallel links are kept apart.
 * @return CN_ERR_ARGUMENT: an end does not exist or is of a kind that this link cannot have, from equals to (self-supply, own owner …),
 * negative value, until before since.
 */
CN_API cn_status cn_builder_add_link(cn_builder *builder, const cn_link_spec *spec, cn_link *out, cn_error *err);
CN_API uint32_t cn_builder_link_count(const cn_builder *builder);

/** Whose property. */
typedef enum cn_owner { CN_OWNER_ENTITY, CN_OWNER_LINK } cn_owner;

/**
 * Add a property. The call must fit the field's type; a field that is no list replaces its earlier value. What
 * cn_link_spec holds (since, until, status, role, product, source) cannot be added to a link again. An empty text and
 * CN_MONEY_NONE add nothing.
 */
CN_API cn_status cn_builder_add_text(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                                     const char *text, cn_error *err);
CN_API cn_status cn_builder_add_money(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                                      int64_t minor, cn_error *err);
/** CN_ERR_ARGUMENT when not finite, or out of the field's range (share 0 to 1, lat, lon; quantity and value not negative). */
CN_API cn_status cn_builder_add_number(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                                       double number, cn_error *err);
/** For COUNT, ENUM (from 1), FLAG and DATE. CN_ERR_ARGUMENT: `until` before `since` of an entity, a number that is none of its table. */
CN_API cn_status cn_builder_add_count(cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                                      uint64_t count, cn_error *err);
/** A free attribute: `name` and its value as JSON text. */
CN_API cn_status cn_builder_add_x(cn_builder *builder, cn_owner owner_kind, uint32_t owner, const char *name,
                                  const char *json, cn_error *err);

/** Add a row of makes, needs, plan or fact; `item->product` is ignored, `text` gives the product code or indicator. */
CN_API cn_status cn_builder_add_item(cn_builder *builder, const cn_item *item, const char *text, cn_error *err);

/**
 * Freeze what was built and empty the builder (which is then free to build another).
 * Cost: O(entities + links + properties log properties).
 */
CN_API cn_status cn_builder_finish(cn_builder *builder, cn_network **out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
