/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network at a date: who and what remains, and that everything of those who remain is still theirs. */
#include "make_network.h"

static cn_network *build(void) {
    cn_builder *builder = make_builder();
    cn_entity old = make_company(builder, "old");
    cn_entity firm = make_company(builder, "firm");
    cn_entity young = make_company(builder, "young");
    cn_entity cluster = make_entity(builder, CN_ENTITY_CLUSTER, "cluster");
    cn_entity dated = make_entity(builder, CN_ENTITY_CLUSTER, "dated");
    cn_entity project = make_entity(builder, CN_ENTITY_PROJECT, "project");
    cn_entity event = make_entity(builder, CN_ENTITY_EVENT, "event");
    make_date(builder, old, CN_FIELD_UNTIL, "2018");
    make_date(builder, young, CN_FIELD_SINCE, "2020-07-01");
    make_date(builder, cluster, CN_FIELD_DECISION_DATE, "2019-03-01");
    make_date(builder, dated, CN_FIELD_DECISION_DATE, "2019-03-01");
    make_date(builder, dated, CN_FIELD_SINCE, "2015");
    make_date(builder, project, CN_FIELD_SINCE, "2020");
    make_date(builder, event, CN_FIELD_DATE, "2019-05");
    make_text(builder, firm, CN_FIELD_REGION, "Псков");
    make_text(builder, young, CN_FIELD_REGION, "Тула");
    cn_item item = {.owner = young, .kind = CN_ITEM_MAKES, .value_minor = 1};
    CHECK_INT(cn_builder_add_item(builder, &item, "27.11", NULL), CN_OK);
    item.owner = firm;
    CHECK_INT(cn_builder_add_item(builder, &item, "27.12", NULL), CN_OK);
    make_link(builder, CN_LINK_SUPPLY, old, firm, 1);
    make_link(builder, CN_LINK_SUPPLY, firm, young, 2);
    cn_link ended = make_dated(builder, CN_LINK_SUPPLY, firm, old, "2016", "2017-06-30");
    cn_link member = make_dated(builder, CN_LINK_MEMBER, firm, cluster, "2019-06", NULL);
    make_dated(builder, CN_LINK_TAKES_PART, firm, event, "2019-05", "2019-05");
    make_dated(builder, CN_LINK_SUPPORTS, firm, event, "2022", NULL);
    CHECK_INT(cn_builder_add_text(builder, CN_OWNER_LINK, ended, CN_FIELD_UNIT, "t", NULL), CN_OK);
    make_dated(builder, CN_LINK_PARTICIPANT, firm, project, NULL, NULL);
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_LINK, member, CN_FIELD_SIGNED, cn_date_parse("2019-06-05"), NULL),
              CN_OK);
    CHECK_INT(cn_builder_set_title(builder, "Title", NULL), CN_OK);
    CHECK_INT(cn_builder_set_currency(builder, "RUB", NULL), CN_OK);
    cn_builder_set_lang(builder, CN_LANG_RU);
    return make_network(builder);
}

static cn_network *at(const cn_network *net, const char *date) {
    cn_network *then;
    CHECK_INT(cn_network_as_of(net, date != NULL ? cn_date_parse(date) : CN_DATE_NONE, &then, NULL), CN_OK);
    return then;
}

static bool has(const cn_network *net, const char *id) { return cn_entity_find(net, id) != CN_NONE; }

static void entities(void) {
    cn_network *net = build();
    cn_network *then = at(net, "2018-12-31");
    CHECK(has(then, "old") && has(then, "firm") && !has(then, "young"));
    CHECK(!has(then, "cluster") && has(then, "dated") && !has(then, "project") && !has(then, "event"));
    CHECK_INT(cn_entity_count(then), 3);
    CHECK_INT(cn_entity_count_of(then, CN_ENTITY_COMPANY), 2);
    CHECK_INT(cn_network_as_of_date(then), cn_date_parse("2018-12-31"));
    CHECK_INT(cn_network_as_of_date(net), CN_DATE_NONE);
    CHECK_TEXT(cn_network_title(then), "Title");
    CHECK_TEXT(cn_network_currency(then), "RUB");
    CHECK_INT(cn_network_lang(then), CN_LANG_RU);
    cn_network_free(then);

    then = at(net, "2019-05-01"); /* a day of the event's month */
    CHECK(!has(then, "old") && has(then, "cluster") && has(then, "event"));
    cn_network_free(then);
    then = at(net, "2019-04");
    CHECK(!has(then, "event"));
    cn_network_free(then);
    then = at(net, "2020"); /* the year shares days with the period of each */
    CHECK(has(then, "young") && has(then, "project") && has(then, "event"));
    cn_network_free(then);
    then = at(net, "2020-06-30");
    CHECK(!has(then, "young"));
    cn_network_free(then);
    cn_network_free(net);
}

static void links(void) {
    cn_network *net = build();
    cn_network *then = at(net, "2017");
    size_t count;
    /* old→firm, firm→old remain; young, cluster, event and project are still to come */
    CHECK_INT(cn_link_count(then), 2);
    CHECK_TEXT(cn_entity_id(then, cn_link_from(then, 1)), "firm");
    CHECK_TEXT(cn_entity_id(then, cn_link_to(then, 1)), "old");
    CHECK_TEXT(cn_prop_text(then, cn_link_values(then, 1, CN_FIELD_UNIT, &count)), "t");
    CHECK(cn_link_props(then, 0, &count) == NULL);
    cn_network_free(then);

    then = at(net, "2017-07-01");
    CHECK_INT(cn_link_count(then), 1);
    cn_network_free(then);

    then = at(net, "2021"); /* the event is past, what happened there stays */
    CHECK_INT(cn_link_count_of(then, CN_LINK_TAKES_PART), 1);
    CHECK_INT(cn_link_count_of(then, CN_LINK_SUPPORTS), 0);
    CHECK_INT(cn_link_count_of(then, CN_LINK_PARTICIPANT), 1);
    CHECK_INT(cn_link_count_of(then, CN_LINK_SUPPLY), 1);
    CHECK_INT(cn_link_count_of(then, CN_LINK_MEMBER), 1);
    cn_network_free(then);
    cn_network_free(net);
}

static void belongings(void) {
    cn_network *net = build();
    cn_network *then = at(net, "2021");
    size_t count;
    cn_entity young = cn_entity_find(then, "young");
    cn_entity firm = cn_entity_find(then, "firm");
    CHECK_INT(firm, 0);
    CHECK_TEXT(cn_entity_text(then, firm, CN_FIELD_REGION), "Псков");
    CHECK_TEXT(cn_entity_text(then, young, CN_FIELD_REGION), "Тула");
    const cn_item *item = cn_entity_items(then, young, CN_ITEM_MAKES, &count);
    CHECK_INT(count, 1);
    CHECK_INT(item->owner, young);
    CHECK_TEXT(cn_item_text(then, item), "27.11");
    CHECK_TEXT(cn_item_text(then, cn_entity_items(then, firm, CN_ITEM_MAKES, &count)), "27.12");
    cn_network_free(net); /* the copy stands on its own */
    CHECK_TEXT(cn_entity_text(then, firm, CN_FIELD_REGION), "Псков");
    cn_network_free(then);
}

static void whole(void) {
    cn_network *net = build();
    cn_network *copy = at(net, NULL);
    CHECK_INT(cn_entity_count(copy), cn_entity_count(net));
    CHECK_INT(cn_link_count(copy), cn_link_count(net));
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        CHECK_TEXT(cn_entity_id(copy, e), cn_entity_id(net, e));
    }
    cn_network_free(copy);
    cn_network_free(net);
}

/* A part holds what is marked, with what belongs to it, and stands on its own. */
static void part(void) {
    cn_network *net = build();
    cn_network *half;
    bool keep[16] = {false};
    bool links[16] = {false};
    size_t count;
    CHECK(cn_entity_count(net) <= 16 && cn_link_count(net) <= 16);
    keep[cn_entity_find(net, "firm")] = keep[cn_entity_find(net, "young")] = keep[cn_entity_find(net, "old")] = true;
    CHECK_INT(cn_network_part(net, keep, NULL, &half, NULL), CN_OK);
    CHECK_INT(cn_entity_count(half), 3);
    CHECK_INT(cn_link_count(half), 3); /* both directions between old and firm, and firm to young */
    CHECK_INT(cn_network_as_of_date(half), cn_network_as_of_date(net));
    CHECK_TEXT(cn_entity_text(half, cn_entity_find(half, "young"), CN_FIELD_REGION), "Тула");
    cn_network_free(half);
    links[1] = true; /* firm to young */
    CHECK_INT(cn_network_part(net, keep, links, &half, NULL), CN_OK);
    cn_network_free(net);
    CHECK_INT(cn_link_count(half), 1);
    CHECK_INT(cn_link_from(half, 0), cn_entity_find(half, "firm"));
    CHECK_TEXT(cn_item_text(half, cn_entity_items(half, cn_entity_find(half, "young"), CN_ITEM_MAKES, &count)),
               "27.11");
    cn_network_free(half);
}

static void none(void) {
    cn_network *net = make_network(make_builder());
    cn_network *then = at(net, "2020");
    CHECK_INT(cn_entity_count(then), 0);
    cn_network_free(then);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"entities", entities},
                                    {"links", links},
                                    {"belongings", belongings},
                                    {"whole", whole},
                                    {"part", part},
                                    {"none", none},
                                    {0}});
}
