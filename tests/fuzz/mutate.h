/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeded changes to the bytes of a file, and the number of them that a test makes. */
#ifndef CN_FUZZ_MUTATE_H
#define CN_FUZZ_MUTATE_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* COOPNET_FUZZ_RUNS sets the number for a long run. */
static inline long fuzz_runs(long usual) {
    const char *wish = getenv("COOPNET_FUZZ_RUNS");
    return wish ? strtol(wish, NULL, 10) : usual;
}

static inline size_t fuzz_insert(uint8_t *out, size_t len, size_t cap, size_t at, const void *bytes, size_t count) {
    if (len + count > cap) {
        return len;
    }
    memmove(out + at + count, out + at, len - at);
    memcpy(out + at, bytes, count);
    return len + count;
}

/* Up to six changes: a bit, a span cut or repeated, the end cut, a piece that matters to the reader. `out` holds cap bytes. */
static inline size_t fuzz_mutate(uint64_t *state, uint8_t *out, size_t len, size_t cap, const char *const *tokens,
                                 size_t token_count) {
    for (uint32_t changes = 1 + check_below(state, 6); changes > 0; changes--) {
        size_t at = check_below(state, (uint32_t)len + 1);
        size_t span = check_below(state, 60);
        span = span < len - at ? span : len - at;
        switch (check_below(state, 6)) {
        case 0:
            if (at < len) {
                out[at] = (uint8_t)(out[at] ^ (1u << check_below(state, 8)));
            }
            break;
        case 1:
            memmove(out + at, out + at + span, len - at - span);
            len -= span;
            break;
        case 2:
            len = check_below(state, 4) == 0 ? at : len;
            break;
        case 3: {
            uint8_t piece[64];
            memcpy(piece, out + at, span);
            len = fuzz_insert(out, len, cap, at, piece, span);
            break;
        }
        default: {
            const char *token = tokens[check_below(state, (uint32_t)token_count)];
            len = fuzz_insert(out, len, cap, at, token, strlen(token));
            break;
        }
        }
    }
    return len;
}

/* A copy of exactly this size, so that the sanitizer sees one byte too far; to be freed. */
static inline uint8_t *fuzz_exact(const uint8_t *bytes, size_t len) {
    uint8_t *exact = malloc(len ? len : 1);
    CHECK(exact != NULL);
    memcpy(exact, bytes, len);
    return exact;
}

#endif
