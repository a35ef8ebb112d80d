/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the cells of a table end, sixty-four bytes at a time: each byte is compared with the few that matter, and the answers of all
 * make one word, of which only the set bits are looked at (Langdale & Lemire, "Parsing gigabytes of JSON per second", 2019). Without
 * SSE2 byte by byte. O(bytes).
 */
#include "bulk.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Byte by byte: the end of a block, and machines without SSE2. */
static size_t stops_of(const cn__bulk_plan *plan, const char *from, size_t at, size_t len, uint16_t *stops,
                       size_t count) {
    for (; at < len; at++) {
        if (plan->stops[(unsigned char)from[at]]) {
            stops[count++] = (uint16_t)at;
        }
    }
    return count;
}

#ifdef __SSE2__
static uint64_t stops_of_16(const char *bytes, const __m128i wanted[5]) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found = _mm_cmpeq_epi8(block, wanted[0]);
    for (int i = 1; i < 5; i++) {
        found = _mm_or_si128(found, _mm_cmpeq_epi8(block, wanted[i]));
    }
    return (uint64_t)(unsigned)_mm_movemask_epi8(found);
}

size_t cn__bulk_stops(const cn__bulk_plan *plan, const char *from, const char *to, uint16_t stops[CN__BULK_BLOCK]) {
    size_t len = (size_t)(to - from);
    size_t count = 0;
    size_t at = 0;
    char other = plan->separator == ' ' ? '\t' : plan->separator;
    const __m128i wanted[5] = {_mm_set1_epi8(plan->separator), _mm_set1_epi8('\n'), _mm_set1_epi8('\r'),
                               _mm_set1_epi8('"'), _mm_set1_epi8(other)};
    for (; at + 64 <= len; at += 64) {
        uint64_t bits = stops_of_16(from + at, wanted) | stops_of_16(from + at + 16, wanted) << 16 |
                        stops_of_16(from + at + 32, wanted) << 32 | stops_of_16(from + at + 48, wanted) << 48;
        for (; bits != 0; bits &= bits - 1) {
            stops[count++] = (uint16_t)(at + (size_t)__builtin_ctzll(bits));
        }
    }
    return stops_of(plan, from, at, len, stops, count);
}
#else
size_t cn__bulk_stops(const cn__bulk_plan *plan, const char *from, const char *to, uint16_t stops[CN__BULK_BLOCK]) {
    return stops_of(plan, from, 0, (size_t)(to - from), stops, 0);
}
#endif
