/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet comply as text, second half: what would lift each rule that is not met, what each departure would cost, what expires when. */
#include "cmd_comply.h"

#include <string.h>

/* Ids of a set of rules: "R3, R13". */
void comply_rule_ids(const cn_check *check, uint64_t set, cn_buf *out) {
    size_t count = 0;
    for (size_t i = 0; i < check->result_count && i < 64; i++) {
        if (set >> i & 1) {
            cn_buf_add_text(out, count++ ? ", " : "");
            cn_buf_add_text(out, check->results[i].rule->id);
        }
    }
}

/* A value of a rule as it is after a change. */
static void add_reached(const session *s, const cn_rule_result *result, cn_measure measure, cn_buf *out) {
    cn_rule_result after = *result;
    after.low = after.high = measure;
    rules_value(s, &after, out);
}

/* ---- one change in words ---- */

static void add_supply(const session *s, const cn_remedy *row, const cn_change *edit, cn_buf *out) {
    cn_buf sum = {0};
    cn_buf product = {0};
    cn_format_money(&sum, s->lang, edit->minor, cn_network_currency(s->net));
    show_product(s, edit->product ? edit->product : "", &product);
    text_add(out, s->lang, row->existing ? TEXT_REMEDY_ENLARGE : TEXT_REMEDY_SUPPLY,
             cn_entity_short(s->net, edit->entity), cn_entity_short(s->net, edit->other),
             product.data ? product.data : "", sum.data ? sum.data : "", END);
    out->failed = out->failed || sum.failed || product.failed;
    cn_buf_release(&sum);
    cn_buf_release(&product);
}

static void add_edit(const session *s, const cn_remedy *row, const cn_change *edit, cn_buf *out) {
    const char *name = edit->kind == CN_CHANGE_REGION || edit->kind == CN_CHANGE_REGISTER
                           ? (edit->product ? edit->product : "")
                           : cn_entity_short(s->net, edit->entity);
    switch (edit->kind) {
    case CN_CHANGE_SUPPLY:
    case CN_CHANGE_GROW:
        add_supply(s, row, edit, out);
        return;
    case CN_CHANGE_JOIN:
        text_add(out, s->lang, TEXT_REMEDY_JOIN, name, END);
        return;
    case CN_CHANGE_SIGN:
        text_add(out, s->lang, TEXT_REMEDY_SIGN, name, END);
        return;
    case CN_CHANGE_REGION:
        text_add(out, s->lang, TEXT_REMEDY_REGION, name, END);
        return;
    case CN_CHANGE_REGISTER:
        text_add(out, s->lang, TEXT_REMEDY_REGISTER, END);
        return;
    case CN_CHANGE_LEAVE:
        return;
    }
}

/* ---- remedies ---- */

static void add_details(const session *s, const comply *c, const cn_remedy *row, cn_buf *out) {
    const cn_rule_result *result = &c->remedies.check.results[row->result];
    cn_buf value = {0};
    cn_buf most = {0};
    cn_buf others = {0};
    add_reached(s, result, row->reached, &value);
    cn_buf_add_text(out, ": ");
    text_add(out, s->lang, TEXT_REMEDY_REACHES, value.data ? value.data : "", END);
    if (row->most_minor != CN_MONEY_NONE && row->most_minor > row->changes[0].minor && row->at_most.denominator) {
        value.len = 0;
        cn_format_money(&most, s->lang, row->most_minor, cn_network_currency(s->net));
        add_reached(s, result, row->at_most, &value);
        text_add(out, s->lang, TEXT_REMEDY_UP_TO, most.data ? most.data : "", value.data ? value.data : "", END);
    }
    if (row->changes[0].kind == CN_CHANGE_SUPPLY && cn_quantity_is_money(result->rule->quantity)) {
        value.len = 0;
        if (row->grown_minor != CN_MONEY_NONE) {
            cn_format_money(&value, s->lang, row->grown_minor, cn_network_currency(s->net));
            text_add(out, s->lang, TEXT_REMEDY_GROWN_FROM, value.data ? value.data : "", END);
        } else {
            cn_buf_add_text(out, text_of(s->lang, row->also_when_grown ? TEXT_REMEDY_GROWN : TEXT_REMEDY_NOT_GROWN));
        }
    }
    comply_rule_ids(&c->remedies.check, row->lifts & ~(UINT64_C(1) << (row->result & 63)), &others);
    if (others.len) {
        text_add(out, s->lang, TEXT_REMEDY_LIFTS, others.data, END);
    }
    others.len = 0;
    comply_rule_ids(&c->remedies.check, row->breaks, &others);
    if (others.len) {
        text_add(out, s->lang, TEXT_REMEDY_BREAKS, others.data, END);
    }
    out->failed = out->failed || value.failed || most.failed || others.failed;
    cn_buf_release(&value);
    cn_buf_release(&most);
    cn_buf_release(&others);
}

static void write_remedy(session *s, const comply *c, const cn_remedy *row) {
    cn_buf line = {0};
    for (size_t i = 0; i < row->change_count; i++) {
        cn_buf_add_text(&line, i ? "; " : "");
        add_edit(s, row, &row->changes[i], &line);
    }
    add_details(s, c, row, &line);
    session_line(s, TEXT_REMEDY_LINE, line.data ? line.data : "", END);
    s->out.failed = s->out.failed || line.failed;
    cn_buf_release(&line);
}

void comply_write_remedies(session *s, const comply *c) {
    const cn_check *check = &c->remedies.check;
    if (!check->not_met) {
        return;
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_REMEDIES_HEAD, END);
    for (uint32_t i = 0; i < check->result_count; i++) {
        bool any = false;
        if (check->results[i].verdict != CN_VERDICT_NOT_MET || check->results[i].rule->report) {
            continue;
        }
        session_line(s, TEXT_REMEDY_RULE, check->results[i].rule->id, rules_title(s, check->results[i].rule), END);
        for (size_t r = 0; r < c->remedies.count; r++) {
            if (c->remedies.rows[r].result == i) {
                write_remedy(s, c, &c->remedies.rows[r]);
                any = true;
            }
        }
        if (!any) {
            session_line(s, TEXT_REMEDY_NONE, END);
        }
    }
}

/* ---- departures ---- */

cn_status comply_write_departures(session *s, const comply *c, cn_error *err) {
    cn_table *table = NULL;
    const cn_check *check = &c->check;
    cn_status status = c->departure_count ? cn_table_create(&table, err) : CN_OK;
    if (status || !c->departure_count) {
        return status;
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_DEPARTURES_HEAD, END);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_LEAVES), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_LEVEL), CN_CELL_NUMBER, 2);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_FALLS), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_RISES), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < c->departure_count; i++) {
        const cn_departure *row = &c->departures[i];
        cn_buf falls = {0};
        cn_buf rises = {0};
        comply_rule_ids(check, row->falls, &falls);
        comply_rule_ids(check, row->rises, &rises);
        cn_table_add_text(table, cn_entity_short(s->net, row->entity));
        cn_table_add_number(table, comply_percent(row->level));
        cn_table_add_text(table, falls.len ? falls.data : "–");
        cn_table_add_text(table, rises.len ? rises.data : "–");
        cn_buf_release(&falls);
        cn_buf_release(&rises);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

/* ---- calendar ---- */

void comply_write_calendar(session *s, const comply *c) {
    if (!c->term_count) {
        return;
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CALENDAR_HEAD, END);
    for (size_t i = 0; i < c->term_count; i++) {
        const cn_term *term = &c->terms[i];
        cn_buf date = {0};
        cn_buf who = {0};
        cn_format_date(&date, s->lang, term->date);
        text_add_clean(&who, cn_entity_short(s->net, term->entity));
        if (term->other != CN_NONE && term->other != c->cluster) {
            cn_buf_add_text(&who, " → ");
            text_add_clean(&who, cn_entity_short(s->net, term->other));
        }
        if (term->link != CN_NONE && cn_link_product(s->net, term->link)[0]) {
            cn_buf_add_text(&who, ", ");
            show_product(s, cn_link_product(s->net, term->link), &who);
        }
        session_line(s, TEXT_CALENDAR_LINE, date.data ? date.data : "", cn_term_name(term->kind, s->lang),
                     who.data ? who.data : "", END);
        s->out.failed = s->out.failed || date.failed || who.failed;
        cn_buf_release(&date);
        cn_buf_release(&who);
    }
}
