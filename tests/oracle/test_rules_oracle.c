/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules against a slow second implementation: random small clusters are kept in plain arrays, where every rule is evaluated by its formula alone. What the network does not say is
 * tried out with small and large values: a rule is met exactly when every such world meets it, not met when none does, else unknown.
 */
#include "make_network.h"
#include "rules_case_net.h"

enum { FIRMS = 6, TRADES_MAX = 12, WORLDS = 4, ROUNDS = 150 };

typedef struct firm {
    bool member, final, is_signed;
    int64_t output; /* -1: not given */
    int64_t heads, good;
} firm;

typedef struct trade {
    int from, to;
    int64_t value; /* -1: not given */
    int state;     /* 0 in force, 1 planned, 2 broken, 3 ended, 4 later */
    bool service;
} trade;

typedef struct world {
    firm firms[FIRMS];
    trade trades[TRADES_MAX];
    int trade_count;
} world;

static world random_world(uint64_t *seed) {
    world w = {.trade_count = (int)check_below(seed, TRADES_MAX)};
    for (int i = 0; i < FIRMS; i++) {
        w.firms[i] = (firm){.member = check_below(seed, 4) > 0,
                            .final = check_below(seed, 4) == 0,
                            .is_signed = check_below(seed, 4) > 0,
                            .output = check_below(seed, 12) == 0 ? -1 : (int64_t)check_below(seed, 40),
                            .heads = check_below(seed, 14) == 0 ? -1 : 1 + (int64_t)check_below(seed, 20)};
        w.firms[i].good = check_below(seed, 10) == 0 || w.firms[i].heads < 0
                              ? -1
                              : (int64_t)check_below(seed, (uint32_t)w.firms[i].heads + 1);
    }
    for (int t = 0; t < w.trade_count; t++) {
        int from = (int)check_below(seed, FIRMS);
        int to = (from + 1 + (int)check_below(seed, FIRMS - 1)) % FIRMS;
        w.trades[t] = (trade){from, to, check_below(seed, 14) == 0 ? -1 : (int64_t)check_below(seed, 12),
                              check_below(seed, 3) ? 0 : (int)check_below(seed, 5), check_below(seed, 5) == 0};
    }
    return w;
}

static cn_network *network_of(const world *w) {
    cn_builder *builder = make_builder();
    cn_entity firms[FIRMS];
    char id[16];
    cn_entity cluster = make_entity(builder, CN_ENTITY_CLUSTER, "c");
    for (int i = 0; i < FIRMS; i++) {
        const firm *f = &w->firms[i];
        (void)snprintf(id, sizeof id, "f%d", i);
        firms[i] = make_company(builder, id);
        if (f->output >= 0) {
            CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, firms[i], CN_FIELD_OUTPUT, f->output * 100, NULL),
                      CN_OK);
        }
        if (f->heads >= 0) {
            CHECK_INT(
                cn_builder_add_count(builder, CN_OWNER_ENTITY, firms[i], CN_FIELD_HEADCOUNT, (uint64_t)f->heads, NULL),
                CN_OK);
        }
        if (f->good >= 0) {
            CHECK_INT(
                cn_builder_add_count(builder, CN_OWNER_ENTITY, firms[i], CN_FIELD_HP_JOBS, (uint64_t)f->good, NULL),
                CN_OK);
        }
        if (f->final) {
            CHECK_INT(
                cn_builder_add_count(builder, CN_OWNER_ENTITY, firms[i], CN_FIELD_ROLE, CN_ROLE_FINAL_MAKER, NULL),
                CN_OK);
        }
        if (f->member) {
            cn_link link = make_link(builder, CN_LINK_MEMBER, firms[i], cluster, -1);
            if (f->is_signed) {
                CHECK_INT(
                    cn_builder_add_count(builder, CN_OWNER_LINK, link, CN_FIELD_SIGNED, cn_date_parse("2020"), NULL),
                    CN_OK);
            }
        }
    }
    for (int t = 0; t < w->trade_count; t++) {
        const trade *x = &w->trades[t];
        cn_link link;
        cn_link_spec spec = {.from = firms[x->from],
                             .to = firms[x->to],
                             .kind = x->service ? CN_LINK_SERVICE : CN_LINK_SUPPLY,
                             .status = x->state == 1   ? CN_STATUS_PLANNED
                                       : x->state == 2 ? CN_STATUS_BROKEN
                                                       : CN_STATUS_NONE,
                             .value_minor = x->value < 0 ? CN_MONEY_NONE : x->value * 100,
                             .since = x->state == 4 ? cn_date_parse("2030") : CN_DATE_NONE,
                             .until = x->state == 3 ? cn_date_parse("2019-12-31") : CN_DATE_NONE};
        CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    }
    return make_network(builder);
}

/* ---- the formulas ---- */

static bool live(const world *w, const trade *t) {
    return t->state == 0 && w->firms[t->from].member && w->firms[t->to].member;
}

/* 0: not met, 1: met, 2: cannot be said even when all is known. Every `a/b >= n/d` as a*d >= n*b. */
static int rule_level(const world *w, bool without_final, int64_t n, int64_t d) {
    int64_t sold = 0;
    int64_t made = 0;
    for (int t = 0; t < w->trade_count; t++) {
        sold += live(w, &w->trades[t]) && !w->trades[t].service ? w->trades[t].value : 0;
    }
    for (int i = 0; i < FIRMS; i++) {
        made += w->firms[i].member && !(without_final && w->firms[i].final) ? w->firms[i].output : 0;
    }
    return made == 0 ? 2 : sold * d >= n * made;
}

static int rule_own(const world *w, int64_t n, int64_t d) {
    int met = 2;
    for (int i = 0; i < FIRMS; i++) {
        int64_t sold = 0;
        if (!w->firms[i].member || w->firms[i].final || w->firms[i].output == 0) {
            continue;
        }
        for (int t = 0; t < w->trade_count; t++) {
            sold += live(w, &w->trades[t]) && !w->trades[t].service && w->trades[t].from == i ? w->trades[t].value : 0;
        }
        int one = sold * d >= n * w->firms[i].output;
        met = met == 2 ? one : met && one;
    }
    return met;
}

static int rule_jobs(const world *w, int64_t n, int64_t d) {
    int64_t heads = 0;
    int64_t good = 0;
    for (int i = 0; i < FIRMS; i++) {
        if (w->firms[i].member && w->firms[i].good > w->firms[i].heads) {
            return 3; /* no world: more good jobs than jobs */
        }
        heads += w->firms[i].member ? w->firms[i].heads : 0;
        good += w->firms[i].member ? w->firms[i].good : 0;
    }
    return heads == 0 ? 2 : good * d >= n * heads;
}

static int count_members(const world *w) {
    int count = 0;
    for (int i = 0; i < FIRMS; i++) {
        count += w->firms[i].member;
    }
    return count;
}

static int unlinked(const world *w, bool services) {
    int count = 0;
    for (int i = 0; i < FIRMS; i++) {
        bool linked = false;
        for (int t = 0; t < w->trade_count; t++) {
            linked = linked || (live(w, &w->trades[t]) && (services || !w->trades[t].service) &&
                                (w->trades[t].from == i || w->trades[t].to == i));
        }
        count += w->firms[i].member && !linked;
    }
    return count;
}

/* ---- worlds in which what is not given has a value ---- */

typedef int rule_function(const world *w, int64_t n, int64_t d);
static int level_all(const world *w, int64_t n, int64_t d) { return rule_level(w, false, n, d); }
static int level_without(const world *w, int64_t n, int64_t d) { return rule_level(w, true, n, d); }

/* The facts that are not given and matter; at most `most`. */
static int unknowns(world *w, int64_t **places, int most, bool jobs) {
    int count = 0;
    for (int t = 0; t < w->trade_count && !jobs; t++) {
        if (w->trades[t].value < 0 && live(w, &w->trades[t]) && !w->trades[t].service && count < most) {
            places[count++] = &w->trades[t].value;
        }
    }
    for (int i = 0; i < FIRMS; i++) {
        int64_t *facts[] = {jobs ? &w->firms[i].heads : &w->firms[i].output, jobs ? &w->firms[i].good : NULL};
        for (int k = 0; k < 2; k++) {
            if (facts[k] && *facts[k] < 0 && w->firms[i].member && count < most) {
                places[count++] = facts[k];
            }
        }
    }
    return count;
}

static cn_verdict by_worlds(const world *given, rule_function *rule, int64_t n, int64_t d, bool jobs) {
    static const int64_t tries[WORLDS] = {0, 1, 15, 1000000000};
    int64_t *places[10];
    world w = *given;
    int count = unknowns(&w, places, 10, jobs);
    bool met = false;
    bool not_met = false;
    bool unclear = false;
    CHECK(count < 8);
    for (int64_t code = 0; code < (int64_t)1 << (2 * count); code++) {
        for (int i = 0; i < count; i++) {
            *places[i] = tries[code >> (2 * i) & 3];
        }
        int one = rule(&w, n, d);
        met = met || one == 1;
        not_met = not_met || one == 0;
        unclear = unclear || (one == 2 && count == 0);
    }
    return unclear || (met && not_met) || (!met && !not_met) ? CN_VERDICT_UNKNOWN
           : met                                             ? CN_VERDICT_MET
                                                             : CN_VERDICT_NOT_MET;
}

/* ---- side by side ---- */

static cn_profile *profile_of(int percent) {
    char text[4096];
    const char *t = "\"title\": {\"en\": \"a\", \"ru\": \"b\"}";
    (void)snprintf(text, sizeof text,
                   "{\"coopnet_rules\": 1, \"id\": \"x\", %s, \"rules\": ["
                   "{\"id\": \"P\", \"quantity\": \"participants\", \"at_least\": 4, %s},"
                   "{\"id\": \"U\", \"quantity\": \"participants_without_contract\", \"at_most\": 1, \"contracts\": "
                   "[\"supply\", \"service\"], %s},"
                   "{\"id\": \"V\", \"quantity\": \"participants_without_contract\", \"at_most\": 1, \"contracts\": "
                   "[\"supply\"], %s},"
                   "{\"id\": \"O\", \"quantity\": \"lowest_own_cooperation\", \"at_least\": %d.%02d, %s},"
                   "{\"id\": \"L\", \"quantity\": \"cooperation_level\", \"at_least\": %d.%02d, %s},"
                   "{\"id\": \"W\", \"quantity\": \"cooperation_level\", \"at_least\": %d.%02d, "
                   "\"without_final_makers\": true, %s},"
                   "{\"id\": \"H\", \"quantity\": \"high_productivity_jobs\", \"at_least\": %d.%02d, %s},"
                   "{\"id\": \"S\", \"quantity\": \"signed_agreements\", \"at_least\": 1, %s}]}",
                   t, t, t, t, percent / 100, percent % 100, t, percent / 100, percent % 100, t, percent / 100,
                   percent % 100, t, percent / 100, percent % 100, t, t);
    return rules_profile_text(text);
}

static cn_verdict at_most_one(int count) { return count <= 1 ? CN_VERDICT_MET : CN_VERDICT_NOT_MET; }

static bool trade_listed(const world *w) {
    for (int t = 0; t < w->trade_count; t++) {
        if (w->firms[w->trades[t].from].member || w->firms[w->trades[t].to].member) {
            return true;
        }
    }
    return false;
}

static void compare(const world *w, int percent, size_t *judged) {
    cn_network *net = network_of(w);
    cn_profile *profile = profile_of(percent);
    cn_check check = rules_check(net, "c", profile, "2024-01-01", NULL, 0);
    int members = count_members(w);
    bool listed = trade_listed(w);
    int is_signed = 0;
    for (int i = 0; i < FIRMS; i++) {
        is_signed += w->firms[i].member && w->firms[i].is_signed;
    }
    cn_verdict none = CN_VERDICT_UNKNOWN;
    CHECK_INT(rules_of(&check, "P")->verdict, !members ? none : members >= 4 ? CN_VERDICT_MET : CN_VERDICT_NOT_MET);
    CHECK_INT(rules_of(&check, "U")->verdict, members && listed ? at_most_one(unlinked(w, true)) : none);
    CHECK_INT(rules_of(&check, "V")->verdict, members && listed ? at_most_one(unlinked(w, false)) : none);
    CHECK_INT(rules_of(&check, "S")->verdict, !is_signed             ? none
                                              : is_signed == members ? CN_VERDICT_MET
                                                                     : CN_VERDICT_NOT_MET);
    static const struct {
        const char *id;
        rule_function *rule;
        bool jobs;
    } ratios[] = {{"L", level_all, false}, {"W", level_without, false}, {"O", rule_own, false}, {"H", rule_jobs, true}};
    for (size_t r = 0; r < sizeof ratios / sizeof *ratios; r++) {
        cn_verdict got = rules_of(&check, ratios[r].id)->verdict;
        bool sure = members && (listed || ratios[r].jobs);
        cn_verdict want = sure ? by_worlds(w, ratios[r].rule, percent, 100, ratios[r].jobs) : none;
        /* The program may be more careful than the worlds tried (a firm that may make nothing at all), never bolder. */
        if (got != want && got != none) {
            printf("  %s: got %d, want %d at %d %%\n", ratios[r].id, (int)got, (int)want, percent);
            for (int i = 0; i < FIRMS; i++) {
                printf("  firm %d: member %d final %d output %d\n", i, w->firms[i].member, w->firms[i].final,
                       (int)w->firms[i].output);
            }
            for (int t = 0; t < w->trade_count; t++) {
                printf("  %d -> %d: %d state %d service %d\n", w->trades[t].from, w->trades[t].to,
                       (int)w->trades[t].value, w->trades[t].state, w->trades[t].service);
            }
        }
        CHECK(got == want || got == none);
        *judged += got != none;
        int64_t *places[10];
        world copy = *w;
        if (unknowns(&copy, places, 10, ratios[r].jobs) == 0) {
            CHECK_INT(got, want); /* everything is given: no excuse */
        }
    }
    cn_check_release(&check);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void random_clusters(void) {
    uint64_t seed = 779;
    size_t judged = 0;
    for (int round = 0; round < ROUNDS; round++) {
        world w = random_world(&seed);
        compare(&w, 1 + (int)check_below(&seed, 120), &judged);
    }
    CHECK(judged > ROUNDS * 2);
}

int main(void) { return check_run((check_case[]){{"random clusters against the formulas", random_clusters}, {0}}); }
