/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness: for how many pairs of other organisations the shortest chain runs through this one (Freeman 1977; Kim et
 * al. 2011 call it operational criticality); of s equally short chains each counts 1/s. Ordered pairs on a directed
 * graph, unordered ones otherwise. Exact O(VE), with lengths O(VE + V² log V) (kernel_betweenness.c); estimated from
 * random shortest paths (kernel_betweenness_sample.c), which bounds the share of all n(n-1) pairs, so that the bound is
 * made (n-2)/n times as narrow for the share of the (n-1)(n-2) that can be.
 */
#include "metric.h"

cn_status cn__metric_betweenness(const cn_graph *graph, const cn_metric_options *options, double *values,
                                 cn_message *remark, cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    double n = graph->n;
    double pairs = (n - 1) * (n - 2) / (graph->directed ? 1 : 2);
    cn_status status = CN_OK;
    *remark = CN_MSG_NONE;
    if (options->epsilon > 0 && graph->n > 2) {
        uint64_t samples = 0;
        cn__kernel_bound bound = cn__metric_bound(options, n / (n - 2));
        status = cn__kernel_betweenness_sample(graph, &bound, values, &samples, &watch, err);
        cn__metric_tell(options, samples, options->normalized ? 1 : pairs);
    } else {
        status = cn__kernel_betweenness(graph, NULL, 0, values, &watch, err);
    }
    for (uint32_t v = 0; status == CN_OK && options->normalized && graph->n > 2 && v < graph->n; v++) {
        values[v] /= pairs;
    }
    return status;
}
