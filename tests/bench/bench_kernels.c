/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernels beside igraph's functions: the same job on the same graph in the same process, one after the other. What
 * igraph needs hours for is measured on a few sources and given per source. Results are compared; a difference ends the
 * program with 1. igraph runs on one thread, as it always does; the kernels on as many as there are (--threads).
 *
 *     bench_kernels [--scale N] [--firms N] [--projection FILE.csv] [--threads N] [--cpu-time] [--full]
 *
 * On a machine that is not idle, --threads 1 --cpu-time compares one core with one core by the time that this process got.
 * Peak memory is what a kernel needs beyond the graph itself (Linux only).
 */
#include "bench_graphs.h"
#include "bench_measure.h"
#include "igraph_graph.h"
#include "kernels.h"

typedef struct bench {
    const char *name;
    const cn_graph *graph;
    igraph_twin *ig;
    cn__kernel_watch watch;
    clockid_t clock;
    uint64_t seed;
    double *values;
    uint32_t *mine;
    igraph_vector_int_t numbers; /* igraph's */
    bool failed;
} bench;

static double now(const bench *b) { return bench_now(b->clock); }

/* ---- the table ---- */

static void heading(void) {
    puts("| graph | job | ours, s | igraph, s | ratio | M links/s | peak, MB | largest difference |");
    puts("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
}

/* `links`: looked at in the time `ours`. theirs 0: igraph has no such function. */
static void row(bench *b, const char *job, double ours, double theirs, double links, double peak, double difference,
                double allowed) {
    char ratio[64] = "–";
    char other[64] = "–";
    char off[64] = "–";
    char speed[64] = "–";
    if (theirs > 0) {
        snprintf(ratio, sizeof ratio, "%.1f", theirs / ours);
        snprintf(other, sizeof other, "%.3g", theirs);
        snprintf(off, sizeof off, "%.1e", difference);
    }
    if (links > 0) {
        snprintf(speed, sizeof speed, "%.0f", links / ours / 1e6);
    }
    printf("| %s | %s | %.3g | %s | %s | %s | %.0f | %s |\n", b->name, job, ours, other, ratio, speed, peak, off);
    fflush(stdout);
    if (!(difference <= allowed)) {
        fprintf(stderr, "bench: %s, %s: results differ by %g\n", b->name, job, difference);
        b->failed = true;
    }
}

static void must(cn_status status) {
    if (status != CN_OK) {
        fprintf(stderr, "bench: a kernel failed (%d)\n", (int)status);
        exit(1);
    }
}

static double difference(const double *a, const double *b, uint32_t n) {
    double largest = 0;
    for (uint32_t v = 0; v < n; v++) {
        largest = fmax(largest, fabs(a[v] - b[v]) / (1 + fabs(b[v])));
    }
    return largest;
}

/* Random vertices that have an out-arc, each once; on a small graph all of them, and `most` then says how many. */
static uint32_t *draw_sources(bench *b, uint32_t *most) {
    uint32_t able = 0;
    for (uint32_t v = 0; v < b->graph->n; v++) {
        able += b->graph->out_start[v + 1] > b->graph->out_start[v];
    }
    uint32_t count = *most = *most < able ? *most : able;
    uint32_t *list = bench_need(malloc(count * sizeof *list));
    bool *drawn = bench_need(calloc(b->graph->n, sizeof *drawn));
    for (uint32_t i = 0; i < count;) {
        uint32_t v = check_below(&b->seed, b->graph->n);
        if (!drawn[v] && b->graph->out_start[v + 1] > b->graph->out_start[v]) {
            drawn[v] = true;
            list[i++] = v;
        }
    }
    free(drawn);
    return list;
}

static igraph_vector_int_t as_igraph(const uint32_t *list, uint32_t count) {
    igraph_vector_int_t out;
    igraph_vector_int_init(&out, count);
    for (uint32_t i = 0; i < count; i++) {
        VECTOR(out)[i] = list[i];
    }
    return out;
}

typedef void bench_job(bench *b);

static double seconds_of(bench *b, bench_job *job) {
    double t = now(b);
    job(b);
    return now(b) - t;
}

typedef struct bench_pair {
    double ours, theirs; /* seconds; the fastest run */
    double peak;         /* of ours, in MB beside what was there before */
} bench_pair;

/*
 * Up to ten runs of either, in turn, so that both have the quiet moments of the machine; fewer when they take long. Every run does the
 * whole job. `theirs` may be NULL.
 */
static bench_pair race(bench *b, bench_job *ours, bench_job *theirs) {
    static const double LONG_ENOUGH = 6;
    bench_pair best = {INFINITY, INFINITY, 0};
    double spent = 0;
    for (int i = 0; i < 10 && spent < LONG_ENOUGH; i++) {
        double other = theirs ? seconds_of(b, theirs) : NAN;
        double before = bench_reset_peak();
        double own = seconds_of(b, ours);
        best.peak = fmax(best.peak, bench_status_mb("VmHWM:") - before);
        best.theirs = fmin(best.theirs, other);
        best.ours = fmin(best.ours, own);
        spent += own + (theirs ? other : 0);
    }
    return best;
}

/* ---- jobs ---- */

static void betweenness(bench *b, uint32_t few, uint32_t many) {
    const cn_graph *graph = b->graph;
    uint32_t *list = draw_sources(b, &many);
    few = few < many ? few : many;
    igraph_vector_int_t some = as_igraph(list, few);
    const char *job = graph->weight ? "betweenness by value, a source" : "betweenness, a source";
    double t = now(b);
    igraph_betweenness_subset(&b->ig->graph, &b->ig->result, igraph_vss_all(), graph->directed,
                              igraph_vss_vector(&some), igraph_vss_all(), graph->weight ? &b->ig->lengths : NULL);
    double theirs = (now(b) - t) / few;
    must(cn__kernel_betweenness(graph, list, few, b->values, &b->watch, NULL));
    double off = difference(b->values, VECTOR(b->ig->result), graph->n);
    double before = bench_reset_peak();
    t = now(b);
    must(cn__kernel_betweenness(graph, list, many, b->values, &b->watch, NULL));
    double ours = (now(b) - t) / many;
    row(b, job, ours, theirs, graph->edge_count, bench_status_mb("VmHWM:") - before, off, 1e-6);
    igraph_vector_int_destroy(&some);
    free(list);
}

static void betweenness_full(bench *b, double theirs_a_source) {
    double before = bench_reset_peak();
    double t = now(b);
    must(cn__kernel_betweenness(b->graph, NULL, 0, b->values, &b->watch, NULL));
    t = now(b) - t;
    row(b, "betweenness, all sources (igraph: estimated)", t, theirs_a_source * b->graph->n,
        (double)b->graph->edge_count * b->graph->n, bench_status_mb("VmHWM:") - before, 0, 0);
}

static void betweenness_sampled(bench *b, double epsilon) {
    char job[128];
    uint64_t samples;
    cn__kernel_bound bound = {.epsilon = epsilon, .delta = 0.1, .seed = 1};
    double before = bench_reset_peak();
    double t = now(b);
    must(cn__kernel_betweenness_sample(b->graph, &bound, b->values, &samples, &b->watch, NULL));
    t = now(b) - t;
    snprintf(job, sizeof job, "betweenness ±%g with probability 0.9, %llu paths", epsilon, (unsigned long long)samples);
    row(b, job, t, 0, 0, bench_status_mb("VmHWM:") - before, 0, 0);
}

/* Sums over sources: those of igraph over all targets against ours over all that the pivots see. */
static void harmonic(bench *b, uint32_t few, uint32_t many) {
    const cn_graph *graph = b->graph;
    uint32_t *list = draw_sources(b, &many);
    few = few < many ? few : many;
    igraph_vector_int_t some = as_igraph(list, few);
    double wanted = 0;
    double sum = 0;
    double t = now(b);
    igraph_harmonic_centrality(&b->ig->graph, &b->ig->result, igraph_vss_vector(&some), IGRAPH_IN, NULL, false);
    double theirs = (now(b) - t) / few;
    must(cn__kernel_harmonic(graph, CN_DIR_OUT, list, few, b->values, &b->watch, NULL));
    for (uint32_t i = 0; i < few; i++) {
        wanted += VECTOR(b->ig->result)[i];
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        sum += b->values[v];
    }
    double before = bench_reset_peak();
    t = now(b);
    must(cn__kernel_harmonic(graph, CN_DIR_OUT, list, many, b->values, &b->watch, NULL));
    double ours = (now(b) - t) / many;
    row(b, "harmonic closeness, a source", ours, theirs, graph->edge_count, bench_status_mb("VmHWM:") - before,
        fabs(sum - wanted) / (1 + wanted), 1e-9);
    igraph_vector_int_destroy(&some);
    free(list);
}

static void their_pagerank(bench *b) {
    igraph_pagerank(&b->ig->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &b->ig->result, NULL, igraph_vss_all(),
                    b->graph->directed, 0.85, b->graph->weight ? &b->ig->weights : NULL, NULL);
}

static void our_pagerank(bench *b) {
    must(cn__kernel_pagerank(b->graph, 0.85, 1e-10, b->values, NULL, &b->watch, NULL));
}

static void pagerank(bench *b) {
    double off = 0;
    bench_pair t = race(b, our_pagerank, their_pagerank);
    for (uint32_t v = 0; v < b->graph->n; v++) {
        off += fabs(b->values[v] - VECTOR(b->ig->result)[v]);
    }
    row(b, b->graph->weight ? "PageRank by value to 1e-10" : "PageRank to 1e-10", t.ours, t.theirs,
        b->graph->edge_count, t.peak, off, 1e-8);
}

static void their_constraint(bench *b) { igraph_constraint(&b->ig->graph, &b->ig->result, igraph_vss_all(), NULL); }

static void our_constraint(bench *b) { must(cn__kernel_constraint(b->graph, b->values, &b->watch, NULL)); }

static void constraint(bench *b) {
    bench_pair t = race(b, our_constraint, their_constraint);
    double off = 0;
    for (uint32_t v = 0; v < b->graph->n; v++) {
        double other = VECTOR(b->ig->result)[v];
        off = isnan(other) && isnan(b->values[v]) ? off : fmax(off, fabs(other - b->values[v]));
    }
    row(b, "constraint", t.ours, t.theirs, b->graph->edge_count, t.peak, off, 1e-9);
}

static void their_coreness(bench *b) { igraph_coreness(&b->ig->graph, &b->numbers, IGRAPH_ALL); }
static void our_coreness(bench *b) { must(cn__kernel_coreness(b->graph, b->mine, NULL)); }

static void coreness(bench *b) {
    uint32_t differing = 0;
    bench_pair t = race(b, our_coreness, their_coreness);
    for (uint32_t v = 0; v < b->graph->n; v++) {
        differing += (igraph_integer_t)b->mine[v] != VECTOR(b->numbers)[v];
    }
    row(b, "coreness", t.ours, t.theirs, b->graph->edge_count, t.peak, differing, 0);
}

static void their_components(bench *b) {
    igraph_connected_components(&b->ig->graph, &b->numbers, NULL, NULL, IGRAPH_STRONG);
}
static void our_components(bench *b) {
    uint32_t count;
    must(cn__kernel_strong(b->graph, b->mine, &count, NULL));
}

/* Both number them, each in its own way: the numbers must be translations of each other. */
static void components(bench *b) {
    uint32_t n = b->graph->n;
    uint32_t differing = 0;
    bench_pair t = race(b, our_components, their_components);
    igraph_integer_t *of_mine = bench_need(malloc(n * sizeof *of_mine));
    igraph_integer_t *of_theirs = bench_need(malloc(n * sizeof *of_theirs));
    for (uint32_t v = 0; v < n; v++) {
        of_mine[v] = of_theirs[v] = -1;
    }
    for (uint32_t v = 0; v < n; v++) {
        igraph_integer_t *seen = &of_mine[b->mine[v]];
        igraph_integer_t *back = &of_theirs[VECTOR(b->numbers)[v]];
        *seen = *seen < 0 ? VECTOR(b->numbers)[v] : *seen;
        *back = *back < 0 ? (igraph_integer_t)b->mine[v] : *back;
        differing += *seen != VECTOR(b->numbers)[v] || *back != (igraph_integer_t)b->mine[v];
    }
    free(of_mine);
    free(of_theirs);
    row(b, "strong components", t.ours, t.theirs, b->graph->edge_count, t.peak, differing, 0);
}

static void our_katz(bench *b) { must(cn__kernel_katz(b->graph, 0, b->values, &b->watch, NULL)); }

static void katz(bench *b) {
    bench_pair t = race(b, our_katz, NULL);
    row(b, "Katz to 1e-10", t.ours, 0, b->graph->edge_count, t.peak, 0, 0);
}

/* ---- runs ---- */

/* igraph adds 1 to every distance before it compares with a tolerance: lengths far below 1 would become equal. */
static void scale_lengths(igraph_vector_t *lengths) {
    int exponent = 1;
    if (igraph_vector_size(lengths) > 0) {
        frexp(igraph_vector_min(lengths), &exponent);
        igraph_vector_scale(lengths, ldexp(1, 1 - exponent));
    }
}

typedef void bench_jobs(bench *b);

static bool run(const char *name, bench_arcs *arcs, bool directed, bool weighted, const bench *how, bench_jobs *jobs) {
    cn_graph *graph = bench_make(arcs, directed, weighted);
    igraph_twin ig;
    bench b = {.name = name, .graph = graph, .ig = &ig, .watch = how->watch, .clock = how->clock, .seed = 99};
    b.values = bench_need(malloc((graph->n + (size_t)1) * sizeof *b.values));
    b.mine = bench_need(malloc((graph->n + (size_t)1) * sizeof *b.mine));
    igraph_vector_int_init(&b.numbers, 0);
    fprintf(stderr, "%s: %u vertices, %u links\n", name, graph->n, graph->edge_count);
    igraph_twin_open(&ig, graph);
    scale_lengths(&ig.lengths);
    jobs(&b);
    igraph_twin_close(&ig);
    igraph_vector_int_destroy(&b.numbers);
    free(b.values);
    free(b.mine);
    cn_graph_free(graph);
    return !b.failed;
}

static void jobs_kronecker(bench *b) {
    betweenness(b, 32, 256);
    harmonic(b, 32, 4096);
    pagerank(b);
    katz(b);
    coreness(b);
    betweenness_sampled(b, 0.01);
}

static void jobs_firms(bench *b) {
    betweenness(b, 64, 2048);
    harmonic(b, 64, 8192);
    pagerank(b);
    katz(b);
    constraint(b);
    coreness(b);
    components(b);
    betweenness_sampled(b, 0.01);
}

static void jobs_firms_by_value(bench *b) {
    betweenness(b, 32, 128);
    pagerank(b);
}

static void jobs_projection(bench *b) {
    betweenness(b, 64, 2048);
    harmonic(b, 64, 8192);
    pagerank(b);
    constraint(b);
    betweenness_sampled(b, 0.01);
}

static void jobs_full(bench *b) {
    igraph_vector_int_t some;
    uint32_t few = 64;
    uint32_t *list = draw_sources(b, &few);
    some = as_igraph(list, few);
    double t = now(b);
    igraph_betweenness_subset(&b->ig->graph, &b->ig->result, igraph_vss_all(), b->graph->directed,
                              igraph_vss_vector(&some), igraph_vss_all(), NULL);
    betweenness_full(b, (now(b) - t) / few);
    igraph_vector_int_destroy(&some);
    free(list);
}

int main(int argc, char **argv) {
    uint32_t scale = 18;
    uint32_t firms = 250000;
    const char *projection = NULL;
    bench how = {.clock = CLOCK_MONOTONIC};
    bool full = false;
    bool ok = true;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        full = full || strcmp(argv[i], "--full") == 0;
        if (strcmp(argv[i], "--scale") == 0) {
            scale = (uint32_t)atoi(value);
        } else if (strcmp(argv[i], "--firms") == 0) {
            firms = (uint32_t)atoi(value);
        } else if (strcmp(argv[i], "--projection") == 0) {
            projection = value;
        } else if (strcmp(argv[i], "--threads") == 0) {
            how.watch.threads = atoi(value);
        } else if (strcmp(argv[i], "--cpu-time") == 0) {
            how.clock = CLOCK_PROCESS_CPUTIME_ID;
        }
    }
    heading();
    if (scale > 0) {
        bench_arcs arcs = {0};
        bench_kronecker(&arcs, scale, 1);
        ok = run("Kronecker", &arcs, false, false, &how, jobs_kronecker) && ok;
        bench_release(&arcs);
    }
    if (firms > 0) {
        bench_arcs arcs = {0};
        bench_firms(&arcs, firms, 2);
        ok = run("firms", &arcs, true, false, &how, jobs_firms) && ok;
        ok = run("firms", &arcs, true, true, &how, jobs_firms_by_value) && ok;
        ok = !full || (run("firms", &arcs, true, false, &how, jobs_full) && ok);
        bench_release(&arcs);
    }
    if (projection) {
        bench_arcs arcs = {0};
        if (!bench_projection(&arcs, projection)) {
            fprintf(stderr, "bench: cannot read %s\n", projection);
            return 1;
        }
        ok = run("partners", &arcs, false, false, &how, jobs_projection) && ok;
        ok = !full || (run("partners", &arcs, false, false, &how, jobs_full) && ok);
        bench_release(&arcs);
    }
    return ok ? 0 : 1;
}
