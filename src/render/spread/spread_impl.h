/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of cn__spread share. */
#ifndef CN_RENDER_SPREAD_IMPL_H
#define CN_RENDER_SPREAD_IMPL_H

#include "spread.h"

/* An undirected graph without loops or twins; every edge stands at both ends. */
typedef struct cn__web {
    uint32_t n;
    uint32_t *start; /* n+1 */
    uint32_t *to;
    float *weight;  /* by arc: how many edges of the finest graph it stands for */
    float *mass;    /* by vertex: how many vertices it stands for */
    uint32_t *part; /* by vertex: its vertex in the next coarser web; NULL in the coarsest */
} cn__web;

enum { CN__WEB_LEVELS = 40 };

/* The graph with direction dropped. False: memory. */
bool cn__web_of(const cn_graph *graph, cn__web *out);
/* One step coarser; fills web->part. *out has n == web->n where nothing could be joined. False: memory. */
bool cn__web_coarsen(cn__web *web, cn__web *out);
void cn__web_release(cn__web *web);

/* Positions of one web, improved for `rounds` rounds from the first step length on. False: memory. */
bool cn__web_relax(const cn__web *web, double *x, double *y, int rounds, double step);

#endif
