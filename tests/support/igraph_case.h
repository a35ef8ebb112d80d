/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case graph as igraph sees it, for comparison. Arcs of weight 0 are left out on request. */
#ifndef CN_TEST_IGRAPH_CASE_H
#define CN_TEST_IGRAPH_CASE_H

#include <igraph/igraph.h>

#include "case_graphs.h"

typedef struct igraph_case {
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_t lengths; /* 1/weight */
    igraph_vector_t result;
} igraph_case;

static inline void igraph_case_open(igraph_case *out, const case_graph *g, bool positive) {
    igraph_vector_int_t ends;
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&out->weights, 0);
    igraph_vector_init(&out->lengths, 0);
    igraph_vector_init(&out->result, 0);
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = g->directed ? 0 : u; v < g->n; v++) {
            if (g->has[u][v] && !(positive && g->weight[u][v] == 0)) {
                igraph_vector_int_push_back(&ends, u);
                igraph_vector_int_push_back(&ends, v);
                igraph_vector_push_back(&out->weights, g->weight[u][v]);
                igraph_vector_push_back(&out->lengths, 1 / g->weight[u][v]);
            }
        }
    }
    igraph_create(&out->graph, &ends, g->n, g->directed);
    igraph_vector_int_destroy(&ends);
}

static inline void igraph_case_close(igraph_case *c) {
    igraph_destroy(&c->graph);
    igraph_vector_destroy(&c->weights);
    igraph_vector_destroy(&c->lengths);
    igraph_vector_destroy(&c->result);
}

#endif
