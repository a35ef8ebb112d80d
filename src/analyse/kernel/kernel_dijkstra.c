/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dijkstra's algorithm (1959) with a heap of four children a node, whose keys lie in it and can be lowered in place.
 * Invariant: rank[v] is set once v is settled, in ascending order of distance; place[v] is where v waits in the heap. A
 * vertex of equal distance that is found later is settled later, so that arcs of negligible length still point onwards.
 * Cost O(E log V); clearing only touches what was reached.
 */
#include "kernel_dijkstra.h"

#include <math.h>

#include "memory.h"

enum { CHILDREN = 4 };

bool cn__dijkstra_init(cn__dijkstra *d, uint32_t n) {
    *d = (cn__dijkstra){.distance = cn__alloc(n, sizeof *d->distance),
                        .rank = cn__alloc(n, sizeof *d->rank),
                        .order = cn__alloc(n, sizeof *d->order),
                        .heap = cn__alloc((size_t)n + 1, sizeof *d->heap),
                        .place = cn__calloc(n, sizeof *d->place)};
    if (!d->distance || !d->rank || !d->order || !d->heap || !d->place) {
        return false;
    }
    for (uint32_t v = 0; v < n; v++) {
        d->distance[v] = INFINITY;
        d->rank[v] = CN_NONE;
    }
    return true;
}

void cn__dijkstra_release(cn__dijkstra *d) {
    cn__free(d->distance);
    cn__free(d->rank);
    cn__free(d->order);
    cn__free(d->heap);
    cn__free(d->place);
}

static void put(cn__dijkstra *d, uint32_t at, cn__heap_item item) {
    d->heap[at] = item;
    d->place[item.vertex] = at;
}

/* The node of a heap from 1: its children are 4i-2 … 4i+1. */
static void rise(cn__dijkstra *d, uint32_t at, cn__heap_item item) {
    while (at > 1) {
        uint32_t parent = (at + CHILDREN - 2) / CHILDREN;
        if (d->heap[parent].key <= item.key) {
            break;
        }
        put(d, at, d->heap[parent]);
        at = parent;
    }
    put(d, at, item);
}

static void sink(cn__dijkstra *d, cn__heap_item item) {
    size_t at = 1;
    for (;;) {
        size_t child = CHILDREN * at - 2;
        if (child > d->heap_count) {
            break;
        }
        size_t end = child + CHILDREN <= d->heap_count + (size_t)1 ? child + CHILDREN : d->heap_count + (size_t)1;
        size_t least = child;
        for (size_t c = child + 1; c < end; c++) {
            least = d->heap[c].key < d->heap[least].key ? c : least;
        }
        if (d->heap[least].key >= item.key) {
            break;
        }
        put(d, (uint32_t)at, d->heap[least]);
        at = least;
    }
    put(d, (uint32_t)at, item);
}

static uint32_t take_nearest(cn__dijkstra *d) {
    uint32_t nearest = d->heap[1].vertex;
    cn__heap_item last = d->heap[d->heap_count--];
    d->place[nearest] = 0;
    if (d->heap_count > 0) {
        sink(d, last);
    }
    return nearest;
}

static void offer(cn__dijkstra *d, uint32_t v, double distance) {
    if (distance < d->distance[v] && d->rank[v] == CN_NONE) {
        d->distance[v] = distance;
        rise(d, d->place[v] ? d->place[v] : ++d->heap_count, (cn__heap_item){distance, v});
    }
}

void cn__dijkstra_search(cn__dijkstra *d, const uint32_t *start, const uint32_t *to, const double *length,
                         uint32_t source, uint32_t target) {
    offer(d, source, 0);
    while (d->heap_count > 0) {
        if (target != CN_NONE && d->rank[target] != CN_NONE && d->heap[1].key > d->distance[target]) {
            return;
        }
        uint32_t v = take_nearest(d);
        d->rank[v] = d->count;
        d->order[d->count++] = v;
        for (uint32_t a = start[v]; a < start[v + 1]; a++) {
            offer(d, to[a], d->distance[v] + length[a]);
        }
    }
}

void cn__dijkstra_clear(cn__dijkstra *d) {
    for (uint32_t i = 0; i < d->count; i++) {
        d->distance[d->order[i]] = INFINITY;
        d->rank[d->order[i]] = CN_NONE;
    }
    for (uint32_t i = 1; i <= d->heap_count; i++) {
        d->distance[d->heap[i].vertex] = INFINITY;
        d->place[d->heap[i].vertex] = 0;
    }
    d->count = 0;
    d->heap_count = 0;
}

double *cn__lengths_of(const double *weights, uint32_t count) {
    double *lengths = cn__alloc(count, sizeof *lengths);
    for (uint32_t i = 0; lengths && i < count; i++) {
        lengths[i] = 1 / weights[i];
    }
    return lengths;
}
