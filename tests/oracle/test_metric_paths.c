/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness and harmonic closeness by their definitions, from the matrix of distances and the number of shortest
 * paths; against igraph; under relabelling and under a change of the unit of money.
 */
#include "igraph_case.h"

#include "coopnet/metrics.h"

typedef double matrix[CASE_MOST][CASE_MOST];

static void compute(const cn_graph *graph, cn_metric metric, cn_metric_options options, double *values) {
    cn_message remark;
    CHECK_INT(cn_metric_compute(graph, metric, &options, values, &remark, NULL), CN_OK);
    CHECK_INT(remark, CN_MSG_NONE);
}

static bool same_length(double a, double b) { return isfinite(a) && isfinite(b) && fabs(a - b) <= 1e-9 * (a + b); }

/* paths[s][t]: the sum of those to the last vertex before t, in the order of distance from s. */
static void count_paths(const case_graph *g, matrix d, matrix paths) {
    for (uint32_t s = 0; s < g->n; s++) {
        bool done[CASE_MOST] = {false};
        for (uint32_t round = 0; round < g->n; round++) {
            uint32_t t = CN_NONE;
            for (uint32_t v = 0; v < g->n; v++) {
                t = !done[v] && (t == CN_NONE || d[s][v] < d[s][t]) ? v : t;
            }
            done[t] = true;
            paths[s][t] = t == s;
            for (uint32_t u = 0; u < g->n && t != s; u++) {
                bool last = g->has[u][t] && g->weight[u][t] > 0 && same_length(d[s][u] + 1 / g->weight[u][t], d[s][t]);
                paths[s][t] += last ? paths[s][u] : 0;
            }
        }
    }
}

static double slow_betweenness(const case_graph *g, matrix d, matrix paths, uint32_t v) {
    double sum = 0;
    for (uint32_t s = 0; s < g->n; s++) {
        for (uint32_t t = 0; t < g->n; t++) {
            if (s != t && s != v && t != v && same_length(d[s][v] + d[v][t], d[s][t])) {
                sum += paths[s][v] * paths[v][t] / paths[s][t];
            }
        }
    }
    return g->directed ? sum : sum / 2;
}

static void check_betweenness(const case_graph *g, const cn_graph *graph) {
    static matrix d;
    static matrix paths;
    double values[CASE_MOST];
    double normal[CASE_MOST];
    double pairs = (g->n - 1.0) * (g->n - 2.0) / (g->directed ? 1 : 2);
    igraph_twin ig;
    compute(graph, CN_METRIC_BETWEENNESS, (cn_metric_options){0}, values);
    compute(graph, CN_METRIC_BETWEENNESS, (cn_metric_options){.normalized = true}, normal);
    case_distances(g, true, d);
    count_paths(g, d, paths);
    igraph_case_open(&ig, g, true);
    igraph_betweenness(&ig.graph, &ig.result, igraph_vss_all(), g->directed, g->weighted ? &ig.lengths : NULL);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(values[v], slow_betweenness(g, d, paths, v), 1e-9);
        CHECK_NEAR(values[v], VECTOR(ig.result)[v], 1e-9);
        CHECK_NEAR(normal[v], g->n > 2 ? values[v] / pairs : values[v], 1e-12);
    }
    igraph_twin_close(&ig);
}

static void check_harmonic(const case_graph *g, const cn_graph *graph) {
    static matrix d;
    case_distances(g, true, d);
    for (int in = 0; in < 2; in++) {
        double values[CASE_MOST];
        double normal[CASE_MOST];
        igraph_twin ig;
        cn_direction direction = in ? CN_DIR_IN : CN_DIR_OUT;
        compute(graph, CN_METRIC_HARMONIC, (cn_metric_options){.direction = direction}, values);
        compute(graph, CN_METRIC_HARMONIC, (cn_metric_options){.direction = direction, .normalized = true}, normal);
        igraph_case_open(&ig, g, true);
        igraph_harmonic_centrality(&ig.graph, &ig.result, igraph_vss_all(), in ? IGRAPH_IN : IGRAPH_OUT,
                                   g->weighted ? &ig.lengths : NULL, false);
        for (uint32_t v = 0; v < g->n; v++) {
            double sum = 0;
            for (uint32_t u = 0; u < g->n; u++) {
                sum += u == v ? 0 : 1 / (in ? d[u][v] : d[v][u]);
            }
            CHECK_NEAR(values[v], sum, 1e-11 * (1 + sum));
            CHECK_NEAR(values[v], VECTOR(ig.result)[v], 1e-11 * (1 + sum));
            CHECK_NEAR(normal[v], g->n > 1 ? sum / (g->n - 1.0) : sum, 1e-11 * (1 + sum));
        }
        igraph_twin_close(&ig);
    }
}

static void check_relabelled(const case_graph *g, const cn_graph *graph) {
    static uint64_t seed = 5;
    static const cn_metric metrics[] = {CN_METRIC_BETWEENNESS, CN_METRIC_HARMONIC};
    uint32_t to[CASE_MOST];
    case_graph renamed = case_relabel(g, &seed, to);
    cn_graph *other = case_make(&renamed);
    for (size_t k = 0; k < 2; k++) {
        double a[CASE_MOST];
        double b[CASE_MOST];
        compute(graph, metrics[k], (cn_metric_options){0}, a);
        compute(other, metrics[k], (cn_metric_options){0}, b);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(b[to[v]], a[v], 1e-9);
        }
    }
    cn_graph_free(other);
}

/* In kopecks or in milliards: betweenness stays, harmonic closeness goes with the unit. */
static void check_units(const case_graph *g, const cn_graph *graph) {
    static const double factors[] = {1e9, 1e-9, 3e15};
    for (size_t k = 0; k < 3; k++) {
        double before[CASE_MOST];
        double after[CASE_MOST];
        case_graph scaled = *g;
        for (uint32_t u = 0; u < g->n; u++) {
            for (uint32_t v = 0; v < g->n; v++) {
                scaled.weight[u][v] *= factors[k];
            }
        }
        cn_graph *other = case_make(&scaled);
        compute(graph, CN_METRIC_BETWEENNESS, (cn_metric_options){0}, before);
        compute(other, CN_METRIC_BETWEENNESS, (cn_metric_options){0}, after);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(after[v], before[v], 1e-9);
        }
        compute(graph, CN_METRIC_HARMONIC, (cn_metric_options){0}, before);
        compute(other, CN_METRIC_HARMONIC, (cn_metric_options){0}, after);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(after[v] / factors[k], before[v], 1e-11 * (1 + before[v]));
        }
        cn_graph_free(other);
    }
}

static void betweenness(void) { case_everything(10, 5, 25, check_betweenness); }
static void harmonic(void) { case_everything(10, 5, 25, check_harmonic); }
static void relabelled(void) {
    for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
        case_all_random(true, (case_weights)kind, 40, 3, 30, check_relabelled);
        case_all_random(false, (case_weights)kind, 40, 3, 30, check_relabelled);
    }
}
static void units(void) {
    case_all_random(true, CASE_TIES, 20, 3, 30, check_units);
    case_all_random(true, CASE_REAL, 20, 5, 30, check_units);
    case_all_random(false, CASE_REAL, 20, 5, 30, check_units);
}

int main(void) {
    return check_run((check_case[]){{"betweenness equals its definition and igraph", betweenness},
                                    {"harmonic closeness equals its definition and igraph", harmonic},
                                    {"relabelling permutes the values", relabelled},
                                    {"the unit of the weights does not matter", units},
                                    {0}});
}
