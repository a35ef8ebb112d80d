/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading rule profiles: the built-in ones, which is in force when, and an example with its place for every message of a broken one. */
#include "broken_example.h"
#include "rules_case_net.h"

#define HEAD "{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"y\"},\n"
#define TITLE "\"title\": {\"en\": \"a\", \"ru\": \"b\"}"

static const broken_example broken[] = {
    {"rules-no-profile", 1, 1, "[]"},
    {"rules-no-profile", 1, 19,
     "{\"coopnet_rules\": 2, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"y\"}, \"rules\": [{\"id\": \"A\", "
     "\"quantity\": \"participants\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-unknown-field", 2, 1,
     HEAD "\"zzzzzzzzzz\": 1, \"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 1, " TITLE
          "}]}"},
    {"rules-unknown-field-near", 2, 65,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_most\": 1, \"at_lest\": 1, " TITLE "}]}"},
    {"rules-field-twice", 2, 23,
     HEAD "\"rules\": [{\"id\": \"A\", \"id\": \"B\", \"quantity\": \"participants\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-missing", 2, 11, HEAD "\"rules\": [{\"id\": \"A\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-unknown-word", 2, 35,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"zzzz\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-unknown-word-near", 2, 35,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participant\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-bad-number", 2, 63,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 0.1234567, " TITLE "}]}"},
    {"rules-bad-number", 2, 63,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": -1, " TITLE "}]}"},
    {"rules-bad-number", 2, 63,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": \"1\", " TITLE "}]}"},
    {"rules-comparison", 2, 11, HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", " TITLE "}]}"},
    {"rules-comparison", 2, 11,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 1, \"at_most\": 2, " TITLE "}]}"},
    {"rules-id-twice", 1, 1,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 1, " TITLE
          "},{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 1, " TITLE "}]}"},
    {"rules-none", 1, 1, HEAD "\"rules\": []}"},
    {"json-comma", 2, 12, HEAD "\"rules\": []]"},
    {"expect-list", 2, 10, HEAD "\"rules\": 5}"},
    {"expect-object", 2, 11, HEAD "\"rules\": [5]}"},
    {"expect-text", 2, 18,
     HEAD "\"rules\": [{\"id\": 7, \"quantity\": \"participants\", \"at_least\": 1, " TITLE "}]}"},
    {"expect-flag", 2, 75,
     HEAD "\"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_most\": 1, \"report\": 5, " TITLE "}]}"},
    {"bad-date", 2, 13,
     HEAD
     "\"in_force\": \"yesterday\", \"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 1, " TITLE
     "}]}"},
};

static const message_level messages[] = {
#define CN_MESSAGE(id, level, key, en, ru) {key, CN_LEVEL_##level},
#include "coopnet/messages_rules.def"
#undef CN_MESSAGE
};

static void broken_profiles_get_their_message(void) {
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        cn_diags *diags = NULL;
        cn_profile *profile = NULL;
        cn_error err = {0};
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        CHECK_INT(cn_profile_load_bytes("p.json", broken[i].text, strlen(broken[i].text), diags, &profile, &err),
                  CN_ERR_INPUT);
        CHECK(profile == NULL);
        check_example(&broken[i], diags);
        cn_diags_free(diags);
    }
}

static void every_message_has_an_example(void) {
    check_examples_of_all(messages, sizeof messages / sizeof *messages, broken, sizeof broken / sizeof *broken);
}

static void builtin_profiles(void) {
    CHECK_INT(cn_profile_builtin_count(), 4);
    for (size_t i = 0; i < cn_profile_builtin_count(); i++) {
        cn_profile *profile = rules_builtin(cn_profile_builtin_id(i));
        CHECK_TEXT(profile->id, cn_profile_builtin_id(i)); /* file and profile have one name */
        CHECK(profile->in_force != CN_DATE_NONE && profile->law[0] && profile->rule_count >= 8);
        for (size_t r = 0; r < profile->rule_count; r++) {
            const cn_rule *rule = &profile->rules[r];
            CHECK(rule->title_en[0] && rule->title_ru[0] && rule->source[0]);
            CHECK(rule->confidence != CN_CONFIDENCE_NONE);
        }
        cn_profile_free(profile);
    }
    cn_profile *profile = NULL;
    cn_error err = {0};
    CHECK_INT(cn_profile_builtin("780", &profile, &err), CN_ERR_ARGUMENT);
    CHECK_TEXT(cn_message_key(err.message), "rules-no-builtin");
}

static void in_force(void) {
    static const struct {
        const char *date;
        bool projects;
        const char *want;
    } cases[] = {{"2016-05-01", false, "779-2015"}, {"2021-11-15", false, "779-2015"},
                 {"2021-11-16", false, "779-2021"}, {"2024-04-01", false, "779-2021"},
                 {"2024-05-01", false, "779-2024"}, {"2000", false, "779-2015"},
                 {NULL, false, "779-2024"},         {"2024-04-01", true, "41"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_profile *profile = NULL;
        CHECK_INT(cn_profile_in_force(cases[i].date ? cn_date_parse(cases[i].date) : CN_DATE_NONE, cases[i].projects,
                                      &profile, NULL),
                  CN_OK);
        CHECK_TEXT(profile->id, cases[i].want);
        cn_profile_free(profile);
    }
}

static void escapes_and_fields(void) {
    cn_profile *profile =
        rules_profile_text("{\"coopnet_rules\": 1, \"id\": \"\\u0444\\ud83d\\ude00\\n\\\"\", \"title\": {\"en\": "
                           "\"x\", \"ru\": \"y\"}, \"rules\": ["
                           "{\"id\": \"A\", \"quantity\": \"support_per_applicant\", \"at_most\": 150000000.5, " TITLE
                           ", \"contracts\": [\"supply\", \"service\"], \"organisations\": [\"bank\"], \"parks\": "
                           "[\"sez\"], \"confidence\": "
                           "\"inferred\", \"relaxed\": {\"special_territory_share\": 0.3, \"threshold\": 0.1}}]}");
    const cn_rule *rule = &profile->rules[0];
    CHECK_TEXT(profile->id, "ф😀\n\"");
    CHECK_INT(rule->threshold_micro, INT64_C(150000000500000));
    CHECK_INT(rule->contracts, CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE));
    CHECK_INT(rule->org_types, 1u << CN_ORG_BANK);
    CHECK_INT(rule->park_types, 1u << CN_PARK_SEZ);
    CHECK_INT(rule->confidence, CN_CONFIDENCE_INFERRED);
    CHECK_INT(rule->relaxed_from_micro, 300000);
    CHECK_INT(rule->relaxed_to_micro, 100000);
    cn_profile_free(profile);
    cn_profile_free(NULL);
}

int main(void) {
    return check_run((check_case[]){{"broken profiles get their message", broken_profiles_get_their_message},
                                    {"every message has an example", every_message_has_an_example},
                                    {"built-in profiles", builtin_profiles},
                                    {"which is in force", in_force},
                                    {"escapes and fields", escapes_and_fields},
                                    {0}});
}
