/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Consortia: what is needed and who of the core makes it, who else could, how near and how bound they are to the leader, and the best teams
 * (team_search.h). Only products in full count (fit 1, not by line of business or plan), from makers at home that may sell, no traders; the rest is the import
 * gap, with the nearest that is made. Distance is the number of supplies between a member and the leader, direction ignored (a star
 * around the initiator: sums of it can be proven best, unlike the diameter). Cost: O(E + P log P), then the teams.
 */
#include "coopnet/consortium.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "partner_search.h"
#include "team_search.h"
#include "vertex_sort.h"

enum { FAR_HOPS = 999, FAR_KM = 20000, TOP_DEFAULT = 3 };

typedef struct gathering {
    const cn_network *net;
    const cn_consortium_query *query;
    cn_consortium *out;
    cn__catalogue catalogue;
    cn_graph *trade;
    uint32_t *hops;         /* by entity; CN_NONE: not joined to the leader */
    bool *contract;         /* by entity: bound to the leader */
    bool *core;             /* by entity */
    uint32_t *candidate_of; /* by entity, or CN_NONE */
    cn_entity *candidates;
    size_t candidate_cap, need_cap, core_cap, member_cap, seat_cap;
    uint32_t need;     /* in work */
    double held_value; /* of it, by its holder */
    bool *covers;      /* candidate · open needs */
    uint32_t *open;    /* by open need: its number */
    uint32_t open_count;
    bool failed;
} gathering;

/* ---- the core and the needs ---- */

static bool add_core(gathering *g, cn_entity e) {
    if ((CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(g->net, e))) == 0 || g->core[e]) {
        return true;
    }
    if (!cn__grow((void **)&g->out->core, &g->core_cap, g->out->core_count, 1, sizeof e)) {
        return false;
    }
    g->core[e] = true;
    g->out->core[g->out->core_count++] = e;
    return true;
}

static bool add_need(gathering *g, const char *code) {
    for (size_t i = 0; i < g->out->need_count; i++) {
        if (strcmp(g->out->needs[i].code, code) == 0) {
            return true;
        }
    }
    if (!cn__grow((void **)&g->out->needs, &g->need_cap, g->out->need_count, 1, sizeof *g->out->needs)) {
        return false;
    }
    g->out->needs[g->out->need_count++] =
        (cn_consortium_need){.code = code, .state = CN_NEED_GAP, .holder = CN_NONE, .holder_made = ""};
    return true;
}

/* The initiator of a project, else its first participant, or CN_NONE. */
static cn_entity initiator_of(const cn_network *net, cn_entity project) {
    cn_entity first = CN_NONE;
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        bool part = cn_link_kind_of(net, l) == CN_LINK_PARTICIPANT && cn_link_to(net, l) == project &&
                    (CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(net, cn_link_from(net, l)))) != 0;
        if (part && cn_link_role(net, l) == CN_ROLE_INITIATOR) {
            return cn_link_from(net, l);
        }
        first = part && first == CN_NONE ? cn_link_from(net, l) : first;
    }
    return first;
}

static cn_status find_core(gathering *g, cn_error *err) {
    cn_entity project = g->query->project;
    g->out->project = project;
    g->out->leader = g->query->leader;
    if (project != CN_NONE && g->out->leader == CN_NONE) {
        g->out->leader = initiator_of(g->net, project);
    }
    if (g->out->leader == CN_NONE || (CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(g->net, g->out->leader))) == 0) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, CONSORTIUM_NO_LEADER);
    }
    bool ok = add_core(g, g->out->leader);
    for (cn_link l = 0; l < cn_link_count(g->net) && ok && project != CN_NONE; l++) {
        if (cn_link_kind_of(g->net, l) == CN_LINK_PARTICIPANT && cn_link_to(g->net, l) == project &&
            cn_link_status_of(g->net, l) != CN_STATUS_BROKEN) {
            ok = add_core(g, cn_link_from(g->net, l));
        }
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

static cn_status find_needs(gathering *g, cn_error *err) {
    bool ok = true;
    for (size_t i = 0; i < g->query->need_count && ok; i++) {
        ok = g->query->needs[i][0] == '\0' || add_need(g, g->query->needs[i]);
    }
    if (g->query->project != CN_NONE) {
        const char *code = cn_entity_text(g->net, g->query->project, CN_FIELD_PRODUCT);
        cn_entity product = cn_entity_find(g->net, code);
        if (code[0] == '\0') {
            return CN__FAIL1(err, CN_ERR_ARGUMENT, CONSORTIUM_NO_PRODUCT, cn_entity_short(g->net, g->query->project));
        }
        for (cn_link l = 0; l < cn_link_count(g->net) && ok && product != CN_NONE; l++) {
            if (cn_link_kind_of(g->net, l) == CN_LINK_MADE_FROM && cn_link_from(g->net, l) == product) {
                ok = add_need(g, cn_entity_id(g->net, cn_link_to(g->net, l)));
            }
        }
        if (ok && g->out->need_count == 0) {
            return CN__FAIL1(err, CN_ERR_ARGUMENT, CONSORTIUM_NO_INPUTS, code);
        }
    }
    if (ok && g->out->need_count == 0) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, CONSORTIUM_NO_NEEDS);
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

/* ---- who makes what is needed ---- */

static bool makes_in_full(const cn__ware *ware, const char *code) {
    return ware->evidence != CN_PARTNER_BY_OKVED && ware->evidence != CN_PARTNER_BY_PLAN &&
           cn__ware_fit(ware, code) >= 1;
}

static void visit_core(void *context, const cn__ware *ware) {
    gathering *g = context;
    cn_consortium_need *need = &g->out->needs[g->need];
    double value = ware->value > 0 ? ware->value : 0;
    if (g->core[ware->org] && makes_in_full(ware, need->code) &&
        (need->state != CN_NEED_HELD || value > g->held_value)) { /* of several who makes most */
        g->held_value = value;
        need->state = CN_NEED_HELD;
        need->holder = ware->org;
        need->holder_made = ware->code;
        need->fit = 1;
    }
}

static void visit_candidate(void *context, const cn__ware *ware) {
    gathering *g = context;
    cn_consortium_need *need = &g->out->needs[g->need];
    double fit = cn__ware_fit(ware, need->code);
    if (need->state == CN_NEED_HELD || g->core[ware->org] || !cn__may_sell(g->net, ware->org) ||
        cn__is_trader(g->net, ware->org)) {
        return;
    }
    if (cn__is_foreign(g->net, ware->org)) {
        need->abroad = need->abroad || fit >= 1;
    } else if (makes_in_full(ware, need->code)) {
        need->state = CN_NEED_OPEN;
        if (g->candidate_of[ware->org] == CN_NONE) {
            if (!cn__grow((void **)&g->candidates, &g->candidate_cap, g->out->candidates, 1, sizeof(cn_entity))) {
                g->failed = true;
                return;
            }
            g->candidate_of[ware->org] = g->out->candidates;
            g->candidates[g->out->candidates++] = ware->org;
        }
    } else if (fit > need->fit) { /* the nearest, should nobody make exactly this */
        need->holder = ware->org;
        need->holder_made = ware->code;
        need->fit = fit;
    }
}

/* The product by which a candidate covers a need, or NULL. */
static const cn__ware *ware_for(const gathering *g, cn_entity org, const char *code) {
    uint32_t count;
    const cn__ware *wares = cn__wares_of(&g->catalogue.makes, org, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (makes_in_full(&wares[i], code)) {
            return &wares[i];
        }
    }
    return NULL;
}

static bool by_entity(const void *context, uint32_t a, uint32_t b) {
    (void)context;
    return a < b;
}

static bool find_candidates(gathering *g) {
    cn_consortium *out = g->out;
    for (g->need = 0; g->need < out->need_count && !g->failed; g->need++) {
        cn__wares_near(&g->catalogue.makes, out->needs[g->need].code, visit_core, g);
        cn__wares_near(&g->catalogue.makes, out->needs[g->need].code, visit_candidate, g);
    }
    if (g->failed || !cn__vertex_sort(g->candidates, out->candidates, by_entity, NULL)) {
        return false;
    }
    g->open = cn__alloc(out->need_count, sizeof *g->open);
    g->covers = cn__calloc((size_t)out->candidates * out->need_count, sizeof *g->covers);
    if (g->open == NULL || g->covers == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < out->need_count; i++) {
        if (out->needs[i].state == CN_NEED_OPEN) {
            out->needs[i].holder = CN_NONE;
            out->needs[i].holder_made = "";
            out->needs[i].fit = 0;
            g->open[g->open_count++] = i;
        }
    }
    for (uint32_t c = 0; c < out->candidates; c++) {
        for (uint32_t i = 0; i < g->open_count; i++) {
            cn_consortium_need *need = &out->needs[g->open[i]];
            bool makes = ware_for(g, g->candidates[c], need->code) != NULL;
            g->covers[(size_t)c * g->open_count + i] = makes;
            need->makers += makes;
        }
    }
    return true;
}

/* ---- nearness to the leader ---- */

static bool find_hops(gathering *g) {
    const cn_graph *t = g->trade;
    uint32_t *queue = cn__alloc(t->n, sizeof *queue);
    uint32_t count = 0;
    if (queue == NULL) {
        return false;
    }
    memset(g->hops, 0xff, t->n * sizeof *g->hops); /* CN_NONE */
    g->hops[g->out->leader] = 0;
    queue[count++] = g->out->leader;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = queue[i];
        uint32_t out = t->out_start[v + 1] - t->out_start[v];
        uint32_t all = out + t->in_start[v + 1] - t->in_start[v];
        for (uint32_t k = 0; k < all; k++) {
            uint32_t w = k < out ? t->out_to[t->out_start[v] + k] : t->in_from[t->in_start[v] + k - out];
            if (g->hops[w] == CN_NONE) {
                g->hops[w] = g->hops[v] + 1;
                queue[count++] = w;
            }
        }
    }
    cn__free(queue);
    return true;
}

static bool find_contracts(gathering *g) {
    cn_entity leader = g->out->leader;
    bool *project = cn__calloc(cn_entity_count(g->net), sizeof *project);
    if (project == NULL) {
        return false;
    }
    for (cn_link l = 0; l < cn_link_count(g->net); l++) {
        cn_link_kind kind = cn_link_kind_of(g->net, l);
        cn_entity from = cn_link_from(g->net, l);
        cn_entity to = cn_link_to(g->net, l);
        bool direct = kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE || kind == CN_LINK_AGREEMENT;
        if (direct && cn__in_force(g->net, l) && (from == leader || to == leader)) {
            g->contract[from == leader ? to : from] = true;
        }
        project[to] = project[to] || (kind == CN_LINK_PARTICIPANT && from == leader && cn__in_force(g->net, l));
    }
    for (cn_link l = 0; l < cn_link_count(g->net); l++) {
        if (cn_link_kind_of(g->net, l) == CN_LINK_PARTICIPANT && cn__in_force(g->net, l) &&
            project[cn_link_to(g->net, l)]) {
            g->contract[cn_link_from(g->net, l)] = true;
        }
    }
    cn__free(project);
    return true;
}

static uint32_t whole_km(const gathering *g, cn_entity org) {
    double km = cn__distance_km(g->net, g->out->leader, org);
    return km >= 0 ? (uint32_t)(km + 0.5) : FAR_KM;
}

static uint32_t counted_hops(const gathering *g, cn_entity org) {
    return g->hops[org] < FAR_HOPS ? g->hops[org] : FAR_HOPS;
}

/* Hops, then contract, then kilometres, in one number whose sums keep that order (team_exact.c has the room). */
static uint64_t cost_of(const gathering *g, cn_entity org) {
    uint64_t hops = counted_hops(g, org);
    return ((hops << 5 | !g->contract[org]) << 19) | whole_km(g, org);
}

/* ---- teams ---- */

static bool member_before(const void *context, uint32_t a, uint32_t b) {
    const gathering *g = context;
    uint64_t x = cost_of(g, a);
    uint64_t y = cost_of(g, b);
    return x != y ? x < y : a < b;
}

static bool add_member(gathering *g, cn_entity org, cn_team *team) {
    cn_consortium *out = g->out;
    if (!cn__grow((void **)&out->members, &g->member_cap, out->member_count, 1, sizeof *out->members)) {
        return false;
    }
    cn_team_member *member = &out->members[out->member_count++];
    *member = (cn_team_member){.org = org,
                               .hops = g->hops[org],
                               .contract = g->contract[org],
                               .km = cn__distance_km(g->net, out->leader, org),
                               .seat_start = out->seat_count};
    team->hops += counted_hops(g, org);
    team->no_contract += !g->contract[org];
    team->km += whole_km(g, org);
    for (uint32_t i = 0; i < g->open_count; i++) {
        const cn__ware *ware = ware_for(g, org, out->needs[g->open[i]].code);
        if (ware == NULL) {
            continue;
        }
        if (!cn__grow((void **)&out->seats, &g->seat_cap, out->seat_count, 1, sizeof *out->seats)) {
            return false;
        }
        double rest = ware->capacity - ware->value;
        out->seats[out->seat_count++] =
            (cn_team_seat){.need = g->open[i], .made = ware->code, .free_capacity = rest < 0 ? 0 : rest};
        member->seat_count++;
    }
    return true;
}

static bool write_teams(gathering *g, const cn__teams *found) {
    cn_consortium *out = g->out;
    out->teams = cn__calloc(found->count, sizeof *out->teams);
    bool ok = out->teams != NULL;
    for (uint32_t i = 0; i < found->count && ok; i++) {
        const cn__team *team = &found->teams[i];
        cn_team *to = &out->teams[out->team_count++];
        uint32_t *orgs = cn__alloc(team->count, sizeof *orgs);
        *to = (cn_team){.member_start = out->member_count, .member_count = team->count, .uncovered = team->uncovered};
        ok = orgs != NULL;
        for (uint32_t k = 0; k < team->count && ok; k++) {
            orgs[k] = g->candidates[team->member[k]];
        }
        ok = ok && cn__vertex_sort(orgs, team->count, member_before, g);
        for (uint32_t k = 0; k < team->count && ok; k++) {
            ok = add_member(g, orgs[k], to);
        }
        cn__free(orgs);
    }
    return ok;
}

static cn_status find_teams(gathering *g, cn_error *err) {
    cn_consortium *out = g->out;
    uint64_t *cost = cn__alloc(out->candidates, sizeof *cost);
    cn__teams found = {0};
    size_t top = g->query->top > 0 ? g->query->top : TOP_DEFAULT;
    cn_status status = cost != NULL ? CN_OK : CN__NO_MEMORY(err);
    for (uint32_t c = 0; c < out->candidates && !status; c++) {
        cost[c] = cost_of(g, g->candidates[c]);
    }
    const cn__team_problem problem = {.needs = g->open_count,
                                      .candidates = out->candidates,
                                      .covers = g->covers,
                                      .cost = cost,
                                      .max_members = g->query->max_members,
                                      .top = (uint32_t)(top < CN__TEAM_TOP_MOST ? top : CN__TEAM_TOP_MOST)};
    out->exact = true;
    out->bound = 1;
    if (!status && g->open_count > 0) {
        status = cn__team_search(&problem, &found, err);
        out->exact = found.exact;
        out->bound = found.bound;
        if (!status && !write_teams(g, &found)) {
            status = CN__NO_MEMORY(err);
        }
        cn__teams_release(&found);
    }
    cn__free(cost);
    return status;
}

static cn_status gather(gathering *g, cn_error *err) {
    uint32_t n = cn_entity_count(g->net);
    g->hops = cn__alloc(n, sizeof *g->hops);
    g->contract = cn__calloc(n, sizeof *g->contract);
    g->core = cn__calloc(n, sizeof *g->core);
    g->candidate_of = cn__alloc(n, sizeof *g->candidate_of);
    if (g->hops == NULL || g->contract == NULL || g->core == NULL || g->candidate_of == NULL) {
        return CN__NO_MEMORY(err);
    }
    memset(g->candidate_of, 0xff, n * sizeof *g->candidate_of); /* CN_NONE */
    cn_status status = find_core(g, err);
    status = status ? status : find_needs(g, err);
    status = status ? status : cn__catalogue_create(g->net, &g->catalogue, err);
    status = status ? status : cn__trade_graph(g->net, &g->trade, err);
    if (!status && !(find_candidates(g) && find_hops(g) && find_contracts(g))) {
        status = CN__NO_MEMORY(err);
    }
    return status ? status : find_teams(g, err);
}

cn_status cn_consortium_find(const cn_network *net, const cn_consortium_query *query, cn_consortium *out,
                             cn_error *err) {
    gathering g = {.net = net, .query = query, .out = out};
    *out = (cn_consortium){0};
    cn_status status = gather(&g, err);
    cn__catalogue_release(&g.catalogue);
    cn_graph_free(g.trade);
    cn__free(g.hops);
    cn__free(g.contract);
    cn__free(g.core);
    cn__free(g.candidate_of);
    cn__free(g.candidates);
    cn__free(g.covers);
    cn__free(g.open);
    if (status) {
        cn_consortium_release(out);
    }
    return status;
}

void cn_consortium_release(cn_consortium *consortium) {
    if (consortium != NULL) {
        cn__free(consortium->core);
        cn__free(consortium->needs);
        cn__free(consortium->teams);
        cn__free(consortium->members);
        cn__free(consortium->seats);
        *consortium = (cn_consortium){0};
    }
}
