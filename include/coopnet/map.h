/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file map.h
 * The functional map of a cluster: its participants and their part in making the final product, the flows between them, joint projects, infrastructure, and what is missing for the map to be complete.
 * As a document it is what the rules ask for in draft; as a picture: CN_VIEW_MAP (draw.h).
 */
#ifndef COOPNET_MAP_H
#define COOPNET_MAP_H

#include "coopnet/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Not on a chain of supplies to an anchor or final-product maker. */
#define CN_MAP_NO_TIER UINT32_MAX

typedef struct cn_map_firm {
    cn_entity entity;
    cn_role role; /**< in the cluster */
    bool anchor;
    bool final_maker;
    bool linked;   /**< has a contract or a project in common with another participant */
    uint32_t tier; /**< least number of supplies to an anchor or final-product maker (0: is one), or CN_MAP_NO_TIER */
    int64_t output_minor; /**< CN_MONEY_NONE: not given */
    int64_t sold_minor;   /**< industrial products to participants */
    int64_t bought_minor; /**< and from them */
} cn_map_firm;

typedef struct cn_map_flow {
    cn_link link;
    cn_entity from, to;
    bool service;
    bool counted;  /**< its value is among total_minor */
    int64_t minor; /**< CN_MONEY_NONE: not given */
} cn_map_flow;

typedef struct cn_map_body {
    cn_entity entity;
    cn_link link;
    bool manages; /**< else serves */
} cn_map_body;

typedef struct cn_map_part {
    cn_entity project;
    cn_entity firm;
    bool initiator;
    cn_link link;
} cn_map_part;

typedef struct cn_map {
    cn_entity cluster;
    cn_date date;
    int64_t total_minor; /**< supplies between participants */
    cn_map_firm *firms;  /**< in the order of their memberships */
    size_t firm_count;
    cn_map_flow *flows; /**< in force between participants, in the order of the links */
    size_t flow_count;
    cn_map_body *bodies; /**< those that manage first */
    size_t body_count;
    cn_map_part *parts; /**< by project, initiator first */
    size_t part_count;
    cn_evidence *gaps; /**< what is missing; none: the map is complete */
    size_t gap_count;
} cn_map;

/** @param options NULL: the network's own date. CN_ERR_ARGUMENT: no cluster. Cost: O(links). */
CN_API cn_status cn_map_compute(const cn_network *net, cn_entity cluster, const cn_check_options *options, cn_map *out,
                                cn_error *err);
CN_API void cn_map_release(cn_map *map);

#ifdef __cplusplus
}
#endif
#endif
