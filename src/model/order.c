/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stable sort of rows of any size: bottom-up merge sort with one scratch array (Knuth, TAOCP 3, 5.2.4), because qsort
 * is not stable and may allocate behind our back. Rows that are in order already or nearly so, the usual case of a file, cost one
 * pass and no memory; others O(n log n).
 */
#include <string.h>

#include "network_impl.h"

typedef int (*compare_rows)(const void *a, const void *b);

enum { MOVES_MAX = 16 };

/*
 * Insertion sort as long as no row has to move far, as where each owner's few properties stand in another order than that of the fields.
 * False: one had to, or there is no room for one row; equal ones still stand as they stood.
 */
static bool put_in_order(char *rows, size_t count, size_t size, compare_rows compare) {
    char *row = NULL;
    bool ok = true;
    for (size_t i = 1; i < count && ok; i++) {
        size_t at = i;
        if (compare(rows + (i - 1) * size, rows + i * size) <= 0) {
            continue;
        }
        row = row != NULL ? row : cn__alloc(1, size);
        if (row == NULL) {
            return false;
        }
        memcpy(row, rows + i * size, size);
        for (; at > 0 && i - at < MOVES_MAX && compare(rows + (at - 1) * size, row) > 0; at--) {
            memcpy(rows + at * size, rows + (at - 1) * size, size);
        }
        memcpy(rows + at * size, row, size);
        ok = at == 0 || compare(rows + (at - 1) * size, row) <= 0;
    }
    cn__free(row);
    return ok;
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
    if (put_in_order(rows, count, size, compare)) {
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
