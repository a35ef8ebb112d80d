/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strongly connected components: the groups within which goods can flow in a circle. */
#ifndef CN_ANALYSE_SCC_H
#define CN_ANALYSE_SCC_H

#include "coopnet/graph.h"

typedef struct cn__scc {
    uint32_t count;
    uint32_t *of;     /* by vertex: its component; CN_NONE where left out */
    uint32_t *start;  /* count+1: into vertex */
    uint32_t *vertex; /* by component, ascending in each */
} cn__scc;

/*
 * Components are numbered against the flow: an arc between two components goes from the higher number to the lower.
 * On an undirected graph they are the connected components.
 * only: NULL, or by vertex whether it takes part. positive: leave out arcs of weight 0.
 * CN_OK or CN_ERR_MEMORY. O(V + E).
 */
cn_status cn__scc_compute(const cn_graph *graph, const bool *only, bool positive, cn__scc *out, cn_error *err);
void cn__scc_release(cn__scc *scc);

#endif
