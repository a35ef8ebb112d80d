/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supply chain of the anchor enterprise, tier by tier. */
#include "chapter.h"

#include "coopnet/chain.h"

enum { SHOWN = 40, DRAWN = 150 };

static void rows(cn__report *r, const cn_tiers *tiers) {
    cn_table *table = cn__doc_table(&r->doc, "chain", cn__chapter_word(r, CN__REPORT_CHAIN_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "tier", cn__chapter_word(r, CN__REPORT_COL_TIER), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_TO_NEXT), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "customers", cn__chapter_word(r, CN__REPORT_COL_CUSTOMERS), CN_CELL_COUNT, 0);
    for (size_t i = tiers->row_count; i-- > 0;) { /* direct suppliers first */
        const cn_tier_row *row = &tiers->rows[i];
        if (row->tier > 0) {
            cn_entity entity = r->graph->entity[row->vertex];
            cn_table_add_text(table, cn_entity_id(r->net, entity));
            cn_table_add_count(table, row->tier);
            cn_table_add_text(table, cn_entity_name(r->net, entity));
            cn_table_add_money(table, cn__chapter_minor(row->value));
            cn_table_add_count(table, row->arcs);
        }
    }
    cn__doc_table_links(&r->doc, 0, 2);
}

static void lead(cn__report *r, const cn_tiers *tiers, const char *name) {
    uint64_t direct = 0;
    uint64_t all = 0;
    cn__spoken numbers[3] = {0};
    for (size_t i = 0; i < tiers->row_count; i++) {
        direct += tiers->rows[i].tier == 1;
        all += tiers->rows[i].tier > 0;
    }
    if (all == 0) {
        CN__CHAPTER_SAY(r, LEAD, CHAIN_NONE, name);
        return;
    }
    cn__chapter_rows(r, "chain");
    CN__CHAPTER_SAY(r, LEAD, CHAIN_LEAD, cn__spoken_count(r, &numbers[0], all), name,
                    cn__spoken_count(r, &numbers[1], tiers->depth_up), cn__spoken_count(r, &numbers[2], direct));
    for (int i = 0; i < 3; i++) {
        cn__spoken_release(&numbers[i]);
    }
}

static cn_status picture(cn__report *r, const char *name, cn_error *err) {
    cn_buf caption = {0};
    CN__SAY(&caption, CHAIN_PICTURE, r->lang, name);
    cn_status status =
        cn__chapter_draw(r, "chain", caption.len ? caption.data : "",
                         &(cn_draw_options){.view = CN_VIEW_CHAIN, .subject = r->subject, .subject_given = true}, err);
    r->doc.failed |= caption.failed;
    cn_buf_release(&caption);
    return status;
}

cn_status cn__chapter_chain(cn__report *r, cn_error *err) {
    cn_tiers tiers = {0};
    uint32_t vertex = r->subject == CN_NONE ? CN_NONE : r->graph->vertex[r->subject];
    if (vertex == CN_NONE || !r->graph->directed) {
        return CN_OK;
    }
    const char *name = cn_entity_short(r->net, r->subject);
    cn_status status = cn_tiers_compute(r->graph, vertex, CN_UPSTREAM, 0, &tiers, err);
    if (status == CN_OK) {
        cn_buf title = {0};
        CN__SAY(&title, CH_CHAIN, r->lang, name);
        cn__doc_chapter(&r->doc, "chain", title.len ? title.data : "");
        r->rows = NULL;
        cn_buf_release(&title);
        lead(r, &tiers, name);
        status = tiers.row_count > 1 && tiers.row_count <= DRAWN ? picture(r, name, err) : CN_OK;
    }
    if (status == CN_OK && tiers.row_count > 1) {
        rows(r, &tiers);
    }
    cn_tiers_release(&tiers);
    return status;
}
