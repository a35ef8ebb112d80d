/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Positions of all vertices at once. Core and periphery by Lip (2011, arXiv:1102.5511): the errors of a core S of k vertices are
 * k(k−1)/2 + E − Σ_{v∈S} d_v, for pairs missing in the core and edges within the periphery, so for each k the vertices of the
 * largest degree are best, and the best k is found by one walk: exact. Effective size (Burt 1992): Σ_j [1 − Σ_q p_iq m_jq], p_iq the share of q in
 * the ties of i, m_jq the tie of j and q over the strongest tie of j; each triangle adds to its three corners.
 * Cost: O(E log d + m √m).
 */
#include <math.h>
#include <string.h>

#include "brokerage.h"
#include "coopnet/metrics.h"
#include "error.h"
#include "memory.h"

/* ---- core and periphery ---- */

/* Vertices by falling degree, equal ones by number: sorted by counting. */
static bool order_by_degree(const cn__ties *ties, uint32_t *order) {
    size_t *first = cn__calloc((size_t)ties->n + 2, sizeof *first);
    for (uint32_t v = 0; first && v < ties->n; v++) {
        first[ties->n - (ties->start[v + 1] - ties->start[v]) + 1]++;
    }
    for (uint32_t d = 0; first && d <= ties->n; d++) {
        first[d + 1] += first[d];
    }
    for (uint32_t v = 0; first && v < ties->n; v++) {
        order[first[ties->n - (ties->start[v + 1] - ties->start[v])]++] = v;
    }
    cn__free(first);
    return first != NULL;
}

/* The correlation of two variables that are 0 or 1, by how often they are (first, second). */
static double phi(double both, double first, double second, double none) {
    double scale = (both + first) * (second + none) * (both + second) * (first + none);
    return scale > 0 ? (both * none - first * second) / sqrt(scale) : (double)NAN;
}

static void correlate(const cn__ties *ties, cn_roles *out) {
    double inside = 0, outside = 0;
    for (uint32_t v = 0; v < ties->n; v++) {
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            if (ties->to[e] > v && out->core[v] == out->core[ties->to[e]]) {
                inside += out->core[v];
                outside += !out->core[v];
            }
        }
    }
    double core = out->core_size;
    double rest = ties->n - core;
    double core_pairs = core * (core - 1) / 2;
    double rest_pairs = rest * (rest - 1) / 2;
    out->core_correlation = phi(inside, core_pairs - inside, outside, rest_pairs - outside);
}

bool cn__core_periphery(const cn__ties *ties, cn_roles *out) {
    uint32_t *order = cn__alloc(ties->n, sizeof *order);
    if (!order || !order_by_degree(ties, order)) {
        cn__free(order);
        return false;
    }
    int64_t errors = (int64_t)(ties->count / 2);
    int64_t best = errors;
    for (uint32_t k = 0; k < ties->n; k++) { /* one more joins a core of k */
        uint32_t v = order[k];
        errors += (int64_t)k - (int64_t)(ties->start[v + 1] - ties->start[v]);
        if (errors < best) {
            best = errors;
            out->core_size = k + 1;
        }
    }
    for (uint32_t k = 0; k < out->core_size; k++) {
        out->core[order[k]] = true;
    }
    out->core_errors = (uint64_t)best;
    correlate(ties, out);
    cn__free(order);
    return true;
}

/* ---- effective size ---- */

typedef struct sizing {
    const cn__ties *ties;
    double *total;
    double *strongest;
    double *effective;
} sizing;

static void visit(void *context, const cn__triangle *t) {
    const sizing *s = context;
    const double *w = s->ties->weight;
    double uv = w[t->uv], vw = w[t->vw], uw = w[t->uw];
    /* for a corner i with j, q: p_iq m_jq + p_ij m_qj */
    s->effective[t->u] -= (uw * vw / s->strongest[t->v] + uv * vw / s->strongest[t->w]) / s->total[t->u];
    s->effective[t->v] -= (vw * uw / s->strongest[t->u] + uv * uw / s->strongest[t->w]) / s->total[t->v];
    s->effective[t->w] -= (vw * uv / s->strongest[t->u] + uw * uv / s->strongest[t->v]) / s->total[t->w];
}

bool cn__effective_size(const cn__ties *ties, double *effective) {
    sizing s = {ties, cn__calloc(ties->n, sizeof(double)), cn__calloc(ties->n, sizeof(double)), effective};
    bool ok = s.total && s.strongest;
    for (uint32_t v = 0; ok && v < ties->n; v++) {
        effective[v] = (double)(ties->start[v + 1] - ties->start[v]);
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            s.total[v] += ties->weight[e];
            s.strongest[v] = fmax(s.strongest[v], ties->weight[e]);
        }
        effective[v] = ties->start[v] == ties->start[v + 1] ? (double)NAN : effective[v];
    }
    ok = ok && cn__ties_triangles(ties, visit, &s, NULL) == CN_OK;
    cn__free(s.total);
    cn__free(s.strongest);
    return ok;
}

/* ---- all ---- */

static bool allocate(cn_roles *out, uint32_t n) {
    bool ok = true;
    *out = (cn_roles){.n = n};
    for (int role = 0; role < CN_BROKER_COUNT; role++) {
        out->brokered[role] = cn__calloc(n, sizeof **out->brokered);
        ok = ok && out->brokered[role];
    }
    out->constraint = cn__alloc(n, sizeof *out->constraint);
    out->effective = cn__alloc(n, sizeof *out->effective);
    out->core = cn__calloc(n, sizeof *out->core);
    return ok && out->constraint && out->effective && out->core;
}

cn_status cn_roles_compute(const cn_graph *graph, const cn_groups *groups, cn_roles *out, cn_error *err) {
    cn__ties all = {.n = 0};
    cn__ties positive = {.n = 0};
    cn_status status = allocate(out, graph->n) ? CN_OK : CN__NO_MEMORY(err);
    if (status == CN_OK) {
        status = cn__ties_build(graph, false, &all, err);
    }
    if (status == CN_OK) {
        status = cn__ties_build(graph, true, &positive, err);
    }
    if (status == CN_OK && (!cn__brokerage(graph, &all, groups, out) || !cn__core_periphery(&all, out) ||
                            !cn__effective_size(&positive, out->effective))) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        status = cn_metric_compute(graph, CN_METRIC_CONSTRAINT, NULL, out->constraint, NULL, err);
    }
    cn__ties_release(&all);
    cn__ties_release(&positive);
    if (status != CN_OK) {
        cn_roles_release(out);
    }
    return status;
}

void cn_roles_release(cn_roles *roles) {
    if (roles) {
        for (int role = 0; role < CN_BROKER_COUNT; role++) {
            cn__free(roles->brokered[role]);
        }
        cn__free(roles->constraint);
        cn__free(roles->effective);
        cn__free(roles->core);
        *roles = (cn_roles){.n = 0};
    }
}
