/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reasons for a possible partner in words: codes, network, habit, trust, place, what there was. Each phrase is one fact with
 * its numbers; what is not known is not said.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_partners.h"

void phrases_add_list(const session *s, phrases *p, cli_text id, const char *const *args) {
    cn_buf_add_text(&p->out, p->out.len ? "; " : "");
    text_add_list(&p->out, s->lang, id, args);
}

static const char *text_in(const cn_buf *buf) { return buf->data ? buf->data : ""; }

/* ---- codes ---- */

/* " (imported, ₽46m a year)"; nothing where nothing is known. */
static void need_details(const session *s, cn_origin origin, double value, cn_buf *out) {
    bool import = origin == CN_ORIGIN_IMPORT;
    cn_buf money = {0};
    if (!import && !(value > 0)) {
        cn_buf_add_text(out, "");
        return;
    }
    cn_buf_add_text(out, " (");
    cn_buf_add_text(out, import ? text_of(s->lang, TEXT_PARTNER_IMPORT) : "");
    if (value > 0) {
        cn_buf_add_text(out, import ? ", " : "");
        show_money(s, value, &money);
        text_add(out, s->lang, TEXT_PARTNER_A_YEAR, text_in(&money), END);
    }
    cn_buf_add_text(out, ")");
    cn_buf_release(&money);
}

static cli_text made_text(cn_partner_side side, cn_partner_evidence by) {
    static const cli_text theirs[] = {TEXT_PARTNER_MAKES, TEXT_PARTNER_SELLS, TEXT_PARTNER_PLANS,
                                      TEXT_PARTNER_MAKES, TEXT_PARTNER_OKVED, TEXT_PARTNER_MAKES};
    static const cli_text mine[] = {TEXT_PARTNER_YOU_MAKE, TEXT_PARTNER_YOU_SELL,  TEXT_PARTNER_YOU_PLAN,
                                    TEXT_PARTNER_YOU_MAKE, TEXT_PARTNER_YOU_OKVED, TEXT_PARTNER_YOU_MAKE};
    return side == CN_PARTNER_CUSTOMER ? mine[by] : theirs[by];
}

static cli_text need_text(cn_partner_side side, cn_partner_evidence by) {
    static const cli_text mine[] = {TEXT_PARTNER_NEEDED, TEXT_PARTNER_BOUGHT, TEXT_PARTNER_NEEDED,
                                    TEXT_PARTNER_TABLE,  TEXT_PARTNER_NEEDED, TEXT_PARTNER_REQUESTED};
    static const cli_text theirs[] = {TEXT_PARTNER_THEY_NEED, TEXT_PARTNER_THEY_BUY,  TEXT_PARTNER_THEY_NEED,
                                      TEXT_PARTNER_TABLE,     TEXT_PARTNER_THEY_NEED, TEXT_PARTNER_THEY_NEED};
    if (side == CN_PARTNER_SUBSTITUTE) {
        return TEXT_PARTNER_SAME;
    }
    return side == CN_PARTNER_CUSTOMER ? theirs[by] : mine[by];
}

/* A supply that is only planned fits by four fifths: the plan has been told. */
static void say_fit(const session *s, cn_partner_evidence by, double fit, phrases *p) {
    cn_buf percent = {0};
    if (fit < (by == CN_PARTNER_BY_PLAN ? 0.8 : 1)) {
        risk_percent(s, fit, &percent);
        phrases_add(s, p, TEXT_PARTNER_PARTLY, text_in(&percent), END);
    }
    cn_buf_release(&percent);
}

static void say_free(const session *s, double capacity, phrases *p) {
    cn_buf money = {0};
    if (capacity > 0) {
        show_money(s, capacity, &money);
        phrases_add(s, p, TEXT_PARTNER_FREE, text_in(&money), END);
    } else if (!isnan(capacity)) {
        phrases_add(s, p, TEXT_PARTNER_FULL, END);
    }
    cn_buf_release(&money);
}

static void codes(const session *s, cn_partner_side side, const cn_partner_row *row, phrases *p) {
    cn_buf need = {0}, details = {0};
    cli_digits more;
    if (!(row->fit > 0)) {
        return;
    }
    if (side == CN_PARTNER_PEER) {
        phrases_add(s, p, TEXT_PARTNER_SAME_LINE, row->made, row->need, END);
        return;
    }
    phrases_add(s, p, made_text(side, row->made_by), row->made, END);
    show_product(s, row->need, &need);
    if (side != CN_PARTNER_SUBSTITUTE) {
        need_details(s, row->origin, row->need_value, &details);
    }
    cn_buf_add_text(&p->out, ", ");
    text_add(&p->out, s->lang, need_text(side, row->need_by), text_in(&need), text_in(&details), END);
    say_fit(s, row->made_by, row->fit, p);
    if (row->fitting > 1) {
        phrases_add(s, p, side == CN_PARTNER_SUPPLIER ? TEXT_PARTNER_MORE : TEXT_PARTNER_MORE_MADE,
                    digits_of(more, row->fitting - 1), END);
    }
    say_free(s, row->free_capacity, p);
    cn_buf_release(&need);
    cn_buf_release(&details);
}

/* ---- network ---- */

static void exact(const session *s, double value, cn_buf *out) { cn_format_number(out, s->lang, value, 2); }

static void likeness(const session *s, const cn_partner_row *row, phrases *p) {
    cn_buf adamic = {0}, resource = {0}, jaccard = {0};
    exact(s, row->adamic_adar, &adamic);
    exact(s, row->resource, &resource);
    exact(s, row->jaccard, &jaccard);
    phrases_add(s, p, TEXT_PARTNER_LIKENESS, text_in(&adamic), text_in(&resource), text_in(&jaccard), END);
    cn_buf_release(&adamic);
    cn_buf_release(&resource);
    cn_buf_release(&jaccard);
}

static void network(const session *s, cn_partner_side side, const cn_partner_row *row, phrases *p) {
    cli_digits alike, customers, suppliers, buy, makers;
    const char *one = row->alike_one == CN_NONE ? "" : cn_entity_short(s->net, row->alike_one);
    digits_of(alike, row->alike);
    if (row->alike && side == CN_PARTNER_SUBSTITUTE) {
        if (row->common_customers) {
            phrases_add(s, p, TEXT_PARTNER_COMMON_CUSTOMERS, digits_of(customers, row->common_customers), END);
        }
        if (row->common_suppliers) {
            phrases_add(s, p, TEXT_PARTNER_COMMON_SUPPLIERS, digits_of(suppliers, row->common_suppliers), END);
        }
        likeness(s, row, p);
    } else if (row->alike && side == CN_PARTNER_PEER) {
        phrases_add(s, p, TEXT_PARTNER_COMMON_PARTNERS, alike, one, END);
        likeness(s, row, p);
    } else if (row->alike) {
        phrases_add(s, p, side == CN_PARTNER_SUPPLIER ? TEXT_PARTNER_ALIKE_SUPPLIER : TEXT_PARTNER_ALIKE_CUSTOMER,
                    alike, one, END);
    }
    if (row->makers_buy) {
        phrases_add(s, p, TEXT_PARTNER_HABIT, digits_of(buy, row->makers_buy), digits_of(makers, row->makers),
                    row->makers_of, END);
    }
}

/* ---- trust, place, history ---- */

static void bonds(const session *s, const cn_partner_row *row, phrases *p) {
    static const cli_text texts[CN_BOND_COUNT] = {
        [CN_BOND_PROJECT] = TEXT_PARTNER_PROJECT, [CN_BOND_AGREEMENT] = TEXT_PARTNER_AGREEMENT,
        [CN_BOND_CLUSTER] = TEXT_PARTNER_CLUSTER, [CN_BOND_PARK] = TEXT_PARTNER_PARK,
        [CN_BOND_THIRD] = TEXT_PARTNER_THIRD,     [CN_BOND_EVENT] = TEXT_PARTNER_EVENT};
    for (int i = 0; i < CN_BOND_COUNT; i++) {
        cli_digits count;
        const char *one = row->bond_one[i] == CN_NONE ? "" : cn_entity_short(s->net, row->bond_one[i]);
        if (row->bonds[i]) {
            phrases_add(s, p, texts[i], digits_of(count, row->bonds[i]), one, END);
        }
    }
}

static void say_km(const session *s, double km, phrases *p) {
    cn_buf number = {0};
    if (!isnan(km)) {
        cn_format_number(&number, s->lang, km, km < 10 ? 1 : 0);
        phrases_add(s, p, TEXT_PARTNER_KM, text_in(&number), END);
    }
    cn_buf_release(&number);
}

void partner_words(const session *s, const partner_search *search, const cn_partner_row *row, phrases *p) {
    cn_partner_side side = search->query.side;
    codes(s, side, row, p);
    network(s, side, row, p);
    bonds(s, row, p);
    say_km(s, row->km, p);
    const struct {
        bool holds;
        cli_text text;
    } facts[] = {
        {row->same_region && isnan(row->km), TEXT_PARTNER_REGION},
        {row->foreign, TEXT_PARTNER_FOREIGN},
        {row->planned, TEXT_PARTNER_PLANNED},
        {row->former, TEXT_PARTNER_FORMER},
        {row->reverse, side == CN_PARTNER_SUPPLIER   ? TEXT_PARTNER_IS_CUSTOMER
                       : side == CN_PARTNER_CUSTOMER ? TEXT_PARTNER_IS_SUPPLIER
                                                     : TEXT_PARTNER_TRADES},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].holds) {
            phrases_add(s, p, facts[i].text, END);
        }
    }
}

void import_words(const session *s, const cn_import_need *need, const cn_import_maker *maker, phrases *p) {
    (void)need;
    phrases_add(s, p, made_text(CN_PARTNER_SUPPLIER, maker->made_by), maker->made, END);
    say_fit(s, maker->made_by, maker->fit, p);
    say_free(s, maker->free_capacity, p);
    say_km(s, maker->km, p);
    if (maker->present) {
        phrases_add(s, p, TEXT_IMPORTS_PRESENT, END);
    }
}
