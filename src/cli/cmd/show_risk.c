/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces that the commands on risk share. Everything here only reads; costs are linear in what is shown.
 */
#include "show_risk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- flows and what they say of the data ---- */

void risk_say_remarks(const session *s, const cn_flows *flows, const cn_remark *remarks, size_t count) {
    for (size_t i = 0; i < count && i < RISK_REMARKS_SHOWN; i++) {
        cn_buf text = {0};
        cn_remark_text(flows, &remarks[i], s->lang, &text);
        session_remark(s, TEXT_AS_IS, text.data ? text.data : "", END);
        cn_buf_release(&text);
    }
    if (count > RISK_REMARKS_SHOWN) {
        cli_digits digits;
        session_remark(s, TEXT_RISK_MORE_REMARKS, digits_of(digits, count - RISK_REMARKS_SHOWN), END);
    }
}

void risk_remarks_json(const session *s, json *j, const cn_flows *flows, const cn_remark *remarks, size_t count) {
    json_begin(j, "remarks", '[');
    for (size_t i = 0; i < count; i++) {
        cn_buf text = {0};
        cn_remark_text(flows, &remarks[i], s->lang, &text);
        json_begin(j, NULL, '{');
        json_text(j, "key", cn_message_key(remarks[i].message));
        json_text_or_null(j, "firm", remarks[i].firm == CN_NONE ? "" : risk_id(s, flows, remarks[i].firm));
        json_text(j, "text", text.data ? text.data : "");
        json_end(j, '}');
        j->out->failed = j->out->failed || text.failed;
        cn_buf_release(&text);
    }
    json_end(j, ']');
}

int risk_flows(session *s, cn_flows **out) {
    cn_error err = {0};
    const cn_flows_options options = {0};
    size_t count = 0;
    if (cn_flows_create(s->net, &options, out, &err)) {
        return session_fail(s, &err);
    }
    const cn_remark *remarks = cn_flows_remarks(*out, &count);
    risk_say_remarks(s, *out, remarks, count);
    return EXIT_DONE;
}

/* ---- firms ---- */

const char *risk_id(const session *s, const cn_flows *flows, uint32_t firm) {
    return cn_entity_id(s->net, cn_flows_entity(flows, firm));
}

const char *risk_name(const session *s, const cn_flows *flows, uint32_t firm) {
    return cn_entity_name(s->net, cn_flows_entity(flows, firm));
}

const char *risk_short(const session *s, const cn_flows *flows, uint32_t firm) {
    return cn_entity_short(s->net, cn_flows_entity(flows, firm));
}

void risk_names(const session *s, const cn_flows *flows, const uint32_t *firms, size_t count, size_t most,
                cn_buf *out) {
    for (size_t i = 0; i < count && i < most; i++) {
        cn_buf_add_text(out, i ? ", " : "");
        text_add_clean(out, risk_short(s, flows, firms[i]));
    }
    if (count > most) {
        cli_digits digits;
        text_add(out, s->lang, TEXT_RISK_AND_MORE, digits_of(digits, count - most), END);
    }
}

void risk_product(const session *s, const cn_flows *flows, uint32_t buyer, uint32_t product, risk_wording wording,
                  cn_buf *out) {
    const char *code = cn_flows_product_code(flows, product);
    size_t count = 0;
    const cn_flow *into = cn_flows_into(flows, buyer, &count);
    if (code[0] && wording == RISK_NAMED) {
        show_product(s, code, out);
        return;
    }
    text_add_clean(out, code);
    for (size_t i = 0; i < count && !code[0]; i++) {
        if (into[i].product == product) {
            text_add(out, s->lang, wording == RISK_OF ? TEXT_RISK_UNNAMED_OF : TEXT_RISK_UNNAMED,
                     risk_short(s, flows, into[i].from), END);
            return;
        }
    }
}

int risk_orgs(const session *s, const char *list, cn_entity **orgs, size_t *count) {
    cn_error err = {0};
    size_t parts = 1;
    *count = 0;
    for (const char *at = list; *at; at++) {
        parts += *at == ',';
    }
    *orgs = malloc(parts * sizeof **orgs);
    char *copy = malloc(strlen(list) + 1);
    int code = EXIT_DONE;
    if (!*orgs || !copy) {
        err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        code = session_fail(s, &err);
    } else if (parts > 1 && !cn_entity_resolve(s->net, list, *orgs, NULL)) {
        *count = 1; /* a name with commas in it */
    } else {
        strcpy(copy, list);
        for (char *part = copy; part && !code;) {
            char *comma = strchr(part, ',');
            if (comma) {
                *comma = '\0';
            }
            code = cn_entity_resolve(s->net, part, *orgs + *count, &err) ? session_fail(s, &err) : EXIT_DONE;
            *count += !code;
            part = comma ? comma + 1 : NULL;
        }
    }
    free(copy);
    return code;
}

int risk_firm(const session *s, const cn_flows *flows, cn_entity org, uint32_t *firm) {
    *firm = cn_flows_firm(flows, org);
    if (*firm == CN_NONE) {
        complain(s->lang, TEXT_RISK_NO_FIRM, cn_entity_name(s->net, org), END);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

cn_cascade_options risk_cascade_options(const session *s) {
    cn_cascade_weight weight = (cn_cascade_weight)s->options.number[OPTION_RISK_WEIGHT];
    bool keep = weight != CN_CASCADE_SALES && !session_given(s, OPTION_AS_PUBLISHED);
    return (cn_cascade_options){.weight = weight, .keep_outside_sales = keep};
}

const char *risk_weight_name(const session *s) {
    static const cli_text names[] = {TEXT_WEIGHT_OUTPUT, TEXT_WEIGHT_SALES, TEXT_WEIGHT_HEADCOUNT};
    return text_of(s->lang, names[s->options.number[OPTION_RISK_WEIGHT]]);
}

size_t risk_anchors(const session *s, const cn_flows *flows, uint32_t *anchors, size_t most) {
    size_t count = 0;
    for (uint32_t f = 0; f < cn_flows_firm_count(flows); f++) {
        cn_entity entity = cn_flows_entity(flows, f);
        bool anchor = cn_entity_has_role(s->net, entity, CN_ROLE_ANCHOR) ||
                      cn_entity_has_role(s->net, entity, CN_ROLE_FINAL_MAKER);
        if (!anchor || !(cn_flows_purchases(flows, f) > 0)) {
            continue;
        }
        size_t at = count < most ? count++ : most;
        for (; at > 0 && cn_flows_purchases(flows, anchors[at - 1]) < cn_flows_purchases(flows, f); at--) {
            if (at < most) {
                anchors[at] = anchors[at - 1];
            }
        }
        if (at < most) {
            anchors[at] = f;
        }
    }
    return count;
}

double risk_output(const cn_flows *flows, uint32_t firm) {
    double declared = cn_flows_output(flows, firm);
    double sales = cn_flows_sales(flows, firm);
    return declared > sales ? declared : sales;
}

/* ---- numbers ---- */

/* One decimal is as much as such shares bear; what rounding leaves of 0 is 0. */
double risk_in_percent(double share) { return round(share * 1000) / 10; }

void risk_percent(const session *s, double share, cn_buf *out) {
    cn_format_number(out, s->lang, risk_in_percent(share), 1);
    if (!isnan(share)) {
        cn_buf_add_text(out, s->lang == CN_LANG_RU ? "\xC2\xA0%" : "%");
    }
}

int64_t risk_minor(double value) {
    return isnan(value) || fabs(value) >= 9e16 ? CN_MONEY_NONE : (int64_t)llround(value * 100);
}

/* ---- links ---- */

static void add_line(session *s, const cn_flows *flows, const cn_flow *flow, cn_link link, const char *indent) {
    cn_buf *out = &s->out;
    const char *source = link == CN_NONE ? "" : cn_link_source(s->net, link);
    const char *code = cn_flows_product_code(flows, flow->product);
    cn_buf_add_text(out, indent);
    text_add_clean(out, risk_short(s, flows, flow->from));
    cn_buf_add_text(out, " → ");
    text_add_clean(out, risk_short(s, flows, flow->to));
    cn_buf_add_text(out, ": ");
    if (code[0]) {
        show_product(s, code, out);
        cn_buf_add_text(out, ", ");
    }
    show_money(s, link == CN_NONE ? flow->value : cn_link_value(s->net, link), out);
    if (source[0]) {
        text_add(out, s->lang, TEXT_RISK_SOURCE, source, END);
    }
    cn_buf_add_text(out, "\n");
}

void risk_flow_lines(session *s, const cn_flows *flows, uint32_t flow, const char *indent) {
    size_t all = 0;
    size_t count = 0;
    const cn_flow *row = cn_flows_all(flows, &all) + flow;
    const cn_link *links = cn_flows_links(flows, flow, &count);
    for (size_t i = 0; i < count; i++) {
        add_line(s, flows, row, links[i], indent);
    }
    if (!count) {
        add_line(s, flows, row, CN_NONE, indent);
    }
}

void risk_flow_json(const session *s, json *j, const char *key, const cn_flows *flows, uint32_t flow) {
    size_t all = 0;
    size_t count = 0;
    const cn_flow *row = cn_flows_all(flows, &all) + flow;
    const cn_link *links = cn_flows_links(flows, flow, &count);
    json_begin(j, key, '{');
    json_text(j, "from", risk_id(s, flows, row->from));
    json_text(j, "to", risk_id(s, flows, row->to));
    json_text_or_null(j, "product", cn_flows_product_code(flows, row->product));
    json_number(j, "value", row->value);
    json_begin(j, "links", '[');
    for (size_t i = 0; i < count; i++) {
        json_begin(j, NULL, '{');
        json_text(j, "kind", cn_vocabulary_key(CN_VOC_LINK_KIND, (int)cn_link_kind_of(s->net, links[i])));
        json_number(j, "value", cn_link_value(s->net, links[i]));
        json_date(j, "since", cn_link_since(s->net, links[i]));
        json_text_or_null(j, "source", cn_link_source(s->net, links[i]));
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

void risk_links_columns(cn_table *table) {
    static const char *const texts[] = {"of", "why", "from", "to", "product"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_table_add_column(table, texts[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "value", "", CN_CELL_NUMBER, 0);
    cn_table_add_column(table, "source", "", CN_CELL_TEXT, 0);
}

void risk_links_add(const session *s, const cn_flows *flows, uint32_t flow, const char *of, const char *why,
                    cn_table *table) {
    size_t all = 0;
    size_t count = 0;
    const cn_flow *row = cn_flows_all(flows, &all) + flow;
    const cn_link *links = cn_flows_links(flows, flow, &count);
    for (size_t i = 0; i < count || i == 0; i++) {
        cn_table_add_text(table, of);
        cn_table_add_text(table, why);
        cn_table_add_text(table, risk_id(s, flows, row->from));
        cn_table_add_text(table, risk_id(s, flows, row->to));
        cn_table_add_text(table, cn_flows_product_code(flows, row->product));
        cn_table_add_number(table, count ? cn_link_value(s->net, links[i]) : row->value);
        cn_table_add_text(table, count ? cn_link_source(s->net, links[i]) : "");
    }
}
