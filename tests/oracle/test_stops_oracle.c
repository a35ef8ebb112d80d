/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stops with a firm, against the naive fixpoint; and critical suppliers as the join of the parts. */
#include "chain_model.h"
#include "check.h"

#include <math.h>

/* Is the purchase of a product by a pair without any source left? */
static bool dried_up(const chain_model *m, uint32_t x, uint32_t product, const bool *stopped, bool essential) {
    bool any = false;
    for (uint32_t y = product; y < m->n; y += m->products) {
        if (m->value[y][x] > 0 && (!essential || m->essential[y][x])) {
            any = true;
            if (!stopped[y]) {
                return false;
            }
        }
    }
    return any && !m->outside[x][product];
}

static void stop_naively(const chain_model *m, uint32_t firm, bool *stopped) {
    for (uint32_t x = 0; x < m->n; x++) {
        stopped[x] = m->in[x] && chain_model_firm(m, x) == firm;
    }
    for (bool more = true; more;) {
        more = false;
        for (uint32_t x = 0; x < m->n; x++) {
            for (uint32_t p = 0; p < m->products && m->in[x] && !stopped[x]; p++) {
                if (dried_up(m, x, p, stopped, true)) {
                    stopped[x] = more = true;
                }
            }
        }
    }
}

static double total_of(const chain_model *m, uint32_t product) {
    double total = 0;
    for (uint32_t y = product; y < m->n; y += m->products) {
        total += m->value[y][m->n];
    }
    size_t count;
    const cn_outside *outside = cn_flows_outside_of(m->flows, m->buyer, &count);
    for (size_t i = 0; i < count; i++) {
        total += outside[i].product == product ? outside[i].value : 0;
    }
    return total;
}

static const cn_stop *row_of(const cn_stops *stops, uint32_t firm) {
    const cn_stop *row = NULL;
    for (size_t i = 0; i < stops->row_count; i++) {
        if (stops->rows[i].firm == firm) {
            CHECK(row == NULL);
            row = &stops->rows[i];
        }
    }
    return row;
}

static void compare_losses(const chain_model *m, const cn_stops *stops, const cn_stop *row, const bool *stopped) {
    double lost = 0;
    uint32_t count = 0;
    for (uint32_t p = 0; p < m->products; p++) {
        cn_stop_loss want = {.product = p};
        for (uint32_t y = p; y < m->n; y += m->products) {
            if (m->value[y][m->n] > 0 && stopped[y]) {
                want.suppliers++;
                want.lost += m->value[y][m->n];
            }
        }
        if (want.suppliers == 0) {
            continue;
        }
        CHECK(row != NULL);
        const cn_stop_loss *got = &stops->losses[row->loss_start + count++];
        CHECK_INT(got->product, p);
        CHECK_INT(got->suppliers, want.suppliers);
        CHECK_NEAR(got->lost, want.lost, 1e-9);
        CHECK_NEAR(got->share, want.lost / total_of(m, p), 1e-12);
        CHECK_INT(got->blocked, dried_up(m, m->n, p, stopped, false));
        lost += want.lost;
    }
    CHECK_INT(row != NULL, count > 0);
    CHECK(row == NULL || (row->loss_count == count && fabs(row->lost - lost) < 1e-9));
}

static uint32_t count_direct(const chain_model *m, const bool *stopped) {
    uint32_t count = 0;
    for (uint32_t f = 0; f < m->firms; f++) {
        bool any = false;
        for (uint32_t p = 0; p < m->products; p++) {
            uint32_t y = f * m->products + p;
            any |= stopped[y] && m->value[y][m->n] > 0;
        }
        count += any;
    }
    return count;
}

static void compare_stops(const cn_flows *flows, uint32_t buyer) {
    static chain_model m;
    chain_model_build(&m, flows, buyer);
    cn_upstream *up;
    cn_stops stops;
    CHECK_INT(cn_upstream_create(flows, buyer, NULL, &up, NULL), CN_OK);
    CHECK_INT(cn_stops_compute(up, 0, &stops, NULL), CN_OK);
    CHECK_INT(stops.unchecked, 0);
    for (uint32_t f = 0; f < m.firms; f++) {
        bool stopped[MODEL_MAX + 1] = {false};
        if (f == buyer) {
            CHECK(row_of(&stops, f) == NULL);
            continue;
        }
        stop_naively(&m, f, stopped);
        const cn_stop *row = row_of(&stops, f);
        compare_losses(&m, &stops, row, stopped);
        uint32_t count = 0;
        for (uint32_t x = 0; x < m.n; x++) {
            count += stopped[x];
        }
        if (row) {
            CHECK_INT(row->stopped, count);
            CHECK_INT(row->direct_stopped, count_direct(&m, stopped));
            CHECK(row->output_at_risk >= 0 && row->output_at_risk <= stops.output * (1 + 1e-12));
            uint32_t *trace;
            uint32_t traced;
            CHECK_INT(cn_stop_trace(up, f, &trace, &traced, NULL), CN_OK);
            CHECK_INT(traced, count);
            cn_stop_free(trace);
        }
    }
    cn_stops_release(&stops);
    cn_upstream_free(up);
}

static void random_networks(void) {
    uint64_t seed = 21;
    for (uint32_t round = 0; round < 1500; round++) {
        random_trade trade = {.firms = 2 + check_below(&seed, 11), .products = 1 + check_below(&seed, 4)};
        trade.percent = 3 + check_below(&seed, 25);
        trade.table = round % 3 == 0;
        cn_flows *flows = random_flows(&trade, &seed);
        compare_stops(flows, check_below(&seed, trade.firms));
        cn_flows_free(flows);
    }
}

/* Sparse networks of many products: chains of single sources, mutual stops, firms of several products. */
static void single_sources(void) {
    uint64_t seed = 22;
    for (uint32_t round = 0; round < 1500; round++) {
        random_trade trade = {.firms = 8, .products = 8, .percent = 4 + check_below(&seed, 8)};
        trade.one_product = round % 2 == 0;
        cn_flows *flows = random_flows(&trade, &seed);
        compare_stops(flows, check_below(&seed, trade.firms));
        cn_flows_free(flows);
    }
}

static void outside_purchases(void) {
    uint64_t seed = 23;
    for (uint32_t round = 0; round < 200; round++) {
        random_trade trade = {.firms = 2 + check_below(&seed, 9), .products = 1 + check_below(&seed, 4)};
        trade.percent = 5 + check_below(&seed, 25);
        cn_network *net;
        cn_flows *flows = random_network_flows(&trade, &seed, &net);
        if (cn_flows_firm_count(flows) * cn_flows_product_count(flows) <= MODEL_MAX) {
            compare_stops(flows, 0);
        }
        cn_flows_free(flows);
        cn_network_free(net);
    }
}

/* Rows of `critical` for all buyers: each says what the parts say, and the best `top` of all are kept. */
static void critical_joins(void) {
    uint64_t seed = 24;
    for (uint32_t round = 0; round < 150; round++) {
        random_trade trade = {.firms = 9, .products = 3, .percent = 4 + check_below(&seed, 15)};
        cn_flows *flows = random_flows(&trade, &seed);
        cn_critical all;
        cn_critical top;
        CHECK_INT(cn_critical_compute(flows, NULL, &all, NULL), CN_OK);
        CHECK_INT(cn_critical_compute(flows, &(cn_critical_options){.top = 5}, &top, NULL), CN_OK);
        CHECK_INT(top.row_count, all.row_count < 5 ? all.row_count : 5);
        CHECK_INT(top.row_count + top.rows_left_out, all.row_count);
        CHECK_INT(top.firm_count, all.firm_count);
        for (size_t i = 0; i < top.row_count; i++) {
            cn_critical_row *x = &all.rows[i];
            cn_critical_row *y = &top.rows[i];
            CHECK(x->buyer == y->buyer && x->firm == y->firm && x->reasons == y->reasons &&
                  x->loss_count == y->loss_count);
            for (uint32_t k = 0; k < x->loss_count; k++) {
                const cn_stop_loss *a = &all.losses[x->loss_start + k];
                const cn_stop_loss *b = &top.losses[y->loss_start + k];
                CHECK(a->product == b->product && a->suppliers == b->suppliers && a->blocked == b->blocked);
                CHECK_NEAR(a->lost, b->lost, 0);
            }
        }
        double sum = 0;
        double firms = 0;
        for (size_t i = 0; i < all.row_count; i++) {
            CHECK((all.rows[i].reasons & CN_CRITICAL_HIDDEN) == 0 || all.rows[i].tier > 1);
            CHECK((all.rows[i].reasons & CN_CRITICAL_STOPS) == 0 || all.rows[i].blocked > 0);
            CHECK((all.rows[i].reasons & CN_CRITICAL_SINGLE_SOURCE) == 0 || all.rows[i].blocked > 0);
            sum += all.rows[i].lost;
        }
        for (size_t i = 0; i < all.firm_count; i++) {
            firms += all.firms[i].lost;
        }
        CHECK_NEAR(firms, sum, 1e-6);
        cn_critical_release(&all);
        cn_critical_release(&top);
        cn_flows_free(flows);
    }
}

int main(void) {
    return check_run((check_case[]){{"random networks", random_networks},
                                    {"single sources", single_sources},
                                    {"purchases outside the flows", outside_purchases},
                                    {"critical joins the parts", critical_joins},
                                    {0}});
}
