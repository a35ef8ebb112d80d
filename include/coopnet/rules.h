/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file rules.h
 * Does a cluster, or a joint project, meet the rules of a profile on a date? Every verdict comes with its numerator and denominator, what was
 * counted, what was left out and why, and what datum is missing. Formulas and sources: docs/rules.md.
 *
 * Facts that are not given are unknown, not zero: a quantity is an interval [low, high] of what it can be, and a rule is met when all of the interval
 * meets it, not met when none does, and else “not enough data”. Ratios are exact fractions; nothing is rounded before it is compared.
 */
#ifndef COOPNET_RULES_H
#define COOPNET_RULES_H

#include "coopnet/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_verdict { CN_VERDICT_UNKNOWN = 0, CN_VERDICT_MET, CN_VERDICT_NOT_MET } cn_verdict;
CN_API const char *cn_verdict_key(cn_verdict verdict); /**< "not_enough_data", "met", "not_met" */

/** Why something counts or not: the rows of rules.def. */
typedef enum cn_reason {
#define CN_REASON(id, key, class, en, ru) CN_REASON_##id,
#include "coopnet/rules.def"
    CN_REASON_COUNT
} cn_reason;
typedef enum cn_reason_class {
    CN_REASON_IS_USED,
    CN_REASON_IS_LEFT,
    CN_REASON_IS_FAULT,
    CN_REASON_IS_MISSING,
    CN_REASON_IS_SHOWN
} cn_reason_class;
CN_API const char *cn_reason_key(cn_reason reason);
CN_API const char *cn_reason_name(cn_reason reason, cn_lang lang);
CN_API cn_reason_class cn_reason_class_of(cn_reason reason);

/** A fraction; a denominator of 0 means that there is no bound on this side. Money is in minor units. */
typedef struct cn_measure {
    int64_t numerator;
    int64_t denominator;
} cn_measure;

/** One fact behind a verdict. */
typedef struct cn_evidence {
    cn_reason reason;
    cn_entity entity; /**< whom it is about, or CN_NONE */
    cn_entity other;  /**< of a link the other end, of a project's participant the project; or CN_NONE */
    cn_link link;     /**< or CN_NONE (also of a change that is only supposed) */
    int64_t amount;   /**< money in minor units, a count, a year; CN_MONEY_NONE: none */
    int64_t of;       /**< of a share its denominator; else CN_MONEY_NONE */
    const char *text; /**< product code, region, indicator; "" */
} cn_evidence;

typedef struct cn_rule_result {
    const cn_rule *rule;
    cn_verdict verdict;
    cn_measure low, high;    /**< equal where everything is known */
    int64_t threshold_micro; /**< the one that was applied */
    bool relaxed;            /**< it is the relaxed one */
    int64_t gap;             /**< not met: how much the numerator misses (or exceeds) at least, in its unit; else 0 */
    size_t first, count;     /**< of its evidence */
} cn_rule_result;

typedef struct cn_check {
    cn_entity subject; /**< the cluster or project */
    cn_date date;
    const cn_profile *profile;      /**< borrowed */
    cn_verdict verdict;             /**< of all rules that count; see cn_check_compute */
    bool registered;                /**< cluster: in the register on the date, as far as is known */
    uint32_t met, not_met, unknown; /**< rules that count */
    cn_rule_result *results; /**< in the order of the profile; rules about the other kind of subject are absent */
    size_t result_count;
    cn_evidence *evidence;
    size_t evidence_count;
    cn_entity *participants; /**< valid on the date, in the order of their links */
    size_t participant_count;
    int64_t output_minor; /**< of the participants, as far as given */
    int64_t supply_minor; /**< between them, as far as given */
} cn_check;
CN_API void cn_check_release(cn_check *check);
/** Result of the rule of this id, or NULL. */
CN_API const cn_rule_result *cn_check_find(const cn_check *check, const char *rule);

/** One supposed change. */
typedef enum cn_change_kind {
    CN_CHANGE_LEAVE,  /**< `entity` is no participant */
    CN_CHANGE_JOIN,   /**< `entity` becomes one, with a signed agreement */
    CN_CHANGE_SUPPLY, /**< `entity` supplies `minor` a year more of `product` to `other`, out of what it makes already */
    CN_CHANGE_GROW,   /**< the same, made on top of its output */
    CN_CHANGE_SIGN,   /**< `entity` signs its participation agreement */
    CN_CHANGE_REGION,  /**< the specialised organisation signs with the region `product` */
    CN_CHANGE_REGISTER /**< the cluster gets a decision on the date */
} cn_change_kind;

typedef struct cn_change {
    cn_change_kind kind;
    cn_entity entity;
    cn_entity other;
    int64_t minor;
    const char *product; /**< borrowed; may be NULL */
} cn_change;

typedef struct cn_check_options {
    cn_date
        date; /**< CN_DATE_NONE: the network's own; where it has none, everything that is not planned or broken counts */
    const cn_change *changes;
    size_t change_count;
} cn_check_options;

/**
 * Check the cluster or project `subject` of a network (with all its years: not cn_network_as_of) by a profile.
 * Overall: not met when a rule that counts is not met; else not enough data when one is unknown; else met. Where nothing but being in the register fails and others are unknown, it is “not enough
 * data”: what is missing decides. A cluster that is not in the register never meets a profile with a rule of standing.
 * @return CN_ERR_ARGUMENT: neither cluster nor project; CN_ERR_LIMIT: sums beyond int64. Cost: O(links · rules).
 */
CN_API cn_status cn_check_compute(const cn_network *net, cn_entity subject, const cn_profile *profile,
                                  const cn_check_options *options, cn_check *out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
