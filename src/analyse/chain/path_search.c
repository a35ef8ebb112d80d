/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searches run backward from the target over the vertices that are not blocked, until they meet an allowed arc of the
 * start (which is itself blocked). So every vertex near enough knows the best that is to be had from it on.
 *
 * The rank of a whole chain is (steps, bottleneck) or (bottleneck, steps), and its bottleneck is the lesser of the one
 * before the start and the one after: beyond `root_width` more width is worth nothing. Hence
 *   CN_PATH_STEPS: fewest steps by breadth-first search; among those ways the widest W; then all ways of so few steps whose
 *                  arcs weigh at least B = min(root_width, W) are equal;
 *   CN_PATH_VALUE: widest bottleneck W by a search that always goes on from the widest vertex (Pollack 1960); then fewest
 *                  steps over arcs of at least B = min(root_width, W), all of which are equal.
 * Of equal ways the least sequence of vertices is walked greedily: the least successor from which the rest can still be
 * done. Simple: steps go down along the walk. Cost O(V + E), with CN_PATH_VALUE O(V + E log E).
 */
#include "path_search.h"

#include <math.h>
#include <string.h>

#include "memory.h"

/* Without weights all arcs are equally wide. */
static double arc_width(const cn__path_search *s, uint32_t arc) { return s->graph->weight ? s->graph->weight[arc] : 1; }

bool cn__path_search_init(cn__path_search *search, const cn_graph *graph, uint32_t target, cn_path_rank rank) {
    *search = (cn__path_search){.graph = graph, .target = target, .rank = rank};
    search->blocked = cn__calloc(graph->n, sizeof *search->blocked);
    search->banned_first = cn__calloc(graph->n, sizeof *search->banned_first);
    search->steps = cn__alloc(graph->n, sizeof *search->steps);
    search->width = cn__alloc(graph->n, sizeof *search->width);
    search->queue = cn__alloc(graph->n, sizeof *search->queue);
    return search->blocked && search->banned_first && search->steps && search->width && search->queue;
}

void cn__path_search_release(cn__path_search *search) {
    cn__free(search->blocked);
    cn__free(search->banned_first);
    cn__free(search->steps);
    cn__free(search->width);
    cn__free(search->queue);
    cn__heap_release(&search->heap);
    *search = (cn__path_search){.graph = NULL};
}

/* ---- widest ways ---- */

/*
 * Widest bottleneck from the start, below 0 if there is no way; known to be at least `enough`, it may be less than the
 * widest. Vertices leave the heap from the widest down, so what is still in it cannot beat a width that it does not exceed.
 */
static bool find_widest(cn__path_search *s, uint32_t start, double enough, double *best) {
    const cn_graph *graph = s->graph;
    *best = -1;
    for (uint32_t v = 0; v < graph->n; v++) {
        s->width[v] = -1;
    }
    s->heap.count = 0;
    s->width[s->target] = INFINITY;
    if (!cn__heap_push(&s->heap, INFINITY, s->target)) {
        return false;
    }
    while (s->heap.count > 0 && s->heap.items[0].key > *best && *best < enough) {
        cn__heap_item item = cn__heap_pop(&s->heap);
        if (item.key < s->width[item.vertex]) {
            continue; /* an older entry of a vertex that has become wider */
        }
        for (uint32_t k = graph->in_start[item.vertex]; k < graph->in_start[item.vertex + 1]; k++) {
            uint32_t u = graph->in_from[k];
            double width = fmin(item.key, arc_width(s, graph->in_arc[k]));
            if (u == start && !s->banned_first[item.vertex]) {
                *best = fmax(*best, width);
            }
            if (!s->blocked[u] && width > s->width[u]) {
                s->width[u] = width;
                if (!cn__heap_push(&s->heap, width, u)) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* ---- fewest steps ---- */

/*
 * Fewest steps from the start over arcs of at least `least`, CN_NONE if there is no way. The search ends where the start
 * is met: by then all vertices with fewer steps stand in queue, by their steps, *reached in number.
 */
static uint32_t find_steps(cn__path_search *s, uint32_t start, double least, uint32_t *reached) {
    const cn_graph *graph = s->graph;
    uint32_t count = 0;
    memset(s->steps, 0xff, graph->n * sizeof *s->steps); /* CN_NONE */
    s->steps[s->target] = 0;
    s->queue[count++] = s->target;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = s->queue[i];
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            if (arc_width(s, graph->in_arc[k]) < least) {
                continue;
            }
            if (u == start && !s->banned_first[v]) {
                *reached = count;
                return s->steps[v] + 1;
            }
            if (!s->blocked[u] && s->steps[u] == CN_NONE) {
                s->steps[u] = s->steps[v] + 1;
                s->queue[count++] = u;
            }
        }
    }
    *reached = count;
    return CN_NONE;
}

/* width[v]: the widest bottleneck among the ways of fewest steps. `count` vertices stand in queue by steps. */
static void widen_shortest(cn__path_search *s, uint32_t count) {
    const cn_graph *graph = s->graph;
    s->width[s->target] = INFINITY;
    for (uint32_t i = 1; i < count; i++) {
        s->width[s->queue[i]] = -1;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = s->queue[i];
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            if (s->steps[u] != CN_NONE && s->steps[u] == s->steps[v] + 1) {
                s->width[u] = fmax(s->width[u], fmin(s->width[v], arc_width(s, graph->in_arc[k])));
            }
        }
    }
}

/* ---- the start, and the walk ---- */

/* Widest bottleneck from the start over ways of `steps` steps; there is one. */
static double width_from_start(const cn__path_search *s, uint32_t start, uint32_t steps) {
    const cn_graph *graph = s->graph;
    double best = -1;
    for (uint32_t a = graph->out_start[start]; a < graph->out_start[start + 1]; a++) {
        uint32_t first = graph->out_to[a];
        if (!s->banned_first[first] && s->steps[first] == steps - 1) {
            best = fmax(best, fmin(arc_width(s, a), s->width[first]));
        }
    }
    return best;
}

/* The least sequence of `count` steps over arcs of at least `least`. */
static void walk(const cn__path_search *s, uint32_t start, uint32_t count, double least, bool check_width,
                 uint32_t *vertices, uint32_t *arcs) {
    const cn_graph *graph = s->graph;
    uint32_t v = start;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = graph->out_start[v];
        for (; a < graph->out_start[v + 1]; a++) { /* ascending: the first that fits is the least */
            uint32_t to = graph->out_to[a];
            bool on_way = s->steps[to] == count - 1 - i && arc_width(s, a) >= least;
            bool wide = !check_width || (on_way && s->width[to] >= least);
            if (on_way && wide && (i > 0 || !s->banned_first[to])) {
                break;
            }
        }
        vertices[i] = v = graph->out_to[a];
        arcs[i] = a;
    }
}

bool cn__path_search_run(cn__path_search *search, uint32_t start, double root_width, uint32_t *vertices, uint32_t *arcs,
                         uint32_t *count) {
    bool by_value = search->rank == CN_PATH_VALUE;
    uint32_t reached = 0;
    double least = 0;
    *count = 0;
    if (by_value) {
        if (!find_widest(search, start, root_width, &least)) {
            return false;
        }
        least = fmin(root_width, least);
        if (least < 0) {
            return true;
        }
    }
    uint32_t steps = find_steps(search, start, least, &reached);
    if (steps == CN_NONE) {
        return true;
    }
    if (!by_value) {
        widen_shortest(search, reached);
        least = fmin(root_width, width_from_start(search, start, steps));
    }
    walk(search, start, steps, least, !by_value, vertices, arcs);
    *count = steps;
    return true;
}
