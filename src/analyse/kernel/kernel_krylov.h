/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Few steps to a fixed point of a linear iteration. */
#ifndef CN_ANALYSE_KERNEL_KRYLOV_H
#define CN_ANALYSE_KERNEL_KRYLOV_H

#include "kernel_pull.h"
#include "kernel_run.h"

/*
 * Brings x near to x(v) = b(v) + Σ over the in-arcs u→v of weight·factor(u)·x(u), so that Σ|right side - x| is about
 * tolerance·Σ|x|. Without directions every factor is positive. False: x is of no use; `*memory` false: there was none.
 */
bool cn__krylov_solve(const cn__inflow *inflow, const double *factor, const double *b, double tolerance, double *x,
                      cn__run *run, bool *memory);

#endif
