/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean": edit distance with swapped neighbours (Damerau; optimal string alignment) on short ASCII words;
 * O(length²). Near enough is a third of the word, or a word that the typed one begins.
 */
#include "options.h"

#include <string.h>

enum { LONGEST = 40 };

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

static unsigned distance_of(const char *a, const char *b) {
    size_t n = strlen(a);
    size_t m = strlen(b);
    unsigned rows[3][LONGEST + 1];
    if (n > LONGEST || m > LONGEST) {
        return LONGEST;
    }
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned *now = rows[i % 3];
        const unsigned *before = rows[(i - 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least(least(before[j], now[j - 1]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = least(now[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[n % 3][m];
}

void nearest_try(nearest *search, const char *candidate) {
    size_t len = strlen(search->word);
    bool begins = len >= 2 && strncmp(search->word, candidate, len) == 0;
    unsigned distance = begins ? 1 : distance_of(search->word, candidate);
    unsigned allowed = (unsigned)(len < 3 ? 1 : (len + 2) / 3);
    if (distance <= allowed && (!search->best || distance < search->distance)) {
        search->best = candidate;
        search->distance = distance;
    }
}
