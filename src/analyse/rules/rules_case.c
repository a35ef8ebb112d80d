/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts of a case: who takes part on the date, who trades with whom, who shares a project; supposed changes are applied here, so that every quantity
 * sees the same world. Invariant: members are in the order of their links (supposed ones last), each entity once; `place` leads back to them. What is
 * listed but does not count keeps its reason. O(entities + links).
 */
#include "rules_case.h"

#include <string.h>

/* ---- dates ---- */

static bool date_begins_after(cn_date date, cn_date when) { return cn_date_first_day(date) > cn_date_last_day(when); }

cn_reason cn__case_time(const cn__case *c, cn_link link) {
    cn_link_status status = cn_link_status_of(c->net, link);
    cn_date since = cn_link_since(c->net, link);
    if (status == CN_STATUS_BROKEN) {
        return CN_REASON_BROKEN;
    }
    if (status == CN_STATUS_PLANNED) {
        return CN_REASON_PLANNED;
    }
    if (c->date == CN_DATE_NONE || cn_date_covers(since, cn_link_until(c->net, link), c->date)) {
        return CN_REASON_CONTRACT;
    }
    return since != CN_DATE_NONE && date_begins_after(since, c->date) ? CN_REASON_LATER : CN_REASON_ENDED;
}

bool cn__case_past(const cn__case *c, cn_date date) {
    return date != CN_DATE_NONE && (c->date == CN_DATE_NONE || !date_begins_after(date, c->date));
}

bool cn__case_has(const cn__case *c, cn_entity entity) { return c->place[entity] != CN_NONE; }

/* ---- members ---- */

static const cn_change *find_edit(const cn__case *c, cn_change_kind kind, cn_entity entity) {
    for (size_t i = 0; i < c->change_count; i++) {
        if (c->changes[i].kind == kind && c->changes[i].entity == entity) {
            return &c->changes[i];
        }
    }
    return NULL;
}

static cn_date signed_on(const cn__case *c, cn_link link) {
    size_t count = 0;
    const cn_prop *props = cn_link_values(c->net, link, CN_FIELD_SIGNED, &count);
    return count ? (cn_date)props[0].as.count : CN_DATE_NONE;
}

static bool company_role(const cn__case *c, cn_entity entity, cn_role role) {
    size_t count = 0;
    const cn_prop *props = cn_entity_values(c->net, entity, CN_FIELD_ROLE, &count);
    for (size_t i = 0; i < count; i++) {
        if (props[i].as.count == (uint64_t)role) {
            return true;
        }
    }
    return false;
}

static void add_member(cn__case *c, cn_entity entity, cn_link link) {
    if (!cn__grow((void **)&c->members, &c->member_cap, c->member_count, 1, sizeof *c->members)) {
        c->failed = true;
        return;
    }
    cn_role role = link == CN_NONE ? CN_ROLE_PARTICIPANT : cn_link_role(c->net, link);
    bool supposed = link == CN_NONE || find_edit(c, CN_CHANGE_SIGN, entity);
    c->place[entity] = (uint32_t)c->member_count;
    c->members[c->member_count++] =
        (cn__member){.entity = entity,
                     .link = link,
                     .role = role,
                     .signed_on = supposed && c->date != CN_DATE_NONE ? c->date
                                  : link == CN_NONE                   ? cn_date_make(1, 0, 0)
                                                                      : signed_on(c, link),
                     .final_maker = role == CN_ROLE_FINAL_MAKER || company_role(c, entity, CN_ROLE_FINAL_MAKER),
                     .anchor = role == CN_ROLE_ANCHOR || company_role(c, entity, CN_ROLE_ANCHOR),
                     .output = cn_entity_money(c->net, entity, CN_FIELD_OUTPUT)};
    if (supposed && c->date == CN_DATE_NONE) {
        c->members[c->member_count - 1].signed_on = cn_date_make(1, 0, 0);
    }
}

static void add_left(cn__case *c, cn_entity entity, cn_link link, cn_reason reason) {
    if (!cn__grow((void **)&c->left, &c->left_cap, c->left_count, 1, sizeof *c->left)) {
        c->failed = true;
        return;
    }
    c->left[c->left_count++] = (cn__left_member){entity, link, reason};
}

/* Why a listed member of a cluster, or of a project, does not count; CONTRACT when it does. */
static cn_reason judge_member(const cn__case *c, cn_link link) {
    cn_entity entity = cn_link_from(c->net, link);
    cn_reason time = cn__case_time(c, link);
    if (time != CN_REASON_CONTRACT) {
        return time;
    }
    if (cn_link_role(c->net, link) == CN_ROLE_CANDIDATE) {
        return CN_REASON_CANDIDATE;
    }
    if (cn_entity_kind_of(c->net, entity) != CN_ENTITY_COMPANY) {
        return CN_REASON_NO_FIRM;
    }
    return cn__case_has(c, entity) ? CN_REASON_TWICE : CN_REASON_CONTRACT;
}

static void find_members(cn__case *c, cn_link_kind kind) {
    for (cn_link link = 0; link < cn_link_count(c->net) && !c->failed; link++) {
        if (cn_link_kind_of(c->net, link) != kind || cn_link_to(c->net, link) != c->subject) {
            continue;
        }
        cn_entity entity = cn_link_from(c->net, link);
        cn_reason reason = judge_member(c, link);
        if (find_edit(c, CN_CHANGE_LEAVE, entity)) {
            continue;
        }
        if (reason == CN_REASON_CONTRACT) {
            add_member(c, entity, link);
        } else {
            add_left(c, entity, link, reason);
        }
    }
    for (size_t i = 0; i < c->change_count && !c->failed; i++) {
        if (c->changes[i].kind == CN_CHANGE_JOIN && !cn__case_has(c, c->changes[i].entity)) {
            add_member(c, c->changes[i].entity, CN_NONE);
        }
    }
}

/* ---- trade ---- */

static void add_deal(cn__case *c, cn__deal trade) {
    if (!cn__grow((void **)&c->deals, &c->deal_cap, c->deal_count, 1, sizeof *c->deals)) {
        c->failed = true;
        return;
    }
    c->deals[c->deal_count++] = trade;
}

static cn_reason judge_trade(const cn__case *c, const cn__deal *trade) {
    size_t units = 0;
    cn_reason time = cn__case_time(c, trade->link);
    (void)cn_link_values(c->net, trade->link, CN_FIELD_UNIT, &units);
    if (time != CN_REASON_CONTRACT) {
        return time;
    }
    if (!cn__case_has(c, trade->from) || !cn__case_has(c, trade->to)) {
        return CN_REASON_OTHER_OUTSIDE;
    }
    if (trade->service) {
        return CN_REASON_SERVICE;
    }
    return units ? CN_REASON_OTHER_UNIT : trade->minor == CN_MONEY_NONE ? CN_REASON_NO_VALUE : CN_REASON_CONTRACT;
}

static bool listed(const cn__case *c, const bool *known, cn_entity entity) {
    return cn__case_has(c, entity) || known[entity];
}

static void find_trades(cn__case *c, const bool *known) {
    for (cn_link link = 0; link < cn_link_count(c->net) && !c->failed; link++) {
        cn_link_kind kind = cn_link_kind_of(c->net, link);
        cn__deal trade = {.from = cn_link_from(c->net, link),
                          .to = cn_link_to(c->net, link),
                          .link = link,
                          .service = kind == CN_LINK_SERVICE};
        if ((kind != CN_LINK_SUPPLY && kind != CN_LINK_SERVICE) ||
            (!listed(c, known, trade.from) && !listed(c, known, trade.to))) {
            continue;
        }
        trade.minor = cn_link_value_minor(c->net, link);
        trade.product = cn_link_product(c->net, link);
        trade.reason = judge_trade(c, &trade);
        trade.valid =
            cn__case_time(c, link) == CN_REASON_CONTRACT && cn__case_has(c, trade.from) && cn__case_has(c, trade.to);
        c->deals_listed = c->deals_listed || cn__case_has(c, trade.from) || cn__case_has(c, trade.to);
        add_deal(c, trade);
    }
    for (size_t i = 0; i < c->change_count && !c->failed; i++) {
        const cn_change *edit = &c->changes[i];
        bool grow = edit->kind == CN_CHANGE_GROW;
        if ((edit->kind == CN_CHANGE_SUPPLY || grow) && cn__case_has(c, edit->entity) && cn__case_has(c, edit->other)) {
            c->members[c->place[edit->entity]].grown += grow ? edit->minor : 0;
            c->deals_listed = true;
            add_deal(c, (cn__deal){.from = edit->entity,
                                   .to = edit->other,
                                   .link = CN_NONE,
                                   .valid = true,
                                   .minor = edit->minor,
                                   .product = edit->product ? edit->product : "",
                                   .reason = CN_REASON_CONTRACT});
        }
    }
}

/* ---- projects ---- */

static bool project_runs(const cn__case *c, cn_entity project) {
    int status = cn_entity_enum(c->net, project, CN_FIELD_STATUS);
    return status != CN_PROJECT_STOPPED && status != CN_PROJECT_DONE &&
           (c->date == CN_DATE_NONE || cn_date_covers(cn_entity_date(c->net, project, CN_FIELD_SINCE),
                                                      cn_entity_date(c->net, project, CN_FIELD_UNTIL), c->date));
}

static void find_parts(cn__case *c) {
    for (cn_link link = 0; link < cn_link_count(c->net) && !c->failed; link++) {
        cn_entity from = cn_link_from(c->net, link);
        if (cn_link_kind_of(c->net, link) != CN_LINK_PARTICIPANT || !cn__case_has(c, from) ||
            cn__case_time(c, link) != CN_REASON_CONTRACT || !project_runs(c, cn_link_to(c->net, link))) {
            continue;
        }
        if (!cn__grow((void **)&c->parts, &c->part_cap, c->part_count, 1, sizeof *c->parts)) {
            c->failed = true;
            return;
        }
        c->parts[c->part_count++] = (cn__part){cn_link_to(c->net, link), c->place[from]};
    }
}

bool *cn__case_linked(cn__case *c, uint32_t contracts) {
    bool *linked = cn__calloc(c->member_count ? c->member_count : 1, sizeof *linked);
    if (!linked) {
        c->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *trade = &c->deals[i];
        cn_link_kind kind = trade->service ? CN_LINK_SERVICE : CN_LINK_SUPPLY;
        if (trade->valid && contracts & CN_KIND_BIT(kind)) {
            linked[c->place[trade->from]] = linked[c->place[trade->to]] = true;
        }
    }
    for (size_t i = 0; i < c->part_count && contracts & CN_KIND_BIT(CN_LINK_PARTICIPANT); i++) {
        for (size_t k = 0; k < c->part_count; k++) {
            if (c->parts[k].project == c->parts[i].project && c->parts[k].member != c->parts[i].member) {
                linked[c->parts[i].member] = true;
            }
        }
    }
    return linked;
}

/* ---- the whole ---- */

static bool edits_sound(const cn_network *net, const cn_check_options *options) {
    for (size_t i = 0; options && i < options->change_count; i++) {
        const cn_change *edit = &options->changes[i];
        bool trade = edit->kind == CN_CHANGE_SUPPLY || edit->kind == CN_CHANGE_GROW;
        bool firm = edit->kind != CN_CHANGE_REGION && edit->kind != CN_CHANGE_REGISTER;
        if ((firm && edit->entity >= cn_entity_count(net)) ||
            (trade && (edit->other >= cn_entity_count(net) || edit->minor < 0 || edit->other == edit->entity)) ||
            (edit->kind == CN_CHANGE_REGION && !edit->product)) {
            return false;
        }
    }
    return true;
}

cn_status cn__case_begin(cn__case *c, const cn_network *net, cn_entity subject, const cn_profile *profile,
                         const cn_check_options *options, cn_error *err) {
    cn_date date = options ? options->date : CN_DATE_NONE;
    memset(c, 0, sizeof *c);
    c->net = net;
    c->profile = profile;
    c->subject = subject;
    c->date = date != CN_DATE_NONE ? date : cn_network_as_of_date(net);
    c->changes = options ? options->changes : NULL;
    c->change_count = options ? options->change_count : 0;
    if (!edits_sound(net, options)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, RULES_EDIT);
    }
    uint32_t count = cn_entity_count(net);
    bool *known = cn__calloc(count ? count : 1, sizeof *known);
    c->place = cn__alloc(count, sizeof *c->place);
    if (!known || !c->place) {
        cn__free(known);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        c->place[i] = CN_NONE;
    }
    find_members(c, cn_entity_kind_of(net, subject) == CN_ENTITY_CLUSTER ? CN_LINK_MEMBER : CN_LINK_PARTICIPANT);
    for (size_t i = 0; i < c->left_count; i++) {
        known[c->left[i].entity] = true;
    }
    find_trades(c, known);
    find_parts(c);
    cn__free(known);
    return c->failed ? CN__NO_MEMORY(err) : CN_OK;
}

void cn__case_release(cn__case *c) {
    cn__free(c->members);
    cn__free(c->left);
    cn__free(c->place);
    cn__free(c->deals);
    cn__free(c->parts);
}

/* ---- evidence and numbers ---- */

static void say(cn__case *c, cn_evidence evidence) {
    cn_check *check = c->check;
    if (!cn__grow((void **)&check->evidence, &c->evidence_cap, check->evidence_count, 1, sizeof *check->evidence)) {
        c->failed = true;
        return;
    }
    check->evidence[check->evidence_count++] = evidence;
}

void cn__case_say(cn__case *c, cn_reason reason, cn_entity entity, cn_entity other, cn_link link, int64_t amount) {
    say(c, (cn_evidence){reason, entity, other, link, amount, CN_MONEY_NONE, ""});
}

void cn__case_say_share(cn__case *c, cn_reason reason, cn_entity entity, int64_t amount, int64_t of) {
    say(c, (cn_evidence){reason, entity, CN_NONE, CN_NONE, amount, of, ""});
}

void cn__case_say_text(cn__case *c, cn_reason reason, cn_entity entity, cn_entity other, int64_t amount,
                       const char *text) {
    say(c, (cn_evidence){reason, entity, other, CN_NONE, amount, CN_MONEY_NONE, text});
}

void cn__case_say_deal(cn__case *c, const cn__deal *trade, cn_reason reason) {
    say(c, (cn_evidence){reason, trade->from, trade->to, trade->link, trade->minor, CN_MONEY_NONE, trade->product});
}

int64_t cn__case_narrow(cn__case *c, cn__wide sum) {
    c->beyond = c->beyond || sum > INT64_MAX;
    return sum > INT64_MAX ? INT64_MAX : (int64_t)sum;
}

int cn__measure_compare(cn_measure a, cn_measure b) {
    cn__wide left = (cn__wide)a.numerator * b.denominator;
    cn__wide right = (cn__wide)b.numerator * a.denominator;
    return left < right ? -1 : left > right;
}
