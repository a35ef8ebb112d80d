/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search for partners on networks small enough to know the answer: fits of codes, who is found and who is left out, imports, and the trial of the
 * scores: planted groups are found again, a random network gives nothing away.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "coopnet/partners.h"
#include "make_network.h"

static void fits(void) {
    CHECK_NEAR(cn_product_fit("23.43.10", "23.43.10"), 1, 0);
    CHECK_NEAR(cn_product_fit("23.43.10.110", "23.43.10"), 1, 0); /* specific for general */
    CHECK_NEAR(cn_product_fit("23.43.10", "23.43.10.110"), 6.0 / 9, 1e-15);
    CHECK_NEAR(cn_product_fit("23", "23.43.10.110"), 2.0 / 9, 1e-15);
    CHECK_NEAR(cn_product_fit("23.43.10.120", "23.43.10.110"), 0.5 * 6 / 9, 1e-15);
    CHECK_NEAR(cn_product_fit("23.43.1", "23.43.2"), 0.5 * 4 / 5, 1e-15);
    CHECK_NEAR(cn_product_fit("23.42", "23.43"), 0, 0);
    CHECK_NEAR(cn_product_fit("24.10", "23.43"), 0, 0);
    CHECK_NEAR(cn_product_fit("part_a", "part_a"), 1, 0);
    CHECK_NEAR(cn_product_fit("part_a", "part_ab"), 0, 0);
    CHECK_NEAR(cn_product_fit("", ""), 0, 0);
}

static void make_item(cn_builder *b, cn_entity owner, cn_item_kind kind, const char *code, int64_t value,
                      int64_t capacity, cn_origin origin) {
    cn_item item = {.owner = owner,
                    .kind = kind,
                    .value_minor = value < 0 ? CN_MONEY_NONE : value * 100,
                    .capacity_minor = capacity < 0 ? CN_MONEY_NONE : capacity * 100,
                    .number = NAN,
                    .origin = origin};
    CHECK_INT(cn_builder_add_item(b, &item, code, NULL), CN_OK);
}

static cn_network *net;
enum { BUYER, EXACT, PART, SIBLING, OWNED, OLD, ABROAD, OFFICE, LINE, LIKE, HUB };

static void place(cn_builder *b, cn_entity e, double lat, double lon) {
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_ENTITY, e, CN_FIELD_LAT, lat, NULL), CN_OK);
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_ENTITY, e, CN_FIELD_LON, lon, NULL), CN_OK);
}

/* What OLD sells to BUYER. */
static const char *old_sells = "99.1";

static void make_sale(cn_builder *b, cn_entity from, cn_entity to, const char *product) {
    cn_link link;
    cn_link_spec spec = {.from = from, .to = to, .kind = CN_LINK_SUPPLY, .value_minor = 500, .product = product};
    CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
}

static void make(void) {
    static const char *const ids[] = {"buyer", "exact", "part", "sibling", "owned", "old", "abroad"};
    cn_builder *b = make_builder();
    for (int i = 0; i <= ABROAD; i++) {
        make_company(b, ids[i]);
    }
    make_entity(b, CN_ENTITY_ORGANISATION, "office");
    make_company(b, "line");
    make_company(b, "like");
    make_company(b, "hub");
    cn_entity cluster = make_entity(b, CN_ENTITY_CLUSTER, "cluster");
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, OFFICE, CN_FIELD_TYPE, CN_ORG_AUTHORITY, NULL), CN_OK);
    make_text(b, ABROAD, CN_FIELD_COUNTRY, "CN");
    make_text(b, BUYER, CN_FIELD_REGION, "north");
    make_text(b, PART, CN_FIELD_REGION, "north");
    make_text(b, LINE, CN_FIELD_OKVED, "23.43");
    place(b, BUYER, 0, 0);
    place(b, EXACT, 0, 1);
    make_item(b, BUYER, CN_ITEM_NEEDS, "23.43.10.110", 100, -1, CN_ORIGIN_IMPORT);
    make_item(b, BUYER, CN_ITEM_MAKES, "27.11.41", 500, -1, CN_ORIGIN_NONE);
    make_item(b, LIKE, CN_ITEM_MAKES, "27.11.42", 500, -1, CN_ORIGIN_NONE);
    make_item(b, LIKE, CN_ITEM_NEEDS, "23.43.10", 50, -1, CN_ORIGIN_DOMESTIC);
    make_item(b, EXACT, CN_ITEM_MAKES, "23.43.10.110", 10, 50, CN_ORIGIN_NONE);
    make_item(b, PART, CN_ITEM_MAKES, "23.43.10", 10, -1, CN_ORIGIN_NONE);
    make_item(b, SIBLING, CN_ITEM_MAKES, "23.43.10.120", 10, 5, CN_ORIGIN_NONE);
    make_item(b, OWNED, CN_ITEM_MAKES, "23.43.10.110", 10, -1, CN_ORIGIN_NONE);
    make_item(b, OLD, CN_ITEM_MAKES, "23.43.10.110", 10, -1, CN_ORIGIN_NONE);
    make_item(b, ABROAD, CN_ITEM_MAKES, "23.43.10.110", 10, -1, CN_ORIGIN_NONE);
    make_link(b, CN_LINK_OWNERSHIP, BUYER, OWNED, -1);
    make_sale(b, OLD, BUYER, old_sells);
    make_link(b, CN_LINK_SUPPLY, OLD, LIKE, 5);
    make_link(b, CN_LINK_SUPPLY, EXACT, LIKE, 5);
    make_link(b, CN_LINK_SUPPLY, OFFICE, LIKE, 5); /* an office that sells: still no supplier to suggest */
    make_link(b, CN_LINK_MEMBER, BUYER, cluster, -1);
    make_link(b, CN_LINK_MEMBER, EXACT, cluster, -1);
    make_link(b, CN_LINK_SUPPLY, SIBLING, HUB, 5);
    net = make_network(b);
}

static void suppliers(void) {
    make();
    cn_partners found;
    cn_partner_query query = {.org = BUYER};
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    static const cn_entity want[] = {EXACT, ABROAD, PART, SIBLING, LINE};
    CHECK_INT(found.row_count, 5);
    for (size_t i = 0; i < found.row_count; i++) {
        CHECK_INT(found.rows[i].org, want[i]);
    }
    const cn_partner_row *row = &found.rows[0];
    CHECK_TEXT(row->made, "23.43.10.110");
    CHECK_TEXT(row->need, "23.43.10.110");
    CHECK_INT(row->origin, CN_ORIGIN_IMPORT);
    CHECK_NEAR(row->free_capacity, 40, 0);
    CHECK_INT(row->alike, 1); /* it supplies LIKE, which has the supplier OLD as well */
    CHECK_INT(row->alike_one, LIKE);
    CHECK_NEAR(row->l3, 1 / sqrt(2 * 3), 1e-15);
    CHECK_INT(row->makers, 1); /* LIKE makes 27.11 and buys 23.43 */
    CHECK_INT(row->makers_buy, 1);
    CHECK_INT(row->bonds[CN_BOND_CLUSTER], 1);
    CHECK_NEAR(row->km, 111.195, 0.001); /* a degree of the equator on the mean sphere */
    CHECK_NEAR(row->points[CN_PARTNER_PART_CODES], 50, 0);
    CHECK_NEAR(row->points[CN_PARTNER_PART_NETWORK], 20, 0);
    CHECK_NEAR(row->points[CN_PARTNER_PART_ASSOCIATION], 5, 1e-12);
    CHECK_NEAR(row->points[CN_PARTNER_PART_TRUST], 3, 1e-12);
    CHECK_NEAR(row->points[CN_PARTNER_PART_NEARNESS], 5 / (1 + 111.195080 / 200), 1e-6);
    CHECK_NEAR(row->points[CN_PARTNER_PART_CAPACITY], 2, 1e-12);
    double sum = 0;
    for (int p = 0; p < CN_PARTNER_PART_COUNT; p++) {
        sum += row->points[p];
    }
    CHECK_NEAR(row->score, sum, 1e-12);
    CHECK(found.rows[1].foreign);
    CHECK_INT(found.rows[4].made_by, CN_PARTNER_BY_OKVED);
    CHECK(found.rows[4].fit < found.rows[3].fit);
    CHECK_INT(found.present_count, 1);
    CHECK_INT(found.present[0], OLD);
    CHECK_INT(found.owned_count, 1);
    CHECK_INT(found.owned[0], OWNED);
    CHECK_INT(found.more_count, 1); /* it sells something else so far */
    CHECK_INT(found.more[0].org, OLD);
    cn_partners_release(&found);
    query.within = CN_WITHIN_REGION;
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.row_count, 1);
    CHECK_INT(found.rows[0].org, PART);
    CHECK_INT(found.outside, 4);
    cn_partners_release(&found);
    query.within = CN_WITHIN_KM;
    query.km = 112;
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.row_count, 1);
    cn_partners_release(&found);
    query = (cn_partner_query){.org = BUYER, .product = "99.9"};
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.row_count, 0);
    cn_partners_release(&found);
    cn_network_free(net);
    old_sells = "23.43.10.110";
    make();
    query = (cn_partner_query){.org = BUYER};
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.present_count, 1);
    CHECK_INT(found.more_count, 0);
    cn_partners_release(&found);
    cn_network_free(net);
    old_sells = "99.1";
}

static void customers_and_substitutes(void) {
    make();
    cn_partners found;
    cn_partner_query query = {.org = EXACT, .side = CN_PARTNER_CUSTOMER};
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.row_count, 1);
    CHECK_INT(found.rows[0].org, BUYER);
    CHECK_NEAR(found.rows[0].fit, 1, 0);
    CHECK_INT(found.present_count, 1);
    CHECK_INT(found.present[0], LIKE);
    cn_partners_release(&found);
    query.side = CN_PARTNER_SUBSTITUTE;
    CHECK_INT(cn_partners_find(net, &query, &found, NULL), CN_OK);
    CHECK(found.row_count >= 3);
    CHECK_INT(found.rows[0].org, OLD); /* the same code and a common customer */
    CHECK_INT(found.rows[0].common_customers, 1);
    CHECK_NEAR(found.rows[0].resource, 1.0 / 3, 1e-15);
    CHECK_NEAR(found.rows[0].jaccard, 1.0 / 2, 1e-15);
    cn_partners_release(&found);
    cn_network_free(net);
}

static void peers(void) {
    cn_builder *b = make_builder();
    cn_entity a = make_company(b, "a");
    cn_entity c = make_company(b, "c");
    cn_entity d = make_company(b, "d");
    cn_entity office = make_entity(b, CN_ENTITY_ORGANISATION, "office");
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, office, CN_FIELD_TYPE, CN_ORG_AUTHORITY, NULL), CN_OK);
    cn_entity p = make_entity(b, CN_ENTITY_PROJECT, "p");
    cn_entity q = make_entity(b, CN_ENTITY_PROJECT, "q");
    cn_entity event = make_entity(b, CN_ENTITY_EVENT, "event");
    make_link(b, CN_LINK_PARTICIPANT, a, p, -1);
    make_link(b, CN_LINK_PARTICIPANT, c, p, -1);
    make_link(b, CN_LINK_PARTICIPANT, c, q, -1);
    make_link(b, CN_LINK_PARTICIPANT, d, q, -1);
    make_link(b, CN_LINK_TAKES_PART, office, event, -1);
    make_link(b, CN_LINK_TAKES_PART, a, event, -1);
    cn_network *two = make_network(b);
    cn_partners found;
    cn_partner_query query = {.org = a, .side = CN_PARTNER_PEER};
    CHECK_INT(cn_partners_find(two, &query, &found, NULL), CN_OK);
    CHECK_INT(found.row_count, 1);
    CHECK_INT(found.rows[0].org, d);
    CHECK_INT(found.rows[0].alike, 1);
    CHECK_INT(found.rows[0].alike_one, c);
    CHECK_NEAR(found.rows[0].resource, 0.5, 0);
    CHECK_INT(found.present_count, 1);
    CHECK_INT(found.present[0], c);
    cn_partners_release(&found);
    cn_error err = {0};
    query.org = p;
    CHECK_INT(cn_partners_find(two, &query, &found, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_PARTNERS_NO_ACTOR);
    query = (cn_partner_query){.org = a, .side = CN_PARTNER_PEER, .within = CN_WITHIN_KM, .km = 5};
    CHECK_INT(cn_partners_find(two, &query, &found, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_PARTNERS_NO_PLACE);
    cn_network_free(two);
}

static void imports(void) {
    make();
    cn_imports found;
    CHECK_INT(cn_imports_find(net, CN_NONE, NULL, &found, NULL), CN_OK);
    CHECK_INT(found.need_count, 1);
    CHECK_INT(found.needs[0].buyer, BUYER);
    CHECK_NEAR(found.value, 100, 0);
    CHECK_NEAR(found.replaced, 100, 0);
    CHECK_INT(found.needs[0].maker_count, 5); /* nobody abroad, nobody of the same owner */
    static const cn_entity want[] = {EXACT, OLD, PART, SIBLING, LINE};
    for (uint32_t i = 0; i < 5; i++) {
        CHECK_INT(found.makers[i].org, want[i]);
    }
    CHECK(found.makers[1].present);
    cn_imports_release(&found);
    CHECK_INT(cn_imports_find(net, LIKE, NULL, &found, NULL), CN_OK);
    CHECK_INT(found.need_count, 0);
    cn_imports_release(&found);
    cn_network_free(net);
}

/* ---- the trial ---- */

static const cn_partner_quality *quality(const cn_partner_trial *trial, cn_partner_score score) {
    for (uint32_t i = 0; i < trial->quality_count; i++) {
        if (trial->quality[i].score == score) {
            return &trial->quality[i];
        }
    }
    CHECK(false);
    return NULL;
}

/* 40 buyers and 40 suppliers; planted: buyers trade within one of 8 groups, else with anyone. */
static cn_network *random_trade(bool planted, bool codes) {
    cn_builder *b = make_builder();
    uint64_t seed = 5;
    char id[16];
    for (int i = 0; i < 160; i++) {
        snprintf(id, sizeof id, "f%d", i);
        make_company(b, id);
        snprintf(id, sizeof id, "2%d.10", i % 8);
        if (codes) {
            make_item(b, (cn_entity)i, i < 80 ? CN_ITEM_NEEDS : CN_ITEM_MAKES, id, 1, -1, CN_ORIGIN_NONE);
        }
    }
    for (uint32_t buyer = 0; buyer < 80; buyer++) {
        for (uint32_t supplier = 80; supplier < 160; supplier++) {
            bool together = planted && buyer % 8 == supplier % 8;
            if (check_below(&seed, 100) < (planted ? (together ? 60 : 1) : 9)) {
                make_link(b, CN_LINK_SUPPLY, supplier, buyer, 1);
            }
        }
    }
    return make_network(b);
}

static void trial(void) {
    cn_partner_trial found;
    cn_network *planted = random_trade(true, false);
    CHECK_INT(cn_partner_try(planted, CN_BOARD_SUPPLY, NULL, &found, NULL), CN_OK);
    CHECK(found.links > 300);
    CHECK(quality(&found, CN_PARTNER_SCORE_COMBINED)->auc > 0.9);
    CHECK(quality(&found, CN_PARTNER_SCORE_COMBINED)->matched > 0.9);
    CHECK(quality(&found, CN_PARTNER_SCORE_COMBINED)->precision >
          quality(&found, CN_PARTNER_SCORE_POPULARITY)->precision);
    CHECK_NEAR(quality(&found, CN_PARTNER_SCORE_RANDOM)->auc, 0.5, 0.06);
    CHECK(quality(&found, CN_PARTNER_SCORE_COMMON)->auc <
          0.6); /* suppliers do not share neighbours with their buyers */
    cn_partner_trial again;
    CHECK_INT(cn_partner_try(planted, CN_BOARD_SUPPLY, NULL, &again, NULL), CN_OK);
    CHECK(memcmp(&found, &again, sizeof found) == 0);
    cn_network_free(planted);
    cn_network *coded = random_trade(true, true);
    CHECK_INT(cn_partner_try(coded, CN_BOARD_SUPPLY, NULL, &found, NULL), CN_OK);
    CHECK(quality(&found, CN_PARTNER_SCORE_CODES)->matched > 0.9);
    CHECK(quality(&found, CN_PARTNER_SCORE_COMBINED)->matched > quality(&found, CN_PARTNER_SCORE_L3)->matched);
    cn_network_free(coded);
    cn_network *chance = random_trade(false, true);
    CHECK_INT(cn_partner_try(chance, CN_BOARD_SUPPLY, NULL, &found, NULL), CN_OK);
    CHECK_NEAR(quality(&found, CN_PARTNER_SCORE_COMBINED)->matched, 0.5, 0.08); /* nothing leaks */
    CHECK_NEAR(quality(&found, CN_PARTNER_SCORE_L3)->matched, 0.5, 0.08);
    CHECK_NEAR(quality(&found, CN_PARTNER_SCORE_CODES)->matched, 0.5, 0.08);
    cn_error err = {0};
    CHECK_INT(cn_partner_try(chance, CN_BOARD_PEER, NULL, &found, &err), CN_ERR_UNDEFINED);
    CHECK_INT(err.message, CN_MSG_PARTNERS_TOO_FEW);
    cn_network_free(chance);
}

static void names(void) {
    for (int side = 0; side < 4; side++) {
        double sum = 0;
        for (int p = 0; p < CN_PARTNER_PART_COUNT; p++) {
            sum += cn_partner_part_most((cn_partner_part)p, (cn_partner_side)side);
            CHECK(cn_partner_part_key((cn_partner_part)p)[0] &&
                  cn_partner_part_name((cn_partner_part)p, CN_LANG_RU)[0]);
        }
        CHECK_NEAR(sum, 100, 0);
    }
    for (int i = 0; i < CN_PARTNER_SCORE_COUNT; i++) {
        CHECK(cn_partner_score_key((cn_partner_score)i)[0] &&
              cn_partner_score_name((cn_partner_score)i, CN_LANG_RU)[0]);
    }
    CHECK_TEXT(cn_partner_score_key(CN_PARTNER_SCORE_COUNT), "");
}

int main(void) {
    return check_run((check_case[]){{"fits of codes", fits},
                                    {"suppliers", suppliers},
                                    {"customers and substitutes", customers_and_substitutes},
                                    {"peers", peers},
                                    {"imports", imports},
                                    {"trial", trial},
                                    {"names", names},
                                    {0}});
}
