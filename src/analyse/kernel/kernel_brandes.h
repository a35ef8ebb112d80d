/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brandes' accumulation over a core: rows whose vertices may stand for more than themselves. Folding (kernel_fold.c) and
 * twins (kernel_twins.c) make the core; kernel_lanes.c (no lengths) and kernel_lengths.c (Dijkstra) walk it.
 */
#ifndef CN_ANALYSE_KERNEL_BRANDES_H
#define CN_ANALYSE_KERNEL_BRANDES_H

#include "kernel_rows.h"
#include "kernel_run.h"

/*
 * Every array by vertex of the rows. A vertex stands for `twins` vertices with the same neighbours; for as many shortest
 * paths towards each of them. Beneath it hang folded trees.
 */
typedef struct cn__core {
    uint32_t n;
    const uint32_t *out_start;
    const uint32_t *out_to;
    const uint32_t *in_start;
    const uint32_t *in_from;
    const double *out_weight; /* NULL without weights */
    const double *twins;      /* NULL: 1 each */
    const double *targets;    /* ends of paths here: itself and what is folded into it, of one twin */
    const double *sources;    /* beginnings of paths here, of all twins together */
    const double *below;      /* of the sources, those that are folded into it */
    const uint32_t *order;    /* vertices with sources > 0, alike ones next to each other */
    uint32_t order_count;
    /* Results: */
    double *values; /* Σ over sources s ≠ v of the share of paths through v (of one twin), plus those from below v */
    double *reached; /* targets reached from v, v left out; only of vertices in `order` */
    double *arrived; /* sources that reach v, v's own left out; NULL: not wanted */
} cn__core;

cn_status cn__brandes_lanes(cn__core *core, const cn__kernel_watch *watch, cn_error *err);
cn_status cn__brandes_lengths(cn__core *core, const cn__kernel_watch *watch, cn_error *err);

#endif
