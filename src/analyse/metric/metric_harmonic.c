/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Harmonic closeness: the sum of 1/distance to (or from) every other vertex; unreachable ones add 0, so it exists on
 * networks in pieces (Marchiori & Latora 2000). Exact or estimated from random pivots (kernel_harmonic.c). With weights
 * the nearest another can be is 1/(largest weight), so an estimate is bounded in units of that weight.
 */
#include <math.h>

#include "metric.h"

static double largest_weight(const cn_graph *graph) {
    double largest = 0;
    for (uint32_t a = 0; graph->weight && a < graph->m; a++) {
        largest = fmax(largest, graph->weight[a]);
    }
    return graph->weight ? largest : 1;
}

cn_status cn__metric_harmonic(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    double others = graph->n > 1 ? graph->n - 1.0 : 1;
    cn_status status = CN_OK;
    *remark = CN_MSG_NONE;
    if (options->epsilon > 0) {
        uint64_t samples = 0;
        cn__kernel_bound bound = cn__metric_bound(options, 1);
        status = cn__kernel_harmonic_sample(graph, options->direction, &bound, values, &samples, &watch, err);
        if (samples < graph->n) { /* with all of them as pivots it is exact */
            cn__metric_tell(options, samples, (options->normalized ? 1 : others) * largest_weight(graph));
        }
    } else {
        status = cn__kernel_harmonic(graph, options->direction, NULL, 0, values, &watch, err);
    }
    for (uint32_t v = 0; status == CN_OK && options->normalized && v < graph->n; v++) {
        values[v] /= others;
    }
    return status;
}
