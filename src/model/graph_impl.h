/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the projection (graph_project.c), the sorting of arcs (graph_csr.c) and the finished graph (graph.c). */
#ifndef CN_MODEL_GRAPH_IMPL_H
#define CN_MODEL_GRAPH_IMPL_H

#include "coopnet/graph.h"

/* What is to become arcs, in link order. An undirected graph makes two arcs of each entry, of a loop one. */
typedef struct cn__entries {
    size_t count;
    uint32_t *from; /* vertices */
    uint32_t *to;
    uint32_t *
        item; /* what stands behind: a link of the network, or a place in the caller's arrays; NULL: the entry's own number */
    bool borrowed; /* the arrays are somebody else's */
} cn__entries;

/*
 * Arcs in both directions, with the items of the entries behind each: those of arc a are group[group_start[a] … group_start[a+1]-1],
 * ascending.
 */
typedef struct cn__csr {
    uint32_t n;
    uint32_t m;
    uint32_t loops;
    uint32_t *out_start;
    uint32_t *out_to;
    uint32_t *in_start; /* undirected: the same block as out_start */
    uint32_t *in_from;  /* undirected: the same block as out_to */
    uint32_t *in_arc;
    uint32_t *group_start;
    uint32_t *group;
} cn__csr;

/*
 * Sort and merge entries into arcs; their items ascend. The entries are released on the way. CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT. O(V + E).
 */
cn_status cn__csr_build(uint32_t n, cn__entries *entries, bool directed, cn__csr *out, cn_error *err);
void cn__csr_release(cn__csr *csr);

/* The graph as it is allocated: what is shown, and what it owns. */
typedef struct cn__graph {
    cn_graph shown; /* first, so that the two addresses are one */
    cn__csr csr;
    double *weight;
    cn_entity *entity;
    uint32_t *vertex;
    cn_link *trace; /* by csr.group_start; NULL without the option */
} cn__graph;

/* Set what is shown from what is owned; of the groups only those of a trace are kept. */
void cn__graph_show(cn__graph *graph, bool directed, cn_weighting weighting);

bool cn__entries_init(cn__entries *entries, size_t count); /* room for `count`; false: memory */
void cn__entries_release(cn__entries *entries);

#endif
