/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernels: algorithms on a `const cn_graph *` that decide how large a network the program can take. All of them:
 * - give the same bytes for any number of threads, and on any x86 or ARM processor (no fused multiply-add, no order of
 *   addition that depends on the width of a vector);
 * - leave loops out (PageRank and Katz keep them: what comes back counts); on a graph with weights an arc is 1/weight long and an arc of weight 0 does not exist, wherever
 *   lengths or strengths matter (betweenness, harmonic, PageRank, Katz, constraint);
 * - fill graph->n values; an empty graph gives none and CN_OK;
 * - return CN_OK, CN_ERR_MEMORY, or CN_ERR_CANCELLED (the values are then garbage).
 * The watch may be NULL everywhere. Two lengths are equal when they differ by less than 1e-10 of their sum, as in igraph.
 */
#ifndef CN_ANALYSE_KERNELS_H
#define CN_ANALYSE_KERNELS_H

#include "coopnet/metrics.h"
#include "coopnet/summary.h"

typedef struct cn__kernel_watch {
    cn_watch watch; /* always asked from the calling thread; once it has said no, the kernel ends soon */
    int threads;    /* 0: as many as OpenMP gives */
} cn__kernel_watch;

/* A sampled value is wrong by more than epsilon somewhere with a probability of at most delta. */
typedef struct cn__kernel_bound {
    double epsilon; /* of the normalised value, in (0, 1) */
    double delta;   /* in (0, 1) */
    uint64_t seed;
} cn__kernel_bound;

/* ---- shortest paths ---- */

/*
 * Σ over ordered pairs s≠t of the share of shortest paths that run through a vertex; unordered pairs on an undirected
 * graph. sources: NULL for all, or the vertices s to count, each once (undirected: half of their ordered pairs).
 */
cn_status cn__kernel_betweenness(const cn_graph *graph, const uint32_t *sources, uint32_t source_count, double *values,
                                 const cn__kernel_watch *watch, cn_error *err);

/*
 * The same estimated from random shortest paths; the error is bounded as a share of all n(n-1) ordered pairs. `samples`
 * (may be NULL) gets the number of paths drawn. CN_ERR_ARGUMENT: a bound out of range.
 */
cn_status cn__kernel_betweenness_sample(const cn_graph *graph, const cn__kernel_bound *bound, double *values,
                                        uint64_t *samples, const cn__kernel_watch *watch, cn_error *err);

/*
 * Σ 1/distance to (CN_DIR_OUT) or from (CN_DIR_IN) every other vertex. pivots: NULL for all, or the vertices at the other
 * end to count, each once.
 */
cn_status cn__kernel_harmonic(const cn_graph *graph, cn_direction direction, const uint32_t *pivots,
                              uint32_t pivot_count, double *values, const cn__kernel_watch *watch, cn_error *err);

/*
 * The same estimated from random pivots. The error is bounded as a share of the n-1 other vertices, for a weighted graph
 * times the largest weight (the inverse of the least length). `samples` (may be NULL) gets the number of pivots; n of them
 * make the result exact. CN_ERR_ARGUMENT: a bound out of range.
 */
cn_status cn__kernel_harmonic_sample(const cn_graph *graph, cn_direction direction, const cn__kernel_bound *bound,
                                     double *values, uint64_t *samples, const cn__kernel_watch *watch, cn_error *err);

/* What a search along the out-arcs finds: other vertices, and the sum of their distances in steps. */
typedef struct cn__reach {
    uint64_t vertices;
    uint64_t steps;
} cn__reach;

/*
 * From each pivot (NULL: from every vertex; a vertex may be there several times); every arc is one step, whatever its
 * weight. `farthest` gets the greatest distance that was met. `reached` takes as many as there are pivots.
 */
cn_status cn__kernel_distances(const cn_graph *graph, const uint32_t *pivots, uint32_t pivot_count, cn__reach *reached,
                               uint32_t *farthest, const cn__kernel_watch *watch, cn_error *err);

/* Least number of arcs from from[i] to to[i], whatever their weight; CN_NONE where there is no way or both are one vertex. */
cn_status cn__kernel_pairs(const cn_graph *graph, const uint32_t *from, const uint32_t *to, uint32_t count,
                           uint32_t *steps, const cn__kernel_watch *watch, cn_error *err);

/* Least number of arcs from v to a root (CN_DIR_OUT) or from a root to v (CN_DIR_IN); CN_NONE where there is no way. */
cn_status cn__kernel_tiers(const cn_graph *graph, const uint32_t *roots, uint32_t root_count, cn_direction direction,
                           uint32_t *tiers, const cn__kernel_watch *watch, cn_error *err);

/* ---- iterations ---- */

/*
 * Sum 1; a vertex without out-weight passes on to all alike. Iterates until Σ|error| is proven to be at most `tolerance`;
 * `error` (may be NULL) gets the proven bound, which is larger than asked only when rounding stopped the iteration.
 * damping in (0, 1).
 */
cn_status cn__kernel_pagerank(const cn_graph *graph, double damping, double tolerance, double *values, double *error,
                              const cn__kernel_watch *watch, cn_error *err);

/*
 * Katz (1953): x_v = 1 + alpha Σ_{u→v} w_uv x_u, each to 1e-10 of itself. alpha 0: 0.85 of the largest that is proven to
 * converge. CN_ERR_ARGUMENT: alpha is negative or too large to be proven to converge.
 */
cn_status cn__kernel_katz(const cn_graph *graph, double alpha, double *values, const cn__kernel_watch *watch,
                          cn_error *err);

/* ---- structure (every arc counts, whatever its weight) ---- */

/* Components numbered by their least vertex; the number of them. */
cn_status cn__kernel_weak(const cn_graph *graph, uint32_t *component, uint32_t *count, cn_error *err);
cn_status cn__kernel_strong(const cn_graph *graph, uint32_t *component, uint32_t *count, cn_error *err);

/* Place of every vertex in the bow tie; an empty graph has none. */
cn_status cn__kernel_bow_tie(const cn_graph *graph, cn_bow *place, cn_error *err);

/* Largest k such that the vertex is in a part where everyone has k arcs within it; in- and out-arcs both count. */
cn_status cn__kernel_coreness(const cn_graph *graph, uint32_t *coreness, cn_error *err);

/* Burt's constraint on the ties (both directions added, positive); NaN for a vertex without any. */
cn_status cn__kernel_constraint(const cn_graph *graph, double *values, const cn__kernel_watch *watch, cn_error *err);

#endif
