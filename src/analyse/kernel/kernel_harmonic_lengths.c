/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Harmonic sums with lengths: one search of Dijkstra's from each pivot, against the arcs, each vertex adding what it sees.
 * Invariant: pivots are dealt to blocks, so the order of the additions does not depend on threads. Cost O(E log V) a pivot.
 */
#include <string.h>

#include "error.h"
#include "kernel_dijkstra.h"
#include "kernel_harmonic.h"
#include "memory.h"

cn_status cn__harmonic_lengths(const cn__rows *rows, bool reverse, const uint32_t *pivots, uint32_t pivot_count,
                               double *sums, const cn__kernel_watch *watch, cn_error *err) {
    const uint32_t *start = reverse ? rows->out_start : rows->in_start;
    const uint32_t *to = reverse ? rows->out_to : rows->in_from;
    cn_status status = CN_OK;
    cn__run run;
    cn__blocks blocks = {0};
    cn__run_start(&run, watch, pivot_count, pivot_count, (uint64_t)pivot_count * (rows->n + rows->m));
    cn__dijkstra *searches = cn__calloc((size_t)run.threads, sizeof *searches);
    double *length = cn__lengths_of(reverse ? rows->out_weight : rows->in_weight, rows->m);
    bool ok = searches && length && cn__blocks_init(&blocks, rows->n, pivot_count);
    for (int t = 0; ok && t < run.threads; t++) {
        ok = cn__dijkstra_init(&searches[t], rows->n);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads)
    for (uint32_t block = 0; block < blocks.count; block++) {
        cn__dijkstra *d = &searches[cn__run_thread()];
        double *mine = cn__blocks_at(&blocks, block);
        for (uint32_t i = block; i < pivot_count && cn__run_goes_on(&run); i += blocks.count) {
            cn__dijkstra_search(d, start, to, length, pivots[i], CN_NONE);
            for (uint32_t k = 1; k < d->count; k++) {
                mine[d->order[k]] += 1 / d->distance[d->order[k]];
            }
            cn__dijkstra_clear(d);
            cn__run_step(&run, 1);
        }
    }
    memcpy(sums, cn__blocks_sum(&blocks, run.threads), rows->n * sizeof *sums);
    status = cn__run_end(&run, err);
done:
    for (int t = 0; searches && t < run.threads; t++) {
        cn__dijkstra_release(&searches[t]);
    }
    cn__free(searches);
    cn__free(length);
    cn__blocks_release(&blocks);
    return status;
}
