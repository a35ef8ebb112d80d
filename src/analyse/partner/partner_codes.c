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
#include "strmap.h"

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

typedef struct habit_count {
    uint32_t makers, buy;
} habit_count;

typedef struct habit {
    const cn__search *s;
    uint32_t *stamp; /* by entity: the code for which it was counted last */
    uint32_t round;
    const char *wanted; /* group of codes bought, */
    size_t wanted_len;
    habit_count now;
    cn__strmap known;    /* "wanted group\nproduct": its row of `counts`; thousands of candidates share few of them */
    habit_count *counts; /* with nobody left out */
    size_t count_cap;
    uint32_t count;
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
    if (h->stamp[ware->org] == h->round || ware->evidence == CN_PARTNER_BY_OKVED) {
        return;
    }
    h->stamp[ware->org] = h->round;
    h->now.makers++;
    h->now.buy += buys(h, ware->org);
}

/* Of all who make something near `code`, how many buy what is wanted; counted once for each pair. False: memory. */
static bool count_all(habit *h, const char *code, habit_count *out) {
    cn_buf key = {0};
    cn_buf_add(&key, h->wanted, h->wanted_len);
    cn_buf_add_text(&key, "\n");
    cn_buf_add_text(&key, code);
    uint32_t row = key.failed ? CN_NONE : cn__strmap_find(&h->known, key.data, key.len);
    bool ok = !key.failed;
    if (ok && row == CN_NONE) {
        h->round++;
        h->now = (habit_count){0};
        cn__wares_near(&h->s->catalogue.makes, code, count_maker, h);
        row = h->count;
        ok = cn__grow((void **)&h->counts, &h->count_cap, h->count, 1, sizeof *h->counts) &&
             cn__strmap_add(&h->known, key.data, key.len, row, NULL);
        if (ok) {
            h->counts[h->count++] = h->now;
        }
    }
    *out = ok && row < h->count ? h->counts[row] : (habit_count){0};
    cn_buf_release(&key);
    return ok;
}

/* Was the buyer itself among those that count_all counted? */
static bool counted(const habit *h, cn_entity buyer, const char *code) {
    uint32_t count;
    const cn__ware *makes = cn__wares_of(&h->s->catalogue.makes, buyer, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (makes[i].evidence != CN_PARTNER_BY_OKVED && cn__code_near(makes[i].code, code)) {
            return true;
        }
    }
    return false;
}

/* The usual share, shrunk towards none where few firms are known. */
static double usual(uint32_t buy, uint32_t makers) { return makers > 0 ? buy / (makers + 1.0) : 0; }

static bool learn(habit *h, cn_partner_row *row) {
    const cn__search *s = h->s;
    uint32_t count;
    cn_entity buyer = s->query->side == CN_PARTNER_SUPPLIER ? s->x : row->org;
    h->wanted = row->made;
    h->wanted_len = cn__code_group(row->made);
    const cn__ware *makes = cn__wares_of(&s->catalogue.makes, buyer, &count);
    for (uint32_t i = 0; i < count && row->made[0] != '\0'; i++) {
        habit_count others;
        if (!count_all(h, makes[i].code, &others)) {
            return false;
        }
        if (counted(h, buyer, makes[i].code)) { /* the others are asked about */
            others.makers--;
            others.buy -= buys(h, buyer);
        }
        if (usual(others.buy, others.makers) > usual(row->makers_buy, row->makers)) {
            row->makers = others.makers;
            row->makers_buy = others.buy;
            row->makers_of = makes[i].code;
        }
    }
    return true;
}

cn_status cn__search_habit(cn__search *s, cn_error *err) {
    habit h = {.s = s, .stamp = cn__calloc(cn_entity_count(s->net), sizeof *h.stamp)};
    bool ok = h.stamp != NULL;
    for (uint32_t i = 0; ok && i < s->count; i++) {
        ok = learn(&h, &s->rows[i]);
    }
    cn__free(h.stamp);
    cn__free(h.counts);
    cn__strmap_release(&h.known);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
