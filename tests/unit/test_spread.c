/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts of known graphs: neighbours near, strangers far, nothing on top of each other, the same bytes for any number of threads. */
#include "check.h"
#include "memory.h"
#include "spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

typedef struct plane {
    cn_graph *graph;
    float *x, *y;
} plane;

static plane lay(uint32_t n, size_t arcs, const uint32_t *from, const uint32_t *to) {
    plane p = {NULL, calloc(n + 1, sizeof(float)), calloc(n + 1, sizeof(float))};
    CHECK(p.x && p.y);
    CHECK_INT(cn_graph_from_arcs(n, arcs, from, to, NULL, true, &p.graph, NULL), CN_OK);
    CHECK_INT(cn__spread(p.graph, p.x, p.y, NULL), CN_OK);
    return p;
}

static void drop(plane *p) {
    cn_graph_free(p->graph);
    free(p->x);
    free(p->y);
}

static double distance(const plane *p, uint32_t a, uint32_t b) {
    return hypot((double)p->x[a] - (double)p->x[b], (double)p->y[a] - (double)p->y[b]);
}

enum { SIDE = 12, GRID = SIDE * SIDE };

static size_t grid(uint32_t *from, uint32_t *to) {
    size_t count = 0;
    for (uint32_t i = 0; i < SIDE; i++) {
        for (uint32_t k = 0; k < SIDE; k++) {
            if (k + 1 < SIDE) {
                from[count] = i * SIDE + k;
                to[count++] = i * SIDE + k + 1;
            }
            if (i + 1 < SIDE) {
                from[count] = i * SIDE + k;
                to[count++] = i * SIDE + SIDE + k;
            }
        }
    }
    return count;
}

static void unfolds_a_grid(void) {
    uint32_t from[2 * GRID];
    uint32_t to[2 * GRID];
    plane p = lay(GRID, grid(from, to), from, to);
    double corners = fmin(distance(&p, 0, GRID - 1), distance(&p, SIDE - 1, GRID - SIDE));
    double longest = 0;
    double nearest = INFINITY;
    for (uint32_t v = 0; v < GRID; v++) {
        for (uint32_t w = 0; w < v; w++) {
            nearest = fmin(nearest, distance(&p, v, w));
        }
        for (uint32_t k = p.graph->out_start[v]; k < p.graph->out_start[v + 1]; k++) {
            longest = fmax(longest, distance(&p, v, p.graph->out_to[k]));
        }
    }
    CHECK(corners > 5 * longest); /* a crumpled one would bring opposite corners together */
    CHECK(nearest > longest / 6);
    drop(&p);
}

static void keeps_components_apart(void) {
    /* two triangles, a pair, two single vertices */
    const uint32_t from[] = {0, 1, 2, 3, 4, 5, 6};
    const uint32_t to[] = {1, 2, 0, 4, 5, 3, 7};
    plane p = lay(10, 7, from, to);
    const uint32_t part[] = {0, 0, 0, 1, 1, 1, 2, 2, 3, 4};
    for (uint32_t v = 0; v < 10; v++) {
        CHECK(isfinite(p.x[v]) && isfinite(p.y[v]) && p.x[v] >= 0 && p.y[v] >= 0);
        for (uint32_t w = 0; w < v; w++) {
            CHECK(part[v] == part[w] || distance(&p, v, w) > 1);
            CHECK(distance(&p, v, w) > 0.05);
        }
    }
    drop(&p);
}

static void takes_what_is_odd(void) {
    const uint32_t loop[] = {0, 0, 0};
    plane p = lay(1, 1, loop, loop);
    CHECK_NEAR((double)p.x[0], 0, 0);
    drop(&p);
    p = lay(0, 0, NULL, NULL);
    drop(&p);
    uint32_t hub[400];
    uint32_t leaves[400];
    for (uint32_t i = 0; i < 400; i++) {
        hub[i] = 0;
        leaves[i] = i + 1;
    }
    p = lay(401, 400, hub, leaves);
    for (uint32_t v = 1; v <= 400; v++) {
        CHECK(distance(&p, 0, v) > 0 && isfinite(distance(&p, 0, v)));
    }
    drop(&p);
}

static void same_for_any_threads(void) {
    enum { N = 3000, M = 9000 };
    uint32_t *from = malloc(M * sizeof *from);
    uint32_t *to = malloc(M * sizeof *to);
    uint64_t seed = 5;
    CHECK(from && to);
    for (size_t i = 0; i < M; i++) {
        from[i] = check_below(&seed, N);
        to[i] = check_below(&seed, N);
    }
#ifdef _OPENMP
    omp_set_num_threads(1);
#endif
    plane one = lay(N, M, from, to);
#ifdef _OPENMP
    omp_set_num_threads(3);
#endif
    plane three = lay(N, M, from, to);
    CHECK(memcmp(one.x, three.x, N * sizeof(float)) == 0);
    CHECK(memcmp(one.y, three.y, N * sizeof(float)) == 0);
    drop(&one);
    drop(&three);
    free(from);
    free(to);
}

static void survives_lack_of_memory(void) {
    uint32_t from[2 * GRID];
    uint32_t to[2 * GRID];
    float x[GRID];
    float y[GRID];
    cn_graph *graph = NULL;
    CHECK_INT(cn_graph_from_arcs(GRID, grid(from, to), from, to, NULL, true, &graph, NULL), CN_OK);
    cn_status status = CN_ERR_MEMORY;
    for (uint64_t nth = 0; nth < 200 && status == CN_ERR_MEMORY; nth++) {
        cn__alloc_fail_after(nth);
        status = cn__spread(graph, x, y, NULL);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK(status == CN_OK || status == CN_ERR_MEMORY);
    }
    CHECK_INT(status, CN_OK);
    cn_graph_free(graph);
}

int main(void) {
    return check_run((check_case[]){{"a grid unfolds", unfolds_a_grid},
                                    {"components stand apart", keeps_components_apart},
                                    {"odd graphs", takes_what_is_odd},
                                    {"the same for any number of threads", same_for_any_threads},
                                    {"lack of memory", survives_lack_of_memory},
                                    {0}});
}
