/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Harmonic closeness: Σ 1/distance to every other organisation along the out-arcs, or from them with CN_DIR_IN
 * (Marchiori & Latora 2000). An unreachable one adds 0, so that, unlike closeness, it exists on a graph in pieces.
 * Normalised: divided by n-1. One search per vertex in igraph: O(VE), weighted O(VE + V² log V).
 */
#include "ig.h"
#include "metric.h"

cn_status cn__metric_harmonic(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    *remark = CN_MSG_NONE;
    cn_status status = cn__ig_harmonic(graph, options->direction, values, err);
    if (status != CN_OK) {
        return status;
    }
    if (options->normalized && graph->n > 1) {
        for (uint32_t v = 0; v < graph->n; v++) {
            values[v] /= graph->n - 1.0;
        }
    }
    return CN_OK;
}
