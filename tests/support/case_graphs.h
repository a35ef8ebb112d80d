/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small graphs for oracles, as dense matrices that the slow second implementations work on, and as cn_graph: every
 * directed graph of up to 4 vertices, every undirected one of up to 5, and seeded random ones; unweighted, with weights
 * that make ties (0 among them), and with weights that make none.
 */
#ifndef CN_TEST_CASE_GRAPHS_H
#define CN_TEST_CASE_GRAPHS_H

#include <math.h>
#include <string.h>

#include "check.h"
#include "coopnet/graph.h"

enum { CASE_MOST = 32 };

typedef enum case_weights { CASE_UNWEIGHTED = 0, CASE_TIES, CASE_REAL, CASE_WEIGHTINGS } case_weights;

/* has is symmetric, and weight with it, where not directed. No loops. weight is 1 without weights. */
typedef struct case_graph {
    uint32_t n;
    bool directed;
    bool weighted;
    bool has[CASE_MOST][CASE_MOST];
    double weight[CASE_MOST][CASE_MOST];
} case_graph;

typedef void case_check(const case_graph *dense, const cn_graph *graph);

static inline void case_add(case_graph *g, uint32_t u, uint32_t v, double weight) {
    g->has[u][v] = true;
    g->weight[u][v] = weight;
    if (!g->directed) {
        g->has[v][u] = true;
        g->weight[v][u] = weight;
    }
}

/* Powers of two, so that sums of lengths 1/weight are exact and ties are ties; or anything between 0.1 and 10. */
static inline double case_weight(case_weights kind, uint64_t *seed) {
    static const double tying[] = {1, 2, 4, 1, 0.5, 0};
    if (kind == CASE_TIES) {
        return tying[check_below(seed, 6)];
    }
    return kind == CASE_REAL ? 0.1 + 9.9 * check_below(seed, 1000000) / 1e6 : 1;
}

static inline cn_graph *case_make(const case_graph *g) {
    static uint32_t from[CASE_MOST * CASE_MOST];
    static uint32_t to[CASE_MOST * CASE_MOST];
    static double weight[CASE_MOST * CASE_MOST];
    cn_graph *graph = NULL;
    size_t count = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = g->directed ? 0 : u; v < g->n; v++) {
            if (g->has[u][v]) {
                from[count] = u;
                to[count] = v;
                weight[count++] = g->weight[u][v];
            }
        }
    }
    CHECK_INT(cn_graph_from_arcs(g->n, count, from, to, g->weighted ? weight : NULL, g->directed, &graph, NULL), CN_OK);
    return graph;
}

static inline void case_run(const case_graph *dense, case_check *check) {
    cn_graph *graph = case_make(dense);
    check(dense, graph);
    cn_graph_free(graph);
}

static inline void case_all_small(bool directed, case_weights kind, case_check *check) {
    uint64_t seed = 7;
    for (uint32_t n = 1; n <= (directed ? 4u : 5u); n++) {
        uint32_t pairs = directed ? n * (n - 1) : n * (n - 1) / 2;
        for (uint32_t set = 0; set < 1u << pairs; set++) {
            case_graph g = {.n = n, .directed = directed, .weighted = kind != CASE_UNWEIGHTED};
            uint32_t bit = 0;
            for (uint32_t u = 0; u < n; u++) {
                for (uint32_t v = directed ? 0 : u + 1; v < n; v++) {
                    if (u != v && (set >> bit++ & 1)) {
                        case_add(&g, u, v, case_weight(kind, &seed));
                    }
                }
            }
            case_run(&g, check);
        }
    }
}

static inline case_graph case_random(uint32_t n, bool directed, case_weights kind, uint32_t percent, uint64_t *seed) {
    case_graph g = {.n = n, .directed = directed, .weighted = kind != CASE_UNWEIGHTED};
    for (uint32_t u = 0; u < n; u++) {
        for (uint32_t v = directed ? 0 : u + 1; v < n; v++) {
            if (u != v && check_below(seed, 100) < percent) {
                case_add(&g, u, v, case_weight(kind, seed));
            }
        }
    }
    return g;
}

static inline void case_all_random(bool directed, case_weights kind, uint32_t count, uint32_t least_n, uint32_t most_n,
                                   case_check *check) {
    uint64_t seed = 11;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = least_n + check_below(&seed, most_n - least_n + 1);
        uint32_t percent = 3 + check_below(&seed, 40);
        case_graph g = case_random(n, directed, kind, percent, &seed);
        case_run(&g, check);
    }
}

/* Every kind of graph: all small ones, and `count` random ones of each kind. */
static inline void case_everything(uint32_t count, uint32_t least_n, uint32_t most_n, case_check *check) {
    for (int directed = 0; directed < 2; directed++) {
        for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
            case_all_small(directed, (case_weights)kind, check);
            case_all_random(directed, (case_weights)kind, count, least_n, most_n, check);
        }
    }
}

/* The same graph with vertex v called to[v]; `to` is filled with a random permutation. */
static inline case_graph case_relabel(const case_graph *g, uint64_t *seed, uint32_t *to) {
    case_graph out = {.n = g->n, .directed = g->directed, .weighted = g->weighted};
    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t other = check_below(seed, v + 1);
        to[v] = to[other];
        to[other] = v;
    }
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            out.has[to[u]][to[v]] = g->has[u][v];
            out.weight[to[u]][to[v]] = g->weight[u][v];
        }
    }
    return out;
}

/* Lengths of shortest paths by Floyd and Warshall; an arc counts 1, or 1/weight with `by_weight`. INFINITY: no path. */
static inline void case_distances(const case_graph *g, bool by_weight, double d[CASE_MOST][CASE_MOST]) {
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            double length = by_weight ? 1 / g->weight[u][v] : 1;
            d[u][v] = u == v ? 0 : g->has[u][v] ? length : INFINITY;
        }
    }
    for (uint32_t k = 0; k < g->n; k++) {
        for (uint32_t u = 0; u < g->n; u++) {
            for (uint32_t v = 0; v < g->n; v++) {
                d[u][v] = fmin(d[u][v], d[u][k] + d[k][v]);
            }
        }
    }
}

#endif
