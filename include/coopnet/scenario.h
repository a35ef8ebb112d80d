/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file scenario.h
 * A what-if as a list of edits on flows: what fails, what is cut, what is added. It gives the flows and the shock for cn_cascade_run.
 */
#ifndef COOPNET_SCENARIO_H
#define COOPNET_SCENARIO_H

#include "coopnet/cascade.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_edit_kind {
    CN_EDIT_LOSS = 0, /**< `supplier` loses `amount` of what it can do */
    CN_EDIT_CUT_LINK, /**< `link` no longer delivers */
    CN_EDIT_CUT,      /**< `supplier` no longer delivers to `buyer`: the product `text`, or "" everything */
    CN_EDIT_IMPORT_STOP, /**< imports of the product `text`, or "" all: sales of firms abroad to firms at home, and imports of `needs` rows */
    CN_EDIT_PRODUCT_STOP, /**< nobody delivers the product `text` any more */
    CN_EDIT_REGION,       /**< all firms whose region is `text` lose `amount` */
    CN_EDIT_OWNER, /**< `entity` and all it owns lose `amount`: ownership links with a share above one half or not given, through all steps */
    CN_EDIT_STANDBY, /**< `supplier` stands ready to deliver `amount` a year of `text` to `buyer`: never hurts anyone */
    CN_EDIT_TAKEOVER /**< `supplier` takes over `amount` a year of `buyer`'s present purchases of `text`, from the present suppliers in proportion; beyond
                               these the purchases grow. May hurt: docs/risk.md */
} cn_edit_kind;

/** One edit. A product code covers the codes below it (cn_product_covers). */
typedef struct cn_edit {
    cn_edit_kind kind;
    uint32_t supplier; /**< firm; in STANDBY and TAKEOVER CN_NONE is a source outside the network */
    uint32_t buyer;
    cn_link link;
    cn_entity entity;
    const char *text; /**< may be NULL: "" */
    double amount; /**< share lost or cut, 0 < amount <= 1, and 0 for all; in STANDBY and TAKEOVER money a year, > 0 */
} cn_edit;

typedef struct cn_scenario {
    const cn_flows
        *flows; /**< for the cascade: those given, or edited ones (their firms, products and remarks are those given) */
    cn_shock shock;    /**< borrowed from the scenario */
    uint32_t *touched; /**< by edit: how many firms, flows and outside rows it changed; 0: it meets nothing */
    size_t edit_count;
    cn_flows *edited; /* below: memory of the scenario */
    double *capacity;
    double *flow;
    double *outside;
    cn_standby *standby;
} cn_scenario;

/**
 * Apply edits: takeovers first, in order, then all others. The scenario borrows `flows`.
 * @return CN_OK; CN_ERR_ARGUMENT (an amount out of range, a firm, link or entity that does not exist, supplier and buyer the same, a product nobody trades).
 * Cost: O(edits (V + E)).
 */
CN_API cn_status cn_scenario_create(const cn_flows *flows, const cn_edit *edits, size_t edit_count, cn_scenario *out,
                                    cn_error *err);
CN_API void cn_scenario_release(cn_scenario *scenario);

/** A buyer's only source of a product, and what a second one would change. */
typedef struct cn_second_source {
    uint32_t flow; /**< of cn_flows_all: supplier, buyer, product, value */
    cn_input_role role;
    double loss;        /**< when the supplier stops (ESRI) */
    double loss_second; /**< the same with a second source ready; never larger */
    double money;       /**< output at stake a year */
    double money_second;
} cn_second_source;

/**
 * For the `top` single sources whose supplier costs most when it stops: how much the loss falls when a source outside the network stands ready with `share` (0: one half) of the
 * buyer's purchases. A single source is a relevant input with one supplier and no counted purchases outside the flows. Ordered by loss, then value, then flow.
 * @param esri loss by firm, as of cn_cascade_all, to choose by; NULL: computed here for the suppliers concerned
 * @return as cn_cascade_all. Cost: that, and two cascades each.
 */
CN_API cn_status cn_second_sources(const cn_flows *flows, const cn_cascade_options *options, const double *esri,
                                   double share, uint32_t top, const cn_progress *progress, cn_second_source **out,
                                   size_t *count, cn_error *err);
CN_API void cn_second_sources_free(cn_second_source *sources);

#ifdef __cplusplus
}
#endif
#endif
