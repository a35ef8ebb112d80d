/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dominant eigenvector of one strongly connected component. */
#ifndef CN_ANALYSE_PERRON_H
#define CN_ANALYSE_PERRON_H

#include "kernel_run.h"
#include "scc.h"

typedef enum cn__solved { CN__SOLVED_EXACT = 0, CN__SOLVED_NEAR, CN__SOLVED_NO_MEMORY, CN__SOLVED_STOPPED } cn__solved;

/* Arcs times steps that a component may cost: the steps of a run are arcs. */
#define CN__PERRON_WORK UINT64_C(2000000000)

/*
 * The x > 0 with λ x_v = Σ_{u→v} w_uv x_u over the arcs inside component `c`, largest value 1, and its λ (the spectral
 * radius; 0 of a vertex without loop). x and room are indexed by vertex (graph->n numbers); only those of the component
 * are touched. NEAR: the iteration limit came before convergence. STOPPED: the run was.
 */
cn__solved cn__perron(const cn_graph *graph, const cn__scc *scc, uint32_t c, double *x, double *room, double *lambda,
                      cn__run *run);

/*
 * The x ≥ 0 with λ x_v = b_v + Σ_{u→v} w_uv x_u over the arcs inside component `c`, for λ above the component's own
 * spectral radius `radius`.
 */
cn__solved cn__perron_follow(const cn_graph *graph, const cn__scc *scc, uint32_t c, double lambda, double radius,
                             const double *b, double *x, cn__run *run);

#endif
