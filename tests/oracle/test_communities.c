/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Communities against igraph's Leiden (never below it), brute force over all partitions, the published optimum of the karate
 * club (Q = 0.41979, four communities: Brandes et al. 2008), and partitions compared pair by pair.
 */
#include "coopnet/communities.h"

#include <igraph/igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "karate.h"
#include "known_graphs.h"

enum { MOST = 200 };

/* ---- slow second implementations ---- */

static double weight_of(const cn_graph *g, uint32_t u, uint32_t v) {
    double sum = 0;
    uint32_t there = cn_graph_find_arc(g, u, v);
    uint32_t back = cn_graph_find_arc(g, v, u);
    if (there != CN_NONE) {
        sum += g->weight ? g->weight[there] : 1;
    }
    if (g->directed && back != CN_NONE) {
        sum += g->weight ? g->weight[back] : 1;
    }
    return u == v ? 0 : sum;
}

/* Q straight from its definition, over all pairs. */
static double slow_quality(const cn_graph *g, const uint32_t *of, double resolution) {
    double total = 0;
    double strength[MOST] = {0};
    double sum = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            strength[u] += weight_of(g, u, v);
        }
        total += strength[u];
    }
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            if (of[u] == of[v] && of[u] != CN_NONE) {
                sum += weight_of(g, u, v) / total - resolution * strength[u] / total * (strength[v] / total);
            }
        }
    }
    return sum;
}

/* The best Q of all partitions, by restricted growth strings. */
static double best_quality(const cn_graph *g, uint32_t *of, uint32_t v, uint32_t used) {
    if (v == g->n) {
        return slow_quality(g, of, 1);
    }
    double best = -1;
    for (uint32_t c = 0; c <= used; c++) {
        of[v] = c;
        best = fmax(best, best_quality(g, of, v + 1, c == used ? used + 1 : used));
    }
    return best;
}

static cn_graph *random_graph(uint64_t *seed, uint32_t n, uint32_t arcs, bool directed, bool weighted) {
    uint32_t from[2000];
    uint32_t to[2000];
    double weights[2000];
    cn_graph *g = NULL;
    for (uint32_t i = 0; i < arcs; i++) {
        from[i] = check_below(seed, n);
        /* most links stay near, so that there is something to find */
        to[i] = check_below(seed, 4) ? from[i] / 8 * 8 + check_below(seed, 8) : check_below(seed, n);
        to[i] = to[i] < n ? to[i] : n - 1;
        weights[i] = 1 + check_below(seed, 1000000);
    }
    CHECK_INT(cn_graph_from_arcs(n, arcs, from, to, weighted ? weights : NULL, directed, &g, NULL), CN_OK);
    return g;
}

static bool is_connected(const cn_graph *g, const uint32_t *of, uint32_t community) {
    bool seen[MOST] = {false};
    uint32_t members = 0;
    uint32_t reached = 0;
    uint32_t stack[MOST];
    uint32_t held = 0;
    for (uint32_t v = 0; v < g->n; v++) {
        if (of[v] == community && members++ == 0) {
            seen[v] = true;
            stack[held++] = v;
        }
    }
    while (held) {
        uint32_t v = stack[--held];
        reached++;
        for (uint32_t u = 0; u < g->n; u++) {
            if (!seen[u] && of[u] == community && weight_of(g, u, v) > 0) {
                seen[u] = true;
                stack[held++] = u;
            }
        }
    }
    return members > 0 && reached == members;
}

/* igraph's own Leiden on the same ties: the best of some runs. */
static double igraph_best(const cn_graph *g, double resolution, uint32_t runs) {
    igraph_t graph;
    igraph_vector_int_t ends;
    igraph_vector_t weights, strength;
    igraph_vector_int_t membership;
    double total = 0;
    double best = -1;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&weights, 0);
    igraph_vector_init(&strength, g->n);
    igraph_vector_int_init(&membership, 0);
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = u + 1; v < g->n; v++) {
            double weight = weight_of(g, u, v);
            if (weight > 0) {
                igraph_vector_int_push_back(&ends, u);
                igraph_vector_int_push_back(&ends, v);
                igraph_vector_push_back(&weights, weight);
                VECTOR(strength)[u] += weight;
                VECTOR(strength)[v] += weight;
                total += 2 * weight;
            }
        }
    }
    igraph_create(&graph, &ends, g->n, false);
    for (uint32_t run = 0; run < runs; run++) {
        uint32_t of[MOST];
        igraph_rng_seed(igraph_rng_default(), run + 1);
        igraph_community_leiden(&graph, &weights, &strength, resolution / total, 0.01, false, -1, &membership, NULL,
                                NULL);
        for (uint32_t v = 0; v < g->n; v++) {
            of[v] = (uint32_t)VECTOR(membership)[v];
        }
        best = fmax(best, slow_quality(g, of, resolution));
    }
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&ends);
    igraph_vector_destroy(&weights);
    igraph_vector_destroy(&strength);
    igraph_vector_int_destroy(&membership);
    return best;
}

/* ---- cases ---- */

static void karate(void) {
    cn_graph *g = karate_make();
    cn_communities c;
    CHECK_INT(cn_communities_find(g, NULL, &c, NULL), CN_OK);
    CHECK_INT(c.count, 4);
    CHECK_NEAR(c.quality, 0.4197896, 1e-7);
    CHECK_INT(c.runs, 50);
    CHECK(c.mean_agreement > 0.7);
    cn_communities_release(&c);
    cn_graph_free(g);
}

static void kite_by_brute_force(void) {
    /* 115,975 partitions of ten */
    cn_graph *g = known_make(&known_kite);
    uint32_t of[10];
    cn_communities c;
    CHECK_INT(cn_communities_find(g, NULL, &c, NULL), CN_OK);
    CHECK_NEAR(c.quality, best_quality(g, of, 0, 0), 1e-12);
    cn_communities_release(&c);
    cn_graph_free(g);
}

static void small_by_brute_force(void) {
    uint64_t seed = 5;
    for (int i = 0; i < 60; i++) {
        uint32_t n = 3 + check_below(&seed, 5);
        cn_graph *g = random_graph(&seed, n, 2 + check_below(&seed, 12), i & 1, i & 2);
        uint32_t of[10];
        cn_communities c;
        CHECK_INT(cn_communities_find(g, NULL, &c, NULL), CN_OK);
        if (c.count) {
            CHECK_NEAR(c.quality, best_quality(g, of, 0, 0), 1e-12);
        } else {
            CHECK(isnan(c.quality));
        }
        cn_communities_release(&c);
        cn_graph_free(g);
    }
}

static void never_below_igraph(void) {
    uint64_t seed = 9;
    for (int i = 0; i < 40; i++) {
        static const double resolutions[] = {1, 0.5, 2, 5};
        double resolution = resolutions[i / 4 % 4];
        uint32_t n = 20 + check_below(&seed, 150);
        cn_graph *g = random_graph(&seed, n, 2 * n + check_below(&seed, 4 * n), i & 1, i & 2);
        const cn_community_options options = {.resolution = resolution};
        cn_communities c;
        CHECK_INT(cn_communities_find(g, &options, &c, NULL), CN_OK);
        CHECK_NEAR(c.quality, slow_quality(g, c.of, resolution), 1e-12);
        double quality = 0;
        CHECK_INT(cn_partition_quality(g, c.of, resolution, &quality, NULL), CN_OK);
        CHECK_NEAR(quality, c.quality, 1e-12);
        CHECK(c.quality >= igraph_best(g, resolution, 10) - 1e-9);
        CHECK(c.worst <= c.quality);
        for (uint32_t k = 0; k < c.count; k++) {
            CHECK(is_connected(g, c.of, k));
        }
        cn_communities_release(&c);
        cn_graph_free(g);
    }
}

/* Two cliques of five and one tie between them: every seed must say the same; without it the tie stays outside. */
static void plain_case_is_stable(void) {
    uint32_t from[32], to[32];
    size_t count = 0;
    for (uint32_t half = 0; half < 10; half += 5) {
        for (uint32_t u = 0; u < 5; u++) {
            for (uint32_t v = u + 1; v < 5; v++) {
                from[count] = half + u;
                to[count++] = half + v;
            }
        }
    }
    from[count] = 0;
    to[count++] = 5;
    cn_graph *g = NULL;
    CHECK_INT(cn_graph_from_arcs(11, count, from, to, NULL, true, &g, NULL), CN_OK);
    cn_communities c;
    CHECK_INT(cn_communities_find(g, NULL, &c, NULL), CN_OK);
    CHECK_INT(c.count, 2);
    CHECK_INT(c.same_runs, c.runs);
    CHECK_INT(c.of[10], CN_NONE);
    CHECK(isnan(c.agreement[10]));
    for (uint32_t v = 0; v < 10; v++) {
        CHECK_INT(c.of[v], v / 5);
        CHECK_NEAR(c.agreement[v], 1, 0);
    }
    cn_communities_release(&c);
    cn_graph_free(g);
}

static void same_for_any_threads(void) {
    uint64_t seed = 3;
    cn_graph *g = random_graph(&seed, 150, 600, true, true);
    cn_communities one, three;
    CHECK_INT(cn_communities_find(g, &(cn_community_options){.threads = 1}, &one, NULL), CN_OK);
    CHECK_INT(cn_communities_find(g, &(cn_community_options){.threads = 3}, &three, NULL), CN_OK);
    CHECK(memcmp(one.of, three.of, g->n * sizeof *one.of) == 0);
    CHECK(memcmp(one.agreement, three.agreement, g->n * sizeof *one.agreement) == 0);
    cn_communities_release(&one);
    cn_communities_release(&three);
    CHECK_INT(cn_communities_find(g, &(cn_community_options){.resolution = -1}, &one, NULL), CN_ERR_ARGUMENT);
    cn_graph_free(g);
}

/* ARI and NMI pair by pair and cell by cell. */
static void slow_match(uint32_t n, const uint32_t *a, const uint32_t *b, double *ari, double *nmi) {
    double both = 0, in_a = 0, in_b = 0, all = 0, count = 0, mutual = 0, ha = 0, hb = 0;
    for (uint32_t i = 0; i < n; i++) {
        count += a[i] != CN_NONE && b[i] != CN_NONE;
        for (uint32_t j = 0; j < i; j++) {
            if (a[i] != CN_NONE && b[i] != CN_NONE && a[j] != CN_NONE && b[j] != CN_NONE) {
                all++;
                both += a[i] == a[j] && b[i] == b[j];
                in_a += a[i] == a[j];
                in_b += b[i] == b[j];
            }
        }
    }
    for (uint32_t x = 0; x < 6; x++) {
        double pa = 0, pb = 0;
        for (uint32_t i = 0; i < n; i++) {
            bool placed = a[i] != CN_NONE && b[i] != CN_NONE;
            pa += placed && a[i] == x;
            pb += placed && b[i] == x;
        }
        ha -= pa > 0 ? pa / count * log(pa / count) : 0;
        hb -= pb > 0 ? pb / count * log(pb / count) : 0;
        for (uint32_t y = 0; y < 6; y++) {
            double pab = 0, py = 0;
            for (uint32_t i = 0; i < n; i++) {
                pab += a[i] == x && b[i] == y;
                py += a[i] != CN_NONE && b[i] == y;
            }
            mutual += pab > 0 ? pab / count * log(pab * count / (pa * py)) : 0;
        }
    }
    *ari =
        in_a + in_b == 2 * in_a * in_b / all ? 1 : (both - in_a * in_b / all) / ((in_a + in_b) / 2 - in_a * in_b / all);
    *nmi = ha + hb > 0 ? 2 * mutual / (ha + hb) : 1;
}

static void partitions_compared(void) {
    uint64_t seed = 21;
    for (int i = 0; i < 200; i++) {
        uint32_t a[30], b[30];
        uint32_t n = 3 + check_below(&seed, 27);
        uint32_t groups = 1 + check_below(&seed, 6);
        for (uint32_t v = 0; v < n; v++) {
            a[v] = check_below(&seed, groups);
            b[v] = check_below(&seed, 3) ? a[v] : check_below(&seed, groups);
            a[v] = v > 2 && check_below(&seed, 10) == 0 ? CN_NONE : a[v];
        }
        double ari, nmi;
        cn_partition_match match;
        slow_match(n, a, b, &ari, &nmi);
        CHECK_INT(cn_partition_compare(n, a, b, &match, NULL), CN_OK);
        CHECK_NEAR(match.ari, ari, 1e-12);
        CHECK_NEAR(match.nmi, nmi, 1e-9);
    }
    /* Worked in Hubert & Arabie's form: {0,0,1,1} against {0,0,1,2}: S 1, a 2, b 1, t 6: (1 - 1/3) / (1.5 - 1/3) = 4/7 */
    const uint32_t a[] = {0, 0, 1, 1, CN_NONE}, b[] = {0, 0, 1, 2, 3};
    cn_partition_match match;
    CHECK_INT(cn_partition_compare(5, a, b, &match, NULL), CN_OK);
    CHECK_INT(match.compared, 4);
    CHECK_NEAR(match.ari, 4.0 / 7, 1e-12);
    CHECK_INT(cn_partition_compare(1, a, b, &match, NULL), CN_OK);
    CHECK(isnan(match.nmi) && isnan(match.ari));
}

int main(void) {
    return check_run((check_case[]){{"karate club", karate},
                                    {"kite by brute force", kite_by_brute_force},
                                    {"small graphs by brute force", small_by_brute_force},
                                    {"never below igraph; connected", never_below_igraph},
                                    {"plain case is stable", plain_case_is_stable},
                                    {"same for any threads", same_for_any_threads},
                                    {"partitions compared", partitions_compared},
                                    {0}});
}
