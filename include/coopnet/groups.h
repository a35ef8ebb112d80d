/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file groups.h
 * Vertices of a graph sorted into groups (clusters, regions, kinds, or communities found), and what flows between the groups.
 */
#ifndef COOPNET_GROUPS_H
#define COOPNET_GROUPS_H

#include "coopnet/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_grouping {
    CN_GROUPING_CLUSTER = 0, /**< the cluster joined first (membership links that hold; roles do not matter) */
    CN_GROUPING_REGION,
    CN_GROUPING_TYPE, /**< company, or the type of an organisation or park */
    CN_GROUPING_FOUND /**< numbered communities (cn_groups_from) */
} cn_grouping;

typedef struct cn_group {
    uint32_t size;     /**< vertices */
    uint32_t first;    /**< its least vertex */
    cn_entity cluster; /**< CLUSTER, else CN_NONE */
    const char *name;  /**< REGION, borrowed from the network, else NULL */
} cn_group;

/** `{0}` to init; cn_groups_release. */
typedef struct cn_groups {
    cn_grouping grouping;
    uint32_t n;     /**< vertices */
    uint32_t count; /**< groups, in the order of their least vertices */
    uint32_t *of;   /**< by vertex: its group, or CN_NONE */
    cn_group *list; /**< by group */
} cn_groups;

/** Groups of a network's graph. CN_OK, CN_ERR_MEMORY, CN_ERR_ARGUMENT (FOUND). O(V + E). */
CN_API cn_status cn_groups_make(const cn_network *net, const cn_graph *graph, cn_grouping grouping, cn_groups *out,
                                cn_error *err);
/** Groups from numbers below `count` or CN_NONE, a copy. */
CN_API cn_status cn_groups_from(uint32_t n, const uint32_t *of, uint32_t count, cn_groups *out, cn_error *err);
CN_API void cn_groups_release(cn_groups *groups);
/** Name of a group for people, added to `out`: the cluster's short name, the region, "вуз", "3". Of group `count`: "outside". */
CN_API void cn_group_name(const cn_network *net, const cn_graph *graph, const cn_groups *groups, uint32_t group,
                          cn_lang lang, cn_buf *out);

/** What a group trades. In the graph's weight (money a year where it is weighted by value, else arcs). */
typedef struct cn_group_sum {
    uint32_t size; /**< vertices; of those in no group the ones with any arc */
    uint32_t arcs; /**< inside */
    double inside; /**< from members to members */
    double out;    /**< to vertices elsewhere */
    double in;     /**< from vertices elsewhere */
} cn_group_sum;

typedef struct cn_group_flow {
    uint32_t from; /**< group; `count` of the groups is "in none" */
    uint32_t to;   /**< another one */
    uint32_t arcs;
    double value;
} cn_group_flow;

/** `{0}` to init. On an undirected graph every edge is inside once, or flows both ways. */
typedef struct cn_group_flows {
    uint32_t count;       /**< groups; sums has one row more, for vertices in none */
    cn_group_sum *sums;   /**< by group */
    cn_group_flow *flows; /**< ordered by from, to */
    size_t flow_count;
    double total; /**< all arcs */
} cn_group_flows;

/** CN_OK, CN_ERR_MEMORY. O(V + E log E'), E' the flows between groups of one group at a time. */
CN_API cn_status cn_group_flows_compute(const cn_graph *graph, const cn_groups *groups, cn_group_flows *out,
                                        cn_error *err);
CN_API void cn_group_flows_release(cn_group_flows *flows);
/** Share of the supplies of a group's members that stays inside: inside / (inside + out); NaN when it supplies nothing. */
CN_API double cn_group_kept(const cn_group_sum *sum);

#ifdef __cplusplus
}
#endif
#endif
