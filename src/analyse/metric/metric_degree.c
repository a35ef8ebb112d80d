/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Degrees: how many vertices an organisation deals with. Directed: in-degree is Kim et al.'s (2011) supply load,
 * out-degree its demand load, degree their sum (a mutual pair counts twice). Undirected: all three count the edges. A
 * loop counts twice in the degree, as usual. Normalised: divided by the number of other vertices, by twice that for the
 * degree of a directed graph. Cost O(V).
 */
#include "metric.h"

static double out_count(const cn_graph *graph, uint32_t v) {
    return (double)(graph->out_start[v + 1] - graph->out_start[v]);
}

static double in_count(const cn_graph *graph, uint32_t v) {
    return (double)(graph->in_start[v + 1] - graph->in_start[v]);
}

/* An undirected loop stands as one arc in the rows. */
static double loop_count(const cn_graph *graph, uint32_t v) {
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        if (graph->out_to[a] == v) {
            return 1;
        }
    }
    return 0;
}

static void normalize(const cn_graph *graph, const cn_metric_options *options, double factor, double *values) {
    if (options->normalized && graph->n > 1) {
        for (uint32_t v = 0; v < graph->n; v++) {
            values[v] /= factor * (graph->n - 1.0);
        }
    }
}

cn_status cn__metric_degree(const cn_graph *graph, const cn_metric_options *options, double *values, cn_message *remark,
                            cn_error *err) {
    *remark = CN_MSG_NONE;
    (void)err;
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = out_count(graph, v) + (graph->directed ? in_count(graph, v) : loop_count(graph, v));
    }
    normalize(graph, options, graph->directed ? 2 : 1, values);
    return CN_OK;
}

cn_status cn__metric_in_degree(const cn_graph *graph, const cn_metric_options *options, double *values,
                               cn_message *remark, cn_error *err) {
    if (!graph->directed) {
        return cn__metric_degree(graph, options, values, remark, err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = in_count(graph, v);
    }
    normalize(graph, options, 1, values);
    return CN_OK;
}

cn_status cn__metric_out_degree(const cn_graph *graph, const cn_metric_options *options, double *values,
                                cn_message *remark, cn_error *err) {
    if (!graph->directed) {
        return cn__metric_degree(graph, options, values, remark, err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = out_count(graph, v);
    }
    normalize(graph, options, 1, values);
    return CN_OK;
}
