/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cn_graph as igraph sees it: loops and, where weights count, arcs of weight 0 left out. */
#ifndef CN_TEST_IGRAPH_GRAPH_H
#define CN_TEST_IGRAPH_GRAPH_H

#include <igraph/igraph.h>

#include "coopnet/graph.h"

typedef struct igraph_twin {
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_t lengths; /* 1/weight */
    igraph_vector_t result;
} igraph_twin;

static inline void igraph_twin_open(igraph_twin *out, const cn_graph *graph) {
    igraph_vector_int_t ends;
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&out->weights, 0);
    igraph_vector_init(&out->lengths, 0);
    igraph_vector_init(&out->result, 0);
    igraph_vector_int_reserve(&ends, 2 * (igraph_integer_t)graph->edge_count);
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            if (to != v && (graph->directed || v < to) && (!graph->weight || graph->weight[a] > 0)) {
                igraph_vector_int_push_back(&ends, v);
                igraph_vector_int_push_back(&ends, to);
                if (graph->weight) {
                    igraph_vector_push_back(&out->weights, graph->weight[a]);
                    igraph_vector_push_back(&out->lengths, 1 / graph->weight[a]);
                }
            }
        }
    }
    igraph_create(&out->graph, &ends, graph->n, graph->directed);
    igraph_vector_int_destroy(&ends);
}

static inline void igraph_twin_close(igraph_twin *twin) {
    igraph_destroy(&twin->graph);
    igraph_vector_destroy(&twin->weights);
    igraph_vector_destroy(&twin->lengths);
    igraph_vector_destroy(&twin->result);
}

#endif
