/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tiers around many roots: breadth-first search from all of them at once. Invariant: the queue holds vertices by ascending
 * tier. One search is bound by memory, not by arithmetic, and takes a fraction of a second for millions of arcs. Cost O(V + E).
 */
#include "error.h"
#include "kernel_run.h"
#include "memory.h"

enum { LOOK_EVERY = 1 << 16 }; /* vertices between two looks at the watch */

cn_status cn__kernel_tiers(const cn_graph *graph, const uint32_t *roots, uint32_t root_count, cn_direction direction,
                           uint32_t *tiers, const cn__kernel_watch *watch, cn_error *err) {
    const uint32_t *start = direction == CN_DIR_OUT ? graph->in_start : graph->out_start;
    const uint32_t *to = direction == CN_DIR_OUT ? graph->in_from : graph->out_to;
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    uint32_t queued = 0;
    cn__run run;
    if (!queue) {
        return CN__NO_MEMORY(err);
    }
    cn__run_start(&run, watch, 1, graph->n, 0);
    for (uint32_t v = 0; v < graph->n; v++) {
        tiers[v] = CN_NONE;
    }
    for (uint32_t i = 0; i < root_count; i++) {
        if (tiers[roots[i]] == CN_NONE) {
            tiers[roots[i]] = 0;
            queue[queued++] = roots[i];
        }
    }
    for (uint32_t i = 0; i < queued; i++) {
        uint32_t v = queue[i];
        if (i % LOOK_EVERY == LOOK_EVERY - 1) {
            cn__run_step(&run, LOOK_EVERY);
            if (!cn__run_goes_on(&run)) {
                break;
            }
        }
        for (uint32_t a = start[v]; a < start[v + 1]; a++) {
            if (tiers[to[a]] == CN_NONE) {
                tiers[to[a]] = tiers[v] + 1;
                queue[queued++] = to[a];
            }
        }
    }
    cn__free(queue);
    return cn__run_end(&run, err);
}
