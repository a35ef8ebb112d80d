/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Minimum cut between the sources and the buyer by Dinic's algorithm (1970) in whole minor units. Nodes: the vertices of
 * the chain graph, a common start before all sources, and a gate for every flow that goes into several products of its buyer,
 * so that its capacity counts once. Invariant: an edge and its reverse are neighbours in `edges` (e and e^1), and
 * their capacities left add up to those at the beginning. Of several least cuts it is the one nearest to the sources: the
 * flows that leave what the start still reaches at the end. Cost: O(V² E) at worst, in practice a few sweeps of the arcs.
 */
#include "error.h"
#include "memory.h"
#include "upstream.h"

#include <math.h>

#define MINOR_MAX ((int64_t)1 << 62)

typedef struct edge {
    uint32_t to;
    uint32_t flow; /* CN_NONE: no capacity of its own */
    int64_t left;
} edge;

typedef struct network {
    const cn_upstream *up;
    uint32_t node_count;
    uint32_t start_node;
    edge *edges;
    uint32_t edge_count;
    uint32_t *first; /* node_count+1: into list */
    uint32_t *list;  /* edges by their beginning */
    uint32_t *level; /* steps to the buyer */
    uint32_t *next;
    uint32_t *queue;
    uint32_t *path; /* edges */
} network;

static int64_t minor_of(double value) {
    double minor = value * 100;
    return minor < 1 ? 1 : minor >= (double)MINOR_MAX ? MINOR_MAX : (int64_t)llround(minor);
}

static void add_edge(network *n, uint32_t from, uint32_t to, int64_t capacity, uint32_t flow) {
    n->edges[n->edge_count++] = (edge){to, flow, capacity};
    n->edges[n->edge_count++] = (edge){from, CN_NONE, 0};
}

/* Arcs of each flow: how many. NULL: memory. */
static uint32_t *count_uses(const cn_upstream *up, size_t *gates) {
    size_t count;
    cn_flows_all(up->flows, &count);
    uint32_t *uses = cn__calloc(count, sizeof *uses);
    *gates = 0;
    for (size_t a = 0; uses && a < up->arc_count; a++) {
        *gates += up->arcs[a].from != 0 && ++uses[up->arcs[a].flow] == 2;
    }
    return uses;
}

static void add_arcs(network *n, const uint32_t *uses, uint32_t *gate) {
    const cn_upstream *up = n->up;
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    uint32_t next_gate = up->vertex_count + 1;
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
            uint32_t from = up->arcs[a].from;
            uint32_t flow = up->arcs[a].flow;
            if (from == 0) {
                continue;
            }
            if (uses[flow] == 1) {
                add_edge(n, from, v, minor_of(all[flow].value), flow);
                continue;
            }
            if (gate[flow] == 0) {
                gate[flow] = next_gate++;
                add_edge(n, from, gate[flow], minor_of(all[flow].value), flow);
            }
            add_edge(n, gate[flow], v, MINOR_MAX, CN_NONE);
        }
    }
    for (uint32_t v = 1; v < up->vertex_count; v++) {
        if (up->vertices[v].source) {
            add_edge(n, n->start_node, v, MINOR_MAX, CN_NONE);
        }
    }
}

static bool list_edges(network *n) {
    n->first = cn__alloc((size_t)n->node_count + 1, sizeof *n->first);
    n->list = cn__alloc(n->edge_count, sizeof *n->list);
    uint32_t *from = cn__alloc(n->edge_count, sizeof *from);
    bool ok = n->first && n->list && from;
    for (uint32_t e = 0; ok && e < n->edge_count; e++) {
        from[e] = n->edges[e ^ 1].to;
    }
    if (ok) {
        cn__upstream_lists(from, n->edge_count, n->node_count, n->first, n->list);
    }
    cn__free(from);
    return ok;
}

static bool build(network *n) {
    const cn_upstream *up = n->up;
    size_t gates;
    size_t count;
    cn_flows_all(up->flows, &count);
    uint32_t *uses = count_uses(up, &gates);
    uint32_t *gate = cn__calloc(count, sizeof *gate);
    n->start_node = up->vertex_count;
    n->node_count = up->vertex_count + 1 + (uint32_t)gates;
    n->edges = cn__alloc(2 * (up->arc_count + gates + up->vertex_count), sizeof *n->edges);
    n->level = cn__alloc(n->node_count, sizeof *n->level);
    n->next = cn__alloc(n->node_count, sizeof *n->next);
    n->queue = cn__alloc(n->node_count, sizeof *n->queue);
    n->path = cn__alloc(n->node_count, sizeof *n->path);
    bool ok = uses && gate && n->edges && n->level && n->next && n->queue && n->path;
    if (ok) {
        add_arcs(n, uses, gate);
        ok = list_edges(n);
    }
    cn__free(uses);
    cn__free(gate);
    return ok;
}

static void release(network *n) {
    cn__free(n->edges);
    cn__free(n->first);
    cn__free(n->list);
    cn__free(n->level);
    cn__free(n->next);
    cn__free(n->queue);
    cn__free(n->path);
}

/* Steps to the buyer along edges with something left. Is the start joined? */
static bool set_levels(network *n) {
    for (uint32_t v = 0; v < n->node_count; v++) {
        n->level[v] = CN_NONE;
    }
    uint32_t tail = 0;
    n->level[0] = 0;
    n->queue[tail++] = 0;
    for (uint32_t head = 0; head < tail && n->level[n->start_node] == CN_NONE; head++) {
        uint32_t v = n->queue[head];
        for (uint32_t i = n->first[v]; i < n->first[v + 1]; i++) {
            uint32_t from = n->edges[n->list[i]].to;
            if (n->level[from] == CN_NONE && n->edges[n->list[i] ^ 1].left > 0) {
                n->level[from] = n->level[v] + 1;
                n->queue[tail++] = from;
            }
        }
    }
    return n->level[n->start_node] != CN_NONE;
}

/* One way from the start to the buyer, each step one level down; dead ends are not tried again. 0: none is left. */
static int64_t push_once(network *n) {
    uint32_t depth = 0;
    uint32_t v = n->start_node;
    while (v != 0) {
        bool found = false;
        for (; n->next[v] < n->first[v + 1]; n->next[v]++) {
            const edge *e = &n->edges[n->list[n->next[v]]];
            if (e->left > 0 && n->level[e->to] != CN_NONE && n->level[e->to] + 1 == n->level[v]) {
                found = true;
                break;
            }
        }
        if (found) {
            n->path[depth++] = n->list[n->next[v]];
            v = n->edges[n->path[depth - 1]].to;
        } else if (depth == 0) {
            return 0;
        } else {
            v = n->edges[n->path[--depth] ^ 1].to;
            n->next[v]++;
        }
    }
    int64_t least = MINOR_MAX;
    for (uint32_t i = 0; i < depth; i++) {
        least = n->edges[n->path[i]].left < least ? n->edges[n->path[i]].left : least;
    }
    for (uint32_t i = 0; i < depth; i++) {
        n->edges[n->path[i]].left -= least;
        n->edges[n->path[i] ^ 1].left += least;
    }
    return least;
}

static int64_t max_flow(network *n) {
    int64_t sum = 0;
    while (set_levels(n)) {
        for (uint32_t v = 0; v < n->node_count; v++) {
            n->next[v] = n->first[v];
        }
        for (int64_t more = push_once(n); more > 0; more = push_once(n)) {
            sum += more;
        }
    }
    return sum;
}

/* Nodes that the start still reaches get level 0, the others CN_NONE. */
static void mark_start_side(network *n) {
    for (uint32_t v = 0; v < n->node_count; v++) {
        n->level[v] = CN_NONE;
    }
    uint32_t tail = 0;
    n->level[n->start_node] = 0;
    n->queue[tail++] = n->start_node;
    for (uint32_t head = 0; head < tail; head++) {
        uint32_t v = n->queue[head];
        for (uint32_t i = n->first[v]; i < n->first[v + 1]; i++) {
            const edge *e = &n->edges[n->list[i]];
            if (e->left > 0 && n->level[e->to] == CN_NONE) {
                n->level[e->to] = 0;
                n->queue[tail++] = e->to;
            }
        }
    }
}

/* The cut, its flows ascending. False: memory. */
static bool collect(network *n, cn_min_cut *out) {
    size_t count;
    const cn_flow *all = cn_flows_all(n->up->flows, &count);
    bool *cut = cn__calloc(count, sizeof *cut);
    mark_start_side(n);
    for (uint32_t e = 0; cut && e < n->edge_count; e += 2) {
        uint32_t from = n->edges[e ^ 1].to;
        if (n->edges[e].flow != CN_NONE && n->level[from] == 0 && n->level[n->edges[e].to] != 0) {
            cut[n->edges[e].flow] = true;
            out->flow_count++;
        }
    }
    out->flows = cut ? cn__alloc(out->flow_count, sizeof *out->flows) : NULL;
    size_t kept = 0;
    for (uint32_t flow = 0; out->flows && flow < count; flow++) {
        if (cut[flow]) {
            out->flows[kept++] = flow;
            out->value_minor += minor_of(all[flow].value);
        }
    }
    cn__free(cut);
    return out->flows != NULL;
}

/* Purchases of the buyer bound every flow; beyond the limit sums could overflow. */
static bool too_large(const cn_upstream *up) {
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    double sum = 0;
    for (uint32_t a = 0; a < up->arc_start[1]; a++) {
        sum += all[up->arcs[a].flow].value;
    }
    return sum * 100 > (double)MINOR_MAX / 4;
}

cn_status cn_min_cut_compute(const cn_upstream *up, cn_min_cut *out, cn_error *err) {
    *out = (cn_min_cut){0};
    if (too_large(up)) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MIN_CUT_TOO_LARGE, "11529215046068469");
    }
    if (up->arc_count + up->vertex_count > UINT32_MAX / 8) {
        return CN__FAIL1(err, CN_ERR_LIMIT, UPSTREAM_TOO_LARGE, "536870911");
    }
    network n = {.up = up};
    bool ok = build(&n);
    if (ok) {
        out->max_flow_minor = max_flow(&n);
        ok = collect(&n, out);
    }
    release(&n);
    if (!ok) {
        cn_min_cut_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn_min_cut_release(cn_min_cut *cut) {
    if (cut) {
        cn__free(cut->flows);
        *cut = (cn_min_cut){0};
    }
}
