/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scores of missing links against networkx 2.8 on the kite, and against slow second implementations on dense random graphs: every
 * common neighbour and every path of three steps one by one.
 */
#include <math.h>

#include "case_graphs.h"
#include "known_graphs.h"
#include "link_scores.h"

static cn__link_scores scores;

static void open_scores(uint32_t n) { CHECK_INT(cn__link_scores_init(&scores, n, NULL), CN_OK); }

static void kite(void) {
    /* networkx: adamic_adar_index, resource_allocation_index, jaccard_coefficient, common_neighbors */
    static const struct {
        uint32_t u, v;
        double common, adamic, resource, jaccard;
    } want[] = {
        {0, 4, 2, 1.279458146995729, 0.41666666666666663, 0.4},
        {0, 6, 3, 1.9007930815553409, 0.6166666666666667, 0.5},
        {3, 7, 2, 1.2426698691192237, 0.4, 0.2857142857142857},
        {5, 8, 1, 0.9102392266268373, 0.3333333333333333, 0.16666666666666666},
        {1, 2, 2, 1.279458146995729, 0.41666666666666663, 0.4},
        {0, 7, 1, 0.6213349345596119, 0.2, 0.16666666666666666},
        {2, 9, 0, 0, 0, 0},
    };
    cn_graph *graph = NULL;
    uint32_t from[KNOWN_COUNT(kite_pairs)], to[KNOWN_COUNT(kite_pairs)];
    for (size_t i = 0; i < KNOWN_COUNT(kite_pairs); i++) {
        from[i] = kite_pairs[i][0];
        to[i] = kite_pairs[i][1];
    }
    CHECK_INT(cn_graph_from_arcs(10, KNOWN_COUNT(kite_pairs), from, to, NULL, false, &graph, NULL), CN_OK);
    open_scores(10);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        cn__link_scores_clear(&scores);
        cn__near_scores(graph, want[i].u, true, &scores);
        CHECK_NEAR(scores.value[CN_PARTNER_SCORE_COMMON][want[i].v], want[i].common, 0);
        CHECK_NEAR(scores.value[CN_PARTNER_SCORE_ADAMIC_ADAR][want[i].v], want[i].adamic, 1e-14);
        CHECK_NEAR(scores.value[CN_PARTNER_SCORE_RESOURCE][want[i].v], want[i].resource, 1e-14);
        CHECK_NEAR(scores.value[CN_PARTNER_SCORE_JACCARD][want[i].v], want[i].jaccard, 1e-14);
    }
    cn__link_scores_release(&scores);
    cn_graph_free(graph);
}

static int degree(const case_graph *g, uint32_t v, bool out) {
    int count = 0;
    for (uint32_t w = 0; w < g->n; w++) {
        count += w != v && (out ? g->has[v][w] : g->has[w][v]);
    }
    return count;
}

static double strength(const case_graph *g, uint32_t v) {
    double sum = 0;
    for (uint32_t w = 0; w < g->n; w++) {
        sum += w != v && g->has[v][w] ? g->weight[v][w] : 0;
    }
    return sum;
}

static void near_pair(const case_graph *g, uint32_t x, uint32_t y) {
    double common = 0, adamic = 0, resource = 0, walk = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        if (u != x && u != y && g->has[x][u] && g->has[u][y]) {
            common++;
            adamic += 1 / log(degree(g, u, true));
            resource += 1.0 / degree(g, u, true);
            walk += g->weight[x][u] * g->weight[u][y] / strength(g, u);
        }
    }
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_COMMON][y], common, 0);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_ADAMIC_ADAR][y], adamic, 1e-12);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_RESOURCE][y], resource, 1e-12);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_WALK][y], walk, 1e-9);
    CHECK(scores.seen[y] == (common > 0));
}

/* Paths x → u ← v → y (out), or x ← u → v ← y; y is no neighbour of x. */
static void far_pair(const case_graph *g, uint32_t x, uint32_t y, bool out) {
    double paths = 0, l3 = 0, walk = 0, common = 0;
    for (uint32_t v = 0; v < g->n; v++) {
        bool reached = false;
        for (uint32_t u = 0; u < g->n; u++) {
            bool path = v != x && (out ? g->has[x][u] && g->has[v][u] && g->has[v][y]
                                       : g->has[u][x] && g->has[u][v] && g->has[y][v]);
            if (path) {
                double ku = degree(g, u, !out);
                double kv = degree(g, v, out);
                paths++;
                l3 += 1 / sqrt(ku * kv);
                walk += 1 / (ku * kv);
                reached = true;
            }
        }
        common += reached;
    }
    walk = walk > 0 ? walk / sqrt(degree(g, y, !out)) : 0;
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_PATHS][y], paths, 0);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_L3][y], l3, 1e-12);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_WALK][y], walk, 1e-12);
    CHECK_NEAR(scores.value[CN_PARTNER_SCORE_COMMON][y], common, 0);
}

static void random_graphs(void) {
    uint64_t seed = 11;
    for (int round = 0; round < 60; round++) {
        case_graph g = {.n = 3 + check_below(&seed, 15), .directed = round % 2 == 0, .weighted = true};
        for (uint32_t u = 0; u < g.n; u++) {
            for (uint32_t v = g.directed ? 0 : u + 1; v < g.n; v++) {
                if (u != v && check_below(&seed, 4) == 0) {
                    case_add(&g, u, v, case_weight(CASE_REAL, &seed));
                }
            }
        }
        cn_graph *graph = case_make(&g);
        open_scores(g.n);
        for (uint32_t x = 0; x < g.n; x++) {
            for (int side = 0; side < (g.directed ? 2 : 1); side++) {
                cn__link_scores_clear(&scores);
                if (g.directed) {
                    cn__three_step_scores(graph, x, side == 0 ? CN_DIR_OUT : CN_DIR_IN, true, &scores);
                } else {
                    cn__near_scores(graph, x, true, &scores);
                }
                for (uint32_t y = 0; y < g.n; y++) {
                    if (y != x && g.directed && !(side == 0 ? g.has[x][y] : g.has[y][x])) {
                        far_pair(&g, x, y, side == 0);
                    } else if (y != x && !g.directed) {
                        near_pair(&g, x, y);
                    }
                }
            }
        }
        cn__link_scores_clear(&scores);
        for (uint32_t v = 0; v < g.n; v++) { /* nothing is left behind for the next */
            CHECK(!scores.seen[v] && !(scores.step[v] > 0));
        }
        cn__link_scores_release(&scores);
        cn_graph_free(graph);
    }
}

int main(void) {
    return check_run(
        (check_case[]){{"kite as networkx has it", kite}, {"random graphs, path by path", random_graphs}, {0}});
}
