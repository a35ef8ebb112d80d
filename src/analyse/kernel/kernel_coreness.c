/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coreness (Seidman 1983) by peeling (Batagelj & Zaveršnik 2003): vertices lie in `order` sorted by the arcs they have left,
 * bucket d beginning at first[d]; the vertex of least degree is taken away again and again, and a neighbour that loses an arc
 * is swapped to the front of its bucket, which then begins one later.
 * Invariant: order is sorted by `left`, place is its inverse. A mutual pair of arcs counts twice. Cost O(V + E).
 */
#include <string.h>

#include "error.h"
#include "kernels.h"
#include "memory.h"

typedef struct peeling {
    const cn_graph *graph;
    uint32_t *left; /* arcs left; of vertices taken away their coreness */
    uint32_t *order;
    uint32_t *place;
    uint32_t *first;
} peeling;

/* Fill `left`; the largest of it. */
static uint32_t count_arcs(peeling *p) {
    const cn_graph *graph = p->graph;
    uint32_t largest = 0;
    memset(p->left, 0, graph->n * sizeof *p->left);
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            p->left[v] += to != v;
            p->left[to] += graph->directed && to != v;
        }
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        largest = p->left[v] > largest ? p->left[v] : largest;
    }
    return largest;
}

static void fill_buckets(peeling *p, uint32_t largest) {
    uint32_t n = p->graph->n;
    for (uint32_t v = 0; v < n; v++) {
        p->first[p->left[v] + 1]++;
    }
    for (uint32_t d = 0; d <= largest; d++) {
        p->first[d + 1] += p->first[d];
    }
    for (uint32_t v = 0; v < n; v++) {
        p->place[v] = p->first[p->left[v]]++;
        p->order[p->place[v]] = v;
    }
    for (uint32_t d = largest + 1; d > 0; d--) {
        p->first[d] = p->first[d - 1];
    }
    p->first[0] = 0;
}

/* u loses an arc to a vertex that is being taken away at degree `current`. */
static inline void lose_arc(peeling *p, uint32_t u, uint32_t current) {
    if (p->left[u] <= current) {
        return;
    }
    uint32_t front = p->first[p->left[u]]++;
    uint32_t other = p->order[front];
    uint32_t place = p->place[u];
    p->order[place] = other;
    p->place[other] = place;
    p->order[front] = u;
    p->place[u] = front;
    p->left[u]--;
}

static void peel(peeling *p) {
    const cn_graph *graph = p->graph;
    for (uint32_t i = 0; i < graph->n; i++) {
        uint32_t v = p->order[i];
        uint32_t current = p->left[v];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            lose_arc(p, graph->out_to[a], current);
        }
        for (uint32_t a = graph->in_start[v]; graph->directed && a < graph->in_start[v + 1]; a++) {
            lose_arc(p, graph->in_from[a], current);
        }
    }
}

cn_status cn__kernel_coreness(const cn_graph *graph, uint32_t *coreness, cn_error *err) {
    peeling p = {.graph = graph};
    cn_status status = CN_OK;
    if (graph->n == 0) {
        return CN_OK;
    }
    p.left = coreness;
    uint32_t largest = count_arcs(&p);
    p.order = cn__alloc(graph->n, sizeof *p.order);
    p.place = cn__alloc(graph->n, sizeof *p.place);
    p.first = cn__calloc((size_t)largest + 2, sizeof *p.first);
    if (p.order && p.place && p.first) {
        fill_buckets(&p, largest);
        peel(&p);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(p.order);
    cn__free(p.place);
    cn__free(p.first);
    return status;
}
