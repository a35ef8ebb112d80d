/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One function per row of metrics.def, all of one shape. The caller (metric.c) guarantees: at least one vertex, options
 * complete (damping and delta set and in range), *remark CN_MSG_NONE. A function fills every value and may change the remark.
 */
#ifndef CN_ANALYSE_METRIC_H
#define CN_ANALYSE_METRIC_H

#include "kernels.h"

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
cn__metric_function cn__metric_katz;
cn__metric_function cn__metric_coreness;
cn__metric_function cn__metric_constraint;

cn__kernel_watch cn__metric_watch(const cn_metric_options *options);
/* The bound a kernel must keep so that a value times `scale` keeps that of the options; and say so in the estimate. */
cn__kernel_bound cn__metric_bound(const cn_metric_options *options, double scale);
/* `unit`: what 1 of the normalised value is in the values that are given. */
void cn__metric_tell(const cn_metric_options *options, uint64_t samples, double unit);

#endif
