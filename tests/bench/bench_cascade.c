/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long cascades take on networks of national shape: preferential attachment, many firms of few products, and the worst case
 * in which every firm has a product of its own. Times are processor time of all threads together. Usage: bench_cascade [FIRMS FLOWS PRODUCTS [ALL]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "coopnet/cascade.h"

/* Seconds of processor time of all threads: what a busy machine does not change much. */
static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Suppliers are drawn by the number of sales they have already (a share at random), so that hubs arise. */
static cn_flows *make(uint32_t firms, uint32_t count, uint32_t products) {
    uint64_t seed = 1;
    cn_flow *flow = calloc(count, sizeof *flow);
    uint32_t *product = calloc(firms, sizeof *product);
    cn_flows *out = NULL;
    for (uint32_t f = 0; flow != NULL && product != NULL && f < firms; f++) {
        product[f] = products == firms ? f : check_below(&seed, products);
    }
    for (uint32_t i = 0; flow != NULL && product != NULL && i < count; i++) {
        bool attach = i > firms && check_below(&seed, 10) < 5;
        flow[i].from = attach ? flow[check_below(&seed, i)].from : check_below(&seed, firms);
        do {
            flow[i].to = check_below(&seed, firms);
        } while (flow[i].to == flow[i].from);
        flow[i].product = product[flow[i].from];
        flow[i].value = 1 + check_below(&seed, 1000) * check_below(&seed, 1000) / 1000.0;
    }
    cn_flows_arrays arrays = {.firm_count = firms, .product_count = products, .flow_count = count, .flows = flow};
    double start = now();
    (void)cn_flows_from_arrays(&arrays, NULL, &out, NULL);
    printf("flows %.3f s\n", now() - start);
    free(flow);
    free(product);
    return out;
}

static uint32_t largest(const cn_flows *flows) {
    uint32_t best = 0;
    for (uint32_t f = 1; f < cn_flows_firm_count(flows); f++) {
        best = cn_flows_sales(flows, f) > cn_flows_sales(flows, best) ? f : best;
    }
    return best;
}

static void run_one(const cn_flows *flows, double epsilon) {
    uint32_t firms = cn_flows_firm_count(flows);
    double *capacity = malloc(firms * sizeof *capacity);
    for (uint32_t f = 0; capacity != NULL && f < firms; f++) {
        capacity[f] = 1;
    }
    cn_cascade cascade;
    cn_cascade_options options = {.epsilon = epsilon};
    cn_shock shock = {.capacity = capacity};
    double start = now();
    if (capacity != NULL) {
        capacity[largest(flows)] = 0;
        if (cn_cascade_run(flows, &shock, &options, &cascade, NULL) == CN_OK) {
            printf("largest firm, epsilon %g: %.3f s, loss %.6f, %u hit, %u rounds\n", epsilon, now() - start,
                   cascade.loss, cascade.hit_count, cascade.rounds);
            cn_cascade_release(&cascade);
        }
    }
    free(capacity);
}

static void run_all(const cn_flows *flows, double epsilon, int threads) {
    cn_cascade_options options = {.epsilon = epsilon, .threads = threads};
    cn_esri esri;
    double start = now();
    if (cn_cascade_all(flows, NULL, 0, &options, NULL, &esri, NULL) == CN_OK) {
        double sum = 0;
        for (uint32_t f = 0; f < esri.firm_count; f++) {
            sum += esri.loss[f];
        }
        printf("all firms, epsilon %g, %d threads: %.3f s, mean loss %.6f\n", epsilon, threads, now() - start,
               sum / esri.firm_count);
        cn_esri_release(&esri);
    }
}

static void bench(uint32_t firms, uint32_t flows, uint32_t products, bool all) {
    printf("-- %u firms, %u flows, %u products\n", firms, flows, products);
    cn_flows *net = make(firms, flows, products);
    if (net == NULL) {
        return;
    }
    static const double epsilons[] = {1e-2, 1e-3, 1e-4, 1e-5};
    for (size_t i = 0; i < sizeof epsilons / sizeof *epsilons; i++) {
        run_one(net, epsilons[i]);
        if (all) {
            run_all(net, epsilons[i], 2);
        }
    }
    cn_flows_free(net);
}

int main(int argc, char **argv) {
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 3) {
        bench((uint32_t)atoi(argv[1]), (uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3]), argc > 4);
        return 0;
    }
    bench(10000, 50000, 600, true);
    bench(10000, 50000, 10000, true);
    bench(1000000, 5000000, 600, false);
    bench(1000000, 5000000, 1000000, false);
    return 0;
}
