/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every figure of the summary against its definition on the dense matrix, and against igraph where it has the figure. */
#include "igraph_case.h"
#include "kernel_case.h"

#include "coopnet/summary.h"

typedef double matrix[CASE_MOST][CASE_MOST];

/* Sets of vertices that reach each other in d: their number, and the size of the largest, from `least` vertices on. */
static void count_groups(const case_graph *g, matrix d, uint32_t least, uint32_t *count, uint32_t *largest) {
    bool seen[CASE_MOST] = {false};
    *count = 0;
    *largest = 0;
    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t size = 0;
        for (uint32_t u = 0; u < g->n && !seen[v]; u++) {
            size += isfinite(d[u][v]) && isfinite(d[v][u]);
        }
        for (uint32_t u = 0; u < g->n; u++) {
            seen[u] = seen[u] || (isfinite(d[u][v]) && isfinite(d[v][u]));
        }
        if (size >= least) {
            ++*count;
            *largest = size > *largest ? size : *largest;
        }
    }
}

static void check_counts(const case_graph *g, const cn_summary *s) {
    uint32_t arcs = 0;
    uint32_t mutual = 0;
    uint32_t linked = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        bool any = false;
        for (uint32_t v = 0; v < g->n; v++) {
            arcs += g->has[u][v];
            mutual += g->has[u][v] && g->has[v][u];
            any = any || g->has[u][v] || g->has[v][u];
        }
        linked += any;
    }
    double n = g->n;
    CHECK_INT(s->vertices, g->n);
    CHECK_INT(s->linked, linked);
    CHECK_INT(s->edges, g->directed ? arcs : arcs / 2);
    CHECK_NEAR(s->density, g->n > 1 ? arcs / (n * (n - 1)) : NAN, 1e-15);
    CHECK_NEAR(s->reciprocity, g->directed && arcs > 0 ? (double)mutual / arcs : NAN, 1e-15);
}

static void check_groups(const case_graph *g, const case_graph *both, const cn_summary *s) {
    static matrix d;
    uint32_t count;
    uint32_t largest;
    case_distances(both, false, d);
    count_groups(both, d, 1, &count, &largest);
    CHECK_INT(s->components, count);
    CHECK_INT(s->largest_component, largest);
    case_distances(g, false, d);
    count_groups(g, d, 2, &count, &largest);
    CHECK_INT(s->strong_components, g->directed ? count : 0);
    CHECK_INT(s->largest_strong, g->directed ? largest : 0);
    double sum = 0;
    double pairs = 0;
    double longest = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            if (u != v && isfinite(d[u][v])) {
                sum += d[u][v];
                pairs++;
                longest = fmax(longest, d[u][v]);
            }
        }
    }
    CHECK_NEAR(s->average_path, pairs > 0 ? sum / pairs : NAN, 1e-14);
    CHECK_NEAR(s->diameter, longest, 0);
}

static void check_neighbourhoods(const case_graph *both, const cn_summary *s) {
    double closed = 0;
    double triples = 0;
    double ties = 0;
    double largest = 0;
    double n = both->n;
    for (uint32_t v = 0; v < both->n; v++) {
        double degree = 0;
        for (uint32_t u = 0; u < both->n; u++) {
            degree += both->has[v][u];
            for (uint32_t w = u + 1; w < both->n; w++) {
                triples += both->has[v][u] && both->has[v][w];
                closed += both->has[v][u] && both->has[v][w] && both->has[u][w];
            }
        }
        ties += degree / 2;
        largest = fmax(largest, degree);
    }
    CHECK_NEAR(s->clustering, triples > 0 ? closed / triples : NAN, 1e-14);
    double density = ties / (n * (n - 1) / 2);
    CHECK_NEAR(s->centralisation, both->n > 2 ? n / (n - 2) * (largest / (n - 1) - density) : NAN, 1e-13);
}

static void compare_with_igraph(const case_graph *g, const cn_summary *s) {
    igraph_twin ig;
    igraph_real_t value;
    igraph_integer_t count;
    igraph_case_open(&ig, g, false);
    igraph_transitivity_undirected(&ig.graph, &value, IGRAPH_TRANSITIVITY_NAN);
    CHECK_NEAR(s->clustering, value, 1e-12);
    igraph_average_path_length(&ig.graph, &value, NULL, g->directed, true);
    CHECK_NEAR(s->average_path, value, 1e-12);
    igraph_connected_components(&ig.graph, NULL, NULL, &count, IGRAPH_WEAK);
    CHECK_INT(s->components, count);
    if (g->directed && s->edges > 0) {
        igraph_reciprocity(&ig.graph, &value, true, IGRAPH_RECIPROCITY_DEFAULT);
        CHECK_NEAR(s->reciprocity, value, 1e-12);
    }
    igraph_to_undirected(&ig.graph, IGRAPH_TO_UNDIRECTED_COLLAPSE, NULL);
    igraph_assortativity_degree(&ig.graph, &value, false);
    CHECK_NEAR(s->assortativity, s->edges > 0 ? value : NAN, 1e-10);
    igraph_twin_close(&ig);
}

/* Places by who reaches whom; a way past the core has no inner vertex in the core, IN or OUT. */
static void check_bow_tie(const case_graph *g, const cn_summary *s) {
    uint32_t sum = 0;
    for (int place = 0; place < CN_BOW_COUNT; place++) {
        sum += s->bow[place];
    }
    CHECK(s->has_bow_tie == (s->largest_strong > 0));
    CHECK_INT(sum, s->has_bow_tie ? g->n : 0);
    CHECK_INT(s->bow[CN_BOW_CORE], s->largest_strong);
    static matrix d;
    case_distances(g, false, d);
    uint32_t root = CN_NONE;
    for (uint32_t v = 0; v < g->n && root == CN_NONE; v++) {
        uint32_t size = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            size += isfinite(d[u][v]) && isfinite(d[v][u]);
        }
        root = size == s->largest_strong && s->has_bow_tie ? v : CN_NONE;
    }
    uint32_t in = 0;
    uint32_t out = 0;
    for (uint32_t v = 0; v < g->n && root != CN_NONE; v++) {
        in += isfinite(d[v][root]) && !isfinite(d[root][v]);
        out += isfinite(d[root][v]) && !isfinite(d[v][root]);
    }
    CHECK_INT(s->bow[CN_BOW_IN], in);
    CHECK_INT(s->bow[CN_BOW_OUT], out);
}

static void check_summary(const case_graph *g, const cn_graph *graph) {
    cn_summary s;
    case_graph both = *g;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            both.has[u][v] = g->has[u][v] || g->has[v][u];
        }
    }
    CHECK_INT(cn_summary_compute(graph, &s, NULL), CN_OK);
    check_counts(g, &s);
    check_groups(g, &both, &s);
    check_neighbourhoods(&both, &s);
    check_bow_tie(g, &s);
    compare_with_igraph(g, &s);
}

static void small(void) {
    case_all_small(true, CASE_UNWEIGHTED, check_summary);
    case_all_small(false, CASE_UNWEIGHTED, check_summary);
}

static void random_graphs(void) {
    case_all_random(true, CASE_TIES, 60, 5, 30, check_summary);
    case_all_random(false, CASE_TIES, 60, 5, 30, check_summary);
}

/* Over seeds: the mean distance within its margin but for a share of delta; the same bytes for any threads. */
static void check_estimates(const cn_graph *graph, double epsilon, bool pairs) {
    enum { SEEDS = 8 };
    cn_summary exact;
    int missed = 0;
    CHECK_INT(cn_summary_compute(graph, &exact, NULL), CN_OK);
    CHECK_INT(exact.path_samples + exact.pair_samples, 0);
    CHECK_INT(exact.diameter_at_most, exact.diameter);
    for (uint64_t k = 0; k < SEEDS; k++) {
        cn_summary s[3];
        static const int threads[] = {1, 2, 7};
        for (int t = 0; t < (k < 2 ? 3 : 1); t++) {
            cn_summary_options options = {.epsilon = epsilon, .delta = 0.2, .seed = k, .threads = threads[t]};
            memset(&s[t], 0, sizeof s[t]);
            CHECK_INT(cn_summary_estimate(graph, &options, &s[t], NULL), CN_OK);
            CHECK(memcmp(&s[t], &s[0], sizeof s[t]) == 0);
        }
        CHECK((s->pair_samples > 0) == pairs);
        CHECK((s->path_samples > 0) == !pairs);
        missed += fabs(s->average_path - exact.average_path) > s->average_margin;
        CHECK(s->average_margin <= epsilon * s->average_path);
        CHECK(s->diameter <= exact.diameter && exact.diameter <= s->diameter_at_most);
        CHECK_INT(s->components, exact.components);
    }
    CHECK(missed <= 0.2 * SEEDS);
    cn_summary tight;
    CHECK_INT(cn_summary_estimate(graph, &(cn_summary_options){.epsilon = 1e-6}, &tight, NULL), CN_OK);
    CHECK_NEAR(tight.average_path, exact.average_path, 0);
    CHECK_INT(tight.path_samples + tight.pair_samples, 0);
    cn_error err;
    CHECK_INT(cn_summary_estimate(graph, &(cn_summary_options){.epsilon = 2}, &tight, &err), CN_ERR_ARGUMENT);
}

static void estimates_keep_their_margin(void) {
    static kernel_arcs arcs;
    uint64_t seed = 71;
    for (int directed = 0; directed < 2; directed++) {
        kernel_arcs_fill(&arcs, 1, 2500, directed, CASE_TIES, &seed);
        cn_graph *graph = kernel_arcs_make(&arcs);
        check_estimates(graph, 0.6, true);
        cn_graph_free(graph);
    }
}

/* Circles of eight: a pair is hardly ever connected. */
static void estimates_of_many_pieces(void) {
    static kernel_arcs arcs;
    arcs = (kernel_arcs){.n = 4096, .directed = true};
    for (uint32_t v = 0; v < arcs.n; v++) {
        kernel_arcs_add(&arcs, v, v % 8 == 7 ? v - 7 : v + 1, 1);
    }
    cn_graph *graph = kernel_arcs_make(&arcs);
    check_estimates(graph, 0.3, false);
    cn_graph_free(graph);
}

int main(void) {
    return check_run((check_case[]){{"all small graphs", small},
                                    {"random graphs", random_graphs},
                                    {"estimates keep their margin", estimates_keep_their_margin},
                                    {"estimates of many pieces", estimates_of_many_pieces},
                                    {0}});
}
