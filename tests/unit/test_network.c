/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was built comes back from the accessors; the vocabulary's tables; memory a record. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "make_network.h"
#include "memory.h"
#include "network_impl.h"

static void vocabulary(void) {
    CHECK_INT(cn_vocabulary_find(CN_VOC_LINK_KIND, "supply"), CN_LINK_SUPPLY);
    CHECK_INT(cn_vocabulary_find(CN_VOC_ENTITY_KIND, "company"), CN_ENTITY_COMPANY);
    CHECK_INT(cn_vocabulary_find(CN_VOC_ROLE, "final_maker"), CN_ROLE_FINAL_MAKER);
    CHECK_INT(cn_vocabulary_find(CN_VOC_ROLE, "Final_maker"), -1);
    CHECK_INT(cn_vocabulary_find(CN_VOC_ROLE, ""), -1);
    CHECK_INT(cn_vocabulary_size(CN_VOC_LINK_STATUS), 4);
    CHECK_TEXT(cn_vocabulary_key(CN_VOC_LINK_STATUS, 0), "");
    CHECK_TEXT(cn_vocabulary_key(CN_VOC_LINK_STATUS, 99), "");
    CHECK_TEXT(cn_vocabulary_key(CN_VOC_LINK_STATUS, -1), "");
    CHECK_TEXT(cn_vocabulary_name(CN_VOC_PARK_TYPE, CN_PARK_SEZ, CN_LANG_RU), "особая экономическая зона");
    CHECK_TEXT(cn_vocabulary_name(CN_VOC_PARK_TYPE, CN_PARK_SEZ, CN_LANG_DEFAULT), "special economic zone");
    CHECK(cn_link_kind_directed(CN_LINK_SUPPLY) && !cn_link_kind_directed(CN_LINK_AGREEMENT));
    CHECK_INT(cn_link_kind_to(CN_LINK_MEMBER), CN_K_CLUSTER);
    CHECK_INT(cn_link_kind_from(CN_LINK_MEMBER), CN_K_ACTOR);
    CHECK_INT(cn_field_type_of(CN_FIELD_OUTPUT), CN_TYPE_MONEY);
    CHECK_TEXT(cn_field_key(CN_FIELD_SIGNED), "agreement");
    CHECK_TEXT(cn_field_name(CN_FIELD_REGION, CN_LANG_RU), "регион");
    CHECK_TEXT(cn_entity_kind_section(CN_ENTITY_COMPANY), "companies");
    /* Every key is found again, and no two rows of a vocabulary share one. */
    for (int v = 0; v < CN_VOC_COUNT; v++) {
        for (int value = 0; value < cn_vocabulary_size((cn_vocabulary)v); value++) {
            const char *key = cn_vocabulary_key((cn_vocabulary)v, value);
            CHECK(key[0] == '\0' || cn_vocabulary_find((cn_vocabulary)v, key) == value);
        }
    }
}

static void counted(void) {
    CHECK_TEXT(cn_entity_kind_counted(CN_ENTITY_COMPANY, CN_LANG_EN, 1), "company");
    CHECK_TEXT(cn_entity_kind_counted(CN_ENTITY_COMPANY, CN_LANG_EN, 0), "companies");
    static const struct {
        uint64_t count;
        const char *form;
    } rows[] = {{1, "предприятие"},   {2, "предприятия"},  {4, "предприятия"},   {5, "предприятий"},
                {0, "предприятий"},   {11, "предприятий"}, {12, "предприятий"},  {14, "предприятий"},
                {21, "предприятие"},  {22, "предприятия"}, {111, "предприятий"}, {112, "предприятий"},
                {1001, "предприятие"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_TEXT(cn_entity_kind_counted(CN_ENTITY_COMPANY, CN_LANG_RU, rows[i].count), rows[i].form);
    }
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        CHECK(cn_entity_kind_counted((cn_entity_kind)kind, CN_LANG_EN, 2) != NULL);
    }
}

static void columns(void) {
    cn_builder *builder = make_builder();
    cn_entity a, b;
    cn_link link;
    cn_builder_set_title(builder, "Old", NULL);
    cn_builder_set_title(builder, "Электро", NULL);
    cn_builder_set_note(builder, "note", NULL);
    cn_builder_set_source(builder, "source", NULL);
    cn_builder_set_currency(builder, "RUB", NULL);
    cn_builder_set_as_of(builder, cn_date_make(2024, 4, 1));
    CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "a", "Завод", &a, NULL), CN_OK);
    CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_PARK, "b", "", &b, NULL), CN_OK);
    cn_link_spec spec = {.from = a,
                         .to = b,
                         .kind = CN_LINK_SUPPLY,
                         .status = CN_STATUS_PLANNED,
                         .role = CN_ROLE_SME,
                         .value_minor = 123456,
                         .product = "27.11",
                         .source = "000",
                         .since = cn_date_make(2020, 0, 0),
                         .until = cn_date_make(2021, 5, 0)};
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    spec = (cn_link_spec){.from = b, .to = a, .kind = CN_LINK_SERVICE, .value_minor = CN_MONEY_NONE};
    CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    cn_network *net = make_network(builder);

    CHECK_TEXT(cn_network_title(net), "Электро");
    CHECK_TEXT(cn_network_note(net), "note");
    CHECK_TEXT(cn_network_source(net), "source");
    CHECK_TEXT(cn_network_currency(net), "RUB");
    CHECK_INT(cn_network_as_of_date(net), cn_date_make(2024, 4, 1));
    CHECK_INT(cn_network_lang(net), CN_LANG_RU);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_PARK), 1);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_EVENT), 0);
    CHECK_TEXT(cn_entity_name(net, a), "Завод");
    CHECK_TEXT(cn_entity_name(net, b), "b");
    CHECK_TEXT(cn_entity_short(net, a), "Завод");
    CHECK_INT(cn_entity_find(net, "b"), b);
    CHECK_INT(cn_link_count_of(net, CN_LINK_SUPPLY), 1);
    CHECK_INT(cn_link_from(net, link), a);
    CHECK_INT(cn_link_to(net, link), b);
    CHECK_INT(cn_link_status_of(net, link), CN_STATUS_PLANNED);
    CHECK_INT(cn_link_role(net, link), CN_ROLE_SME);
    CHECK_INT(cn_link_value_minor(net, link), 123456);
    CHECK(cn_link_value(net, link) == 1234.56);
    CHECK_TEXT(cn_link_product(net, link), "27.11");
    CHECK_TEXT(cn_link_source(net, link), "000");
    CHECK_INT(cn_link_since(net, link), cn_date_make(2020, 0, 0));
    CHECK_INT(cn_link_until(net, link), cn_date_make(2021, 5, 0));
    CHECK_INT(cn_link_value_minor(net, 1), CN_MONEY_NONE);
    CHECK_NEAR(cn_link_value(net, 1), NAN, 0);
    CHECK_TEXT(cn_link_product(net, 1), "");
    cn_network_free(net);
}

/* Given out of order, found in order of owner, field, then as given; later values replace earlier ones, lists grow. */
static void properties(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity b = make_company(builder, "b");
    cn_entity c = make_company(builder, "c");
    cn_link link = make_link(builder, CN_LINK_SUPPLY, a, b, 10);
    size_t count;
    make_text(builder, c, CN_FIELD_REGION, "Псков");
    make_text(builder, a, CN_FIELD_ALIAS, "one");
    make_text(builder, a, CN_FIELD_REGION, "Тула");
    make_text(builder, a, CN_FIELD_SHORT, "A");
    make_text(builder, a, CN_FIELD_ALIAS, "two");
    make_text(builder, a, CN_FIELD_REGION, "Псков");
    make_text(builder, a, CN_FIELD_NOTE, "");
    CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, a, CN_FIELD_OUTPUT, 700, NULL), CN_OK);
    CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, a, CN_FIELD_BUDGET, CN_MONEY_NONE, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_ENTITY, a, CN_FIELD_HEADCOUNT, 12, NULL), CN_OK);
    CHECK_INT(cn_builder_add_number(builder, CN_OWNER_ENTITY, a, CN_FIELD_LAT, 56.5, NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(builder, CN_OWNER_ENTITY, a, "iso", "[9001]", NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(builder, CN_OWNER_ENTITY, a, "brand", "\"A\"", NULL), CN_OK);
    make_date(builder, a, CN_FIELD_SINCE, "2011");
    CHECK_INT(cn_builder_add_number(builder, CN_OWNER_LINK, link, CN_FIELD_FINE_VALUE, 10.001, NULL), CN_OK);
    cn_network *net = make_network(builder);

    const cn_prop *rows = cn_entity_values(net, a, CN_FIELD_ALIAS, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_prop_text(net, &rows[0]), "one");
    CHECK_TEXT(cn_prop_text(net, &rows[1]), "two");
    rows = cn_entity_props(net, a, &count);
    CHECK_INT(count, 10); /* short, 2 aliases, since, region, lat, output, headcount, 2 free ones */
    for (size_t i = 1; i < count; i++) {
        CHECK(rows[i - 1].field <= rows[i].field);
    }
    CHECK_TEXT(cn_prop_x(net, &rows[8]), "iso");
    CHECK_TEXT(cn_prop_text(net, &rows[8]), "[9001]");
    CHECK_TEXT(cn_prop_x(net, &rows[9]), "brand");
    CHECK(cn_entity_props(net, b, &count) == NULL && count == 0);
    CHECK(cn_entity_values(net, a, CN_FIELD_NOTE, &count) == NULL && count == 0);
    CHECK_TEXT(cn_entity_text(net, a, CN_FIELD_REGION), "Псков");
    CHECK_INT(cn_entity_values(net, a, CN_FIELD_REGION, &count)->as.text,
              cn_entity_values(net, c, CN_FIELD_REGION, &count)->as.text);
    CHECK_TEXT(cn_entity_text(net, b, CN_FIELD_REGION), "");
    CHECK_TEXT(cn_entity_short(net, a), "A");
    CHECK_INT(cn_entity_money(net, a, CN_FIELD_OUTPUT), 700);
    CHECK_INT(cn_entity_money(net, a, CN_FIELD_BUDGET), CN_MONEY_NONE);
    CHECK_NEAR(cn_entity_number(net, a, CN_FIELD_HEADCOUNT), 12, 0);
    CHECK_NEAR(cn_entity_number(net, a, CN_FIELD_LAT), 56.5, 0);
    CHECK_NEAR(cn_entity_number(net, b, CN_FIELD_LAT), NAN, 0);
    CHECK_INT(cn_entity_date(net, a, CN_FIELD_SINCE), cn_date_make(2011, 0, 0));
    CHECK_INT(cn_entity_date(net, b, CN_FIELD_SINCE), CN_DATE_NONE);
    /* asked as another type than it has: as if not given */
    CHECK_INT(cn_entity_money(net, a, CN_FIELD_HEADCOUNT), CN_MONEY_NONE);
    CHECK_TEXT(cn_entity_text(net, a, CN_FIELD_OUTPUT), "");
    CHECK_INT(cn_link_props(net, link, &count)->field, CN_FIELD_FINE_VALUE);
    CHECK_NEAR(cn_link_value(net, link), 10.001, 0);
    CHECK_INT(cn_link_value_minor(net, link), 1000);
    cn_network_free(net);
}

static void has_role(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity b = make_company(builder, "b");
    cn_entity c = make_entity(builder, CN_ENTITY_CLUSTER, "c");
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_ENTITY, a, CN_FIELD_ROLE, CN_ROLE_SME, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_ENTITY, a, CN_FIELD_ROLE, CN_ROLE_ANCHOR, NULL), CN_OK);
    cn_link_spec spec = {.from = b, .to = c, .kind = CN_LINK_MEMBER, .role = CN_ROLE_FINAL_MAKER};
    CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    spec.role = CN_ROLE_ANCHOR;
    spec.status = CN_STATUS_BROKEN;
    CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    cn_network *net = make_network(builder);
    CHECK(cn_entity_has_role(net, a, CN_ROLE_SME) && cn_entity_has_role(net, a, CN_ROLE_ANCHOR));
    CHECK(cn_entity_has_role(net, b, CN_ROLE_FINAL_MAKER));
    CHECK(!cn_entity_has_role(net, b, CN_ROLE_ANCHOR));
    CHECK(!cn_entity_has_role(net, c, CN_ROLE_FINAL_MAKER));
    CHECK(!cn_entity_has_role(net, a, CN_ROLE_NONE));
    CHECK_INT(cn_entity_values(net, a, CN_FIELD_ROLE, &(size_t){0})->as.count, CN_ROLE_SME);
    cn_network_free(net);
}

static void item_rows(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity b = make_company(builder, "b");
    size_t count;
    cn_item item = {.owner = b, .kind = CN_ITEM_NEEDS, .value_minor = 5, .origin = CN_ORIGIN_IMPORT};
    CHECK_INT(cn_builder_add_item(builder, &item, "24.10", NULL), CN_OK);
    item.kind = CN_ITEM_MAKES;
    CHECK_INT(cn_builder_add_item(builder, &item, "27.11", NULL), CN_OK);
    item.owner = a;
    CHECK_INT(cn_builder_add_item(builder, &item, "27.12", NULL), CN_OK);
    CHECK_INT(cn_builder_add_item(builder, &item, "27.11", NULL), CN_OK);
    cn_network *net = make_network(builder);
    const cn_item *rows = cn_entity_items(net, a, CN_ITEM_MAKES, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_item_text(net, &rows[0]), "27.12");
    CHECK_TEXT(cn_item_text(net, &rows[1]), "27.11");
    CHECK_INT(rows[1].product, cn_entity_items(net, b, CN_ITEM_MAKES, &count)->product);
    CHECK_INT(cn_entity_items(net, b, CN_ITEM_NEEDS, &count)->origin, CN_ORIGIN_IMPORT);
    CHECK(cn_entity_items(net, a, CN_ITEM_NEEDS, &count) == NULL && count == 0);
    CHECK(cn_entity_items(net, b, CN_ITEM_FACT, &count) == NULL && count == 0);
    cn_network_free(net);
}

static cn_lang lang_of(const char *const *names, cn_lang given) {
    cn_builder *builder = make_builder();
    cn_builder_set_lang(builder, given);
    for (int i = 0; names[i] != NULL; i++) {
        char id[16];
        snprintf(id, sizeof id, "id%d", i);
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, names[i], NULL, NULL), CN_OK);
    }
    cn_network *net = make_network(builder);
    cn_lang lang = cn_network_lang(net);
    cn_network_free(net);
    return lang;
}

static void language(void) {
    CHECK_INT(lang_of((const char *[]){"Завод", "ZETO", NULL}, CN_LANG_DEFAULT), CN_LANG_RU);
    CHECK_INT(lang_of((const char *[]){"Завод", "Works and more", NULL}, CN_LANG_DEFAULT), CN_LANG_EN);
    CHECK_INT(lang_of((const char *[]){"Завод", NULL}, CN_LANG_EN), CN_LANG_EN);
    CHECK_INT(lang_of((const char *[]){"123", NULL}, CN_LANG_DEFAULT), CN_LANG_EN);
}

/* Sorting is stable and complete for any length and order. */
static int by_high_byte(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a >> 8;
    uint32_t right = *(const uint32_t *)b >> 8;
    return (left > right) - (left < right);
}

static void stable_sort(void) {
    uint64_t seed = 1;
    for (uint32_t count = 0; count < 200; count++) {
        uint32_t rows[200];
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = check_below(&seed, 16) << 8 | i; /* the low byte tells where it stood */
        }
        CHECK(cn__sort_stable(rows, count, sizeof *rows, by_high_byte));
        for (uint32_t i = 1; i < count; i++) {
            CHECK(rows[i - 1] < rows[i]);
        }
    }
}

/* The model's budget: at most 40 bytes a link, 64 an entity without its texts. */
static void memory_budget(void) {
    enum { FIRMS = 1000, LINKS = 5000 };
    cn_builder *builder = make_builder();
    char id[16];
    for (int i = 0; i < FIRMS; i++) {
        snprintf(id, sizeof id, "firm%d", i);
        make_company(builder, id);
    }
    for (uint32_t i = 0; i < LINKS; i++) {
        cn_link_spec spec = {.from = i % FIRMS,
                             .to = (i + 1 + i / FIRMS) % FIRMS,
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = i,
                             .product = "27.11",
                             .source = "register"};
        CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    }
    cn_network *net = make_network(builder);
    size_t link_bytes = sizeof *net->link_from + sizeof *net->link_to + sizeof *net->link_kind +
                        sizeof *net->link_status + sizeof *net->link_role + sizeof *net->link_value +
                        sizeof *net->link_product + sizeof *net->link_source + sizeof *net->link_since +
                        sizeof *net->link_until;
    CHECK(link_bytes <= 40);
    CHECK(net->text.cap < 40); /* each repeated text stands once */
    size_t entity_bytes = (sizeof *net->entity_kind + sizeof *net->entity_name + sizeof *net->entity_roles) * FIRMS +
                          net->ids.slot_count * sizeof *net->ids.slots + net->ids.entry_cap * sizeof *net->ids.entries;
    CHECK(entity_bytes <= 64u * FIRMS);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"vocabulary", vocabulary},
                                    {"counted", counted},
                                    {"columns", columns},
                                    {"properties", properties},
                                    {"has_role", has_role},
                                    {"item_rows", item_rows},
                                    {"language", language},
                                    {"stable_sort", stable_sort},
                                    {"memory_budget", memory_budget},
                                    {0}});
}
