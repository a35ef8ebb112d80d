/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet comply as JSON: every verdict with its numbers; facts that speak against or are missing, with --explain all; remedies, departures, calendar. */
#include "cmd_comply.h"

static void add_rule_set(json *j, const char *key, const cn_check *check, uint64_t set) {
    json_begin(j, key, '[');
    for (size_t i = 0; i < check->result_count && i < 64; i++) {
        if (set >> i & 1) {
            json_text(j, NULL, check->results[i].rule->id);
        }
    }
    json_end(j, ']');
}

static void add_edit(const session *s, json *j, const cn_change *edit) {
    static const char *const kinds[] = {"leave", "join", "supply", "supply", "sign", "region", "register"};
    bool supply = edit->kind == CN_CHANGE_SUPPLY || edit->kind == CN_CHANGE_GROW;
    bool firm = edit->kind != CN_CHANGE_REGION && edit->kind != CN_CHANGE_REGISTER;
    json_begin(j, NULL, '{');
    json_text(j, "change", kinds[edit->kind]);
    json_text_or_null(j, "id", firm ? cn_entity_id(s->net, edit->entity) : "");
    if (supply) {
        json_text(j, "to", cn_entity_id(s->net, edit->other));
        json_number(j, "value", (double)edit->minor / 100);
    }
    if (edit->product && edit->product[0]) {
        json_text(j, supply ? "product" : "region", edit->product);
    }
    json_end(j, '}');
}

static void add_remedy(const session *s, json *j, const comply *c, const cn_remedy *row) {
    const cn_check *check = &c->remedies.check;
    json_begin(j, NULL, '{');
    json_text(j, "rule", check->results[row->result].rule->id);
    json_begin(j, "changes", '[');
    for (size_t i = 0; i < row->change_count; i++) {
        add_edit(s, j, &row->changes[i]);
    }
    json_end(j, ']');
    json_flag(j, "existing_contract", row->existing);
    json_number(j, "reached", comply_percent(row->reached) / 100);
    if (row->most_minor != CN_MONEY_NONE) {
        json_number(j, "up_to", (double)row->most_minor / 100);
        json_number(j, "reached_with_all", comply_percent(row->at_most) / 100);
    }
    if (row->grown_minor != CN_MONEY_NONE) {
        json_number(j, "least_when_output_grows", (double)row->grown_minor / 100);
    }
    json_flag(j, "also_when_output_grows", row->also_when_grown);
    add_rule_set(j, "lifts", check, row->lifts);
    add_rule_set(j, "breaks", check, row->breaks);
    json_end(j, '}');
}

static void add_ahead(const session *s, json *j, const comply *c) {
    json_begin(j, "remedies", '[');
    for (size_t i = 0; i < c->remedies.count; i++) {
        add_remedy(s, j, c, &c->remedies.rows[i]);
    }
    json_end(j, ']');
    json_begin(j, "departures", '[');
    for (size_t i = 0; i < c->departure_count; i++) {
        const cn_departure *row = &c->departures[i];
        json_begin(j, NULL, '{');
        json_text(j, "id", cn_entity_id(s->net, row->entity));
        json_text(j, "verdict", cn_verdict_key(row->verdict));
        json_number(j, "cooperation_level", comply_percent(row->level) / 100);
        add_rule_set(j, "falls", &c->check, row->falls);
        add_rule_set(j, "rises", &c->check, row->rises);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_begin(j, "calendar", '[');
    for (size_t i = 0; i < c->term_count; i++) {
        json_begin(j, NULL, '{');
        json_date(j, "date", c->terms[i].date);
        json_text(j, "what", cn_term_key(c->terms[i].kind));
        json_text(j, "id", cn_entity_id(s->net, c->terms[i].entity));
        json_text_or_null(j, "other", c->terms[i].other == CN_NONE ? "" : cn_entity_id(s->net, c->terms[i].other));
        json_end(j, '}');
    }
    json_end(j, ']');
}

cn_status comply_write_json(session *s, const comply *c, cn_error *err) {
    json j = {&s->out, 0, true};
    (void)err;
    json_begin(&j, NULL, '{');
    show_entity_json(s, &j, "cluster", c->cluster);
    json_flag(&j, "registered", c->check.registered);
    rules_profile_json(&j, c->profile);
    json_count(&j, "participants", c->check.participant_count);
    rules_json(s, &j, &c->check);
    add_ahead(s, &j, c);
    json_end(&j, '}');
    return CN_OK;
}
