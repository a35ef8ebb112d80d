/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twins: vertices with the same neighbours, each other left out (Sarıyüce et al. 2013: identical vertices). Partners of
 * one and the same project are such. Every vertex gets a hash of its neighbours (with and without itself); those of equal
 * hash are compared in earnest with the first of them.
 * Invariant: classes are numbered by their least vertex, so the order of the rows is kept. A vertex cannot have twins of
 * both sorts: a neighbour that shares all neighbours would have to know the twin that v does not know.
 * Cost O(V log V + E).
 */
#include "kernel_twins.h"

#include <string.h>

#include "error.h"
#include "memory.h"
#include "vertex_sort.h"

static uint64_t scatter(uint32_t v) {
    uint64_t z = (v + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    return z ^ z >> 27;
}

static bool hash_before(const void *context, uint32_t a, uint32_t b) {
    const uint64_t *hash = context;
    return hash[a] != hash[b] ? hash[a] < hash[b] : a < b;
}

/* Same neighbours, a and b themselves left out? */
static bool are_twins(const cn__rows *rows, uint32_t a, uint32_t b) {
    const uint32_t *x = rows->out_to + rows->out_start[a];
    const uint32_t *x_end = rows->out_to + rows->out_start[a + 1];
    const uint32_t *y = rows->out_to + rows->out_start[b];
    const uint32_t *y_end = rows->out_to + rows->out_start[b + 1];
    for (;;) {
        x += x < x_end && *x == b;
        y += y < y_end && *y == a;
        if (x == x_end || y == y_end) {
            return x == x_end && y == y_end;
        }
        if (*x++ != *y++) {
            return false;
        }
    }
}

/* Join vertices of equal hash; `of` holds for every vertex the least one of its class. */
static bool join(const cn__rows *rows, const bool *single, bool with_itself, uint64_t *hash, uint32_t *list,
                 uint32_t *of) {
    uint32_t count = 0;
    for (uint32_t v = 0; v < rows->n; v++) {
        hash[v] = with_itself ? scatter(v) : 0;
        for (uint32_t a = rows->out_start[v]; a < rows->out_start[v + 1]; a++) {
            hash[v] += scatter(rows->out_to[a]);
        }
        if (single[v] && of[v] == v) {
            list[count++] = v;
        }
    }
    if (!cn__vertex_sort(list, count, hash_before, hash)) {
        return false;
    }
    for (uint32_t i = 1, first = 0; i < count; i++) {
        if (hash[list[i]] == hash[list[first]] && are_twins(rows, list[first], list[i])) {
            of[list[i]] = list[first];
        } else {
            first = i;
        }
    }
    return true;
}

/* Number the classes and fill in what is known of them. */
static bool number_classes(const cn__rows *rows, cn__twins *out) {
    for (uint32_t v = 0; v < rows->n; v++) {
        out->n += out->of[v] == v;
    }
    out->first = cn__alloc(out->n, sizeof *out->first);
    out->size = cn__calloc(out->n, sizeof *out->size);
    out->apart = cn__calloc(out->n, sizeof *out->apart);
    if (!out->first || !out->size || !out->apart) {
        return false;
    }
    uint32_t next = 0;
    for (uint32_t v = 0; v < rows->n; v++) {
        uint32_t first = out->of[v];
        uint32_t class = first == v ? next++ : out->of[first];
        if (first == v) {
            out->first[class] = v;
        }
        out->of[v] = class; /* the first of a class is numbered before the others ask */
        out->size[class]++;
    }
    return true;
}

static bool fill_rows(const cn__rows *rows, cn__twins *out) {
    out->start = cn__alloc((size_t)out->n + 1, sizeof *out->start);
    out->to = cn__alloc(rows->m, sizeof *out->to);
    if (!out->start || !out->to) {
        return false;
    }
    uint32_t count = 0;
    for (uint32_t c = 0; c < out->n; c++) {
        out->start[c] = count;
        out->apart[c] = true;
        for (uint32_t a = rows->out_start[out->first[c]]; a < rows->out_start[out->first[c] + 1]; a++) {
            uint32_t w = rows->out_to[a];
            uint32_t other = out->of[w];
            if (other == c) {
                out->apart[c] = false;
            } else if (out->first[other] == w) {
                out->to[count++] = other;
            }
        }
    }
    out->start[out->n] = count;
    return true;
}

cn_status cn__twins_build(const cn__rows *rows, const bool *single, cn__twins *out, cn_error *err) {
    *out = (cn__twins){.n = 0};
    uint64_t *hash = cn__alloc(rows->n, sizeof *hash);
    uint32_t *list = cn__alloc(rows->n, sizeof *list);
    out->of = cn__alloc(rows->n, sizeof *out->of);
    bool ok = hash && list && out->of;
    for (uint32_t v = 0; ok && v < rows->n; v++) {
        out->of[v] = v;
    }
    ok = ok && join(rows, single, true, hash, list, out->of) && join(rows, single, false, hash, list, out->of) &&
         number_classes(rows, out) && fill_rows(rows, out);
    cn__free(hash);
    cn__free(list);
    if (!ok) {
        cn__twins_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn__twins_release(cn__twins *twins) {
    cn__free(twins->of);
    cn__free(twins->first);
    cn__free(twins->size);
    cn__free(twins->apart);
    cn__free(twins->start);
    cn__free(twins->to);
    *twins = (cn__twins){.n = 0};
}
