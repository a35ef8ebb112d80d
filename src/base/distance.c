/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nearness of two names: the edit distance with swaps of neighbours (optimal string alignment, Damerau 1964), row by
 * row over code points with the last three rows kept, and ended once every way is longer than the limit. Of row i only
 * the columns i-limit to i+limit are filled (Ukkonen 1985): outside this band every way is longer than the limit, and
 * the cells beside it say so. Cost: the length times the limit in time, the second length in memory.
 */
#include "memory.h"
#include "utf8.h"

#include <string.h>

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

static void decode_all(uint32_t *codes, const char *text) {
    while (*text) {
        *codes++ = cn__utf8_next(&text);
    }
}

/* Fills the band of row i (of i letters of a to each start of b) from the two before; its smallest value. */
static unsigned fill_row(unsigned *row, const unsigned *last, const unsigned *before_last, const uint32_t *a,
                         const uint32_t *b, size_t i, size_t b_len, unsigned limit) {
    size_t first = i > limit ? i - limit : 1;
    size_t end = i + limit < b_len ? i + limit : b_len;
    row[first - 1] = i <= limit ? (unsigned)i : limit + 1;
    unsigned smallest = row[first - 1];
    for (size_t j = first; j <= end; j++) {
        unsigned best = least(last[j], row[j - 1]) + 1;
        best = least(best, last[j - 1] + (a[i - 1] != b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
            best = least(best, before_last[j - 2] + 1);
        }
        row[j] = best;
        smallest = least(smallest, best);
    }
    if (end < b_len) {
        row[end + 1] = limit + 1;
    }
    return smallest;
}

static unsigned distance_in(uint32_t *memory, const char *a, size_t a_len, const char *b, size_t b_len,
                            unsigned limit) {
    uint32_t *a_codes = memory;
    uint32_t *b_codes = a_codes + a_len;
    decode_all(a_codes, a);
    decode_all(b_codes, b);
    unsigned *rows[3];
    for (size_t k = 0; k < 3; k++) {
        rows[k] = b_codes + b_len + k * (b_len + 1);
    }
    for (size_t j = 0; j <= b_len; j++) {
        rows[0][j] = least((unsigned)j, limit + 1);
    }
    /* A swap looks two rows back: only when two rows in turn are beyond the limit is there no way below it. */
    unsigned last_smallest = 0;
    for (size_t i = 1; i <= a_len; i++) {
        unsigned smallest =
            fill_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], a_codes, b_codes, i, b_len, limit);
        if (smallest > limit && last_smallest > limit) {
            return limit + 1;
        }
        last_smallest = smallest;
    }
    return least(rows[a_len % 3][b_len], limit + 1);
}

unsigned cn__utf8_distance(const char *a, const char *b, unsigned limit) {
    size_t a_len = cn__utf8_count(a, strlen(a));
    size_t b_len = cn__utf8_count(b, strlen(b));
    size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
    if (apart > limit || a_len > UINT32_MAX / 8 || b_len > UINT32_MAX / 8) {
        return limit + 1;
    }
    uint32_t *memory = cn__alloc(a_len + b_len + 3 * (b_len + 1), sizeof *memory);
    if (!memory) {
        return limit + 1;
    }
    unsigned distance = distance_in(memory, a, a_len, b, b_len, limit);
    cn__free(memory);
    return distance;
}
