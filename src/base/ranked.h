/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things by their value, the largest first; and sets that are joined one by one. */
#ifndef CN_BASE_RANKED_H
#define CN_BASE_RANKED_H

#include <stddef.h>
#include <stdint.h>

typedef struct cn__ranked {
    double value; /* a number */
    uint32_t index;
} cn__ranked;

/* The largest value first, of equal ones the lower index. O(n log n). */
void cn__ranked_sort(cn__ranked *list, size_t count);

/* The root of the set that `member` is in: parent[root] is root. Halves the way there. To join two sets: parent[root] = other root. */
static inline uint32_t cn__root_of(uint32_t *parent, uint32_t member) {
    while (parent[member] != member) {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    return member;
}

#endif
