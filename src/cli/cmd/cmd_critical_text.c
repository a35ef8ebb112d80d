/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet critical as text: for each buyer the answer in a sentence, the firms with their reasons, purchases and weak points
 * (cmd_critical_purchases.c), what was assumed.
 */
#include "cmd_critical.h"

#include <math.h>
#include <stdlib.h>

enum { BUYERS_SHOWN = 3, NAMES_SHOWN = 8 };

/* ---- the firms ---- */

static void add_interval(const session *s, const cn_critical_row *row, cn_table *table) {
    cn_buf text = {0};
    cn_format_number(&text, s->lang, risk_in_percent(row->dependence_low), 1);
    cn_buf_add_text(&text, " – ");
    cn_format_number(&text, s->lang, risk_in_percent(row->dependence_high), 1);
    cn_table_add_text(table, text.data ? text.data : "");
    cn_buf_release(&text);
}

/* Rows of a buyer to show; how many it has. */
static size_t add_rows(const session *s, const critical *c, uint32_t buyer, bool interval, cn_table *table) {
    size_t most = session_given(s, OPTION_TOP) ? SIZE_MAX : RISK_TOP_SHOWN;
    size_t count = 0;
    cn_buf why = {0};
    for (size_t i = 0; i < c->found.row_count; i++) {
        const cn_critical_row *row = &c->found.rows[i];
        if (row->buyer != buyer || count++ >= most) {
            continue;
        }
        critical_why(s, c, row, &why);
        cn_table_add_text(table, risk_short(s, c->flows, row->firm));
        cn_table_add_count(table, row->tier);
        cn_table_add_money(table, risk_minor(row->output_at_risk));
        cn_table_add_number(table, risk_in_percent(row->dependence));
        if (interval) {
            add_interval(s, row, table);
        }
        cn_table_add_text(table, why.len ? why.data : "");
    }
    cn_buf_release(&why);
    return count;
}

static cn_status write_rows(session *s, const critical *c, const critical_buyer *buyer, cn_error *err) {
    cli_digits shown, all;
    cn_table *table = NULL;
    bool interval = buyer->unknown > 0;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_FIRM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "tier", text_of(s->lang, TEXT_COLUMN_TIER), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "risk", text_of(s->lang, TEXT_COLUMN_AT_RISK), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "dependence", text_of(s->lang, TEXT_COLUMN_DEPENDENCE), CN_CELL_NUMBER, 1);
    if (interval) {
        cn_table_add_column(table, "interval", text_of(s->lang, TEXT_COLUMN_INTERVAL), CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "why", text_of(s->lang, TEXT_COLUMN_WHY), CN_CELL_TEXT, 0);
    size_t count = add_rows(s, c, buyer->firm, interval, table);
    if (count) {
        status = session_table(s, table, err);
    } else {
        session_line(s, TEXT_CRITICAL_NO_ROWS, END);
    }
    size_t rows = cn_table_row_count(table);
    size_t total = count + (c->found.buyer_count == 1 ? c->found.rows_left_out : 0);
    if (rows < total) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_RISK_SHOWN, digits_of(shown, rows), digits_of(all, total), END);
    }
    cn_table_free(table);
    return status;
}

/* ---- the answer in a sentence ---- */

static void add_stoppers(session *s, const critical *c, const critical_buyer *buyer) {
    cli_digits digits;
    cn_buf names = {0};
    uint32_t *firms = malloc((buyer->stops.row_count + 1) * sizeof *firms);
    size_t count = 0;
    for (size_t i = 0; i < buyer->stops.row_count && firms; i++) {
        if (buyer->stops.rows[i].blocked_count && buyer->stops.rows[i].output_at_risk > 0) {
            firms[count++] = buyer->stops.rows[i].firm;
        }
    }
    if (count == 1) {
        session_line(s, TEXT_CRITICAL_STOPPER, risk_short(s, c->flows, firms[0]), END);
    } else if (count) {
        risk_names(s, c->flows, firms, count, NAMES_SHOWN, &names);
        session_line(s, TEXT_CRITICAL_STOPPERS, digits_of(digits, count), names.data ? names.data : "", END);
    } else {
        session_line(s, TEXT_CRITICAL_NO_STOPPERS, END);
    }
    s->out.failed = s->out.failed || names.failed || !firms;
    cn_buf_release(&names);
    free(firms);
}

static void add_most(session *s, const critical *c, const critical_buyer *buyer) {
    const cn_stops *stops = &buyer->stops;
    if (stops->row_count && stops->output > 0 && stops->rows[0].output_at_risk > 0) {
        cn_buf risk = {0};
        cn_buf all = {0};
        cn_buf share = {0};
        show_money(s, stops->rows[0].output_at_risk, &risk);
        show_money(s, stops->output, &all);
        risk_percent(s, stops->rows[0].output_at_risk / stops->output, &share);
        session_line(s, TEXT_CRITICAL_MOST, risk_short(s, c->flows, stops->rows[0].firm), risk.data ? risk.data : "",
                     all.data ? all.data : "", share.data ? share.data : "", END);
        s->out.failed = s->out.failed || risk.failed || all.failed || share.failed;
        cn_buf_release(&risk);
        cn_buf_release(&all);
        cn_buf_release(&share);
    }
    if (stops->output_assumed) {
        session_line(s, TEXT_CRITICAL_OUTPUT_ASSUMED, END);
    }
}

static double wanted_total(const session *s, const critical *c, const cn_exposure *exposure) {
    double total = 0;
    for (size_t i = 0; i < exposure->product_count; i++) {
        total += critical_wanted(s, c, exposure->products[i].product) ? exposure->products[i].total : 0;
    }
    return total;
}

/* Different suppliers of the products that --product covers. */
static uint32_t wanted_suppliers(session *s, const critical *c, const cn_exposure *exposure) {
    uint32_t count = 0;
    bool *seen = calloc(cn_flows_firm_count(c->flows), sizeof *seen);
    for (size_t i = 0; i < exposure->product_count && seen; i++) {
        const cn_exposure_product *product = &exposure->products[i];
        bool wanted = critical_wanted(s, c, product->product);
        for (uint32_t k = 0; k < product->supplier_count && wanted; k++) {
            uint32_t firm = exposure->suppliers[product->supplier_start + k].firm;
            count += !seen[firm];
            seen[firm] = true;
        }
    }
    s->out.failed = s->out.failed || !seen;
    free(seen);
    return count;
}

static void add_heading(session *s, const critical *c, const critical_buyer *buyer) {
    const char *product = s->options.text[OPTION_PRODUCT];
    session_heading(s, product ? TEXT_CRITICAL_HEAD_PRODUCT : TEXT_CRITICAL_HEAD, risk_name(s, c->flows, buyer->firm),
                    product ? product : END, END);
    if (!buyer->exposure.product_count) {
        session_line(s, TEXT_CRITICAL_BUYS_NOTHING, END);
        return;
    }
    cli_digits suppliers, firms;
    cn_buf sum = {0};
    show_money(s, wanted_total(s, c, &buyer->exposure), &sum);
    session_line(s, TEXT_CRITICAL_BUYS, sum.data ? sum.data : "",
                 digits_of(suppliers, wanted_suppliers(s, c, &buyer->exposure)),
                 digits_of(firms, cn_upstream_firm_count(buyer->up)), END);
    cn_buf_add_text(&s->out, "\n");
    add_stoppers(s, c, buyer);
    add_most(s, c, buyer);
    cn_buf_add_text(&s->out, "\n");
    s->out.failed = s->out.failed || sum.failed;
    cn_buf_release(&sum);
}

/* ---- what was assumed ---- */

static void add_notes(session *s, const critical *c, const cn_upstream_notes *notes) {
    cli_digits bare, met;
    if (notes->no_table) {
        session_line(s, TEXT_CRITICAL_NO_TABLE, END);
    } else if (notes->products_bare) {
        const char *first = notes->first_bare == CN_NONE ? "–" : cn_flows_product_code(c->flows, notes->first_bare);
        session_line(s, TEXT_CRITICAL_BARE, digits_of(bare, notes->products_bare), digits_of(met, notes->products_met),
                     first, END);
    }
    if (notes->returns) {
        session_line(s, TEXT_CRITICAL_RETURNS, digits_of(bare, notes->returns), END);
    }
    if (notes->closed_groups) {
        session_line(s, TEXT_CRITICAL_CLOSED, digits_of(bare, notes->closed_groups), END);
    }
}

static void write_assumed(session *s, const critical *c, const critical_buyer *buyer) {
    size_t before;
    cli_digits digits;
    cn_upstream_notes notes = cn_upstream_notes_of(buyer->up);
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_ASSUMED, END);
    before = s->out.len;
    if (buyer->unknown > 0) {
        cn_buf direct = {0};
        cn_buf all = {0};
        risk_percent(s, buyer->exposure.unknown / buyer->exposure.total, &direct);
        risk_percent(s, buyer->unknown, &all);
        session_line(s, TEXT_CRITICAL_UNKNOWN, direct.data ? direct.data : "", all.data ? all.data : "", END);
        s->out.failed = s->out.failed || direct.failed || all.failed;
        cn_buf_release(&direct);
        cn_buf_release(&all);
    }
    if (buyer->exposure.no_needs) {
        session_line(s, TEXT_CRITICAL_NO_NEEDS, END);
    }
    add_notes(s, c, &notes);
    if (buyer->stops.unchecked) {
        session_line(s, TEXT_CRITICAL_UNCHECKED, digits_of(digits, buyer->stops.unchecked), END);
    }
    if (s->out.len == before) {
        session_line(s, TEXT_CRITICAL_SURE, END);
    }
}

/* ---- links ---- */

static void write_purchase_links(session *s, const critical *c, const cn_exposure *exposure) {
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_EXPLAIN_PURCHASES, END);
    for (size_t i = 0; i < exposure->product_count; i++) {
        const cn_exposure_product *product = &exposure->products[i];
        cn_buf name = {0};
        cn_buf sum = {0};
        if (!critical_wanted(s, c, product->product)) {
            continue;
        }
        risk_product(s, c->flows, exposure->firm, product->product, RISK_NAMED, &name);
        show_money(s, product->total, &sum);
        session_line(s, TEXT_CRITICAL_EXPLAIN_PRODUCT, name.data ? name.data : "", sum.data ? sum.data : "", END);
        for (uint32_t k = 0; k < product->supplier_count; k++) {
            risk_flow_lines(s, c->flows, exposure->suppliers[product->supplier_start + k].flow, "   ");
        }
        s->out.failed = s->out.failed || name.failed || sum.failed;
        cn_buf_release(&name);
        cn_buf_release(&sum);
    }
}

static cn_status write_links(session *s, const critical *c, const critical_buyer *buyer, cn_error *err) {
    size_t most = session_given(s, OPTION_TOP) ? SIZE_MAX : RISK_TOP_SHOWN;
    cn_status status = CN_OK;
    cn_buf why = {0};
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_EXPLAIN, END);
    for (size_t i = 0, shown = 0; i < c->found.row_count && shown < most && !status; i++) {
        const cn_critical_row *row = &c->found.rows[i];
        uint32_t *flows = NULL;
        size_t count = 0;
        if (row->buyer != buyer->firm) {
            continue;
        }
        shown++;
        status = critical_flows(buyer, row, &flows, &count, err);
        critical_why(s, c, row, &why);
        session_line(s, TEXT_CRITICAL_EXPLAIN_ROW, risk_short(s, c->flows, row->firm), why.len ? why.data : "", END);
        for (size_t f = 0; f < count; f++) {
            risk_flow_lines(s, c->flows, flows[f], "   ");
        }
        free(flows);
    }
    s->out.failed = s->out.failed || why.failed;
    cn_buf_release(&why);
    return status;
}

/* ---- all together ---- */

static cn_status write_buyer(session *s, const critical *c, uint32_t firm, cn_error *err) {
    critical_buyer buyer;
    cn_status status = critical_look(s, c, firm, &buyer, err);
    if (status) {
        return status;
    }
    add_heading(s, c, &buyer);
    if (buyer.exposure.product_count) {
        status = write_rows(s, c, &buyer, err);
        status = status ? status : critical_write_purchases(s, c, &buyer.exposure, err);
        critical_write_weak(s, c, &buyer);
        write_assumed(s, c, &buyer);
        if (!status && session_given(s, OPTION_EXPLAIN)) {
            status = write_links(s, c, &buyer, err);
            write_purchase_links(s, c, &buyer.exposure);
        }
    }
    critical_buyer_release(&buyer);
    return status;
}

/* Firms over all buyers, when there are several. */
static cn_status write_summary(session *s, const critical *c, cn_error *err) {
    cli_digits digits, all;
    cn_table *table = NULL;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : RISK_TOP_SHOWN;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_FIRM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "buyers", text_of(s->lang, TEXT_COLUMN_BUYERS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "risk", text_of(s->lang, TEXT_COLUMN_AT_RISK), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "worst", text_of(s->lang, TEXT_COLUMN_WORST_BUYER), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < c->found.firm_count && i < most; i++) {
        const cn_critical_firm *firm = &c->found.firms[i];
        cn_table_add_text(table, risk_short(s, c->flows, firm->firm));
        cn_table_add_count(table, firm->buyers);
        cn_table_add_money(table, risk_minor(firm->output_at_risk));
        cn_table_add_text(table, risk_short(s, c->flows, firm->worst_buyer));
    }
    session_heading(s, TEXT_CRITICAL_SUMMARY, digits_of(digits, c->found.buyer_count), END);
    status = session_table(s, table, err);
    size_t rows = cn_table_row_count(table);
    if (rows < c->found.firm_count) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_RISK_SHOWN, digits_of(digits, rows), digits_of(all, c->found.firm_count), END);
    }
    cn_table_free(table);
    return status;
}

cn_status critical_write_text(session *s, const critical *c, cn_error *err) {
    cli_digits digits;
    cn_status status = CN_OK;
    size_t buyers = c->found.buyer_count;
    if (!buyers) {
        session_line(s, TEXT_CRITICAL_NO_BUYERS, END);
    } else if (buyers > 1) {
        status = write_summary(s, c, err);
        cn_buf_add_text(&s->out, "\n");
    }
    for (size_t i = 0; i < buyers && i < BUYERS_SHOWN && !status; i++) {
        cn_buf_add_text(&s->out, i ? "\n" : "");
        status = write_buyer(s, c, c->found.buyers[i], err);
    }
    size_t left = (buyers > BUYERS_SHOWN ? buyers - BUYERS_SHOWN : 0) + c->found.buyers_left_out;
    if (left) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_CRITICAL_MORE_BUYERS, digits_of(digits, left), END);
    }
    return status;
}
