/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PageRank against the solution of its linear system by elimination; eigenvector centrality by what defines it: not
 * negative, largest value 1, A x = ρ x with ρ the spectral radius found in another way (growth of the powers of A), and
 * no value exactly where A is nilpotent. Where the vector is unique it is compared with igraph's.
 */
#include "igraph_case.h"

#include "coopnet/metrics.h"

typedef double matrix[CASE_MOST][CASE_MOST];

/* Solve a x = b by elimination with row exchange; a and b are spoilt, b becomes x. */
static void solve(uint32_t n, matrix a, double *b) {
    for (uint32_t c = 0; c < n; c++) {
        uint32_t best = c;
        for (uint32_t r = c + 1; r < n; r++) {
            best = fabs(a[r][c]) > fabs(a[best][c]) ? r : best;
        }
        for (uint32_t k = 0; k < n; k++) {
            double swap = a[c][k];
            a[c][k] = a[best][k];
            a[best][k] = swap;
        }
        double swap = b[c];
        b[c] = b[best];
        b[best] = swap;
        for (uint32_t r = 0; r < n; r++) {
            double factor = r == c ? 0 : a[r][c] / a[c][c];
            for (uint32_t k = c; k < n && factor != 0; k++) {
                a[r][k] -= factor * a[c][k];
            }
            b[r] -= factor * b[c];
        }
    }
    for (uint32_t r = 0; r < n; r++) {
        b[r] /= a[r][r];
    }
}

/* x = (1-d)/n + d P x, where a column of P without weight is 1/n throughout. */
static void slow_pagerank(const case_graph *g, double damping, double *x) {
    static matrix a;
    for (uint32_t u = 0; u < g->n; u++) {
        double sum = 0;
        for (uint32_t v = 0; v < g->n; v++) {
            sum += g->has[u][v] ? g->weight[u][v] : 0;
        }
        for (uint32_t v = 0; v < g->n; v++) {
            double chance = sum > 0 ? (g->has[u][v] ? g->weight[u][v] : 0) / sum : 1.0 / g->n;
            a[v][u] = (u == v) - damping * chance;
        }
        x[u] = (1 - damping) / g->n;
    }
    solve(g->n, a, x);
}

static void check_pagerank(const case_graph *g, const cn_graph *graph) {
    static const double dampings[] = {0.85, 0.5, 0.99};
    for (size_t k = 0; k < 3; k++) {
        double values[CASE_MOST];
        double want[CASE_MOST];
        double sum = 0;
        cn_message remark;
        cn_metric_options options = {.damping = k == 0 ? 0 : dampings[k]};
        CHECK_INT(cn_metric_compute(graph, CN_METRIC_PAGERANK, &options, values, &remark, NULL), CN_OK);
        CHECK_INT(remark, CN_MSG_NONE);
        slow_pagerank(g, dampings[k], want);
        for (uint32_t v = 0; v < g->n; v++) {
            sum += values[v];
            CHECK_NEAR(values[v], want[v], 1e-12);
        }
        CHECK_NEAR(sum, 1, 1e-13);
    }
    igraph_twin ig;
    double ours[CASE_MOST];
    CHECK_INT(cn_metric_compute(graph, CN_METRIC_PAGERANK, NULL, ours, NULL, NULL), CN_OK);
    igraph_case_open(&ig, g, true);
    igraph_pagerank(&ig.graph, IGRAPH_PAGERANK_ALGO_PRPACK, &ig.result, NULL, igraph_vss_all(), g->directed, 0.85,
                    g->weighted ? &ig.weights : NULL, NULL);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(ours[v], VECTOR(ig.result)[v], 1e-9);
    }
    igraph_twin_close(&ig);
}

/* ρ = lim |A^k|^(1/k) at k = 2^50, the scale being kept apart as a logarithm. 0: nilpotent. */
static double spectral_radius(const case_graph *g) {
    static matrix a;
    static matrix b;
    double log_scale = 0; /* of a, per step */
    double step = 1;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            a[u][v] = g->has[u][v] ? g->weight[u][v] : 0;
        }
    }
    for (int round = 0; round < 50; round++) {
        double largest = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            for (uint32_t v = 0; v < g->n; v++) {
                largest = fmax(largest, a[u][v]);
            }
        }
        if (largest == 0) {
            return 0;
        }
        log_scale += log(largest) * step;
        for (uint32_t u = 0; u < g->n; u++) {
            for (uint32_t v = 0; v < g->n; v++) {
                b[u][v] = 0;
                for (uint32_t k = 0; k < g->n; k++) {
                    b[u][v] += a[u][k] / largest * (a[k][v] / largest);
                }
            }
        }
        memcpy(a, b, sizeof a);
        step /= 2;
    }
    return exp(log_scale);
}

static bool strongly_connected(const case_graph *g) {
    static matrix d;
    case_distances(g, true, d);
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            if (!isfinite(d[u][v])) {
                return false;
            }
        }
    }
    return g->n > 1;
}

static void compare_with_igraph(const case_graph *g, const double *values) {
    igraph_twin ig;
    igraph_arpack_options_t options;
    igraph_real_t value;
    igraph_case_open(&ig, g, true);
    igraph_arpack_options_init(&options);
    igraph_eigenvector_centrality(&ig.graph, &ig.result, &value, g->directed, true, g->weighted ? &ig.weights : NULL,
                                  &options);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(values[v], VECTOR(ig.result)[v], 1e-8);
    }
    igraph_twin_close(&ig);
}

static void check_eigenvector(const case_graph *g, const cn_graph *graph) {
    double x[CASE_MOST];
    double largest = 0;
    double radius = spectral_radius(g);
    cn_message remark;
    CHECK_INT(cn_metric_compute(graph, CN_METRIC_EIGENVECTOR, NULL, x, &remark, NULL), CN_OK);
    if (radius == 0) {
        CHECK_INT(remark, g->directed ? CN_MSG_EIGENVECTOR_UNDEFINED : CN_MSG_EIGENVECTOR_NO_TIES);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK(isnan(x[v]));
        }
        return;
    }
    CHECK_INT(remark, CN_MSG_NONE);
    for (uint32_t v = 0; v < g->n; v++) {
        double sum = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            sum += g->has[u][v] ? g->weight[u][v] * x[u] : 0;
        }
        CHECK(x[v] >= 0);
        CHECK_NEAR(sum, radius * x[v], 1e-10 * radius);
        largest = fmax(largest, x[v]);
    }
    CHECK_NEAR(largest, 1, 0);
    if (strongly_connected(g)) {
        compare_with_igraph(g, x);
    }
}

static void check_relabelled(const case_graph *g, const cn_graph *graph) {
    static uint64_t seed = 5;
    static const cn_metric metrics[] = {CN_METRIC_PAGERANK, CN_METRIC_EIGENVECTOR};
    uint32_t to[CASE_MOST];
    case_graph renamed = case_relabel(g, &seed, to);
    cn_graph *other = case_make(&renamed);
    for (size_t k = 0; k < 2; k++) {
        double a[CASE_MOST];
        double b[CASE_MOST];
        CHECK_INT(cn_metric_compute(graph, metrics[k], NULL, a, NULL, NULL), CN_OK);
        CHECK_INT(cn_metric_compute(other, metrics[k], NULL, b, NULL, NULL), CN_OK);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(b[to[v]], a[v], 1e-10);
        }
    }
    cn_graph_free(other);
}

static void pagerank(void) { case_everything(8, 5, 30, check_pagerank); }
static void eigenvector(void) { case_everything(12, 5, 30, check_eigenvector); }
static void relabelled(void) { case_everything(5, 5, 30, check_relabelled); }

/* Layers as they are: many small cycles and long tails. */
static void sparse(void) {
    uint64_t seed = 3;
    for (int i = 0; i < 60; i++) {
        case_graph g = case_random(30, i % 2, (case_weights)(i / 2 % 3), 4, &seed);
        case_run(&g, check_eigenvector);
        case_run(&g, check_pagerank);
    }
}

int main(void) {
    return check_run((check_case[]){{"PageRank solves its equation and equals igraph", pagerank},
                                    {"eigenvector centrality solves its equation and equals igraph", eigenvector},
                                    {"sparse layers", sparse},
                                    {"relabelling permutes the values", relabelled},
                                    {0}});
}
