/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small random networks of flows, and the cascade on them in a slow dense second implementation, written from the formulas (docs/risk.md). */
#ifndef CN_TEST_DENSE_CASCADE_H
#define CN_TEST_DENSE_CASCADE_H

#include <math.h>
#include <string.h>

#include "check.h"
#include "coopnet/cascade.h"

enum { MOST_FIRMS = 14, MOST_PRODUCTS = 6, MOST_FLOWS = 60, MOST_ROWS = 12, MOST_TABLE = 36 };

typedef struct net {
    uint32_t firms;
    uint32_t products;
    uint32_t flow_count;
    cn_flow flow[MOST_FLOWS];
    double output[MOST_FIRMS];
    uint32_t table_count;
    cn_table_row table[MOST_TABLE];
    uint32_t outside_count;
    cn_outside outside[MOST_ROWS];
    bool nonessential;
} net;

static inline cn_flows *make(const net *n) {
    cn_flows *flows;
    cn_flows_arrays arrays = {.firm_count = n->firms,
                              .product_count = n->products,
                              .flow_count = n->flow_count,
                              .flows = n->flow,
                              .output = n->output,
                              .table_count = n->table_count,
                              .table = n->table,
                              .outside_count = n->outside_count,
                              .outside = n->outside};
    cn_flows_options options = {.default_nonessential = n->nonessential};
    CHECK_INT(cn_flows_from_arrays(&arrays, &options, &flows, NULL), CN_OK);
    return flows;
}

static inline double real(uint64_t *seed) { return check_below(seed, 1000001) / 1e6; }

static inline void randomise(net *n, uint64_t *seed) {
    *n = (net){.firms = 2 + check_below(seed, MOST_FIRMS - 2), .products = 1 + check_below(seed, MOST_PRODUCTS)};
    n->flow_count = 1 + check_below(seed, MOST_FLOWS - 1);
    n->nonessential = check_below(seed, 3) == 0;
    for (uint32_t i = 0; i < n->flow_count; i++) {
        n->flow[i] = (cn_flow){.from = check_below(seed, n->firms),
                               .to = check_below(seed, n->firms),
                               .product = check_below(seed, n->products),
                               .value = 0.1 + 10 * real(seed)};
    }
    for (uint32_t f = 0; f < n->firms; f++) {
        n->output[f] = check_below(seed, 4) == 0 ? (double)NAN : 50 * real(seed);
    }
    n->table_count = check_below(seed, 2) * check_below(seed, MOST_TABLE);
    for (uint32_t i = 0; i < n->table_count; i++) {
        n->table[i] = (cn_table_row){check_below(seed, n->products), check_below(seed, n->products),
                                     (cn_input_role)(1 + check_below(seed, 2))};
    }
    n->outside_count = check_below(seed, 2) * check_below(seed, MOST_ROWS);
    for (uint32_t i = 0; i < n->outside_count; i++) {
        n->outside[i] = (cn_outside){check_below(seed, n->firms), check_below(seed, n->products),
                                     (cn_origin)check_below(seed, CN_ORIGIN_COUNT), 0.1 + 5 * real(seed)};
    }
}

/* ---- the second implementation ---- */

typedef struct dense {
    double w[MOST_FIRMS][MOST_FIRMS][MOST_PRODUCTS]; /* sales */
    double c[MOST_FIRMS][MOST_FIRMS][MOST_PRODUCTS]; /* what still comes of them */
    double down[MOST_FIRMS];
    double up[MOST_FIRMS];
} dense;

static inline bool row_counts(const cn_outside *row, const cn_cascade_options *o) {
    return o->count_unsourced || row->origin == CN_ORIGIN_IMPORT || row->origin == CN_ORIGIN_NONE;
}

/* 2, 1, 0 of a product for a firm: the strongest over what it sells, of what the table knows if that is half of the sales. */
static inline int role_of(const net *n, const dense *d, uint32_t firm, uint32_t product) {
    int best_known = 0;
    double known = 0;
    double all = 0;
    for (uint32_t out = 0; out < n->products; out++) {
        double sold = 0;
        bool rows = false;
        for (uint32_t to = 0; to < n->firms; to++) {
            sold += d->w[firm][to][out];
        }
        all += sold;
        for (uint32_t i = 0; i < n->table_count && sold > 0; i++) {
            if (n->table[i].output == out) {
                rows = true;
                if (n->table[i].input == product && (int)n->table[i].role > best_known) {
                    best_known = (int)n->table[i].role;
                }
            }
        }
        known += rows ? sold : 0;
    }
    int standard = n->nonessential ? 1 : 2;
    return known > 0 && known >= all / 2 ? best_known : best_known > standard ? best_known : standard;
}

static inline double standby_of(const cn_shock *shock, const dense *d, uint32_t buyer, uint32_t product) {
    double sum = 0;
    for (size_t i = 0; i < shock->standby_count; i++) {
        const cn_standby *s = &shock->standby[i];
        if (s->buyer == buyer && s->product == product) {
            sum += s->value * (s->supplier == CN_NONE ? 1 : d->down[s->supplier]);
        }
    }
    return sum;
}

static inline double sigma_of(double sold, double left, const cn_cascade_options *o) {
    return o->irreplaceable || left <= sold ? 1 : sold / left;
}

static inline void dense_step(const net *n, dense *d, const cn_shock *shock, const double *outside_factor,
                              const cn_cascade_options *o) {
    double left[MOST_PRODUCTS] = {0};
    double sold[MOST_FIRMS][MOST_PRODUCTS] = {{0}};
    double all_sold[MOST_FIRMS] = {0};
    double next_down[MOST_FIRMS];
    double next_up[MOST_FIRMS];
    for (uint32_t i = 0; i < n->firms; i++) {
        for (uint32_t j = 0; j < n->firms; j++) {
            for (uint32_t k = 0; k < n->products; k++) {
                sold[i][k] += d->w[i][j][k];
                all_sold[i] += d->w[i][j][k];
                left[k] += d->w[i][j][k] * d->c[i][j][k] * d->down[i];
            }
        }
    }
    for (uint32_t r = 0; r < n->outside_count; r++) {
        if (row_counts(&n->outside[r], o)) {
            left[n->outside[r].product] += n->outside[r].value * outside_factor[r];
        }
    }
    for (uint32_t j = 0; j < n->firms; j++) {
        double bought[MOST_PRODUCTS] = {0};
        double lost[MOST_PRODUCTS] = {0};
        double all_bought = 0;
        for (uint32_t k = 0; k < n->products; k++) {
            for (uint32_t i = 0; i < n->firms; i++) {
                bought[k] += d->w[i][j][k];
                lost[k] += sigma_of(sold[i][k], left[k], o) * d->w[i][j][k] * (1 - d->down[i] * d->c[i][j][k]);
            }
            for (uint32_t r = 0; r < n->outside_count; r++) {
                const cn_outside *row = &n->outside[r];
                if (row->buyer == j && row->product == k && row_counts(row, o)) {
                    double seller = 0;
                    for (uint32_t q = 0; q < n->outside_count; q++) {
                        bool same = n->outside[q].product == k && n->outside[q].origin == row->origin;
                        seller += same ? n->outside[q].value : 0;
                    }
                    bought[k] += row->value;
                    lost[k] += sigma_of(seller, left[k], o) * row->value * (1 - outside_factor[r]);
                }
            }
            all_bought += bought[k];
        }
        double essential = 1;
        double minor = 1;
        for (uint32_t k = 0; k < n->products; k++) {
            double missing = fmax(0, lost[k] - standby_of(shock, d, j, k));
            int role = bought[k] > 0 ? role_of(n, d, j, k) : 0;
            essential = role == 2 ? fmin(essential, 1 - missing / bought[k]) : essential;
            minor -= role == 1 ? missing / all_bought : 0;
        }
        next_down[j] = fmax(0, fmin(fmin(essential, minor), shock->capacity[j]));
    }
    for (uint32_t i = 0; i < n->firms; i++) {
        double base = all_sold[i];
        if (o->keep_outside_sales && n->output[i] > base) {
            base = n->output[i];
        }
        double level = 1;
        for (uint32_t j = 0; j < n->firms; j++) {
            for (uint32_t k = 0; k < n->products; k++) {
                level -= d->w[i][j][k] > 0 ? d->w[i][j][k] / base * (1 - d->up[j] * d->c[i][j][k]) : 0;
            }
        }
        next_up[i] = fmax(0, fmin(level, shock->capacity[i]));
    }
    memcpy(d->down, next_down, sizeof next_down);
    memcpy(d->up, next_up, sizeof next_up);
}

/* Weighted by output. */
static inline double dense_run(const net *n, dense *d, const cn_shock *shock, const cn_flows *flows,
                               const cn_cascade_options *o, uint32_t rounds) {
    double factor[MOST_ROWS];
    memset(d, 0, sizeof *d);
    size_t count;
    const cn_flow *flow = cn_flows_all(flows, &count);
    for (size_t f = 0; f < count; f++) {
        d->w[flow[f].from][flow[f].to][flow[f].product] = flow[f].value;
        d->c[flow[f].from][flow[f].to][flow[f].product] = shock->flow != NULL ? shock->flow[f] : 1;
    }
    net ordered = *n; /* outside rows in the order of the flows */
    const cn_outside *rows = cn_flows_outside(flows, &count);
    for (size_t r = 0; r < count; r++) {
        ordered.outside[r] = rows[r];
        factor[r] = shock->outside != NULL ? shock->outside[r] : 1;
    }
    for (uint32_t i = 0; i < n->firms; i++) {
        d->down[i] = d->up[i] = shock->capacity[i];
    }
    for (uint32_t t = 0; t < rounds; t++) {
        dense before = *d;
        dense_step(&ordered, d, shock, factor, o);
        double change = 0;
        for (uint32_t i = 0; i < n->firms; i++) {
            change = fmax(change, fmax(before.down[i] - d->down[i], before.up[i] - d->up[i]));
        }
        if (change < 1e-14) {
            break;
        }
    }
    double lost = 0;
    double total = 0;
    for (uint32_t i = 0; i < n->firms; i++) {
        double weight = fmax(cn_flows_sales(flows, i), isnan(n->output[i]) ? 0 : n->output[i]);
        lost += weight * (1 - fmin(d->down[i], d->up[i]));
        total += weight;
    }
    return lost / total;
}

#endif
