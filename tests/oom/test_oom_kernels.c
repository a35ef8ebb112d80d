/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kernel with its n-th allocation failing, for every n: CN_ERR_MEMORY and nothing lost, until none fails. */
#include "kernel_case.h"
#include "memory.h"

typedef cn_status attempt(const cn_graph *graph, double *values, uint32_t *numbers);

static cn_status betweenness(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    return cn__kernel_betweenness(graph, NULL, 0, values, NULL, NULL);
}
static cn_status betweenness_sample(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    cn__kernel_bound bound = {.epsilon = 0.3, .delta = 0.5};
    return cn__kernel_betweenness_sample(graph, &bound, values, NULL, NULL, NULL);
}
static cn_status harmonic(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    return cn__kernel_harmonic(graph, CN_DIR_IN, NULL, 0, values, NULL, NULL);
}
static cn_status harmonic_sample(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    cn__kernel_bound bound = {.epsilon = 0.5, .delta = 0.9};
    return cn__kernel_harmonic_sample(graph, CN_DIR_OUT, &bound, values, NULL, NULL, NULL);
}
static cn_status pagerank(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    return cn__kernel_pagerank(graph, 0.85, 1e-10, values, NULL, NULL, NULL);
}
static cn_status katz(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    return cn__kernel_katz(graph, 0, values, NULL, NULL);
}
static cn_status constraint(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)numbers;
    return cn__kernel_constraint(graph, values, NULL, NULL);
}
static cn_status weak(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)values;
    return cn__kernel_weak(graph, numbers, &(uint32_t){0}, NULL);
}
static cn_status strong(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)values;
    return cn__kernel_strong(graph, numbers, &(uint32_t){0}, NULL);
}
static cn_status bow_tie(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)values;
    (void)numbers;
    cn_bow place[CASE_MOST];
    return cn__kernel_bow_tie(graph, place, NULL);
}
static cn_status coreness(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)values;
    return cn__kernel_coreness(graph, numbers, NULL);
}
static cn_status tiers(const cn_graph *graph, double *values, uint32_t *numbers) {
    (void)values;
    return cn__kernel_tiers(graph, &(uint32_t){0}, 1, CN_DIR_OUT, numbers, NULL, NULL);
}

static cn_status distances(const cn_graph *graph, double *values, uint32_t *numbers) {
    cn__reach reached[CASE_MOST];
    (void)values;
    return cn__kernel_distances(graph, NULL, 0, reached, numbers, NULL, NULL);
}

static cn_status pairs(const cn_graph *graph, double *values, uint32_t *numbers) {
    static const uint32_t from[] = {0, 0};
    (void)values;
    return cn__kernel_pairs(graph, from, &(uint32_t){graph->n - 1}, 1, numbers, NULL, NULL);
}

static void check_all(const case_graph *g, const cn_graph *graph) {
    static attempt *const attempts[] = {
        betweenness, betweenness_sample, harmonic, harmonic_sample, pagerank, katz, constraint, weak, strong,
        bow_tie,     coreness,           tiers,    distances,       pairs};
    double values[CASE_MOST];
    uint32_t numbers[CASE_MOST];
    CHECK(g->n > 0);
    for (size_t k = 0; k < sizeof attempts / sizeof *attempts; k++) {
        cn_status status = CN_ERR_MEMORY;
        uint64_t nth = 0;
        while (status != CN_OK && nth < 1000) {
            cn__alloc_fail_after(nth++);
            status = attempts[k](graph, values, numbers);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            CHECK(status == CN_OK || status == CN_ERR_MEMORY);
        }
        CHECK_INT(status, CN_OK);
        CHECK(nth > 1);
    }
}

static void every_allocation_may_fail(void) {
    uint64_t seed = 43;
    for (int directed = 0; directed < 2; directed++) {
        for (int kind = 0; kind < 2; kind++) {
            case_graph g = kernel_twin_case(directed, (case_weights)kind, &seed);
            case_run(&g, check_all);
        }
    }
}

int main(void) { return check_run((check_case[]){{"every allocation may fail", every_allocation_may_fail}, {0}}); }
