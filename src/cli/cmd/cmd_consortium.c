/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet consortium: the fewest, nearest and best bound members around a leader who together make what is needed, and what nobody makes.
 */
#include "show_risk.h"

#include "coopnet/consortium.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *text_in(const cn_buf *buf) { return buf->data ? buf->data : ""; }

/* ---- the question ---- */

typedef struct question {
    cn_consortium_query query;
    char *list; /* the codes of --needs, each ended */
    const char **codes;
} question;

static void question_release(question *q) {
    free(q->list);
    free(q->codes);
}

/* "24.10, 27.32" into codes; the query borrows them. */
static bool split_needs(const session *s, question *q) {
    const char *text = s->options.text[OPTION_NEEDS];
    size_t len = text ? strlen(text) : 0;
    q->list = malloc(len + 1);
    q->codes = malloc((len + 1) * sizeof *q->codes);
    if (!q->list || !q->codes) {
        return false;
    }
    memcpy(q->list, text ? text : "", len + 1);
    for (char *at = q->list; text && *at;) {
        char *end = at + strcspn(at, ",");
        bool last = *end == '\0';
        *end = '\0';
        at += strspn(at, " ");
        for (char *tail = end; tail > at && tail[-1] == ' '; tail--) {
            tail[-1] = '\0';
        }
        if (*at) {
            q->codes[q->query.need_count++] = at;
        }
        at = last ? end : end + 1;
    }
    q->query.needs = q->codes;
    return true;
}

static int read_question(const session *s, question *q) {
    q->query.leader = CN_NONE;
    q->query.project = CN_NONE;
    q->query.max_members = (uint32_t)s->options.number[OPTION_MAX_MEMBERS];
    q->query.top = session_given(s, OPTION_CONSORTIUM_TOP) ? (size_t)s->options.number[OPTION_CONSORTIUM_TOP] : 0;
    if (!split_needs(s, q)) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    int code = session_given(s, OPTION_LEADER) ? session_org(s, OPTION_LEADER, &q->query.leader) : EXIT_DONE;
    if (!code && session_given(s, OPTION_PROJECT)) {
        code = session_org(s, OPTION_PROJECT, &q->query.project);
        if (!code && cn_entity_kind_of(s->net, q->query.project) != CN_ENTITY_PROJECT) {
            code = session_misuse(s, TEXT_CONSORTIUM_NO_PROJECT, s->options.text[OPTION_PROJECT], END);
        }
    }
    return code;
}

/* ---- text ---- */

static void names_of_core(const session *s, const cn_consortium *c, cn_buf *out) {
    for (size_t i = 1; i < c->core_count; i++) {
        cn_buf_add_text(out, i > 1 ? ", " : "");
        cn_buf_add_text(out, cn_entity_short(s->net, c->core[i]));
    }
}

static void write_member(session *s, const cn_consortium *c, const cn_team_member *member) {
    cn_buf makes = {0}, how = {0}, number = {0};
    cli_digits hops;
    for (uint32_t i = 0; i < member->seat_count; i++) {
        const cn_team_seat *seat = &c->seats[member->seat_start + i];
        cn_buf_add_text(&makes, i ? ", " : "");
        show_product(s, c->needs[seat->need].code, &makes);
        if (seat->free_capacity > 0) {
            cn_buf money = {0};
            show_money(s, seat->free_capacity, &money);
            text_add(&makes, s->lang, TEXT_CONSORTIUM_FREE, text_in(&money), END);
            cn_buf_release(&money);
        }
    }
    if (member->hops == CN_NONE) {
        cn_buf_add_text(&how, text_of(s->lang, TEXT_CONSORTIUM_FAR));
    } else {
        text_add(&how, s->lang, TEXT_CONSORTIUM_HOPS, digits_of(hops, member->hops), END);
    }
    cn_buf_add_text(&how, text_of(s->lang, member->contract ? TEXT_CONSORTIUM_BOUND : TEXT_CONSORTIUM_UNBOUND));
    if (!isnan(member->km)) {
        cn_format_number(&number, s->lang, member->km, member->km < 10 ? 1 : 0);
        text_add(&how, s->lang, TEXT_CONSORTIUM_KM, text_in(&number), END);
    }
    session_line(s, TEXT_CONSORTIUM_MEMBER, cn_entity_short(s->net, member->org), text_in(&makes), text_in(&how), END);
    cn_buf_release(&makes);
    cn_buf_release(&how);
    cn_buf_release(&number);
}

static void write_team(session *s, const cn_consortium *c, size_t i) {
    const cn_team *team = &c->teams[i];
    cli_digits number, members, hops, far, unbound, left;
    uint32_t joined = 0, steps = 0;
    for (uint32_t k = 0; k < team->member_count; k++) {
        const cn_team_member *member = &c->members[team->member_start + k];
        joined += member->hops != CN_NONE;
        steps += member->hops != CN_NONE ? member->hops : 0;
    }
    session_heading(s, TEXT_CONSORTIUM_TEAM, digits_of(number, i + 1), digits_of(members, team->member_count),
                    digits_of(hops, steps), digits_of(far, team->member_count - joined),
                    digits_of(unbound, team->no_contract), END);
    for (uint32_t k = 0; k < team->member_count; k++) {
        write_member(s, c, &c->members[team->member_start + k]);
    }
    if (team->uncovered) {
        session_line(s, TEXT_CONSORTIUM_LEFT, digits_of(left, team->uncovered), END);
    }
}

static void write_gap(session *s, const cn_consortium_need *need) {
    cn_buf product = {0}, near = {0};
    show_product(s, need->code, &product);
    if (need->holder != CN_NONE) {
        text_add(&near, s->lang, TEXT_CONSORTIUM_NEAREST, cn_entity_short(s->net, need->holder), need->holder_made,
                 END);
    }
    if (need->abroad) {
        cn_buf_add_text(&near, text_of(s->lang, TEXT_CONSORTIUM_ABROAD));
    }
    session_line(s, TEXT_CONSORTIUM_GAP_ROW, text_in(&product), text_in(&near), END);
    cn_buf_release(&product);
    cn_buf_release(&near);
}

static size_t count_state(const cn_consortium *c, cn_need_state state) {
    size_t count = 0;
    for (size_t i = 0; i < c->need_count; i++) {
        count += c->needs[i].state == state;
    }
    return count;
}

static void write_needs(session *s, const cn_consortium *c) {
    cn_buf held = {0};
    cli_digits all, have, gaps, open, candidates;
    for (size_t i = 0; i < c->need_count; i++) {
        if (c->needs[i].state == CN_NEED_HELD) {
            cn_buf_add_text(&held, held.len ? ", " : "");
            text_add(&held, s->lang, TEXT_CONSORTIUM_HELD, c->needs[i].code,
                     cn_entity_short(s->net, c->needs[i].holder), END);
        }
    }
    session_line(s, TEXT_CONSORTIUM_NEEDS, digits_of(all, c->need_count), digits_of(have, count_state(c, CN_NEED_HELD)),
                 digits_of(open, count_state(c, CN_NEED_OPEN)), digits_of(candidates, c->candidates),
                 digits_of(gaps, count_state(c, CN_NEED_GAP)), END);
    if (held.len) {
        session_line(s, TEXT_CONSORTIUM_HAVE, text_in(&held), END);
    }
    cn_buf_release(&held);
}

static void write_text(session *s, const cn_consortium *c) {
    cn_buf core = {0}, bound = {0};
    if (c->project != CN_NONE) {
        session_heading(s, TEXT_CONSORTIUM_PROJECT, cn_entity_name(s->net, c->project), END);
    }
    names_of_core(s, c, &core);
    session_heading(s, core.len ? TEXT_CONSORTIUM_LEADER_WITH : TEXT_CONSORTIUM_LEADER,
                    cn_entity_name(s->net, c->leader), text_in(&core), END);
    write_needs(s, c);
    for (size_t i = 0; i < c->team_count; i++) {
        cn_buf_add_text(&s->out, "\n");
        write_team(s, c, i);
    }
    cn_buf_add_text(&s->out, "\n");
    if (count_state(c, CN_NEED_GAP)) {
        session_heading(s, TEXT_CONSORTIUM_GAP, END);
    }
    for (size_t i = 0; i < c->need_count; i++) {
        if (c->needs[i].state == CN_NEED_GAP) {
            write_gap(s, &c->needs[i]);
        }
    }
    if (!count_state(c, CN_NEED_OPEN)) {
        session_line(s, TEXT_CONSORTIUM_NONE, END);
    } else if (c->exact) {
        session_line(s, TEXT_CONSORTIUM_EXACT, END);
    } else {
        cn_format_number(&bound, s->lang, c->bound, 2);
        session_line(s, TEXT_CONSORTIUM_GREEDY, text_in(&bound), END);
    }
    cn_buf_release(&core);
    cn_buf_release(&bound);
}

/* ---- JSON and CSV ---- */

static const char *const states[] = {"held", "open", "gap"};

static void member_json(const session *s, json *j, const cn_consortium *c, const cn_team_member *member) {
    json_begin(j, NULL, '{');
    json_text(j, "id", cn_entity_id(s->net, member->org));
    json_text(j, "name", cn_entity_name(s->net, member->org));
    json_number(j, "hops", member->hops == CN_NONE ? (double)NAN : member->hops);
    json_flag(j, "contract", member->contract);
    json_number(j, "km", member->km);
    json_begin(j, "covers", '[');
    for (uint32_t i = 0; i < member->seat_count; i++) {
        const cn_team_seat *seat = &c->seats[member->seat_start + i];
        json_begin(j, NULL, '{');
        json_text(j, "need", c->needs[seat->need].code);
        json_text(j, "made", seat->made);
        json_number(j, "free_capacity", seat->free_capacity);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

static void needs_json(const session *s, json *j, const cn_consortium *c) {
    json_begin(j, "needs", '[');
    for (size_t i = 0; i < c->need_count; i++) {
        const cn_consortium_need *need = &c->needs[i];
        json_begin(j, NULL, '{');
        json_text(j, "need", need->code);
        json_text(j, "state", states[need->state]);
        json_text_or_null(j, need->state == CN_NEED_GAP ? "nearest" : "made_by",
                          need->holder == CN_NONE ? "" : cn_entity_id(s->net, need->holder));
        json_text_or_null(j, "made", need->holder_made);
        json_count(j, "makers", need->makers);
        json_flag(j, "made_abroad", need->abroad);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_json(session *s, const cn_consortium *c) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    show_entity_json(s, &j, "leader", c->leader);
    if (c->project != CN_NONE) {
        show_entity_json(s, &j, "project", c->project);
    }
    json_begin(&j, "core", '[');
    for (size_t i = 0; i < c->core_count; i++) {
        json_text(&j, NULL, cn_entity_id(s->net, c->core[i]));
    }
    json_end(&j, ']');
    needs_json(s, &j, c);
    json_count(&j, "candidates", c->candidates);
    json_flag(&j, "exact", c->exact);
    json_number(&j, "members_at_most_times_the_least", c->bound);
    json_begin(&j, "teams", '[');
    for (size_t i = 0; i < c->team_count; i++) {
        const cn_team *team = &c->teams[i];
        json_begin(&j, NULL, '{');
        json_count(&j, "uncovered", team->uncovered);
        json_count(&j, "hops", team->hops);
        json_count(&j, "without_contract", team->no_contract);
        json_count(&j, "km", team->km);
        json_begin(&j, "members", '[');
        for (uint32_t k = 0; k < team->member_count; k++) {
            member_json(s, &j, c, &c->members[team->member_start + k]);
        }
        json_end(&j, ']');
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
}

/* A row for each seat of each team, then one for each gap. */
static cn_status write_csv(session *s, const cn_consortium *c, cn_error *err) {
    static const char *const texts[] = {"id", "name", "need", "made"};
    static const char *const numbers[] = {"free_capacity", "hops", "contract", "km"};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "team", "", CN_CELL_COUNT, 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_table_add_column(table, texts[i], "", CN_CELL_TEXT, 0);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_column(table, numbers[i], "", CN_CELL_NUMBER, 0);
    }
    for (size_t t = 0; t < c->team_count; t++) {
        for (uint32_t k = 0; k < c->teams[t].member_count; k++) {
            const cn_team_member *member = &c->members[c->teams[t].member_start + k];
            for (uint32_t i = 0; i < member->seat_count; i++) {
                const cn_team_seat *seat = &c->seats[member->seat_start + i];
                cn_table_add_count(table, (int64_t)t + 1);
                cn_table_add_text(table, cn_entity_id(s->net, member->org));
                cn_table_add_text(table, cn_entity_name(s->net, member->org));
                cn_table_add_text(table, c->needs[seat->need].code);
                cn_table_add_text(table, seat->made);
                cn_table_add_number(table, seat->free_capacity);
                cn_table_add_number(table, member->hops == CN_NONE ? (double)NAN : member->hops);
                cn_table_add_number(table, member->contract);
                cn_table_add_number(table, member->km);
            }
        }
    }
    status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static int answer(session *s, const question *q) {
    cn_error err = {0};
    cn_consortium found = {0};
    cn_status status = cn_consortium_find(s->net, &q->query, &found, &err);
    if (!status && session_format_is(s, "json")) {
        write_json(s, &found);
    } else if (!status && session_format_is(s, "csv")) {
        status = write_csv(s, &found, &err);
    } else if (!status) {
        write_text(s, &found);
    }
    cn_consortium_release(&found);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_consortium(session *s) {
    question q = {.query = {.leader = CN_NONE}};
    if (!session_given(s, OPTION_PROJECT) && !(session_given(s, OPTION_LEADER) && session_given(s, OPTION_NEEDS))) {
        return session_misuse(s, TEXT_CONSORTIUM_USAGE, END);
    }
    int code = session_open(s);
    code = code ? code : read_question(s, &q);
    code = code ? code : answer(s, &q);
    question_release(&q);
    return code;
}
