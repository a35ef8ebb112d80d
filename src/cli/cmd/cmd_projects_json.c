/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet projects as JSON. Money is in units of the currency. */
#include "cmd_projects.h"

#include <math.h>
#include <stdlib.h>

static void add_money(json *j, const char *key, int64_t minor) {
    json_number(j, key, minor == CN_MONEY_NONE ? (double)NAN : (double)minor / 100);
}

static void add_participants(const session *s, json *j, cn_entity project) {
    json_begin(j, "participants", '[');
    for (cn_link link = 0; link < cn_link_count(s->net); link++) {
        size_t count = 0;
        if (cn_link_kind_of(s->net, link) != CN_LINK_PARTICIPANT || cn_link_to(s->net, link) != project) {
            continue;
        }
        json_begin(j, NULL, '{');
        json_text(j, "id", cn_entity_id(s->net, cn_link_from(s->net, link)));
        json_text_or_null(j, "role", cn_vocabulary_key(CN_VOC_ROLE, cn_link_role(s->net, link)));
        const cn_prop *paid = cn_link_values(s->net, link, CN_FIELD_CONTRIBUTION, &count);
        add_money(j, "contribution", count ? paid->as.money_minor : CN_MONEY_NONE);
        const cn_prop *signed_on = cn_link_values(s->net, link, CN_FIELD_SIGNED, &count);
        json_date(j, "agreement", count ? (cn_date)signed_on->as.count : CN_DATE_NONE);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_plan(session *s, json *j, const cn_check *check) {
    plan_row *rows = NULL;
    size_t count = 0;
    s->out.failed = s->out.failed || !projects_plan(s, check, &rows, &count);
    json_begin(j, "plan", '[');
    for (size_t i = 0; i < count && rows; i++) {
        json_begin(j, NULL, '{');
        json_number(j, "year", rows[i].year);
        json_text(j, "indicator", rows[i].indicator);
        json_number(j, "plan", rows[i].plan);
        json_number(j, "fact", rows[i].fact);
        json_text_or_null(j, "state", rows[i].state == CN_REASON_COUNT ? "" : cn_reason_key(rows[i].state));
        json_end(j, '}');
    }
    json_end(j, ']');
    free(rows);
}

void projects_write_json(session *s, const projects *p) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    rules_profile_json(&j, p->profile);
    json_begin(&j, "projects", '[');
    for (size_t i = 0; i < p->count; i++) {
        cn_entity project = p->checks[i].subject;
        json_begin(&j, NULL, '{');
        json_text(&j, "id", cn_entity_id(s->net, project));
        json_text(&j, "name", cn_entity_name(s->net, project));
        json_text_or_null(&j, "product", cn_entity_text(s->net, project, CN_FIELD_PRODUCT));
        add_money(&j, "budget", cn_entity_money(s->net, project, CN_FIELD_BUDGET));
        add_money(&j, "support", cn_entity_money(s->net, project, CN_FIELD_SUPPORT));
        add_participants(s, &j, project);
        rules_json(s, &j, &p->checks[i]);
        add_plan(s, &j, &p->checks[i]);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
}
