/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Invariant: items[i] has a key of at least those of items[2i+1] and items[2i+2]. O(log count) to push and to pop. Which of
 * several equal keys comes first is not promised; searches that use it give results that do not depend on that.
 */
#include "vertex_heap.h"

#include "memory.h"

bool cn__heap_push(cn__vertex_heap *heap, double key, uint32_t vertex) {
    if (!cn__grow((void **)&heap->items, &heap->cap, heap->count, 1, sizeof *heap->items)) {
        return false;
    }
    size_t i = heap->count++;
    while (i > 0 && heap->items[(i - 1) / 2].key < key) {
        heap->items[i] = heap->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap->items[i] = (cn__heap_item){key, vertex};
    return true;
}

cn__heap_item cn__heap_pop(cn__vertex_heap *heap) {
    cn__heap_item top = heap->items[0];
    cn__heap_item last = heap->items[--heap->count];
    size_t i = 0;
    for (size_t child = 1; child < heap->count; child = 2 * i + 1) {
        if (child + 1 < heap->count && heap->items[child + 1].key > heap->items[child].key) {
            child++;
        }
        if (heap->items[child].key <= last.key) {
            break;
        }
        heap->items[i] = heap->items[child];
        i = child;
    }
    heap->items[i] = last;
    return top;
}

void cn__heap_release(cn__vertex_heap *heap) {
    cn__free(heap->items);
    *heap = (cn__vertex_heap){.items = NULL};
}
