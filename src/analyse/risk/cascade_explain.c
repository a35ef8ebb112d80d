/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a firm lost, from the end of a cascade: its missing inputs and lost customers, flow by flow, by the same formulas
 * as cascade_engine.c but written down once more from the levels, without its running sums. Cost: O(V + E) for what is
 * left of the markets, then the flows of the firm.
 */
#include <math.h>
#include <stdlib.h>

#include "buf.h"
#include "cascade_impl.h"
#include "error.h"
#include "number.h"

typedef struct explaining {
    cn__cascade_model model;
    const cn_shock *shock;
    const cn_cascade *cascade;
    uint32_t firm;
    double *left; /* by product: what is left of its market */
    cn_cascade_cause *rows;
    size_t count;
    size_t cap;
} explaining;

static double factor_at(const double *factors, size_t i) {
    double factor = factors != NULL ? factors[i] : 1;
    return factor >= 0 && factor < 1 ? factor : factor < 0 ? 0 : 1;
}

static bool find_markets(explaining *x) {
    x->left = cn__calloc(x->model.product_count, sizeof *x->left);
    if (x->left == NULL) {
        return false;
    }
    for (size_t f = 0; f < x->model.flow_count; f++) {
        const cn_flow *flow = &x->model.flow[f];
        x->left[flow->product] += flow->value * factor_at(x->shock->flow, f) * x->cascade->down[flow->from];
    }
    size_t count;
    const cn_outside *rows = cn_flows_outside(x->model.flows, &count);
    for (size_t i = 0; i < count; i++) {
        if (x->model.outside_input[i] != CN_NONE) {
            x->left[rows[i].product] += rows[i].value * factor_at(x->shock->outside, i);
        }
    }
    return true;
}

static bool add(explaining *x, cn_cascade_cause row) {
    row.lost = row.share * row.sigma * row.missing;
    if (!(row.lost > 0)) {
        return true;
    }
    if (!cn__grow((void **)&x->rows, &x->cap, x->count, 1, sizeof row)) {
        return false;
    }
    x->rows[x->count++] = row;
    return true;
}

static double sales_of(const cn__cascade_model *m, uint32_t firm, uint32_t product) {
    for (uint32_t sale = m->firm_sale[firm]; sale < m->firm_sale[firm + 1]; sale++) {
        if (m->sale_product[sale] == product) {
            return m->sale_value[sale];
        }
    }
    return 0;
}

static bool add_inputs(explaining *x) {
    const cn__cascade_model *m = &x->model;
    size_t flow_count;
    size_t row_count;
    size_t all;
    const cn_flow *flow = cn_flows_into(m->flows, x->firm, &flow_count);
    const cn_outside *row = cn_flows_outside_of(m->flows, x->firm, &row_count);
    const cn_outside *first_row = cn_flows_outside(m->flows, &all);
    bool ok = true;
    for (uint32_t input = m->firm_input[x->firm]; input < m->firm_input[x->firm + 1]; input++) {
        cn_cascade_cause cause = {.product = m->input_product[input], .role = m->input[input].role};
        for (size_t i = 0; i < flow_count && ok; i++) {
            if (flow[i].product == cause.product) {
                size_t at = (size_t)(flow - m->flow) + i;
                cause.flow = (uint32_t)at;
                cause.outside = CN_NONE;
                cause.firm = flow[i].from;
                cause.share = flow[i].value * m->input[input].per;
                cause.sigma = cn__cascade_sigma(m, sales_of(m, cause.firm, cause.product), x->left[cause.product]);
                cause.missing = 1 - x->cascade->down[cause.firm] * factor_at(x->shock->flow, at);
                ok = add(x, cause);
            }
        }
        for (size_t i = 0; i < row_count && ok; i++) {
            size_t at = (size_t)(row - first_row) + i;
            if (row[i].product == cause.product && m->outside_input[at] != CN_NONE) {
                cause.flow = cause.firm = CN_NONE;
                cause.outside = (uint32_t)at;
                cause.share = row[i].value * m->input[input].per;
                cause.sigma = cn__cascade_sigma(m, m->outside_sold[at], x->left[cause.product]);
                cause.missing = 1 - factor_at(x->shock->outside, at);
                ok = add(x, cause);
            }
        }
    }
    return ok;
}

static bool add_demand(explaining *x) {
    size_t count;
    const uint32_t *sold = cn_flows_from(x->model.flows, x->firm, &count);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        const cn_flow *flow = &x->model.flow[sold[i]];
        cn_cascade_cause cause = {.demand = true, .flow = sold[i], .outside = CN_NONE, .firm = flow->to};
        cause.product = flow->product;
        cause.share = flow->value / x->model.demand[x->firm];
        cause.sigma = 1;
        cause.missing = 1 - x->cascade->up[flow->to] * factor_at(x->shock->flow, sold[i]);
        ok = add(x, cause);
    }
    return ok;
}

/* Which causes set the level: those of demand, of the scarcest essential product, or of all non-essential ones. */
static void mark_binding(explaining *x) {
    double minor = 0;
    double worst = 0;
    uint32_t scarce = CN_NONE;
    for (size_t i = 0; i < x->count; i++) {
        const cn_cascade_cause *row = &x->rows[i];
        double sum = 0;
        for (size_t j = i; j < x->count && !row->demand && row->role == CN_INPUT_ESSENTIAL; j++) {
            sum += !x->rows[j].demand && x->rows[j].product == row->product ? x->rows[j].lost : 0;
        }
        if (sum > worst) {
            worst = sum;
            scarce = row->product;
        }
        minor += !row->demand && row->role == CN_INPUT_NONESSENTIAL ? row->lost : 0;
    }
    bool by_demand = x->cascade->up[x->firm] < x->cascade->down[x->firm];
    for (size_t i = 0; i < x->count; i++) {
        cn_cascade_cause *row = &x->rows[i];
        bool of_inputs = minor > worst ? row->role == CN_INPUT_NONESSENTIAL
                                       : row->role == CN_INPUT_ESSENTIAL && row->product == scarce;
        row->binding = row->demand ? by_demand : !by_demand && of_inputs;
    }
}

static int compare_causes(const void *a, const void *b) {
    const cn_cascade_cause *x = a;
    const cn_cascade_cause *y = b;
    if (x->demand != y->demand) {
        return x->demand ? 1 : -1;
    }
    if (x->lost > y->lost || x->lost < y->lost) {
        return x->lost > y->lost ? -1 : 1;
    }
    if (x->flow != y->flow) {
        return x->flow < y->flow ? -1 : 1;
    }
    return x->outside < y->outside ? -1 : x->outside > y->outside;
}

void cn_cascade_causes_free(cn_cascade_cause *causes) { cn__free(causes); }

cn_status cn_cascade_explain(const cn_flows *flows, const cn_shock *shock, const cn_cascade_options *options,
                             const cn_cascade *cascade, uint32_t firm, cn_cascade_cause **out, size_t *count,
                             cn_error *err) {
    *out = NULL;
    *count = 0;
    explaining x = {.shock = shock, .cascade = cascade, .firm = firm};
    if (firm >= cascade->firm_count) {
        cn_buf number = {0};
        cn__format_u64(&number, firm);
        cn_status refused = CN__FAIL1(err, CN_ERR_ARGUMENT, CASCADE_NO_FIRM, number.failed ? "" : number.data);
        cn_buf_release(&number);
        return refused;
    }
    cn_status status = cn__cascade_model_init(&x.model, flows, options, err);
    if (status != CN_OK) {
        return status;
    }
    if (!find_markets(&x) || !add_inputs(&x) || !add_demand(&x)) {
        status = CN__NO_MEMORY(err);
        cn__free(x.rows);
    } else if (x.count > 0) {
        mark_binding(&x);
        qsort(x.rows, x.count, sizeof *x.rows, compare_causes);
        *out = x.rows;
        *count = x.count;
    } else {
        cn__free(x.rows);
    }
    cn__free(x.left);
    cn__cascade_model_release(&x.model);
    return status;
}
