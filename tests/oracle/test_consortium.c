/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teams against brute force: all sets of candidates of small random problems, without those that have a redundant member, in the order of the
 * objective. The greedy search against its bound. Then a consortium whose answer is plain to see.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "coopnet/consortium.h"
#include "make_network.h"
#include "team_search.h"

enum { NEEDS_MOST = 6, CANDIDATES_MOST = 9 };

typedef struct value {
    uint32_t uncovered, count;
    uint64_t cost;
} value;

static int compare_values(const void *a, const void *b) {
    const value *x = a;
    const value *y = b;
    if (x->uncovered != y->uncovered) {
        return x->uncovered < y->uncovered ? -1 : 1;
    }
    if (x->count != y->count) {
        return x->count < y->count ? -1 : 1;
    }
    return (x->cost > y->cost) - (x->cost < y->cost);
}

static uint32_t cover_of(const cn__team_problem *p, uint32_t set) {
    uint32_t mask = 0;
    for (uint32_t c = 0; c < p->candidates; c++) {
        for (uint32_t need = 0; need < p->needs && (set >> c & 1); need++) {
            mask |= (uint32_t)p->covers[c * p->needs + need] << need;
        }
    }
    return mask;
}

static uint32_t bits(uint32_t x) {
    uint32_t count = 0;
    for (; x; x &= x - 1) {
        count++;
    }
    return count;
}

/* Values of all teams that count, in order. */
static size_t brute_force(const cn__team_problem *p, value *values) {
    size_t count = 0;
    uint32_t least = p->needs;
    for (uint32_t set = 0; set < UINT32_C(1) << p->candidates; set++) {
        value v = {.uncovered = p->needs - bits(cover_of(p, set)), .count = bits(set)};
        bool ok = p->max_members == 0 || v.count <= p->max_members;
        for (uint32_t c = 0; c < p->candidates; c++) {
            if (set >> c & 1) {
                v.cost += p->cost[c];
                ok = ok && cover_of(p, set & ~(UINT32_C(1) << c)) != cover_of(p, set);
            }
        }
        if (ok) {
            least = v.uncovered < least ? v.uncovered : least;
            values[count++] = v;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (values[i].uncovered == least) {
            values[kept++] = values[i];
        }
    }
    qsort(values, kept, sizeof *values, compare_values);
    return kept;
}

static void check_teams(const cn__team_problem *p, const cn__teams *teams) {
    for (uint32_t i = 0; i < teams->count; i++) {
        uint32_t set = 0;
        for (uint32_t k = 0; k < teams->teams[i].count; k++) {
            CHECK(k == 0 || teams->teams[i].member[k] > teams->teams[i].member[k - 1]);
            set |= UINT32_C(1) << teams->teams[i].member[k];
        }
        CHECK_INT(teams->teams[i].uncovered, p->needs - bits(cover_of(p, set)));
        CHECK(!cn__team_redundant(p, teams->teams[i].member, teams->teams[i].count));
        for (uint32_t other = 0; other < i; other++) {
            CHECK(teams->teams[other].count != teams->teams[i].count ||
                  memcmp(teams->teams[other].member, teams->teams[i].member,
                         teams->teams[i].count * sizeof(uint32_t)) != 0);
        }
    }
}

static void random_problem(uint64_t *seed, cn__team_problem *p, bool *covers, uint64_t *cost) {
    *p = (cn__team_problem){.needs = 1 + check_below(seed, NEEDS_MOST),
                            .candidates = 1 + check_below(seed, CANDIDATES_MOST)};
    uint32_t dense = 2 + check_below(seed, 4);
    for (uint32_t c = 0; c < p->candidates; c++) {
        for (uint32_t need = 0; need < p->needs; need++) {
            covers[c * p->needs + need] = check_below(seed, dense) == 0 || need == c % p->needs;
        }
        cost[c] = check_below(seed, 2) ? check_below(seed, 3) : check_below(seed, 1000);
    }
    for (uint32_t need = p->candidates; need < p->needs; need++) { /* all can be covered */
        covers[need % p->candidates * p->needs + need] = true;
    }
    p->covers = covers;
    p->cost = cost;
    p->top = 1 + check_below(seed, 6);
    p->max_members = check_below(seed, 2) ? 1 + check_below(seed, 4) : 0;
}

static void against_brute_force(void) {
    static value values[1 << CANDIDATES_MOST];
    bool covers[NEEDS_MOST * CANDIDATES_MOST];
    uint64_t cost[CANDIDATES_MOST];
    uint64_t seed = 3;
    for (int round = 0; round < 4000; round++) {
        cn__team_problem p;
        cn__teams teams = {0};
        random_problem(&seed, &p, covers, cost);
        size_t want = brute_force(&p, values);
        CHECK_INT(cn__team_search(&p, &teams, NULL), CN_OK);
        CHECK(teams.exact);
        CHECK_INT(teams.count, want < p.top ? want : p.top);
        check_teams(&p, &teams);
        for (uint32_t i = 0; i < teams.count; i++) {
            CHECK_INT(teams.teams[i].uncovered, values[i].uncovered);
            CHECK_INT(teams.teams[i].count, values[i].count);
            CHECK_INT(teams.teams[i].cost, values[i].cost);
        }
        cn__teams_release(&teams);
        CHECK_INT(cn__team_greedy(&p, &teams, NULL), CN_OK);
        check_teams(&p, &teams);
        if (p.max_members == 0) {
            CHECK_INT(teams.teams[0].uncovered, 0);
            CHECK(teams.teams[0].count <= teams.bound * values[0].count + 1e-9);
        } else { /* at least 1 - 1/e of the most that can be covered */
            double most = p.needs - values[0].uncovered;
            CHECK(p.needs - teams.teams[0].uncovered >= (1 - exp(-1)) * most - 1e-9);
        }
        cn__teams_release(&teams);
    }
}

/* 20 needs, 300 candidates: the largest that is exact; and one more need, which is greedy. */
static void large(void) {
    static bool covers[21 * 300];
    static uint64_t cost[300];
    uint64_t seed = 9;
    for (uint32_t needs = 20; needs <= 21; needs++) {
        for (uint32_t c = 0; c < 300; c++) {
            for (uint32_t need = 0; need < needs; need++) {
                covers[c * needs + need] = need == c % needs || check_below(&seed, 12) == 0;
            }
            cost[c] = check_below(&seed, 100);
        }
        cn__team_problem p = {.needs = needs, .candidates = 300, .covers = covers, .cost = cost, .top = 3};
        cn__teams teams = {0};
        CHECK_INT(cn__team_search(&p, &teams, NULL), CN_OK);
        CHECK_INT(teams.exact, needs == 20);
        CHECK(teams.count >= 1);
        CHECK_INT(teams.teams[0].uncovered, 0);
        CHECK(needs == 20 || teams.bound > 1);
        cn__teams_release(&teams);
    }
}

static void make_item(cn_builder *b, cn_entity owner, const char *code) {
    cn_item item = {.owner = owner,
                    .kind = CN_ITEM_MAKES,
                    .value_minor = CN_MONEY_NONE,
                    .capacity_minor = CN_MONEY_NONE,
                    .number = NAN};
    CHECK_INT(cn_builder_add_item(b, &item, code, NULL), CN_OK);
}

static void consortium(void) {
    cn_builder *b = make_builder();
    cn_entity leader = make_company(b, "leader");
    cn_entity both = make_company(b, "both");
    cn_entity near = make_company(b, "near");
    cn_entity far = make_company(b, "far");
    cn_entity abroad = make_company(b, "abroad");
    cn_entity project = make_entity(b, CN_ENTITY_PROJECT, "project");
    cn_entity product = make_entity(b, CN_ENTITY_PRODUCT, "27.11.41");
    cn_entity input = make_entity(b, CN_ENTITY_PRODUCT, "24.10");
    make_text(b, abroad, CN_FIELD_COUNTRY, "CN");
    make_text(b, project, CN_FIELD_PRODUCT, "27.11.41");
    make_item(b, leader, "27.90");
    make_item(b, both, "24.10.31");
    make_item(b, both, "25.94.11");
    make_item(b, near, "24.10.31");
    make_item(b, far, "25.94.11.110");
    make_item(b, abroad, "22.21");
    make_item(b, far, "22.21.30");
    make_link(b, CN_LINK_SUPPLY, near, leader, 1);
    make_link(b, CN_LINK_SUPPLY, far, near, 1);
    make_link(b, CN_LINK_PARTICIPANT, leader, project, -1);
    make_link(b, CN_LINK_MADE_FROM, product, input, -1);
    cn_network *net = make_network(b);
    static const char *const needs[] = {"24.10", "25.94.11", "27.90", "22.21", "24.10"};
    cn_consortium_query query = {.leader = leader, .project = CN_NONE, .needs = needs, .need_count = 5};
    cn_consortium found;
    CHECK_INT(cn_consortium_find(net, &query, &found, NULL), CN_OK);
    CHECK(found.exact);
    CHECK_INT(found.need_count, 4);
    CHECK_INT(found.needs[0].state, CN_NEED_OPEN);
    CHECK_INT(found.needs[0].makers, 2);
    CHECK_INT(found.needs[2].state, CN_NEED_HELD);
    CHECK_INT(found.needs[3].state, CN_NEED_OPEN); /* 22.21.30 is a plastic sheet of 22.21 */
    CHECK_INT(found.team_count, 2);
    CHECK_INT(found.teams[0].member_count, 2); /* near 1 hop, far 2: before both, who is not joined */
    CHECK_INT(found.members[found.teams[0].member_start].org, near);
    CHECK_INT(found.members[found.teams[0].member_start + 1].org, far);
    CHECK_INT(found.teams[0].hops, 3);
    CHECK_INT(found.teams[0].no_contract, 1);
    CHECK_INT(found.teams[1].hops, 1001);
    cn_consortium_release(&found);
    query.max_members = 1;
    CHECK_INT(cn_consortium_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.teams[0].uncovered, 1);
    CHECK_INT(found.members[found.teams[0].member_start].org, far); /* two needs, two hops */
    cn_consortium_release(&found);
    static const char *const gap[] = {"22.21.40", "99"};
    query = (cn_consortium_query){.leader = leader, .project = CN_NONE, .needs = gap, .need_count = 2};
    CHECK_INT(cn_consortium_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.needs[0].state, CN_NEED_GAP);
    CHECK_INT(found.needs[0].holder, far); /* the nearest: 22.21.30 */
    CHECK_INT(found.needs[1].holder, CN_NONE);
    CHECK_INT(found.team_count, 0);
    cn_consortium_release(&found);
    query = (cn_consortium_query){.leader = CN_NONE, .project = project};
    CHECK_INT(cn_consortium_find(net, &query, &found, NULL), CN_OK);
    CHECK_INT(found.leader, leader);
    CHECK_INT(found.need_count, 1);
    CHECK_TEXT(found.needs[0].code, "24.10");
    cn_consortium_release(&found);
    cn_error err = {0};
    query = (cn_consortium_query){.leader = leader, .project = CN_NONE};
    CHECK_INT(cn_consortium_find(net, &query, &found, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_CONSORTIUM_NO_NEEDS);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){
        {"against brute force", against_brute_force}, {"large", large}, {"consortium", consortium}, {0}});
}
