/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step of an iteration x ← A^T x, pulled along the in-arcs, in chunks of about as many arcs. A chunk is the unit of
 * work and of summing up: sums over vertices are made per chunk, then over the chunks in order, so that the bytes do not
 * depend on the number of threads.
 */
#ifndef CN_ANALYSE_KERNEL_PULL_H
#define CN_ANALYSE_KERNEL_PULL_H

#include "kernel_rows.h"

typedef struct cn__chunks {
    uint32_t count;
    uint32_t *first; /* count+1: vertices */
} cn__chunks;

/* False: memory. */
bool cn__chunks_init(cn__chunks *chunks, const cn__rows *rows);
void cn__chunks_release(cn__chunks *chunks);

/* Σ weight · x over the in-arcs of v. */
static inline double cn__pull(const cn__rows *rows, const double *x, uint32_t v) {
    double sum = 0;
    uint32_t end = rows->in_start[v + 1];
    if (rows->in_weight) {
        for (uint32_t i = rows->in_start[v]; i < end; i++) {
            sum += rows->in_weight[i] * x[rows->in_from[i]];
        }
    } else {
        for (uint32_t i = rows->in_start[v]; i < end; i++) {
            sum += x[rows->in_from[i]];
        }
    }
    return sum;
}

#endif
