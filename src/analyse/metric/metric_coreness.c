/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coreness: the largest k such that the vertex belongs to a part of the graph in which everyone has at least k arcs inside
 * the part (Seidman 1983). In- and out-arcs count alike, a mutual pair twice; loops and weights do not count
 * (kernel_coreness.c). O(V + E).
 */
#include "error.h"
#include "memory.h"
#include "metric.h"

cn_status cn__metric_coreness(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    (void)options;
    *remark = CN_MSG_NONE;
    uint32_t *coreness = cn__alloc(graph->n, sizeof *coreness);
    cn_status status = coreness ? cn__kernel_coreness(graph, coreness, err) : CN__NO_MEMORY(err);
    for (uint32_t v = 0; status == CN_OK && v < graph->n; v++) {
        values[v] = coreness[v];
    }
    cn__free(coreness);
    return status;
}
