/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain graph of a buyer in memory, for the analyses on it. */
#ifndef CN_ANALYSE_UPSTREAM_H
#define CN_ANALYSE_UPSTREAM_H

#include "coopnet/exposure.h"

/* A purchase of one product by one vertex: arcs of the same product lie together. */
typedef struct cn__upstream_group {
    uint32_t vertex;
    uint32_t product;
    uint32_t arc_start; /* ends where the next group begins */
    uint32_t sources;   /* suppliers, the buyer itself not counted */
    bool outside;       /* some of it is bought outside the flows */
} cn__upstream_group;

struct cn_upstream {
    const cn_flows *flows;
    uint32_t buyer;
    cn_upstream_vertex *vertices; /* in the order of a breadth-first search from the buyer */
    uint32_t vertex_count;
    size_t vertex_cap;
    cn_upstream_arc *arcs; /* vertex by vertex, each by product and supplier */
    size_t arc_count;
    size_t arc_cap;
    uint32_t *arc_start;        /* vertex_count+1 */
    cn__upstream_group *groups; /* vertex by vertex; group_count+1, the last one closes */
    size_t group_count;
    size_t group_cap;
    uint32_t *group_start; /* vertex_count+1 */
    double *known; /* by vertex: value of the arcs into it without the buyer's own, plus what a scenario added */

    uint32_t local_count; /* firms, the buyer is 0; numbered in order of their first vertex */
    uint32_t *local;      /* by vertex */
    uint32_t *firm;       /* by local firm */
    uint32_t *firm_start; /* local_count+1 */
    uint32_t *firm_vertex;

    uint32_t part_count; /* strongly connected parts, numbered from the sources to the buyer */
    uint32_t *part;      /* by vertex */
    uint32_t *part_start;
    uint32_t *part_vertex; /* ascending in each */

    cn_upstream_notes notes;
};

/*
 * Strongly connected parts of the chain graph, arcs going from a vertex to its suppliers; an arc leads to the same or a lower
 * part. `part` has vertex_count places. False: memory.
 * with_returns: deliveries by the buyer count as arcs to vertex 0.
 */
bool cn__upstream_parts(const cn_upstream *up, bool with_returns, uint32_t *part, uint32_t *part_count);
/* Lists by key (counting sort): start has count+1 places, list as many as there are keys. */
void cn__upstream_lists(const uint32_t *key, uint32_t n, uint32_t count, uint32_t *start, uint32_t *list);
/* Fails with "no such firm". */
cn_status cn__no_firm(uint32_t firm, cn_error *err);
/* Largest first; ties give 0. */
int cn__compare_down(double a, double b);

#endif
