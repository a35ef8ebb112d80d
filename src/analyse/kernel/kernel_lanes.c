/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness without lengths: Brandes (2001) for several sources at once, one per lane of a vector, without lists of
 * predecessors. Path counts of a vertex in all lanes fill one cache line, so that one visit to an arc serves every lane
 * in which the arc lies on a shortest path (after Then et al. 2015 for the search; Buluç & Gilbert 2011 for batches).
 *
 * Forward: entries (vertex, lanes that reach it in this level), level by level, by push (arcs of the last level) or pull
 * (every vertex that a living lane has not reached), whichever has fewer arcs to look at.
 * Backward: for a vertex v at level d, δ(v) = σ(v) Σ_w c(w) over its out-neighbours w at level d+1, where
 * c(w) = (targets(w) + δ(w))/σ(w) takes the place of σ(w) once w is done. Again by pull over the arcs of level d or push
 * over those of level d+1.
 * Invariant: paths[v] is 0 in lanes that have not reached v, σ·twins forward, c·twins once the lane is done with v.
 * Cost O(V + E) vectors per level that lanes differ in; most sources agree within two or three levels.
 */
#include <string.h>

#include "error.h"
#include "kernel_brandes.h"
#include "memory.h"

enum { LANES = 8, QUADS = LANES / 4 };
typedef uint8_t lane_set;

static const double PULL_COST = 0.7; /* of an arc, where pushing one costs 1 */

typedef double quad __attribute__((vector_size(32)));
typedef int64_t quad_mask __attribute__((vector_size(32)));

/* The lanes of a set of four as masks. */
static const quad_mask masks[16] = {{0, 0, 0, 0},   {-1, 0, 0, 0},   {0, -1, 0, 0},   {-1, -1, 0, 0},
                                    {0, 0, -1, 0},  {-1, 0, -1, 0},  {0, -1, -1, 0},  {-1, -1, -1, 0},
                                    {0, 0, 0, -1},  {-1, 0, 0, -1},  {0, -1, 0, -1},  {-1, -1, 0, -1},
                                    {0, 0, -1, -1}, {-1, 0, -1, -1}, {0, -1, -1, -1}, {-1, -1, -1, -1}};

typedef struct lanes {
    quad q[QUADS];
} lanes;

typedef struct entry {
    uint32_t vertex;
    lane_set set;
} entry;

typedef struct space {
    lanes *paths;
    lanes *sums;    /* of a backward push */
    lane_set *seen; /* lanes that have reached the vertex in finished levels */
    lane_set *at;   /* lanes that have it in the level looked at */
    entry *entries;
    uint32_t *level; /* where each level begins in entries; n+2 */
    void *blocks[2];
} space;

typedef struct batch {
    const cn__core *core;
    const uint32_t *source; /* by lane */
    uint32_t lane_count;
    double weight[LANES]; /* sources of the lane */
    uint32_t *level;
    size_t unseen_arcs; /* in-arcs of vertices that some lane has not reached */
    double *values;
    double *arrived;
} batch;

CN__INLINE void add_masked(quad *to, const quad *what, lane_set set) {
    for (int i = 0; i < QUADS; i++) {
        to[i] += (quad)((quad_mask)what[i] & masks[set >> 4 * i & 15]);
    }
}

/* ---- forward ---- */

CN__INLINE entry *level_begin(const space *s, uint32_t d) { return s->entries + s->level[d]; }
CN__INLINE uint32_t level_size(const space *s, uint32_t d) { return s->level[d + 1] - s->level[d]; }

CN__INLINE double twins_of(const cn__core *core, uint32_t v) { return core->twins ? core->twins[v] : 1; }

/* v is now known by all lanes in `seen`: when that is every lane, its in-arcs need no further look. */
CN__INLINE void mark_seen(const batch *b, space *s, uint32_t v, lane_set set, lane_set all, size_t *unseen_arcs) {
    s->seen[v] |= set;
    if (s->seen[v] == all) {
        *unseen_arcs -= b->core->in_start[v + 1] - b->core->in_start[v];
    }
}

/* Twins make as many paths. */
CN__INLINE void times_twins(const cn__core *core, space *s, uint32_t v, lane_set set) {
    if (core->twins && core->twins[v] > 1) {
        for (int k = 0; k < LANES; k++) {
            s->paths[v].q[k / 4][k % 4] *= set >> k & 1 ? core->twins[v] : 1;
        }
    }
}

/* Entries of level d+1 from the out-arcs of level d; their number. */
CN__INLINE uint32_t push_level(const batch *b, space *s, uint32_t d) {
    const cn__core *core = b->core;
    entry *next = level_begin(s, d + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        entry e = level_begin(s, d)[i];
        const lanes own = s->paths[e.vertex];
        for (uint32_t a = core->out_start[e.vertex]; a < core->out_start[e.vertex + 1]; a++) {
            uint32_t w = core->out_to[a];
            lane_set set = e.set & (lane_set)~s->seen[w];
            if (set == 0) {
                continue;
            }
            if (s->at[w] == 0) {
                next[count++].vertex = w;
                if (s->seen[w] == 0) {
                    s->paths[w] = (lanes){{{0}}};
                }
            }
            s->at[w] |= set;
            add_masked(s->paths[w].q, own.q, set);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        next[i].set = s->at[next[i].vertex];
        s->at[next[i].vertex] = 0;
    }
    return count;
}

CN__INLINE uint32_t pull_level(const batch *b, space *s, uint32_t d, lane_set alive) {
    const cn__core *core = b->core;
    entry *next = level_begin(s, d + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        s->at[level_begin(s, d)[i].vertex] = level_begin(s, d)[i].set;
    }
    for (uint32_t v = 0; v < core->n; v++) {
        lane_set lacking = alive & (lane_set)~s->seen[v];
        if (lacking == 0) {
            continue;
        }
        lanes sum = {{{0}}};
        lane_set found = 0;
        for (uint32_t a = core->in_start[v]; a < core->in_start[v + 1]; a++) {
            uint32_t u = core->in_from[a];
            lane_set set = s->at[u] & lacking;
            if (set != 0) {
                found |= set;
                add_masked(sum.q, s->paths[u].q, set);
            }
        }
        if (found != 0) {
            if (s->seen[v] == 0) {
                s->paths[v] = sum;
            } else {
                add_masked(s->paths[v].q, sum.q, found);
            }
            next[count++] = (entry){v, found};
        }
    }
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        s->at[level_begin(s, d)[i].vertex] = 0;
    }
    return count;
}

/* All levels; the number of the last one. */
CN__INLINE uint32_t forward(const batch *b, space *s) {
    const cn__core *core = b->core;
    lane_set all = (lane_set)((1u << b->lane_count) - 1);
    size_t unseen_arcs = core->in_start[core->n];
    s->level[0] = 0;
    for (uint32_t k = 0; k < b->lane_count; k++) {
        uint32_t v = b->source[k];
        s->entries[k] = (entry){v, (lane_set)(1u << k)};
        s->paths[v] = (lanes){{{0}}};
        s->paths[v].q[k / 4][k % 4] = 1;
        mark_seen(b, s, v, (lane_set)(1u << k), all, &unseen_arcs);
    }
    s->level[1] = b->lane_count;
    for (uint32_t d = 0;; d++) {
        size_t arcs = 0;
        lane_set alive = 0;
        for (uint32_t i = 0; i < level_size(s, d); i++) {
            entry e = level_begin(s, d)[i];
            arcs += core->out_start[e.vertex + 1] - core->out_start[e.vertex];
            alive |= e.set;
        }
        bool pulls = (double)arcs > PULL_COST * (double)unseen_arcs + core->n / 4.0;
        uint32_t count = pulls ? pull_level(b, s, d, alive) : push_level(b, s, d);
        for (uint32_t i = 0; i < count; i++) {
            entry e = level_begin(s, d + 1)[i];
            mark_seen(b, s, e.vertex, e.set, all, &unseen_arcs);
            times_twins(core, s, e.vertex, e.set);
        }
        s->level[d + 2] = s->level[d + 1] + count;
        if (count == 0) {
            return d;
        }
    }
}

/* ---- backward ---- */

/* `sum` is Σ c over the out-neighbours one level on: what depends on v, and c(v) in place of σ(v). */
CN__INLINE void finish(const batch *b, space *s, entry e, const lanes *sum) {
    const cn__core *core = b->core;
    double twins = twins_of(core, e.vertex);
    double targets = core->targets[e.vertex];
    quad total = {0};
    double sources = 0;
    for (int i = 0; i < QUADS; i++) {
        quad_mask mask = masks[e.set >> 4 * i & 15];
        const double *of_four = b->weight + 4 * (size_t)i;
        quad weight = {of_four[0], of_four[1], of_four[2], of_four[3]};
        quad old = s->paths[e.vertex].q[i];
        quad paths = old / twins; /* to one of the twins */
        quad beyond = sum->q[i] * paths;
        quad share = (beyond + (targets - 1)) * weight;
        quad coefficient = (beyond + targets) / paths * twins;
        total += (quad)((quad_mask)share & mask);
        s->paths[e.vertex].q[i] = (quad)(((quad_mask)coefficient & mask) | ((quad_mask)old & ~mask));
    }
    b->values[e.vertex] += (total[0] + total[1]) + (total[2] + total[3]);
    if (b->arrived) {
        for (uint32_t k = 0; k < b->lane_count; k++) {
            sources += e.set >> k & 1 ? b->weight[k] : 0;
        }
        b->arrived[e.vertex] += sources;
    }
}

/* The source of a lane: what it reaches, and the paths that begin below it. */
CN__INLINE void finish_source(const batch *b, entry e, const lanes *sum) {
    for (uint32_t k = 0; k < b->lane_count; k++) {
        if (e.set >> k & 1) {
            double reached = sum->q[k / 4][k % 4];
            b->core->reached[e.vertex] = reached;
            b->values[e.vertex] += b->core->below[e.vertex] * reached;
        }
    }
}

CN__INLINE void mark_level(space *s, uint32_t d, bool on) {
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        entry e = level_begin(s, d)[i];
        s->at[e.vertex] = on ? e.set : 0;
    }
}

/* Σ c over the arcs of level d into level d+1, by the arcs of level d. */
CN__INLINE void pull_back(const batch *b, space *s, uint32_t d) {
    const cn__core *core = b->core;
    mark_level(s, d + 1, true);
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        entry e = level_begin(s, d)[i];
        lanes sum = {{{0}}};
        for (uint32_t a = core->out_start[e.vertex]; a < core->out_start[e.vertex + 1]; a++) {
            uint32_t w = core->out_to[a];
            lane_set set = s->at[w] & e.set;
            if (set != 0) {
                add_masked(sum.q, s->paths[w].q, set);
            }
        }
        if (d > 0) {
            finish(b, s, e, &sum);
        } else {
            finish_source(b, e, &sum);
        }
    }
    mark_level(s, d + 1, false);
}

/* The same by the in-arcs of level d+1. */
CN__INLINE void push_back(const batch *b, space *s, uint32_t d) {
    const cn__core *core = b->core;
    mark_level(s, d, true);
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        s->sums[level_begin(s, d)[i].vertex] = (lanes){{{0}}};
    }
    for (uint32_t i = 0; i < level_size(s, d + 1); i++) {
        entry e = level_begin(s, d + 1)[i];
        const lanes own = s->paths[e.vertex];
        for (uint32_t a = core->in_start[e.vertex]; a < core->in_start[e.vertex + 1]; a++) {
            uint32_t u = core->in_from[a];
            lane_set set = s->at[u] & e.set;
            if (set != 0) {
                add_masked(s->sums[u].q, own.q, set);
            }
        }
    }
    for (uint32_t i = 0; i < level_size(s, d); i++) {
        entry e = level_begin(s, d)[i];
        if (d > 0) {
            finish(b, s, e, &s->sums[e.vertex]);
        } else {
            finish_source(b, e, &s->sums[e.vertex]);
        }
    }
    mark_level(s, d, false);
}

CN__INLINE void backward(const batch *b, space *s, uint32_t last) {
    const cn__core *core = b->core;
    for (uint32_t d = last + 1; d-- > 0;) {
        size_t out_arcs = 0;
        size_t in_arcs = 0;
        for (uint32_t i = 0; i < level_size(s, d); i++) {
            uint32_t v = level_begin(s, d)[i].vertex;
            out_arcs += core->out_start[v + 1] - core->out_start[v];
        }
        for (uint32_t i = 0; i < level_size(s, d + 1); i++) {
            uint32_t v = level_begin(s, d + 1)[i].vertex;
            in_arcs += core->in_start[v + 1] - core->in_start[v];
        }
        if (PULL_COST * (double)out_arcs > (double)in_arcs + level_size(s, d)) {
            push_back(b, s, d);
        } else {
            pull_back(b, s, d);
        }
    }
}

CN__CLONES
static void accumulate(const batch *b, space *s) {
    uint32_t last = forward(b, s);
    backward(b, s, last);
    for (uint32_t i = 0; i < s->level[last + 1]; i++) {
        s->seen[s->entries[i].vertex] = 0;
    }
}

/* ---- batches ---- */

static bool init(space *s, uint32_t n) {
    s->paths = cn__alloc_line(n, sizeof *s->paths, &s->blocks[0]);
    s->sums = cn__alloc_line(n, sizeof *s->sums, &s->blocks[1]);
    s->seen = cn__calloc(n, sizeof *s->seen);
    s->at = cn__calloc(n, sizeof *s->at);
    s->entries = cn__alloc((size_t)n * LANES, sizeof *s->entries);
    s->level = cn__alloc((size_t)n + 3, sizeof *s->level);
    return s->paths && s->sums && s->seen && s->at && s->entries && s->level;
}

static void release(space *s) {
    cn__free(s->blocks[0]);
    cn__free(s->blocks[1]);
    cn__free(s->seen);
    cn__free(s->at);
    cn__free(s->entries);
    cn__free(s->level);
}

static void run_batch(cn__core *core, uint32_t number, space *s, double *values, double *arrived) {
    uint32_t first = number * LANES;
    batch b = {.core = core, .source = core->order + first};
    b.values = values;
    b.arrived = arrived;
    b.lane_count = core->order_count - first < LANES ? core->order_count - first : LANES;
    for (uint32_t k = 0; k < b.lane_count; k++) {
        b.weight[k] = core->sources[b.source[k]];
    }
    accumulate(&b, s);
}

cn_status cn__brandes_lanes(cn__core *core, const cn__kernel_watch *watch, cn_error *err) {
    uint32_t batches = core->order_count / LANES + (core->order_count % LANES > 0);
    cn_status status = CN_OK;
    cn__run run;
    cn__blocks values = {0};
    cn__blocks arrived = {0};
    cn__run_start(&run, watch, batches, batches, (uint64_t)core->order_count * (core->n + core->out_start[core->n]));
    space *spaces = cn__calloc((size_t)run.threads, sizeof *spaces);
    bool ok = spaces && cn__blocks_init(&values, core->n, batches) &&
              (!core->arrived || cn__blocks_init(&arrived, core->n, batches));
    for (int t = 0; ok && t < run.threads; t++) {
        ok = init(&spaces[t], core->n);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads)
    for (uint32_t block = 0; block < values.count; block++) {
        for (uint32_t i = block; i < batches && cn__run_goes_on(&run); i += values.count) {
            run_batch(core, i, &spaces[cn__run_thread()], cn__blocks_at(&values, block),
                      core->arrived ? cn__blocks_at(&arrived, block) : NULL);
            cn__run_step(&run, 1);
        }
    }
    memcpy(core->values, cn__blocks_sum(&values, run.threads), core->n * sizeof *core->values);
    if (core->arrived) {
        memcpy(core->arrived, cn__blocks_sum(&arrived, run.threads), core->n * sizeof *core->arrived);
    }
    status = cn__run_end(&run, err);
done:
    for (int t = 0; spaces && t < run.threads; t++) {
        release(&spaces[t]);
    }
    cn__free(spaces);
    cn__blocks_release(&values);
    cn__blocks_release(&arrived);
    return status;
}
