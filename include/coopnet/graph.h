/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file graph.h
 * A projection of the network for one question: plain compressed sparse rows (CSR) in both directions. Every algorithm
 * takes a `const cn_graph *` and nothing else.
 *
 *     network:  a ==supply 40==> b        graph:  a ──70──> b     parallel links merged,
 *               a ==supply 30==> b                                weights added up
 *
 * Vertices are numbered 0 … n-1 in entity order; arcs 0 … m-1 ordered by source, then target, each pair once.
 */
#ifndef COOPNET_GRAPH_H
#define COOPNET_GRAPH_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_orientation {
    CN_ORIENT_DEFAULT = 0, /**< directed, unless a kind of the layer has no direction (agreement) */
    CN_DIRECTED,           /**< a link of a kind without direction then makes two arcs */
    CN_UNDIRECTED
} cn_orientation;

typedef enum cn_weighting {
    CN_WEIGHT_NONE = 0, /**< no weights: every arc counts 1 */
    CN_WEIGHT_VALUE,    /**< sum of the links' values in units of the currency; a link without value adds 0 */
    CN_WEIGHT_COUNT     /**< number of links merged */
} cn_weighting;

typedef enum cn_collapse {
    CN_COLLAPSE_NONE = 0,
    CN_COLLAPSE_CLUSTER, /**< members become their (first) cluster, whatever `entity_kinds` says of clusters; others stay */
    CN_COLLAPSE_REGION /**< entities of the same region become one vertex; those without region stay */
} cn_collapse;

typedef struct cn_graph_options {
    uint32_t link_kinds;   /**< set of CN_KIND_BIT(cn_link_kind); 0: cn_graph_default_layer */
    uint32_t entity_kinds; /**< set of CN_K_…; 0: all. Links whose end is left out are left out */
    uint32_t statuses;     /**< set of CN_KIND_BIT(cn_link_status); 0: actual (and not given) */
    cn_date since;         /**< only links valid some time in [since, until]; CN_DATE_NONE is open */
    cn_date until;
    cn_orientation orientation;
    cn_weighting weighting;
    cn_collapse collapse;
    bool keep_loops; /**< keep loops that collapsing makes (trade inside a group) */
    bool trace;      /**< keep the links behind each arc (cn_graph_arc_links) */
} cn_graph_options;

/**
 * The frozen projection; its arrays are borrowed and constant.
 *
 * Directed: out_to[out_start[v] … out_start[v+1]-1] are the successors of v in ascending order, in_from likewise the
 * predecessors; in_arc gives for each in-entry the number of the arc (the index into out_to).
 * Undirected: every edge {u,v} stands as two arcs u→v and v→u (a loop as one); in_* equal out_*, so kernels may use
 * either; `edge_count` counts each edge once.
 */
typedef struct cn_graph {
    uint32_t n;          /**< vertices */
    uint32_t m;          /**< arcs: entries of out_to */
    uint32_t edge_count; /**< directed: m; undirected: edges */
    bool directed;
    cn_weighting weighting;
    const uint32_t *out_start; /**< n+1 */
    const uint32_t *out_to;    /**< m */
    const uint32_t *in_start;  /**< n+1 */
    const uint32_t *in_from;   /**< m */
    const uint32_t *in_arc;    /**< m */
    const double *weight;      /**< m, by arc; NULL with CN_WEIGHT_NONE */
    const cn_entity *entity;   /**< n: the entity of a vertex; of a region vertex the first of its entities */
    const uint32_t *vertex;    /**< by entity: its vertex, or CN_NONE */
    uint32_t links_used;       /**< links of the network that are in the graph */
    uint32_t links_no_value;   /**< of these, links without value (with CN_WEIGHT_VALUE they weigh 0) */
} cn_graph;

/** The kinds a question without a named layer is about: supply and service where the network has any of them, else all kinds that occur. */
CN_API uint32_t cn_graph_default_layer(const cn_network *net);

/**
 * Project. `options` NULL: the default layer, default orientation, no weights.
 * @return CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT (more than 2^32-2 arcs). Cost: O(V + E), memory 16 to 28 bytes a link.
 */
CN_API cn_status cn_graph_create(const cn_network *net, const cn_graph_options *options, cn_graph **out, cn_error *err);
CN_API void cn_graph_free(cn_graph *graph);

/**
 * A graph from arcs given as pairs, for programs that have no network: vertices are 0 … n-1, `entity` is NULL. `weights`
 * may be NULL. Parallel arcs are added up, loops dropped.
 * @return CN_OK; CN_ERR_ARGUMENT (an end not below n, a weight that is negative or not finite); CN_ERR_MEMORY; CN_ERR_LIMIT.
 */
CN_API cn_status cn_graph_from_arcs(uint32_t n, size_t arc_count, const uint32_t *from, const uint32_t *to,
                                    const double *weights, bool directed, cn_graph **out, cn_error *err);

/** Arc u→v, or CN_NONE. O(log degree). */
CN_API uint32_t cn_graph_find_arc(const cn_graph *graph, uint32_t from, uint32_t to);

/** The links behind an arc in link order; needs the option `trace` (else NULL and 0). */
CN_API const cn_link *cn_graph_arc_links(const cn_graph *graph, uint32_t arc, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
