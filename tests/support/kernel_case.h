/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests of kernels: graphs of the shapes that kernels treat apart (trees to fold, twins to join, pieces, circles), and
 * a run of a kernel with 1, 2 and 7 threads that must give the same bytes.
 */
#ifndef CN_TEST_KERNEL_CASE_H
#define CN_TEST_KERNEL_CASE_H

#include "case_graphs.h"
#include "kernels.h"

typedef cn_status kernel_call(const cn_graph *graph, const void *arguments, double *values,
                              const cn__kernel_watch *watch);

/* `values` takes graph->n; compared byte by byte over the numbers of threads, but for the smallest graphs, where one does all. */
static inline void kernel_run_threads(kernel_call *call, const cn_graph *graph, const void *arguments, double *values,
                                      double *room) {
    static const int threads[] = {1, 2, 7};
    for (size_t i = 0; i < (graph->n > 5 ? 3 : 1); i++) {
        cn__kernel_watch watch = {.threads = threads[i]};
        double *into = i == 0 ? values : room;
        memset(into, 0x5a, graph->n * sizeof *into);
        CHECK_INT(call(graph, arguments, into, &watch), CN_OK);
        CHECK(memcmp(values, into, graph->n * sizeof *into) == 0);
    }
}

static inline double kernel_weight(case_weights kind, uint64_t *seed) {
    static const double thirds[] = {1, 3, 6, 1.5, 0.75, 12}; /* lengths that add up to each other, but for rounding */
    return kind == CASE_TIES && check_below(seed, 3) > 0 ? thirds[check_below(seed, 6)] : case_weight(kind, seed);
}

/* Some direction of a pair; both ones now and then. */
static inline void kernel_join(case_graph *g, uint32_t u, uint32_t v, case_weights kind, uint64_t *seed) {
    bool turned = g->directed && check_below(seed, 2) == 1;
    case_add(g, turned ? v : u, turned ? u : v, kernel_weight(kind, seed));
    if (g->directed && check_below(seed, 8) == 0) {
        case_add(g, turned ? u : v, turned ? v : u, kernel_weight(kind, seed));
    }
}

/* A sparse core with trees on it, and twins of what is there; in pieces when `core` is small. */
static inline case_graph kernel_tree_case(bool directed, case_weights kind, uint64_t *seed) {
    uint32_t n = 2 + check_below(seed, CASE_MOST - 1);
    uint32_t core = 1 + check_below(seed, n);
    uint32_t pieces = check_below(seed, 3);
    case_graph g = {.n = n, .directed = directed, .weighted = kind != CASE_UNWEIGHTED};
    for (uint32_t v = 1; v < n; v++) {
        if (check_below(seed, 20) < pieces) {
            continue;
        }
        uint32_t near = v < 3 ? v : 3;
        uint32_t to = check_below(seed, 4) == 0 ? v - 1 - check_below(seed, near) : check_below(seed, v);
        kernel_join(&g, v, to, kind, seed);
    }
    for (uint32_t i = 0; i < core / 2; i++) {
        uint32_t u = check_below(seed, core);
        uint32_t v = check_below(seed, core);
        if (u != v) {
            kernel_join(&g, u, v, kind, seed);
        }
    }
    return g;
}

/* Copies of vertices, beside or joined to the first one, then some trees. */
static inline case_graph kernel_twin_case(bool directed, case_weights kind, uint64_t *seed) {
    uint32_t n = 3 + check_below(seed, 8);
    case_graph g = case_random(n, directed, kind, 20 + check_below(seed, 50), seed);
    while (g.n < CASE_MOST - 4 && check_below(seed, 12) > 0) {
        uint32_t twin = g.n++;
        uint32_t first = check_below(seed, twin);
        for (uint32_t v = 0; v < twin; v++) {
            if (g.has[first][v]) {
                case_add(&g, twin, v, g.weight[first][v]);
            }
            if (directed && g.has[v][first]) {
                case_add(&g, v, twin, g.weight[v][first]);
            }
        }
        if (check_below(seed, 2) == 0) {
            kernel_join(&g, first, twin, kind, seed);
        }
    }
    for (int i = 0; i < 3 && check_below(seed, 2) == 0; i++) {
        uint32_t leaf = g.n++;
        kernel_join(&g, leaf, check_below(seed, leaf), kind, seed);
    }
    return g;
}

/* A circle, a star, a path, a clique, a layered acyclic graph or nothing at all. */
static inline case_graph kernel_plain_case(uint32_t shape, uint32_t n, bool directed, case_weights kind,
                                           uint64_t *seed) {
    case_graph g = {.n = n, .directed = directed, .weighted = kind != CASE_UNWEIGHTED};
    for (uint32_t v = 1; v < n; v++) {
        switch (shape % 6) {
        case 0:
            case_add(&g, v - 1, v, kernel_weight(kind, seed));
            break;
        case 1:
            case_add(&g, v % 2 ? 0 : v, v % 2 ? v : 0, kernel_weight(kind, seed));
            break;
        case 2:
            case_add(&g, v - 1, v, 1);
            if (v + 1 == n && n > 2) {
                case_add(&g, v, 0, 1);
            }
            break;
        case 3:
            for (uint32_t u = 0; u < v; u++) {
                case_add(&g, u, v, kernel_weight(kind, seed));
            }
            break;
        case 4:
            for (uint32_t u = v / 4 > 0 ? 4 * (v / 4 - 1) : v; u < 4 * (v / 4); u++) {
                case_add(&g, u, v, kernel_weight(kind, seed));
            }
            break;
        default:
            break;
        }
    }
    return g;
}

static inline void kernel_everything(uint32_t count, case_check *check) {
    uint64_t seed = 23;
    case_everything(count, 5, 25, check);
    for (int directed = 0; directed < 2; directed++) {
        for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
            for (uint32_t i = 0; i < 4 * count; i++) {
                case_graph tree = kernel_tree_case(directed, (case_weights)kind, &seed);
                case_graph twin = kernel_twin_case(directed, (case_weights)kind, &seed);
                case_run(&tree, check);
                case_run(&twin, check);
            }
            for (uint32_t shape = 0; shape < 6; shape++) {
                for (uint32_t n = 0; n <= CASE_MOST; n = n < 6 ? n + 1 : n + 13) {
                    case_graph plain = kernel_plain_case(shape, n, directed, (case_weights)kind, &seed);
                    case_run(&plain, check);
                }
            }
        }
    }
}

/* ---- larger graphs, for comparison with igraph alone ---- */

typedef struct kernel_arcs {
    uint32_t n;
    bool directed;
    bool weighted;
    size_t count;
    uint32_t from[8192];
    uint32_t to[8192];
    double weight[8192];
} kernel_arcs;

static inline void kernel_arcs_add(kernel_arcs *arcs, uint32_t from, uint32_t to, double weight) {
    if (from != to && arcs->count < 8192) {
        arcs->from[arcs->count] = from;
        arcs->to[arcs->count] = to;
        arcs->weight[arcs->count++] = weight;
    }
}

/* Firms that choose partners by their degree (shape 0), a lattice (1), partners of projects (2), long chains (3). */
static inline void kernel_arcs_fill(kernel_arcs *arcs, uint32_t shape, uint32_t n, bool directed, case_weights kind,
                                    uint64_t *seed) {
    arcs->n = n;
    arcs->directed = directed;
    arcs->weighted = kind != CASE_UNWEIGHTED;
    arcs->count = 0;
    for (uint32_t v = 1; v < n; v++) {
        uint32_t size = 2 + check_below(seed, 6);
        switch (shape) {
        case 0:
            for (uint32_t i = 0; i < 1 + check_below(seed, 5); i++) {
                bool by_degree = arcs->count > 0 && check_below(seed, 3) > 0;
                uint32_t other = by_degree ? arcs->to[check_below(seed, (uint32_t)arcs->count)] : check_below(seed, v);
                bool turned = check_below(seed, 3) == 0;
                kernel_arcs_add(arcs, turned ? other : v, turned ? v : other, kernel_weight(kind, seed));
            }
            break;
        case 1:
            if (v % 20 != 0) {
                kernel_arcs_add(arcs, v - 1, v, kernel_weight(kind, seed));
            }
            if (v >= 20) {
                kernel_arcs_add(arcs, v - 20, v, kernel_weight(kind, seed));
            }
            break;
        case 2:
            for (uint32_t i = 0; v + size < n && i < size; i++) {
                uint32_t known = check_below(seed, 2) == 0 ? v + i : check_below(seed, n / 8 + 1);
                for (uint32_t k = 0; k < i; k++) {
                    kernel_arcs_add(arcs, v + k, known, kernel_weight(kind, seed));
                }
            }
            v += size;
            break;
        default:
            if (v % 150 != 0) {
                kernel_arcs_add(arcs, v - 1, v, kernel_weight(kind, seed));
            }
            if (v % 7 == 0) {
                kernel_arcs_add(arcs, check_below(seed, v), v, kernel_weight(kind, seed));
            }
            break;
        }
    }
}

static inline cn_graph *kernel_arcs_make(const kernel_arcs *arcs) {
    cn_graph *graph = NULL;
    CHECK_INT(cn_graph_from_arcs(arcs->n, arcs->count, arcs->from, arcs->to, arcs->weighted ? arcs->weight : NULL,
                                 arcs->directed, &graph, NULL),
              CN_OK);
    return graph;
}

#endif
