/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A binary heap of vertices with a key, the largest on top. `{0}` to init. A vertex may stand in it several times. */
#ifndef CN_ANALYSE_VERTEX_HEAP_H
#define CN_ANALYSE_VERTEX_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cn__heap_item {
    double key;
    uint32_t vertex;
} cn__heap_item;

typedef struct cn__vertex_heap {
    cn__heap_item *items; /* items[0] is the top */
    size_t count;
    size_t cap;
} cn__vertex_heap;

/* False: memory. */
bool cn__heap_push(cn__vertex_heap *heap, double key, uint32_t vertex);
/* Take the top away; there is one. */
cn__heap_item cn__heap_pop(cn__vertex_heap *heap);
void cn__heap_release(cn__vertex_heap *heap);

#endif
