/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tiers up and down from one organisation. One breadth-first search each way (kernel_tiers.c); distance up[v] is the number of steps from v
 * to the organisation, down[v] from it to v. A vertex with both stands upstream, unless the depth limit hides it there.
 * `arcs` and `value` count the arcs to (from) the vertices one step nearer in the same direction, also those of them that
 * are listed on the other side. The searches go beyond the depth limit, to know whether it left something out: what lies
 * deeper one way may be listed the other way, and what lies behind it may not.
 * Cost O(V + E + R log R) for R rows, plus the search for a shortest cycle in each cycle group (cycle.c).
 */
#include "coopnet/chain.h"

#include <math.h>
#include <string.h>

#include "cycle.h"
#include "error.h"
#include "kernels.h"
#include "memory.h"
#include "scc.h"
#include "vertex_error.h"
#include "vertex_sort.h"

typedef struct tiering {
    const cn_graph *graph;
    uint32_t limit;      /* deepest tier shown */
    uint32_t *up;        /* CN_NONE: not reached */
    uint32_t *down;      /* likewise */
    uint32_t *queue;     /* n */
    uint32_t *order;     /* n: vertices of the rows, then the rows in their order */
    bool *shown;         /* by vertex: has a row */
    cn_tier_row *row_of; /* by vertex */
    uint32_t row_count;
} tiering;

static bool allocate(tiering *t, uint32_t n) {
    t->up = cn__alloc(n, sizeof *t->up);
    t->down = cn__alloc(n, sizeof *t->down);
    t->queue = cn__alloc(n, sizeof *t->queue);
    t->order = cn__alloc(n, sizeof *t->order);
    t->shown = cn__calloc(n, sizeof *t->shown);
    t->row_of = cn__alloc(n, sizeof *t->row_of);
    if (!t->up || !t->down || !t->queue || !t->order || !t->shown || !t->row_of) {
        return false;
    }
    for (uint32_t v = 0; v < n; v++) {
        t->up[v] = CN_NONE;
        t->down[v] = CN_NONE;
    }
    return true;
}

static void release(tiering *t) {
    cn__free(t->up);
    cn__free(t->down);
    cn__free(t->queue);
    cn__free(t->order);
    cn__free(t->shown);
    cn__free(t->row_of);
}

static bool within(const tiering *t, uint32_t distance) { return distance <= t->limit && distance != CN_NONE; }

static void add_arc(const tiering *t, cn_tier_row *row, uint32_t arc) {
    row->arcs++;
    row->value += t->graph->weight ? t->graph->weight[arc] : 0;
}

static void fill_row(const tiering *t, uint32_t v, cn_tier_row *row) {
    const cn_graph *graph = t->graph;
    bool upstream = within(t, t->up[v]);
    *row = (cn_tier_row){.vertex = v, .tier = upstream ? (int32_t)t->up[v] : -(int32_t)t->down[v]};
    if (upstream) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            if (t->up[to] != CN_NONE && t->up[to] + 1 == t->up[v]) {
                add_arc(t, row, a);
            }
        }
    } else {
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t from = graph->in_from[k];
            if (t->down[from] != CN_NONE && t->down[from] + 1 == t->down[v]) {
                add_arc(t, row, graph->in_arc[k]);
            }
        }
    }
    if (!graph->weight) {
        row->value = NAN;
    }
}

static void choose_rows(tiering *t, cn_tiers *out) {
    for (uint32_t v = 0; v < t->graph->n; v++) {
        t->shown[v] = within(t, t->up[v]) || within(t, t->down[v]);
        if (!t->shown[v]) {
            out->cut = out->cut || t->up[v] != CN_NONE || t->down[v] != CN_NONE;
            continue;
        }
        fill_row(t, v, &t->row_of[v]);
        t->order[t->row_count++] = v;
        if (within(t, t->up[v]) && t->up[v] > out->depth_up) {
            out->depth_up = t->up[v];
        }
        if (within(t, t->down[v]) && t->down[v] > out->depth_down) {
            out->depth_down = t->down[v];
        }
    }
}

static bool stands_before(const void *context, uint32_t a, uint32_t b) {
    const cn_tier_row *rows = context;
    if (rows[a].tier != rows[b].tier) {
        return rows[a].tier > rows[b].tier;
    }
    if (rows[a].value > rows[b].value || rows[a].value < rows[b].value) {
        return rows[a].value > rows[b].value; /* never so with NaN */
    }
    return a < b;
}

/* The cycle groups among the rows, numbered by their least vertex, each with a shortest cycle. */
static cn_status find_cycles(tiering *t, const cn__scc *scc, cn_tiers *out, cn_error *err) {
    uint32_t members = 0;
    uint32_t groups = 0;
    for (uint32_t c = 0; c < scc->count; c++) {
        uint32_t size = scc->start[c + 1] - scc->start[c];
        members += size > 1 ? size : 0;
        groups += size > 1;
    }
    out->cycle_start = cn__calloc((size_t)groups + 1, sizeof *out->cycle_start);
    out->cycle_vertex = cn__alloc(members, sizeof *out->cycle_vertex);
    if (!out->cycle_start || !out->cycle_vertex) {
        return CN__NO_MEMORY(err);
    }
    memset(t->up, 0xff, t->graph->n * sizeof *t->up); /* CN_NONE: room for the searches from here on, like down */
    for (uint32_t v = 0; v < t->graph->n; v++) {
        uint32_t c = scc->of[v];
        if (c == CN_NONE || scc->start[c + 1] - scc->start[c] == 1 || scc->vertex[scc->start[c]] != v) {
            continue;
        }
        uint32_t begin = out->cycle_start[out->cycle_count++];
        uint32_t length = cn__shortest_cycle(t->graph, scc, c, t->up, t->down, t->queue, out->cycle_vertex + begin);
        out->cycle_start[out->cycle_count] = begin + length;
        for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
            t->row_of[scc->vertex[i]].cycle = out->cycle_count;
        }
    }
    return CN_OK;
}

static cn_status order_rows(tiering *t, cn_tiers *out, cn_error *err) {
    out->rows = cn__alloc(t->row_count, sizeof *out->rows);
    if (!out->rows || !cn__vertex_sort(t->order, t->row_count, stands_before, t->row_of)) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; i < t->row_count; i++) {
        out->rows[out->row_count++] = t->row_of[t->order[i]];
    }
    return CN_OK;
}

static cn_status compute(tiering *t, uint32_t vertex, cn_stream stream, cn_tiers *out, cn_error *err) {
    const cn_graph *graph = t->graph;
    cn__scc scc = {.count = 0};
    if (!allocate(t, graph->n)) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = CN_OK;
    if (stream != CN_DOWNSTREAM) {
        status = cn__kernel_tiers(graph, &vertex, 1, CN_DIR_OUT, t->up, NULL, err);
    }
    if (status == CN_OK && stream != CN_UPSTREAM) {
        status = cn__kernel_tiers(graph, &vertex, 1, CN_DIR_IN, t->down, NULL, err);
    }
    if (status == CN_OK) {
        choose_rows(t, out);
        status = cn__scc_compute(graph, t->shown, false, &scc, err);
    }
    if (status == CN_OK) {
        status = find_cycles(t, &scc, out, err);
    }
    cn__scc_release(&scc);
    return status == CN_OK ? order_rows(t, out, err) : status;
}

cn_status cn_tiers_compute(const cn_graph *graph, uint32_t vertex, cn_stream stream, uint32_t max_depth, cn_tiers *out,
                           cn_error *err) {
    *out = (cn_tiers){.rows = NULL};
    if (!graph->directed) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, TIERS_UNDIRECTED);
    }
    if (vertex >= graph->n) {
        return cn__fail_vertex(vertex, err);
    }
    tiering t = {.graph = graph, .limit = max_depth == 0 ? CN_NONE - 1 : max_depth};
    cn_status status = compute(&t, vertex, stream, out, err);
    release(&t);
    if (status != CN_OK) {
        cn_tiers_release(out);
    }
    return status;
}

void cn_tiers_release(cn_tiers *tiers) {
    if (tiers) {
        cn__free(tiers->rows);
        cn__free(tiers->cycle_start);
        cn__free(tiers->cycle_vertex);
        *tiers = (cn_tiers){.rows = NULL};
    }
}
