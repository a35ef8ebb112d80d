/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Perron vector of a strongly connected component: power iteration from all ones with a shift. All arcs are inside
 * the component, so the matrix is irreducible and not negative: the vector exists, is positive and unique up to scale
 * (Perron–Frobenius), and the shift (half the present estimate of λ) makes the iteration converge where the component is
 * a cycle or bipartite. Nothing is ever subtracted, so each value keeps its relative accuracy.
 *
 * It ends when the change, continued with the rate at which it has been shrinking, cannot add up to 1e-13, or when the
 * change is at the rounding of the machine. Components held together by a thread converge slowly: those of up to
 * DENSE_MOST vertices are then solved by squaring the matrix (k squarings are 2^k steps), larger ones stop at a limit.
 * Cost: O(E) a step; O(n³) a squaring.
 */
#include "perron.h"

#include <math.h>
#include <string.h>

#include "memory.h"

enum { WINDOW = 8, DENSE_AFTER = 2000, DENSE_MOST = 200, SQUARINGS = 60, POLISH = 20 };
static const double ENOUGH = 1e-13;
static const double ROUNDING = 1e-15;

static double arc_weight(const cn_graph *graph, uint32_t arc) { return graph->weight ? graph->weight[arc] : 1; }

static double pull(const cn_graph *graph, const cn__scc *scc, uint32_t v, const double *x) {
    double sum = 0;
    for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
        uint32_t u = graph->in_from[i];
        if (scc->of[u] == scc->of[v]) {
            sum += arc_weight(graph, graph->in_arc[i]) * x[u];
        }
    }
    return sum;
}

/* One step x ← (M + λ/2) x, scaled to maximum 1. Returns the largest change; *lambda is the new estimate. */
static double power_step(const cn_graph *graph, const cn__scc *scc, uint32_t c, double *x, double *y, double *lambda) {
    double sum_x = 0;
    double sum_y = 0;
    double largest = 0;
    double change = 0;
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        y[v] = pull(graph, scc, v, x);
        sum_x += x[v];
        sum_y += y[v];
    }
    *lambda = sum_y / sum_x;
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        y[v] += *lambda / 2 * x[v];
        largest = fmax(largest, y[v]);
    }
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        double next = y[v] / largest;
        change = fmax(change, fabs(next - x[v]));
        x[v] = next;
    }
    return change;
}

/* Up to `steps` power steps over so many arcs; true when converged. */
static bool iterate(const cn_graph *graph, const cn__scc *scc, uint32_t c, double *x, double *y, double *lambda,
                    uint64_t steps, uint64_t arcs, cn__run *run) {
    double before = INFINITY; /* change a window ago */
    double rate = 0;          /* of the change in a window, measured well above rounding */
    for (uint64_t step = 1; step <= steps && cn__run_goes_on(run); step++) {
        cn__run_step(run, arcs);
        double change = power_step(graph, scc, c, x, y, lambda);
        if (change <= ROUNDING) {
            return true;
        }
        if (step % WINDOW == 0) {
            double shrink = change / before;
            if (change > ENOUGH) {
                rate = shrink;
            } else if (shrink >= 1) {
                return true; /* rounding noise: no better to be had */
            }
            if (rate > 0 && rate < 1 && change * WINDOW / (1 - rate) <= ENOUGH) {
                return true;
            }
            before = change;
        }
    }
    return false;
}

/* next ← matrix², scaled to maximum 1. */
static void square(uint32_t k, const double *matrix, double *next) {
    double largest = 0;
    memset(next, 0, (size_t)k * k * sizeof *next);
    for (size_t i = 0; i < k; i++) {
        for (size_t l = 0; l < k; l++) {
            for (size_t j = 0; j < k; j++) {
                next[i * k + j] += matrix[i * k + l] * matrix[l * k + j];
            }
        }
        for (size_t j = 0; j < k; j++) {
            largest = fmax(largest, next[i * k + j]);
        }
    }
    for (size_t i = 0; i < (size_t)k * k; i++) {
        next[i] /= largest;
    }
}

/* x ← the row sums of a very high power of M + λ/2, which all its columns are parallel to in the end. */
static bool solve_dense(const cn_graph *graph, const cn__scc *scc, uint32_t c, double *x, double *place,
                        double lambda) {
    const uint32_t *member = scc->vertex + scc->start[c];
    uint32_t k = scc->start[c + 1] - scc->start[c];
    size_t cells = (size_t)k * k;
    double *matrix = cn__calloc(2 * cells, sizeof *matrix);
    if (!matrix) {
        return false;
    }
    for (uint32_t i = 0; i < k; i++) {
        place[member[i]] = i;
    }
    for (size_t i = 0; i < k; i++) {
        uint32_t v = member[i];
        matrix[i * k + i] = lambda / 2;
        for (uint32_t a = graph->in_start[v]; a < graph->in_start[v + 1]; a++) {
            uint32_t u = graph->in_from[a];
            if (scc->of[u] == c) {
                matrix[i * k + (size_t)place[u]] += arc_weight(graph, graph->in_arc[a]);
            }
        }
    }
    double *from = matrix;
    double *to = matrix + cells;
    for (int round = 0; round < SQUARINGS; round++) {
        square(k, from, to);
        double *swap = from;
        from = to;
        to = swap;
    }
    double largest = 0;
    for (size_t i = 0; i < k; i++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++) {
            sum += from[i * k + j];
        }
        x[member[i]] = sum;
        largest = fmax(largest, sum);
    }
    for (size_t i = 0; i < k; i++) {
        x[member[i]] /= largest;
    }
    cn__free(matrix);
    return true;
}

/* Arcs and vertices that a step looks at. */
static uint64_t work_of_step(const cn_graph *graph, const cn__scc *scc, uint32_t c) {
    uint64_t arcs = 1;
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        arcs += graph->in_start[v + 1] - graph->in_start[v] + 1;
    }
    return arcs;
}

cn__solved cn__perron(const cn_graph *graph, const cn__scc *scc, uint32_t c, double *x, double *room, double *lambda,
                      cn__run *run) {
    uint32_t size = scc->start[c + 1] - scc->start[c];
    uint64_t arcs = work_of_step(graph, scc, c);
    uint64_t limit = CN__PERRON_WORK / arcs + 1;
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        x[scc->vertex[i]] = 1;
    }
    if (size == 1) {
        *lambda = pull(graph, scc, scc->vertex[scc->start[c]], x);
        return CN__SOLVED_EXACT;
    }
    if (iterate(graph, scc, c, x, room, lambda, size <= DENSE_MOST ? DENSE_AFTER : limit, arcs, run)) {
        return CN__SOLVED_EXACT;
    }
    if (!cn__run_goes_on(run)) {
        return CN__SOLVED_STOPPED;
    }
    if (size > DENSE_MOST) {
        return CN__SOLVED_NEAR;
    }
    if (!solve_dense(graph, scc, c, x, room, *lambda)) {
        return CN__SOLVED_NO_MEMORY;
    }
    for (int step = 0; step < POLISH; step++) {
        power_step(graph, scc, c, x, room, lambda);
    }
    return CN__SOLVED_EXACT;
}

cn__solved cn__perron_follow(const cn_graph *graph, const cn__scc *scc, uint32_t c, double lambda, double radius,
                             const double *b, double *x, cn__run *run) {
    uint64_t arcs = work_of_step(graph, scc, c);
    uint64_t limit = CN__PERRON_WORK / arcs + 1;
    double enough = fmax(1e-14 * (1 - radius / lambda), 4e-16);
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        x[scc->vertex[i]] = 0;
    }
    for (uint64_t step = 0; step < limit && cn__run_goes_on(run); step++) {
        cn__run_step(run, arcs);
        double change = 0;
        double largest = 0;
        for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
            uint32_t v = scc->vertex[i];
            double next = (b[v] + pull(graph, scc, v, x)) / lambda;
            change = fmax(change, fabs(next - x[v]));
            largest = fmax(largest, next);
            x[v] = next;
        }
        if (change <= enough * largest || largest == 0) {
            return CN__SOLVED_EXACT;
        }
    }
    return cn__run_goes_on(run) ? CN__SOLVED_NEAR : CN__SOLVED_STOPPED;
}
