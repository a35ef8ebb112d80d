/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates by the links of the network. Suppliers and customers: paths of three steps, for in production networks those who are alike share
 * partners, and partners complete each other (Mattsson et al. 2021). Substitutes: those who sell to the same customers and
 * buy from the same suppliers. Peers: those who share a partner in projects, clusters, parks, events or agreements.
 * A candidate whose products are known and fit nothing that is wanted is no answer, whatever the links say.
 */
#include <math.h>

#include "error.h"
#include "memory.h"
#include "partner_search.h"
#include "partner_ties.h"

/* Of an organisation only its line of business is known, or nothing at all. */
static bool speaks(const cn__wares *wares, cn_entity org) {
    uint32_t count;
    const cn__ware *rows = cn__wares_of(wares, org, &count);
    return count > 0 && rows[0].evidence != CN_PARTNER_BY_OKVED;
}

static bool codes_refuse(const cn__search *s, cn_entity who) {
    uint32_t at = s->row_of[who];
    const cn__wares *theirs = s->query->side == CN_PARTNER_CUSTOMER ? &s->catalogue.needs : &s->catalogue.makes;
    bool fits = at != CN_NONE && s->rows[at].fit > 0;
    return !fits && s->mine_count > 0 && (s->query->product != NULL || speaks(theirs, who));
}

/* ---- suppliers and customers ---- */

/* Firms like x (they share a partner on its side), marked in `alike`. */
static void mark_alike(const cn__search *s, bool supplier, bool *alike) {
    const cn_graph *g = s->trade;
    const uint32_t *go = supplier ? g->in_start : g->out_start;
    const uint32_t *go_to = supplier ? g->in_from : g->out_to;
    const uint32_t *back = supplier ? g->out_start : g->in_start;
    const uint32_t *back_to = supplier ? g->out_to : g->in_from;
    for (uint32_t a = go[s->x]; a < go[s->x + 1]; a++) {
        for (uint32_t b = back[go_to[a]]; b < back[go_to[a] + 1]; b++) {
            alike[back_to[b]] = back_to[b] != s->x;
        }
    }
}

static cn_entity first_alike(const cn__search *s, cn_entity y, bool supplier, const bool *alike) {
    const cn_graph *g = s->trade;
    const uint32_t *back = supplier ? g->out_start : g->in_start;
    const uint32_t *back_to = supplier ? g->out_to : g->in_from;
    for (uint32_t b = back[y]; b < back[y + 1]; b++) {
        if (alike[back_to[b]]) {
            return back_to[b];
        }
    }
    return CN_NONE;
}

static cn_status complements(cn__search *s, cn_error *err) {
    bool supplier = s->query->side == CN_PARTNER_SUPPLIER;
    bool *alike = cn__calloc(s->trade->n, sizeof *alike);
    if (alike == NULL) {
        return CN__NO_MEMORY(err);
    }
    mark_alike(s, supplier, alike);
    cn__three_step_scores(s->trade, s->x, supplier ? CN_DIR_IN : CN_DIR_OUT, true, &s->scores);
    for (uint32_t i = 0; i < s->scores.count && !s->failed; i++) {
        cn_entity y = s->scores.list[i];
        cn_partner_row *row = y != s->x && !codes_refuse(s, y) ? cn__search_row(s, y) : NULL;
        if (row != NULL) {
            row->alike = (uint32_t)s->scores.value[CN_PARTNER_SCORE_COMMON][y];
            row->alike_one = first_alike(s, y, supplier, alike);
            row->l3 = s->scores.value[CN_PARTNER_SCORE_L3][y];
            s->network[s->row_of[y]] = row->l3;
        }
    }
    cn__free(alike);
    return s->failed ? CN__NO_MEMORY(err) : CN_OK;
}

/* ---- substitutes ---- */

/* Those joined to a customer (OUT) or supplier (IN) of x in the same way. */
static void share_side(cn__search *s, cn_direction direction) {
    const cn_graph *g = s->trade;
    bool out = direction == CN_DIR_OUT;
    const uint32_t *go = out ? g->out_start : g->in_start;
    const uint32_t *go_to = out ? g->out_to : g->in_from;
    const uint32_t *back = out ? g->in_start : g->out_start;
    const uint32_t *back_to = out ? g->in_from : g->out_to;
    for (uint32_t a = go[s->x]; a < go[s->x + 1]; a++) {
        uint32_t u = go_to[a];
        uint32_t degree = back[u + 1] - back[u];
        for (uint32_t b = back[u]; b < back[u + 1] && !s->failed; b++) {
            uint32_t y = back_to[b];
            cn_partner_row *row = y != s->x && !codes_refuse(s, y) ? cn__search_row(s, y) : NULL;
            if (row != NULL) {
                *(out ? &row->common_customers : &row->common_suppliers) += 1;
                row->alike++;
                row->alike_one = row->alike_one == CN_NONE ? u : row->alike_one;
                row->adamic_adar += 1 / log(degree);
                row->resource += 1.0 / degree;
            }
        }
    }
}

static uint32_t partners_of(const cn_graph *g, uint32_t v) {
    return g->out_start[v + 1] - g->out_start[v] + g->in_start[v + 1] - g->in_start[v];
}

static void substitutes(cn__search *s) {
    share_side(s, CN_DIR_OUT);
    share_side(s, CN_DIR_IN);
    for (uint32_t i = 0; i < s->count; i++) {
        cn_partner_row *row = &s->rows[i];
        uint32_t all = partners_of(s->trade, s->x) + partners_of(s->trade, row->org) - row->alike;
        row->jaccard = all > 0 ? (double)row->alike / all : 0;
        s->network[i] = row->resource;
    }
}

/* ---- peers ---- */

enum {
    MEETING_KINDS = CN_KIND_BIT(CN_LINK_MEMBER) | CN_KIND_BIT(CN_LINK_PARTICIPANT) | CN_KIND_BIT(CN_LINK_RESIDENT) |
                    CN_KIND_BIT(CN_LINK_MANAGES) | CN_KIND_BIT(CN_LINK_SERVES) | CN_KIND_BIT(CN_LINK_AGREEMENT) |
                    CN_KIND_BIT(CN_LINK_ORGANISES) | CN_KIND_BIT(CN_LINK_TAKES_PART) | CN_KIND_BIT(CN_LINK_HOSTS)
};

static cn_entity first_common(const cn_graph *g, uint32_t x, uint32_t y) {
    for (uint32_t a = g->out_start[x]; a < g->out_start[x + 1]; a++) {
        if (cn_graph_find_arc(g, g->out_to[a], y) != CN_NONE) {
            return g->out_to[a];
        }
    }
    return CN_NONE;
}

static void add_peer(cn__search *s, const cn_graph *ties, cn_entity y) {
    cn_partner_row *row = y != s->x ? cn__search_row(s, y) : NULL;
    if (row != NULL) {
        row->alike = (uint32_t)s->scores.value[CN_PARTNER_SCORE_COMMON][y];
        row->alike_one = first_common(ties, s->x, y);
        row->adamic_adar = s->scores.value[CN_PARTNER_SCORE_ADAMIC_ADAR][y];
        row->resource = s->scores.value[CN_PARTNER_SCORE_RESOURCE][y];
        row->jaccard = s->scores.value[CN_PARTNER_SCORE_JACCARD][y];
        s->network[s->row_of[y]] = row->resource;
    }
}

/* The closest product of a candidate to one of x. */
static void compare_makes(cn__search *s, cn_partner_row *row) {
    uint32_t count;
    const cn__ware *theirs = cn__wares_of(&s->catalogue.makes, row->org, &count);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < s->mine_count; k++) {
            double fit = cn__ware_fit(&theirs[i], s->mine[k].code);
            if (fit > row->fit) {
                row->fit = fit;
                row->made = theirs[i].code;
                row->need = s->mine[k].code;
                row->made_by = theirs[i].evidence;
                row->need_by = s->mine[k].evidence;
            }
        }
    }
}

static cn_status peers(cn__search *s, cn_error *err) {
    cn__members members = {0};
    cn_graph *ties = NULL;
    cn_status status = cn__members_find(s->net, MEETING_KINDS, &members, err);
    status = status ? status : cn__ties_of_groups(&members, &ties, err);
    cn__members_release(&members);
    if (!status) {
        cn__near_scores(ties, s->x, false, &s->scores);
        for (uint32_t a = ties->out_start[s->x]; a < ties->out_start[s->x + 1] && !s->failed; a++) {
            add_peer(s, ties, ties->out_to[a]);
        }
        for (uint32_t i = 0; i < s->scores.count && !s->failed; i++) {
            add_peer(s, ties, s->scores.list[i]);
        }
        for (uint32_t i = 0; i < s->count; i++) {
            compare_makes(s, &s->rows[i]);
        }
        status = s->failed ? CN__NO_MEMORY(err) : CN_OK;
    }
    cn_graph_free(ties);
    return status;
}

cn_status cn__search_paths(cn__search *s, cn_error *err) {
    if (s->query->side == CN_PARTNER_PEER) {
        return peers(s, err);
    }
    if (cn__complements(s)) {
        return complements(s, err);
    }
    substitutes(s);
    return s->failed ? CN__NO_MEMORY(err) : CN_OK;
}
