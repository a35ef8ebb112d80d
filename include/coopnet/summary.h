/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file summary.h
 * The network in figures. A figure that does not exist is NaN (density of one vertex, reciprocity without arcs …).
 */
#ifndef COOPNET_SUMMARY_H
#define COOPNET_SUMMARY_H

#include "coopnet/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Places around the largest strongly connected set, the core (of equal ones that with the least vertex). */
typedef enum cn_bow {
    CN_BOW_OTHER = 0, /**< none of the below, in the same piece or in another */
    CN_BOW_CORE,
    CN_BOW_IN,      /**< reaches the core */
    CN_BOW_OUT,     /**< is reached from it */
    CN_BOW_TENDRIL, /**< reached from IN or reaches OUT, not both */
    CN_BOW_TUBE,    /**< on a way from IN to OUT past the core */
    CN_BOW_COUNT
} cn_bow;

typedef struct cn_summary {
    uint32_t vertices;          /**< vertices of the graph */
    uint32_t linked;            /**< of these, with at least one arc */
    uint32_t edges;             /**< arcs (directed) or edges */
    double density;             /**< edges / possible edges without loops */
    uint32_t components;        /**< weakly connected, single vertices included */
    uint32_t largest_component; /**< vertices */
    uint32_t strong_components; /**< strongly connected with more than one vertex (directed; else 0) */
    uint32_t largest_strong;    /**< vertices of the largest of them (0 if none) */
    double reciprocity;         /**< share of arcs whose reverse exists (directed; else NaN) */
    double clustering;          /**< transitivity: 3 triangles / connected triples, direction ignored */
    double average_path;        /**< mean distance over the pairs that are connected, along arcs */
    double average_margin;      /**< it may be off by so much; 0: it is exact */
    uint32_t diameter;          /**< longest of these distances; of an estimate the longest seen */
    uint32_t diameter_at_most;  /**< what it cannot exceed; the same where exact */
    uint64_t path_samples;      /**< vertices whose distances were looked at; 0: all, or pairs */
    uint64_t pair_samples;      /**< pairs whose distance was looked at; 0: vertices */
    double delta;               /**< probability that the mean is farther off than its margin */
    double assortativity;       /**< correlation of the degrees at both ends of a tie, direction ignored; Newman 2002 */
    bool has_bow_tie;           /**< directed, with a strongly connected set of more than one vertex */
    uint32_t bow[CN_BOW_COUNT]; /**< vertices by place (Broder et al. 2000) */
    double centralisation;      /**< N/(N-2)·(k_max/(N-1) − density) of the undirected graph; Dong & Horvath 2007 */
    double value_total;         /**< sum of the links' values in currency units (weight by value; else NaN) */
} cn_summary;

typedef struct cn_summary_options {
    double epsilon; /**< estimate the mean distance to within this share of itself; 0: exact */
    double delta;   /**< and be wrong with at most this probability; 0 is 0.1 */
    uint64_t seed;  /**< of the sample; the same seed gives the same bytes */
    int threads;    /**< 0: as many as the machine has; the bytes are the same for any number */
    cn_watch watch; /**< asked while distances are computed */
} cn_summary_options;

/** Everything exact. Cost: O(V E / 512) for paths and diameter, else O(V + E + triangles). CN_OK or CN_ERR_MEMORY. */
CN_API cn_status cn_summary_compute(const cn_graph *graph, cn_summary *out, cn_error *err);

/**
 * The same, with the distances estimated where `options` ask for it (NULL: exact). Where a sample would have to be half of
 * the vertices the distances are exact after all.
 * @return also CN_ERR_ARGUMENT (epsilon or delta not between 0 and 1), CN_ERR_CANCELLED
 */
CN_API cn_status cn_summary_estimate(const cn_graph *graph, const cn_summary_options *options, cn_summary *out,
                                     cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
