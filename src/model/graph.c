/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The finished graph: from arcs given as pairs, its release and its look-ups. Invariant: the arrays shown are the
 * arrays owned, arcs are sorted by source and target and each pair stands once.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "graph_impl.h"
#include "memory.h"

void cn__graph_show(cn__graph *graph, bool directed, cn_weighting weighting) {
    cn__csr *csr = &graph->csr;
    cn_graph *shown = &graph->shown;
    if (graph->trace == NULL) {
        cn__free(csr->group);
        cn__free(csr->group_start);
        csr->group = NULL;
        csr->group_start = NULL;
    }
    shown->n = csr->n;
    shown->m = csr->m;
    shown->edge_count = directed ? csr->m : (csr->m - csr->loops) / 2 + csr->loops;
    shown->directed = directed;
    shown->weighting = weighting;
    shown->out_start = csr->out_start;
    shown->out_to = csr->out_to;
    shown->in_start = csr->in_start;
    shown->in_from = csr->in_from;
    shown->in_arc = csr->in_arc;
    shown->weight = graph->weight;
    shown->entity = graph->entity;
    shown->vertex = graph->vertex;
}

void cn_graph_free(cn_graph *shown) {
    cn__graph *graph = (cn__graph *)shown;
    if (graph == NULL) {
        return;
    }
    cn__csr_release(&graph->csr); /* a trace lies in it */
    cn__free(graph->weight);
    cn__free(graph->entity);
    cn__free(graph->vertex);
    cn__free(graph);
}

/* Copy the arcs without loops. */
static cn_status take_arcs(uint32_t n, size_t count, const uint32_t *from, const uint32_t *to, const double *weights,
                           cn__entries *entries, cn_error *err) {
    if (count > CN_NONE - 1) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "arcs");
    }
    if (!cn__entries_init(entries, count)) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (from[i] >= n || to[i] >= n) {
            return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, from[i] >= n ? "from" : "to", "≥ n");
        }
        if (weights != NULL && !(weights[i] >= 0 && isfinite(weights[i]))) {
            return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "weight", "NaN, ∞, < 0");
        }
        if (from[i] != to[i]) {
            entries->from[entries->count] = from[i];
            entries->to[entries->count] = to[i];
            entries->item[entries->count++] = i;
        }
    }
    return CN_OK;
}

static bool add_weights(const double *weights, cn__graph *graph) {
    const cn__csr *csr = &graph->csr;
    graph->weight = cn__alloc(csr->m, sizeof *graph->weight);
    if (graph->weight == NULL) {
        return false;
    }
    for (uint32_t arc = 0; arc < csr->m; arc++) {
        double sum = 0;
        for (uint32_t i = csr->group_start[arc]; i < csr->group_start[arc + 1]; i++) {
            sum += weights[csr->group[i]];
        }
        graph->weight[arc] = sum;
    }
    return true;
}

cn_status cn_graph_from_arcs(uint32_t n, size_t arc_count, const uint32_t *from, const uint32_t *to,
                             const double *weights, bool directed, cn_graph **out, cn_error *err) {
    cn__entries entries = {0};
    *out = NULL;
    cn__graph *graph = cn__calloc(1, sizeof *graph);
    if (graph == NULL) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = take_arcs(n, arc_count, from, to, weights, &entries, err);
    graph->shown.links_used = (uint32_t)entries.count;
    if (status == CN_OK) {
        status = cn__csr_build(n, &entries, directed, &graph->csr, err);
    }
    if (status == CN_OK && weights != NULL && !add_weights(weights, graph)) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        cn__graph_show(graph, directed, weights != NULL ? CN_WEIGHT_VALUE : CN_WEIGHT_NONE);
        *out = &graph->shown;
        graph = NULL;
    }
    cn__entries_release(&entries);
    cn_graph_free(graph != NULL ? &graph->shown : NULL);
    return status;
}

uint32_t cn_graph_find_arc(const cn_graph *graph, uint32_t from, uint32_t to) {
    uint32_t begin = graph->out_start[from];
    uint32_t end = graph->out_start[from + 1];
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (graph->out_to[middle] < to) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin < graph->out_start[from + 1] && graph->out_to[begin] == to ? begin : CN_NONE;
}

const cn_link *cn_graph_arc_links(const cn_graph *shown, uint32_t arc, size_t *count) {
    const cn__graph *graph = (const cn__graph *)shown;
    *count = 0;
    if (graph->trace == NULL) {
        return NULL;
    }
    const uint32_t *start = graph->csr.group_start;
    *count = start[arc + 1] - start[arc];
    return graph->trace + start[arc];
}
