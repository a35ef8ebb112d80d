/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arcs from a list of pairs. Half-arcs (one for a directed entry, two for an undirected one) are first spread over buckets of
 * neighbouring sources, each small enough for a fast memory; then each bucket is put into rows, its rows are sorted by target, and equal
 * pairs merged. Spreading and putting into rows keep the order of the entries, so the entries behind an arc stay in their order and
 * their sum is always the same, whatever the number of threads. The arcs seen from their targets come about in the same way.
 * O(V + E log(longest row)), in practice O(V + E); several threads, each its own pieces and buckets.
 */
#ifdef _OPENMP
#include <omp.h>
#endif
#include <string.h>

#include "error.h"
#include "graph_impl.h"
#include "memory.h"

enum { PARALLEL_FROM = 1 << 16, BUCKET_HALVES = 8192, BUCKETS_MAX = 1024, RUN = 16, THREADS_MAX = 64 };

/* A half-arc on its way: `near` is the vertex into whose row it comes. */
typedef struct half {
    uint32_t near;
    uint32_t far;
    uint32_t item;
} half;

/* Where half-arcs come from: entries, or the arcs of a graph. */
typedef struct origin {
    const cn__entries *entries;
    bool directed;
    const cn__csr *csr; /* if not NULL: its arcs, to be seen from their targets */
} origin;

/* Half-arcs by buckets: those of bucket b are halves[start[b] … start[b+1]-1]. */
typedef struct spread {
    uint32_t shift; /* near >> shift is the bucket */
    uint32_t buckets;
    uint32_t pieces;
    uint32_t *at;    /* pieces × buckets: where a piece puts its next half-arc of a bucket */
    uint32_t *start; /* buckets+1 */
    half *halves;
} spread;

static int threads_for(size_t work) {
#ifdef _OPENMP
    int threads = omp_get_max_threads();
    return work < PARALLEL_FROM ? 1 : threads < THREADS_MAX ? threads : THREADS_MAX;
#else
    (void)work;
    return 1;
#endif
}

static int thread_number(void) {
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

/* ---- spreading ---- */

/* Counts a half-arc, or puts it where it belongs once there is room. */
static inline void put(const spread *s, uint32_t *at, uint32_t near, uint32_t far, uint32_t item) {
    uint32_t place = at[near >> s->shift]++;
    if (s->halves != NULL) {
        s->halves[place] = (half){near, far, item};
    }
}

static void put_entries(const origin *from, const spread *s, uint32_t piece) {
    const cn__entries *entries = from->entries;
    size_t begin = entries->count * piece / s->pieces;
    size_t end = entries->count * (piece + 1) / s->pieces;
    uint32_t *at = s->at + (size_t)piece * s->buckets;
    for (size_t i = begin; i < end; i++) {
        uint32_t item = entries->item != NULL ? entries->item[i] : (uint32_t)i;
        put(s, at, entries->from[i], entries->to[i], item);
        if (!from->directed && entries->from[i] != entries->to[i]) {
            put(s, at, entries->to[i], entries->from[i], item);
        }
    }
}

static void put_arcs(const origin *from, const spread *s, uint32_t piece) {
    const cn__csr *csr = from->csr;
    uint32_t *at = s->at + (size_t)piece * s->buckets;
    /* Pieces of equally many arcs, but whole rows. */
    uint32_t begin = (uint32_t)((uint64_t)csr->m * piece / s->pieces);
    uint32_t end = (uint32_t)((uint64_t)csr->m * (piece + 1) / s->pieces);
    uint32_t low = 0;
    uint32_t high = csr->n;
    while (low < high) { /* the first row that begins at `begin` or later */
        uint32_t middle = low + (high - low) / 2;
        if (csr->out_start[middle] < begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t v = low; v < csr->n && csr->out_start[v] < end; v++) {
        for (uint32_t arc = csr->out_start[v]; arc < csr->out_start[v + 1]; arc++) {
            put(s, at, csr->out_to[arc], v, arc);
        }
    }
}

static void put_all(const origin *from, const spread *s) {
#pragma omp parallel for schedule(static, 1) num_threads((int)s->pieces) if (s->pieces > 1)
    for (uint32_t piece = 0; piece < s->pieces; piece++) {
        if (from->csr != NULL) {
            put_arcs(from, s, piece);
        } else {
            put_entries(from, s, piece);
        }
    }
}

/* Counts become places: by bucket, within a bucket by piece. */
static void sum_up(spread *s) {
    uint32_t sum = 0;
    for (uint32_t b = 0; b < s->buckets; b++) {
        s->start[b] = sum;
        for (uint32_t piece = 0; piece < s->pieces; piece++) {
            uint32_t *at = &s->at[(size_t)piece * s->buckets + b];
            uint32_t count = *at;
            *at = sum;
            sum += count;
        }
    }
    s->start[s->buckets] = sum;
}

static void spread_release(spread *s) {
    cn__free(s->at);
    cn__free(s->start);
    cn__free(s->halves);
    *s = (spread){0};
}

/* Half-arcs of vertices below n, about `count` of them. False: memory. */
static bool spread_make(const origin *from, uint32_t n, size_t count, spread *s) {
    *s = (spread){.pieces = (uint32_t)threads_for(count)};
    while (s->shift < 31 && (n >> s->shift >= BUCKETS_MAX || (n >> s->shift) * (uint64_t)BUCKET_HALVES > count)) {
        s->shift++;
    }
    s->buckets = (n >> s->shift) + 1;
    s->at = cn__calloc((size_t)s->pieces * s->buckets, sizeof *s->at);
    s->start = cn__alloc((size_t)s->buckets + 1, sizeof *s->start);
    if (s->at == NULL || s->start == NULL) {
        return false;
    }
    put_all(from, s);
    sum_up(s);
    s->halves = cn__alloc(s->start[s->buckets], sizeof *s->halves);
    if (s->halves == NULL) {
        return false;
    }
    put_all(from, s);
    return true;
}

static uint32_t first_of(const spread *s, uint32_t bucket, uint32_t n) {
    uint64_t first = (uint64_t)bucket << s->shift;
    return first < n ? (uint32_t)first : n;
}

/* ---- rows ---- */

/* row[v] … of the vertices of a bucket: where their rows begin, those of the bucket beginning at its start. */
static void begin_rows(const spread *s, uint32_t bucket, uint32_t n, uint32_t *row) {
    uint32_t low = first_of(s, bucket, n);
    uint32_t high = first_of(s, bucket + 1, n);
    uint32_t sum = s->start[bucket];
    memset(row + low, 0, (size_t)(high - low) * sizeof *row);
    for (uint32_t i = s->start[bucket]; i < s->start[bucket + 1]; i++) {
        row[s->halves[i].near]++;
    }
    for (uint32_t v = low; v < high; v++) {
        uint32_t count = row[v];
        row[v] = sum;
        sum += count;
    }
}

/* Placing has moved every row's beginning to its end, which is the beginning of the next. */
static void restore_rows(const spread *s, uint32_t bucket, uint32_t n, uint32_t *row) {
    uint32_t low = first_of(s, bucket, n);
    uint32_t high = first_of(s, bucket + 1, n);
    for (uint32_t v = high; v > low + 1; v--) {
        row[v - 1] = row[v - 2];
    }
    if (high > low) {
        row[low] = s->start[bucket];
    }
}

/* A half-arc in its row: targets first, of equal ones the item. Rows are sorted by this number. */
static uint64_t key_of(const half *h) { return (uint64_t)h->far << 32 | h->item; }

static void sort_run(uint64_t *keys, size_t count) {
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--) {
            keys[at] = keys[at - 1];
        }
        keys[at] = key;
    }
}

/* Short runs by insertion, then merged pair by pair; `other` has room for the row. */
static void sort_row(uint64_t *keys, uint64_t *other, size_t count) {
    for (size_t at = 0; at < count; at += RUN) {
        sort_run(keys + at, count - at < RUN ? count - at : RUN);
    }
    uint64_t *from = keys;
    uint64_t *to = other;
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * width) {
            size_t middle = begin + width < count ? begin + width : count;
            size_t end = begin + 2 * width < count ? begin + 2 * width : count;
            size_t left = begin;
            size_t right = middle;
            for (size_t i = begin; i < end; i++) {
                bool take_left = right == end || (left < middle && from[left] < from[right]);
                to[i] = take_left ? from[left++] : from[right++];
            }
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys) {
        memcpy(keys, from, count * sizeof *keys);
    }
}

/* Rows in the making. */
typedef struct rows {
    spread by_source; /* a bucket that is done has sorted keys where its half-arcs were */
    uint32_t n;
    uint32_t *row;      /* n+1: where the row of a vertex begins, in half-arcs */
    uint32_t *arcs;     /* buckets+1: arcs of a bucket, then arcs before it */
    uint64_t **scratch; /* of each thread: room for twice the keys of any bucket */
} rows;

/* The keys of a bucket, beginning where its half-arcs begin: these have 12 bytes each, of which a key needs 8, and perhaps 4 once. */
static uint64_t *keys_of(const rows *r, uint32_t bucket) {
    void *at = r->by_source.halves + r->by_source.start[bucket];
    return (void *)((char *)at + (uintptr_t)at % sizeof(uint64_t));
}

/* The keys of a bucket, its rows sorted; the number of its arcs. */
static uint32_t fill_bucket(rows *r, uint32_t bucket, uint64_t *scratch) {
    const spread *s = &r->by_source;
    uint32_t begin = s->start[bucket];
    uint32_t end = s->start[bucket + 1];
    uint32_t arcs = 0;
    begin_rows(s, bucket, r->n, r->row);
    for (uint32_t i = begin; i < end; i++) {
        scratch[r->row[s->halves[i].near]++ - begin] = key_of(&s->halves[i]);
    }
    restore_rows(s, bucket, r->n, r->row);
    uint32_t high = first_of(s, bucket + 1, r->n);
    for (uint32_t v = first_of(s, bucket, r->n); v < high; v++) {
        uint32_t from = r->row[v] - begin;
        uint32_t to = (v + 1 < high ? r->row[v + 1] : end) - begin;
        sort_row(scratch + from, scratch + (end - begin), to - from);
        for (uint32_t i = from; i < to; i++) {
            arcs += i == from || scratch[i] >> 32 != scratch[i - 1] >> 32;
        }
    }
    memcpy(keys_of(r, bucket), scratch, (size_t)(end - begin) * sizeof *scratch);
    return arcs;
}

/* The arcs of a bucket from number r->arcs[bucket] on; how many of them are loops. */
static uint32_t write_bucket(const rows *r, uint32_t bucket, cn__csr *csr) {
    const spread *s = &r->by_source;
    uint32_t arc = r->arcs[bucket];
    uint32_t loops = 0;
    uint32_t begin = s->start[bucket];
    const uint64_t *keys = keys_of(r, bucket);
    uint32_t high = first_of(s, bucket + 1, r->n);
    for (uint32_t v = first_of(s, bucket, r->n); v < high; v++) {
        uint32_t from = r->row[v];
        uint32_t to = v + 1 < high ? r->row[v + 1] : s->start[bucket + 1];
        csr->out_start[v] = arc;
        for (uint32_t i = from; i < to; i++) {
            uint64_t key = keys[i - begin];
            uint32_t far = (uint32_t)(key >> 32);
            csr->group[i] = (uint32_t)key;
            if (i == from || far != keys[i - begin - 1] >> 32) {
                csr->out_to[arc] = far;
                csr->group_start[arc++] = i;
                loops += far == v;
            }
        }
    }
    return loops;
}

static bool make_scratch(rows *r) {
    const spread *s = &r->by_source;
    size_t most = 0;
    for (uint32_t b = 0; b < s->buckets; b++) {
        size_t here = s->start[b + 1] - s->start[b];
        most = here > most ? here : most;
    }
    r->row = cn__alloc((size_t)r->n + 1, sizeof *r->row);
    r->arcs = cn__alloc((size_t)s->buckets + 1, sizeof *r->arcs);
    r->scratch = cn__calloc(s->pieces, sizeof *r->scratch);
    bool ok = r->row != NULL && r->arcs != NULL && r->scratch != NULL;
    for (uint32_t i = 0; ok && i < s->pieces; i++) {
        r->scratch[i] = cn__alloc(2 * most, sizeof **r->scratch);
        ok = r->scratch[i] != NULL;
    }
    return ok;
}

static void rows_release(rows *r) {
    for (uint32_t i = 0; r->scratch != NULL && i < r->by_source.pieces; i++) {
        cn__free(r->scratch[i]);
    }
    cn__free((void *)r->scratch);
    cn__free(r->row);
    cn__free(r->arcs);
    spread_release(&r->by_source);
}

static cn_status make_rows(rows *r, cn__csr *csr, cn_error *err) {
    const spread *s = &r->by_source;
    uint32_t total = s->start[s->buckets];
    uint32_t loops = 0;
    int threads = (int)s->pieces;
    if (!make_scratch(r)) {
        return CN__NO_MEMORY(err);
    }
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) if (threads > 1)
    for (uint32_t b = 0; b < s->buckets; b++) {
        r->arcs[b] = fill_bucket(r, b, r->scratch[thread_number()]);
    }
    for (uint32_t b = 0, sum = 0; b <= s->buckets; b++) {
        uint32_t count = b < s->buckets ? r->arcs[b] : 0;
        r->arcs[b] = sum;
        sum += count;
    }
    csr->m = r->arcs[s->buckets];
    csr->out_start = cn__alloc((size_t)r->n + 1, sizeof *csr->out_start);
    csr->out_to = cn__alloc(csr->m, sizeof *csr->out_to);
    csr->group_start = cn__alloc((size_t)csr->m + 1, sizeof *csr->group_start);
    csr->group = cn__alloc(total, sizeof *csr->group);
    if (csr->out_start == NULL || csr->out_to == NULL || csr->group_start == NULL || csr->group == NULL) {
        return CN__NO_MEMORY(err);
    }
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) reduction(+ : loops) if (threads > 1)
    for (uint32_t b = 0; b < s->buckets; b++) {
        loops += write_bucket(r, b, csr);
    }
    csr->out_start[r->n] = csr->m;
    csr->group_start[csr->m] = total;
    csr->loops = loops;
    return CN_OK;
}

/* ---- the other direction ---- */

/* The in-arcs of the vertices of a bucket. Arcs come by rising source, and so they stay. */
static void turn_bucket(const spread *s, uint32_t bucket, uint32_t *row, bool directed, cn__csr *csr) {
    uint32_t low = first_of(s, bucket, csr->n);
    uint32_t high = first_of(s, bucket + 1, csr->n);
    begin_rows(s, bucket, csr->n, row);
    if (directed && high > low) {
        memcpy(csr->in_start + low, row + low, (size_t)(high - low) * sizeof *row);
    }
    for (uint32_t i = s->start[bucket]; i < s->start[bucket + 1]; i++) {
        const half *h = &s->halves[i];
        uint32_t place = row[h->near]++;
        csr->in_arc[place] = h->item;
        if (directed) {
            csr->in_from[place] = h->far;
        }
    }
}

/* The arcs seen from their targets. */
static cn_status turn_round(cn__csr *csr, bool directed, cn_error *err) {
    origin from = {.csr = csr};
    spread s;
    bool ready = spread_make(&from, csr->n, csr->m, &s);
    uint32_t *row = ready ? cn__alloc((size_t)csr->n + 1, sizeof *row) : NULL;
    csr->in_from = directed ? cn__alloc(csr->m, sizeof *csr->in_from) : csr->out_to;
    csr->in_arc = cn__alloc(csr->m, sizeof *csr->in_arc);
    csr->in_start = directed ? cn__alloc((size_t)csr->n + 1, sizeof *csr->in_start) : csr->out_start;
    ready = row != NULL && csr->in_from != NULL && csr->in_arc != NULL && csr->in_start != NULL;
    int threads = (int)s.pieces;
    (void)threads;
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) if (threads > 1)
    for (uint32_t b = 0; b < (ready ? s.buckets : 0); b++) {
        turn_bucket(&s, b, row, directed, csr);
    }
    if (ready) {
        csr->in_start[csr->n] = csr->m;
    }
    cn__free(row);
    spread_release(&s);
    return ready ? CN_OK : CN__NO_MEMORY(err);
}

cn_status cn__csr_build(uint32_t n, cn__entries *entries, bool directed, cn__csr *out, cn_error *err) {
    *out = (cn__csr){.n = n};
    if (n == CN_NONE || entries->count > (CN_NONE - 1) / (directed ? 1 : 2)) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "arcs");
    }
    origin from = {.entries = entries, .directed = directed};
    rows r = {.n = n};
    bool ready = spread_make(&from, n, entries->count, &r.by_source);
    cn__entries_release(entries);
    cn_status status = ready ? make_rows(&r, out, err) : CN__NO_MEMORY(err);
    rows_release(&r);
    if (status == CN_OK) {
        status = turn_round(out, directed, err);
    }
    if (status != CN_OK) {
        cn__csr_release(out);
    }
    return status;
}

void cn__csr_release(cn__csr *csr) {
    if (csr->in_from != csr->out_to) {
        cn__free(csr->in_from);
    }
    if (csr->in_start != csr->out_start) {
        cn__free(csr->in_start);
    }
    cn__free(csr->out_start);
    cn__free(csr->out_to);
    cn__free(csr->in_arc);
    cn__free(csr->group_start);
    cn__free(csr->group);
    *csr = (cn__csr){0};
}

bool cn__entries_init(cn__entries *entries, size_t count) {
    entries->count = 0;
    entries->from = cn__alloc(count, sizeof *entries->from);
    entries->to = cn__alloc(count, sizeof *entries->to);
    entries->item = cn__alloc(count, sizeof *entries->item);
    return entries->from != NULL && entries->to != NULL && entries->item != NULL;
}

void cn__entries_release(cn__entries *entries) {
    if (!entries->borrowed) {
        cn__free(entries->from);
        cn__free(entries->to);
        cn__free(entries->item);
    }
    *entries = (cn__entries){0};
}
