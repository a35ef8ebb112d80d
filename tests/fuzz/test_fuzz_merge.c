/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random networks with random decisions: whatever they are, a merge ends with a network in which every record has its place, in the
 * same way twice, and its result joined with itself stays what it is. COOPNET_FUZZ_RUNS sets the number of runs.
 */
#include "make_network.h"
#include "same_network.h"

#include "coopnet/merge.h"

#include <stdlib.h>

enum { DEFAULT_RUNS = 300 };

static const char *pick(uint64_t *random) {
    static const char *const names[] = {
        "ООО «Вега»", "Вега",   "АО Вега",      "Сокол",        "Сокол Север", "Соколл", "OOO Coкoл", "0010000017",
        "ЗАО «Ромб»", "Ромб-2", "\xEF\xBF\xBD", "Иванов И. И.", "=1+1",        "ВТЗ",    "«»",        "Вега 2"};
    return names[check_below(random, 16)];
}

static cn_network *random_network(uint64_t *random) {
    static const char *const inns[] = {"", "", "", "0010000017", "0010000024", "0010000018"};
    cn_builder *builder = make_builder();
    uint32_t count = check_below(random, 14);
    for (uint32_t i = 0; i < count; i++) {
        char id[40];
        cn_entity e;
        (void)snprintf(id, sizeof id, "%s%u", check_below(random, 3) ? "e" : pick(random), check_below(random, 20));
        cn_entity_kind kind = (cn_entity_kind)(check_below(random, 3) ? 0 : check_below(random, CN_ENTITY_KIND_COUNT));
        if (cn_builder_add_entity(builder, kind, id, check_below(random, 4) ? pick(random) : NULL, &e, NULL) == CN_OK) {
            make_text(builder, e, CN_FIELD_INN, inns[check_below(random, 6)]);
            make_text(builder, e, CN_FIELD_ALIAS, check_below(random, 3) ? "" : pick(random));
            make_text(builder, e, CN_FIELD_REGION, check_below(random, 3) ? "" : pick(random));
        }
    }
    uint32_t entities = cn_builder_entity_count(builder);
    for (uint32_t i = 0; entities && i < 30; i++) {
        cn_link link;
        cn_link_spec spec = {.from = check_below(random, entities),
                             .to = check_below(random, entities),
                             .kind = (cn_link_kind)check_below(random, CN_LINK_KIND_COUNT),
                             .status = (cn_link_status)check_below(random, CN_STATUS_COUNT),
                             .value_minor = check_below(random, 2) ? CN_MONEY_NONE : check_below(random, 3),
                             .since = check_below(random, 2) ? CN_DATE_NONE
                                                             : cn_date_make(2000 + (int)check_below(random, 4), 0, 0)};
        (void)cn_builder_add_link(builder, &spec, &link, NULL); /* many are refused */
    }
    return make_network(builder);
}

static cn_decisions *random_decisions(const cn_merge_input *inputs, size_t count, uint64_t *random) {
    cn_decisions *decisions;
    CHECK_INT(cn_decisions_create(&decisions, NULL), CN_OK);
    for (uint32_t i = check_below(random, 4); i; i--) {
        const cn_network *a = inputs[check_below(random, (uint32_t)count)].net;
        const cn_network *b = inputs[check_below(random, (uint32_t)count)].net;
        if (cn_entity_count(a) && cn_entity_count(b)) {
            const cn_decision d = {.id_a = cn_entity_id(a, check_below(random, cn_entity_count(a))),
                                   .id_b = cn_entity_id(b, check_below(random, cn_entity_count(b))),
                                   .decided = (cn_decided)check_below(random, 3)};
            CHECK_INT(cn_decisions_add(decisions, &d, NULL), CN_OK);
        }
    }
    return decisions;
}

static void check_result(const cn_merge *merge, const cn_merge_input *inputs, size_t count) {
    const cn_network *net = cn_merge_network(merge);
    size_t records = 0;
    for (size_t i = 0; i < count; i++) {
        for (cn_entity e = 0; e < cn_entity_count(inputs[i].net); e++, records++) {
            CHECK(cn_merge_into(merge, i, e, NULL) < cn_entity_count(net));
        }
    }
    CHECK_INT(records - cn_merge_joined_count(merge), cn_entity_count(net));
    for (size_t i = 0; i < cn_merge_question_count(merge); i++) {
        const cn_merge_question *q = cn_merge_question_at(merge, i);
        CHECK(cn_merge_into(merge, q->input_a, q->entity_a, NULL) !=
              cn_merge_into(merge, q->input_b, q->entity_b, NULL));
    }
    for (size_t i = 0; i < cn_merge_conflict_count(merge); i++) {
        const cn_merge_conflict *c = cn_merge_conflict_at(merge, i);
        CHECK(c->owner == CN_NONE || c->owner < (c->of_link ? cn_link_count(net) : cn_entity_count(net)));
        CHECK(c->what[0] && (c->kept[0] || c->other[0]));
    }
}

static void one_run(uint64_t seed) {
    uint64_t random = seed;
    size_t count = 1 + check_below(&random, 3);
    cn_merge_input inputs[3];
    for (size_t i = 0; i < count; i++) {
        inputs[i] = (cn_merge_input){random_network(&random), (const char *[]){"a", "b", "c"}[i]};
    }
    cn_decisions *decisions = random_decisions(inputs, count, &random);
    cn_merge *merge = NULL;
    cn_merge *again = NULL;
    cn_error err = {0};
    cn_status status = cn_merge_run(inputs, count, decisions, &merge, &err);
    CHECK(status == CN_OK || (status == CN_ERR_INPUT && !merge));
    if (status == CN_OK) {
        cn_buf texts[2] = {{0}, {0}};
        check_result(merge, inputs, count);
        CHECK_INT(cn_merge_run(inputs, count, decisions, &again, NULL), CN_OK);
        same_add_network(&texts[0], cn_merge_network(merge));
        same_add_network(&texts[1], cn_merge_network(again));
        CHECK(same_texts("twice", texts[0].data, texts[1].data));
        CHECK_INT(cn_merge_question_count(merge), cn_merge_question_count(again));
        cn_buf_release(&texts[0]);
        cn_buf_release(&texts[1]);
    }
    cn_merge_free(merge);
    cn_merge_free(again);
    cn_decisions_free(decisions);
    for (size_t i = 0; i < count; i++) {
        cn_network *net = (cn_network *)(uintptr_t)inputs[i].net;
        cn_network_free(net);
    }
}

static void random_networks(void) {
    const char *runs = getenv("COOPNET_FUZZ_RUNS");
    uint64_t count = runs ? strtoull(runs, NULL, 10) : DEFAULT_RUNS;
    for (uint64_t seed = 1; seed <= count; seed++) {
        one_run(seed);
    }
}

/* Any bytes as a file of decisions. */
static void random_decision_files(void) {
    static const char *const tokens[] = {"id_a", "id_b", "decision", ",",  ";",      "\n", "\"",     "same",
                                         "да",   "x",    "\xFF",     "'=", "file_a", "\r", "разные", ""};
    uint64_t random = 5;
    for (int n = 0; n < 3000; n++) {
        cn_buf text = {0};
        cn_decisions *decisions;
        cn_diags *diags;
        cn_error err = {0};
        cn_buf_add_text(&text, check_below(&random, 4) ? "id_a,id_b,decision\n" : "");
        for (uint32_t i = check_below(&random, 30); i; i--) {
            cn_buf_add_text(&text, tokens[check_below(&random, 16)]);
        }
        CHECK_INT(cn_decisions_create(&decisions, NULL), CN_OK);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn_status status = cn_decisions_read_bytes(decisions, "d", text.data, text.len, diags, &err);
        CHECK(status == CN_OK || status == CN_ERR_INPUT);
        CHECK((status == CN_OK) == (err.message == CN_MSG_NONE));
        cn_diags_free(diags);
        cn_decisions_free(decisions);
        cn_buf_release(&text);
    }
}

int main(void) {
    return check_run(
        (check_case[]){{"random networks", random_networks}, {"random decisions", random_decision_files}, {0}});
}
