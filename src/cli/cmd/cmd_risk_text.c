/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet risk as text and as JSON. */
#include "cmd_risk.h"

#include <math.h>
#include <stdlib.h>

enum { SMALL_SHOWN = 5, SECONDS_SHOWN = 10 };

/* A firm that costs the network at least so much when it stops is worth a sentence. */
#define LOSS_THAT_MATTERS 0.01

/* ---- the ranking ---- */

static void add_columns(const session *s, cn_table *table, bool gaps) {
    static const struct {
        cli_text title;
        cn_cell_type type;
        int decimals;
    } columns[] = {{TEXT_COLUMN_RANK, CN_CELL_COUNT, 0},      {TEXT_COLUMN_FIRM, CN_CELL_TEXT, 0},
                   {TEXT_COLUMN_ESRI, CN_CELL_NUMBER, 1},     {TEXT_COLUMN_OWN, CN_CELL_NUMBER, 2},
                   {TEXT_COLUMN_RATIO, CN_CELL_NUMBER, 1},    {TEXT_COLUMN_SIZE_RANK, CN_CELL_COUNT, 0},
                   {TEXT_COLUMN_AT_RISK, CN_CELL_MONEY, 0},   {TEXT_COLUMN_HIT, CN_CELL_COUNT, 0},
                   {TEXT_COLUMN_UPSTREAM, CN_CELL_NUMBER, 2}, {TEXT_COLUMN_DOWNSTREAM, CN_CELL_NUMBER, 2},
                   {TEXT_COLUMN_GAP, CN_CELL_NUMBER, 0}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns - !gaps; i++) {
        cn_table_add_column(table, "", text_of(s->lang, columns[i].title), columns[i].type, columns[i].decimals);
    }
}

static bool any_gap(const ranking *r, size_t shown) {
    for (size_t i = 0; i < shown; i++) {
        if (!isnan(r->position.gap_days[r->order[i]])) {
            return true;
        }
    }
    return false;
}

static cn_status write_ranking(session *s, const ranking *r, size_t shown, cn_error *err) {
    bool gaps = any_gap(r, shown);
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    add_columns(s, table, gaps);
    for (size_t i = 0; i < shown; i++) {
        uint32_t f = r->order[i];
        cn_table_add_count(table, (int64_t)i + 1);
        cn_table_add_text(table, risk_short(s, r->flows, f));
        cn_table_add_number(table, risk_in_percent(r->esri.loss[f]));
        cn_table_add_number(table, 100 * r->esri.own[f]);
        cn_table_add_number(table, ranking_ratio(r, f));
        cn_table_add_count(table, r->size_rank[f]);
        cn_table_add_money(table, risk_minor(r->esri.money[f]));
        cn_table_add_count(table, r->esri.hit_count[f]);
        cn_table_add_number(table, r->position.upstream[f]);
        cn_table_add_number(table, r->position.downstream[f]);
        if (gaps) {
            cn_table_add_number(table, r->position.gap_days[f]);
        }
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

/* Firms smaller than half of all whose stop costs the network much, the costliest first. */
static void add_small(session *s, const ranking *r) {
    uint32_t firms[SMALL_SHOWN];
    size_t count = 0;
    for (size_t i = 0; i < r->count && count < SMALL_SHOWN; i++) {
        uint32_t f = r->order[i];
        bool small = r->esri.own[f] > 0 && r->size_rank[f] > (cn_flows_firm_count(r->flows) + 1) / 2;
        if (small && r->esri.loss[f] >= LOSS_THAT_MATTERS) {
            firms[count++] = f;
        }
    }
    if (!count) {
        return;
    }
    cn_buf names = {0};
    for (size_t i = 0; i < count; i++) {
        cn_buf_add_text(&names, i ? ", " : "");
        text_add_clean(&names, risk_short(s, r->flows, firms[i]));
        cn_buf_add_text(&names, " (");
        risk_percent(s, r->esri.loss[firms[i]], &names);
        cn_buf_add_text(&names, ")");
    }
    session_line(s, TEXT_RISK_SMALL, names.data ? names.data : "", END);
    s->out.failed = s->out.failed || names.failed;
    cn_buf_release(&names);
}

/* ---- second sources ---- */

static cn_status write_seconds(session *s, const ranking *r, cn_error *err) {
    static const struct {
        cli_text title;
        cn_cell_type type;
    } columns[] = {{TEXT_COLUMN_ONLY_SUPPLIER, CN_CELL_TEXT}, {TEXT_COLUMN_BUYER, CN_CELL_TEXT},
                   {TEXT_COLUMN_PRODUCT, CN_CELL_TEXT},       {TEXT_COLUMN_ESRI, CN_CELL_NUMBER},
                   {TEXT_COLUMN_ESRI_SECOND, CN_CELL_NUMBER}, {TEXT_COLUMN_SAVED, CN_CELL_MONEY}};
    size_t all = 0;
    size_t most = session_given(s, OPTION_TOP) ? SIZE_MAX : SECONDS_SHOWN;
    const cn_flow *flows = cn_flows_all(r->flows, &all);
    cn_table *table = NULL;
    cn_buf name = {0};
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        cn_table_add_column(table, "", text_of(s->lang, columns[i].title), columns[i].type, 1);
    }
    for (size_t i = 0; i < r->second_count && i < most && !status; i++) {
        const cn_second_source *row = &r->seconds[i];
        const cn_flow *flow = &flows[row->flow];
        name.len = 0;
        risk_product(s, r->flows, flow->to, flow->product, RISK_NAMED, &name);
        cn_table_add_text(table, risk_short(s, r->flows, flow->from));
        cn_table_add_text(table, risk_short(s, r->flows, flow->to));
        cn_table_add_text(table, name.data ? name.data : "");
        cn_table_add_number(table, risk_in_percent(row->loss));
        cn_table_add_number(table, risk_in_percent(row->loss_second));
        cn_table_add_money(table, risk_minor(row->money - row->money_second));
    }
    if (!status) {
        cn_buf_add_text(&s->out, "\n");
        session_heading(s, TEXT_RISK_SECOND, END);
        if (r->second_count) {
            status = session_table(s, table, err);
        } else {
            session_line(s, TEXT_RISK_NO_SINGLE, END);
        }
    }
    cn_buf_release(&name);
    cn_table_free(table);
    return status;
}

/* ---- text ---- */

static void write_assumed(session *s, const ranking *r) {
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_ASSUMED, END);
    session_line(s, TEXT_RISK_WEIGHT_LINE, risk_weight_name(s), END);
    session_line(s, TEXT_WHATIF_REPLACE, END);
    session_line(s, r->options.keep_outside_sales ? TEXT_WHATIF_KEEP : TEXT_WHATIF_NO_KEEP, END);
    if (!cn_flows_has_table(r->flows)) {
        session_line(s, TEXT_CRITICAL_NO_TABLE, END);
    }
    if (cn_flows_firm_count(r->flows) > RISK_FIRMS_FINE) {
        session_line(s, TEXT_RISK_COARSE, END);
    }
    session_line(s, TEXT_RISK_POSITION, END);
}

cn_status ranking_write_text(session *s, const ranking *r, cn_error *err) {
    cli_digits some, all;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : RISK_TOP_SHOWN;
    size_t shown = r->count < most ? r->count : most;
    session_heading(s, TEXT_RISK_HEAD, END);
    if (!r->count) {
        session_line(s, TEXT_CRITICAL_NO_BUYERS, END);
        return CN_OK;
    }
    if (r->cut) {
        session_line(s, TEXT_RISK_CUT, digits_of(some, r->count), digits_of(all, cn_flows_firm_count(r->flows)), END);
    }
    cn_buf_add_text(&s->out, "\n");
    cn_status status = write_ranking(s, r, shown, err);
    cn_buf_add_text(&s->out, "\n");
    if (shown < r->count) {
        session_line(s, TEXT_RISK_SHOWN, digits_of(some, shown), digits_of(all, r->count), END);
    }
    add_small(s, r);
    status = status ? status : write_seconds(s, r, err);
    write_assumed(s, r);
    return status;
}

/* ---- JSON ---- */

static void add_firm(const session *s, json *j, const ranking *r, uint32_t f) {
    const cn_position *p = &r->position;
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"esri", r->esri.loss[f]},
                   {"own", r->esri.own[f]},
                   {"ratio", ranking_ratio(r, f)},
                   {"money", r->esri.money[f]},
                   {"output", p->output[f]},
                   {"upstreamness", p->upstream[f]},
                   {"downstreamness", p->downstream[f]},
                   {"influence", p->influence[f]},
                   {"katz", p->katz[f]},
                   {"hub", p->hub[f]},
                   {"authority", p->authority[f]},
                   {"survive_days", p->survive_days[f]},
                   {"recover_days", p->recover_days[f]},
                   {"gap_days", p->gap_days[f]}};
    json_begin(j, NULL, '{');
    json_text(j, "id", risk_id(s, r->flows, f));
    json_text(j, "name", risk_name(s, r->flows, f));
    json_count(j, "size_rank", r->size_rank[f]);
    json_count(j, "hit", r->esri.hit_count[f]);
    json_count(j, "nexus_layer", r->nexus[f]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_number(j, numbers[i].key, numbers[i].value);
    }
    json_end(j, '}');
}

static void add_seconds(const session *s, json *j, const ranking *r) {
    json_begin(j, "second_sources", '[');
    for (size_t i = 0; i < r->second_count; i++) {
        const cn_second_source *row = &r->seconds[i];
        json_begin(j, NULL, '{');
        risk_flow_json(s, j, "flow", r->flows, row->flow);
        json_number(j, "loss", row->loss);
        json_number(j, "loss_with_second", row->loss_second);
        json_number(j, "money", row->money);
        json_number(j, "money_with_second", row->money_second);
        json_end(j, '}');
    }
    json_end(j, ']');
}

cn_status ranking_write_json(session *s, const ranking *r, cn_error *err) {
    static const char *const weights[] = {"output", "sales", "headcount"};
    json j = {&s->out, 0, true};
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : SIZE_MAX;
    size_t count = 0;
    (void)err;
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    json_text(&j, "weight", weights[r->options.weight]);
    json_flag(&j, "outside_sales_stay", r->options.keep_outside_sales);
    json_count(&j, "firms_in_network", cn_flows_firm_count(r->flows));
    json_number(&j, "epsilon", r->options.epsilon);
    json_count(&j, "firms_computed", r->count);
    json_flag(&j, "product_table", cn_flows_has_table(r->flows));
    json_begin(&j, "firms", '[');
    for (size_t i = 0; i < r->count && i < most; i++) {
        add_firm(s, &j, r, r->order[i]);
    }
    json_end(&j, ']');
    add_seconds(s, &j, r);
    const cn_remark *remarks = cn_flows_remarks(r->flows, &count);
    risk_remarks_json(s, &j, r->flows, remarks, count);
    json_end(&j, '}');
    return CN_OK;
}
