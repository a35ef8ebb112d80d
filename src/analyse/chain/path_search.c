/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rank of a whole chain is (steps, bottleneck) or (bottleneck, steps), and its bottleneck is the lesser of the one
 * before the start and the one after: beyond `root_width` more width is worth nothing. Hence
 *   CN_PATH_STEPS: fewest steps by breadth-first search; among those ways the widest W; then all ways of so few steps whose
 *                  arcs weigh at least B = min(root_width, W) are equal;
 *   CN_PATH_VALUE: widest bottleneck W by a search from the target that always goes on from the widest vertex (Pollack 1960); then
 *                  fewest steps over arcs of at least B = min(root_width, W), all of which are equal.
 * Fewest steps are found from both ends at once, always a whole level from the end whose next one is cheaper: where two levels meet
 * are the middles of all shortest ways, and from there the other vertices on them are picked out ("the way"). In a network where
 * everything is a few steps apart that spares nearly all of it. Of equal ways the least sequence of vertices is walked greedily:
 * the least successor from which the rest can still be done. Simple: steps go down along the walk.
 * Invariant: steps[v] is right wherever it is set, and set for all vertices on the way but the start.
 * Cost O(V + E) at worst, with CN_PATH_VALUE O(V + E log E).
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
    search->ahead = cn__alloc(graph->n, sizeof *search->ahead);
    search->front = cn__alloc(graph->n, sizeof *search->front);
    search->way = cn__alloc(graph->n, sizeof *search->way);
    return search->blocked && search->banned_first && search->steps && search->width && search->queue &&
           search->ahead && search->front && search->way;
}

void cn__path_search_release(cn__path_search *search) {
    cn__free(search->blocked);
    cn__free(search->banned_first);
    cn__free(search->steps);
    cn__free(search->width);
    cn__free(search->queue);
    cn__free(search->ahead);
    cn__free(search->front);
    cn__free(search->way);
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

/* The search from both ends: `levels` whole levels from either, the vertices of the last one from `begin` on in its queue. */
typedef struct side {
    uint32_t *queue;
    uint32_t *distance; /* n */
    uint32_t begin, end;
    uint32_t levels;
} side;

static bool wide_enough(const cn__path_search *s, uint32_t arc, double least) {
    return least <= 0 || arc_width(s, arc) >= least;
}

/* Arcs that the next level would look at. */
static uint64_t next_cost(const side *at, const uint32_t *start) {
    uint64_t cost = 0;
    for (uint32_t i = at->begin; i < at->end; i++) {
        cost += start[at->queue[i] + 1] - start[at->queue[i]];
    }
    return cost;
}

/* Takes in a vertex that is reached for the first time. */
static void reach(side *at, uint32_t v) {
    if (at->distance[v] == CN_NONE) {
        at->distance[v] = at->levels + 1;
        at->queue[at->end++] = v;
    }
}

static void end_level(side *at, uint32_t end) {
    at->begin = end;
    at->levels++;
}

/* One more level from the start. True: it meets the other side. */
static bool go_ahead(const cn__path_search *s, uint32_t start, double least, side *ahead, const side *back) {
    const cn_graph *graph = s->graph;
    uint32_t end = ahead->end;
    bool met = false;
    for (uint32_t i = ahead->begin; i < end; i++) {
        uint32_t v = ahead->queue[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t w = graph->out_to[a];
            if (!s->blocked[w] && !(v == start && s->banned_first[w]) && wide_enough(s, a, least)) {
                met = met || back->distance[w] != CN_NONE;
                reach(ahead, w);
            }
        }
    }
    end_level(ahead, end);
    return met;
}

/* One more level from the target. */
static bool go_back(const cn__path_search *s, uint32_t start, double least, const side *ahead, side *back) {
    const cn_graph *graph = s->graph;
    uint32_t end = back->end;
    bool met = false;
    for (uint32_t i = back->begin; i < end; i++) {
        uint32_t v = back->queue[i];
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            bool first = u == start && !s->banned_first[v]; /* the start is blocked */
            if ((first || !s->blocked[u]) && wide_enough(s, graph->in_arc[k], least)) {
                met = met || ahead->distance[u] != CN_NONE;
                if (!first) {
                    reach(back, u);
                }
            }
        }
    }
    end_level(back, end);
    return met;
}

/* The vertices of the way from where the sides met to the target: those of level j stand before those of level j-1. */
static uint32_t pick_back(const cn__path_search *s, uint32_t start, double least, const side *ahead, const side *back) {
    const cn_graph *graph = s->graph;
    uint32_t count = 0;
    uint32_t all = ahead->levels + back->levels;
    if (ahead->levels == 0) { /* the target's side came to the start itself */
        for (uint32_t a = graph->out_start[start]; a < graph->out_start[start + 1]; a++) {
            uint32_t w = graph->out_to[a];
            if (s->steps[w] == all - 1 && !s->banned_first[w] && wide_enough(s, a, least)) {
                s->ahead[w] = 1;
                s->way[count++] = w;
            }
        }
    }
    for (uint32_t i = ahead->begin; i < ahead->end && ahead->levels > 0; i++) {
        if (s->steps[ahead->queue[i]] != CN_NONE) {
            s->way[count++] = ahead->queue[i];
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = s->way[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1] && v != s->target; a++) {
            uint32_t w = graph->out_to[a];
            if (s->steps[w] == s->steps[v] - 1 && s->ahead[w] == CN_NONE && wide_enough(s, a, least)) {
                s->ahead[w] = all - s->steps[w];
                s->way[count++] = w;
            }
        }
    }
    return count;
}

/* The vertices of the way before those where the sides met, which have `meeting` steps; the `count` others stand by rising steps. */
static uint32_t pick_ahead(const cn__path_search *s, double least, uint32_t meeting, uint32_t count) {
    const cn_graph *graph = s->graph;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = s->way[i];
        if (s->steps[v] < meeting || s->ahead[v] <= 1) {
            continue; /* nothing new comes before it, or only the start */
        }
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            if (s->ahead[u] == s->ahead[v] - 1 && s->steps[u] == CN_NONE && wide_enough(s, graph->in_arc[k], least)) {
                s->steps[u] = s->steps[v] + 1;
                s->way[count++] = u;
            }
        }
    }
    return count;
}

static void turn(uint32_t *list, uint32_t count) {
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t other = list[count - 1 - i];
        list[count - 1 - i] = list[i];
        list[i] = other;
    }
}

/*
 * Fewest steps from the start over arcs of at least `least`, CN_NONE if there is no way. The vertices on ways of so few steps then stand
 * in way, the start left out, by their steps, *count in number.
 */
static uint32_t find_steps(cn__path_search *s, uint32_t start, double least, uint32_t *count) {
    const cn_graph *graph = s->graph;
    side ahead = {.queue = s->front, .distance = s->ahead, .end = 1};
    side back = {.queue = s->queue, .distance = s->steps, .end = 1};
    memset(s->steps, 0xff, graph->n * sizeof *s->steps); /* CN_NONE */
    memset(s->ahead, 0xff, graph->n * sizeof *s->ahead);
    s->front[0] = start;
    s->ahead[start] = 0;
    s->queue[0] = s->target;
    s->steps[s->target] = 0;
    for (bool met = false; !met;) {
        if (ahead.begin == ahead.end || back.begin == back.end) {
            return CN_NONE;
        }
        met = next_cost(&ahead, graph->out_start) <= next_cost(&back, graph->in_start)
                  ? go_ahead(s, start, least, &ahead, &back)
                  : go_back(s, start, least, &ahead, &back);
    }
    *count = pick_back(s, start, least, &ahead, &back);
    turn(s->way, *count);
    *count = pick_ahead(s, least, back.levels, *count);
    return ahead.levels + back.levels;
}

/* width[v]: the widest bottleneck among the ways of fewest steps, for the `count` vertices of the way. */
static void widen_shortest(cn__path_search *s, uint32_t count) {
    const cn_graph *graph = s->graph;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = s->way[i];
        s->width[v] = v == s->target ? (double)INFINITY : -1.0;
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1] && v != s->target; a++) {
            uint32_t w = graph->out_to[a];
            if (s->steps[w] != CN_NONE && s->steps[w] + 1 == s->steps[v]) {
                s->width[v] = fmax(s->width[v], fmin(s->width[w], arc_width(s, a)));
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
    uint32_t on_way = 0;
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
    uint32_t steps = find_steps(search, start, least, &on_way);
    if (steps == CN_NONE) {
        return true;
    }
    if (!by_value) {
        widen_shortest(search, on_way);
        least = fmin(root_width, width_from_start(search, start, steps));
    }
    walk(search, start, steps, least, !by_value, vertices, arcs);
    *count = steps;
    return true;
}
