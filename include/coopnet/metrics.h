/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file metrics.h
 * Centralities: one value per vertex of a graph. Formulas and sources: docs/metrics.md.
 */
#ifndef COOPNET_METRICS_H
#define COOPNET_METRICS_H

#include "coopnet/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_metric {
#define CN_METRIC(id, key, uses, en, ru) CN_METRIC_##id,
#include "coopnet/metrics.def"
#undef CN_METRIC
    CN_METRIC_COUNT
} cn_metric;

/** What changes a metric's result. */
enum {
    CN_USES_ARCS = 1,      /**< whether the graph is directed */
    CN_USES_DIRECTION = 2, /**< cn_metric_options.direction */
    CN_USES_WEIGHT = 4,    /**< the graph's weights */
    CN_USES_NORM = 8       /**< cn_metric_options.normalized */
};

typedef enum cn_direction { CN_DIR_OUT = 0, CN_DIR_IN } cn_direction;

/** Metric of this key, or -1. */
CN_API int cn_metric_find(const char *key);
CN_API const char *cn_metric_key(cn_metric metric);
CN_API const char *cn_metric_name(cn_metric metric, cn_lang lang);
CN_API unsigned cn_metric_uses(cn_metric metric);

typedef struct cn_metric_options {
    cn_direction direction; /**< harmonic: distances from a vertex along its out-arcs (default) or to it */
    bool normalized;        /**< divide by the largest possible value (docs/metrics.md), where the metric has one */
    double damping;         /**< PageRank; 0 is 0.85 */
} cn_metric_options;

/**
 * Compute one metric of every vertex into `values` (graph->n doubles).
 *
 * A value that does not exist is NaN (constraint of an isolated vertex; eigenvector on a graph without cycle), and then
 * `*remark` (may be NULL) names why; it also tells that PageRank or the eigenvector is only near the limit, and is
 * CN_MSG_NONE otherwise. Weights: for strength, eigenvector, PageRank and constraint a larger weight is a stronger tie; for
 * betweenness and harmonic the length of an arc is 1/weight (Opsahl et al. 2010), and an arc of weight 0 does not exist.
 * Unreachable pairs add 0. An empty graph gives no values and CN_OK.
 * @param options NULL for the defaults
 * @return CN_OK, CN_ERR_ARGUMENT (damping not between 0 and 1), CN_ERR_MEMORY, CN_ERR_INTERNAL (igraph failed: message inside).
 * Cost: degree, strength, coreness O(V+E); PageRank, eigenvector O(E) an iteration; betweenness, harmonic O(VE), weighted
 * O(VE log V); constraint O(E √E).
 */
CN_API cn_status cn_metric_compute(const cn_graph *graph, cn_metric metric, const cn_metric_options *options,
                                   double *values, cn_message *remark, cn_error *err);

/**
 * Order of the vertices by one value: largest first, NaN last, equal ones by entity id (by number without network).
 * `order` takes graph->n numbers. `net` may be NULL.
 */
CN_API cn_status cn_metric_order(const cn_graph *graph, const cn_network *net, const double *values, uint32_t *order,
                                 cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
