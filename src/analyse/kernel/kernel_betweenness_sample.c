/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness estimated from random shortest paths (the estimator of Riondato & Kornaropoulos 2016): draw an ordered pair of vertices, then
 * one of its shortest paths; the share of draws that run through v estimates b(v)/(n(n-1)).
 *
 * Two bounds hold together, each at a risk of δ/2:
 * - a number of draws that is enough in any case (kernel_sample.c, with the proof), from the vertices that a shortest path
 *   can have at most;
 * - at fixed numbers of draws fixed beforehand every share may be tested by the empirical Bernstein inequality (Maurer &
 *   Pontil 2009, Theorem 4), by the union bound over both sides, vertices and tests: √(2 V L/t) + 7L/(3(t-1)) ≤ ε with the
 *   variance V = p(1-p)t/(t-1) and L = ln(4·n·tests·2/δ). Where no vertex is on very many paths this ends far earlier.
 * Invariant: draw i depends on the seed and i alone, and what is added up are whole numbers, so neither the number of
 * threads nor the order matters. Cost about √E a draw without lengths, O(E log V) with.
 */
#include <math.h>

#include "error.h"
#include "kernel_random_path.h"
#include "kernel_sample.h"
#include "memory.h"

enum { TESTS = 32, DRAWS_A_STEP = 64 };

typedef struct sampling {
    const cn_graph *graph;
    const cn__kernel_bound *bound;
    cn__rows rows;
    double *out_length;
    double *in_length;
    cn__path_finder *finders; /* by thread */
    uint32_t *hits;           /* by thread and vertex of the rows */
    uint64_t most;            /* draws that are enough in any case */
    uint64_t drawn;
} sampling;

static void draw(sampling *s, uint64_t number, cn__path_finder *finder, uint32_t *hits) {
    uint32_t n = s->graph->n;
    uint64_t random = s->bound->seed + number * UINT64_C(0xd1342543de82ef95);
    random = cn__random(&random);
    uint32_t from = cn__random_below(&random, n);
    uint32_t to = cn__random_below(&random, n - 1);
    to += to >= from;
    if (s->rows.place[from] == CN_NONE || s->rows.place[to] == CN_NONE) {
        return;
    }
    cn__path_finder_draw(finder, s->rows.place[from], s->rows.place[to], &random);
    for (uint32_t i = 0; i < finder->path_count; i++) {
        hits[finder->path[i]]++;
    }
}

static void draw_until(sampling *s, uint64_t end, cn__run *run) {
    uint64_t begin = s->drawn;
    uint64_t steps = (end - begin + DRAWS_A_STEP - 1) / DRAWS_A_STEP;
#pragma omp parallel for schedule(dynamic, 1) num_threads(run->threads)
    for (uint64_t step = 0; step < steps; step++) {
        size_t thread = (size_t)cn__run_thread();
        uint64_t first = begin + step * DRAWS_A_STEP;
        uint64_t last = end - first < DRAWS_A_STEP ? end : first + DRAWS_A_STEP;
        for (uint64_t i = first; i < last && cn__run_goes_on(run); i++) {
            draw(s, i, &s->finders[thread], s->hits + thread * s->rows.n);
        }
        cn__run_step(run, last - first);
    }
    s->drawn = end;
}

static uint64_t hits_of(const sampling *s, uint32_t v, int threads) {
    uint64_t sum = 0;
    for (size_t t = 0; t < (size_t)threads; t++) {
        sum += s->hits[t * s->rows.n + v];
    }
    return sum;
}

/* Does the empirical bound hold for every vertex? The largest variance decides. */
static bool is_enough(const sampling *s, double logarithm, int threads) {
    double draws = (double)s->drawn;
    double variance = 0;
    for (uint32_t v = 0; v < s->rows.n; v++) {
        double share = (double)hits_of(s, v, threads) / draws;
        variance = fmax(variance, share * (1 - share) * draws / (draws - 1));
    }
    return sqrt(2 * variance * logarithm / draws) + 7 * logarithm / (3 * (draws - 1)) <= s->bound->epsilon;
}

/* Draw up to the next test, and on to the end. The first test is where it can succeed at all. */
static void draw_all(sampling *s, cn__run *run) {
    double logarithm = log(4.0 * s->graph->n * TESTS * 2 / s->bound->delta);
    double next = ceil(7 * logarithm / (3 * s->bound->epsilon)) + 2;
    double growth = fmax(1.25, pow((double)s->most / next, 1.0 / (TESTS - 1)));
    for (int test = 0; test < TESTS && next < (double)s->most && cn__run_goes_on(run); test++) {
        draw_until(s, (uint64_t)next, run);
        if (is_enough(s, logarithm, run->threads)) {
            return;
        }
        next = ceil(next * growth);
    }
    if (cn__run_goes_on(run)) {
        draw_until(s, s->most, run);
    }
}

static bool allocate(sampling *s, int threads) {
    s->finders = cn__calloc((size_t)threads, sizeof *s->finders);
    s->hits = cn__calloc(s->rows.n, (size_t)threads * sizeof *s->hits);
    bool ok = s->finders && s->hits;
    if (s->rows.out_weight) {
        s->out_length = cn__lengths_of(s->rows.out_weight, s->rows.m);
        s->in_length = cn__lengths_of(s->rows.in_weight, s->rows.m);
        ok = ok && s->out_length && s->in_length;
    }
    for (int t = 0; ok && t < threads; t++) {
        ok = cn__path_finder_init(&s->finders[t], &s->rows, s->out_length, s->in_length);
    }
    return ok;
}

static void release(sampling *s, int threads) {
    for (int t = 0; s->finders && t < threads; t++) {
        cn__path_finder_release(&s->finders[t]);
    }
    cn__free(s->finders);
    cn__free(s->hits);
    cn__free(s->out_length);
    cn__free(s->in_length);
    cn__rows_release(&s->rows);
}

static void hand_back(const sampling *s, int threads, double *values) {
    double n = s->graph->n;
    double pairs = n * (n - 1) / (s->graph->directed ? 1 : 2);
    for (uint32_t v = 0; v < s->graph->n; v++) {
        uint32_t place = s->rows.place[v];
        values[v] = place == CN_NONE ? 0 : (double)hits_of(s, place, threads) / (double)s->drawn * pairs;
    }
}

cn_status cn__kernel_betweenness_sample(const cn_graph *graph, const cn__kernel_bound *bound, double *values,
                                        uint64_t *samples, const cn__kernel_watch *watch, cn_error *err) {
    sampling s = {.graph = graph, .bound = bound};
    uint64_t path_vertices = 0;
    cn__run run;
    if (samples) {
        *samples = 0;
    }
    cn_status status = cn__bound_check(bound, err);
    if (status == CN_OK) {
        status = cn__path_bound(graph, &path_vertices, err);
    }
    if (status == CN_OK && path_vertices <= 2) { /* no path runs through anything */
        for (uint32_t v = 0; v < graph->n; v++) {
            values[v] = 0;
        }
        return CN_OK;
    }
    if (status == CN_OK) {
        cn__rows_options options = {.weighted = true, .any_order = true, .threads = cn__rows_threads(graph, watch)};
        status = cn__rows_build(graph, &options, &s.rows, err);
    }
    if (status != CN_OK) {
        return status;
    }
    s.most = cn__draws_enough(bound->epsilon, bound->delta / 2, s.rows.n, (double)path_vertices - 2);
    cn__run_start(&run, watch, s.most / DRAWS_A_STEP + 1, s.most, s.most * 100);
    if (allocate(&s, run.threads)) {
        draw_all(&s, &run);
        hand_back(&s, run.threads, values);
        if (samples) {
            *samples = s.drawn;
        }
        status = cn__run_end(&run, err);
    } else {
        status = CN__NO_MEMORY(err);
    }
    release(&s, run.threads);
    return status;
}
