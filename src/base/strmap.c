/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hash map from text to a 32-bit number: linear probing over slots that hold the entry's index + 1.
 *
 * Invariant: slot_count is 0 or a power of two of at least twice the entries, and entries keep the order of adding, so
 * nothing a caller can see depends on the hash. The hash is SipHash-1-3 (Aumasson, Bernstein 2012) under a seed that
 * starts fixed. When adding meets an improbably long run of slots, somebody prepared the keys against it: the system is
 * asked for a seed by chance and all are placed again. Were the new seed made from the keys, it could be reckoned
 * beforehand, and more keys prepared against it. Finding and adding cost the length of the key.
 */
#include "strmap.h"

#include <stddef.h>
#include <string.h>
#include <sys/random.h>

#define FIRST_SLOTS 16u
/* At half load runs of this length do not happen by chance (below 1e-20 even among 2^31 keys). */
#define LONG_RUN 512u
#define AHEAD 16u /* places asked for before they are needed */

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

static uint64_t rotate(uint64_t x, unsigned bits) { return (x << bits) | (x >> (64 - bits)); }

static void sip_round(uint64_t v[4]) {
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static uint64_t read_word(const char *bytes, size_t len) {
    uint64_t word = 0;
    for (size_t i = 0; i < len; i++) {
        word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    }
    return word;
}

uint64_t cn__hash_bytes(uint64_t seed, const char *bytes, size_t len) {
    uint64_t v[4] = {seed ^ 0x736f6d6570736575u, seed ^ 0x646f72616e646f6du, seed ^ 0x6c7967656e657261u,
                     seed ^ 0x7465646279746573u};
    size_t left = len;
    for (; left >= 8; bytes += 8, left -= 8) {
        uint64_t word;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        memcpy(&word, bytes, sizeof word);
#else
        word = read_word(bytes, 8);
#endif
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = read_word(bytes, left) | (uint64_t)len << 56;
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void cn__random_seed(uint64_t *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t word;
        if (getrandom(&word, sizeof word, GRND_NONBLOCK) == (ssize_t)sizeof word) {
            words[i] = word;
        } else { /* no randomness at all: another seed than the one before */
            words[i] = cn__hash_bytes(words[i], (const char *)&words[i], sizeof words[i]);
        }
    }
}

static uint32_t hash_key(const cn__strmap *map, const char *key, size_t len) {
    uint64_t hash = cn__hash_bytes(map->seed, key, len);
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t find_hashed(const cn__strmap *map, uint32_t hash, const char *key, size_t len) {
    for (uint32_t slot = hash & (map->slot_count - 1); map->slots[slot] != 0;
         slot = (slot + 1) & (map->slot_count - 1)) {
        const struct cn__strmap_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && entry->key_len == len &&
            memcmp(cn__arena_at(&map->keys, entry->key), key, len) == 0) {
            return entry->value;
        }
    }
    return CN_NONE;
}

uint32_t cn__strmap_find(const cn__strmap *map, const char *key, size_t len) {
    return map->slot_count != 0 ? find_hashed(map, hash_key(map, key, len), key, len) : CN_NONE;
}

void cn__strmap_fetch(const cn__strmap *map, const char *key, size_t len) {
    if (map->slot_count != 0) {
        FETCH(&map->slots[hash_key(map, key, len) & (map->slot_count - 1)]);
    }
}

/* Puts an entry into the first free slot from its own; the slots passed. */
static uint32_t place(cn__strmap *map, uint32_t entry) {
    uint32_t slot = map->entries[entry].hash & (map->slot_count - 1);
    uint32_t passed = 0;
    while (map->slots[slot] != 0) {
        slot = (slot + 1) & (map->slot_count - 1);
        passed++;
    }
    map->slots[slot] = entry + 1;
    return passed;
}

static void place_all(cn__strmap *map) {
    memset(map->slots, 0, (size_t)map->slot_count * sizeof *map->slots);
    for (uint32_t i = 0; i < map->entry_count; i++) {
        if (i + AHEAD < map->entry_count) {
            FETCH(&map->slots[map->entries[i + AHEAD].hash & (map->slot_count - 1)]);
        }
        (void)place(map, i);
    }
}

/* A seed that nobody could know when the keys were made. */
static void reseed(cn__strmap *map) {
    map->seeded_by_chance = true;
    cn__random_seed(&map->seed, 1);
    for (size_t i = 0; i < map->entry_count; i++) {
        struct cn__strmap_entry *entry = &map->entries[i];
        entry->hash = hash_key(map, cn__arena_at(&map->keys, entry->key), entry->key_len);
    }
    place_all(map);
}

/* Doubles the slots when one more entry would fill more than half of them. */
static bool make_slots(cn__strmap *map) {
    if ((map->entry_count + 1) * 2 <= map->slot_count) {
        return true;
    }
    if (map->slot_count > UINT32_MAX / 4) {
        return false;
    }
    uint32_t count = map->slot_count == 0 ? FIRST_SLOTS : map->slot_count * 2;
    uint32_t *slots = cn__alloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    cn__free(map->slots);
    map->slots = slots;
    map->slot_count = count;
    place_all(map);
    return true;
}

bool cn__strmap_add(cn__strmap *map, const char *key, size_t len, uint32_t value, uint32_t *text) {
    uint32_t stored;
    if (len >= UINT32_MAX || !make_slots(map) ||
        !cn__grow((void **)&map->entries, &map->entry_cap, map->entry_count, 1, sizeof *map->entries) ||
        !cn__arena_add(&map->keys, key, len, &stored)) {
        return false;
    }
    map->entries[map->entry_count] = (struct cn__strmap_entry){
        .hash = hash_key(map, key, len), .key = stored, .key_len = (uint32_t)len, .value = value};
    uint32_t passed = place(map, (uint32_t)map->entry_count);
    map->entry_count++;
    if (passed > LONG_RUN && !map->seeded_by_chance) {
        reseed(map);
    }
    if (text) {
        *text = stored;
    }
    return true;
}

void cn__strmap_release(cn__strmap *map) {
    cn__free(map->slots);
    cn__free(map->entries);
    cn__arena_release(&map->keys);
    *map = (cn__strmap){0};
}
