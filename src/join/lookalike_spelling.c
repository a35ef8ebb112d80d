/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of almost the same spelling. Of two names at most τ letters apart, one of the τ+1 pieces of the shorter stands unchanged in
 * the longer, near its place; so every name is kept under its pieces, and asked for under its own parts (Li, Deng, Wang, Feng: Pass-Join,
 * PVLDB 5(3), 2011). The edit distance then decides. Invariant: names are looked up from the longer side, so that each pair is found. About
 * 25 look-ups a name.
 */
#include "lookalike.h"

#include "error.h"
#include "utf8.h"

#include <string.h>

enum { LETTERS_MAX = 200 };

/* Завод 1 and Завод 2 are no spelling of each other: the digits must be the same, in the same order. */
static bool same_digits(const char *a, const char *b) {
    for (;;) {
        a += strcspn(a, "0123456789");
        b += strcspn(b, "0123456789");
        if (*a != *b) {
            return false;
        }
        if (!*a) {
            return true;
        }
        a++;
        b++;
    }
}

/* A key with the places of its letters. */
typedef struct spelling {
    const char *text;
    uint16_t at[LETTERS_MAX + 1]; /* byte of each letter, and the end */
    size_t count;                 /* 0: too long */
} spelling;

static void read_letters(const cn__finder *f, size_t group, spelling *out) {
    size_t len;
    out->text = cn__names_key(f->names, group, &len);
    out->count = 0;
    if (len > (size_t)4 * LETTERS_MAX) {
        return;
    }
    const char *p = out->text;
    size_t count = 0;
    while (*p && count < LETTERS_MAX) {
        out->at[count++] = (uint16_t)(p - out->text);
        (void)cn__utf8_next(&p);
    }
    out->at[count] = (uint16_t)(p - out->text);
    out->count = *p ? 0 : count;
}

/* Letters that two names may be apart, by the length of the shorter. */
static unsigned most_apart(size_t length) { return length < 5 ? 0 : length < 9 ? 1 : 2; }

/* Piece `i` of the τ+1 pieces of a name of this length. */
static void piece(size_t length, unsigned tau, size_t i, size_t *start, size_t *len) {
    size_t base = length / (tau + 1);
    size_t short_ones = tau + 1 - length % (tau + 1);
    *start = i * base + (i > short_ones ? i - short_ones : 0);
    *len = base + (i >= short_ones);
}

static uint64_t piece_hash(const cn__finder *f, size_t group, const spelling *l, size_t length, size_t i, size_t start,
                           size_t len) {
    uint64_t hash = cn__hash_begin(f->names->groups[group].class_, length, i);
    return cn__hash_add(hash, l->text + l->at[start], (size_t)(l->at[start + len] - l->at[start]));
}

static bool post_pieces(cn__finder *f, size_t group) {
    spelling l;
    read_letters(f, group, &l);
    unsigned tau = most_apart(l.count);
    bool ok = true;
    for (size_t i = 0; i <= tau && tau && ok; i++) {
        size_t start, len;
        piece(l.count, tau, i, &start, &len);
        ok = cn__postings_add(&f->index, piece_hash(f, group, &l, l.count, i, start, len), group);
    }
    return ok;
}

/* Names under one piece. */
static cn_status try_piece(cn__finder *f, size_t group, const spelling *l, unsigned tau, uint64_t hash) {
    size_t count, len;
    const cn__posting *rows = cn__postings_find(&f->index, hash, &count);
    cn_status status = CN_OK;
    count = cn__finder_looks_at(f, count);
    for (size_t r = 0; r < count && status == CN_OK; r++) {
        size_t other = rows[r].group;
        const char *text = cn__names_key(f->names, other, &len);
        bool known = other == group || f->names->groups[other].class_ != f->names->groups[group].class_;
        if (!known && same_digits(l->text, text) && cn__utf8_distance(l->text, text, tau) <= tau) {
            status = cn__finder_ask(f, other, group, CN_MERGE_SPELLING);
        }
    }
    return status;
}

/* All names that are at most as long, and near enough. */
static cn_status probe_pieces(cn__finder *f, size_t group) {
    spelling l;
    cn_status status = CN_OK;
    read_letters(f, group, &l);
    for (size_t apart = 0; apart <= 2 && apart < l.count; apart++) {
        size_t length = l.count - apart;
        unsigned tau = most_apart(length);
        if (apart > tau || tau == 0) {
            continue;
        }
        for (size_t i = 0; i <= tau; i++) {
            size_t start, len;
            piece(length, tau, i, &start, &len);
            size_t back = (tau - apart) / 2;
            size_t first = start > back ? start - back : 0;
            for (size_t at = first; at <= start + (tau + apart) / 2 && at + len <= l.count && status == CN_OK; at++) {
                status = try_piece(f, group, &l, tau, piece_hash(f, group, &l, length, i, at, len));
            }
        }
    }
    return status;
}

cn_status cn__find_spelling(cn__finder *f) { return cn__finder_search(f, post_pieces, probe_pieces); }
