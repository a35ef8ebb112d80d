/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts as data: CSV rows and JSON members, with every number in units of the currency and each fact by its key. */
#include "show_rules.h"

#include <math.h>

static const char *const comparisons[] = {"", "at_least", "at_most", "equals"};
static const char *const confidences[] = {"", "found", "background", "inferred"};
static const char *const classes[] = {"used", "left_out", "fault", "missing", "shown"};

static double measure_value(const cn_rule *rule, cn_measure measure) {
    double scale = cn_quantity_unit(rule->quantity) == CN_UNIT_MONEY ? 100 : 1;
    return measure.denominator ? (double)measure.numerator / (double)measure.denominator / scale : (double)NAN;
}

static double amount_value(const cn_rule *rule, int64_t amount) {
    return cn_quantity_is_money(rule->quantity) ? (double)amount / 100 : (double)amount;
}

/* ---- CSV ---- */

void rules_csv_columns(const session *s, cn_table *table) {
    static const char *const verdicts[] = {"subject", "rule", "quantity", "title", "verdict"};
    static const char *const facts[] = {"subject", "rule", "class", "reason", "id", "other", "text"};
    static const char *const numbers[] = {"low", "high", "threshold", "gap", "numerator", "denominator"};
    bool explain = session_given(s, OPTION_EXPLAIN);
    size_t count = explain ? sizeof facts / sizeof *facts : sizeof verdicts / sizeof *verdicts;
    for (size_t i = 0; i < count; i++) {
        cn_table_add_column(table, explain ? facts[i] : verdicts[i], "", CN_CELL_TEXT, 0);
    }
    if (explain) {
        cn_table_add_column(table, "amount", "", CN_CELL_NUMBER, 0);
        cn_table_add_column(table, "of", "", CN_CELL_NUMBER, 0);
        return;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_column(table, numbers[i], "", CN_CELL_NUMBER, 0);
    }
    cn_table_add_column(table, "comparison", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "counts", "", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "confidence", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "source", "", CN_CELL_TEXT, 0);
}

static void add_verdict(const session *s, const cn_check *check, const cn_rule_result *result, cn_table *table) {
    const cn_rule *rule = result->rule;
    bool exact = result->low.numerator == result->high.numerator && result->low.denominator == result->high.denominator;
    bool money = cn_quantity_is_money(rule->quantity);
    cn_table_add_text(table, cn_entity_id(s->net, check->subject));
    cn_table_add_text(table, rule->id);
    cn_table_add_text(table, cn_quantity_key(rule->quantity));
    cn_table_add_text(table, rules_title(s, rule));
    cn_table_add_text(table, cn_verdict_key(result->verdict));
    cn_table_add_number(table, measure_value(rule, result->low));
    cn_table_add_number(table, measure_value(rule, result->high));
    cn_table_add_number(table, (double)result->threshold_micro / (double)CN_MICRO);
    cn_table_add_number(table, amount_value(rule, result->gap));
    cn_table_add_number(table, exact ? amount_value(rule, result->low.numerator) : (double)NAN);
    cn_table_add_number(table, !exact ? (double)NAN
                               : money && cn_quantity_unit(rule->quantity) == CN_UNIT_SHARE
                                   ? (double)result->low.denominator / 100
                                   : (double)result->low.denominator);
    cn_table_add_text(table, comparisons[rule->comparison]);
    cn_table_add_count(table, !rule->report);
    cn_table_add_text(table, confidences[rule->confidence]);
    cn_table_add_text(table, rule->source);
}

static const char *id_or_nothing(const session *s, cn_entity entity) {
    return entity == CN_NONE ? "" : cn_entity_id(s->net, entity);
}

static void add_fact(const session *s, const cn_check *check, const cn_rule_result *result, const cn_evidence *evidence,
                     cn_table *table) {
    cn_table_add_text(table, cn_entity_id(s->net, check->subject));
    cn_table_add_text(table, result->rule->id);
    cn_table_add_text(table, classes[cn_reason_class_of(evidence->reason)]);
    cn_table_add_text(table, cn_reason_key(evidence->reason));
    cn_table_add_text(table, id_or_nothing(s, evidence->entity));
    cn_table_add_text(table, id_or_nothing(s, evidence->other));
    cn_table_add_text(table, evidence->text);
    cn_table_add_number(table, evidence->amount == CN_MONEY_NONE || evidence->reason == CN_REASON_DECISION
                                   ? (double)NAN
                                   : amount_value(result->rule, evidence->amount));
    cn_table_add_number(table, evidence->of == CN_MONEY_NONE ? (double)NAN : amount_value(result->rule, evidence->of));
}

void rules_csv_rows(const session *s, const cn_check *check, cn_table *table) {
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        if (!session_given(s, OPTION_EXPLAIN)) {
            add_verdict(s, check, result, table);
        }
        for (size_t e = 0; e < result->count && session_given(s, OPTION_EXPLAIN); e++) {
            add_fact(s, check, result, &check->evidence[result->first + e], table);
        }
    }
}

/* ---- JSON ---- */

void rules_profile_json(json *j, const cn_profile *profile) {
    json_begin(j, "profile", '{');
    json_text(j, "id", profile->id);
    json_text_or_null(j, "law", profile->law);
    json_date(j, "in_force", profile->in_force);
    json_end(j, '}');
}

static void add_measure(json *j, const char *key, const cn_rule *rule, cn_measure measure) {
    json_number(j, key, measure_value(rule, measure));
}

static void add_evidence(const session *s, json *j, const cn_rule_result *result, const cn_evidence *evidence) {
    json_begin(j, NULL, '{');
    json_text(j, "class", classes[cn_reason_class_of(evidence->reason)]);
    json_text(j, "reason", cn_reason_key(evidence->reason));
    json_text_or_null(j, "id", id_or_nothing(s, evidence->entity));
    json_text_or_null(j, "other", id_or_nothing(s, evidence->other));
    json_text_or_null(j, "text", evidence->text);
    if (evidence->reason == CN_REASON_DECISION) {
        json_date(j, "date", (cn_date)evidence->amount);
    } else {
        json_number(j, "amount",
                    evidence->amount == CN_MONEY_NONE ? (double)NAN : amount_value(result->rule, evidence->amount));
    }
    json_number(j, "of", evidence->of == CN_MONEY_NONE ? (double)NAN : amount_value(result->rule, evidence->of));
    if (evidence->link != CN_NONE) {
        json_text_or_null(j, "source", cn_link_source(s->net, evidence->link));
    }
    json_end(j, '}');
}

static void add_result(const session *s, json *j, const cn_check *check, const cn_rule_result *result) {
    const cn_rule *rule = result->rule;
    json_begin(j, NULL, '{');
    json_text(j, "rule", rule->id);
    json_text(j, "quantity", cn_quantity_key(rule->quantity));
    json_text(j, "title", rules_title(s, rule));
    json_text(j, "verdict", cn_verdict_key(result->verdict));
    json_flag(j, "counts", !rule->report);
    add_measure(j, "low", rule, result->low);
    add_measure(j, "high", rule, result->high);
    json_text(j, "comparison", comparisons[rule->comparison]);
    json_number(j, "threshold", (double)result->threshold_micro / (double)CN_MICRO);
    json_flag(j, "relaxed", result->relaxed);
    json_number(j, "numerator", amount_value(rule, result->low.numerator));
    json_number(j, "denominator",
                cn_quantity_is_money(rule->quantity) && cn_quantity_unit(rule->quantity) == CN_UNIT_SHARE
                    ? (double)result->low.denominator / 100
                    : (double)result->low.denominator);
    json_number(j, "gap", amount_value(rule, result->gap));
    json_text_or_null(j, "confidence", confidences[rule->confidence]);
    json_text_or_null(j, "source", rule->source);
    json_begin(j, "facts", '[');
    for (size_t i = 0; i < result->count; i++) {
        const cn_evidence *evidence = &check->evidence[result->first + i];
        cn_reason_class class = cn_reason_class_of(evidence->reason);
        if (session_given(s, OPTION_EXPLAIN) || class == CN_REASON_IS_FAULT || class == CN_REASON_IS_MISSING) {
            add_evidence(s, j, result, evidence);
        }
    }
    json_end(j, ']');
    json_end(j, '}');
}

void rules_json(const session *s, json *j, const cn_check *check) {
    json_text(j, "verdict", cn_verdict_key(check->verdict));
    json_date(j, "as_of", check->date);
    json_count(j, "met", check->met);
    json_count(j, "not_met", check->not_met);
    json_count(j, "not_enough_data", check->unknown);
    json_begin(j, "rules", '[');
    for (size_t i = 0; i < check->result_count; i++) {
        add_result(s, j, check, &check->results[i]);
    }
    json_end(j, ']');
}
