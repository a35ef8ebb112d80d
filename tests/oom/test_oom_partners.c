/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for partners with every single allocation failing in turn: nothing crashes or leaks. */
#include <math.h>
#include <stdio.h>

#include "check.h"
#include "coopnet/consortium.h"
#include "fail_each.h"
#include "make_network.h"
#include "team_search.h"

static cn_network *net;
static cn_partner_side side;
static cn_partner_board board;
static uint32_t members;

static void make(void) {
    cn_builder *b = make_builder();
    static const char *const codes[] = {"24.10", "24.10.31", "27", "24.10.31.110"};
    char id[16];
    for (uint32_t i = 0; i < 24; i++) {
        snprintf(id, sizeof id, "f%u", i);
        make_company(b, id);
    }
    for (uint32_t i = 0; i < 20; i++) {
        snprintf(id, sizeof id, "p%u", i);
        make_entity(b, CN_ENTITY_PROJECT, id);
    }
    for (uint32_t i = 0; i < 24; i++) {
        cn_item item = {.owner = i,
                        .kind = i % 2 ? CN_ITEM_MAKES : CN_ITEM_NEEDS,
                        .value_minor = 100,
                        .capacity_minor = CN_MONEY_NONE,
                        .number = NAN,
                        .origin = i % 2 ? CN_ORIGIN_NONE : CN_ORIGIN_IMPORT};
        CHECK_INT(cn_builder_add_item(b, &item, codes[i % 4], NULL), CN_OK);
        for (uint32_t k = 1; k < 16; k++) {
            make_link(b, CN_LINK_SUPPLY, i, (i + k) % 24, 1);
            make_link(b, CN_LINK_PARTICIPANT, i, 24 + (i * k + k) % 20, -1);
        }
    }
    make_link(b, CN_LINK_AGREEMENT, 0, 5, -1);
    make_link(b, CN_LINK_OWNERSHIP, 0, 7, -1);
    net = make_network(b);
}

static cn_status find(void) {
    cn_partners found;
    cn_partner_query query = {.org = 0, .side = side};
    cn_status status = cn_partners_find(net, &query, &found, NULL);
    cn_partners_release(&found);
    return status;
}

static cn_status import(void) {
    cn_imports found;
    cn_status status = cn_imports_find(net, CN_NONE, NULL, &found, NULL);
    cn_imports_release(&found);
    return status;
}

static cn_status gather(void) {
    static const char *const needs[] = {"24.10.31", "24.10", "27"};
    cn_consortium found;
    cn_consortium_query query = {
        .leader = 0, .project = CN_NONE, .needs = needs, .need_count = 3, .max_members = members};
    cn_status status = cn_consortium_find(net, &query, &found, NULL);
    cn_consortium_release(&found);
    return status;
}

static cn_status greedy(void) {
    static const bool covers[] = {true, false, true, false, true, true, true, true, false};
    static const uint64_t cost[] = {3, 1, 2};
    cn__team_problem problem = {.needs = 3, .candidates = 3, .covers = covers, .cost = cost, .top = 2};
    cn__teams teams = {0};
    cn_status status = cn__team_greedy(&problem, &teams, NULL);
    cn__teams_release(&teams);
    return status;
}

static cn_status attempt(void) {
    cn_partner_trial trial;
    return cn_partner_try(net, board, &(cn_partner_test){.folds = 1, .share = 0.02}, &trial, NULL);
}

static void all(void) {
    make();
    for (int i = 0; i < 4; i++) {
        side = (cn_partner_side)i;
        CHECK(fail_each(find) > 20);
    }
    CHECK(fail_each(import) > 20);
    for (members = 0; members < 2; members++) {
        CHECK(fail_each(gather) > 20);
    }
    CHECK(fail_each(greedy) >= 5);
    board = CN_BOARD_SUPPLY;
    CHECK(fail_each(attempt) > 20);
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"partners without memory", all}, {0}}); }
