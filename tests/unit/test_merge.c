/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining networks: each rule on networks of a few records, worked by hand. */
#include "make_network.h"
#include "patience.h"
#include "same_network.h"

#include "coopnet/merge.h"

#include <string.h>

#define INN_A "0010000017"
#define INN_B "0010000024"

typedef struct row {
    const char *id, *name, *inn, *region;
    cn_entity_kind kind;
} row;

static cn_network *network_of(const row *rows, size_t count) {
    cn_builder *builder = make_builder();
    for (size_t i = 0; i < count; i++) {
        cn_entity e;
        CHECK_INT(cn_builder_add_entity(builder, rows[i].kind, rows[i].id, rows[i].name, &e, NULL), CN_OK);
        make_text(builder, e, CN_FIELD_INN, rows[i].inn ? rows[i].inn : "");
        make_text(builder, e, CN_FIELD_REGION, rows[i].region ? rows[i].region : "");
    }
    return make_network(builder);
}
#define NETWORK(...) network_of((row[]){__VA_ARGS__}, sizeof((row[]){__VA_ARGS__}) / sizeof(row))

static cn_merge *merge_two(cn_network *a, cn_network *b, const cn_decisions *decisions) {
    const cn_merge_input inputs[] = {{a, "a"}, {b, "b"}};
    cn_merge *merge = NULL;
    cn_error err = {0};
    CHECK_INT(cn_merge_run(inputs, b ? 2 : 1, decisions, &merge, &err), CN_OK);
    return merge;
}

/* Join two networks; tells by which reason the first record of b was joined, asked about, or that it stands alone. */
static const char *verdict(cn_network *a, cn_network *b) {
    static char text[64];
    cn_merge *merge = merge_two(a, b, NULL);
    cn_merge_reason reason;
    (void)cn_merge_into(merge, 1, 0, &reason);
    (void)snprintf(text, sizeof text, "%s", cn_merge_reason_key(reason));
    if (reason == CN_MERGE_REASON_COUNT && cn_merge_question_count(merge)) {
        (void)snprintf(text, sizeof text, "%s?", cn_merge_reason_key(cn_merge_question_at(merge, 0)->reason));
    }
    cn_merge_free(merge);
    cn_network_free(a);
    cn_network_free(b);
    return text;
}

static void numbers(void) {
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега", .inn = INN_A}),
                       NETWORK({.id = "b", .name = "Совсем другое", .inn = INN_A})),
               "inn");
    CHECK_TEXT(
        verdict(NETWORK({.id = "a", .name = "Вега", .inn = INN_A}), NETWORK({.id = "b", .name = "Вега", .inn = INN_B})),
        "");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега", .inn = INN_A}), NETWORK({.id = INN_A})), "inn");
    /* A wrong check digit proves nothing, either way. */
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега", .inn = "0010000018"}),
                       NETWORK({.id = "b", .name = "Сокол", .inn = "0010000018"})),
               "");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега", .inn = INN_A}),
                       NETWORK({.id = "b", .name = "Вега", .inn = "0010000018"})),
               "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Парк Вега", .inn = INN_A, .kind = CN_ENTITY_PARK}),
                       NETWORK({.id = "b", .name = "Вега", .inn = INN_A})),
               "other_kind?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега", .inn = INN_A, .kind = CN_ENTITY_ORGANISATION}),
                       NETWORK({.id = "b", .name = "Вега", .inn = INN_A})),
               "inn");
}

static void names(void) {
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»"}), NETWORK({.id = "b", .name = "Вега ООО"})), "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»"}), NETWORK({.id = "OOO \"ВЕГА\""})), "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ОАО «Вега»"}), NETWORK({.id = "b", .name = "ПАО Вега"})), "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»"}), NETWORK({.id = "b", .name = "АО Вега"})),
               "other_form?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .region = "г. Москва"}),
                       NETWORK({.id = "b", .name = "ООО «Вега»", .region = "Москва"})),
               "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .region = "Тверская обл."}),
                       NETWORK({.id = "b", .name = "ООО «Вега»", .region = "Тверская область"})),
               "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .region = "Тверская область"}),
                       NETWORK({.id = "b", .name = "ООО «Вега»", .region = "Москва"})),
               "other_place?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .region = "69"}),
                       NETWORK({.id = "b", .name = "ООО «Вега»", .region = "Москва"})),
               "name");
    CHECK_TEXT(
        verdict(NETWORK({.id = "a", .name = "Вега"}), NETWORK({.id = "b", .name = "Вега", .kind = CN_ENTITY_PARK})),
        "");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега"}),
                       NETWORK({.id = "b", .name = "Вега", .kind = CN_ENTITY_ORGANISATION})),
               "other_kind?");
    /* Two of the name: whose is the third? */
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .inn = INN_A},
                               {.id = "a2", .name = "ООО «Вега»", .inn = INN_B}),
                       NETWORK({.id = "b", .name = "Вега"})),
               "ambiguous?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»", .inn = INN_A},
                               {.id = "a2", .name = "ООО «Вега»", .inn = INN_B}),
                       NETWORK({.id = "b", .name = "Вега", .inn = INN_B})),
               "inn");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Наш проект", .kind = CN_ENTITY_PROJECT},
                               {.id = "a2", .name = "Наш проект", .kind = CN_ENTITY_PROJECT}),
                       NETWORK({.id = "b", .name = "Наш проект", .kind = CN_ENTITY_PROJECT})),
               "ambiguous?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»"}, {.id = "a2", .name = "АО «Вега»"}),
                       NETWORK({.id = "b", .name = "ЗАО Вега"})),
               "name");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "ООО «Вега»"}, {.id = "a2", .name = "АО «Вега»"}),
                       NETWORK({.id = "b", .name = "Вега"})),
               "ambiguous?");
}

static void ids(void) {
    CHECK_TEXT(verdict(NETWORK({.id = "vega", .name = "ООО «Вега»"}), NETWORK({.id = "vega"})), "id");
    CHECK_TEXT(verdict(NETWORK({.id = "1", .name = "ООО «Вега»"}), NETWORK({.id = "1", .name = "ООО «Сокол»"})),
               "same_id?");
    CHECK_TEXT(verdict(NETWORK({.id = "1", .name = "ООО «Вега»"}), NETWORK({.id = "1", .name = "Вега"})), "name");
    CHECK_TEXT(verdict(NETWORK({.id = "27.11", .name = "Моторы", .kind = CN_ENTITY_PRODUCT}),
                       NETWORK({.id = "27.11", .name = "Электродвигатели", .kind = CN_ENTITY_PRODUCT})),
               "id");
    CHECK_TEXT(verdict(NETWORK({.id = "27.11", .name = "Моторы", .kind = CN_ENTITY_PRODUCT}),
                       NETWORK({.id = "27.12", .name = "Моторы", .kind = CN_ENTITY_PRODUCT})),
               "");
}

static void lookalikes(void) {
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вымысловский крепёж"}),
                       NETWORK({.id = "b", .name = "Вымысловский крепёшь"})),
               "spelling?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Литейный завод Вымысел"}),
                       NETWORK({.id = "b", .name = "Завод литейный Вымысел"})),
               "order?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вымысел"}), NETWORK({.id = "b", .name = "Вымысел Север"})),
               "contained?");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Завод"}), NETWORK({.id = "b", .name = "Завод Вега"})), "");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вега 1"}), NETWORK({.id = "b", .name = "Вега 2"})), "");
    CHECK_TEXT(
        verdict(NETWORK({.id = "a", .name = "Великий трансформаторный завод"}), NETWORK({.id = "b", .name = "ВТЗ"})),
        "initials?");
    CHECK_TEXT(
        verdict(NETWORK({.id = "a", .name = "ИП Иванов Иван Петрович"}), NETWORK({.id = "b", .name = "Иванов И. П."})),
        "initials?");
    CHECK_TEXT(
        verdict(NETWORK({.id = "a", .name = "ИП Иванов Иван Петрович"}), NETWORK({.id = "b", .name = "Иванов П. П."})),
        "");
    CHECK_TEXT(verdict(NETWORK({.id = "a", .name = "Вымысел", .inn = INN_A}),
                       NETWORK({.id = "b", .name = "Вымысел Север", .inn = INN_B})),
               "");
}

/* Trap: one association under three names. */
static void three_names(void) {
    static const char *const others[] = {"Ассоциация организаций содействия развитию кластеров и технопарков",
                                         "Ассоциация кластеров и технопарков"};
    for (int alias_first = 0; alias_first < 2; alias_first++) {
        cn_builder *builder = make_builder();
        cn_entity e;
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_ORGANISATION, "akit",
                                        "Ассоциация кластеров, технопарков и ОЭЗ России", &e, NULL),
                  CN_OK);
        make_text(builder, e, CN_FIELD_ALIAS, others[0]);
        make_text(builder, e, CN_FIELD_ALIAS, others[1]);
        cn_network *known = make_network(builder);
        cn_network *names_only =
            NETWORK({.id = "x", .name = "«Ассоциация кластеров и технопарков»", .kind = CN_ENTITY_ORGANISATION},
                    {.id = "y",
                     .name = "АССОЦИАЦИЯ ОРГАНИЗАЦИЙ СОДЕЙСТВИЯ РАЗВИТИЮ КЛАСТЕРОВ И ТЕХНОПАРКОВ",
                     .kind = CN_ENTITY_ORGANISATION});
        cn_merge *merge = alias_first ? merge_two(known, names_only, NULL) : merge_two(names_only, known, NULL);
        const cn_network *net = cn_merge_network(merge);
        if (alias_first) {
            size_t count;
            CHECK_INT(cn_entity_count(net), 1);
            CHECK_TEXT(cn_entity_name(net, 0), "Ассоциация кластеров, технопарков и ОЭЗ России");
            (void)cn_entity_values(net, 0, CN_FIELD_ALIAS, &count);
            CHECK_INT(count, 2); /* the third spelling is one of them */
            CHECK_TEXT(cn_merge_reason_key(cn_merge_joined_at(merge, 0)->reason), "alias");
        } else {
            CHECK_INT(cn_entity_count(net), 1);
        }
        cn_merge_free(merge);
        cn_network_free(known);
        cn_network_free(names_only);
    }
}

/* ---- values ---- */

static void conflicts(void) {
    cn_builder *builder = make_builder();
    cn_entity e = make_company(builder, "a");
    make_text(builder, e, CN_FIELD_INN, "0010000018"); /* wrong */
    make_text(builder, e, CN_FIELD_REGION, "Тверская область");
    make_text(builder, e, CN_FIELD_OKVED, "27.11");
    make_text(builder, e, CN_FIELD_SOURCE, "опрос");
    CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, e, CN_FIELD_OUTPUT, 100, NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(builder, CN_OWNER_ENTITY, e, "цвет", "\"красный\"", NULL), CN_OK);
    cn_network *a = make_network(builder);
    builder = make_builder();
    CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "a", "Вега", &e, NULL), CN_OK);
    make_text(builder, e, CN_FIELD_INN, INN_A);
    make_text(builder, e, CN_FIELD_OKVED, "27.11");
    make_text(builder, e, CN_FIELD_OKVED, "27.12");
    make_text(builder, e, CN_FIELD_SOURCE, "реестр");
    CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, e, CN_FIELD_OUTPUT, 300, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_ENTITY, e, CN_FIELD_HEADCOUNT, 7, NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(builder, CN_OWNER_ENTITY, e, "цвет", "\"синий\"", NULL), CN_OK);
    cn_network *b = make_network(builder);
    cn_merge *merge = merge_two(a, b, NULL);
    const cn_network *net = cn_merge_network(merge);
    size_t count;
    CHECK_INT(cn_entity_count(net), 1);
    CHECK_TEXT(cn_entity_name(net, 0), "Вега");
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_INN), INN_A); /* the one that checks */
    CHECK_INT(cn_entity_money(net, 0, CN_FIELD_OUTPUT), 100);
    CHECK_NEAR(cn_entity_number(net, 0, CN_FIELD_HEADCOUNT), 7, 0);
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_SOURCE), "опрос; реестр");
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_REGION), "Тверская область");
    (void)cn_entity_values(net, 0, CN_FIELD_OKVED, &count);
    CHECK_INT(count, 2);
    CHECK_INT(cn_merge_conflict_count(merge), 3);
    CHECK_TEXT(cn_merge_conflict_at(merge, 0)->what, "inn");
    CHECK_TEXT(cn_merge_conflict_at(merge, 0)->kept, INN_A);
    CHECK_INT(cn_merge_conflict_at(merge, 0)->kept_input, 1);
    CHECK_TEXT(cn_merge_conflict_at(merge, 1)->what, "output");
    CHECK_TEXT(cn_merge_conflict_at(merge, 1)->kept, "1");
    CHECK_TEXT(cn_merge_conflict_at(merge, 1)->other, "3");
    CHECK_TEXT(cn_merge_conflict_at(merge, 2)->what, "x.цвет");
    CHECK_INT(cn_merge_counts_of(merge)->bad_numbers, 1);
    cn_merge_free(merge);
    cn_network_free(a);
    cn_network_free(b);
}

static void add_supply(cn_builder *builder, cn_entity from, cn_entity to, const char *product, int64_t value,
                       const char *since) {
    cn_link link;
    cn_link_spec spec = {.from = from,
                         .to = to,
                         .kind = CN_LINK_SUPPLY,
                         .value_minor = value,
                         .product = product,
                         .since = cn_date_parse(since)};
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
}

static void links(void) {
    cn_builder *builder = make_builder();
    cn_entity x = make_company(builder, "x");
    cn_entity y = make_company(builder, "y");
    add_supply(builder, x, y, "27.11", 100, "2020");
    add_supply(builder, x, y, "27.11", 100, "2020"); /* two invoices of one file stay two */
    add_supply(builder, x, y, "27.12", CN_MONEY_NONE, "2020");
    cn_entity c = make_entity(builder, CN_ENTITY_CLUSTER, "c");
    (void)make_dated(builder, CN_LINK_MEMBER, x, c, "2019", NULL);
    (void)make_dated(builder, CN_LINK_MEMBER, y, c, "2010", "2012");
    cn_network *a = make_network(builder);
    builder = make_builder();
    y = make_company(builder, "Y");
    x = make_company(builder, "X");
    add_supply(builder, x, y, "27.11", 150, "2020"); /* the same supply, another value */
    add_supply(builder, x, y, "27.12", 70, "2020");  /* gives the value */
    add_supply(builder, x, y, "27.11", 100, "2021"); /* another year */
    add_supply(builder, y, x, "27.11", 100, "2020"); /* another direction */
    c = make_entity(builder, CN_ENTITY_CLUSTER, "C");
    (void)make_dated(builder, CN_LINK_MEMBER, x, c, NULL, NULL);   /* the same membership */
    (void)make_dated(builder, CN_LINK_MEMBER, y, c, "2018", NULL); /* it came again */
    cn_network *b = make_network(builder);
    cn_merge *merge = merge_two(a, b, NULL);
    const cn_network *net = cn_merge_network(merge);
    CHECK_INT(cn_entity_count(net), 3);
    CHECK_INT(cn_link_count_of(net, CN_LINK_SUPPLY), 5);
    CHECK_INT(cn_link_count_of(net, CN_LINK_MEMBER), 3);
    CHECK_INT(cn_merge_counts_of(merge)->links_twice, 3);
    CHECK_INT(cn_link_value_minor(net, 2), 70);
    CHECK_INT(cn_merge_conflict_count(merge), 1);
    CHECK(cn_merge_conflict_at(merge, 0)->of_link);
    CHECK_INT(cn_merge_conflict_at(merge, 0)->owner, 0);
    CHECK_TEXT(cn_merge_conflict_at(merge, 0)->kept, "1");
    CHECK_TEXT(cn_merge_conflict_at(merge, 0)->other, "1.50");
    cn_merge_free(merge);
    cn_network_free(a);
    cn_network_free(b);
}

/* A network joined with itself is itself. */
static void with_itself(void) {
    static const char *const files[] = {"akit.json",      "electro.json", "toy.json",
                                        "bulldozer.json", "electro",      "simple/links.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[300];
        cn_network *net;
        (void)snprintf(path, sizeof path, "%s/graphs/%s", COOPNET_SOURCE_DIR, files[i]);
        CHECK_INT(cn_load(path, NULL, NULL, &net, NULL), CN_OK);
        cn_merge *once = merge_two(net, NULL, NULL);
        cn_merge *twice = merge_two(net, net, NULL);
        cn_buf texts[3] = {{0}, {0}, {0}};
        same_add_network(&texts[0], net);
        same_add_network(&texts[1], cn_merge_network(once));
        same_add_network(&texts[2], cn_merge_network(twice));
        CHECK(same_texts(files[i], texts[0].data, texts[1].data));
        CHECK(same_texts(files[i], texts[0].data, texts[2].data));
        CHECK_INT(cn_merge_conflict_count(twice), 0);
        CHECK_INT(cn_merge_renamed_count(twice), 0);
        for (int t = 0; t < 3; t++) {
            cn_buf_release(&texts[t]);
        }
        cn_merge_free(once);
        cn_merge_free(twice);
        cn_network_free(net);
    }
}

static void renamed(void) {
    cn_network *a = NETWORK({.id = "1", .name = "ООО «Вега»"}, {.id = "2", .name = "ООО «Сокол»"});
    cn_network *b = NETWORK({.id = "1", .name = "ООО «Берёза»"}, {.id = "1~2", .name = "ООО «Дуб»"},
                            {.id = "3", .name = "ООО «Вега»"});
    cn_merge *merge = merge_two(a, b, NULL);
    const cn_network *net = cn_merge_network(merge);
    CHECK_INT(cn_entity_count(net), 4);
    CHECK_INT(cn_merge_into(merge, 1, 2, NULL), 0);
    CHECK_TEXT(cn_entity_id(net, 2), "1~2");
    CHECK_TEXT(cn_entity_id(net, 3), "1~2~2");
    CHECK_INT(cn_merge_renamed_count(merge), 2);
    cn_merge_free(merge);
    cn_network_free(a);
    cn_network_free(b);
}

/* ---- decisions ---- */

static cn_decisions *decisions_of(const char *csv, cn_status want) {
    cn_decisions *decisions = NULL;
    cn_diags *diags = NULL;
    cn_error err = {0};
    CHECK_INT(cn_decisions_create(&decisions, NULL), CN_OK);
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_decisions_read_bytes(decisions, "d.csv", csv, strlen(csv), diags, &err), want);
    CHECK((want == CN_OK) == (err.message == CN_MSG_NONE));
    cn_diags_free(diags);
    return decisions;
}

static void decided(void) {
    cn_network *a = NETWORK({.id = "a", .name = "Вымысел"}, {.id = "a2", .name = "Берёза"});
    cn_network *b = NETWORK({.id = "b", .name = "Вымысел Север"}, {.id = "b2", .name = "Берёза"});
    cn_decisions *decisions = decisions_of("id_a;id_b;decision\na;b;Да\na2;b2;разные\nq;b;same\n", CN_OK);
    cn_merge *merge = merge_two(a, b, decisions);
    cn_merge_reason reason;
    CHECK_INT(cn_entity_count(cn_merge_network(merge)), 3);
    CHECK_INT(cn_merge_into(merge, 1, 0, &reason), 0);
    CHECK_INT(reason, CN_MERGE_DECISION);
    CHECK_INT(cn_merge_question_count(merge), 0);
    CHECK_INT(cn_merge_counts_of(merge)->decisions_used, 2);
    CHECK_INT(cn_merge_counts_of(merge)->decisions_unknown, 1);
    cn_merge_free(merge);
    cn_decisions_free(decisions);

    const cn_merge_input inputs[] = {{a, "a"}, {b, "b"}};
    cn_error err = {0};
    decisions = decisions_of("id_a,id_b,decision\na,b,same\nb,a2,same\na,a2,different\n", CN_OK);
    CHECK_INT(cn_merge_run(inputs, 2, decisions, &merge, &err), CN_ERR_INPUT);
    CHECK_INT(err.message, CN_MSG_DECISION_CONTRADICTS);
    CHECK(merge == NULL);
    cn_decisions_free(decisions);
    cn_network_free(a);
    cn_network_free(b);
}

/* One id, two bodies: a decision names the files. */
static void decided_by_file(void) {
    cn_network *a = NETWORK({.id = "1", .name = "Вымысел"});
    cn_network *b = NETWORK({.id = "1", .name = "Берёза"});
    cn_merge *merge = merge_two(a, b, NULL);
    CHECK_INT(cn_merge_question_count(merge), 1);
    CHECK(cn_merge_question_at(merge, 0)->need_files);
    cn_merge_free(merge);
    cn_decisions *decisions = decisions_of("id_a,file_a,id_b,file_b,decision\n1,a,1,b,same\n", CN_OK);
    merge = merge_two(a, b, decisions);
    CHECK_INT(cn_entity_count(cn_merge_network(merge)), 1);
    cn_merge_free(merge);
    cn_decisions_free(decisions);
    cn_network_free(a);
    cn_network_free(b);
}

static void decisions_refused(void) {
    static const char *const bad[] = {"id_a,id_b\na,b\n", "id_a,id_b,decision\na,b,maybe\n",
                                      "id_a,id_b,decision\na,b,\"sa", "id_a,id_b,decision\n\xFF\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cn_decisions_free(decisions_of(bad[i], CN_ERR_INPUT));
    }
    cn_decisions_free(decisions_of("", CN_OK));
    cn_decisions_free(decisions_of("\xEF\xBB\xBFid_a;note;id_b;decision\na;;b;\n;;;\n", CN_OK));
}

static void currencies(void) {
    cn_builder *builder = make_builder();
    CHECK_INT(cn_builder_set_currency(builder, "RUB", NULL), CN_OK);
    (void)make_company(builder, "a");
    cn_network *a = make_network(builder);
    builder = make_builder();
    CHECK_INT(cn_builder_set_currency(builder, "USD", NULL), CN_OK);
    (void)make_company(builder, "b");
    cn_network *b = make_network(builder);
    const cn_merge_input inputs[] = {{a, "a"}, {b, "b"}};
    cn_merge *merge;
    cn_error err = {0};
    CHECK_INT(cn_merge_run(inputs, 2, NULL, &merge, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_MERGE_CURRENCIES);
    cn_network_free(a);
    cn_network_free(b);
}

/* It asks in every stage, can be stopped at each question, and the answer does not depend on being asked. */
static void stopped(void) {
    cn_builder *builder = make_builder();
    cn_entity before = CN_NONE;
    for (int i = 0; i < 3000; i++) {
        char text[32];
        cn_entity firm;
        (void)snprintf(text, sizeof text, "f%d", i);
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, text, NULL, &firm, NULL), CN_OK);
        (void)snprintf(text, sizeof text, "Завод %c%c%d", 'a' + i % 26, 'a' + i / 26 % 26, i);
        make_text(builder, firm, CN_FIELD_SHORT, text);
        if (before != CN_NONE) {
            (void)make_link(builder, CN_LINK_SUPPLY, before, firm, 100);
        }
        before = firm;
    }
    cn_network *net = make_network(builder);
    const cn_merge_input inputs[] = {{net, "a"}, {net, "b"}};
    cn_status status = CN_ERR_CANCELLED;
    uint64_t most = 0;
    for (; status == CN_ERR_CANCELLED; most++) {
        patience p = {.most = most};
        const cn_watch watch = {patience_wait, &p};
        cn_merge *merge = NULL;
        cn_error err = {0};
        status = cn_merge_run_watched(inputs, 2, NULL, &watch, &merge, &err);
        CHECK(status == CN_OK || (status == CN_ERR_CANCELLED && err.message == CN_MSG_CANCELLED && !merge));
        CHECK(!p.odd);
        if (status == CN_OK) {
            CHECK_INT(cn_entity_count(cn_merge_network(merge)), 3000);
            CHECK_INT(cn_link_count(cn_merge_network(merge)), 2999);
        }
        cn_merge_free(merge);
    }
    CHECK(most > 10);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"numbers", numbers},
                                    {"names", names},
                                    {"ids", ids},
                                    {"look-alikes", lookalikes},
                                    {"three names of one association", three_names},
                                    {"values that disagree", conflicts},
                                    {"links", links},
                                    {"a network with itself", with_itself},
                                    {"renamed ids", renamed},
                                    {"decisions", decided},
                                    {"decisions by file", decided_by_file},
                                    {"wrong decisions", decisions_refused},
                                    {"currencies", currencies},
                                    {"stopped", stopped},
                                    {0}});
}
