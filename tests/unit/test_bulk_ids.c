/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index of ids that large tables are read with, against the builder's own answer: numbers, short and long ids, ids at the very end of
 * the text, and ids prepared to meet in one slot.
 */
#include "bulk_ids.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cn_builder *make(void) {
    cn_builder *builder = NULL;
    CHECK_INT(cn_builder_create(&builder, NULL), CN_OK);
    return builder;
}

/* Asked for alone, in a block of its own that ends where the id ends. */
static cn_entity find(const cn__bulk_ids *ids, const char *id) {
    uint32_t len = (uint32_t)strlen(id);
    char *text = malloc(len ? len : 1);
    cn_entity out = 77;
    CHECK(text != NULL);
    memcpy(text, id, len);
    const char *texts[] = {text};
    cn__bulk_ids_fetch(ids, text, len, text + len);
    cn__bulk_ids_find(ids, texts, &len, 1, text + len, &out);
    free(text);
    return out;
}

static const char *const odd_ids[] = {"0",
                                      "00",
                                      "1",
                                      "01",
                                      "16777215",
                                      "16777216",
                                      "99999999",
                                      "123456789",
                                      "7707083893",
                                      "1027700132195",
                                      "a",
                                      "ab",
                                      "abcdefg",
                                      "abcdefgh",
                                      "abcdefghi",
                                      "abcdefghijkl",
                                      "abcdefghijklm",
                                      "abcdefghijkln",
                                      "7ZW8QJWVPR4P1S5PX088",
                                      "Завод",
                                      "ООО «Вымысловский завод № 1»",
                                      "ООО «Вымысловский завод № 2»"};
enum { ODD_IDS = sizeof odd_ids / sizeof *odd_ids };

static void odd_ids_are_found(void) {
    cn_builder *builder = make();
    cn__bulk_ids ids = {.builder = builder};
    for (size_t i = 0; i < ODD_IDS; i++) {
        CHECK_INT(find(&ids, odd_ids[i]), CN_NONE);
    }
    for (size_t i = 0; i < ODD_IDS; i++) {
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, odd_ids[i], NULL, NULL, NULL), CN_OK);
        CHECK(cn__bulk_ids_follow(&ids));
        for (size_t k = 0; k < ODD_IDS; k++) {
            CHECK_INT(find(&ids, odd_ids[k]), k <= i ? k : CN_NONE);
        }
    }
    CHECK_INT(find(&ids, "2"), CN_NONE);
    CHECK_INT(find(&ids, "abcdefgh\xC2\xA0"), CN_NONE);
    cn__bulk_ids_release(&ids);
    cn_builder_free(builder);
}

/* Thousands of ids of all lengths, asked for many at a time. */
static void many_ids(void) {
    enum { COUNT = 20000 };
    cn_builder *builder = make();
    cn__bulk_ids ids = {.builder = builder};
    static char text[COUNT][40];
    uint64_t seed = 1;
    for (uint32_t i = 0; i < COUNT; i++) {
        static const char *const prefixes[] = {"", "f", "firm-", "a firm of number ", ""};
        uint32_t form = check_below(&seed, 5);
        (void)snprintf(text[i], sizeof text[i], "%s%0*u", prefixes[form], form == 2 ? 8 : form == 4 ? 10 : 1, i * 7);
        if (i % 2 == 0) {
            CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, text[i], NULL, NULL, NULL), CN_OK);
        }
    }
    CHECK(cn__bulk_ids_follow(&ids));
    CHECK(!ids.seeded_by_chance); /* ordinary ids make no long run */
    for (uint32_t i = 0; i + CN__BULK_TOGETHER <= COUNT; i += CN__BULK_TOGETHER) {
        const char *texts[CN__BULK_TOGETHER];
        uint32_t lens[CN__BULK_TOGETHER];
        cn_entity found[CN__BULK_TOGETHER];
        for (uint32_t k = 0; k < CN__BULK_TOGETHER; k++) {
            texts[k] = text[i + k];
            lens[k] = (uint32_t)strlen(texts[k]);
        }
        cn__bulk_ids_find(&ids, texts, lens, CN__BULK_TOGETHER, text[COUNT - 1] + sizeof *text, found);
        for (uint32_t k = 0; k < CN__BULK_TOGETHER; k++) {
            CHECK_INT(found[k], cn_builder_find(builder, texts[k]));
        }
    }
    cn__bulk_ids_release(&ids);
    cn_builder_free(builder);
}

/* The slot of an id of 8 to 12 bytes, as bulk_ids.c reckons it: who prepares ids can read the source. */
static size_t slot_of(const cn__bulk_ids *ids, const char *id, size_t slots) {
    uint64_t head = 0;
    uint32_t rest = 0;
    memcpy(&head, id, 8);
    memcpy(&rest, id + 8, strlen(id) - 8);
    uint64_t pair = ((uint32_t)head + ids->seed[0]) * ((head >> 32) + ids->seed[1]);
    return (size_t)((pair + (rest + ids->seed[2]) * ids->seed[3] + ids->seed[4]) >> 32) & (slots - 1);
}

/* Ids that all want one of four slots, and after the seed has changed more that would have wanted them under the first one. */
static void prepared_ids(void) {
    enum { COUNT = 3000, SLOTS = 8192 };
    cn_builder *builder = make();
    cn__bulk_ids ids = {.builder = builder};
    CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "the first one", NULL, NULL, NULL), CN_OK);
    CHECK(cn__bulk_ids_follow(&ids));
    cn__bulk_ids known = ids; /* the seed that everybody knows */
    uint32_t made = 0;
    for (uint32_t i = 0; made < COUNT; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "f%09u", i);
        if (slot_of(&known, id, SLOTS) < 4) {
            CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, NULL, NULL, NULL), CN_OK);
            CHECK(cn__bulk_ids_follow(&ids));
            made++;
        }
    }
    CHECK(ids.seeded_by_chance);
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < ids.slot_count; i++) {
        run = ids.slots[i].entity != CN_NONE ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    CHECK(longest < 512);
    for (cn_entity e = 0; e < cn_builder_entity_count(builder); e++) {
        CHECK_INT(find(&ids, cn_builder_entity_id(builder, e)), e);
    }
    cn__bulk_ids_release(&ids);
    cn_builder_free(builder);
}

int main(void) {
    return check_run((check_case[]){
        {"odd_ids_are_found", odd_ids_are_found}, {"many_ids", many_ids}, {"prepared_ids", prepared_ids}, {0}});
}
