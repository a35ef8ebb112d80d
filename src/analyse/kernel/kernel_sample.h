/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples with a stated bound: checks of the bound, and how many samples are enough. */
#ifndef CN_ANALYSE_KERNEL_SAMPLE_H
#define CN_ANALYSE_KERNEL_SAMPLE_H

#include "kernel_rows.h"
#include "kernel_run.h"

/* CN_OK, or CN_ERR_ARGUMENT when a number is not in (0, 1). */
cn_status cn__bound_check(const cn__kernel_bound *bound, cn_error *err);

/*
 * Draws after which the shares of all vertices in the draws are within epsilon of their chances, but for a probability of
 * at most delta. `vertices` can be drawn, at most `inner` of them at once.
 */
uint64_t cn__draws_enough(double epsilon, double delta, double vertices, double inner);

/*
 * The most vertices that a shortest path can have, or more. Without weights twice the searches from one vertex of each
 * strong component bound the way within it; with weights its size does. Components follow each other on a path.
 */
cn_status cn__path_bound(const cn_graph *graph, uint64_t *vertices, cn_error *err);

#endif
