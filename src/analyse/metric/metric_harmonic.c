/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Harmonic closeness: Σ 1/distance to every other organisation along the out-arcs, or from them with CN_DIR_IN
 * (Marchiori & Latora 2000). An unreachable one adds 0, so that, unlike closeness, it exists on a graph in pieces.
 * Normalised: divided by n-1.
 *
 * One search from every vertex, breadth first or, with weights, Dijkstra's (1959) over lengths 1/weight; invariant of a
 * search: no entry of `distance` is less than the true distance. The terms are added in the order of the
 * vertices. A kernel of our own, because igraph's weighted one adds 1 to each distance, which takes the digits from
 * lengths like 1e-9, and dereferences NULL when memory fails. Cost O(VE), weighted O(VE log V).
 */
#include "metric.h"

#include <math.h>

#include "error.h"
#include "memory.h"
#include "vertex_heap.h"

typedef struct closeness {
    const cn_graph *graph;
    const uint32_t *start; /* the rows that are followed */
    const uint32_t *next;
    const uint32_t *arc; /* NULL: the arc is the entry itself */
    double *distance;    /* INFINITY: not reached */
    uint32_t *queue;
    cn__vertex_heap heap; /* by nearness: the negative distance */
} closeness;

static void search_steps(closeness *c, uint32_t root) {
    uint32_t count = 0;
    c->queue[count++] = root;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = c->queue[i];
        for (uint32_t k = c->start[v]; k < c->start[v + 1]; k++) {
            if (isinf(c->distance[c->next[k]])) {
                c->distance[c->next[k]] = c->distance[v] + 1;
                c->queue[count++] = c->next[k];
            }
        }
    }
}

static bool search_lengths(closeness *c, uint32_t root) {
    if (!cn__heap_push(&c->heap, 0, root)) {
        return false;
    }
    while (c->heap.count > 0) {
        cn__heap_item item = cn__heap_pop(&c->heap);
        uint32_t v = item.vertex;
        if (-item.key > c->distance[v]) {
            continue; /* an older entry of a vertex that has come nearer */
        }
        for (uint32_t k = c->start[v]; k < c->start[v + 1]; k++) {
            uint32_t u = c->next[k];
            double weight = c->graph->weight[c->arc ? c->arc[k] : k];
            double far = c->distance[v] + 1 / weight; /* weight 0: INFINITY, never nearer */
            if (far < c->distance[u]) {
                c->distance[u] = far;
                if (!cn__heap_push(&c->heap, -far, u)) {
                    return false;
                }
            }
        }
    }
    return true;
}

static bool compute(closeness *c, double divisor, double *values) {
    uint32_t n = c->graph->n;
    for (uint32_t root = 0; root < n; root++) {
        for (uint32_t v = 0; v < n; v++) {
            c->distance[v] = INFINITY;
        }
        c->distance[root] = 0;
        if (!c->graph->weight) {
            search_steps(c, root);
        } else if (!search_lengths(c, root)) {
            return false;
        }
        double sum = 0;
        for (uint32_t v = 0; v < n; v++) {
            sum += v == root ? 0 : 1 / c->distance[v];
        }
        values[root] = sum / divisor;
    }
    return true;
}

cn_status cn__metric_harmonic(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    bool in = options->direction == CN_DIR_IN;
    closeness c = {.graph = graph,
                   .start = in ? graph->in_start : graph->out_start,
                   .next = in ? graph->in_from : graph->out_to,
                   .arc = in ? graph->in_arc : NULL,
                   .distance = cn__alloc(graph->n, sizeof *c.distance),
                   .queue = cn__alloc(graph->n, sizeof *c.queue)};
    double divisor = options->normalized && graph->n > 1 ? graph->n - 1.0 : 1;
    *remark = CN_MSG_NONE;
    bool ok = c.distance && c.queue && compute(&c, divisor, values);
    cn__free(c.distance);
    cn__free(c.queue);
    cn__heap_release(&c.heap);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
