/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small networks for the tests of drawing, built call by call. */
#ifndef CN_TEST_DRAW_NET_H
#define CN_TEST_DRAW_NET_H

#include "check.h"
#include "coopnet/builder.h"

typedef struct draw_net {
    cn_builder *builder;
} draw_net;

static inline draw_net draw_net_begin(const char *title) {
    draw_net net = {0};
    CHECK(cn_builder_create(&net.builder, NULL) == CN_OK);
    CHECK(cn_builder_set_title(net.builder, title, NULL) == CN_OK);
    CHECK(cn_builder_set_currency(net.builder, "RUB", NULL) == CN_OK);
    CHECK(cn_builder_set_source(net.builder, "Вымышленные данные", NULL) == CN_OK);
    cn_builder_set_lang(net.builder, CN_LANG_RU);
    cn_builder_set_as_of(net.builder, cn_date_parse("2024-04-01"));
    return net;
}

static inline cn_entity draw_net_add(draw_net *net, cn_entity_kind kind, const char *id, const char *name) {
    cn_entity entity = CN_NONE;
    CHECK(cn_builder_add_entity(net->builder, kind, id, name, &entity, NULL) == CN_OK);
    return entity;
}

static inline void draw_net_set(draw_net *net, cn_entity entity, cn_field field, uint64_t value) {
    CHECK(cn_builder_add_count(net->builder, CN_OWNER_ENTITY, entity, field, value, NULL) == CN_OK);
}

static inline void draw_net_link_as(draw_net *net, cn_link_kind kind, const char *from, const char *to, int64_t roubles,
                                    const char *product, cn_link_status status, cn_role role) {
    cn_link_spec spec = {.from = cn_builder_find(net->builder, from),
                         .to = cn_builder_find(net->builder, to),
                         .kind = kind,
                         .status = status,
                         .role = role,
                         .value_minor = roubles < 0 ? CN_MONEY_NONE : roubles * 100,
                         .product = product};
    cn_link link;
    CHECK(cn_builder_add_link(net->builder, &spec, &link, NULL) == CN_OK);
}

static inline void draw_net_link(draw_net *net, cn_link_kind kind, const char *from, const char *to, int64_t roubles,
                                 const char *product) {
    draw_net_link_as(net, kind, from, to, roubles, product, CN_STATUS_NONE, CN_ROLE_NONE);
}

static inline cn_network *draw_net_end(draw_net *net) {
    cn_network *out = NULL;
    CHECK(cn_builder_finish(net->builder, &out, NULL) == CN_OK);
    cn_builder_free(net->builder);
    net->builder = NULL;
    return out;
}

/*
 * A cluster of an anchor "plant" with three suppliers, a cycle (scrap goes back to the wire maker), a candidate, an
 * idle member; a project, a park, an authority, an event; ids that trouble writers.
 */
static inline cn_network *draw_net_cluster(void) {
    draw_net net = draw_net_begin("Кластер для проверки");
    cn_entity plant = draw_net_add(&net, CN_ENTITY_COMPANY, "plant", "АО «Завод»");
    draw_net_set(&net, plant, CN_FIELD_ROLE, CN_ROLE_ANCHOR);
    draw_net_add(&net, CN_ENTITY_COMPANY, "node", "Провод & кабель");
    draw_net_add(&net, CN_ENTITY_COMPANY, "-1", "Катанка \"Медь\"");
    draw_net_add(&net, CN_ENTITY_COMPANY, "a b\\", "Литьё\\");
    draw_net_add(&net, CN_ENTITY_COMPANY, "idle", "Без договоров");
    draw_net_add(&net, CN_ENTITY_COMPANY, "cand", "Кандидат");
    draw_net_add(&net, CN_ENTITY_COMPANY, "out", "Рудник");
    cn_entity cluster = draw_net_add(&net, CN_ENTITY_CLUSTER, "graph", "Кластер");
    draw_net_set(&net, cluster, CN_FIELD_STATUS, CN_CLUSTER_REGISTERED);
    draw_net_add(&net, CN_ENTITY_PROJECT, "project", "Проект");
    draw_net_add(&net, CN_ENTITY_PARK, "park", "Парк");
    cn_entity authority = draw_net_add(&net, CN_ENTITY_ORGANISATION, "gov", "Правительство");
    draw_net_set(&net, authority, CN_FIELD_TYPE, CN_ORG_AUTHORITY);
    draw_net_add(&net, CN_ENTITY_EVENT, "event", "Деловая миссия");
    draw_net_add(&net, CN_ENTITY_PRODUCT, "24.44", "Катанка");
    draw_net_link_as(&net, CN_LINK_MEMBER, "plant", "graph", -1, NULL, CN_STATUS_NONE, CN_ROLE_ANCHOR);
    draw_net_link(&net, CN_LINK_MEMBER, "node", "graph", -1, NULL);
    draw_net_link(&net, CN_LINK_MEMBER, "-1", "graph", -1, NULL);
    draw_net_link(&net, CN_LINK_MEMBER, "a b\\", "graph", -1, NULL);
    draw_net_link(&net, CN_LINK_MEMBER, "idle", "graph", -1, NULL);
    draw_net_link_as(&net, CN_LINK_MEMBER, "cand", "graph", -1, NULL, CN_STATUS_NONE, CN_ROLE_CANDIDATE);
    draw_net_link(&net, CN_LINK_SUPPLY, "node", "plant", 186000000, "27.32");
    draw_net_link(&net, CN_LINK_SUPPLY, "-1", "node", 131000000, "24.44");
    draw_net_link(&net, CN_LINK_SUPPLY, "plant", "-1", 12000000, "38.32");
    draw_net_link(&net, CN_LINK_SUPPLY, "a b\\", "plant", 58000000, "24.53");
    draw_net_link(&net, CN_LINK_SUPPLY, "a b\\", "plant", 2000000, "24.54");
    draw_net_link(&net, CN_LINK_SUPPLY, "a b\\", "node", 1000000, "24.53");
    draw_net_link(&net, CN_LINK_SUPPLY, "out", "-1", 90000000, "07.29");
    draw_net_link_as(&net, CN_LINK_SUPPLY, "cand", "plant", 5000000, "25.99", CN_STATUS_PLANNED, CN_ROLE_NONE);
    draw_net_link_as(&net, CN_LINK_SUPPLY, "idle", "plant", 5000000, "25.99", CN_STATUS_BROKEN, CN_ROLE_NONE);
    draw_net_link(&net, CN_LINK_PARTICIPANT, "plant", "project", -1, NULL);
    draw_net_link(&net, CN_LINK_RESIDENT, "node", "park", -1, NULL);
    draw_net_link(&net, CN_LINK_SUPPORTS, "gov", "graph", -1, NULL);
    draw_net_link(&net, CN_LINK_AGREEMENT, "gov", "park", -1, NULL);
    draw_net_link(&net, CN_LINK_ORGANISES, "gov", "event", -1, NULL);
    draw_net_link(&net, CN_LINK_TAKES_PART, "plant", "event", -1, NULL);
    return draw_net_end(&net);
}

/* Firms of three regions, one abroad and one with coordinates alone, that supply each other. */
static inline cn_network *draw_net_regions(void) {
    static const char *const regions[] = {
        "Псковская область", "Псковская область", "г. Москва", "Пермский край", "Китай", ""};
    draw_net net = draw_net_begin("Регионы для проверки");
    for (int i = 0; i < 6; i++) {
        char id[3] = {'f', (char)('0' + i), '\0'};
        cn_entity firm = draw_net_add(&net, CN_ENTITY_COMPANY, id, id);
        if (regions[i][0]) {
            CHECK(cn_builder_add_text(net.builder, CN_OWNER_ENTITY, firm, CN_FIELD_REGION, regions[i], NULL) == CN_OK);
        } else {
            CHECK(cn_builder_add_number(net.builder, CN_OWNER_ENTITY, firm, CN_FIELD_LAT, 55.0, NULL) == CN_OK);
            CHECK(cn_builder_add_number(net.builder, CN_OWNER_ENTITY, firm, CN_FIELD_LON, 73.4, NULL) == CN_OK);
        }
        if (i == 4) {
            CHECK(cn_builder_add_text(net.builder, CN_OWNER_ENTITY, firm, CN_FIELD_COUNTRY, "CN", NULL) == CN_OK);
        }
    }
    draw_net_link(&net, CN_LINK_SUPPLY, "f0", "f1", 5000000, "25.11");
    draw_net_link(&net, CN_LINK_SUPPLY, "f0", "f2", 90000000, "25.11");
    draw_net_link(&net, CN_LINK_SUPPLY, "f2", "f1", 7000000, "25.11");
    draw_net_link(&net, CN_LINK_SUPPLY, "f3", "f2", 40000000, "24.10");
    draw_net_link(&net, CN_LINK_SUPPLY, "f4", "f0", 11000000, "27.32");
    draw_net_link(&net, CN_LINK_SUPPLY, "f5", "f3", 3000000, "27.32");
    return draw_net_end(&net);
}

#endif
