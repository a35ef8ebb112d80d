/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of the model: kinds.def and fields.def as tables. A value is the index of its row; the small vocabularies
 * have an empty row 0 for "not given". Lookup by key is linear: the tables have at most some forty rows.
 */
#include <string.h>

#include "network_impl.h"
#include "text.h"

typedef struct word {
    const char *key;
    const char *en;
    const char *ru;
} word;

static const word entity_kinds[] = {
#define CN_ENTITY_KIND(id, key, section, en, ru, ru2, ru5) {key, en, ru},
#include "coopnet/kinds.def"
};
static const word link_kinds[] = {
#define CN_LINK_KIND(id, key, directed, from, to, en, ru) {key, en, ru},
#include "coopnet/kinds.def"
};

#define WORD(id, key, en, ru) {key, en, ru},
static const word link_statuses[] = {
    {"", "", ""},
#define CN_LINK_STATUS WORD
#include "coopnet/kinds.def"
};
static const word roles[] = {
    {"", "", ""},
#define CN_ROLE WORD
#include "coopnet/kinds.def"
};
static const word org_types[] = {
    {"", "", ""},
#define CN_ORG_TYPE WORD
#include "coopnet/kinds.def"
};
static const word event_types[] = {
    {"", "", ""},
#define CN_EVENT_TYPE WORD
#include "coopnet/kinds.def"
};
static const word park_types[] = {
    {"", "", ""},
#define CN_PARK_TYPE WORD
#include "coopnet/kinds.def"
};
static const word cluster_statuses[] = {
    {"", "", ""},
#define CN_CLUSTER_STATUS WORD
#include "coopnet/kinds.def"
};
static const word project_statuses[] = {
    {"", "", ""},
#define CN_PROJECT_STATUS WORD
#include "coopnet/kinds.def"
};
static const word origins[] = {
    {"", "", ""},
#define CN_ORIGIN WORD
#include "coopnet/kinds.def"
};
#undef WORD

static const struct vocabulary {
    const word *rows;
    int count;
} vocabularies[CN_VOC_COUNT] = {
    [CN_VOC_ENTITY_KIND] = {entity_kinds, CN_ENTITY_KIND_COUNT},
    [CN_VOC_LINK_KIND] = {link_kinds, CN_LINK_KIND_COUNT},
    [CN_VOC_LINK_STATUS] = {link_statuses, CN_STATUS_COUNT},
    [CN_VOC_ROLE] = {roles, CN_ROLE_COUNT},
    [CN_VOC_ORG_TYPE] = {org_types, CN_ORG_COUNT},
    [CN_VOC_EVENT_TYPE] = {event_types, CN_EVENT_COUNT},
    [CN_VOC_PARK_TYPE] = {park_types, CN_PARK_COUNT},
    [CN_VOC_CLUSTER_STATUS] = {cluster_statuses, CN_CLUSTER_COUNT},
    [CN_VOC_PROJECT_STATUS] = {project_statuses, CN_PROJECT_COUNT},
    [CN_VOC_ORIGIN] = {origins, CN_ORIGIN_COUNT},
};

static const struct kind_forms {
    const char *section;
    const char *en;
    const char *ru[3]; /* for 1, 2 and 5 */
} kind_forms[] = {
#define CN_ENTITY_KIND(id, key, section, en, ru, ru2, ru5) {section, en, {ru, ru2, ru5}},
#include "coopnet/kinds.def"
};

/* English plurals, which kinds.def does not give. */
static const char *const plurals_en[CN_ENTITY_KIND_COUNT] = {
    [CN_ENTITY_COMPANY] = "companies",          [CN_ENTITY_CLUSTER] = "clusters",
    [CN_ENTITY_PROJECT] = "joint projects",     [CN_ENTITY_PARK] = "parks",
    [CN_ENTITY_ORGANISATION] = "organisations", [CN_ENTITY_EVENT] = "events",
    [CN_ENTITY_PRODUCT] = "products",
};

static const struct link_rule {
    bool directed;
    uint32_t from;
    uint32_t to;
} link_rules[] = {
#define CN_LINK_KIND(id, key, directed, from, to, en, ru) {directed, from, to},
#include "coopnet/kinds.def"
};

static const struct field_row {
    const char *key;
    cn_field_type type;
    const char *en;
    const char *ru;
} fields[] = {
#define CN_FIELD(id, key, type, en, ru) {key, CN_TYPE_##type, en, ru},
#include "coopnet/fields.def"
#undef CN_FIELD
};

static const word *find_row(cn_vocabulary vocabulary, int value) {
    static const word none = {"", "", ""};
    if ((unsigned)vocabulary >= CN_VOC_COUNT || value < 0 || value >= vocabularies[vocabulary].count) {
        return &none;
    }
    return &vocabularies[vocabulary].rows[value];
}

int cn_vocabulary_size(cn_vocabulary vocabulary) {
    return (unsigned)vocabulary < CN_VOC_COUNT ? vocabularies[vocabulary].count : 0;
}

const char *cn_vocabulary_key(cn_vocabulary vocabulary, int value) { return find_row(vocabulary, value)->key; }

const char *cn_vocabulary_name(cn_vocabulary vocabulary, int value, cn_lang lang) {
    const word *row = find_row(vocabulary, value);
    return lang == CN_LANG_RU ? row->ru : row->en;
}

int cn_vocabulary_find(cn_vocabulary vocabulary, const char *key) {
    if (key == NULL || key[0] == '\0') {
        return -1;
    }
    for (int value = 0; value < cn_vocabulary_size(vocabulary); value++) {
        if (strcmp(vocabularies[vocabulary].rows[value].key, key) == 0) {
            return value;
        }
    }
    return -1;
}

const char *cn_entity_kind_counted(cn_entity_kind kind, cn_lang lang, uint64_t count) {
    if ((unsigned)kind >= CN_ENTITY_KIND_COUNT) {
        return "";
    }
    if (lang == CN_LANG_RU) {
        return kind_forms[kind].ru[cn__text_russian_form(count)];
    }
    return count == 1 ? kind_forms[kind].en : plurals_en[kind];
}

const char *cn_entity_kind_section(cn_entity_kind kind) {
    return (unsigned)kind < CN_ENTITY_KIND_COUNT ? kind_forms[kind].section : "";
}

bool cn_link_kind_directed(cn_link_kind kind) {
    return (unsigned)kind < CN_LINK_KIND_COUNT && link_rules[kind].directed;
}

uint32_t cn_link_kind_from(cn_link_kind kind) {
    return (unsigned)kind < CN_LINK_KIND_COUNT ? link_rules[kind].from : 0;
}

uint32_t cn_link_kind_to(cn_link_kind kind) { return (unsigned)kind < CN_LINK_KIND_COUNT ? link_rules[kind].to : 0; }

cn_field_type cn_field_type_of(cn_field field) {
    return (unsigned)field < CN_FIELD_COUNT ? fields[field].type : CN_TYPE_TEXT;
}

const char *cn_field_key(cn_field field) { return (unsigned)field < CN_FIELD_COUNT ? fields[field].key : ""; }

const char *cn_field_name(cn_field field, cn_lang lang) {
    if ((unsigned)field >= CN_FIELD_COUNT) {
        return "";
    }
    return lang == CN_LANG_RU ? fields[field].ru : fields[field].en;
}

/* fields.def marks these as "list". */
bool cn__field_is_list(cn_field field) {
    return field == CN_FIELD_ALIAS || field == CN_FIELD_OKVED || field == CN_FIELD_ROLE ||
           field == CN_FIELD_SPECIALISATION || field == CN_FIELD_X;
}

cn_vocabulary cn__field_vocabulary(cn_field field, cn_entity_kind kind) {
    if (field == CN_FIELD_ROLE) {
        return CN_VOC_ROLE;
    }
    if (field == CN_FIELD_TYPE) {
        return kind == CN_ENTITY_ORGANISATION ? CN_VOC_ORG_TYPE
               : kind == CN_ENTITY_EVENT      ? CN_VOC_EVENT_TYPE
               : kind == CN_ENTITY_PARK       ? CN_VOC_PARK_TYPE
                                              : CN_VOC_COUNT;
    }
    if (field == CN_FIELD_STATUS) {
        return kind == CN_ENTITY_CLUSTER   ? CN_VOC_CLUSTER_STATUS
               : kind == CN_ENTITY_PROJECT ? CN_VOC_PROJECT_STATUS
                                           : CN_VOC_COUNT;
    }
    return CN_VOC_COUNT;
}
