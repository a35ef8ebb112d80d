/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contracts that participants could make with each other: one makes what another needs and does not get from participants. Need and product match by code, a specific product for a general need.
 * The amount is bounded from both sides: by what the buyer needs (its needs, or what it buys elsewhere of the code) less what participants deliver of it already, and by what the seller makes, or could make, of the
 * product less what it sells to participants. O(makes · needs + candidates · deals).
 */
#include "offers.h"

#include "coopnet/flows.h"

#include <stdlib.h>
#include <string.h>

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* Sums that leave int64 do not matter here: they are bounds, and are cut. */
static int64_t added(int64_t sum, int64_t more) {
    return more == CN_MONEY_NONE ? sum : more > INT64_MAX - sum ? INT64_MAX : sum + more;
}

/* What a firm makes, or could make, of a product, less what it sells of it to participants. */
static int64_t can_sell(const cn__case *c, const cn_item *make) {
    const char *code = cn_item_text(c->net, make);
    int64_t all = make->capacity_minor != CN_MONEY_NONE ? make->capacity_minor : make->value_minor;
    if (all == CN_MONEY_NONE) {
        all = c->members[c->place[make->owner]].output;
    }
    if (all == CN_MONEY_NONE) {
        return 0; /* nothing to bound it by: nothing is promised */
    }
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *deal = &c->deals[i];
        if (deal->from == make->owner && deal->reason == CN_REASON_CONTRACT && cn_product_covers(code, deal->product)) {
            all -= smaller(all, deal->minor);
        }
    }
    return all;
}

/* What the buyer gets of a code from participants, or from others. */
static int64_t bought(const cn__case *c, cn_entity buyer, const char *code, bool inside) {
    int64_t sum = 0;
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *deal = &c->deals[i];
        bool counts = inside
                          ? deal->reason == CN_REASON_CONTRACT
                          : deal->reason == CN_REASON_OTHER_OUTSIDE && !deal->service && deal->minor != CN_MONEY_NONE;
        if (deal->to == buyer && counts && deal->product[0] && cn_product_covers(code, deal->product)) {
            sum = added(sum, deal->minor);
        }
    }
    return sum;
}

/* What the buyer needs of a code beyond what participants deliver. */
static int64_t open_need(const cn__case *c, cn_entity buyer, const char *code) {
    size_t count = 0;
    const cn_item *needs = cn_entity_items(c->net, buyer, CN_ITEM_NEEDS, &count);
    int64_t need = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cn_item_text(c->net, &needs[i]), code) == 0) {
            need = added(need, needs[i].value_minor);
        }
    }
    int64_t outside = bought(c, buyer, code, false);
    int64_t inside = bought(c, buyer, code, true);
    int64_t open = need > inside ? need - inside : 0;
    return open > outside ? open : outside;
}

static bool deals_already(const cn__case *c, cn_entity seller, cn_entity buyer, const char *code) {
    for (size_t i = 0; i < c->deal_count; i++) {
        const cn__deal *deal = &c->deals[i];
        if (deal->valid && deal->from == seller && deal->to == buyer && cn_product_covers(code, deal->product)) {
            return true;
        }
    }
    return false;
}

static bool add_offer(cn__offers *offers, cn__offer offer) {
    for (size_t i = 0; i < offers->count; i++) {
        cn__offer *old = &offers->rows[i];
        if (old->seller == offer.seller && old->buyer == offer.buyer && strcmp(old->need, offer.need) == 0) {
            old->most = old->most > offer.most ? old->most : offer.most;
            return true;
        }
    }
    if (!cn__grow((void **)&offers->rows, &offers->cap, offers->count, 1, sizeof *offers->rows)) {
        return false;
    }
    offers->rows[offers->count++] = offer;
    return true;
}

/* What one seller's product could fill of one buyer's codes. */
static bool match(const cn__case *c, const cn_item *make, cn_entity buyer, const char *need, cn__offers *offers) {
    if (!need[0] || !cn_product_covers(need, cn_item_text(c->net, make))) {
        return true;
    }
    int64_t most = smaller(can_sell(c, make), open_need(c, buyer, need));
    cn__offer offer = {make->owner, buyer, need, most, deals_already(c, make->owner, buyer, need)};
    return most <= 0 || add_offer(offers, offer);
}

/* All codes a buyer asks for: its needs, and what it buys elsewhere. */
static bool match_buyer(const cn__case *c, const cn_item *make, cn_entity buyer, cn__offers *offers) {
    size_t count = 0;
    const cn_item *needs = cn_entity_items(c->net, buyer, CN_ITEM_NEEDS, &count);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = match(c, make, buyer, cn_item_text(c->net, &needs[i]), offers);
    }
    for (size_t i = 0; i < c->deal_count && ok && !count; i++) {
        const cn__deal *deal = &c->deals[i];
        if (deal->to == buyer && deal->reason == CN_REASON_OTHER_OUTSIDE) {
            ok = match(c, make, buyer, deal->product, offers);
        }
    }
    return ok;
}

/* Largest first, then by the order of the firms and the code. */
static int compare_offers(const void *a, const void *b) {
    const cn__offer *x = a;
    const cn__offer *y = b;
    if (x->most != y->most) {
        return x->most > y->most ? -1 : 1;
    }
    if (x->seller != y->seller) {
        return x->seller < y->seller ? -1 : 1;
    }
    if (x->buyer != y->buyer) {
        return x->buyer < y->buyer ? -1 : 1;
    }
    return strcmp(x->need, y->need);
}

bool cn__offers_find(const cn__case *c, cn__offers *out) {
    *out = (cn__offers){0};
    for (size_t i = 0; i < c->member_count; i++) {
        size_t count = 0;
        const cn_item *makes = cn_entity_items(c->net, c->members[i].entity, CN_ITEM_MAKES, &count);
        for (size_t m = 0; m < count; m++) {
            for (size_t k = 0; k < c->member_count; k++) {
                if (k != i && !match_buyer(c, &makes[m], c->members[k].entity, out)) {
                    return false;
                }
            }
        }
    }
    if (out->count) {
        qsort(out->rows, out->count, sizeof *out->rows, compare_offers);
    }
    return true;
}

void cn__offers_release(cn__offers *offers) { cn__free(offers->rows); }
