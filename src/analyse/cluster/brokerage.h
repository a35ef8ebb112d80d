/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of cn_roles_compute, each into its own columns. All: false is no memory. */
#ifndef CN_ANALYSE_BROKERAGE_H
#define CN_ANALYSE_BROKERAGE_H

#include "coopnet/roles.h"
#include "ties.h"

/* `ties` of all arcs, whatever their weight. */
bool cn__brokerage(const cn_graph *graph, const cn__ties *ties, const cn_groups *groups, cn_roles *out);
bool cn__core_periphery(const cn__ties *ties, cn_roles *out);
/* `ties` of positive weight. */
bool cn__effective_size(const cn__ties *ties, double *effective);

#endif
