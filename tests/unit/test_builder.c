/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every rule of the model: what breaks it is refused with its message, adds nothing, and leaves the builder usable. */
#include <math.h>
#include <string.h>

#include "make_network.h"

static cn_builder *builder;
static cn_error error;
static cn_entity firm, other, cluster, event, product;

static void start(void) {
    error = (cn_error){0};
    builder = make_builder();
    firm = make_company(builder, "firm");
    other = make_company(builder, "other");
    cluster = make_entity(builder, CN_ENTITY_CLUSTER, "cluster");
    event = make_entity(builder, CN_ENTITY_EVENT, "event");
    product = make_entity(builder, CN_ENTITY_PRODUCT, "27.11");
}

/* The last call was refused for this reason: key and English text. */
static void expect(cn_status status, const char *key, const char *text) {
    char got[400];
    CHECK_INT(status, CN_ERR_ARGUMENT);
    CHECK_INT(error.status, CN_ERR_ARGUMENT);
    CHECK_TEXT(cn_message_key(error.message), key);
    cn_error_format(&error, CN_LANG_EN, got, sizeof got);
    if (text != NULL) {
        CHECK_TEXT(got, text);
    }
    cn_error_format(&error, CN_LANG_RU, got, sizeof got);
    CHECK(got[0] != '\0' && strstr(got, "{") == NULL);
    error = (cn_error){0};
}

static cn_status link_of(cn_link_kind kind, cn_entity from, cn_entity to) {
    cn_link_spec spec = {.from = from, .to = to, .kind = kind, .value_minor = CN_MONEY_NONE};
    return cn_builder_add_link(builder, &spec, NULL, &error);
}

static void ids(void) {
    cn_entity entity = 7;
    start();
    expect(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "", "Name", &entity, &error), "empty-id",
           "the id is empty");
    CHECK_INT(entity, CN_NONE);
    expect(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, NULL, "Name", NULL, &error), "empty-id", NULL);
    expect(cn_builder_add_entity(builder, CN_ENTITY_CLUSTER, "firm", NULL, NULL, &error), "duplicate-id",
           "the id “firm” is already taken: company");
    expect(cn_builder_add_entity(builder, CN_ENTITY_KIND_COUNT, "x", NULL, NULL, &error), "bad-argument", NULL);
    expect(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "a\xff", NULL, NULL, &error), "text-not-utf8", NULL);
    expect(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, "a", "\xc3", NULL, &error), "text-not-utf8", NULL);
    CHECK_INT(cn_builder_entity_count(builder), 5);
    CHECK_INT(cn_builder_find(builder, "firm"), firm);
    CHECK_INT(cn_builder_find(builder, "Firm"), CN_NONE);
    CHECK_INT(cn_builder_find(builder, ""), CN_NONE);
    CHECK_TEXT(cn_builder_entity_id(builder, cluster), "cluster");
    cn_builder_free(builder);
}

static void link_ends(void) {
    start();
    expect(link_of(CN_LINK_MEMBER, firm, other), "wrong-end-kind",
           "“to” of a link of kind member must be of kind cluster, but “other” is of kind company");
    expect(link_of(CN_LINK_SUPPLY, event, firm), "wrong-end-kind",
           "“from” of a link of kind supply must be of kind company, park, organisation, but “event” is of kind event");
    expect(link_of(CN_LINK_SUPPLY, 99, firm), "bad-argument", NULL);
    expect(link_of(CN_LINK_SUPPLY, firm, CN_NONE), "bad-argument", NULL);
    expect(link_of(CN_LINK_KIND_COUNT, firm, other), "bad-argument", NULL);
    expect(link_of(CN_LINK_SUPPLY, firm, firm), "self-supply", "“firm” supplies itself");
    expect(link_of(CN_LINK_SERVICE, firm, firm), "self-supply", NULL);
    expect(link_of(CN_LINK_OWNERSHIP, firm, firm), "self-ownership", "“firm” is given as its own owner");
    expect(link_of(CN_LINK_AGREEMENT, firm, firm), "self-link", "a link of kind agreement leads from “firm” to itself");
    expect(link_of(CN_LINK_MADE_FROM, product, product), "self-link", NULL);
    CHECK_INT(cn_builder_link_count(builder), 0);
    CHECK_INT(link_of(CN_LINK_SUPPLY, firm, other), CN_OK);
    CHECK_INT(link_of(CN_LINK_SUPPLY, firm, other), CN_OK); /* parallel links are kept apart */
    CHECK_INT(link_of(CN_LINK_SUPPORTS, firm, product), CN_OK);
    CHECK_INT(cn_builder_link_count(builder), 3);
    cn_builder_free(builder);
}

static void link_values(void) {
    cn_link link;
    start();
    cn_link_spec good = {.from = firm, .to = other, .kind = CN_LINK_SUPPLY, .value_minor = 0};
    cn_link_spec spec = good;
    spec.value_minor = -1050;
    expect(cn_builder_add_link(builder, &spec, &link, &error), "negative-value", "“value” is negative: -10.50");
    CHECK_INT(link, CN_NONE);
    spec = good;
    spec.since = cn_date_make(2020, 5, 2);
    spec.until = cn_date_make(2020, 5, 1);
    expect(cn_builder_add_link(builder, &spec, &link, &error), "period-reversed",
           "the period ends (2020-05-01) before it begins (2020-05-02)");
    spec.since = cn_date_make(2020, 0, 0); /* some day of the year may still come before */
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, &error), CN_OK);
    spec.since = cn_date_make(2020, 12, 31);
    spec.until = cn_date_make(2020, 0, 0);
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, &error), CN_OK);
    spec.until = cn_date_make(2019, 0, 0);
    expect(cn_builder_add_link(builder, &spec, &link, &error), "period-reversed", NULL);
    spec = good;
    spec.status = CN_STATUS_COUNT;
    expect(cn_builder_add_link(builder, &spec, &link, &error), "bad-argument", "wrong call: status cannot be 4");
    spec = good;
    spec.role = CN_ROLE_COUNT;
    expect(cn_builder_add_link(builder, &spec, &link, &error), "bad-argument", NULL);
    spec = good;
    spec.since = 400; /* precision 0 */
    expect(cn_builder_add_link(builder, &spec, &link, &error), "bad-argument", NULL);
    spec = good;
    spec.product = "\x80";
    expect(cn_builder_add_link(builder, &spec, &link, &error), "text-not-utf8", NULL);
    CHECK_INT(cn_builder_add_link(builder, &good, NULL, NULL), CN_OK);
    CHECK_INT(cn_builder_link_count(builder), 3);
    cn_builder_free(builder);
}

static cn_status number_of(cn_owner owner_kind, uint32_t owner, cn_field field, double number) {
    return cn_builder_add_number(builder, owner_kind, owner, field, number, &error);
}

static void numbers(void) {
    start();
    cn_link link = make_link(builder, CN_LINK_OWNERSHIP, firm, other, -1);
    expect(number_of(CN_OWNER_LINK, link, CN_FIELD_SHARE, 1.5), "out-of-range",
           "“share” is 1.5, expected a number from 0 to 1");
    expect(number_of(CN_OWNER_LINK, link, CN_FIELD_SHARE, -0.1), "out-of-range", NULL);
    expect(number_of(CN_OWNER_LINK, link, CN_FIELD_SHARE, NAN), "not-finite", "“share” is not a finite number");
    expect(number_of(CN_OWNER_LINK, link, CN_FIELD_QUANTITY, INFINITY), "not-finite", NULL);
    expect(number_of(CN_OWNER_LINK, link, CN_FIELD_QUANTITY, -2), "negative-value", "“quantity” is negative: -2");
    expect(number_of(CN_OWNER_ENTITY, firm, CN_FIELD_LAT, 90.5), "out-of-range", NULL);
    expect(number_of(CN_OWNER_ENTITY, firm, CN_FIELD_LON, -181), "out-of-range", NULL);
    expect(number_of(CN_OWNER_ENTITY, 99, CN_FIELD_LAT, 0), "bad-argument", NULL);
    expect(number_of(CN_OWNER_LINK, 1, CN_FIELD_SHARE, 0), "bad-argument", NULL);
    expect(number_of(CN_OWNER_ENTITY, firm, CN_FIELD_NOTE, 0), "bad-argument", "wrong call: field cannot be note");
    expect(cn_builder_add_money(builder, CN_OWNER_ENTITY, firm, CN_FIELD_OUTPUT, -1, &error), "negative-value",
           "“output” is negative: -0.01");
    CHECK_INT(number_of(CN_OWNER_LINK, link, CN_FIELD_QUANTITY, 0), CN_OK);
    CHECK_INT(number_of(CN_OWNER_LINK, link, CN_FIELD_SHARE, 0), CN_OK);
    CHECK_INT(number_of(CN_OWNER_LINK, link, CN_FIELD_SHARE, 1), CN_OK);
    cn_builder_free(builder);
}

static cn_status count_of(cn_owner owner_kind, uint32_t owner, cn_field field, uint64_t count) {
    return cn_builder_add_count(builder, owner_kind, owner, field, count, &error);
}

static void counts(void) {
    start();
    cn_link link = make_link(builder, CN_LINK_MADE_FROM, product, make_entity(builder, CN_ENTITY_PRODUCT, "24"), -1);
    make_date(builder, firm, CN_FIELD_SINCE, "2020-06-01");
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_UNTIL, cn_date_parse("2020-05")), "period-reversed",
           "the period ends (2020-05) before it begins (2020-06-01)");
    CHECK_INT(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_UNTIL, cn_date_parse("2020")), CN_OK);
    make_date(builder, other, CN_FIELD_UNTIL, "2019");
    expect(count_of(CN_OWNER_ENTITY, other, CN_FIELD_SINCE, cn_date_parse("2020")), "period-reversed", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_DATE, 0), "bad-argument", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_DATE, UINT32_MAX), "bad-argument", NULL); /* after the year 9999 */
    cn_date second_of_month = (cn_date_parse("2020-05-02") & ~3u) | CN_PRECISION_MONTH;
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_DATE, second_of_month), "bad-argument", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_COUNT), "bad-argument", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, 0), "bad-argument", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_TYPE, 1), "bad-argument", NULL); /* a company has no type */
    expect(count_of(CN_OWNER_ENTITY, event, CN_FIELD_TYPE, CN_EVENT_COUNT), "bad-argument", NULL);
    CHECK_INT(count_of(CN_OWNER_ENTITY, event, CN_FIELD_TYPE, CN_EVENT_SIGNING), CN_OK);
    CHECK_INT(count_of(CN_OWNER_ENTITY, cluster, CN_FIELD_STATUS, CN_CLUSTER_REGISTERED), CN_OK);
    expect(count_of(CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, 2), "bad-argument", NULL);
    CHECK_INT(count_of(CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, 1), CN_OK);
    expect(count_of(CN_OWNER_LINK, link, CN_FIELD_SINCE, cn_date_parse("2020")), "bad-argument", NULL);
    expect(count_of(CN_OWNER_ENTITY, firm, CN_FIELD_COUNT, 1), "bad-argument", NULL);
    expect(cn_builder_add_text(builder, CN_OWNER_ENTITY, firm, CN_FIELD_X, "1", &error), "bad-argument", NULL);
    expect(cn_builder_add_x(builder, CN_OWNER_ENTITY, firm, "", "1", &error), "bad-argument", NULL);
    expect(cn_builder_add_text(builder, CN_OWNER_ENTITY, firm, CN_FIELD_NOTE, "\xed\xa0\x80", &error), "text-not-utf8",
           NULL);
    cn_builder_free(builder);
}

static void items(void) {
    start();
    cn_item makes = {.owner = firm, .kind = CN_ITEM_MAKES, .value_minor = 5, .capacity_minor = CN_MONEY_NONE};
    cn_item plan = {.owner = firm, .kind = CN_ITEM_PLAN, .year = 2024, .number = 1.5};
    cn_item item = makes;
    CHECK_INT(cn_builder_add_item(builder, &makes, "27.11", &error), CN_OK);
    CHECK_INT(cn_builder_add_item(builder, &plan, "output", &error), CN_OK);
    expect(cn_builder_add_item(builder, &makes, "", &error), "bad-argument", NULL);
    item.value_minor = -5;
    expect(cn_builder_add_item(builder, &item, "27", &error), "negative-value", "“value” is negative: -0.05");
    item = makes;
    item.capacity_minor = -5;
    expect(cn_builder_add_item(builder, &item, "27", &error), "negative-value", NULL);
    item = makes;
    item.owner = 99;
    expect(cn_builder_add_item(builder, &item, "27", &error), "bad-argument", NULL);
    item = makes;
    item.origin = CN_ORIGIN_COUNT;
    expect(cn_builder_add_item(builder, &item, "27", &error), "bad-argument", NULL);
    item = plan;
    item.number = NAN;
    expect(cn_builder_add_item(builder, &item, "output", &error), "not-finite", NULL);
    item = plan;
    item.year = 12345;
    expect(cn_builder_add_item(builder, &item, "output", &error), "out-of-range",
           "“year” is 12345, expected a number from 0 to 9999");
    cn_builder_free(builder);
}

static void currency(void) {
    start();
    expect(cn_builder_set_currency(builder, "rub", &error), "bad-currency", NULL);
    expect(cn_builder_set_currency(builder, "RUBL", &error), "bad-currency", NULL);
    expect(cn_builder_set_currency(builder, "", &error), "bad-currency", NULL);
    CHECK_INT(cn_builder_set_currency(builder, "RUB", &error), CN_OK);
    expect(cn_builder_set_title(builder, "\xff", &error), "text-not-utf8", NULL);
    cn_builder_free(builder);
}

/* Finishing empties the builder; it can build another network at once. */
static void again(void) {
    cn_network *first, *second;
    start();
    make_link(builder, CN_LINK_SUPPLY, firm, other, 1);
    CHECK_INT(cn_builder_finish(builder, &first, &error), CN_OK);
    CHECK_INT(cn_builder_entity_count(builder), 0);
    CHECK_INT(cn_builder_find(builder, "firm"), CN_NONE);
    make_company(builder, "firm");
    CHECK_INT(cn_builder_finish(builder, &second, &error), CN_OK);
    CHECK_INT(cn_entity_count(first), 5);
    CHECK_INT(cn_link_count(first), 1);
    CHECK_INT(cn_entity_count(second), 1);
    CHECK_TEXT(cn_entity_id(second, 0), "firm");
    cn_network_free(first);
    cn_network_free(second);
    cn_builder_free(builder);
    cn_builder_free(NULL);
    cn_network_free(NULL);
}

static void empty(void) {
    cn_network *net = make_network(make_builder());
    CHECK_INT(cn_entity_count(net), 0);
    CHECK_INT(cn_link_count(net), 0);
    CHECK_TEXT(cn_network_title(net), "");
    CHECK_TEXT(cn_network_currency(net), "");
    CHECK_INT(cn_network_lang(net), CN_LANG_EN);
    CHECK_INT(cn_entity_find(net, "x"), CN_NONE);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"ids", ids},
                                    {"link_ends", link_ends},
                                    {"link_values", link_values},
                                    {"numbers", numbers},
                                    {"counts", counts},
                                    {"items", items},
                                    {"currency", currency},
                                    {"again", again},
                                    {"empty", empty},
                                    {0}});
}
