/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet chain: the suppliers or customers of an organisation by tier. What a row buys or sells is that of its arcs to
 * the tier nearer to the organisation, as its value is (chain.h).
 */
#include "show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct chain {
    cn_entity subject;
    cn_stream stream;
    cn_graph *graph;
    cn_tiers tiers;
    int32_t *tier_of; /* by vertex; INT32_MAX where it is not in the chain */
} chain;

static cn_status compute(session *s, chain *c, cn_error *err) {
    cn_status status = show_supply_graph(s, &c->graph, err);
    if (!status) {
        status = cn_tiers_compute(c->graph, c->graph->vertex[c->subject], c->stream,
                                  (uint32_t)s->options.number[OPTION_DEPTH], &c->tiers, err);
    }
    if (status) {
        return status;
    }
    c->tier_of = malloc(c->graph->n * sizeof *c->tier_of);
    if (!c->tier_of) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        return CN_ERR_MEMORY;
    }
    for (uint32_t v = 0; v < c->graph->n; v++) {
        c->tier_of[v] = INT32_MAX;
    }
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        c->tier_of[c->tiers.rows[i].vertex] = c->tiers.rows[i].tier;
    }
    return CN_OK;
}

/* The links from (upstream) or to (downstream) the tier nearer to the organisation; with `links` NULL only their number. */
static size_t links_of_row(const chain *c, const cn_tier_row *row, cn_link *links) {
    const cn_graph *graph = c->graph;
    bool up = row->tier > 0;
    const uint32_t *start = up ? graph->out_start : graph->in_start;
    const uint32_t *ends = up ? graph->out_to : graph->in_from;
    int32_t nearer = up ? row->tier - 1 : row->tier + 1;
    size_t total = 0;
    for (uint32_t a = start[row->vertex]; a < start[row->vertex + 1] && row->tier; a++) {
        size_t count = 0;
        const cn_link *some = cn_graph_arc_links(graph, up ? a : graph->in_arc[a], &count);
        if (c->tier_of[ends[a]] != nearer || !count) {
            continue;
        }
        if (links) {
            memcpy(links + total, some, count * sizeof *some);
        }
        total += count;
    }
    return total;
}

static void row_products(const session *s, const chain *c, const cn_tier_row *row, bool with_names, cn_buf *out) {
    size_t count = links_of_row(c, row, NULL);
    cn_link *links = malloc((count ? count : 1) * sizeof *links);
    out->len = 0;
    cn_buf_add_text(out, "");
    if (links) {
        links_of_row(c, row, links);
        show_products(s, links, count, with_names, out);
    }
    out->failed = out->failed || !links;
    free(links);
}

/* ---- table ---- */

/* In text the products come last, as the longest, and cycles only where there are any. */
static void add_columns(const session *s, const chain *c, cn_table *table, bool text) {
    cn_table_add_column(table, "tier", text_of(s->lang, TEXT_COLUMN_TIER), CN_CELL_COUNT, 0);
    if (!text) {
        cn_table_add_column(table, "id", "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_KIND), CN_CELL_TEXT, 0);
    if (!text) {
        cn_table_add_column(table, "arcs", "", CN_CELL_COUNT, 0);
        cn_table_add_column(table, "value", "", CN_CELL_NUMBER, 0);
        cn_table_add_column(table, "products", "", CN_CELL_TEXT, 0);
        cn_table_add_column(table, "cycle", "", CN_CELL_COUNT, 0);
        return;
    }
    cn_table_add_column(table, "value", text_of(s->lang, TEXT_COLUMN_SUM), CN_CELL_MONEY, 0);
    if (c->tiers.cycle_count) {
        cn_table_add_column(table, "cycle", text_of(s->lang, TEXT_COLUMN_CYCLE), CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "products", text_of(s->lang, TEXT_COLUMN_PRODUCTS), CN_CELL_TEXT, 0);
}

static int64_t minor_of(double value) {
    return isnan(value) || fabs(value) >= 9e16 ? CN_MONEY_NONE : (int64_t)llround(value * 100);
}

static void add_row(const session *s, const chain *c, const cn_tier_row *row, cn_table *table, bool text, cn_buf *buf) {
    cn_entity entity = c->graph->entity[row->vertex];
    int kind = (int)cn_entity_kind_of(s->net, entity);
    double value = row->tier ? row->value : (double)NAN;
    cn_table_add_count(table, row->tier);
    if (!text) {
        cn_table_add_text(table, cn_entity_id(s->net, entity));
    }
    cn_table_add_text(table, cn_entity_name(s->net, entity));
    row_products(s, c, row, text, buf);
    const char *products = buf->len ? buf->data : "";
    if (text) {
        cli_digits digits;
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_ENTITY_KIND, kind, s->lang));
        cn_table_add_money(table, minor_of(value));
        if (c->tiers.cycle_count) {
            cn_table_add_text(table, row->cycle ? digits_of(digits, row->cycle) : "");
        }
        cn_table_add_text(table, products);
    } else {
        cn_table_add_text(table, cn_vocabulary_key(CN_VOC_ENTITY_KIND, kind));
        cn_table_add_count(table, row->arcs);
        cn_table_add_number(table, value);
        cn_table_add_text(table, products);
        cn_table_add_count(table, row->cycle);
    }
}

static cn_status make_table(session *s, const chain *c, bool text, cn_table **out, cn_error *err) {
    cn_buf buf = {0};
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    add_columns(s, c, *out, text);
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        add_row(s, c, &c->tiers.rows[i], *out, text, &buf);
    }
    s->out.failed = s->out.failed || buf.failed;
    cn_buf_release(&buf);
    return CN_OK;
}

/* ---- text ---- */

static bool subject_on_cycle(const chain *c) {
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        if (c->tiers.rows[i].tier == 0) {
            return c->tiers.rows[i].cycle != 0;
        }
    }
    return false;
}

static void add_below(session *s, const chain *c) {
    cli_digits digits;
    cn_buf_add_text(&s->out, "\n");
    if (c->stream != CN_DOWNSTREAM) {
        session_line(s, TEXT_CHAIN_DEPTH_UP, digits_of(digits, c->tiers.depth_up), END);
    }
    if (c->stream != CN_UPSTREAM) {
        session_line(s, TEXT_CHAIN_DEPTH_DOWN, digits_of(digits, c->tiers.depth_down), END);
    }
    if (c->stream == CN_BOTH_STREAMS && subject_on_cycle(c)) {
        session_line(s, TEXT_CHAIN_BOTH_SIDES, END);
    }
    if (c->tiers.cut) {
        session_line(s, TEXT_CHAIN_CUT, s->options.text[OPTION_DEPTH], END);
    }
    for (uint32_t i = 0; i < c->tiers.cycle_count; i++) {
        const uint32_t *cycle = c->tiers.cycle_vertex + c->tiers.cycle_start[i];
        uint32_t len = c->tiers.cycle_start[i + 1] - c->tiers.cycle_start[i];
        cn_buf names = {0};
        show_names(s, c->graph, cycle, len, " → ", &names);
        cn_buf_add_text(&names, " → ");
        show_names(s, c->graph, cycle, len ? 1 : 0, "", &names);
        session_line(s, TEXT_CHAIN_CYCLE, digits_of(digits, i + 1), names.data ? names.data : "", END);
        s->out.failed = s->out.failed || names.failed;
        cn_buf_release(&names);
    }
}

static const cli_text heads[] = {TEXT_CHAIN_HEAD_UP, TEXT_CHAIN_HEAD_DOWN, TEXT_CHAIN_HEAD_BOTH};
static const cli_text nothings[] = {TEXT_CHAIN_NO_UP, TEXT_CHAIN_NO_DOWN, TEXT_CHAIN_NO_BOTH};

static cn_status write_text(session *s, const chain *c, cn_error *err) {
    const char *name = cn_entity_name(s->net, c->subject);
    cn_table *table = NULL;
    session_heading(s, heads[c->stream], name, END);
    show_layer_line(s, show_layer(s, SHOW_SUPPLY_LAYER), c->graph);
    cn_buf_add_text(&s->out, "\n");
    if (c->tiers.row_count <= 1) {
        session_line(s, nothings[c->stream], name, END);
        return CN_OK;
    }
    cn_status status = make_table(s, c, true, &table, err);
    if (!status) {
        status = session_table(s, table, err);
        add_below(s, c);
    }
    cn_table_free(table);
    return status;
}

/* ---- CSV, JSON ---- */

static cn_status add_json(session *s, const chain *c, const cn_table *table, cn_error *err) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    show_entity_json(s, &j, "of", c->subject);
    json_text(&j, "direction",
              c->stream == CN_UPSTREAM     ? "upstream"
              : c->stream == CN_DOWNSTREAM ? "downstream"
                                           : "both");
    show_layer_json(&j, show_layer(s, SHOW_SUPPLY_LAYER), c->graph);
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    json_count(&j, "depth_up", c->tiers.depth_up);
    json_count(&j, "depth_down", c->tiers.depth_down);
    json_flag(&j, "cut", c->tiers.cut);
    json_begin(&j, "cycles", '[');
    for (uint32_t i = 0; i < c->tiers.cycle_count; i++) {
        json_begin(&j, NULL, '[');
        for (uint32_t k = c->tiers.cycle_start[i]; k < c->tiers.cycle_start[i + 1]; k++) {
            json_text(&j, NULL, cn_entity_id(s->net, c->graph->entity[c->tiers.cycle_vertex[k]]));
        }
        json_end(&j, ']');
    }
    json_end(&j, ']');
    cn_status status = json_table(&j, "rows", table, err);
    json_end(&j, '}');
    return status;
}

static cn_status write_data(session *s, const chain *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = make_table(s, c, false, &table, err);
    if (!status && session_format_is(s, "json")) {
        status = add_json(s, c, table, err);
    } else if (!status) {
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    }
    if (!status && c->tiers.row_count <= 1) {
        session_remark(s, nothings[c->stream], cn_entity_name(s->net, c->subject), END);
    }
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static int draw(session *s, const chain *c) {
    cn_draw_options options = show_draw_options(s);
    options.view = CN_VIEW_CHAIN;
    options.subject = c->subject;
    options.subject_given = true;
    return show_draw(s, &options);
}

int cmd_chain(session *s) {
    if (!session_given(s, OPTION_OF)) {
        return session_misuse(s, TEXT_OPTION_REQUIRED, "chain", "--of", END);
    }
    chain c = {.stream = (cn_stream)s->options.number[OPTION_STREAM]};
    int code = session_open(s);
    show_remark_picture_options(s);
    code = code ? code : session_org(s, OPTION_OF, &c.subject);
    if (code || show_is_picture(s)) {
        return code ? code : draw(s, &c);
    }
    cn_error err = {0};
    cn_status status = compute(s, &c, &err);
    if (!status) {
        show_missing_values(s, c.graph);
        status = session_format_is(s, "text") ? write_text(s, &c, &err) : write_data(s, &c, &err);
    }
    free(c.tier_of);
    cn_tiers_release(&c.tiers);
    cn_graph_free(c.graph);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
