/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best way from one vertex to the target that avoids some vertices and some first arcs. */
#ifndef CN_ANALYSE_PATH_SEARCH_H
#define CN_ANALYSE_PATH_SEARCH_H

#include "coopnet/chain.h"
#include "vertex_heap.h"

/* The question and the room to answer it, kept over many searches on one graph. */
typedef struct cn__path_search {
    const cn_graph *graph;
    uint32_t target;
    cn_path_rank rank;
    bool *blocked;      /* n, the caller's: vertices that may not be entered */
    bool *banned_first; /* n, the caller's: vertices that may not be the first after the start */
    uint32_t *steps;    /* n: to the target; CN_NONE not reached */
    double *width;      /* n: widest bottleneck of the ways considered */
    uint32_t *queue;    /* n */
    uint32_t *ahead;    /* n: from the start; CN_NONE not reached */
    uint32_t *front;    /* n */
    uint32_t *way;      /* n: vertices on ways of fewest steps */
    cn__vertex_heap heap;
} cn__path_search;

/* Room for a graph. False: memory; release in any case. */
bool cn__path_search_init(cn__path_search *search, const cn_graph *graph, uint32_t target, cn_path_rank rank);
void cn__path_search_release(cn__path_search *search);

/*
 * The best simple way from `start` to the target when the way up to `start` has the bottleneck `root_width` (INFINITY when
 * there is none). Best: by the rank of the whole, then the least sequence of vertices. `start` must be blocked.
 * The vertices after start are written to `vertices`, their arcs to `arcs` (room for n), their number to *count: 0 when
 * there is no way. False: memory.
 */
bool cn__path_search_run(cn__path_search *search, uint32_t start, double root_width, uint32_t *vertices, uint32_t *arcs,
                         uint32_t *count);

#endif
