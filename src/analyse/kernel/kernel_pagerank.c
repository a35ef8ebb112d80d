/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PageRank (Brin & Page 1998): the x with x = (1-d)/n + d·(x of vertices without out-weight)/n + d·P^T x.
 *
 * It is the y with y = 1/n + M y, M = d·P^T, scaled to the sum 1 (Langville & Meyer 2006, 8.4): what a vertex without out-weight passes on
 * goes to all alike. Where nobody leads to, y is 1/n; where no weight leads on, y is known when all others are: both are left
 * out of the core, on which a Krylov method (kernel_krylov.c) comes near to y in a few steps. From there y ← b + M y, pulled along the
 * in-arcs, proves the error, and makes it small where that method failed.
 * Proof: M brings the sum of all errors down by the factor d, so when a step changes y by r in total, it is then within r·d/(1-d), as are the
 * vertices that are left out with it; scaling by the sum S at most doubles this: Σ|error| ≤ 2·r·d/((1-d)·S).
 * Invariant: share[v] is d/out-weight times the newest y[v]. Sums are made per chunk, then over the chunks in order. Cost O(V + E) a
 * step; 20 to 60 steps for 1e-10 at d = 0.85.
 */
#include <math.h>

#include "error.h"
#include "kernel_krylov.h"
#include "memory.h"

enum { MOST_STEPS = 20000, WINDOW = 32 };

/* Steps in which the change shrinks by a factor of at least d each, so that only rounding can have kept it. */
static int window_of(double damping) { return WINDOW + (int)fmin(2 / (1 - damping), MOST_STEPS); }

typedef struct ranking {
    const cn_graph *graph;
    double damping;
    double each;    /* 1/n */
    double *factor; /* by vertex of the graph: d/out-weight, 0 without; then … */
    double *
        spread; /* … by vertex: what it passes on for each unit of weight; at first only where nobody leads, 0 for others */
    bool *left_out;
    cn__inflow core;
    double *y; /* by vertex of the core, as all that follow */
    double *fresh;
    double *share;
    double *per_out;
    double *b;      /* 1/n and what comes from vertices to which nobody leads */
    double *change; /* by chunk: Σ |b + M y - y|; then by chunk Σ (b + M y) */
} ranking;

static bool has_in(const cn_graph *graph, uint32_t v) { return graph->in_start[v + 1] > graph->in_start[v]; }

/* ---- the core ---- */

static double out_weight(const cn_graph *graph, uint32_t v) {
    double out = 0;
    for (uint32_t a = graph->out_start[v]; graph->weight && a < graph->out_start[v + 1]; a++) {
        out += graph->weight[a];
    }
    return graph->weight ? out : (double)(graph->out_start[v + 1] - graph->out_start[v]);
}

static bool prepare(ranking *r, int threads) {
    const cn_graph *graph = r->graph;
    uint32_t n = graph->n;
    r->factor = cn__alloc(n, 2 * sizeof *r->factor);
    r->left_out = cn__alloc(n, sizeof *r->left_out);
    if (!r->factor || !r->left_out) {
        return false;
    }
    r->spread = r->factor + n;
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        double out = out_weight(graph, v);
        r->factor[v] = out > 0 ? r->damping / out : 0;
        r->spread[v] = has_in(graph, v) ? 0 : r->factor[v] * r->each;
        r->left_out[v] = out <= 0 || !has_in(graph, v);
    }
    cn__inflow_options options = {.left_out = r->left_out, .share = r->spread};
    return cn__inflow_build(graph, &options, threads, &r->core);
}

static bool prepare_core(ranking *r, int threads) {
    uint32_t n = r->core.n;
    r->y = cn__alloc(n, 4 * sizeof *r->y);
    r->change = cn__alloc(r->core.chunks, 2 * sizeof *r->change);
    if (!r->y || !r->change) {
        return false;
    }
    r->fresh = r->y + n;
    r->share = r->y + 2 * (size_t)n;
    r->per_out = r->y + 3 * (size_t)n;
    r->b = r->core.received;
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        r->per_out[v] = r->factor[r->core.original[v]];
        r->b[v] += r->each;
    }
    return true;
}

/* ---- steps ---- */

static void renew_chunk(const ranking *r, uint32_t chunk) {
    double change = 0;
    double sum = 0;
    for (uint32_t v = r->core.first[chunk]; v < r->core.first[chunk + 1]; v++) {
        double fresh = r->b[v] + cn__pull(&r->core, r->share, v);
        change += fabs(fresh - r->y[v]);
        sum += fresh;
        r->fresh[v] = fresh;
    }
    r->change[chunk] = change;
    r->change[r->core.chunks + chunk] = sum;
}

/* y becomes b + M y. Returns Σ of what has changed; `*bound` gets how far all values are from the truth, at most. */
static double renew(ranking *r, double *bound, int threads) {
    double change = 0;
    double sum = ((double)r->graph->n - r->core.n) * r->each;
    uint32_t n = r->core.n;
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        r->share[v] = r->per_out[v] * r->y[v];
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t c = 0; c < r->core.chunks; c++) {
        renew_chunk(r, c);
    }
    for (uint32_t c = 0; c < r->core.chunks; c++) {
        change += r->change[c];
        sum += r->change[r->core.chunks + c];
    }
    double *swap = r->y;
    r->y = r->fresh;
    r->fresh = swap;
    double off = change * r->damping / (1 - r->damping);
    *bound = 2 * off / fmax(sum - off, 1); /* every y is 1/n at least */
    return change;
}

/* Until the error is proven to be small, or rounding keeps it from shrinking. Returns the bound. */
static double iterate(ranking *r, double tolerance, cn__run *run) {
    int window = window_of(r->damping);
    double least = INFINITY;
    double before = INFINITY; /* least change a window ago */
    double bound = INFINITY;
    for (int step = 1; step <= MOST_STEPS && cn__run_goes_on(run); step++) {
        double change = renew(r, &bound, run->threads);
        bool stalled = step % window == 0 && least >= before && change <= 2 * least;
        if (bound <= tolerance || stalled) {
            return bound;
        }
        before = step % window == 0 ? least : before;
        least = change < least ? change : least;
        cn__run_step(run, 1);
    }
    return bound;
}

/* A first y; where the fast method fails, b. False: memory. */
static bool guess(ranking *r, double tolerance, cn__run *run) {
    bool memory;
    double near = 0.9 * tolerance * (1 - r->damping) / r->damping / 2; /* then the first step proves it */
    bool good = cn__krylov_solve(&r->core, r->per_out, r->b, near, r->y, run, &memory);
    for (uint32_t v = 0; good && v < r->core.n; v++) {
        good = r->y[v] >= 0;
    }
    for (uint32_t v = 0; !good && v < r->core.n; v++) {
        r->y[v] = r->b[v];
    }
    return memory;
}

/* ---- all vertices ---- */

/* y of a vertex that is not in the core, from what others pass on for each unit of weight. */
static double outside(const ranking *r, const double *passed, uint32_t v) {
    const cn_graph *graph = r->graph;
    double sum = r->each;
    for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
        sum += (graph->weight ? graph->weight[graph->in_arc[i]] : 1) * passed[graph->in_from[i]];
    }
    return sum;
}

static void hand_back(const ranking *r, double *values, int threads) {
    uint32_t n = r->graph->n;
    double total = 0;
    double *passed = r->spread;
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        values[v] = r->core.place[v] == CN_NONE ? r->each : r->y[r->core.place[v]];
        passed[v] = r->factor[v] * values[v];
    }
#pragma omp parallel for schedule(dynamic, 1024) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        if (r->factor[v] <= 0 && has_in(r->graph, v)) { /* it is not among those that are read */
            values[v] = outside(r, passed, v);
        }
    }
    for (uint32_t v = 0; v < n; v++) {
        total += values[v];
    }
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t v = 0; v < n; v++) {
        values[v] /= total;
    }
}

static void release(ranking *r, double *numbers) {
    cn__free(r->factor);
    cn__free(r->left_out);
    cn__free(numbers);
    cn__free(r->change);
    cn__inflow_release(&r->core);
}

cn_status cn__kernel_pagerank(const cn_graph *graph, double damping, double tolerance, double *values, double *error,
                              const cn__kernel_watch *watch, cn_error *err) {
    ranking r = {.graph = graph, .damping = damping, .each = 1.0 / graph->n};
    cn__run run;
    double *numbers = NULL;
    cn_status status = CN_OK;
    if (graph->n == 0) {
        return CN_OK;
    }
    int threads = cn__inflow_threads(graph, watch);
    bool memory = prepare(&r, threads) && prepare_core(&r, threads);
    if (memory) {
        numbers = r.y;
        double steps = log(tolerance) / log(damping) / 4; /* about */
        cn__run_start(&run, watch, r.core.chunks, steps > 1 ? (uint64_t)steps : 1, (uint64_t)r.core.n + r.core.arcs);
        memory = guess(&r, tolerance, &run);
    }
    if (memory) {
        double bound = iterate(&r, tolerance, &run);
        if (error) {
            *error = bound;
        }
        hand_back(&r, values, run.threads);
        status = cn__run_end(&run, err);
    } else {
        status = CN__NO_MEMORY(err);
    }
    release(&r, numbers ? numbers : r.y);
    return status;
}
