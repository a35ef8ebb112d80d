/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file network.h
 * The frozen network: entities and links as records, with their properties. Made by cn_builder_finish (builder.h),
 * cn_load (load.h) or cn_network_as_of; never changed afterwards.
 *
 * Entities are numbered 0 … cn_entity_count-1 and links 0 … cn_link_count-1 in the order in which they were added.
 * Every accessor below takes a valid number (anything else is undefined) and costs O(1), or O(log P) for a property
 * where P is the number of properties.
 */
#ifndef COOPNET_NETWORK_H
#define COOPNET_NETWORK_H

#include "coopnet/base.h"
#include "coopnet/date.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_network cn_network;
typedef uint32_t cn_entity;
typedef uint32_t cn_link;

/* ---- vocabulary (kinds.def, fields.def) ---- */

typedef enum cn_entity_kind {
#define CN_ENTITY_KIND(id, key, section, en, ru, ru2, ru5) CN_ENTITY_##id,
#include "coopnet/kinds.def"
    CN_ENTITY_KIND_COUNT
} cn_entity_kind;

/* Sets of entity kinds, for kinds.def and cn_graph_options. */
#define CN_KIND_BIT(kind) (1u << (kind))
#define CN_K_COMPANY CN_KIND_BIT(CN_ENTITY_COMPANY)
#define CN_K_CLUSTER CN_KIND_BIT(CN_ENTITY_CLUSTER)
#define CN_K_PROJECT CN_KIND_BIT(CN_ENTITY_PROJECT)
#define CN_K_PARK CN_KIND_BIT(CN_ENTITY_PARK)
#define CN_K_ORGANISATION CN_KIND_BIT(CN_ENTITY_ORGANISATION)
#define CN_K_EVENT CN_KIND_BIT(CN_ENTITY_EVENT)
#define CN_K_PRODUCT CN_KIND_BIT(CN_ENTITY_PRODUCT)
/** Whoever can act: companies, organisations and parks. */
#define CN_K_ACTOR (CN_K_COMPANY | CN_K_ORGANISATION | CN_K_PARK)
#define CN_K_ANY (CN_KIND_BIT(CN_ENTITY_KIND_COUNT) - 1)

typedef enum cn_link_kind {
#define CN_LINK_KIND(id, key, directed, from, to, en, ru) CN_LINK_##id,
#include "coopnet/kinds.def"
    CN_LINK_KIND_COUNT
} cn_link_kind;

/* The small vocabularies start at 1: 0 is "not given". */
typedef enum cn_link_status {
    CN_STATUS_NONE = 0, /**< not given; counts as actual */
#define CN_LINK_STATUS(id, key, en, ru) CN_STATUS_##id,
#include "coopnet/kinds.def"
    CN_STATUS_COUNT
} cn_link_status;
typedef enum cn_role {
    CN_ROLE_NONE = 0,
#define CN_ROLE(id, key, en, ru) CN_ROLE_##id,
#include "coopnet/kinds.def"
    CN_ROLE_COUNT
} cn_role;
typedef enum cn_org_type {
    CN_ORG_NONE = 0,
#define CN_ORG_TYPE(id, key, en, ru) CN_ORG_##id,
#include "coopnet/kinds.def"
    CN_ORG_COUNT
} cn_org_type;
typedef enum cn_event_type {
    CN_EVENT_NONE = 0,
#define CN_EVENT_TYPE(id, key, en, ru) CN_EVENT_##id,
#include "coopnet/kinds.def"
    CN_EVENT_COUNT
} cn_event_type;
typedef enum cn_park_type {
    CN_PARK_NONE = 0,
#define CN_PARK_TYPE(id, key, en, ru) CN_PARK_##id,
#include "coopnet/kinds.def"
    CN_PARK_COUNT
} cn_park_type;
typedef enum cn_cluster_status {
    CN_CLUSTER_NONE = 0,
#define CN_CLUSTER_STATUS(id, key, en, ru) CN_CLUSTER_##id,
#include "coopnet/kinds.def"
    CN_CLUSTER_COUNT
} cn_cluster_status;
typedef enum cn_project_status {
    CN_PROJECT_NONE = 0,
#define CN_PROJECT_STATUS(id, key, en, ru) CN_PROJECT_##id,
#include "coopnet/kinds.def"
    CN_PROJECT_COUNT
} cn_project_status;
typedef enum cn_origin {
    CN_ORIGIN_NONE = 0,
#define CN_ORIGIN(id, key, en, ru) CN_ORIGIN_##id,
#include "coopnet/kinds.def"
    CN_ORIGIN_COUNT
} cn_origin;

/** Which table a vocabulary row belongs to, for the name functions below. */
typedef enum cn_vocabulary {
    CN_VOC_ENTITY_KIND,
    CN_VOC_LINK_KIND,
    CN_VOC_LINK_STATUS,
    CN_VOC_ROLE,
    CN_VOC_ORG_TYPE,
    CN_VOC_EVENT_TYPE,
    CN_VOC_PARK_TYPE,
    CN_VOC_CLUSTER_STATUS,
    CN_VOC_PROJECT_STATUS,
    CN_VOC_ORIGIN,
    CN_VOC_COUNT
} cn_vocabulary;

/** Rows of a vocabulary, "not given" included: valid values are 0 … count-1. */
CN_API int cn_vocabulary_size(cn_vocabulary vocabulary);
/** Key of a value ("supply"); "" for "not given" and for a value out of range. */
CN_API const char *cn_vocabulary_key(cn_vocabulary vocabulary, int value);
/** Name of a value for people; "" as above. */
CN_API const char *cn_vocabulary_name(cn_vocabulary vocabulary, int value, cn_lang lang);
/** The value of a key, or -1, also for "". */
CN_API int cn_vocabulary_find(cn_vocabulary vocabulary, const char *key);

/** Name of an entity kind that agrees with a number (ru: 1 предприятие, 2 предприятия, 5 предприятий; en: 1 company, 2 companies). */
CN_API const char *cn_entity_kind_counted(cn_entity_kind kind, cn_lang lang, uint64_t count);
/** Name of its table in files ("companies"). */
CN_API const char *cn_entity_kind_section(cn_entity_kind kind);
CN_API bool cn_link_kind_directed(cn_link_kind kind);
/** Sets of entity kinds (CN_K_…) which the ends of a link of this kind may have. */
CN_API uint32_t cn_link_kind_from(cn_link_kind kind);
CN_API uint32_t cn_link_kind_to(cn_link_kind kind);

typedef enum cn_field {
#define CN_FIELD(id, key, type, en, ru) CN_FIELD_##id,
#include "coopnet/fields.def"
#undef CN_FIELD
    CN_FIELD_COUNT
} cn_field;

typedef enum cn_field_type {
    CN_TYPE_TEXT,
    CN_TYPE_DATE,
    CN_TYPE_MONEY,
    CN_TYPE_NUMBER,
    CN_TYPE_COUNT,
    CN_TYPE_FLAG,
    CN_TYPE_ENUM
} cn_field_type;

CN_API cn_field_type cn_field_type_of(cn_field field);
CN_API const char *cn_field_key(cn_field field);
CN_API const char *cn_field_name(cn_field field, cn_lang lang);

/* ---- the network ---- */

CN_API void cn_network_free(cn_network *net);

/** What the file says of itself; "" where it does not. */
CN_API const char *cn_network_title(const cn_network *net);
CN_API const char *cn_network_note(const cn_network *net);
CN_API const char *cn_network_source(const cn_network *net);
CN_API const char *cn_network_currency(const cn_network *net); /**< ISO 4217 code */
/** Country that the network calls home, as its entities write theirs ("RU"); an entity of another country is abroad. */
CN_API const char *cn_network_country(const cn_network *net);
/** Date for which the data hold; CN_DATE_NONE where not given. */
CN_API cn_date cn_network_as_of_date(const cn_network *net);
/** Language of the network's texts: as given, else guessed from the share of Cyrillic letters in the names. */
CN_API cn_lang cn_network_lang(const cn_network *net);

/**
 * The network as it stood at a date: entities and links whose period covers it (a missing end is open), events up to
 * it with what happened there, links only between entities that remain. A cluster without `since` begins with its
 * decision. Entity and link order are kept; properties and items stay with their owners.
 * @param date CN_DATE_NONE: everything, a plain copy
 * @return CN_OK, CN_ERR_MEMORY. Cost: a copy.
 */
CN_API cn_status cn_network_as_of(const cn_network *net, cn_date date, cn_network **out, cn_error *err);

/**
 * A part of the network: the entities marked in `entities` (one flag each), and the links between them, or of these the ones marked in
 * `links` where it is given. Order is kept; properties and items stay with their owners.
 * @return CN_OK, CN_ERR_MEMORY. Cost: a copy.
 */
CN_API cn_status cn_network_part(const cn_network *net, const bool *entities, const bool *links, cn_network **out,
                                 cn_error *err);

/* ---- entities ---- */

CN_API uint32_t cn_entity_count(const cn_network *net);
CN_API uint32_t cn_entity_count_of(const cn_network *net, cn_entity_kind kind);
CN_API cn_entity_kind cn_entity_kind_of(const cn_network *net, cn_entity entity);
CN_API const char *cn_entity_id(const cn_network *net, cn_entity entity);
/** Name; the id where no name is given. */
CN_API const char *cn_entity_name(const cn_network *net, cn_entity entity);
/** Short name; the name where none is given. */
CN_API const char *cn_entity_short(const cn_network *net, cn_entity entity);
/** Entity of this id, or CN_NONE. */
CN_API cn_entity cn_entity_find(const cn_network *net, const char *id);

/**
 * The one entity a person means: by id, else INN, else name, short name or alias (case, ё/е and quotes ignored).
 * @return CN_OK; CN_ERR_ARGUMENT when nothing fits (the message names the nearest) or several do (it lists them).
 * Cost: O(entities + properties).
 */
CN_API cn_status cn_entity_resolve(const cn_network *net, const char *query, cn_entity *out, cn_error *err);

/* ---- links ---- */

/** Absent money. */
#define CN_MONEY_NONE INT64_MIN

CN_API uint32_t cn_link_count(const cn_network *net);
CN_API uint32_t cn_link_count_of(const cn_network *net, cn_link_kind kind);
CN_API cn_link_kind cn_link_kind_of(const cn_network *net, cn_link link);
CN_API cn_entity cn_link_from(const cn_network *net, cn_link link);
CN_API cn_entity cn_link_to(const cn_network *net, cn_link link);
CN_API cn_link_status cn_link_status_of(const cn_network *net, cn_link link);
CN_API cn_role cn_link_role(const cn_network *net, cn_link link);
/** Money a year in minor units (1/100 of the currency), or CN_MONEY_NONE. */
CN_API int64_t cn_link_value_minor(const cn_network *net, cn_link link);
/** The value in units of the currency as a double, with every decimal that was given; NaN when not given. */
CN_API double cn_link_value(const cn_network *net, cn_link link);
/** OKPD2 code or other product text; "" when not given. */
CN_API const char *cn_link_product(const cn_network *net, cn_link link);
CN_API const char *cn_link_source(const cn_network *net, cn_link link);
CN_API cn_date cn_link_since(const cn_network *net, cn_link link);
CN_API cn_date cn_link_until(const cn_network *net, cn_link link);

/* ---- properties ---- */

/** One property. Which member of the union holds is told by cn_field_type_of(field). */
typedef struct cn_prop {
    uint32_t owner; /**< entity or link */
    uint16_t field; /**< cn_field */
    uint16_t reserved;
    union {
        int64_t money_minor; /**< MONEY */
        double number;       /**< NUMBER */
        uint64_t count;      /**< COUNT, ENUM, FLAG (0 or 1), DATE (cn_date) */
        uint32_t text;       /**< TEXT: see cn_prop_text */
    } as;
    uint32_t key; /**< of a free attribute its name as text, else 0 */
    uint32_t reserved2;
} cn_prop;

/** All properties of an entity or link, in the order of their field, then as given. `*count` may be 0 (then NULL). */
CN_API const cn_prop *cn_entity_props(const cn_network *net, cn_entity entity, size_t *count);
CN_API const cn_prop *cn_link_props(const cn_network *net, cn_link link, size_t *count);
/** The run of one field among them. */
CN_API const cn_prop *cn_entity_values(const cn_network *net, cn_entity entity, cn_field field, size_t *count);
CN_API const cn_prop *cn_link_values(const cn_network *net, cn_link link, cn_field field, size_t *count);
/** Text of a TEXT property; of a free attribute its value as JSON text. */
CN_API const char *cn_prop_text(const cn_network *net, const cn_prop *prop);
/** Name of a free attribute. */
CN_API const char *cn_prop_x(const cn_network *net, const cn_prop *prop);

/** Single values: the first one, or "", CN_DATE_NONE, CN_MONEY_NONE, NaN, 0. */
CN_API const char *cn_entity_text(const cn_network *net, cn_entity entity, cn_field field);
CN_API cn_date cn_entity_date(const cn_network *net, cn_entity entity, cn_field field);
CN_API int64_t cn_entity_money(const cn_network *net, cn_entity entity, cn_field field);
/** NUMBER or COUNT as a double; NaN when not given. */
CN_API double cn_entity_number(const cn_network *net, cn_entity entity, cn_field field);
/** ENUM or FLAG; 0 when not given. */
CN_API int cn_entity_enum(const cn_network *net, cn_entity entity, cn_field field);
/** Does the entity carry this role in its own `roles`, or in a membership link that is not planned or broken? */
CN_API bool cn_entity_has_role(const cn_network *net, cn_entity entity, cn_role role);

/* ---- items: rows of makes, needs, plan and fact ---- */

typedef enum cn_item_kind { CN_ITEM_MAKES, CN_ITEM_NEEDS, CN_ITEM_PLAN, CN_ITEM_FACT } cn_item_kind;

/** One row of a company's makes or needs, or of a project's plan or fact. */
typedef struct cn_item {
    cn_entity owner;
    cn_item_kind kind;
    uint32_t product;    /**< text number; makes, needs: product code; plan, fact: the indicator (see cn_item_text) */
    int32_t year;        /**< plan, fact; else 0 */
    int64_t value_minor; /**< makes, needs: money a year, or CN_MONEY_NONE */
    int64_t capacity_minor; /**< makes: capacity as money a year, or CN_MONEY_NONE */
    double number;          /**< plan, fact: the value in the indicator's own unit; else NaN */
    cn_origin origin;       /**< needs */
} cn_item;

/** The rows of one owner and kind, in file order. */
CN_API const cn_item *cn_entity_items(const cn_network *net, cn_entity entity, cn_item_kind kind, size_t *count);
CN_API const char *cn_item_text(const cn_network *net, const cn_item *item);

#ifdef __cplusplus
}
#endif
#endif
