/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file position.h
 * Where a firm stands in the chains of production. Formulas and sources: docs/risk.md.
 */
#ifndef COOPNET_POSITION_H
#define COOPNET_POSITION_H

#include "coopnet/flows.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_position_options {
    double alpha; /**< labour share of the influence vector, in (0, 1]; 0: 1/3 */
    double
        katz; /**< attenuation of a Katz step, below 1 over the largest eigenvalue; 0: 0.85 over the lesser of the largest row and column sum */
} cn_position_options;

/** By firm; NaN where a value does not exist (the remarks say why). */
typedef struct cn_position {
    uint32_t firm_count;
    double *output;       /**< Y: declared output, at least the sales; the sales where not declared */
    double *upstream;     /**< upstreamness U >= 1: mean distance to final use (Antràs et al. 2012) */
    double *downstream;   /**< downstreamness D >= 1: mean distance from primary inputs; equals the output multiplier */
    double *influence;    /**< Acemoglu et al. 2012 */
    double *katz;         /**< along sales: 1 + katz * sum over customers */
    double *hub;          /**< sells to strong authorities; the largest is 1 (Kleinberg 1999, weighted by value) */
    double *authority;    /**< buys from strong hubs; the largest is 1 */
    double *survive_days; /**< time to survive: stock_days; NaN when not given */
    double
        *recover_days; /**< longest recovery_days among the suppliers of its essential inputs; NaN when none is given */
    double *gap_days;  /**< recover - survive: above 0 it stops if that supplier does; NaN when either is not known */
    uint32_t *recover_flow; /**< the flow of that supplier, or CN_NONE */
    double error_bound;     /**< relative, of upstream, downstream and influence */
    double katz_used;
    cn_remark *remarks; /**< for cn_remark_text */
    size_t remark_count;
} cn_position;

/**
 * @return CN_OK; CN_ERR_ARGUMENT (alpha or katz out of range); CN_ERR_MEMORY. Cost: O(V + E) a sweep; one sweep where the flows have no cycle, in
 * cycles as many as it takes for the bound 1e-12 (at most 10000).
 */
CN_API cn_status cn_position_compute(const cn_flows *flows, const cn_position_options *options, cn_position *out,
                                     cn_error *err);
CN_API void cn_position_release(cn_position *position);

/**
 * One column of the Leontief inverse (I - A)^-1 with A_ij = sales of i to j / output of j: what every firm must make, directly and through all
 * tiers, for one unit of final use of `firm`. `column` takes firm_count values; its entries that do not exist are NaN. `*bound` (may be NULL) gets the absolute error.
 */
CN_API cn_status cn_leontief_column(const cn_flows *flows, uint32_t firm, double *column, double *bound, cn_error *err);

/**
 * Pareto layers over columns in which more is more critical: layer 1 has those that no other beats in all columns ("Nexus suppliers" when the
 * columns are centralities: Yan, Choi, Kim, Yang 2015), layer 2 those left without layer 1, and so on. NaN counts below everything.
 * Equal rows share a layer. Cost: O(count * layers * members * columns) at worst; one or two columns O(count log count).
 */
CN_API cn_status cn_pareto_layers(uint32_t count, uint32_t column_count, const double *const *columns, uint32_t *layers,
                                  cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
