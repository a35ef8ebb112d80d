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
    CN_USES_NORM = 8,      /**< cn_metric_options.normalized */
    CN_USES_BOUND = 16     /**< cn_metric_options.epsilon, .delta: it can be estimated from a sample */
};

typedef enum cn_direction { CN_DIR_OUT = 0, CN_DIR_IN } cn_direction;

/** Metric of this key, or -1. */
CN_API int cn_metric_find(const char *key);
CN_API const char *cn_metric_key(cn_metric metric);
CN_API const char *cn_metric_name(cn_metric metric, cn_lang lang);
CN_API unsigned cn_metric_uses(cn_metric metric);

/** How near estimated values are: with probability 1 - delta *all* of them lie within `margin`. */
typedef struct cn_estimate {
    uint64_t samples; /**< drawn; 0: the values are exact */
    double epsilon;   /**< as asked for: of the normalised value (weighted harmonic: times the largest weight) */
    double delta;
    double margin; /**< the same of the values as they were asked for */
} cn_estimate;

typedef struct cn_metric_options {
    cn_direction direction; /**< harmonic: distances from a vertex along its out-arcs (default) or to it */
    bool normalized;        /**< divide by the largest possible value (docs/metrics.md), where the metric has one */
    double damping;         /**< PageRank; 0 is 0.85 */
    double alpha;           /**< Katz: what a step costs; 0 is 0.85 of the largest that is proven to converge */
    double epsilon;         /**< metrics with CN_USES_BOUND: estimate to within this; 0: exact */
    double delta;           /**< and be wrong with at most this probability; 0 is 0.1 */
    uint64_t seed;          /**< of the sample; the same seed gives the same bytes */
    int threads;            /**< 0: as many as the machine has; the bytes are the same for any number */
    cn_watch watch;         /**< asked during betweenness, harmonic, PageRank, Katz, constraint and the eigenvector */
    cn_estimate *estimate;  /**< is told how near the values are; may be NULL */
} cn_metric_options;

/** vertices × arcs, to which the time of exact betweenness and closeness is proportional. */
CN_API double cn_metric_work(const cn_graph *graph);

/**
 * Compute one metric of every vertex into `values` (graph->n doubles).
 *
 * A value that does not exist is NaN (constraint of an isolated vertex; eigenvector on a graph without cycle), and then
 * `*remark` (may be NULL) names why; it also tells that PageRank or the eigenvector is only near the limit, and is
 * CN_MSG_NONE otherwise. Weights: for strength, eigenvector, PageRank and constraint a larger weight is a stronger tie; for
 * betweenness and harmonic the length of an arc is 1/weight (Opsahl et al. 2010), and an arc of weight 0 does not exist.
 * Unreachable pairs add 0. An empty graph gives no values and CN_OK.
 * @param options NULL for the defaults
 * @return CN_OK, CN_ERR_ARGUMENT (damping, epsilon or delta not between 0 and 1, alpha too large), CN_ERR_MEMORY,
 * CN_ERR_CANCELLED (the watch said no).
 * Cost: degree, strength, coreness O(V+E); PageRank, Katz, eigenvector O(E) an iteration; betweenness, harmonic O(VE),
 * weighted O(VE log V); estimated: see docs/metrics.md; constraint O(E √E).
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
