/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples of mistakes in small JSON files (themes, profiles of rules): each gets its message at its place, and every message has one. */
#ifndef CN_TEST_BROKEN_EXAMPLE_H
#define CN_TEST_BROKEN_EXAMPLE_H

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "coopnet/diag.h"

typedef struct broken_example {
    const char *key; /* of the first message */
    uint32_t line;
    uint32_t column;
    const char *text;
} broken_example;

typedef struct message_level {
    const char *key;
    cn_level level;
} message_level;

static inline void check_example(const broken_example *example, const cn_diags *diags) {
    CHECK(cn_diags_count(diags) >= 1);
    const cn_diag *diag = cn_diags_at(diags, 0);
    const char *key = cn_message_key(diag->message);
    if (strcmp(key, example->key) != 0 || diag->line != example->line || diag->column != example->column) {
        printf("  %s: %s %u:%u\n", example->text, key, diag->line, diag->column);
    }
    CHECK_TEXT(key, example->key);
    CHECK_INT(diag->line, example->line);
    CHECK_INT(diag->column, example->column);
}

/* Failures of a call have no place in a file, and so no example. */
static inline void check_examples_of_all(const message_level *messages, size_t message_count,
                                         const broken_example *examples, size_t count) {
    for (size_t m = 0; m < message_count; m++) {
        bool found = messages[m].level == CN_LEVEL_FAIL;
        for (size_t i = 0; i < count && !found; i++) {
            found = strcmp(examples[i].key, messages[m].key) == 0;
        }
        if (!found) {
            printf("  no example of %s\n", messages[m].key);
        }
        CHECK(found);
    }
}

#endif
