/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seeded mutations of the rule profiles through their reader: whatever comes, it is refused with a message or taken whole. COOPNET_FUZZ_RUNS sets the number
 * for a long run.
 */
#include "damage_json.h"
#include "rules_case_net.h"

enum { RUNS = 200 };

static const char *const names[] = {"rules/41.json", "rules/779-2015.json", "rules/779-2021.json"};

static void mutations(void) {
    const char *asked = getenv("COOPNET_FUZZ_RUNS");
    long runs = asked ? strtol(asked, NULL, 10) : RUNS;
    uint64_t seed = 41;
    size_t taken = 0;
    char *whole[3];
    char *text = malloc(1 << 16);
    CHECK(text != NULL);
    for (size_t i = 0; i < 3; i++) {
        whole[i] = rules_file(names[i]);
        CHECK(strlen(whole[i]) < (1 << 16) - 200);
    }
    for (long run = 0; run < runs; run++) {
        size_t len = strlen(whole[run % 3]);
        memcpy(text, whole[run % 3], len);
        cn_diags *diags = NULL;
        cn_profile *profile = NULL;
        damage_json(text, &len, &seed);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn_status status = cn_profile_load_bytes("fuzz", text, len, diags, &profile, NULL);
        CHECK(status == CN_OK || status == CN_ERR_INPUT);
        CHECK((status == CN_OK) == (profile != NULL));
        CHECK((status == CN_ERR_INPUT) == (cn_diags_total(diags, CN_LEVEL_ERROR) > 0));
        taken += profile != NULL;
        cn_profile_free(profile);
        cn_diags_free(diags);
    }
    for (size_t i = 0; i < 3; i++) {
        free(whole[i]);
    }
    free(text);
    CHECK(taken > 0 && taken < (size_t)runs);
}

int main(void) { return check_run((check_case[]){{"mutated profiles", mutations}, {0}}); }
