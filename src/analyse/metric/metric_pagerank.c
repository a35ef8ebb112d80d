/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PageRank (Brin & Page 1998): where a rouble is found in the long run that follows a random link with the chance d
 * (in proportion to the weights) and else starts anew at any vertex. The kernel (kernel_pagerank.c) iterates until the
 * sum of all errors is proven to be below 1e-14, or rounding keeps it from shrinking. O(V + E) a step.
 */
#include "metric.h"

static const double ERROR_AIMED = 1e-14;
static const double ERROR_ALLOWED = 1e-10;

cn_status cn__metric_pagerank(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    double error = 0;
    cn_status status = cn__kernel_pagerank(graph, options->damping, ERROR_AIMED, values, &error, &watch, err);
    *remark = error > ERROR_ALLOWED ? CN_MSG_PAGERANK_NEAR : CN_MSG_NONE;
    return status;
}
