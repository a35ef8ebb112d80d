/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A graph as igraph sees it. Of a cn_graph loops and, where weights count, arcs of weight 0 are left out. */
#ifndef CN_TEST_IGRAPH_GRAPH_H
#define CN_TEST_IGRAPH_GRAPH_H

#include <igraph/igraph.h>

#include "coopnet/graph.h"

typedef struct igraph_twin {
    igraph_t graph;
    igraph_vector_int_t ends; /* while it is made */
    igraph_vector_t weights;  /* empty: none */
    igraph_vector_t lengths;  /* 1/weight */
    igraph_vector_t result;
} igraph_twin;

static inline void igraph_twin_begin(igraph_twin *out) {
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_vector_int_init(&out->ends, 0);
    igraph_vector_init(&out->weights, 0);
    igraph_vector_init(&out->lengths, 0);
    igraph_vector_init(&out->result, 0);
}

/* An arc; of all arcs or of none the weight is given (NULL). */
static inline void igraph_twin_add(igraph_twin *out, uint32_t from, uint32_t to, const double *weight) {
    igraph_vector_int_push_back(&out->ends, from);
    igraph_vector_int_push_back(&out->ends, to);
    if (weight) {
        igraph_vector_push_back(&out->weights, *weight);
        igraph_vector_push_back(&out->lengths, 1 / *weight);
    }
}

static inline void igraph_twin_end(igraph_twin *out, uint32_t n, bool directed) {
    igraph_create(&out->graph, &out->ends, n, directed);
    igraph_vector_int_destroy(&out->ends);
}

static inline void igraph_twin_open(igraph_twin *out, const cn_graph *graph) {
    igraph_twin_begin(out);
    igraph_vector_int_reserve(&out->ends, 2 * (igraph_integer_t)graph->edge_count);
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            if (to != v && (graph->directed || v < to) && (!graph->weight || graph->weight[a] > 0)) {
                igraph_twin_add(out, v, to, graph->weight ? &graph->weight[a] : NULL);
            }
        }
    }
    igraph_twin_end(out, graph->n, graph->directed);
}

static inline void igraph_twin_close(igraph_twin *twin) {
    igraph_destroy(&twin->graph);
    igraph_vector_destroy(&twin->weights);
    igraph_vector_destroy(&twin->lengths);
    igraph_vector_destroy(&twin->result);
}

#endif
