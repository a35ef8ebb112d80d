/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The disparity filter: for every arc the probability that chance alone gives it its share or more, at the end where that is least. The
 * probability is taken as exp((k − 1) log1p(−p)), which keeps its digits where p is small. Source: backbone.h. Cost: O(V + E).
 */
#include "coopnet/backbone.h"

#include <math.h>

#include "error.h"
#include "memory.h"

static double weight_of(const cn_graph *graph, uint32_t arc) { return graph->weight ? graph->weight[arc] : 1; }

static double level_at(double weight, double strength, uint32_t arcs) {
    if (arcs < 2 || !(weight > 0)) {
        return 1;
    }
    double share = weight / strength;
    return share < 1 ? exp((arcs - 1) * log1p(-share)) : 0;
}

cn_status cn_backbone_compute(const cn_graph *graph, double *level, cn_error *err) {
    double *in = cn__calloc(graph->n, sizeof *in);
    if (!in) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
            in[graph->out_to[e]] += weight_of(graph, e);
        }
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t arcs = graph->out_start[v + 1] - graph->out_start[v];
        double out = 0;
        for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
            out += weight_of(graph, e);
        }
        for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
            uint32_t to = graph->out_to[e];
            double weight = weight_of(graph, e);
            double here = level_at(weight, out, arcs);
            double there = level_at(weight, in[to], graph->in_start[to + 1] - graph->in_start[to]);
            level[e] = fmin(here, there);
        }
    }
    cn__free(in);
    return CN_OK;
}
