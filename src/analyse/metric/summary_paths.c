/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mean distance and diameter: exact from a search from every vertex that has an out-arc, or estimated.
 *
 * The estimate. Where many pairs are connected, single pairs are drawn: a beginning with an out-arc and an end with an in-arc,
 * independently. A draw yields R = 1 and its distance A, or R = A = 0 where there is no way. Elsewhere a draw is a beginning
 * alone, from which R others are reached at distances that add up to A. Either way the mean distance over all connected
 * pairs is c = ΣA/ΣR, so X = A - c·R has mean 0. By the empirical Bernstein inequality (Maurer & Pontil 2009, Theorem 4)
 * the mean of k draws of X is then within √(2VL/k) + 7BL/(3(k-1)) of 0 but for a probability of δ', V being their
 * variance, L = ln(4/δ') and B the width of X. As distances lie between 1 and D (kernel_sample.c bounds D), B is D-1 for
 * pairs, and as many times that for beginnings as the largest piece has other vertices. All c for which that holds make
 * the interval (Fieller 1954); its ends are found by halving, the limit being concave in c on either side. Draws are
 * doubled until the interval is narrow enough or more would cost as much as the exact way, which is then chosen;
 * δ' = δ/TESTS holds for all the tests together.
 * The diameter is at least the farthest that was seen, among others from the vertices that are farthest from a hub, and
 * at most D. Invariant: draw i depends on the seed and i alone. Cost about √E a pair, O(levels · E / 512) words a beginning.
 */
#include "summary_impl.h"

#include <math.h>

#include "error.h"
#include "kernel_run.h"
#include "kernel_sample.h"
#include "memory.h"

enum { TESTS = 44, FIRST_DRAWS = 1024, FIRST_PAIRS = 4096, PAIRS_A_BEGINNING = 8, HALVINGS = 60, SWEEP = 512 };
static const double FEW_CONNECTED = 0.1; /* share of pairs below which beginnings are drawn */

typedef struct paths {
    const cn_graph *graph;
    const cn_summary_options *options;
    cn__kernel_watch watch;
    uint32_t *beginnings; /* vertices with an out-arc that is no loop */
    uint32_t count;
    uint32_t *ends; /* with an in-arc */
    uint32_t end_count;
    bool pairs;       /* what is drawn now */
    uint32_t *pivots; /* by draw */
    uint32_t *targets;
    uint32_t *steps;
    cn__reach *reached;
    uint32_t drawn;
    uint32_t farthest;
    uint64_t most; /* a bound on D */
    double reach;  /* other vertices that one can reach, at most */
    double delta;
} paths;

/* Vertices with an arc that is no loop; `list` takes all. */
static uint32_t list_linked(uint32_t n, const uint32_t *start, const uint32_t *to, uint32_t *list) {
    uint32_t count = 0;
    for (uint32_t v = 0; v < n; v++) {
        uint32_t arcs = start[v + 1] - start[v];
        if (arcs > 1 || (arcs == 1 && to[start[v]] != v)) {
            list[count++] = v;
        }
    }
    return count;
}

static cn_status list_beginnings(paths *p, cn_error *err) {
    const cn_graph *graph = p->graph;
    p->beginnings = cn__alloc(graph->n, sizeof *p->beginnings);
    if (!p->beginnings) {
        return CN__NO_MEMORY(err);
    }
    p->count = list_linked(graph->n, graph->out_start, graph->out_to, p->beginnings);
    return CN_OK;
}

static cn_status make_room(paths *p, uint32_t draws, cn_error *err) {
    bool ok = true;
    uint32_t **numbers[3] = {&p->pivots, &p->targets, &p->steps};
    for (int i = 0; ok && i < (p->pairs ? 3 : 1); i++) {
        uint32_t *larger = cn__realloc(*numbers[i], draws, sizeof *larger);
        ok = larger != NULL;
        *numbers[i] = ok ? larger : *numbers[i];
    }
    cn__reach *larger = ok ? cn__realloc(p->reached, draws, sizeof *larger) : NULL;
    p->reached = larger ? larger : p->reached;
    return larger ? CN_OK : CN__NO_MEMORY(err);
}

static cn_status compute_exact(paths *p, cn_summary *out, cn_error *err) {
    p->pairs = false;
    cn_status status = make_room(p, p->count, err);
    if (status == CN_OK) {
        status = cn__kernel_distances(p->graph, p->beginnings, p->count, p->reached, &out->diameter, &p->watch, err);
    }
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
    double width = ((double)p->most - 1) * (p->pairs ? 1 : p->reach);
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

static cn_status draw_pairs(paths *p, uint32_t draws, cn_error *err) {
    cn_status status = cn__kernel_pairs(p->graph, p->pivots + p->drawn, p->targets + p->drawn, draws - p->drawn,
                                        p->steps + p->drawn, &p->watch, err);
    for (uint32_t i = p->drawn; status == CN_OK && i < draws; i++) {
        bool apart = p->steps[i] == CN_NONE;
        p->reached[i] = apart ? (cn__reach){0, 0} : (cn__reach){1, p->steps[i]};
        p->farthest = !apart && p->steps[i] > p->farthest ? p->steps[i] : p->farthest;
    }
    return status;
}

static cn_status draw_beginnings(paths *p, uint32_t draws, cn_error *err) {
    uint32_t farthest = 0;
    cn_status status = cn__kernel_distances(p->graph, p->pivots + p->drawn, draws - p->drawn, p->reached + p->drawn,
                                            &farthest, &p->watch, err);
    p->farthest = farthest > p->farthest ? farthest : p->farthest;
    return status;
}

static cn_status draw_until(paths *p, uint32_t draws, cn_error *err) {
    cn_status status = make_room(p, draws, err);
    for (uint32_t i = p->drawn; status == CN_OK && i < draws; i++) {
        uint64_t state = p->options->seed + i * UINT64_C(0xd1342543de82ef95);
        state = cn__random(&state);
        p->pivots[i] = p->beginnings[cn__random_below(&state, p->count)];
        if (p->pairs) {
            p->targets[i] = p->ends[cn__random_below(&state, p->end_count)];
        }
    }
    if (status == CN_OK) {
        status = p->pairs ? draw_pairs(p, draws, err) : draw_beginnings(p, draws, err);
    }
    p->drawn = draws;
    return status;
}

/* Narrow enough? Then the figures are filled in. `connected` gets the pairs found connected. */
static bool settle(const paths *p, uint64_t *connected, cn_summary *out) {
    uint64_t pairs = 0;
    uint64_t steps = 0;
    for (uint32_t i = 0; i < p->drawn; i++) {
        pairs += p->reached[i].vertices;
        steps += p->reached[i].steps;
    }
    *connected = pairs;
    if (pairs == 0) {
        return false;
    }
    double mean = (double)steps / (double)pairs;
    double below = mean - edge_of(p, mean, 1);
    double above = edge_of(p, mean, (double)p->most) - mean;
    if (fmax(below, above) > p->options->epsilon * mean) {
        return false;
    }
    out->average_path = mean;
    out->average_margin = fmax(below, above);
    out->path_samples = p->pairs ? 0 : p->drawn;
    out->pair_samples = p->pairs ? p->drawn : 0;
    return true;
}

/* Draw more and more, up to `last`. `settled`: it was enough. */
static cn_status draw_on(paths *p, bool pairs, uint64_t last, bool *settled, cn_summary *out, cn_error *err) {
    cn_status status = CN_OK;
    uint64_t connected = CN_NONE;
    p->pairs = pairs;
    p->drawn = 0;
    *settled = false;
    for (uint64_t draws = pairs ? FIRST_PAIRS : FIRST_DRAWS; status == CN_OK && draws <= last; draws *= 2) {
        status = draw_until(p, (uint32_t)draws, err);
        if (status == CN_OK && settle(p, &connected, out)) {
            *settled = true;
            break;
        }
        if (pairs && (double)connected < FEW_CONNECTED * (double)draws) {
            break;
        }
    }
    return status;
}

/* The vertices farthest before the hub; `most` of them at most. Returns how many. */
static uint32_t list_farthest(const paths *p, const uint32_t *before, uint32_t most, uint32_t *list) {
    uint32_t count = 0;
    uint32_t level = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t far = before[p->beginnings[i]];
        level = far != CN_NONE && far > level ? far : level;
    }
    for (; count < most; level--) {
        for (uint32_t i = 0; i < p->count && count < most; i++) {
            if (before[p->beginnings[i]] == level) {
                list[count++] = p->beginnings[i];
            }
        }
        if (level == 0) {
            break;
        }
    }
    return count;
}

/* Search from the vertices that are farthest from a hub: a long way mostly begins there. */
static cn_status sweep(paths *p, cn_error *err) {
    const cn_graph *graph = p->graph;
    uint32_t hub = p->beginnings[0];
    for (uint32_t i = 1; i < p->count; i++) {
        uint32_t v = p->beginnings[i];
        hub =
            graph->out_start[v + 1] - graph->out_start[v] > graph->out_start[hub + 1] - graph->out_start[hub] ? v : hub;
    }
    uint32_t list[SWEEP];
    cn__reach reached[SWEEP];
    uint32_t farthest = 0;
    uint32_t *before = cn__alloc(graph->n, sizeof *before);
    cn_status status =
        before ? cn__kernel_tiers(graph, &hub, 1, CN_DIR_OUT, before, &p->watch, err) : CN__NO_MEMORY(err);
    if (status == CN_OK) {
        uint32_t count = list_farthest(p, before, SWEEP, list);
        status = cn__kernel_distances(graph, list, count, reached, &farthest, &p->watch, err);
    }
    p->farthest = farthest > p->farthest ? farthest : p->farthest;
    cn__free(before);
    return status;
}

static cn_status estimate(paths *p, cn_summary *out, cn_error *err) {
    cn_graph plain = *p->graph;
    bool settled = false;
    plain.weight = NULL; /* a step is a step */
    cn_status status = cn__path_bound(&plain, &p->most, err);
    p->most -= p->most > 1; /* vertices to steps */
    p->ends = status == CN_OK ? cn__alloc(plain.n, sizeof *p->ends) : NULL;
    if (status == CN_OK && !p->ends) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        p->end_count = list_linked(plain.n, plain.in_start, plain.in_from, p->ends);
        status = draw_on(p, true, (uint64_t)p->count * PAIRS_A_BEGINNING, &settled, out, err);
    }
    if (status == CN_OK && !settled) {
        status = draw_on(p, false, p->count / 2, &settled, out, err);
    }
    if (status == CN_OK && !settled) {
        return compute_exact(p, out, err);
    }
    if (status == CN_OK) {
        status = sweep(p, err);
    }
    out->diameter = p->farthest;
    out->diameter_at_most = p->most < CN_NONE ? (uint32_t)p->most : CN_NONE;
    return status;
}

cn_status cn__summary_paths(const cn_graph *graph, const cn_summary_options *options, cn_summary *out, cn_error *err) {
    paths p = {.graph = graph,
               .options = options,
               .watch = {.watch = options->watch, .threads = options->threads},
               .reach = out->largest_component - 1.0,
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
    cn__free(p.ends);
    cn__free(p.pivots);
    cn__free(p.targets);
    cn__free(p.steps);
    cn__free(p.reached);
    return status;
}
