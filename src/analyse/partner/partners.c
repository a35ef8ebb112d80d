/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search for partners: candidates by codes and by links, what joins them with the one asked for, who of them is left out and
 * why, points, order. The points of each part are linear in a number from 0 to 1 (docs/partners.md); what is not known
 * gives none. The network's part is measured against the best candidate of this answer. Cost: O(E + P log P) for the
 * catalogue and the bonds, then what the candidates cost.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "partner_search.h"
#include "vertex_sort.h"

/* ---- candidates ---- */

static bool may_be_partner(const cn__search *s, cn_entity e) {
    if ((CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(s->net, e))) == 0 || e == s->x) {
        return false;
    }
    if (s->query->side == CN_PARTNER_PEER) {
        cn_org_type type = (cn_org_type)cn_entity_enum(s->net, e, CN_FIELD_TYPE);
        bool body = cn_entity_kind_of(s->net, e) == CN_ENTITY_ORGANISATION &&
                    (type == CN_ORG_AUTHORITY || type == CN_ORG_MEDIA);
        return !body || s->in_project[e];
    }
    if (s->query->side == CN_PARTNER_CUSTOMER) {
        uint32_t needs;
        (void)cn__wares_of(&s->catalogue.needs, e, &needs);
        return cn__may_sell(s->net, e) || needs > 0 || s->trade->in_start[e + 1] > s->trade->in_start[e];
    }
    return cn__may_sell(s->net, e);
}

cn_partner_row *cn__search_row(cn__search *s, cn_entity entity) {
    if (s->row_of[entity] != CN_NONE) {
        return &s->rows[s->row_of[entity]];
    }
    if (!may_be_partner(s, entity)) {
        return NULL;
    }
    if (!cn__grow((void **)&s->rows, &s->rows_cap, s->count, 1, sizeof *s->rows) ||
        !cn__grow((void **)&s->last, &s->last_cap, s->count, 1, sizeof *s->last) ||
        !cn__grow((void **)&s->network, &s->network_cap, s->count, 1, sizeof *s->network) ||
        !cn__grow((void **)&s->present, &s->present_cap, s->count, 1, sizeof *s->present)) {
        s->failed = true;
        return NULL;
    }
    cn_partner_row *row = &s->rows[s->count];
    *row = (cn_partner_row){.org = entity,
                            .made = "",
                            .need = "",
                            .need_value = NAN,
                            .free_capacity = NAN,
                            .alike_one = CN_NONE,
                            .makers_of = "",
                            .km = NAN};
    for (int i = 0; i < CN_BOND_COUNT; i++) {
        row->bond_one[i] = CN_NONE;
    }
    s->last[s->count] = CN_NONE;
    s->network[s->count] = 0;
    s->present[s->count] = false;
    s->row_of[entity] = s->count++;
    return row;
}

/* ---- points ---- */

static double at_most_one(double x) { return x < 1 ? x : 1; }

static double trust(const cn_partner_row *row) {
    return at_most_one(0.5 * row->bonds[CN_BOND_PROJECT] + 0.4 * row->bonds[CN_BOND_AGREEMENT] +
                       0.3 * row->bonds[CN_BOND_CLUSTER] + 0.3 * row->bonds[CN_BOND_PARK] +
                       0.2 * row->bonds[CN_BOND_THIRD] + 0.1 * row->bonds[CN_BOND_EVENT]);
}

static double nearness(const cn_partner_row *row) {
    double by_place = row->km >= 0 ? 1 / (1 + row->km / 200) : 0;
    double by_region = row->same_region ? 0.5 : 0;
    return by_place > by_region ? by_place : by_region;
}

static double capacity(const cn_partner_row *row) {
    if (!(row->free_capacity > 0)) {
        return 0;
    }
    return row->need_value > 0 ? at_most_one(row->free_capacity / row->need_value) : 1;
}

/* The points of the candidates in `order`. */
static void give_points(cn__search *s, const uint32_t *order, uint32_t count) {
    double most = 0;
    for (uint32_t i = 0; i < count; i++) {
        most = s->network[order[i]] > most ? s->network[order[i]] : most;
    }
    for (uint32_t i = 0; i < count; i++) {
        cn_partner_row *row = &s->rows[order[i]];
        const double share[CN_PARTNER_PART_COUNT] = {
            [CN_PARTNER_PART_CODES] = row->fit,
            [CN_PARTNER_PART_NETWORK] = most > 0 ? s->network[order[i]] / most : 0,
            [CN_PARTNER_PART_ASSOCIATION] = row->makers > 0 ? row->makers_buy / (row->makers + 1.0) : 0,
            [CN_PARTNER_PART_TRUST] = trust(row),
            [CN_PARTNER_PART_NEARNESS] = nearness(row),
            [CN_PARTNER_PART_CAPACITY] = capacity(row),
        };
        for (int p = 0; p < CN_PARTNER_PART_COUNT; p++) {
            row->points[p] = share[p] * cn_partner_part_most((cn_partner_part)p, s->query->side);
            row->score += row->points[p];
        }
    }
}

/* ---- who is left out ---- */

static bool is_within(const cn__search *s, const cn_partner_row *row) {
    switch (s->query->within) {
    case CN_WITHIN_REGION:
        return row->same_region;
    case CN_WITHIN_CLUSTER:
        return row->bonds[CN_BOND_CLUSTER] > 0;
    case CN_WITHIN_KM:
        return row->km <= s->query->km;
    case CN_WITHIN_ANY:
        break;
    }
    return true;
}

static bool stands_before(const void *context, uint32_t a, uint32_t b) {
    const cn__search *s = context;
    double x = s->rows[a].score;
    double y = s->rows[b].score;
    return x > y || x < y ? x > y : s->rows[a].org < s->rows[b].org;
}

static bool by_entity(const void *context, uint32_t a, uint32_t b) {
    (void)context;
    return a < b;
}

/* Sort the candidates into those that stay (`order`) and those that do not. */
static bool choose(const cn__search *s, const uint32_t *root, uint32_t *order, uint32_t *kept, cn_partners *out) {
    out->present = cn__alloc(s->count, sizeof *out->present);
    out->owned = cn__alloc(s->count, sizeof *out->owned);
    out->more = cn__alloc(s->count, sizeof *out->more);
    if (out->present == NULL || out->owned == NULL || out->more == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const cn_partner_row *row = &s->rows[i];
        if (root[row->org] == root[s->x]) {
            out->owned[out->owned_count++] = row->org;
        } else if (s->present[i]) {
            out->present[out->present_count++] = row->org;
            if (row->fit >= 1 && cn__complements(s)) {
                out->more[out->more_count++] = *row;
            }
        } else if (!is_within(s, row)) {
            out->outside++;
        } else {
            order[(*kept)++] = i;
        }
    }
    return cn__vertex_sort(out->present, out->present_count, by_entity, NULL) &&
           cn__vertex_sort(out->owned, out->owned_count, by_entity, NULL);
}

static cn_status finish(cn__search *s, cn_partners *out, cn_error *err) {
    uint32_t kept = 0;
    size_t top = s->query->top > 0 ? s->query->top : 10;
    uint32_t *root = NULL;
    uint32_t *order = cn__alloc(s->count, sizeof *order);
    cn_status status = order != NULL ? cn__owners_find(s->net, &root, err) : CN__NO_MEMORY(err);
    if (!status && !choose(s, root, order, &kept, out)) {
        status = CN__NO_MEMORY(err);
    }
    if (!status) {
        give_points(s, order, kept);
        out->found = kept;
        out->rows = cn__alloc(kept < top ? kept : top, sizeof *out->rows);
        if (out->rows == NULL || !cn__vertex_sort(order, kept, stands_before, s)) {
            status = CN__NO_MEMORY(err);
        }
    }
    for (uint32_t i = 0; i < kept && i < top && !status; i++) {
        out->rows[out->row_count++] = s->rows[order[i]];
    }
    cn__free(root);
    cn__free(order);
    return status;
}

/* ---- the search ---- */

static cn_status check_query(const cn_network *net, const cn_partner_query *query, cn_error *err) {
    if (query->org >= cn_entity_count(net) || (CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(net, query->org))) == 0) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, PARTNERS_NO_ACTOR,
                         query->org < cn_entity_count(net) ? cn_entity_short(net, query->org) : "?");
    }
    if (query->within == CN_WITHIN_KM && !(cn__distance_km(net, query->org, query->org) >= 0)) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, PARTNERS_NO_PLACE, cn_entity_short(net, query->org));
    }
    return CN_OK;
}

static cn_status search(cn__search *s, cn_partners *out, cn_error *err) {
    uint32_t n = cn_entity_count(s->net);
    s->row_of = cn__alloc(n, sizeof *s->row_of);
    if (s->row_of == NULL) {
        return CN__NO_MEMORY(err);
    }
    memset(s->row_of, 0xff, n * sizeof *s->row_of); /* CN_NONE */
    s->in_project = cn__calloc(n, sizeof *s->in_project);
    cn_status status = s->in_project != NULL ? CN_OK : CN__NO_MEMORY(err);
    for (cn_link l = 0; l < cn_link_count(s->net) && !status; l++) {
        s->in_project[cn_link_from(s->net, l)] |= cn_link_kind_of(s->net, l) == CN_LINK_PARTICIPANT;
    }
    status = status ? status : cn__catalogue_create(s->net, &s->catalogue, err);
    status = status ? status : cn__trade_graph(s->net, &s->trade, err);
    status = status ? status : cn__link_scores_init(&s->scores, n, err);
    status = status ? status : cn__search_codes(s, err);
    status = status ? status : cn__search_paths(s, err);
    status = status ? status : cn__search_bonds(s, err);
    if (!status && cn__complements(s)) {
        status = cn__search_habit(s, err);
    }
    out->known_needs = s->mine_count;
    return status ? status : finish(s, out, err);
}

cn_status cn_partners_find(const cn_network *net, const cn_partner_query *query, cn_partners *out, cn_error *err) {
    cn__search s = {.net = net, .query = query, .x = query->org};
    *out = (cn_partners){0};
    cn_status status = check_query(net, query, err);
    status = status ? status : search(&s, out, err);
    cn__catalogue_release(&s.catalogue);
    cn_graph_free(s.trade);
    cn__link_scores_release(&s.scores);
    cn__free(s.row_of);
    cn__free(s.in_project);
    cn__free(s.rows);
    cn__free(s.last);
    cn__free(s.network);
    cn__free(s.present);
    cn__free(s.mine);
    cn__free(s.trades);
    if (status) {
        cn_partners_release(out);
    }
    return status;
}

void cn_partners_release(cn_partners *partners) {
    if (partners != NULL) {
        cn__free(partners->rows);
        cn__free(partners->present);
        cn__free(partners->owned);
        cn__free(partners->more);
        *partners = (cn_partners){0};
    }
}
