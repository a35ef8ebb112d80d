/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merge sort from the bottom up, stable, O(n log n) comparisons and n numbers of extra memory.
 * Invariant: before the round of width w, every run of w items is sorted.
 */
#include "vertex_sort.h"

#include <string.h>

#include "memory.h"

static void merge_runs(const uint32_t *from, size_t begin, size_t middle, size_t end, uint32_t *to, cn__before *before,
                       const void *context) {
    size_t left = begin;
    size_t right = middle;
    for (size_t i = begin; i < end; i++) {
        bool take_right = left == middle || (right < end && before(context, from[right], from[left]));
        to[i] = take_right ? from[right++] : from[left++];
    }
}

bool cn__vertex_sort(uint32_t *items, size_t count, cn__before *before, const void *context) {
    uint32_t *spare = cn__alloc(count, sizeof *spare);
    if (!spare) {
        return false;
    }
    uint32_t *from = items;
    uint32_t *to = spare;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * width) {
            size_t middle = count - begin < width ? count : begin + width;
            size_t end = count - begin < 2 * width ? count : begin + 2 * width;
            merge_runs(from, begin, middle, end, to, before, context);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, count * sizeof *items);
    }
    cn__free(spare);
    return true;
}
