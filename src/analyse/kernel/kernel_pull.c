/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chunks of vertices for iterations. Invariant: their borders are a function of the rows alone. Cost O(V).
 */
#include "kernel_pull.h"

#include "memory.h"

enum { CHUNK_COST = 8192 }; /* vertices plus arcs */

bool cn__chunks_init(cn__chunks *chunks, const cn__rows *rows) {
    uint64_t cost = (uint64_t)rows->n + rows->m;
    chunks->count = 0;
    chunks->first = cn__alloc((size_t)(cost / CHUNK_COST) + 2, sizeof *chunks->first);
    if (!chunks->first) {
        return false;
    }
    uint64_t border = 0;
    for (uint32_t v = 0; v < rows->n; v++) {
        if ((uint64_t)v + rows->in_start[v] >= border) {
            chunks->first[chunks->count++] = v;
            border = (uint64_t)v + rows->in_start[v] + CHUNK_COST;
        }
    }
    chunks->first[chunks->count] = rows->n;
    return true;
}

void cn__chunks_release(cn__chunks *chunks) { cn__free(chunks->first); }
