/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large graphs for measuring, made from a seed: Kronecker graphs with the parameters of Graph500, and the networks of
 * `coopnet generate`; or read from a table of participations in projects.
 */
#ifndef CN_BENCH_GRAPHS_H
#define CN_BENCH_GRAPHS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "coopnet/graph.h"
#include "generate_shape.h"

typedef struct bench_arcs {
    uint32_t n;
    size_t count;
    size_t room;
    uint32_t *from;
    uint32_t *to;
    double *weight;
} bench_arcs;

static inline void *bench_need(void *block) {
    if (!block) {
        fputs("bench: no memory\n", stderr);
        exit(1);
    }
    return block;
}

static inline void bench_add(bench_arcs *arcs, uint32_t from, uint32_t to, double weight) {
    if (arcs->count == arcs->room) {
        arcs->room = arcs->room ? 2 * arcs->room : 1 << 16;
        arcs->from = bench_need(realloc(arcs->from, arcs->room * sizeof *arcs->from));
        arcs->to = bench_need(realloc(arcs->to, arcs->room * sizeof *arcs->to));
        arcs->weight = bench_need(realloc(arcs->weight, arcs->room * sizeof *arcs->weight));
    }
    arcs->from[arcs->count] = from;
    arcs->to[arcs->count] = to;
    arcs->weight[arcs->count++] = weight;
}

static inline cn_graph *bench_make(bench_arcs *arcs, bool directed, bool weighted) {
    cn_graph *graph = NULL;
    if (cn_graph_from_arcs(arcs->n, arcs->count, arcs->from, arcs->to, weighted ? arcs->weight : NULL, directed, &graph,
                           NULL) != CN_OK) {
        bench_need(NULL);
    }
    return graph;
}

static inline void bench_release(bench_arcs *arcs) {
    free(arcs->from);
    free(arcs->to);
    free(arcs->weight);
}

static inline double bench_unit(uint64_t *seed) { return (double)(check_random(seed) >> 11) * 0x1p-53; }

/* R-MAT (Chakrabarti et al. 2004) with 0.57, 0.19, 0.19, 0.05 and 16 edges a vertex, vertices shuffled. */
static inline void bench_kronecker(bench_arcs *arcs, uint32_t scale, uint64_t seed) {
    uint32_t n = 1u << scale;
    uint32_t *name = bench_need(malloc(n * sizeof *name));
    arcs->n = n;
    for (uint32_t v = 0; v < n; v++) {
        uint32_t other = check_below(&seed, v + 1);
        name[v] = name[other];
        name[other] = v;
    }
    for (size_t i = 0; i < (size_t)16 * n; i++) {
        uint32_t u = 0;
        uint32_t v = 0;
        for (uint32_t bit = 0; bit < scale; bit++) {
            double r = bench_unit(&seed);
            u = 2 * u + (r >= 0.76);
            v = 2 * v + ((r >= 0.57 && r < 0.76) || r >= 0.95);
        }
        if (u != v) {
            bench_add(arcs, name[u], name[v], 1);
        }
    }
    free(name);
}

/* The links of `coopnet generate --firms N --seed S`. */
static inline void bench_firms(bench_arcs *arcs, uint32_t n, uint64_t seed) {
    cn__growth growth;
    cn__shape_link links[16];
    if (!cn__growth_begin(&growth, n, seed)) {
        bench_need(NULL);
    }
    arcs->n = n;
    for (uint32_t firm = 0; firm < n; firm++) {
        size_t count = cn__growth_next(&growth, links);
        for (size_t i = 0; i < count; i++) {
            double value = (double)cn__growth_value(&growth);
            (void)cn__growth_random(&growth.random); /* the product's lot */
            bench_add(arcs, links[i].from, links[i].to, value);
        }
    }
    cn__growth_end(&growth);
}

/* Whoever shares a project: a table with a heading, project in column 1 and participant in column 3. False: unreadable. */
static inline bool bench_projection(bench_arcs *arcs, const char *path) {
    enum { MOST = 400, NAMES = 1 << 20 };
    static struct {
        uint64_t id;
        uint32_t number;
    } names[NAMES];
    uint32_t members[MOST];
    uint32_t count = 0;
    uint64_t last = 0;
    char line[4096];
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        return false;
    }
    while (fgets(line, sizeof line, file)) {
        char *second = strchr(line, ',');
        char *third = second ? strchr(second + 1, ',') : NULL;
        uint64_t project = strtoull(line, NULL, 10);
        uint64_t id = third ? strtoull(third + 1, NULL, 10) : 0;
        if (project == 0 || id == 0) {
            continue;
        }
        size_t at = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 44);
        while (names[at].id != 0 && names[at].id != id) {
            at = (at + 1) % NAMES;
        }
        if (names[at].id == 0) {
            names[at].id = id;
            names[at].number = arcs->n++;
        }
        count = project == last ? count : 0;
        last = project;
        for (uint32_t i = 0; i < count; i++) {
            bench_add(arcs, members[i], names[at].number, 1);
        }
        if (count < MOST) {
            members[count++] = names[at].number;
        }
    }
    fclose(file);
    return arcs->count > 0;
}

#endif
