/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brokers, core and effective size against their definitions read out pair by pair, cores against all subsets, constraint against
 * igraph, and values known by thought: a star, the karate club, the Florentine marriages.
 */
#include "coopnet/roles.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "igraph_graph.h"
#include "karate.h"
#include "known_graphs.h"
#include "make_network.h"

enum { MOST = 40 };

static bool linked(const cn_graph *g, uint32_t u, uint32_t v) { return cn_graph_find_arc(g, u, v) != CN_NONE; }

static double tie(const cn_graph *g, uint32_t u, uint32_t v) {
    uint32_t there = cn_graph_find_arc(g, u, v);
    uint32_t back = cn_graph_find_arc(g, v, u);
    double sum = there == CN_NONE ? 0 : g->weight ? g->weight[there] : 1;
    return sum + (!g->directed || back == CN_NONE ? 0 : g->weight ? g->weight[back] : 1);
}

/* Number of group, one of its own for a vertex in none. */
static uint32_t group(const cn_groups *groups, uint32_t v) {
    return groups->of[v] == CN_NONE ? 1000 + v : groups->of[v];
}

static void slow_brokers(const cn_graph *g, const cn_groups *groups, uint32_t v, uint64_t counts[CN_BROKER_COUNT]) {
    memset(counts, 0, CN_BROKER_COUNT * sizeof *counts);
    for (uint32_t i = 0; i < g->n; i++) {
        for (uint32_t k = 0; k < g->n; k++) {
            if (i == k || i == v || k == v || !linked(g, i, v) || !linked(g, v, k) || linked(g, i, k)) {
                continue;
            }
            uint32_t a = group(groups, i), b = group(groups, v), c = group(groups, k);
            counts[CN_BROKER_COORDINATOR] += a == b && b == c;
            counts[CN_BROKER_ITINERANT] += a == c && b != a;
            counts[CN_BROKER_GATEKEEPER] += b == c && a != b;
            counts[CN_BROKER_REPRESENTATIVE] += a == b && c != b;
            counts[CN_BROKER_LIAISON] += a != b && b != c && a != c;
        }
    }
}

static double slow_effective(const cn_graph *g, uint32_t i) {
    double total = 0;
    double sum = 0;
    for (uint32_t j = 0; j < g->n; j++) {
        total += j == i ? 0 : tie(g, i, j);
    }
    for (uint32_t j = 0; j < g->n; j++) {
        if (j == i || !(tie(g, i, j) > 0)) {
            continue;
        }
        double strongest = 0;
        double redundant = 0;
        for (uint32_t k = 0; k < g->n; k++) {
            strongest = k == j ? strongest : fmax(strongest, tie(g, j, k));
        }
        for (uint32_t q = 0; q < g->n; q++) {
            redundant += q == i || q == j ? 0 : tie(g, i, q) / total * tie(g, j, q) / strongest;
        }
        sum += 1 - redundant;
    }
    return total > 0 ? sum : (double)NAN;
}

static uint64_t core_errors(const cn_graph *g, uint32_t core) {
    uint64_t errors = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = u + 1; v < g->n; v++) {
            bool edge = linked(g, u, v) || linked(g, v, u);
            bool both = core >> u & 1 && core >> v & 1;
            bool none = !(core >> u & 1) && !(core >> v & 1);
            errors += (both && !edge) || (none && edge);
        }
    }
    return errors;
}

static double slow_correlation(const cn_graph *g, const bool *core) {
    double n = 0, x = 0, y = 0, xy = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = u + 1; v < g->n; v++) {
            if (core[u] == core[v]) {
                double edge = linked(g, u, v) || linked(g, v, u);
                n++;
                x += edge;
                y += core[u];
                xy += edge * core[u];
            }
        }
    }
    double scale = (n * x - x * x) * (n * y - y * y); /* squares of 0 and 1 are themselves */
    return scale > 0 ? (n * xy - x * y) / sqrt(scale) : (double)NAN;
}

static cn_graph *random_graph(uint64_t *seed, uint32_t n, bool directed, bool weighted) {
    uint32_t from[400], to[400];
    double weights[400];
    uint32_t arcs = check_below(seed, 3 * n);
    cn_graph *g = NULL;
    for (uint32_t i = 0; i < arcs; i++) {
        from[i] = check_below(seed, n);
        to[i] = check_below(seed, n);
        weights[i] = 1 + check_below(seed, 9);
    }
    CHECK_INT(cn_graph_from_arcs(n, arcs, from, to, weighted ? weights : NULL, directed, &g, NULL), CN_OK);
    return g;
}

static void random_graphs(void) {
    uint64_t seed = 4;
    for (int round = 0; round < 150; round++) {
        uint32_t n = 1 + check_below(&seed, 11);
        cn_graph *g = random_graph(&seed, n, round & 1, round & 2);
        uint32_t of[MOST];
        cn_groups groups;
        cn_roles roles;
        for (uint32_t v = 0; v < n; v++) {
            of[v] = check_below(&seed, 4);
            of[v] = of[v] == 3 ? CN_NONE : of[v];
        }
        CHECK_INT(cn_groups_from(n, of, 3, &groups, NULL), CN_OK);
        CHECK_INT(cn_roles_compute(g, &groups, &roles, NULL), CN_OK);
        uint64_t least = UINT64_MAX;
        for (uint32_t core = 0; core < 1u << n; core++) {
            uint64_t errors = core_errors(g, core);
            least = errors < least ? errors : least;
        }
        CHECK_INT(roles.core_errors, least);
        CHECK_NEAR(roles.core_correlation, slow_correlation(g, roles.core), 1e-12);
        for (uint32_t v = 0; v < n; v++) {
            uint64_t counts[CN_BROKER_COUNT];
            slow_brokers(g, &groups, v, counts);
            for (int role = 0; role < CN_BROKER_COUNT; role++) {
                CHECK_INT(roles.brokered[role][v], counts[role]);
            }
            CHECK_NEAR(roles.effective[v], slow_effective(g, v), 1e-12);
        }
        cn_roles_release(&roles);
        cn_groups_release(&groups);
        cn_graph_free(g);
    }
}

/* A centre with five suppliers that do not know each other. */
static void star(void) {
    const uint32_t from[] = {1, 2, 3, 4, 5}, to[] = {0, 0, 0, 0, 0};
    uint32_t of[6] = {0, 0, 0, 0, 0, 0};
    cn_graph *g;
    cn_groups groups;
    cn_roles roles;
    CHECK_INT(cn_graph_from_arcs(6, 5, from, to, NULL, false, &g, NULL), CN_OK);
    CHECK_INT(cn_groups_from(6, of, 1, &groups, NULL), CN_OK);
    CHECK_INT(cn_roles_compute(g, &groups, &roles, NULL), CN_OK);
    CHECK_NEAR(roles.effective[0], 5, 0);
    CHECK_NEAR(roles.constraint[0], 0.2, 1e-12);
    CHECK_NEAR(roles.constraint[1], 1, 1e-12);
    CHECK_INT(roles.brokered[CN_BROKER_COORDINATOR][0], 20); /* 5 × 4 ordered pairs */
    CHECK_INT(roles.core_size, 1);
    CHECK(roles.core[0]);
    CHECK_INT(roles.core_errors, 0);
    cn_roles_release(&roles);
    cn_groups_release(&groups);
    cn_graph_free(g);
}

/* Every broker of an undirected graph in one group: Σ of open pairs = 2 (triples − 3 triangles): 528 triples, 45 triangles. */
static void karate(void) {
    cn_graph *g = karate_make();
    uint32_t of[KARATE_MEMBERS] = {0};
    cn_groups groups;
    cn_roles roles;
    igraph_twin twin;
    CHECK_INT(cn_groups_from(g->n, of, 1, &groups, NULL), CN_OK);
    CHECK_INT(cn_roles_compute(g, &groups, &roles, NULL), CN_OK);
    CHECK_INT(roles.total[CN_BROKER_COORDINATOR], 2 * (528 - 3 * 45));
    CHECK_INT(roles.total[CN_BROKER_LIAISON], 0);
    igraph_twin_open(&twin, g);
    igraph_constraint(&twin.graph, &twin.result, igraph_vss_all(), NULL);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(roles.constraint[v], VECTOR(twin.result)[v], 1e-12);
        CHECK_NEAR(roles.effective[v], slow_effective(g, v), 1e-12);
    }
    /* Mr. Hi has 16 friends, between whom are 18 friendships: 16 − 2·18/16 */
    CHECK_NEAR(roles.effective[0], 16 - 2 * 18.0 / 16, 1e-12);
    igraph_twin_close(&twin);
    cn_roles_release(&roles);
    cn_groups_release(&groups);
    cn_graph_free(g);
}

/* The Medici: 6 families, one marriage between them (Ridolfi and Tornabuoni): 6 − 2/6. */
static void marriages(void) {
    cn_graph *g = known_make(&known_marriages);
    uint32_t of[FAMILIES];
    cn_groups groups;
    cn_roles roles;
    for (uint32_t v = 0; v < FAMILIES; v++) {
        of[v] = CN_NONE;
    }
    CHECK_INT(cn_groups_from(g->n, of, 0, &groups, NULL), CN_OK);
    CHECK_INT(cn_roles_compute(g, &groups, &roles, NULL), CN_OK);
    CHECK_NEAR(roles.effective[MEDICI], 6 - 2.0 / 6, 1e-12);
    CHECK_INT(roles.brokered[CN_BROKER_LIAISON][MEDICI], 28); /* 15 pairs, 14 not married, both ways */
    CHECK_INT(roles.total[CN_BROKER_COORDINATOR], 0);
    cn_roles_release(&roles);
    cn_groups_release(&groups);
    cn_graph_free(g);
}

/* a buys 60 from b and 20 from c, b buys 20 from c; d apart. Shares 0.8 and 0.2; reach 2/3 and 1/3. */
static void anchors_by_hand(void) {
    cn_builder *b = make_builder();
    cn_entity firm[4];
    char id[2] = "a";
    for (int i = 0; i < 4; i++, id[0]++) {
        firm[i] = make_company(b, id);
    }
    make_link(b, CN_LINK_SUPPLY, firm[1], firm[0], 60);
    make_link(b, CN_LINK_SUPPLY, firm[2], firm[0], 20);
    make_link(b, CN_LINK_SUPPLY, firm[2], firm[1], 20);
    make_link(b, CN_LINK_SUPPLY, firm[3], firm[0], 500);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm[0], CN_FIELD_ROLE, CN_ROLE_ANCHOR, NULL), CN_OK);
    cn_network *net = make_network(b);
    cn_flows *flows;
    cn_anchor *anchors;
    const uint32_t inside[] = {0, 1, 2};
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    CHECK_INT(cn_anchors_find(flows, inside, 3, 0, &anchors, NULL), CN_OK);
    CHECK_INT(anchors[0].firm, 0);
    CHECK(anchors[0].declared && !anchors[1].declared);
    CHECK_NEAR(anchors[0].bought, 80, 0);
    CHECK_NEAR(anchors[0].share, 0.8, 1e-15);
    CHECK_NEAR(anchors[0].reach, 1, 1e-15);
    CHECK_NEAR(anchors[0].score, (0.8 + 1 + anchors[0].loss) / 3, 1e-15);
    CHECK_INT(anchors[1].suppliers + anchors[2].suppliers, 1);
    cn_anchors_free(anchors);
    cn_flows_free(flows);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"random graphs", random_graphs},
                                    {"star", star},
                                    {"karate club", karate},
                                    {"marriages", marriages},
                                    {"anchors by hand", anchors_by_hand},
                                    {0}});
}
