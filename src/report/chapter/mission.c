/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mission pack: who is visited, and for each a page with profile, partners, place in the chain and questions to ask. The page is a
 * chapter of its own, which begins on a new sheet of paper.
 */
#include "chapter.h"

#include "coopnet/chain.h"

#include "error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTNERS_SHOWN = 15 };

/* ---- index ---- */

static double sum_of(const cn__report *r, cn_entity org, double (*of)(const cn_flows *, uint32_t)) {
    uint32_t firm = cn_flows_firm(r->flows, org);
    return firm == CN_NONE ? (double)NAN : of(r->flows, firm);
}

static void add_index(cn__report *r) {
    const cn_report_options *o = r->options;
    cn__spoken count = {0};
    cn__chapter_begin(r, "mission", CN__REPORT_CH_MISSION);
    cn__chapter_rows(r, "mission");
    CN__CHAPTER_SAY(r, LEAD, MISSION_LEAD, cn__spoken_count(r, &count, o->mission_count));
    cn__spoken_release(&count);
    if (o->occasion) {
        CN__CHAPTER_SAY(r, TEXT, MISSION_EVENT, o->occasion);
    }
    cn_table *table = cn__doc_table(&r->doc, "mission", cn__chapter_word(r, CN__REPORT_MISSION_TABLE), 0);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "region", cn__chapter_word(r, CN__REPORT_COL_REGION), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "sales", cn__chapter_word(r, CN__REPORT_COL_SALES), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "purchases", cn__chapter_word(r, CN__REPORT_COL_PURCHASES), CN_CELL_MONEY, 0);
    for (size_t i = 0; i < o->mission_count; i++) {
        cn_entity org = o->mission[i];
        cn_table_add_text(table, cn_entity_id(r->net, org));
        cn_table_add_text(table, cn_entity_name(r->net, org));
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_ENTITY_KIND, cn_entity_kind_of(r->net, org), r->lang));
        cn_table_add_text(table, cn_entity_text(r->net, org, CN_FIELD_REGION));
        cn_table_add_money(table, cn__chapter_minor(sum_of(r, org, cn_flows_sales)));
        cn_table_add_money(table, cn__chapter_minor(sum_of(r, org, cn_flows_purchases)));
    }
    cn__doc_table_links(&r->doc, 0, 1);
}

/* ---- a page ---- */

static void fact(cn__report *r, const char *name, const char *value) {
    if (value[0]) {
        cn__doc_fact(&r->doc, name, value);
    }
}

static void add_profile(cn__report *r, cn_entity org) {
    cn__spoken output = {0};
    cn__spoken people = {0};
    int64_t minor = cn_entity_money(r->net, org, CN_FIELD_OUTPUT);
    double headcount = cn_entity_number(r->net, org, CN_FIELD_HEADCOUNT);
    fact(r, cn__chapter_word(r, CN__REPORT_ORG_KIND),
         cn_vocabulary_name(CN_VOC_ENTITY_KIND, cn_entity_kind_of(r->net, org), r->lang));
    if (cn_entity_has_role(r->net, org, CN_ROLE_ANCHOR)) {
        fact(r, cn__chapter_word(r, CN__REPORT_ORG_ROLE), cn_vocabulary_name(CN_VOC_ROLE, CN_ROLE_ANCHOR, r->lang));
    }
    fact(r, cn_field_name(CN_FIELD_REGION, r->lang), cn_entity_text(r->net, org, CN_FIELD_REGION));
    fact(r, cn_field_name(CN_FIELD_INN, r->lang), cn_entity_text(r->net, org, CN_FIELD_INN));
    if (minor != CN_MONEY_NONE) {
        fact(r, cn_field_name(CN_FIELD_OUTPUT, r->lang), cn__spoken_money(&output, r, (double)minor / 100));
    }
    if (!isnan(headcount)) {
        fact(r, cn_field_name(CN_FIELD_HEADCOUNT, r->lang), cn__spoken_number(&people, r->lang, headcount, 0));
    }
    cn__spoken_release(&output);
    cn__spoken_release(&people);
}

/* Clusters, parks and projects it belongs to. */
static void add_belongs(cn__report *r, cn_entity org) {
    cn_buf names = {0};
    for (cn_link link = 0; link < cn_link_count(r->net); link++) {
        cn_link_kind kind = cn_link_kind_of(r->net, link);
        bool belongs = kind == CN_LINK_MEMBER || kind == CN_LINK_PARTICIPANT || kind == CN_LINK_RESIDENT;
        if (belongs && cn_link_from(r->net, link) == org && cn_link_status_of(r->net, link) != CN_STATUS_BROKEN) {
            cn_buf_add_text(&names, names.len ? "; " : "");
            cn_buf_add_text(&names, cn_entity_name(r->net, cn_link_to(r->net, link)));
        }
    }
    if (names.len) {
        CN__CHAPTER_SAY(r, TEXT, ORG_BELONGS, names.data);
    }
    r->doc.failed |= names.failed;
    cn_buf_release(&names);
}

static cn_status count_stream(const cn__report *r, uint32_t vertex, cn_stream stream, uint64_t *count, cn_error *err) {
    cn_tiers tiers = {0};
    cn_status status = cn_tiers_compute(r->graph, vertex, stream, 0, &tiers, err);
    *count = tiers.row_count ? tiers.row_count - 1 : 0;
    cn_tiers_release(&tiers);
    return status;
}

/* `rank`: by vertex, its place by betweenness from 1 on; 0 where it has none. */
static cn_status add_place(cn__report *r, cn_entity org, const uint32_t *rank, cn_error *err) {
    uint32_t vertex = r->graph->vertex[org];
    uint64_t up = 0;
    uint64_t down = 0;
    cn__spoken a = {0};
    cn__spoken b = {0};
    if (vertex == CN_NONE || !r->graph->directed) {
        return CN_OK;
    }
    cn_status status = count_stream(r, vertex, CN_UPSTREAM, &up, err);
    status = status ? status : count_stream(r, vertex, CN_DOWNSTREAM, &down, err);
    if (!status && up + down > 0) {
        CN__CHAPTER_SAY(r, LEAD, ORG_PLACE, cn__spoken_count(r, &a, up), cn__spoken_count(r, &b, down));
        cn__spoken_release(&a);
        cn__spoken_release(&b);
    }
    if (!status && rank[vertex]) {
        CN__CHAPTER_SAY(r, TEXT, ORG_RANK, cn__spoken_count(r, &a, rank[vertex]), cn__spoken_count(r, &b, r->graph->n));
        cn__spoken_release(&a);
        cn__spoken_release(&b);
    }
    return status;
}

typedef struct partner {
    cn_entity other;
    bool supplier;
    double value;
    const char *product;
} partner;

static int compare_partners(const void *a, const void *b) {
    const partner *x = a;
    const partner *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? 1 : -1;
    }
    int by_other = (x->other > y->other) - (x->other < y->other);
    return by_other ? by_other : strcmp(x->product, y->product);
}

static partner partner_of(const cn__report *r, const cn_flow *flow, bool supplier) {
    return (partner){cn_flows_entity(r->flows, supplier ? flow->from : flow->to), supplier, flow->value,
                     cn_flows_product_code(r->flows, flow->product)};
}

static void partner_rows(cn__report *r, cn_entity org, const partner *partners, size_t count) {
    cn_buf key = {0};
    cn_buf_add_text(&key, "partners-of-");
    cn_buf_add_text(&key, cn_entity_id(r->net, org));
    cn_table *table =
        cn__doc_table(&r->doc, key.len ? key.data : "", cn__chapter_word(r, CN__REPORT_ORG_PARTNERS), PARTNERS_SHOWN);
    cn_buf_release(&key);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "direction", cn__chapter_word(r, CN__REPORT_COL_DIRECTION), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", cn__chapter_word(r, CN__REPORT_COL_PRODUCT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    for (size_t i = 0; i < count; i++) {
        cn_table_add_text(table, cn_entity_id(r->net, partners[i].other));
        cn_table_add_text(table, cn_entity_name(r->net, partners[i].other));
        cn_table_add_text(table, cn__chapter_word(r, partners[i].supplier ? CN__REPORT_SUPPLIER : CN__REPORT_CUSTOMER));
        cn__spoken product = {0};
        cn_table_add_text(table, cn__spoken_product(&product, r, partners[i].product));
        cn__spoken_release(&product);
        cn_table_add_money(table, cn__chapter_minor(partners[i].value));
    }
    cn__doc_table_links(&r->doc, 0, 1);
}

static cn_status add_partners(cn__report *r, cn_entity org, cn_error *err) {
    uint32_t firm = cn_flows_firm(r->flows, org);
    size_t in = 0;
    size_t out = 0;
    const cn_flow *into = firm == CN_NONE ? NULL : cn_flows_into(r->flows, firm, &in);
    const uint32_t *from = firm == CN_NONE ? NULL : cn_flows_from(r->flows, firm, &out);
    const cn_flow *all = cn_flows_all(r->flows, &(size_t){0});
    if (in + out == 0) {
        cn__doc_say_text(&r->doc, CN__BLOCK_TEXT, cn__chapter_word(r, CN__REPORT_ORG_NO_PARTNERS));
        return CN_OK;
    }
    partner *partners = cn__alloc(in + out, sizeof *partners);
    if (!partners) {
        return CN__NO_MEMORY(err);
    }
    for (size_t i = 0; i < in; i++) {
        partners[i] = partner_of(r, &into[i], true);
    }
    for (size_t i = 0; i < out; i++) {
        partners[in + i] = partner_of(r, &all[from[i]], false);
    }
    qsort(partners, in + out, sizeof *partners, compare_partners);
    partner_rows(r, org, partners, in + out);
    cn__free(partners);
    return CN_OK;
}

static cn_status add_page(cn__report *r, cn_entity org, const uint32_t *rank, cn_error *err) {
    cn_buf key = {0};
    cn_buf_add_text(&key, "org-");
    cn_buf_add_text(&key, cn_entity_id(r->net, org));
    cn__doc_chapter(&r->doc, key.len ? key.data : "", cn_entity_name(r->net, org));
    r->rows = NULL;
    cn_buf_release(&key);
    add_profile(r, org);
    add_belongs(r, org);
    cn_status status = add_place(r, org, rank, err);
    status = status ? status : add_partners(r, org, err);
    return status ? status : cn__mission_questions(r, org, err);
}

/* ---- the pack ---- */

cn_status cn__mission_write(cn__report *r, cn_error *err) {
    uint32_t *rank = cn__calloc(r->graph->n, sizeof *rank);
    cn_status status = rank ? cn__report_positions(r, err) : CN__NO_MEMORY(err);
    for (uint32_t i = 0; !status && i < r->graph->n; i++) {
        uint32_t v = r->positions.order[i];
        rank[v] = r->positions.values[CN__POSITION_BETWEENNESS][v] > 0 ? i + 1 : 0;
    }
    add_index(r);
    for (size_t i = 0; i < r->options->mission_count && !status; i++) {
        status = add_page(r, r->options->mission[i], rank, err);
    }
    cn__free(rank);
    return status;
}
