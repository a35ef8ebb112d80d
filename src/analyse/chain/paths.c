/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The k best simple chains: Yen's algorithm (1971) as Lawler (1972) put it. The set of all chains is split again and again
 * into classes "begins with these vertices and does not go on to those"; the best chain of each class waits in a heap.
 * Invariant: every chain not yet accepted is in exactly one waiting class, so no chain turns up twice, and the best
 * waiting one is the next best of all. That holds for any order of chains, given the best of a class; path_search.c
 * finds it for (steps, bottleneck, vertices) and (bottleneck, steps, vertices).
 * A class splits at each vertex from where it branched off (`branch`); what it may not go on to is read from the accepted chains
 * with the same beginning. Cost: k L searches for chains of L steps, O(k² L²) for the comparison of beginnings.
 */
#include "coopnet/chain.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "path_search.h"
#include "vertex_error.h"

/* A chain and the position from which its class was free. */
typedef struct candidate {
    cn_path path;
    uint32_t branch;
} candidate;

typedef struct yen {
    cn__path_search search;
    candidate *waiting; /* heap, best on top */
    size_t waiting_count;
    size_t waiting_cap;
    candidate *accepted;
    size_t accepted_count;
    size_t accepted_cap;
    uint32_t *tail_vertices; /* room for an answer of the search */
    uint32_t *tail_arcs;
} yen;

/* value is a number here also without weights; NaN is put in at the very end. */
static bool is_better(cn_path_rank rank, const cn_path *a, const cn_path *b) {
    bool same_value = !(a->value < b->value) && !(a->value > b->value);
    if (rank == CN_PATH_VALUE && !same_value) {
        return a->value > b->value;
    }
    if (a->steps != b->steps) {
        return a->steps < b->steps;
    }
    if (!same_value) {
        return a->value > b->value;
    }
    for (uint32_t i = 0; i < a->steps; i++) {
        if (a->vertices[i] != b->vertices[i]) {
            return a->vertices[i] < b->vertices[i];
        }
    }
    return false;
}

static void release_path(cn_path *path) {
    cn__free(path->vertices);
    cn__free(path->arcs);
    *path = (cn_path){.vertices = NULL};
}

static bool push(yen *y, const candidate *item) {
    if (!cn__grow((void **)&y->waiting, &y->waiting_cap, y->waiting_count, 1, sizeof *y->waiting)) {
        return false;
    }
    size_t i = y->waiting_count++;
    while (i > 0 && is_better(y->search.rank, &item->path, &y->waiting[(i - 1) / 2].path)) {
        y->waiting[i] = y->waiting[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    y->waiting[i] = *item;
    return true;
}

static candidate pop(yen *y) {
    candidate top = y->waiting[0];
    candidate last = y->waiting[--y->waiting_count];
    size_t i = 0;
    for (size_t child = 1; child < y->waiting_count; child = 2 * i + 1) {
        bool right = child + 1 < y->waiting_count &&
                     is_better(y->search.rank, &y->waiting[child + 1].path, &y->waiting[child].path);
        child += right;
        if (!is_better(y->search.rank, &y->waiting[child].path, &last.path)) {
            break;
        }
        y->waiting[i] = y->waiting[child];
        i = child;
    }
    y->waiting[i] = last;
    return top;
}

/* The chain of the first `branch` steps of `base` and the search's answer. */
static bool join(const yen *y, const cn_path *base, uint32_t branch, uint32_t start, uint32_t tail, candidate *out) {
    const cn_graph *graph = y->search.graph;
    uint32_t steps = branch + tail;
    *out = (candidate){.path = {.steps = steps}, .branch = branch};
    out->path.vertices = cn__alloc((size_t)steps + 1, sizeof(uint32_t));
    out->path.arcs = cn__alloc(steps, sizeof(uint32_t));
    if (!out->path.vertices || !out->path.arcs) {
        release_path(&out->path);
        return false;
    }
    if (branch > 0) {
        memcpy(out->path.vertices, base->vertices, branch * sizeof(uint32_t));
        memcpy(out->path.arcs, base->arcs, branch * sizeof(uint32_t));
    }
    out->path.vertices[branch] = start;
    memcpy(out->path.vertices + branch + 1, y->tail_vertices, tail * sizeof(uint32_t));
    memcpy(out->path.arcs + branch, y->tail_arcs, tail * sizeof(uint32_t));
    out->path.value = INFINITY;
    for (uint32_t i = 0; i < steps; i++) {
        out->path.value = fmin(out->path.value, graph->weight ? graph->weight[out->path.arcs[i]] : 1);
    }
    return true;
}

/* Search the class that begins with the first `branch` steps of `base` and is then free but for the banned vertices. */
static bool search_class(yen *y, const cn_path *base, uint32_t branch, uint32_t start, double root_width) {
    uint32_t tail = 0;
    candidate found;
    if (!cn__path_search_run(&y->search, start, root_width, y->tail_vertices, y->tail_arcs, &tail)) {
        return false;
    }
    if (tail == 0) {
        return true;
    }
    if (!join(y, base, branch, start, tail, &found)) {
        return false;
    }
    if (!push(y, &found)) {
        release_path(&found.path);
        return false;
    }
    return true;
}

/* Set or clear the bans at position `branch` that the accepted chains with the beginning of `path` put up. */
static void ban_accepted(yen *y, const cn_path *path, uint32_t branch, bool ban) {
    for (size_t i = 0; i < y->accepted_count; i++) {
        const cn_path *other = &y->accepted[i].path;
        size_t bytes = ((size_t)branch + 1) * sizeof(uint32_t);
        if (other->steps > branch && memcmp(other->vertices, path->vertices, bytes) == 0) {
            y->search.banned_first[other->vertices[branch + 1]] = ban;
        }
    }
}

/* Split the class of the chain just accepted into those of its branches. */
static bool split(yen *y) {
    const candidate *last = &y->accepted[y->accepted_count - 1];
    const cn_graph *graph = y->search.graph;
    const cn_path *path = &last->path;
    bool ok = true;
    double width = INFINITY;
    for (uint32_t i = 0; i < path->steps; i++) {
        y->search.blocked[path->vertices[i]] = true;
        if (i >= last->branch && ok) {
            ban_accepted(y, path, i, true);
            ok = search_class(y, path, i, path->vertices[i], width);
            ban_accepted(y, path, i, false);
        }
        width = fmin(width, graph->weight ? graph->weight[path->arcs[i]] : 1);
    }
    for (uint32_t i = 0; i < path->steps; i++) {
        y->search.blocked[path->vertices[i]] = false;
    }
    return ok;
}

static bool run(yen *y, uint32_t from, uint32_t k) {
    y->search.blocked[from] = true;
    bool ok = search_class(y, NULL, 0, from, INFINITY);
    y->search.blocked[from] = false;
    while (ok && y->waiting_count > 0 && y->accepted_count < k) {
        if (!cn__grow((void **)&y->accepted, &y->accepted_cap, y->accepted_count, 1, sizeof *y->accepted)) {
            return false;
        }
        y->accepted[y->accepted_count++] = pop(y);
        ok = y->accepted_count == k || split(y);
    }
    return ok;
}

static bool hand_over(yen *y, cn_paths *out) {
    out->paths = cn__alloc(y->accepted_count, sizeof *out->paths);
    if (!out->paths) {
        return false;
    }
    for (size_t i = 0; i < y->accepted_count; i++) {
        out->paths[i] = y->accepted[i].path;
        if (!y->search.graph->weight) {
            out->paths[i].value = NAN;
        }
    }
    out->count = y->accepted_count;
    y->accepted_count = 0; /* the paths are the caller's now */
    return true;
}

static void release(yen *y) {
    for (size_t i = 0; i < y->waiting_count; i++) {
        release_path(&y->waiting[i].path);
    }
    for (size_t i = 0; i < y->accepted_count; i++) {
        release_path(&y->accepted[i].path);
    }
    cn__free(y->waiting);
    cn__free(y->accepted);
    cn__free(y->tail_vertices);
    cn__free(y->tail_arcs);
    cn__path_search_release(&y->search);
}

cn_status cn_paths_compute(const cn_graph *graph, uint32_t from, uint32_t to, uint32_t k, cn_path_rank rank,
                           cn_paths *out, cn_error *err) {
    *out = (cn_paths){.paths = NULL};
    if (from >= graph->n || to >= graph->n) {
        return cn__fail_vertex(from >= graph->n ? from : to, err);
    }
    if (from == to) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, PATH_SAME_ENDS);
    }
    if (k == 0) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, PATH_COUNT_ZERO);
    }
    yen y = {.waiting = NULL};
    bool ok = cn__path_search_init(&y.search, graph, to, rank);
    y.tail_vertices = cn__alloc(graph->n, sizeof *y.tail_vertices);
    y.tail_arcs = cn__alloc(graph->n, sizeof *y.tail_arcs);
    ok = ok && y.tail_vertices && y.tail_arcs && run(&y, from, k) && hand_over(&y, out);
    release(&y);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn_paths_release(cn_paths *paths) {
    if (paths) {
        for (size_t i = 0; i < paths->count; i++) {
            release_path(&paths->paths[i]);
        }
        cn__free(paths->paths);
        *paths = (cn_paths){.paths = NULL};
    }
}
