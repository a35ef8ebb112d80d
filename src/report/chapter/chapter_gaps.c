/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is imported, and who in the network makes it (partners.h): the gaps that partners could close. */
#include "ahead.h"

#include "coopnet/partners.h"

#include <math.h>

enum { SHOWN = 20, MAKERS_NAMED = 3 };

static void add_makers(const cn__report *r, const cn_imports *found, const cn_import_need *need, cn_table *table) {
    cn_buf text = {0};
    for (uint32_t i = 0; i < need->maker_count && i < MAKERS_NAMED; i++) {
        const cn_import_maker *maker = &found->makers[need->maker_start + i];
        cn_buf_add_text(&text, i ? "; " : "");
        cn_buf_add_text(&text, cn_entity_short(r->net, maker->org));
        cn_buf_add_text(&text, " (");
        cn_buf_add_text(&text, maker->made);
        cn_buf_add_text(&text, ")");
    }
    cn_table_add_text(table, text.len ? text.data : cn__chapter_word(r, CN__REPORT_NOBODY));
    cn_buf_release(&text);
}

static void rows(cn__report *r, const cn_imports *found) {
    cn_table *table = cn__doc_table(&r->doc, "imports", cn__chapter_word(r, CN__REPORT_GAPS_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_BUYER), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", cn__chapter_word(r, CN__REPORT_COL_PRODUCT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "makers", cn__chapter_word(r, CN__REPORT_COL_MAKERS), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < found->need_count; i++) {
        const cn_import_need *need = &found->needs[i];
        cn__spoken product = {0};
        cn_table_add_text(table, cn_entity_id(r->net, need->buyer));
        cn_table_add_text(table, cn_entity_name(r->net, need->buyer));
        cn_table_add_text(table, cn__spoken_product(&product, r, need->need));
        cn_table_add_money(table, cn__chapter_minor(need->value));
        add_makers(r, found, need, table);
        cn__spoken_release(&product);
    }
    cn__doc_table_links(&r->doc, 0, 1);
}

cn_status cn__gaps_ahead(cn__report *r, cn_error *err) {
    return cn_imports_find(r->net, CN_NONE, NULL, &r->ahead.imports, err);
}

cn_status cn__chapter_gaps(cn__report *r, cn_error *err) {
    const cn_imports found = r->ahead.imports;
    (void)err;
    if (found.need_count) {
        cn__spoken numbers[3] = {0};
        cn__chapter_begin(r, "gaps", CN__REPORT_CH_GAPS);
        cn__chapter_rows(r, "imports");
        CN__CHAPTER_SAY(r, LEAD, GAPS_LEAD, cn__spoken_count(r, &numbers[0], found.need_count),
                        cn__spoken_money(&numbers[1], r, found.value),
                        cn__spoken_money(&numbers[2], r, found.replaced));
        for (int i = 0; i < 3; i++) {
            cn__spoken_release(&numbers[i]);
        }
        rows(r, &found);
        if (r->cluster == CN_NONE) {
            cn__chapter_command(r, "coopnet partners NETWORK --import", "", "");
        }
    }
    return CN_OK;
}
