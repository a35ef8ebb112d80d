/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undirected neighbourhoods and their triangles. The neighbours of a vertex are its out- and in-rows merged, which are
 * both ascending; invariant: if v stands at u then u stands at v, with the same weight.
 * Triangles by the forward algorithm: vertices are ranked by (degree, number), every tie is kept at its lower end alone,
 * so that no row is longer than √(2m), and the higher neighbours of a vertex are matched with a mark. Cost: O(V + E) to
 * build, O(m √m) to list.
 */
#include "ties.h"

#include <string.h>

#include "error.h"
#include "memory.h"

static double arc_weight(const cn_graph *graph, uint32_t arc) { return graph->weight ? graph->weight[arc] : 1; }

/* Merge the rows of v; with to == NULL only count. Returns the number of neighbours. */
static size_t merge_rows(const cn_graph *graph, uint32_t v, bool positive, uint32_t *to, double *weight) {
    uint32_t out = graph->out_start[v];
    uint32_t in = graph->in_start[v];
    uint32_t out_end = graph->out_start[v + 1];
    uint32_t in_end = graph->directed ? graph->in_start[v + 1] : in;
    size_t count = 0;
    while (out < out_end || in < in_end) {
        uint32_t next_out = out < out_end ? graph->out_to[out] : CN_NONE;
        uint32_t next_in = in < in_end ? graph->in_from[in] : CN_NONE;
        uint32_t next = next_out < next_in ? next_out : next_in;
        double out_part = next_out == next ? arc_weight(graph, out++) : 0;
        double in_part = next_in == next ? arc_weight(graph, graph->in_arc[in++]) : 0;
        double sum = out_part + in_part;
        if (next == v || (positive && !(sum > 0))) {
            continue;
        }
        if (to) {
            to[count] = next;
            weight[count] = sum;
        }
        count++;
    }
    return count;
}

/* Rows ascend, so that whoever names v does so in the order of v's own row. */
static void find_opposites(cn__ties *ties, size_t *next) {
    memcpy(next, ties->start, ties->n * sizeof *next);
    for (size_t e = 0; e < ties->count; e++) {
        ties->opposite[e] = next[ties->to[e]]++;
    }
}

cn_status cn__ties_build(const cn_graph *graph, bool positive, cn__ties *out, cn_error *err) {
    uint32_t n = graph->n;
    *out = (cn__ties){.n = n, .start = cn__alloc((size_t)n + 1, sizeof *out->start)};
    if (!out->start) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        out->start[v] = out->count;
        out->count += merge_rows(graph, v, positive, NULL, NULL);
    }
    out->start[n] = out->count;
    out->to = cn__alloc(out->count, sizeof *out->to);
    out->weight = cn__alloc(out->count, sizeof *out->weight);
    out->opposite = cn__alloc(out->count, sizeof *out->opposite);
    size_t *next = cn__alloc(n, sizeof *next);
    if (!out->to || !out->weight || !out->opposite || !next) {
        cn__free(next);
        cn__ties_release(out);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        merge_rows(graph, v, positive, out->to + out->start[v], out->weight + out->start[v]);
    }
    find_opposites(out, next);
    cn__free(next);
    return CN_OK;
}

void cn__ties_release(cn__ties *ties) {
    if (ties) {
        cn__free(ties->start);
        cn__free(ties->to);
        cn__free(ties->weight);
        cn__free(ties->opposite);
        *ties = (cn__ties){.n = 0};
    }
}

static bool ranks_below(const cn__ties *ties, uint32_t a, uint32_t b) {
    size_t degree_a = ties->start[a + 1] - ties->start[a];
    size_t degree_b = ties->start[b + 1] - ties->start[b];
    return degree_a != degree_b ? degree_a < degree_b : a < b;
}

/* up[start[v] …] are the entries of v that lead to a vertex above it, by the order of the row. */
static void list_upward(const cn__ties *ties, size_t *start, size_t *up) {
    size_t count = 0;
    for (uint32_t v = 0; v < ties->n; v++) {
        start[v] = count;
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            if (ranks_below(ties, v, ties->to[e])) {
                up[count++] = e;
            }
        }
    }
    start[ties->n] = count;
}

static void visit_corner(const cn__ties *ties, uint32_t u, const size_t *start, const size_t *up, size_t *mark,
                         cn__triangle_visit *visit, void *context) {
    for (size_t i = start[u]; i < start[u + 1]; i++) {
        mark[ties->to[up[i]]] = up[i] + 1;
    }
    for (size_t i = start[u]; i < start[u + 1]; i++) {
        uint32_t v = ties->to[up[i]];
        for (size_t k = start[v]; k < start[v + 1]; k++) {
            uint32_t w = ties->to[up[k]];
            if (mark[w]) {
                visit(context, &(cn__triangle){u, v, w, up[i], up[k], mark[w] - 1});
            }
        }
    }
    for (size_t i = start[u]; i < start[u + 1]; i++) {
        mark[ties->to[up[i]]] = 0;
    }
}

cn_status cn__ties_triangles(const cn__ties *ties, cn__triangle_visit *visit, void *context, cn_error *err) {
    size_t *mark = cn__calloc(ties->n, sizeof *mark); /* entry u→w + 1 while u is the corner */
    size_t *start = cn__alloc((size_t)ties->n + 1, sizeof *start);
    size_t *up = cn__alloc(ties->count / 2, sizeof *up); /* each tie has one lower end */
    bool ok = mark && start && up;
    if (ok) {
        list_upward(ties, start, up);
    }
    for (uint32_t u = 0; ok && u < ties->n; u++) {
        visit_corner(ties, u, start, up, mark, visit, context);
    }
    cn__free(mark);
    cn__free(start);
    cn__free(up);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
