/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules on networks whose numbers were worked by hand: what is planted in electro, the toy, the candidate cluster of akit; every threshold from the profile. */
#include "rules_case_net.h"

static cn_network *electro(void) { return rules_network_file("graphs/electro.json"); }

static void electro_level_is_just_below(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("779-2021");
    cn_check check = rules_check(net, "electro", profile, NULL, NULL, 0);
    const cn_rule_result *level = rules_of(&check, "R4b");
    CHECK_INT(level->verdict, CN_VERDICT_NOT_MET);
    CHECK_INT(level->low.numerator, INT64_C(117400000000));
    CHECK_INT(level->low.denominator, INT64_C(608000000000));
    CHECK_INT(level->gap, INT64_C(4200000000)); /* 20 % of 6,080 m is 1,216 m */
    const cn_rule_result *without = rules_of(&check, "R4c");
    CHECK_INT(without->low.denominator, INT64_C(244000000000));
    CHECK_INT(without->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "R1")->low.numerator, 15);
    CHECK_INT(check.participant_count, 15);
    CHECK_INT(check.verdict, CN_VERDICT_NOT_MET);
    CHECK_INT(check.not_met, 5);
    CHECK(check.registered);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void electro_planted_firms(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("779-2021");
    cn_check check = rules_check(net, "electro", profile, NULL, NULL, 0);
    CHECK(rules_says(net, &check, "R3", CN_REASON_NO_CONTRACT, "polimer"));
    CHECK_INT(rules_of(&check, "R3")->low.numerator, 1);
    CHECK(rules_says(net, &check, "R12", CN_REASON_UNSIGNED, "krepezh"));
    CHECK(rules_says(net, &check, "R9b", CN_REASON_UNCOVERED, "krepezh"));
    CHECK(rules_says(net, &check, "R1", CN_REASON_ENDED, "maslo"));
    CHECK(rules_says(net, &check, "R1", CN_REASON_CANDIDATE, "svar"));
    CHECK_INT(rules_of(&check, "R10")->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "R11")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    check = rules_check(net, "electro", profile, "2026-06-15", NULL, 0);
    CHECK_INT(rules_of(&check, "R11")->verdict, CN_VERDICT_MET); /* 2021-06-15 and five years: the last day */
    cn_check_release(&check);
    check = rules_check(net, "electro", profile, "2026-06-16", NULL, 0);
    CHECK_INT(rules_of(&check, "R11")->verdict, CN_VERDICT_NOT_MET);
    cn_check_release(&check);
    check = rules_check(net, "electro", profile, "2023-06-01", NULL, 0);
    CHECK(rules_says(net, &check, "R1", CN_REASON_PARTICIPANT, "maslo"));
    CHECK(rules_says(net, &check, "R1", CN_REASON_LATER, "krepezh"));
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void electro_jobs_and_bodies(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("779-2015");
    cn_check check = rules_check(net, "electro", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "R6")->low.numerator, 1130);
    CHECK_INT(rules_of(&check, "R6")->low.denominator, 2104);
    CHECK_INT(rules_of(&check, "R8a")->low.numerator, 2);
    CHECK_INT(rules_of(&check, "R8b")->low.numerator, 2);
    CHECK_INT(rules_of(&check, "R8c")->low.numerator, 1);
    CHECK_INT(rules_of(&check, "R7")->verdict, CN_VERDICT_UNKNOWN);
    cn_check_release(&check);
    cn_profile_free(profile);
    char *text = rules_replaced(rules_file("rules/779-2015.json"), "\"rules\": [",
                                "\"region_productivity\": [{\"region\": \"Небывальская область\", \"value\": "
                                "2889733.84}], \"rules\": [");
    profile = rules_profile_text(text); /* 6,080 m / 2,104 = 2,889,733.8403… */
    free(text);
    check = rules_check(net, "electro", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "R7")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    cn_profile_free(profile);
    text = rules_replaced(rules_file("rules/779-2015.json"), "\"rules\": [",
                          "\"region_productivity\": [{\"region\": \"Небывальская область\", \"value\": "
                          "2889733.85}], \"rules\": [");
    profile = rules_profile_text(text);
    free(text);
    check = rules_check(net, "electro", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "R7")->verdict, CN_VERDICT_NOT_MET);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void electro_changes(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("779-2021");
    cn_change supply = {.kind = CN_CHANGE_SUPPLY,
                        .entity = cn_entity_find(net, "polimer"),
                        .other = cn_entity_find(net, "etz"),
                        .minor = INT64_C(4600000000),
                        .product = "22.21.30"};
    cn_check check = rules_check(net, "electro", profile, NULL, &supply, 1);
    CHECK_INT(rules_of(&check, "R4b")->low.numerator, INT64_C(122000000000)); /* 20.066 % */
    CHECK_INT(rules_of(&check, "R4b")->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "R3")->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "R13")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    supply.minor = INT64_C(4200000000) - 1;
    check = rules_check(net, "electro", profile, NULL, &supply, 1);
    CHECK_INT(rules_of(&check, "R4b")->verdict, CN_VERDICT_NOT_MET);
    CHECK_INT(rules_of(&check, "R4b")->gap, 1);
    cn_check_release(&check);
    supply.kind = CN_CHANGE_GROW; /* made on top: (1,174 + 46) / (6,080 + 46) = 19.915 % */
    supply.minor = INT64_C(4600000000);
    check = rules_check(net, "electro", profile, NULL, &supply, 1);
    CHECK_INT(rules_of(&check, "R4b")->low.denominator, INT64_C(612600000000));
    CHECK_INT(rules_of(&check, "R4b")->verdict, CN_VERDICT_NOT_MET);
    cn_check_release(&check);
    cn_change join = {.kind = CN_CHANGE_JOIN, .entity = cn_entity_find(net, "maslo")};
    check = rules_check(net, "electro", profile, NULL, &join, 1);
    CHECK_INT(rules_of(&check, "R4b")->low.numerator, INT64_C(130400000000)); /* 1,304 / 6,490 */
    CHECK_INT(rules_of(&check, "R4b")->low.denominator, INT64_C(649000000000));
    CHECK_INT(rules_of(&check, "R4b")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    cn_change leave = {.kind = CN_CHANGE_LEAVE, .entity = cn_entity_find(net, "polimer")};
    check = rules_check(net, "electro", profile, NULL, &leave, 1);
    CHECK_INT(rules_of(&check, "R4b")->low.denominator, INT64_C(596000000000));
    CHECK_INT(rules_of(&check, "R1")->low.numerator, 14);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

/* Firms 0 to 3 of the toy: R4a 1, 0.85714, 0.83333; R4b 0.45, without the final maker's output 0.9. */
static void toy_numbers(void) {
    char *text = rules_replaced(rules_file("graphs/toy.json"), "\"products\": [",
                                "\"clusters\": [{\"id\": \"c\", \"status\": \"registered\", \"decision_date\": "
                                "\"2020-01-01\", \"members\": [\"raw\", \"a\", \"b\", \"final\"]}], \"products\": [");
    cn_network *net = rules_network(text);
    cn_profile *profile = rules_builtin("779-2021");
    cn_check check = rules_check(net, "c", profile, "2021", NULL, 0);
    static const double want[] = {1, 0.8571428571428571, 0.8333333333333334};
    const cn_rule_result *own = rules_of(&check, "R4a");
    size_t seen = 0;
    for (size_t i = 0; i < own->count; i++) {
        const cn_evidence *evidence = &check.evidence[own->first + i];
        if (evidence->reason == CN_REASON_OWN_SHARE) {
            CHECK_NEAR((double)evidence->amount / (double)evidence->of, want[seen++], 1e-15);
        }
    }
    CHECK_INT(seen, 3);
    CHECK_INT(own->low.numerator * 6, own->low.denominator * 5);
    const cn_rule_result *level = rules_of(&check, "R4b");
    CHECK_INT(level->low.numerator * 20, level->low.denominator * 9);
    const cn_rule_result *without = rules_of(&check, "R4c");
    CHECK_INT(without->low.numerator * 10, without->low.denominator * 9);
    CHECK_INT(rules_of(&check, "R2")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
    free(text);
}

static void candidate_is_not_judged_and_never_passes(void) {
    cn_network *net = rules_network_file("graphs/akit.json");
    cn_profile *profile = rules_builtin("779-2021");
    cn_check check = rules_check(net, "astr_ship", profile, NULL, NULL, 0);
    CHECK_INT(check.verdict, CN_VERDICT_UNKNOWN);
    CHECK_INT(check.unknown, 9);
    CHECK_INT(rules_of(&check, "R11")->verdict, CN_VERDICT_NOT_MET);
    CHECK(rules_says(net, &check, "R4b", CN_REASON_NO_MEMBERS, "astr_ship"));
    CHECK(rules_says(net, &check, "R9a", CN_REASON_NO_MANAGER, "astr_ship"));
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
    /* A candidate that has everything else: the decision is what is missing. */
    char *text =
        rules_replaced(rules_file("graphs/electro.json"), "\"status\": \"registered\"", "\"status\": \"candidate\"");
    net = rules_network(text);
    free(text);
    profile = rules_profile_text(
        "{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"x\"}, \"rules\": ["
        "{\"id\": \"A\", \"quantity\": \"participants\", \"at_least\": 10, \"title\": {\"en\": \"a\", \"ru\": \"a\"}},"
        "{\"id\": \"B\", \"quantity\": \"years_since_decision\", \"at_most\": 5, \"standing\": true, \"title\": "
        "{\"en\": \"b\", \"ru\": \"b\"}}]}");
    check = rules_check(net, "electro", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "A")->verdict, CN_VERDICT_MET);
    CHECK_INT(check.verdict, CN_VERDICT_NOT_MET);
    CHECK(!check.registered);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

/* ---- thresholds come from the profile only ---- */

/* The profile with the threshold of rule `index` moved to `micro`, as text, read again. */
static cn_profile *with_threshold(const char *id, size_t index, int64_t micro) {
    char name[64];
    (void)snprintf(name, sizeof name, "rules/%s.json", id);
    char *text = rules_file(name);
    char *at = text;
    static const char *const keys[] = {"\"at_least\": ", "\"at_most\": ", "\"equals\": "};
    for (size_t rule = 0; at; rule++) {
        char *next = NULL;
        for (size_t k = 0; k < 3; k++) {
            char *found = strstr(at, keys[k]);
            next = found && (!next || found < next) ? found : next;
        }
        CHECK(next != NULL);
        char *number = strchr(next, ':') + 2;
        if (rule == index) {
            char *rest = number + strcspn(number, ",\n");
            char *out = malloc(strlen(text) + 64);
            CHECK(out != NULL);
            (void)sprintf(out, "%.*s%lld.%06lld%s", (int)(number - text), text, (long long)(micro / CN_MICRO),
                          (long long)(micro % CN_MICRO), rest);
            free(text);
            cn_profile *profile = rules_profile_text(out);
            free(out);
            return profile;
        }
        at = number;
    }
    return NULL;
}

/* Just above and just below what a rule measures, the verdict turns: no threshold hides in the code. */
static void turn(const cn_network *net, const char *id, const char *subject) {
    cn_profile *plain = rules_builtin(id);
    size_t turned = 0;
    cn_check first = rules_check(net, subject, plain, NULL, NULL, 0);
    for (size_t i = 0; i < plain->rule_count; i++) {
        const cn_rule_result *known = cn_check_find(&first, plain->rules[i].id);
        if (!known || !known->high.denominator || known->low.denominator != known->high.denominator ||
            known->low.numerator != known->high.numerator) {
            continue;
        }
        int64_t scale = cn_quantity_unit(known->rule->quantity) == CN_UNIT_MONEY ? 100 : 1;
        __extension__ __int128 micro = known->low.numerator;
        int64_t at = (int64_t)(micro * CN_MICRO / known->low.denominator / scale);
        for (int64_t side = 0; side < 2; side++) {
            cn_profile *changed = with_threshold(id, i, at + 1 - side * (at > 0));
            cn_check check = rules_check(net, subject, changed, NULL, NULL, 0);
            bool above = side == 0 || at == 0; /* the threshold is above the value */
            cn_verdict want =
                known->rule->comparison == CN_AT_LEAST ? (above ? CN_VERDICT_NOT_MET : CN_VERDICT_MET)
                : known->rule->comparison == CN_AT_MOST
                    ? (above || micro * CN_MICRO % known->low.denominator == 0 ? CN_VERDICT_MET : CN_VERDICT_NOT_MET)
                    : rules_of(&check, plain->rules[i].id)->verdict;
            CHECK_INT(rules_of(&check, plain->rules[i].id)->verdict, want);
            cn_check_release(&check);
            cn_profile_free(changed);
        }
        if (at > 0) {
            cn_profile *changed = with_threshold(id, i, at - 1);
            cn_check check = rules_check(net, subject, changed, NULL, NULL, 0);
            CHECK_INT(rules_of(&check, plain->rules[i].id)->verdict,
                      known->rule->comparison == CN_AT_LEAST ? CN_VERDICT_MET : CN_VERDICT_NOT_MET);
            cn_check_release(&check);
            cn_profile_free(changed);
        }
        turned++;
    }
    CHECK(turned >= 6);
    cn_check_release(&first);
    cn_profile_free(plain);
}

static void every_threshold_is_in_the_profile(void) {
    cn_network *net = electro();
    turn(net, "779-2015", "electro");
    turn(net, "779-2021", "electro");
    turn(net, "779-2024", "electro");
    turn(net, "41", "p_trafo");
    turn(net, "41", "p_modul");
    cn_network_free(net);
}

static void special_territories_relax(void) {
    char *text =
        rules_replaced(rules_file("rules/779-2021.json"), "\"regions\": []", "\"regions\": [\"Сказовская область\"]");
    cn_profile *profile = rules_profile_text(text);
    free(text);
    cn_network *net = electro();
    cn_check check = rules_check(net, "electro", profile, NULL, NULL, 0);
    const cn_rule_result *level =
        rules_of(&check, "R4b"); /* 5 of 15 participants: from 30 % on the threshold is 10 % */
    CHECK(level->relaxed);
    CHECK_INT(level->threshold_micro, 100000);
    CHECK_INT(level->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    cn_change leave = {.kind = CN_CHANGE_LEAVE, .entity = cn_entity_find(net, "polimer")};
    check = rules_check(net, "electro", profile, NULL, &leave, 1); /* 4 of 14 = 28.6 % */
    CHECK(!rules_of(&check, "R4b")->relaxed);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void projects(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("41");
    cn_check check = rules_check(net, "p_trafo", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "J1")->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "J2b")->low.numerator, 3);
    CHECK_INT(rules_of(&check, "J4")->verdict, CN_VERDICT_MET);
    CHECK_INT(rules_of(&check, "J5")->low.numerator, 2); /* 268 of 300 m; 38.5 % of imports where 35 % were planned */
    CHECK_INT(rules_of(&check, "J6a")->verdict, CN_VERDICT_UNKNOWN);
    CHECK_INT(rules_of(&check, "J6b")->verdict, CN_VERDICT_UNKNOWN); /* 180 m for one is too much, 45 m each is not */
    cn_check_release(&check);
    check = rules_check(net, "p_modul", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "J4")->low.numerator, 2);
    CHECK(rules_says(net, &check, "J4", CN_REASON_NO_CHAIN, "lit"));
    CHECK_INT(rules_of(&check, "J6b")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    check = rules_check(net, "p_trafo", profile, "2021-01-01", NULL, 0);
    CHECK_INT(rules_of(&check, "J1")->verdict, CN_VERDICT_NOT_MET); /* the cluster's members begin in June 2021 */
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

/* The last day of five years, also from and to leap years. */
static void years_to_the_day(void) {
    static const struct {
        const char *decision, *date;
        bool met;
    } cases[] = {{"2020-02-29", "2025-02-28", true}, {"2020-02-29", "2025-03-01", false},
                 {"2019-03-01", "2024-03-01", true}, {"2019-03-01", "2024-03-02", false},
                 {"2020-12-31", "2025-12-31", true}, {"2020-12-31", "2026-01-01", false},
                 {"2019-02-28", "2024-02-28", true}, {"2019-02-28", "2024-02-29", false}};
    cn_profile *profile = rules_builtin("779-2021");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(
            text, sizeof text,
            "{\"coopnet\": 1, \"clusters\": [{\"id\": \"c\", \"status\": \"registered\", \"decision_date\": \"%s\"}]}",
            cases[i].decision);
        cn_network *net = rules_network(text);
        cn_check check = rules_check(net, "c", profile, cases[i].date, NULL, 0);
        CHECK_INT(rules_of(&check, "R11")->verdict, cases[i].met ? CN_VERDICT_MET : CN_VERDICT_NOT_MET);
        cn_check_release(&check);
        cn_network_free(net);
    }
    cn_profile_free(profile);
}

/* 45.6789 % of 400.00 are 182.7156: 2.72 are missing to 180.00, not 2.71. */
static void gap_is_rounded_up(void) {
    char *text = rules_replaced(
        rules_file("graphs/toy.json"), "\"products\": [",
        "\"clusters\": [{\"id\": \"c\", \"members\": [\"raw\", \"a\", \"b\", \"final\"]}], \"products\": [");
    cn_network *net = rules_network(text);
    cn_profile *profile = rules_profile_text(
        "{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"x\"}, \"rules\": [{\"id\": \"L\", "
        "\"quantity\": "
        "\"cooperation_level\", \"at_least\": 0.456789, \"title\": {\"en\": \"a\", \"ru\": \"a\"}}]}");
    cn_check check = rules_check(net, "c", profile, NULL, NULL, 0);
    CHECK_INT(rules_of(&check, "L")->gap, 272);
    cn_check_release(&check);
    cn_change supply = {
        .kind = CN_CHANGE_SUPPLY, .entity = cn_entity_find(net, "a"), .other = cn_entity_find(net, "b"), .minor = 272};
    check = rules_check(net, "c", profile, NULL, &supply, 1);
    CHECK_INT(rules_of(&check, "L")->verdict, CN_VERDICT_MET);
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
    free(text);
}

/* Sums are exact up to int64; beyond, the check is refused rather than wrong. */
static void sums_beyond_int64(void) {
    char *text = rules_replaced(
        rules_file("graphs/toy.json"), "\"products\": [",
        "\"clusters\": [{\"id\": \"c\", \"members\": [\"raw\", \"a\", \"b\", \"final\"]}], \"products\": [");
    text = rules_replaced(text, "\"value\": 40, \"product\": \"raw_material\"", "\"value\": 90000000000000000");
    text = rules_replaced(text, "\"to\": \"b\", \"kind\": \"supply\", \"value\": 30",
                          "\"to\": \"b\", \"kind\": \"supply\", \"value\": 90000000000000000");
    cn_network *net = rules_network(text);
    cn_profile *profile = rules_builtin("779-2021");
    cn_check check;
    cn_error err = {0};
    CHECK_INT(cn_check_compute(net, cn_entity_find(net, "c"), profile, NULL, &check, &err), CN_ERR_LIMIT);
    CHECK_TEXT(cn_message_key(err.message), "rules-sum");
    cn_profile_free(profile);
    cn_network_free(net);
    free(text);
}

static void wrong_calls(void) {
    cn_network *net = electro();
    cn_profile *profile = rules_builtin("41");
    cn_check check;
    cn_error err = {0};
    CHECK_INT(cn_check_compute(net, cn_entity_find(net, "etz"), profile, NULL, &check, &err), CN_ERR_ARGUMENT);
    CHECK_TEXT(cn_message_key(err.message), "rules-no-cluster");
    cn_change edit = {.kind = CN_CHANGE_JOIN, .entity = CN_NONE};
    cn_check_options options = {.changes = &edit, .change_count = 1};
    CHECK_INT(cn_check_compute(net, cn_entity_find(net, "electro"), profile, &options, &check, &err), CN_ERR_ARGUMENT);
    CHECK_TEXT(cn_message_key(err.message), "rules-edit");
    CHECK_INT(cn_check_compute(net, cn_entity_find(net, "electro"), profile, NULL, &check, &err), CN_OK);
    CHECK_INT(check.result_count, 0); /* the profile is about projects */
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

int main(void) {
    return check_run(
        (check_case[]){{"electro: the level is just below", electro_level_is_just_below},
                       {"electro: who is planted", electro_planted_firms},
                       {"electro: jobs, productivity, bodies", electro_jobs_and_bodies},
                       {"electro: supposed changes", electro_changes},
                       {"toy: by hand", toy_numbers},
                       {"a candidate is not judged and never passes", candidate_is_not_judged_and_never_passes},
                       {"every threshold is in the profile", every_threshold_is_in_the_profile},
                       {"special territories relax the threshold", special_territories_relax},
                       {"projects", projects},
                       {"years to the day", years_to_the_day},
                       {"the gap is rounded up", gap_is_rounded_up},
                       {"sums beyond int64", sums_beyond_int64},
                       {"wrong calls", wrong_calls},
                       {0}});
}
