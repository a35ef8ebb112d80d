/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The girth of a strongly connected component, by a breadth-first search against the flow from each of its vertices that
 * goes no deeper than the best cycle so far. Invariant of a search: distance[v] is the number of steps from v to the root.
 * Vertices are tried in ascending order and only a strictly shorter cycle replaces the best, so its first vertex is the least
 * one on it; from there every step goes to the least vertex that is on a shortest way back.
 * A vertex once tried is taken away, for its cycles are known, and with it all that no arc leads to any more; left[v] is the
 * number of arcs to v that are left, 0 for what is gone. So one long ring costs no more than its first search.
 * Cost O(V E) of the component at worst; the search ends at the first mutual pair.
 */
#include "cycle.h"

/* Arcs to each vertex of component c from others in it. */
static void count_arcs(const cn_graph *graph, const cn__scc *scc, uint32_t c, uint32_t *left) {
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        left[v] = 0;
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            left[v] += graph->in_from[k] != v && scc->of[graph->in_from[k]] == c;
        }
    }
}

/* Take `root` away, and whatever no arc leads to after that. */
static void take_away(const cn_graph *graph, const cn__scc *scc, uint32_t root, uint32_t *left, uint32_t *queue) {
    uint32_t count = 0;
    left[root] = 0;
    queue[count++] = root;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = queue[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            if (to != v && scc->of[to] == scc->of[root] && left[to] > 0 && --left[to] == 0) {
                queue[count++] = to;
            }
        }
    }
}

/* Distances to `root` up to `deepest`; returns the number of vertices in the queue. */
static uint32_t search_back(const cn_graph *graph, const cn__scc *scc, uint32_t root, uint32_t deepest,
                            const uint32_t *left, uint32_t *distance, uint32_t *queue) {
    uint32_t count = 0;
    queue[count++] = root;
    distance[root] = 0;
    for (uint32_t i = 0; i < count && distance[queue[i]] < deepest; i++) {
        uint32_t v = queue[i];
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t u = graph->in_from[k];
            if (scc->of[u] == scc->of[root] && left[u] > 0 && distance[u] == CN_NONE) {
                distance[u] = distance[v] + 1;
                queue[count++] = u;
            }
        }
    }
    return count;
}

/* The successor of v that is nearest to the root (the least of several), or CN_NONE. */
static uint32_t nearest_successor(const cn_graph *graph, uint32_t v, const uint32_t *distance) {
    uint32_t best = CN_NONE;
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        uint32_t u = graph->out_to[a];
        bool useful = u != v && distance[u] != CN_NONE;
        if (useful && (best == CN_NONE || distance[u] < distance[best])) {
            best = u;
        }
    }
    return best;
}

uint32_t cn__shortest_cycle(const cn_graph *graph, const cn__scc *scc, uint32_t c, uint32_t *distance, uint32_t *left,
                            uint32_t *queue, uint32_t *cycle) {
    uint32_t length = CN_NONE;
    count_arcs(graph, scc, c, left);
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1] && length > 2; i++) {
        uint32_t root = scc->vertex[i];
        if (left[root] == 0) {
            continue;
        }
        uint32_t deepest = length == CN_NONE ? CN_NONE : length - 2; /* of a cycle of length-1 */
        uint32_t count = search_back(graph, scc, root, deepest, left, distance, queue);
        uint32_t next = nearest_successor(graph, root, distance);
        if (next != CN_NONE && distance[next] + 1 < length) {
            length = distance[next] + 1;
            cycle[0] = root;
            for (uint32_t k = 1; k < length; k++) {
                cycle[k] = next;
                next = nearest_successor(graph, next, distance);
            }
        }
        for (uint32_t k = 0; k < count; k++) {
            distance[queue[k]] = CN_NONE;
        }
        take_away(graph, scc, root, left, queue);
    }
    return length;
}
