/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file communities.h
 * Clusters as they are: communities found in the links, compared with declared membership. Formulas and sources: docs/clusters.md.
 */
#ifndef COOPNET_COMMUNITIES_H
#define COOPNET_COMMUNITIES_H

#include "coopnet/groups.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_community_options {
    double resolution; /**< γ: more than 1 gives more and smaller communities; 0: 1 (modularity) */
    uint32_t runs;     /**< seeded runs of which the best is taken; 0: 50, down to 3 where the graph is large */
    uint64_t seed;     /**< of the first run; 0: 1 */
    int threads;       /**< 0: as many as OpenMP offers; the result is the same for any number */
    cn_watch watch;    /**< `{0}`: nobody watches */
} cn_community_options;

/** `{0}` to init; cn_communities_release. */
typedef struct cn_communities {
    uint32_t n;
    uint32_t count; /**< communities, the largest first, equal ones by least vertex */
    uint32_t *of;   /**< by vertex; CN_NONE: it has no links (with positive weight) */
    double
        *agreement; /**< by vertex: share of the runs that put it into this community, 0 … 1; NaN where it is in none */
    double quality; /**< modularity of the result (with resolution) */
    double worst;   /**< of the worst run */
    double mean_agreement;
    uint32_t runs;
    uint32_t same_runs; /**< runs that gave exactly this partition */
} cn_communities;

/**
 * Communities in the ties of a graph: direction ignored, both directions added. The Leiden algorithm run with several seeds; the partition
 * of the largest modularity is the result (of equal ones that of the earlier run). Communities are connected. A run agrees on a vertex when
 * the vertex's community in the run and in the result are each other's largest overlap.
 * @return CN_OK; CN_ERR_ARGUMENT (resolution not a positive number); CN_ERR_CANCELLED; CN_ERR_MEMORY. A graph without links gives no
 * communities and a quality of NaN. Cost: O(E) a pass, about 10 to 30 passes a run.
 */
CN_API cn_status cn_communities_find(const cn_graph *graph, const cn_community_options *options, cn_communities *out,
                                     cn_error *err);
CN_API void cn_communities_release(cn_communities *communities);

/** Modularity with resolution of a partition (numbers, or CN_NONE); NaN without links. */
CN_API cn_status cn_partition_quality(const cn_graph *graph, const uint32_t *of, double resolution, double *quality,
                                      cn_error *err);

/** How alike two partitions are, over those that both place. NaN where fewer than two are placed. */
typedef struct cn_partition_match {
    uint32_t compared;
    double nmi; /**< mutual information over the mean of both entropies: 0 … 1; two partitions into one group each: 1 */
    double ari; /**< adjusted Rand index (Hubert & Arabie 1985): 1 same, 0 as by chance, may be below 0 */
} cn_partition_match;

/** CN_OK, CN_ERR_MEMORY. O(n log n). */
CN_API cn_status cn_partition_compare(uint32_t n, const uint32_t *a, const uint32_t *b, cn_partition_match *out,
                                      cn_error *err);

/* ---- what a community is ---- */

/** A class of products that a group makes more of than the network does. */
typedef struct cn_specialty {
    char code[12];   /**< OKPD2 class "27.11", or the beginning of another code */
    double value;    /**< the group's output of it a year */
    double share;    /**< in the group's output */
    double quotient; /**< location quotient: share in the group over share in the whole network; > 1 is specialised */
} cn_specialty;

enum { CN_SPECIALTIES = 3 };

typedef struct cn_community_profile {
    uint32_t size;
    cn_group_sum trade;
    double kept; /**< cn_group_kept */
    uint32_t
        anchor; /**< hub: the vertex with the largest sales and purchases inside, or CN_NONE when nothing is traded inside */
    double anchor_share;   /**< share of what is traded inside that it sells or buys */
    uint32_t anchor_links; /**< links inside that it has */
    cn_entity cluster;     /**< declared cluster to which most of its vertices belong, or CN_NONE */
    uint32_t cluster_size; /**< how many do */
    uint32_t registered;   /**< vertices in any cluster that is registered (status registered, or none given) */
    const char *region;    /**< of most of its vertices, "" when none is given; borrowed */
    uint32_t region_size;
    bool
        de_facto; /**< of at least min_size, trades inside, and not more than half of it belongs to registered clusters */
    uint32_t specialty_count;
    cn_specialty specialties[CN_SPECIALTIES]; /**< quotient above 1, the largest value first */
} cn_community_profile;

/**
 * One profile for each community, in their order. Specialisation is taken from `makes`, without it from the value (or number) of the
 * links by product. The array is the caller's: cn_community_profiles_free.
 * @param min_size 0: 3
 */
CN_API cn_status cn_community_profiles(const cn_network *net, const cn_graph *graph, const cn_communities *communities,
                                       uint32_t min_size, cn_community_profile **out, cn_error *err);
CN_API void cn_community_profiles_free(cn_community_profile *profiles);

/* ---- who stands where ---- */

typedef enum cn_fit {
    CN_FIT_INSIDE = 0, /**< a member that trades with its cluster */
    CN_FIT_IDLE,       /**< a member that trades with no other member of its cluster */
    CN_FIT_ELSEWHERE,  /**< a member that trades more with another cluster than with its own */
    CN_FIT_OUTSIDE,    /**< in no cluster, trades with members of one */
    CN_FIT_APART       /**< in no cluster and trades with none */
} cn_fit;

/** Where a vertex stands between the declared clusters, by its trade (sales and purchases). */
typedef struct cn_placement {
    uint32_t vertex;
    cn_fit fit;
    uint32_t own;    /**< group of its cluster, or CN_NONE */
    uint32_t other;  /**< the cluster it trades most with, its own left out, or CN_NONE */
    double total;    /**< its trade with anyone */
    double with_own; /**< with members of its own cluster */
    double with_other;
    double sold_other; /**< of this, its sales */
    double sales;      /**< to anyone */
    double
        output; /**< declared output, at least its sales; NaN when it is not declared or the graph is not weighted by value */
} cn_placement;

/** Every vertex, in vertex order; `clusters` of grouping CLUSTER. The array has graph->n rows and is the caller's: cn_placements_free. O(V + E). */
CN_API cn_status cn_placements_find(const cn_network *net, const cn_graph *graph, const cn_groups *clusters,
                                    cn_placement **out, cn_error *err);
CN_API void cn_placements_free(cn_placement *placements);

#ifdef __cplusplus
}
#endif
#endif
