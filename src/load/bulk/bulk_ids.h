/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which entity has an id: the builder's own answer, faster. An id of up to twelve bytes is compared within one place of memory, a
 * small number leads straight to its entity. Several threads may look up at once while nothing is added. `{0}` to init.
 */
#ifndef CN_LOAD_BULK_IDS_H
#define CN_LOAD_BULK_IDS_H

#include "coopnet/builder.h"

/* An id as it is compared: the bytes themselves, or of a long one what stands for them. */
typedef struct cn__bulk_key {
    uint64_t head;
    uint32_t rest;
} cn__bulk_key;

typedef struct cn__bulk_ids {
    const cn_builder *builder;
    uint32_t count; /* entities 0 … count-1 are known here */
    struct cn__bulk_slot {
        uint64_t head;
        uint32_t rest;
        cn_entity entity; /* CN_NONE: empty */
    } * slots;
    size_t slot_count; /* 0 or a power of two, at least twice the entities in it */
    size_t used;
    uint64_t seed[5];
    bool seeded_by_chance;
    cn_entity *numbers; /* by the number that is their id, written without zeros before it; CN_NONE: none */
    size_t number_count;
    size_t number_cap;
} cn__bulk_ids;

/* Ids that are looked up together, so that they wait for memory together. */
enum { CN__BULK_TOGETHER = 32 };
/*
 * Entities of `count` ids, at most CN__BULK_TOGETHER; CN_NONE where there is none. Nothing is read at or beyond `end`, which is not
 * before the end of any id.
 */
void cn__bulk_ids_find(const cn__bulk_ids *ids, const char *const *texts, const uint32_t *lens, size_t count,
                       const char *end, cn_entity *out);
/* Ask the memory for what a find of this id will read. */
void cn__bulk_ids_fetch(const cn__bulk_ids *ids, const char *text, size_t len, const char *end);
/* Take in the entities that the builder has got since. False: memory. */
bool cn__bulk_ids_follow(cn__bulk_ids *ids);
void cn__bulk_ids_release(cn__bulk_ids *ids);

#endif
