/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file exposure.h
 * On whom a buyer depends: direct suppliers product by product, and every firm upstream through all tiers.
 *
 *     source ──(ore)──> smelter ──(rod)──> wire maker ──(wire)──> buyer
 *
 * The chain graph of a buyer has a vertex for every pair (firm, product it sells) from which goods reach the buyer. A
 * chain continues through (firm, product) only by inputs that go into this product (cn_flows_role is not irrelevant).
 * What the buyer itself delivers to its suppliers is left out of chains, since it cannot be a source for itself; it
 * counts in cycles only. A source is a vertex into which nothing flows; a group of vertices that feed only each other
 * and are fed by nobody else is one source as a whole.
 *
 * Formulas, sources and limits: docs/risk.md. Firms and products are the numbers of cn_flows; a flow is an index into
 * cn_flows_all, which leads to the link behind it.
 */
#ifndef COOPNET_EXPOSURE_H
#define COOPNET_EXPOSURE_H

#include "coopnet/flows.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- direct suppliers ---- */

typedef struct cn_exposure_supplier {
    uint32_t firm;
    uint32_t flow;
    double value;
    double share; /**< of what is known to be bought of the product, 0 to 1 */
    bool foreign;
} cn_exposure_supplier;

/** What a buyer buys of one product code. Purchases that no flow shows are those of cn_flows_outside_of. */
typedef struct cn_exposure_product {
    uint32_t product;
    cn_input_role role;    /**< the most it is to anything the buyer sells */
    size_t supplier_start; /**< into suppliers */
    uint32_t supplier_count;
    bool single_source;    /**< one known supplier, and no purchases without one */
    double known;          /**< bought from known suppliers, a year */
    double unknown;        /**< declared need beyond that: nobody knows who delivers it */
    double added;          /**< from sources that a scenario added from outside; each counts as a supplier */
    double total;          /**< all three */
    double foreign;        /**< of total, from abroad: known foreign suppliers, and declared import beyond the flows */
    double origin_unknown; /**< of `unknown`, declared as of unknown origin */
    double hhi;            /**< of the known suppliers, Σ share²; NaN without any */
    double hhi_low;        /**< with the unknown part spread over countless small suppliers */
    double hhi_high;       /**< with all of it at the largest known supplier */
} cn_exposure_product;

typedef struct cn_exposure {
    uint32_t firm;
    cn_exposure_product *products; /**< by total (largest first), then code, number */
    size_t product_count;
    cn_exposure_supplier *suppliers; /**< product after product, by value (largest first), then firm */
    size_t supplier_count;
    uint32_t firm_count; /**< different suppliers */
    uint32_t single_sources;
    double known, unknown, added, total, foreign, origin_unknown; /**< sums over the products */
    double hhi, hhi_low, hhi_high;                                /**< over the suppliers of all products together */
    double stock_days;                                            /**< declared; NaN when not */
    bool no_needs; /**< no need beyond the flows is declared: an `unknown` of 0 is then no proof */
} cn_exposure;

/** @return CN_OK; CN_ERR_ARGUMENT (no such firm); CN_ERR_MEMORY. Cost: O(F log F) in the flows into the buyer. */
CN_API cn_status cn_exposure_compute(const cn_flows *flows, uint32_t buyer, cn_exposure *out, cn_error *err);
CN_API void cn_exposure_release(cn_exposure *exposure);

/* ---- the chain graph ---- */

typedef struct cn_upstream cn_upstream;

typedef struct cn_upstream_options {
    const char *product; /**< only what the buyer buys of this code or below it; NULL or "": everything */
} cn_upstream_options;

typedef struct cn_upstream_vertex {
    uint32_t firm;
    uint32_t product; /**< that it sells; of the buyer CN_NONE */
    uint32_t tier;    /**< least number of steps to the buyer, which itself is 0 */
    bool source;      /**< chains begin here */
    double
        unknown; /**< share of what goes into this product whose supplier is unknown (declared needs beyond the flows) */
} cn_upstream_vertex;

typedef struct cn_upstream_arc {
    uint32_t flow;
    uint32_t from;      /**< vertex of the supplier; 0: the buyer itself delivers (only a cycle) */
    cn_input_role role; /**< of the flow's product in what the vertex sells */
} cn_upstream_arc;

/**
 * @return CN_OK; CN_ERR_ARGUMENT (no such firm; product that is not bought); CN_ERR_LIMIT (2^32 arcs); CN_ERR_MEMORY.
 * `flows` must outlive the result. Cost: O(arcs), where an arc is a flow times the products of its buyer it goes into.
 */
CN_API cn_status cn_upstream_create(const cn_flows *flows, uint32_t buyer, const cn_upstream_options *options,
                                    cn_upstream **out, cn_error *err);
CN_API void cn_upstream_free(cn_upstream *upstream);

CN_API uint32_t cn_upstream_buyer(const cn_upstream *upstream);
/** Vertices by tier, in the order in which they are found; number 0 is the buyer. */
CN_API const cn_upstream_vertex *cn_upstream_vertices(const cn_upstream *upstream, uint32_t *count);
/** What goes into a vertex, by product, then supplier. */
CN_API const cn_upstream_arc *cn_upstream_arcs(const cn_upstream *upstream, uint32_t vertex, size_t *count);
/** Different firms upstream, the buyer not counted. */
CN_API uint32_t cn_upstream_firm_count(const cn_upstream *upstream);

/** What the chain graph had to assume. */
typedef struct cn_upstream_notes {
    bool no_table;          /**< no product table: every input goes into everything its buyer sells */
    uint32_t products_met;  /**< products sold by vertices that buy something */
    uint32_t products_bare; /**< of these, products without a row in the table: every input is taken to go into them */
    uint32_t first_bare;    /**< the first of them, or CN_NONE */
    uint32_t returns;       /**< flows from the buyer to firms upstream of it, left out of chains */
    uint32_t closed_groups; /**< groups that feed only each other, taken as sources */
} cn_upstream_notes;
CN_API cn_upstream_notes cn_upstream_notes_of(const cn_upstream *upstream);

/* ---- dependence ---- */

typedef struct cn_dependence_row {
    uint32_t firm;
    uint32_t tier;     /**< of its nearest vertex */
    double direct;     /**< share of the buyer's known purchases bought from it directly */
    double dependence; /**< share of the buyer's known purchases whose chain passes it, 0 to 1: the best known value */
    double error;      /**< the exact value lies in [dependence − error, dependence]; 0 to rounding when `exact` */
    double low,
        high; /**< where it can lie given that some suppliers are unknown: they depend on this firm not at all, or entirely */
    bool exact;
} cn_dependence_row;

typedef struct cn_dependence {
    cn_dependence_row *rows; /**< by dependence (largest first), tier, firm */
    size_t row_count;
    double unknown;     /**< share of the purchases whose chain ends at an unknown supplier */
    double known_value; /**< the buyer's known purchases, of which the shares are taken */
} cn_dependence;

typedef struct cn_dependence_options {
    uint64_t
        work; /**< vertices and arcs that may be walked for rows solved one by one; 0: 10^8. Beyond it rows have an `error` */
} cn_dependence_options;

/**
 * A walk starts at the buyer and goes back from each vertex to a supplier, chosen with probability
 * value / sum of values of what goes into it, until a source. The dependence on a firm is the probability that the walk
 * passes it: each rouble of purchases depends on a firm at most once, however often the chain comes by.
 * Firms that a walk can pass only once come out of one sweep; for the others a system of their own is solved.
 * @return CN_OK, CN_ERR_MEMORY. Cost: O(arcs) and in cycles a few sweeps of them; the same for each exact row.
 */
CN_API cn_status cn_dependence_compute(const cn_upstream *upstream, const cn_dependence_options *options,
                                       cn_dependence *out, cn_error *err);
CN_API void cn_dependence_release(cn_dependence *dependence);

/* ---- dominators ---- */

/** A firm which every known chain of a product from any source to the buyer passes. */
typedef struct cn_dominator {
    uint32_t product; /**< that the buyer buys; CN_NONE: of everything it buys */
    uint32_t firm;
    uint32_t tier; /**< of its nearest vertex */
    bool hidden;   /**< it sells nothing to the buyer itself */
    double value;  /**< the buyer's known purchases of this product (of everything) */
} cn_dominator;

typedef struct cn_dominators {
    cn_dominator *rows; /**< by product (everything first, then by value, code), tier, firm */
    size_t row_count;
} cn_dominators;

/**
 * Exact for firms, not only for vertices: a firm that sells several products dominates when chains pass any of them.
 * @return CN_OK, CN_ERR_MEMORY. Cost: O(arcs) for each product bought, and again for each firm of several products on one chain of it.
 */
CN_API cn_status cn_dominators_compute(const cn_upstream *upstream, cn_dominators *out, cn_error *err);
CN_API void cn_dominators_release(cn_dominators *dominators);

/* ---- what stops ---- */

/** What a buyer loses of one product when a firm stops. */
typedef struct cn_stop_loss {
    uint32_t product;
    uint32_t suppliers; /**< its direct suppliers of the product that stop */
    double lost;        /**< purchases from them */
    double share;       /**< of all purchases of the product, those without known supplier included */
    bool blocked;       /**< no supplier is left, nor purchases that no flow shows */
    bool only_foreign;  /**< those left are all abroad */
} cn_stop_loss;

typedef struct cn_stop {
    uint32_t firm;
    uint32_t tier;
    uint32_t stopped;        /**< vertices (firm, product) that stop, its own included */
    uint32_t direct_stopped; /**< direct suppliers of the buyer that cannot deliver something, itself included */
    bool direct;             /**< it sells to the buyer */
    bool diamond;            /**< it does not, and at least two direct suppliers stop with it */
    size_t loss_start;       /**< into losses, by product */
    uint32_t loss_count;
    uint32_t blocked_count; /**< of them, products with no supplier left */
    double lost;            /**< purchases of the buyer that fall away */
    double blocked;         /**< purchases of the products with no supplier left */
    double output_at_risk;  /**< of the buyer's output: Σ_product output · largest lost share of an essential input */
} cn_stop;

typedef struct cn_stops {
    cn_stop *
        rows; /**< by output_at_risk, blocked, lost (largest first), tier, firm; firms without effect on the buyer are not listed */
    size_t row_count;
    cn_stop_loss *losses; /**< rows with the same effect share theirs */
    size_t loss_count;
    double output;       /**< the buyer's output that `output_at_risk` is part of */
    bool output_assumed; /**< no output or sales are given: purchases stand for it */
    uint32_t unchecked;  /**< firms left out because the work limit was reached */
} cn_stops;

/**
 * For every firm upstream: it stops delivering, and every maker stops which then has no source left for an essential input
 * (a product of which all suppliers have stopped, and of which nothing is bought outside the flows); a maker that loses only a part works on. More than dominators:
 * an AND over inputs, an OR over suppliers of an input. A cycle goes on working until one of its inputs from outside ends.
 * @param work arcs that may be walked; 0: 10^9. @return CN_OK, CN_ERR_MEMORY.
 * Cost: for each firm the arcs out of what stops with it beyond what stops with the next firm on the way: near O(arcs) in practice.
 */
CN_API cn_status cn_stops_compute(const cn_upstream *upstream, uint64_t work, cn_stops *out, cn_error *err);
/** The vertices that stop with one firm, itself first, in the order in which they stop. `*stopped` is the caller's: cn_stop_free. */
CN_API cn_status cn_stop_trace(const cn_upstream *upstream, uint32_t firm, uint32_t **stopped, uint32_t *count,
                               cn_error *err);
CN_API void cn_stop_free(uint32_t *stopped);
CN_API void cn_stops_release(cn_stops *stops);

/* ---- structure ---- */

/** A firm (b is CN_NONE) or a tie between two firms whose loss splits the upstream graph, direction ignored. */
typedef struct cn_weak_point {
    uint32_t a;
    uint32_t b;
    uint32_t cut_off; /**< firms no longer joined to the buyer, `a` itself not counted */
    double value;     /**< of the flows of the tie, of a firm: of those out of it, within the chain graph */
} cn_weak_point;

typedef struct cn_weak_points {
    cn_weak_point *articulations; /**< by cut_off (largest first), a; without the buyer */
    size_t articulation_count;
    cn_weak_point
        *bridges; /**< likewise, then b; `a` is nearer to the buyer. Several flows between two firms are one tie */
    size_t bridge_count;
} cn_weak_points;

/** Hopcroft and Tarjan 1973. @return CN_OK, CN_ERR_MEMORY. Cost: O(arcs log arcs). */
CN_API cn_status cn_weak_points_compute(const cn_upstream *upstream, cn_weak_points *out, cn_error *err);
CN_API void cn_weak_points_release(cn_weak_points *points);

/** The flows of least value together whose loss parts the buyer from every source. */
typedef struct cn_min_cut {
    uint32_t *flows; /**< ascending */
    size_t flow_count;
    int64_t value_minor; /**< of the cut = of the largest flow of goods from the sources; 1/100 of the currency */
    int64_t max_flow_minor;
} cn_min_cut;

/**
 * Capacity of a flow is its value; a flow that goes into several products of its buyer has it once. Dinic 1970.
 * @return CN_OK; CN_ERR_LIMIT (money beyond 2^62 minor units); CN_ERR_MEMORY. Cost: O(V² E) at worst, in practice a few sweeps of the arcs.
 */
CN_API cn_status cn_min_cut_compute(const cn_upstream *upstream, cn_min_cut *out, cn_error *err);
CN_API void cn_min_cut_release(cn_min_cut *cut);

typedef struct cn_upstream_cycle {
    uint32_t group_size; /**< vertices of the group (strongly connected) it stands for */
    size_t start;        /**< into flows: one short cycle of the group, in the order goods flow */
    uint32_t length;
    bool through_buyer;
} cn_upstream_cycle;

typedef struct cn_upstream_cycles {
    cn_upstream_cycle *cycles; /**< through the buyer first, then by least vertex */
    size_t cycle_count;
    uint32_t *flows;
    size_t flow_count;
} cn_upstream_cycles;

/** @return CN_OK, CN_ERR_MEMORY. Cost: O(arcs). */
CN_API cn_status cn_upstream_cycles_compute(const cn_upstream *upstream, cn_upstream_cycles *out, cn_error *err);
CN_API void cn_upstream_cycles_release(cn_upstream_cycles *cycles);

/* ---- critical suppliers ---- */

/** Why a supplier is critical; several hold at once. */
typedef enum cn_critical_reason {
    CN_CRITICAL_SINGLE_SOURCE = 1,  /**< the only known supplier of a product to the buyer */
    CN_CRITICAL_DOMINATOR = 2,      /**< every chain of a product passes it */
    CN_CRITICAL_HIDDEN = 4,         /**< with DOMINATOR, STOPS or DIAMOND: it sells nothing to the buyer itself */
    CN_CRITICAL_STOPS = 8,          /**< without it a product has no supplier left */
    CN_CRITICAL_DIAMOND = 16,       /**< several direct suppliers stop with it */
    CN_CRITICAL_LAST_DOMESTIC = 32, /**< without it only foreign suppliers of a product are left */
    CN_CRITICAL_FOREIGN = 64,       /**< it is abroad */
    CN_CRITICAL_SLOW = 128          /**< it recovers later than the buyer's stock lasts (both declared) */
} cn_critical_reason;

/** One supplier (direct or upstream) of one buyer. */
typedef struct cn_critical_row {
    uint32_t buyer;
    uint32_t firm;
    uint32_t tier;
    uint32_t reasons; /**< set of cn_critical_reason */
    uint32_t
        product; /**< for which it is worst: by blocked, only foreign left, lost value; CN_NONE when it stops nothing */
    size_t loss_start; /**< into losses: what the buyer loses, by product */
    uint32_t loss_count;
    uint32_t direct_stopped;
    double output_at_risk; /**< see cn_stop */
    double blocked;
    double lost;
    double lost_share; /**< of the buyer's known purchases */
    double dependence; /**< see cn_dependence_row, with error, low and high */
    double dependence_error;
    double dependence_low;
    double dependence_high;
    double stock_days;    /**< of the buyer; NaN */
    double recovery_days; /**< of the firm; NaN */
} cn_critical_row;

/** A firm over all buyers asked for. */
typedef struct cn_critical_firm {
    uint32_t firm;
    uint32_t buyers;       /**< for which it has a row */
    uint32_t reasons;      /**< union */
    uint32_t worst_buyer;  /**< with the largest output at risk, */
    double worst_at_risk;  /**< which is this */
    double output_at_risk; /**< sums */
    double blocked;
    double lost;
} cn_critical_firm;

typedef struct cn_critical {
    uint32_t *buyers; /**< those examined, as asked, or by purchases (largest first) */
    size_t buyer_count;
    size_t buyers_left_out; /**< by max_buyers */
    cn_critical_row *rows;  /**< by output_at_risk, blocked, lost, dependence (largest first), tier, firm, buyer */
    size_t row_count;
    size_t rows_left_out; /**< by top */
    cn_stop_loss *losses;
    size_t loss_count;
    cn_critical_firm *
        firms; /**< of all rows, also those left out by `top`: by output_at_risk, blocked, lost (largest first), firm */
    size_t firm_count;
    double unknown_share; /**< share of the buyers' purchases whose supplier is unknown */
    bool no_table;
    uint32_t unchecked; /**< firms that the work limit left out */
} cn_critical;

typedef struct cn_critical_options {
    const uint32_t *buyers; /**< firms; NULL: anchors and final makers, and where there are none every firm that buys */
    size_t buyer_count;
    const char *product; /**< see cn_upstream_options; buyers that buy none of it are passed over */
    size_t top;          /**< rows to keep; 0: all */
    size_t max_buyers;   /**< where buyers are chosen; 0: 100 */
} cn_critical_options;

/**
 * @return CN_OK; CN_ERR_ARGUMENT (no such firm; none of the buyers buys the product); CN_ERR_MEMORY. Cost: for each buyer that of the parts above.
 */
CN_API cn_status cn_critical_compute(const cn_flows *flows, const cn_critical_options *options, cn_critical *out,
                                     cn_error *err);
CN_API void cn_critical_release(cn_critical *critical);

#ifdef __cplusplus
}
#endif
#endif
