/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the time of each job grows with the network: firm networks from 10^4 links on, ten times larger at each step, and the exponent of
 * time ~ links^x fitted by least squares to the logarithms. An exponent near 1 means that a network twice as large takes twice as long.
 *
 *     bench_growth [--threads N] [--cpu-time]
 *
 * To 10^7 links. Short jobs are run again, and the fastest run counts.
 */
#include <math.h>

#include "bench_graphs.h"
#include "bench_measure.h"
#include "kernels.h"

enum { SIZES = 4, TIMES = 5 };
static const double LONG_ENOUGH = 0.5;

typedef struct sweep {
    clockid_t clock;
    cn__kernel_watch watch;
    double links[SIZES];
    int size;
} sweep;

typedef struct job {
    const char *name;
    void (*run)(const sweep *s, const cn_graph *graph, double *values);
    double seconds[SIZES];
} job;

static void must(cn_status status) {
    if (status != CN_OK) {
        fprintf(stderr, "bench: a kernel failed (%d)\n", (int)status);
        exit(1);
    }
}

static void run_pagerank(const sweep *s, const cn_graph *graph, double *values) {
    double error;
    must(cn__kernel_pagerank(graph, 0.85, 1e-10, values, &error, &s->watch, NULL));
}

static void run_sources(const sweep *s, const cn_graph *graph, double *values, uint32_t count, bool harmonic) {
    uint64_t seed = 3;
    uint32_t list[512];
    for (uint32_t i = 0; i < count; i++) {
        list[i] = (uint32_t)((uint64_t)i * graph->n / count) + check_below(&seed, graph->n / count);
    }
    must(harmonic ? cn__kernel_harmonic(graph, CN_DIR_OUT, list, count, values, &s->watch, NULL)
                  : cn__kernel_betweenness(graph, list, count, values, &s->watch, NULL));
}

static void run_harmonic(const sweep *s, const cn_graph *graph, double *values) {
    run_sources(s, graph, values, 512, true);
}

static void run_betweenness(const sweep *s, const cn_graph *graph, double *values) {
    run_sources(s, graph, values, 32, false);
}

static void run_sample(const sweep *s, const cn_graph *graph, double *values) {
    uint64_t samples;
    cn__kernel_bound bound = {.epsilon = 0.02, .delta = 0.1, .seed = 1};
    must(cn__kernel_betweenness_sample(graph, &bound, values, &samples, &s->watch, NULL));
}

static void run_coreness(const sweep *s, const cn_graph *graph, double *values) {
    (void)s;
    must(cn__kernel_coreness(graph, (uint32_t *)(void *)values, NULL));
}

static void run_strong(const sweep *s, const cn_graph *graph, double *values) {
    uint32_t count;
    (void)s;
    must(cn__kernel_strong(graph, (uint32_t *)(void *)values, &count, NULL));
}

/* The slope of log(seconds) over log(links). */
static double exponent(const sweep *s, const job *j) {
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < s->size; i++) {
        double x = log(s->links[i]);
        double y = log(j->seconds[i]);
        n += 1;
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static double best_of(const sweep *s, const job *j, const cn_graph *graph, double *values) {
    double best = INFINITY;
    double spent = 0;
    for (int i = 0; i < TIMES && spent < LONG_ENOUGH; i++) {
        double t = bench_now(s->clock);
        j->run(s, graph, values);
        t = bench_now(s->clock) - t;
        best = fmin(best, t);
        spent += t;
    }
    return best;
}

int main(int argc, char **argv) {
    job jobs[] = {{"graph made from its links", NULL, {0}},     {"PageRank to 1e-10", run_pagerank, {0}},
                  {"harmonic, 512 sources", run_harmonic, {0}}, {"betweenness, 32 sources", run_betweenness, {0}},
                  {"betweenness ±0.02", run_sample, {0}},       {"coreness", run_coreness, {0}},
                  {"strong components", run_strong, {0}}};
    enum { JOBS = sizeof jobs / sizeof *jobs };
    sweep s = {.clock = CLOCK_MONOTONIC};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
            s.watch.threads = atoi(argv[i + 1]);
        } else if (strcmp(argv[i], "--cpu-time") == 0) {
            s.clock = CLOCK_PROCESS_CPUTIME_ID;
        }
    }
    uint32_t firms = 2150; /* 4.65 links each */
    for (; s.size < SIZES; s.size++, firms *= 10) {
        bench_arcs arcs = {0};
        bench_firms(&arcs, firms, 5);
        s.links[s.size] = (double)arcs.count;
        double *values = bench_need(malloc(firms * sizeof *values));
        double t = bench_now(s.clock);
        cn_graph *graph = bench_make(&arcs, true, false);
        jobs[0].seconds[s.size] = bench_now(s.clock) - t;
        bench_release(&arcs);
        for (int i = 1; i < JOBS; i++) {
            jobs[i].seconds[s.size] = best_of(&s, &jobs[i], graph, values);
        }
        cn_graph_free(graph);
        free(values);
    }
    printf("| seconds on … links |");
    for (int k = 0; k < s.size; k++) {
        printf(" %.3g |", s.links[k]);
    }
    printf(" exponent |\n| --- |");
    for (int k = 0; k <= s.size; k++) {
        printf(" ---: |");
    }
    for (int i = 0; i < JOBS; i++) {
        printf("\n| %s |", jobs[i].name);
        for (int k = 0; k < s.size; k++) {
            printf(" %.3g |", jobs[i].seconds[k]);
        }
        printf(" %.2f |", exponent(&s, &jobs[i]));
    }
    puts("");
    return 0;
}
