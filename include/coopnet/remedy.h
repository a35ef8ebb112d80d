/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file remedy.h
 * What would make a cluster meet the rules it misses, what each departure would cost it, and what expires when. Every remedy is applied and the whole profile run again:
 * one that does not lift its rule is not told.
 */
#ifndef COOPNET_REMEDY_H
#define COOPNET_REMEDY_H

#include "coopnet/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One way to meet one rule. */
typedef struct cn_remedy {
    uint32_t result;          /**< index of the rule in the check's results */
    const cn_change *changes; /**< all together; the amount of a supply is the least that is enough */
    size_t change_count;
    bool existing;      /**< supplies between these firms of this code exist already and are enlarged */
    int64_t most_minor; /**< single supply: up to so much the buyer needs and the seller can make; else CN_MONEY_NONE */
    cn_measure reached; /**< of the rule, with these changes */
    cn_measure at_most; /**< of the rule, with the whole of most_minor; denominator 0: not a single supply */
    bool also_when_grown; /**< supplies: it holds too when the goods are made on top of what the seller makes already */
    int64_t
        grown_minor; /**< single supply: the least that is enough when made on top; CN_MONEY_NONE: not within most_minor */
    uint64_t lifts;  /**< set of results (the first 64) that are met with it and were not; its own included */
    uint64_t breaks; /**< and of those that were met and are not */
} cn_remedy;

typedef struct cn_remedies {
    cn_remedy *rows; /**< by rule; within it those that break least, lift most, cost least; then by id */
    size_t count;
    cn_check check;     /**< without any change */
    cn_change *changes; /**< behind the rows; their codes and regions are borrowed from the network and the check */
} cn_remedies;
CN_API void cn_remedies_release(cn_remedies *remedies);

/** Most remedies told of one rule. */
#define CN_REMEDIES_PER_RULE 6

/**
 * Remedies for the rules that count and are not met: contracts that fit by code (a participant makes what another needs and buys elsewhere or abroad), one enlarged, firms that trade with participants as
 * members, agreements, the decision. Least amounts are exact. Where no single contract is enough, the fewest that are.
 * Cost: that of a check for each candidate, of which the most promising 40 a rule are tried.
 */
CN_API cn_status cn_remedies_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                                     const cn_check_options *options, cn_remedies *out, cn_error *err);

/** What if a participant leaves. */
typedef struct cn_departure {
    cn_entity entity;
    cn_verdict verdict; /**< overall, without it */
    uint64_t falls;     /**< set of results (the first 64) that were met and are not any more */
    uint64_t rises;     /**< and of those that were not met and are */
    cn_measure level;   /**< the first rule on the level of cooperation, without it; denominator 0: there is none */
} cn_departure;
/** One row a participant, in their order; `*rows` is the caller's to free with cn_departures_free. */
CN_API cn_status cn_departures_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                                       const cn_check_options *options, cn_departure **rows, size_t *count,
                                       cn_error *err);
CN_API void cn_departures_free(cn_departure *rows);

/** What happens on a day: the rows CN_TERM of rules.def. */
typedef enum cn_term_kind {
#define CN_TERM(id, key, en, ru) CN_TERM_##id,
#include "coopnet/rules.def"
    CN_TERM_COUNT
} cn_term_kind;
CN_API const char *cn_term_key(cn_term_kind kind);
CN_API const char *cn_term_name(cn_term_kind kind, cn_lang lang);

typedef struct cn_term {
    cn_date date;
    cn_term_kind kind;
    cn_entity entity; /**< whom it is about */
    cn_entity other;  /**< the other end, or CN_NONE */
    cn_link link;     /**< or CN_NONE */
} cn_term;
/** What begins and ends after the date, ordered by day; free with cn_calendar_free. The register's term comes from the profile's rule on it. */
CN_API cn_status cn_calendar_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                                     const cn_check_options *options, cn_term **terms, size_t *count, cn_error *err);
CN_API void cn_calendar_free(cn_term *terms);

#ifdef __cplusplus
}
#endif
#endif
