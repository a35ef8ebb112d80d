/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The disparity filter against numbers worked by hand and against the integral that defines it (Serrano et al. 2009, eq. 2), taken
 * numerically: 1 - (k - 1) ∫ (1 - x)^(k - 2) dx from 0 to p.
 */
#include "coopnet/backbone.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

static cn_graph *make(uint32_t n, size_t m, const uint32_t *from, const uint32_t *to, const double *w, bool directed) {
    cn_graph *graph = NULL;
    CHECK_INT(cn_graph_from_arcs(n, m, from, to, w, directed, &graph, NULL), CN_OK);
    return graph;
}

/* 0 sells 8, 1, 1 to 1, 2, 3; 4 sells 9 to 1. */
static void by_hand(void) {
    const uint32_t from[] = {0, 0, 0, 4};
    const uint32_t to[] = {1, 2, 3, 1};
    const double w[] = {8, 1, 1, 9};
    double level[4];
    cn_graph *graph = make(5, 4, from, to, w, true);
    CHECK_INT(cn_backbone_compute(graph, level, NULL), CN_OK);
    CHECK_NEAR(level[0], 0.04, 1e-12);        /* (1 - 8/10)^2, less than (1 - 8/17)^1 at the other end */
    CHECK_NEAR(level[1], 0.81, 1e-12);        /* (1 - 1/10)^2; 2 buys from nobody else and says nothing */
    CHECK_NEAR(level[3], 1 - 9 / 17., 1e-12); /* the source has one arc; the target two */
    cn_graph_free(graph);
    graph = make(5, 4, from, to, w, false);
    double both[8];
    CHECK_INT(cn_backbone_compute(graph, both, NULL), CN_OK);
    for (uint32_t v = 0; v < 5; v++) {
        for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
            uint32_t back = cn_graph_find_arc(graph, graph->out_to[e], v);
            CHECK_NEAR(both[e], both[back], 1e-15);
        }
    }
    cn_graph_free(graph);
    graph = make(4, 3, from, to, NULL, true); /* all alike: p = 1/3 */
    CHECK_INT(cn_backbone_compute(graph, level, NULL), CN_OK);
    CHECK_NEAR(level[0], 4 / 9., 1e-12);
    cn_graph_free(graph);
}

static double power(double x, uint32_t n) {
    double y = 1;
    for (uint32_t i = 0; i < n; i++) {
        y *= x;
    }
    return y;
}

/* Simpson's rule. */
static double integral(double p, uint32_t k) {
    enum { PARTS = 2000 };
    double sum = 0;
    for (int i = 0; i <= PARTS; i++) {
        double f = power(1 - p * i / PARTS, k - 2);
        sum += f * (i == 0 || i == PARTS ? 1 : i % 2 ? 4 : 2);
    }
    return 1 - (k - 1) * sum * p / PARTS / 3;
}

static double judged_by(const double *w, uint32_t n, uint32_t v, uint32_t other, bool out) {
    double strength = 0;
    uint32_t k = 0;
    for (uint32_t u = 0; u < n; u++) {
        double x = out ? w[v * n + u] : w[u * n + v];
        strength += x;
        k += x > 0;
    }
    double mine = out ? w[v * n + other] : w[other * n + v];
    return k < 2 ? 1 : integral(mine / strength, k);
}

static void against_the_integral(void) {
    enum { N = 14 };
    srand(7);
    for (int round = 0; round < 20; round++) {
        double w[N * N] = {0};
        uint32_t from[N * N], to[N * N];
        double value[N * N], level[N * N];
        size_t m = 0;
        for (uint32_t i = 0; i < N * N; i++) {
            if (i / N != i % N && rand() % 3 == 0) {
                from[m] = i / N;
                to[m] = i % N;
                w[i] = value[m++] = 1 + rand() % 1000;
            }
        }
        cn_graph *graph = make(N, m, from, to, value, true);
        CHECK_INT(cn_backbone_compute(graph, level, NULL), CN_OK);
        for (uint32_t v = 0; v < N; v++) {
            for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
                uint32_t u = graph->out_to[e];
                CHECK_NEAR(level[e], fmin(judged_by(w, N, v, u, true), judged_by(w, N, u, v, false)), 1e-9);
            }
        }
        cn_graph_free(graph);
    }
}

int main(void) {
    return check_run((check_case[]){{"by hand", by_hand}, {"against the integral", against_the_integral}, {0}});
}
