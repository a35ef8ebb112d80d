/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows, cascades, what-ifs and positions with every single allocation failing in turn: nothing crashes or leaks. */
#include <math.h>

#include "check.h"
#include "coopnet/position.h"
#include "coopnet/scenario.h"
#include "fail_each.h"
#include "make_network.h"

static cn_network *net;
static cn_flows *flows;

static void make(void) {
    cn_builder *b = make_builder();
    cn_entity firm[4];
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const char *const codes[] = {"24.10", "24.10.31", "", "27"};
    for (int i = 0; i < 4; i++) {
        firm[i] = make_company(b, ids[i]);
    }
    make_text(b, firm[1], CN_FIELD_COUNTRY, "DE");
    for (int i = 0; i < 4; i++) {
        cn_link link;
        cn_link_spec spec = {.from = firm[i],
                             .to = firm[(i + 1) % 4],
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = 100 * (i + 1),
                             .product = codes[i]};
        CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    }
    (void)make_link(b, CN_LINK_SUPPLY, firm[0], firm[3], -1);
    cn_item need = {.owner = firm[3],
                    .kind = CN_ITEM_NEEDS,
                    .value_minor = 3000,
                    .capacity_minor = CN_MONEY_NONE,
                    .number = (double)NAN,
                    .origin = CN_ORIGIN_IMPORT};
    CHECK_INT(cn_builder_add_item(b, &need, "20.16", NULL), CN_OK);
    need.kind = CN_ITEM_MAKES;
    need.origin = CN_ORIGIN_NONE;
    CHECK_INT(cn_builder_add_item(b, &need, "27", NULL), CN_OK);
    cn_entity product = make_entity(b, CN_ENTITY_PRODUCT, "27");
    (void)make_link(b, CN_LINK_MADE_FROM, product, make_entity(b, CN_ENTITY_PRODUCT, "24"), -1);
    net = make_network(b);
}

static cn_status make_flows(void) {
    cn_flows *made;
    cn_status status = cn_flows_create(net, NULL, &made, NULL);
    cn_flows_free(made);
    return status;
}

static cn_status what_if(void) {
    cn_edit edits[] = {{.kind = CN_EDIT_TAKEOVER, .supplier = 0, .buyer = 2, .text = "24", .amount = 1},
                       {.kind = CN_EDIT_TAKEOVER, .supplier = CN_NONE, .buyer = 1, .text = "24", .amount = 1},
                       {.kind = CN_EDIT_STANDBY, .supplier = CN_NONE, .buyer = 2, .text = "24", .amount = 1},
                       {.kind = CN_EDIT_IMPORT_STOP},
                       {.kind = CN_EDIT_OWNER, .entity = 0}};
    cn_scenario scenario;
    cn_cascade cascade = {0};
    cn_cascade_options options = {.steps = true, .days = 5};
    cn_status status = cn_scenario_create(flows, edits, 5, &scenario, NULL);
    if (status == CN_OK) {
        status = cn_cascade_run(scenario.flows, &scenario.shock, &options, &cascade, NULL);
    }
    if (status == CN_OK) {
        cn_cascade_cause *causes;
        size_t count;
        status = cn_cascade_explain(scenario.flows, &scenario.shock, &options, &cascade, 2, &causes, &count, NULL);
        cn_cascade_causes_free(causes);
    }
    cn_cascade_release(&cascade);
    cn_scenario_release(&scenario);
    return status;
}

static cn_status second(void) {
    cn_second_source *rows;
    size_t count;
    cn_cascade_options options = {.threads = 1};
    cn_status status = cn_second_sources(flows, &options, NULL, 0, 3, NULL, &rows, &count, NULL);
    cn_second_sources_free(rows);
    return status;
}

static cn_status place(void) {
    cn_position position;
    double column[4];
    uint32_t layers[4];
    cn_status status = cn_position_compute(flows, NULL, &position, NULL);
    if (status == CN_OK) {
        status = cn_leontief_column(flows, 0, column, NULL, NULL);
    }
    if (status == CN_OK) {
        status = cn_pareto_layers(4, 2, (const double *const[]){position.katz, position.hub}, layers, NULL);
    }
    cn_position_release(&position);
    return status;
}

static void all(void) {
    make();
    CHECK(fail_each(make_flows) > 20);
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    CHECK(fail_each(what_if) > 40);
    CHECK(fail_each(second) > 40);
    CHECK(fail_each(place) > 20);
    cn_flows_free(flows);
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"risk without memory", all}, {0}}); }
