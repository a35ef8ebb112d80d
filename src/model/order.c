/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stable sort of rows of any size: bottom-up merge sort with one scratch array (Knuth, TAOCP 3, 5.2.4), because qsort
 * is not stable and may allocate behind our back. Rows that are in order already, the usual case of a file, cost one
 * pass and no memory; others O(n log n).
 */
#include <string.h>

#include "network_impl.h"

typedef int (*compare_rows)(const void *a, const void *b);

static bool in_order(const char *rows, size_t count, size_t size, compare_rows compare) {
    for (size_t i = 1; i < count; i++) {
        if (compare(rows + (i - 1) * size, rows + i * size) > 0) {
            return false;
        }
    }
    return true;
}

/* Merge from[begin…middle) and from[middle…end) into to[begin…end); of equal rows the left one comes first. */
static void merge(char *to, const char *from, size_t begin, size_t middle, size_t end, size_t size,
                  compare_rows compare) {
    size_t left = begin;
    size_t right = middle;
    for (size_t i = begin; i < end; i++) {
        bool take_left = right == end || (left < middle && compare(from + left * size, from + right * size) <= 0);
        size_t taken = take_left ? left++ : right++;
        memcpy(to + i * size, from + taken * size, size);
    }
}

bool cn__sort_stable(void *rows, size_t count, size_t size, compare_rows compare) {
    if (in_order(rows, count, size, compare)) {
        return true;
    }
    char *scratch = cn__alloc(count, size);
    if (scratch == NULL) {
        return false;
    }
    char *from = rows;
    char *to = scratch;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * width) {
            size_t middle = begin + width < count ? begin + width : count;
            size_t end = begin + 2 * width < count ? begin + 2 * width : count;
            merge(to, from, begin, middle, end, size, compare);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from == scratch) {
        memcpy(rows, scratch, count * size);
    }
    cn__free(scratch);
    return true;
}
