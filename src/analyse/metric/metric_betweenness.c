/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness: for how many pairs of other organisations the shortest chain runs through this one (Freeman 1977; Kim et
 * al. 2011 call it operational criticality); of s equally short chains each counts 1/s. Ordered pairs on a directed
 * graph, unordered ones otherwise. Brandes' algorithm (2001): without weights in our own kernel, O(VE), with
 * weights in igraph, O(VE + V² log V).
 */
#include "ig.h"
#include "kernels.h"
#include "metric.h"

cn_status cn__metric_betweenness(const cn_graph *graph, const cn_metric_options *options, double *values,
                                 cn_message *remark, cn_error *err) {
    *remark = CN_MSG_NONE;
    cn_status status = graph->weight ? cn__ig_betweenness(graph, values, err)
                                     : cn__kernel_betweenness(graph, NULL, 0, values, NULL, err);
    if (status != CN_OK) {
        return status;
    }
    if (options->normalized && graph->n > 2) {
        double pairs = (graph->n - 1.0) * (graph->n - 2.0) / (graph->directed ? 1 : 2);
        for (uint32_t v = 0; v < graph->n; v++) {
            values[v] /= pairs;
        }
    }
    return CN_OK;
}
