/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows for kernels. Invariant: rows ascend, where that was asked for. No sorting is needed for that: when the arcs are handed out to the rows of
 * their targets source by source, in ascending order of the new numbers, every row ascends by itself; the out-rows are
 * then made from the in-rows in the same way. Renumbering by falling degree is a counting sort, stable by old number.
 * Where any order will do, rows are copied as they stand, which any number of threads can do side by side.
 * Cost O(V + E).
 */
#include "kernel_rows.h"

#include <string.h>

#include "error.h"
#include "kernel_run.h"
#include "memory.h"

typedef struct builder {
    const cn_graph *graph;
    const cn__rows_options *options;
    cn__rows *rows;
} builder;

static bool stays(const builder *b, uint32_t v) { return !b->options->left_out || !b->options->left_out[v]; }

static double arc_weight(const cn_graph *graph, uint32_t arc) { return graph->weight ? graph->weight[arc] : 1; }

static bool counts_weights(const builder *b) { return b->graph->weight && b->options->weighted; }

/* One neighbour after the other of a vertex of the graph, with the weight of the arc or tie. */
typedef struct walk {
    uint32_t out;
    uint32_t out_end;
    uint32_t in;
    uint32_t in_end;
} walk;

static walk walk_begin(const builder *b, uint32_t v) {
    const cn_graph *graph = b->graph;
    bool both = b->options->ties && graph->directed;
    return (walk){graph->out_start[v], graph->out_start[v + 1], both ? graph->in_start[v] : 0,
                  both ? graph->in_start[v + 1] : 0};
}

static bool walk_next(const builder *b, uint32_t v, walk *w, uint32_t *to, double *weight) {
    const cn_graph *graph = b->graph;
    while (w->out < w->out_end || w->in < w->in_end) {
        uint32_t next_out = w->out < w->out_end ? graph->out_to[w->out] : CN_NONE;
        uint32_t next_in = w->in < w->in_end ? graph->in_from[w->in] : CN_NONE;
        *to = next_out < next_in ? next_out : next_in;
        *weight = next_out == *to ? arc_weight(graph, w->out++) : 0;
        if (next_in == *to) {
            *weight += arc_weight(graph, graph->in_arc[w->in++]);
        }
        if (*to != v && stays(b, *to) && (!counts_weights(b) || *weight > 0)) {
            return true;
        }
    }
    return false;
}

/* `degree` gets the arcs at each vertex, both ways. */
static void count_degrees(const builder *b, uint32_t *degree) {
    uint32_t to;
    double weight;
    for (uint32_t v = 0; v < b->graph->n; v++) {
        walk w = walk_begin(b, v);
        while (stays(b, v) && walk_next(b, v, &w, &to, &weight)) {
            degree[v]++;
            b->rows->m++;
            if (!b->rows->symmetric) {
                degree[to]++;
            }
        }
    }
}

/* original and place, by falling degree. */
static bool renumber(const builder *b, const uint32_t *degree) {
    cn__rows *rows = b->rows;
    uint32_t n = b->graph->n;
    uint32_t largest = 0;
    for (uint32_t v = 0; v < n; v++) {
        largest = degree[v] > largest ? degree[v] : largest;
        rows->n += degree[v] > 0;
    }
    uint32_t *first = cn__calloc((size_t)largest + 2, sizeof *first);
    rows->original = cn__alloc(rows->n, sizeof *rows->original);
    rows->place = cn__alloc(n, sizeof *rows->place);
    bool ok = first && rows->original && rows->place;
    for (uint32_t v = 0; ok && v < n; v++) {
        first[largest - degree[v] + 1]++;
    }
    for (uint32_t d = 0; ok && d < largest; d++) {
        first[d + 1] += first[d];
    }
    for (uint32_t v = 0; ok && v < n; v++) {
        rows->place[v] = degree[v] > 0 ? first[largest - degree[v]]++ : CN_NONE;
        if (degree[v] > 0) {
            rows->original[rows->place[v]] = v;
        }
    }
    cn__free(first);
    return ok;
}

/* Counts at place v+1 become the ends of the rows before v: where row v begins to be filled. */
static void sum_up(uint32_t *start, uint32_t n) {
    for (uint32_t v = 0; v < n; v++) {
        start[v + 1] += start[v];
    }
}

static bool fill_in_rows(const builder *b, const uint32_t *degree) {
    cn__rows *rows = b->rows;
    uint32_t to;
    double weight;
    uint32_t *next = cn__calloc((size_t)rows->n + 2, sizeof *next);
    rows->in_start = next;
    rows->in_from = cn__alloc(rows->m, sizeof *rows->in_from);
    bool weighted = counts_weights(b) || b->options->ties;
    rows->in_weight = weighted ? cn__alloc(rows->m, sizeof *rows->in_weight) : NULL;
    if (!next || !rows->in_from || (weighted && !rows->in_weight)) {
        return false;
    }
    /* Filled one place ahead: when all is handed out, next[v+1] is where row v+1 begins. */
    for (uint32_t u = 0; u < rows->n; u++) {
        if (rows->symmetric) {
            next[u + 2] = degree[rows->original[u]];
            continue;
        }
        walk w = walk_begin(b, rows->original[u]);
        while (walk_next(b, rows->original[u], &w, &to, &weight)) {
            next[rows->place[to] + 2]++;
        }
    }
    sum_up(next + 1, rows->n);
    for (uint32_t u = 0; u < rows->n; u++) {
        walk w = walk_begin(b, rows->original[u]);
        while (walk_next(b, rows->original[u], &w, &to, &weight)) {
            uint32_t entry = next[rows->place[to] + 1]++;
            rows->in_from[entry] = u;
            if (weighted) {
                rows->in_weight[entry] = weight;
            }
        }
    }
    return true;
}

static bool fill_out_rows(cn__rows *rows) {
    uint32_t *next = cn__calloc((size_t)rows->n + 2, sizeof *next);
    rows->out_start = next;
    rows->out_to = cn__alloc(rows->m, sizeof *rows->out_to);
    rows->out_weight = rows->in_weight ? cn__alloc(rows->m, sizeof *rows->out_weight) : NULL;
    if (!next || !rows->out_to || (rows->in_weight && !rows->out_weight)) {
        return false;
    }
    for (uint32_t i = 0; i < rows->m; i++) {
        next[rows->in_from[i] + 2]++;
    }
    sum_up(next + 1, rows->n);
    for (uint32_t v = 0; v < rows->n; v++) {
        for (uint32_t i = rows->in_start[v]; i < rows->in_start[v + 1]; i++) {
            uint32_t entry = next[rows->in_from[i] + 1]++;
            rows->out_to[entry] = v;
            if (rows->in_weight) {
                rows->out_weight[entry] = rows->in_weight[i];
            }
        }
    }
    return true;
}

/* ---- in any order ---- */

/* One direction of the graph. */
typedef struct sight {
    const uint32_t *start;
    const uint32_t *to;
    const uint32_t *arc; /* by entry; NULL: the entry itself */
} sight;

static bool is_kept(const builder *b, const sight *s, uint32_t v, uint32_t entry) {
    uint32_t to = s->to[entry];
    if (to == v || !stays(b, to)) {
        return false;
    }
    return !counts_weights(b) || b->graph->weight[s->arc ? s->arc[entry] : entry] > 0;
}

static void count_rows(const builder *b, const sight *s, uint32_t *degree, int threads) {
    (void)threads;
#pragma omp parallel for schedule(dynamic, 4096) num_threads(threads)
    for (uint32_t v = 0; v < b->graph->n; v++) {
        uint32_t count = 0;
        for (uint32_t i = s->start[v]; stays(b, v) && i < s->start[v + 1]; i++) {
            count += is_kept(b, s, v, i);
        }
        degree[v] += count;
    }
}

static void copy_row(const builder *b, const sight *s, uint32_t v, uint32_t *to, double *weight) {
    for (uint32_t i = s->start[v]; i < s->start[v + 1]; i++) {
        if (is_kept(b, s, v, i)) {
            *to++ = b->rows->place[s->to[i]];
            if (weight) {
                *weight++ = b->graph->weight[s->arc ? s->arc[i] : i];
            }
        }
    }
}

/* `degree` by vertex of the graph, in this direction. */
static bool copy_rows(const builder *b, const sight *s, const uint32_t *degree, uint32_t **start, uint32_t **to,
                      double **weight) {
    cn__rows *rows = b->rows;
    int threads = b->options->threads > 0 ? b->options->threads : 1;
    uint32_t *ends = cn__calloc((size_t)rows->n + 1, sizeof *ends);
    *start = ends;
    for (uint32_t v = 0; ends && v < rows->n; v++) {
        ends[v + 1] = ends[v] + degree[rows->original[v]];
    }
    rows->m = ends ? ends[rows->n] : 0;
    *to = cn__alloc(rows->m, sizeof **to);
    *weight = counts_weights(b) ? cn__alloc(rows->m, sizeof **weight) : NULL;
    if (!ends || !*to || (counts_weights(b) && !*weight)) {
        return false;
    }
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1024) num_threads(threads)
    for (uint32_t v = 0; v < rows->n; v++) {
        copy_row(b, s, rows->original[v], *to + ends[v], *weight ? *weight + ends[v] : NULL);
    }
    return true;
}

static bool build_in_any_order(const builder *b) {
    const cn_graph *graph = b->graph;
    cn__rows *rows = b->rows;
    int threads = b->options->threads > 0 ? b->options->threads : 1;
    sight out = {graph->out_start, graph->out_to, NULL};
    sight in = {graph->in_start, graph->in_from, graph->in_arc};
    uint32_t *out_degree = cn__calloc(graph->n, sizeof *out_degree);
    uint32_t *in_degree = cn__calloc(graph->n, sizeof *in_degree);
    uint32_t *degree = cn__calloc(graph->n, sizeof *degree);
    bool ok = out_degree && in_degree && degree;
    if (ok) {
        count_rows(b, &in, in_degree, threads);
        if (!rows->symmetric) {
            count_rows(b, &out, out_degree, threads);
        }
        for (uint32_t v = 0; v < graph->n; v++) {
            degree[v] = in_degree[v] + out_degree[v];
        }
        ok = renumber(b, degree) && copy_rows(b, &in, in_degree, &rows->in_start, &rows->in_from, &rows->in_weight) &&
             (rows->symmetric || copy_rows(b, &out, out_degree, &rows->out_start, &rows->out_to, &rows->out_weight));
    }
    cn__free(out_degree);
    cn__free(in_degree);
    cn__free(degree);
    return ok;
}

int cn__rows_threads(const cn_graph *graph, const cn__kernel_watch *watch) {
    cn__run run;
    cn__run_start(&run, watch, graph->n, 1, (uint64_t)graph->n + graph->m);
    return run.threads;
}

/* ---- ascending ---- */

static bool build_ascending(const builder *b) {
    uint32_t *degree = cn__calloc(b->graph->n, sizeof *degree);
    bool ok = degree != NULL;
    if (ok) {
        count_degrees(b, degree);
        ok = renumber(b, degree) && fill_in_rows(b, degree) && (b->rows->symmetric || fill_out_rows(b->rows));
    }
    cn__free(degree);
    return ok;
}

cn_status cn__rows_build(const cn_graph *graph, const cn__rows_options *options, cn__rows *out, cn_error *err) {
    builder b = {graph, options, out};
    *out = (cn__rows){.symmetric = !graph->directed || options->ties};
    bool ok = options->any_order ? build_in_any_order(&b) : build_ascending(&b);
    if (!ok) {
        cn__rows_release(out);
        return CN__NO_MEMORY(err);
    }
    if (out->symmetric) {
        out->out_start = out->in_start;
        out->out_to = out->in_from;
        out->out_weight = out->in_weight;
    }
    return CN_OK;
}

void cn__rows_release(cn__rows *rows) {
    if (!rows->symmetric) {
        cn__free(rows->out_start);
        cn__free(rows->out_to);
        cn__free(rows->out_weight);
    }
    cn__free(rows->in_start);
    cn__free(rows->in_from);
    cn__free(rows->in_weight);
    cn__free(rows->original);
    cn__free(rows->place);
    *rows = (cn__rows){.n = 0};
}
