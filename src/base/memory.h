/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory of the whole library: the one seam through which every allocation goes (so that tests can make the n-th one
 * fail), growing arrays, and an arena for text.
 */
#ifndef CN_BASE_MEMORY_H
#define CN_BASE_MEMORY_H

#include "coopnet/base.h"

void *cn__alloc(size_t count, size_t size);  /* not cleared; NULL on overflow or failure; count*size 0 gives 1 byte */
void *cn__calloc(size_t count, size_t size); /* cleared */
void *cn__realloc(void *old, size_t count, size_t size);
void cn__free(void *block);
char *cn__strdup(const char *text);

/* Bytes that would have been in use when the limit last refused something, 0 when it never did; and the limit. */
uint64_t cn__memory_refused(uint64_t *limit);

/* Tests only: the allocation number `nth` from now (0 is the next) and all later ones fail; CN__ALLOC_NEVER ends it. */
#define CN__ALLOC_NEVER UINT64_MAX
void cn__alloc_fail_after(uint64_t nth);

/*
 * Make room for `extra` more elements in a growing array (amortised doubling). `*items` and `*cap` change only on
 * success. Use: if (!cn__grow((void **)&v, &cap, len, 1, sizeof *v)) goto memory;
 */
bool cn__grow(void **items, size_t *cap, size_t len, size_t extra, size_t size);

/* Text arena: texts are numbers (byte offsets below 4 GiB); text 0 is "". */
typedef struct cn__arena {
    char *bytes;
    size_t len;
    size_t cap;
} cn__arena;

/* False: no memory, or 4 GiB reached. `text` must not lie in the arena. */
bool cn__arena_add(cn__arena *arena, const char *text, size_t len, uint32_t *out);
const char *cn__arena_at(const cn__arena *arena, uint32_t text);
void cn__arena_release(cn__arena *arena);

#endif
