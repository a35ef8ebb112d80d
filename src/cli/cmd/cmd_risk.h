/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet risk share. */
#ifndef CLI_CMD_RISK_H
#define CLI_CMD_RISK_H

#include "show_risk.h"

#include "coopnet/position.h"
#include "coopnet/scenario.h"

/* Firms computed without --all: within 20 seconds on two cores for a network of so many. */
enum { RISK_FIRMS_MAX = 10000 };

/* Up to so many firms losses are followed down to 1/10,000 of a firm's output, as coopnet whatif does; beyond, where that takes minutes, to 1/1,000. */
enum { RISK_FIRMS_FINE = 300 };

typedef struct ranking {
    cn_flows *flows;
    cn_cascade_options options;
    cn_position position;
    cn_esri esri;
    cn_second_source *seconds; /* by what the second source saves, largest first */
    size_t second_count;
    uint32_t *order;     /* firms computed, by risk, money (largest first), firm */
    size_t count;        /* of these */
    uint32_t *size_rank; /* by firm, from 1: its place by size */
    uint32_t *nexus;     /* by firm: Pareto layer over risk, influence, Katz and hub */
    bool cut;            /* more firms than were computed */
} ranking;

/* Risk over size; NaN for a firm without size. */
double ranking_ratio(const ranking *r, uint32_t firm);

cn_status ranking_write_text(session *s, const ranking *r, cn_error *err);
cn_status ranking_write_json(session *s, const ranking *r, cn_error *err);

#endif
