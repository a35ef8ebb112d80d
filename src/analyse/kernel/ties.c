/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undirected neighbourhoods and their triangles. The neighbours of a vertex are its out- and in-rows merged, which are
 * both ascending; invariant: if v stands at u then u stands at v, with the same weight.
 * Triangles by the forward algorithm: vertices are ranked by (degree, number), every tie is looked at from its lower end,
 * and the two higher neighbours of a vertex are matched with a mark. Cost: O(V + E log d) to build, O(m √m) to list.
 */
#include "ties.h"

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

/* The entry of `target` in the row of v; it is there. */
static size_t find_entry(const cn__ties *ties, uint32_t v, uint32_t target) {
    size_t low = ties->start[v];
    size_t high = ties->start[v + 1];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (ties->to[middle] <= target) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
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
    if (!out->to || !out->weight || !out->opposite) {
        cn__ties_release(out);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        merge_rows(graph, v, positive, out->to + out->start[v], out->weight + out->start[v]);
    }
    for (uint32_t v = 0; v < n; v++) {
        for (size_t e = out->start[v]; e < out->start[v + 1]; e++) {
            out->opposite[e] = find_entry(out, out->to[e], v);
        }
    }
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

cn_status cn__ties_triangles(const cn__ties *ties, cn__triangle_visit *visit, void *context, cn_error *err) {
    size_t *mark = cn__calloc(ties->n, sizeof *mark); /* entry u→w + 1 while u is the corner */
    if (!mark) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t u = 0; u < ties->n; u++) {
        for (size_t e = ties->start[u]; e < ties->start[u + 1]; e++) {
            mark[ties->to[e]] = ranks_below(ties, u, ties->to[e]) ? e + 1 : 0;
        }
        for (size_t uv = ties->start[u]; uv < ties->start[u + 1]; uv++) {
            uint32_t v = ties->to[uv];
            if (!mark[v]) {
                continue;
            }
            for (size_t vw = ties->start[v]; vw < ties->start[v + 1]; vw++) {
                uint32_t w = ties->to[vw];
                if (mark[w] && ranks_below(ties, v, w)) {
                    visit(context, &(cn__triangle){u, v, w, uv, vw, mark[w] - 1});
                }
            }
        }
        for (size_t e = ties->start[u]; e < ties->start[u + 1]; e++) {
            mark[ties->to[e]] = 0;
        }
    }
    cn__free(mark);
    return CN_OK;
}
