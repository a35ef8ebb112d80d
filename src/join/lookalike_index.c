/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index of hashed keys that all searches for look-alikes share. Invariant: once finished it is sorted by hash, then by group, so that
 * what is found does not depend on the hash; different keys of one hash are told apart by whoever asks. O(rows log rows) to finish, O(log)
 * to ask: a word that all names have must not be counted for each of them.
 */
#include "lookalike.h"

#include "error.h"

#include <stdlib.h>
#include <string.h>

uint64_t cn__hash_add(uint64_t hash, const void *bytes, size_t len) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): it sees not all bytes of an array of numbers */
        hash = (hash ^ p[i]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

/* Spread over all bits: the index looks at the highest. */
static uint64_t hash_end(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

uint64_t cn__hash_begin(int class_, size_t length, size_t piece) {
    const uint64_t head[] = {(uint64_t)class_, length, piece};
    return cn__hash_add(UINT64_C(0xCBF29CE484222325), head, sizeof head);
}

bool cn__postings_add(cn__postings *index, uint64_t hash, size_t group) {
    if (!cn__grow((void **)&index->rows, &index->cap, index->count, 1, sizeof *index->rows)) {
        return false;
    }
    index->rows[index->count++] = (cn__posting){hash_end(hash), (uint32_t)group};
    return true;
}

static int compare_postings(const void *a, const void *b) {
    const cn__posting *x = a;
    const cn__posting *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->group < y->group ? -1 : x->group > y->group;
}

bool cn__postings_finish(cn__postings *index) {
    int bits = 4;
    while (bits < 24 && ((size_t)1 << bits) < index->count) {
        bits++;
    }
    size_t slots = ((size_t)1 << bits) + 1;
    index->shift = 64 - bits;
    index->starts = cn__alloc(slots, sizeof *index->starts);
    if (!index->starts || index->count >= UINT32_MAX) {
        return false;
    }
    if (index->count) {
        qsort(index->rows, index->count, sizeof *index->rows, compare_postings);
    }
    size_t row = 0;
    for (size_t slot = 0; slot < slots; slot++) {
        while (row < index->count && index->rows[row].hash >> index->shift < slot) {
            row++;
        }
        index->starts[slot] = (uint32_t)row;
    }
    return true;
}

void cn__postings_release(cn__postings *index) {
    cn__free(index->rows);
    cn__free(index->starts);
    memset(index, 0, sizeof *index);
}

/* The first of rows [from, to) whose hash is `hash` or higher. */
static size_t first_from(const cn__postings *index, size_t from, size_t to, uint64_t hash) {
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (index->rows[middle].hash < hash) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

const cn__posting *cn__postings_find(const cn__postings *index, uint64_t hash, size_t *count) {
    uint64_t wanted = hash_end(hash);
    uint64_t slot = wanted >> index->shift;
    size_t last = index->starts[slot + 1]; /* there is one slot more than hashes have */
    size_t row = first_from(index, index->starts[slot], last, wanted);
    *count = wanted == UINT64_MAX ? last - row : first_from(index, row, last, wanted + 1) - row;
    return index->rows + row;
}

/* ---- asking ---- */

cn_status cn__finder_search(cn__finder *f, bool (*post)(cn__finder *, size_t group),
                            cn_status (*probe)(cn__finder *, size_t group)) {
    cn_status status = CN_OK;
    for (size_t g = 0; g < f->names->group_count && status == CN_OK; g++) {
        status = post(f, g) ? cn__match_step(f->m) : CN__NO_MEMORY(f->m->err);
    }
    if (status == CN_OK && !cn__postings_finish(&f->index)) {
        status = CN__NO_MEMORY(f->m->err);
    }
    for (size_t g = 0; g < f->names->group_count && status == CN_OK && probe; g++) {
        status = probe(f, g);
        status = status == CN_OK ? cn__match_step(f->m) : status;
    }
    return status;
}

cn_status cn__finder_ask(cn__finder *f, size_t a, size_t b, cn_merge_reason reason) {
    const cn__names *names = f->names;
    int left = 0;
    for (uint32_t x = names->groups[a].first; x != CN_NONE && left < 8; x = names->uses[x].next, left++) {
        int right = 0;
        for (uint32_t y = names->groups[b].first; y != CN_NONE && right < 8; y = names->uses[y].next, right++) {
            uint32_t first = names->uses[x].body;
            uint32_t second = names->uses[y].body;
            uint32_t root = cn__match_root(f->m, first);
            uint32_t other = cn__match_root(f->m, second);
            bool full = names->uses[x].rank != CN__NAME_SHORT && names->uses[y].rank != CN__NAME_SHORT;
            const cn__body *one = &f->m->bodies[root];
            const cn__body *two = &f->m->bodies[other];
            bool other_day = one->date && two->date && !cn_date_covers(one->date, one->date, two->date);
            if (full && root != other && !other_day && cn__match_may_ask(f->m, first, second) &&
                !cn__match_numbers_clash(f->m, root, other)) {
                return cn__match_ask(f->m, first, second, reason);
            }
        }
    }
    return CN_OK;
}

size_t cn__finder_looks_at(cn__finder *f, size_t count) {
    f->m->counts.not_asked += count > CN_MERGE_BLOCK ? count - CN_MERGE_BLOCK : 0;
    return count < CN_MERGE_BLOCK ? count : CN_MERGE_BLOCK;
}
