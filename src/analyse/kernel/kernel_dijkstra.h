/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances from one vertex along rows with lengths. */
#ifndef CN_ANALYSE_KERNEL_DIJKSTRA_H
#define CN_ANALYSE_KERNEL_DIJKSTRA_H

#include "coopnet/graph.h"

typedef struct cn__heap_item {
    double key;
    uint32_t vertex;
} cn__heap_item;

/* Reached vertices in order of their distance: order[0 … count-1]. Kept by the thread, used for many searches. */
typedef struct cn__dijkstra {
    double *distance; /* by vertex; INFINITY where not reached */
    uint32_t *rank;   /* place in order; CN_NONE while not settled */
    uint32_t *order;
    uint32_t count;
    cn__heap_item *heap; /* n+1: the first is not used */
    uint32_t *place;     /* of a vertex in the heap, 0: not in it */
    uint32_t heap_count;
} cn__dijkstra;

bool cn__dijkstra_init(cn__dijkstra *d, uint32_t n); /* false: memory; release in any case */
void cn__dijkstra_release(cn__dijkstra *d);

/* `length` by entry of `to`, positive. Ends when `target` is settled and all that are as near (CN_NONE: at the end). */
void cn__dijkstra_search(cn__dijkstra *d, const uint32_t *start, const uint32_t *to, const double *length,
                         uint32_t source, uint32_t target);
void cn__dijkstra_clear(cn__dijkstra *d); /* before the next search */

/* Does an arc of this length from u to v lie on a shortest path to v? Equal lengths are equal up to rounding. */
static inline bool cn__is_tight(const cn__dijkstra *d, uint32_t u, uint32_t v, double length) {
    double way = d->distance[u] + length;
    double shortest = d->distance[v];
    double more = way > shortest ? way - shortest : shortest - way;
    return d->rank[u] < d->rank[v] && (way == shortest || more < 1e-10 * (way + shortest));
}

/* 1/weight of each entry; NULL: memory. */
double *cn__lengths_of(const double *weights, uint32_t count);

#endif
