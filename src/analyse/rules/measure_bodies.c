/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantities of a cluster that come from the bodies round it: infrastructure, the managing (specialised) organisation, agreements, regions, the register. Each
 * returns the interval of what the quantity can be. Where nothing of a kind is listed at all, it is unknown, not zero.
 * O(links · members) at most.
 */
#include "rules_case.h"

#include <string.h>

/* ---- bodies tied to the cluster ---- */

static bool right_type(const cn__case *c, const cn_rule *rule, cn_entity entity) {
    int type = cn_entity_enum(c->net, entity, CN_FIELD_TYPE);
    if (cn_entity_kind_of(c->net, entity) == CN_ENTITY_PARK) {
        return type > 0 && rule->park_types >> type & 1u;
    }
    if (!rule->org_types && !rule->park_types) {
        return true;
    }
    return cn_entity_kind_of(c->net, entity) == CN_ENTITY_ORGANISATION && type > 0 && rule->org_types >> type & 1u;
}

static bool said_before(const cn__case *c, cn_link_kind kind, cn_link link) {
    for (cn_link earlier = 0; earlier < link; earlier++) {
        if (cn_link_kind_of(c->net, earlier) == kind && cn_link_to(c->net, earlier) == c->subject &&
            cn_link_from(c->net, earlier) == cn_link_from(c->net, link) &&
            cn__case_time(c, earlier) == CN_REASON_CONTRACT) {
            return true;
        }
    }
    return false;
}

static cn__value count_bodies(cn__case *c, const cn_rule *rule, cn_link_kind kind, cn_reason used, cn_reason none) {
    int64_t count = 0;
    bool any = false;
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) != kind || cn_link_to(c->net, link) != c->subject) {
            continue;
        }
        cn_entity body = cn_link_from(c->net, link);
        cn_reason time = cn__case_time(c, link);
        bool fits = right_type(c, rule, body);
        any = true;
        if (time == CN_REASON_CONTRACT && fits && said_before(c, kind, link)) {
            continue;
        }
        count += time == CN_REASON_CONTRACT && fits;
        cn__case_say(c,
                     time != CN_REASON_CONTRACT ? time
                     : fits                     ? used
                                                : CN_REASON_OTHER_TYPE,
                     body, CN_NONE, link, CN_MONEY_NONE);
    }
    if (!any) {
        cn__case_say(c, none, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
        return cn__value_open();
    }
    return cn__value_exact(count, 1);
}

cn__value cn__measure_serving(cn__case *c, const cn_rule *rule) {
    return count_bodies(c, rule, CN_LINK_SERVES, CN_REASON_BODY, CN_REASON_NO_SERVING);
}

cn__value cn__measure_managers(cn__case *c, const cn_rule *rule) {
    return count_bodies(c, rule, CN_LINK_MANAGES, CN_REASON_MANAGER, CN_REASON_NO_MANAGER);
}

/* ---- agreements with the managing organisation ---- */

static bool manages(const cn__case *c, cn_entity entity) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) == CN_LINK_MANAGES && cn_link_to(c->net, link) == c->subject &&
            cn_link_from(c->net, link) == entity && cn__case_time(c, link) == CN_REASON_CONTRACT) {
            return true;
        }
    }
    return false;
}

static bool any_manager(const cn__case *c) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) == CN_LINK_MANAGES && cn_link_to(c->net, link) == c->subject &&
            cn__case_time(c, link) == CN_REASON_CONTRACT) {
            return true;
        }
    }
    return false;
}

/* The partner of a managing organisation in an agreement link in force, or CN_NONE. */
static cn_entity partner_of_manager(const cn__case *c, cn_link link) {
    cn_entity from = cn_link_from(c->net, link);
    cn_entity to = cn_link_to(c->net, link);
    if (cn_link_kind_of(c->net, link) != CN_LINK_AGREEMENT || cn__case_time(c, link) != CN_REASON_CONTRACT) {
        return CN_NONE;
    }
    return manages(c, from) ? to : manages(c, to) ? from : CN_NONE;
}

static bool any_signed(const cn__case *c) {
    for (size_t i = 0; i < c->member_count; i++) {
        if (c->members[i].signed_on != CN_DATE_NONE) {
            return true;
        }
    }
    return false;
}

/* Mark by entity who has an agreement with a managing organisation; false when none is listed at all. */
static bool mark_partners(cn__case *c, bool **partners) {
    bool any = false;
    uint32_t count = cn_entity_count(c->net);
    *partners = cn__calloc(count ? count : 1, sizeof **partners);
    c->failed = c->failed || !*partners;
    for (cn_link link = 0; *partners && link < cn_link_count(c->net); link++) {
        cn_entity partner = partner_of_manager(c, link);
        if (partner != CN_NONE) {
            (*partners)[partner] = true;
            any = true;
        }
    }
    return any;
}

static void say_missing(cn__case *c, cn_reason reason) {
    cn__case_say(c, reason, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
}

cn__value cn__measure_uncovered(cn__case *c, const cn_rule *rule) {
    if (!c->member_count || !any_manager(c)) {
        say_missing(c, c->member_count ? CN_REASON_NO_MANAGER : CN_REASON_NO_MEMBERS);
        return cn__value_open();
    }
    bool *partners = NULL;
    bool any = mark_partners(c, &partners);
    int64_t open = 0;
    if (!any && !(rule->counts_participation && any_signed(c))) {
        cn__free(partners);
        say_missing(c, CN_REASON_NO_AGREEMENTS);
        return cn__value_open();
    }
    for (size_t i = 0; i < c->member_count && partners; i++) {
        const cn__member *member = &c->members[i];
        bool covered = partners[member->entity] || (rule->counts_participation && cn__case_past(c, member->signed_on));
        open += !covered;
        if (!covered) {
            cn__case_say(c, CN_REASON_UNCOVERED, member->entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        }
    }
    cn__free(partners);
    return cn__value_exact(open, 1);
}

cn__value cn__measure_signed(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t count = 0;
    if (!c->member_count || !any_signed(c)) {
        say_missing(c, c->member_count ? CN_REASON_NO_AGREEMENTS : CN_REASON_NO_MEMBERS);
        return (cn__value){{0, 1}, {1, 1}, CN_VERDICT_UNKNOWN};
    }
    for (size_t i = 0; i < c->member_count; i++) {
        bool is_signed = cn__case_past(c, c->members[i].signed_on);
        count += is_signed;
        cn__case_say(c, is_signed ? CN_REASON_AGREEMENT : CN_REASON_UNSIGNED, c->members[i].entity, CN_NONE, CN_NONE,
                     CN_MONEY_NONE);
    }
    return cn__value_exact(count, (int64_t)c->member_count);
}

/* ---- regions ---- */

static bool region_before(const cn__case *c, size_t member, const char *region) {
    for (size_t i = 0; i < member; i++) {
        if (strcmp(cn_entity_text(c->net, c->members[i].entity, CN_FIELD_REGION), region) == 0) {
            return true;
        }
    }
    return false;
}

static bool region_agreed(const cn__case *c, const bool *partners, const char *region) {
    for (size_t i = 0; i < c->change_count; i++) {
        if (c->changes[i].kind == CN_CHANGE_REGION && strcmp(c->changes[i].product, region) == 0) {
            return true;
        }
    }
    for (cn_entity e = 0; e < cn_entity_count(c->net); e++) {
        if (partners[e] && cn_entity_kind_of(c->net, e) == CN_ENTITY_ORGANISATION &&
            cn_entity_enum(c->net, e, CN_FIELD_TYPE) == CN_ORG_AUTHORITY &&
            strcmp(cn_entity_text(c->net, e, CN_FIELD_REGION), region) == 0) {
            return true;
        }
    }
    return false;
}

cn__value cn__measure_open_regions(cn__case *c, const cn_rule *rule) {
    (void)rule;
    if (!c->member_count || !any_manager(c)) {
        say_missing(c, c->member_count ? CN_REASON_NO_MANAGER : CN_REASON_NO_MEMBERS);
        return cn__value_open();
    }
    bool *partners = NULL;
    int64_t open = 0;
    int64_t unknown = 0;
    (void)mark_partners(c, &partners);
    for (size_t i = 0; i < c->member_count && partners; i++) {
        cn_entity entity = c->members[i].entity;
        const char *region = cn_entity_text(c->net, entity, CN_FIELD_REGION);
        if (!region[0]) {
            unknown++;
            cn__case_say(c, CN_REASON_NO_REGION, entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        } else if (!region_before(c, i, region)) {
            bool agreed = region_agreed(c, partners, region);
            open += !agreed;
            cn__case_say_text(c, agreed ? CN_REASON_REGION : CN_REASON_REGION_OPEN, CN_NONE, CN_NONE, CN_MONEY_NONE,
                              region);
        }
    }
    cn__free(partners);
    return (cn__value){{open, 1}, {open + unknown, 1}, CN_VERDICT_UNKNOWN};
}

/* ---- the register ---- */

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/* The day `years` later; of 29 February the last of February. */
static int32_t days_after(int32_t day, int64_t years) {
    int32_t low = 1;
    int32_t high = 9999;
    while (low < high) { /* the year of the day */
        int32_t middle = (low + high + 1) / 2;
        if (cn_date_first_day(cn_date_make(middle, 0, 0)) <= day) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    int64_t year = low + years;
    if (year > 9999) {
        return INT32_MAX;
    }
    int32_t in_year = day - cn_date_first_day(cn_date_make(low, 0, 0));
    in_year += is_leap((int)year) && !is_leap(low) && in_year >= 59;
    in_year -= !is_leap((int)year) && is_leap(low) && in_year >= 59;
    return cn_date_first_day(cn_date_make((int)year, 0, 0)) + in_year;
}

/* Years begun from a decision to a day: the smallest k with day <= decision + k years. */
static int64_t years_to(int32_t decision, int32_t day) {
    int64_t years = 0;
    while (days_after(decision, years) < day) {
        years++;
    }
    return years;
}

cn__value cn__measure_register(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int status = cn_entity_enum(c->net, c->subject, CN_FIELD_STATUS);
    cn_date decision = cn_entity_date(c->net, c->subject, CN_FIELD_DECISION_DATE);
    for (size_t i = 0; i < c->change_count; i++) {
        if (c->changes[i].kind == CN_CHANGE_REGISTER) {
            return cn__value_exact(0, 1);
        }
    }
    if (status == CN_CLUSTER_CANDIDATE || status == CN_CLUSTER_EXPIRED) {
        say_missing(c, status == CN_CLUSTER_CANDIDATE ? CN_REASON_NOT_REGISTERED : CN_REASON_EXPIRED);
        cn__value value = cn__value_open();
        value.forced = CN_VERDICT_NOT_MET;
        return value;
    }
    if (status == CN_CLUSTER_NONE || decision == CN_DATE_NONE || c->date == CN_DATE_NONE) {
        say_missing(c, status == CN_CLUSTER_NONE  ? CN_REASON_NO_STATUS
                       : decision == CN_DATE_NONE ? CN_REASON_NO_DECISION
                                                  : CN_REASON_NO_DATE);
        return cn__value_open();
    }
    cn__case_say(c, CN_REASON_DECISION, c->subject, CN_NONE, CN_NONE, (int64_t)decision);
    if (!cn__case_past(c, decision)) {
        say_missing(c, CN_REASON_NOT_REGISTERED);
        cn__value value = cn__value_open();
        value.forced = CN_VERDICT_NOT_MET;
        return value;
    }
    return (cn__value){{years_to(cn_date_last_day(decision), cn_date_first_day(c->date)), 1},
                       {years_to(cn_date_first_day(decision), cn_date_last_day(c->date)), 1},
                       CN_VERDICT_UNKNOWN};
}
