/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file backbone.h
 * The backbone of a weighted graph: which arcs stand out of what their ends trade. Formula and source: docs/large-pictures.md.
 */
#ifndef COOPNET_BACKBONE_H
#define COOPNET_BACKBONE_H

#include "coopnet/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The disparity filter (Serrano, Boguñá & Vespignani, PNAS 106:6483, 2009). If a vertex with k arcs divided its strength among them at random,
 * an arc would get the share p or more with probability (1 − p)^(k − 1). An arc is judged by both ends, by the source among the arcs that leave it and
 * by the target among those that reach it, and `level` gets the smaller probability; a vertex with a single arc says nothing (1). The backbone at
 * level α are the arcs with `level` < α; each end keeps what is large for it, so that small firms do not vanish behind large ones.
 * In an undirected graph both arcs of an edge get the same. Without weights every arc counts 1. An arc of weight 0 has 1.
 * @param level by arc (graph->m)
 * @return CN_OK, CN_ERR_MEMORY. O(V + E).
 */
CN_API cn_status cn_backbone_compute(const cn_graph *graph, double *level, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
