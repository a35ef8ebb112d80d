/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What two organisations have in common besides supplies: projects, clusters, parks, events, agreements, an owner, a place. The groups of
 * the one asked for are marked first; one pass over the links then finds the candidates in them. A candidate counts a group
 * once, however many links join them. Cost: O(E + candidates · groups log).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "partner_search.h"
#include "ranked.h"

#define EARTH_RADIUS_KM 6371.0088 /* mean radius, IUGG */

double cn__distance_km(const cn_network *net, cn_entity a, cn_entity b) {
    const double radian = 3.14159265358979323846 / 180;
    double lat1 = cn_entity_number(net, a, CN_FIELD_LAT) * radian;
    double lat2 = cn_entity_number(net, b, CN_FIELD_LAT) * radian;
    double dlon = (cn_entity_number(net, b, CN_FIELD_LON) - cn_entity_number(net, a, CN_FIELD_LON)) * radian;
    double up = sin((lat2 - lat1) / 2);
    double over = sin(dlon / 2);
    double half = up * up + cos(lat1) * cos(lat2) * over * over;
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half > 1 ? 1 : half)); /* haversine; NaN goes through */
}

bool cn__is_foreign(const cn_network *net, cn_entity entity) {
    const char *country = cn_entity_text(net, entity, CN_FIELD_COUNTRY);
    return country[0] != '\0' && strcmp(country, cn_network_country(net)) != 0;
}

bool cn__may_sell(const cn_network *net, cn_entity entity) {
    cn_entity_kind kind = cn_entity_kind_of(net, entity);
    if (kind == CN_ENTITY_COMPANY) {
        return true;
    }
    if (kind != CN_ENTITY_ORGANISATION) {
        return false;
    }
    switch ((cn_org_type)cn_entity_enum(net, entity, CN_FIELD_TYPE)) {
    case CN_ORG_NONE:
    case CN_ORG_UNIVERSITY:
    case CN_ORG_RESEARCH:
        return true;
    default:
        return false;
    }
}

bool cn__is_trader(const cn_network *net, cn_entity entity) {
    size_t lines, makes;
    const cn_prop *line = cn_entity_values(net, entity, CN_FIELD_OKVED, &lines);
    (void)cn_entity_items(net, entity, CN_ITEM_MAKES, &makes);
    bool trades = lines > 0 && makes == 0;
    for (size_t i = 0; i < lines; i++) { /* section G: 45 to 47 */
        const char *code = cn_prop_text(net, &line[i]);
        trades = trades && code[0] == '4' && code[1] >= '5' && code[1] <= '7';
    }
    return trades;
}

cn_status cn__trade_graph(const cn_network *net, cn_graph **out, cn_error *err) {
    const cn_graph_options options = {.link_kinds = CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE),
                                      .orientation = CN_DIRECTED};
    return cn_graph_create(net, &options, out, err);
}

/* ---- owners ---- */

static double share_of(const cn_network *net, cn_link link) {
    size_t count;
    const cn_prop *share = cn_link_values(net, link, CN_FIELD_SHARE, &count);
    return count > 0 ? share->as.number : 1;
}

cn_status cn__owners_find(const cn_network *net, uint32_t **root, cn_error *err) {
    uint32_t n = cn_entity_count(net);
    *root = cn__alloc(n, sizeof **root);
    if (*root == NULL) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t e = 0; e < n; e++) {
        (*root)[e] = e;
    }
    for (cn_link l = 0; l < cn_link_count(net) && cn_link_count_of(net, CN_LINK_OWNERSHIP) > 0; l++) {
        if (cn_link_kind_of(net, l) == CN_LINK_OWNERSHIP && cn__in_force(net, l) && share_of(net, l) >= 0.5) {
            uint32_t a = cn__root_of(*root, cn_link_from(net, l));
            uint32_t b = cn__root_of(*root, cn_link_to(net, l));
            (*root)[a > b ? a : b] = a < b ? a : b;
        }
    }
    for (uint32_t e = 0; e < n; e++) {
        (*root)[e] = cn__root_of(*root, e);
    }
    return CN_OK;
}

/* ---- groups in common ---- */

static cn_partner_bond bond_of(cn_link_kind kind, cn_entity_kind to) {
    switch (kind) {
    case CN_LINK_PARTICIPANT:
        return CN_BOND_PROJECT;
    case CN_LINK_MEMBER:
    case CN_LINK_SERVES:
        return CN_BOND_CLUSTER;
    case CN_LINK_RESIDENT:
        return CN_BOND_PARK;
    case CN_LINK_ORGANISES:
    case CN_LINK_TAKES_PART:
    case CN_LINK_HOSTS:
        return CN_BOND_EVENT;
    case CN_LINK_MANAGES:
        return to == CN_ENTITY_PARK ? CN_BOND_PARK : to == CN_ENTITY_CLUSTER ? CN_BOND_CLUSTER : CN_BOND_PROJECT;
    default:
        return CN_BOND_COUNT;
    }
}

typedef struct meeting {
    uint32_t row;
    uint32_t bond;
    cn_entity group;
} meeting;

static int compare_meetings(const void *a, const void *b) {
    const meeting *x = a;
    const meeting *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    if (x->bond != y->bond) {
        return x->bond < y->bond ? -1 : 1;
    }
    return (x->group > y->group) - (x->group < y->group);
}

typedef struct meetings {
    meeting *list;
    size_t count, cap;
    uint8_t *mark; /* by entity: 1 + bond when it is a group of x */
} meetings;

static void mark_groups(const cn__search *s, meetings *m) {
    for (cn_link l = 0; l < cn_link_count(s->net); l++) {
        cn_entity from = cn_link_from(s->net, l);
        cn_entity to = cn_link_to(s->net, l);
        cn_link_kind kind = cn_link_kind_of(s->net, l);
        if ((from != s->x && to != s->x) || !cn__in_force(s->net, l)) {
            continue;
        }
        if (kind == CN_LINK_AGREEMENT) {
            m->mark[from == s->x ? to : from] = 1 + CN_BOND_THIRD;
        } else if (from == s->x && bond_of(kind, cn_entity_kind_of(s->net, to)) != CN_BOND_COUNT) {
            m->mark[to] = (uint8_t)(1 + bond_of(kind, cn_entity_kind_of(s->net, to)));
        }
    }
}

static bool meet(const cn__search *s, meetings *m, cn_entity who, cn_partner_bond bond, cn_entity group) {
    if (s->row_of[who] == CN_NONE) {
        return true;
    }
    if (!cn__grow((void **)&m->list, &m->cap, m->count, 1, sizeof *m->list)) {
        return false;
    }
    m->list[m->count++] = (meeting){s->row_of[who], bond, group};
    return true;
}

static bool find_meetings(const cn__search *s, meetings *m) {
    for (cn_link l = 0; l < cn_link_count(s->net); l++) {
        cn_entity from = cn_link_from(s->net, l);
        cn_entity to = cn_link_to(s->net, l);
        cn_link_kind kind = cn_link_kind_of(s->net, l);
        bool ok = true;
        if (!cn__in_force(s->net, l)) {
            continue;
        }
        if (kind == CN_LINK_AGREEMENT) {
            if (from == s->x || to == s->x) {
                ok = meet(s, m, from == s->x ? to : from, CN_BOND_AGREEMENT, CN_NONE);
            } else {
                ok = (m->mark[from] != 1 + CN_BOND_THIRD || meet(s, m, to, CN_BOND_THIRD, from)) &&
                     (m->mark[to] != 1 + CN_BOND_THIRD || meet(s, m, from, CN_BOND_THIRD, to));
            }
        } else if (bond_of(kind, cn_entity_kind_of(s->net, to)) != CN_BOND_COUNT && m->mark[to] != 0) {
            ok = meet(s, m, from, bond_of(kind, cn_entity_kind_of(s->net, to)), to);
        }
        if (!ok) {
            return false;
        }
    }
    return true;
}

static cn_status find_groups(cn__search *s, cn_error *err) {
    meetings m = {.mark = cn__calloc(cn_entity_count(s->net), 1)};
    bool ok = m.mark != NULL;
    if (ok) {
        mark_groups(s, &m);
        ok = find_meetings(s, &m);
    }
    if (ok && m.count > 0) {
        qsort(m.list, m.count, sizeof *m.list, compare_meetings);
    }
    for (size_t i = 0; ok && i < m.count; i++) {
        cn_partner_row *row = &s->rows[m.list[i].row];
        if (i > 0 && compare_meetings(&m.list[i - 1], &m.list[i]) == 0) {
            continue;
        }
        if (row->bonds[m.list[i].bond]++ == 0) {
            row->bond_one[m.list[i].bond] = m.list[i].group;
        }
    }
    cn__free(m.mark);
    cn__free(m.list);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

/* ---- links there are and were ---- */

static void note_trade(cn__search *s, cn_link l) {
    cn_entity from = cn_link_from(s->net, l);
    cn_entity to = cn_link_to(s->net, l);
    cn_link_kind kind = cn_link_kind_of(s->net, l);
    bool trade = kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE;
    uint32_t at = from == s->x ? s->row_of[to] : to == s->x ? s->row_of[from] : CN_NONE;
    if (!trade || at == CN_NONE) {
        return;
    }
    bool sells_to_x = to == s->x;
    bool same_side = sells_to_x == (s->query->side == CN_PARTNER_SUPPLIER);
    cn_link_status status = cn_link_status_of(s->net, l);
    s->rows[at].planned |= status == CN_STATUS_PLANNED;
    s->rows[at].former |= status == CN_STATUS_BROKEN;
    if (cn__in_force(s->net, l)) {
        s->present[at] |= cn__complements(s) && same_side;
        s->rows[at].reverse |= !cn__complements(s) || !same_side;
    }
}

cn_status cn__search_bonds(cn__search *s, cn_error *err) {
    const char *region = cn_entity_text(s->net, s->x, CN_FIELD_REGION);
    for (uint32_t i = 0; i < s->count; i++) {
        cn_partner_row *row = &s->rows[i];
        row->km = cn__distance_km(s->net, s->x, row->org);
        row->same_region = region[0] != '\0' && strcmp(region, cn_entity_text(s->net, row->org, CN_FIELD_REGION)) == 0;
        row->foreign =
            cn__is_foreign(s->net, row->org) && strcmp(cn_entity_text(s->net, s->x, CN_FIELD_COUNTRY),
                                                       cn_entity_text(s->net, row->org, CN_FIELD_COUNTRY)) != 0;
    }
    for (cn_link l = 0; l < cn_link_count(s->net); l++) {
        note_trade(s, l);
    }
    cn_status status = find_groups(s, err);
    for (uint32_t i = 0; i < s->count && !status; i++) {
        const uint32_t *bonds = s->rows[i].bonds;
        s->present[i] |=
            s->query->side == CN_PARTNER_PEER && (bonds[CN_BOND_PROJECT] > 0 || bonds[CN_BOND_AGREEMENT] > 0);
    }
    return status;
}
