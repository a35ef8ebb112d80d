/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Harmonic closeness from many searches at once (kernel_bits.c) or one by one with lengths (kernel_harmonic_lengths.c). */
#ifndef CN_ANALYSE_KERNEL_HARMONIC_H
#define CN_ANALYSE_KERNEL_HARMONIC_H

#include "kernel_rows.h"
#include "kernel_run.h"

/*
 * sums[v] = Σ over pivots t of 1/distance(v, t), the distance along out-arcs, or (reverse) along in-arcs. `pivots` are
 * vertices of the rows; `sums` takes rows->n.
 */
cn_status cn__harmonic_bits(const cn__rows *rows, bool reverse, const uint32_t *pivots, uint32_t pivot_count,
                            double *sums, const cn__kernel_watch *watch, cn_error *err);
cn_status cn__harmonic_lengths(const cn__rows *rows, bool reverse, const uint32_t *pivots, uint32_t pivot_count,
                               double *sums, const cn__kernel_watch *watch, cn_error *err);
/* Likewise what each pivot reaches along out-arcs; a pivot may be there several times. */
cn_status cn__reach_bits(const cn__rows *rows, const uint32_t *pivots, uint32_t pivot_count, cn__reach *reached,
                         uint32_t *farthest, const cn__kernel_watch *watch, cn_error *err);

#endif
