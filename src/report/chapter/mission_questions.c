/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions for a visit: each comes from a row of the data, or from a gap in them; at most so many of a kind. */
#include "chapter.h"

#include "coopnet/exposure.h"

#include <math.h>

enum { OF_A_KIND = 3 };
#define LARGE_SHARE 0.5 /* of sales that hang on one customer */

static void ask(cn__report *r, cn__report_text_id id, const char *a, const char *b) {
    cn__chapter_say(r, CN__BLOCK_ITEM, id, 2, (const char *const[]){a, b});
}

static cn_status ask_single_sources(cn__report *r, uint32_t firm, cn_error *err) {
    cn_exposure exposure = {0};
    cn_status status = cn_exposure_compute(r->flows, firm, &exposure, err);
    int asked = 0;
    for (size_t i = 0; i < exposure.product_count && !status && asked < OF_A_KIND; i++) {
        const cn_exposure_product *p = &exposure.products[i];
        const char *code = cn_flows_product_code(r->flows, p->product);
        if (p->single_source && code[0]) {
            cn_entity supplier = cn_flows_entity(r->flows, exposure.suppliers[p->supplier_start].firm);
            cn__spoken product = {0};
            ask(r, CN__REPORT_ASK_SINGLE, cn__spoken_product(&product, r, code), cn_entity_short(r->net, supplier));
            cn__spoken_release(&product);
            asked++;
        }
    }
    cn_exposure_release(&exposure);
    return status;
}

static void ask_imports(cn__report *r, cn_entity org) {
    size_t count = 0;
    const cn_item *needs = cn_entity_items(r->net, org, CN_ITEM_NEEDS, &count);
    int asked = 0;
    for (size_t i = 0; i < count && asked < OF_A_KIND; i++) {
        cn__spoken money = {0};
        cn__spoken product = {0};
        if (needs[i].origin == CN_ORIGIN_IMPORT && needs[i].value_minor != CN_MONEY_NONE) {
            ask(r, CN__REPORT_ASK_IMPORT, cn__spoken_product(&product, r, cn_item_text(r->net, &needs[i])),
                cn__spoken_money(&money, r, (double)needs[i].value_minor / 100));
            asked++;
        }
        cn__spoken_release(&money);
        cn__spoken_release(&product);
    }
}

static void ask_capacity(cn__report *r, cn_entity org) {
    size_t count = 0;
    const cn_item *makes = cn_entity_items(r->net, org, CN_ITEM_MAKES, &count);
    int asked = 0;
    for (size_t i = 0; i < count && asked < OF_A_KIND; i++) {
        cn__spoken money = {0};
        cn__spoken product = {0};
        bool known = makes[i].capacity_minor != CN_MONEY_NONE && makes[i].value_minor != CN_MONEY_NONE;
        if (known && makes[i].capacity_minor > makes[i].value_minor) {
            double room = (double)(makes[i].capacity_minor - makes[i].value_minor) / 100;
            ask(r, CN__REPORT_ASK_CAPACITY, cn__spoken_product(&product, r, cn_item_text(r->net, &makes[i])),
                cn__spoken_money(&money, r, room));
            asked++;
        }
        cn__spoken_release(&money);
        cn__spoken_release(&product);
    }
}

static void ask_customer(cn__report *r, uint32_t firm) {
    size_t count = 0;
    size_t every = 0;
    const cn_flow *all = cn_flows_all(r->flows, &every);
    const uint32_t *out = cn_flows_from(r->flows, firm, &count);
    double sales = cn_flows_sales(r->flows, firm);
    for (size_t i = 0; i < count && sales > 0; i++) {
        double to_one = 0;
        bool first = true;
        for (size_t k = 0; k < count; k++) {
            first = first && (k >= i || all[out[k]].to != all[out[i]].to);
            to_one += all[out[k]].to == all[out[i]].to ? all[out[k]].value : 0;
        }
        if (first && to_one > LARGE_SHARE * sales) {
            cn__spoken share = {0};
            ask(r, CN__REPORT_ASK_CUSTOMER, cn_entity_short(r->net, cn_flows_entity(r->flows, all[out[i]].to)),
                cn__spoken_number(&share, r->lang, 100 * to_one / sales, 0));
            cn__spoken_release(&share);
            return;
        }
    }
}

static bool in_cluster(const cn__report *r, cn_entity org) {
    for (cn_link link = 0; link < cn_link_count(r->net); link++) {
        if (cn_link_kind_of(r->net, link) == CN_LINK_MEMBER && cn_link_from(r->net, link) == org) {
            return true;
        }
    }
    return false;
}

cn_status cn__mission_questions(cn__report *r, cn_entity org, cn_error *err) {
    uint32_t firm = cn_flows_firm(r->flows, org);
    bool company = cn_entity_kind_of(r->net, org) == CN_ENTITY_COMPANY;
    cn_status status = CN_OK;
    cn__doc_say_text(&r->doc, CN__BLOCK_SECTION, cn__chapter_word(r, CN__REPORT_ORG_QUESTIONS));
    if (firm != CN_NONE) {
        status = ask_single_sources(r, firm, err);
        ask_imports(r, org);
        ask_capacity(r, org);
        ask_customer(r, firm);
    }
    if (firm == CN_NONE || (cn_flows_sales(r->flows, firm) <= 0 && cn_flows_purchases(r->flows, firm) <= 0)) {
        ask(r, CN__REPORT_ASK_SUPPLIES, "", "");
    }
    if (company && !in_cluster(r, org)) {
        ask(r, CN__REPORT_ASK_CLUSTER, "", "");
    }
    ask(r, CN__REPORT_ASK_JOINT, "", "");
    return status;
}
