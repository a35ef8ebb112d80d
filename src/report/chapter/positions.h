/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands where: the centralities that several chapters show, computed once for a report. */
#ifndef CN_REPORT_POSITIONS_H
#define CN_REPORT_POSITIONS_H

#include "coopnet/metrics.h"

typedef enum cn__position {
    CN__POSITION_BETWEENNESS = 0, /* of the order */
    CN__POSITION_PAGERANK,
    CN__POSITION_HARMONIC,
    CN__POSITION_DEGREE,
    CN__POSITION_COUNT
} cn__position;

/* `{0}` to init; cn__positions_release. */
typedef struct cn__positions {
    cn_graph *graph;                           /* positions count links, not money: a chain is as long as its steps */
    double *values[CN__POSITION_COUNT];        /* by vertex */
    cn_estimate estimates[CN__POSITION_COUNT]; /* samples 0: exact */
    uint32_t *order;                           /* vertices by betweenness, the largest first, equal ones by id */
} cn__positions;

cn_metric cn__position_metric(cn__position position);
/* CN_OK, CN_ERR_MEMORY. Where the exact way would take more than seconds, estimates that take seconds. */
cn_status cn__positions_compute(const cn_network *net, cn__positions *out, cn_error *err);
void cn__positions_release(cn__positions *positions);

#endif
