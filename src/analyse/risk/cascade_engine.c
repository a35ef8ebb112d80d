/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One cascade, round by round, touching only what changes. The formulas (Diem et al. 2022, docs/risk.md) are a monotone
 * map of losses; from the shock upwards its rounds only grow, so every sum can be kept up to date by adding what grew:
 *
 *     committed growth of a firm's h_d  -> what is left of its markets          (market_lost)
 *     a market that shrank              -> sigma and loss of its hit sales      (sale_loss)
 *     growth of a sale's loss           -> missing input of each buyer          (input_lost -> worst, minor)
 *     committed growth of a firm's h_u  -> lost sales of each of its suppliers  (up_lost)
 *
 * Growth of at most epsilon waits: it stays in the sums and is passed on when more comes. The rounds are synchronous,
 * as in the formulas: all that a round reads was committed in the one before. Lists are filled in an order that depends
 * on the input alone, so the result is the same bytes always.
 *
 * Cost of a round: the flows of what grew, and the hit sales of the markets that shrank. Reset: what was touched.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cascade_impl.h"

enum { MARK_TOUCHED = 1, MARK_DOWN = 2, MARK_UP = 4, MARK_DRAINING = 8, MARK_STANDBY = 16 };

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }

/* What is left by a factor of the shock. */
static double factor_at(const double *factors, size_t i) {
    double factor = factors != NULL ? factors[i] : 1;
    return factor >= 0 && factor < 1 ? factor : factor < 0 ? 0 : 1;
}

/* ---- memory ---- */

static int compare_standby(const void *a, const void *b) {
    const cn_standby *x = a;
    const cn_standby *y = b;
    if (x->buyer != y->buyer) {
        return x->buyer < y->buyer ? -1 : 1;
    }
    if (x->product != y->product) {
        return x->product < y->product ? -1 : 1;
    }
    if (x->supplier != y->supplier) {
        return x->supplier < y->supplier ? -1 : 1;
    }
    return x->value < y->value ? -1 : x->value > y->value;
}

static bool init_shock(cn__cascade_state *state, const cn_shock *shock) {
    const cn__cascade_model *m = state->model;
    bool ok = true;
    if (shock->flow != NULL) {
        state->flow_loss = cn__calloc(m->flow_count, sizeof *state->flow_loss);
        state->sale_cut = cn__calloc(m->sale_count, sizeof *state->sale_cut);
        ok = state->flow_loss != NULL && state->sale_cut != NULL;
    }
    if (shock->outside != NULL && ok) {
        size_t rows;
        (void)cn_flows_outside(m->flows, &rows);
        state->outside_loss = cn__calloc(rows, sizeof *state->outside_loss);
        state->outside_next = cn__calloc(rows, sizeof *state->outside_next);
        state->outside_head = cn__calloc(m->product_count, sizeof *state->outside_head);
        ok = state->outside_loss != NULL && state->outside_next != NULL && state->outside_head != NULL;
    }
    if (shock->standby_count > 0 && ok) {
        state->standby = cn__alloc(shock->standby_count, sizeof *state->standby);
        ok = state->standby != NULL;
        if (ok) {
            memcpy(state->standby, shock->standby, shock->standby_count * sizeof *state->standby);
            qsort(state->standby, shock->standby_count, sizeof *state->standby, compare_standby);
        }
    }
    return ok;
}

static bool init_stock(cn__cascade_state *state) {
    const cn__cascade_model *m = state->model;
    if (m->options.days == 0) {
        return true;
    }
    state->stock = cn__alloc(m->firm_count, sizeof *state->stock);
    for (uint32_t firm = 0; state->stock != NULL && firm < m->firm_count; firm++) {
        double days = cn_flows_stock_days(m->flows, firm);
        state->stock[firm] = days > 0 ? days : 0;
    }
    return state->stock != NULL;
}

bool cn__cascade_state_init(cn__cascade_state *s, const cn__cascade_model *m, const cn_shock *shock) {
    *s = (cn__cascade_state){.model = m, .shock = shock};
    size_t firms = m->firm_count;
    size_t products = m->product_count;
    const struct {
        void *at;
        size_t count;
        size_t size;
    } parts[] = {
        {&s->firm, firms, sizeof *s->firm},
        {&s->input_lost, m->input_count, sizeof *s->input_lost},
        {&s->sale_loss, m->sale_count, sizeof *s->sale_loss},
        {&s->market_lost, products, sizeof *s->market_lost},
        {&s->sale_next, m->sale_count, sizeof *s->sale_next},
        {&s->sale_head, products, sizeof *s->sale_head},
        {&s->product_mark, products, sizeof *s->product_mark},
        {&s->sale_hit, m->sale_count, sizeof *s->sale_hit},
        {&s->touched.item, firms, sizeof *s->touched.item},
        {&s->inputs.item, m->input_count, sizeof *s->inputs.item},
        {&s->sales.item, m->sale_count, sizeof *s->sales.item},
        {&s->products.item, products, sizeof *s->products.item},
        {&s->dirty_products.item, products, sizeof *s->dirty_products.item},
        {&s->down_dirty.item, firms, sizeof *s->down_dirty.item},
        {&s->up_dirty.item, firms, sizeof *s->up_dirty.item},
        {&s->draining.item, firms, sizeof *s->draining.item},
        {&s->down_change, firms, sizeof *s->down_change},
        {&s->up_change, firms, sizeof *s->up_change},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && ok; i++) {
        void *block = cn__calloc(parts[i].count, parts[i].size);
        memcpy(parts[i].at, &block, sizeof block); /* the members are pointers of different types */
        ok = block != NULL;
    }
    return ok && (shock == NULL || init_shock(s, shock)) && init_stock(s);
}

void cn__cascade_state_release(cn__cascade_state *s) {
    void *const blocks[] = {s->firm,
                            s->input_lost,
                            s->sale_loss,
                            s->market_lost,
                            s->sale_next,
                            s->sale_head,
                            s->product_mark,
                            s->sale_hit,
                            s->touched.item,
                            s->inputs.item,
                            s->sales.item,
                            s->products.item,
                            s->dirty_products.item,
                            s->down_dirty.item,
                            s->up_dirty.item,
                            s->draining.item,
                            s->down_change,
                            s->up_change,
                            s->flow_loss,
                            s->sale_cut,
                            s->outside_loss,
                            s->outside_next,
                            s->outside_head,
                            s->standby,
                            s->stock};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        cn__free(blocks[i]);
    }
    *s = (cn__cascade_state){0};
}

void cn__cascade_state_reset(cn__cascade_state *s) {
    for (uint32_t i = 0; i < s->touched.count; i++) {
        uint32_t firm = s->touched.item[i];
        s->firm[firm] = (cn__cascade_firm){0};
    }
    for (uint32_t i = 0; i < s->inputs.count; i++) {
        s->input_lost[s->inputs.item[i]] = 0;
    }
    for (uint32_t i = 0; i < s->sales.count; i++) {
        uint32_t sale = s->sales.item[i];
        s->sale_loss[sale] = 0;
        s->sale_next[sale] = 0;
        s->sale_hit[sale] = false;
    }
    for (uint32_t i = 0; i < s->products.count; i++) {
        uint32_t product = s->products.item[i];
        s->market_lost[product] = 0;
        s->sale_head[product] = 0;
        s->product_mark[product] = 0;
    }
    s->touched.count = s->inputs.count = s->sales.count = s->products.count = 0;
    s->dirty_products.count = s->down_dirty.count = s->up_dirty.count = s->draining.count = 0;
    s->down_count = s->up_count = 0;
    s->weight_lost = s->money_lost = 0;
}

/* ---- marking ---- */

static void touch(cn__cascade_state *s, uint32_t firm) {
    if ((s->firm[firm].mark & MARK_TOUCHED) == 0) {
        s->firm[firm].mark |= MARK_TOUCHED;
        s->touched.item[s->touched.count++] = firm;
    }
}

static void mark_firm(cn__cascade_state *s, uint32_t firm, uint32_t bit, cn__list *list) {
    touch(s, firm);
    if ((s->firm[firm].mark & bit) == 0) {
        s->firm[firm].mark |= bit;
        list->item[list->count++] = firm;
    }
}

static void mark_product(cn__cascade_state *s, uint32_t product) {
    if ((s->product_mark[product] & MARK_TOUCHED) == 0) {
        s->product_mark[product] |= MARK_TOUCHED;
        s->products.item[s->products.count++] = product;
    }
    if ((s->product_mark[product] & MARK_DOWN) == 0) {
        s->product_mark[product] |= MARK_DOWN;
        s->dirty_products.item[s->dirty_products.count++] = product;
    }
}

/* A sale that brings less: it stands in its product's list from now on. */
static void hit_sale(cn__cascade_state *s, uint32_t sale) {
    uint32_t product = s->model->sale_product[sale];
    mark_product(s, product);
    if (!s->sale_hit[sale]) {
        s->sale_hit[sale] = true;
        s->sales.item[s->sales.count++] = sale;
        s->sale_next[sale] = s->sale_head[product];
        s->sale_head[product] = sale + 1;
    }
}

/* ---- passing on ---- */

/* `value` more of an input does not come. */
static void lose_input(cn__cascade_state *s, uint32_t input, uint32_t buyer, double value) {
    if (s->firm[buyer].down >= 1) {
        return; /* it has nothing left to lose */
    }
    double per = s->model->input[input].per;
    if (per == 0) {
        return; /* irrelevant to what the buyer makes */
    }
    if (s->input_lost[input] == 0) {
        s->inputs.item[s->inputs.count++] = input;
    }
    s->input_lost[input] += value;
    if (s->model->input[input].role == CN_INPUT_ESSENTIAL) {
        s->firm[buyer].worst = most(s->firm[buyer].worst, s->input_lost[input] * per);
    } else {
        s->firm[buyer].minor += value * per;
    }
    mark_firm(s, buyer, MARK_DOWN, &s->down_dirty);
}

static void pass_sale(cn__cascade_state *s, uint32_t sale, double left) {
    const cn__cascade_model *m = s->model;
    double sigma = cn__cascade_sigma(m, m->sale_value[sale], left);
    double down = s->firm[m->sale_firm[sale]].down;
    double grew = sigma * down - s->sale_loss[sale];
    if (s->flow_loss == NULL && !(grew > m->options.epsilon)) {
        return;
    }
    s->sale_loss[sale] += grew;
    for (uint32_t place = m->sale_start[sale]; place < m->sale_start[sale + 1]; place++) {
        const cn_flow *flow = &m->flow[m->place_flow[place]];
        if (s->flow_loss != NULL) {
            double loss = sigma * (1 - (1 - down) * factor_at(s->shock->flow, m->place_flow[place]));
            grew = loss - s->flow_loss[place];
            if (!(grew > m->options.epsilon)) {
                continue;
            }
            s->flow_loss[place] = loss;
        }
        lose_input(s, m->input_of[place], flow->to, flow->value * grew);
    }
}

static void pass_product(cn__cascade_state *s, uint32_t product) {
    const cn__cascade_model *m = s->model;
    double left = m->market[product] - s->market_lost[product];
    for (uint32_t at = s->sale_head[product]; at != 0; at = s->sale_next[at - 1]) {
        pass_sale(s, at - 1, left);
    }
    for (uint32_t at = s->outside_head != NULL ? s->outside_head[product] : 0; at != 0; at = s->outside_next[at - 1]) {
        size_t count;
        const cn_outside *row = cn_flows_outside(m->flows, &count) + (at - 1);
        double sigma = cn__cascade_sigma(m, m->outside_sold[at - 1], left);
        double grew = sigma * (1 - factor_at(s->shock->outside, at - 1)) - s->outside_loss[at - 1];
        if (grew > m->options.epsilon) {
            s->outside_loss[at - 1] += grew;
            lose_input(s, m->outside_input[at - 1], row->buyer, row->value * grew);
        }
    }
}

static void pass_down(cn__cascade_state *s, const cn__change *change) {
    const cn__cascade_model *m = s->model;
    for (uint32_t sale = m->firm_sale[change->firm]; sale < m->firm_sale[change->firm + 1]; sale++) {
        double sold = m->sale_value[sale] - (s->sale_cut != NULL ? s->sale_cut[sale] : 0);
        hit_sale(s, sale);
        s->market_lost[m->sale_product[sale]] += sold * change->loss;
    }
    for (size_t i = 0; s->standby != NULL && i < s->shock->standby_count; i++) {
        if (s->standby[i].supplier == change->firm) {
            mark_firm(s, s->standby[i].buyer, MARK_DOWN, &s->down_dirty);
        }
    }
}

static void pass_up(cn__cascade_state *s, const cn__change *change) {
    size_t count;
    const cn_flow *flow = cn_flows_into(s->model->flows, change->firm, &count);
    size_t first = (size_t)(flow - s->model->flow);
    for (size_t i = 0; i < count; i++) {
        if (s->firm[flow[i].from].up >= 1) {
            continue;
        }
        double factor = s->flow_loss != NULL ? factor_at(s->shock->flow, first + i) : 1;
        s->firm[flow[i].from].up_lost += flow[i].value * change->loss * factor;
        mark_firm(s, flow[i].from, MARK_UP, &s->up_dirty);
    }
}

/* ---- new losses ---- */

/* What the standby sources of a buyer cover of an input, as they are now. */
static double cover_of(const cn__cascade_state *s, uint32_t buyer, uint32_t product) {
    double cover = 0;
    for (size_t i = 0; i < s->shock->standby_count; i++) {
        const cn_standby *row = &s->standby[i];
        if (row->buyer == buyer && row->product == product && row->value > 0) {
            cover += row->value * (row->supplier != CN_NONE ? 1 - s->firm[row->supplier].down : 1);
        }
    }
    return cover;
}

static double covered_loss(const cn__cascade_state *s, uint32_t firm) {
    const cn__cascade_model *m = s->model;
    double worst = 0;
    double minor = 0;
    for (uint32_t input = m->firm_input[firm]; input < m->firm_input[firm + 1]; input++) {
        double lost = s->input_lost[input];
        if (lost > 0) {
            lost = most(0, lost - cover_of(s, firm, m->input_product[input])) * m->input[input].per;
            if (m->input[input].role == CN_INPUT_ESSENTIAL) {
                worst = most(worst, lost);
            } else {
                minor += lost;
            }
        }
    }
    return most(worst, minor);
}

static void find_down(cn__cascade_state *s, uint32_t firm) {
    bool standby = (s->firm[firm].mark & MARK_STANDBY) != 0;
    double loss = least(1, standby ? covered_loss(s, firm) : most(s->firm[firm].worst, s->firm[firm].minor));
    double now = s->firm[firm].down;
    if (s->stock != NULL && loss > now) {
        double new_loss = most(now, loss - s->stock[firm]);
        s->stock[firm] -= loss - new_loss;
        if (loss > new_loss) {
            mark_firm(s, firm, MARK_DRAINING, &s->draining);
        }
        loss = new_loss;
    }
    if (loss - now > s->model->options.epsilon) {
        s->down_change[s->down_count++] = (cn__change){firm, loss};
    }
}

static void find_up(cn__cascade_state *s, uint32_t firm) {
    double loss = least(1, s->firm[firm].up_lost / s->model->demand[firm]);
    if (loss - s->firm[firm].up > s->model->options.epsilon) {
        s->up_change[s->up_count++] = (cn__change){firm, loss};
    }
}

static void find_all(cn__cascade_state *s) {
    for (uint32_t i = 0; i < s->draining.count; i++) {
        uint32_t firm = s->draining.item[i];
        s->firm[firm].mark &= ~MARK_DRAINING;
        mark_firm(s, firm, MARK_DOWN, &s->down_dirty);
    }
    s->draining.count = 0;
    for (uint32_t i = 0; i < s->down_dirty.count; i++) {
        uint32_t firm = s->down_dirty.item[i];
        s->firm[firm].mark &= ~MARK_DOWN;
        find_down(s, firm);
    }
    s->down_dirty.count = 0;
    for (uint32_t i = 0; i < s->up_dirty.count; i++) {
        uint32_t firm = s->up_dirty.item[i];
        s->firm[firm].mark &= ~MARK_UP;
        find_up(s, firm);
    }
    s->up_dirty.count = 0;
}

void cn__cascade_pass(cn__cascade_state *s) {
    for (uint32_t i = 0; i < s->down_count; i++) {
        pass_down(s, &s->down_change[i]);
    }
    for (uint32_t i = 0; i < s->up_count; i++) {
        pass_up(s, &s->up_change[i]);
    }
    s->down_count = s->up_count = 0;
    for (uint32_t i = 0; i < s->dirty_products.count; i++) {
        uint32_t product = s->dirty_products.item[i];
        s->product_mark[product] = MARK_TOUCHED;
        pass_product(s, product);
    }
    s->dirty_products.count = 0;
    find_all(s);
}

/* ---- beginning and committing ---- */

void cn__cascade_hit(cn__cascade_state *s, uint32_t firm, double loss) {
    touch(s, firm);
    s->down_change[s->down_count++] = (cn__change){firm, loss};
    s->up_change[s->up_count++] = (cn__change){firm, loss};
}

static void begin_flows(cn__cascade_state *s) {
    const cn__cascade_model *m = s->model;
    for (uint32_t sale = 0; sale < m->sale_count; sale++) {
        for (uint32_t place = m->sale_start[sale]; place < m->sale_start[sale + 1]; place++) {
            double cut = 1 - factor_at(s->shock->flow, m->place_flow[place]);
            if (cut > 0) {
                double value = m->flow[m->place_flow[place]].value * cut;
                hit_sale(s, sale);
                s->sale_cut[sale] += value;
                s->market_lost[m->sale_product[sale]] += value;
                s->firm[m->sale_firm[sale]].up_lost += value;
                mark_firm(s, m->sale_firm[sale], MARK_UP, &s->up_dirty);
            }
        }
    }
}

static void begin_outside(cn__cascade_state *s) {
    size_t count;
    const cn_outside *rows = cn_flows_outside(s->model->flows, &count);
    for (size_t i = 0; i < count; i++) {
        double cut = 1 - factor_at(s->shock->outside, i);
        if (cut > 0 && s->model->outside_input[i] != CN_NONE) {
            uint32_t product = rows[i].product;
            mark_product(s, product);
            s->market_lost[product] += rows[i].value * cut;
            s->outside_next[i] = s->outside_head[product];
            s->outside_head[product] = (uint32_t)i + 1;
        }
    }
}

void cn__cascade_begin(cn__cascade_state *s) {
    const cn_shock *shock = s->shock;
    for (uint32_t firm = 0; shock->capacity != NULL && firm < s->model->firm_count; firm++) {
        double loss = 1 - factor_at(shock->capacity, firm);
        if (loss > 0) {
            cn__cascade_hit(s, firm, loss);
        }
    }
    if (shock->flow != NULL) {
        begin_flows(s);
    }
    if (shock->outside != NULL) {
        begin_outside(s);
    }
    for (size_t i = 0; i < shock->standby_count; i++) {
        touch(s, s->standby[i].buyer);
        s->firm[s->standby[i].buyer].mark |= MARK_STANDBY;
    }
}

double cn__cascade_level_loss(const cn__cascade_state *s, uint32_t firm) {
    return most(s->firm[firm].down, s->firm[firm].up);
}

static void commit_one(cn__cascade_state *s, cn__change *change, double *loss) {
    double before = cn__cascade_level_loss(s, change->firm);
    double grew = change->loss - *loss;
    *loss = change->loss;
    change->loss = grew;
    double level = cn__cascade_level_loss(s, change->firm) - before;
    s->weight_lost += level * s->model->weight[change->firm];
    s->money_lost += level * s->model->money[change->firm];
}

bool cn__cascade_commit(cn__cascade_state *s) {
    for (uint32_t i = 0; i < s->down_count; i++) {
        commit_one(s, &s->down_change[i], &s->firm[s->down_change[i].firm].down);
    }
    for (uint32_t i = 0; i < s->up_count; i++) {
        commit_one(s, &s->up_change[i], &s->firm[s->up_change[i].firm].up);
    }
    return s->down_count + s->up_count > 0;
}
