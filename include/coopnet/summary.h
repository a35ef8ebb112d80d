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
    uint32_t diameter;          /**< longest of these distances */
    double centralisation;      /**< N/(N-2)·(k_max/(N-1) − density) of the undirected graph; Dong & Horvath 2007 */
    double value_total;         /**< sum of the links' values in currency units (weight by value; else NaN) */
} cn_summary;

/** Cost: O(V E) for paths and diameter, else O(V + E + triangles). */
CN_API cn_status cn_summary_compute(const cn_graph *graph, cn_summary *out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
