/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One shortest cycle of a strongly connected set. */
#ifndef CN_ANALYSE_CYCLE_H
#define CN_ANALYSE_CYCLE_H

#include "scc.h"

/*
 * The shortest cycle inside component `c` (of more than one vertex; loops are no cycles); of several the one whose list of
 * vertices, begun at its least, comes first. It is written to `cycle` in the order of the flow; the length is returned.
 * distance: n numbers, all CN_NONE, and so again afterwards; left: room for n; queue, cycle: room for the component.
 */
uint32_t cn__shortest_cycle(const cn_graph *graph, const cn__scc *scc, uint32_t c, uint32_t *distance, uint32_t *left,
                            uint32_t *queue, uint32_t *cycle);

#endif
