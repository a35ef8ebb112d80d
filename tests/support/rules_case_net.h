/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of rules share: networks and profiles from text, results by name. */
#ifndef CN_TEST_RULES_CASE_NET_H
#define CN_TEST_RULES_CASE_NET_H

#include "check.h"
#include "coopnet/load.h"
#include "coopnet/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole file, NUL-terminated; the caller frees it. */
static inline char *rules_file(const char *name) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", COOPNET_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    char *text = calloc(1, 1 << 20);
    CHECK(text != NULL && fread(text, 1, (1 << 20) - 1, file) > 0);
    (void)fclose(file);
    return text;
}

/* `text` with the first `from` replaced by `to`; the caller frees it. `text` is freed. */
static inline char *rules_replaced(char *text, const char *from, const char *to) {
    char *at = strstr(text, from);
    CHECK(at != NULL);
    size_t len = strlen(text) + strlen(to) + 1;
    char *out = malloc(len);
    CHECK(out != NULL);
    (void)snprintf(out, len, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    free(text);
    return out;
}

static inline cn_network *rules_network(const char *text) {
    cn_network *net = NULL;
    cn_diags *diags = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("test", text, strlen(text), NULL, diags, &net, NULL), CN_OK);
    cn_diags_free(diags);
    return net;
}

static inline cn_network *rules_network_file(const char *name) {
    char *text = rules_file(name);
    cn_network *net = rules_network(text);
    free(text);
    return net;
}

static inline cn_profile *rules_profile_text(const char *text) {
    cn_profile *profile = NULL;
    CHECK_INT(cn_profile_load_bytes("test", text, strlen(text), NULL, &profile, NULL), CN_OK);
    return profile;
}

static inline cn_profile *rules_builtin(const char *id) {
    cn_profile *profile = NULL;
    CHECK_INT(cn_profile_builtin(id, &profile, NULL), CN_OK);
    return profile;
}

static inline cn_check rules_check(const cn_network *net, const char *subject, const cn_profile *profile,
                                   const char *date, const cn_change *changes, size_t count) {
    cn_check check;
    cn_check_options options = {
        .date = date ? cn_date_parse(date) : CN_DATE_NONE, .changes = changes, .change_count = count};
    CHECK_INT(cn_check_compute(net, cn_entity_find(net, subject), profile, &options, &check, NULL), CN_OK);
    return check;
}

static inline const cn_rule_result *rules_of(const cn_check *check, const char *rule) {
    const cn_rule_result *result = cn_check_find(check, rule);
    CHECK(result != NULL);
    return result;
}

/* Is there a fact of this reason about this entity (NULL: any)? */
static inline bool rules_says(const cn_network *net, const cn_check *check, const char *rule, cn_reason reason,
                              const char *id) {
    const cn_rule_result *result = rules_of(check, rule);
    for (size_t i = 0; i < result->count; i++) {
        const cn_evidence *evidence = &check->evidence[result->first + i];
        if (evidence->reason == reason &&
            (!id || (evidence->entity != CN_NONE && strcmp(cn_entity_id(net, evidence->entity), id) == 0))) {
            return true;
        }
    }
    return false;
}

#endif
