/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file roles.h
 * Who plays which part: brokers between groups, core and periphery, anchors. Formulas and sources: docs/clusters.md.
 */
#ifndef COOPNET_ROLES_H
#define COOPNET_ROLES_H

#include "coopnet/cascade.h"
#include "coopnet/groups.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The parts of a broker v in i → v → k where i and k are not linked directly (Gould & Fernandez 1989). */
typedef enum cn_broker {
    CN_BROKER_COORDINATOR = 0, /**< all three in one group */
    CN_BROKER_ITINERANT,       /**< i and k in one group, v outside (also: consultant) */
    CN_BROKER_GATEKEEPER,      /**< v and k in one group: v lets in */
    CN_BROKER_REPRESENTATIVE,  /**< i and v in one group: v speaks outside */
    CN_BROKER_LIAISON,         /**< three groups */
    CN_BROKER_COUNT
} cn_broker;

/** "coordinator" … */
CN_API const char *cn_broker_key(cn_broker role);

/** `{0}` to init; cn_roles_release. By vertex. */
typedef struct cn_roles {
    uint32_t n;
    uint64_t *brokered[CN_BROKER_COUNT]; /**< pairs (i, k), no arc i → k */
    uint64_t total[CN_BROKER_COUNT];
    double *constraint; /**< Burt 1992; NaN without ties */
    double *effective;  /**< Burt's effective size: partners less the redundant ones; NaN without ties */
    bool *core;         /**< in the core (Lip 2011) */
    uint32_t core_size;
    uint64_t core_errors; /**< pairs missing in the core and linked in the periphery: the least possible */
    double
        core_correlation; /**< of the links with the ideal pattern, pairs of core and periphery left out (Borgatti & Everett 1999); NaN where it does not exist */
} cn_roles;

/**
 * A vertex in no group counts as a group of its own. On an undirected graph a pair counts in both directions. Core and constraint take the
 * graph without direction; core, brokers: every arc counts alike, whatever its weight.
 * @return CN_OK, CN_ERR_MEMORY. O(E log d + m √m).
 */
CN_API cn_status cn_roles_compute(const cn_graph *graph, const cn_groups *groups, cn_roles *out, cn_error *err);
CN_API void cn_roles_release(cn_roles *roles);

/** How far a firm is the anchor of a set of firms. */
typedef struct cn_anchor {
    uint32_t firm;
    double bought;      /**< a year, from the others */
    double share;       /**< of all that is supplied among them */
    uint32_t suppliers; /**< how many of the others supply it */
    double reach;       /**< share of the others */
    double loss;        /**< ESRI: share of the whole network that is lost when it stops; NaN: not computed */
    double score;       /**< mean of share, reach and loss: 0 … 1 */
    bool declared;      /**< the data call it an anchor */
} cn_anchor;

/**
 * Anchors of a set of firms (each once), the largest score first, equal ones by number. `most` (0: 200): of so many of the largest buyers the loss is
 * computed, the others have NaN and count 0 for it. The array has `count` rows and is the caller's: cn_anchors_free.
 * @return CN_OK; as cn_cascade_all. Without weight for the loss (CN_ERR_UNDEFINED there) it is NaN.
 */
CN_API cn_status cn_anchors_find(const cn_flows *flows, const uint32_t *firms, size_t count, uint32_t most,
                                 cn_anchor **out, cn_error *err);
CN_API void cn_anchors_free(cn_anchor *anchors);

#ifdef __cplusplus
}
#endif
#endif
