/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trees that hang on a graph by one arc are taken off before betweenness is computed, and their values found from what
 * is known at the vertex they hang on.
 */
#ifndef CN_ANALYSE_KERNEL_FOLD_H
#define CN_ANALYSE_KERNEL_FOLD_H

#include "coopnet/graph.h"

/* Every array by vertex of the graph, but `order`. */
typedef struct cn__fold {
    bool *folded;
    double *targets; /* ends of paths at a vertex: itself and what is folded into it */
    double *sources; /* beginnings of paths likewise */
    double *below;   /* of the sources, those folded into it */
    double *values;  /* betweenness known so far, over ordered pairs */
    double
        *reached; /* directed, to be filled in for the core before cn__fold_finish: targets reached, itself left out */
    double *arrived; /* directed, likewise: sources that reach it, itself left out */
    bool needs_arrived;
    uint32_t *into;  /* what a folded vertex was folded into */
    bool *as_sink;   /* directed: folded as an end of paths, else as a beginning */
    uint32_t *order; /* folded vertices as they were folded */
    uint32_t count;
} cn__fold;

/* sources NULL: all. CN_OK or CN_ERR_MEMORY. O(V + E). */
cn_status cn__fold_build(const cn_graph *graph, const uint32_t *sources, uint32_t source_count, cn__fold *out,
                         cn_error *err);
/* Values of the folded vertices, when those of the core are in `reached` and `arrived`. */
void cn__fold_finish(const cn_graph *graph, cn__fold *fold);
void cn__fold_release(cn__fold *fold);

#endif
