/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remedies against brute force on random small clusters kept in plain arrays: whether one contract can lift the level of cooperation, what the least amount is, and the fewest contracts that do it together. Each
 * remedy is also built into a network of its own, which must then meet the rule without any supposed change. Then electro by hand.
 */
#include "coopnet/remedy.h"
#include "make_network.h"
#include "rules_case_net.h"

enum { FIRMS = 5, CODES = 4, TRADES = 6, ROUNDS = 80, PAIRS_MAX = FIRMS * FIRMS * CODES };

typedef struct world {
    int64_t output[FIRMS];
    int makes[FIRMS];
    int64_t capacity[FIRMS];
    int64_t needs[FIRMS][CODES];
    struct {
        int from, to, code;
        int64_t value;
    } trades[TRADES + PAIRS_MAX];
    int trade_count;
} world;

static world random_world(uint64_t *seed) {
    world w = {.trade_count = TRADES};
    for (int i = 0; i < FIRMS; i++) {
        w.makes[i] = (int)check_below(seed, CODES);
        w.capacity[i] = 5 + check_below(seed, 60);
        w.output[i] = 20 + check_below(seed, 100);
        for (int k = 0; k < CODES; k++) {
            w.needs[i][k] = check_below(seed, 3) ? 0 : (int64_t)check_below(seed, 40);
        }
    }
    for (int t = 0; t < TRADES; t++) {
        int from = (int)check_below(seed, FIRMS);
        w.trades[t].from = from;
        w.trades[t].to = (from + 1 + (int)check_below(seed, FIRMS - 1)) % FIRMS;
        w.trades[t].code = w.makes[from];
        w.trades[t].value = check_below(seed, 15);
    }
    return w;
}

static cn_network *network_of(const world *w) {
    static const char *const codes[] = {"alpha", "beta", "gamma", "delta"};
    cn_builder *builder = make_builder();
    cn_entity firms[FIRMS];
    char id[16];
    cn_entity cluster = make_entity(builder, CN_ENTITY_CLUSTER, "c");
    for (int i = 0; i < FIRMS; i++) {
        (void)snprintf(id, sizeof id, "f%d", i);
        firms[i] = make_company(builder, id);
        CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, firms[i], CN_FIELD_OUTPUT, w->output[i] * 100, NULL),
                  CN_OK);
        make_link(builder, CN_LINK_MEMBER, firms[i], cluster, -1);
        cn_item item = {.owner = firms[i],
                        .kind = CN_ITEM_MAKES,
                        .value_minor = CN_MONEY_NONE,
                        .capacity_minor = w->capacity[i] * 100};
        CHECK_INT(cn_builder_add_item(builder, &item, codes[w->makes[i]], NULL), CN_OK);
        for (int k = 0; k < CODES; k++) {
            item = (cn_item){.owner = firms[i],
                             .kind = CN_ITEM_NEEDS,
                             .value_minor = w->needs[i][k] * 100,
                             .capacity_minor = CN_MONEY_NONE};
            if (w->needs[i][k]) {
                CHECK_INT(cn_builder_add_item(builder, &item, codes[k], NULL), CN_OK);
            }
        }
    }
    for (int t = 0; t < w->trade_count; t++) {
        cn_link link;
        cn_link_spec spec = {.from = firms[w->trades[t].from],
                             .to = firms[w->trades[t].to],
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = w->trades[t].value,
                             .product = codes[w->trades[t].code]};
        spec.value_minor = w->trades[t].value >= 1000000 ? w->trades[t].value - 1000000 : w->trades[t].value * 100;
        CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    }
    return make_network(builder);
}

/* How much seller i could deliver buyer k of what it makes, in minor units. */
static int64_t most(const world *w, int i, int k) {
    int64_t sold = 0;
    int64_t got = 0;
    for (int t = 0; t < w->trade_count; t++) {
        sold += w->trades[t].from == i ? w->trades[t].value : 0;
        got += w->trades[t].to == k && w->trades[t].code == w->makes[i] ? w->trades[t].value : 0;
    }
    int64_t left = w->capacity[i] > sold ? w->capacity[i] - sold : 0;
    int64_t open = w->needs[k][w->makes[i]] > got ? w->needs[k][w->makes[i]] - got : 0;
    return i == k ? 0 : 100 * (left < open ? left : open);
}

static int compare_down(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

static cn_profile *level_profile(int percent) {
    char text[512];
    (void)snprintf(
        text, sizeof text,
        "{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"x\"}, \"rules\": [{\"id\": \"L\", "
        "\"quantity\": \"cooperation_level\", \"at_least\": 0.%02d, \"title\": {\"en\": \"a\", \"ru\": \"b\"}}]}",
        percent);
    return rules_profile_text(text);
}

/* The world with a remedy built in; amounts in minor units are marked by 1,000,000. */
static world with_remedy(const world *w, const cn_network *net, const cn_remedy *row) {
    world out = *w;
    for (size_t i = 0; i < row->change_count; i++) {
        int from = atoi(cn_entity_id(net, row->changes[i].entity) + 1);
        out.trades[out.trade_count].from = from;
        out.trades[out.trade_count].to = atoi(cn_entity_id(net, row->changes[i].other) + 1);
        out.trades[out.trade_count].code = w->makes[from];
        out.trades[out.trade_count++].value = row->changes[i].minor + 1000000;
    }
    return out;
}

static void compare(const world *w, int percent, size_t *single, size_t *several) {
    cn_network *net = network_of(w);
    cn_profile *profile = level_profile(percent);
    cn_remedies found;
    CHECK_INT(cn_remedies_compute(net, cn_entity_find(net, "c"), profile, NULL, &found, NULL), CN_OK);
    int64_t gap = found.check.results[0].gap;
    int64_t amounts[FIRMS * FIRMS];
    size_t count = 0;
    size_t enough = 0;
    int64_t sum = 0;
    size_t fewest = 0;
    for (int i = 0; i < FIRMS; i++) {
        for (int k = 0; k < FIRMS; k++) {
            amounts[count++] = most(w, i, k);
            enough += gap > 0 && most(w, i, k) >= gap;
        }
    }
    qsort(amounts, count, sizeof *amounts, compare_down);
    while (fewest < count && sum < gap && amounts[fewest] > 0) {
        sum += amounts[fewest++];
    }
    if (found.check.results[0].verdict != CN_VERDICT_NOT_MET) {
        CHECK_INT(found.count, 0);
    } else if (enough) {
        CHECK_INT(found.count, enough < CN_REMEDIES_PER_RULE ? enough : CN_REMEDIES_PER_RULE);
        *single += 1;
    } else {
        CHECK(found.count == (size_t)(sum >= gap));
        *several += found.count;
    }
    for (size_t r = 0; r < found.count; r++) {
        const cn_remedy *row = &found.rows[r];
        int64_t total = 0;
        for (size_t e = 0; e < row->change_count; e++) {
            total += row->changes[e].minor;
        }
        CHECK_INT(total, gap); /* not a kopeck more */
        CHECK(enough ? row->change_count == 1 : row->change_count == fewest);
        world built = with_remedy(w, net, row);
        cn_network *other = network_of(&built);
        cn_check check = rules_check(other, "c", profile, NULL, NULL, 0);
        CHECK_INT(check.verdict, CN_VERDICT_MET);
        CHECK_INT(check.results[0].low.numerator, row->reached.numerator);
        CHECK_INT(check.results[0].low.denominator, row->reached.denominator);
        cn_check_release(&check);
        cn_network_free(other);
    }
    cn_remedies_release(&found);
    cn_profile_free(profile);
    cn_network_free(net);
}

static void random_clusters(void) {
    uint64_t seed = 20;
    size_t single = 0;
    size_t several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        world w = random_world(&seed);
        compare(&w, 5 + (int)check_below(&seed, 45), &single, &several);
    }
    CHECK(single > 10 && several > 4);
}

static const cn_remedy *find(const cn_remedies *found, const cn_network *net, const char *rule, const char *id) {
    for (size_t i = 0; i < found->count; i++) {
        const cn_remedy *row = &found->rows[i];
        if (strcmp(found->check.results[row->result].rule->id, rule) == 0 &&
            strcmp(cn_entity_id(net, row->changes[0].entity), id) == 0) {
            return row;
        }
    }
    return NULL;
}

static void electro_by_hand(void) {
    cn_network *net = rules_network_file("graphs/electro.json");
    cn_profile *profile = rules_builtin("779-2021");
    cn_entity cluster = cn_entity_find(net, "electro");
    cn_remedies found;
    CHECK_INT(cn_remedies_compute(net, cluster, profile, NULL, &found, NULL), CN_OK);
    const cn_remedy *polimer = find(&found, net, "R4b", "polimer");
    CHECK(polimer != NULL);
    CHECK_TEXT(cn_entity_id(net, polimer->changes[0].other), "etz");
    CHECK_INT(polimer->changes[0].minor, INT64_C(4200000000));
    CHECK_INT(polimer->most_minor, INT64_C(4600000000));
    CHECK_INT(polimer->at_most.numerator, INT64_C(122000000000)); /* 1,220 / 6,080 = 20.066 % */
    CHECK(!polimer->existing && !polimer->also_when_grown);
    CHECK_INT(polimer->grown_minor, CN_MONEY_NONE); /* 42 / 0.8 = 52.5 m are more than 46 m */
    const cn_remedy *provod = find(&found, net, "R4b", "provod");
    CHECK(provod && provod->existing);
    CHECK_INT(provod->most_minor, INT64_C(13800000000)); /* 260 + 64 needed, 186 delivered */
    CHECK_INT(provod->grown_minor, INT64_C(5250000000));
    CHECK(find(&found, net, "R4b", "maslo") != NULL); /* the member that left */
    CHECK(find(&found, net, "R4b", "svar") == NULL);  /* 1,230 / 6,230 is not enough */
    const cn_remedy *signs = find(&found, net, "R12", "krepezh");
    CHECK(signs && signs->changes[0].kind == CN_CHANGE_SIGN && signs->lifts > 0);
    CHECK(find(&found, net, "R3", "polimer") != NULL);
    cn_remedies_release(&found);

    cn_departure *leaves = NULL;
    size_t count = 0;
    CHECK_INT(cn_departures_compute(net, cluster, profile, NULL, &leaves, &count, NULL), CN_OK);
    CHECK_INT(count, 15);
    CHECK_TEXT(cn_entity_id(net, leaves[0].entity), "etz");
    CHECK_INT(leaves[0].level.numerator, INT64_C(21900000000)); /* 1,174 - 943 into etz - 12 from it */
    CHECK(leaves[0].falls != 0);
    cn_departures_free(leaves);

    cn_term *terms = NULL;
    CHECK_INT(cn_calendar_compute(net, cluster, profile, NULL, &terms, &count, NULL), CN_OK);
    CHECK_INT(count, 4);
    CHECK_INT(terms[0].kind, CN_TERM_CONTRACT_BEGINS);
    CHECK_INT(terms[2].kind, CN_TERM_DECISION_ENDS);
    CHECK_INT(terms[2].date, cn_date_parse("2026-06-15"));
    cn_calendar_free(terms);
    cn_profile_free(profile);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){
        {"random clusters against brute force", random_clusters}, {"electro by hand", electro_by_hand}, {0}});
}
