/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of coopnet critical as text about all that a buyer buys: product by product, and where its chains could be cut. */
#include "cmd_critical.h"

#include <math.h>

enum { WEAK_SHOWN = 5, PRODUCTS_SHOWN = 40 };

/* ---- purchases ---- */

static void add_purchase(const session *s, const critical *c, const cn_exposure *exposure,
                         const cn_exposure_product *product, cn_table *table) {
    cn_buf name = {0};
    const cn_exposure_supplier *largest =
        product->supplier_count ? &exposure->suppliers[product->supplier_start] : NULL;
    risk_product(s, c->flows, exposure->firm, product->product, RISK_NAMED, &name);
    cn_table_add_text(table, name.data ? name.data : "");
    cn_table_add_money(table, risk_minor(product->total));
    cn_table_add_count(table, product->supplier_count);
    cn_table_add_text(table, largest ? risk_short(s, c->flows, largest->firm) : "–");
    cn_table_add_number(table, largest ? risk_in_percent(largest->share) : (double)NAN);
    cn_table_add_number(table, product->hhi);
    cn_table_add_number(table, risk_in_percent(product->foreign / product->total));
    cn_table_add_number(table, risk_in_percent(product->unknown / product->total));
    cn_table_add_text(table, product->single_source ? text_of(s->lang, TEXT_NOTE_SINGLE) : "");
    cn_buf_release(&name);
}

static void add_totals(session *s, const cn_exposure *exposure) {
    cn_buf hhi = {0};
    cn_buf foreign = {0};
    cn_buf unknown = {0};
    cn_buf stock = {0};
    cn_format_number(&hhi, s->lang, exposure->hhi, 3);
    risk_percent(s, exposure->foreign / exposure->total, &foreign);
    risk_percent(s, exposure->unknown / exposure->total, &unknown);
    if (!session_given(s, OPTION_PRODUCT)) {
        session_line(s, TEXT_CRITICAL_TOTAL, hhi.data ? hhi.data : "", foreign.data ? foreign.data : "",
                     unknown.data ? unknown.data : "", END);
    }
    session_line(s, TEXT_CRITICAL_HHI, END);
    if (!isnan(exposure->stock_days)) {
        cn_format_number(&stock, s->lang, exposure->stock_days, 1);
        session_line(s, TEXT_CRITICAL_STOCK, stock.data ? stock.data : "", END);
    }
    s->out.failed = s->out.failed || hhi.failed || foreign.failed || unknown.failed || stock.failed;
    cn_buf_release(&hhi);
    cn_buf_release(&foreign);
    cn_buf_release(&unknown);
    cn_buf_release(&stock);
}

cn_status critical_write_purchases(session *s, const critical *c, const cn_exposure *exposure, cn_error *err) {
    static const struct {
        cli_text title;
        cn_cell_type type;
        int decimals;
    } columns[] = {{TEXT_COLUMN_PRODUCT, CN_CELL_TEXT, 0},
                   {TEXT_COLUMN_SUM, CN_CELL_MONEY, 0},
                   {TEXT_COLUMN_SUPPLIERS, CN_CELL_COUNT, 0},
                   {TEXT_COLUMN_LARGEST, CN_CELL_TEXT, 0},
                   {TEXT_COLUMN_LARGEST_SHARE, CN_CELL_NUMBER, 1},
                   {TEXT_COLUMN_HHI, CN_CELL_NUMBER, 3},
                   {TEXT_COLUMN_FOREIGN, CN_CELL_NUMBER, 1},
                   {TEXT_COLUMN_UNKNOWN, CN_CELL_NUMBER, 1},
                   {TEXT_COLUMN_NOTE, CN_CELL_TEXT, 0}};
    cli_digits digits;
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        cn_table_add_column(table, "", text_of(s->lang, columns[i].title), columns[i].type, columns[i].decimals);
    }
    size_t left = 0;
    for (size_t i = 0; i < exposure->product_count && !status; i++) {
        bool wanted = critical_wanted(s, c, exposure->products[i].product);
        bool full = cn_table_row_count(table) >= PRODUCTS_SHOWN;
        left += wanted && full;
        if (wanted && !full) {
            add_purchase(s, c, exposure, &exposure->products[i], table);
        }
    }
    if (!status) {
        cn_buf_add_text(&s->out, "\n");
        session_heading(s, TEXT_CRITICAL_PURCHASES, END);
        status = session_table(s, table, err);
        if (left) {
            session_line(s, TEXT_CRITICAL_WEAK_MORE, digits_of(digits, left), END);
        }
        add_totals(s, exposure);
    }
    cn_table_free(table);
    return status;
}

/* ---- weak points ---- */

static void add_cut(session *s, const critical *c, const cn_min_cut *cut) {
    cli_digits digits;
    cn_buf sum = {0};
    show_money(s, (double)cut->value_minor / 100, &sum);
    session_line(s, TEXT_CRITICAL_CUT, digits_of(digits, cut->flow_count), sum.data ? sum.data : "", END);
    for (size_t i = 0; i < cut->flow_count && (cut->flow_count <= WEAK_SHOWN || session_given(s, OPTION_EXPLAIN));
         i++) {
        risk_flow_lines(s, c->flows, cut->flows[i], "   ");
    }
    s->out.failed = s->out.failed || sum.failed;
    cn_buf_release(&sum);
}

/* Ties that part only their own far end from the rest are no news: every supplier with one customer has such a tie. */
static void add_weak_points(session *s, const critical *c, const cn_weak_points *weak) {
    cli_digits digits;
    size_t left = 0;
    for (size_t i = 0; i < weak->articulation_count; i++) {
        const cn_weak_point *point = &weak->articulations[i];
        if (i < WEAK_SHOWN) {
            session_line(s, TEXT_CRITICAL_ARTICULATION, risk_short(s, c->flows, point->a),
                         digits_of(digits, point->cut_off), END);
        }
        left += i >= WEAK_SHOWN;
    }
    for (size_t i = 0, shown = 0; i < weak->bridge_count; i++) {
        const cn_weak_point *point = &weak->bridges[i];
        if (point->cut_off > 1 && shown++ < WEAK_SHOWN) {
            session_line(s, TEXT_CRITICAL_BRIDGE, risk_short(s, c->flows, point->b), risk_short(s, c->flows, point->a),
                         digits_of(digits, point->cut_off), END);
        } else {
            left += point->cut_off > 1;
        }
    }
    if (left) {
        session_line(s, TEXT_CRITICAL_WEAK_MORE, digits_of(digits, left), END);
    }
}

static void add_cycles(session *s, const critical *c, const cn_upstream_cycles *cycles) {
    size_t all = 0;
    const cn_flow *flows = cn_flows_all(c->flows, &all);
    for (size_t i = 0; i < cycles->cycle_count && i < WEAK_SHOWN; i++) {
        cli_digits digits;
        cn_buf names = {0};
        const uint32_t *ring = cycles->flows + cycles->cycles[i].start;
        for (uint32_t k = 0; k < cycles->cycles[i].length; k++) {
            text_add_clean(&names, risk_short(s, c->flows, flows[ring[k]].from));
            cn_buf_add_text(&names, " → ");
        }
        text_add_clean(&names, risk_short(s, c->flows, flows[ring[0]].from));
        session_line(s, TEXT_CHAIN_CYCLE, digits_of(digits, i + 1), names.data ? names.data : "", END);
        s->out.failed = s->out.failed || names.failed;
        cn_buf_release(&names);
    }
}

void critical_write_weak(session *s, const critical *c, const critical_buyer *buyer) {
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_WEAK, END);
    add_cut(s, c, &buyer->cut);
    add_weak_points(s, c, &buyer->weak);
    add_cycles(s, c, &buyer->cycles);
}
