/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Breadth-first searches from 512 vertices at once, one bit each (Then et al. 2015, MS-BFS), direction-optimising (Beamer
 * et al. 2012). A row of 512 bits is one cache line.
 *
 * Invariant between levels: seen[v] holds the searches that have reached v, now[v] those that reached it in the last
 * level, next is all zero. A search ends when it reaches nothing new; `alive` are the others. A level goes over the
 * arcs of the reached vertices (push), or, when that is cheaper, every vertex that lacks a living search looks at its
 * neighbours until it lacks none (pull); with the vertices of most arcs first in each row a few looks mostly do.
 *
 * What is made of it: each vertex adds (new bits)/level to its own sum (harmonic closeness); or each search counts what it
 * reaches, and how far off. 512 counters that grow by a row of bits are kept bit-sliced, as binary numbers whose i-th digits
 * are one row: adding a row is a carry that soon ends, and a level of L steps adds its counters once for each binary digit
 * of L. Cost O(levels · E) words of 512 bits for 512 searches.
 */
#include <string.h>

#include "error.h"
#include "kernel_harmonic.h"
#include "memory.h"

enum { SEARCHES = 512, WORDS = SEARCHES / 64, PARTS = 2 };
/* Pulling is taken for this many times as costly an arc as pushing. */
static const double PULL_COST = 0.4;

typedef uint64_t part __attribute__((vector_size(32)));
typedef struct line {
    part p[PARTS];
} line;

typedef struct searches {
    const uint32_t *push_start; /* rows along which a search goes on */
    const uint32_t *push_to;
    const uint32_t *pull_start; /* rows along which a vertex looks who comes */
    const uint32_t *pull_from;
    uint32_t n;
    uint32_t m;
    line *seen; /* n each */
    line *now;
    line *next;
    uint32_t *list; /* vertices of now */
    uint32_t *next_list;
    uint32_t count;
    uint32_t next_count;
    uint32_t *touched; /* everything seen, by the order in which it was */
    uint32_t touched_count;
    void *blocks[3];
} searches;

CN__INLINE bool is_zero(const line *a) {
    part any = a->p[0] | a->p[1];
    return (any[0] | any[1] | any[2] | any[3]) == 0;
}

CN__INLINE uint32_t count_bits(const line *a) {
    uint32_t count = 0;
    for (int i = 0; i < PARTS; i++) {
        for (int k = 0; k < WORDS / PARTS; k++) {
            count += (uint32_t)__builtin_popcountll(a->p[i][k]);
        }
    }
    return count;
}

/* 512 counters of each of what the searches find. */
enum { LEVEL_DIGITS = 33, STEP_DIGITS = 64 };
typedef struct counters {
    line level[LEVEL_DIGITS];   /* vertices reached in this level */
    line reached[LEVEL_DIGITS]; /* in all */
    line steps[STEP_DIGITS];    /* Σ of their distances */
} counters;

CN__INLINE void count_row(line *digits, line row) {
    for (; !is_zero(&row); digits++) {
        line carry = {{digits->p[0] & row.p[0], digits->p[1] & row.p[1]}};
        digits->p[0] ^= row.p[0];
        digits->p[1] ^= row.p[1];
        row = carry;
    }
}

/* digits += more, both bit-sliced; `count` digits of more. */
CN__INLINE void add_digits(line *digits, const line *more, uint32_t count) {
    line carry = {{{0}}};
    for (uint32_t i = 0; i < count || !is_zero(&carry); i++) {
        for (int k = 0; k < PARTS; k++) {
            part add = i < count ? more[i].p[k] : (part){0};
            part old = digits[i].p[k];
            digits[i].p[k] = old ^ add ^ carry.p[k];
            carry.p[k] = (old & add) | (carry.p[k] & (old ^ add));
        }
    }
}

/* A level of `reached` vertices at most has ended. */
CN__INLINE void close_level(counters *c, uint32_t level, uint32_t reached) {
    uint32_t digits = 0;
    for (; reached > 0; reached >>= 1) {
        digits++;
    }
    add_digits(c->reached, c->level, digits);
    for (uint32_t bit = 0; level >> bit > 0; bit++) {
        if (level >> bit & 1) {
            add_digits(c->steps + bit, c->level, digits);
        }
    }
    memset(c->level, 0, digits * sizeof *c->level);
}

static uint64_t read_counter(const line *digits, int count, uint32_t search) {
    uint64_t value = 0;
    for (int i = 0; i < count; i++) {
        value |= (digits[i].p[search / 256][search / 64 % 4] >> search % 64 & 1) << i;
    }
    return value;
}

/* v is reached by the searches `fresh` (not empty, none of which has seen it). One of sums and counts is NULL. */
CN__INLINE void reach(searches *s, uint32_t v, const line *fresh, double share, double *sums, counters *counts) {
    if (is_zero(&s->seen[v])) {
        s->touched[s->touched_count++] = v;
    }
    for (int i = 0; i < PARTS; i++) {
        s->seen[v].p[i] |= fresh->p[i];
    }
    if (sums) {
        sums[v] += count_bits(fresh) * share;
    } else {
        count_row(counts->level, *fresh);
    }
}

CN__INLINE void push(searches *s, double share, double *sums, counters *counts) {
    s->next_count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t v = s->list[i];
        line mine = s->now[v];
        for (uint32_t a = s->push_start[v]; a < s->push_start[v + 1]; a++) {
            uint32_t w = s->push_to[a];
            line *to = &s->next[w];
            line fresh = {{mine.p[0] & ~s->seen[w].p[0], mine.p[1] & ~s->seen[w].p[1]}};
            if (is_zero(&fresh)) {
                continue;
            }
            if (is_zero(to)) {
                s->next_list[s->next_count++] = w;
            }
            to->p[0] |= fresh.p[0];
            to->p[1] |= fresh.p[1];
        }
    }
    for (uint32_t i = 0; i < s->next_count; i++) {
        line fresh = s->next[s->next_list[i]];
        reach(s, s->next_list[i], &fresh, share, sums, counts);
    }
}

CN__INLINE void pull(searches *s, const line *alive, double share, double *sums, counters *counts) {
    s->next_count = 0;
    for (uint32_t v = 0; v < s->n; v++) {
        line lacking = {{alive->p[0] & ~s->seen[v].p[0], alive->p[1] & ~s->seen[v].p[1]}};
        if (is_zero(&lacking)) {
            continue;
        }
        line found = {{{0}}};
        for (uint32_t a = s->pull_start[v]; a < s->pull_start[v + 1]; a++) {
            const line *from = &s->now[s->pull_from[a]];
            found.p[0] |= from->p[0];
            found.p[1] |= from->p[1];
            line still = {{lacking.p[0] & ~found.p[0], lacking.p[1] & ~found.p[1]}};
            if (is_zero(&still)) {
                break;
            }
        }
        found.p[0] &= lacking.p[0];
        found.p[1] &= lacking.p[1];
        if (!is_zero(&found)) {
            s->next[v] = found;
            s->next_list[s->next_count++] = v;
            reach(s, v, &found, share, sums, counts);
        }
    }
}

/* next becomes now; what was now is cleared and becomes next. */
CN__INLINE void turn(searches *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        s->now[s->list[i]] = (line){{{0}}};
    }
    line *rows = s->now;
    s->now = s->next;
    s->next = rows;
    uint32_t *list = s->list;
    s->list = s->next_list;
    s->next_list = list;
    s->count = s->next_count;
}

/* The arcs that a push would follow; `alive`: the searches that have reached something new. */
CN__INLINE uint64_t look_ahead(const searches *s, line *alive) {
    uint64_t arcs = 0;
    *alive = (line){{{0}}};
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t v = s->list[i];
        arcs += s->push_start[v + 1] - s->push_start[v];
        alive->p[0] |= s->now[v].p[0];
        alive->p[1] |= s->now[v].p[1];
    }
    return arcs;
}

/* A vertex may be the pivot of several searches. Returns the last level that reached anything. */
CN__INLINE uint32_t search(searches *s, const uint32_t *pivots, uint32_t count, double *sums, counters *counts) {
    s->touched_count = 0;
    s->count = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t v = pivots[k];
        if (is_zero(&s->now[v])) {
            s->list[s->count++] = v;
            s->touched[s->touched_count++] = v;
        }
        s->now[v].p[k / 256][k / 64 % 4] |= UINT64_C(1) << k % 64;
        s->seen[v] = s->now[v];
    }
    uint32_t level = 0;
    while (s->count > 0) {
        line alive;
        uint64_t arcs = look_ahead(s, &alive);
        level++;
        if ((double)arcs <= PULL_COST * s->m) {
            push(s, 1.0 / level, sums, counts);
        } else {
            pull(s, &alive, 1.0 / level, sums, counts);
        }
        if (counts) {
            close_level(counts, level, s->next_count);
        }
        turn(s);
    }
    for (uint32_t i = 0; i < s->touched_count; i++) {
        s->seen[s->touched[i]] = (line){{{0}}};
    }
    return level - 1;
}

CN__CLONES
static void search_sums(searches *s, const uint32_t *pivots, uint32_t count, double *sums) {
    search(s, pivots, count, sums, NULL);
}

CN__CLONES
static uint32_t search_counts(searches *s, const uint32_t *pivots, uint32_t count, counters *counts) {
    return search(s, pivots, count, NULL, counts);
}

static bool init(searches *s, const cn__rows *rows, bool reverse) {
    *s = (searches){.n = rows->n, .m = rows->m};
    s->push_start = reverse ? rows->out_start : rows->in_start;
    s->push_to = reverse ? rows->out_to : rows->in_from;
    s->pull_start = reverse ? rows->in_start : rows->out_start;
    s->pull_from = reverse ? rows->in_from : rows->out_to;
    line **tables[3] = {&s->seen, &s->now, &s->next};
    bool ok = true;
    for (int i = 0; i < 3; i++) {
        *tables[i] = cn__alloc_line(rows->n, sizeof(line), &s->blocks[i]);
        if (*tables[i]) {
            memset(*tables[i], 0, rows->n * sizeof(line));
        }
        ok = ok && *tables[i];
    }
    s->list = cn__alloc(rows->n, sizeof *s->list);
    s->next_list = cn__alloc(rows->n, sizeof *s->next_list);
    s->touched = cn__alloc(rows->n, sizeof *s->touched);
    return ok && s->list && s->next_list && s->touched;
}

static void release(searches *s) {
    for (int i = 0; i < 3; i++) {
        cn__free(s->blocks[i]);
    }
    cn__free(s->list);
    cn__free(s->next_list);
    cn__free(s->touched);
}

cn_status cn__harmonic_bits(const cn__rows *rows, bool reverse, const uint32_t *pivots, uint32_t pivot_count,
                            double *sums, const cn__kernel_watch *watch, cn_error *err) {
    uint32_t batches = pivot_count / SEARCHES + (pivot_count % SEARCHES > 0);
    cn_status status = CN_OK;
    cn__run run;
    cn__blocks blocks = {0};
    cn__run_start(&run, watch, batches, batches, (uint64_t)pivot_count * (rows->n + rows->m));
    searches *spaces = cn__calloc((size_t)run.threads, sizeof *spaces);
    bool ok = spaces && cn__blocks_init(&blocks, rows->n, batches);
    for (int t = 0; ok && t < run.threads; t++) {
        ok = init(&spaces[t], rows, reverse);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads)
    for (uint32_t block = 0; block < blocks.count; block++) {
        for (uint32_t batch = block; batch < batches && cn__run_goes_on(&run); batch += blocks.count) {
            uint32_t first = batch * SEARCHES;
            uint32_t count = pivot_count - first < SEARCHES ? pivot_count - first : SEARCHES;
            search_sums(&spaces[cn__run_thread()], pivots + first, count, cn__blocks_at(&blocks, block));
            cn__run_step(&run, 1);
        }
    }
    memcpy(sums, cn__blocks_sum(&blocks, run.threads), rows->n * sizeof *sums);
    status = cn__run_end(&run, err);
done:
    for (int t = 0; spaces && t < run.threads; t++) {
        release(&spaces[t]);
    }
    cn__free(spaces);
    cn__blocks_release(&blocks);
    return status;
}

/* ---- distances ---- */

typedef struct counting {
    searches searches;
    counters *counts;
    void *block;
    uint32_t farthest;
} counting;

static bool init_counting(counting *c, const cn__rows *rows) {
    c->counts = cn__alloc_line(1, sizeof *c->counts, &c->block);
    return init(&c->searches, rows, true) && c->counts;
}

static void count_batch(counting *c, const uint32_t *pivots, uint32_t count, cn__reach *reached) {
    memset(c->counts, 0, sizeof *c->counts);
    uint32_t farthest = search_counts(&c->searches, pivots, count, c->counts);
    c->farthest = farthest > c->farthest ? farthest : c->farthest;
    for (uint32_t k = 0; k < count; k++) {
        reached[k] = (cn__reach){read_counter(c->counts->reached, LEVEL_DIGITS, k),
                                 read_counter(c->counts->steps, STEP_DIGITS, k)};
    }
}

cn_status cn__reach_bits(const cn__rows *rows, const uint32_t *pivots, uint32_t pivot_count, cn__reach *reached,
                         uint32_t *farthest, const cn__kernel_watch *watch, cn_error *err) {
    uint32_t batches = pivot_count / SEARCHES + (pivot_count % SEARCHES > 0);
    cn_status status = CN_OK;
    cn__run run;
    cn__run_start(&run, watch, batches, batches, (uint64_t)pivot_count * (rows->n + rows->m));
    counting *spaces = cn__calloc((size_t)run.threads, sizeof *spaces);
    bool ok = spaces != NULL;
    *farthest = 0;
    for (int t = 0; ok && t < run.threads; t++) {
        ok = init_counting(&spaces[t], rows);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads)
    for (uint32_t batch = 0; batch < batches; batch++) {
        uint32_t first = batch * SEARCHES;
        if (cn__run_goes_on(&run)) {
            uint32_t count = pivot_count - first < SEARCHES ? pivot_count - first : SEARCHES;
            count_batch(&spaces[cn__run_thread()], pivots + first, count, reached + first);
            cn__run_step(&run, 1);
        }
    }
    for (int t = 0; t < run.threads; t++) {
        *farthest = spaces[t].farthest > *farthest ? spaces[t].farthest : *farthest;
    }
    status = cn__run_end(&run, err);
done:
    for (int t = 0; spaces && t < run.threads; t++) {
        release(&spaces[t].searches);
        cn__free(spaces[t].block);
    }
    cn__free(spaces);
    return status;
}
