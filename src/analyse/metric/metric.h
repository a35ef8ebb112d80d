/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One function per row of metrics.def, all of one shape. The caller (metric.c) guarantees: at least one vertex, options
 * complete (damping set and in range), *remark CN_MSG_NONE. A function fills every value and may change the remark.
 */
#ifndef CN_ANALYSE_METRIC_H
#define CN_ANALYSE_METRIC_H

#include "coopnet/metrics.h"

typedef cn_status cn__metric_function(const cn_graph *graph, const cn_metric_options *options, double *values,
                                      cn_message *remark, cn_error *err);

cn__metric_function cn__metric_degree;
cn__metric_function cn__metric_in_degree;
cn__metric_function cn__metric_out_degree;
cn__metric_function cn__metric_strength;
cn__metric_function cn__metric_in_strength;
cn__metric_function cn__metric_out_strength;
cn__metric_function cn__metric_betweenness;
cn__metric_function cn__metric_harmonic;
cn__metric_function cn__metric_eigenvector;
cn__metric_function cn__metric_pagerank;
cn__metric_function cn__metric_coreness;
cn__metric_function cn__metric_constraint;

#endif
