/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates by product codes, and how usual a purchase is: of the other firms that make what the buyer makes, how many buy
 * what the seller makes ("outsourcing association": P(buys l | makes k), both as groups of four digits; Mattsson et al. 2021). Of
 * several pairs of codes that fit, a candidate keeps the best: by fit, then by the money of the need, then by how it is known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "coopnet/flows.h"
#include "error.h"
#include "memory.h"
#include "partner_search.h"

/* ---- what fits ---- */

static double known(double value) { return value > 0 ? value : 0; }

static bool better(const cn_partner_row *row, double fit, double value, cn_partner_evidence by) {
    if (fit > row->fit || fit < row->fit) {
        return fit > row->fit;
    }
    double old = known(row->need_value);
    return value > old || (!(value < old) && by < row->made_by);
}

/* Do x and the candidate trade this already, or something that is not said? */
static bool traded(const cn__search *s, cn_entity who, const char *need) {
    size_t low = 0;
    size_t high = s->trade_count;
    while (low < high) { /* the first trade with them */
        size_t middle = low + (high - low) / 2;
        if (s->trades[middle].other < who) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < s->trade_count && s->trades[low].other == who; low++) {
        const char *code = cn_link_product(s->net, s->trades[low].link);
        if (code[0] == '\0' || cn_product_covers(need, code)) {
            return true;
        }
    }
    return false;
}

static int by_other(const void *a, const void *b) {
    const cn__trade *x = a;
    const cn__trade *y = b;
    int by_end = (x->other > y->other) - (x->other < y->other);
    return by_end ? by_end : (x->link > y->link) - (x->link < y->link);
}

static bool find_trades(cn__search *s) {
    bool supplier = s->query->side == CN_PARTNER_SUPPLIER;
    size_t cap = 0;
    for (cn_link l = 0; l < cn_link_count(s->net) && cn__complements(s); l++) {
        cn_link_kind kind = cn_link_kind_of(s->net, l);
        if ((kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE) && cn__in_force(s->net, l) &&
            (supplier ? cn_link_to(s->net, l) : cn_link_from(s->net, l)) == s->x) {
            if (!cn__grow((void **)&s->trades, &cap, s->trade_count, 1, sizeof *s->trades)) {
                return false;
            }
            s->trades[s->trade_count++] = (cn__trade){supplier ? cn_link_from(s->net, l) : cn_link_to(s->net, l), l};
        }
    }
    if (s->trade_count) {
        qsort(s->trades, s->trade_count, sizeof *s->trades, by_other);
    }
    return true;
}

static void fit_in(cn__search *s, const cn__ware *made, const cn__ware *need, cn_entity who, double fit) {
    cn_partner_row *row = fit > 0 && who != s->x ? cn__search_row(s, who) : NULL;
    if (row == NULL) {
        return;
    }
    if (traded(s, who, need->code)) {
        return; /* a row it has, so that it is known as a partner */
    }
    uint32_t *last = &s->last[s->row_of[who]];
    row->fitting += *last != s->ware;
    *last = s->ware;
    if (better(row, fit, known(need->value), made->evidence)) {
        row->fit = fit;
        row->made = made->code;
        row->need = need->code;
        row->made_by = made->evidence;
        row->need_by = need->evidence;
        row->origin = need->origin;
        row->need_value = need->value;
        row->free_capacity = made->capacity - made->value;
        row->free_capacity = row->free_capacity < 0 ? 0 : row->free_capacity;
    }
}

static void visit(void *context, const cn__ware *theirs) {
    cn__search *s = context;
    const cn__ware *mine = &s->mine[s->ware];
    if (s->query->side == CN_PARTNER_SUPPLIER) {
        fit_in(s, theirs, mine, theirs->org, cn__ware_fit(theirs, mine->code));
    } else if (s->query->side == CN_PARTNER_CUSTOMER) {
        fit_in(s, mine, theirs, theirs->org, cn__ware_fit(mine, theirs->code));
    } else {
        double one = cn__ware_fit(theirs, mine->code);
        double other = cn__ware_fit(mine, theirs->code);
        fit_in(s, theirs, mine, theirs->org, one > other ? one : other);
    }
}

/* The wares of x that are asked about; a product that it is not known to need is a request. */
static bool find_mine(cn__search *s) {
    bool supplier = s->query->side == CN_PARTNER_SUPPLIER;
    const char *only = s->query->product;
    uint32_t count;
    const cn__ware *rows = cn__wares_of(supplier ? &s->catalogue.needs : &s->catalogue.makes, s->x, &count);
    s->mine = cn__alloc((size_t)count + 1, sizeof *s->mine);
    if (s->mine == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (only == NULL || cn_product_covers(only, rows[i].code)) {
            s->mine[s->mine_count++] = rows[i];
        }
    }
    if (only != NULL && s->mine_count == 0) {
        s->mine[s->mine_count++] =
            (cn__ware){.code = only, .org = s->x, .evidence = CN_PARTNER_BY_REQUEST, .value = NAN, .capacity = NAN};
    }
    return true;
}

cn_status cn__search_codes(cn__search *s, cn_error *err) {
    if (!find_mine(s) || !find_trades(s)) {
        return CN__NO_MEMORY(err);
    }
    bool customer = s->query->side == CN_PARTNER_CUSTOMER;
    for (s->ware = 0; s->ware < s->mine_count && s->query->side != CN_PARTNER_PEER && !s->failed; s->ware++) {
        cn__wares_near(customer ? &s->catalogue.needs : &s->catalogue.makes, s->mine[s->ware].code, visit, s);
    }
    return s->failed ? CN__NO_MEMORY(err) : CN_OK;
}

/* ---- who makes this buys that ---- */

typedef struct habit {
    const cn__search *s;
    uint32_t *stamp; /* by entity: the code group for which it was counted last */
    uint32_t round;
    const char *wanted; /* group of codes bought, */
    size_t wanted_len;
    cn_entity buyer; /* not counted */
    uint32_t makers, buy;
} habit;

static bool buys(const habit *h, cn_entity org) {
    uint32_t count;
    const cn__ware *needs = cn__wares_of(&h->s->catalogue.needs, org, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (strncmp(needs[i].code, h->wanted, h->wanted_len) == 0) {
            return true;
        }
    }
    return false;
}

static void count_maker(void *context, const cn__ware *ware) {
    habit *h = context;
    if (ware->org == h->buyer || h->stamp[ware->org] == h->round || ware->evidence == CN_PARTNER_BY_OKVED) {
        return;
    }
    h->stamp[ware->org] = h->round;
    h->makers++;
    h->buy += buys(h, ware->org);
}

/* The usual share, shrunk towards none where few firms are known. */
static double usual(uint32_t buy, uint32_t makers) { return makers > 0 ? buy / (makers + 1.0) : 0; }

static void learn(habit *h, cn_partner_row *row) {
    const cn__search *s = h->s;
    uint32_t count;
    bool supplier = s->query->side == CN_PARTNER_SUPPLIER;
    h->buyer = supplier ? s->x : row->org;
    h->wanted = row->made;
    h->wanted_len = cn__code_group(row->made);
    const cn__ware *makes = cn__wares_of(&s->catalogue.makes, h->buyer, &count);
    for (uint32_t i = 0; i < count && row->made[0] != '\0'; i++) {
        h->round++;
        h->makers = 0;
        h->buy = 0;
        cn__wares_near(&s->catalogue.makes, makes[i].code, count_maker, h);
        if (usual(h->buy, h->makers) > usual(row->makers_buy, row->makers)) {
            row->makers = h->makers;
            row->makers_buy = h->buy;
            row->makers_of = makes[i].code;
        }
    }
}

cn_status cn__search_habit(cn__search *s, cn_error *err) {
    habit h = {.s = s, .stamp = cn__calloc(cn_entity_count(s->net), sizeof *h.stamp)};
    if (h.stamp == NULL) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        learn(&h, &s->rows[i]);
    }
    cn__free(h.stamp);
    return CN_OK;
}
