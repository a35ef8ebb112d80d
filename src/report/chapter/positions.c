/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Centralities for a report, which has seconds, not minutes: exact up to some 3·10^8 steps (vertices × arcs), beyond that from samples.
 * Betweenness keeps one bound, as its sample hardly grows with the network. Closeness would need ln(2n/δ)/(2ε²) searches of the whole network
 * for a bound ε (docs/metrics.md), so there the work is fixed and the bound follows from it.
 */
#include "positions.h"

#include "error.h"
#include "memory.h"

#include <math.h>

#define EXACT_UP_TO 3e8
#define BETWEENNESS_BOUND 0.005
#define CLOSENESS_WORK 4e9 /* arcs passed in all searches: some seconds */
#define CLOSENESS_BEST 0.01
#define RISK 0.1 /* δ */

cn_metric cn__position_metric(cn__position position) {
    static const cn_metric metrics[] = {CN_METRIC_BETWEENNESS, CN_METRIC_PAGERANK, CN_METRIC_HARMONIC,
                                        CN_METRIC_DEGREE};
    return metrics[position];
}

static double bound_of(cn__position position, const cn_graph *graph) {
    if (cn_metric_work(graph) <= EXACT_UP_TO) {
        return 0;
    }
    if (position == CN__POSITION_BETWEENNESS) {
        return BETWEENNESS_BOUND;
    }
    double bound = sqrt(log(2.0 * graph->n / RISK) * graph->m / (2 * CLOSENESS_WORK));
    return position == CN__POSITION_HARMONIC ? fmin(fmax(bound, CLOSENESS_BEST), 0.5) : 0;
}

cn_status cn__positions_compute(const cn_network *net, cn__positions *out, cn_error *err) {
    const cn_graph_options options = {.link_kinds = cn_graph_default_layer(net), .entity_kinds = CN_K_ACTOR};
    cn_status status = cn_graph_create(net, &options, &out->graph, err);
    for (int p = 0; p < CN__POSITION_COUNT && !status; p++) {
        cn_metric_options how = {
            .epsilon = bound_of((cn__position)p, out->graph), .delta = RISK, .estimate = &out->estimates[p]};
        out->values[p] = cn__alloc(out->graph->n, sizeof(double));
        status = out->values[p] ? cn_metric_compute(out->graph, cn__position_metric((cn__position)p), &how,
                                                    out->values[p], NULL, err)
                                : CN__NO_MEMORY(err);
    }
    if (!status) {
        out->order = cn__alloc(out->graph->n, sizeof *out->order);
        status = out->order ? cn_metric_order(out->graph, net, out->values[CN__POSITION_BETWEENNESS], out->order, err)
                            : CN__NO_MEMORY(err);
    }
    return status;
}

void cn__positions_release(cn__positions *positions) {
    for (int p = 0; p < CN__POSITION_COUNT; p++) {
        cn__free(positions->values[p]);
    }
    cn__free(positions->order);
    cn_graph_free(positions->graph);
    *positions = (cn__positions){0};
}
