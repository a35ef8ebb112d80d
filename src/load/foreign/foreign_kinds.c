/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of nodes and edges of foreign graphs, from words and from what the ends allow. Walks of the vocabulary tables, once for each word. */
#include "foreign_kinds.h"

#include "convert.h"
#include "foreign_names.h"
#include "utf8.h"

#include <string.h>

static int entity_kind_of_word(const char *word, bool *is_type) {
    static const cn_vocabulary types[] = {CN_VOC_ORG_TYPE, CN_VOC_EVENT_TYPE, CN_VOC_PARK_TYPE};
    static const cn_entity_kind kinds[] = {CN_ENTITY_ORGANISATION, CN_ENTITY_EVENT, CN_ENTITY_PARK};
    *is_type = false;
    int kind = cn__value_by_word(CN_VOC_ENTITY_KIND, word);
    for (int k = 0; k < CN_ENTITY_KIND_COUNT && kind < 0; k++) {
        kind = strcmp(cn_entity_kind_section((cn_entity_kind)k), word) == 0 ? k : -1;
    }
    for (size_t i = 0; i < 3 && kind < 0; i++) {
        if (cn__value_by_word(types[i], word) > 0) {
            kind = (int)kinds[i];
            *is_type = true;
        }
    }
    return kind;
}

/* Value kept for a key, or what `look` makes of it, kept. */
static uint32_t known(cn__foreign_kinds *kinds, cn__strmap *map, const char *key, uint32_t (*look)(const char *)) {
    size_t len = strlen(key);
    uint32_t value = cn__strmap_find(map, key, len);
    if (value == CN_NONE) {
        value = look(key);
        kinds->no_memory = !cn__strmap_add(map, key, len, value, NULL) || kinds->no_memory;
    }
    return value;
}

static uint32_t look_name(const char *name) {
    cn_buf folded = {0};
    cn__utf8_fold(&folded, name);
    bool tells = !folded.failed && cn__foreign_tells_kind(folded.data);
    cn_buf_release(&folded);
    return tells;
}

/* The kind and 1, or 0; with IS_TYPE. */
enum { IS_TYPE = 1 << 8 };

static uint32_t look_node(const char *word) {
    bool is_type;
    return (uint32_t)(entity_kind_of_word(word, &is_type) + 1) | (is_type ? IS_TYPE : 0u);
}

static uint32_t look_edge(const char *word) { return (uint32_t)(cn__value_by_word(CN_VOC_LINK_KIND, word) + 1); }

int cn__foreign_told(cn__foreign_kinds *kinds, bool edge, const char *name, const char *word, bool *is_type) {
    *is_type = false;
    if (*word == '\0' || !known(kinds, &kinds->names, name, look_name)) {
        return -1;
    }
    uint32_t told = known(kinds, &kinds->words[edge], word, edge ? look_edge : look_node);
    *is_type = (told & IS_TYPE) != 0;
    return (int)(told & (IS_TYPE - 1)) - 1;
}

void cn__foreign_kinds_release(cn__foreign_kinds *kinds) {
    cn__strmap_release(&kinds->names);
    cn__strmap_release(&kinds->words[0]);
    cn__strmap_release(&kinds->words[1]);
}

bool cn__foreign_allowed(cn_link_kind kind, cn_entity_kind from, cn_entity_kind to) {
    return (cn_link_kind_from(kind) >> from & 1u) && (cn_link_kind_to(kind) >> to & 1u);
}

cn_link_kind cn__foreign_default_kind(bool directed, cn_entity_kind from, cn_entity_kind to) {
    static const cn_link_kind order[] = {CN_LINK_SUPPLY,    CN_LINK_MEMBER,    CN_LINK_PARTICIPANT, CN_LINK_TAKES_PART,
                                         CN_LINK_MADE_FROM, CN_LINK_AGREEMENT, CN_LINK_SUPPORTS};
    if (!directed && cn__foreign_allowed(CN_LINK_AGREEMENT, from, to)) {
        return CN_LINK_AGREEMENT;
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (cn__foreign_allowed(order[i], from, to)) {
            return order[i];
        }
    }
    return CN_LINK_SUPPLY; /* the builder will say what is wrong with it */
}
