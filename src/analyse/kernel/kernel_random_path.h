/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shortest path between two vertices, drawn with equal chances from all there are. */
#ifndef CN_ANALYSE_KERNEL_RANDOM_PATH_H
#define CN_ANALYSE_KERNEL_RANDOM_PATH_H

#include "kernel_dijkstra.h"
#include "kernel_rows.h"

/* One of the two searches that meet. */
typedef struct cn__half_search {
    const uint32_t *start; /* rows along which it goes */
    const uint32_t *to;
    const uint32_t *back_start; /* rows that lead back */
    const uint32_t *back;
    uint32_t *level; /* by vertex, from 1; 0: not reached */
    double *paths;   /* shortest paths from the beginning of the search */
    uint32_t *queue;
    uint32_t first; /* of the last level, in queue */
    uint32_t count;
    uint64_t arcs; /* out of the last level */
} cn__half_search;

/* Kept by a thread. */
typedef struct cn__path_finder {
    const cn__rows *rows;
    const double *out_length; /* by entry of out_to, in_from; NULL without weights */
    const double *in_length;
    cn__half_search half[2];
    cn__dijkstra dijkstra;
    double *paths;
    bool *needed;   /* lies before the target on a shortest path */
    uint32_t *path; /* vertices between the ends */
    uint32_t path_count;
} cn__path_finder;

bool cn__path_finder_init(cn__path_finder *finder, const cn__rows *rows, const double *out_length,
                          const double *in_length); /* false: memory; release in any case */
void cn__path_finder_release(cn__path_finder *finder);

/* Fill path, path_count (0 also where there is none). from ≠ to. */
void cn__path_finder_draw(cn__path_finder *finder, uint32_t from, uint32_t to, uint64_t *random);

/* Least number of arcs of a finder without lengths; CN_NONE where there is no way. from ≠ to. */
uint32_t cn__path_finder_steps(cn__path_finder *finder, uint32_t from, uint32_t to);

#endif
