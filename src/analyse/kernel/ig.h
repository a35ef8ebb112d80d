/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only door to igraph: one function per job on a cn_graph, no igraph type outside ig.c. All of them: loops are left
 * out; `values` takes graph->n doubles; CN_ERR_MEMORY, or CN_ERR_INTERNAL with igraph's first message. On a weighted
 * graph the length of an arc is 1/weight and an arc of weight 0 does not exist.
 */
#ifndef CN_ANALYSE_IG_H
#define CN_ANALYSE_IG_H

#include "coopnet/metrics.h"

/* Sum over the pairs (ordered if directed) of the share of shortest paths through a vertex. */
cn_status cn__ig_betweenness(const cn_graph *graph, double *values, cn_error *err);

#endif
