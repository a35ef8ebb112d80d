/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The allocation seam, growing arrays and the text arena.
 *
 * Every allocation of the library passes through cn__alloc, cn__calloc or cn__realloc, which share one countdown: a
 * test sets it to make the n-th allocation and all later ones fail. Under a memory limit they also share a count of the
 * bytes in use: a request that would exceed the limit fails before any of it is touched, and is remembered for the message. Nothing is
 * counted without a limit, so it is to be set before the first object is made. These are the only mutable globals here,
 * and atomic, so that worker threads may allocate; a block is counted as large as the C library made it. The arena is one growing block of NUL-terminated texts whose first byte is the
 * empty text; adding costs the length of the text, amortised.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "memory.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20, HUGE_FROM = 8 << 20 };

static _Atomic uint64_t allocations_left = CN__ALLOC_NEVER;

void cn__alloc_fail_after(uint64_t nth) { atomic_store(&allocations_left, nth); }

static _Atomic uint64_t limit = CN__ALLOC_NEVER;
static _Atomic uint64_t used;
static _Atomic uint64_t refused; /* bytes that were in use and asked for when the limit was hit; 0: never */

void cn_memory_limit(uint64_t bytes) {
    atomic_store(&limit, bytes ? bytes : CN__ALLOC_NEVER);
    atomic_store(&refused, 0);
}

uint64_t cn__memory_refused(uint64_t *out_limit) {
    *out_limit = atomic_load(&limit);
    return atomic_load(&refused);
}

static bool is_limited(void) { return atomic_load_explicit(&limit, memory_order_relaxed) != CN__ALLOC_NEVER; }

/* Is there room for `bytes` more in place of `old`? Kept in the books by `settle` once it is known. */
static bool fits(size_t bytes, size_t old) {
    uint64_t need = atomic_load_explicit(&used, memory_order_relaxed) - old + bytes;
    if (need <= atomic_load_explicit(&limit, memory_order_relaxed)) {
        return true;
    }
    atomic_store(&refused, need);
    return false;
}

/* A block of `old` bytes (0: none) has become this one. */
static void *settle(void *block, size_t old) {
    if (block && is_limited()) {
        atomic_fetch_add_explicit(&used, malloc_usable_size(block) - old, memory_order_relaxed);
    }
    return block;
}

static bool may_allocate(void) {
    uint64_t left = atomic_load_explicit(&allocations_left, memory_order_relaxed);
    while (left != CN__ALLOC_NEVER) {
        if (left == 0) {
            return false;
        }
        if (atomic_compare_exchange_weak(&allocations_left, &left, left - 1)) {
            return true;
        }
    }
    return true;
}

/* count*size in bytes, at least 1; false when no object can be that large. */
static bool byte_count(size_t count, size_t size, size_t *out) {
    if (size != 0 && count > (size_t)PTRDIFF_MAX / size) {
        return false;
    }
    *out = count * size == 0 ? 1 : count * size;
    return true;
}

/*
 * Asks for huge pages in a large block: who jumps about in a hundred megabytes else waits for the page table, too. Only a wish; a page
 * that nothing is written to costs nothing all the same.
 */
static void *wish_huge(void *block, size_t bytes) {
#ifdef MADV_HUGEPAGE
    if (block && bytes >= HUGE_FROM) {
        uintptr_t skip = (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
        (void)madvise((char *)block + skip, (bytes - skip) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    }
#endif
    return block;
}

void *cn__alloc(size_t count, size_t size) {
    size_t bytes;
    bool may = byte_count(count, size, &bytes) && may_allocate() && fits(bytes, 0);
    return may ? settle(wish_huge(malloc(bytes), bytes), 0) : NULL;
}

void *cn__calloc(size_t count, size_t size) {
    size_t bytes;
    bool may = byte_count(count, size, &bytes) && may_allocate() && fits(bytes, 0);
    return may ? settle(wish_huge(calloc(bytes, 1), bytes), 0) : NULL;
}

void *cn__realloc(void *old, size_t count, size_t size) {
    size_t bytes;
    size_t before = old && is_limited() ? malloc_usable_size(old) : 0;
    bool may = byte_count(count, size, &bytes) && may_allocate() && fits(bytes, before);
    return may ? settle(wish_huge(realloc(old, bytes), bytes), before) : NULL;
}

void cn__free(void *block) {
    if (block && is_limited()) {
        atomic_fetch_sub_explicit(&used, malloc_usable_size(block), memory_order_relaxed);
    }
    free(block);
}

char *cn__strdup(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = cn__alloc(size, 1);
    if (copy) {
        memcpy(copy, text, size);
    }
    return copy;
}

bool cn__grow(void **items, size_t *cap, size_t len, size_t extra, size_t size) {
    if (extra > SIZE_MAX - len) {
        return false;
    }
    size_t need = len + extra;
    if (need <= *cap) {
        return true;
    }
    size_t new_cap = *cap < 8 ? 8 : *cap;
    while (new_cap < need) {
        new_cap = new_cap > SIZE_MAX / 2 ? need : new_cap * 2;
    }
    /* The caller's pointer has some other pointer type: it is read and written as bytes, which any type allows. */
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = cn__realloc(old, new_cap, size);
    if (!grown) {
        return false;
    }
    memcpy(items, &grown, sizeof grown);
    *cap = new_cap;
    return true;
}

bool cn__arena_add(cn__arena *arena, const char *text, size_t len, uint32_t *out) {
    if (len == 0) {
        *out = 0;
        return true;
    }
    size_t start = arena->len == 0 ? 1 : arena->len;
    if (len >= UINT32_MAX - start) {
        return false;
    }
    if (!cn__grow((void **)&arena->bytes, &arena->cap, start, len + 1, 1)) {
        return false;
    }
    arena->bytes[0] = '\0';
    memcpy(arena->bytes + start, text, len);
    arena->bytes[start + len] = '\0';
    arena->len = start + len + 1;
    *out = (uint32_t)start;
    return true;
}

const char *cn__arena_at(const cn__arena *arena, uint32_t text) { return text == 0 ? "" : arena->bytes + text; }

void cn__arena_release(cn__arena *arena) {
    cn__free(arena->bytes);
    *arena = (cn__arena){0};
}
