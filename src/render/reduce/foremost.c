/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The foremost organisations by a metric and what connects them. Connecting: a breadth-first search from all of them at once gives every
 * vertex its nearest one; each tie between two such neighbourhoods is a chain between two foremost, and Kruskal's algorithm takes the
 * shortest chains (of equal ones the one over the lighter-numbered tie) until no two parts can be joined. That is Mehlhorn's
 * approximation of a Steiner tree (Inf. Process. Lett. 27, 1988): at most 2 (1 − 1/N) times as many steps as needed.
 * Cost: that of the metric, and O(V + E) (chains are sorted by length in buckets).
 */
#include "reduce.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"
#include "error.h"
#include "ranked.h"

#define EXACT_WORK 5e9 /* vertices × arcs; above, sampled */

cn_status cn__foremost_values(const cn_network *net, const cn_draw_options *options, cn_graph **graph, double **values,
                              cn_error *err) {
    bool weighs = options->top_metric == CN_METRIC_STRENGTH || options->top_metric == CN_METRIC_IN_STRENGTH ||
                  options->top_metric == CN_METRIC_OUT_STRENGTH;
    cn_graph_options layer = {.link_kinds = options->link_kinds,
                              .weighting = weighs ? CN_WEIGHT_VALUE : CN_WEIGHT_NONE};
    cn_message remark;
    *values = NULL;
    *graph = NULL;
    cn_status status = cn_graph_create(net, &layer, graph, err);
    if (status == CN_OK && weighs && (*graph)->links_no_value == (*graph)->links_used) {
        cn_graph_free(*graph);
        *graph = NULL;
        layer.weighting = CN_WEIGHT_NONE;
        status = cn_graph_create(net, &layer, graph, err);
    }
    if (status == CN_OK) {
        *values = cn__alloc((*graph)->n, sizeof **values);
        status = *values ? CN_OK : CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        bool sampled = cn_metric_uses(options->top_metric) & CN_USES_BOUND && cn_metric_work(*graph) > EXACT_WORK;
        cn_metric_options how = {.epsilon = sampled ? 0.01 : 0, .watch = options->watch};
        status = cn_metric_compute(*graph, options->top_metric, &how, *values, &remark, err);
    }
    return status;
}

typedef struct web {
    const cn_graph *graph;
    uint32_t *parent; /* by vertex: on the way to its root; a root is its own; CN_NONE: not reached */
    uint32_t *root;   /* number of the foremost it is nearest to */
    uint32_t *depth;
    uint32_t *queue;
    uint32_t *set; /* by foremost, for union-find */
    uint8_t *picked;
} web;

/* The `count` foremost actors into w->queue. Returns how many there are; CN_NONE: memory. */
static uint32_t find_foremost(web *w, const cn_network *net, const double *values, uint32_t count) {
    uint32_t n = w->graph->n;
    uint32_t found = 0;
    cn__ranked *list = cn__alloc(n, sizeof *list);
    for (uint32_t v = 0; list && v < n; v++) {
        bool actor = CN_KIND_BIT(cn_entity_kind_of(net, w->graph->entity[v])) & CN_K_ACTOR;
        if (actor && !isnan(values[v])) {
            list[found++] = (cn__ranked){values[v], v};
        }
    }
    if (list) {
        cn__ranked_sort(list, found);
        found = found < count ? found : count;
        for (uint32_t i = 0; i < found; i++) {
            w->queue[i] = list[i].index;
        }
    }
    bool ok = list != NULL;
    cn__free(list);
    return ok ? found : CN_NONE;
}

static void reach(web *w, uint32_t v, uint32_t from, uint32_t *tail) {
    if (w->parent[v] == CN_NONE) {
        w->parent[v] = from;
        w->root[v] = w->root[from];
        w->depth[v] = w->depth[from] + 1;
        w->queue[(*tail)++] = v;
    }
}

static void search(web *w, uint32_t foremost) {
    uint32_t tail = foremost;
    memset(w->parent, 0xFF, w->graph->n * sizeof *w->parent);
    for (uint32_t i = 0; i < foremost; i++) {
        uint32_t v = w->queue[i];
        w->parent[v] = v;
        w->root[v] = w->set[i] = i;
        w->depth[v] = 0;
    }
    for (uint32_t head = 0; head < tail; head++) {
        uint32_t v = w->queue[head];
        for (uint32_t e = w->graph->out_start[v]; e < w->graph->out_start[v + 1]; e++) {
            reach(w, w->graph->out_to[e], v, &tail);
        }
        for (uint32_t e = w->graph->in_start[v]; e < w->graph->in_start[v + 1]; e++) {
            reach(w, w->graph->in_from[e], v, &tail);
        }
    }
}

static uint32_t pick_way(web *w, uint32_t v) {
    uint32_t picked = 0;
    while (!w->picked[w->graph->entity[v]]) {
        w->picked[w->graph->entity[v]] = 1;
        picked++;
        v = w->parent[v];
    }
    return picked;
}

/* Join what can be joined, chains of `length` steps. Returns how many vertices came in between. */
static uint32_t join(web *w, uint32_t length, bool *longer) {
    uint32_t picked = 0;
    for (uint32_t v = 0; v < w->graph->n; v++) {
        for (uint32_t e = w->graph->out_start[v]; w->parent[v] != CN_NONE && e < w->graph->out_start[v + 1]; e++) {
            uint32_t u = w->graph->out_to[e];
            uint32_t steps = w->depth[v] + w->depth[u] + 1;
            if (w->root[v] == w->root[u] || steps < length) {
                continue;
            }
            uint32_t a = cn__root_of(w->set, w->root[v]);
            uint32_t b = cn__root_of(w->set, w->root[u]);
            if (a == b) {
                continue;
            }
            if (steps > length) {
                *longer = true;
                continue;
            }
            w->set[a] = b;
            picked += pick_way(w, v);
            picked += pick_way(w, u);
        }
    }
    return picked;
}

static double value_between(const cn_graph *graph, const uint8_t *picked, bool all) {
    double sum = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
            bool both = picked[graph->entity[v]] && picked[graph->entity[graph->out_to[e]]];
            sum += all || both ? graph->weight ? graph->weight[e] : 1 : 0;
        }
    }
    return sum;
}

static void write_words(const cn_draw_options *options, const web *w, uint32_t foremost, uint32_t between, cn_lang lang,
                        cn_buf *notes) {
    cn_buf a = {0}, b = {0}, c = {0}, share = {0};
    double all = value_between(w->graph, w->picked, true);
    cn_format_number(&a, lang, foremost, 0);
    cn_format_number(&b, lang, between, 0);
    cn_format_number(&c, lang, w->graph->n, 0);
    cn_format_number(&share, lang, all > 0 ? value_between(w->graph, w->picked, false) / all * 100 : 0, 0);
    cn_buf_add_text(&share, lang == CN_LANG_RU ? "\u00a0%" : "%");
    const char *args[] = {a.data ? a.data : "", b.data ? b.data : "", c.data ? c.data : "",
                          cn_metric_name(options->top_metric, lang), share.data ? share.data : ""};
    cn_text_format(notes, lang, cn__draw_text(between ? CN__TEXT_FOREMOST_JOINED : CN__TEXT_FOREMOST, lang), 5, args);
    if (options->told) {
        cn_diags_add(options->told, between ? CN_MSG_DRAW_FOREMOST : CN_MSG_DRAW_FOREMOST_ALONE, "", 0, 0, 4, args);
    }
    notes->failed |= a.failed || b.failed || c.failed || share.failed;
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_buf_release(&c);
    cn_buf_release(&share);
}

cn_status cn__pick_foremost(const cn_network *net, const cn_draw_options *options, uint8_t *picked, cn_lang lang,
                            cn_buf *notes, cn_error *err) {
    cn_graph *graph = NULL;
    double *values = NULL;
    web w = {0};
    cn_status status = cn__foremost_values(net, options, &graph, &values, err);
    if (status != CN_OK) {
        goto done;
    }
    w = (web){graph,
              cn__alloc(graph->n, sizeof *w.parent),
              cn__alloc(graph->n, sizeof *w.root),
              cn__alloc(graph->n, sizeof *w.depth),
              cn__alloc(graph->n, sizeof *w.queue),
              cn__alloc(options->top, sizeof *w.set),
              picked};
    uint32_t foremost =
        w.parent && w.root && w.depth && w.queue && w.set ? find_foremost(&w, net, values, options->top) : CN_NONE;
    if (foremost == CN_NONE) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    for (uint32_t i = 0; i < foremost; i++) {
        picked[graph->entity[w.queue[i]]] = 1;
    }
    search(&w, foremost);
    uint32_t between = 0;
    bool longer = true;
    for (uint32_t length = 1; longer; length++) {
        longer = false;
        between += join(&w, length, &longer);
    }
    write_words(options, &w, foremost, between, lang, notes);
done:
    cn__free(w.parent);
    cn__free(w.root);
    cn__free(w.depth);
    cn__free(w.queue);
    cn__free(w.set);
    cn__free(values);
    cn_graph_free(graph);
    return status;
}
