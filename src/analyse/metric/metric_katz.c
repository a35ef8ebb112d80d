/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Katz centrality (1953): a vertex has 1, and from each supplier the share alpha of what that one has, times the weight:
 * the number of chains of every length that end here, each link costing alpha (kernel_katz.c). O(V + E) a step.
 */
#include "metric.h"

cn_status cn__metric_katz(const cn_graph *graph, const cn_metric_options *options, double *values, cn_message *remark,
                          cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    *remark = CN_MSG_NONE;
    return cn__kernel_katz(graph, options->alpha, values, &watch, err);
}
