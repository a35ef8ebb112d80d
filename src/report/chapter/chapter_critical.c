/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On whom the anchor enterprise depends (exposure.h), and the risk of every firm against its size (cascade.h). */
#include "ahead.h"

#include "coopnet/cascade.h"
#include "coopnet/exposure.h"

#include "error.h"
#include "memory.h"

enum { SHOWN = 20, FIRMS_FOR_RISK = 2000 };

static const struct {
    cn_critical_reason reason;
    cn__report_text_id word;
} reasons[] = {{CN_CRITICAL_SINGLE_SOURCE, CN__REPORT_WHY_SINGLE}, {CN_CRITICAL_DOMINATOR, CN__REPORT_WHY_DOMINATOR},
               {CN_CRITICAL_STOPS, CN__REPORT_WHY_STOPS},          {CN_CRITICAL_DIAMOND, CN__REPORT_WHY_DIAMOND},
               {CN_CRITICAL_HIDDEN, CN__REPORT_WHY_HIDDEN},        {CN_CRITICAL_LAST_DOMESTIC, CN__REPORT_WHY_LAST},
               {CN_CRITICAL_FOREIGN, CN__REPORT_WHY_FOREIGN},      {CN_CRITICAL_SLOW, CN__REPORT_WHY_SLOW}};

static void add_why(const cn__report *r, uint32_t set, cn_table *table) {
    cn_buf text = {0};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (set & reasons[i].reason) {
            cn_buf_add_text(&text, text.len ? "; " : "");
            cn_buf_add_text(&text, cn__chapter_word(r, reasons[i].word));
        }
    }
    cn_table_add_text(table, text.len ? text.data : "");
    cn_buf_release(&text);
}

static void rows(cn__report *r, const cn_critical *found) {
    cn_buf caption = {0};
    CN__SAY(&caption, CRITICAL_TABLE, r->lang, cn_entity_short(r->net, r->subject));
    cn_table *table = cn__doc_table(&r->doc, "critical", caption.len ? caption.data : "", SHOWN);
    cn_buf_release(&caption);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "tier", cn__chapter_word(r, CN__REPORT_COL_TIER), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "output_at_risk", cn__chapter_word(r, CN__REPORT_COL_AT_RISK), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "dependence", cn__chapter_word(r, CN__REPORT_COL_DEPENDENCE), CN_CELL_NUMBER, 3);
    cn_table_add_column(table, "why", cn__chapter_word(r, CN__REPORT_COL_WHY), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < found->row_count; i++) {
        const cn_critical_row *row = &found->rows[i];
        cn_entity entity = cn_flows_entity(r->flows, row->firm);
        cn_table_add_text(table, cn_entity_id(r->net, entity));
        cn_table_add_text(table, cn_entity_name(r->net, entity));
        cn_table_add_count(table, row->tier);
        cn_table_add_money(table, cn__chapter_minor(row->output_at_risk));
        cn_table_add_number(table, row->dependence);
        add_why(r, row->reasons, table);
    }
    cn__doc_table_links(&r->doc, 0, 1);
}

static void lead(cn__report *r, const cn_critical *found) {
    cn__spoken numbers[2] = {0};
    uint64_t critical = 0;
    uint64_t hidden = 0;
    const cn_critical_row *worst = NULL;
    for (size_t i = 0; i < found->row_count; i++) {
        critical += found->rows[i].output_at_risk > 0;
        hidden += found->rows[i].output_at_risk > 0 && (found->rows[i].reasons & CN_CRITICAL_HIDDEN);
        worst = worst ? worst : &found->rows[i];
    }
    if (!critical) {
        cn__doc_say_text(&r->doc, CN__BLOCK_LEAD, cn__chapter_word(r, CN__REPORT_CRITICAL_NONE));
        return;
    }
    cn__chapter_rows(r, "critical");
    CN__CHAPTER_SAY(r, LEAD, CRITICAL_LEAD, cn_entity_short(r->net, cn_flows_entity(r->flows, worst->firm)),
                    cn__spoken_money(&numbers[0], r, worst->output_at_risk));
    cn__spoken_release(&numbers[0]);
    CN__CHAPTER_SAY(r, TEXT, CRITICAL_COUNT, cn__spoken_count(r, &numbers[0], critical),
                    cn__spoken_count(r, &numbers[1], hidden));
    cn__spoken_release(&numbers[0]);
    cn__spoken_release(&numbers[1]);
}

static cn_status risk_picture(cn__report *r, cn_error *err) {
    cn_esri esri = {0};
    cn_buf svg = {0};
    cn_cascade_options options = {0};
    if (cn_flows_firm_count(r->flows) > FIRMS_FOR_RISK) {
        return CN_OK;
    }
    cn_status status = cn_cascade_all(r->flows, NULL, 0, &options, NULL, &esri, err);
    if (status == CN_OK) {
        cn_draw_options draw = {.lang = r->lang, .cascade_options = &options};
        status = cn_draw_risk(r->net, r->flows, &esri, &draw, cn_sink_buf(&svg), err);
        status = svg.failed ? CN__NO_MEMORY(err) : status;
    }
    if (status == CN_OK) {
        cn__doc_picture(&r->doc, "risk", cn__chapter_word(r, CN__REPORT_RISK_PICTURE), &svg);
    }
    cn_buf_release(&svg);
    cn_esri_release(&esri);
    return status;
}

cn_status cn__critical_ahead(cn__report *r, cn_error *err) {
    uint32_t buyer = r->subject == CN_NONE ? CN_NONE : cn_flows_firm(r->flows, r->subject);
    if (buyer == CN_NONE || cn_flows_purchases(r->flows, buyer) <= 0) {
        return CN_OK;
    }
    cn_critical *found = &r->ahead.critical;
    cn_status status =
        cn_critical_compute(r->flows, &(cn_critical_options){.buyers = &buyer, .buyer_count = 1}, found, err);
    cn__free(found->losses); /* of a large network hundreds of megabytes, and the chapter does not tell them */
    found->losses = NULL;
    found->loss_count = 0;
    return status;
}

cn_status cn__chapter_critical(cn__report *r, cn_error *err) {
    if (r->ahead.critical.buyer_count == 0) {
        return CN_OK;
    }
    cn__chapter_begin(r, "critical", CN__REPORT_CH_CRITICAL);
    lead(r, &r->ahead.critical);
    rows(r, &r->ahead.critical);
    return risk_picture(r, err);
}
