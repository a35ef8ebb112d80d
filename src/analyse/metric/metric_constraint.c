/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Burt's constraint (1992): c_i = Σ_j (p_ij + Σ_q p_iq p_qj)², over the neighbours j of i and q other than i and j, where
 * p_ij is the share of the ties of i that go to j, both directions added. High: the partners of an organisation deal with
 * each other, so it bridges nothing (kernel_constraint.c). O(m √m).
 */
#include <math.h>

#include "metric.h"

cn_status cn__metric_constraint(const cn_graph *graph, const cn_metric_options *options, double *values,
                                cn_message *remark, cn_error *err) {
    cn__kernel_watch watch = cn__metric_watch(options);
    cn_status status = cn__kernel_constraint(graph, values, &watch, err);
    *remark = CN_MSG_NONE;
    for (uint32_t v = 0; status == CN_OK && v < graph->n; v++) {
        *remark = isnan(values[v]) ? CN_MSG_CONSTRAINT_ISOLATED : *remark;
    }
    return status;
}
