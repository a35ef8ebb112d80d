/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places for the vertices of a graph in the plane: neighbours near each other, the rest apart; direction and weights of arcs
 * are ignored. For maps of any size, where Graphviz would take minutes.
 */
#ifndef CN_RENDER_SPREAD_H
#define CN_RENDER_SPREAD_H

#include "coopnet/graph.h"

/*
 * Fill x and y (graph->n each), a typical link about 1 long. Components stand beside each other, the largest first; vertices without
 * any neighbour in rows below. The same bytes for any number of threads.
 * CN_OK, CN_ERR_MEMORY. O((V log V + E) rounds), rounds at most some hundreds on the coarsest graph and dozens on the finest.
 */
cn_status cn__spread(const cn_graph *graph, float *x, float *y, cn_error *err);

#endif
