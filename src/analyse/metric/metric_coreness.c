/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coreness: the largest k such that the vertex belongs to a part of the graph in which everyone has at least k arcs inside
 * the part (Seidman 1983). In- and out-arcs count alike, a mutual pair twice; loops and weights do not count.
 * Batagelj & Zaveršnik (2003): vertices lie in `order` sorted by their remaining degree, bucket d beginning at
 * first[d]; the vertex of least degree is taken away again and again, and a neighbour that loses an arc is swapped to the
 * front of its bucket, which then begins one later. Cost O(V + E).
 */
#include "metric.h"

#include "error.h"
#include "memory.h"

typedef struct peeling {
    const cn_graph *graph;
    uint32_t n;
    uint32_t *degree; /* remaining; of vertices taken away their coreness */
    uint32_t *order;
    uint32_t *place; /* of a vertex in order */
    size_t *first;   /* of a degree in order */
} peeling;

static uint32_t count_arcs(const cn_graph *graph, uint32_t v) {
    uint32_t count = 0;
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        count += graph->out_to[a] != v;
    }
    if (graph->directed) {
        for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
            count += graph->in_from[i] != v;
        }
    }
    return count;
}

static void fill_buckets(peeling *p, uint32_t largest) {
    for (uint32_t v = 0; v < p->n; v++) {
        p->first[p->degree[v] + (size_t)1]++;
    }
    for (size_t d = 1; d <= (size_t)largest + 1; d++) {
        p->first[d] += p->first[d - 1];
    }
    for (uint32_t v = 0; v < p->n; v++) {
        p->place[v] = (uint32_t)p->first[p->degree[v]]++;
        p->order[p->place[v]] = v;
    }
    for (size_t d = (size_t)largest + 1; d > 0; d--) {
        p->first[d] = p->first[d - 1];
    }
    p->first[0] = 0;
}

/* u loses an arc to a vertex that is being taken away at degree `current`. */
static void lose_arc(peeling *p, uint32_t u, uint32_t current) {
    if (p->degree[u] <= current) {
        return;
    }
    uint32_t front = (uint32_t)p->first[p->degree[u]]++;
    uint32_t other = p->order[front];
    p->order[p->place[u]] = other;
    p->place[other] = p->place[u];
    p->order[front] = u;
    p->place[u] = front;
    p->degree[u]--;
}

static void peel(peeling *p) {
    const cn_graph *graph = p->graph;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t v = p->order[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            lose_arc(p, graph->out_to[a], p->degree[v]);
        }
        if (graph->directed) {
            for (uint32_t a = graph->in_start[v]; a < graph->in_start[v + 1]; a++) {
                lose_arc(p, graph->in_from[a], p->degree[v]);
            }
        }
    }
}

cn_status cn__metric_coreness(const cn_graph *graph, const cn_metric_options *options, double *values,
                              cn_message *remark, cn_error *err) {
    (void)options;
    *remark = CN_MSG_NONE;
    cn_status status = CN_OK;
    peeling p = {.graph = graph, .n = graph->n};
    uint32_t largest = 0;
    p.degree = cn__alloc(p.n, sizeof *p.degree);
    p.order = cn__alloc(p.n, sizeof *p.order);
    p.place = cn__alloc(p.n, sizeof *p.place);
    if (p.degree) {
        for (uint32_t v = 0; v < p.n; v++) {
            p.degree[v] = count_arcs(graph, v);
            largest = p.degree[v] > largest ? p.degree[v] : largest;
        }
    }
    p.first = cn__calloc((size_t)largest + 2, sizeof *p.first);
    if (!p.degree || !p.order || !p.place || !p.first) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    fill_buckets(&p, largest);
    peel(&p);
    for (uint32_t v = 0; v < p.n; v++) {
        values[v] = p.degree[v];
    }
done:
    cn__free(p.degree);
    cn__free(p.order);
    cn__free(p.place);
    cn__free(p.first);
    return status;
}
