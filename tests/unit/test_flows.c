/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows of a network: merging, products, the product table by levels, what no flow shows, countries, remarks. */
#include <math.h>
#include <string.h>

#include "check.h"
#include "coopnet/flows.h"
#include "make_network.h"

static cn_link sell(cn_builder *b, cn_entity from, cn_entity to, const char *product, int64_t value) {
    cn_link link;
    cn_link_spec spec = {.from = from,
                         .to = to,
                         .kind = CN_LINK_SUPPLY,
                         .value_minor = value < 0 ? CN_MONEY_NONE : value * 100,
                         .product = product};
    CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    return link;
}

static void item(cn_builder *b, cn_entity owner, cn_item_kind kind, const char *code, int64_t value, cn_origin origin) {
    cn_item row = {.owner = owner,
                   .kind = kind,
                   .value_minor = value * 100,
                   .capacity_minor = CN_MONEY_NONE,
                   .number = (double)NAN,
                   .origin = origin};
    CHECK_INT(cn_builder_add_item(b, &row, code, NULL), CN_OK);
}

static void made_from(cn_builder *b, const char *output, const char *input, int essential) {
    cn_entity ends[2];
    const char *codes[2] = {output, input};
    for (int i = 0; i < 2; i++) {
        ends[i] = cn_builder_find(b, codes[i]);
        if (ends[i] == CN_NONE) {
            ends[i] = make_entity(b, CN_ENTITY_PRODUCT, codes[i]);
        }
    }
    cn_link link = make_link(b, CN_LINK_MADE_FROM, ends[0], ends[1], -1);
    if (essential >= 0) {
        CHECK_INT(cn_builder_add_count(b, CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, (uint64_t)essential, NULL), CN_OK);
    }
}

static cn_flows *make(const cn_network *net, const cn_flows_options *options) {
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, options, &flows, NULL), CN_OK);
    return flows;
}

static const cn_remark *find_remark(const cn_flows *flows, cn_message message) {
    size_t count;
    const cn_remark *rows = cn_flows_remarks(flows, &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].message == message) {
            return &rows[i];
        }
    }
    return NULL;
}

static void links_become_flows(void) {
    cn_builder *b = make_builder();
    cn_entity mill = make_company(b, "mill");
    cn_entity plant = make_company(b, "plant");
    cn_entity idle = make_company(b, "idle");
    cn_entity event = make_entity(b, CN_ENTITY_EVENT, "event");
    cn_link a = sell(b, mill, plant, "24.10.31", 40);
    cn_link c = sell(b, mill, plant, "24.10", 5);
    cn_link d = sell(b, mill, plant, "24.10.31", 30);
    cn_link e = sell(b, mill, plant, "24.10.31", -1);
    (void)sell(b, plant, mill, NULL, 7);
    (void)make_link(b, CN_LINK_TAKES_PART, idle, event, 1);
    cn_network *net = make_network(b);
    cn_flows *flows = make(net, NULL);
    size_t count;
    CHECK_INT(cn_flows_firm_count(flows), 2);
    CHECK_INT(cn_flows_firm(flows, idle), CN_NONE);
    CHECK_INT(cn_flows_entity(flows, 1), plant);
    const cn_flow *flow = cn_flows_all(flows, &count);
    CHECK_INT(count, 3);
    CHECK(flow[0].to == 0 && flow[0].value == 7);
    CHECK_TEXT(cn_flows_product_code(flows, flow[0].product), "");
    CHECK(flow[1].to == 1 && flow[1].value == 70 && flow[1].link == a);
    CHECK(flow[2].value == 5 && flow[2].link == c);
    const cn_link *links = cn_flows_links(flows, 1, &count);
    CHECK(count == 2 && links[0] == a && links[1] == d);
    links = cn_flows_unvalued(flows, &count);
    CHECK(count == 1 && links[0] == e);
    CHECK_NEAR(cn_flows_sales(flows, 0), 75, 0);
    CHECK_NEAR(cn_flows_purchases(flows, 0), 7, 0);
    const uint32_t *from = cn_flows_from(flows, 0, &count);
    CHECK(count == 2 && from[0] == 1 && from[1] == 2);
    const cn_remark *remark = find_remark(flows, CN_MSG_FLOWS_NO_VALUE);
    CHECK(remark != NULL && remark->value == 1);
    cn_buf text = {0};
    cn_remark_text(flows, remark, CN_LANG_RU, &text);
    CHECK_TEXT(text.data, "1 поставка без суммы: в расчёте не учтена");
    cn_buf_release(&text);
    CHECK(find_remark(flows, CN_MSG_FLOWS_NO_PRODUCT) != NULL && find_remark(flows, CN_MSG_FLOWS_NO_TABLE) != NULL);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void main_product(void) {
    cn_builder *b = make_builder();
    cn_entity mill = make_company(b, "mill");
    cn_entity plant = make_company(b, "plant");
    item(b, mill, CN_ITEM_MAKES, "24.10", 100, CN_ORIGIN_NONE);
    (void)sell(b, mill, plant, NULL, 40);
    cn_network *net = make_network(b);
    cn_flows *flows = make(net, NULL);
    size_t count;
    CHECK_INT(cn_flows_all(flows, &count)[0].product, cn_flows_product_find(flows, "24.10"));
    CHECK_INT(cn_flows_product_count(flows), 1);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void codes(void) {
    CHECK(cn_product_covers("24.10", "24.10"));
    CHECK(cn_product_covers("24.10", "24.10.31.110"));
    CHECK(cn_product_covers("24.1", "24.10.31"));
    CHECK(!cn_product_covers("24.10.31", "24.10"));
    CHECK(!cn_product_covers("part", "part_a"));
    CHECK(cn_product_covers("part_a", "part_a"));
}

static void table_by_levels(void) {
    cn_builder *b = make_builder();
    cn_entity mill = make_company(b, "mill");
    cn_entity plant = make_company(b, "plant");
    cn_entity shop = make_company(b, "shop");
    (void)sell(b, mill, plant, "24.10.31.110", 40);
    (void)sell(b, mill, plant, "20.30.12", 40);
    (void)sell(b, mill, plant, "25.94", 40);
    (void)sell(b, plant, shop, "27.11.41.100", 90);
    made_from(b, "27.11.41", "24.10", -1);
    made_from(b, "27.11.41", "20.30.12", 0);
    cn_network *net = make_network(b);
    cn_flows *flows = make(net, NULL);
    uint32_t steel = cn_flows_product_find(flows, "24.10.31.110");
    uint32_t paint = cn_flows_product_find(flows, "20.30.12");
    uint32_t bolts = cn_flows_product_find(flows, "25.94");
    uint32_t made = cn_flows_product_find(flows, "27.11.41.100");
    CHECK(cn_flows_has_table(flows));
    CHECK_INT(cn_flows_role(flows, steel, made), CN_INPUT_ESSENTIAL);
    CHECK_INT(cn_flows_role(flows, paint, made), CN_INPUT_NONESSENTIAL);
    CHECK_INT(cn_flows_role(flows, bolts, made), CN_INPUT_IRRELEVANT);
    CHECK_INT(cn_flows_role(flows, bolts, steel), CN_INPUT_ESSENTIAL);
    CHECK_INT(cn_flows_role_for(flows, paint, cn_flows_firm(flows, plant)), CN_INPUT_NONESSENTIAL);
    CHECK_INT(cn_flows_role_for(flows, paint, cn_flows_firm(flows, shop)), CN_INPUT_ESSENTIAL);
    CHECK(find_remark(flows, CN_MSG_FLOWS_NOT_IN_TABLE) == NULL); /* the mill buys nothing */
    cn_flows_free(flows);
    cn_flows_options options = {.ignore_product_table = true, .default_nonessential = true};
    flows = make(net, &options);
    CHECK(!cn_flows_has_table(flows));
    CHECK_INT(cn_flows_role(flows, 0, 1), CN_INPUT_NONESSENTIAL);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void product_not_in_table(void) {
    cn_builder *b = make_builder();
    cn_entity mill = make_company(b, "mill");
    cn_entity plant = make_company(b, "plant");
    (void)sell(b, mill, plant, "24.10", 40);
    (void)sell(b, plant, mill, "25.94", 40);
    made_from(b, "24.10", "05.10", 1);
    cn_network *net = make_network(b);
    cn_flows *flows = make(net, NULL);
    const cn_remark *remark = find_remark(flows, CN_MSG_FLOWS_NOT_IN_TABLE);
    CHECK(remark != NULL && remark->firm == 1 && remark->product == cn_flows_product_find(flows, "25.94"));
    cn_flows_free(flows);
    cn_network_free(net);
}

/* Needs 100 at home, 30 from abroad, 8 from unknown sources; 60 at home and 10 from abroad are in the links. */
static void outside(void) {
    cn_builder *b = make_builder();
    CHECK_INT(cn_builder_set_country(b, "RU", NULL), CN_OK);
    cn_entity mill = make_company(b, "mill");
    cn_entity abroad = make_company(b, "abroad");
    cn_entity plant = make_company(b, "plant");
    make_text(b, mill, CN_FIELD_COUNTRY, "RU");
    make_text(b, abroad, CN_FIELD_COUNTRY, "DE");
    (void)sell(b, mill, plant, "24.10.31", 60);
    (void)sell(b, abroad, plant, "24.10.32", 10);
    (void)sell(b, mill, plant, "25.94", 50);
    item(b, plant, CN_ITEM_NEEDS, "24.10", 100, CN_ORIGIN_DOMESTIC);
    item(b, plant, CN_ITEM_NEEDS, "24.10", 30, CN_ORIGIN_IMPORT);
    item(b, plant, CN_ITEM_NEEDS, "24.10", 8, CN_ORIGIN_UNKNOWN);
    item(b, plant, CN_ITEM_NEEDS, "25.94", 45, CN_ORIGIN_IMPORT); /* a trader at home sells it */
    cn_network *net = make_network(b);
    cn_flows *flows = make(net, NULL);
    CHECK(!cn_flows_foreign(flows, 0) && cn_flows_foreign(flows, 1) && !cn_flows_foreign(flows, 2));
    size_t count;
    const cn_outside *rows = cn_flows_outside_of(flows, 2, &count);
    CHECK_INT(count, 3);
    CHECK(rows[0].origin == CN_ORIGIN_DOMESTIC && rows[0].value == 40);
    CHECK(rows[1].origin == CN_ORIGIN_IMPORT && rows[1].value == 20);
    CHECK(rows[2].origin == CN_ORIGIN_UNKNOWN && rows[2].value == 8);
    CHECK_INT(rows[0].product, cn_flows_product_find(flows, "24.10"));
    cn_flows_free(flows);
    cn_network_free(net);
}

static void empty_network(void) {
    cn_network *net = make_network(make_builder());
    cn_flows *flows = make(net, NULL);
    size_t count;
    CHECK_INT(cn_flows_firm_count(flows), 0);
    (void)cn_flows_all(flows, &count);
    CHECK_INT(count, 0);
    CHECK_INT(cn_flows_product_find(flows, "24"), CN_NONE);
    cn_flows_free(flows);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"links become flows", links_become_flows},
                                    {"a link without product", main_product},
                                    {"codes by level", codes},
                                    {"the product table by levels", table_by_levels},
                                    {"a product not in the table", product_not_in_table},
                                    {"what no flow shows", outside},
                                    {"an empty network", empty_network},
                                    {0}});
}
