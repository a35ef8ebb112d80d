/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What begins and ends after the date of a check: the decision (its term from the profile), memberships, contracts between participants, agreements, projects. Ordered by day, kind and link. O(links).
 */
#include "coopnet/remedy.h"

#include "rules_case.h"

#include <stdlib.h>

static const struct {
    const char *key;
    const char *en;
    const char *ru;
} names[CN_TERM_COUNT] = {
#define CN_TERM(id, key, en, ru) {key, en, ru},
#include "coopnet/rules.def"
};

const char *cn_term_key(cn_term_kind kind) { return names[kind].key; }
const char *cn_term_name(cn_term_kind kind, cn_lang lang) {
    return lang == CN_LANG_RU ? names[kind].ru : names[kind].en;
}

typedef struct calendar {
    const cn__case *c;
    cn_term *terms;
    size_t count;
    size_t cap;
    bool failed;
} calendar;

static void add(calendar *k, cn_date date, cn_term_kind kind, cn_entity entity, cn_entity other, cn_link link) {
    if (date == CN_DATE_NONE ||
        (k->c->date != CN_DATE_NONE && cn_date_last_day(date) < cn_date_first_day(k->c->date))) {
        return;
    }
    if (!cn__grow((void **)&k->terms, &k->cap, k->count, 1, sizeof *k->terms)) {
        k->failed = true;
        return;
    }
    k->terms[k->count++] = (cn_term){date, kind, entity, other, link};
}

/* The same day so many years later; 29 February becomes the 28th. */
static cn_date years_later(cn_date date, int64_t years) {
    int year = 0;
    int month = 0;
    int day = 0;
    cn_date_parts(date, &year, &month, &day);
    if (years > 9999 || year + years > 9999) {
        return CN_DATE_NONE;
    }
    cn_date later = cn_date_make(year + (int)years, month, day);
    return later == CN_DATE_NONE && day == 29 ? cn_date_make(year + (int)years, month, 28) : later;
}

static void add_decision(calendar *k) {
    const cn__case *c = k->c;
    cn_date decision = cn_entity_date(c->net, c->subject, CN_FIELD_DECISION_DATE);
    for (size_t i = 0; i < c->profile->rule_count && decision != CN_DATE_NONE; i++) {
        const cn_rule *rule = &c->profile->rules[i];
        if (rule->quantity == CN_QUANTITY_REGISTER_YEARS && rule->comparison == CN_AT_MOST) {
            add(k, years_later(decision, rule->threshold_micro / CN_MICRO), CN_TERM_DECISION_ENDS, c->subject, CN_NONE,
                CN_NONE);
            return;
        }
    }
}

static bool begins_later(const cn__case *c, cn_date since) {
    return since != CN_DATE_NONE && c->date != CN_DATE_NONE && cn_date_first_day(since) > cn_date_last_day(c->date);
}

static bool lapsed(const cn__case *c, cn_link link) { return cn_link_status_of(c->net, link) == CN_STATUS_BROKEN; }

static void add_link(calendar *k, cn_link link, cn_term_kind ends, cn_term_kind begins) {
    const cn__case *c = k->c;
    cn_entity from = cn_link_from(c->net, link);
    cn_entity to = cn_link_to(c->net, link);
    if (!lapsed(c, link)) {
        add(k, cn_link_until(c->net, link), ends, from, to, link);
        if (begins_later(c, cn_link_since(c->net, link))) {
            add(k, cn_link_since(c->net, link), begins, from, to, link);
        }
    }
}

/* Is the entity a manager of the cluster or the cluster itself, so that its agreements matter? */
static bool is_ours(const cn__case *c, cn_entity entity) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) == CN_LINK_MANAGES && cn_link_to(c->net, link) == c->subject &&
            cn_link_from(c->net, link) == entity) {
            return true;
        }
    }
    return entity == c->subject || cn__case_has(c, entity);
}

static void add_links(calendar *k) {
    const cn__case *c = k->c;
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        cn_entity from = cn_link_from(c->net, link);
        cn_entity to = cn_link_to(c->net, link);
        cn_link_kind kind = cn_link_kind_of(c->net, link);
        bool dated = cn_link_until(c->net, link) != CN_DATE_NONE || cn_link_since(c->net, link) != CN_DATE_NONE;
        if (!dated) {
            continue;
        }
        if (kind == CN_LINK_MEMBER && to == c->subject) {
            add_link(k, link, CN_TERM_MEMBER_ENDS, CN_TERM_MEMBER_BEGINS);
        } else if ((kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE) && cn__case_has(c, from) &&
                   cn__case_has(c, to)) {
            add_link(k, link, CN_TERM_CONTRACT_ENDS, CN_TERM_CONTRACT_BEGINS);
        } else if (kind == CN_LINK_AGREEMENT && (is_ours(c, from) || is_ours(c, to))) {
            add_link(k, link, CN_TERM_AGREEMENT_ENDS, CN_TERM_AGREEMENT_BEGINS);
        } else if ((kind == CN_LINK_SERVES || kind == CN_LINK_MANAGES) && to == c->subject) {
            add_link(k, link, CN_TERM_BODY_ENDS, CN_TERM_BODY_BEGINS);
        }
    }
}

static void add_projects(calendar *k) {
    const cn__case *c = k->c;
    for (size_t i = 0; i < c->part_count; i++) {
        bool before = false;
        for (size_t b = 0; b < i; b++) {
            before = before || c->parts[b].project == c->parts[i].project;
        }
        if (!before) {
            add(k, cn_entity_date(c->net, c->parts[i].project, CN_FIELD_UNTIL), CN_TERM_PROJECT_ENDS,
                c->parts[i].project, CN_NONE, CN_NONE);
        }
    }
}

static int compare_terms(const void *a, const void *b) {
    const cn_term *x = a;
    const cn_term *y = b;
    if (x->date != y->date) {
        return x->date < y->date ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->entity != y->entity) {
        return x->entity < y->entity ? -1 : 1;
    }
    return x->link < y->link ? -1 : x->link > y->link;
}

cn_status cn_calendar_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                              const cn_check_options *options, cn_term **terms, size_t *count, cn_error *err) {
    cn__case c;
    calendar k = {.c = &c};
    cn_check_options plain = {.date = options ? options->date : CN_DATE_NONE};
    *terms = NULL;
    *count = 0;
    if (cluster >= cn_entity_count(net) || cn_entity_kind_of(net, cluster) != CN_ENTITY_CLUSTER) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, RULES_NO_CLUSTER, "");
    }
    cn_status status = cn__case_begin(&c, net, cluster, profile, &plain, err);
    if (!status) {
        add_decision(&k);
        add_links(&k);
        add_projects(&k);
        status = k.failed ? CN__NO_MEMORY(err) : CN_OK;
    }
    if (!status && k.count) {
        qsort(k.terms, k.count, sizeof *k.terms, compare_terms);
    }
    cn__case_release(&c);
    if (status) {
        cn__free(k.terms);
        return status;
    }
    *terms = k.terms;
    *count = k.count;
    return CN_OK;
}

void cn_calendar_free(cn_term *terms) { cn__free(terms); }
