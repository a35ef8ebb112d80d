/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file partners.h
 * Whom an organisation could work with and does not yet: suppliers and customers (who completes it), substitutes and peers (who is
 * like it), and how well such answers do on links that are known. Formulas and sources: docs/partners.md.
 */
#ifndef COOPNET_PARTNERS_H
#define COOPNET_PARTNERS_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_partner_score {
#define CN_PARTNER_SCORE(id, key, en, ru) CN_PARTNER_SCORE_##id,
#include "coopnet/partner_scores.def"
    CN_PARTNER_SCORE_COUNT
} cn_partner_score;

CN_API const char *cn_partner_score_key(cn_partner_score score);
CN_API const char *cn_partner_score_name(cn_partner_score score, cn_lang lang);

/* ---- product codes ---- */

/**
 * How far what is made serves what is needed, 0 … 1, by the levels of OKPD2. 1: the same code, or a more specific one (23.43.10.110 for a need of
 * 23.43.10). The reverse is partial: the share of the need's digits that the maker's code has (23.43.10 for 23.43.10.110: 6/9). Neighbours
 * within a group of four digits: half the digits they share over those of the need. Else 0. Other texts fit only themselves.
 */
CN_API double cn_product_fit(const char *made, const char *need);

/** How it is known what an organisation makes or needs, the best first. */
typedef enum cn_partner_evidence {
    CN_PARTNER_BY_DECLARATION = 0, /**< its own rows of makes or needs */
    CN_PARTNER_BY_SUPPLIES,        /**< its supplies in this network */
    CN_PARTNER_BY_PLAN,            /**< a supply that is planned: four fifths */
    CN_PARTNER_BY_TABLE,           /**< the product table: what it makes is made from that */
    CN_PARTNER_BY_OKVED,           /**< its line of business only: weak */
    CN_PARTNER_BY_REQUEST          /**< the code that was asked for */
} cn_partner_evidence;

/* ---- the search ---- */

typedef enum cn_partner_side {
    CN_PARTNER_SUPPLIER = 0,
    CN_PARTNER_CUSTOMER,
    CN_PARTNER_SUBSTITUTE, /**< makes the same, for the same customers */
    CN_PARTNER_PEER        /**< for joint work: close through common projects, clusters, parks, events and agreements */
} cn_partner_side;

typedef enum cn_partner_within {
    CN_WITHIN_ANY = 0,
    CN_WITHIN_REGION,
    CN_WITHIN_CLUSTER,
    CN_WITHIN_KM
} cn_partner_within;

typedef struct cn_partner_query {
    cn_entity org;
    cn_partner_side side;
    const char *
        product; /**< only this code and below; for a supplier also a need that the network does not know of. NULL: all */
    cn_partner_within within;
    double km;
    size_t top; /**< rows to keep; 0: 10 */
} cn_partner_query;

/** Parts of a score, with the most points that each can give on either side (partner_parts.def). */
typedef enum cn_partner_part {
#define CN_PARTNER_PART(id, key, complement, substitute, peer, en, ru) CN_PARTNER_PART_##id,
#include "coopnet/partner_parts.def"
    CN_PARTNER_PART_COUNT
} cn_partner_part;
CN_API const char *cn_partner_part_key(cn_partner_part part);
CN_API const char *cn_partner_part_name(cn_partner_part part, cn_lang lang);
CN_API double cn_partner_part_most(cn_partner_part part, cn_partner_side side);

/** What two organisations have in common besides supplies. */
typedef enum cn_partner_bond {
    CN_BOND_PROJECT = 0,
    CN_BOND_AGREEMENT, /**< with each other */
    CN_BOND_CLUSTER,
    CN_BOND_PARK,
    CN_BOND_THIRD, /**< agreements with the same third: an association */
    CN_BOND_EVENT,
    CN_BOND_COUNT
} cn_partner_bond;

typedef struct cn_partner_row {
    cn_entity org;
    double score; /**< 0 … 100: the sum of the parts */
    double points[CN_PARTNER_PART_COUNT];
    /* product codes: the pair that fits best; "" where none does */
    const char *made;
    const char *need;
    double fit;
    uint32_t fitting; /**< needs (of a customer: products) served by it */
    cn_partner_evidence made_by;
    cn_partner_evidence need_by;
    cn_origin origin;     /**< of the need */
    double need_value;    /**< a year; NaN */
    double free_capacity; /**< a year, of the product made; NaN: not known */
    /* network */
    uint32_t
        alike; /**< supplier, customer: firms like the one asked for that trade with it; substitute: common customers and suppliers; peer: common partners */
    cn_entity alike_one; /**< one of them, or CN_NONE */
    uint32_t common_customers;
    uint32_t common_suppliers;
    double l3;
    double adamic_adar, resource, jaccard; /**< substitute, peer */
    /* who makes this buys that */
    uint32_t makers;       /**< other firms that make what the buyer makes, */
    uint32_t makers_buy;   /**< of them those that buy what the seller makes */
    const char *makers_of; /**< the group of codes; "" */
    /* trust */
    uint32_t bonds[CN_BOND_COUNT];
    cn_entity bond_one[CN_BOND_COUNT]; /**< one of the common groups, or CN_NONE */
    double km;                         /**< NaN: a place is not known */
    bool same_region;
    bool foreign;
    bool planned; /**< a supply between the two is planned */
    bool former;  /**< there was one that ended */
    bool reverse; /**< it is on the other side already: a customer of the one asked for, or a supplier */
} cn_partner_row;

typedef struct cn_partners {
    cn_partner_row *rows; /**< by score (largest first), entity */
    size_t row_count;
    size_t found;       /**< with those that `top` left out */
    cn_entity *present; /**< candidates left out because they are partners already, in entity order */
    size_t present_count;
    cn_partner_row *
        more; /**< of these, who serves in full another need (of a customer: whom another product serves) that the two do not trade yet; no points */
    size_t more_count;
    cn_entity *owned; /**< candidates left out because they have the same owner */
    size_t owned_count;
    size_t outside;       /**< candidates left out by `within` */
    uint32_t known_needs; /**< needs of the one asked for (of a customer: products); 0: codes say nothing */
} cn_partners;

/**
 * @return CN_OK; CN_ERR_ARGUMENT (the organisation is no actor; a limit of distance where its place is not known); CN_ERR_MEMORY.
 * Cost: O(E + P log P) for what the network says, then the candidates.
 */
CN_API cn_status cn_partners_find(const cn_network *net, const cn_partner_query *query, cn_partners *out,
                                  cn_error *err);
CN_API void cn_partners_release(cn_partners *partners);

/* ---- import substitution ---- */

/** A domestic maker of something that is imported. */
typedef struct cn_import_maker {
    cn_entity org;
    const char *made;
    double fit;
    cn_partner_evidence made_by;
    double free_capacity; /**< NaN: not known */
    double km;
    bool present; /**< it supplies this buyer already, with anything */
} cn_import_maker;

typedef struct cn_import_need {
    cn_entity buyer;
    const char *need;
    double value;       /**< a year; NaN */
    size_t maker_start; /**< into makers, by fit, free capacity (largest first), distance, entity */
    uint32_t maker_count;
    double full; /**< largest fit; 0: nobody in the network makes it */
} cn_import_need;

typedef struct cn_imports {
    cn_import_need *needs; /**< by value (largest first, not known last), buyer, code */
    size_t need_count;
    cn_import_maker *makers;
    size_t maker_count;
    double value;    /**< of all needs of origin import */
    double replaced; /**< of those that a domestic maker serves in full (fit 1) */
} cn_imports;

/** Needs of origin import and their domestic makers. org: CN_NONE for all buyers; product: NULL for all. O(E + P log P). */
CN_API cn_status cn_imports_find(const cn_network *net, cn_entity org, const char *product, cn_imports *out,
                                 cn_error *err);
CN_API void cn_imports_release(cn_imports *imports);

/* ---- how good the scores are ---- */

/** What is hidden and found again. */
typedef enum cn_partner_board {
    CN_BOARD_SUPPLY = 0,    /**< the supplier of a buyer (supply and service) */
    CN_BOARD_PARTICIPATION, /**< the project of an organisation (two-mode) */
    CN_BOARD_PEER, /**< the partner of an organisation in any joint project, when its participations are hidden */
    CN_BOARD_COUNT
} cn_partner_board;

typedef struct cn_partner_test {
    double share;        /**< of the links, hidden; 0: 0.1 */
    uint32_t folds;      /**< drawn independently; 0: 5 */
    uint32_t most_asked; /**< organisations asked in a fold; 0: 1000 */
    uint64_t seed;       /**< 0: 1 */
} cn_partner_test;

/** Means over the folds; `spread` is their standard deviation. */
typedef struct cn_partner_quality {
    cn_partner_score score;
    double
        auc; /**< a hidden link is scored above a pair that is not linked (ties: half), pairs of the same organisation, drawn uniformly */
    double
        matched; /**< the same with pairs drawn by the popularity of their other end, so that popularity alone gains nothing */
    double precision; /**< of the first 10 named to an organisation, the share that is hidden links */
    double hits;      /**< share of the hidden links among the first 50 named to their organisation */
    double auc_spread, matched_spread, precision_spread, hits_spread;
} cn_partner_quality;

typedef struct cn_partner_trial {
    cn_partner_board board;
    uint32_t links; /**< that can be hidden */
    uint32_t folds;
    double hidden;         /**< in a fold, on average, */
    double cold;           /**< of them out of reach of any score: an end is left without a link; not tested */
    double asked;          /**< organisations asked in a fold, on average */
    double tested;         /**< links tested in a fold, on average */
    double best_precision; /**< what an oracle would reach */
    uint32_t quality_count;
    cn_partner_quality quality[CN_PARTNER_SCORE_COUNT];
} cn_partner_trial;

/**
 * Hide links, score what is left, see where the hidden ones stand. Scores are computed from the links that are left alone.
 * @return CN_OK; CN_ERR_UNDEFINED when the network has too few links of the board to learn from (the message says how many); CN_ERR_MEMORY;
 * CN_ERR_LIMIT. Cost: for each fold and asked organisation what its scores cost.
 */
CN_API cn_status cn_partner_try(const cn_network *net, cn_partner_board board, const cn_partner_test *test,
                                cn_partner_trial *out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
