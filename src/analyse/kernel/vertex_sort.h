/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable sort of numbers by a relation with a context (qsort has no context and is not stable). */
#ifndef CN_ANALYSE_VERTEX_SORT_H
#define CN_ANALYSE_VERTEX_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Does a stand before b? A strict weak order. */
typedef bool cn__before(const void *context, uint32_t a, uint32_t b);

/* False: memory; the items are then unchanged. */
bool cn__vertex_sort(uint32_t *items, size_t count, cn__before *before, const void *context);

#endif
