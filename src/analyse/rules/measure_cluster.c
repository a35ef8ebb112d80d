/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantities of a cluster that come from its participants and their trade (docs/rules.md has each formula with its source). Each returns the interval of what
 * the quantity can be, given what is not known, and says what it counted, left out and missed. Sums in 128 bits, fractions exact.
 * O(members + trades) each.
 */
#include "rules_case.h"

#include <string.h>

static void say_no_members(cn__case *c) {
    cn__case_say(c, CN_REASON_NO_MEMBERS, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
}

cn__value cn__measure_participants(cn__case *c, const cn_rule *rule) {
    (void)rule;
    for (size_t i = 0; i < c->member_count; i++) {
        cn__case_say(c, CN_REASON_PARTICIPANT, c->members[i].entity, CN_NONE, c->members[i].link, CN_MONEY_NONE);
    }
    for (size_t i = 0; i < c->left_count; i++) {
        cn__case_say(c, c->left[i].reason, c->left[i].entity, CN_NONE, c->left[i].link, CN_MONEY_NONE);
    }
    if (!c->member_count) {
        say_no_members(c);
        return cn__value_open();
    }
    return cn__value_exact((int64_t)c->member_count, 1);
}

cn__value cn__measure_fed_final(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t fed = 0;
    int64_t finals = 0;
    for (size_t i = 0; i < c->member_count; i++) {
        bool uses = false;
        for (size_t t = 0; t < c->deal_count && c->members[i].final_maker && !uses; t++) {
            uses = c->deals[t].valid && !c->deals[t].service && c->deals[t].to == c->members[i].entity;
        }
        if (c->members[i].final_maker) {
            finals++;
            fed += uses;
            cn__case_say(c, uses ? CN_REASON_FINAL_FED : CN_REASON_FINAL_UNFED, c->members[i].entity, CN_NONE, CN_NONE,
                         CN_MONEY_NONE);
        }
    }
    if (!c->member_count || !finals || !c->deals_listed) {
        cn__case_say(c,
                     !c->member_count ? CN_REASON_NO_MEMBERS
                     : !finals        ? CN_REASON_NO_FINAL
                                      : CN_REASON_NO_CONTRACTS,
                     c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
        return cn__value_open();
    }
    return cn__value_exact(fed, 1);
}

cn__value cn__measure_unlinked(cn__case *c, const cn_rule *rule) {
    if (!c->member_count) {
        say_no_members(c);
        return cn__value_open();
    }
    bool *linked = cn__case_linked(c, rule->contracts);
    bool known = c->deals_listed || c->part_count;
    int64_t unlinked = 0;
    for (size_t i = 0; i < c->member_count && linked && known; i++) {
        unlinked += !linked[i];
        if (!linked[i]) {
            cn__case_say(c, CN_REASON_NO_CONTRACT, c->members[i].entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        }
    }
    cn__free(linked);
    if (!known) {
        cn__case_say(c, CN_REASON_NO_CONTRACTS, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
        return cn__value_open();
    }
    return cn__value_exact(unlinked, 1);
}

/* ---- levels of cooperation ---- */

/* Supplies of a participant to the others; `open` when the value of one of them is not given. */
typedef struct sale {
    cn__wide minor;
    bool open;
} sale;

/* By member. NULL: memory. */
static sale *find_sales(cn__case *c) {
    sale *sales = cn__calloc(c->member_count, sizeof *sales);
    c->failed = c->failed || !sales;
    for (size_t i = 0; i < c->deal_count && sales; i++) {
        const cn__deal *trade = &c->deals[i];
        uint32_t seller = c->place[trade->from];
        if (seller != CN_NONE) {
            sales[seller].minor += trade->reason == CN_REASON_CONTRACT ? trade->minor : 0;
            sales[seller].open = sales[seller].open || trade->reason == CN_REASON_NO_VALUE;
        }
    }
    return sales;
}

static int64_t output_of(cn__case *c, const cn__member *member) {
    return member->output == CN_MONEY_NONE ? CN_MONEY_NONE
                                           : cn__case_narrow(c, (cn__wide)member->output + member->grown);
}

/* Narrow an interval of the smallest of several fractions by one more. */
static void take_smaller(cn_measure *smallest, cn_measure next) {
    if (next.denominator && (!smallest->denominator || cn__measure_compare(next, *smallest) < 0)) {
        *smallest = next;
    }
}

cn__value cn__measure_own_level(cn__case *c, const cn_rule *rule) {
    cn__value value = {{0, 0}, {0, 0}, CN_VERDICT_UNKNOWN};
    cn_measure threshold = {rule->threshold_micro, CN_MICRO};
    sale *sales = find_sales(c);
    for (size_t i = 0; sales && i < c->member_count; i++) {
        const cn__member *member = &c->members[i];
        bool open = sales[i].open;
        int64_t sold = cn__case_narrow(c, sales[i].minor);
        int64_t output = output_of(c, member);
        if (member->final_maker || output == 0) {
            cn__case_say(c, member->final_maker ? CN_REASON_FINAL_OUTPUT : CN_REASON_NO_OWN_OUTPUT, member->entity,
                         CN_NONE, CN_NONE, CN_MONEY_NONE);
            continue;
        }
        if (output == CN_MONEY_NONE) {
            cn__case_say(c, CN_REASON_NO_OUTPUT, member->entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
            take_smaller(&value.low, (cn_measure){0, 1});
            continue;
        }
        cn_measure share = {sold, output};
        bool below = !open && cn__measure_compare(share, threshold) < 0;
        cn__case_say_share(c, below ? CN_REASON_BELOW : CN_REASON_OWN_SHARE, member->entity, sold, output);
        take_smaller(&value.low, share);
        take_smaller(&value.high, open ? (cn_measure){0, 0} : share);
        if (open) {
            cn__case_say(c, CN_REASON_NO_VALUE, member->entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        }
    }
    cn__free(sales);
    if (!value.low.denominator) {
        if (!c->member_count) {
            say_no_members(c);
        }
        return cn__value_open();
    }
    if (!c->deals_listed) {
        cn__case_say(c, CN_REASON_NO_CONTRACTS, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
        return cn__value_open();
    }
    return value;
}

/* The trade above the line; false when a value is missing. */
static bool sum_trades(cn__case *c, cn__wide *sum) {
    bool complete = true;
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *trade = &c->deals[i];
        *sum += trade->reason == CN_REASON_CONTRACT ? trade->minor : 0;
        complete = complete && trade->reason != CN_REASON_NO_VALUE;
        cn__case_say_deal(c, trade, trade->reason);
    }
    return complete;
}

/* The output below it; false when one is missing. */
static bool sum_outputs(cn__case *c, const cn_rule *rule, cn__wide *sum) {
    bool complete = true;
    for (size_t i = 0; i < c->member_count; i++) {
        const cn__member *member = &c->members[i];
        int64_t output = output_of(c, member);
        if (rule->without_final_makers && member->final_maker) {
            cn__case_say(c, CN_REASON_FINAL_OUTPUT, member->entity, CN_NONE, CN_NONE, output);
        } else if (output == CN_MONEY_NONE) {
            complete = false;
            cn__case_say(c, CN_REASON_NO_OUTPUT, member->entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        } else {
            *sum += output;
            cn__case_say(c, CN_REASON_OUTPUT, member->entity, CN_NONE, CN_NONE, output);
        }
    }
    return complete;
}

cn__value cn__measure_level(cn__case *c, const cn_rule *rule) {
    cn__wide sold = 0;
    cn__wide made = 0;
    if (!c->member_count || !c->deals_listed) {
        cn__case_say(c, c->member_count ? CN_REASON_NO_CONTRACTS : CN_REASON_NO_MEMBERS, c->subject, CN_NONE, CN_NONE,
                     CN_MONEY_NONE);
        return cn__value_open();
    }
    bool values = sum_trades(c, &sold);
    bool outputs = sum_outputs(c, rule, &made);
    cn__value value = cn__value_exact(cn__case_narrow(c, sold), cn__case_narrow(c, made));
    if (!outputs) {
        value.low = (cn_measure){0, 1};
    }
    if (!values || !made) {
        value.high = (cn_measure){0, 0};
    }
    return made ? value : cn__value_open();
}

/* ---- people ---- */

static int64_t count_of(const cn__case *c, cn_entity entity, cn_field field) {
    size_t count = 0;
    const cn_prop *props = cn_entity_values(c->net, entity, field, &count);
    return !count ? -1 : props[0].as.count > INT64_MAX ? INT64_MAX : (int64_t)props[0].as.count;
}

cn__value cn__measure_hp_jobs(cn__case *c, const cn_rule *rule) {
    (void)rule;
    cn__wide jobs = 0;
    cn__wide perhaps = 0;
    cn__wide people = 0;
    bool complete = c->member_count != 0;
    for (size_t i = 0; i < c->member_count; i++) {
        cn_entity entity = c->members[i].entity;
        int64_t heads = count_of(c, entity, CN_FIELD_HEADCOUNT);
        int64_t good = count_of(c, entity, CN_FIELD_HP_JOBS);
        if (heads < 0) {
            complete = false;
            cn__case_say(c, CN_REASON_NO_HEADCOUNT, entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
            continue;
        }
        people += heads;
        jobs += good < 0 ? 0 : good;
        perhaps += good < 0 ? heads : good;
        if (good < 0) {
            cn__case_say(c, CN_REASON_NO_HP_JOBS, entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        } else {
            cn__case_say_share(c, CN_REASON_JOBS, entity, good, heads);
        }
    }
    if (!c->member_count) {
        say_no_members(c);
    }
    if (!complete || !people) {
        return (cn__value){{0, 1}, {1, 1}, CN_VERDICT_UNKNOWN};
    }
    int64_t all = cn__case_narrow(c, people);
    return (cn__value){{cn__case_narrow(c, jobs), all}, {cn__case_narrow(c, perhaps), all}, CN_VERDICT_UNKNOWN};
}

static int64_t region_figure(const cn__case *c) {
    const char *region = cn_entity_text(c->net, c->subject, CN_FIELD_REGION);
    for (size_t i = 0; i < c->profile->figure_count; i++) {
        if (region[0] && strcmp(c->profile->figures[i].region, region) == 0) {
            return c->profile->figures[i].minor;
        }
    }
    return CN_MONEY_NONE;
}

cn__value cn__measure_productivity(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t figure = region_figure(c);
    cn__wide made = 0;
    cn__wide people = 0;
    bool complete = c->member_count != 0 && figure > 0;
    for (size_t i = 0; i < c->member_count; i++) {
        int64_t heads = count_of(c, c->members[i].entity, CN_FIELD_HEADCOUNT);
        int64_t output = output_of(c, &c->members[i]);
        if (heads < 0 || output == CN_MONEY_NONE) {
            complete = false;
            cn__case_say(c, heads < 0 ? CN_REASON_NO_HEADCOUNT : CN_REASON_NO_OUTPUT, c->members[i].entity, CN_NONE,
                         CN_NONE, CN_MONEY_NONE);
        } else {
            made += output;
            people += heads;
        }
    }
    if (!c->member_count) {
        say_no_members(c);
    }
    if (figure <= 0) {
        cn__case_say_text(c, CN_REASON_NO_REGION_FIGURE, c->subject, CN_NONE, CN_MONEY_NONE,
                          cn_entity_text(c->net, c->subject, CN_FIELD_REGION));
    }
    if (!complete || !people) {
        return cn__value_open();
    }
    return cn__value_exact(cn__case_narrow(c, made), cn__case_narrow(c, people * figure));
}

/* ---- special territories ---- */

static bool is_marked(const cn__case *c, cn_entity entity) {
    size_t count = 0;
    const cn_prop *props = cn_entity_values(c->net, entity, CN_FIELD_X, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cn_prop_x(c->net, &props[i]), "special_territory") == 0) {
            return strcmp(cn_prop_text(c->net, &props[i]), "true") == 0;
        }
    }
    return false;
}

static bool in_special_region(const cn__case *c, cn_entity entity) {
    const char *region = cn_entity_text(c->net, entity, CN_FIELD_REGION);
    for (size_t i = 0; i < c->profile->special_region_count; i++) {
        if (strcmp(c->profile->special_regions[i], region) == 0) {
            return true;
        }
    }
    return false;
}

/* Which members reside in a special park, by member, in one pass over the links. NULL: memory. */
static bool *find_parked(cn__case *c) {
    uint32_t links = cn_link_count_of(c->net, CN_LINK_RESIDENT) > 0 ? cn_link_count(c->net) : 0;
    bool *parked = cn__calloc(c->member_count, sizeof *parked);
    c->failed = c->failed || !parked;
    for (cn_link link = 0; parked && link < links; link++) {
        uint32_t member = c->place[cn_link_from(c->net, link)];
        if (cn_link_kind_of(c->net, link) == CN_LINK_RESIDENT && member != CN_NONE &&
            cn__case_time(c, link) == CN_REASON_CONTRACT) {
            int type = cn_entity_enum(c->net, cn_link_to(c->net, link), CN_FIELD_TYPE);
            parked[member] = parked[member] || (type > 0 && c->profile->special_parks >> type & 1u);
        }
    }
    return parked;
}

/* What nobody says is special counts as not special: the ordinary threshold is the safe one. */
cn__value cn__measure_special(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t special = 0;
    bool *parked = find_parked(c);
    for (size_t i = 0; parked && i < c->member_count; i++) {
        cn_entity entity = c->members[i].entity;
        if (is_marked(c, entity) || in_special_region(c, entity) || parked[i]) {
            special++;
            cn__case_say(c, CN_REASON_TERRITORY, entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        }
    }
    cn__free(parked);
    if (!c->member_count) {
        say_no_members(c);
        return cn__value_open();
    }
    return cn__value_exact(special, (int64_t)c->member_count);
}

/* ---- the functional map ---- */

static int64_t gaps_of_trades(cn__case *c) {
    int64_t gaps = 0;
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *trade = &c->deals[i];
        if (trade->valid && !trade->product[0]) {
            gaps++;
            cn__case_say_deal(c, trade, CN_REASON_MAP_CODE);
        }
        if (trade->valid && trade->minor == CN_MONEY_NONE) {
            gaps++;
            cn__case_say_deal(c, trade, CN_REASON_MAP_VALUE);
        }
    }
    return gaps;
}

static bool trades_in_project(const cn__case *c, const cn__part *part) {
    for (size_t i = 0; i < c->part_count; i++) {
        for (size_t t = 0; t < c->deal_count && c->parts[i].project == part->project; t++) {
            cn_entity a = c->members[part->member].entity;
            cn_entity b = c->members[c->parts[i].member].entity;
            const cn__deal *trade = &c->deals[t];
            if (trade->valid && ((trade->from == a && trade->to == b) || (trade->from == b && trade->to == a))) {
                return true;
            }
        }
    }
    return false;
}

static int64_t gaps_of_projects(cn__case *c) {
    int64_t gaps = 0;
    for (size_t i = 0; i < c->part_count; i++) {
        if (!trades_in_project(c, &c->parts[i])) {
            gaps++;
            cn__case_say(c, CN_REASON_MAP_PROJECT, c->members[c->parts[i].member].entity, c->parts[i].project, CN_NONE,
                         CN_MONEY_NONE);
        }
    }
    return gaps;
}

cn__value cn__measure_map_gaps(cn__case *c, const cn_rule *rule) {
    cn__value unlinked = cn__measure_unlinked(c, rule);
    if (!unlinked.high.denominator) {
        return unlinked;
    }
    int64_t gaps = unlinked.low.numerator;
    bool anchor = false;
    for (size_t i = 0; i < c->member_count; i++) {
        anchor = anchor || c->members[i].anchor;
        if (c->members[i].role == CN_ROLE_NONE) {
            gaps++;
            cn__case_say(c, CN_REASON_MAP_ROLE, c->members[i].entity, CN_NONE, CN_NONE, CN_MONEY_NONE);
        }
    }
    if (!anchor) {
        gaps++;
        cn__case_say(c, CN_REASON_MAP_ANCHOR, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
    }
    gaps += gaps_of_trades(c);
    gaps += gaps_of_projects(c);
    return cn__value_exact(gaps, 1);
}
