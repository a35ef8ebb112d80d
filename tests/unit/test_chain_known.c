/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers, chains, cycles and the summary on networks small enough to be worked by hand; refusals; failing memory. */
#include "known_graphs.h"

#include <math.h>
#include <string.h>

#include "coopnet/chain.h"
#include "coopnet/summary.h"
#include "memory.h"

static cn_graph *make(uint32_t n, size_t count, const uint32_t (*pairs)[2], const double *weights, bool directed) {
    known_graph known = {n, directed, count, pairs, weights};
    return known_make(&known);
}
#define MAKE(n, pairs, weights, directed) make((n), KNOWN_COUNT(pairs), (pairs), (weights), (directed))

static void check_row(const cn_tier_row *row, uint32_t vertex, int32_t tier, uint32_t arcs, double value) {
    CHECK_INT(row->vertex, vertex);
    CHECK_INT(row->tier, tier);
    CHECK_INT(row->arcs, arcs);
    CHECK_NEAR(row->value, value, 0);
}

static void toy_tiers(void) {
    cn_graph *graph = known_make(&known_toy);
    cn_tiers tiers;
    CHECK_INT(cn_tiers_compute(graph, 3, CN_UPSTREAM, 0, &tiers, NULL), CN_OK);
    CHECK_INT(tiers.row_count, 4);
    check_row(&tiers.rows[0], 0, 2, 2, 70);
    check_row(&tiers.rows[1], 1, 1, 1, 60);
    check_row(&tiers.rows[2], 2, 1, 1, 50);
    check_row(&tiers.rows[3], 3, 0, 0, 0);
    CHECK_INT(tiers.depth_up, 2);
    CHECK_INT(tiers.depth_down, 0);
    CHECK_INT(tiers.cycle_count, 0);
    CHECK(!tiers.cut);
    cn_tiers_release(&tiers);
    CHECK_INT(cn_tiers_compute(graph, 3, CN_BOTH_STREAMS, 1, &tiers, NULL), CN_OK);
    CHECK_INT(tiers.row_count, 3);
    CHECK(tiers.cut);
    cn_tiers_release(&tiers);
    CHECK_INT(cn_tiers_compute(graph, 1, CN_BOTH_STREAMS, 0, &tiers, NULL), CN_OK);
    CHECK_INT(tiers.row_count, 3); /* 2 is neither up nor down of 1 */
    check_row(&tiers.rows[0], 0, 1, 1, 40);
    check_row(&tiers.rows[1], 1, 0, 0, 0);
    check_row(&tiers.rows[2], 3, -1, 1, 60);
    cn_tiers_release(&tiers);
    cn_graph_free(graph);
}

/* 0 → 1 → 2 → 0 with the short cut 2 → 1, and 4 ↔ 5 downstream of 2: two groups, shortest cycles 1 2 and 4 5. */
static void cycles(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 4}, {4, 5}, {5, 4}, {3, 0}};
    cn_graph *graph = MAKE(6, pairs, NULL, true);
    cn_tiers tiers;
    CHECK_INT(cn_tiers_compute(graph, 0, CN_BOTH_STREAMS, 0, &tiers, NULL), CN_OK);
    CHECK_INT(tiers.cycle_count, 2);
    CHECK_INT(tiers.cycle_start[1], 2);
    CHECK_INT(tiers.cycle_start[2], 4);
    CHECK(memcmp(tiers.cycle_vertex, (const uint32_t[]){1, 2, 4, 5}, 4 * sizeof(uint32_t)) == 0);
    CHECK_INT(tiers.row_count, 6);
    check_row(&tiers.rows[0], 1, 2, 1, NAN); /* down 1 and up 2: listed upstream */
    check_row(&tiers.rows[1], 2, 1, 1, NAN);
    check_row(&tiers.rows[2], 3, 1, 1, NAN);
    check_row(&tiers.rows[3], 0, 0, 0, NAN);
    check_row(&tiers.rows[4], 4, -3, 1,
              NAN); /* its arc comes from 2, which is at 2 downstream though listed upstream */
    check_row(&tiers.rows[5], 5, -4, 1, NAN);
    CHECK_INT(tiers.rows[0].cycle, 1);
    CHECK_INT(tiers.rows[2].cycle, 0);
    CHECK_INT(tiers.rows[4].cycle, 2);
    cn_tiers_release(&tiers);
    cn_graph_free(graph);
}

/*
 * One ring of 100,000, v -> v + 61,807: a search from every vertex would take minutes. One arc back makes a cycle of two,
 * which the second search finds.
 */
static void long_ring(void) {
    enum { SIZE = 100000, STEP = 61807 };
    static uint32_t from[SIZE + 1];
    static uint32_t to[SIZE + 1];
    for (uint32_t i = 0; i < SIZE; i++) {
        from[i] = i;
        to[i] = (i + STEP) % SIZE;
    }
    from[SIZE] = STEP + 1;
    to[SIZE] = 1;
    for (size_t extra = 0; extra < 2; extra++) {
        cn_graph *graph;
        cn_tiers tiers;
        CHECK_INT(cn_graph_from_arcs(SIZE, SIZE + extra, from, to, NULL, true, &graph, NULL), CN_OK);
        CHECK_INT(cn_tiers_compute(graph, 5, CN_UPSTREAM, 0, &tiers, NULL), CN_OK);
        CHECK_INT(tiers.cycle_count, 1);
        CHECK_INT(tiers.cycle_start[1], extra ? 2 : SIZE);
        CHECK_INT(tiers.cycle_vertex[0], extra ? 1 : 0);
        CHECK_INT(tiers.cycle_vertex[1], extra ? STEP + 1 : STEP);
        cn_tiers_release(&tiers);
        cn_graph_free(graph);
    }
}

static void check_path(const cn_path *path, double value, uint32_t steps, const uint32_t *vertices) {
    CHECK_NEAR(path->value, value, 0);
    CHECK_INT(path->steps, steps);
    CHECK(memcmp(path->vertices, vertices, (steps + (size_t)1) * sizeof *vertices) == 0);
}

static void toy_paths(void) {
    cn_graph *graph = known_make(&known_toy);
    cn_paths paths;
    for (int rank = 0; rank < 2; rank++) {
        CHECK_INT(cn_paths_compute(graph, 0, 3, 5, (cn_path_rank)rank, &paths, NULL), CN_OK);
        CHECK_INT(paths.count, 2);
        check_path(&paths.paths[0], 40, 2, (const uint32_t[]){0, 1, 3});
        check_path(&paths.paths[1], 30, 2, (const uint32_t[]){0, 2, 3});
        cn_paths_release(&paths);
    }
    CHECK_INT(cn_paths_compute(graph, 3, 0, 5, CN_PATH_STEPS, &paths, NULL), CN_OK);
    CHECK_INT(paths.count, 0); /* goods do not flow back */
    cn_paths_release(&paths);
    cn_graph_free(graph);
}

/* A direct link of 1, and a wide way round of 5. By value, a narrow first link makes everything after it equal. */
static void ranks(void) {
    static const uint32_t pairs[][2] = {{0, 3}, {0, 1}, {1, 2}, {2, 3}, {1, 3}};
    static const double weights[] = {1, 5, 6, 7, 2};
    cn_graph *graph = MAKE(4, pairs, weights, true);
    cn_paths paths;
    CHECK_INT(cn_paths_compute(graph, 0, 3, 3, CN_PATH_STEPS, &paths, NULL), CN_OK);
    CHECK_INT(paths.count, 3);
    check_path(&paths.paths[0], 1, 1, (const uint32_t[]){0, 3});
    check_path(&paths.paths[1], 2, 2, (const uint32_t[]){0, 1, 3});
    check_path(&paths.paths[2], 5, 3, (const uint32_t[]){0, 1, 2, 3});
    cn_paths_release(&paths);
    CHECK_INT(cn_paths_compute(graph, 0, 3, 2, CN_PATH_VALUE, &paths, NULL), CN_OK);
    CHECK_INT(paths.count, 2);
    check_path(&paths.paths[0], 5, 3, (const uint32_t[]){0, 1, 2, 3});
    check_path(&paths.paths[1], 2, 2, (const uint32_t[]){0, 1, 3});
    cn_paths_release(&paths);
    cn_graph_free(graph);
}

static void refusals(void) {
    cn_graph *directed = known_make(&known_toy);
    cn_graph *undirected = known_make(&known_kite);
    cn_tiers tiers;
    cn_paths paths;
    cn_error err;
    CHECK_INT(cn_tiers_compute(undirected, 0, CN_UPSTREAM, 0, &tiers, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_TIERS_UNDIRECTED);
    CHECK_INT(cn_tiers_compute(directed, 4, CN_UPSTREAM, 0, &tiers, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_VERTEX_UNKNOWN);
    CHECK_TEXT(err.args, "4");
    CHECK(tiers.rows == NULL);
    CHECK_INT(cn_paths_compute(directed, 0, 9, 1, CN_PATH_STEPS, &paths, &err), CN_ERR_ARGUMENT);
    CHECK_TEXT(err.args, "9");
    CHECK_INT(cn_paths_compute(directed, 1, 1, 1, CN_PATH_STEPS, &paths, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_PATH_SAME_ENDS);
    CHECK_INT(cn_paths_compute(directed, 0, 3, 0, CN_PATH_STEPS, &paths, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_PATH_COUNT_ZERO);
    CHECK_INT(paths.count, 0);
    cn_paths_release(&paths);
    cn_paths_release(NULL);
    cn_tiers_release(NULL);
    cn_graph_free(directed);
    cn_graph_free(undirected);
}

static void summaries(void) {
    cn_graph *graph = known_make(&known_toy);
    cn_summary s;
    CHECK_INT(cn_summary_compute(graph, &s, NULL), CN_OK);
    CHECK_INT(s.edges, 4);
    CHECK_NEAR(s.density, 1. / 3, 1e-15);
    CHECK_INT(s.components, 1);
    CHECK_INT(s.strong_components, 0);
    CHECK_NEAR(s.reciprocity, 0, 0);
    CHECK_NEAR(s.clustering, 0, 0);
    CHECK_NEAR(s.average_path, 1.2, 1e-15); /* four of 1, one of 2 */
    CHECK_INT(s.diameter, 2);
    CHECK_NEAR(s.centralisation, 0, 1e-15); /* 4/2·(2/3 − 4/6) */
    CHECK_NEAR(s.value_total, 180, 0);
    cn_graph_free(graph);
    graph = known_make(&known_kite);
    CHECK_INT(cn_summary_compute(graph, &s, NULL), CN_OK);
    CHECK_INT(s.edges, 18);
    CHECK_NEAR(s.density, 0.4, 1e-15);
    CHECK_NEAR(s.clustering, 11. / 19, 1e-15); /* 11 triangles, 57 connected triples */
    CHECK_NEAR(s.average_path, 89. / 45, 1e-15);
    CHECK_INT(s.diameter, 4);
    CHECK_NEAR(s.centralisation, 1. / 3, 1e-15); /* 10/8·(6/9 − 0.4) */
    CHECK(isnan(s.reciprocity) && isnan(s.value_total));
    cn_graph_free(graph);
    static const uint32_t star[][2] = {{0, 1}, {2, 0}, {0, 3}, {4, 0}};
    graph = MAKE(5, star, NULL, true);
    CHECK_INT(cn_summary_compute(graph, &s, NULL), CN_OK);
    CHECK_NEAR(s.centralisation, 1, 1e-15);
    cn_graph_free(graph);
}

static void nothing(void) {
    static const uint32_t none[][2] = {{0, 0}};
    for (uint32_t n = 0; n < 2; n++) {
        cn_graph *graph = make(n, 0, none, NULL, true);
        cn_summary s;
        CHECK_INT(cn_summary_compute(graph, &s, NULL), CN_OK);
        CHECK_INT(s.vertices, n);
        CHECK_INT(s.components, n);
        CHECK_INT(s.largest_component, n);
        CHECK_INT(s.linked + s.edges + s.diameter, 0);
        CHECK(isnan(s.density) && isnan(s.reciprocity) && isnan(s.clustering) && isnan(s.average_path));
        CHECK(isnan(s.centralisation));
        cn_graph_free(graph);
    }
}

static cn_status tiers_once(const cn_graph *graph) {
    cn_tiers tiers;
    cn_status status = cn_tiers_compute(graph, 0, CN_BOTH_STREAMS, 0, &tiers, NULL);
    CHECK((tiers.rows != NULL) == (status == CN_OK));
    cn_tiers_release(&tiers);
    return status;
}

static cn_status paths_once(const cn_graph *graph) {
    cn_paths paths;
    cn_status status = cn_paths_compute(graph, 0, 3, 9, CN_PATH_VALUE, &paths, NULL);
    CHECK((paths.paths != NULL) == (status == CN_OK));
    cn_paths_release(&paths);
    return status;
}

static cn_status summary_once(const cn_graph *graph) {
    cn_summary summary;
    return cn_summary_compute(graph, &summary, NULL);
}

static void failing_memory(void) {
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 3}, {1, 3}, {0, 4}};
    static cn_status (*const calls[])(const cn_graph *) = {tiers_once, paths_once, summary_once};
    cn_graph *graph = MAKE(5, pairs, NULL, true);
    for (size_t i = 0; i < 3; i++) {
        cn_status status = CN_ERR_MEMORY;
        for (uint64_t nth = 0; status != CN_OK; nth++) {
            CHECK(nth < 200);
            cn__alloc_fail_after(nth);
            status = calls[i](graph);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            CHECK(status == CN_OK || status == CN_ERR_MEMORY);
        }
    }
    cn_graph_free(graph);
}

int main(void) {
    return check_run((check_case[]){{"tiers of the toy network", toy_tiers},
                                    {"cycle groups", cycles},
                                    {"a long ring", long_ring},
                                    {"chains of the toy network", toy_paths},
                                    {"fewest steps and largest value", ranks},
                                    {"what is refused", refusals},
                                    {"summaries", summaries},
                                    {"empty and single graphs", nothing},
                                    {"failing memory", failing_memory},
                                    {0}});
}
