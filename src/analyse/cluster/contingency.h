/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contingency table of two partitions: how many vertices have number a in the one and b in the other. */
#ifndef CN_ANALYSE_CONTINGENCY_H
#define CN_ANALYSE_CONTINGENCY_H

#include "coopnet/base.h"

typedef struct cn__cell {
    uint32_t a, b, count; /* count > 0 */
} cn__cell;

typedef struct cn__contingency {
    uint32_t placed;  /* vertices that both partitions place */
    uint32_t a_count; /* largest number + 1 */
    uint32_t b_count;
    uint32_t cell_count;
    cn__cell *cells; /* ordered by a, then b */
} cn__contingency;

/* CN_NONE is "in none" and left out. False: memory. O(n + numbers). */
bool cn__contingency_make(uint32_t n, const uint32_t *a, const uint32_t *b, cn__contingency *out);
void cn__contingency_release(cn__contingency *table);

#endif
