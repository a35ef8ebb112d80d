/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear systems on flows, shared by what is in position.c and position_rank.c. */
#ifndef CN_ANALYSE_POSITION_IMPL_H
#define CN_ANALYSE_POSITION_IMPL_H

#include "coopnet/graph.h"
#include "coopnet/position.h"
#include "flows_impl.h"

/*
 * x = b + M x, where row i sums over the flows out of i (`by_supplier`) or into i, the other end being j:
 *     M_ij = factor * value / per[i]   or, with `per_other`, factor * value / per[j]
 */
typedef struct cn__system {
    const cn_flows *flows;
    bool by_supplier;
    bool per_other;
    double factor;
    const double *per;
} cn__system;

/*
 * Which unknowns exist: a set of rows that only refer to each other and lose nothing (`leaks` false for all of them) has no solution, nor
 * has what refers to it. `exists` gets false there, and `closed` (may be NULL) true for the members of such sets themselves. False: memory.
 */
bool cn__system_exists(const cn__system *system, const bool *leaks, bool *exists, bool *closed);

/*
 * Solve where `exists` (NULL: everywhere); NaN elsewhere. With b = 1 everywhere the result is a bound on the relative error (position_solve.c),
 * else on the largest residual; negative: memory.
 */
double cn__system_solve(const cn__system *system, const double *b, const bool *exists, double *x);

/* Katz with the weight a, and hubs and authorities (position_rank.c). */
cn_status cn__position_rank(const cn_flows *flows, double a, cn_position *out, bool *near_hubs, cn_error *err);

#endif
