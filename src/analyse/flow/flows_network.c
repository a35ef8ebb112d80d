/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows of a network: its firms, the codes of its products, one row for each link with a value, the product table from
 * the made_from links, and what the `needs` rows say beyond the flows. Firms are in entity order and codes in the order
 * in which they are met (makes, needs, links, table), so that the same network gives the same numbers.
 *
 * Cost: O(V + E log P) for P properties, 24 bytes a link beside the result.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "flows_impl.h"

typedef struct making {
    const cn_network *net;
    const cn_flows_options *options;
    cn_flows *flows;
    cn__trade *trade;
    uint32_t kinds;
    cn_flow *rows;
    size_t row_count;
    uint32_t *own_product; /* by firm: its unnamed product, or CN_NONE */
    uint32_t no_product;   /* links without code, and those of them that got a main product */
    uint32_t main_product;
    cn_table_row *table;
    size_t table_count;
} making;

static bool in_layer(const making *m, cn_link link) {
    cn_link_status status = cn_link_status_of(m->net, link);
    return (m->kinds & CN_KIND_BIT(cn_link_kind_of(m->net, link))) != 0 &&
           (status == CN_STATUS_NONE || status == CN_STATUS_ACTUAL);
}

static bool is_actor(const cn_network *net, cn_entity entity) {
    return (CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(net, entity))) != 0;
}

/* ---- firms ---- */

static bool declares(const cn_network *net, cn_entity entity) {
    size_t makes;
    size_t needs;
    (void)cn_entity_items(net, entity, CN_ITEM_MAKES, &makes);
    (void)cn_entity_items(net, entity, CN_ITEM_NEEDS, &needs);
    return makes + needs > 0 || cn_entity_money(net, entity, CN_FIELD_OUTPUT) != CN_MONEY_NONE;
}

static bool find_firms(making *m) {
    cn__trade *trade = m->trade;
    trade->entity_count = cn_entity_count(m->net);
    trade->firm = cn__calloc(trade->entity_count, sizeof *trade->firm);
    if (trade->firm == NULL) {
        return false;
    }
    for (cn_link l = 0; l < cn_link_count(m->net); l++) {
        if (in_layer(m, l)) {
            trade->firm[cn_link_from(m->net, l)] = 1;
            trade->firm[cn_link_to(m->net, l)] = 1;
        }
    }
    for (cn_entity e = 0; e < trade->entity_count; e++) {
        bool firm = is_actor(m->net, e) && (trade->firm[e] == 1 || declares(m->net, e));
        trade->firm[e] = firm ? trade->firm_count++ : CN_NONE;
    }
    trade->entity = cn__alloc(trade->firm_count, sizeof *trade->entity);
    for (cn_entity e = 0; trade->entity != NULL && e < trade->entity_count; e++) {
        if (trade->firm[e] != CN_NONE) {
            trade->entity[trade->firm[e]] = e;
        }
    }
    return trade->entity != NULL;
}

static bool describe_firms(making *m) {
    cn__trade *trade = m->trade;
    uint32_t count = trade->firm_count;
    trade->output = cn__alloc(count, sizeof *trade->output);
    trade->headcount = cn__alloc(count, sizeof *trade->headcount);
    trade->stock_days = cn__alloc(count, sizeof *trade->stock_days);
    trade->recovery_days = cn__alloc(count, sizeof *trade->recovery_days);
    trade->foreign = cn__alloc(count, sizeof *trade->foreign);
    if (trade->output == NULL || trade->headcount == NULL || trade->stock_days == NULL ||
        trade->recovery_days == NULL || trade->foreign == NULL) {
        return false;
    }
    for (uint32_t firm = 0; firm < count; firm++) {
        cn_entity e = trade->entity[firm];
        int64_t output = cn_entity_money(m->net, e, CN_FIELD_OUTPUT);
        const char *country = cn_entity_text(m->net, e, CN_FIELD_COUNTRY);
        trade->output[firm] = output != CN_MONEY_NONE ? (double)output / 100.0 : (double)NAN;
        trade->headcount[firm] = cn_entity_number(m->net, e, CN_FIELD_HEADCOUNT);
        trade->stock_days[firm] = cn_entity_number(m->net, e, CN_FIELD_STOCK_DAYS);
        trade->recovery_days[firm] = cn_entity_number(m->net, e, CN_FIELD_RECOVERY_DAYS);
        trade->foreign[firm] = country[0] != '\0' && strcmp(country, cn_network_country(m->net)) != 0;
    }
    return true;
}

/* ---- codes, and rows of links ---- */

static bool find_makes(making *m) {
    cn__trade *trade = m->trade;
    trade->makes_start = cn__calloc((size_t)trade->firm_count + 1, sizeof *trade->makes_start);
    if (trade->makes_start == NULL) {
        return false;
    }
    size_t cap = 0;
    uint32_t count = 0;
    for (uint32_t firm = 0; firm < trade->firm_count; firm++) {
        size_t items;
        const cn_item *item = cn_entity_items(m->net, trade->entity[firm], CN_ITEM_MAKES, &items);
        if (!cn__grow((void **)&trade->makes, &cap, count, items, sizeof *trade->makes)) {
            return false;
        }
        for (size_t i = 0; i < items; i++) {
            if (!cn__trade_code(trade, cn_item_text(m->net, &item[i]), &trade->makes[count++])) {
                return false;
            }
        }
        trade->makes_start[firm + 1] = count;
    }
    return true;
}

static bool add_need_codes(making *m) {
    for (uint32_t firm = 0; firm < m->trade->firm_count; firm++) {
        size_t items;
        const cn_item *item = cn_entity_items(m->net, m->trade->entity[firm], CN_ITEM_NEEDS, &items);
        for (size_t i = 0; i < items; i++) {
            uint32_t product;
            if (!cn__trade_code(m->trade, cn_item_text(m->net, &item[i]), &product)) {
                return false;
            }
        }
    }
    return true;
}

/* The product of a link: CN_NONE when the supplier gets one of its own. False: memory. */
static bool product_of(making *m, cn_link link, uint32_t supplier, uint32_t *out) {
    const char *code = cn_link_product(m->net, link);
    if (code[0] != '\0') {
        return cn__trade_code(m->trade, code, out);
    }
    m->no_product++;
    uint32_t begin = m->trade->makes_start[supplier];
    *out = begin < m->trade->makes_start[supplier + 1] ? m->trade->makes[begin] : CN_NONE;
    m->main_product += *out != CN_NONE;
    return true;
}

static bool add_link_rows(making *m) {
    cn_flows *flows = m->flows;
    size_t cap = 0;
    size_t unvalued_cap = 0;
    for (cn_link l = 0; l < cn_link_count(m->net); l++) {
        if (!in_layer(m, l)) {
            continue;
        }
        cn_flow row = {.from = m->trade->firm[cn_link_from(m->net, l)],
                       .to = m->trade->firm[cn_link_to(m->net, l)],
                       .link = l,
                       .value = cn_link_value(m->net, l)};
        if (row.from == CN_NONE || row.to == CN_NONE) {
            continue; /* another kind of link between what is no firm */
        }
        if (!(row.value > 0)) {
            if (!cn__grow((void **)&flows->unvalued, &unvalued_cap, flows->unvalued_count, 1, sizeof l)) {
                return false;
            }
            flows->unvalued[flows->unvalued_count++] = l;
            continue;
        }
        if (!product_of(m, l, row.from, &row.product) ||
            !cn__grow((void **)&m->rows, &cap, m->row_count, 1, sizeof row)) {
            return false;
        }
        m->rows[m->row_count++] = row;
    }
    return true;
}

static bool find_table(making *m) {
    size_t cap = 0;
    bool ignore = m->options != NULL && m->options->ignore_product_table;
    uint32_t links = cn_link_count_of(m->net, CN_LINK_MADE_FROM) > 0 && !ignore ? cn_link_count(m->net) : 0;
    for (cn_link l = 0; l < links; l++) {
        if (cn_link_kind_of(m->net, l) != CN_LINK_MADE_FROM) {
            continue;
        }
        cn_table_row row = {.role = CN_INPUT_ESSENTIAL};
        size_t given;
        const cn_prop *essential = cn_link_values(m->net, l, CN_FIELD_ESSENTIAL, &given);
        if (given > 0 && essential[0].as.count == 0) {
            row.role = CN_INPUT_NONESSENTIAL;
        }
        if (!cn__trade_code(m->trade, cn_entity_id(m->net, cn_link_from(m->net, l)), &row.output) ||
            !cn__trade_code(m->trade, cn_entity_id(m->net, cn_link_to(m->net, l)), &row.input) ||
            !cn__grow((void **)&m->table, &cap, m->table_count, 1, sizeof row)) {
            return false;
        }
        m->table[m->table_count++] = row;
    }
    return true;
}

/* Products of their own, one for each supplier that has links without code and no `makes`; after all named ones. */
static bool name_rest(making *m) {
    cn__trade *trade = m->trade;
    trade->product_count = trade->named_count;
    m->own_product = cn__alloc(trade->firm_count, sizeof *m->own_product);
    if (m->own_product == NULL) {
        return false;
    }
    for (uint32_t firm = 0; firm < trade->firm_count; firm++) {
        m->own_product[firm] = CN_NONE;
    }
    for (size_t i = 0; i < m->row_count; i++) {
        cn_flow *row = &m->rows[i];
        if (row->product == CN_NONE) {
            if (m->own_product[row->from] == CN_NONE) {
                m->own_product[row->from] = trade->product_count++;
            }
            row->product = m->own_product[row->from];
        }
    }
    return true;
}

/* ---- needs beyond the flows ---- */

/* What flows into a buyer say of a code and the codes below it. */
static void sum_flows(const cn_flows *flows, uint32_t buyer, const char *code, double *domestic, double *foreign) {
    size_t count;
    const cn_flow *flow = cn_flows_into(flows, buyer, &count);
    for (size_t i = 0; i < count; i++) {
        if (cn_product_covers(code, cn_flows_product_code(flows, flow[i].product))) {
            *(cn_flows_foreign(flows, flow[i].from) ? foreign : domestic) += flow[i].value;
        }
    }
}

/* The part of `need` that `have` does not cover; `have` loses what it covers. */
static double rest_of(double need, double *have) {
    double covered = need < *have ? need : *have;
    *have -= covered;
    return need - covered;
}

static bool add_outside(cn_flows *flows, size_t *cap, uint32_t buyer, uint32_t product, cn_origin origin,
                        double value) {
    if (!(value > 0)) {
        return true;
    }
    if (!cn__grow((void **)&flows->outside, cap, flows->outside_count, 1, sizeof *flows->outside)) {
        return false;
    }
    flows->outside[flows->outside_count++] =
        (cn_outside){.buyer = buyer, .product = product, .origin = origin, .value = value};
    return true;
}

/* One code among the needs of a buyer: what comes from abroad must come from foreign suppliers, and so on; what suppliers
 * sell beyond the need of their side is set against unknown sources first, then against the other side (traders). */
static bool add_need(cn_flows *flows, size_t *cap, uint32_t buyer, const char *code,
                     const double need[CN_ORIGIN_COUNT]) {
    uint32_t product = cn_flows_product_find(flows, code);
    double domestic = 0;
    double foreign = 0;
    sum_flows(flows, buyer, code, &domestic, &foreign);
    double rest[CN_ORIGIN_COUNT] = {0};
    rest[CN_ORIGIN_DOMESTIC] = rest_of(need[CN_ORIGIN_DOMESTIC], &domestic);
    rest[CN_ORIGIN_IMPORT] = rest_of(need[CN_ORIGIN_IMPORT], &foreign);
    double surplus = domestic + foreign;
    rest[CN_ORIGIN_UNKNOWN] = rest_of(need[CN_ORIGIN_UNKNOWN] + need[CN_ORIGIN_NONE], &surplus);
    rest[CN_ORIGIN_IMPORT] = rest_of(rest[CN_ORIGIN_IMPORT], &surplus);
    rest[CN_ORIGIN_DOMESTIC] = rest_of(rest[CN_ORIGIN_DOMESTIC], &surplus);
    bool ok = true;
    for (int origin = CN_ORIGIN_DOMESTIC; origin < CN_ORIGIN_COUNT && ok; origin++) {
        ok = add_outside(flows, cap, buyer, product, (cn_origin)origin, rest[origin]);
    }
    return ok;
}

static bool find_outside(const cn_network *net, cn_flows *flows) {
    size_t cap = 0;
    for (uint32_t firm = 0; firm < flows->trade->firm_count; firm++) {
        size_t count;
        const cn_item *item = cn_entity_items(net, flows->trade->entity[firm], CN_ITEM_NEEDS, &count);
        for (size_t i = 0; i < count; i++) {
            double need[CN_ORIGIN_COUNT] = {0};
            const char *code = cn_item_text(net, &item[i]);
            bool again = false;
            for (size_t j = 0; j < count; j++) {
                if (item[j].product == item[i].product) {
                    again = again || j < i;
                    need[item[j].origin] += item[j].value_minor > 0 ? (double)item[j].value_minor / 100.0 : 0;
                }
            }
            if (!again && !add_need(flows, &cap, firm, code, need)) {
                return false;
            }
        }
    }
    return cn__flows_index_outside(flows);
}

/* ---- all together ---- */

static bool remark_links(const making *m) {
    cn_flows *flows = m->flows;
    cn_remark remark = {.firm = CN_NONE, .product = CN_NONE, .other = CN_NONE};
    bool ok = true;
    if (flows->unvalued_count > 0) {
        remark.message = CN_MSG_FLOWS_NO_VALUE;
        remark.value = (double)flows->unvalued_count;
        ok = cn__remarks_add(&flows->remarks, &remark);
    }
    if (m->no_product > 0 && ok) {
        remark.message = CN_MSG_FLOWS_NO_PRODUCT;
        remark.value = m->no_product;
        remark.second = m->main_product;
        ok = cn__remarks_add(&flows->remarks, &remark);
    }
    if (m->trade->row_start == NULL && ok) {
        remark.message = CN_MSG_FLOWS_NO_TABLE;
        ok = cn__remarks_add(&flows->remarks, &remark);
    }
    return ok;
}

cn_status cn_flows_create(const cn_network *net, const cn_flows_options *options, cn_flows **out, cn_error *err) {
    *out = NULL;
    cn_flows *flows = cn__calloc(1, sizeof *flows);
    making m = {.net = net, .options = options, .flows = flows};
    m.kinds = options != NULL && options->link_kinds != 0 ? options->link_kinds
                                                          : CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE);
    if (flows == NULL) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = CN_ERR_MEMORY;
    flows->own = cn__calloc(1, sizeof *flows->own);
    flows->trade = m.trade = flows->own;
    if (m.trade == NULL) {
        goto done;
    }
    m.trade->net = net;
    m.trade->default_nonessential = options != NULL && options->default_nonessential;
    if (!find_firms(&m) || !describe_firms(&m) || !find_makes(&m) || !add_need_codes(&m) || !add_link_rows(&m) ||
        !find_table(&m) || !name_rest(&m) || !cn__trade_index(m.trade, m.table, m.table_count)) {
        goto done;
    }
    status = cn__flows_index(flows, m.rows, m.row_count, true, err);
    if (status == CN_OK && (!find_outside(net, flows) || !remark_links(&m) || !cn__flows_judge(flows))) {
        status = CN_ERR_MEMORY;
    }
done:
    cn__free(m.rows);
    cn__free(m.table);
    cn__free(m.own_product);
    if (status != CN_OK) {
        cn_flows_free(flows);
        return status == CN_ERR_MEMORY ? CN__NO_MEMORY(err) : status;
    }
    *out = flows;
    return CN_OK;
}
