/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading flows. flows_impl.h has the layout: flows lie in the order buyer, product, supplier, so that the purchases of
 * a buyer are a run and those of one product a run in it; the sales of a supplier are a list of numbers beside it.
 * Every accessor is O(1), except the product table: O(depth² log rows), where depth is at most six levels of OKPD2.
 */
#include <math.h>
#include <string.h>

#include "flows_impl.h"

void cn__trade_free(cn__trade *trade) {
    if (trade == NULL) {
        return;
    }
    cn__free(trade->entity);
    cn__free(trade->firm);
    cn__free(trade->output);
    cn__free(trade->headcount);
    cn__free(trade->stock_days);
    cn__free(trade->recovery_days);
    cn__free(trade->foreign);
    cn__strmap_release(&trade->codes);
    cn__free(trade->parent);
    cn__free(trade->row_start);
    cn__free(trade->rows);
    cn__free(trade->makes_start);
    cn__free(trade->makes);
    cn__free(trade);
}

void cn_flows_free(cn_flows *flows) {
    if (flows == NULL) {
        return;
    }
    cn__trade_free(flows->own);
    cn__free(flows->flow);
    cn__free(flows->into_start);
    cn__free(flows->from_start);
    cn__free(flows->from_flow);
    cn__free(flows->sales);
    cn__free(flows->purchases);
    cn__free(flows->link_start);
    cn__free(flows->links);
    cn__free(flows->origin);
    cn__free(flows->unvalued);
    cn__free(flows->outside);
    cn__free(flows->outside_start);
    cn__free(flows->remarks.rows);
    cn__free(flows);
}

/* ---- firms and products ---- */

const cn_network *cn_flows_network(const cn_flows *flows) { return flows->trade->net; }
uint32_t cn_flows_firm_count(const cn_flows *flows) { return flows->trade->firm_count; }

cn_entity cn_flows_entity(const cn_flows *flows, uint32_t firm) {
    return flows->trade->entity != NULL ? flows->trade->entity[firm] : CN_NONE;
}

uint32_t cn_flows_firm(const cn_flows *flows, cn_entity entity) {
    return flows->trade->firm != NULL && entity < flows->trade->entity_count ? flows->trade->firm[entity] : CN_NONE;
}

uint32_t cn_flows_product_count(const cn_flows *flows) { return flows->trade->product_count; }

const char *cn_flows_product_code(const cn_flows *flows, uint32_t product) {
    const cn__trade *trade = flows->trade;
    return product < trade->named_count ? cn__arena_at(&trade->codes.keys, trade->codes.entries[product].key) : "";
}

uint32_t cn_flows_product_find(const cn_flows *flows, const char *code) {
    return flows->trade->named_count > 0 ? cn__strmap_find(&flows->trade->codes, code, strlen(code)) : CN_NONE;
}

static double column(const double *values, uint32_t firm) { return values != NULL ? values[firm] : (double)NAN; }

double cn_flows_output(const cn_flows *flows, uint32_t firm) { return column(flows->trade->output, firm); }
double cn_flows_headcount(const cn_flows *flows, uint32_t firm) { return column(flows->trade->headcount, firm); }
double cn_flows_stock_days(const cn_flows *flows, uint32_t firm) { return column(flows->trade->stock_days, firm); }

double cn_flows_recovery_days(const cn_flows *flows, uint32_t firm) {
    return column(flows->trade->recovery_days, firm);
}

bool cn_flows_foreign(const cn_flows *flows, uint32_t firm) {
    return flows->trade->foreign != NULL && flows->trade->foreign[firm];
}

double cn_flows_sales(const cn_flows *flows, uint32_t firm) { return flows->sales[firm]; }
double cn_flows_purchases(const cn_flows *flows, uint32_t firm) { return flows->purchases[firm]; }

/* ---- flows ---- */

const cn_flow *cn_flows_all(const cn_flows *flows, size_t *count) {
    *count = flows->count;
    return flows->flow;
}

const cn_flow *cn_flows_into(const cn_flows *flows, uint32_t buyer, size_t *count) {
    *count = flows->into_start[buyer + 1] - flows->into_start[buyer];
    return flows->flow + flows->into_start[buyer];
}

const uint32_t *cn_flows_from(const cn_flows *flows, uint32_t supplier, size_t *count) {
    *count = flows->from_start[supplier + 1] - flows->from_start[supplier];
    return flows->from_flow + flows->from_start[supplier];
}

const cn_link *cn_flows_links(const cn_flows *flows, size_t flow, size_t *count) {
    if (flows->base != NULL) {
        *count = 0;
        return flows->origin[flow] != CN_NONE ? cn_flows_links(flows->base, flows->origin[flow], count) : NULL;
    }
    *count = flows->link_start != NULL ? flows->link_start[flow + 1] - flows->link_start[flow] : 0;
    return *count > 0 ? flows->links + flows->link_start[flow] : NULL;
}

const cn_link *cn_flows_unvalued(const cn_flows *flows, size_t *count) {
    const cn_flows *owner = flows->base != NULL ? flows->base : flows;
    *count = owner->unvalued_count;
    return owner->unvalued;
}

const cn_outside *cn_flows_outside(const cn_flows *flows, size_t *count) {
    *count = flows->outside_count;
    return flows->outside;
}

const cn_outside *cn_flows_outside_of(const cn_flows *flows, uint32_t buyer, size_t *count) {
    *count = flows->outside_start[buyer + 1] - flows->outside_start[buyer];
    return *count > 0 ? flows->outside + flows->outside_start[buyer] : NULL;
}

/* ---- the product table ---- */

bool cn_flows_has_table(const cn_flows *flows) { return flows->trade->row_start != NULL; }

/* The listed product above; an unnamed one has none. */
static uint32_t above(const cn__trade *trade, uint32_t product) {
    return product < trade->named_count ? trade->parent[product] : CN_NONE;
}

static uint32_t row_count_of(const cn__trade *trade, uint32_t output) {
    return trade->row_start[output + 1] - trade->row_start[output];
}

bool cn__trade_has_rows(const cn__trade *trade, uint32_t output) {
    for (uint32_t o = output; trade->row_start != NULL && o != CN_NONE; o = above(trade, o)) {
        if (row_count_of(trade, o) > 0) {
            return true;
        }
    }
    return false;
}

/* Role of exactly this row, or irrelevant. */
static cn_input_role row_role(const cn__trade *trade, uint32_t input, uint32_t output) {
    uint32_t begin = trade->row_start[output];
    uint32_t end = trade->row_start[output + 1];
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (trade->rows[middle].input < input) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    bool found = begin < trade->row_start[output + 1] && trade->rows[begin].input == input;
    return found ? trade->rows[begin].role : CN_INPUT_IRRELEVANT;
}

static cn_input_role standard_role(const cn__trade *trade) {
    return trade->default_nonessential ? CN_INPUT_NONESSENTIAL : CN_INPUT_ESSENTIAL;
}

static cn_input_role stronger(cn_input_role a, cn_input_role b) { return a > b ? a : b; }

cn_input_role cn_flows_role(const cn_flows *flows, uint32_t input, uint32_t output) {
    const cn__trade *trade = flows->trade;
    if (!cn__trade_has_rows(trade, output)) {
        return standard_role(trade);
    }
    cn_input_role role = CN_INPUT_IRRELEVANT;
    for (uint32_t o = output; o != CN_NONE; o = above(trade, o)) {
        for (uint32_t i = input; i != CN_NONE && row_count_of(trade, o) > 0; i = above(trade, i)) {
            role = stronger(role, row_role(trade, i, o));
        }
    }
    return role;
}

bool cn__trade_known_decide(double known, double all) { return known >= all / 2 && known > 0; }

/* By what a firm without sales makes: the products that the table knows decide. */
static cn_input_role role_by_makes(const cn_flows *flows, uint32_t input, uint32_t firm) {
    const cn__trade *trade = flows->trade;
    cn_input_role role = CN_INPUT_IRRELEVANT;
    bool known = false;
    for (uint32_t i = trade->makes_start != NULL ? trade->makes_start[firm] : 0;
         trade->makes_start != NULL && i < trade->makes_start[firm + 1]; i++) {
        if (cn__trade_has_rows(trade, trade->makes[i])) {
            known = true;
            role = stronger(role, cn_flows_role(flows, input, trade->makes[i]));
        }
    }
    return known ? role : standard_role(trade);
}

cn_input_role cn_flows_role_for(const cn_flows *flows, uint32_t input, uint32_t firm) {
    const cn__trade *trade = flows->trade;
    size_t count;
    const uint32_t *sold = cn_flows_from(flows, firm, &count);
    if (trade->row_start == NULL) {
        return standard_role(trade);
    }
    if (count == 0) {
        return role_by_makes(flows, input, firm);
    }
    cn_input_role role = CN_INPUT_IRRELEVANT;
    double known = 0;
    bool has_rows = false;
    for (size_t i = 0; i < count; i++) {
        const cn_flow *flow = &flows->flow[sold[i]];
        if (i == 0 || flow->product != flows->flow[sold[i - 1]].product) {
            has_rows = cn__trade_has_rows(trade, flow->product);
            role = has_rows ? stronger(role, cn_flows_role(flows, input, flow->product)) : role;
        }
        known += has_rows ? flow->value : 0;
    }
    bool decide = cn__trade_known_decide(known, flows->sales[firm]);
    return decide ? role : stronger(role, standard_role(trade));
}
