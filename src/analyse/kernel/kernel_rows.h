/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A graph made ready for a kernel: no loops, no arcs of weight 0 where weights count, no vertices
 * without arcs, and the vertices renumbered by falling degree, so that the few through which most arcs go lie together in the cache.
 */
#ifndef CN_ANALYSE_KERNEL_ROWS_H
#define CN_ANALYSE_KERNEL_ROWS_H

#include "coopnet/graph.h"
#include "kernels.h"

typedef struct cn__rows {
    uint32_t n;
    uint32_t m;
    bool symmetric;      /* then in_* are out_* */
    uint32_t *out_start; /* n+1 */
    uint32_t *out_to;    /* ascending within a row, unless any_order */
    double *out_weight;  /* by entry of out_to; NULL without weights */
    uint32_t *in_start;
    uint32_t *in_from;  /* likewise */
    double *in_weight;  /* by entry of in_from */
    uint32_t *original; /* by vertex: its number in the graph */
    uint32_t *place;    /* by vertex of the graph: its number here, CN_NONE where it has none */
} cn__rows;

typedef struct cn__rows_options {
    bool weighted;        /* keep the weights of a graph that has any */
    bool ties;            /* symmetric: join u→v and v→u to one tie, weights added up; 1 an arc without weights */
    bool any_order;       /* rows need not ascend: made by several threads; not with ties */
    int threads;          /* for any_order; 0: one */
    const bool *left_out; /* by vertex of the graph; may be NULL */
} cn__rows_options;

/* Threads worth starting for the rows of this graph. */
int cn__rows_threads(const cn_graph *graph, const cn__kernel_watch *watch);

/* CN_OK or CN_ERR_MEMORY. O(V + E). */
cn_status cn__rows_build(const cn_graph *graph, const cn__rows_options *options, cn__rows *out, cn_error *err);
void cn__rows_release(cn__rows *rows);

#endif
