/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a network file may hold: every section (a JSON list, a CSV table), every column of it, its type and where the
 * value goes. Both readers and the assembly work from this one description: a new column is one row in schema.c.
 */
#ifndef CN_LOAD_SCHEMA_H
#define CN_LOAD_SCHEMA_H

#include "coopnet/network.h"

/* Sections in the order in which a network is assembled. */
typedef enum cn__section_id {
    CN__SECTION_NETWORK,
    CN__SECTION_COMPANIES,
    CN__SECTION_CLUSTERS,
    CN__SECTION_PROJECTS,
    CN__SECTION_PARKS,
    CN__SECTION_ORGANISATIONS,
    CN__SECTION_EVENTS,
    CN__SECTION_PRODUCTS,
    CN__SECTION_MAKES,
    CN__SECTION_NEEDS,
    CN__SECTION_MEMBERS,
    CN__SECTION_PARTICIPANTS,
    CN__SECTION_PLAN,
    CN__SECTION_FACT,
    CN__SECTION_RESIDENTS,
    CN__SECTION_EVENT_PARTICIPANTS,
    CN__SECTION_INPUTS,
    CN__SECTION_LINKS,
    CN__SECTION_COUNT
} cn__section_id;

typedef enum cn__shape {
    CN__SHAPE_NETWORK,    /* what the file says of itself: JSON top level, CSV key and value */
    CN__SHAPE_ENTITY,     /* a row is an entity */
    CN__SHAPE_CHILD_LINK, /* a row is a link between its parent entity and the entity named in its main column */
    CN__SHAPE_CHILD_ITEM, /* a row is an item of its parent entity */
    CN__SHAPE_LINK        /* a row is a link */
} cn__shape;

typedef enum cn__type {
    CN__TEXT,
    CN__INN, /* texts whose form is checked */
    CN__OGRN,
    CN__LEI,
    CN__OKPD2,
    CN__REF, /* id of an entity */
    CN__DATE,
    CN__MONEY,
    CN__NUMBER,
    CN__COUNT,
    CN__FLAG,
    CN__ENUM,
    CN__LANG,
    CN__FREE /* free attributes: JSON object "x", CSV columns "x.NAME" */
} cn__type;

typedef enum cn__to {
    CN__TO_ID,
    CN__TO_NAME,
    CN__TO_FIELD,  /* index: cn_field of the entity or link */
    CN__TO_LINK,   /* index: cn__own_link, a link between the entity and the one referred to */
    CN__TO_SPEC,   /* index: cn__spec, a member of the link */
    CN__TO_PARENT, /* CSV only: id of the entity the row belongs to */
    CN__TO_ITEM,   /* index: cn__item_part */
    CN__TO_NET,    /* index: cn__net */
    CN__TO_X
} cn__to;

/* Members of a link. OTHER: the end of a child link that is not its parent. */
typedef enum cn__spec {
    CN__SPEC_FROM,
    CN__SPEC_TO,
    CN__SPEC_OTHER,
    CN__SPEC_KIND,
    CN__SPEC_VALUE,
    CN__SPEC_PRODUCT,
    CN__SPEC_SINCE,
    CN__SPEC_UNTIL,
    CN__SPEC_STATUS,
    CN__SPEC_SOURCE,
    CN__SPEC_ROLE,
    CN__SPEC_FROM_INN, /* of a lone table: tell who the ends are */
    CN__SPEC_TO_INN,
    CN__SPEC_COUNT
} cn__spec;

typedef enum cn__item_part {
    CN__ITEM_PRODUCT,
    CN__ITEM_VALUE,
    CN__ITEM_CAPACITY,
    CN__ITEM_ORIGIN,
    CN__ITEM_YEAR,
    CN__ITEM_NUMBER
} cn__item_part;

typedef enum cn__net {
    CN__NET_VERSION,
    CN__NET_TITLE,
    CN__NET_LANGUAGE,
    CN__NET_CURRENCY,
    CN__NET_COUNTRY,
    CN__NET_AS_OF,
    CN__NET_NOTE,
    CN__NET_SOURCE
} cn__net;

typedef enum cn__own_link {
    CN__OWN_OWNER,
    CN__OWN_INITIATOR,
    CN__OWN_MANAGER,
    CN__OWN_HOST,
    CN__OWN_SITE,
    CN__OWN_LINK_COUNT
} cn__own_link;

/* Flags of a column. */
enum {
    CN__REQUIRED = 1,  /* a row without it is an error */
    CN__LIST = 2,      /* several values: JSON array, CSV cell with "|" */
    CN__MAIN = 4,      /* of a child: an element that is a plain text means this column */
    CN__CSV_ONLY = 8,  /* not a key in JSON */
    CN__JSON_ONLY = 16 /* not a column in CSV */
};

typedef struct cn__column {
    const char *key;
    const char *aliases; /* further headers in CSV, with "|" between them; or NULL */
    cn__type type;
    unsigned flags;
    cn__to to;
    int index;                /* see `to` */
    cn_vocabulary vocabulary; /* ENUM */
    uint32_t allowed;         /* ENUM: set of the values that are taken here; 0: all */
    double min, max;          /* NUMBER, COUNT: bounds when max > min */
} cn__column;

typedef struct cn__section {
    cn__section_id id;
    const char *key;   /* in JSON */
    const char *table; /* CSV file name without ".csv" */
    cn__shape shape;
    cn_entity_kind kind; /* ENTITY: of the rows; CHILD: of the parents */
    int child;           /* CHILD_LINK: cn_link_kind; CHILD_ITEM: cn_item_kind */
    bool parent_is_from; /* CHILD_LINK: the link goes out from the parent */
    bool unique;         /* CHILD_LINK: the same row twice at one parent is worth a warning */
    const cn__column *columns;
    size_t column_count;
} cn__section;

const cn__section *cn__section_at(cn__section_id id);
/* The section of the entities of a kind. */
const cn__section *cn__section_of_kind(cn_entity_kind kind);
/* Section of a JSON list at the top level, or NULL. */
const cn__section *cn__section_find(const char *key);
/* Section of a table by the name people give it, in either language and case ("Предприятия", "edges"), or NULL. No memory: NULL. */
const cn__section *cn__section_find_name(const char *name, size_t len);
/* A column's header in Russian, or NULL: the first alias in Cyrillic. Length to *len. */
const char *cn__column_russian(const cn__column *column, size_t *len);
/* Section of a CSV table ("members"), or NULL. */
const cn__section *cn__section_find_table(const char *table, size_t len);
/* Child list `key` of entities of a kind, or NULL. */
const cn__section *cn__section_find_child(cn_entity_kind kind, const char *key);
/* Column of a JSON key, or NULL. */
const cn__column *cn__column_find(const cn__section *section, const char *key);
/* Column of a folded CSV header (see cn__utf8_fold), or NULL. `scratch` is the caller's. */
const cn__column *cn__column_find_header(const cn__section *section, const char *folded, cn_buf *scratch);
/* The link that an OWN_LINK column makes: `entity_is_from` tells which end the entity of the row is. */
cn_link_kind cn__own_link_kind(cn__own_link own, cn_role *role, bool *entity_is_from);

#endif
