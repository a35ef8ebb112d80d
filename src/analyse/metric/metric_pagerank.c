/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PageRank (Brin & Page 1998): where a rouble is found in the long run that follows a random link with the chance d
 * (in proportion to the weights) and else starts anew at any vertex. A vertex without out-weight passes on to all alike.
 * Invariant: x sums to 1 up to rounding (a step moves the sum towards 1). Iteration x ← (1-d)/n + d·(arrivals), each step
 * pulling along the in-arcs in their order, so the bytes do not depend on threads. Each step brings the sum of all errors
 * down by the factor d at least, so with change Δ in a step the error left is at most Δ·d/(1-d). Cost O(V + E) a step,
 * about 200 steps at d = 0.85.
 */
#include "metric.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"

enum { MOST_STEPS = 20000, WINDOW = 32 };
static const double ERROR_AIMED = 1e-14;
static const double ERROR_ALLOWED = 1e-10;

static double arc_weight(const cn_graph *graph, uint32_t arc) { return graph->weight ? graph->weight[arc] : 1; }

static void fill_out_sums(const cn_graph *graph, double *out_sum) {
    for (uint32_t v = 0; v < graph->n; v++) {
        out_sum[v] = 0;
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            out_sum[v] += arc_weight(graph, a);
        }
    }
}

/* One step from x to y; returns the sum of |y - x|. `share` is room for n numbers. */
static double walk(const cn_graph *graph, double damping, const double *out_sum, const double *x, double *share,
                   double *y) {
    double stuck = 0;
    double change = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        share[v] = out_sum[v] > 0 ? damping * x[v] / out_sum[v] : 0;
        stuck += out_sum[v] > 0 ? 0 : x[v];
    }
    double everywhere = (1 - damping + damping * stuck) / graph->n;
    for (uint32_t v = 0; v < graph->n; v++) {
        y[v] = everywhere;
        for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
            y[v] += arc_weight(graph, graph->in_arc[i]) * share[graph->in_from[i]];
        }
        change += fabs(y[v] - x[v]);
    }
    return change;
}

cn_status cn__metric_pagerank(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    uint32_t n = graph->n;
    double damping = options->damping;
    double amplified = damping / (1 - damping); /* error left per change in the last step */
    double *room = cn__alloc(n, 3 * sizeof *room);
    if (!room) {
        return CN__NO_MEMORY(err);
    }
    double *out_sum = room;
    double *share = room + n;
    double *next = room + 2 * (size_t)n;
    fill_out_sums(graph, out_sum);
    for (uint32_t v = 0; v < n; v++) {
        values[v] = 1.0 / n;
    }
    double change = INFINITY;
    double before = INFINITY; /* a window ago: only rounding can keep the change from shrinking since */
    for (int step = 1; step <= MOST_STEPS && change * amplified > ERROR_AIMED; step++) {
        change = walk(graph, damping, out_sum, values, share, next);
        memcpy(values, next, n * sizeof *values);
        if (step % WINDOW == 0) {
            if (change >= before) {
                break;
            }
            before = change;
        }
    }
    double total = 0;
    for (uint32_t v = 0; v < n; v++) {
        total += values[v];
    }
    for (uint32_t v = 0; v < n; v++) {
        values[v] /= total;
    }
    if (change * amplified > ERROR_ALLOWED) {
        *remark = CN_MSG_PAGERANK_NEAR;
    }
    cn__free(room);
    return CN_OK;
}
