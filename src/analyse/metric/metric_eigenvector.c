/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Eigenvector centrality (Bonacich 1972): λ x_v = Σ_{u→v} w_uv x_u for the largest λ for which there is a solution x ≥ 0,
 * scaled to maximum 1. To be supplied by important suppliers is to be important; on an undirected graph, to know
 * important ones.
 *
 * A layer is seldom strongly connected, so the vector is put together from its strongly connected components:
 * - λ is the largest of their spectral radii; components whose radius equals it are the sources of importance;
 * - where one such component lies upstream of another, only the last one downstream can carry weight (the others must be 0
 *   for the equation to hold); each last one gets its own Perron vector with maximum 1;
 * - what lies downstream of them follows by solving the equation component by component along the flow; all else is 0.
 * Where several components tie without reaching each other the vector is not unique; this rule then makes the choice.
 * Without any cycle λ is 0 and nothing exists. Cost: O(E) a step, the steps by the gap to the second eigenvalue.
 */
#include "metric.h"

#include <math.h>

#include "error.h"
#include "memory.h"
#include "perron.h"
#include "scc.h"

/* Radii closer than this (relatively) are the same. */
static const double SAME_RADIUS = 1e-10;

typedef struct spectrum {
    const cn_graph *graph;
    cn__scc scc;
    double *radius;    /* by component */
    bool *top;         /* by component: its radius is λ */
    bool *reaches_top; /* by component: it is top, or a component downstream of it is */
    double *room;      /* by vertex */
    double lambda;
    cn__solved worst;
    cn__run run;
} spectrum;

static void note(spectrum *s, cn__solved outcome) {
    if (outcome > s->worst) {
        s->worst = outcome;
    }
}

static void find_radii(spectrum *s, double *x) {
    s->lambda = 0;
    for (uint32_t c = 0; c < s->scc.count; c++) {
        note(s, cn__perron(s->graph, &s->scc, c, x, s->room, &s->radius[c], &s->run));
        s->lambda = fmax(s->lambda, s->radius[c]);
    }
    for (uint32_t c = 0; c < s->scc.count; c++) {
        s->top[c] = s->lambda > 0 && s->radius[c] >= s->lambda * (1 - SAME_RADIUS);
    }
}

/* Is there a top component downstream of c? Components downstream have lower numbers and are done. */
static bool top_below(const spectrum *s, uint32_t c) {
    const cn_graph *graph = s->graph;
    for (uint32_t i = s->scc.start[c]; i < s->scc.start[c + 1]; i++) {
        uint32_t v = s->scc.vertex[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t other = s->scc.of[graph->out_to[a]];
            bool counts = !graph->weight || graph->weight[a] > 0;
            if (other != c && counts && s->reaches_top[other]) {
                return true;
            }
        }
    }
    return false;
}

/* What comes into each vertex of c from other components, into room. False: nothing does. */
static bool sum_inflow(spectrum *s, uint32_t c, const double *x) {
    const cn_graph *graph = s->graph;
    bool any = false;
    for (uint32_t i = s->scc.start[c]; i < s->scc.start[c + 1]; i++) {
        uint32_t v = s->scc.vertex[i];
        s->room[v] = 0;
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            if (s->scc.of[u] != c) {
                s->room[v] += (graph->weight ? graph->weight[graph->in_arc[k]] : 1) * x[u];
            }
        }
        any = any || s->room[v] > 0;
    }
    return any;
}

static void put_together(spectrum *s, double *x) {
    for (uint32_t c = 0; c < s->scc.count; c++) {
        bool below = top_below(s, c);
        s->reaches_top[c] = s->top[c] || below;
        s->top[c] = s->top[c] && !below;
    }
    for (uint32_t c = s->scc.count; c-- > 0;) {
        if (s->top[c]) {
            continue; /* x holds its Perron vector */
        }
        if (sum_inflow(s, c, x)) {
            note(s, cn__perron_follow(s->graph, &s->scc, c, s->lambda, s->radius[c], s->room, x, &s->run));
        } else {
            for (uint32_t i = s->scc.start[c]; i < s->scc.start[c + 1]; i++) {
                x[s->scc.vertex[i]] = 0;
            }
        }
    }
}

static void scale_to_one(uint32_t n, double *x) {
    double largest = 0;
    for (uint32_t v = 0; v < n; v++) {
        largest = fmax(largest, x[v]);
    }
    for (uint32_t v = 0; v < n; v++) {
        x[v] /= largest;
    }
}

cn_status cn__metric_eigenvector(const cn_graph *graph, const cn_metric_options *options, double *values,
                                 cn_message *remark, cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    spectrum s = {.graph = graph};
    cn_status status = cn__scc_compute(graph, NULL, true, &s.scc, err);
    if (status != CN_OK) {
        return status;
    }
    s.radius = cn__alloc(s.scc.count, sizeof *s.radius);
    s.top = cn__alloc(s.scc.count, sizeof *s.top);
    s.reaches_top = cn__alloc(s.scc.count, sizeof *s.reaches_top);
    s.room = cn__alloc(graph->n, sizeof *s.room);
    if (!s.radius || !s.top || !s.reaches_top || !s.room) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    cn__run_start(&s.run, &watch, 1, CN__PERRON_WORK, 0);
    find_radii(&s, values);
    if (s.lambda > 0) {
        put_together(&s, values);
        scale_to_one(graph->n, values);
        *remark = s.worst == CN__SOLVED_NEAR ? CN_MSG_EIGENVECTOR_NEAR : CN_MSG_NONE;
    } else {
        for (uint32_t v = 0; v < graph->n; v++) {
            values[v] = NAN;
        }
        *remark = graph->directed ? CN_MSG_EIGENVECTOR_UNDEFINED : CN_MSG_EIGENVECTOR_NO_TIES;
    }
    if (s.worst == CN__SOLVED_NO_MEMORY) {
        status = CN__NO_MEMORY(err);
    }
    status = status == CN_OK ? cn__run_end(&s.run, err) : status;
done:
    cn__free(s.radius);
    cn__free(s.top);
    cn__free(s.reaches_top);
    cn__free(s.room);
    cn__scc_release(&s.scc);
    return status;
}
