/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The k best chains against the sorted list of all simple chains, for every pair of ends: all graphs of up to 4 (5)
 * vertices, and random ones of up to 8, with ties and zeros among the weights.
 */
#include "case_graphs.h"

#include <stdlib.h>

#include "coopnet/chain.h"

enum { MOST_CHAINS = 2000 };

typedef struct chain {
    uint32_t steps;
    double value;
    uint32_t vertex[8];
} chain;

static struct {
    chain list[MOST_CHAINS];
    size_t count;
    cn_path_rank rank;
    bool weighted;
} all;

static void extend(const case_graph *g, chain *c, bool *used, uint32_t to) {
    uint32_t v = c->vertex[c->steps];
    if (v == to) {
        CHECK(all.count < MOST_CHAINS);
        all.list[all.count++] = *c;
        return;
    }
    for (uint32_t u = 0; u < g->n; u++) {
        if (g->has[v][u] && !used[u]) {
            double value = c->value;
            used[u] = true;
            c->vertex[++c->steps] = u;
            c->value = fmin(value, g->weight[v][u]);
            extend(g, c, used, to);
            c->steps--;
            c->value = value;
            used[u] = false;
        }
    }
}

static int compare_chains(const void *left, const void *right) {
    const chain *a = left;
    const chain *b = right;
    int by_steps = a->steps < b->steps ? -1 : a->steps > b->steps;
    int by_value = !all.weighted ? 0 : a->value > b->value ? -1 : a->value < b->value;
    int first = all.rank == CN_PATH_STEPS ? by_steps : by_value;
    int second = all.rank == CN_PATH_STEPS ? by_value : by_steps;
    if (first || second) {
        return first ? first : second;
    }
    for (uint32_t i = 0; i <= a->steps; i++) {
        if (a->vertex[i] != b->vertex[i]) {
            return a->vertex[i] < b->vertex[i] ? -1 : 1;
        }
    }
    return 0;
}

static void compare(const case_graph *g, const cn_graph *graph, uint32_t from, uint32_t to, uint32_t k) {
    cn_paths paths;
    CHECK_INT(cn_paths_compute(graph, from, to, k, all.rank, &paths, NULL), CN_OK);
    CHECK_INT(paths.count, all.count < k ? all.count : k);
    for (size_t i = 0; i < paths.count; i++) {
        const cn_path *path = &paths.paths[i];
        const chain *want = &all.list[i];
        CHECK_INT(path->steps, want->steps);
        CHECK_NEAR(path->value, g->weighted ? want->value : NAN, 0);
        for (uint32_t s = 0; s <= path->steps; s++) {
            CHECK_INT(path->vertices[s], want->vertex[s]);
        }
        for (uint32_t s = 0; s < path->steps; s++) {
            CHECK_INT(path->arcs[s], cn_graph_find_arc(graph, path->vertices[s], path->vertices[s + 1]));
        }
    }
    cn_paths_release(&paths);
}

static void check_pair(const case_graph *g, const cn_graph *graph, uint32_t from, uint32_t to) {
    static const uint32_t counts[] = {1, 3, MOST_CHAINS};
    chain start = {.value = INFINITY, .vertex = {from}};
    bool used[CASE_MOST] = {false};
    used[from] = true;
    all.count = 0;
    all.weighted = g->weighted;
    extend(g, &start, used, to);
    for (int rank = 0; rank < 2; rank++) {
        all.rank = (cn_path_rank)rank;
        qsort(all.list, all.count, sizeof *all.list, compare_chains);
        for (size_t i = 0; i < 3; i++) {
            if (i == 0 || all.count > counts[i - 1]) {
                compare(g, graph, from, to, counts[i]);
            }
        }
        compare(g, graph, from, to, (uint32_t)all.count + 1);
    }
}

/* Every pair of ends costs too much on every graph of four: by symmetry two pairs see all of them. */
static void check_small(const case_graph *g, const cn_graph *graph) {
    if (g->n > 1) {
        check_pair(g, graph, 0, g->n - 1);
        check_pair(g, graph, g->n - 1, 0);
    }
}

static void check_random_graph(const case_graph *g, const cn_graph *graph) {
    static uint64_t seed = 17;
    for (int i = 0; i < 4; i++) {
        uint32_t from = check_below(&seed, g->n);
        uint32_t to = check_below(&seed, g->n);
        if (from != to) {
            check_pair(g, graph, from, to);
        }
    }
}

static void small(void) {
    for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
        case_all_small(true, (case_weights)kind, check_small);
        case_all_small(false, (case_weights)kind, check_small);
    }
}

static void random_graphs(void) {
    uint64_t seed = 23;
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t n = 5 + check_below(&seed, i < 290 ? 3 : 4);
        uint32_t percent = 20 + check_below(&seed, 70);
        case_graph g = case_random(n, i % 2, (case_weights)(i / 2 % 3), percent, &seed);
        case_run(&g, check_random_graph);
    }
}

int main(void) { return check_run((check_case[]){{"all small graphs", small}, {"random graphs", random_graphs}, {0}}); }
