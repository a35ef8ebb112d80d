/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The graph without direction: who has anything to do with whom. Each neighbour once, no loops; the weight of a tie is
 * that of both arcs together (of the edge alone on an undirected graph).
 */
#ifndef CN_ANALYSE_TIES_H
#define CN_ANALYSE_TIES_H

#include "coopnet/graph.h"

typedef struct cn__ties {
    uint32_t n;
    size_t count;     /* entries: twice the number of ties */
    size_t *start;    /* n+1 */
    uint32_t *to;     /* ascending within a vertex */
    double *weight;   /* 1 for each arc of an unweighted graph */
    size_t *opposite; /* the entry of the same tie at its other end */
} cn__ties;

/* positive: a tie of weight 0 does not exist. CN_OK or CN_ERR_MEMORY. O(V + E). */
cn_status cn__ties_build(const cn_graph *graph, bool positive, cn__ties *out, cn_error *err);
void cn__ties_release(cn__ties *ties);

/*
 * Call `visit` for every triangle once, with its three vertices and the entries u→v, v→w, u→w. The order depends on the
 * graph alone. CN_OK or CN_ERR_MEMORY. O(m √m) (Schank & Wagner 2005: each edge looks from its end of lower degree).
 */
typedef struct cn__triangle {
    uint32_t u, v, w;
    size_t uv, vw, uw;
} cn__triangle;
typedef void cn__triangle_visit(void *context, const cn__triangle *triangle);
cn_status cn__ties_triangles(const cn__ties *ties, cn__triangle_visit *visit, void *context, cn_error *err);

#endif
