/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remedies: for each rule that is not met, changes that could lift it, each tried by running the whole profile again with it. Invariant: every row that is kept met its rule in such a run; its numbers are those of
 * that run. What is tried: contracts (offers.c), the firms that trade with participants as members, agreements, the decision. Where one contract is not enough, the largest ones are added up until they are, which
 * takes the fewest, as the denominator stays. At most TRIES candidates a rule, the most promising first.
 * Cost: that of a check for each candidate.
 */
#include "coopnet/remedy.h"

#include "offers.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 40 };

typedef struct search {
    const cn_network *net;
    cn_entity cluster;
    const cn_profile *profile;
    cn_date date;
    cn__case facts;
    cn__offers offers;
    cn_remedies *out;
    size_t row_cap;
    cn_change *changes; /* of all rows, one after the other */
    size_t change_count;
    size_t change_cap;
    size_t *starts; /* by row: its first edit */
    size_t start_cap;
    cn_error *err;
} search;

/* ---- trying ---- */

static cn_status run(const search *s, const cn_change *changes, size_t count, cn_check *out) {
    const cn_check_options options = {.date = s->date, .changes = changes, .change_count = count};
    return cn_check_compute(s->net, s->cluster, s->profile, &options, out, s->err);
}

static bool keep(search *s, const cn_remedy *row, const cn_change *changes) {
    cn_remedies *out = s->out;
    if (!cn__grow((void **)&out->rows, &s->row_cap, out->count, 1, sizeof *out->rows) ||
        !cn__grow((void **)&s->starts, &s->start_cap, out->count, 1, sizeof *s->starts) ||
        !cn__grow((void **)&s->changes, &s->change_cap, s->change_count, row->change_count, sizeof *s->changes)) {
        return false;
    }
    s->starts[out->count] = s->change_count;
    memcpy(s->changes + s->change_count, changes, row->change_count * sizeof *changes);
    s->change_count += row->change_count;
    out->rows[out->count++] = *row;
    return true;
}

/* Does the rule hold with each supply made on top of the sellers' output? */
static cn_status try_grown(const search *s, uint32_t result, const cn_change *changes, size_t count, bool *holds) {
    cn_change *grown = cn__alloc(count, sizeof *grown);
    cn_check check;
    if (!grown) {
        return CN__NO_MEMORY(s->err);
    }
    for (size_t i = 0; i < count; i++) {
        grown[i] = changes[i];
        grown[i].kind = changes[i].kind == CN_CHANGE_SUPPLY ? CN_CHANGE_GROW : changes[i].kind;
    }
    cn_status status = run(s, grown, count, &check);
    if (!status) {
        *holds = check.results[result].verdict == CN_VERDICT_MET;
        cn_check_release(&check);
    }
    cn__free(grown);
    return status;
}

/* The least amount of one supply that is enough when it is made on top of the seller's output, which is below the line too. */
static cn_status find_grown(const search *s, cn_remedy *row, const cn_change *edit) {
    int64_t threshold = s->out->check.results[row->result].threshold_micro;
    bool holds = false;
    if (threshold >= CN_MICRO || cn_quantity_unit(s->out->check.results[row->result].rule->quantity) != CN_UNIT_SHARE) {
        return CN_OK;
    }
    cn__wide least = ((cn__wide)edit->minor * CN_MICRO + (CN_MICRO - threshold) - 1) / (CN_MICRO - threshold);
    if (least > row->most_minor) {
        return CN_OK;
    }
    cn_change grown = *edit;
    grown.minor = (int64_t)least;
    cn_status status = try_grown(s, row->result, &grown, 1, &holds);
    row->grown_minor = holds ? grown.minor : CN_MONEY_NONE;
    return status;
}

/* Try changes for a rule; kept when they lift it. `most`: of a single supply the largest amount, else CN_MONEY_NONE. */
static cn_status try_edits(search *s, uint32_t result, cn_change *changes, size_t count, bool existing, int64_t most,
                           bool *lifted) {
    cn_remedy row = {.result = result,
                     .change_count = count,
                     .existing = existing,
                     .most_minor = most,
                     .grown_minor = CN_MONEY_NONE};
    cn_check check;
    *lifted = false;
    cn_status status = run(s, changes, count, &check);
    if (status) {
        return status;
    }
    *lifted = check.results[result].verdict == CN_VERDICT_MET;
    row.reached = check.results[result].low;
    cn__check_compare(&s->out->check, &check, &row.lifts, &row.breaks);
    cn_check_release(&check);
    if (*lifted && changes[0].kind == CN_CHANGE_SUPPLY) {
        status = try_grown(s, result, changes, count, &row.also_when_grown);
    }
    if (*lifted && !status && most != CN_MONEY_NONE) {
        cn_change whole = changes[0];
        whole.minor = most;
        status = run(s, &whole, 1, &check);
        if (!status) {
            row.at_most = check.results[result].low;
            cn_check_release(&check);
            status = find_grown(s, &row, &changes[0]);
        }
    }
    if (!status && *lifted && !keep(s, &row, changes)) {
        status = CN__NO_MEMORY(s->err);
    }
    return status;
}

static cn_change supply(const cn__offer *offer, int64_t minor) {
    return (cn_change){.kind = CN_CHANGE_SUPPLY,
                       .entity = offer->seller,
                       .other = offer->buyer,
                       .minor = minor,
                       .product = offer->need};
}

/* ---- by money: the level of cooperation ---- */

/* The largest contracts until they are enough together; of the last one only what is missing. */
static cn_status try_together(search *s, uint32_t result, int64_t gap, cn_entity seller) {
    cn_change *changes = cn__alloc(s->offers.count ? s->offers.count : 1, sizeof *changes);
    size_t count = 0;
    bool lifted = false;
    cn_status status = changes ? CN_OK : CN__NO_MEMORY(s->err);
    for (size_t i = 0; i < s->offers.count && gap > 0 && !status; i++) {
        const cn__offer *offer = &s->offers.rows[i];
        if (seller == CN_NONE || offer->seller == seller) {
            int64_t part = offer->most < gap ? offer->most : gap;
            changes[count++] = supply(offer, part);
            gap -= part;
        }
    }
    if (!status && gap == 0 && count > 1) {
        status = try_edits(s, result, changes, count, false, CN_MONEY_NONE, &lifted);
    }
    cn__free(changes);
    return status;
}

static cn_status lift_level(search *s, uint32_t result) {
    int64_t gap = s->out->check.results[result].gap;
    cn_status status = CN_OK;
    bool any = false;
    for (size_t i = 0; i < s->offers.count && i < TRIES && !status; i++) {
        const cn__offer *offer = &s->offers.rows[i];
        bool lifted = false;
        if (offer->most >= gap) {
            cn_change edit = supply(offer, gap);
            status = try_edits(s, result, &edit, 1, offer->existing, offer->most, &lifted);
            any = any || lifted;
        }
    }
    return status || any ? status : try_together(s, result, gap, CN_NONE);
}

/* Each participant below the threshold sells the others what it misses. */
static cn_status lift_own(search *s, uint32_t result) {
    const cn_rule_result *row = &s->out->check.results[result];
    cn_change *changes = cn__alloc(s->offers.count + 1, sizeof *changes);
    size_t count = 0;
    bool whole = changes != NULL;
    bool lifted = false;
    for (size_t e = 0; e < row->count && whole; e++) {
        const cn_evidence *fact = &s->out->check.evidence[row->first + e];
        if (fact->reason != CN_REASON_BELOW) {
            continue;
        }
        cn__wide wanted = (cn__wide)row->threshold_micro * fact->of;
        cn__wide least = (wanted + CN_MICRO - 1) / CN_MICRO;
        int64_t gap = least > INT64_MAX ? INT64_MAX : (int64_t)least - fact->amount;
        for (size_t i = 0; i < s->offers.count && gap > 0; i++) {
            const cn__offer *offer = &s->offers.rows[i];
            if (offer->seller == fact->entity) {
                int64_t part = offer->most < gap ? offer->most : gap;
                changes[count++] = supply(offer, part);
                gap -= part;
            }
        }
        whole = gap <= 0;
    }
    cn_status status = !changes           ? CN__NO_MEMORY(s->err)
                       : !whole || !count ? CN_OK
                                          : try_edits(s, result, changes, count, false, CN_MONEY_NONE, &lifted);
    cn__free(changes);
    return status;
}

/* ---- by firm ---- */

/* Every participant without a contract gets one, the largest that fits it. */
static cn_status lift_unlinked(search *s, uint32_t result, cn_reason fault) {
    const cn_rule_result *row = &s->out->check.results[result];
    cn_change *changes = cn__alloc(row->count ? row->count : 1, sizeof *changes);
    size_t count = 0;
    bool lifted = false;
    int64_t most = CN_MONEY_NONE;
    for (size_t e = 0; e < row->count && changes; e++) {
        const cn_evidence *fact = &s->out->check.evidence[row->first + e];
        for (size_t i = 0; i < s->offers.count && fact->reason == fault; i++) {
            const cn__offer *offer = &s->offers.rows[i];
            bool of_it =
                offer->buyer == fact->entity || (fault == CN_REASON_NO_CONTRACT && offer->seller == fact->entity);
            if (of_it) {
                changes[count++] = supply(offer, offer->most);
                most = offer->most;
                break;
            }
        }
    }
    cn_status status = !changes ? CN__NO_MEMORY(s->err)
                       : !count
                           ? CN_OK
                           : try_edits(s, result, changes, count, false, count == 1 ? most : CN_MONEY_NONE, &lifted);
    cn__free(changes);
    return status;
}

/* Firms that trade with participants and are none, in the order of their trade with them. */
typedef struct stranger {
    cn_entity entity;
    int64_t trade;
} stranger;

static int compare_strangers(const void *a, const void *b) {
    const stranger *x = a;
    const stranger *y = b;
    if (x->trade != y->trade) {
        return x->trade > y->trade ? -1 : 1;
    }
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

static bool may_join(const search *s, cn_entity entity) {
    return cn_entity_kind_of(s->net, entity) == CN_ENTITY_COMPANY && !cn__case_has(&s->facts, entity) &&
           cn_entity_text(s->net, entity, CN_FIELD_COUNTRY)[0] == '\0';
}

static void count_trade(const search *s, cn_entity entity, int64_t minor, int64_t *trade) {
    if (may_join(s, entity)) {
        int64_t sum = trade[entity] < 0 ? 0 : trade[entity];
        int64_t more = minor == CN_MONEY_NONE ? 0 : minor;
        trade[entity] = sum > INT64_MAX - more ? INT64_MAX : sum + more;
    }
}

/* `found` has room for every entity. False: memory. */
static bool find_strangers(const search *s, stranger *found, size_t *count) {
    uint32_t all = cn_entity_count(s->net);
    int64_t *trade = cn__alloc(all, sizeof *trade); /* by entity; below 0: none */
    for (uint32_t e = 0; trade && e < all; e++) {
        trade[e] = -1;
    }
    for (size_t i = 0; trade && i < s->facts.deal_count; i++) {
        const cn__deal *deal = &s->facts.deals[i];
        bool with_us = cn__case_has(&s->facts, deal->from) || cn__case_has(&s->facts, deal->to);
        if (with_us && deal->reason == CN_REASON_OTHER_OUTSIDE) {
            count_trade(s, deal->from, deal->minor, trade);
            count_trade(s, deal->to, deal->minor, trade);
        }
    }
    *count = 0;
    for (uint32_t e = 0; trade && e < all; e++) {
        if (trade[e] >= 0) {
            found[(*count)++] = (stranger){e, trade[e]};
        }
    }
    qsort(found, *count, sizeof *found, compare_strangers);
    cn__free(trade);
    return trade != NULL;
}

/* One new member; where several are missing (`several` > 1), the ones that trade most together. */
static cn_status lift_by_members(search *s, uint32_t result, int64_t several) {
    stranger *found = cn__alloc(cn_entity_count(s->net) + 1, sizeof *found);
    cn_change *changes = cn__alloc((size_t)(several > 1 && several < 1000 ? several : 1), sizeof *changes);
    cn_status status = found && changes ? CN_OK : CN__NO_MEMORY(s->err);
    size_t count = 0;
    bool lifted = false;
    if (!status && !find_strangers(s, found, &count)) {
        status = CN__NO_MEMORY(s->err);
    }
    for (size_t i = 0; i < count && i < TRIES && several <= 1 && !status; i++) {
        changes[0] = (cn_change){.kind = CN_CHANGE_JOIN, .entity = found[i].entity};
        status = try_edits(s, result, changes, 1, false, CN_MONEY_NONE, &lifted);
    }
    if (several > 1 && several < 1000 && (size_t)several <= count && !status) {
        for (size_t i = 0; i < (size_t)several; i++) {
            changes[i] = (cn_change){.kind = CN_CHANGE_JOIN, .entity = found[i].entity};
        }
        status = try_edits(s, result, changes, (size_t)several, false, CN_MONEY_NONE, &lifted);
    }
    cn__free(found);
    cn__free(changes);
    return status;
}

/* Everybody of whom a fact speaks signs; every region that is open gets its agreement. */
static cn_status lift_by_signing(search *s, uint32_t result, cn_reason fault, cn_change_kind kind) {
    const cn_rule_result *row = &s->out->check.results[result];
    cn_change *changes = cn__alloc(row->count ? row->count : 1, sizeof *changes);
    size_t count = 0;
    bool lifted = false;
    for (size_t e = 0; e < row->count && changes; e++) {
        const cn_evidence *fact = &s->out->check.evidence[row->first + e];
        if (fact->reason == fault) {
            changes[count++] = (cn_change){.kind = kind, .entity = fact->entity, .product = fact->text};
        }
    }
    cn_status status = !changes ? CN__NO_MEMORY(s->err)
                       : !count ? CN_OK
                                : try_edits(s, result, changes, count, false, CN_MONEY_NONE, &lifted);
    cn__free(changes);
    return status;
}

static cn_status lift_register(search *s, uint32_t result) {
    cn_change edit = {.kind = CN_CHANGE_REGISTER};
    bool lifted = false;
    return try_edits(s, result, &edit, 1, false, CN_MONEY_NONE, &lifted);
}

static cn_status lift(search *s, uint32_t result) {
    const cn_rule_result *row = &s->out->check.results[result];
    cn_status status = CN_OK;
    switch (row->rule->quantity) {
    case CN_QUANTITY_PARTICIPANTS:
        return lift_by_members(s, result, row->gap);
    case CN_QUANTITY_FED_FINAL_MAKERS:
        return lift_unlinked(s, result, CN_REASON_FINAL_UNFED);
    case CN_QUANTITY_UNLINKED:
    case CN_QUANTITY_MAP_GAPS:
        return lift_unlinked(s, result, CN_REASON_NO_CONTRACT);
    case CN_QUANTITY_OWN_LEVEL:
        return lift_own(s, result);
    case CN_QUANTITY_LEVEL:
        status = lift_level(s, result);
        return status ? status : lift_by_members(s, result, 1);
    case CN_QUANTITY_HP_JOBS:
    case CN_QUANTITY_PRODUCTIVITY:
        return lift_by_members(s, result, 1);
    case CN_QUANTITY_SIGNED:
        return lift_by_signing(s, result, CN_REASON_UNSIGNED, CN_CHANGE_SIGN);
    case CN_QUANTITY_UNCOVERED:
        return row->rule->counts_participation ? lift_by_signing(s, result, CN_REASON_UNCOVERED, CN_CHANGE_SIGN)
                                               : CN_OK;
    case CN_QUANTITY_OPEN_REGIONS:
        return lift_by_signing(s, result, CN_REASON_REGION_OPEN, CN_CHANGE_REGION);
    case CN_QUANTITY_REGISTER_YEARS:
        return lift_register(s, result);
    default:
        return CN_OK; /* no change of ours lifts it */
    }
}

/* ---- order ---- */

static int bits(uint64_t set) {
    int count = 0;
    for (; set; set &= set - 1) {
        count++;
    }
    return count;
}

static int64_t money_of(const cn_remedy *row) {
    int64_t sum = 0;
    for (size_t i = 0; i < row->change_count; i++) {
        bool is_supply = row->changes[i].kind == CN_CHANGE_SUPPLY;
        sum = is_supply ? (row->changes[i].minor > INT64_MAX - sum ? INT64_MAX : sum + row->changes[i].minor) : sum;
    }
    return sum;
}

static int by_number(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

static int compare_rows(const void *a, const void *b) {
    const cn_remedy *x = a;
    const cn_remedy *y = b;
    int order = by_number(x->result, y->result);
    order = order ? order : by_number(bits(x->breaks), bits(y->breaks));
    order = order ? order : by_number(bits(y->lifts), bits(x->lifts));
    order = order ? order : by_number(x->changes[0].kind, y->changes[0].kind) * -1; /* a contract before a new member */
    order = order ? order : by_number(money_of(x), money_of(y));
    order = order ? order : by_number(!x->existing, !y->existing);
    order = order ? order : by_number((int64_t)x->change_count, (int64_t)y->change_count);
    order = order ? order : by_number(x->changes[0].entity, y->changes[0].entity);
    return order ? order : by_number(x->changes[0].other, y->changes[0].other);
}

static void finish(search *s) {
    cn_remedies *out = s->out;
    size_t kept = 0;
    size_t of_rule = 0;
    for (size_t i = 0; i < out->count; i++) {
        out->rows[i].changes = s->changes + s->starts[i];
    }
    if (out->count) {
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    }
    for (size_t i = 0; i < out->count; i++) {
        of_rule = i && out->rows[i].result == out->rows[i - 1].result ? of_rule + 1 : 0;
        if (of_rule < CN_REMEDIES_PER_RULE) {
            out->rows[kept++] = out->rows[i];
        }
    }
    out->count = kept;
    out->changes = s->changes;
    s->changes = NULL;
}

cn_status cn_remedies_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                              const cn_check_options *options, cn_remedies *out, cn_error *err) {
    search s = {.net = net, .cluster = cluster, .profile = profile, .out = out, .err = err};
    cn_check_options plain = {.date = options ? options->date : CN_DATE_NONE};
    *out = (cn_remedies){0};
    s.date = plain.date;
    if (cluster >= cn_entity_count(net) || cn_entity_kind_of(net, cluster) != CN_ENTITY_CLUSTER) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, RULES_NO_CLUSTER, "");
    }
    cn_status status = run(&s, NULL, 0, &out->check);
    status = status ? status : cn__case_begin(&s.facts, net, cluster, profile, &plain, err);
    if (!status && !cn__offers_find(&s.facts, &s.offers)) {
        status = CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; i < out->check.result_count && !status; i++) {
        const cn_rule_result *row = &out->check.results[i];
        if (row->verdict == CN_VERDICT_NOT_MET && !row->rule->report) {
            status = lift(&s, i);
        }
    }
    if (!status) {
        finish(&s);
    }
    cn__free(s.changes);
    cn__free(s.starts);
    cn__offers_release(&s.offers);
    cn__case_release(&s.facts);
    if (status) {
        cn_remedies_release(out);
    }
    return status;
}

void cn_remedies_release(cn_remedies *remedies) {
    cn__free(remedies->rows);
    cn__free(remedies->changes);
    cn_check_release(&remedies->check);
    *remedies = (cn_remedies){0};
}
