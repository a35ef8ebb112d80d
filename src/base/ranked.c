/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting by value with the index as tie-break, so that no order of equal ones is left to qsort. O(n log n). */
#include "ranked.h"

#include <stdlib.h>

static int largest_first(const void *a, const void *b) {
    const cn__ranked *x = a;
    const cn__ranked *y = b;
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

void cn__ranked_sort(cn__ranked *list, size_t count) {
    if (count > 1) {
        qsort(list, count, sizeof *list, largest_first);
    }
}
