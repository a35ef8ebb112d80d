/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chain graph and what is computed on it, against slow second implementations: removal of every firm, a dense linear
 * system, every set of flows, and igraph's dominator tree.
 */
#include "chain_model.h"
#include "check.h"

#include <igraph.h>
#include <math.h>
#include <string.h>

/* ---- the graph itself ---- */

static void compare_graph(const cn_upstream *up, const chain_model *m) {
    uint32_t count;
    const cn_upstream_vertex *v = cn_upstream_vertices(up, &count);
    uint32_t want = 0;
    for (uint32_t x = 0; x <= m->n; x++) {
        want += m->in[x];
    }
    CHECK_INT(count, want);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t x = i == 0 ? m->n : v[i].firm * m->products + v[i].product;
        CHECK(m->in[x]);
        CHECK_INT(v[i].source, m->source[x]);
        CHECK_NEAR(v[i].unknown, m->unknown[x], 1e-12);
        CHECK(i == 0 || v[i].tier >= v[i - 1].tier);
        size_t arcs;
        const cn_upstream_arc *arc = cn_upstream_arcs(up, i, &arcs);
        uint32_t real = 0;
        for (size_t a = 0; a < arcs; a++) {
            if (arc[a].from != 0) {
                uint32_t y = v[arc[a].from].firm * m->products + v[arc[a].from].product;
                CHECK(m->value[y][x] > 0);
                CHECK(v[arc[a].from].tier <= v[i].tier + 1);
                real++;
            }
        }
        for (uint32_t y = 0; y < m->n; y++) {
            real -= m->value[y][x] > 0;
        }
        CHECK_INT(real, 0);
    }
}

/* ---- dominators: remove the firm, look for a source ---- */

static bool reaches_source(const chain_model *m, uint32_t x, uint32_t product, uint32_t without, bool *seen) {
    for (uint32_t y = 0; y < m->n; y++) {
        if (m->value[y][x] <= 0 || seen[y] || chain_model_firm(m, y) == without ||
            (x == m->n && product != CN_NONE && y % m->products != product)) {
            continue;
        }
        seen[y] = true;
        if (m->source[y] || reaches_source(m, y, CN_NONE, without, seen)) {
            return true;
        }
    }
    return false;
}

static bool chain_without(const chain_model *m, uint32_t product, uint32_t without) {
    bool seen[MODEL_MAX + 1] = {false};
    return reaches_source(m, m->n, product, without, seen);
}

static bool has_dominator(const cn_dominators *d, uint32_t product, uint32_t firm) {
    uint32_t found = 0;
    for (size_t i = 0; i < d->row_count; i++) {
        found += d->rows[i].product == product && d->rows[i].firm == firm;
    }
    CHECK(found <= 1);
    return found == 1;
}

static void compare_dominators(const cn_upstream *up, const chain_model *m) {
    cn_dominators d;
    CHECK_INT(cn_dominators_compute(up, &d, NULL), CN_OK);
    size_t want = 0;
    for (uint32_t p = 0; p <= m->products; p++) {
        uint32_t product = p < m->products ? p : CN_NONE;
        bool any = chain_without(m, product, CN_NONE);
        for (uint32_t f = 0; f < m->firms; f++) {
            bool dominates = any && f != m->buyer && !chain_without(m, product, f);
            want += dominates;
            CHECK_INT(has_dominator(&d, product, f), dominates);
        }
    }
    CHECK_INT(d.row_count, want);
    cn_dominators_release(&d);
}

/* ---- dependence: one dense system for each firm ---- */

/* h = first + Σ share·h(supplier) over the pairs that lead to a positive `first`; 0 elsewhere; fixed where `fixed`. */
static double solve(const chain_model *m, const double *first, const bool *fixed, bool leak) {
    static double a[MODEL_MAX + 1][MODEL_MAX + 2];
    uint32_t n = m->n + 1;
    bool leads[MODEL_MAX + 1];
    for (uint32_t x = 0; x < n; x++) {
        leads[x] = first[x] > 0;
    }
    for (uint32_t round = 0; round < n; round++) {
        for (uint32_t x = 0; x < n; x++) {
            for (uint32_t y = 0; y < m->n && !fixed[x]; y++) {
                leads[x] |= m->value[y][x] > 0 && leads[y];
            }
        }
    }
    for (uint32_t x = 0; x < n; x++) {
        for (uint32_t y = 0; y < n; y++) {
            double share = m->value[y][x] > 0 ? m->value[y][x] / m->known[x] : 0;
            share *= leak ? 1 - m->unknown[x] : 1;
            a[x][y] = (x == y) - (leads[x] && !fixed[x] ? share : 0);
        }
        a[x][n] = leads[x] ? first[x] : 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t pivot = k;
        for (uint32_t i = k; i < n; i++) {
            pivot = fabs(a[i][k]) > fabs(a[pivot][k]) ? i : pivot;
        }
        for (uint32_t j = 0; j <= n; j++) {
            double keep = a[k][j];
            a[k][j] = a[pivot][j];
            a[pivot][j] = keep;
        }
        for (uint32_t i = 0; i < n; i++) {
            double factor = i != k ? a[i][k] / a[k][k] : 0;
            for (uint32_t j = k; j <= n && factor != 0; j++) {
                a[i][j] -= factor * a[k][j];
            }
        }
    }
    return a[m->n][n] / a[m->n][m->n];
}

static void compare_dependence(const cn_upstream *up, const chain_model *m, uint64_t work, bool exact) {
    cn_dependence d;
    cn_dependence_options options = {.work = work};
    CHECK_INT(cn_dependence_compute(up, &options, &d, NULL), CN_OK);
    CHECK_INT(d.row_count, cn_upstream_firm_count(up));
    for (size_t i = 0; i < d.row_count; i++) {
        const cn_dependence_row *row = &d.rows[i];
        double hit[MODEL_MAX + 1] = {0};
        double unknown[MODEL_MAX + 1] = {0};
        bool target[MODEL_MAX + 1] = {false};
        for (uint32_t x = 0; x <= m->n; x++) {
            target[x] = m->in[x] && chain_model_firm(m, x) == row->firm;
            hit[x] = target[x];
            unknown[x] = !target[x] && m->in[x] ? m->unknown[x] : 0;
        }
        double want = solve(m, hit, target, false);
        double low = solve(m, hit, target, true);
        double high = low + solve(m, unknown, target, true);
        CHECK(row->dependence >= want - 1e-9 && row->dependence - row->error <= want + 1e-9);
        CHECK(row->low <= low + 1e-9 && row->high >= high - 1e-9);
        CHECK(row->low <= want + 1e-9 && row->high >= want - 1e-9);
        if (exact) {
            CHECK(row->exact);
            CHECK_NEAR(row->dependence, want, 1e-9);
            CHECK_NEAR(row->low, low, 1e-9);
            CHECK_NEAR(row->high, high, 1e-9);
        }
        CHECK(i == 0 || row->dependence <= d.rows[i - 1].dependence);
    }
    cn_dependence_release(&d);
}

/* ---- weak points: remove a firm or a tie, count who is still joined ---- */

static void ties_of(const chain_model *m, bool tie[MODEL_MAX][MODEL_MAX]) {
    memset(tie, 0, sizeof(bool[MODEL_MAX][MODEL_MAX]));
    for (uint32_t x = 0; x <= m->n; x++) {
        for (uint32_t y = 0; y < m->n; y++) {
            uint32_t f = chain_model_firm(m, x);
            uint32_t g = chain_model_firm(m, y);
            if (m->value[y][x] > 0 && f != g) {
                tie[f][g] = tie[g][f] = true;
            }
        }
    }
}

static uint32_t joined(const chain_model *m, bool tie[MODEL_MAX][MODEL_MAX], uint32_t without) {
    bool seen[MODEL_MAX] = {false};
    uint32_t queue[MODEL_MAX];
    uint32_t tail = 0;
    seen[m->buyer] = true;
    queue[tail++] = m->buyer;
    for (uint32_t head = 0; head < tail; head++) {
        for (uint32_t g = 0; g < m->firms; g++) {
            if (tie[queue[head]][g] && !seen[g] && g != without) {
                seen[g] = true;
                queue[tail++] = g;
            }
        }
    }
    return tail;
}

static void compare_weak_points(const cn_upstream *up, const chain_model *m) {
    static bool tie[MODEL_MAX][MODEL_MAX];
    ties_of(m, tie);
    cn_weak_points w;
    CHECK_INT(cn_weak_points_compute(up, &w, NULL), CN_OK);
    uint32_t all = joined(m, tie, CN_NONE);
    CHECK_INT(all, cn_upstream_firm_count(up) + 1);
    size_t points = 0;
    size_t bridges = 0;
    for (uint32_t f = 0; f < m->firms; f++) {
        uint32_t cut = f != m->buyer ? all - joined(m, tie, f) : 0;
        for (size_t i = 0; i < w.articulation_count; i++) {
            if (w.articulations[i].a == f) {
                CHECK_INT(w.articulations[i].cut_off + 1, cut);
            }
        }
        points += cut > 1;
        for (uint32_t g = 0; g < f; g++) {
            if (!tie[f][g]) {
                continue;
            }
            tie[f][g] = tie[g][f] = false;
            cut = all - joined(m, tie, CN_NONE);
            tie[f][g] = tie[g][f] = true;
            bridges += cut > 0;
            for (size_t i = 0; i < w.bridge_count; i++) {
                if ((w.bridges[i].a == f && w.bridges[i].b == g) || (w.bridges[i].a == g && w.bridges[i].b == f)) {
                    CHECK_INT(w.bridges[i].cut_off, cut);
                }
            }
        }
    }
    /* a firm that hangs on by one tie is in the graph, so one that is not in it is never counted */
    CHECK_INT(w.articulation_count, points);
    CHECK_INT(w.bridge_count, bridges);
    cn_weak_points_release(&w);
}

/* ---- minimum cut: every set of flows ---- */

static bool parted(const chain_model *m, const bool *cut) {
    size_t count;
    const cn_flow *all = cn_flows_all(m->flows, &count);
    bool seen[MODEL_MAX + 1] = {false};
    uint32_t queue[MODEL_MAX + 1];
    uint32_t tail = 0;
    queue[tail++] = m->n;
    for (uint32_t head = 0; head < tail; head++) {
        uint32_t x = queue[head];
        for (size_t i = 0; i < count; i++) {
            uint32_t y = all[i].from * m->products + all[i].product;
            if (all[i].to == chain_model_firm(m, x) && m->value[y][x] > 0 && !cut[i] && !seen[y]) {
                seen[y] = true;
                queue[tail++] = y;
                if (m->source[y]) {
                    return false;
                }
            }
        }
    }
    return true;
}

static void compare_min_cut(const cn_upstream *up, const chain_model *m, bool brute) {
    size_t count;
    const cn_flow *all = cn_flows_all(m->flows, &count);
    cn_min_cut c;
    CHECK_INT(cn_min_cut_compute(up, &c, NULL), CN_OK);
    CHECK_INT(c.value_minor, c.max_flow_minor);
    bool cut[MODEL_MAX * MODEL_MAX] = {false};
    for (size_t i = 0; i < c.flow_count; i++) {
        cut[c.flows[i]] = true;
        CHECK(i == 0 || c.flows[i] > c.flows[i - 1]);
    }
    CHECK(parted(m, cut));
    if (brute && count <= 12) {
        int64_t best = INT64_MAX;
        for (uint32_t set = 0; set < 1u << count; set++) {
            int64_t value = 0;
            for (size_t i = 0; i < count; i++) {
                cut[i] = set >> i & 1;
                value += cut[i] ? (int64_t)(all[i].value * 100) : 0;
            }
            best = value < best && parted(m, cut) ? value : best;
        }
        CHECK_INT(c.value_minor, best);
    }
    cn_min_cut_release(&c);
}

/* ---- cycles ---- */

static void check_cycles(const cn_upstream *up, const chain_model *m) {
    size_t count;
    const cn_flow *all = cn_flows_all(m->flows, &count);
    cn_upstream_cycles c;
    CHECK_INT(cn_upstream_cycles_compute(up, &c, NULL), CN_OK);
    for (size_t i = 0; i < c.cycle_count; i++) {
        CHECK(c.cycles[i].length >= 2 && c.cycles[i].length <= c.cycles[i].group_size);
        for (uint32_t k = 0; k < c.cycles[i].length; k++) {
            uint32_t flow = c.flows[c.cycles[i].start + k];
            uint32_t next = c.flows[c.cycles[i].start + (k + 1) % c.cycles[i].length];
            CHECK_INT(all[flow].to, all[next].from);
        }
    }
    bool any = false; /* Floyd and Warshall with the buyer's own deliveries */
    static bool above[MODEL_MAX + 1][MODEL_MAX + 1];
    for (uint32_t x = 0; x <= m->n; x++) {
        for (uint32_t y = 0; y <= m->n; y++) {
            above[x][y] = m->value[y][x] > 0;
        }
        for (size_t i = 0; i < count && x < m->n && m->in[x]; i++) {
            above[x][m->n] |= all[i].from == m->buyer && all[i].to == chain_model_firm(m, x) &&
                              cn_flows_role(m->flows, all[i].product, x % m->products) != CN_INPUT_IRRELEVANT;
        }
    }
    for (uint32_t k = 0; k <= m->n; k++) {
        for (uint32_t x = 0; x <= m->n; x++) {
            for (uint32_t y = 0; y <= m->n; y++) {
                above[x][y] |= above[x][k] && above[k][y];
            }
        }
    }
    for (uint32_t x = 0; x <= m->n; x++) {
        any |= above[x][x];
    }
    CHECK_INT(c.cycle_count > 0, any);
    cn_upstream_cycles_release(&c);
}

/* ---- cases ---- */

static void compare_all(const cn_flows *flows, uint32_t buyer, bool brute_cut) {
    static chain_model m;
    chain_model_build(&m, flows, buyer);
    cn_upstream *up;
    CHECK_INT(cn_upstream_create(flows, buyer, NULL, &up, NULL), CN_OK);
    compare_graph(up, &m);
    compare_dominators(up, &m);
    compare_dependence(up, &m, 0, true);
    compare_weak_points(up, &m);
    compare_min_cut(up, &m, brute_cut);
    check_cycles(up, &m);
    cn_upstream_free(up);
}

/* Every digraph of 2, 3 and 4 firms, the products of the firms by `assignment`. */
static void small_digraph(uint32_t n, uint32_t arcs, uint32_t assignment, bool table) {
    cn_flow flow[12];
    cn_table_row rows[] = {{0, 1, CN_INPUT_ESSENTIAL}, {1, 0, CN_INPUT_ESSENTIAL}};
    cn_flows_arrays arrays = {.firm_count = n, .product_count = 2, .flows = flow, .table = rows};
    arrays.table_count = table ? 2 : 0;
    uint32_t bit = 0;
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            if (from != to && arcs >> bit++ & 1) {
                flow[arrays.flow_count++] = (cn_flow){
                    .from = from, .to = to, .product = assignment >> from & 1, .value = 1 + (from * 5 + to * 3) % 7};
            }
        }
    }
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    compare_all(flows, 0, arcs % 7 == 0);
    cn_flows_free(flows);
}

static void all_small_digraphs(void) {
    for (uint32_t n = 2; n <= 4; n++) {
        uint32_t step = n == 4 ? 2 : 1; /* of the assignments of 4 firms those in which the buyer sells product 0 */
        for (uint32_t arcs = 0; arcs < 1u << (n * (n - 1)); arcs++) {
            uint32_t assignment = n == 4 ? (arcs % 8) * step : arcs % (1u << n);
            small_digraph(n, arcs, assignment, arcs % 3 == 0);
            small_digraph(n, arcs, 0, false);
        }
    }
}

static void random_networks(void) {
    uint64_t seed = 11;
    for (uint32_t round = 0; round < 400; round++) {
        random_trade trade = {.firms = 2 + check_below(&seed, 11), .products = 1 + check_below(&seed, 4)};
        trade.percent = 5 + check_below(&seed, 30);
        trade.table = round % 2 == 0;
        cn_flows *flows = random_flows(&trade, &seed);
        compare_all(flows, check_below(&seed, trade.firms), true);
        cn_flows_free(flows);
    }
}

static void unknown_suppliers(void) {
    uint64_t seed = 12;
    for (uint32_t round = 0; round < 150; round++) {
        random_trade trade = {.firms = 2 + check_below(&seed, 9), .products = 1 + check_below(&seed, 4)};
        trade.percent = 5 + check_below(&seed, 30);
        cn_network *net;
        cn_flows *flows = random_network_flows(&trade, &seed, &net);
        if (cn_flows_firm_count(flows) * cn_flows_product_count(flows) <= MODEL_MAX) {
            compare_all(flows, 0, false);
        }
        cn_flows_free(flows);
        cn_network_free(net);
    }
}

/* Without work only the bounds are left: they must hold. */
static void bounds_hold(void) {
    uint64_t seed = 13;
    static chain_model m;
    for (uint32_t round = 0; round < 200; round++) {
        random_trade trade = {.firms = 8, .products = 3, .percent = 10 + check_below(&seed, 20)};
        cn_flows *flows = random_flows(&trade, &seed);
        chain_model_build(&m, flows, 0);
        cn_upstream *up;
        CHECK_INT(cn_upstream_create(flows, 0, NULL, &up, NULL), CN_OK);
        compare_dependence(up, &m, 1, false);
        cn_upstream_free(up);
        cn_flows_free(flows);
    }
}

/* Large cycles are solved by sweeps: a ring of many firms, each also fed by a source of its own. */
static void large_cycle(void) {
    enum { RING = 200 };
    static cn_flow flow[2 * RING + 1];
    cn_flows_arrays arrays = {.firm_count = 2 * RING + 1, .product_count = 1, .flows = flow};
    for (uint32_t i = 0; i < RING; i++) { /* ring firms 1 … RING, sources behind them, buyer 0 */
        flow[arrays.flow_count++] = (cn_flow){.from = 1 + (i + 1) % RING, .to = 1 + i, .value = 9};
        flow[arrays.flow_count++] = (cn_flow){.from = 1 + RING + i, .to = 1 + i, .value = 1};
    }
    flow[arrays.flow_count++] = (cn_flow){.from = 1, .to = 0, .value = 1};
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    cn_upstream *up;
    CHECK_INT(cn_upstream_create(flows, 0, NULL, &up, NULL), CN_OK);
    cn_dependence d;
    CHECK_INT(cn_dependence_compute(up, NULL, &d, NULL), CN_OK);
    /* firm 1+k is passed when the walk leaves the ring not before step k: 0.9^k; its source when it leaves there, on any round */
    for (size_t i = 0; i < d.row_count; i++) {
        uint32_t firm = d.rows[i].firm;
        double want = firm <= RING ? pow(0.9, firm - 1) : 0.1 * pow(0.9, firm - RING - 1) / (1 - pow(0.9, RING));
        CHECK_NEAR(d.rows[i].dependence, want, 1e-12);
        CHECK(d.rows[i].exact);
    }
    cn_dependence_release(&d);
    cn_upstream_free(up);
    cn_flows_free(flows);
}

/* With one product for each firm and no table, dominators are those of the graph of firms. */
static void igraph_dominators(void) {
    uint64_t seed = 14;
    static chain_model m;
    for (uint32_t round = 0; round < 200; round++) {
        random_trade trade = {.firms = 12, .products = 1, .percent = 6 + check_below(&seed, 14), .one_product = true};
        cn_flows *flows = random_flows(&trade, &seed);
        chain_model_build(&m, flows, 0);
        igraph_vector_int_t edges;
        igraph_vector_int_t parent;
        igraph_t graph;
        CHECK(igraph_vector_int_init(&edges, 0) == IGRAPH_SUCCESS);
        CHECK(igraph_vector_int_init(&parent, 0) == IGRAPH_SUCCESS);
        for (uint32_t x = 0; x <= m.n; x++) { /* against the goods, sources to a common end (number 12) */
            for (uint32_t y = 0; y < m.n; y++) {
                if (m.value[y][x] > 0) {
                    igraph_vector_int_push_back(&edges, (igraph_integer_t)chain_model_firm(&m, x));
                    igraph_vector_int_push_back(&edges, (igraph_integer_t)y);
                }
            }
            if (x < m.n && m.source[x]) {
                igraph_vector_int_push_back(&edges, (igraph_integer_t)x);
                igraph_vector_int_push_back(&edges, 12);
            }
        }
        CHECK(igraph_create(&graph, &edges, 13, IGRAPH_DIRECTED) == IGRAPH_SUCCESS);
        CHECK(igraph_dominator_tree(&graph, 0, &parent, NULL, NULL, IGRAPH_OUT) == IGRAPH_SUCCESS);
        cn_upstream *up;
        cn_dominators d;
        CHECK_INT(cn_upstream_create(flows, 0, NULL, &up, NULL), CN_OK);
        CHECK_INT(cn_dominators_compute(up, &d, NULL), CN_OK);
        uint32_t want = 0;
        for (igraph_integer_t v = VECTOR(parent)[12]; v > 0; v = VECTOR(parent)[v]) {
            want++;
            CHECK(has_dominator(&d, CN_NONE, (uint32_t)v));
        }
        for (size_t i = 0; i < d.row_count; i++) {
            want -= d.rows[i].product == CN_NONE;
        }
        CHECK_INT(want, 0);
        cn_dominators_release(&d);
        cn_upstream_free(up);
        igraph_destroy(&graph);
        igraph_vector_int_destroy(&edges);
        igraph_vector_int_destroy(&parent);
        cn_flows_free(flows);
    }
}

int main(void) {
    return check_run((check_case[]){{"all small digraphs", all_small_digraphs},
                                    {"random networks", random_networks},
                                    {"unknown suppliers", unknown_suppliers},
                                    {"bounds hold without work", bounds_hold},
                                    {"a large cycle", large_cycle},
                                    {"igraph's dominator tree", igraph_dominators},
                                    {0}});
}
