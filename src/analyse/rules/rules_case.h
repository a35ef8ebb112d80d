/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of one cluster or project on a date, supposed changes applied, from which every quantity is measured. */
#ifndef CN_ANALYSE_RULES_CASE_H
#define CN_ANALYSE_RULES_CASE_H

#include "coopnet/rules.h"

#include "error.h"
#include "memory.h"

__extension__ typedef __int128 cn__wide; /* sums of money and cross products do not overflow it */

typedef struct cn__member {
    cn_entity entity;
    cn_link link; /* CN_NONE: supposed */
    cn_role role;
    cn_date signed_on;
    bool final_maker;
    bool anchor;
    int64_t output; /* CN_MONEY_NONE: not given */
    int64_t grown;  /* supposed, on top */
} cn__member;

/* A listed member that is no participant. */
typedef struct cn__left_member {
    cn_entity entity;
    cn_link link;
    cn_reason reason;
} cn__left_member;

/* A supply or service with at least one end among the listed members. */
typedef struct cn__deal {
    cn_entity from, to;
    cn_link link; /* CN_NONE: supposed */
    bool service;
    bool valid; /* in force, between participants */
    int64_t minor;
    const char *product;
    cn_reason reason; /* CONTRACT: its value counts */
} cn__deal;

/* A participant's part in a project in force. */
typedef struct cn__part {
    cn_entity project;
    uint32_t member;
} cn__part;

typedef struct cn__case {
    const cn_network *net;
    const cn_profile *profile;
    cn_date date;
    cn_entity subject;
    const cn_change *changes;
    size_t change_count;
    cn__member *members; /* of a project: its participants */
    size_t member_count;
    size_t member_cap;
    cn__left_member *left;
    size_t left_count;
    size_t left_cap;
    uint32_t *place; /* by entity: its member, or CN_NONE */
    cn__deal *deals;
    size_t deal_count;
    size_t deal_cap;
    cn__part *parts;
    size_t part_count;
    size_t part_cap;
    bool deals_listed; /* any supply or service of a member, whatever its other end and time */
    cn_check *check;   /* where evidence goes */
    size_t evidence_cap;
    bool failed; /* an allocation failed */
    bool beyond; /* a sum left int64 */
} cn__case;

/* What a quantity measures. `forced`: the verdict whatever the threshold (0: none). */
typedef struct cn__value {
    cn_measure low, high;
    cn_verdict forced;
} cn__value;

cn_status cn__case_begin(cn__case *c, const cn_network *net, cn_entity subject, const cn_profile *profile,
                         const cn_check_options *options, cn_error *err);
void cn__case_release(cn__case *c);

/* Is the entity a participant? */
bool cn__case_has(const cn__case *c, cn_entity entity);
/* CONTRACT where a link (by status and period) is in force, else why not. */
cn_reason cn__case_time(const cn__case *c, cn_link link);
/* Is `date` on or before the case's date? A date that is not given is not; without a case date every date is. */
bool cn__case_past(const cn__case *c, cn_date date);

/* Add evidence; amount CN_MONEY_NONE: none. */
void cn__case_say(cn__case *c, cn_reason reason, cn_entity entity, cn_entity other, cn_link link, int64_t amount);
void cn__case_say_share(cn__case *c, cn_reason reason, cn_entity entity, int64_t amount, int64_t of);
void cn__case_say_text(cn__case *c, cn_reason reason, cn_entity entity, cn_entity other, int64_t amount,
                       const char *text);
void cn__case_say_deal(cn__case *c, const cn__deal *trade, cn_reason reason);

/* Back to int64; remembers what does not fit. */
int64_t cn__case_narrow(cn__case *c, cn__wide sum);

/* Exact comparison of fractions without bound 0 denominators: sign of a - b. */
int cn__measure_compare(cn_measure a, cn_measure b);

static inline cn__value cn__value_exact(int64_t numerator, int64_t denominator) {
    return (cn__value){{numerator, denominator}, {numerator, denominator}, CN_VERDICT_UNKNOWN};
}
/* Anything from nothing up. */
static inline cn__value cn__value_open(void) { return (cn__value){{0, 1}, {0, 0}, CN_VERDICT_UNKNOWN}; }

/* The quantities: measure_cluster.c, measure_bodies.c, measure_project.c. */
typedef cn__value cn__measure(cn__case *c, const cn_rule *rule);
cn__measure cn__measure_participants, cn__measure_fed_final, cn__measure_unlinked, cn__measure_own_level,
    cn__measure_level, cn__measure_hp_jobs, cn__measure_productivity, cn__measure_special, cn__measure_map_gaps;
cn__measure cn__measure_serving, cn__measure_managers, cn__measure_uncovered, cn__measure_open_regions,
    cn__measure_register, cn__measure_signed;
/* Is a plan of this indicator a ceiling? */
bool cn__less_is_better(const cn_profile *profile, const char *indicator);
cn__measure cn__measure_outsiders, cn__measure_initiators, cn__measure_others, cn__measure_substituting,
    cn__measure_unchained, cn__measure_behind, cn__measure_batches, cn__measure_applicant;

/* Sets of results (the first 64) that count and are met in `after` only, and in `before` only. */
void cn__check_compare(const cn_check *before, const cn_check *after, uint64_t *better, uint64_t *worse);

/* By member: has it a contract of these kinds with another participant? NULL without memory; the caller frees it. */
bool *cn__case_linked(cn__case *c, uint32_t contracts);

#endif
