/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Burt's constraint (1992): c_i = Σ_j (p_ij + Σ_q p_iq p_qj)², over the neighbours j of i and q other than i and j, where
 * p_ij is the share of the ties of i that go to j, both directions added. High: the partners of an organisation deal with
 * each other, so it bridges nothing. The inner sum has a term for every triangle i, q, j; each triangle is met once and
 * adds to the six ordered pairs of its corners. Cost O(m √m), two numbers a tie of memory.
 */
#include "metric.h"

#include <math.h>

#include "error.h"
#include "memory.h"
#include "ties.h"

typedef struct shares {
    const cn__ties *ties;
    double *direct;   /* p_ij by entry */
    double *indirect; /* Σ_q p_iq p_qj by entry */
} shares;

static void add_triangle(void *context, const cn__triangle *t) {
    const shares *s = context;
    const size_t *opposite = s->ties->opposite;
    const double *p = s->direct;
    size_t uv = t->uv;
    size_t vw = t->vw;
    size_t uw = t->uw;
    size_t vu = opposite[uv];
    size_t wv = opposite[vw];
    size_t wu = opposite[uw];
    s->indirect[uv] += p[uw] * p[wv];
    s->indirect[vu] += p[vw] * p[wu];
    s->indirect[uw] += p[uv] * p[vw];
    s->indirect[wu] += p[wv] * p[vu];
    s->indirect[vw] += p[vu] * p[uw];
    s->indirect[wv] += p[wu] * p[uv];
}

static void fill_direct(const cn__ties *ties, double *direct) {
    for (uint32_t v = 0; v < ties->n; v++) {
        double sum = 0;
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            sum += ties->weight[e];
        }
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            direct[e] = ties->weight[e] / sum;
        }
    }
}

static void sum_values(const shares *s, double *values, cn_message *remark) {
    const cn__ties *ties = s->ties;
    for (uint32_t v = 0; v < ties->n; v++) {
        if (ties->start[v] == ties->start[v + 1]) {
            values[v] = NAN;
            *remark = CN_MSG_CONSTRAINT_ISOLATED;
            continue;
        }
        values[v] = 0;
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            double part = s->direct[e] + s->indirect[e];
            values[v] += part * part;
        }
    }
}

cn_status cn__metric_constraint(const cn_graph *graph, const cn_metric_options *options, double *values,
                                cn_message *remark, cn_error *err) {
    (void)options;
    cn__ties ties;
    cn_status status = cn__ties_build(graph, true, &ties, err);
    if (status != CN_OK) {
        return status;
    }
    shares s = {&ties, cn__alloc(ties.count, sizeof(double)), cn__calloc(ties.count, sizeof(double))};
    if (!s.direct || !s.indirect) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    fill_direct(&ties, s.direct);
    status = cn__ties_triangles(&ties, add_triangle, &s, err);
    if (status == CN_OK) {
        sum_values(&s, values, remark);
    }
done:
    cn__free(s.direct);
    cn__free(s.indirect);
    cn__ties_release(&ties);
    return status;
}
