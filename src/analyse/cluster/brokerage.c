/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gould–Fernandez brokerage (1989) without looking at all pairs of partners: first every pair (i, k) of suppliers and customers of v is
 * counted by the groups of i and k, from the numbers of suppliers a_g and customers b_g in each group g; then pairs that are linked
 * directly are taken off again, which are found among the triangles.
 * With A = Σ a_g, B = Σ b_g and h the group of v: coordinator a_h b_h, itinerant Σ_{g≠h} a_g b_g, gatekeeper (A − a_h) b_h, representative
 * a_h (B − b_h), liaison (A − a_h)(B − b_h) − Σ_{g≠h} a_g b_g; a partner both ways is no pair with itself.
 * Invariant: a vertex in no group has the number count + v, a group of its own. Cost: O(E log d + m √m).
 */
#include "brokerage.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"

const char *cn_broker_key(cn_broker role) {
    static const char *const keys[] = {"coordinator", "itinerant", "gatekeeper", "representative", "liaison"};
    return (size_t)role < CN_BROKER_COUNT ? keys[role] : "";
}

typedef struct brokers {
    const cn_graph *graph;
    const cn__ties *ties;
    const cn_groups *groups;
    cn_roles *out;
    uint64_t *in;   /* by group: suppliers of the vertex at hand */
    uint64_t *own;  /* by group: customers */
    uint8_t *leads; /* by tie entry: is there an arc that way? */
} brokers;

static uint32_t group_of(const brokers *b, uint32_t v) {
    return b->groups->of[v] == CN_NONE ? b->groups->count + v : b->groups->of[v];
}

static cn_broker role_of(uint32_t i, uint32_t v, uint32_t k) {
    if (i == k) {
        return i == v ? CN_BROKER_COORDINATOR : CN_BROKER_ITINERANT;
    }
    return v == k ? CN_BROKER_GATEKEEPER : i == v ? CN_BROKER_REPRESENTATIVE : CN_BROKER_LIAISON;
}

/* All pairs of v, linked or not. */
static void count_pairs(brokers *b, uint32_t v) {
    const cn__ties *ties = b->ties;
    uint32_t h = group_of(b, v);
    uint64_t suppliers = 0, customers = 0, same = 0, mutual_same = 0, mutual_own = 0;
    for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
        uint32_t g = group_of(b, ties->to[e]);
        bool sells = b->leads[ties->opposite[e]];
        bool buys = b->leads[e];
        b->in[g] += sells;
        b->own[g] += buys;
        suppliers += sells;
        customers += buys;
        mutual_own += sells && buys && g == h;
        mutual_same += sells && buys && g != h;
    }
    uint64_t in_own = b->in[h];
    uint64_t out_own = b->own[h];
    for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
        uint32_t g = group_of(b, ties->to[e]);
        same += g == h ? 0 : b->in[g] * b->own[g];
        b->in[g] = b->own[g] = 0; /* each group is added once */
    }
    b->out->brokered[CN_BROKER_COORDINATOR][v] = in_own * out_own - mutual_own;
    b->out->brokered[CN_BROKER_ITINERANT][v] = same - mutual_same;
    b->out->brokered[CN_BROKER_GATEKEEPER][v] = (suppliers - in_own) * out_own;
    b->out->brokered[CN_BROKER_REPRESENTATIVE][v] = in_own * (customers - out_own);
    b->out->brokered[CN_BROKER_LIAISON][v] = (suppliers - in_own) * (customers - out_own) - same;
}

/* i → v → k and i → k: no need for the broker. */
static void take_off(brokers *b, uint32_t i, uint32_t v, uint32_t k, bool linked) {
    if (linked) {
        b->out->brokered[role_of(group_of(b, i), group_of(b, v), group_of(b, k))][v]--;
    }
}

static void visit(void *context, const cn__triangle *t) {
    brokers *b = context;
    const size_t *back = b->ties->opposite;
    bool uv = b->leads[t->uv], vu = b->leads[back[t->uv]];
    bool vw = b->leads[t->vw], wv = b->leads[back[t->vw]];
    bool uw = b->leads[t->uw], wu = b->leads[back[t->uw]];
    take_off(b, t->u, t->v, t->w, uv && vw && uw);
    take_off(b, t->w, t->v, t->u, wv && vu && wu);
    take_off(b, t->v, t->u, t->w, vu && uw && vw);
    take_off(b, t->w, t->u, t->v, wu && uv && wv);
    take_off(b, t->u, t->w, t->v, uw && wv && uv);
    take_off(b, t->v, t->w, t->u, vw && wu && vu);
}

bool cn__brokerage(const cn_graph *graph, const cn__ties *ties, const cn_groups *groups, cn_roles *out) {
    brokers b = {.graph = graph, .ties = ties, .groups = groups, .out = out};
    size_t numbers = (size_t)groups->count + graph->n;
    b.in = cn__calloc(numbers, sizeof *b.in);
    b.own = cn__calloc(numbers, sizeof *b.own);
    b.leads = cn__alloc(ties->count, sizeof *b.leads);
    bool ok = b.in && b.own && b.leads;
    for (uint32_t v = 0; ok && v < graph->n; v++) {
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            b.leads[e] = cn_graph_find_arc(graph, v, ties->to[e]) != CN_NONE;
        }
    }
    for (uint32_t v = 0; ok && v < graph->n; v++) {
        count_pairs(&b, v);
    }
    ok = ok && cn__ties_triangles(ties, visit, &b, NULL) == CN_OK;
    for (int role = 0; ok && role < CN_BROKER_COUNT; role++) {
        for (uint32_t v = 0; v < graph->n; v++) {
            out->total[role] += out->brokered[role][v];
        }
    }
    cn__free(b.in);
    cn__free(b.own);
    cn__free(b.leads);
    return ok;
}
