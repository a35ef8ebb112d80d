/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The style table as arrays, and the choice of a style for an entity. What an entity is (kind, type, role, status) picks
 * one row; nothing else in the drawing decides on colours or shapes.
 */
#include "style.h"

static const cn__node_look node_looks[] = {
#define CN__NODE_STYLE(id, key, shape, fill, border, width, dash, twice, dot, en, ru)                                  \
    {key, CN__SHAPE_##shape, width, dash, twice, dot, en, ru},
#include "style.def"
};
static const cn__link_look link_looks[] = {
#define CN__LINK_STYLE(id, key, colour, width, dash, arrow, en, ru) {key, width, dash, CN__ARROW_##arrow, en, ru},
#include "style.def"
};
static const cn__group_look group_looks[] = {
#define CN__GROUP_STYLE(id, key, fill, border, width, dash, en, ru) {key, width, dash, en, ru},
#include "style.def"
};

_Static_assert((int)CN__LINK_MADE_FROM == (int)CN_LINK_MADE_FROM, "style.def lists the link kinds in their order");

const cn__node_look *cn__node_look_of(cn__node_style style) { return &node_looks[style]; }
const cn__link_look *cn__link_look_of(cn__link_style style) { return &link_looks[style]; }
const cn__group_look *cn__group_look_of(cn__group_style style) { return &group_looks[style]; }

void cn__shape_padding(cn__shape shape, double *sides, double *above, double *below) {
    *sides = 4;
    *above = *below = 2.4;
    switch (shape) {
    case CN__SHAPE_STADIUM:
    case CN__SHAPE_HEXAGON:
        *sides = 6.5;
        break;
    case CN__SHAPE_SLANT:
        *sides = 7.5;
        break;
    case CN__SHAPE_OCTAGON:
    case CN__SHAPE_BARS:
        *sides = 6;
        break;
    case CN__SHAPE_HOUSE:
        *above = 5.4;
        break;
    case CN__SHAPE_BOOK:
        *above = 4.6;
        break;
    case CN__SHAPE_NOTE:
        *sides = 6;
        break;
    case CN__SHAPE_CIRCLE:
        *sides = *above = *below = 1;
        break;
    case CN__SHAPE_BOX:
    case CN__SHAPE_ROUND:
        break;
    }
}

double cn__arrow_length(cn__arrow arrow, double line_width) {
    switch (arrow) {
    case CN__ARROW_NONE:
        return 0;
    case CN__ARROW_DOT:
    case CN__ARROW_OPEN_DOT:
    case CN__ARROW_BOX:
        return 3 + line_width;
    default:
        return 4.5 + 1.2 * line_width;
    }
}

const char *cn__arrow_dot_name(cn__arrow arrow) {
    static const char *const names[] = {"none", "normal",  "onormal",  "vee", "dot",
                                        "odot", "diamond", "odiamond", "box"};
    return names[arrow];
}

static cn__node_style organisation_style(cn_org_type type) {
    switch (type) {
    case CN_ORG_AUTHORITY:
        return CN__NODE_AUTHORITY;
    case CN_ORG_ASSOCIATION:
        return CN__NODE_ASSOCIATION;
    case CN_ORG_SPECIALISED:
        return CN__NODE_SPECIALISED;
    case CN_ORG_UNIVERSITY:
    case CN_ORG_COLLEGE:
        return CN__NODE_EDUCATION;
    case CN_ORG_RESEARCH:
        return CN__NODE_RESEARCH;
    case CN_ORG_BANK:
    case CN_ORG_FUND:
        return CN__NODE_FINANCE;
    case CN_ORG_INFRASTRUCTURE:
        return CN__NODE_INFRASTRUCTURE;
    default:
        return CN__NODE_ORGANISATION;
    }
}

static cn__node_style cluster_style(cn_cluster_status status) {
    switch (status) {
    case CN_CLUSTER_REGISTERED:
        return CN__NODE_CLUSTER;
    case CN_CLUSTER_CANDIDATE:
        return CN__NODE_CLUSTER_CANDIDATE;
    case CN_CLUSTER_EXPIRED:
        return CN__NODE_CLUSTER_EXPIRED;
    default:
        return CN__NODE_CLUSTER_PLAIN;
    }
}

/* A company is a candidate when every membership it has says so. */
static bool only_candidate(const cn_network *net, cn_entity entity) {
    return cn_entity_has_role(net, entity, CN_ROLE_CANDIDATE) &&
           !cn_entity_has_role(net, entity, CN_ROLE_PARTICIPANT) && !cn_entity_has_role(net, entity, CN_ROLE_ANCHOR) &&
           !cn_entity_has_role(net, entity, CN_ROLE_FINAL_MAKER);
}

cn__node_style cn__node_style_of(const cn_network *net, cn_entity entity, bool in_cluster, bool any_cluster) {
    switch (cn_entity_kind_of(net, entity)) {
    case CN_ENTITY_CLUSTER:
        return cluster_style((cn_cluster_status)cn_entity_enum(net, entity, CN_FIELD_STATUS));
    case CN_ENTITY_PROJECT:
        return CN__NODE_PROJECT;
    case CN_ENTITY_PARK:
        return CN__NODE_PARK;
    case CN_ENTITY_ORGANISATION:
        return organisation_style((cn_org_type)cn_entity_enum(net, entity, CN_FIELD_TYPE));
    case CN_ENTITY_EVENT:
        return CN__NODE_EVENT;
    case CN_ENTITY_PRODUCT:
        return CN__NODE_PRODUCT;
    default:
        break;
    }
    if (cn_entity_has_role(net, entity, CN_ROLE_ANCHOR)) {
        return CN__NODE_ANCHOR;
    }
    if (cn_entity_has_role(net, entity, CN_ROLE_FINAL_MAKER)) {
        return CN__NODE_FINAL_MAKER;
    }
    if (in_cluster) {
        return only_candidate(net, entity) ? CN__NODE_CANDIDATE : CN__NODE_MEMBER;
    }
    return any_cluster ? CN__NODE_COMPANY : CN__NODE_FIRM;
}

cn__group_style cn__group_style_of(const cn_network *net, cn_entity entity) {
    if (cn_entity_kind_of(net, entity) == CN_ENTITY_PARK) {
        return CN__GROUP_PARK;
    }
    switch (cn_entity_enum(net, entity, CN_FIELD_STATUS)) {
    case CN_CLUSTER_REGISTERED:
        return CN__GROUP_CLUSTER;
    case CN_CLUSTER_CANDIDATE:
        return CN__GROUP_CANDIDATE;
    case CN_CLUSTER_EXPIRED:
        return CN__GROUP_EXPIRED;
    default:
        return CN__GROUP_PLAIN;
    }
}

const char *cn__entity_kind_words(const cn_network *net, cn_entity entity, cn_lang lang) {
    cn_entity_kind kind = cn_entity_kind_of(net, entity);
    int type = cn_entity_enum(net, entity, CN_FIELD_TYPE);
    const char *words = "";
    if (kind == CN_ENTITY_ORGANISATION) {
        words = cn_vocabulary_name(CN_VOC_ORG_TYPE, type, lang);
    } else if (kind == CN_ENTITY_EVENT) {
        words = cn_vocabulary_name(CN_VOC_EVENT_TYPE, type, lang);
    } else if (kind == CN_ENTITY_PARK) {
        words = cn_vocabulary_name(CN_VOC_PARK_TYPE, type, lang);
    } else if (kind == CN_ENTITY_COMPANY && cn_entity_has_role(net, entity, CN_ROLE_ANCHOR)) {
        words = cn_vocabulary_name(CN_VOC_ROLE, CN_ROLE_ANCHOR, lang);
    } else if (kind == CN_ENTITY_COMPANY && cn_entity_has_role(net, entity, CN_ROLE_FINAL_MAKER)) {
        words = cn_vocabulary_name(CN_VOC_ROLE, CN_ROLE_FINAL_MAKER, lang);
    }
    return *words ? words : cn_vocabulary_name(CN_VOC_ENTITY_KIND, (int)kind, lang);
}
