/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In-arcs for iterations. Invariant: rows and the borders of chunks are a function of the graph alone. Renumbering is a counting
 * sort, stable by old number. Cost O(V + E).
 */
#include "kernel_pull.h"

#include "kernel_run.h"
#include "memory.h"

enum { CHUNK_COST = 8192 }; /* vertices plus arcs */

typedef struct builder {
    const cn_graph *graph;
    const cn__inflow_options *options;
    int threads;
    uint32_t
        *length; /* by vertex of the graph: in-arcs from vertices that take part; NONE: it does not take part itself */
    cn__inflow *out;
} builder;

static uint32_t in_degree(const cn_graph *graph, uint32_t v) { return graph->in_start[v + 1] - graph->in_start[v]; }

static uint32_t length_of(const builder *b, uint32_t v) {
    const cn_graph *graph = b->graph;
    const bool *left_out = b->options->left_out;
    if (!left_out) {
        bool alone = in_degree(graph, v) == 0 && graph->out_start[v + 1] == graph->out_start[v];
        return alone ? CN_NONE : in_degree(graph, v);
    }
    uint32_t length = left_out[v] ? CN_NONE : 0;
    for (uint32_t i = graph->in_start[v]; !left_out[v] && i < graph->in_start[v + 1]; i++) {
        length += !left_out[graph->in_from[i]];
    }
    return length;
}

static void measure_rows(const builder *b) {
#pragma omp parallel for schedule(dynamic, 4096) num_threads(b->threads)
    for (uint32_t v = 0; v < b->graph->n; v++) {
        b->length[v] = length_of(b, v);
    }
}

/* By length, the first number of its vertices; the greatest length comes first. */
static uint32_t *first_numbers(const builder *b, uint32_t *n) {
    uint32_t longest = 0;
    for (uint32_t v = 0; v < b->graph->n; v++) {
        longest = b->length[v] != CN_NONE && b->length[v] > longest ? b->length[v] : longest;
    }
    uint32_t *next = cn__calloc((size_t)longest + 1, sizeof *next);
    for (uint32_t v = 0; next && v < b->graph->n; v++) {
        if (b->length[v] != CN_NONE) {
            next[b->length[v]]++;
        }
    }
    *n = 0;
    for (uint32_t d = longest + 1; next && d-- > 0;) {
        uint32_t count = next[d];
        next[d] = *n;
        *n += count;
    }
    return next;
}

static bool renumber(const builder *b) {
    cn__inflow *out = b->out;
    uint32_t n = b->graph->n;
    uint32_t *next = first_numbers(b, &out->n);
    out->place = cn__alloc(n, sizeof *out->place);
    out->original = cn__alloc(out->n, sizeof *out->original);
    out->start = cn__alloc((size_t)out->n + 1, sizeof *out->start);
    bool ok = next && out->place && out->original && out->start;
    for (uint32_t v = 0; ok && v < n; v++) {
        out->place[v] = b->length[v] != CN_NONE ? next[b->length[v]]++ : CN_NONE;
        if (out->place[v] != CN_NONE) {
            out->original[out->place[v]] = v;
        }
    }
    cn__free(next);
    for (uint32_t v = 0; ok && v < out->n; v++) {
        out->start[v] = out->arcs;
        out->arcs += b->length[out->original[v]];
    }
    if (ok) {
        out->start[out->n] = out->arcs;
    }
    return ok;
}

/* What v receives from outside. */
static double fill_row(const cn_graph *graph, const double *share, cn__inflow *out, uint32_t v) {
    double received = 0;
    uint32_t entry = out->start[v];
    uint32_t old = out->original[v];
    for (uint32_t i = graph->in_start[old]; i < graph->in_start[old + 1]; i++) {
        uint32_t u = graph->in_from[i];
        double weight = out->weight ? graph->weight[graph->in_arc[i]] : 1;
        if (out->place[u] != CN_NONE) {
            out->from[entry] = out->place[u];
            if (out->weight) {
                out->weight[entry] = weight;
            }
            entry++;
        } else if (share) {
            received += weight * share[u];
        }
    }
    return received;
}

static bool cut_chunks(cn__inflow *out) {
    uint64_t cost = (uint64_t)out->n + out->arcs;
    out->first = cn__alloc((size_t)(cost / CHUNK_COST) + 2, sizeof *out->first);
    if (!out->first) {
        return false;
    }
    uint64_t border = 0;
    for (uint32_t v = 0; v < out->n; v++) {
        if ((uint64_t)v + out->start[v] >= border) {
            out->first[out->chunks++] = v;
            border = (uint64_t)v + out->start[v] + CHUNK_COST;
        }
    }
    out->first[out->chunks] = out->n;
    return true;
}

int cn__inflow_threads(const cn_graph *graph, const cn__kernel_watch *watch) {
    cn__run run;
    cn__run_start(&run, watch, graph->n, 1, (uint64_t)graph->n + graph->m);
    return run.threads;
}

bool cn__inflow_build(const cn_graph *graph, const cn__inflow_options *options, double *received, int threads,
                      cn__inflow *out) {
    *out = (cn__inflow){.symmetric = !graph->directed};
    builder b = {graph, options, threads, cn__alloc(graph->n, sizeof *b.length), out};
    bool ok = b.length != NULL;
    if (ok) {
        measure_rows(&b);
        ok = renumber(&b) && cut_chunks(out);
    }
    cn__free(b.length);
    if (!ok) {
        return false;
    }
    out->from = cn__alloc(out->arcs, sizeof *out->from);
    out->weight = graph->weight ? cn__alloc(out->arcs, sizeof *out->weight) : NULL;
    if (!out->from || (graph->weight && !out->weight)) {
        return false;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t c = 0; c < out->chunks; c++) {
        for (uint32_t v = out->first[c]; v < out->first[c + 1]; v++) {
            double sum = fill_row(graph, options->share, out, v);
            if (options->share) {
                received[out->original[v]] += sum;
            }
        }
    }
    return true;
}

void cn__inflow_release(cn__inflow *inflow) {
    cn__free(inflow->start);
    cn__free(inflow->from);
    cn__free(inflow->weight);
    cn__free(inflow->original);
    cn__free(inflow->place);
    cn__free(inflow->first);
    *inflow = (cn__inflow){.n = 0};
}
