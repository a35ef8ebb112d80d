/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all cascades on the same flows share: the inputs of each buyer by product with their role and measure, the sales
 * of each supplier by product, markets and weights. Inputs lie in the order buyer, product, as flows and outside rows do;
 * sales in the order supplier, product, as the list by supplier does, so both are found by merging runs.
 *
 * Cost: O(V + P + E) and a look into the product table for each input and product its buyer sells; 4 bytes a flow and
 * about 40 for each pair of firm and product.
 */
#include <math.h>

#include "cascade_impl.h"
#include "error.h"
#include "flows_impl.h"

double cn__firm_output(const cn_flows *flows, uint32_t firm) {
    double output = cn_flows_output(flows, firm);
    double sales = cn_flows_sales(flows, firm);
    return output > sales ? output : sales; /* NaN: the sales */
}

void cn__cascade_model_release(cn__cascade_model *model) {
    cn__free(model->firm_input);
    cn__free(model->input_product);
    cn__free(model->input);
    cn__free(model->input_of);
    cn__free(model->firm_sale);
    cn__free(model->sale_firm);
    cn__free(model->sale_start);
    cn__free(model->sale_product);
    cn__free(model->sale_value);
    cn__free(model->market);
    cn__free(model->outside_sold);
    cn__free(model->outside_input);
    cn__free(model->demand);
    cn__free(model->weight);
    cn__free(model->money);
    *model = (cn__cascade_model){0};
}

static bool counts(const cn__cascade_model *model, const cn_outside *row) {
    return row->origin == CN_ORIGIN_IMPORT || row->origin == CN_ORIGIN_NONE || model->options.count_unsourced;
}

/* ---- sales ---- */

static bool find_sales(cn__cascade_model *m) {
    uint32_t count = 0;
    for (uint32_t firm = 0; firm < m->firm_count; firm++) {
        size_t n;
        const uint32_t *place = cn_flows_from(m->flows, firm, &n);
        for (size_t i = 0; i < n; i++) {
            count += i == 0 || m->flow[place[i]].product != m->flow[place[i - 1]].product;
        }
    }
    m->sale_count = count;
    m->firm_sale = cn__alloc((size_t)m->firm_count + 1, sizeof *m->firm_sale);
    m->sale_firm = cn__alloc(count, sizeof *m->sale_firm);
    m->sale_start = cn__alloc((size_t)count + 1, sizeof *m->sale_start);
    m->sale_product = cn__alloc(count, sizeof *m->sale_product);
    m->sale_value = cn__calloc(count, sizeof *m->sale_value);
    m->market = cn__calloc(m->product_count, sizeof *m->market);
    return m->firm_sale != NULL && m->sale_firm != NULL && m->sale_start != NULL && m->sale_product != NULL &&
           m->sale_value != NULL && m->market != NULL;
}

static void fill_sales(cn__cascade_model *m) {
    uint32_t sale = 0;
    uint32_t at = 0;
    for (uint32_t firm = 0; firm < m->firm_count; firm++) {
        size_t n;
        const uint32_t *place = cn_flows_from(m->flows, firm, &n);
        m->firm_sale[firm] = sale;
        for (size_t i = 0; i < n; i++, at++) {
            const cn_flow *flow = &m->flow[place[i]];
            if (i == 0 || flow->product != m->sale_product[sale - 1]) {
                m->sale_firm[sale] = firm;
                m->sale_product[sale] = flow->product;
                m->sale_start[sale++] = at;
            }
            m->sale_value[sale - 1] += flow->value;
            m->market[flow->product] += flow->value;
        }
    }
    m->firm_sale[m->firm_count] = sale;
    m->sale_start[sale] = at;
}

/* ---- inputs ---- */

/* As cn_flows_role_for, by the sales that are added up already: a supplier may have very many flows of one product. */
static cn_input_role role_of(const cn__cascade_model *m, uint32_t product, uint32_t firm) {
    uint32_t begin = m->firm_sale[firm];
    uint32_t end = m->firm_sale[firm + 1];
    if (!cn_flows_has_table(m->flows) || begin == end) {
        return cn_flows_role_for(m->flows, product, firm);
    }
    cn_input_role role = CN_INPUT_IRRELEVANT;
    cn_input_role standard = CN_INPUT_IRRELEVANT;
    double known = 0;
    for (uint32_t s = begin; s < end; s++) {
        cn_input_role here = cn_flows_role(m->flows, product, m->sale_product[s]);
        bool has_rows = cn__trade_has_rows(m->flows->trade, m->sale_product[s]);
        role = has_rows && here > role ? here : role;
        standard = has_rows ? standard : here;
        known += has_rows ? m->sale_value[s] : 0;
    }
    bool decide = cn__trade_known_decide(known, cn_flows_sales(m->flows, firm));
    return decide || role > standard ? role : standard;
}

/* Walks the flows and the counted outside rows into a buyer together, product by product. */
typedef struct walk {
    const cn__cascade_model *m;
    const cn_flow *flow;
    size_t flow_count;
    const cn_outside *row;
    size_t row_count;
    size_t f; /* next ones */
    size_t r;
} walk;

static void walk_begin(walk *w, const cn__cascade_model *m, uint32_t buyer) {
    *w = (walk){.m = m};
    w->flow = cn_flows_into(m->flows, buyer, &w->flow_count);
    w->row = cn_flows_outside_of(m->flows, buyer, &w->row_count);
}

/* The next product with its flows [f0, f) and rows [r0, r); false: no more. Rows that do not count are among these. */
static bool walk_next(walk *w, uint32_t *product, size_t *f0, size_t *r0) {
    while (w->r < w->row_count && !counts(w->m, &w->row[w->r])) {
        w->r++;
    }
    if (w->f == w->flow_count && w->r == w->row_count) {
        return false;
    }
    uint32_t by_flow = w->f < w->flow_count ? w->flow[w->f].product : CN_NONE;
    uint32_t by_row = w->r < w->row_count ? w->row[w->r].product : CN_NONE;
    *product = by_flow < by_row ? by_flow : by_row;
    *f0 = w->f;
    *r0 = w->r;
    while (w->f < w->flow_count && w->flow[w->f].product == *product) {
        w->f++;
    }
    while (w->r < w->row_count && w->row[w->r].product == *product) {
        w->r++;
    }
    return true;
}

static bool find_inputs(cn__cascade_model *m) {
    uint32_t count = 0;
    for (uint32_t firm = 0; firm < m->firm_count; firm++) {
        walk w;
        uint32_t product;
        size_t f0;
        size_t r0;
        walk_begin(&w, m, firm);
        while (walk_next(&w, &product, &f0, &r0)) {
            count++;
        }
    }
    size_t rows;
    (void)cn_flows_outside(m->flows, &rows);
    m->input_count = count;
    m->firm_input = cn__alloc((size_t)m->firm_count + 1, sizeof *m->firm_input);
    m->input_product = cn__alloc(count, sizeof *m->input_product);
    m->input = cn__alloc(count, sizeof *m->input);
    m->input_of = cn__alloc(m->flow_count, sizeof *m->input_of);
    m->outside_sold = cn__calloc(rows, sizeof *m->outside_sold);
    m->outside_input = cn__alloc(rows, sizeof *m->outside_input);
    return m->firm_input != NULL && m->input_product != NULL && m->input != NULL && m->input_of != NULL &&
           m->outside_sold != NULL && m->outside_input != NULL;
}

/* `of_flow` gets the input of each flow, in flow order. */
static void fill_inputs(cn__cascade_model *m, uint32_t *of_flow) {
    size_t rows;
    const cn_outside *all_rows = cn_flows_outside(m->flows, &rows);
    for (size_t i = 0; i < rows; i++) {
        m->outside_input[i] = CN_NONE;
    }
    uint32_t input = 0;
    for (uint32_t firm = 0; firm < m->firm_count; firm++) {
        walk w;
        uint32_t product;
        size_t f0;
        size_t r0;
        m->firm_input[firm] = input;
        walk_begin(&w, m, firm);
        double all = 0;
        while (walk_next(&w, &product, &f0, &r0)) {
            double bought = 0;
            for (size_t f = f0; f < w.f; f++) {
                bought += w.flow[f].value;
                of_flow[(size_t)(w.flow - m->flow) + f] = input;
            }
            for (size_t r = r0; r < w.r; r++) {
                if (counts(m, &w.row[r])) {
                    bought += w.row[r].value;
                    m->market[product] += w.row[r].value;
                    m->outside_input[(size_t)(w.row - all_rows) + r] = input;
                }
            }
            m->input_product[input] = product;
            m->input[input].role = role_of(m, product, firm);
            m->input[input++].per = bought;
            all += bought;
        }
        for (uint32_t i = m->firm_input[firm]; i < input; i++) {
            cn_input_role role = m->input[i].role;
            double by = role == CN_INPUT_ESSENTIAL ? m->input[i].per : all;
            m->input[i].per = role == CN_INPUT_IRRELEVANT ? 0 : 1 / by;
        }
    }
    m->firm_input[m->firm_count] = input;
}

/* Outside rows of one product and origin are one seller. False: memory. */
static bool fill_outside(cn__cascade_model *m) {
    size_t count;
    const cn_outside *rows = cn_flows_outside(m->flows, &count);
    double *sold = count > 0 ? cn__calloc(m->product_count, sizeof *sold * CN_ORIGIN_COUNT) : NULL;
    if (count > 0 && sold == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        sold[(size_t)rows[i].product * CN_ORIGIN_COUNT + rows[i].origin] += counts(m, &rows[i]) ? rows[i].value : 0;
    }
    for (size_t i = 0; i < count; i++) {
        m->outside_sold[i] = sold[(size_t)rows[i].product * CN_ORIGIN_COUNT + rows[i].origin];
    }
    cn__free(sold);
    return true;
}

/* ---- weights ---- */

static double weight_of(const cn__cascade_model *m, uint32_t firm) {
    double weight = m->options.weight == CN_CASCADE_SALES       ? cn_flows_sales(m->flows, firm)
                    : m->options.weight == CN_CASCADE_HEADCOUNT ? cn_flows_headcount(m->flows, firm)
                                                                : m->money[firm];
    bool counted = weight > 0 && (m->options.count_foreign || !cn_flows_foreign(m->flows, firm));
    return counted ? weight : 0;
}

static bool fill_weights(cn__cascade_model *m) {
    m->demand = cn__alloc(m->firm_count, sizeof *m->demand);
    m->weight = cn__alloc(m->firm_count, sizeof *m->weight);
    m->money = cn__alloc(m->firm_count, sizeof *m->money);
    if (m->demand == NULL || m->weight == NULL || m->money == NULL) {
        return false;
    }
    for (uint32_t firm = 0; firm < m->firm_count; firm++) {
        bool abroad = cn_flows_foreign(m->flows, firm) && !m->options.count_foreign;
        double output = cn__firm_output(m->flows, firm);
        m->money[firm] = abroad ? 0 : output;
        m->weight[firm] = weight_of(m, firm);
        m->weight_total += m->weight[firm];
        m->demand[firm] = m->options.keep_outside_sales ? output : cn_flows_sales(m->flows, firm);
    }
    return true;
}

cn_status cn__cascade_model_init(cn__cascade_model *m, const cn_flows *flows, const cn_cascade_options *options,
                                 cn_error *err) {
    *m = (cn__cascade_model){.flows = flows,
                             .firm_count = cn_flows_firm_count(flows),
                             .product_count = cn_flows_product_count(flows),
                             .place_flow = flows->from_flow};
    m->flow = cn_flows_all(flows, &m->flow_count);
    m->options = options != NULL ? *options : (cn_cascade_options){0};
    m->options.epsilon = m->options.epsilon > 0 ? m->options.epsilon : 1e-4;
    m->options.max_rounds = m->options.max_rounds > 0 ? m->options.max_rounds : 10000;
    uint32_t *of_flow = cn__alloc(m->flow_count, sizeof *of_flow);
    bool ok = of_flow != NULL && find_sales(m) && find_inputs(m);
    if (ok) {
        fill_sales(m);
        fill_inputs(m, of_flow);
        for (size_t place = 0; place < m->flow_count; place++) {
            m->input_of[place] = of_flow[m->place_flow[place]];
        }
        ok = fill_outside(m) && fill_weights(m);
    }
    cn__free(of_flow);
    cn_status status = ok ? CN_OK : CN__NO_MEMORY(err);
    if (ok && !(m->weight_total > 0)) {
        status = CN__FAIL0(err, CN_ERR_UNDEFINED, CASCADE_NO_WEIGHT);
    }
    if (status != CN_OK) {
        cn__cascade_model_release(m);
    }
    return status;
}
