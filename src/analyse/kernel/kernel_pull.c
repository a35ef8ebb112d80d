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

/* Returns the longest. */
static uint32_t measure_rows(const builder *b) {
    uint32_t longest = 0;
#pragma omp parallel for schedule(dynamic, 4096) num_threads(b->threads) reduction(max : longest)
    for (uint32_t v = 0; v < b->graph->n; v++) {
        uint32_t length = length_of(b, v);
        b->length[v] = length;
        longest = length != CN_NONE && length > longest ? length : longest;
    }
    return longest;
}

/* `count` is by length. Where the rows start, those of the greatest length first; `next` gets the first vertex of each length. */
static bool start_rows(const uint32_t *count, uint32_t longest, uint32_t *next, cn__inflow *out) {
    out->n = 0;
    for (size_t length = 0; length <= longest; length++) {
        out->n += count[length];
    }
    out->start = cn__alloc((size_t)out->n + 1, sizeof *out->start);
    uint32_t v = 0;
    for (size_t length = (size_t)longest + 1; out->start && length-- > 0;) {
        next[length] = v;
        for (uint32_t i = 0; i < count[length]; i++) {
            out->start[v++] = out->arcs;
            out->arcs += (uint32_t)length;
        }
    }
    if (out->start) {
        out->start[out->n] = out->arcs;
    }
    return out->start != NULL;
}

static bool renumber(const builder *b, uint32_t longest) {
    cn__inflow *out = b->out;
    uint32_t n = b->graph->n;
    uint32_t *count = cn__calloc((size_t)longest + 1, 2 * sizeof *count);
    uint32_t *next = count ? count + longest + 1 : NULL;
    for (uint32_t v = 0; count && v < n; v++) {
        if (b->length[v] != CN_NONE) {
            count[b->length[v]]++;
        }
    }
    bool ok = count && start_rows(count, longest, next, out);
    if (ok) {
        out->place = cn__alloc(n, sizeof *out->place);
        out->original = cn__alloc(out->n, sizeof *out->original);
        ok = out->place && out->original;
    }
    for (uint32_t v = 0; ok && v < n; v++) {
        uint32_t place = b->length[v] != CN_NONE ? next[b->length[v]]++ : CN_NONE;
        out->place[v] = place;
        if (place != CN_NONE) {
            out->original[place] = v;
        }
    }
    cn__free(count);
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

bool cn__inflow_build(const cn_graph *graph, const cn__inflow_options *options, int threads, cn__inflow *out) {
    *out = (cn__inflow){.symmetric = !graph->directed};
    builder b = {graph, options, threads, cn__alloc(graph->n, sizeof *b.length), out};
    bool ok = b.length != NULL;
    if (ok) {
        ok = renumber(&b, measure_rows(&b)) && cut_chunks(out);
    }
    cn__free(b.length);
    if (!ok) {
        return false;
    }
    out->from = cn__alloc(out->arcs, sizeof *out->from);
    out->weight = graph->weight ? cn__alloc(out->arcs, sizeof *out->weight) : NULL;
    out->received = options->share ? cn__alloc(out->n, sizeof *out->received) : NULL;
    if (!out->from || (graph->weight && !out->weight) || (options->share && !out->received)) {
        return false;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t c = 0; c < out->chunks; c++) {
        for (uint32_t v = out->first[c]; v < out->first[c + 1]; v++) {
            double sum = fill_row(graph, options->share, out, v);
            if (out->received) {
                out->received[v] = sum;
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
    cn__free(inflow->received);
    cn__free(inflow->first);
    *inflow = (cn__inflow){.n = 0};
}
