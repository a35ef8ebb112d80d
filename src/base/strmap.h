/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hash map from text to a 32-bit number: open addressing, keyed by bytes, keys owned by an arena, at most half full.
 * Hostile keys cannot make it slow: see strmap.c. `{0}` to init.
 */
#ifndef CN_BASE_STRMAP_H
#define CN_BASE_STRMAP_H

#include "memory.h"

typedef struct cn__strmap {
    uint32_t *slots; /* index of an entry + 1, 0 empty */
    uint32_t slot_count;
    struct cn__strmap_entry {
        uint32_t hash;
        uint32_t key; /* text in `keys` */
        uint32_t key_len;
        uint32_t value;
    } * entries;
    size_t entry_count;
    size_t entry_cap;
    cn__arena keys;
    uint64_t seed;
    bool seeded_by_chance;
} cn__strmap;

/* Value of a key, or CN_NONE. */
uint32_t cn__strmap_find(const cn__strmap *map, const char *key, size_t len);
/* Ask the memory for the place of a key that will soon be looked for or added. */
void cn__strmap_fetch(const cn__strmap *map, const char *key, size_t len);
/* Add a key that is not there yet; it must not lie in map->keys. `*text` (may be NULL) gets its number in map->keys. False: memory. */
bool cn__strmap_add(cn__strmap *map, const char *key, size_t len, uint32_t value, uint32_t *text);
void cn__strmap_release(cn__strmap *map);

/* SipHash-1-3 of a text. */
uint64_t cn__hash_bytes(uint64_t seed, const char *bytes, size_t len);
/* Words by chance from the system, for seeds of hashes; `words` hold the seed that served so far. */
void cn__random_seed(uint64_t *words, size_t count);

#endif
