/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file cascade.h
 * What stops when something stops: the cascade behind the economic systemic risk index ESRI (Diem, Borsos, Reisch, Kertész, Thurner, Sci
 * Rep 12:7719, 2022), with products of flows in place of sectors of firms. Formulas, assumptions and limits: docs/risk.md.
 *
 *     shock ──> shortage runs down to buyers (h_d), lost demand runs up to suppliers (h_u) ──> level h = min(h_d, h_u)
 */
#ifndef COOPNET_CASCADE_H
#define COOPNET_CASCADE_H

#include "coopnet/flows.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A source that stands ready: it covers what is missing of a buyer's purchases of a product, up to `value` times its own level. */
typedef struct cn_standby {
    uint32_t buyer;
    uint32_t product;
    uint32_t supplier; /**< firm, or CN_NONE: a source outside the network that never fails */
    double value;      /**< a year */
} cn_standby;

/** What happens. Each array may be NULL: nothing. Numbers are cut to [0, 1]; NaN is 1. */
typedef struct cn_shock {
    const double *capacity; /**< by firm: what it can still do, 0 stopped … 1 */
    const double *
        flow; /**< by flow of cn_flows_all: what still comes, 0 cut … 1. What is cut is missing in the market as well */
    const double *outside; /**< by row of cn_flows_outside: likewise */
    size_t standby_count;
    const cn_standby *standby; /**< in any order */
} cn_shock;

typedef enum cn_cascade_weight {
    CN_CASCADE_OUTPUT = 0, /**< declared output; sales in the network where not declared or larger */
    CN_CASCADE_SALES, /**< sales in the network, as the published code has it: a maker that sells only outside weighs 0 */
    CN_CASCADE_HEADCOUNT /**< 0 where not given */
} cn_cascade_weight;

typedef struct cn_cascade_options {
    cn_cascade_weight weight;
    double
        epsilon; /**< changes up to it are not passed on; 0: 1e-4, and 1e-3 in cn_cascade_all. (The published code stops at 1e-2.) */
    uint32_t max_rounds; /**< 0: 10000 */
    uint32_t
        days; /**< > 0: a round is a day, a firm lives on its stock_days first, and the cascade is followed so long; needs max_rounds 0 */
    bool steps;           /**< record who loses how much in which round */
    bool irreplaceable;   /**< nobody else steps in (sigma is 1): the worst case */
    bool count_unsourced; /**< purchases whose source is unknown count as purchases that go on: the best case */
    bool count_foreign;   /**< firms abroad count in the loss (default: weight 0) */
    bool
        keep_outside_sales; /**< output beyond the sales in the network is demand that stays (default: as published, it is not seen) */
    int threads; /**< cn_cascade_all: 0 as many as OpenMP offers */
} cn_cascade_options;

/** A change of one firm in one round. */
typedef struct cn_cascade_step {
    uint32_t round; /**< 0: the shock itself */
    uint32_t firm;
    double down; /**< its levels after the round */
    double up;
} cn_cascade_step;

/** Result. By firm: 1 is unhurt, 0 stopped. */
typedef struct cn_cascade {
    uint32_t firm_count;
    double *down;          /**< what its inputs allow */
    double *up;            /**< what its customers still take */
    double *level;         /**< the lesser of both */
    uint32_t *first_round; /**< in which it first lost something (0: hit by the shock itself), CN_NONE: never */
    double loss;           /**< share of the weight that is lost: the ESRI of the shock */
    double weight_lost;
    double weight_total;
    double money;           /**< output a year that is at stake: the sum of output (1 - level), whatever the weight */
    double money_days;      /**< with days: output lost in these days (a day is 1/365); else NaN */
    uint32_t hit_count;     /**< firms that lost more than epsilon */
    uint32_t rounds;        /**< in which something changed; with days: the days */
    bool converged;         /**< false: max_rounds (not days) ended it */
    double *round_loss;     /**< rounds+1: the loss after each round */
    cn_cascade_step *steps; /**< by round, then firm; NULL without the option */
    size_t step_count;
} cn_cascade;

/**
 * Follow one shock. The result is monotone (a larger shock never hurts anyone less), within [0, 1], and does not depend on the order of the
 * firms beyond rounding. Options NULL: the defaults.
 * @return CN_OK; CN_ERR_UNDEFINED (all weights are 0); CN_ERR_MEMORY. Cost: O(V + E) to prepare, then what is touched a round.
 */
CN_API cn_status cn_cascade_run(const cn_flows *flows, const cn_shock *shock, const cn_cascade_options *options,
                                cn_cascade *out, cn_error *err);
CN_API void cn_cascade_release(cn_cascade *cascade);

/** Why a firm lost: one flow (or outside row) and what it takes away. */
typedef struct cn_cascade_cause {
    bool demand; /**< false: an input that is missing (h_d); true: a customer that takes less (h_u) */
    bool
        binding; /**< it is part of what sets the level: of the scarcest essential input, of the non-essential ones together, or of the demand */
    uint32_t flow;    /**< of cn_flows_all, or CN_NONE */
    uint32_t outside; /**< of cn_flows_outside, or CN_NONE */
    uint32_t firm;    /**< the supplier or customer, or CN_NONE */
    uint32_t product;
    cn_input_role role; /**< of an input */
    double
        share; /**< of the flow in the buyer's purchases of the product (essential), in all its purchases (non-essential), in the seller's sales (demand) */
    double sigma;   /**< how hard the supplier is to replace, 0 … 1; 1 for demand */
    double missing; /**< share of the flow that does not come, before replacement */
    double lost;    /**< share * sigma * missing */
} cn_cascade_cause;

/**
 * The causes of one firm's loss at the end of a cascade (same flows, shock and options), largest first; standby sources are not among them. Free with
 * cn_cascade_causes_free. Cost: O(E).
 */
CN_API cn_status cn_cascade_explain(const cn_flows *flows, const cn_shock *shock, const cn_cascade_options *options,
                                    const cn_cascade *cascade, uint32_t firm, cn_cascade_cause **out, size_t *count,
                                    cn_error *err);
CN_API void cn_cascade_causes_free(cn_cascade_cause *causes);

/** Asked now and then, in firms. */
typedef cn_watch cn_progress;

/** ESRI of every firm: what is lost when it alone stops. */
typedef struct cn_esri {
    uint32_t firm_count;
    double *loss;        /**< by firm: ESRI */
    double *own;         /**< by firm: its own share of the weight, which is the least it can cost */
    double *money;       /**< by firm: output at stake */
    uint32_t *hit_count; /**< by firm: other firms that lose more than 1 % */
} cn_esri;

/**
 * ESRI of all firms, or of those listed (`firms` NULL: all; the values of the others are NaN). Without days and steps. The same bytes for any
 * number of threads.
 * @return as cn_cascade_run; CN_ERR_CANCELLED when `progress` ended it. Cost: that of the cascades.
 */
CN_API cn_status cn_cascade_all(const cn_flows *flows, const uint32_t *firms, size_t firm_count,
                                const cn_cascade_options *options, const cn_progress *progress, cn_esri *out,
                                cn_error *err);
CN_API void cn_esri_release(cn_esri *esri);

#ifdef __cplusplus
}
#endif
#endif
