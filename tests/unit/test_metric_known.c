/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Metrics on published graphs and on small ones worked by hand; the cases without a value; the choice where the
 * eigenvector is not unique; ranking; failing memory. Numbers with many digits were computed with networkx 2.8.8.
 */
#include "known_graphs.h"

#include <math.h>
#include <string.h>

#include "coopnet/builder.h"
#include "coopnet/metrics.h"
#include "memory.h"

enum { MOST = 160 };

static cn_message compute(const cn_graph *graph, cn_metric metric, double *values) {
    cn_message remark;
    CHECK_INT(cn_metric_compute(graph, metric, NULL, values, &remark, NULL), CN_OK);
    return remark;
}

static void expect(const cn_graph *graph, cn_metric metric, const double *want, double tolerance) {
    double values[MOST];
    CHECK_INT(compute(graph, metric, values), CN_MSG_NONE);
    for (uint32_t v = 0; v < graph->n; v++) {
        CHECK_NEAR(values[v], want[v], tolerance);
    }
}

static cn_graph *make(uint32_t n, size_t count, const uint32_t (*pairs)[2], const double *weights, bool directed) {
    known_graph known = {n, directed, count, pairs, weights};
    return known_make(&known);
}
#define MAKE(n, pairs, weights, directed) make((n), KNOWN_COUNT(pairs), (pairs), (weights), (directed))

static void kite(void) {
    cn_graph *graph = known_make(&known_kite);
    expect(graph, CN_METRIC_DEGREE, (const double[]){4, 4, 3, 6, 3, 5, 5, 3, 2, 1}, 0);
    expect(graph, CN_METRIC_BETWEENNESS, (const double[]){5. / 6, 5. / 6, 0, 11. / 3, 0, 25. / 3, 25. / 3, 14, 8, 0},
           1e-12);
    /* of h: f, g, i at distance 1; a, b, c, d, e, j at 2 */
    expect(graph, CN_METRIC_HARMONIC,
           (const double[]){73. / 12, 73. / 12, 67. / 12, 85. / 12, 67. / 12, 41. / 6, 41. / 6, 3 + 6. / 2, 14. / 3,
                            41. / 12},
           1e-12);
    expect(graph, CN_METRIC_CORENESS, (const double[]){3, 3, 3, 3, 3, 3, 3, 2, 1, 1}, 0);
    expect(graph, CN_METRIC_EIGENVECTOR,
           (const double[]){0.732212316284, 0.732212316284, 0.594225773113, 1, 0.594225773113, 0.826763807911,
                            0.826763807911, 0.40717690233, 0.099940541454, 0.023207424622},
           1e-11);
    expect(graph, CN_METRIC_PAGERANK,
           (const double[]){0.101919912977, 0.101919912977, 0.079418114008, 0.147147916328, 0.079418114008,
                            0.128906927573, 0.128906927573, 0.095248286808, 0.085693956314, 0.051419931434},
           1e-11);
    expect(graph, CN_METRIC_CONSTRAINT,
           (const double[]){0.541197916667, 0.541197916667, 0.664135802469, 0.470169753086, 0.664135802469,
                            0.445088888889, 0.445088888889, 0.431111111111, 0.5, 1},
           1e-11);
    cn_graph_free(graph);
}

static void marriages(void) {
    cn_graph *graph = known_make(&known_marriages);
    double values[MOST];
    compute(graph, CN_METRIC_BETWEENNESS, values);
    CHECK_NEAR(values[MEDICI], 47.5, 1e-9);
    CHECK_NEAR(values[GUADAGNI], 139. / 6, 1e-9);
    CHECK_NEAR(values[PAZZI], 0, 0);
    cn_metric_options normalized = {.normalized = true};
    CHECK_INT(cn_metric_compute(graph, CN_METRIC_BETWEENNESS, &normalized, values, NULL, NULL), CN_OK);
    CHECK_NEAR(values[MEDICI], 47.5 / 91, 1e-12); /* 14·13/2 pairs */
    CHECK_INT(compute(graph, CN_METRIC_HARMONIC, values), CN_MSG_NONE);
    CHECK_NEAR(values[MEDICI], 9.5, 1e-12); /* 6 at distance 1, 5 at 2, 3 at 3 */
    compute(graph, CN_METRIC_CONSTRAINT, values);
    CHECK_NEAR(values[MEDICI], 0.20987654321, 1e-11); /* 17/81: 4 (1/6)² + 2 (1/6 + 1/18)² */
    cn_graph_free(graph);
}

static void toy(void) {
    cn_graph *graph = known_make(&known_toy);
    expect(graph, CN_METRIC_DEGREE, (const double[]){2, 2, 2, 2}, 0);
    expect(graph, CN_METRIC_STRENGTH, (const double[]){70, 100, 80, 110}, 0);
    expect(graph, CN_METRIC_IN_STRENGTH, (const double[]){0, 40, 30, 110}, 0);
    expect(graph, CN_METRIC_OUT_STRENGTH, (const double[]){70, 60, 50, 0}, 0);
    /* 1/40 + 1/60 = 1/24 is shorter than 1/30 + 1/50 = 4/75: the pair 0→3 goes through 1 alone */
    expect(graph, CN_METRIC_BETWEENNESS, (const double[]){0, 1, 0, 0}, 0);
    expect(graph, CN_METRIC_HARMONIC, (const double[]){40 + 30 + 24, 60, 50, 0}, 1e-12);
    expect(graph, CN_METRIC_CORENESS, (const double[]){2, 2, 2, 2}, 0);
    expect(graph, CN_METRIC_CONSTRAINT, (const double[]){25. / 49, 13. / 25, 17. / 32, 61. / 121}, 1e-15);
    /* with b what everyone gets: x0 = b, x1 + x2 = 2b + 0.85 b, x3 = b + 0.85·2.85 b, all together 7.2725 b = 1 */
    double b = 1 / 7.2725;
    expect(graph, CN_METRIC_PAGERANK,
           (const double[]){b, b + 0.85 * b * 4 / 7, b + 0.85 * b * 3 / 7, b * (1 + 0.85 * 2.85)}, 1e-14);
    double values[MOST];
    CHECK_INT(compute(graph, CN_METRIC_EIGENVECTOR, values), CN_MSG_EIGENVECTOR_UNDEFINED);
    CHECK(isnan(values[0]) && isnan(values[3]));
    cn_metric_options in = {.direction = CN_DIR_IN};
    CHECK_INT(cn_metric_compute(graph, CN_METRIC_HARMONIC, &in, values, NULL, NULL), CN_OK);
    CHECK_NEAR(values[3], 60 + 50 + 24, 1e-12);
    CHECK_NEAR(values[0], 0, 0);
    cn_graph_free(graph);
    known_graph plain = known_toy;
    plain.weights = NULL;
    graph = known_make(&plain);
    expect(graph, CN_METRIC_BETWEENNESS, (const double[]){0, 0.5, 0.5, 0}, 0);
    expect(graph, CN_METRIC_STRENGTH, (const double[]){2, 2, 2, 2}, 0);
    cn_graph_free(graph);
}

/* ---- the eigenvector where the graph is in pieces ---- */

static void eigenvector_star(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}};
    cn_graph *graph = MAKE(6, pairs, NULL, false);
    expect(graph, CN_METRIC_EIGENVECTOR, (const double[]){1, 0.5, 0.5, 0.5, 0.5, 0}, 1e-12);
    cn_graph_free(graph);
}

/* Two equal cycles, one upstream of the other: only the last can carry weight. What follows it, follows from it. */
static void eigenvector_chain_of_cycles(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}, {3, 4}, {4, 5}, {6, 0}};
    cn_graph *graph = MAKE(7, pairs, NULL, true);
    expect(graph, CN_METRIC_EIGENVECTOR, (const double[]){0, 0, 1, 1, 1, 1, 0}, 1e-12);
    cn_graph_free(graph);
}

/* A cycle of λ = 2 feeds one of λ = 1 over an arc of 3: x2 = (3 + x3)/2, x3 = x2/2, so x2 = 2, x3 = 1; then halved. */
static void eigenvector_weaker_below(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}};
    static const double weights[] = {2, 2, 3, 1, 1};
    cn_graph *graph = MAKE(4, pairs, weights, true);
    expect(graph, CN_METRIC_EIGENVECTOR, (const double[]){0.5, 0.5, 1, 0.5}, 1e-12);
    cn_graph_free(graph);
}

/* A star of three rays and a path of five have the same λ = √3: each gets its own maximum 1. */
static void eigenvector_tie(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}, {0, 3}, {4, 5}, {5, 6}, {6, 7}, {7, 8}};
    cn_graph *graph = MAKE(9, pairs, NULL, false);
    double ray = 1 / sqrt(3);
    expect(graph, CN_METRIC_EIGENVECTOR, (const double[]){1, ray, ray, ray, 0.5, sqrt(0.75), 1, sqrt(0.75), 0.5},
           1e-11);
    cn_graph_free(graph);
}

/* A path of 150, where power steps alone are too slow: x_k = sin(π k/151) over its largest value. */
static void eigenvector_long_path(void) {
    uint32_t from[149];
    uint32_t to[149];
    double want[150];
    cn_graph *graph = NULL;
    double pi = acos(-1);
    for (uint32_t i = 0; i < 149; i++) {
        from[i] = i;
        to[i] = i + 1;
    }
    CHECK_INT(cn_graph_from_arcs(150, 149, from, to, NULL, false, &graph, NULL), CN_OK);
    for (uint32_t v = 0; v < 150; v++) {
        want[v] = sin(pi * (v + 1) / 151) / sin(pi * 75 / 151);
    }
    expect(graph, CN_METRIC_EIGENVECTOR, want, 1e-10);
    cn_graph_free(graph);
}

/* ---- what does not exist ---- */

static void nothing(void) {
    static const uint32_t pairs[][2] = {{0, 1}};
    static const double zero[] = {0};
    double values[MOST] = {7};
    cn_graph *empty = make(0, 0, pairs, NULL, true);
    cn_graph *single = make(1, 0, pairs, NULL, true);
    cn_graph *worthless = MAKE(2, pairs, zero, true);
    for (int metric = 0; metric < CN_METRIC_COUNT; metric++) {
        cn_metric_options options = {.normalized = true};
        cn_message remark;
        CHECK_INT(cn_metric_compute(empty, (cn_metric)metric, &options, values, &remark, NULL), CN_OK);
        CHECK_INT(remark, CN_MSG_NONE);
        bool absent = metric == CN_METRIC_EIGENVECTOR || metric == CN_METRIC_CONSTRAINT;
        double want = absent ? NAN : metric == CN_METRIC_PAGERANK || metric == CN_METRIC_KATZ ? 1 : 0;
        CHECK_INT(cn_metric_compute(single, (cn_metric)metric, &options, values, &remark, NULL), CN_OK);
        CHECK_NEAR(values[0], want, 0);
        CHECK_INT(remark != CN_MSG_NONE, absent);
    }
    expect(worthless, CN_METRIC_BETWEENNESS, (const double[]){0, 0}, 0);
    expect(worthless, CN_METRIC_HARMONIC, (const double[]){0, 0}, 0);
    expect(worthless, CN_METRIC_STRENGTH, (const double[]){0, 0}, 0);
    expect(worthless, CN_METRIC_OUT_DEGREE, (const double[]){1, 0}, 0);
    expect(worthless, CN_METRIC_PAGERANK, (const double[]){0.5, 0.5}, 1e-15);
    CHECK_INT(compute(worthless, CN_METRIC_CONSTRAINT, values), CN_MSG_CONSTRAINT_ISOLATED);
    CHECK_INT(compute(worthless, CN_METRIC_EIGENVECTOR, values), CN_MSG_EIGENVECTOR_UNDEFINED);
    cn_graph_free(empty);
    cn_graph_free(single);
    cn_graph_free(worthless);
}

static void refusals(void) {
    static const double bad[] = {-0.1, 1, 1.5, NAN};
    cn_graph *graph = known_make(&known_toy);
    double values[MOST];
    cn_error err;
    for (size_t i = 0; i < 4; i++) {
        cn_metric_options options = {.damping = bad[i]};
        CHECK_INT(cn_metric_compute(graph, CN_METRIC_PAGERANK, &options, values, NULL, &err), CN_ERR_ARGUMENT);
        CHECK_INT(err.message, CN_MSG_DAMPING_RANGE);
        CHECK_INT(cn_metric_compute(graph, CN_METRIC_DEGREE, &options, values, NULL, &err), CN_OK);
    }
    CHECK_INT(cn_metric_compute(graph, CN_METRIC_COUNT, NULL, values, NULL, &err), CN_ERR_INTERNAL);
    cn_graph_free(graph);
}

static bool say_no(void *context, uint64_t done, uint64_t total) {
    CHECK(done > 0 && done <= total);
    ++*(int *)context;
    return false;
}

/* Whatever takes long asks, and ends when it is told to; the others never ask. */
static void stopping(void) {
    cn_graph *graph = known_make(&known_kite);
    double values[MOST];
    for (int metric = 0; metric < CN_METRIC_COUNT; metric++) {
        int asked = 0;
        cn_error err = {0};
        cn_metric_options options = {.watch = {say_no, &asked}, .threads = 1};
        bool asks = metric == CN_METRIC_BETWEENNESS || metric == CN_METRIC_HARMONIC || metric == CN_METRIC_PAGERANK ||
                    metric == CN_METRIC_KATZ || metric == CN_METRIC_CONSTRAINT || metric == CN_METRIC_EIGENVECTOR;
        CHECK_INT(cn_metric_compute(graph, (cn_metric)metric, &options, values, NULL, &err),
                  asks ? CN_ERR_CANCELLED : CN_OK);
        CHECK_INT(asked, asks);
        CHECK_INT(err.message, asks ? CN_MSG_CANCELLED : CN_MSG_NONE);
    }
    cn_graph_free(graph);
}

static void table(void) {
    CHECK_INT(cn_metric_find("betweenness"), CN_METRIC_BETWEENNESS);
    CHECK_INT(cn_metric_find("Betweenness"), -1);
    CHECK_INT(cn_metric_find(""), -1);
    CHECK_TEXT(cn_metric_key(CN_METRIC_IN_DEGREE), "in_degree");
    CHECK_TEXT(cn_metric_name(CN_METRIC_BETWEENNESS, CN_LANG_RU), "посредничество");
    CHECK_TEXT(cn_metric_name(CN_METRIC_BETWEENNESS, CN_LANG_DEFAULT), "betweenness");
    CHECK_TEXT(cn_metric_key(CN_METRIC_COUNT), "");
    CHECK_INT(cn_metric_uses(CN_METRIC_CORENESS), 0);
    for (int metric = 0; metric < CN_METRIC_COUNT; metric++) {
        CHECK_INT(cn_metric_find(cn_metric_key((cn_metric)metric)), metric);
    }
}

/* ---- ranking ---- */

static void ranking(void) {
    static const char *const ids[] = {"delta", "bravo", "echo", "alpha", "charlie"};
    static const double values[] = {1, NAN, 3, 1, NAN};
    cn_builder *builder = NULL;
    cn_network *net = NULL;
    cn_graph *graph = NULL;
    uint32_t order[5];
    CHECK_INT(cn_builder_create(&builder, NULL), CN_OK);
    for (size_t i = 0; i < 5; i++) {
        cn_entity entity;
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, ids[i], NULL, &entity, NULL), CN_OK);
    }
    CHECK_INT(cn_builder_finish(builder, &net, NULL), CN_OK);
    CHECK_INT(cn_graph_create(net, NULL, &graph, NULL), CN_OK);
    CHECK_INT(graph->n, 5);
    CHECK_INT(cn_metric_order(graph, net, values, order, NULL), CN_OK);
    CHECK(memcmp(order, (const uint32_t[]){2, 3, 0, 1, 4}, sizeof order) == 0); /* echo alpha delta bravo charlie */
    CHECK_INT(cn_metric_order(graph, NULL, values, order, NULL), CN_OK);
    CHECK(memcmp(order, (const uint32_t[]){2, 0, 3, 1, 4}, sizeof order) == 0);
    cn_graph_free(graph);
    cn_network_free(net);
    cn_builder_free(builder);
}

/* Whichever allocation fails: CN_ERR_MEMORY, nothing lost, and the next call is right again. */
static void failing_memory(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 3}};
    cn_graph *graph = MAKE(5, pairs, NULL, true);
    double values[MOST];
    uint32_t order[MOST];
    for (int metric = 0; metric < CN_METRIC_COUNT; metric++) {
        cn_status status = CN_ERR_MEMORY;
        for (uint64_t nth = 0; status != CN_OK; nth++) {
            CHECK(nth < 50);
            cn__alloc_fail_after(nth);
            status = cn_metric_compute(graph, (cn_metric)metric, NULL, values, NULL, NULL);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            CHECK(status == CN_OK || status == CN_ERR_MEMORY);
        }
    }
    cn__alloc_fail_after(0);
    cn_status status = cn_metric_order(graph, NULL, values, order, NULL);
    cn__alloc_fail_after(CN__ALLOC_NEVER);
    CHECK_INT(status, CN_ERR_MEMORY);
    cn_graph_free(graph);
}

int main(void) {
    return check_run((check_case[]){{"Krackhardt's kite", kite},
                                    {"Padgett's marriages", marriages},
                                    {"the toy network", toy},
                                    {"eigenvector of a star and a stranger", eigenvector_star},
                                    {"eigenvector of a chain of equal cycles", eigenvector_chain_of_cycles},
                                    {"eigenvector below the dominant cycle", eigenvector_weaker_below},
                                    {"eigenvector of components that tie", eigenvector_tie},
                                    {"eigenvector of a long path", eigenvector_long_path},
                                    {"empty, single and worthless graphs", nothing},
                                    {"what is refused", refusals},
                                    {"stopping", stopping},
                                    {"the table of metrics", table},
                                    {"ranking", ranking},
                                    {"failing memory", failing_memory},
                                    {0}});
}
