/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet critical: on whom a buyer depends, through all tiers. The rows of all buyers come from one analysis; what is
 * told of a buyer beside (purchases by product, weak points, cut) is computed buyer by buyer while the answer is written, so that only one chain
 * graph is in memory.
 */
#include "cmd_critical.h"

#include <stdlib.h>
#include <string.h>

/* ---- one buyer ---- */

void critical_buyer_release(critical_buyer *buyer) {
    cn_exposure_release(&buyer->exposure);
    cn_upstream_free(buyer->up);
    cn_stops_release(&buyer->stops);
    cn_min_cut_release(&buyer->cut);
    cn_weak_points_release(&buyer->weak);
    cn_upstream_cycles_release(&buyer->cycles);
    cn_dominators_release(&buyer->dominators);
    *buyer = (critical_buyer){0};
}

cn_status critical_look(const session *s, const critical *c, uint32_t firm, critical_buyer *out, cn_error *err) {
    const cn_upstream_options options = {.product = s->options.text[OPTION_PRODUCT]};
    cn_dependence dependence = {0};
    *out = (critical_buyer){.firm = firm};
    cn_status status = cn_exposure_compute(c->flows, firm, &out->exposure, err);
    status = status ? status : cn_upstream_create(c->flows, firm, &options, &out->up, err);
    status = status ? status : cn_stops_compute(out->up, 0, &out->stops, err);
    status = status ? status : cn_min_cut_compute(out->up, &out->cut, err);
    status = status ? status : cn_weak_points_compute(out->up, &out->weak, err);
    status = status ? status : cn_upstream_cycles_compute(out->up, &out->cycles, err);
    status = status ? status : cn_dominators_compute(out->up, &out->dominators, err);
    status = status ? status : cn_dependence_compute(out->up, NULL, &dependence, err);
    out->unknown = dependence.unknown;
    cn_dependence_release(&dependence);
    if (status) {
        critical_buyer_release(out);
    }
    return status;
}

bool critical_wanted(const session *s, const critical *c, uint32_t product) {
    const char *code = s->options.text[OPTION_PRODUCT];
    return !code || cn_product_covers(code, cn_flows_product_code(c->flows, product));
}

/* ---- the flows behind a row ---- */

static int compare_flows(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Vertices whose deliveries are behind the row. */
static cn_status mark_sellers(const critical_buyer *buyer, const cn_critical_row *row, bool *marked, cn_error *err) {
    uint32_t count = 0;
    if (!row->loss_count) {
        const cn_upstream_vertex *vertices = cn_upstream_vertices(buyer->up, &count);
        for (uint32_t v = 1; v < count; v++) {
            marked[v] = vertices[v].firm == row->firm;
        }
        return CN_OK;
    }
    uint32_t *stopped = NULL;
    cn_status status = cn_stop_trace(buyer->up, row->firm, &stopped, &count, err);
    for (uint32_t i = 0; i < count && !status; i++) {
        marked[stopped[i]] = true;
    }
    cn_stop_free(stopped);
    return status;
}

/* Flows between marked vertices and into the buyer; where nothing stops, all that leaves the marked ones. */
static size_t list_flows(const critical_buyer *buyer, const cn_critical_row *row, const bool *marked, uint32_t *flows) {
    uint32_t vertices = 0;
    size_t total = 0;
    (void)cn_upstream_vertices(buyer->up, &vertices);
    for (uint32_t v = 0; v < vertices; v++) {
        size_t count = 0;
        const cn_upstream_arc *arcs = cn_upstream_arcs(buyer->up, v, &count);
        bool into = v == 0 || marked[v] || !row->loss_count;
        for (size_t a = 0; a < count && into; a++) {
            if (arcs[a].from && marked[arcs[a].from]) {
                if (flows) {
                    flows[total] = arcs[a].flow;
                }
                total++;
            }
        }
    }
    return total;
}

cn_status critical_flows(const critical_buyer *buyer, const cn_critical_row *row, uint32_t **flows, size_t *count,
                         cn_error *err) {
    uint32_t vertices = 0;
    cn_status status = CN_OK;
    (void)cn_upstream_vertices(buyer->up, &vertices);
    bool *marked = calloc(vertices, sizeof *marked);
    *flows = NULL;
    *count = 0;
    if (marked) {
        status = mark_sellers(buyer, row, marked, err);
    }
    size_t total = marked && !status ? list_flows(buyer, row, marked, NULL) : 0;
    *flows = status ? NULL : malloc((total ? total : 1) * sizeof **flows);
    if (!status && (!marked || !*flows)) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        status = CN_ERR_MEMORY;
    } else if (!status) {
        list_flows(buyer, row, marked, *flows);
        qsort(*flows, total, sizeof **flows, compare_flows);
        for (size_t i = 0; i < total; i++) {
            if (!*count || (*flows)[*count - 1] != (*flows)[i]) {
                (*flows)[(*count)++] = (*flows)[i];
            }
        }
    }
    free(marked);
    return status;
}

/* ---- CSV ---- */

const char *critical_reason_key(int bit) {
    static const char *const keys[CRITICAL_REASONS] = {"single_source", "dominator",     "hidden",  "stops",
                                                       "diamond",       "last_domestic", "foreign", "slow"};
    return keys[bit];
}

static void add_reasons(const cn_critical_row *row, cn_table *table) {
    cn_buf keys = {0};
    cn_buf_add_text(&keys, "");
    for (int bit = 0; bit < CRITICAL_REASONS; bit++) {
        if (row->reasons >> bit & 1) {
            cn_buf_add_text(&keys, keys.len ? " " : "");
            cn_buf_add_text(&keys, critical_reason_key(bit));
        }
    }
    cn_table_add_text(table, keys.len ? keys.data : "");
    cn_buf_release(&keys);
}

static void add_columns(cn_table *table) {
    static const char *const texts[] = {"id", "name", "buyer"};
    static const char *const numbers[] = {
        "output_at_risk",  "blocked",          "lost",       "lost_share",   "dependence", "dependence_low",
        "dependence_high", "dependence_error", "stock_days", "recovery_days"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_table_add_column(table, texts[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "tier", "", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "reasons", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "direct_suppliers_stopped", "", CN_CELL_COUNT, 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_column(table, numbers[i], "", CN_CELL_NUMBER, 0);
    }
}

static void add_row(const session *s, const critical *c, const cn_critical_row *row, cn_table *table) {
    const double numbers[] = {row->output_at_risk,  row->blocked,          row->lost,
                              row->lost_share,      row->dependence,       row->dependence_low,
                              row->dependence_high, row->dependence_error, row->stock_days,
                              row->recovery_days};
    cn_table_add_text(table, risk_id(s, c->flows, row->firm));
    cn_table_add_text(table, risk_name(s, c->flows, row->firm));
    cn_table_add_text(table, risk_id(s, c->flows, row->buyer));
    cn_table_add_count(table, row->tier);
    add_reasons(row, table);
    cn_table_add_text(table, row->product == CN_NONE ? "" : cn_flows_product_code(c->flows, row->product));
    cn_table_add_count(table, row->direct_stopped);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_number(table, numbers[i]);
    }
}

static cn_status add_links(const session *s, const critical *c, cn_table *table, cn_error *err) {
    cn_status status = CN_OK;
    for (size_t b = 0; b < c->found.buyer_count && !status; b++) {
        critical_buyer buyer;
        status = critical_look(s, c, c->found.buyers[b], &buyer, err);
        for (size_t i = 0; i < c->found.row_count && !status; i++) {
            const cn_critical_row *row = &c->found.rows[i];
            uint32_t *flows = NULL;
            size_t count = 0;
            if (row->buyer != buyer.firm) {
                continue;
            }
            status = critical_flows(&buyer, row, &flows, &count, err);
            for (size_t f = 0; f < count && !status; f++) {
                risk_links_add(s, c->flows, flows[f], risk_id(s, c->flows, row->firm), risk_id(s, c->flows, row->buyer),
                               table);
            }
            free(flows);
        }
        if (!status) {
            critical_buyer_release(&buyer);
        }
    }
    return status;
}

cn_status critical_write_csv(session *s, const critical *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (!status && session_given(s, OPTION_EXPLAIN)) {
        risk_links_columns(table);
        status = add_links(s, c, table, err);
    } else if (!status) {
        add_columns(table);
        for (size_t i = 0; i < c->found.row_count; i++) {
            add_row(s, c, &c->found.rows[i], table);
        }
    }
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

/* The firms of --for; none: the analysis chooses. */
static int read_buyers(const session *s, const cn_flows *flows, uint32_t **firms, size_t *count) {
    int code = EXIT_DONE;
    for (size_t i = 0; i < s->options.value_count && !code; i++) {
        cn_entity *orgs = NULL;
        size_t more = 0;
        code = risk_orgs(s, s->options.values[i].text, &orgs, &more);
        uint32_t *grown = code ? NULL : realloc(*firms, (*count + more) * sizeof **firms);
        if (!code && !grown) {
            code = EXIT_TROUBLE;
            complain(s->lang, TEXT_NO_MEMORY, END);
        }
        *firms = grown ? grown : *firms;
        for (size_t k = 0; k < more && !code; k++) {
            code = risk_firm(s, flows, orgs[k], &(*firms)[*count]);
            *count += !code;
        }
        free(orgs);
    }
    return code;
}

static int answer(session *s, critical *c, const uint32_t *firms, size_t count) {
    cn_error err = {0};
    cn_critical_options options = {.buyers = firms, .buyer_count = count};
    options.product = s->options.text[OPTION_PRODUCT];
    options.top = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : 0;
    cn_status status = cn_critical_compute(c->flows, &options, &c->found, &err);
    if (!status && session_format_is(s, "json")) {
        status = critical_write_json(s, c, &err);
    } else if (!status && session_format_is(s, "csv")) {
        status = critical_write_csv(s, c, &err);
    } else if (!status) {
        status = critical_write_text(s, c, &err);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_critical(session *s) {
    critical c = {0};
    uint32_t *firms = NULL;
    size_t count = 0;
    int code = session_open(s);
    code = code ? code : risk_flows(s, &c.flows);
    code = code ? code : read_buyers(s, c.flows, &firms, &count);
    code = code ? code : answer(s, &c, firms, count);
    free(firms);
    cn_critical_release(&c.found);
    cn_flows_free(c.flows);
    return code;
}
