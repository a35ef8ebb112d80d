/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts as text: sentences for what is not met, a table of all rules, the facts behind each. */
#include "show_rules.h"

#include <string.h>

void rules_profile_lines(session *s, const cn_profile *profile) {
    bool ru = s->lang == CN_LANG_RU;
    cn_buf date = {0};
    cn_date when =
        session_given(s, OPTION_APPLICATION) ? (cn_date)s->options.number[OPTION_APPLICATION] : rules_date(s);
    cn_format_date(&date, s->lang, when);
    session_line(s, TEXT_RULES_PROFILE, profile->id, ru ? profile->title_ru : profile->title_en, END);
    if (profile->law[0]) {
        session_line(s, TEXT_RULES_LAW, profile->law, END);
    }
    if (!session_given(s, OPTION_RULES) && when != CN_DATE_NONE) {
        session_line(s, session_given(s, OPTION_APPLICATION) ? TEXT_RULES_CHOSEN_APPLICATION : TEXT_RULES_CHOSEN_AS_OF,
                     date.data ? date.data : "", END);
    } else if (!session_given(s, OPTION_RULES)) {
        session_line(s, TEXT_RULES_CHOSEN_NEWEST, END);
    }
    s->out.failed = s->out.failed || date.failed;
    cn_buf_release(&date);
}

/* ---- sentences ---- */

static void say_not_met(session *s, const cn_check *check, const cn_rule_result *result) {
    cn_buf value = {0};
    cn_buf threshold = {0};
    cn_buf gap = {0};
    cn_buf names = {0};
    rules_value(s, result, &value);
    rules_threshold(s, result, &threshold);
    rules_gap(s, result, &gap);
    rules_names(s, check, result, CN_REASON_IS_FAULT, &names);
    bool less = result->rule->comparison != CN_AT_MOST;
    cli_text text = !result->gap ? TEXT_RULES_FAILS : less ? TEXT_RULES_FAILS_SHORT : TEXT_RULES_FAILS_OVER;
    cn_buf line = {0};
    if (text == TEXT_RULES_FAILS) { /* no number decides: the reasons do */
        const cn_evidence *first = check->evidence + result->first;
        cn_reason reason = result->count ? first[result->count - 1].reason : CN_REASON_NOT_REGISTERED;
        text_add(&line, s->lang, text, result->rule->id, rules_title(s, result->rule), cn_reason_name(reason, s->lang),
                 END);
    } else {
        text_add(&line, s->lang, text, result->rule->id, rules_title(s, result->rule), value.data ? value.data : "",
                 threshold.data ? threshold.data + strcspn(threshold.data, " ") + 1 : "", gap.data ? gap.data : "",
                 END);
    }
    if (names.len && text != TEXT_RULES_FAILS) {
        cn_buf_add_text(&line, ": ");
        cn_buf_add(&line, names.data, names.len);
    }
    session_line(s, TEXT_RULES_BULLET, line.data ? line.data : "", END);
    s->out.failed = s->out.failed || line.failed || value.failed || threshold.failed || gap.failed || names.failed;
    cn_buf_release(&line);
    cn_buf_release(&value);
    cn_buf_release(&threshold);
    cn_buf_release(&gap);
    cn_buf_release(&names);
}

static bool unknown_and_counts(const cn_rule_result *result) {
    return result->verdict == CN_VERDICT_UNKNOWN && !result->rule->report;
}

/* Do two results lack the same? */
static bool same_missing(const session *s, const cn_check *check, size_t a, size_t b) {
    cn_buf first = {0};
    cn_buf second = {0};
    rules_missing(s, check, &check->results[a], &first);
    rules_missing(s, check, &check->results[b], &second);
    bool same = first.data && second.data && strcmp(first.data, second.data) == 0;
    cn_buf_release(&first);
    cn_buf_release(&second);
    return same;
}

/* What result `index` lacks, with all rules that lack the same; nothing when one before it did. */
static void say_unknown(session *s, const cn_check *check, size_t index) {
    cn_buf rules = {0};
    cn_buf missing = {0};
    size_t count = 0;
    for (size_t i = 0; i < check->result_count; i++) {
        bool same = unknown_and_counts(&check->results[i]) && (i == index || same_missing(s, check, i, index));
        if (same && i < index) {
            cn_buf_release(&rules);
            return;
        }
        if (same) {
            cn_buf_add_text(&rules, count++ ? ", " : "");
            cn_buf_add_text(&rules, check->results[i].rule->id);
        }
    }
    rules_missing(s, check, &check->results[index], &missing);
    session_line(s, TEXT_RULES_UNKNOWN_LINE, missing.data ? missing.data : "", rules.data ? rules.data : "", END);
    s->out.failed = s->out.failed || rules.failed || missing.failed;
    cn_buf_release(&rules);
    cn_buf_release(&missing);
}

void rules_verdict_line(session *s, const cn_check *check) {
    cli_digits met, not_met, unknown, all;
    digits_of(met, check->met);
    digits_of(not_met, check->not_met);
    digits_of(unknown, check->unknown);
    digits_of(all, check->met + check->not_met + check->unknown);
    if (check->verdict == CN_VERDICT_MET) {
        session_heading(s, TEXT_RULES_ALL_MET, all, END);
    } else if (check->verdict == CN_VERDICT_NOT_MET && !check->unknown) {
        session_heading(s, TEXT_RULES_SOME_NOT_MET, not_met, all, END);
    } else if (check->verdict == CN_VERDICT_NOT_MET) {
        session_heading(s, TEXT_RULES_SOME_NOT_MET_UNKNOWN, not_met, all, unknown, END);
    } else {
        session_heading(s, TEXT_RULES_SOME_UNKNOWN, unknown, all, met, not_met, END);
    }
}

void rules_sentences(session *s, const cn_check *check) {
    for (size_t i = 0; i < check->result_count; i++) {
        if (check->results[i].verdict == CN_VERDICT_NOT_MET && !check->results[i].rule->report) {
            say_not_met(s, check, &check->results[i]);
        }
    }
    if (check->unknown) {
        session_line(s, TEXT_RULES_UNKNOWN_HEAD, END);
    }
    for (size_t i = 0; i < check->result_count; i++) {
        if (unknown_and_counts(&check->results[i])) {
            say_unknown(s, check, i);
        }
    }
}

/* ---- the table ---- */

static const char *confidence_text(const session *s, cn_confidence confidence) {
    static const cli_text texts[] = {TEXT_NOTHING, TEXT_CONFIDENCE_FOUND, TEXT_CONFIDENCE_BACKGROUND,
                                     TEXT_CONFIDENCE_INFERRED};
    return text_of(s->lang, texts[confidence]);
}

/* "1,174 of 6,080 m": what the value is made of, where it is a fraction. */
static void add_fraction(const session *s, const cn_rule_result *result, cn_buf *out) {
    cn_measure m = result->low;
    bool exact = m.numerator == result->high.numerator && m.denominator == result->high.denominator;
    cn_unit unit = cn_quantity_unit(result->rule->quantity);
    if (!exact || (unit != CN_UNIT_SHARE && unit != CN_UNIT_RATIO)) {
        return;
    }
    cn_buf top = {0};
    cn_buf bottom = {0};
    if (cn_quantity_is_money(result->rule->quantity) && unit == CN_UNIT_SHARE) {
        cn_format_money(&top, s->lang, m.numerator, cn_network_currency(s->net));
        cn_format_money(&bottom, s->lang, m.denominator, cn_network_currency(s->net));
    } else if (unit == CN_UNIT_SHARE) {
        cn_format_number(&top, s->lang, (double)m.numerator, 0);
        cn_format_number(&bottom, s->lang, (double)m.denominator, 0);
    }
    if (top.len) {
        text_add(out, s->lang, TEXT_RULES_FRACTION, top.data, bottom.data ? bottom.data : "", END);
    }
    out->failed = out->failed || top.failed || bottom.failed;
    cn_buf_release(&top);
    cn_buf_release(&bottom);
}

static void add_row(const session *s, const cn_rule_result *result, cn_table *table) {
    cn_buf value = {0};
    cn_buf threshold = {0};
    cn_buf gap = {0};
    cn_buf fraction = {0};
    cn_buf verdict = {0};
    rules_value(s, result, &value);
    rules_threshold(s, result, &threshold);
    add_fraction(s, result, &fraction);
    if (result->gap) {
        rules_gap(s, result, &gap);
    }
    cn_buf_add_text(&verdict, rules_verdict(s, result->verdict));
    cn_buf_add_text(&verdict, result->rule->report ? text_of(s->lang, TEXT_RULES_ASIDE) : "");
    cn_table_add_text(table, result->rule->id);
    cn_table_add_text(table, verdict.data ? verdict.data : "");
    cn_table_add_text(table, value.data ? value.data : "");
    cn_table_add_text(table, threshold.data ? threshold.data : "");
    cn_table_add_text(table, gap.len ? gap.data : "");
    cn_table_add_text(table, rules_title(s, result->rule));
    cn_table_add_text(table, fraction.len ? fraction.data : "");
    cn_table_add_text(table, confidence_text(s, result->rule->confidence));
    cn_buf_release(&value);
    cn_buf_release(&threshold);
    cn_buf_release(&gap);
    cn_buf_release(&fraction);
    cn_buf_release(&verdict);
}

cn_status rules_table(session *s, const cn_check *check, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_RULE,    TEXT_COLUMN_VERDICT,   TEXT_COLUMN_HAS,
                                      TEXT_COLUMN_NEEDED,  TEXT_COLUMN_MISSES,    TEXT_COLUMN_REQUIREMENT,
                                      TEXT_COLUMN_MADE_OF, TEXT_COLUMN_CONFIDENCE};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof titles / sizeof *titles && !status; i++) {
        cn_table_add_column(table, "", text_of(s->lang, titles[i]), CN_CELL_TEXT, 0);
    }
    for (size_t i = 0; i < check->result_count && !status; i++) {
        add_row(s, &check->results[i], table);
    }
    status = status ? status : session_table(s, table, err);
    cn_table_free(table);
    return status;
}

/* ---- what is behind ---- */

/* The amount of a fact: money, a share, a count; of the register a date. */
static void add_amount(const session *s, const cn_rule_result *result, const cn_evidence *evidence, cn_buf *out) {
    if (evidence->amount == CN_MONEY_NONE) {
        return;
    }
    cn_buf_add_text(out, ": ");
    if (evidence->reason == CN_REASON_DECISION) {
        cn_format_date(out, s->lang, (cn_date)evidence->amount);
    } else if (evidence->of != CN_MONEY_NONE) {
        cn_buf top = {0};
        cn_buf bottom = {0};
        bool money = cn_quantity_is_money(result->rule->quantity);
        if (money) {
            cn_format_money(&top, s->lang, evidence->amount, cn_network_currency(s->net));
            cn_format_money(&bottom, s->lang, evidence->of, cn_network_currency(s->net));
        } else {
            cn_format_number(&top, s->lang, (double)evidence->amount, 0);
            cn_format_number(&bottom, s->lang, (double)evidence->of, 0);
        }
        text_add(out, s->lang, TEXT_RULES_FRACTION, top.data ? top.data : "", bottom.data ? bottom.data : "", END);
        cn_buf_add_text(out, " = ");
        cn_format_number(out, s->lang, evidence->of ? 100.0 * (double)evidence->amount / (double)evidence->of : 0, 1);
        cn_buf_add_text(out, s->lang == CN_LANG_RU ? "\xC2\xA0%" : "%");
        cn_buf_release(&top);
        cn_buf_release(&bottom);
    } else if (result->rule->quantity == CN_QUANTITY_BEHIND) {
        cn_buf_add_text(out, evidence->text);
        cn_buf_add_text(out, ", ");
        cli_digits digits;
        cn_buf_add_text(out, digits_of(digits, (uint64_t)evidence->amount));
    } else {
        cn_format_money(out, s->lang, evidence->amount, cn_network_currency(s->net));
    }
}

static void explain_one(session *s, const cn_rule_result *result, const cn_evidence *evidence) {
    static const cli_text marks[] = {TEXT_MARK_USED, TEXT_MARK_LEFT, TEXT_MARK_FAULT, TEXT_MARK_MISSING,
                                     TEXT_MARK_USED};
    cn_buf who = {0};
    bool trade = evidence->other != CN_NONE && evidence->entity != CN_NONE &&
                 (evidence->link != CN_NONE ? cn_link_to(s->net, evidence->link) == evidence->other : false);
    if (evidence->entity != CN_NONE) {
        text_add_clean(&who, cn_entity_short(s->net, evidence->entity));
    }
    if (trade) {
        cn_buf_add_text(&who, " → ");
        text_add_clean(&who, cn_entity_short(s->net, evidence->other));
    } else if (evidence->other != CN_NONE) {
        cn_buf_add_text(&who, " (");
        text_add_clean(&who, cn_entity_short(s->net, evidence->other));
        cn_buf_add_text(&who, ")");
    }
    if (evidence->text[0] && result->rule->quantity != CN_QUANTITY_BEHIND) {
        cn_buf_add_text(&who, who.len ? ", " : "");
        if (trade) {
            show_product(s, evidence->text, &who);
        } else {
            text_add_clean(&who, evidence->text);
        }
    }
    add_amount(s, result, evidence, &who);
    session_line(s, marks[cn_reason_class_of(evidence->reason)], who.data ? who.data : "",
                 cn_reason_name(evidence->reason, s->lang), END);
    s->out.failed = s->out.failed || who.failed;
    cn_buf_release(&who);
}

/* Where the law says so, how sure that is, since when. */
static void add_source(session *s, const cn_check *check, const cn_rule *rule) {
    cn_buf date = {0};
    cn_format_date(&date, s->lang, rule->in_force != CN_DATE_NONE ? rule->in_force : check->profile->in_force);
    if (date.len) {
        session_line(s, TEXT_RULES_EXPLAIN_SOURCE_DATE, rule->source, confidence_text(s, rule->confidence), date.data,
                     END);
    } else {
        session_line(s, TEXT_RULES_EXPLAIN_SOURCE, rule->source, confidence_text(s, rule->confidence), END);
    }
    s->out.failed = s->out.failed || date.failed;
    cn_buf_release(&date);
}

void rules_explain(session *s, const cn_check *check) {
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_RULES_EXPLAIN, END);
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        const char *note = s->lang == CN_LANG_RU ? result->rule->note_ru : result->rule->note_en;
        session_line(s, TEXT_RULES_EXPLAIN_RULE, result->rule->id, rules_title(s, result->rule),
                     rules_verdict(s, result->verdict), END);
        if (note[0]) {
            session_line(s, TEXT_RULES_EXPLAIN_NOTE, note, END);
        }
        if (result->rule->source[0]) {
            add_source(s, check, result->rule);
        }
        for (size_t e = 0; e < result->count; e++) {
            explain_one(s, result, &check->evidence[result->first + e]);
        }
    }
}
