/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random shortest paths. Without lengths by two breadth-first searches, from both ends, of which always the one with fewer
 * arcs ahead goes on by a level (balanced bidirectional search; Borassi & Natale 2016, KADABRA): on networks with a few
 * large hubs this looks at about √E arcs. All arcs on which the searches meet are found within one level; one of them is
 * drawn in proportion to the paths through it, and from both its ends the path is drawn backwards.
 * With lengths by Dijkstra's search up to the target.
 * Invariant: before contact no vertex is reached by both searches, and every level but the last is looked through.
 */
#include "kernel_random_path.h"

#include "kernel_run.h"
#include "memory.h"

static bool half_init(cn__half_search *h, const cn__rows *rows, bool backward) {
    *h = (cn__half_search){.start = backward ? rows->in_start : rows->out_start,
                           .to = backward ? rows->in_from : rows->out_to,
                           .back_start = backward ? rows->out_start : rows->in_start,
                           .back = backward ? rows->out_to : rows->in_from,
                           .level = cn__calloc(rows->n, sizeof *h->level),
                           .paths = cn__alloc(rows->n, sizeof *h->paths),
                           .queue = cn__alloc(rows->n, sizeof *h->queue)};
    return h->level && h->paths && h->queue;
}

bool cn__path_finder_init(cn__path_finder *finder, const cn__rows *rows, const double *out_length,
                          const double *in_length) {
    *finder = (cn__path_finder){.rows = rows, .out_length = out_length, .in_length = in_length};
    finder->path = cn__alloc(rows->n, sizeof *finder->path);
    if (!out_length) {
        bool forward = half_init(&finder->half[0], rows, false);
        return half_init(&finder->half[1], rows, true) && forward && finder->path;
    }
    finder->paths = cn__alloc(rows->n, sizeof *finder->paths);
    finder->needed = cn__calloc(rows->n, sizeof *finder->needed);
    return cn__dijkstra_init(&finder->dijkstra, rows->n) && finder->path && finder->paths && finder->needed;
}

void cn__path_finder_release(cn__path_finder *finder) {
    for (int side = 0; side < 2; side++) {
        cn__free(finder->half[side].level);
        cn__free(finder->half[side].paths);
        cn__free(finder->half[side].queue);
    }
    cn__dijkstra_release(&finder->dijkstra);
    cn__free(finder->paths);
    cn__free(finder->needed);
    cn__free(finder->path);
}

/* ---- two searches ---- */

static void half_begin(cn__half_search *h, uint32_t root) {
    h->level[root] = 1;
    h->paths[root] = 1;
    h->queue[0] = root;
    h->first = 0;
    h->count = 1;
    h->arcs = h->start[root + 1] - h->start[root];
}

static void half_clear(cn__half_search *h) {
    for (uint32_t i = 0; i < h->count; i++) {
        h->level[h->queue[i]] = 0;
    }
}

/* An arc on which the searches meet. */
typedef struct contact {
    bool found;
    uint32_t near; /* reached by the search that goes on */
    uint32_t far;
    double paths; /* through all contacts so far */
} contact;

static void meet(contact *c, uint32_t near, uint32_t far, double paths, uint64_t *random) {
    c->paths += paths;
    if (!c->found || cn__random_unit(random) * c->paths < paths) {
        c->near = near;
        c->far = far;
    }
    c->found = true;
}

/* Search `h` goes on by a level; all contacts with `other`, of which one is drawn. */
static contact half_advance(cn__half_search *h, const cn__half_search *other, uint64_t *random) {
    contact c = {.found = false};
    uint32_t end = h->count;
    h->arcs = 0;
    for (uint32_t i = h->first; i < end; i++) {
        uint32_t v = h->queue[i];
        uint32_t next_level = h->level[v] + 1;
        for (uint32_t a = h->start[v]; a < h->start[v + 1]; a++) {
            uint32_t w = h->to[a];
            if (other->level[w] != 0) {
                meet(&c, v, w, h->paths[v] * other->paths[w], random);
            } else if (h->level[w] == 0) {
                h->level[w] = next_level;
                h->paths[w] = h->paths[v];
                h->queue[h->count++] = w;
                h->arcs += h->start[w + 1] - h->start[w];
            } else if (h->level[w] == next_level) {
                h->paths[w] += h->paths[v];
            }
        }
    }
    h->first = end;
    return c;
}

/* Draw the way back from v to the beginning of the search; v belongs to the path unless it is that beginning. */
static void walk_back(cn__path_finder *finder, const cn__half_search *h, uint32_t v, uint64_t *random) {
    while (h->level[v] > 1) {
        finder->path[finder->path_count++] = v;
        double rest = cn__random_unit(random) * h->paths[v];
        uint32_t before = CN_NONE;
        for (uint32_t a = h->back_start[v]; a < h->back_start[v + 1] && (before == CN_NONE || rest >= 0); a++) {
            uint32_t u = h->back[a];
            if (h->level[u] != 0 && h->level[u] + 1 == h->level[v]) {
                before = u;
                rest -= h->paths[u];
            }
        }
        v = before;
    }
}

/* Both searches go on until they meet; `side` gets the one that came to the other. half_clear afterwards. */
static contact search_both(cn__path_finder *finder, uint32_t from, uint32_t to, int *side, uint64_t *random) {
    cn__half_search *half = finder->half;
    contact c = {.found = false};
    half_begin(&half[0], from);
    half_begin(&half[1], to);
    while (!c.found && half[0].arcs > 0 && half[1].arcs > 0) {
        *side = half[0].arcs <= half[1].arcs ? 0 : 1;
        c = half_advance(&half[*side], &half[1 - *side], random);
    }
    return c;
}

static void draw_without_lengths(cn__path_finder *finder, uint32_t from, uint32_t to, uint64_t *random) {
    cn__half_search *half = finder->half;
    int side = 0;
    contact c = search_both(finder, from, to, &side, random);
    if (c.found) {
        walk_back(finder, &half[side], c.near, random);
        walk_back(finder, &half[1 - side], c.far, random);
    }
    half_clear(&half[0]);
    half_clear(&half[1]);
}

uint32_t cn__path_finder_steps(cn__path_finder *finder, uint32_t from, uint32_t to) {
    cn__half_search *half = finder->half;
    uint64_t random = 0; /* any contact will do */
    int side = 0;
    contact c = search_both(finder, from, to, &side, &random);
    uint32_t steps = c.found ? half[side].level[c.near] + half[1 - side].level[c.far] - 1 : CN_NONE;
    half_clear(&half[0]);
    half_clear(&half[1]);
    return steps;
}

/* ---- with lengths ---- */

/* Mark all vertices on shortest paths to `to`; the number of them, in finder->path for now. */
static uint32_t mark_needed(cn__path_finder *finder, uint32_t to) {
    const cn__rows *rows = finder->rows;
    uint32_t count = 0;
    finder->needed[to] = true;
    finder->path[count++] = to;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = finder->path[i];
        for (uint32_t a = rows->in_start[v]; a < rows->in_start[v + 1]; a++) {
            uint32_t u = rows->in_from[a];
            if (!finder->needed[u] && cn__is_tight(&finder->dijkstra, u, v, finder->in_length[a])) {
                finder->needed[u] = true;
                finder->path[count++] = u;
            }
        }
    }
    return count;
}

static void count_needed(cn__path_finder *finder) {
    const cn__rows *rows = finder->rows;
    const cn__dijkstra *d = &finder->dijkstra;
    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t v = d->order[i];
        if (!finder->needed[v]) {
            continue;
        }
        finder->paths[v] = i == 0;
        for (uint32_t a = rows->in_start[v]; a < rows->in_start[v + 1]; a++) {
            uint32_t u = rows->in_from[a];
            finder->paths[v] += cn__is_tight(d, u, v, finder->in_length[a]) ? finder->paths[u] : 0;
        }
    }
}

static void draw_with_lengths(cn__path_finder *finder, uint32_t from, uint32_t to, uint64_t *random) {
    const cn__rows *rows = finder->rows;
    cn__dijkstra *d = &finder->dijkstra;
    cn__dijkstra_search(d, rows->out_start, rows->out_to, finder->out_length, from, to);
    if (d->rank[to] != CN_NONE) {
        uint32_t count = mark_needed(finder, to);
        count_needed(finder);
        for (uint32_t i = 0; i < count; i++) {
            finder->needed[finder->path[i]] = false;
        }
        for (uint32_t v = to; v != from;) {
            double rest = cn__random_unit(random) * finder->paths[v];
            uint32_t before = CN_NONE;
            for (uint32_t a = rows->in_start[v]; a < rows->in_start[v + 1] && (before == CN_NONE || rest >= 0); a++) {
                if (cn__is_tight(d, rows->in_from[a], v, finder->in_length[a])) {
                    before = rows->in_from[a];
                    rest -= finder->paths[before];
                }
            }
            v = before;
            if (v != from) {
                finder->path[finder->path_count++] = v;
            }
        }
    }
    cn__dijkstra_clear(d);
}

void cn__path_finder_draw(cn__path_finder *finder, uint32_t from, uint32_t to, uint64_t *random) {
    finder->path_count = 0;
    if (finder->out_length) {
        draw_with_lengths(finder, from, to, random);
    } else {
        draw_without_lengths(finder, from, to, random);
    }
}
