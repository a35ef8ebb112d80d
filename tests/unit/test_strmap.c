/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The string map: many keys, odd keys, and runs of slots that hostile keys would make. */
#include "check.h"
#include "strmap.h"

#include <stdio.h>
#include <string.h>

static void empty_map(void) {
    cn__strmap map = {0};
    CHECK_INT(cn__strmap_find(&map, "a", 1), CN_NONE);
    CHECK_INT(cn__strmap_find(&map, "", 0), CN_NONE);
    cn__strmap_release(&map);
}

static void odd_keys(void) {
    cn__strmap map = {0};
    uint32_t text = 99;
    CHECK(cn__strmap_add(&map, "", 0, 5, &text));
    CHECK_INT(text, 0);
    CHECK(cn__strmap_add(&map, "a\0b", 3, 6, NULL));
    CHECK(cn__strmap_add(&map, "a\0c", 3, 7, NULL));
    CHECK(cn__strmap_add(&map, "a", 1, 8, &text));
    CHECK_TEXT(cn__arena_at(&map.keys, text), "a");
    CHECK_INT(cn__strmap_find(&map, "", 0), 5);
    CHECK_INT(cn__strmap_find(&map, "a\0b", 3), 6);
    CHECK_INT(cn__strmap_find(&map, "a\0c", 3), 7);
    CHECK_INT(cn__strmap_find(&map, "a", 1), 8);
    CHECK_INT(cn__strmap_find(&map, "a\0", 2), CN_NONE);
    cn__strmap_release(&map);
}

static void many_keys(void) {
    enum { COUNT = 50000 };
    cn__strmap map = {0};
    char key[32];
    for (uint32_t i = 0; i < COUNT; i++) {
        size_t len = (size_t)snprintf(key, sizeof key, "предприятие %u", i);
        CHECK_INT(cn__strmap_find(&map, key, len), CN_NONE);
        CHECK(cn__strmap_add(&map, key, len, i * 2, NULL));
    }
    CHECK_INT(map.entry_count, COUNT);
    CHECK(map.slot_count >= 2 * COUNT);
    CHECK_INT(map.seed, 0); /* ordinary keys make no long run */
    for (uint32_t i = 0; i < COUNT; i++) {
        size_t len = (size_t)snprintf(key, sizeof key, "предприятие %u", i);
        CHECK_INT(cn__strmap_find(&map, key, len), i * 2);
    }
    cn__strmap_release(&map);
}

/* Keys that all start at one slot of a map of 8192: found by trying, as an attacker would. */
static void hostile_keys(void) {
    enum { WANTED = 3000, SLOTS = 8192 };
    static char keys[WANTED][12];
    size_t found = 0;
    for (unsigned i = 0; found < WANTED; i++) {
        char key[12];
        size_t len = (size_t)snprintf(key, sizeof key, "%u", i);
        cn__strmap probe = {0};
        CHECK(cn__strmap_add(&probe, key, len, 1, NULL));
        /* A tenth of the slots: a run far longer than chance makes, without millions of tries. */
        if (probe.entries[0].hash % SLOTS < SLOTS / 10) {
            memcpy(keys[found++], key, len + 1);
        }
        cn__strmap_release(&probe);
    }
    cn__strmap map = {0};
    for (uint32_t i = 0; i < WANTED; i++) {
        CHECK(cn__strmap_add(&map, keys[i], strlen(keys[i]), i, NULL));
    }
    CHECK(map.seed != 0);
    for (uint32_t i = 0; i < WANTED; i++) {
        CHECK_INT(cn__strmap_find(&map, keys[i], strlen(keys[i])), i);
    }
    uint32_t longest = 0;
    uint32_t run = 0;
    for (uint32_t s = 0; s < map.slot_count; s++) {
        run = map.slots[s] ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    CHECK(longest < 200);
    cn__strmap_release(&map);
}

int main(void) {
    return check_run((check_case[]){{"empty map", empty_map},
                                    {"odd keys", odd_keys},
                                    {"many keys", many_keys},
                                    {"hostile keys", hostile_keys},
                                    {0}});
}
