/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file chain.h
 * Supply chains: tiers up and down from one organisation, the best chains between two, cycles.
 *
 *     tier 2      tier 1     buyer      tier -1
 *     smelter ──> foundry ──> plant ──> grid company        goods flow to the right; upstream is to the left
 */
#ifndef COOPNET_CHAIN_H
#define COOPNET_CHAIN_H

#include "coopnet/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_stream { CN_UPSTREAM = 0, CN_DOWNSTREAM, CN_BOTH_STREAMS } cn_stream;

/** One vertex of a chain. */
typedef struct cn_tier_row {
    uint32_t vertex;
    int32_t tier;   /**< steps from the organisation: 1, 2 … upstream, -1, -2 … downstream, 0 itself */
    uint32_t arcs;  /**< its arcs to (upstream) or from (downstream) the vertices one step nearer to the organisation */
    double value;   /**< sum of the weights of these arcs; NaN without weights */
    uint32_t cycle; /**< number of the cycle group it belongs to (from 1), or 0 */
} cn_tier_row;

typedef struct cn_tiers {
    cn_tier_row *rows; /**< by tier (farthest upstream first), in a tier by value, then vertex */
    size_t row_count;
    uint32_t depth_up; /**< farthest tier upstream that is reached */
    uint32_t depth_down;
    bool cut;               /**< a depth limit left something out */
    uint32_t cycle_count;   /**< cycle groups: strongly connected sets of more than one vertex among the rows */
    uint32_t *cycle_start;  /**< cycle_count+1: into cycle_vertex */
    uint32_t *cycle_vertex; /**< one shortest cycle of each group, from its least vertex on in the order goods flow */
} cn_tiers;

/**
 * Tiers of `vertex` on a directed graph: tier = least number of steps (BFS). In CN_BOTH_STREAMS a vertex that is both
 * upstream and downstream (it lies on a cycle through the organisation) is listed upstream.
 * @param max_depth 0: no limit
 * @return CN_OK; CN_ERR_ARGUMENT (undirected graph, no such vertex); CN_ERR_MEMORY. Cost: O(V + E), plus the search for a
 * shortest cycle in each cycle group: O(v e) of the group at worst, and little where two of it supply each other.
 */
CN_API cn_status cn_tiers_compute(const cn_graph *graph, uint32_t vertex, cn_stream stream, uint32_t max_depth,
                                  cn_tiers *out, cn_error *err);
CN_API void cn_tiers_release(cn_tiers *tiers);

typedef enum cn_path_rank {
    CN_PATH_STEPS = 0, /**< fewest steps; among these the largest value */
    CN_PATH_VALUE      /**< largest value; among these the fewest steps */
} cn_path_rank;

/** One chain. Its value is that of its weakest link (bottleneck): what can flow along it. */
typedef struct cn_path {
    uint32_t *vertices; /**< steps+1, from source to target */
    uint32_t *arcs;     /**< steps */
    uint32_t steps;
    double value; /**< least weight of its arcs; NaN without weights */
} cn_path;

typedef struct cn_paths {
    cn_path *paths; /**< best first; equal ones in the order of their vertices' numbers */
    size_t count;
} cn_paths;

/**
 * The k best chains without repeated vertices (Yen 1971, with a tie-break that makes the order unique).
 * @return CN_OK, with count 0 when there is none; CN_ERR_ARGUMENT (equal ends, k is 0, no such vertex); CN_ERR_MEMORY.
 * Cost: O(k L (V + E)) for chains of L steps, with CN_PATH_VALUE O(k L (V + E log E)); in practice a search ends near.
 */
CN_API cn_status cn_paths_compute(const cn_graph *graph, uint32_t from, uint32_t to, uint32_t k, cn_path_rank rank,
                                  cn_paths *out, cn_error *err);
CN_API void cn_paths_release(cn_paths *paths);

#ifdef __cplusplus
}
#endif
#endif
