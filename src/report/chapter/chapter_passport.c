/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network is and holds: title, date, source, records by kind, links by kind with their sums. */
#include "chapter.h"

#include <math.h>

typedef struct sums {
    uint64_t links;
    uint64_t unvalued;
    double value;
} sums;

static sums sum_of(const cn_network *net, cn_link_kind kind) {
    sums sum = {0};
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        if (cn_link_kind_of(net, link) == kind) {
            double value = cn_link_value(net, link);
            sum.links++;
            sum.unvalued += isnan(value);
            sum.value += isnan(value) ? 0 : value;
        }
    }
    return sum;
}

static void about(cn__report *r) {
    const char *const lines[][2] = {{cn__chapter_word(r, CN__REPORT_SOURCE), cn_network_source(r->net)},
                                    {cn__chapter_word(r, CN__REPORT_NOTE), cn_network_note(r->net)}};
    for (size_t i = 0; i < 2; i++) {
        if (lines[i][1][0]) {
            cn_buf text = {0};
            cn_buf_add_text(&text, lines[i][0]);
            cn_buf_add_text(&text, ": ");
            cn_buf_add_text(&text, lines[i][1]);
            cn__doc_say(&r->doc, CN__BLOCK_NOTE, &text);
        }
    }
}

static void kinds(cn__report *r) {
    for (int k = 0; k < CN_ENTITY_KIND_COUNT; k++) {
        uint32_t count = cn_entity_count_of(r->net, (cn_entity_kind)k);
        cn__spoken number = {0};
        if (count) {
            cn__doc_fact(&r->doc, cn_entity_kind_counted((cn_entity_kind)k, r->lang, count),
                         cn__spoken_number(&number, r->lang, count, 0));
            cn__doc_rows(&r->doc, "objects");
        }
        cn__spoken_release(&number);
    }
}

static void links(cn__report *r) {
    cn_table *table = cn__doc_table(&r->doc, "links-by-kind", cn__chapter_word(r, CN__REPORT_LINKS_BY_KIND), 0);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "links", cn__chapter_word(r, CN__REPORT_COL_LINKS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    for (int k = 0; k < CN_LINK_KIND_COUNT; k++) {
        sums sum = sum_of(r->net, (cn_link_kind)k);
        if (sum.links) {
            cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, k, r->lang));
            cn_table_add_count(table, (int64_t)sum.links);
            cn_table_add_money(table, sum.unvalued == sum.links ? INT64_MIN : cn__chapter_minor(sum.value));
        }
    }
}

cn_status cn__chapter_passport(cn__report *r, cn_error *err) {
    cn__spoken a = {0};
    cn__spoken b = {0};
    sums supply = sum_of(r->net, CN_LINK_SUPPLY);
    sums service = sum_of(r->net, CN_LINK_SERVICE);
    (void)err;
    cn__chapter_begin(r, "passport", CN__REPORT_CH_PASSPORT);
    cn__chapter_rows(r, "objects");
    CN__CHAPTER_SAY(r, LEAD, PASSPORT_LEAD, cn__spoken_count(r, &a, cn_entity_count(r->net)),
                    cn__spoken_count(r, &b, cn_link_count(r->net)));
    cn__spoken_release(&a);
    cn__spoken_release(&b);
    if (supply.value + service.value > 0) {
        cn__chapter_rows(r, "links-by-kind");
        CN__CHAPTER_SAY(r, TEXT, PASSPORT_MONEY, cn__spoken_money(&a, r, supply.value + service.value));
        cn__spoken_release(&a);
    }
    if (supply.unvalued + service.unvalued) {
        cn__chapter_rows(r, "links");
        CN__CHAPTER_SAY(r, NOTE, PASSPORT_NO_VALUE, cn__spoken_count(r, &a, supply.unvalued + service.unvalued),
                        cn__spoken_count(r, &b, supply.links + service.links));
        cn__spoken_release(&a);
        cn__spoken_release(&b);
    }
    kinds(r);
    links(r);
    about(r);
    return CN_OK;
}
