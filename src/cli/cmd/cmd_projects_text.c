/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet projects as text. */
#include "cmd_projects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- plan ---- */

static double fact_of(const session *s, cn_entity project, const cn_item *plan) {
    size_t count = 0;
    const cn_item *facts = cn_entity_items(s->net, project, CN_ITEM_FACT, &count);
    for (size_t i = 0; i < count; i++) {
        if (facts[i].year == plan->year && strcmp(cn_item_text(s->net, &facts[i]), cn_item_text(s->net, plan)) == 0) {
            return facts[i].number;
        }
    }
    return (double)NAN;
}

/* What the rule on the plan says of a row. */
static cn_reason state_of(const cn_check *check, int year, const char *indicator) {
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        for (size_t e = 0; e < result->count && result->rule->quantity == CN_QUANTITY_BEHIND; e++) {
            const cn_evidence *evidence = &check->evidence[result->first + e];
            if (evidence->amount == year && strcmp(evidence->text, indicator) == 0) {
                return evidence->reason;
            }
        }
    }
    return CN_REASON_COUNT;
}

bool projects_plan(const session *s, const cn_check *check, plan_row **rows, size_t *count) {
    const cn_item *plans = cn_entity_items(s->net, check->subject, CN_ITEM_PLAN, count);
    *rows = malloc((*count + 1) * sizeof **rows);
    for (size_t i = 0; i < *count && *rows; i++) {
        const char *indicator = cn_item_text(s->net, &plans[i]);
        (*rows)[i] = (plan_row){plans[i].year, indicator, plans[i].number, fact_of(s, check->subject, &plans[i]),
                                state_of(check, plans[i].year, indicator)};
    }
    return *rows != NULL;
}

static cn_status write_plan(session *s, const cn_check *check, cn_error *err) {
    plan_row *rows = NULL;
    size_t count = 0;
    cn_table *table = NULL;
    s->out.failed = s->out.failed || !projects_plan(s, check, &rows, &count);
    cn_status status = count ? cn_table_create(&table, err) : CN_OK;
    if (!status && count && rows) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_PROJECT_PLAN, END);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_YEAR), CN_CELL_TEXT, 0);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_INDICATOR), CN_CELL_TEXT, 0);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_PLAN), CN_CELL_NUMBER, 2);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_FACT), CN_CELL_NUMBER, 2);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_TO_PLAN), CN_CELL_NUMBER, 1);
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_VERDICT), CN_CELL_TEXT, 0);
        for (size_t i = 0; i < count; i++) {
            cli_digits digits;
            const plan_row *row = &rows[i];
            cn_table_add_text(table, digits_of(digits, (uint64_t)(row->year < 0 ? 0 : row->year)));
            cn_table_add_text(table, row->indicator);
            cn_table_add_number(table, row->plan);
            cn_table_add_number(table, row->fact);
            cn_table_add_number(table, row->plan != 0 ? row->fact / row->plan * 100 : (double)NAN);
            cn_table_add_text(table, row->state == CN_REASON_COUNT ? "" : cn_reason_name(row->state, s->lang));
        }
        status = session_table(s, table, err);
    }
    cn_table_free(table);
    free(rows);
    return status;
}

/* ---- participants ---- */

static void add_money(const session *s, cli_text text, int64_t minor, cn_buf *out) {
    cn_buf money = {0};
    if (minor != CN_MONEY_NONE) {
        cn_format_money(&money, s->lang, minor, cn_network_currency(s->net));
        cn_buf_add_text(out, " ");
        text_add(out, s->lang, text, money.data ? money.data : "", END);
    }
    cn_buf_release(&money);
}

static const cn_prop *link_prop(const session *s, cn_link link, cn_field field) {
    size_t count = 0;
    const cn_prop *props = cn_link_values(s->net, link, field, &count);
    return count ? props : NULL;
}

static bool of_project(const session *s, cn_link link, cn_entity project) {
    return cn_link_kind_of(s->net, link) == CN_LINK_PARTICIPANT && cn_link_to(s->net, link) == project;
}

/* Contributions, given and not too large to add up. */
static int64_t contributions(const session *s, cn_entity project) {
    int64_t sum = CN_MONEY_NONE;
    for (cn_link link = 0; link < cn_link_count(s->net); link++) {
        const cn_prop *paid = of_project(s, link, project) ? link_prop(s, link, CN_FIELD_CONTRIBUTION) : NULL;
        if (paid) {
            sum = sum == CN_MONEY_NONE ? 0 : sum;
            sum = sum > INT64_MAX - paid->as.money_minor ? INT64_MAX : sum + paid->as.money_minor;
        }
    }
    return sum;
}

static void write_facts(session *s, const cn_check *check) {
    cn_entity project = check->subject;
    cn_buf line = {0};
    cn_date since = cn_entity_date(s->net, project, CN_FIELD_SINCE);
    cn_date until = cn_entity_date(s->net, project, CN_FIELD_UNTIL);
    const char *code = cn_entity_text(s->net, project, CN_FIELD_PRODUCT);
    int status = cn_entity_enum(s->net, project, CN_FIELD_STATUS);
    if (code[0]) {
        cn_buf product = {0};
        show_product(s, code, &product);
        text_add(&line, s->lang, TEXT_PROJECT_PRODUCT, product.data ? product.data : "", END);
        cn_buf_release(&product);
    }
    add_money(s, TEXT_PROJECT_BUDGET, cn_entity_money(s->net, project, CN_FIELD_BUDGET), &line);
    add_money(s, TEXT_PROJECT_SUPPORT, cn_entity_money(s->net, project, CN_FIELD_SUPPORT), &line);
    add_money(s, TEXT_PROJECT_PAID, contributions(s, project), &line);
    if (status || since || until) {
        cn_buf from = {0};
        cn_buf to = {0};
        cn_format_date(&from, s->lang, since);
        cn_format_date(&to, s->lang, until);
        cn_buf_add_text(&line, line.len ? " " : "");
        text_add(&line, s->lang, TEXT_PROJECT_TIME, cn_vocabulary_name(CN_VOC_PROJECT_STATUS, status, s->lang),
                 from.len ? from.data : "…", to.len ? to.data : "…", END);
        cn_buf_release(&from);
        cn_buf_release(&to);
    }
    if (line.len) {
        session_line(s, TEXT_RULES_EXPLAIN_NOTE, line.data + (line.data[0] == ' '), END);
    }
    s->out.failed = s->out.failed || line.failed;
    cn_buf_release(&line);
}

/* "yes" or "no": what the rule on a quantity found of a firm. */
static const char *said_of(const session *s, const cn_check *check, cn_quantity quantity, cn_entity firm) {
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        for (size_t e = 0; e < result->count && result->rule->quantity == quantity; e++) {
            const cn_evidence *evidence = &check->evidence[result->first + e];
            if (evidence->entity == firm && evidence->link == CN_NONE) {
                bool fault = cn_reason_class_of(evidence->reason) == CN_REASON_IS_FAULT;
                return text_of(s->lang, fault ? TEXT_ANSWER_NO : TEXT_ANSWER_YES);
            }
        }
    }
    return "";
}

static void add_part(const session *s, const cn_check *check, cn_link link, cn_table *table) {
    cn_entity firm = cn_link_from(s->net, link);
    const cn_prop *paid = link_prop(s, link, CN_FIELD_CONTRIBUTION);
    const cn_prop *signed_on = link_prop(s, link, CN_FIELD_SIGNED);
    cn_table_add_text(table, cn_entity_short(s->net, firm));
    cn_table_add_text(table, cn_vocabulary_name(CN_VOC_ROLE, cn_link_role(s->net, link), s->lang));
    cn_table_add_money(table, paid ? paid->as.money_minor : CN_MONEY_NONE);
    cn_table_add_date(table, signed_on ? (cn_date)signed_on->as.count : CN_DATE_NONE);
    cn_table_add_text(table, said_of(s, check, CN_QUANTITY_OUTSIDERS, firm));
    cn_table_add_text(table, said_of(s, check, CN_QUANTITY_UNCHAINED, firm));
}

static cn_status write_parts(session *s, const cn_check *check, cn_error *err) {
    static const struct {
        cli_text title;
        cn_cell_type type;
    } columns[] = {{TEXT_COLUMN_PARTICIPANT, CN_CELL_TEXT},   {TEXT_COLUMN_ROLE, CN_CELL_TEXT},
                   {TEXT_COLUMN_CONTRIBUTION, CN_CELL_MONEY}, {TEXT_COLUMN_SIGNED, CN_CELL_DATE},
                   {TEXT_COLUMN_IN_CLUSTER, CN_CELL_TEXT},    {TEXT_COLUMN_IN_CHAIN, CN_CELL_TEXT}};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        cn_table_add_column(table, "", text_of(s->lang, columns[i].title), columns[i].type, 0);
    }
    for (cn_link link = 0; link < cn_link_count(s->net) && !status; link++) {
        if (of_project(s, link, check->subject)) {
            add_part(s, check, link, table);
        }
    }
    if (!status && cn_table_row_count(table)) {
        cn_buf_add_text(&s->out, "\n");
        status = session_table(s, table, err);
    }
    cn_table_free(table);
    return status;
}

/* ---- the chain ---- */

static void write_chain(session *s, const cn_check *check) {
    bool first = true;
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        for (size_t e = 0; e < result->count && result->rule->quantity == CN_QUANTITY_UNCHAINED; e++) {
            const cn_evidence *evidence = &check->evidence[result->first + e];
            if (evidence->reason != CN_REASON_CONTRACT) {
                continue;
            }
            cn_buf what = {0};
            if (first) {
                cn_buf_add_text(&s->out, "\n");
                session_line(s, TEXT_PROJECT_CHAIN, END);
            }
            first = false;
            show_product(s, evidence->text, &what);
            if (evidence->amount != CN_MONEY_NONE) {
                cn_buf_add_text(&what, ", ");
                cn_format_money(&what, s->lang, evidence->amount, cn_network_currency(s->net));
            }
            session_line(s, TEXT_PROJECT_CHAIN_LINE, cn_entity_short(s->net, evidence->entity),
                         cn_entity_short(s->net, evidence->other), what.data ? what.data : "", END);
            s->out.failed = s->out.failed || what.failed;
            cn_buf_release(&what);
        }
    }
}

/* ---- all ---- */

static cn_status write_project(session *s, const cn_check *check, cn_error *err) {
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_PROJECT_HEAD, cn_entity_name(s->net, check->subject), cn_entity_id(s->net, check->subject),
                    END);
    write_facts(s, check);
    cn_status status = write_parts(s, check, err);
    cn_buf_add_text(&s->out, "\n");
    rules_verdict_line(s, check);
    rules_sentences(s, check);
    cn_buf_add_text(&s->out, "\n");
    status = status ? status : rules_table(s, check, err);
    write_chain(s, check);
    status = status ? status : write_plan(s, check, err);
    if (session_given(s, OPTION_EXPLAIN)) {
        rules_explain(s, check);
    }
    return status;
}

cn_status projects_write_text(session *s, const projects *p, cn_error *err) {
    cli_digits digits;
    cn_status status = CN_OK;
    session_heading(s, TEXT_PROJECTS_HEAD, digits_of(digits, p->count), END);
    rules_profile_lines(s, p->profile);
    for (size_t i = 0; i < p->count && !status; i++) {
        status = write_project(s, &p->checks[i], err);
    }
    const char *note = s->lang == CN_LANG_RU ? p->profile->note_ru : p->profile->note_en;
    if (note[0]) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_RULES_LAW, note, END);
    }
    return status;
}
