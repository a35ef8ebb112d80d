/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exposure and critical suppliers on networks small enough to check by hand. */
#include "check.h"
#include "coopnet/builder.h"
#include "coopnet/exposure.h"
#include "coopnet/load.h"

#include <math.h>
#include <string.h>

/* ---- the toy: raw 0, a 1, b 2, final 3 ---- */

static cn_flows *toy(void) {
    static const cn_flow flow[] = {{.from = 0, .to = 1, .product = 0, .value = 40},
                                   {.from = 0, .to = 2, .product = 0, .value = 30},
                                   {.from = 1, .to = 3, .product = 1, .value = 60},
                                   {.from = 2, .to = 3, .product = 2, .value = 50}};
    static const char *const codes[] = {"raw_material", "part_a", "part_b"};
    static const double output[] = {70, 70, 60, 200};
    cn_flows_arrays arrays = {
        .firm_count = 4, .product_count = 3, .codes = codes, .flow_count = 4, .flows = flow, .output = output};
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    return flows;
}

static void toy_exposure(void) {
    cn_flows *flows = toy();
    cn_exposure e;
    CHECK_INT(cn_exposure_compute(flows, 3, &e, NULL), CN_OK);
    CHECK_NEAR(e.hhi, (60.0 * 60 + 50.0 * 50) / (110.0 * 110), 1e-15);
    CHECK_NEAR(e.hhi, 0.504132, 1e-6);
    CHECK(e.hhi_low == e.hhi && e.hhi_high == e.hhi);
    CHECK_INT(e.product_count, 2);
    CHECK_INT(e.products[0].product, 1);
    CHECK_NEAR(e.products[0].hhi, 1, 0);
    CHECK(e.products[0].single_source && e.products[1].single_source);
    CHECK_INT(e.single_sources, 2);
    CHECK_INT(e.firm_count, 2);
    CHECK_NEAR(e.known, 110, 0);
    CHECK(isnan(e.stock_days) && e.no_needs);
    cn_exposure_release(&e);
    CHECK_INT(cn_exposure_compute(flows, 0, &e, NULL), CN_OK); /* buys nothing */
    CHECK(e.product_count == 0 && isnan(e.hhi) && isnan(e.hhi_high));
    cn_exposure_release(&e);
    cn_error err = {0};
    CHECK_INT(cn_exposure_compute(flows, 4, &e, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_EXPOSURE_NO_FIRM);
    cn_flows_free(flows);
}

static void toy_upstream(void) {
    cn_flows *flows = toy();
    cn_upstream *up;
    CHECK_INT(cn_upstream_create(flows, 3, NULL, &up, NULL), CN_OK);
    CHECK_INT(cn_upstream_buyer(up), 3);
    CHECK_INT(cn_upstream_firm_count(up), 3);
    cn_upstream_notes notes = cn_upstream_notes_of(up);
    CHECK(notes.no_table);
    CHECK(notes.products_met == 2 && notes.products_bare == 2 && notes.first_bare == 1);
    cn_dependence d;
    CHECK_INT(cn_dependence_compute(up, NULL, &d, NULL), CN_OK);
    CHECK_INT(d.row_count, 3);
    CHECK_INT(d.rows[0].firm, 0);
    CHECK_NEAR(d.rows[0].dependence, 1, 1e-15);
    CHECK_NEAR(d.rows[1].dependence, 60.0 / 110, 1e-15);
    CHECK_NEAR(d.rows[1].direct, 60.0 / 110, 1e-15);
    cn_dependence_release(&d);
    cn_dominators doms;
    CHECK_INT(cn_dominators_compute(up, &doms, NULL), CN_OK);
    CHECK_INT(doms.row_count, 5); /* raw of everything; a and raw of part a; b and raw of part b */
    CHECK(doms.rows[0].product == CN_NONE && doms.rows[0].firm == 0 && doms.rows[0].hidden && doms.rows[0].tier == 2);
    CHECK(doms.rows[1].product == 1 && doms.rows[1].firm == 1 && !doms.rows[1].hidden);
    CHECK_NEAR(doms.rows[1].value, 60, 0);
    cn_dominators_release(&doms);
    cn_min_cut cut;
    CHECK_INT(cn_min_cut_compute(up, &cut, NULL), CN_OK);
    CHECK_INT(cut.value_minor, 7000);
    CHECK_INT(cut.flow_count, 2);
    cn_min_cut_release(&cut);
    cn_stops stops;
    CHECK_INT(cn_stops_compute(up, 0, &stops, NULL), CN_OK);
    CHECK_INT(stops.row_count, 3); /* each of the three stops it all; by the purchases that fall away */
    CHECK(stops.rows[0].firm == 0 && stops.rows[1].firm == 1 && stops.rows[2].firm == 2);
    CHECK_NEAR(stops.output, 200, 0);
    for (size_t i = 0; i < stops.row_count; i++) {
        CHECK_NEAR(stops.rows[i].output_at_risk, 200, 0);
        CHECK_INT(stops.rows[i].diamond, stops.rows[i].firm == 0);
    }
    cn_stops_release(&stops);
    cn_upstream_free(up);
    cn_flows_free(flows);
}

/* ---- a miniature of the electrotechnical cluster: the same single source and cycle; imports go round its diamond ---- */

enum { ETZ, MAGNIT, IZOL, VVOD, GLINOZEM, BOKSIT, LIT, NOWHERE, INSTR, KATANKA, PROVOD, FIRMS };

typedef struct supply {
    cn_entity from;
    cn_entity to;
    int64_t millions;
    const char *product;
} supply;

static void table_row(cn_builder *b, const char *output, const char *input, bool essential) {
    const char *ends[] = {output, input};
    cn_entity id[2];
    for (int i = 0; i < 2; i++) {
        id[i] = cn_builder_find(b, ends[i]);
        if (id[i] == CN_NONE) {
            CHECK_INT(cn_builder_add_entity(b, CN_ENTITY_PRODUCT, ends[i], NULL, &id[i], NULL), CN_OK);
        }
    }
    cn_link link;
    cn_link_spec spec = {.from = id[0], .to = id[1], .kind = CN_LINK_MADE_FROM, .value_minor = CN_MONEY_NONE};
    CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, essential, NULL), CN_OK);
}

static void item(cn_builder *b, cn_entity owner, cn_item_kind kind, const char *code, int64_t millions,
                 cn_origin origin) {
    cn_item row = {.owner = owner,
                   .kind = kind,
                   .value_minor = millions * 100000000,
                   .capacity_minor = CN_MONEY_NONE,
                   .number = (double)NAN,
                   .origin = origin};
    CHECK_INT(cn_builder_add_item(b, &row, code, NULL), CN_OK);
}

static void add_facts(cn_builder *b) {
    CHECK_INT(cn_builder_set_country(b, "RU", NULL), CN_OK);
    CHECK_INT(cn_builder_add_text(b, CN_OWNER_ENTITY, NOWHERE, CN_FIELD_COUNTRY, "CN", NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, ETZ, CN_FIELD_ROLE, CN_ROLE_ANCHOR, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, ETZ, CN_FIELD_STOCK_DAYS, 21, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, GLINOZEM, CN_FIELD_RECOVERY_DAYS, 150, NULL), CN_OK);
    item(b, ETZ, CN_ITEM_MAKES, "27.11.41", 2700, CN_ORIGIN_NONE);
    item(b, ETZ, CN_ITEM_MAKES, "27.12.10.120", 890, CN_ORIGIN_NONE);
    item(b, ETZ, CN_ITEM_NEEDS, "22.19.73.114", 8, CN_ORIGIN_UNKNOWN);
    table_row(b, "27.11.41", "27.11.62.110", true);
    table_row(b, "27.11.41", "23.43.10", true);
    table_row(b, "27.11.41", "27.90.12.110", true);
    table_row(b, "27.11.41", "27.32.11.000", true);
    table_row(b, "27.12.10.120", "23.43.10", true);
    table_row(b, "23.43.10", "24.42.12", true);
    table_row(b, "23.43.10", "25.73.50", false);
    table_row(b, "27.90.12.110", "24.42.12", true);
    table_row(b, "27.90.12.110", "24.53.10", true);
    table_row(b, "24.53.10", "25.73.50", false);
    table_row(b, "24.42.12", "07.29.13", true);
    table_row(b, "27.32.11.000", "24.44.22.110", true);
    table_row(b, "24.44.22.110", "38.32.23", false);
}

static cn_network *miniature(void) {
    static const char *const ids[FIRMS] = {"etz", "magnit",  "izol",  "vvod",    "glinozem", "boksit",
                                           "lit", "nowhere", "instr", "katanka", "provod"};
    static const supply supplies[] = {
        {MAGNIT, ETZ, 210, "27.11.62.110"},
        {IZOL, ETZ, 96, "23.43.10"},
        {VVOD, ETZ, 118, "27.90.12.110"},
        {GLINOZEM, IZOL, 19, "24.42.12"},
        {GLINOZEM, VVOD, 14, "24.42.12"},
        {BOKSIT, GLINOZEM, 17, "07.29.13"},
        {LIT, VVOD, 11, "24.53.10"},
        {INSTR, IZOL, 6, "25.73.50"},
        {INSTR, LIT, 8, "25.73.50"},
        {NOWHERE, ETZ, 64, "27.90.12.110"},
        {NOWHERE, ETZ, 22, "23.43.10"},
        {PROVOD, ETZ, 186, "27.32.11.000"},
        {KATANKA, PROVOD, 131, "24.44.22.110"},
        {ETZ, KATANKA, 12, "38.32.23"},
        {INSTR, GLINOZEM, 1, "25.73.50"},
    };
    cn_builder *b;
    CHECK_INT(cn_builder_create(&b, NULL), CN_OK);
    for (uint32_t f = 0; f < FIRMS; f++) {
        cn_entity entity;
        CHECK_INT(cn_builder_add_entity(b, CN_ENTITY_COMPANY, ids[f], NULL, &entity, NULL), CN_OK);
    }
    for (size_t i = 0; i < sizeof supplies / sizeof *supplies; i++) {
        cn_link link;
        cn_link_spec spec = {.from = supplies[i].from,
                             .to = supplies[i].to,
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = supplies[i].millions * 100000000,
                             .product = supplies[i].product};
        CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
    }
    add_facts(b);
    cn_network *net;
    CHECK_INT(cn_builder_finish(b, &net, NULL), CN_OK);
    cn_builder_free(b);
    return net;
}

static const cn_critical_row *find_row(const cn_critical *c, uint32_t firm) {
    for (size_t i = 0; i < c->row_count; i++) {
        if (c->rows[i].firm == firm) {
            return &c->rows[i];
        }
    }
    CHECK(false);
    return NULL;
}

static void planted_cases(void) {
    cn_network *net = miniature();
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    cn_critical c;
    CHECK_INT(cn_critical_compute(flows, NULL, &c, NULL), CN_OK);
    CHECK_INT(c.buyer_count, 1); /* the anchor */
    CHECK_INT(cn_flows_entity(flows, c.buyers[0]), ETZ);
    /* the diamond: izol and vvod stop, 96 of 118 and 118 of 182 m are lost, only deliveries from abroad are left */
    const cn_critical_row *row = find_row(&c, cn_flows_firm(flows, GLINOZEM));
    CHECK_INT(row->reasons, CN_CRITICAL_HIDDEN | CN_CRITICAL_DIAMOND | CN_CRITICAL_LAST_DOMESTIC | CN_CRITICAL_SLOW);
    CHECK_INT(row->tier, 2);
    CHECK_INT(row->direct_stopped, 2);
    CHECK_NEAR(row->lost, 214e6, 1e-3);
    /* the table does not say what the scrap (12 m) is made from: that counts as made from everything */
    CHECK_NEAR(row->output_at_risk, (2700e6 + 890e6 + 12e6) * 96 / 118, 1);
    CHECK_TEXT(cn_flows_product_code(flows, row->product), "27.90.12.110");
    CHECK_INT(row->loss_count, 2);
    CHECK_INT(c.rows[0].firm, cn_flows_firm(flows, GLINOZEM)); /* with boksit behind it, the worst of all */
    CHECK_INT(c.rows[1].firm, cn_flows_firm(flows, BOKSIT));
    /* the single source: without it no transformers, but the other product goes on */
    row = find_row(&c, cn_flows_firm(flows, MAGNIT));
    CHECK_INT(row->reasons, CN_CRITICAL_SINGLE_SOURCE | CN_CRITICAL_STOPS | CN_CRITICAL_DOMINATOR);
    CHECK_NEAR(row->output_at_risk, 2712e6, 1e-3);
    CHECK_NEAR(row->blocked, 210e6, 1e-3);
    /* behind provod stands katanka, which sells nothing to the buyer */
    row = find_row(&c, cn_flows_firm(flows, KATANKA));
    CHECK_INT(row->reasons, CN_CRITICAL_STOPS | CN_CRITICAL_DOMINATOR | CN_CRITICAL_HIDDEN);
    row = find_row(&c, cn_flows_firm(flows, NOWHERE));
    CHECK_INT(row->reasons, CN_CRITICAL_FOREIGN);
    for (size_t i = 0; i < c.row_count; i++) { /* its tools are not essential to anyone */
        CHECK(c.rows[i].firm != cn_flows_firm(flows, INSTR));
    }
    double bought = 210 + 96 + 118 + 64 + 22 + 186;
    CHECK_NEAR(c.unknown_share, 8 / (bought + 8), 1e-12);
    cn_critical_release(&c);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void product_filter(void) {
    cn_network *net = miniature();
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    cn_upstream *up;
    uint32_t etz = cn_flows_firm(flows, ETZ);
    CHECK_INT(cn_upstream_create(flows, etz, &(cn_upstream_options){.product = "27.90"}, &up, NULL), CN_OK);
    CHECK_INT(cn_upstream_firm_count(up),
              6); /* vvod, nowhere, glinozem, lit, boksit; instr for the castings of lit only */
    uint32_t count;
    const cn_upstream_vertex *v = cn_upstream_vertices(up, &count);
    size_t arcs;
    for (uint32_t i = 0; i < count; i++) { /* tools do not go into alumina */
        cn_upstream_arcs(up, i, &arcs);
        CHECK(v[i].firm != cn_flows_firm(flows, GLINOZEM) || arcs == 1);
    }
    cn_upstream_notes notes = cn_upstream_notes_of(up);
    CHECK(!notes.no_table);
    CHECK_INT(notes.products_met, 3);
    CHECK(notes.products_bare == 0 && notes.first_bare == CN_NONE);
    cn_upstream_free(up);
    cn_error err = {0};
    CHECK_INT(cn_upstream_create(flows, etz, &(cn_upstream_options){.product = "01.11"}, &up, &err), CN_ERR_ARGUMENT);
    CHECK(up == NULL);
    char text[200];
    cn_error_format(&err, CN_LANG_EN, text, sizeof text);
    CHECK_TEXT(text, "“etz” buys nothing of 01.11");
    cn_critical c;
    CHECK_INT(cn_critical_compute(flows, &(cn_critical_options){.product = "01.11"}, &c, &err), CN_ERR_ARGUMENT);
    CHECK_INT(cn_critical_compute(flows, &(cn_critical_options){.product = "27.11.62.110"}, &c, NULL), CN_OK);
    CHECK_INT(c.row_count, 1);
    CHECK_INT(c.firms[0].firm, cn_flows_firm(flows, MAGNIT));
    cn_critical_release(&c);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void cycle_through_buyer(void) {
    cn_network *net = miniature();
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    cn_upstream *up;
    CHECK_INT(cn_upstream_create(flows, cn_flows_firm(flows, ETZ), NULL, &up, NULL), CN_OK);
    cn_upstream_cycles cycles;
    CHECK_INT(cn_upstream_cycles_compute(up, &cycles, NULL), CN_OK);
    CHECK_INT(cycles.cycle_count, 1);
    CHECK(cycles.cycles[0].through_buyer);
    CHECK_INT(cycles.cycles[0].length, 3);
    size_t count;
    const cn_flow *all = cn_flows_all(flows, &count);
    CHECK_INT(cn_flows_entity(flows, all[cycles.flows[0]].from), ETZ);
    CHECK_INT(cn_flows_entity(flows, all[cycles.flows[1]].from), KATANKA);
    CHECK_INT(cn_flows_entity(flows, all[cycles.flows[2]].from), PROVOD);
    CHECK_INT(cn_upstream_notes_of(up).returns, 1);
    cn_upstream_cycles_release(&cycles);
    cn_upstream_free(up);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void exposure_with_needs(void) {
    cn_network *net = miniature();
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    cn_exposure e;
    CHECK_INT(cn_exposure_compute(flows, cn_flows_firm(flows, ETZ), &e, NULL), CN_OK);
    CHECK_INT(e.product_count, 5);
    CHECK_NEAR(e.stock_days, 21, 0);
    CHECK_NEAR(e.unknown, 8e6, 1e-6);
    CHECK_NEAR(e.origin_unknown, 8e6, 1e-6);
    CHECK_NEAR(e.foreign, 86e6, 1e-6);
    CHECK(e.hhi_low < e.hhi && e.hhi < e.hhi_high);
    for (size_t i = 0; i < e.product_count; i++) {
        const cn_exposure_product *row = &e.products[i];
        const char *code = cn_flows_product_code(flows, row->product);
        if (strcmp(code, "22.19.73.114") == 0) {
            CHECK(row->supplier_count == 0 && isnan(row->hhi) && row->hhi_low == 0 && row->hhi_high == 1);
            CHECK_INT(row->role, CN_INPUT_ESSENTIAL); /* to the scrap */
        } else if (strcmp(code, "23.43.10") == 0) {
            CHECK_NEAR(row->hhi, (96.0 * 96 + 22.0 * 22) / (118.0 * 118), 1e-12);
            CHECK_NEAR(e.suppliers[row->supplier_start].share, 96.0 / 118, 1e-12);
            CHECK(!e.suppliers[row->supplier_start].foreign && e.suppliers[row->supplier_start + 1].foreign);
            CHECK_INT(row->role, CN_INPUT_ESSENTIAL);
        }
    }
    cn_exposure_release(&e);
    cn_flows_free(flows);
    cn_network_free(net);
}

static cn_network *shipped(const char *path) {
    cn_network *net;
    cn_diags *diags;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load(path, NULL, diags, &net, NULL), CN_OK);
    cn_diags_free(diags);
    return net;
}

static void shipped_electro(void) {
    cn_network *net = shipped(COOPNET_SOURCE_DIR "/graphs/electro.json");
    cn_flows *flows;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    cn_critical c;
    CHECK_INT(cn_critical_compute(flows, NULL, &c, NULL), CN_OK);
    CHECK_TEXT(cn_entity_id(net, cn_flows_entity(flows, c.buyers[0])), "etz");
    /* the diamond comes first: all 100 m of insulators and all 114 m of bushings stop with it */
    const cn_critical_row *row = &c.rows[0];
    CHECK_TEXT(cn_entity_id(net, cn_flows_entity(flows, row->firm)), "glinozem");
    CHECK_INT(row->reasons, CN_CRITICAL_HIDDEN | CN_CRITICAL_DIAMOND | CN_CRITICAL_STOPS | CN_CRITICAL_SLOW);
    CHECK_INT(row->direct_stopped, 2);
    CHECK_NEAR(row->lost, 214e6, 1e-3);
    CHECK_NEAR(row->blocked, 214e6, 1e-3);
    CHECK_NEAR(row->output_at_risk, 2700e6 + 890e6 + 12e6, 1e-3);
    row = find_row(&c, cn_flows_firm(flows, cn_entity_find(net, "magnit")));
    CHECK_INT(row->reasons, CN_CRITICAL_SINGLE_SOURCE | CN_CRITICAL_STOPS | CN_CRITICAL_DOMINATOR | CN_CRITICAL_SLOW);
    CHECK_TEXT(cn_flows_product_code(flows, row->product), "27.11.62.110");
    CHECK_NEAR(row->blocked, 210e6, 1e-3);
    cn_critical_release(&c);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void shipped_toy(void) {
    cn_network *net = shipped(COOPNET_SOURCE_DIR "/graphs/toy.json");
    cn_flows *flows;
    cn_exposure e;
    CHECK_INT(cn_flows_create(net, NULL, &flows, NULL), CN_OK);
    CHECK_INT(cn_exposure_compute(flows, cn_flows_firm(flows, cn_entity_find(net, "final")), &e, NULL), CN_OK);
    CHECK_NEAR(e.hhi, 6100.0 / 12100, 1e-15);
    cn_exposure_release(&e);
    cn_flows_free(flows);
    cn_network_free(net);
}

/* A chain of many firms, each with one customer: long in every direction, and no work may grow with its square. */
static void long_chain(void) {
    enum { LENGTH = 100000 };
    static cn_flow flow[LENGTH];
    for (uint32_t i = 0; i < LENGTH; i++) {
        flow[i] = (cn_flow){.from = i + 1, .to = i, .value = 5};
    }
    cn_flows_arrays arrays = {.firm_count = LENGTH + 1, .product_count = 1, .flow_count = LENGTH, .flows = flow};
    cn_flows *flows;
    cn_upstream *up;
    cn_dominators d;
    cn_stops stops;
    cn_weak_points weak;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    CHECK_INT(cn_upstream_create(flows, 0, NULL, &up, NULL), CN_OK);
    CHECK_INT(cn_dominators_compute(up, &d, NULL), CN_OK);
    CHECK_INT(d.row_count, 2 * LENGTH); /* of everything, and of the one product */
    CHECK_INT(cn_stops_compute(up, 10 * LENGTH, &stops, NULL), CN_OK);
    CHECK_INT(stops.row_count, LENGTH);
    CHECK_INT(stops.unchecked, 0);
    CHECK_INT(stops.loss_count, 1);
    CHECK_INT(cn_weak_points_compute(up, &weak, NULL), CN_OK);
    CHECK_INT(weak.bridge_count, LENGTH);
    cn_stops few;
    CHECK_INT(cn_stops_compute(up, 1000, &few, NULL), CN_OK);
    CHECK_INT(few.row_count + few.unchecked, LENGTH);
    CHECK(few.unchecked > 0);
    cn_stops_release(&few);
    cn_weak_points_release(&weak);
    cn_stops_release(&stops);
    cn_dominators_release(&d);
    cn_upstream_free(up);
    cn_flows_free(flows);
}

int main(void) {
    return check_run((check_case[]){{"exposure of the toy", toy_exposure},
                                    {"the toy upstream", toy_upstream},
                                    {"planted cases", planted_cases},
                                    {"only one product", product_filter},
                                    {"a cycle through the buyer", cycle_through_buyer},
                                    {"exposure with needs", exposure_with_needs},
                                    {"shipped electro", shipped_electro},
                                    {"shipped toy", shipped_toy},
                                    {"a long chain", long_chain},
                                    {0}});
}
