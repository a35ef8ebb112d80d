/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file profile.h
 * Rule profiles: which requirements a cluster or a joint project has to meet, as data. A profile is a JSON file (docs/rules.md);
 * those of rules/ are built in. Every threshold comes from a profile, none from the code.
 */
#ifndef COOPNET_PROFILE_H
#define COOPNET_PROFILE_H

#include "coopnet/diag.h"
#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a rule measures: the rows of rules.def; docs/rules.md has the formulas. */
typedef enum cn_quantity {
#define CN_QUANTITY(id, key, subject, unit, of) CN_QUANTITY_##id,
#include "coopnet/rules.def"
    CN_QUANTITY_COUNT
} cn_quantity;

typedef enum cn_unit { CN_UNIT_COUNT, CN_UNIT_SHARE, CN_UNIT_MONEY, CN_UNIT_YEARS, CN_UNIT_RATIO } cn_unit;

CN_API const char *cn_quantity_key(cn_quantity quantity);
CN_API cn_unit cn_quantity_unit(cn_quantity quantity);
/** Is its numerator money (else a count)? */
CN_API bool cn_quantity_is_money(cn_quantity quantity);
/** Is it about a joint project (else about a cluster)? */
CN_API bool cn_quantity_of_project(cn_quantity quantity);

typedef enum cn_comparison { CN_AT_LEAST = 1, CN_AT_MOST, CN_EQUALS } cn_comparison;

/** How sure we are that the law says so. */
typedef enum cn_confidence {
    CN_CONFIDENCE_NONE = 0,   /**< not said */
    CN_CONFIDENCE_FOUND,      /**< found in a public source */
    CN_CONFIDENCE_BACKGROUND, /**< background knowledge, to be confirmed */
    CN_CONFIDENCE_INFERRED    /**< inferred from the sense of the law */
} cn_confidence;

/** Thresholds are exact: a number with at most six decimals, in millionths. */
#define CN_MICRO INT64_C(1000000)

/** One rule. Texts are borrowed from the profile; "" where not given. */
typedef struct cn_rule {
    const char *id;
    const char *title_en, *title_ru;
    const char *note_en, *note_ru;
    const char *source;
    cn_date in_force; /**< of this rule, where it differs from the profile's; else CN_DATE_NONE */
    cn_quantity quantity;
    cn_comparison comparison;
    int64_t threshold_micro;
    cn_confidence confidence;
    bool report;                /**< told beside: has no part in the overall verdict */
    bool standing;              /**< about being in the register, not about what a cluster must have to get there */
    bool without_final_makers;  /**< output of final-product makers stays out of the denominator */
    bool counts_participation;  /**< a participation agreement counts as one with the managing organisation */
    uint32_t contracts;         /**< set of link kinds that count as a contract */
    uint32_t org_types;         /**< set of cn_org_type that count */
    uint32_t park_types;        /**< set of cn_park_type that count */
    int64_t relaxed_from_micro; /**< from this share of participants in special territories on … */
    int64_t relaxed_to_micro;   /**< … this threshold holds; INT64_MIN: there is no such rule */
} cn_rule;

typedef struct cn_region_figure {
    const char *region;
    int64_t minor; /**< output a worker a year */
} cn_region_figure;

typedef struct cn_profile {
    const char *id;
    const char *title_en, *title_ru;
    const char *note_en, *note_ru;
    const char *law;
    cn_date in_force, until; /**< CN_DATE_NONE: open */
    cn_confidence confidence;
    const cn_rule *rules;
    size_t rule_count;
    const char *const *special_regions; /**< regions that are special territories as a whole */
    size_t special_region_count;
    uint32_t special_parks; /**< set of cn_park_type whose residents are in a special territory */
    const cn_region_figure *figures;
    size_t figure_count;
    const char *const *less_is_better; /**< words in the name of an indicator whose plan is a ceiling */
    size_t less_is_better_count;
} cn_profile;

CN_API void cn_profile_free(cn_profile *profile);

/**
 * Read a profile from a file ("-": standard input), or from memory. Every mistake goes to `diags` with line and column; one of level ERROR refuses it.
 * @return CN_OK, CN_ERR_INPUT, CN_ERR_MEMORY
 */
CN_API cn_status cn_profile_load(const char *path, cn_diags *diags, cn_profile **out, cn_error *err);
CN_API cn_status cn_profile_load_bytes(const char *label, const void *bytes, size_t len, cn_diags *diags,
                                       cn_profile **out, cn_error *err);

/** The built-in profiles, in the order of their names. */
CN_API size_t cn_profile_builtin_count(void);
CN_API const char *cn_profile_builtin_id(size_t index);
/** CN_ERR_ARGUMENT: there is none of this id; the message lists them. */
CN_API cn_status cn_profile_builtin(const char *id, cn_profile **out, cn_error *err);
/**
 * The built-in profile in force at a date, for clusters or for joint projects: the last that came into force by then. Without a date
 * the newest; before the first one the first.
 */
CN_API cn_status cn_profile_in_force(cn_date date, bool of_projects, cn_profile **out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
