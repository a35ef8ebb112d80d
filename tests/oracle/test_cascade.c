/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cascade against a slow dense second implementation written from the formulas (docs/risk.md), against the worked
 * toy, and against what must hold whatever the network: bounds, monotony, no dependence on the order of the firms, the
 * same bytes for any number of threads.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_cascade.h"

/* ---- random shocks ---- */

typedef struct shock {
    double capacity[MOST_FIRMS];
    double flow[MOST_FLOWS];
    double outside[MOST_ROWS];
    cn_standby standby[3];
    cn_shock as;
} shock;

static void random_shock(shock *s, const net *n, uint64_t *seed) {
    for (uint32_t i = 0; i < MOST_FIRMS; i++) {
        s->capacity[i] = check_below(seed, 4) == 0 ? real(seed) * check_below(seed, 2) : 1;
    }
    for (uint32_t i = 0; i < MOST_FLOWS; i++) {
        s->flow[i] = check_below(seed, 8) == 0 ? real(seed) * check_below(seed, 2) : 1;
    }
    for (uint32_t i = 0; i < MOST_ROWS; i++) {
        s->outside[i] = check_below(seed, 3) == 0 ? real(seed) : 1;
    }
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t supplier = check_below(seed, n->firms + 1);
        s->standby[i] = (cn_standby){check_below(seed, n->firms), check_below(seed, n->products),
                                     supplier == n->firms ? CN_NONE : supplier, 6 * real(seed)};
    }
    s->as = (cn_shock){.capacity = s->capacity,
                       .flow = check_below(seed, 2) ? s->flow : NULL,
                       .outside = check_below(seed, 2) ? s->outside : NULL,
                       .standby_count = check_below(seed, 2) * check_below(seed, 4),
                       .standby = s->standby};
}

static cn_cascade_options random_options(uint64_t *seed) {
    return (cn_cascade_options){.epsilon = 1e-13,
                                .irreplaceable = check_below(seed, 4) == 0,
                                .count_unsourced = check_below(seed, 3) == 0,
                                .keep_outside_sales = check_below(seed, 2) == 0};
}

static cn_cascade run(const cn_flows *flows, const cn_shock *as, const cn_cascade_options *options) {
    cn_cascade cascade;
    CHECK_INT(cn_cascade_run(flows, as, options, &cascade, NULL), CN_OK);
    return cascade;
}

/* ---- cases ---- */

static const net toy_net = {.firms = 4,
                            .products = 4,
                            .flow_count = 4,
                            .flow = {{.from = 0, .to = 1, .product = 0, .value = 40},
                                     {.from = 0, .to = 2, .product = 0, .value = 30},
                                     {.from = 1, .to = 3, .product = 1, .value = 60},
                                     {.from = 2, .to = 3, .product = 2, .value = 50}},
                            .output = {70, 70, 60, 200}};

/* All essential: raw stops all; A stops final, and with it both; 100/180 of the sales are A's and … (domain numbers). */
static void toy(void) {
    static const double want[] = {1, 0.55555556, 0.44444444, 1};
    cn_flows *flows = make(&toy_net);
    cn_esri esri;
    cn_cascade_options options = {.weight = CN_CASCADE_SALES};
    CHECK_INT(cn_cascade_all(flows, NULL, 0, &options, NULL, &esri, NULL), CN_OK);
    for (uint32_t f = 0; f < 4; f++) {
        cn_shock as = {.capacity = (double[]){f != 0, f != 1, f != 2, f != 3}};
        cn_cascade cascade = run(flows, &as, &options);
        CHECK_NEAR(esri.loss[f], want[f], 1e-8);
        CHECK_NEAR(cascade.loss, want[f], 1e-8);
        CHECK(cascade.converged);
        cn_cascade_release(&cascade);
    }
    cn_esri_release(&esri);
    cn_flows_free(flows);
}

static void against_dense(void) {
    uint64_t seed = 7;
    for (int round = 0; round < 700; round++) {
        net n;
        shock s;
        dense d;
        randomise(&n, &seed);
        random_shock(&s, &n, &seed);
        cn_cascade_options options = random_options(&seed);
        cn_flows *flows = make(&n);
        cn_cascade cascade = run(flows, &s.as, &options);
        double loss = dense_run(&n, &d, &s.as, flows, &options, cascade.converged ? 100000 : cascade.rounds);
        for (uint32_t f = 0; f < n.firms; f++) {
            CHECK_NEAR(cascade.down[f], d.down[f], 1e-8);
            CHECK_NEAR(cascade.up[f], d.up[f], 1e-8);
            CHECK(cascade.level[f] >= 0 && cascade.level[f] <= 1);
        }
        CHECK_NEAR(cascade.loss, loss, 1e-8);
        cn_cascade_release(&cascade);
        cn_flows_free(flows);
    }
}

/* Rounds are those of the formulas: after t rounds the levels are those of t dense steps. */
static void rounds_against_dense(void) {
    uint64_t seed = 11;
    for (int round = 0; round < 300; round++) {
        net n;
        shock s;
        dense d;
        randomise(&n, &seed);
        random_shock(&s, &n, &seed);
        cn_cascade_options options = random_options(&seed);
        options.max_rounds = 1 + check_below(&seed, 5);
        options.steps = true;
        cn_flows *flows = make(&n);
        cn_cascade cascade = run(flows, &s.as, &options);
        double loss = dense_run(&n, &d, &s.as, flows, &options, options.max_rounds);
        CHECK_NEAR(cascade.loss, loss, 1e-9);
        CHECK_NEAR(cascade.round_loss[cascade.rounds], loss, 1e-9);
        double down[MOST_FIRMS];
        for (uint32_t f = 0; f < n.firms; f++) {
            down[f] = 1;
        }
        for (size_t i = 0; i < cascade.step_count; i++) {
            CHECK(i == 0 || cascade.steps[i].round > cascade.steps[i - 1].round ||
                  (cascade.steps[i].round == cascade.steps[i - 1].round &&
                   cascade.steps[i].firm > cascade.steps[i - 1].firm));
            down[cascade.steps[i].firm] = cascade.steps[i].down;
        }
        for (uint32_t f = 0; f < n.firms; f++) {
            CHECK_NEAR(down[f], d.down[f], 1e-9);
        }
        cn_cascade_release(&cascade);
        cn_flows_free(flows);
    }
}

static void monotone(void) {
    uint64_t seed = 23;
    for (int round = 0; round < 500; round++) {
        net n;
        shock s;
        randomise(&n, &seed);
        random_shock(&s, &n, &seed);
        cn_cascade_options options = random_options(&seed);
        cn_flows *flows = make(&n);
        cn_cascade small = run(flows, &s.as, &options);
        for (uint32_t f = 0; f < n.firms; f++) {
            s.capacity[f] *= check_below(&seed, 3) == 0 ? real(&seed) : 1;
        }
        for (uint32_t f = 0; f < MOST_FLOWS; f++) {
            s.flow[f] *= check_below(&seed, 5) == 0 ? real(&seed) : 1;
        }
        s.outside[check_below(&seed, MOST_ROWS)] = 0;
        cn_cascade large = run(flows, &s.as, &options);
        for (uint32_t f = 0; f < n.firms; f++) {
            CHECK(large.level[f] <= small.level[f] + 1e-9);
        }
        CHECK(large.loss >= small.loss - 1e-9);
        cn_cascade_release(&small);
        cn_cascade_release(&large);
        cn_flows_free(flows);
    }
}

static void standby_never_hurts(void) {
    uint64_t seed = 29;
    for (int round = 0; round < 500; round++) {
        net n;
        shock s;
        randomise(&n, &seed);
        random_shock(&s, &n, &seed);
        cn_cascade_options options = random_options(&seed);
        cn_flows *flows = make(&n);
        s.as.standby_count = 1;
        cn_cascade one = run(flows, &s.as, &options);
        s.as.standby_count = 3;
        cn_cascade three = run(flows, &s.as, &options);
        for (uint32_t f = 0; f < n.firms; f++) {
            CHECK(three.level[f] >= one.level[f] - 1e-9);
        }
        cn_cascade_release(&one);
        cn_cascade_release(&three);
        cn_flows_free(flows);
    }
}

/* The same network with its firms numbered from behind. */
static void order_of_firms(void) {
    uint64_t seed = 31;
    for (int round = 0; round < 300; round++) {
        net n;
        randomise(&n, &seed);
        net turned = n;
        for (uint32_t i = 0; i < n.flow_count; i++) {
            turned.flow[i].from = n.firms - 1 - n.flow[n.flow_count - 1 - i].from;
            turned.flow[i].to = n.firms - 1 - n.flow[n.flow_count - 1 - i].to;
            turned.flow[i].product = n.flow[n.flow_count - 1 - i].product;
            turned.flow[i].value = n.flow[n.flow_count - 1 - i].value;
        }
        for (uint32_t i = 0; i < n.outside_count; i++) {
            turned.outside[i].buyer = n.firms - 1 - n.outside[i].buyer;
        }
        for (uint32_t f = 0; f < n.firms; f++) {
            turned.output[f] = n.output[n.firms - 1 - f];
        }
        cn_cascade_options options = {.epsilon = 1e-12};
        cn_flows *a = make(&n);
        cn_flows *b = make(&turned);
        cn_esri x;
        cn_esri y;
        CHECK_INT(cn_cascade_all(a, NULL, 0, &options, NULL, &x, NULL), CN_OK);
        CHECK_INT(cn_cascade_all(b, NULL, 0, &options, NULL, &y, NULL), CN_OK);
        for (uint32_t f = 0; f < n.firms; f++) {
            CHECK_NEAR(x.loss[f], y.loss[n.firms - 1 - f], 1e-9);
            CHECK(x.loss[f] >= x.own[f] - 1e-9);
        }
        cn_esri_release(&x);
        cn_esri_release(&y);
        cn_flows_free(a);
        cn_flows_free(b);
    }
}

/* A larger network: all firms at once, by one thread or several, byte for byte, and as single cascades. */
static cn_flows *larger(uint64_t seed, uint32_t firms, uint32_t count) {
    cn_flow *flow = calloc(count, sizeof *flow);
    CHECK(flow != NULL);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = check_below(&seed, firms);
        flow[i] = (cn_flow){
            .from = from, .to = check_below(&seed, firms), .product = from % 20, .value = 1 + 9 * real(&seed)};
    }
    cn_flows_arrays arrays = {.firm_count = firms, .product_count = 20, .flow_count = count, .flows = flow};
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    free(flow);
    return flows;
}

static void threads(void) {
    enum { FIRMS = 300 };
    cn_flows *flows = larger(5, FIRMS, 1200);
    cn_esri one;
    cn_esri many;
    cn_cascade_options options = {.threads = 1};
    CHECK_INT(cn_cascade_all(flows, NULL, 0, &options, NULL, &one, NULL), CN_OK);
    options.threads = 0;
    CHECK_INT(cn_cascade_all(flows, NULL, 0, &options, NULL, &many, NULL), CN_OK);
    CHECK(memcmp(one.loss, many.loss, FIRMS * sizeof *one.loss) == 0);
    CHECK(memcmp(one.money, many.money, FIRMS * sizeof *one.money) == 0);
    CHECK(memcmp(one.hit_count, many.hit_count, FIRMS * sizeof *one.hit_count) == 0);
    options.epsilon = 1e-3;
    double capacity[FIRMS];
    for (uint32_t f = 0; f < FIRMS; f++) {
        capacity[f] = 1;
    }
    for (uint32_t f = 0; f < FIRMS; f += 17) {
        cn_shock as = {.capacity = capacity};
        capacity[f] = 0;
        cn_cascade single = run(flows, &as, &options);
        CHECK_NEAR(single.loss, one.loss[f], 1e-12);
        capacity[f] = 1;
        cn_cascade_release(&single);
    }
    cn_esri_release(&one);
    cn_esri_release(&many);
    cn_flows_free(flows);
}

static bool stop_soon(void *context, uint64_t done, uint64_t total) {
    (void)total;
    *(uint64_t *)context = done;
    return done < 20;
}

static void progress_stops(void) {
    cn_flows *flows = larger(6, 300, 900);
    cn_esri esri;
    uint64_t done = 0;
    cn_progress progress = {stop_soon, &done};
    cn_error err = {0};
    CHECK_INT(cn_cascade_all(flows, NULL, 0, NULL, &progress, &esri, &err), CN_ERR_CANCELLED);
    CHECK(done >= 20 && done < 300);
    CHECK_INT(err.message, CN_MSG_CASCADE_STOPPED);
    CHECK(esri.loss == NULL);
    cn_flows_free(flows);
}

/* raw stops: a has 10 days of stock, so final, without stock, stops one day after a. Day 1: a would lose all. */
static void days(void) {
    double stock[] = {0, 10, 0, 0};
    net n = toy_net;
    n.flow_count = 3; /* without b's sale */
    n.flow[1] = n.flow[2];
    n.flow_count = 2;
    cn_flows_arrays arrays = {
        .firm_count = 4, .product_count = 4, .flow_count = 2, .flows = n.flow, .output = n.output, .stock_days = stock};
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    cn_shock as = {.capacity = (double[]){0, 1, 1, 1}};
    cn_cascade_options options = {.days = 30};
    cn_cascade cascade = run(flows, &as, &options);
    CHECK_INT(cascade.first_round[0], 0);
    CHECK_INT(cascade.first_round[1], 11);
    CHECK_INT(cascade.first_round[3], 12);
    CHECK_INT(cascade.rounds, 30);
    /* output lost: raw 70 on 30 days, a 70 on days 11 to 30, final 200 on days 12 to 30 */
    CHECK_NEAR(cascade.money_days, (70.0 * 30 + 70.0 * 20 + 200.0 * 19) / 365, 1e-9);
    cn_cascade_release(&cascade);
    as.capacity = (double[]){0.6, 1, 1, 1}; /* 40 % are missing: the stock lasts 25 days */
    cascade = run(flows, &as, &options);
    CHECK_INT(cascade.first_round[1], 26);
    cn_cascade_release(&cascade);
    cn_flows_free(flows);
}

/* The causes of a loss add up to it. */
static void causes_add_up(void) {
    uint64_t seed = 37;
    for (int round = 0; round < 300; round++) {
        net n;
        shock s;
        randomise(&n, &seed);
        random_shock(&s, &n, &seed);
        s.as.standby_count = 0;
        cn_cascade_options options = random_options(&seed);
        cn_flows *flows = make(&n);
        cn_cascade cascade = run(flows, &s.as, &options);
        for (uint32_t f = 0; f < n.firms; f++) {
            cn_cascade_cause *causes;
            size_t count;
            CHECK_INT(cn_cascade_explain(flows, &s.as, &options, &cascade, f, &causes, &count, NULL), CN_OK);
            double sum = 0;
            bool any = false;
            for (size_t i = 0; i < count; i++) {
                sum += causes[i].binding ? causes[i].lost : 0;
                any = any || causes[i].binding;
            }
            double loss = 1 - cascade.level[f];
            if (any && s.capacity[f] >= 1 && cascade.converged) {
                CHECK_NEAR(fmin(1, sum), loss, 1e-8);
            }
            CHECK(any || s.capacity[f] < 1 || loss < 1e-8);
            cn_cascade_causes_free(causes);
        }
        cn_cascade_release(&cascade);
        cn_flows_free(flows);
    }
}

static void no_weight(void) {
    cn_flows *flows = make(&toy_net);
    cn_cascade cascade;
    cn_cascade_options options = {.weight = CN_CASCADE_HEADCOUNT};
    cn_error err = {0};
    CHECK_INT(cn_cascade_run(flows, &(cn_shock){0}, &options, &cascade, &err), CN_ERR_UNDEFINED);
    CHECK_INT(err.message, CN_MSG_CASCADE_NO_WEIGHT);
    cn_flows_free(flows);
}

int main(void) {
    return check_run((check_case[]){{"toy", toy},
                                    {"against a dense implementation", against_dense},
                                    {"round by round", rounds_against_dense},
                                    {"a larger shock never hurts less", monotone},
                                    {"a standby source never hurts", standby_never_hurts},
                                    {"the order of the firms does not matter", order_of_firms},
                                    {"threads do not matter", threads},
                                    {"progress stops", progress_stops},
                                    {"days and stocks", days},
                                    {"causes add up", causes_add_up},
                                    {"without weights", no_weight},
                                    {0}});
}
