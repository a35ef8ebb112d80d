/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records that all numbers come from: objects by the sum of their links, links by their value. The page shows the largest; the tables
 * beside it (cn_report_options.tables) hold all of them. O((V + L) log (V + L)).
 */
#include "chapter.h"

#include "error.h"

#include <math.h>
#include <stdlib.h>

enum { SHOWN = 30 };

typedef struct ranked {
    double value; /* −1: none */
    uint32_t index;
} ranked;

static int largest_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? 1 : -1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

static size_t kept(const cn__report *r, size_t count) { return !r->options->tables && count > SHOWN ? SHOWN : count; }

static void object_rows(cn__report *r, const ranked *list, const uint32_t *links) {
    size_t count = cn_entity_count(r->net);
    cn_table *table = cn__doc_table(&r->doc, "objects", cn__chapter_word(r, CN__REPORT_OBJECTS_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_OBJECT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "region", cn_field_name(CN_FIELD_REGION, r->lang), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "inn", cn_field_name(CN_FIELD_INN, r->lang), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "links", cn__chapter_word(r, CN__REPORT_COL_LINKS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    for (size_t i = 0; i < kept(r, count); i++) {
        cn_entity e = list[i].index;
        cn_table_add_text(table, cn_entity_id(r->net, e));
        cn_table_add_text(table, cn_entity_name(r->net, e));
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_ENTITY_KIND, (int)cn_entity_kind_of(r->net, e), r->lang));
        cn_table_add_text(table, cn_entity_text(r->net, e, CN_FIELD_REGION));
        cn_table_add_text(table, cn_entity_text(r->net, e, CN_FIELD_INN));
        cn_table_add_count(table, links[e]);
        cn_table_add_money(table, list[i].value > 0 ? cn__chapter_minor(list[i].value) : INT64_MIN);
    }
    cn__doc_table_links(&r->doc, 0, 1);
    cn__doc_table_total(&r->doc, count);
}

static void link_rows(cn__report *r, const ranked *list) {
    size_t count = cn_link_count(r->net);
    cn_table *table = cn__doc_table(&r->doc, "links", cn__chapter_word(r, CN__REPORT_LINKS_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "from", cn__chapter_word(r, CN__REPORT_COL_FROM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "to", cn__chapter_word(r, CN__REPORT_COL_TO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", cn__chapter_word(r, CN__REPORT_COL_PRODUCT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "since", cn__chapter_word(r, CN__REPORT_COL_SINCE), CN_CELL_DATE, 0);
    cn_table_add_column(table, "source", cn__chapter_word(r, CN__REPORT_SOURCE), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < kept(r, count); i++) {
        cn_link link = list[i].index;
        cn_table_add_text(table, cn_entity_id(r->net, cn_link_from(r->net, link)));
        cn_table_add_text(table, cn_entity_name(r->net, cn_link_from(r->net, link)));
        cn_table_add_text(table, cn_entity_name(r->net, cn_link_to(r->net, link)));
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, (int)cn_link_kind_of(r->net, link), r->lang));
        cn_table_add_text(table, cn_link_product(r->net, link));
        cn_table_add_money(table, cn__chapter_minor(cn_link_value(r->net, link)));
        cn_table_add_date(table, cn_link_since(r->net, link));
        cn_table_add_text(table, cn_link_source(r->net, link));
    }
    cn__doc_table_links(&r->doc, 0, 1);
    cn__doc_table_total(&r->doc, count);
}

cn_status cn__chapter_data(cn__report *r, cn_error *err) {
    uint32_t entities = cn_entity_count(r->net);
    uint32_t links = cn_link_count(r->net);
    ranked *objects = cn__calloc(entities, sizeof *objects);
    ranked *list = cn__alloc(links, sizeof *list);
    uint32_t *degree = cn__calloc(entities, sizeof *degree);
    cn_status status = objects && list && degree ? CN_OK : CN__NO_MEMORY(err);
    if (!status) {
        for (cn_entity e = 0; e < entities; e++) {
            objects[e].index = e;
        }
        for (cn_link link = 0; link < links; link++) {
            double value = cn_link_value(r->net, link);
            const cn_entity ends[] = {cn_link_from(r->net, link), cn_link_to(r->net, link)};
            list[link] = (ranked){isnan(value) ? -1 : value, link};
            for (int i = 0; i < 2; i++) {
                objects[ends[i]].value += isnan(value) ? 0 : value;
                degree[ends[i]]++;
            }
        }
        qsort(objects, entities, sizeof *objects, largest_first);
        qsort(list, links, sizeof *list, largest_first);
        cn__chapter_begin(r, "data", CN__REPORT_CH_DATA);
        cn__doc_say_text(&r->doc, CN__BLOCK_LEAD, cn__chapter_word(r, CN__REPORT_DATA_LEAD));
        object_rows(r, objects, degree);
        link_rows(r, list);
    }
    cn__free(objects);
    cn__free(list);
    cn__free(degree);
    return status;
}
