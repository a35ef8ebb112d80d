/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far the others are, from many vertices at once (kernel_bits.c). Vertices without arcs reach nothing and are not
 * searched from. Invariant: slot[i] is the pivot that the i-th search stands for. Cost O(levels · E / 512) words a pivot.
 */
#include "error.h"
#include "kernel_harmonic.h"
#include "memory.h"

cn_status cn__kernel_distances(const cn_graph *graph, const uint32_t *pivots, uint32_t pivot_count, cn__reach *reached,
                               uint32_t *farthest, const cn__kernel_watch *watch, cn_error *err) {
    cn__rows rows;
    uint32_t count = pivots ? pivot_count : graph->n;
    uint32_t searches = 0;
    cn_status status = cn__rows_build(graph, &(cn__rows_options){.weighted = false}, &rows, err);
    if (status != CN_OK) {
        return status;
    }
    uint32_t *list = cn__alloc(count, sizeof *list);
    uint32_t *slot = cn__alloc(count, sizeof *slot);
    cn__reach *found = cn__alloc(count, sizeof *found);
    if (!list || !slot || !found) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = rows.place[pivots ? pivots[i] : i];
        reached[i] = (cn__reach){0, 0};
        if (v != CN_NONE) {
            list[searches] = v;
            slot[searches++] = i;
        }
    }
    status = cn__reach_bits(&rows, list, searches, found, farthest, watch, err);
    for (uint32_t i = 0; status == CN_OK && i < searches; i++) {
        reached[slot[i]] = found[i];
    }
done:
    cn__free(list);
    cn__free(slot);
    cn__free(found);
    cn__rows_release(&rows);
    return status;
}
