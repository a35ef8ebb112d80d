/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entities by the hash of their id: sorted by the hash's digits, the least first (Knuth, TAOCP 3, 5.2.5), found by halving. Invariant:
 * ascending by (hash, entity). Ids that share a hash stand side by side and are compared one by one; that many do is beyond
 * anybody's means, as each further one takes 2^32 trials. Making is O(entities + bytes of ids), finding O(log entities).
 */
#include "id_order.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static uint32_t hash_of(const char *id) {
    uint64_t hash = cn__hash_bytes(0, id, strlen(id));
    return (uint32_t)(hash ^ hash >> 32);
}

/* By one digit of the hash, stable. */
static void sort_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned shift) {
    size_t start[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        start[(from[i] >> shift & (DIGITS - 1)) + 1]++;
    }
    for (size_t digit = 0; digit < DIGITS; digit++) {
        start[digit + 1] += start[digit];
    }
    for (size_t i = 0; i < count; i++) {
        to[start[from[i] >> shift & (DIGITS - 1)]++] = from[i];
    }
}

bool cn__id_order_make(const cn_network *net, uint64_t *order) {
    size_t count = net->entity_count;
    uint64_t *other = cn__alloc(count, sizeof *other);
    if (other == NULL) {
        return false;
    }
    for (cn_entity e = 0; e < count; e++) { /* ascending by entity, which every step keeps */
        other[e] = (uint64_t)hash_of(cn_entity_id(net, e)) << 32 | e;
    }
    sort_digit(other, order, count, 32);
    sort_digit(order, other, count, 32 + DIGIT_BITS);
    sort_digit(other, order, count, 32 + 2 * DIGIT_BITS); /* of this digit there are ten bits */
    cn__free(other);
    return true;
}

cn_entity cn__id_order_find(const cn_network *net, const char *id) {
    uint64_t wanted = (uint64_t)hash_of(id) << 32;
    size_t begin = 0;
    size_t end = net->entity_count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (net->id_order[middle] < wanted) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    for (; begin < net->entity_count && net->id_order[begin] >> 32 == wanted >> 32; begin++) {
        cn_entity entity = (cn_entity)net->id_order[begin];
        if (strcmp(cn_entity_id(net, entity), id) == 0) {
            return entity;
        }
    }
    return CN_NONE;
}
