/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantities of a joint project: who takes part, whether their contracts lead to its product, plan against fact, state support. `members` of the case
 * are the project's participants here, the first ones in the order of their links. O(members · trades) for the chain, else O(links).
 */
#include "rules_case.h"

#include "coopnet/flows.h"
#include "coopnet/ident.h"

#include "utf8.h"

#include <string.h>

static void say_missing(cn__case *c, cn_reason reason) {
    cn__case_say(c, reason, c->subject, CN_NONE, CN_NONE, CN_MONEY_NONE);
}

static bool nobody(cn__case *c) {
    for (size_t i = 0; i < c->left_count; i++) {
        cn__case_say(c, c->left[i].reason, c->left[i].entity, CN_NONE, c->left[i].link, CN_MONEY_NONE);
    }
    if (!c->member_count) {
        say_missing(c, CN_REASON_NO_PROJECT_MEMBERS);
    }
    return !c->member_count;
}

/* ---- who takes part ---- */

/* Is the firm a participant, on the date, of this cluster? */
static bool in_cluster(const cn__case *c, cn_entity firm, cn_entity cluster) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) == CN_LINK_MEMBER && cn_link_from(c->net, link) == firm &&
            cn_link_to(c->net, link) == cluster && cn_link_role(c->net, link) != CN_ROLE_CANDIDATE &&
            cn__case_time(c, link) == CN_REASON_CONTRACT) {
            return true;
        }
    }
    return false;
}

/* The registered cluster to which most participants belong (the first of equals), or CN_NONE. */
static cn_entity home_cluster(const cn__case *c) {
    cn_entity best = CN_NONE;
    size_t most = 0;
    for (cn_entity e = 0; e < cn_entity_count(c->net); e++) {
        size_t count = 0;
        if (cn_entity_kind_of(c->net, e) != CN_ENTITY_CLUSTER ||
            cn_entity_enum(c->net, e, CN_FIELD_STATUS) != CN_CLUSTER_REGISTERED) {
            continue;
        }
        for (size_t i = 0; i < c->member_count; i++) {
            count += in_cluster(c, c->members[i].entity, e);
        }
        if (count > most) {
            most = count;
            best = e;
        }
    }
    return best;
}

cn__value cn__measure_outsiders(cn__case *c, const cn_rule *rule) {
    (void)rule;
    if (nobody(c)) {
        return cn__value_open();
    }
    cn_entity cluster = home_cluster(c);
    int64_t outside = 0;
    for (size_t i = 0; i < c->member_count; i++) {
        bool inside = cluster != CN_NONE && in_cluster(c, c->members[i].entity, cluster);
        outside += !inside;
        cn__case_say(c, inside ? CN_REASON_PARTICIPANT : CN_REASON_NOT_MEMBER, c->members[i].entity, cluster, CN_NONE,
                     CN_MONEY_NONE);
    }
    return cn__value_exact(outside, 1);
}

cn__value cn__measure_initiators(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t count = 0;
    for (size_t i = 0; i < c->member_count; i++) {
        if (c->members[i].role == CN_ROLE_INITIATOR) {
            count++;
            cn__case_say(c, CN_REASON_INITIATOR, c->members[i].entity, CN_NONE, c->members[i].link, CN_MONEY_NONE);
        }
    }
    if (!count) {
        say_missing(c, CN_REASON_NO_INITIATOR);
        return cn__value_open();
    }
    return cn__value_exact(count, 1);
}

cn__value cn__measure_others(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t count = 0;
    if (nobody(c)) {
        return cn__value_open();
    }
    for (size_t i = 0; i < c->member_count; i++) {
        const cn__member *member = &c->members[i];
        size_t given = 0;
        const cn_prop *paid =
            member->link == CN_NONE ? NULL : cn_link_values(c->net, member->link, CN_FIELD_CONTRIBUTION, &given);
        if (member->role != CN_ROLE_INITIATOR) {
            count++;
            cn__case_say(c, CN_REASON_IN_PROJECT, member->entity, CN_NONE, member->link,
                         given ? paid[0].as.money_minor : CN_MONEY_NONE);
        }
    }
    return cn__value_exact(count, 1);
}

cn__value cn__measure_substituting(cn__case *c, const cn_rule *rule) {
    (void)rule;
    const char *product = cn_entity_text(c->net, c->subject, CN_FIELD_PRODUCT);
    size_t given = 0;
    const cn_prop *flag = cn_entity_values(c->net, c->subject, CN_FIELD_IMPORT_SUBSTITUTING, &given);
    bool bad = product[0] && !cn_okpd2_valid(product);
    bool against = given && !flag[0].as.count;
    if (product[0]) {
        cn__case_say_text(c, bad ? CN_REASON_BAD_CODE : CN_REASON_PRODUCT, c->subject, CN_NONE, CN_MONEY_NONE, product);
    } else {
        say_missing(c, CN_REASON_NO_PRODUCT);
    }
    if (against || !given) {
        say_missing(c, against ? CN_REASON_NO_SUBSTITUTION : CN_REASON_NO_SUBSTITUTION_FLAG);
    }
    if (bad || against) {
        return cn__value_exact(0, 1);
    }
    return (cn__value){{product[0] && given, 1}, {1, 1}, CN_VERDICT_UNKNOWN};
}

/* ---- the chain ---- */

static bool makes(const cn__case *c, cn_entity firm, const char *product) {
    size_t count = 0;
    const cn_item *items = cn_entity_items(c->net, firm, CN_ITEM_MAKES, &count);
    for (size_t i = 0; i < count; i++) {
        const char *code = cn_item_text(c->net, &items[i]);
        if (cn_product_covers(product, code) || cn_product_covers(code, product)) {
            return true;
        }
    }
    return false;
}

/* Who delivers the product: the participants that make it, without any the initiator. False: nobody is known. */
static bool mark_ends(const cn__case *c, const char *product, bool *reached) {
    bool any = false;
    for (size_t i = 0; i < c->member_count && product[0]; i++) {
        reached[i] = makes(c, c->members[i].entity, product);
        any = any || reached[i];
    }
    for (size_t i = 0; i < c->member_count && !any; i++) {
        reached[i] = c->members[i].role == CN_ROLE_INITIATOR;
    }
    for (size_t i = 0; i < c->member_count; i++) {
        any = any || reached[i];
    }
    return any;
}

static void spread(const cn__case *c, uint32_t contracts, bool *reached) {
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < c->deal_count; i++) {
            const cn__deal *trade = &c->deals[i];
            cn_link_kind kind = trade->service ? CN_LINK_SERVICE : CN_LINK_SUPPLY;
            if (trade->valid && contracts & CN_KIND_BIT(kind) && reached[c->place[trade->to]] &&
                !reached[c->place[trade->from]]) {
                reached[c->place[trade->from]] = more = true;
            }
        }
    }
}

cn__value cn__measure_unchained(cn__case *c, const cn_rule *rule) {
    const char *product = cn_entity_text(c->net, c->subject, CN_FIELD_PRODUCT);
    int64_t outside = 0;
    if (nobody(c)) {
        return cn__value_open();
    }
    bool *reached = cn__calloc(c->member_count, sizeof *reached);
    c->failed = c->failed || !reached;
    bool ends = reached && mark_ends(c, product, reached);
    if (!ends || !c->deals_listed) {
        say_missing(c, ends ? CN_REASON_NO_CONTRACTS : CN_REASON_NO_INITIATOR);
        cn__free(reached);
        return cn__value_open();
    }
    spread(c, rule->contracts, reached);
    for (size_t i = 0; i < c->member_count; i++) {
        outside += !reached[i];
        cn__case_say(c, reached[i] ? CN_REASON_IN_CHAIN : CN_REASON_NO_CHAIN, c->members[i].entity, CN_NONE, CN_NONE,
                     CN_MONEY_NONE);
    }
    for (size_t i = 0; i < c->deal_count; i++) {
        if (c->deals[i].valid) {
            cn__case_say_deal(c, &c->deals[i], CN_REASON_CONTRACT);
        }
    }
    cn__free(reached);
    return cn__value_exact(outside, 1);
}

/* ---- plan against fact ---- */

bool cn__less_is_better(const cn_profile *profile, const char *indicator) {
    cn_buf name = {0};
    cn_buf word = {0};
    bool less = false;
    cn__utf8_fold(&name, indicator);
    for (size_t i = 0; i < profile->less_is_better_count && name.data && !name.failed; i++) {
        word.len = 0;
        cn__utf8_fold(&word, profile->less_is_better[i]);
        less = less || (word.data && !word.failed && word.len && strstr(name.data, word.data));
    }
    cn_buf_release(&name);
    cn_buf_release(&word);
    return less;
}

static const cn_item *fact_of(const cn__case *c, const cn_item *plan) {
    size_t count = 0;
    const cn_item *facts = cn_entity_items(c->net, c->subject, CN_ITEM_FACT, &count);
    for (size_t i = 0; i < count; i++) {
        if (facts[i].year == plan->year && strcmp(cn_item_text(c->net, &facts[i]), cn_item_text(c->net, plan)) == 0) {
            return &facts[i];
        }
    }
    return NULL;
}

static bool year_over(const cn__case *c, int32_t year) {
    cn_date whole = cn_date_make(year, 0, 0);
    return c->date == CN_DATE_NONE || whole == CN_DATE_NONE || cn_date_last_day(whole) < cn_date_last_day(c->date);
}

cn__value cn__measure_behind(cn__case *c, const cn_rule *rule) {
    (void)rule;
    size_t count = 0;
    const cn_item *plans = cn_entity_items(c->net, c->subject, CN_ITEM_PLAN, &count);
    int64_t behind = 0;
    int64_t unknown = 0;
    for (size_t i = 0; i < count; i++) {
        const char *indicator = cn_item_text(c->net, &plans[i]);
        const cn_item *fact = fact_of(c, &plans[i]);
        cn_reason reason = CN_REASON_ON_PLAN;
        if (!year_over(c, plans[i].year)) {
            reason = CN_REASON_NOT_YET_DUE;
        } else if (!fact) {
            reason = CN_REASON_NO_FACT;
            unknown++;
        } else if (cn__less_is_better(c->profile, indicator) ? fact->number > plans[i].number
                                                             : fact->number < plans[i].number) {
            reason = CN_REASON_BEHIND;
            behind++;
        }
        cn__case_say_text(c, reason, c->subject, CN_NONE, plans[i].year, indicator);
    }
    if (!count) {
        say_missing(c, CN_REASON_NO_PLAN);
        return cn__value_open();
    }
    return (cn__value){{behind, 1}, {behind + unknown, 1}, CN_VERDICT_UNKNOWN};
}

/* ---- support ---- */

static bool is_first_batch(const cn__case *c, cn_link link) {
    size_t count = 0;
    const cn_prop *props = link == CN_NONE ? NULL : cn_link_values(c->net, link, CN_FIELD_X, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cn_prop_x(c->net, &props[i]), "first_batch") == 0) {
            return strcmp(cn_prop_text(c->net, &props[i]), "true") == 0;
        }
    }
    return false;
}

static int64_t support_of(cn__case *c) {
    int64_t support = cn_entity_money(c->net, c->subject, CN_FIELD_SUPPORT);
    if (support == CN_MONEY_NONE) {
        say_missing(c, CN_REASON_NO_SUPPORT);
    } else {
        cn__case_say(c, CN_REASON_SUPPORT, c->subject, CN_NONE, CN_NONE, support);
    }
    return support;
}

cn__value cn__measure_batches(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t support = support_of(c);
    cn__wide bought = 0;
    bool open = false;
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *trade = &c->deals[i];
        if (trade->valid && is_first_batch(c, trade->link)) {
            open = open || trade->minor == CN_MONEY_NONE;
            bought += trade->minor == CN_MONEY_NONE ? 0 : trade->minor;
            cn__case_say_deal(c, trade, trade->minor == CN_MONEY_NONE ? CN_REASON_NO_VALUE : CN_REASON_BATCH);
        }
    }
    if (!bought && !open) {
        say_missing(c, CN_REASON_NO_BATCHES);
    }
    if (!bought || support == CN_MONEY_NONE) {
        return cn__value_open();
    }
    cn__value value = cn__value_exact(support, cn__case_narrow(c, bought));
    value.low = open ? (cn_measure){0, 1} : value.low;
    return value;
}

cn__value cn__measure_applicant(cn__case *c, const cn_rule *rule) {
    (void)rule;
    int64_t support = support_of(c);
    if (nobody(c) || support == CN_MONEY_NONE) {
        return cn__value_open();
    }
    if (c->member_count > 1) {
        say_missing(c, CN_REASON_NO_SPLIT);
    }
    return (cn__value){{support, (int64_t)c->member_count}, {support, 1}, CN_VERDICT_UNKNOWN};
}
