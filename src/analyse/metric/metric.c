/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The metrics as a table: names from metrics.def, one function each, and the ranking of vertices by a value.
 * Invariant: `functions` has one entry per row of metrics.def. Cost of its own: ordering O(V log V).
 */
#include "metric.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "vertex_sort.h"

static const struct row {
    const char *key;
    unsigned uses;
    const char *en;
    const char *ru;
} rows[CN_METRIC_COUNT] = {
#define CN_METRIC(id, key, uses, en, ru) {key, uses, en, ru},
#include "coopnet/metrics.def"
#undef CN_METRIC
};

static cn__metric_function *const functions[CN_METRIC_COUNT] = {
    [CN_METRIC_DEGREE] = cn__metric_degree,
    [CN_METRIC_IN_DEGREE] = cn__metric_in_degree,
    [CN_METRIC_OUT_DEGREE] = cn__metric_out_degree,
    [CN_METRIC_STRENGTH] = cn__metric_strength,
    [CN_METRIC_IN_STRENGTH] = cn__metric_in_strength,
    [CN_METRIC_OUT_STRENGTH] = cn__metric_out_strength,
    [CN_METRIC_BETWEENNESS] = cn__metric_betweenness,
    [CN_METRIC_HARMONIC] = cn__metric_harmonic,
    [CN_METRIC_EIGENVECTOR] = cn__metric_eigenvector,
    [CN_METRIC_PAGERANK] = cn__metric_pagerank,
    [CN_METRIC_KATZ] = cn__metric_katz,
    [CN_METRIC_CORENESS] = cn__metric_coreness,
    [CN_METRIC_CONSTRAINT] = cn__metric_constraint,
};

static bool is_metric(cn_metric metric) { return (unsigned)metric < CN_METRIC_COUNT; }

int cn_metric_find(const char *key) {
    for (int i = 0; i < CN_METRIC_COUNT; i++) {
        if (strcmp(rows[i].key, key) == 0) {
            return i;
        }
    }
    return -1;
}

const char *cn_metric_key(cn_metric metric) { return is_metric(metric) ? rows[metric].key : ""; }

const char *cn_metric_name(cn_metric metric, cn_lang lang) {
    if (!is_metric(metric)) {
        return "";
    }
    return lang == CN_LANG_RU ? rows[metric].ru : rows[metric].en;
}

unsigned cn_metric_uses(cn_metric metric) { return is_metric(metric) ? rows[metric].uses : 0; }

static cn_status refuse_damping(double damping, cn_error *err) {
    cn_buf text = {0};
    cn_format_exact(&text, damping);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, DAMPING_RANGE, text.data ? text.data : "?");
    cn_buf_release(&text);
    return status;
}

cn_status cn_metric_compute(const cn_graph *graph, cn_metric metric, const cn_metric_options *options, double *values,
                            cn_message *remark, cn_error *err) {
    cn_metric_options complete = {.damping = 0};
    cn_message unseen = CN_MSG_NONE;
    if (options) {
        complete = *options;
    }
    if (!remark) {
        remark = &unseen;
    }
    *remark = CN_MSG_NONE;
    if (!is_metric(metric)) {
        return CN__FAIL1(err, CN_ERR_INTERNAL, INTERNAL, "no such metric");
    }
    complete.damping = complete.damping == 0 ? 0.85 : complete.damping;
    complete.delta = complete.delta == 0 ? 0.1 : complete.delta;
    if (complete.estimate) {
        *complete.estimate = (cn_estimate){.samples = 0};
    }
    if (metric == CN_METRIC_PAGERANK && !(complete.damping > 0 && complete.damping < 1)) {
        return refuse_damping(complete.damping, err);
    }
    if (graph->n == 0) {
        return CN_OK;
    }
    return functions[metric](graph, &complete, values, remark, err);
}

double cn_metric_work(const cn_graph *graph) { return (double)graph->n * graph->m; }

/* ---- what the functions share ---- */

cn__kernel_watch cn__metric_watch(const cn_metric_options *options) {
    return (cn__kernel_watch){.watch = options->watch, .threads = options->threads};
}

cn__kernel_bound cn__metric_bound(const cn_metric_options *options, double scale) {
    return (cn__kernel_bound){.epsilon = options->epsilon / scale, .delta = options->delta, .seed = options->seed};
}

void cn__metric_tell(const cn_metric_options *options, uint64_t samples, double unit) {
    if (options->estimate) {
        *options->estimate = (cn_estimate){.samples = samples,
                                           .epsilon = options->epsilon,
                                           .delta = options->delta,
                                           .margin = options->epsilon * unit};
    }
}

/* ---- ranking ---- */

typedef struct ranking {
    const cn_graph *graph;
    const cn_network *net;
    const double *values;
} ranking;

static bool ranks_before(const void *context, uint32_t a, uint32_t b) {
    const ranking *r = context;
    double va = r->values[a];
    double vb = r->values[b];
    if (isnan(va) != isnan(vb)) {
        return isnan(vb);
    }
    if (!isnan(va) && va != vb) {
        return va > vb;
    }
    if (r->net && r->graph->entity) {
        int by_id = strcmp(cn_entity_id(r->net, r->graph->entity[a]), cn_entity_id(r->net, r->graph->entity[b]));
        if (by_id != 0) {
            return by_id < 0;
        }
    }
    return a < b;
}

cn_status cn_metric_order(const cn_graph *graph, const cn_network *net, const double *values, uint32_t *order,
                          cn_error *err) {
    ranking context = {graph, net, values};
    for (uint32_t v = 0; v < graph->n; v++) {
        order[v] = v;
    }
    return cn__vertex_sort(order, graph->n, ranks_before, &context) ? CN_OK : CN__NO_MEMORY(err);
}
