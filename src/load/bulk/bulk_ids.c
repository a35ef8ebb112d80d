/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids to entities while a large table is read. Two tables: numbers below 2^24 lead to their entity directly; other ids go by linear
 * probing over slots of 16 bytes that hold the whole id (up to twelve bytes, with zeros behind it, which no id contains), so that a
 * look-up waits for memory once. A longer id is held by a SipHash of 64 bits and its length, marked by a byte that no valid text has,
 * and compared with the builder's text.
 *
 * The hash is multiply-shift by pairs (Thorup, "High speed hashing for integers and strings", 2015): universal, hence safe under a seed that nobody
 * knows. It starts under a fixed one; a run of slots that does not happen by chance fetches one from the system. Nothing that a caller
 * sees depends on it. Invariant: every entity below `count` is in exactly one table. O(1) a look-up.
 */
#include "bulk_ids.h"

#include "memory.h"
#include "strmap.h"

#include <string.h>

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

enum { SHORT_BYTES = 12, NUMBER_DIGITS = 8, NUMBERS_MAX = 1 << 24, FIRST_SLOTS = 1 << 12, LONG_RUN = 512 };

static const uint64_t first_seed[5] = {UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBF58476D1CE4E5B9),
                                       UINT64_C(0x94D049BB133111EB), UINT64_C(0xD6E8FEB86659FD93),
                                       UINT64_C(0xA0761D6478BD642F)};

/* ---- ids ---- */

static uint32_t number_of(const char *id, size_t len) {
    uint32_t number = 0;
    if (len == 0 || len > NUMBER_DIGITS || (id[0] == '0' && len > 1)) {
        return CN_NONE;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned char)id[i] - (unsigned)'0';
        if (digit > 9) {
            return CN_NONE;
        }
        number = number * 10 + digit;
    }
    return number < NUMBERS_MAX ? number : CN_NONE;
}

/* `end`: nothing may be read from there on. */
static cn__bulk_key key_of(const char *id, size_t len, const char *end) {
    static const uint64_t kept[9] = {0,
                                     UINT64_C(0xFF),
                                     UINT64_C(0xFFFF),
                                     UINT64_C(0xFFFFFF),
                                     UINT64_C(0xFFFFFFFF),
                                     UINT64_C(0xFFFFFFFFFF),
                                     UINT64_C(0xFFFFFFFFFFFF),
                                     UINT64_C(0xFFFFFFFFFFFFFF),
                                     UINT64_MAX};
    cn__bulk_key key = {0, 0};
    if (len > SHORT_BYTES) {
        return (cn__bulk_key){cn__hash_bytes(first_seed[0], id, len), UINT32_C(0xFF000000) | (len & 0xFFFFFF)};
    }
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (end - id >= SHORT_BYTES) { /* two reads and two masks instead of a copy of unknown length */
        memcpy(&key.head, id, sizeof key.head);
        memcpy(&key.rest, id + sizeof key.head, sizeof key.rest);
        key.head &= kept[len < 8 ? len : 8];
        key.rest &= (uint32_t)kept[len < 8 ? 0 : len - 8];
        return key;
    }
#else
    (void)kept;
    (void)end;
#endif
    memcpy(&key.head, id, len < 8 ? len : 8);
    memcpy(&key.rest, id + (len < 8 ? len : 8), len < 8 ? 0 : len - 8);
    return key;
}

static size_t slot_of(const cn__bulk_ids *ids, cn__bulk_key key) {
    uint64_t pair = ((uint32_t)key.head + ids->seed[0]) * ((key.head >> 32) + ids->seed[1]);
    uint64_t last = (key.rest + ids->seed[2]) * ids->seed[3];
    return (size_t)((pair + last + ids->seed[4]) >> 32) & (ids->slot_count - 1);
}

static bool is_long(cn__bulk_key key) { return key.rest >> 24 == 0xFF; }

/* ---- looking up ---- */

static bool same_long(const cn__bulk_ids *ids, cn_entity entity, const char *id, size_t len) {
    const char *known = cn_builder_entity_id(ids->builder, entity);
    return strncmp(known, id, len) == 0 && known[len] == '\0';
}

static cn_entity find(const cn__bulk_ids *ids, cn__bulk_key key, const char *id, size_t len) {
    for (size_t at = slot_of(ids, key); ids->slots[at].entity != CN_NONE; at = (at + 1) & (ids->slot_count - 1)) {
        const struct cn__bulk_slot *slot = &ids->slots[at];
        if (slot->head == key.head && slot->rest == key.rest &&
            (!is_long(key) || same_long(ids, slot->entity, id, len))) {
            return slot->entity;
        }
    }
    return CN_NONE;
}

void cn__bulk_ids_find(const cn__bulk_ids *ids, const char *const *texts, const uint32_t *lens, size_t count,
                       const char *end, cn_entity *out) {
    cn__bulk_key keys[CN__BULK_TOGETHER];
    uint32_t numbers[CN__BULK_TOGETHER];
    for (size_t i = 0; i < count; i++) {
        numbers[i] = number_of(texts[i], lens[i]);
        if (numbers[i] != CN_NONE) {
            FETCH(numbers[i] < ids->number_count ? &ids->numbers[numbers[i]] : NULL);
        } else if (ids->slot_count > 0) {
            keys[i] = key_of(texts[i], lens[i], end);
            FETCH(&ids->slots[slot_of(ids, keys[i])]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] != CN_NONE) {
            out[i] = numbers[i] < ids->number_count ? ids->numbers[numbers[i]] : CN_NONE;
        } else {
            out[i] = ids->slot_count > 0 ? find(ids, keys[i], texts[i], lens[i]) : CN_NONE;
        }
    }
}

void cn__bulk_ids_fetch(const cn__bulk_ids *ids, const char *text, size_t len, const char *end) {
    uint32_t number = number_of(text, len);
    if (number == CN_NONE && ids->slot_count > 0) {
        FETCH(&ids->slots[slot_of(ids, key_of(text, len, end))]);
    } else if (number < ids->number_count) {
        FETCH(&ids->numbers[number]);
    }
}

/* ---- adding ---- */

/* Puts an id that is new into the first free slot from its own; the slots passed. */
static size_t place(cn__bulk_ids *ids, cn__bulk_key key, cn_entity entity) {
    size_t at = slot_of(ids, key);
    size_t passed = 0;
    while (ids->slots[at].entity != CN_NONE) {
        at = (at + 1) & (ids->slot_count - 1);
        passed++;
    }
    ids->slots[at] = (struct cn__bulk_slot){key.head, key.rest, entity};
    return passed;
}

/* Everything anew into `count` slots. False: memory. */
static bool replace_all(cn__bulk_ids *ids, size_t count) {
    struct cn__bulk_slot *old = ids->slots;
    size_t old_count = ids->slot_count;
    struct cn__bulk_slot *slots = cn__alloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    memset(slots, 0xFF, count * sizeof *slots); /* CN_NONE */
    ids->slots = slots;
    ids->slot_count = count;
    for (size_t i = 0; i < old_count; i++) {
        if (old[i].entity != CN_NONE) {
            (void)place(ids, (cn__bulk_key){old[i].head, old[i].rest}, old[i].entity);
        }
    }
    cn__free(old);
    return true;
}

static bool add_text(cn__bulk_ids *ids, const char *id, size_t len, cn_entity entity) {
    if (ids->slot_count == 0) {
        memcpy(ids->seed, first_seed, sizeof ids->seed);
    }
    if (2 * (ids->used + 1) > ids->slot_count &&
        !replace_all(ids, ids->slot_count > 0 ? 2 * ids->slot_count : FIRST_SLOTS)) {
        return false;
    }
    ids->used++;
    if (place(ids, key_of(id, len, id + len), entity) > LONG_RUN && !ids->seeded_by_chance) {
        ids->seeded_by_chance = true;
        cn__random_seed(ids->seed, sizeof ids->seed / sizeof *ids->seed);
        return replace_all(ids, ids->slot_count);
    }
    return true;
}

static bool add_number(cn__bulk_ids *ids, uint32_t number, cn_entity entity) {
    if (number >= ids->number_count) {
        size_t more = number + 1 - ids->number_count;
        if (!cn__grow((void **)&ids->numbers, &ids->number_cap, ids->number_count, more, sizeof *ids->numbers)) {
            return false;
        }
        memset(ids->numbers + ids->number_count, 0xFF, more * sizeof *ids->numbers); /* CN_NONE */
        ids->number_count += more;
    }
    ids->numbers[number] = entity;
    return true;
}

bool cn__bulk_ids_follow(cn__bulk_ids *ids) {
    for (uint32_t count = cn_builder_entity_count(ids->builder); ids->count < count; ids->count++) {
        const char *id = cn_builder_entity_id(ids->builder, ids->count);
        size_t len = strlen(id);
        uint32_t number = number_of(id, len);
        if (number != CN_NONE ? !add_number(ids, number, ids->count) : !add_text(ids, id, len, ids->count)) {
            return false;
        }
    }
    return true;
}

void cn__bulk_ids_release(cn__bulk_ids *ids) {
    cn__free(ids->slots);
    cn__free(ids->numbers);
    *ids = (cn__bulk_ids){0};
}
