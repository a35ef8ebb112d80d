/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What-ifs: each edit against flows and factors worked by hand, second sources against cascades run one by one, and the
 * two worked networks on which a takeover hurts while a standby source does not (docs/risk.md).
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "coopnet/scenario.h"
#include "make_network.h"

/* mill and abroad sell steel to plant, and plant sells to shop; owner holds mill through holding. */
enum { MILL, ABROAD, PLANT, SHOP };

static cn_link sell(cn_builder *b, cn_entity from, cn_entity to, const char *product, int64_t value) {
    cn_link link;
    cn_link_spec spec = {
        .from = from, .to = to, .kind = CN_LINK_SUPPLY, .value_minor = value * 100, .product = product};
    CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    return link;
}

typedef struct place {
    cn_network *net;
    cn_flows *flows;
    cn_link links[4];
    cn_entity owner;
} place;

static place make_place(void) {
    place p;
    cn_builder *b = make_builder();
    cn_entity mill = make_company(b, "mill");
    cn_entity abroad = make_company(b, "abroad");
    cn_entity plant = make_company(b, "plant");
    cn_entity shop = make_company(b, "shop");
    cn_entity holding = make_entity(b, CN_ENTITY_ORGANISATION, "holding");
    p.owner = make_entity(b, CN_ENTITY_ORGANISATION, "owner");
    make_text(b, mill, CN_FIELD_REGION, "North");
    make_text(b, plant, CN_FIELD_REGION, "North");
    make_text(b, abroad, CN_FIELD_COUNTRY, "DE");
    p.links[0] = sell(b, mill, plant, "24.10.31", 60);
    p.links[1] = sell(b, mill, plant, "24.10.31", 20);
    p.links[2] = sell(b, abroad, plant, "24.10.32", 40);
    p.links[3] = sell(b, plant, shop, "27.11", 200);
    cn_item need = {.owner = plant,
                    .kind = CN_ITEM_NEEDS,
                    .value_minor = 3000,
                    .capacity_minor = CN_MONEY_NONE,
                    .number = (double)NAN,
                    .origin = CN_ORIGIN_IMPORT};
    CHECK_INT(cn_builder_add_item(b, &need, "20.16", NULL), CN_OK);
    (void)make_link(b, CN_LINK_OWNERSHIP, holding, mill, -1);
    cn_link part = make_link(b, CN_LINK_OWNERSHIP, p.owner, holding, -1);
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_LINK, part, CN_FIELD_SHARE, 0.6, NULL), CN_OK);
    part = make_link(b, CN_LINK_OWNERSHIP, p.owner, plant, -1);
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_LINK, part, CN_FIELD_SHARE, 0.5, NULL), CN_OK);
    p.net = make_network(b);
    CHECK_INT(cn_flows_create(p.net, NULL, &p.flows, NULL), CN_OK);
    return p;
}

static void free_place(place *p) {
    cn_flows_free(p->flows);
    cn_network_free(p->net);
}

static cn_scenario apply(const place *p, cn_edit edit) {
    cn_scenario s;
    CHECK_INT(cn_scenario_create(p->flows, &edit, 1, &s, NULL), CN_OK);
    return s;
}

static void failures(void) {
    place p = make_place();
    cn_scenario s = apply(&p, (cn_edit){.kind = CN_EDIT_LOSS, .supplier = MILL, .amount = 0.4});
    CHECK_NEAR(s.shock.capacity[MILL], 0.6, 1e-15);
    CHECK_NEAR(s.shock.capacity[PLANT], 1, 0);
    CHECK(s.shock.flow == NULL && s.flows == p.flows);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_REGION, .text = "North"});
    CHECK(s.touched[0] == 2 && s.shock.capacity[MILL] == 0 && s.shock.capacity[PLANT] == 0);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_REGION, .text = "South"});
    CHECK_INT(s.touched[0], 0);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_OWNER, .entity = p.owner}); /* half of the plant is no control */
    CHECK(s.touched[0] == 1 && s.shock.capacity[MILL] == 0 && s.shock.capacity[PLANT] == 1);
    cn_scenario_release(&s);
    free_place(&p);
}

static void cuts(void) {
    place p = make_place();
    cn_scenario s = apply(&p, (cn_edit){.kind = CN_EDIT_CUT_LINK, .link = p.links[1]});
    CHECK_NEAR(s.shock.flow[0], 0.75, 1e-15); /* 20 of 80 */
    CHECK_NEAR(s.shock.flow[1], 1, 0);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_CUT, .supplier = MILL, .buyer = PLANT, .text = "24"});
    CHECK(s.touched[0] == 1 && s.shock.flow[0] == 0);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_IMPORT_STOP});
    CHECK_INT(s.touched[0], 2);
    CHECK(s.shock.flow[0] == 1 && s.shock.flow[1] == 0 && s.shock.outside[0] == 0);
    cn_cascade c;
    CHECK_INT(cn_cascade_run(s.flows, &s.shock, NULL, &c, NULL), CN_OK);
    CHECK_NEAR(c.level[PLANT], 0, 1e-12); /* 20.16 comes from abroad only */
    CHECK_NEAR(c.level[SHOP], 0, 1e-12);
    cn_cascade_release(&c);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_IMPORT_STOP, .text = "24.10"});
    CHECK(s.touched[0] == 1 && s.shock.outside == NULL);
    cn_scenario_release(&s);
    s = apply(&p, (cn_edit){.kind = CN_EDIT_PRODUCT_STOP, .text = "24", .amount = 0.5});
    CHECK(s.touched[0] == 2 && s.shock.flow[0] == 0.5 && s.shock.flow[1] == 0.5 && s.shock.flow[2] == 1);
    cn_scenario_release(&s);
    free_place(&p);
}

/* shop takes over 30 of the 120 of steel: 20 of mill's, 10 of abroad's. */
static void takeovers(void) {
    place p = make_place();
    cn_edit edits[] = {{.kind = CN_EDIT_LOSS, .supplier = MILL},
                       {.kind = CN_EDIT_TAKEOVER, .supplier = SHOP, .buyer = PLANT, .text = "24.10", .amount = 30}};
    cn_scenario s;
    CHECK_INT(cn_scenario_create(p.flows, edits, 2, &s, NULL), CN_OK);
    size_t count;
    const cn_flow *flow = cn_flows_into(s.flows, PLANT, &count);
    CHECK(s.flows != p.flows && count == 4);
    CHECK(flow[0].from == MILL && flow[1].from == SHOP && flow[2].from == ABROAD && flow[3].from == SHOP);
    CHECK_NEAR(flow[0].value, 60, 1e-12);
    CHECK_NEAR(flow[1].value, 20, 1e-12);
    CHECK_NEAR(flow[2].value, 30, 1e-12);
    CHECK_NEAR(flow[3].value, 10, 1e-12);
    CHECK(flow[1].link == CN_NONE && flow[0].link == p.links[0]);
    const cn_link *links = cn_flows_links(s.flows, (size_t)(flow - cn_flows_all(s.flows, &count)), &count);
    CHECK(count == 2 && links[1] == p.links[1]);
    CHECK_NEAR(s.shock.capacity[MILL], 0, 0);
    cn_scenario_release(&s);
    edits[1].amount = 240; /* more than all: the purchases double */
    edits[1].supplier = CN_NONE;
    CHECK_INT(cn_scenario_create(p.flows, edits, 2, &s, NULL), CN_OK);
    (void)cn_flows_into(s.flows, PLANT, &count);
    CHECK_INT(count, 0);
    const cn_outside *rows = cn_flows_outside_of(s.flows, PLANT, &count);
    CHECK_INT(count, 3);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += rows[i].origin == CN_ORIGIN_NONE ? rows[i].value : 0;
    }
    CHECK_NEAR(sum, 240, 1e-12);
    cn_scenario_release(&s);
    free_place(&p);
}

static void refusals(void) {
    place p = make_place();
    static const struct {
        cn_edit edit;
        cn_message message;
    } cases[] = {
        {{.kind = CN_EDIT_LOSS, .supplier = 99}, CN_MSG_SCENARIO_NO_FIRM},
        {{.kind = CN_EDIT_LOSS, .supplier = MILL, .amount = 1.5}, CN_MSG_SCENARIO_AMOUNT},
        {{.kind = CN_EDIT_CUT_LINK, .link = 99}, CN_MSG_SCENARIO_NO_LINK},
        {{.kind = CN_EDIT_CUT, .supplier = MILL, .buyer = MILL}, CN_MSG_SCENARIO_SAME_ENDS},
        {{.kind = CN_EDIT_IMPORT_STOP, .text = "99"}, CN_MSG_SCENARIO_NO_PRODUCT},
        {{.kind = CN_EDIT_PRODUCT_STOP}, CN_MSG_SCENARIO_NO_PRODUCT},
        {{.kind = CN_EDIT_STANDBY, .supplier = MILL, .buyer = PLANT, .text = "24"}, CN_MSG_SCENARIO_AMOUNT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_scenario s;
        cn_error err = {0};
        CHECK_INT(cn_scenario_create(p.flows, &cases[i].edit, 1, &s, &err), CN_ERR_ARGUMENT);
        CHECK_INT(err.message, cases[i].message);
        CHECK(s.touched == NULL);
    }
    free_place(&p);
}

/* ---- takeovers can hurt, standby sources cannot ---- */

static double loss_of(const cn_flows *flows, uint32_t stopped, const cn_edit *more) {
    cn_edit edits[2] = {{.kind = CN_EDIT_LOSS, .supplier = stopped}};
    cn_scenario s;
    cn_cascade c;
    cn_cascade_options options = {.epsilon = 1e-12};
    if (more != NULL) {
        edits[1] = *more;
    }
    CHECK_INT(cn_scenario_create(flows, edits, more != NULL ? 2 : 1, &s, NULL), CN_OK);
    CHECK_INT(cn_cascade_run(s.flows, &s.shock, &options, &c, NULL), CN_OK);
    double loss = c.loss;
    cn_cascade_release(&c);
    cn_scenario_release(&s);
    return loss;
}

static void compare(const cn_flow *flow, size_t count, const double *output, uint32_t stopped, double value) {
    cn_flows_arrays arrays = {.firm_count = 4,
                              .product_count = 2,
                              .codes = (const char *const[]){"x", "k"},
                              .flow_count = count,
                              .flows = flow,
                              .output = output};
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    cn_edit edit = {.kind = CN_EDIT_TAKEOVER, .supplier = 2, .buyer = 3, .text = "k", .amount = value};
    double before = loss_of(flows, stopped, NULL);
    CHECK(loss_of(flows, stopped, &edit) > before + 0.05);
    edit.kind = CN_EDIT_STANDBY;
    CHECK(loss_of(flows, stopped, &edit) <= before + 1e-12);
    cn_flows_free(flows);
}

/*
 * Firm 0 stops. First: the new source 2 lives on firm 0, the old one 1 does not, and half of what 3 buys is moved to 2.
 * Second: the old source 1 sells to 0 and to 3 alike; without the sales to 3 it lives on firm 0 alone.
 */
static void takeover_may_hurt(void) {
    compare((const cn_flow[]){{.from = 0, .to = 2, .product = 0, .value = 10},
                              {.from = 1, .to = 3, .product = 1, .value = 100}},
            2, (const double[]){10, 100, 50, 200}, 0, 50);
    compare((const cn_flow[]){{.from = 1, .to = 0, .product = 1, .value = 50},
                              {.from = 1, .to = 3, .product = 1, .value = 50}},
            2, (const double[]){100, 100, 50, 200}, 0, 50);
}

/* ---- second sources ---- */

static double real(uint64_t *seed) { return check_below(seed, 1000001) / 1e6; }

static void second_sources(void) {
    uint64_t seed = 41;
    enum { FIRMS = 12, FLOWS = 20, PRODUCTS = 6 };
    for (int round = 0; round < 150; round++) {
        cn_flow flow[FLOWS];
        for (uint32_t i = 0; i < FLOWS; i++) {
            flow[i] = (cn_flow){.from = check_below(&seed, FIRMS),
                                .to = check_below(&seed, FIRMS),
                                .product = check_below(&seed, PRODUCTS),
                                .value = 1 + 9 * real(&seed)};
        }
        cn_flows_arrays arrays = {.firm_count = FIRMS, .product_count = PRODUCTS, .flow_count = FLOWS, .flows = flow};
        cn_flows *flows;
        cn_second_source *rows;
        size_t count;
        size_t all_count;
        CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
        cn_cascade_options options = {.epsilon = 1e-10};
        CHECK_INT(cn_second_sources(flows, &options, NULL, 0, 5, NULL, &rows, &count, NULL), CN_OK);
        const cn_flow *all = cn_flows_all(flows, &all_count);
        for (size_t i = 0; i < count; i++) {
            const cn_flow *f = &all[rows[i].flow];
            for (size_t j = 0; j < all_count; j++) {
                CHECK(j == rows[i].flow || all[j].to != f->to || all[j].product != f->product);
            }
            CHECK(i == 0 || rows[i].loss <= rows[i - 1].loss + 1e-9);
            CHECK(rows[i].loss_second <= rows[i].loss + 1e-9);
            double capacity[FIRMS];
            for (uint32_t k = 0; k < FIRMS; k++) {
                capacity[k] = k != f->from;
            }
            cn_standby standby = {f->to, f->product, CN_NONE, f->value / 2};
            cn_shock shock = {.capacity = capacity};
            cn_cascade c;
            CHECK_INT(cn_cascade_run(flows, &shock, &options, &c, NULL), CN_OK);
            CHECK_NEAR(rows[i].loss, c.loss, 1e-9);
            CHECK_NEAR(rows[i].money, c.money, 1e-6);
            cn_cascade_release(&c);
            shock.standby = &standby;
            shock.standby_count = 1;
            CHECK_INT(cn_cascade_run(flows, &shock, &options, &c, NULL), CN_OK);
            CHECK_NEAR(rows[i].loss_second, c.loss, 1e-9);
            cn_cascade_release(&c);
        }
        cn_second_sources_free(rows);
        cn_flows_free(flows);
    }
}

int main(void) {
    return check_run((check_case[]){{"firms, regions and owners fail", failures},
                                    {"links, flows, imports and products are cut", cuts},
                                    {"a new source takes over", takeovers},
                                    {"wrong edits are refused", refusals},
                                    {"a takeover may hurt, a standby source does not", takeover_may_hurt},
                                    {"second sources", second_sources},
                                    {0}});
}
