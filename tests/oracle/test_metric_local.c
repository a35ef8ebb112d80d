/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Degrees, strengths, coreness and constraint against their definitions on dense matrices, against igraph, and under
 * relabelling.
 */
#include "igraph_case.h"

#include "coopnet/metrics.h"

static void compute(const cn_graph *graph, cn_metric metric, const cn_metric_options *options, double *values,
                    cn_message *remark) {
    CHECK_INT(cn_metric_compute(graph, metric, options, values, remark, NULL), CN_OK);
}

/* Row sums of has or weight; in: column sums. */
static double line_sum(const case_graph *g, uint32_t v, bool in, bool weights) {
    double sum = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        bool has = in ? g->has[u][v] : g->has[v][u];
        sum += !has ? 0 : !weights ? 1 : in ? g->weight[u][v] : g->weight[v][u];
    }
    return sum;
}

static void check_sums(const case_graph *g, const cn_graph *graph) {
    static const cn_metric metrics[] = {CN_METRIC_DEGREE,   CN_METRIC_IN_DEGREE,   CN_METRIC_OUT_DEGREE,
                                        CN_METRIC_STRENGTH, CN_METRIC_IN_STRENGTH, CN_METRIC_OUT_STRENGTH};
    for (size_t k = 0; k < 6; k++) {
        double values[CASE_MOST];
        double normal[CASE_MOST];
        cn_message remark;
        bool weights = k >= 3;
        compute(graph, metrics[k], NULL, values, &remark);
        CHECK_INT(remark, CN_MSG_NONE);
        compute(graph, metrics[k], &(cn_metric_options){.normalized = true}, normal, NULL);
        for (uint32_t v = 0; v < g->n; v++) {
            double in = line_sum(g, v, true, weights);
            double out = line_sum(g, v, false, weights);
            double want = !g->directed ? out : k % 3 == 0 ? in + out : k % 3 == 1 ? in : out;
            double most = (g->n - 1.0) * (g->directed && k % 3 == 0 ? 2 : 1);
            CHECK_NEAR(values[v], want, 1e-12);
            CHECK_NEAR(normal[v], weights || g->n == 1 ? want : want / most, 1e-12);
        }
    }
}

/* Take away, until nothing changes, whoever has fewer than k arcs to the rest; who remains has coreness k or more. */
static void slow_coreness(const case_graph *g, uint32_t *core) {
    memset(core, 0, g->n * sizeof *core);
    for (uint32_t k = 1; k < 2 * g->n; k++) {
        bool in[CASE_MOST];
        memset(in, true, sizeof in);
        for (bool changed = true; changed;) {
            changed = false;
            for (uint32_t v = 0; v < g->n; v++) {
                uint32_t arcs = 0;
                for (uint32_t u = 0; u < g->n; u++) {
                    arcs += in[u] ? g->has[v][u] + (g->directed ? g->has[u][v] : 0u) : 0;
                }
                if (in[v] && arcs < k) {
                    in[v] = false;
                    changed = true;
                }
            }
        }
        for (uint32_t v = 0; v < g->n; v++) {
            core[v] = in[v] ? k : core[v];
        }
    }
}

static void check_coreness(const case_graph *g, const cn_graph *graph) {
    double values[CASE_MOST];
    uint32_t core[CASE_MOST];
    igraph_twin ig;
    igraph_vector_int_t theirs;
    compute(graph, CN_METRIC_CORENESS, NULL, values, NULL);
    slow_coreness(g, core);
    igraph_case_open(&ig, g, false);
    igraph_vector_int_init(&theirs, 0);
    igraph_coreness(&ig.graph, &theirs, IGRAPH_ALL);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(values[v], core[v], 0);
        CHECK_NEAR(values[v], (double)VECTOR(theirs)[v], 0);
    }
    igraph_vector_int_destroy(&theirs);
    igraph_twin_close(&ig);
}

static double share(const case_graph *g, uint32_t i, uint32_t j) {
    double sum = 0;
    for (uint32_t k = 0; k < g->n; k++) {
        sum += k == i ? 0 : g->weight[i][k] * g->has[i][k] + g->weight[k][i] * g->has[k][i];
    }
    return (g->weight[i][j] * g->has[i][j] + g->weight[j][i] * g->has[j][i]) / sum;
}

static double slow_constraint(const case_graph *g, uint32_t i) {
    double sum = 0;
    bool any = false;
    for (uint32_t j = 0; j < g->n; j++) {
        if (j == i || !(share(g, i, j) > 0)) {
            continue;
        }
        double part = share(g, i, j);
        for (uint32_t q = 0; q < g->n; q++) {
            if (q != i && q != j && share(g, i, q) > 0) {
                part += share(g, i, q) * share(g, q, j);
            }
        }
        sum += part * part;
        any = true;
    }
    return any ? sum : NAN;
}

static void check_constraint(const case_graph *g, const cn_graph *graph) {
    double values[CASE_MOST];
    cn_message remark;
    bool isolated = false;
    igraph_twin ig;
    compute(graph, CN_METRIC_CONSTRAINT, NULL, values, &remark);
    igraph_case_open(&ig, g, true);
    igraph_constraint(&ig.graph, &ig.result, igraph_vss_all(), g->weighted ? &ig.weights : NULL);
    for (uint32_t v = 0; v < g->n; v++) {
        double want = slow_constraint(g, v);
        isolated = isolated || isnan(want);
        CHECK_NEAR(values[v], want, 1e-12);
        CHECK_NEAR(values[v], VECTOR(ig.result)[v], 1e-12);
    }
    CHECK_INT(remark, isolated ? CN_MSG_CONSTRAINT_ISOLATED : CN_MSG_NONE);
    igraph_twin_close(&ig);
}

static void check_relabelled(const case_graph *g, const cn_graph *graph) {
    static uint64_t seed = 5;
    static const cn_metric metrics[] = {CN_METRIC_DEGREE, CN_METRIC_STRENGTH, CN_METRIC_CORENESS, CN_METRIC_CONSTRAINT};
    uint32_t to[CASE_MOST];
    case_graph renamed = case_relabel(g, &seed, to);
    cn_graph *other = case_make(&renamed);
    for (size_t k = 0; k < 4; k++) {
        double a[CASE_MOST];
        double b[CASE_MOST];
        compute(graph, metrics[k], NULL, a, NULL);
        compute(other, metrics[k], NULL, b, NULL);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(b[to[v]], a[v], 1e-12);
        }
    }
    cn_graph_free(other);
}

static void sums(void) { case_everything(30, 5, 30, check_sums); }
static void coreness(void) { case_everything(30, 5, 30, check_coreness); }
static void constraint(void) { case_everything(15, 5, 20, check_constraint); }
static void relabelled(void) { case_everything(10, 5, 30, check_relabelled); }

int main(void) {
    return check_run((check_case[]){{"degrees and strengths are row and column sums", sums},
                                    {"coreness equals pruning and igraph", coreness},
                                    {"constraint equals its formula and igraph", constraint},
                                    {"relabelling permutes the values", relabelled},
                                    {0}});
}
