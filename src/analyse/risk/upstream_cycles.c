/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cycles of a chain graph: one short cycle for every strongly connected part of more than one vertex. The search is
 * breadth first within the part from its first vertex (the buyer, or the one nearest to it), so the cycle is the shortest
 * through that vertex. Deliveries of the buyer count here. Cost: O(arcs).
 */
#include "error.h"
#include "memory.h"
#include "upstream.h"

#include <stdlib.h>

typedef struct search {
    const cn_upstream *up;
    uint32_t *part;
    uint32_t part_count;
    uint32_t *start;
    uint32_t *vertex;
    uint32_t *parent;     /* by vertex; CN_NONE: not seen */
    uint32_t *parent_arc; /* by vertex: the arc of `parent` that leads to it */
    uint32_t *queue;
    cn_upstream_cycles *out;
    size_t cycle_cap;
    size_t flow_cap;
} search;

/* Arc that closes the shortest cycle through `root` and its vertex; CN_NONE cannot be in a part of more than one vertex. */
static uint32_t close_cycle(search *s, uint32_t root, uint32_t *last) {
    const cn_upstream *up = s->up;
    uint32_t tail = 0;
    s->parent[root] = root;
    s->queue[tail++] = root;
    for (uint32_t head = 0; head < tail; head++) {
        uint32_t v = s->queue[head];
        for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
            uint32_t from = up->arcs[a].from;
            if (from == root) {
                *last = v;
                return a;
            }
            if (s->part[from] == s->part[root] && s->parent[from] == CN_NONE) {
                s->parent[from] = v;
                s->parent_arc[from] = a;
                s->queue[tail++] = from;
            }
        }
    }
    return CN_NONE;
}

static bool add_flow(search *s, uint32_t arc) {
    cn_upstream_cycles *out = s->out;
    if (!cn__grow((void **)&out->flows, &s->flow_cap, out->flow_count, 1, sizeof *out->flows)) {
        return false;
    }
    out->flows[out->flow_count++] = s->up->arcs[arc].flow;
    return true;
}

/* The cycle of one part. The search goes against the goods, so its end is where they begin. */
static bool add_cycle(search *s, uint32_t part) {
    cn_upstream_cycles *out = s->out;
    uint32_t root = s->vertex[s->start[part]];
    uint32_t v;
    uint32_t arc = close_cycle(s, root, &v);
    if (arc == CN_NONE) {
        return true;
    }
    if (!cn__grow((void **)&out->cycles, &s->cycle_cap, out->cycle_count, 1, sizeof *out->cycles)) {
        return false;
    }
    cn_upstream_cycle *cycle = &out->cycles[out->cycle_count++];
    *cycle = (cn_upstream_cycle){
        .group_size = s->start[part + 1] - s->start[part], .start = out->flow_count, .through_buyer = root == 0};
    bool ok = add_flow(s, arc);
    for (; ok && v != root; v = s->parent[v]) {
        ok = add_flow(s, s->parent_arc[v]);
    }
    cycle->length = (uint32_t)(out->flow_count - cycle->start);
    return ok;
}

static bool init(search *s) {
    uint32_t n = s->up->vertex_count;
    s->part = cn__alloc(n, sizeof *s->part);
    s->vertex = cn__alloc(n, sizeof *s->vertex);
    s->parent = cn__alloc(n, sizeof *s->parent);
    s->parent_arc = cn__alloc(n, sizeof *s->parent_arc);
    s->queue = cn__alloc(n, sizeof *s->queue);
    if (!s->part || !s->vertex || !s->parent || !s->parent_arc || !s->queue ||
        !cn__upstream_parts(s->up, true, s->part, &s->part_count)) {
        return false;
    }
    s->start = cn__alloc((size_t)s->part_count + 1, sizeof *s->start);
    if (!s->start) {
        return false;
    }
    cn__upstream_lists(s->part, n, s->part_count, s->start, s->vertex);
    for (uint32_t v = 0; v < n; v++) {
        s->parent[v] = CN_NONE;
    }
    return true;
}

cn_status cn_upstream_cycles_compute(const cn_upstream *up, cn_upstream_cycles *out, cn_error *err) {
    *out = (cn_upstream_cycles){0};
    search s = {.up = up, .out = out};
    bool ok = init(&s);
    for (uint32_t v = 0; ok && v < up->vertex_count; v++) { /* parts in the order of their first vertex */
        uint32_t part = s.part[v];
        if (s.vertex[s.start[part]] == v && s.start[part + 1] - s.start[part] > 1) {
            ok = add_cycle(&s, part);
        }
    }
    cn__free(s.part);
    cn__free(s.start);
    cn__free(s.vertex);
    cn__free(s.parent);
    cn__free(s.parent_arc);
    cn__free(s.queue);
    if (!ok) {
        cn_upstream_cycles_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn_upstream_cycles_release(cn_upstream_cycles *cycles) {
    if (cycles) {
        cn__free(cycles->cycles);
        cn__free(cycles->flows);
        *cycles = (cn_upstream_cycles){0};
    }
}
