/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet roles in its forms: text for people, CSV with a row an organisation, JSON with everything. */
#include "cmd_roles.h"

#include <math.h>
#include <string.h>

enum { BROKERS_SHOWN = 10, ANCHORS_SHOWN = 5, CORE_SHOWN = 20 };

static size_t most_rows(const session *s, size_t otherwise) {
    return session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : otherwise;
}

static void group_name(const session *s, const parts *p, uint32_t vertex, cn_buf *out) {
    if (p->groups.of[vertex] != CN_NONE) {
        cn_group_name(s->net, p->graph, &p->groups, p->groups.of[vertex], s->lang, out);
    }
}

/* ---- brokers ---- */

static void add_broker_columns(const session *s, cn_table *table, bool text) {
    static const cli_text titles[] = {TEXT_COLUMN_COORDINATOR, TEXT_COLUMN_ITINERANT, TEXT_COLUMN_GATEKEEPER,
                                      TEXT_COLUMN_REPRESENTATIVE, TEXT_COLUMN_LIAISON};
    for (int role = 0; role < CN_BROKER_COUNT; role++) {
        cn_table_add_column(table, cn_broker_key((cn_broker)role), text ? text_of(s->lang, titles[role]) : "",
                            CN_CELL_COUNT, 0);
    }
}

static cn_status write_brokers(session *s, const parts *p, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "group", text_of(s->lang, TEXT_COLUMN_GROUP), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "all", text_of(s->lang, TEXT_COLUMN_ALL_PAIRS), CN_CELL_COUNT, 0);
    add_broker_columns(s, table, true);
    cn_table_add_column(table, "constraint", text_of(s->lang, TEXT_COLUMN_CONSTRAINT), CN_CELL_NUMBER, 2);
    cn_table_add_column(table, "effective", text_of(s->lang, TEXT_COLUMN_EFFECTIVE), CN_CELL_NUMBER, 1);
    for (uint32_t i = 0; i < p->linked && i < most_rows(s, BROKERS_SHOWN); i++) {
        uint32_t v = p->order[i];
        cn_buf name = {0};
        if (!parts_brokered(p, v)) {
            break;
        }
        group_name(s, p, v, &name);
        cn_table_add_text(table, cn_entity_short(s->net, p->graph->entity[v]));
        cn_table_add_text(table, name.data ? name.data : "");
        cn_table_add_count(table, (int64_t)parts_brokered(p, v));
        for (int role = 0; role < CN_BROKER_COUNT; role++) {
            cn_table_add_count(table, (int64_t)p->roles.brokered[role][v]);
        }
        cn_table_add_number(table, p->roles.constraint[v]);
        cn_table_add_number(table, p->roles.effective[v]);
        cn_buf_release(&name);
    }
    if (cn_table_row_count(table)) {
        status = session_table(s, table, err);
    } else {
        session_line(s, TEXT_BROKERS_NONE, END);
    }
    cn_table_free(table);
    return status;
}

/* ---- core ---- */

static void write_core(session *s, const parts *p) {
    cn_buf names = {0}, correlation = {0};
    cli_digits size, all, rest;
    uint32_t named = 0;
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CORE_HEAD, END);
    for (uint32_t v = 0; v < p->graph->n; v++) {
        if (p->roles.core[v] && named++ < CORE_SHOWN) {
            cn_buf_add_text(&names, names.len ? ", " : "");
            text_add_clean(&names, cn_entity_short(s->net, p->graph->entity[v]));
        }
    }
    if (named > CORE_SHOWN) {
        text_add(&names, s->lang, TEXT_RISK_AND_MORE, digits_of(rest, named - CORE_SHOWN), END);
    }
    cn_format_number(&correlation, s->lang, p->roles.core_correlation, 2);
    if (named) {
        session_line(s, TEXT_CORE, digits_of(size, p->roles.core_size), digits_of(all, p->linked),
                     names.data ? names.data : "", END);
    }
    if (named < 2) {
        session_line(s, TEXT_CORE_ONE, END);
    } else if (!isnan(p->roles.core_correlation)) {
        session_line(s, TEXT_CORE_CORRELATION, correlation.data ? correlation.data : "", END);
    }
    s->out.failed = s->out.failed || names.failed;
    cn_buf_release(&names);
    cn_buf_release(&correlation);
}

/* ---- anchors ---- */

static void say_declared(session *s, const parts *p, const anchor_set *set) {
    cn_buf names = {0};
    for (size_t i = 0; i < set->count; i++) {
        if (set->rows[i].declared) {
            cn_buf_add_text(&names, names.len ? ", " : "");
            text_add_clean(&names, risk_short(s, p->flows, set->rows[i].firm));
        }
    }
    if (!names.len) {
        session_line(s, TEXT_ANCHOR_UNDECLARED, END);
    } else if (set->rows[0].declared) {
        session_line(s, TEXT_ANCHOR_SAME, risk_short(s, p->flows, set->rows[0].firm), END);
    } else {
        session_line(s, TEXT_ANCHOR_OTHER, names.data, risk_short(s, p->flows, set->rows[0].firm), END);
    }
    s->out.failed = s->out.failed || names.failed;
    cn_buf_release(&names);
}

static cn_status write_anchors(session *s, const parts *p, const anchor_set *set, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_buf_add_text(&s->out, "\n");
    if (set->cluster == CN_NONE) {
        session_heading(s, TEXT_ANCHOR_HEAD_ALL, END);
    } else {
        session_heading(s, TEXT_ANCHOR_HEAD, cn_entity_short(s->net, set->cluster), END);
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "score", text_of(s->lang, TEXT_COLUMN_ANCHOR_SCORE), CN_CELL_NUMBER, 0);
    cn_table_add_column(table, "bought", text_of(s->lang, TEXT_COLUMN_BUYS_INSIDE), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "share", text_of(s->lang, TEXT_COLUMN_ITS_SHARE), CN_CELL_NUMBER, 0);
    cn_table_add_column(table, "suppliers", text_of(s->lang, TEXT_COLUMN_SUPPLIERS_INSIDE), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "loss", text_of(s->lang, TEXT_COLUMN_ITS_LOSS), CN_CELL_NUMBER, 1);
    for (size_t i = 0; i < set->count && i < most_rows(s, ANCHORS_SHOWN); i++) {
        const cn_anchor *row = &set->rows[i];
        cn_table_add_text(table, risk_short(s, p->flows, row->firm));
        cn_table_add_number(table, risk_in_percent(row->score));
        cn_table_add_money(table, risk_minor(row->bought));
        cn_table_add_number(table, risk_in_percent(row->share));
        cn_table_add_count(table, row->suppliers);
        cn_table_add_number(table, risk_in_percent(row->loss));
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    say_declared(s, p, set);
    return status;
}

/* ---- members without trade ---- */

static void write_idle(session *s, const parts *p) {
    cn_buf nobody = {0}, outside = {0};
    for (uint32_t v = 0; v < p->graph->n; v++) {
        const cn_placement *place = &p->places[v];
        if (place->fit == CN_FIT_IDLE) {
            cn_buf *list = place->total > 0 ? &outside : &nobody;
            cn_buf_add_text(list, list->len ? ", " : "");
            text_add_clean(list, cn_entity_short(s->net, p->graph->entity[v]));
        }
    }
    if (nobody.len || outside.len) {
        cn_buf_add_text(&s->out, "\n");
    }
    if (nobody.len) {
        session_line(s, TEXT_IDLE_NOBODY, nobody.data, END);
    }
    if (outside.len) {
        session_line(s, TEXT_IDLE_OUTSIDE, outside.data, END);
    }
    s->out.failed = s->out.failed || nobody.failed || outside.failed;
    cn_buf_release(&nobody);
    cn_buf_release(&outside);
}

cn_status roles_write_text(session *s, const parts *p, cn_error *err) {
    static const cli_text heads[] = {TEXT_BROKERS_CLUSTER, TEXT_BROKERS_REGION, TEXT_BROKERS_TYPE};
    session_heading(s, heads[s->options.number[OPTION_GROUPS]], END);
    show_layer_line(s, p->kinds, p->graph);
    cn_buf_add_text(&s->out, "\n");
    cn_status status = write_brokers(s, p, err);
    session_line(s, TEXT_BROKERS_NOTE, END);
    if (p->linked) {
        write_core(s, p);
    }
    for (uint32_t i = 0; i < p->set_count && !status; i++) {
        status = p->anchors[i].count ? write_anchors(s, p, &p->anchors[i], err) : CN_OK;
    }
    if (p->set_count && !status) {
        session_line(s, TEXT_ANCHOR_NOTE, END);
    }
    write_idle(s, p);
    return status;
}

/* ---- CSV and JSON ---- */

static cn_status make_table(const session *s, const parts *p, cn_table **out, cn_error *err) {
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    cn_table_add_column(*out, "id", "", CN_CELL_TEXT, 0);
    cn_table_add_column(*out, "name", "", CN_CELL_TEXT, 0);
    cn_table_add_column(*out, "group", "", CN_CELL_TEXT, 0);
    cn_table_add_column(*out, "brokered", "", CN_CELL_COUNT, 0);
    add_broker_columns(s, *out, false);
    cn_table_add_column(*out, "core", "", CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "constraint", "", CN_CELL_NUMBER, 0);
    cn_table_add_column(*out, "effective_size", "", CN_CELL_NUMBER, 0);
    for (size_t i = 0; i < p->linked && i < most_rows(s, SIZE_MAX); i++) {
        uint32_t v = p->order[i];
        cn_buf name = {0};
        group_name(s, p, v, &name);
        cn_table_add_text(*out, cn_entity_id(s->net, p->graph->entity[v]));
        cn_table_add_text(*out, cn_entity_name(s->net, p->graph->entity[v]));
        cn_table_add_text(*out, name.data ? name.data : "");
        cn_table_add_count(*out, (int64_t)parts_brokered(p, v));
        for (int role = 0; role < CN_BROKER_COUNT; role++) {
            cn_table_add_count(*out, (int64_t)p->roles.brokered[role][v]);
        }
        cn_table_add_count(*out, p->roles.core[v]);
        cn_table_add_number(*out, p->roles.constraint[v]);
        cn_table_add_number(*out, p->roles.effective[v]);
        cn_buf_release(&name);
    }
    return CN_OK;
}

cn_status roles_write_csv(session *s, const parts *p, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = make_table(s, p, &table, err);
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

static void add_anchors(const session *s, json *j, const parts *p) {
    json_begin(j, "anchors", '[');
    for (uint32_t i = 0; i < p->set_count; i++) {
        for (size_t k = 0; k < p->anchors[i].count; k++) {
            const cn_anchor *row = &p->anchors[i].rows[k];
            json_begin(j, NULL, '{');
            json_text_or_null(j, "cluster",
                              p->anchors[i].cluster == CN_NONE ? "" : cn_entity_id(s->net, p->anchors[i].cluster));
            json_text(j, "id", risk_id(s, p->flows, row->firm));
            json_text(j, "name", risk_name(s, p->flows, row->firm));
            json_flag(j, "declared", row->declared);
            json_number(j, "score", row->score);
            json_number(j, "bought", row->bought);
            json_number(j, "share", row->share);
            json_count(j, "suppliers", row->suppliers);
            json_number(j, "reach", row->reach);
            json_number(j, "loss", row->loss);
            json_end(j, '}');
        }
    }
    json_end(j, ']');
}

cn_status roles_write_json(session *s, const parts *p, cn_error *err) {
    static const char *const groupings[] = {"cluster", "region", "type"};
    json j = {&s->out, 0, true};
    cn_table *table = NULL;
    cn_status status = make_table(s, p, &table, err);
    if (status) {
        cn_table_free(table);
        return status;
    }
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    show_layer_json(&j, p->kinds, p->graph);
    json_text(&j, "groups", groupings[p->groups.grouping]);
    json_begin(&j, "core", '{');
    json_count(&j, "size", p->roles.core_size);
    json_count(&j, "errors", p->roles.core_errors);
    json_number(&j, "correlation", p->roles.core_correlation);
    json_end(&j, '}');
    status = json_table(&j, "organisations", table, err);
    add_anchors(s, &j, p);
    json_begin(&j, "idle_members", '[');
    for (uint32_t v = 0; v < p->graph->n; v++) {
        if (p->places[v].fit == CN_FIT_IDLE) {
            json_begin(&j, NULL, '{');
            json_text(&j, "id", cn_entity_id(s->net, p->graph->entity[v]));
            json_number(&j, "trade_elsewhere", p->places[v].total);
            json_end(&j, '}');
        }
    }
    json_end(&j, ']');
    json_end(&j, '}');
    cn_table_free(table);
    return status;
}
