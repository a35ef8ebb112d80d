/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness, exact (Brandes 2001): trees are folded (kernel_fold.c), twins joined where there are neither directions
 * nor lengths (kernel_twins.c), what is left, the core, is renumbered by degree (kernel_rows.c) and walked from each of its
 * vertices (kernel_lanes.c, kernel_lengths.c); then the results travel the same way back.
 * A pair of twins that are not neighbours is joined by one shortest path through each common neighbour: the only pairs
 * that the walks over classes do not see, added here.
 * Cost O(V E / number of sources that share an arc visit); with lengths O(V E + V² log V).
 */
#include <string.h>

#include "error.h"
#include "kernel_brandes.h"
#include "kernel_fold.h"
#include "kernel_twins.h"
#include "memory.h"
#include "vertex_sort.h"

typedef struct work {
    const cn_graph *graph;
    cn__fold fold;
    cn__rows rows;
    cn__twins twins;
    bool has_twins;
    cn__core core;
    double *numbers; /* of the core: six arrays */
    uint32_t *order;
} work;

/* The vertex of the graph that stands first for vertex c of the core. */
static uint32_t original_of(const work *w, uint32_t c) {
    return w->rows.original[w->has_twins ? w->twins.first[c] : c];
}

static cn_status join_twins(work *w, cn_error *err) {
    bool *single = cn__alloc(w->rows.n, sizeof *single);
    if (!single) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < w->rows.n; v++) {
        single[v] = w->fold.targets[w->rows.original[v]] <= 1;
    }
    cn_status status = cn__twins_build(&w->rows, single, &w->twins, err);
    cn__free(single);
    w->has_twins = status == CN_OK;
    return status;
}

/* Sources that begin with the same neighbours reach most vertices in the same level: they belong in one batch. */
static bool alike_before(const void *context, uint32_t a, uint32_t b) {
    const cn__core *core = context;
    uint32_t degree_a = core->out_start[a + 1] - core->out_start[a];
    uint32_t degree_b = core->out_start[b + 1] - core->out_start[b];
    const uint32_t *row_a = core->out_to + core->out_start[a];
    const uint32_t *row_b = core->out_to + core->out_start[b];
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t next_a = i < degree_a ? row_a[i] : CN_NONE;
        uint32_t next_b = i < degree_b ? row_b[i] : CN_NONE;
        if (next_a != next_b) {
            return next_a < next_b;
        }
    }
    return a < b;
}

static bool order_sources(work *w) {
    w->order = cn__alloc(w->core.n, sizeof *w->order);
    if (!w->order) {
        return false;
    }
    for (uint32_t c = 0; c < w->core.n; c++) {
        if (w->core.sources[c] > 0) {
            w->order[w->core.order_count++] = c;
        }
    }
    w->core.order = w->order;
    return cn__vertex_sort(w->order, w->core.order_count, alike_before, &w->core);
}

static bool build_core(work *w) {
    cn__core *core = &w->core;
    size_t n = w->has_twins ? w->twins.n : w->rows.n;
    w->numbers = cn__calloc(n, 6 * sizeof *w->numbers);
    if (!w->numbers) {
        return false;
    }
    double *targets = w->numbers;
    double *sources = w->numbers + n;
    double *below = w->numbers + 2 * n;
    for (uint32_t c = 0; c < n; c++) {
        targets[c] = w->fold.targets[original_of(w, c)];
        below[c] = w->fold.below[original_of(w, c)];
    }
    for (uint32_t v = 0; v < w->rows.n; v++) {
        sources[w->has_twins ? w->twins.of[v] : v] += w->fold.sources[w->rows.original[v]];
    }
    *core = (cn__core){.n = (uint32_t)n,
                       .out_start = w->has_twins ? w->twins.start : w->rows.out_start,
                       .out_to = w->has_twins ? w->twins.to : w->rows.out_to,
                       .in_start = w->has_twins ? w->twins.start : w->rows.in_start,
                       .in_from = w->has_twins ? w->twins.to : w->rows.in_from,
                       .out_weight = w->rows.out_weight,
                       .twins = w->has_twins && n < w->rows.n ? w->twins.size : NULL,
                       .targets = targets,
                       .sources = sources,
                       .below = below,
                       .values = w->numbers + 3 * n,
                       .reached = w->numbers + 4 * n,
                       .arrived = w->fold.needs_arrived ? w->numbers + 5 * n : NULL};
    return order_sources(w);
}

/* Pairs of twins that are no neighbours: one path through each common neighbour. */
static void add_twin_pairs(work *w) {
    const cn__twins *twins = &w->twins;
    for (uint32_t c = 0; c < twins->n; c++) {
        double pairs = w->core.sources[c] * (twins->size[c] - 1);
        uint32_t v = twins->first[c];
        uint32_t degree = w->rows.out_start[v + 1] - w->rows.out_start[v];
        for (uint32_t a = twins->start[c]; twins->apart[c] && pairs > 0 && a < twins->start[c + 1]; a++) {
            w->core.values[twins->to[a]] += pairs / degree;
        }
    }
}

static void hand_back(work *w, double *values) {
    const cn_graph *graph = w->graph;
    cn__fold *fold = &w->fold;
    for (uint32_t v = 0; v < w->rows.n; v++) {
        uint32_t c = w->has_twins ? w->twins.of[v] : v;
        uint32_t original = w->rows.original[v];
        fold->values[original] += w->core.values[c];
        fold->reached[original] = w->core.reached[c];
        fold->arrived[original] = w->core.arrived ? w->core.arrived[c] : 0;
    }
    cn__fold_finish(graph, fold);
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = graph->directed ? fold->values[v] : fold->values[v] / 2;
    }
}

cn_status cn__kernel_betweenness(const cn_graph *graph, const uint32_t *sources, uint32_t source_count, double *values,
                                 const cn__kernel_watch *watch, cn_error *err) {
    work w = {.graph = graph};
    cn_status status = cn__fold_build(graph, sources, source_count, &w.fold, err);
    if (status == CN_OK) {
        cn__rows_options options = {.weighted = true, .left_out = w.fold.folded};
        status = cn__rows_build(graph, &options, &w.rows, err);
    }
    if (status == CN_OK && w.rows.symmetric && !w.rows.out_weight) {
        status = join_twins(&w, err);
    }
    if (status == CN_OK && !build_core(&w)) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        status = w.core.out_weight ? cn__brandes_lengths(&w.core, watch, err) : cn__brandes_lanes(&w.core, watch, err);
    }
    if (status == CN_OK) {
        if (w.has_twins) {
            add_twin_pairs(&w);
        }
        hand_back(&w, values);
    }
    cn__free(w.order);
    cn__free(w.numbers);
    cn__twins_release(&w.twins);
    cn__rows_release(&w.rows);
    cn__fold_release(&w.fold);
    return status;
}
