/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet critical as JSON: everything that was found, with the flows behind it. Money is in units of the currency. */
#include "cmd_critical.h"

#include <stdlib.h>

static void add_product(json *j, const critical *c, const char *key, uint32_t product) {
    json_text_or_null(j, key, product == CN_NONE ? "" : cn_flows_product_code(c->flows, product));
}

static void add_reasons(json *j, uint32_t reasons) {
    json_begin(j, "reasons", '[');
    for (int bit = 0; bit < CRITICAL_REASONS; bit++) {
        if (reasons >> bit & 1) {
            json_text(j, NULL, critical_reason_key(bit));
        }
    }
    json_end(j, ']');
}

static const char *role_key(cn_input_role role) {
    static const char *const keys[] = {"irrelevant", "nonessential", "essential"};
    return keys[role];
}

static void add_flows(const session *s, json *j, const critical *c, const char *key, const uint32_t *flows,
                      size_t count) {
    json_begin(j, key, '[');
    for (size_t i = 0; i < count; i++) {
        risk_flow_json(s, j, NULL, c->flows, flows[i]);
    }
    json_end(j, ']');
}

/* ---- purchases ---- */

static void add_supplier(const session *s, json *j, const critical *c, const cn_exposure_supplier *supplier) {
    json_begin(j, NULL, '{');
    json_text(j, "id", risk_id(s, c->flows, supplier->firm));
    json_text(j, "name", risk_name(s, c->flows, supplier->firm));
    json_number(j, "value", supplier->value);
    json_number(j, "share", supplier->share);
    json_flag(j, "foreign", supplier->foreign);
    risk_flow_json(s, j, "flow", c->flows, supplier->flow);
    json_end(j, '}');
}

static void add_purchase(const session *s, json *j, const critical *c, const cn_exposure *exposure,
                         const cn_exposure_product *product) {
    json_begin(j, NULL, '{');
    add_product(j, c, "product", product->product);
    json_text(j, "role", role_key(product->role));
    json_flag(j, "single_source", product->single_source);
    json_number(j, "total", product->total);
    json_number(j, "known", product->known);
    json_number(j, "unknown", product->unknown);
    json_number(j, "origin_unknown", product->origin_unknown);
    json_number(j, "foreign", product->foreign);
    json_number(j, "hhi", product->hhi);
    json_number(j, "hhi_low", product->hhi_low);
    json_number(j, "hhi_high", product->hhi_high);
    json_begin(j, "suppliers", '[');
    for (uint32_t i = 0; i < product->supplier_count; i++) {
        add_supplier(s, j, c, &exposure->suppliers[product->supplier_start + i]);
    }
    json_end(j, ']');
    json_end(j, '}');
}

static void add_exposure(const session *s, json *j, const critical *c, const cn_exposure *exposure) {
    json_begin(j, "purchases", '{');
    json_number(j, "total", exposure->total);
    json_number(j, "known", exposure->known);
    json_number(j, "unknown", exposure->unknown);
    json_number(j, "origin_unknown", exposure->origin_unknown);
    json_number(j, "foreign", exposure->foreign);
    json_number(j, "hhi", exposure->hhi);
    json_number(j, "hhi_low", exposure->hhi_low);
    json_number(j, "hhi_high", exposure->hhi_high);
    json_count(j, "suppliers", exposure->firm_count);
    json_count(j, "single_sources", exposure->single_sources);
    json_number(j, "stock_days", exposure->stock_days);
    json_flag(j, "needs_declared", !exposure->no_needs);
    json_begin(j, "products", '[');
    for (size_t i = 0; i < exposure->product_count; i++) {
        if (critical_wanted(s, c, exposure->products[i].product)) {
            add_purchase(s, j, c, exposure, &exposure->products[i]);
        }
    }
    json_end(j, ']');
    json_end(j, '}');
}

/* ---- structure ---- */

static void add_dominators(const session *s, json *j, const critical *c, const cn_dominators *dominators) {
    json_begin(j, "dominators", '[');
    for (size_t i = 0; i < dominators->row_count; i++) {
        const cn_dominator *row = &dominators->rows[i];
        json_begin(j, NULL, '{');
        add_product(j, c, "product", row->product);
        json_text(j, "id", risk_id(s, c->flows, row->firm));
        json_count(j, "tier", row->tier);
        json_flag(j, "hidden", row->hidden);
        json_number(j, "value", row->value);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_weak_points(const session *s, json *j, const critical *c, const char *key, const cn_weak_point *points,
                            size_t count) {
    json_begin(j, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_begin(j, NULL, '{');
        json_text(j, points[i].b == CN_NONE ? "id" : "to", risk_id(s, c->flows, points[i].a));
        if (points[i].b != CN_NONE) {
            json_text(j, "from", risk_id(s, c->flows, points[i].b));
        }
        json_count(j, "cut_off", points[i].cut_off);
        json_number(j, "value", points[i].value);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_structure(const session *s, json *j, const critical *c, const critical_buyer *buyer) {
    add_dominators(s, j, c, &buyer->dominators);
    json_begin(j, "minimum_cut", '{');
    json_number(j, "value", (double)buyer->cut.value_minor / 100);
    add_flows(s, j, c, "flows", buyer->cut.flows, buyer->cut.flow_count);
    json_end(j, '}');
    add_weak_points(s, j, c, "articulations", buyer->weak.articulations, buyer->weak.articulation_count);
    add_weak_points(s, j, c, "bridges", buyer->weak.bridges, buyer->weak.bridge_count);
    json_begin(j, "cycles", '[');
    for (size_t i = 0; i < buyer->cycles.cycle_count; i++) {
        const cn_upstream_cycle *cycle = &buyer->cycles.cycles[i];
        json_begin(j, NULL, '{');
        json_count(j, "group_size", cycle->group_size);
        json_flag(j, "through_buyer", cycle->through_buyer);
        add_flows(s, j, c, "flows", buyer->cycles.flows + cycle->start, cycle->length);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_assumed(json *j, const critical *c, const critical_buyer *buyer) {
    cn_upstream_notes notes = cn_upstream_notes_of(buyer->up);
    json_begin(j, "assumed", '{');
    json_number(j, "unknown_share_all_tiers", buyer->unknown);
    json_flag(j, "product_table", !notes.no_table);
    json_count(j, "products_met", notes.products_met);
    json_count(j, "products_not_in_table", notes.products_bare);
    add_product(j, c, "first_not_in_table", notes.first_bare);
    json_count(j, "supplies_of_the_buyer_left_out", notes.returns);
    json_count(j, "closed_groups", notes.closed_groups);
    json_flag(j, "output_known", !buyer->stops.output_assumed);
    json_count(j, "unchecked", buyer->stops.unchecked);
    json_end(j, '}');
}

/* ---- rows ---- */

static void add_losses(json *j, const critical *c, const cn_critical_row *row) {
    json_begin(j, "losses", '[');
    for (uint32_t i = 0; i < row->loss_count; i++) {
        const cn_stop_loss *loss = &c->found.losses[row->loss_start + i];
        json_begin(j, NULL, '{');
        add_product(j, c, "product", loss->product);
        json_count(j, "suppliers", loss->suppliers);
        json_number(j, "lost", loss->lost);
        json_number(j, "share", loss->share);
        json_flag(j, "blocked", loss->blocked);
        json_flag(j, "only_foreign", loss->only_foreign);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_row(const session *s, json *j, const critical *c, const cn_critical_row *row) {
    cn_buf why = {0};
    critical_why(s, c, row, &why);
    json_text(j, "id", risk_id(s, c->flows, row->firm));
    json_text(j, "name", risk_name(s, c->flows, row->firm));
    json_count(j, "tier", row->tier);
    add_reasons(j, row->reasons);
    json_text(j, "why", why.len ? why.data : "");
    add_product(j, c, "product", row->product);
    json_number(j, "output_at_risk", row->output_at_risk);
    json_number(j, "blocked", row->blocked);
    json_number(j, "lost", row->lost);
    json_number(j, "lost_share", row->lost_share);
    json_count(j, "direct_suppliers_stopped", row->direct_stopped);
    json_number(j, "dependence", row->dependence);
    json_number(j, "dependence_low", row->dependence_low);
    json_number(j, "dependence_high", row->dependence_high);
    json_number(j, "dependence_error", row->dependence_error);
    json_number(j, "stock_days", row->stock_days);
    json_number(j, "recovery_days", row->recovery_days);
    add_losses(j, c, row);
    j->out->failed = j->out->failed || why.failed;
    cn_buf_release(&why);
}

static cn_status add_rows(const session *s, json *j, const critical *c, const critical_buyer *buyer, cn_error *err) {
    cn_status status = CN_OK;
    json_begin(j, "critical", '[');
    for (size_t i = 0; i < c->found.row_count && !status; i++) {
        const cn_critical_row *row = &c->found.rows[i];
        if (row->buyer != buyer->firm) {
            continue;
        }
        json_begin(j, NULL, '{');
        add_row(s, j, c, row);
        if (session_given(s, OPTION_EXPLAIN)) {
            uint32_t *flows = NULL;
            size_t count = 0;
            status = critical_flows(buyer, row, &flows, &count, err);
            add_flows(s, j, c, "flows", flows, count);
            free(flows);
        }
        json_end(j, '}');
    }
    json_end(j, ']');
    return status;
}

static cn_status add_buyer(const session *s, json *j, const critical *c, uint32_t firm, cn_error *err) {
    critical_buyer buyer;
    cn_status status = critical_look(s, c, firm, &buyer, err);
    if (status) {
        return status;
    }
    json_begin(j, NULL, '{');
    json_text(j, "id", risk_id(s, c->flows, firm));
    json_text(j, "name", risk_name(s, c->flows, firm));
    json_number(j, "output", buyer.stops.output);
    json_count(j, "firms_upstream", cn_upstream_firm_count(buyer.up));
    status = add_rows(s, j, c, &buyer, err);
    add_exposure(s, j, c, &buyer.exposure);
    add_structure(s, j, c, &buyer);
    add_assumed(j, c, &buyer);
    json_end(j, '}');
    critical_buyer_release(&buyer);
    return status;
}

static void add_firms(const session *s, json *j, const critical *c) {
    json_begin(j, "firms", '[');
    for (size_t i = 0; i < c->found.firm_count; i++) {
        const cn_critical_firm *firm = &c->found.firms[i];
        json_begin(j, NULL, '{');
        json_text(j, "id", risk_id(s, c->flows, firm->firm));
        json_text(j, "name", risk_name(s, c->flows, firm->firm));
        json_count(j, "buyers", firm->buyers);
        add_reasons(j, firm->reasons);
        json_text(j, "worst_buyer", risk_id(s, c->flows, firm->worst_buyer));
        json_number(j, "worst_at_risk", firm->worst_at_risk);
        json_number(j, "output_at_risk", firm->output_at_risk);
        json_number(j, "blocked", firm->blocked);
        json_number(j, "lost", firm->lost);
        json_end(j, '}');
    }
    json_end(j, ']');
}

cn_status critical_write_json(session *s, const critical *c, cn_error *err) {
    json j = {&s->out, 0, true};
    size_t count = 0;
    cn_status status = CN_OK;
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    json_text_or_null(&j, "product", session_given(s, OPTION_PRODUCT) ? s->options.text[OPTION_PRODUCT] : "");
    json_number(&j, "unknown_share", c->found.unknown_share);
    json_count(&j, "buyers_left_out", c->found.buyers_left_out);
    json_count(&j, "rows_left_out", c->found.rows_left_out);
    json_begin(&j, "buyers", '[');
    for (size_t i = 0; i < c->found.buyer_count && !status; i++) {
        status = add_buyer(s, &j, c, c->found.buyers[i], err);
    }
    json_end(&j, ']');
    add_firms(s, &j, c);
    const cn_remark *remarks = cn_flows_remarks(c->flows, &count);
    risk_remarks_json(s, &j, c->flows, remarks, count);
    json_end(&j, '}');
    return status;
}
