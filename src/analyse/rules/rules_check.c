/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A profile against a case: each rule's quantity is measured as an interval, compared exactly with the profile's threshold, and the verdicts are added up. Invariant: a verdict other than
 * “not enough data” holds for every value in the interval. No threshold is in the code. O(links · rules).
 */
#include "rules_case.h"

#include <string.h>

static cn__measure *const measures[CN_QUANTITY_COUNT] = {
    [CN_QUANTITY_PARTICIPANTS] = cn__measure_participants,
    [CN_QUANTITY_FED_FINAL_MAKERS] = cn__measure_fed_final,
    [CN_QUANTITY_UNLINKED] = cn__measure_unlinked,
    [CN_QUANTITY_OWN_LEVEL] = cn__measure_own_level,
    [CN_QUANTITY_LEVEL] = cn__measure_level,
    [CN_QUANTITY_HP_JOBS] = cn__measure_hp_jobs,
    [CN_QUANTITY_PRODUCTIVITY] = cn__measure_productivity,
    [CN_QUANTITY_SERVING] = cn__measure_serving,
    [CN_QUANTITY_MANAGERS] = cn__measure_managers,
    [CN_QUANTITY_UNCOVERED] = cn__measure_uncovered,
    [CN_QUANTITY_OPEN_REGIONS] = cn__measure_open_regions,
    [CN_QUANTITY_REGISTER_YEARS] = cn__measure_register,
    [CN_QUANTITY_SIGNED] = cn__measure_signed,
    [CN_QUANTITY_SPECIAL] = cn__measure_special,
    [CN_QUANTITY_MAP_GAPS] = cn__measure_map_gaps,
    [CN_QUANTITY_OUTSIDERS] = cn__measure_outsiders,
    [CN_QUANTITY_INITIATORS] = cn__measure_initiators,
    [CN_QUANTITY_OTHERS] = cn__measure_others,
    [CN_QUANTITY_SUBSTITUTING] = cn__measure_substituting,
    [CN_QUANTITY_UNCHAINED] = cn__measure_unchained,
    [CN_QUANTITY_BEHIND] = cn__measure_behind,
    [CN_QUANTITY_BATCH_SUPPORT] = cn__measure_batches,
    [CN_QUANTITY_APPLICANT_SUPPORT] = cn__measure_applicant,
};

/* ---- vocabulary ---- */

static const struct {
    const char *key;
    cn_reason_class class;
    const char *en;
    const char *ru;
} reasons[CN_REASON_COUNT] = {
#define CN_REASON(id, key, class, en, ru) {key, CN_REASON_IS_##class, en, ru},
#include "coopnet/rules.def"
};

const char *cn_reason_key(cn_reason reason) { return reasons[reason].key; }
const char *cn_reason_name(cn_reason reason, cn_lang lang) {
    return lang == CN_LANG_RU ? reasons[reason].ru : reasons[reason].en;
}
cn_reason_class cn_reason_class_of(cn_reason reason) { return reasons[reason].class; }

const char *cn_verdict_key(cn_verdict verdict) {
    static const char *const keys[] = {"not_enough_data", "met", "not_met"};
    return keys[verdict];
}

/* ---- one rule ---- */

/* Sign of measure - threshold; money is in units of the currency in a profile. */
static int compare(cn_measure measure, cn_unit unit, int64_t threshold_micro) {
    cn__wide scale = unit == CN_UNIT_MONEY ? 100 : 1;
    cn__wide left = (cn__wide)measure.numerator * CN_MICRO;
    cn__wide right = (cn__wide)threshold_micro * measure.denominator * scale;
    return left < right ? -1 : left > right;
}

static cn_verdict judge(const cn__value *value, const cn_rule *rule, int64_t threshold) {
    cn_unit unit = cn_quantity_unit(rule->quantity);
    bool bounded = value->high.denominator != 0;
    int low = compare(value->low, unit, threshold);
    int high = bounded ? compare(value->high, unit, threshold) : 1;
    if (value->forced) {
        return value->forced;
    }
    switch (rule->comparison) {
    case CN_AT_LEAST:
        return low >= 0 ? CN_VERDICT_MET : high < 0 ? CN_VERDICT_NOT_MET : CN_VERDICT_UNKNOWN;
    case CN_AT_MOST:
        return high <= 0 ? CN_VERDICT_MET : low > 0 ? CN_VERDICT_NOT_MET : CN_VERDICT_UNKNOWN;
    case CN_EQUALS:
        break;
    }
    return low == 0 && high == 0 ? CN_VERDICT_MET : low > 0 || high < 0 ? CN_VERDICT_NOT_MET : CN_VERDICT_UNKNOWN;
}

/* How far the numerator is from the threshold, at least. */
static int64_t gap_of(cn__case *c, const cn_rule_result *result) {
    bool too_much = result->rule->comparison == CN_AT_MOST;
    cn_measure measure = too_much ? result->low : result->high;
    cn__wide scale = cn_quantity_unit(result->rule->quantity) == CN_UNIT_MONEY ? 100 : 1;
    cn__wide wanted = (cn__wide)result->threshold_micro * measure.denominator * scale;
    if (result->verdict != CN_VERDICT_NOT_MET || !measure.denominator) {
        return 0;
    }
    cn__wide floor = wanted / CN_MICRO;
    cn__wide ceiling = floor + (wanted % CN_MICRO != 0);
    cn__wide gap = too_much ? measure.numerator - floor : ceiling - measure.numerator;
    return cn__case_narrow(c, gap < 0 ? -gap : gap);
}

static bool relaxes(cn__case *c, const cn_rule *rule) {
    if (rule->relaxed_to_micro == INT64_MIN || !c->member_count) {
        return false;
    }
    size_t before = c->check->evidence_count;
    cn__value special = cn__measure_special(c, rule);
    bool enough = compare(special.low, CN_UNIT_SHARE, rule->relaxed_from_micro) >= 0;
    c->check->evidence_count = enough ? c->check->evidence_count : before;
    return enough;
}

static cn_rule_result check_rule(cn__case *c, const cn_rule *rule) {
    cn_rule_result result = {.rule = rule, .first = c->check->evidence_count};
    result.relaxed = relaxes(c, rule);
    result.threshold_micro = result.relaxed ? rule->relaxed_to_micro : rule->threshold_micro;
    cn__value value = measures[rule->quantity](c, rule);
    result.low = value.low;
    result.high = value.high;
    result.verdict = judge(&value, rule, result.threshold_micro);
    result.gap = value.forced ? 0 : gap_of(c, &result);
    result.count = c->check->evidence_count - result.first;
    return result;
}

/* ---- all of them ---- */

static void add_up(cn_check *check) {
    bool requirement_fails = false;
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        if (result->rule->report) {
            continue;
        }
        check->met += result->verdict == CN_VERDICT_MET;
        check->not_met += result->verdict == CN_VERDICT_NOT_MET;
        check->unknown += result->verdict == CN_VERDICT_UNKNOWN;
        requirement_fails = requirement_fails || (result->verdict == CN_VERDICT_NOT_MET && !result->rule->standing);
    }
    check->verdict = requirement_fails || (check->not_met && !check->unknown) ? CN_VERDICT_NOT_MET
                     : check->unknown                                         ? CN_VERDICT_UNKNOWN
                                                                              : CN_VERDICT_MET;
}

static void take_participants(cn__case *c, cn_check *check) {
    cn__wide output = 0;
    cn__wide supply = 0;
    check->participants = cn__alloc(c->member_count, sizeof *check->participants);
    c->failed = c->failed || !check->participants;
    for (size_t i = 0; i < c->member_count && check->participants; i++) {
        check->participants[i] = c->members[i].entity;
        output += c->members[i].output == CN_MONEY_NONE ? 0 : c->members[i].output;
    }
    for (size_t i = 0; i < c->deal_count; i++) {
        supply += c->deals[i].reason == CN_REASON_CONTRACT ? c->deals[i].minor : 0;
    }
    check->participant_count = check->participants ? c->member_count : 0;
    check->output_minor = cn__case_narrow(c, output);
    check->supply_minor = cn__case_narrow(c, supply);
}

static void check_all(cn__case *c, cn_check *check, bool project) {
    for (size_t i = 0; i < c->profile->rule_count && !c->failed; i++) {
        const cn_rule *rule = &c->profile->rules[i];
        if (cn_quantity_of_project(rule->quantity) == project) {
            check->results[check->result_count++] = check_rule(c, rule);
        }
    }
}

cn_status cn_check_compute(const cn_network *net, cn_entity subject, const cn_profile *profile,
                           const cn_check_options *options, cn_check *out, cn_error *err) {
    cn__case c;
    *out = (cn_check){.subject = subject, .profile = profile};
    bool known = subject < cn_entity_count(net);
    cn_entity_kind kind = known ? cn_entity_kind_of(net, subject) : CN_ENTITY_COMPANY;
    if (kind != CN_ENTITY_CLUSTER && kind != CN_ENTITY_PROJECT) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, RULES_NO_CLUSTER, known ? cn_entity_id(net, subject) : "");
    }
    cn_status status = cn__case_begin(&c, net, subject, profile, options, err);
    if (!status) {
        c.check = out;
        out->date = c.date;
        out->registered =
            kind == CN_ENTITY_CLUSTER && cn_entity_enum(net, subject, CN_FIELD_STATUS) == CN_CLUSTER_REGISTERED;
        out->results = cn__calloc(profile->rule_count ? profile->rule_count : 1, sizeof *out->results);
        c.failed = !out->results;
        if (out->results) {
            take_participants(&c, out);
            check_all(&c, out, kind == CN_ENTITY_PROJECT);
            add_up(out);
        }
        status = c.failed ? CN__NO_MEMORY(err) : c.beyond ? CN__FAIL0(err, CN_ERR_LIMIT, RULES_SUM) : CN_OK;
    }
    cn__case_release(&c);
    if (status) {
        cn_check_release(out);
    }
    return status;
}

void cn_check_release(cn_check *check) {
    cn__free(check->results);
    cn__free(check->evidence);
    cn__free(check->participants);
    *check = (cn_check){0};
}

const cn_rule_result *cn_check_find(const cn_check *check, const char *rule) {
    for (size_t i = 0; i < check->result_count; i++) {
        if (strcmp(check->results[i].rule->id, rule) == 0) {
            return &check->results[i];
        }
    }
    return NULL;
}
