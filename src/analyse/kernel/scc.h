/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strongly connected components: the groups within which goods can flow in a circle. */
#ifndef CN_ANALYSE_SCC_H
#define CN_ANALYSE_SCC_H

#include "coopnet/graph.h"

/* Lists of arcs; an arc to CN_NONE is none. */
typedef struct cn__scc_arcs {
    uint32_t n;
    const uint32_t *start; /* n+1 */
    const uint32_t *to;
    const double *positive; /* by arc, NULL: all; an arc counts where this is above 0 */
    const bool *only;       /* by vertex, NULL: all; who takes part */
} cn__scc_arcs;

/*
 * The component of every vertex (CN_NONE where left out) and their number. An arc between two components goes from
 * the higher number to the lower. False: memory. O(V + E).
 */
bool cn__scc_number(const cn__scc_arcs *arcs, uint32_t *of, uint32_t *count);

typedef struct cn__scc {
    uint32_t count;
    uint32_t *of;     /* by vertex: its component; CN_NONE where left out */
    uint32_t *start;  /* count+1: into vertex */
    uint32_t *vertex; /* by component, ascending in each */
} cn__scc;

/*
 * The same with lists of members. On an undirected graph they are the connected components.
 * only: NULL, or by vertex whether it takes part. positive: leave out arcs of weight 0.
 * CN_OK or CN_ERR_MEMORY. O(V + E).
 */
cn_status cn__scc_compute(const cn_graph *graph, const bool *only, bool positive, cn__scc *out, cn_error *err);
void cn__scc_release(cn__scc *scc);

#endif
