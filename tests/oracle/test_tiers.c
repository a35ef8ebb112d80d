/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tiers against the matrix of distances, cycle groups against mutual reachability, and the cycle shown for a group
 * against the list of all its simple cycles.
 */
#include "case_graphs.h"

#include "coopnet/chain.h"

typedef double matrix[CASE_MOST][CASE_MOST];
static matrix distance;

typedef struct expected {
    bool shown[CASE_MOST];
    int tier[CASE_MOST];
    bool cut;
    uint32_t depth_up;
    uint32_t depth_down;
} expected;

static void expect(const case_graph *g, uint32_t root, cn_stream stream, uint32_t depth, expected *e) {
    double limit = depth ? (double)depth : INFINITY;
    *e = (expected){.cut = false};
    for (uint32_t v = 0; v < g->n; v++) {
        double up = v == root || stream != CN_DOWNSTREAM ? distance[v][root] : INFINITY;
        double down = v == root || stream != CN_UPSTREAM ? distance[root][v] : INFINITY;
        bool show_up = isfinite(up) && up <= limit;
        bool show_down = isfinite(down) && down <= limit;
        e->shown[v] = show_up || show_down;
        e->cut = e->cut || (!e->shown[v] && (isfinite(up) || isfinite(down)));
        e->tier[v] = show_up ? (int)up : show_down ? -(int)down : 0;
        e->depth_up = show_up && up > e->depth_up ? (uint32_t)up : e->depth_up;
        e->depth_down = show_down && down > e->depth_down ? (uint32_t)down : e->depth_down;
    }
}

static void check_row(const case_graph *g, uint32_t root, const cn_tier_row *row) {
    uint32_t v = row->vertex;
    uint32_t arcs = 0;
    double value = 0;
    for (uint32_t u = 0; u < g->n; u++) {
        bool nearer = row->tier > 0   ? g->has[v][u] && distance[u][root] == row->tier - 1
                      : row->tier < 0 ? g->has[u][v] && distance[root][u] == -row->tier - 1
                                      : false;
        arcs += nearer;
        value += !nearer ? 0 : row->tier > 0 ? g->weight[v][u] : g->weight[u][v];
    }
    CHECK_INT(row->arcs, arcs);
    CHECK_NEAR(row->value, g->weighted ? value : NAN, 1e-12);
}

static void check_order(const cn_tiers *tiers) {
    for (size_t i = 1; i < tiers->row_count; i++) {
        const cn_tier_row *a = &tiers->rows[i - 1];
        const cn_tier_row *b = &tiers->rows[i];
        CHECK(a->tier >= b->tier);
        if (a->tier == b->tier) {
            CHECK(!(a->value < b->value));
            CHECK(a->value > b->value || a->vertex < b->vertex);
        }
    }
}

/* ---- cycles ---- */

typedef struct best_cycle {
    uint32_t length;
    uint32_t vertex[CASE_MOST];
} best_cycle;

/* All simple cycles that begin with their least vertex, depth first in ascending order: the first of a length wins. */
static void extend(const case_graph *g, const bool *in, uint32_t *way, uint32_t count, bool *used, best_cycle *best) {
    uint32_t v = way[count - 1];
    if (count >= best->length) {
        return;
    }
    if (count > 1 && g->has[v][way[0]]) {
        best->length = count;
        memcpy(best->vertex, way, count * sizeof *way);
    }
    for (uint32_t u = way[0] + 1; u < g->n; u++) {
        if (in[u] && !used[u] && g->has[v][u]) {
            used[u] = true;
            way[count] = u;
            extend(g, in, way, count + 1, used, best);
            used[u] = false;
        }
    }
}

static void check_cycle(const case_graph *g, const bool *group, const cn_tiers *tiers, uint32_t number) {
    best_cycle best = {.length = CN_NONE};
    for (uint32_t v = 0; v < g->n; v++) {
        bool used[CASE_MOST] = {false};
        uint32_t way[CASE_MOST] = {v};
        if (group[v]) {
            extend(g, group, way, 1, used, &best);
        }
    }
    uint32_t begin = tiers->cycle_start[number - 1];
    CHECK_INT(tiers->cycle_start[number] - begin, best.length);
    for (uint32_t i = 0; i < best.length; i++) {
        CHECK_INT(tiers->cycle_vertex[begin + i], best.vertex[i]);
    }
}

static void check_cycles(const case_graph *g, const expected *e, const cn_tiers *tiers) {
    static matrix inside; /* distances among the rows alone */
    uint32_t cycle_of[CASE_MOST] = {0};
    uint32_t groups = 0;
    bool seen[CASE_MOST] = {false};
    case_graph part = *g;
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            part.has[u][v] = g->has[u][v] && e->shown[u] && e->shown[v];
        }
    }
    case_distances(&part, false, inside);
    for (size_t i = 0; i < tiers->row_count; i++) {
        cycle_of[tiers->rows[i].vertex] = tiers->rows[i].cycle;
    }
    for (uint32_t v = 0; v < g->n; v++) {
        bool group[CASE_MOST] = {false};
        uint32_t size = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            group[u] = isfinite(inside[u][v]) && isfinite(inside[v][u]);
            size += group[u];
        }
        if (size == 1) {
            CHECK_INT(cycle_of[v], 0);
        } else if (!seen[v]) {
            groups++;
            for (uint32_t u = 0; u < g->n; u++) {
                seen[u] = seen[u] || group[u];
                CHECK(!group[u] || cycle_of[u] == groups);
            }
            check_cycle(g, group, tiers, groups);
        }
    }
    CHECK_INT(tiers->cycle_count, groups);
}

static void check_one(const case_graph *g, const cn_graph *graph, uint32_t root, cn_stream stream, uint32_t depth) {
    expected e;
    cn_tiers tiers;
    size_t rows = 0;
    expect(g, root, stream, depth, &e);
    CHECK_INT(cn_tiers_compute(graph, root, stream, depth, &tiers, NULL), CN_OK);
    for (uint32_t v = 0; v < g->n; v++) {
        rows += e.shown[v];
    }
    CHECK_INT(tiers.row_count, rows);
    for (size_t i = 0; i < tiers.row_count; i++) {
        CHECK(e.shown[tiers.rows[i].vertex]);
        CHECK_INT(tiers.rows[i].tier, e.tier[tiers.rows[i].vertex]);
        check_row(g, root, &tiers.rows[i]);
    }
    CHECK_INT(tiers.cut, e.cut);
    CHECK_INT(tiers.depth_up, e.depth_up);
    CHECK_INT(tiers.depth_down, e.depth_down);
    check_order(&tiers);
    check_cycles(g, &e, &tiers);
    cn_tiers_release(&tiers);
}

static void check_graph(const case_graph *g, const cn_graph *graph) {
    case_distances(g, false, distance);
    for (uint32_t root = 0; root < (g->n > 4 ? 2 : g->n); root++) {
        for (int stream = 0; stream < 3; stream++) {
            for (uint32_t depth = 0; depth < 3; depth++) {
                check_one(g, graph, root, (cn_stream)stream, depth);
            }
        }
    }
}

/* The first vertex is enough where all graphs are seen. */
static void check_first(const case_graph *g, const cn_graph *graph) {
    case_distances(g, false, distance);
    for (int stream = 0; stream < 3; stream++) {
        for (uint32_t depth = 0; depth < 3; depth++) {
            check_one(g, graph, 0, (cn_stream)stream, depth);
        }
    }
}

static void small(void) {
    case_all_small(true, CASE_UNWEIGHTED, check_first);
    case_all_small(true, CASE_TIES, check_first);
}

static void random_graphs(void) {
    uint64_t seed = 29;
    for (uint32_t i = 0; i < 150; i++) {
        case_graph g =
            case_random(5 + check_below(&seed, 8), true, (case_weights)(i % 3), 5 + check_below(&seed, 25), &seed);
        case_run(&g, check_graph);
    }
}

int main(void) { return check_run((check_case[]){{"all small graphs", small}, {"random graphs", random_graphs}, {0}}); }
