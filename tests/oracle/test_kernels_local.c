/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernels beside shortest paths: PageRank and Katz by solving their equations, components and the bow tie from the matrix
 * of who reaches whom, coreness by taking vertices away again and again, constraint by its double sum; and igraph.
 */
#include "kernel_case.h"

#include "igraph_graph.h"

typedef double matrix[CASE_MOST][CASE_MOST + 1];

static double weight_of(const case_graph *g, uint32_t u, uint32_t v) { return g->has[u][v] ? g->weight[u][v] : 0; }

/* Solve the n equations in `a` (right side in the last column) by elimination with the largest pivot. */
static void solve(uint32_t n, matrix a, double *x) {
    for (uint32_t k = 0; k < n; k++) {
        uint32_t best = k;
        for (uint32_t i = k; i < n; i++) {
            best = fabs(a[i][k]) > fabs(a[best][k]) ? i : best;
        }
        for (uint32_t j = 0; j <= n; j++) {
            double kept = a[k][j];
            a[k][j] = a[best][j];
            a[best][j] = kept;
        }
        for (uint32_t i = 0; i < n; i++) {
            double factor = i == k ? 0 : a[i][k] / a[k][k];
            for (uint32_t j = k; factor != 0 && j <= n; j++) {
                a[i][j] -= factor * a[k][j];
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        x[i] = a[i][n] / a[i][i];
    }
}

/* ---- PageRank ---- */

static cn_status call_pagerank(const cn_graph *graph, const void *arguments, double *values,
                               const cn__kernel_watch *watch) {
    double error = 0;
    cn_status status = cn__kernel_pagerank(graph, *(const double *)arguments, 1e-12, values, &error, watch, NULL);
    CHECK(error <= 1e-12);
    return status;
}

static void check_pagerank(const case_graph *g, const cn_graph *graph) {
    static const double dampings[] = {0.85, 0.3};
    static matrix a;
    double values[CASE_MOST];
    double room[CASE_MOST];
    double wanted[CASE_MOST];
    for (size_t k = 0; k < 2; k++) {
        double d = dampings[k];
        kernel_run_threads(call_pagerank, graph, &d, values, room);
        for (uint32_t v = 0; v < g->n; v++) {
            for (uint32_t u = 0; u < g->n; u++) {
                double out = 0;
                for (uint32_t w = 0; w < g->n; w++) {
                    out += weight_of(g, u, w);
                }
                a[v][u] = (u == v) - d * (out > 0 ? weight_of(g, u, v) / out : 1.0 / g->n);
            }
            a[v][g->n] = (1 - d) / g->n;
        }
        solve(g->n, a, wanted);
        for (uint32_t v = 0; v < g->n; v++) {
            CHECK_NEAR(values[v], wanted[v], 2e-12);
        }
    }
}

/* ---- Katz ---- */

static cn_status call_katz(const cn_graph *graph, const void *arguments, double *values,
                           const cn__kernel_watch *watch) {
    return cn__kernel_katz(graph, *(const double *)arguments, values, watch, NULL);
}

static void check_katz(const case_graph *g, const cn_graph *graph) {
    static matrix a;
    double largest = 0;
    double values[CASE_MOST];
    double room[CASE_MOST];
    double wanted[CASE_MOST];
    for (uint32_t v = 0; v < g->n; v++) {
        double in = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            in += weight_of(g, u, v);
        }
        largest = fmax(largest, in);
    }
    double alpha = largest > 0 ? 0.9 / largest : 1;
    kernel_run_threads(call_katz, graph, &alpha, values, room);
    for (uint32_t v = 0; v < g->n; v++) {
        for (uint32_t u = 0; u < g->n; u++) {
            a[v][u] = (u == v) - alpha * weight_of(g, u, v);
        }
        a[v][g->n] = 1;
    }
    solve(g->n, a, wanted);
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_NEAR(values[v] / wanted[v], 1, 2e-10);
    }
    alpha = 0; /* the default exists on every graph and gives every in-arc some weight */
    kernel_run_threads(call_katz, graph, &alpha, values, room);
    for (uint32_t v = 0; v < g->n; v++) {
        bool supplied = false;
        for (uint32_t u = 0; u < g->n; u++) {
            supplied = supplied || weight_of(g, u, v) > 0;
        }
        CHECK(isfinite(values[v]) && (supplied ? values[v] > 1 : values[v] >= 1 && values[v] <= 1));
    }
}

/* A circle of n has the eigenvalue 1: x = 1/(1-alpha); at 1 and beyond there is no value. */
static void katz_on_a_circle(void) {
    uint64_t seed = 1;
    double values[8];
    case_graph g = kernel_plain_case(2, 8, true, CASE_UNWEIGHTED, &seed);
    cn_graph *graph = case_make(&g);
    CHECK_INT(cn__kernel_katz(graph, 0.5, values, NULL, NULL), CN_OK);
    CHECK_NEAR(values[3], 2, 1e-9);
    CHECK_INT(cn__kernel_katz(graph, 0, values, NULL, NULL), CN_OK);
    CHECK_NEAR(values[3], 1 / 0.15, 1e-8);
    CHECK_INT(cn__kernel_katz(graph, 1, values, NULL, NULL), CN_ERR_ARGUMENT);
    CHECK_INT(cn__kernel_katz(graph, -0.1, values, NULL, NULL), CN_ERR_ARGUMENT);
    CHECK_INT(cn__kernel_katz(graph, NAN, values, NULL, NULL), CN_ERR_ARGUMENT);
    cn_graph_free(graph);
}

/* ---- structure ---- */

typedef bool relation[CASE_MOST][CASE_MOST];

/* Who reaches whom, itself included, by ways whose inner vertices are all open. */
static void find_reach(const case_graph *g, const bool *open, bool both_ways, relation reach) {
    for (uint32_t u = 0; u < g->n; u++) {
        for (uint32_t v = 0; v < g->n; v++) {
            reach[u][v] = u == v || g->has[u][v] || (both_ways && g->has[v][u]);
        }
    }
    for (uint32_t k = 0; k < g->n; k++) {
        for (uint32_t u = 0; u < g->n && (!open || open[k]); u++) {
            for (uint32_t v = 0; v < g->n; v++) {
                reach[u][v] = reach[u][v] || (reach[u][k] && reach[k][v]);
            }
        }
    }
}

static void check_components(const case_graph *g, const cn_graph *graph) {
    static relation reach;
    uint32_t component[CASE_MOST];
    uint32_t count;
    for (int strong = 0; strong < 2; strong++) {
        uint32_t next = 0;
        uint32_t wanted[CASE_MOST];
        find_reach(g, NULL, !strong, reach);
        CHECK_INT((strong ? cn__kernel_strong : cn__kernel_weak)(graph, component, &count, NULL), CN_OK);
        for (uint32_t v = 0; v < g->n; v++) {
            uint32_t first = 0;
            while (!(reach[v][first] && reach[first][v])) {
                first++;
            }
            wanted[v] = first == v ? next++ : wanted[first];
            CHECK_INT(component[v], wanted[v]);
        }
        CHECK_INT(count, next);
    }
}

static void check_bow_tie(const case_graph *g, const cn_graph *graph) {
    static relation reach;
    static relation past;
    cn_bow place[CASE_MOST];
    bool core[CASE_MOST];
    bool in[CASE_MOST];
    bool out[CASE_MOST];
    bool open[CASE_MOST];
    uint32_t best = 0;
    uint32_t root = 0;
    CHECK_INT(cn__kernel_bow_tie(graph, place, NULL), CN_OK);
    find_reach(g, NULL, false, reach);
    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t size = 0;
        for (uint32_t u = 0; u < g->n; u++) {
            size += reach[u][v] && reach[v][u];
        }
        root = size > best ? v : root;
        best = size > best ? size : best;
    }
    for (uint32_t v = 0; v < g->n; v++) {
        core[v] = reach[root][v] && reach[v][root];
        in[v] = !core[v] && reach[v][root];
        out[v] = !core[v] && reach[root][v];
        open[v] = !core[v] && !in[v] && !out[v];
    }
    find_reach(g, open, false, past);
    for (uint32_t v = 0; v < g->n; v++) {
        bool from_in = false;
        bool to_out = false;
        for (uint32_t u = 0; u < g->n; u++) {
            from_in = from_in || (in[u] && past[u][v]);
            to_out = to_out || (out[u] && past[v][u]);
        }
        cn_bow wanted = core[v]             ? CN_BOW_CORE
                        : in[v]             ? CN_BOW_IN
                        : out[v]            ? CN_BOW_OUT
                        : from_in && to_out ? CN_BOW_TUBE
                        : from_in || to_out ? CN_BOW_TENDRIL
                                            : CN_BOW_OTHER;
        CHECK_INT(place[v], wanted);
    }
}

static void check_coreness(const case_graph *g, const cn_graph *graph) {
    uint32_t coreness[CASE_MOST];
    uint32_t wanted[CASE_MOST] = {0};
    CHECK_INT(cn__kernel_coreness(graph, coreness, NULL), CN_OK);
    for (uint32_t k = 1; k <= 2 * g->n; k++) {
        bool left[CASE_MOST];
        bool changed = true;
        memset(left, true, sizeof left);
        while (changed) {
            changed = false;
            for (uint32_t v = 0; v < g->n; v++) {
                uint32_t arcs = 0;
                for (uint32_t u = 0; u < g->n; u++) {
                    arcs += left[u] ? g->has[v][u] + (g->directed && g->has[u][v]) : 0;
                }
                if (left[v] && arcs < k) {
                    left[v] = false;
                    changed = true;
                }
            }
        }
        for (uint32_t v = 0; v < g->n; v++) {
            wanted[v] = left[v] ? k : wanted[v];
        }
    }
    for (uint32_t v = 0; v < g->n; v++) {
        CHECK_INT(coreness[v], wanted[v]);
    }
}

/* ---- constraint ---- */

static cn_status call_constraint(const cn_graph *graph, const void *arguments, double *values,
                                 const cn__kernel_watch *watch) {
    (void)arguments;
    return cn__kernel_constraint(graph, values, watch, NULL);
}

static void check_constraint(const case_graph *g, const cn_graph *graph) {
    static double p[CASE_MOST][CASE_MOST];
    double values[CASE_MOST];
    double room[CASE_MOST];
    kernel_run_threads(call_constraint, graph, NULL, values, room);
    for (uint32_t i = 0; i < g->n; i++) {
        double sum = 0;
        for (uint32_t j = 0; j < g->n; j++) {
            p[i][j] = weight_of(g, i, j) + (g->directed ? weight_of(g, j, i) : 0);
            sum += p[i][j];
        }
        for (uint32_t j = 0; j < g->n; j++) {
            p[i][j] /= sum;
        }
    }
    for (uint32_t i = 0; i < g->n; i++) {
        double sum = isnan(p[i][0]) ? NAN : 0;
        for (uint32_t j = 0; j < g->n; j++) {
            double part = p[i][j];
            for (uint32_t q = 0; q < g->n; q++) {
                part += q != i && q != j && p[i][q] > 0 ? p[i][q] * p[q][j] : 0;
            }
            sum += j != i && p[i][j] > 0 ? part * part : 0;
        }
        CHECK_NEAR(values[i], sum, 1e-12);
    }
}

/* ---- larger graphs, against igraph ---- */

static void compare(const double *values, const igraph_vector_t *other, double tolerance) {
    for (igraph_integer_t v = 0; v < igraph_vector_size(other); v++) {
        CHECK_NEAR(values[v], VECTOR(*other)[v], tolerance * (1 + fabs(values[v])));
    }
}

static void check_large(const cn_graph *graph) {
    enum { MOST = 4000 };
    static double values[MOST];
    static double room[MOST];
    static uint32_t numbers[MOST];
    double none = 0;
    double damping = 0.85;
    igraph_twin ig;
    igraph_vector_int_t cores;
    igraph_integer_t theirs;
    uint32_t count;
    igraph_twin_open(&ig, graph);
    igraph_vector_int_init(&cores, 0);
    kernel_run_threads(call_pagerank, graph, &damping, values, room);
    igraph_pagerank(&ig.graph, IGRAPH_PAGERANK_ALGO_PRPACK, &ig.result, NULL, igraph_vss_all(), graph->directed, 0.85,
                    graph->weight ? &ig.weights : NULL, NULL);
    compare(values, &ig.result, 1e-9);
    if (!graph->weight && graph->directed) {
        kernel_run_threads(call_katz, graph, &none, values, room);
    }
    kernel_run_threads(call_constraint, graph, NULL, values, room);
    igraph_constraint(&ig.graph, &ig.result, igraph_vss_all(), graph->weight ? &ig.weights : NULL);
    compare(values, &ig.result, 1e-10);
    if (!graph->weight) { /* the twin lacks arcs of weight 0, which count here */
        igraph_coreness(&ig.graph, &cores, IGRAPH_ALL);
        CHECK_INT(cn__kernel_coreness(graph, numbers, NULL), CN_OK);
        for (uint32_t v = 0; v < graph->n; v++) {
            CHECK_INT(numbers[v], VECTOR(cores)[v]);
        }
        for (int strong = 0; strong < 2; strong++) {
            igraph_connected_components(&ig.graph, NULL, NULL, &theirs, strong ? IGRAPH_STRONG : IGRAPH_WEAK);
            CHECK_INT((strong ? cn__kernel_strong : cn__kernel_weak)(graph, numbers, &count, NULL), CN_OK);
            CHECK_INT(count, theirs);
        }
    }
    igraph_vector_int_destroy(&cores);
    igraph_twin_close(&ig);
}

static void larger_graphs(void) {
    static kernel_arcs arcs;
    uint64_t seed = 41;
    for (uint32_t shape = 0; shape < 4; shape++) {
        for (int directed = 0; directed < 2; directed++) {
            for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
                kernel_arcs_fill(&arcs, shape, shape == 2 ? 600 : 2500, directed, (case_weights)kind, &seed);
                cn_graph *graph = kernel_arcs_make(&arcs);
                check_large(graph);
                cn_graph_free(graph);
            }
        }
    }
}

static void pagerank(void) { kernel_everything(3, check_pagerank); }

static bool count_step(void *context, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)context;
    return true;
}

/* Plain steps take 100 and more for 1e-10; the methods that get there sooner are no good if they do not. */
static void pagerank_needs_few_steps(void) {
    static kernel_arcs arcs;
    uint64_t seed = 31;
    for (int directed = 0; directed < 2; directed++) {
        for (int kind = 0; kind < CASE_WEIGHTINGS; kind++) {
            int steps = 0;
            double values[2500];
            double error;
            cn__kernel_watch watch = {.watch = {count_step, &steps}, .threads = 1};
            kernel_arcs_fill(&arcs, 0, 2500, directed, (case_weights)kind, &seed);
            cn_graph *graph = kernel_arcs_make(&arcs);
            CHECK_INT(cn__kernel_pagerank(graph, 0.85, 1e-10, values, &error, &watch, NULL), CN_OK);
            CHECK(error <= 1e-10);
            CHECK(steps > 0 && steps < 60);
            cn_graph_free(graph);
        }
    }
}
static void katz(void) { kernel_everything(3, check_katz); }
static void components(void) { kernel_everything(5, check_components); }
static void bow_tie(void) { kernel_everything(5, check_bow_tie); }
static void coreness(void) { kernel_everything(3, check_coreness); }
static void constraint(void) { kernel_everything(5, check_constraint); }

int main(void) {
    return check_run((check_case[]){{"PageRank solves its equations", pagerank},
                                    {"PageRank needs few steps", pagerank_needs_few_steps},
                                    {"Katz solves its equations", katz},
                                    {"Katz on a circle, and factors that are refused", katz_on_a_circle},
                                    {"components are who reaches whom", components},
                                    {"the bow tie by its definition", bow_tie},
                                    {"coreness by taking away", coreness},
                                    {"constraint by its definition", constraint},
                                    {"larger graphs: as igraph", larger_graphs},
                                    {0}});
}
