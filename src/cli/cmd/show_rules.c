/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands on rules share before their answer, and values in words. A value is shown with as many decimals as it needs to be told from its threshold, so that a level just below
 * 20 % is never printed as 20 %.
 */
#include "show_rules.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 5, DECIMALS_MAX = 6 };

/* ---- what is asked ---- */

cn_date rules_date(const session *s) {
    return session_given(s, OPTION_AS_OF) ? (cn_date)s->options.number[OPTION_AS_OF] : cn_network_as_of_date(s->net);
}

static bool names_builtin(const char *name) {
    for (size_t i = 0; i < cn_profile_builtin_count(); i++) {
        if (strcmp(cn_profile_builtin_id(i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* A profile's name, or a file: one with a path, an extension, or that is there. */
static bool names_file(const char *name) {
    FILE *file = names_builtin(name) ? NULL : fopen(name, "rb");
    bool there = file != NULL;
    if (file) {
        (void)fclose(file);
    }
    return there || (!names_builtin(name) && (strchr(name, '/') || strstr(name, ".json") || strcmp(name, "-") == 0));
}

static int load_profile(session *s, const char *path, cn_profile **out) {
    cn_error err = {0};
    cn_diags *diags = NULL;
    cn_status status = cn_diags_create(&diags, &err);
    status = status ? status : cn_profile_load(path, diags, out, &err);
    if (diags) {
        session_show(s, diags);
    }
    cn_diags_free(diags);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int rules_profile(session *s, bool of_projects, cn_profile **out) {
    cn_error err = {0};
    const char *name = s->options.text[OPTION_RULES];
    cn_date date =
        session_given(s, OPTION_APPLICATION) ? (cn_date)s->options.number[OPTION_APPLICATION] : rules_date(s);
    if (name && names_file(name)) {
        return load_profile(s, name, out);
    }
    cn_status status = name ? cn_profile_builtin(name, out, &err) : cn_profile_in_force(date, of_projects, out, &err);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int rules_cluster(const session *s, cn_entity *out) {
    cn_buf ids = {0};
    size_t count = 0;
    if (session_given(s, OPTION_CLUSTER)) {
        int code = session_org(s, OPTION_CLUSTER, out);
        if (!code && cn_entity_kind_of(s->net, *out) != CN_ENTITY_CLUSTER) {
            code = session_misuse(s, TEXT_RULES_NO_CLUSTER, cn_entity_name(s->net, *out), END);
        }
        return code;
    }
    for (cn_entity e = 0; e < cn_entity_count(s->net); e++) {
        if (cn_entity_kind_of(s->net, e) == CN_ENTITY_CLUSTER) {
            *out = e;
            cn_buf_add_text(&ids, count++ ? ", " : "");
            cn_buf_add_text(&ids, cn_entity_id(s->net, e));
        }
    }
    int code = EXIT_DONE;
    if (count != 1) {
        code = count ? session_misuse(s, TEXT_RULES_WHICH_CLUSTER, ids.data ? ids.data : "", END)
                     : session_misuse(s, TEXT_RULES_NO_CLUSTERS, END);
    }
    cn_buf_release(&ids);
    return code;
}

/* ---- values in words ---- */

const char *rules_title(const session *s, const cn_rule *rule) {
    return s->lang == CN_LANG_RU ? rule->title_ru : rule->title_en;
}

const char *rules_verdict(const session *s, cn_verdict verdict) {
    static const cli_text texts[] = {TEXT_VERDICT_UNKNOWN, TEXT_VERDICT_MET, TEXT_VERDICT_NOT_MET};
    return text_of(s->lang, texts[verdict]);
}

static void add_number(const session *s, cn_unit unit, double value, int decimals, cn_buf *out) {
    if (unit == CN_UNIT_MONEY) {
        cn_format_money(out, s->lang, (int64_t)llround(value * 100), cn_network_currency(s->net));
        return;
    }
    cn_format_number(out, s->lang, unit == CN_UNIT_SHARE ? value * 100 : value, decimals);
    if (unit == CN_UNIT_SHARE) {
        cn_buf_add_text(out, s->lang == CN_LANG_RU ? "\xC2\xA0%" : "%");
    }
}

static double in_units(cn_measure measure, cn_unit unit) {
    return (double)measure.numerator / (double)measure.denominator / (unit == CN_UNIT_MONEY ? 100 : 1);
}

static double threshold_of(const cn_rule_result *result) { return (double)result->threshold_micro / (double)CN_MICRO; }

/* The value with one decimal of a percent (two of a ratio), more where it would read as the threshold without being it. */
static void add_measure(const session *s, const cn_rule_result *result, cn_measure measure, cn_buf *out) {
    cn_unit unit = cn_quantity_unit(result->rule->quantity);
    double value = in_units(measure, unit);
    double threshold = threshold_of(result);
    int decimals = unit == CN_UNIT_SHARE ? 1 : unit == CN_UNIT_RATIO ? 2 : 0;
    bool equal = value == threshold;
    for (bool same = !equal; same && decimals < DECIMALS_MAX;) {
        cn_buf shown = {0};
        cn_buf limit = {0};
        add_number(s, unit, value, decimals, &shown);
        add_number(s, unit, threshold, decimals, &limit);
        same = shown.data && limit.data && strcmp(shown.data, limit.data) == 0 && unit != CN_UNIT_MONEY;
        decimals += same;
        cn_buf_release(&shown);
        cn_buf_release(&limit);
    }
    add_number(s, unit, value, decimals, out);
}

void rules_value(const session *s, const cn_rule_result *result, cn_buf *out) {
    const cn_measure *low = &result->low;
    const cn_measure *high = &result->high;
    bool same = high->denominator && low->numerator == high->numerator && low->denominator == high->denominator;
    if (same) {
        add_measure(s, result, *low, out);
    } else if (low->numerator == 0 && !high->denominator) {
        cn_buf_add_text(out, "–");
    } else if (!high->denominator) {
        cn_buf_add_text(out, "≥ ");
        add_measure(s, result, *low, out);
    } else {
        add_measure(s, result, *low, out);
        cn_buf_add_text(out, " – ");
        add_measure(s, result, *high, out);
    }
}

void rules_threshold(const session *s, const cn_rule_result *result, cn_buf *out) {
    static const char *const signs[] = {"", "≥ ", "≤ ", "= "};
    cn_unit unit = cn_quantity_unit(result->rule->quantity);
    double threshold = threshold_of(result) * (unit == CN_UNIT_SHARE ? 100 : 1);
    int decimals = 0;
    while (unit != CN_UNIT_MONEY && decimals < DECIMALS_MAX &&
           fabs(threshold * pow(10, decimals) - round(threshold * pow(10, decimals))) > 1e-9) {
        decimals++;
    }
    cn_buf_add_text(out, signs[result->rule->comparison]);
    add_number(s, unit, threshold_of(result), decimals, out);
}

void rules_gap(const session *s, const cn_rule_result *result, cn_buf *out) {
    if (cn_quantity_is_money(result->rule->quantity)) {
        cn_format_money(out, s->lang, result->gap, cn_network_currency(s->net));
    } else {
        cn_format_number(out, s->lang, (double)result->gap, 0);
    }
}

/* ---- whom it is about ---- */

static void add_name(const session *s, const cn_evidence *evidence, cn_buf *out) {
    if (evidence->entity == CN_NONE) {
        text_add_clean(out, evidence->text);
    } else {
        text_add_clean(out, cn_entity_short(s->net, evidence->entity));
    }
    if (evidence->entity != CN_NONE && evidence->amount != CN_MONEY_NONE && evidence->text[0] &&
        evidence->link == CN_NONE) { /* an indicator of a year */
        char year[24];
        (void)snprintf(year, sizeof year, ", %d", (int)evidence->amount);
        out->len = 0;
        text_add_clean(out, evidence->text);
        cn_buf_add_text(out, year);
    }
}

static bool wanted(const cn_check *check, const cn_evidence *evidence, cn_reason_class class, cn_reason reason) {
    bool named = evidence->entity != check->subject || evidence->text[0];
    return cn_reason_class_of(evidence->reason) == class && named &&
           (reason == CN_REASON_COUNT || evidence->reason == reason);
}

/* Names of one reason (CN_REASON_COUNT: of any) of a class. */
static void add_names(const session *s, const cn_check *check, const cn_rule_result *result, cn_reason_class class,
                      cn_reason reason, cn_buf *out) {
    size_t count = 0;
    for (size_t i = 0; i < result->count; i++) {
        const cn_evidence *evidence = &check->evidence[result->first + i];
        cn_buf name = {0};
        if (!wanted(check, evidence, class, reason) || ++count > NAMES_SHOWN) {
            continue;
        }
        add_name(s, evidence, &name);
        cn_buf_add_text(out, count > 1 ? ", " : "");
        cn_buf_add_text(out, name.data ? name.data : "");
        out->failed = out->failed || name.failed;
        cn_buf_release(&name);
    }
    if (count > NAMES_SHOWN) {
        cli_digits digits;
        text_add(out, s->lang, TEXT_RISK_AND_MORE, digits_of(digits, count - NAMES_SHOWN), END);
    }
}

void rules_names(const session *s, const cn_check *check, const cn_rule_result *result, cn_reason_class class,
                 cn_buf *out) {
    add_names(s, check, result, class, CN_REASON_COUNT, out);
}

void rules_missing(const session *s, const cn_check *check, const cn_rule_result *result, cn_buf *out) {
    size_t before = out->len;
    bool told[CN_REASON_COUNT] = {false};
    for (size_t i = 0; i < result->count; i++) {
        cn_reason reason = check->evidence[result->first + i].reason;
        cn_buf names = {0};
        if (cn_reason_class_of(reason) != CN_REASON_IS_MISSING || told[reason]) {
            continue;
        }
        told[reason] = true;
        cn_buf_add_text(out, out->len > before ? "; " : "");
        cn_buf_add_text(out, cn_reason_name(reason, s->lang));
        add_names(s, check, result, CN_REASON_IS_MISSING, reason, &names);
        if (names.len) {
            cn_buf_add_text(out, " (");
            cn_buf_add(out, names.data, names.len);
            cn_buf_add_text(out, ")");
        }
        out->failed = out->failed || names.failed;
        cn_buf_release(&names);
    }
}
