/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Harmonic closeness (Marchiori & Latora 2000), exact or estimated from random pivots (Eppstein & Wang 2004).
 *
 * h(v) = Σ_t 1/d(v,t) is summed over searches that start at the *other* end t and run against the arcs, so that each
 * vertex adds up what it sees itself. For an estimate the pivots t are k vertices drawn without replacement; each term lies
 * in [0, 1] (in units of 1/least length), so by Hoeffding's inequality (1963, section 6) and the union over n vertices
 * k = ln(2n/δ)/(2ε²) pivots keep every |h̃(v) - h(v)|/(n-1) within ε with probability 1-δ.
 * Cost O(V E / 512) words for all pivots of a graph without weights, O(V E + V² log V) with weights.
 */
#include "kernel_harmonic.h"

#include <math.h>

#include "error.h"
#include "kernel_sample.h"
#include "memory.h"

/* The pivots that have arcs, as vertices of the rows, in ascending order there: neighbours in search share memory. */
static uint32_t *place_pivots(const cn__rows *rows, const uint32_t *pivots, uint32_t count, uint32_t *placed) {
    uint32_t *list = cn__alloc(rows->n, sizeof *list);
    bool *chosen = cn__calloc(rows->n, sizeof *chosen);
    *placed = 0;
    if (!list || !chosen) {
        cn__free(list);
        cn__free(chosen);
        return NULL;
    }
    for (uint32_t i = 0; pivots && i < count; i++) {
        uint32_t v = rows->place[pivots[i]];
        if (v != CN_NONE) {
            chosen[v] = true;
        }
    }
    for (uint32_t v = 0; v < rows->n; v++) {
        if (!pivots || chosen[v]) {
            list[(*placed)++] = v;
        }
    }
    cn__free(chosen);
    return list;
}

cn_status cn__kernel_harmonic(const cn_graph *graph, cn_direction direction, const uint32_t *pivots,
                              uint32_t pivot_count, double *values, const cn__kernel_watch *watch, cn_error *err) {
    cn__rows rows;
    cn_status status = cn__rows_build(graph, &(cn__rows_options){.weighted = true}, &rows, err);
    if (status != CN_OK) {
        return status;
    }
    uint32_t count;
    uint32_t *list = place_pivots(&rows, pivots, pivot_count, &count);
    double *sums = cn__alloc(rows.n, sizeof *sums);
    if (!list || !sums) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    bool reverse = direction == CN_DIR_IN;
    status = rows.out_weight ? cn__harmonic_lengths(&rows, reverse, list, count, sums, watch, err)
                             : cn__harmonic_bits(&rows, reverse, list, count, sums, watch, err);
    for (uint32_t v = 0; v < graph->n; v++) {
        values[v] = rows.place[v] == CN_NONE ? 0 : sums[rows.place[v]];
    }
done:
    cn__free(list);
    cn__free(sums);
    cn__rows_release(&rows);
    return status;
}

/* k vertices of 0 … n-1 without replacement: Floyd's method (Bentley & Floyd 1987). */
static uint32_t *draw_pivots(uint32_t n, uint32_t k, uint64_t seed) {
    uint32_t *pivots = cn__alloc(k, sizeof *pivots);
    bool *drawn = cn__calloc(n, sizeof *drawn);
    if (!pivots || !drawn) {
        cn__free(pivots);
        cn__free(drawn);
        return NULL;
    }
    for (uint32_t i = 0; i < k; i++) {
        uint32_t last = n - k + i;
        uint32_t v = cn__random_below(&seed, last + 1);
        v = drawn[v] ? last : v;
        drawn[v] = true;
        pivots[i] = v;
    }
    cn__free(drawn);
    return pivots;
}

cn_status cn__kernel_harmonic_sample(const cn_graph *graph, cn_direction direction, const cn__kernel_bound *bound,
                                     double *values, uint64_t *samples, const cn__kernel_watch *watch, cn_error *err) {
    uint32_t n = graph->n;
    cn_status status = cn__bound_check(bound, err);
    if (status != CN_OK) {
        return status;
    }
    double epsilon = n > 1 ? bound->epsilon * (n - 1.0) / n : bound->epsilon; /* a share of n-1 as one of n */
    double needed = n > 0 ? ceil(log(2.0 * n / bound->delta) / (2 * epsilon * epsilon)) : 0;
    uint32_t k = needed < n / 2.0 ? (uint32_t)needed : n; /* all is not much more than half, and exact */
    if (samples) {
        *samples = k;
    }
    if (k == n) {
        return cn__kernel_harmonic(graph, direction, NULL, 0, values, watch, err);
    }
    uint32_t *pivots = draw_pivots(n, k, bound->seed);
    status = pivots ? cn__kernel_harmonic(graph, direction, pivots, k, values, watch, err) : CN__NO_MEMORY(err);
    for (uint32_t v = 0; status == CN_OK && v < n; v++) {
        values[v] *= (double)n / k;
    }
    cn__free(pivots);
    return status;
}
