/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case graph as igraph sees it, for comparison. Arcs of weight 0 are left out on request. */
#ifndef CN_TEST_IGRAPH_CASE_H
#define CN_TEST_IGRAPH_CASE_H

#include "case_graphs.h"
#include "igraph_graph.h"

static inline void igraph_case_open(igraph_twin *out, const case_graph *g, bool positive) {
    igraph_twin_begin(out);
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = g->directed ? 0 : u; v < g->n; v++) {
            if (g->has[u][v] && !(positive && g->weight[u][v] == 0)) {
                igraph_twin_add(out, u, v, &g->weight[u][v]);
            }
        }
    }
    igraph_twin_end(out, g->n, g->directed);
}

#endif
