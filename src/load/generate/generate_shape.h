/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which firm supplies which: the growth of a made-up network, link by link. */
#ifndef CN_LOAD_GENERATE_SHAPE_H
#define CN_LOAD_GENERATE_SHAPE_H

#include "coopnet/base.h"

enum { CN__SECTORS = 60, CN__RECENT = 1024 };

typedef struct cn__shape_link {
    uint32_t from;
    uint32_t to;
} cn__shape_link;

typedef struct cn__growth {
    uint32_t firms;
    uint32_t arrived;
    uint64_t random;
    uint32_t step; /* coprime to `firms`: the order in which they arrive */
    uint32_t *degrees;
    uint64_t *sums;    /* Fenwick tree of the weights, from 1 */
    uint64_t *weights; /* of degrees 0 … most */
    uint32_t most;     /* a larger degree weighs no more */
    uint32_t sector_end[CN__SECTORS];
    cn__shape_link recent[CN__RECENT]; /* links that may be answered */
    uint32_t recent_count;
} cn__growth;

uint64_t cn__growth_random(uint64_t *state);
uint32_t cn__growth_below(uint64_t *state, uint32_t bound);
double cn__growth_unit(uint64_t *state); /* in (0, 1) */

/* False: memory. */
bool cn__growth_begin(cn__growth *growth, uint32_t firms, uint64_t seed);
/* The next firm arrives; its links and those that come up between the others: at most 16. Returns how many. */
size_t cn__growth_next(cn__growth *growth, cn__shape_link links[16]);
/* What the next link is worth, in roubles a year: log-normal, the median 400,000. */
uint64_t cn__growth_value(cn__growth *growth);
uint32_t cn__growth_sector(const cn__growth *growth, uint32_t firm);
void cn__growth_end(cn__growth *growth);

#endif
