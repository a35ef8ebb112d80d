/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an iteration x ← A^T x needs of a graph: the in-arcs of the vertices that take part, renumbered by falling number of in-arcs, so that
 * rows that follow one another are about as long and the end of a row comes as foreseen. Vertices are worked on in chunks of about as many
 * arcs. A chunk is the unit of work and of summing up: sums over vertices are made per chunk, then over the chunks in
 * order, so that the bytes do not depend on the number of threads.
 */
#ifndef CN_ANALYSE_KERNEL_PULL_H
#define CN_ANALYSE_KERNEL_PULL_H

#include "coopnet/graph.h"
#include "kernels.h"

typedef struct cn__inflow {
    uint32_t n;
    uint32_t arcs;
    bool symmetric;     /* every arc has its counterpart of the same weight */
    uint32_t *start;    /* n+1: rows of `from` */
    uint32_t *from;     /* ascending in the numbers of the graph */
    double *weight;     /* by entry of `from`; NULL without weights */
    uint32_t *original; /* by vertex: its number in the graph */
    uint32_t *place;    /* by vertex of the graph: its number here, CN_NONE where it has none */
    double *received;   /* by vertex: Σ weight · share over those that are left out; NULL without shares */
    uint32_t chunks;
    uint32_t *first; /* chunks+1: vertices */
} cn__inflow;

/* Who takes part, and what comes from outside. */
typedef struct cn__inflow_options {
    const bool *left_out; /* by vertex of the graph; NULL: only who has no arcs at all */
    const double
        *share; /* by vertex of the graph: what one that is left out passes on for each unit of weight; NULL: nothing */
} cn__inflow_options;

/* Threads worth starting for an iteration over this graph. */
int cn__inflow_threads(const cn_graph *graph, const cn__kernel_watch *watch);

/* False: memory; to be released all the same. O(V + E). */
bool cn__inflow_build(const cn_graph *graph, const cn__inflow_options *options, int threads, cn__inflow *out);
void cn__inflow_release(cn__inflow *inflow);

/*
 * Σ weight · x over the in-arcs of v. Four sums side by side: in a long row an addition would else wait for the one before it.
 */
static inline double cn__pull(const cn__inflow *inflow, const double *x, uint32_t v) {
    const uint32_t *from = inflow->from + inflow->start[v];
    size_t length = inflow->start[v + 1] - inflow->start[v];
    if (length < 4 && !inflow->weight) { /* most rows of a network of firms */
        double few = length > 0 ? x[from[0]] : 0;
        few += length > 1 ? x[from[1]] : 0;
        return few + (length > 2 ? x[from[2]] : 0);
    }
    double sum[4] = {0};
    size_t i = 0;
    if (inflow->weight) {
        const double *weight = inflow->weight + inflow->start[v];
        for (; i + 4 <= length; i += 4) {
            sum[0] += weight[i] * x[from[i]];
            sum[1] += weight[i + 1] * x[from[i + 1]];
            sum[2] += weight[i + 2] * x[from[i + 2]];
            sum[3] += weight[i + 3] * x[from[i + 3]];
        }
        for (; i < length; i++) {
            sum[0] += weight[i] * x[from[i]];
        }
    } else {
        for (; i + 4 <= length; i += 4) {
            sum[0] += x[from[i]];
            sum[1] += x[from[i + 1]];
            sum[2] += x[from[i + 2]];
            sum[3] += x[from[i + 3]];
        }
        for (; i < length; i++) {
            sum[0] += x[from[i]];
        }
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

#endif
