/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mean distance and diameter: exact from a search from every vertex that has an out-arc, or estimated from some of them.
 *
 * The estimate. Beginnings s are drawn independently from the N vertices with out-arcs; R_s others are reached from s, at
 * distances that add up to A_s. The mean distance over all connected pairs is c = ΣA/ΣR, so X_s = A_s - c·R_s has mean 0
 * over the N. By the empirical Bernstein inequality (Maurer & Pontil 2009, Theorem 4) the mean of k draws of X is then within
 * √(2VL/k) + 7BL/(3(k-1)) of 0 but for a probability of δ', V being their variance, L = ln(4/δ') and B = (n-1)(D-1) the
 * width of X, as distances lie between 1 and D (kernel_sample.c bounds D). All c for which that holds make the interval
 * (Fieller 1954); its ends are found by halving, the limit being concave in c on either side. Draws are doubled until
 * the interval is narrow enough or half of all beginnings would be drawn, which is where the exact way is chosen; δ' = δ/TESTS
 * holds for all the tests together. The diameter is at least the farthest that was seen and at most D.
 * Invariant: draw i depends on the seed and i alone. Cost O(levels · E / 512) words a draw.
 */
#include "summary_impl.h"

#include <math.h>

#include "error.h"
#include "kernel_run.h"
#include "kernel_sample.h"
#include "memory.h"

enum { TESTS = 22, FIRST_DRAWS = 1024, HALVINGS = 60 };

typedef struct paths {
    const cn_graph *graph;
    const cn_summary_options *options;
    cn__kernel_watch watch;
    uint32_t *beginnings; /* vertices with an out-arc that is no loop */
    uint32_t count;
    uint32_t *pivots; /* room for draws */
    cn__reach *reached;
    uint32_t drawn;
    uint32_t farthest;
    uint64_t most; /* a bound on D */
    double delta;
} paths;

static cn_status list_beginnings(paths *p, cn_error *err) {
    const cn_graph *graph = p->graph;
    p->beginnings = cn__alloc(graph->n, sizeof *p->beginnings);
    if (!p->beginnings) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t begin = graph->out_start[v];
        uint32_t arcs = graph->out_start[v + 1] - begin;
        if (arcs > 1 || (arcs == 1 && graph->out_to[begin] != v)) {
            p->beginnings[p->count++] = v;
        }
    }
    return CN_OK;
}

static bool make_room(paths *p, uint32_t draws) {
    p->pivots = cn__alloc(draws, sizeof *p->pivots);
    p->reached = cn__alloc(draws, sizeof *p->reached);
    return p->pivots && p->reached;
}

static cn_status compute_exact(paths *p, cn_summary *out, cn_error *err) {
    cn__free(p->reached);
    p->reached = cn__alloc(p->count, sizeof *p->reached);
    if (!p->reached) {
        return CN__NO_MEMORY(err);
    }
    cn_status status =
        cn__kernel_distances(p->graph, p->beginnings, p->count, p->reached, &out->diameter, &p->watch, err);
    uint64_t pairs = 0;
    uint64_t steps = 0;
    for (uint32_t i = 0; status == CN_OK && i < p->count; i++) {
        pairs += p->reached[i].vertices;
        steps += p->reached[i].steps;
    }
    out->average_path = pairs > 0 ? (double)steps / (double)pairs : NAN;
    out->diameter_at_most = out->diameter;
    return status;
}

/* How far the mean of X may be off minus how far it is, for the candidate c: c is possible where this is not negative. */
static double slack(const paths *p, double c) {
    double k = p->drawn;
    double sum = 0;
    double squares = 0;
    for (uint32_t i = 0; i < p->drawn; i++) {
        double x = (double)p->reached[i].steps - c * (double)p->reached[i].vertices;
        sum += x;
        squares += x * x;
    }
    double variance = fmax(0, (squares - sum * sum / k) / (k - 1));
    double logarithm = log(4 * TESTS / p->delta);
    double width = (p->graph->n - 1.0) * ((double)p->most - 1);
    return sqrt(2 * variance * logarithm / k) + 7 * width * logarithm / (3 * (k - 1)) - fabs(sum / k);
}

/* The possible c farthest from `inside`, which is possible, towards `limit`. */
static double edge_of(const paths *p, double inside, double limit) {
    if (slack(p, limit) >= 0) {
        return limit;
    }
    for (int i = 0; i < HALVINGS && fabs(limit - inside) > 1e-9 * inside; i++) {
        double middle = (inside + limit) / 2;
        if (slack(p, middle) >= 0) {
            inside = middle;
        } else {
            limit = middle;
        }
    }
    return limit;
}

static cn_status draw_until(paths *p, uint32_t draws, cn_error *err) {
    uint32_t farthest = 0;
    for (uint32_t i = p->drawn; i < draws; i++) {
        uint64_t state = p->options->seed + i * UINT64_C(0xd1342543de82ef95);
        state = cn__random(&state);
        p->pivots[i] = p->beginnings[cn__random_below(&state, p->count)];
    }
    cn_status status = cn__kernel_distances(p->graph, p->pivots + p->drawn, draws - p->drawn, p->reached + p->drawn,
                                            &farthest, &p->watch, err);
    p->farthest = farthest > p->farthest ? farthest : p->farthest;
    p->drawn = draws;
    return status;
}

/* Narrow enough? Then the figures are filled in. */
static bool settle(const paths *p, cn_summary *out) {
    uint64_t pairs = 0;
    uint64_t steps = 0;
    for (uint32_t i = 0; i < p->drawn; i++) {
        pairs += p->reached[i].vertices;
        steps += p->reached[i].steps;
    }
    double mean = (double)steps / (double)pairs; /* from a vertex with an out-arc something is reached */
    double below = mean - edge_of(p, mean, 1);
    double above = edge_of(p, mean, (double)p->most) - mean;
    if (fmax(below, above) > p->options->epsilon * mean) {
        return false;
    }
    out->average_path = mean;
    out->average_margin = fmax(below, above);
    out->diameter = p->farthest;
    out->diameter_at_most = p->most < CN_NONE ? (uint32_t)p->most : CN_NONE;
    out->path_samples = p->drawn;
    return true;
}

static cn_status estimate(paths *p, cn_summary *out, cn_error *err) {
    cn_graph plain = *p->graph;
    plain.weight = NULL; /* a step is a step */
    cn_status status = cn__path_bound(&plain, &p->most, err);
    p->most -= p->most > 1; /* vertices to steps */
    if (status == CN_OK && !make_room(p, p->count / 2)) {
        status = CN__NO_MEMORY(err);
    }
    for (uint32_t draws = FIRST_DRAWS; status == CN_OK && draws <= p->count / 2; draws *= 2) {
        status = draw_until(p, draws, err);
        if (status == CN_OK && settle(p, out)) {
            return CN_OK;
        }
    }
    return status == CN_OK ? compute_exact(p, out, err) : status;
}

cn_status cn__summary_paths(const cn_graph *graph, const cn_summary_options *options, cn_summary *out, cn_error *err) {
    paths p = {.graph = graph,
               .options = options,
               .watch = {.watch = options->watch, .threads = options->threads},
               .delta = options->delta == 0 ? 0.1 : options->delta};
    cn_status status = CN_OK;
    if (options->epsilon > 0) {
        cn__kernel_bound bound = {.epsilon = options->epsilon, .delta = p.delta};
        status = cn__bound_check(&bound, err);
    }
    if (status == CN_OK) {
        status = list_beginnings(&p, err);
    }
    if (status == CN_OK) {
        out->delta = options->epsilon > 0 ? p.delta : 0;
        status = options->epsilon > 0 ? estimate(&p, out, err) : compute_exact(&p, out, err);
    }
    cn__free(p.beginnings);
    cn__free(p.pivots);
    cn__free(p.reached);
    return status;
}
