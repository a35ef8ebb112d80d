/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file flows.h
 * What firms sell each other, product by product: the basis of every question about risk. Made once from a network, or
 * from arrays; a what-if changes a copy of it (scenario.h) before the analysis.
 *
 *     flow: supplier ──(product, value a year)──> buyer
 */
#ifndef COOPNET_FLOWS_H
#define COOPNET_FLOWS_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What an input is to the maker of a product (Diem et al. 2022: 2, 1, 0). */
typedef enum cn_input_role { CN_INPUT_IRRELEVANT = 0, CN_INPUT_NONESSENTIAL, CN_INPUT_ESSENTIAL } cn_input_role;

/** All sales of one product from one firm to another (the links of it added up). */
typedef struct cn_flow {
    uint32_t from;    /**< firm */
    uint32_t to;      /**< firm */
    uint32_t product; /**< number of the product */
    cn_link link; /**< first link behind it; CN_NONE without network or when a scenario added it. All: cn_flows_links */
    double value; /**< a year, in units of the currency; > 0 */
} cn_flow;

/** How a firm without declared product or a link without product code is treated is told by the remarks (cn_flows_remarks). */
typedef struct cn_flows_options {
    uint32_t link_kinds;       /**< 0: supply and service */
    bool ignore_product_table; /**< take every input as the default for everything the buyer sells */
    bool
        default_nonessential; /**< inputs of a product that the table says nothing of are non-essential (default: essential) */
} cn_flows_options;

typedef struct cn_flows cn_flows;

/**
 * Flows of a network: firms are the actors (company, organisation, park) with at least one link of the layer, declared output, or
 * rows of makes or needs, in entity order; planned and broken links are left out; links without value are kept aside (cn_flows_unvalued).
 * A link without product code gets the supplier's main product (the first of `makes`), else a product of its own per supplier.
 * The flows borrow `net`.
 * @return CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT. Cost: O(V + E log P), 40 bytes a flow and 4 a link.
 */
CN_API cn_status cn_flows_create(const cn_network *net, const cn_flows_options *options, cn_flows **out, cn_error *err);
CN_API void cn_flows_free(cn_flows *flows);

/** A row of the product table: `output` is made from `input`. */
typedef struct cn_table_row {
    uint32_t output;
    uint32_t input;
    cn_input_role role;
} cn_table_row;

/**
 * A purchase that no flow shows: what a `needs` row says beyond the flows of its code. Imports that the buyer makes itself (IMPORT), sources
 * that are not in the network (DOMESTIC, UNKNOWN), or a source outside that a scenario added (NONE).
 */
typedef struct cn_outside {
    uint32_t buyer;
    uint32_t product;
    cn_origin origin;
    double value; /**< a year; > 0 */
} cn_outside;

/** Flows from arrays, for programs that have no network. Everything but the flows may be NULL; it is copied. */
typedef struct cn_flows_arrays {
    uint32_t firm_count;
    uint32_t product_count;
    const char *const *codes; /**< by product; NULL: products have no names */
    size_t flow_count;
    const cn_flow *flows;        /**< in any order, `link` is ignored; equal ones are added up; from may equal to */
    const double *output;        /**< by firm; NaN: not declared */
    const double *headcount;     /**< by firm; NaN: not given */
    const double *stock_days;    /**< by firm; NaN: not given */
    const double *recovery_days; /**< by firm; NaN: not given */
    const bool *foreign;         /**< by firm */
    size_t table_count;
    const cn_table_row *table; /**< product table */
    size_t outside_count;
    const cn_outside *outside;
} cn_flows_arrays;

/** A flow whose value is no positive number is left out with a remark. CN_ERR_ARGUMENT: a firm or product out of range. O(V + E). */
CN_API cn_status cn_flows_from_arrays(const cn_flows_arrays *arrays, const cn_flows_options *options, cn_flows **out,
                                      cn_error *err);

/** The network behind, or NULL. */
CN_API const cn_network *cn_flows_network(const cn_flows *flows);
CN_API uint32_t cn_flows_firm_count(const cn_flows *flows);
CN_API cn_entity cn_flows_entity(const cn_flows *flows, uint32_t firm); /**< CN_NONE without network */
CN_API uint32_t cn_flows_firm(const cn_flows *flows, cn_entity entity); /**< or CN_NONE */
CN_API uint32_t cn_flows_product_count(const cn_flows *flows);
CN_API const char *cn_flows_product_code(const cn_flows *flows, uint32_t product); /**< "" for an unnamed product */
/** Number of a product code, or CN_NONE. */
CN_API uint32_t cn_flows_product_find(const cn_flows *flows, const char *code);
/** Does a code name the same product as `specific` or a group that it belongs to (24.10 covers 24.10.31.110; other texts only themselves)? */
CN_API bool cn_product_covers(const char *general, const char *specific);

/** All flows ordered by buyer, product, supplier; borrowed. */
CN_API const cn_flow *cn_flows_all(const cn_flows *flows, size_t *count);
/** Those into a buyer (a run of the above). */
CN_API const cn_flow *cn_flows_into(const cn_flows *flows, uint32_t buyer, size_t *count);
/** Those out of a supplier, as indices into cn_flows_all, ordered by product, buyer. */
CN_API const uint32_t *cn_flows_from(const cn_flows *flows, uint32_t supplier, size_t *count);
/** The links behind a flow, in link order; none without network or for what a scenario added. */
CN_API const cn_link *cn_flows_links(const cn_flows *flows, size_t flow, size_t *count);
/** Links of the layer without value, in link order. */
CN_API const cn_link *cn_flows_unvalued(const cn_flows *flows, size_t *count);

/** Declared output a year; NaN when not declared. */
CN_API double cn_flows_output(const cn_flows *flows, uint32_t firm);
CN_API double cn_flows_headcount(const cn_flows *flows, uint32_t firm);     /**< NaN when not given */
CN_API double cn_flows_stock_days(const cn_flows *flows, uint32_t firm);    /**< NaN when not given */
CN_API double cn_flows_recovery_days(const cn_flows *flows, uint32_t firm); /**< NaN when not given */
/** Is the firm abroad: it has a `country` that is not the network's own? */
CN_API bool cn_flows_foreign(const cn_flows *flows, uint32_t firm);
/** Sales and purchases within the flows; outside rows are not in them. */
CN_API double cn_flows_sales(const cn_flows *flows, uint32_t firm);
CN_API double cn_flows_purchases(const cn_flows *flows, uint32_t firm);

/**
 * What `input` is to a firm that sells `output`, from the product table (made_from links between products; codes match by level: an input
 * row 24.10 fits a purchase of 24.10.31.110). A row without `essential` is essential; of several that fit the strongest counts. An
 * input that the rows for `output` do not name is irrelevant to it. Without rows for `output` every input is the default of the options.
 */
CN_API cn_input_role cn_flows_role(const cn_flows *flows, uint32_t input, uint32_t output);
/**
 * What `input` is to a firm: the strongest role over the products it sells here. Products without rows are passed over when those with rows make at least half
 * of its sales, so that a by-product does not make everything essential. A firm that sells nothing here is asked by its `makes`; without these the default.
 */
CN_API cn_input_role cn_flows_role_for(const cn_flows *flows, uint32_t input, uint32_t firm);
/** Does the network give a product table at all? */
CN_API bool cn_flows_has_table(const cn_flows *flows);

/** Ordered by buyer, product, origin; borrowed. */
CN_API const cn_outside *cn_flows_outside(const cn_flows *flows, size_t *count);
CN_API const cn_outside *cn_flows_outside_of(const cn_flows *flows, uint32_t buyer, size_t *count);

/** Something in the data on which an answer depends. Which members are filled is up to the message. */
typedef struct cn_remark {
    cn_message message;
    uint32_t firm;    /**< or CN_NONE */
    uint32_t product; /**< or CN_NONE */
    uint32_t other;   /**< a further firm, or CN_NONE */
    double value;
    double second;
} cn_remark;

/** Of one message at most 100 are kept. */
CN_API const cn_remark *cn_flows_remarks(const cn_flows *flows, size_t *count);
/** Text of a remark of this or of any analysis on these flows; firms are named as the network does, or by number ("#7"). */
CN_API void cn_remark_text(const cn_flows *flows, const cn_remark *remark, cn_lang lang, cn_buf *out);

#ifdef __cplusplus
}
#endif
#endif
