/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups, flows between them, specialisation and placements, worked by hand and against sums over all pairs. */
#include "coopnet/communities.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "make_network.h"

/*
 * Two clusters A = {a, b, c} and B = {d, e}; f and g in none. Supplies: a→b 100, b→c 60, c→d 30, d→e 80, e→a 10, f→a 40, c→f 5.
 * c is a member of A but trades 30 with B, and 60 with A. g trades with nobody.
 */
typedef struct hand {
    cn_network *net;
    cn_graph *graph;
} hand;

static hand make(void) {
    cn_builder *b = make_builder();
    cn_entity firm[7];
    char id[2] = "a";
    static const char *const makes[] = {"27.11.41.110", "27.11.42", "27.12", "10.51.1", "10.51", "27.11.50", "x"};
    for (int i = 0; i < 7; i++, id[0]++) {
        firm[i] = make_company(b, id);
    }
    cn_entity cluster_a = make_entity(b, CN_ENTITY_CLUSTER, "A");
    cn_entity cluster_b = make_entity(b, CN_ENTITY_CLUSTER, "B");
    static const int supplies[][3] = {{0, 1, 100}, {1, 2, 60}, {2, 3, 30}, {3, 4, 80},
                                      {4, 0, 10},  {5, 0, 40}, {2, 5, 5}};
    for (size_t i = 0; i < 7; i++) {
        cn_link link;
        cn_link_spec spec = {.from = firm[supplies[i][0]],
                             .to = firm[supplies[i][1]],
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = supplies[i][2] * 100,
                             .product = makes[supplies[i][0]]};
        CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    }
    for (int i = 0; i < 5; i++) {
        make_link(b, CN_LINK_MEMBER, firm[i], i < 3 ? cluster_a : cluster_b, -1);
    }
    make_link(b, CN_LINK_MEMBER, firm[2], cluster_b, -1); /* a second membership does not count */
    hand h = {make_network(b), NULL};
    const cn_graph_options options = {.link_kinds = CN_KIND_BIT(CN_LINK_SUPPLY), .weighting = CN_WEIGHT_VALUE};
    CHECK_INT(cn_graph_create(h.net, &options, &h.graph, NULL), CN_OK);
    return h;
}

static void drop(hand *h) {
    cn_graph_free(h->graph);
    cn_network_free(h->net);
}

static void flows_by_hand(void) {
    hand h = make();
    cn_groups groups;
    cn_group_flows flows;
    CHECK_INT(cn_groups_make(h.net, h.graph, CN_GROUPING_CLUSTER, &groups, NULL), CN_OK);
    CHECK_INT(cn_group_flows_compute(h.graph, &groups, &flows, NULL), CN_OK);
    CHECK_INT(groups.count, 2);
    CHECK_INT(flows.sums[0].size, 3);
    CHECK_NEAR(flows.sums[0].inside, 160, 0);
    CHECK_NEAR(flows.sums[0].out, 35, 0);
    CHECK_NEAR(flows.sums[0].in, 50, 0);
    CHECK_NEAR(cn_group_kept(&flows.sums[0]), 160.0 / 195, 1e-15);
    CHECK_NEAR(flows.sums[1].inside, 80, 0);
    CHECK_INT(flows.sums[2].size, 1); /* f; g has no links */
    CHECK_NEAR(flows.total, 325, 0);
    CHECK_INT(flows.flow_count, 4);
    static const uint32_t want[][3] = {{0, 1, 30}, {0, 2, 5}, {1, 0, 10}, {2, 0, 40}};
    for (size_t i = 0; i < 4; i++) {
        CHECK_INT(flows.flows[i].from, want[i][0]);
        CHECK_INT(flows.flows[i].to, want[i][1]);
        CHECK_NEAR(flows.flows[i].value, want[i][2], 0);
    }
    cn_group_flows_release(&flows);
    cn_groups_release(&groups);
    drop(&h);
}

static void places_by_hand(void) {
    hand h = make();
    cn_groups groups;
    cn_placement *places;
    CHECK_INT(cn_groups_make(h.net, h.graph, CN_GROUPING_CLUSTER, &groups, NULL), CN_OK);
    CHECK_INT(cn_placements_find(h.net, h.graph, &groups, &places, NULL), CN_OK);
    static const cn_fit fits[] = {CN_FIT_INSIDE, CN_FIT_INSIDE,  CN_FIT_INSIDE, CN_FIT_INSIDE,
                                  CN_FIT_INSIDE, CN_FIT_OUTSIDE, CN_FIT_APART};
    for (uint32_t v = 0; v < 7; v++) {
        CHECK_INT(places[v].fit, fits[v]);
    }
    CHECK_NEAR(places[2].with_own, 60, 0);
    CHECK_NEAR(places[2].with_other, 30, 0);
    CHECK_NEAR(places[2].total, 95, 0);
    CHECK_NEAR(places[5].with_other, 45, 0);
    CHECK_NEAR(places[5].sold_other, 40, 0);
    CHECK_NEAR(places[5].sales, 40, 0);
    CHECK(isnan(places[5].output));
    cn_placements_free(places);
    cn_groups_release(&groups);
    drop(&h);
}

/* Classes: 27.11 a 100, b 60, f 40; 27.12 c 35; 10.51 d 80, e 10; 325 in all. */
static void specialisation_by_hand(void) {
    hand h = make();
    uint32_t of[9] = {0, 0, 0, 1, 1, CN_NONE, CN_NONE, CN_NONE, CN_NONE};
    double agreement[9] = {0};
    const cn_communities found = {.n = h.graph->n, .count = 2, .of = of, .agreement = agreement};
    cn_community_profile *profiles;
    CHECK_INT(h.graph->n, 9); /* the clusters are vertices too */
    CHECK_INT(cn_community_profiles(h.net, h.graph, &found, 2, &profiles, NULL), CN_OK);
    /* f is in no group, so its 40 do not count: 285 in all */
    CHECK_INT(profiles[0].specialty_count, 2);
    CHECK_TEXT(profiles[0].specialties[0].code, "27.11");
    CHECK_NEAR(profiles[0].specialties[0].share, 160.0 / 195, 1e-15);
    CHECK_NEAR(profiles[0].specialties[0].quotient, (160.0 / 195) / (160.0 / 285), 1e-12);
    CHECK_TEXT(profiles[0].specialties[1].code, "27.12");
    CHECK_INT(profiles[1].specialty_count, 1);
    CHECK_TEXT(profiles[1].specialties[0].code, "10.51");
    CHECK_NEAR(profiles[1].specialties[0].quotient, 1 / (90.0 / 285), 1e-12);
    CHECK_INT(profiles[0].anchor, 1); /* b: 100 bought, 60 sold; a and c less */
    CHECK_NEAR(profiles[0].anchor_share, 1, 1e-15);
    CHECK_INT(profiles[0].anchor_links, 2);
    CHECK_INT(profiles[0].registered, 3);
    CHECK(!profiles[0].de_facto && !profiles[1].de_facto);
    cn_community_profiles_free(profiles);
    drop(&h);
}

static void kinds_and_regions(void) {
    cn_builder *b = make_builder();
    cn_entity one = make_company(b, "one");
    cn_entity two = make_entity(b, CN_ENTITY_ORGANISATION, "two");
    cn_entity three = make_company(b, "three");
    make_text(b, one, CN_FIELD_REGION, "North");
    make_text(b, three, CN_FIELD_REGION, "North");
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, two, CN_FIELD_TYPE, CN_ORG_UNIVERSITY, NULL), CN_OK);
    make_link(b, CN_LINK_SUPPLY, one, three, 1);
    cn_network *net = make_network(b);
    cn_graph *graph;
    cn_groups groups;
    cn_buf name = {0};
    CHECK_INT(cn_graph_create(net, NULL, &graph, NULL), CN_OK);
    CHECK_INT(cn_groups_make(net, graph, CN_GROUPING_TYPE, &groups, NULL), CN_OK);
    CHECK_INT(groups.count, 2);
    CHECK_INT(groups.of[2], 0);
    cn_group_name(net, graph, &groups, 1, CN_LANG_EN, &name);
    CHECK_TEXT(name.data, "university");
    cn_groups_release(&groups);
    CHECK_INT(cn_groups_make(net, graph, CN_GROUPING_REGION, &groups, NULL), CN_OK);
    CHECK_INT(groups.count, 1);
    CHECK_INT(groups.of[1], CN_NONE);
    CHECK_TEXT(groups.list[0].name, "North");
    cn_groups_release(&groups);
    CHECK_INT(cn_groups_make(net, graph, CN_GROUPING_FOUND, &groups, NULL), CN_ERR_ARGUMENT);
    cn_buf_release(&name);
    cn_graph_free(graph);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"flows by hand", flows_by_hand},
                                    {"places by hand", places_by_hand},
                                    {"specialisation by hand", specialisation_by_hand},
                                    {"kinds and regions", kinds_and_regions},
                                    {0}});
}
