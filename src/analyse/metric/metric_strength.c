/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strengths: the degrees with every arc counting its weight (with value weights: purchases, sales and turnover inside
 * the layer; Barrat et al. 2004). Without weights they are the degrees. Sums run in the order of the rows, so that the
 * same graph gives the same bytes. Cost O(V + E).
 */
#include "metric.h"

static double out_sum(const cn_graph *graph, uint32_t v) {
    double sum = 0;
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        sum += graph->weight[a];
    }
    return sum;
}

static double in_sum(const cn_graph *graph, uint32_t v) {
    double sum = 0;
    for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
        sum += graph->weight[graph->in_arc[i]];
    }
    return sum;
}

/* An undirected loop stands as one arc in the rows but counts twice. */
static double loop_sum(const cn_graph *graph, uint32_t v) {
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        if (graph->out_to[a] == v) {
            return graph->weight[a];
        }
    }
    return 0;
}

cn_status cn__metric_strength(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    if (!graph->weight) {
        return cn__metric_degree(graph, &(cn_metric_options){.direction = options->direction}, values, remark, err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = out_sum(graph, v) + (graph->directed ? in_sum(graph, v) : loop_sum(graph, v));
    }
    return CN_OK;
}

cn_status cn__metric_in_strength(const cn_graph *graph, const cn_metric_options *options, double *values,
                                 cn_message *remark, cn_error *err) {
    if (!graph->directed) {
        return cn__metric_strength(graph, options, values, remark, err);
    }
    if (!graph->weight) {
        return cn__metric_in_degree(graph, &(cn_metric_options){.direction = options->direction}, values, remark, err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = in_sum(graph, v);
    }
    return CN_OK;
}

cn_status cn__metric_out_strength(const cn_graph *graph, const cn_metric_options *options, double *values,
                                  cn_message *remark, cn_error *err) {
    if (!graph->directed) {
        return cn__metric_strength(graph, options, values, remark, err);
    }
    if (!graph->weight) {
        return cn__metric_out_degree(graph, &(cn_metric_options){.direction = options->direction}, values, remark, err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = out_sum(graph, v);
    }
    return CN_OK;
}
