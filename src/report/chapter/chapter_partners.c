/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom the anchor enterprise could work with and does not yet (partners.h): suppliers, customers, partners for joint work, with the reasons. */
#include "chapter.h"

#include "coopnet/partners.h"

enum { OF_EACH = 10, ASKED = 40, SIDES = 3, LINKS_UP_TO = 1000000 };

static const char command[] = "coopnet partners NETWORK --for ";

static const struct {
    cn_partner_side side;
    cn__report_text_id word;
} sides[SIDES] = {{CN_PARTNER_SUPPLIER, CN__REPORT_AS_SUPPLIER},
                  {CN_PARTNER_CUSTOMER, CN__REPORT_AS_CUSTOMER},
                  {CN_PARTNER_PEER, CN__REPORT_AS_PEER}};

/* Parts of the score that gave points, the most first, as "codes 50, network 12". */
static void add_reasons(const cn__report *r, const cn_partner_row *row, cn_table *table) {
    cn_buf text = {0};
    bool told[CN_PARTNER_PART_COUNT] = {false};
    for (;;) {
        int best = -1;
        for (int part = 0; part < CN_PARTNER_PART_COUNT; part++) {
            if (!told[part] && row->points[part] >= 0.5 && (best < 0 || row->points[part] > row->points[best])) {
                best = part;
            }
        }
        if (best < 0) {
            break;
        }
        cn_buf_add_text(&text, text.len ? ", " : "");
        cn_buf_add_text(&text, cn_partner_part_name((cn_partner_part)best, r->lang));
        cn_buf_add_text(&text, " ");
        cn_format_number(&text, r->lang, row->points[best], 0);
        told[best] = true;
    }
    cn_table_add_text(table, text.len ? text.data : "");
    cn_buf_release(&text);
}

/* What one makes and the other needs. */
static void add_product(const cn__report *r, const cn_partner_row *row, cn_table *table) {
    cn__spoken product = {0};
    const char *code = row->made && row->made[0] ? row->made : row->need ? row->need : "";
    cn_table_add_text(table, code[0] ? cn__spoken_product(&product, r, code) : "");
    cn__spoken_release(&product);
}

static void rows(cn__report *r, const cn_partners *found, const char *name) {
    cn_buf caption = {0};
    CN__SAY(&caption, PARTNERS_TABLE, r->lang, name);
    cn_table *table = cn__doc_table(&r->doc, "partners", caption.len ? caption.data : "", 0);
    cn_buf_release(&caption);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "as", cn__chapter_word(r, CN__REPORT_COL_AS), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", cn__chapter_word(r, CN__REPORT_COL_PRODUCT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "score", cn__chapter_word(r, CN__REPORT_COL_SCORE), CN_CELL_NUMBER, 0);
    cn_table_add_column(table, "why", cn__chapter_word(r, CN__REPORT_COL_WHY_POINTS), CN_CELL_TEXT, 0);
    for (int s = 0; s < SIDES; s++) {
        int shown = 0;
        for (size_t i = 0; i < found[s].row_count && shown < OF_EACH; i++) {
            const cn_partner_row *row = &found[s].rows[i];
            if (sides[s].side == CN_PARTNER_PEER && cn_entity_kind_of(r->net, row->org) != CN_ENTITY_COMPANY) {
                continue; /* banks, parks and offices are near everybody */
            }
            shown++;
            cn_table_add_text(table, cn_entity_id(r->net, row->org));
            cn_table_add_text(table, cn__chapter_word(r, sides[s].word));
            cn_table_add_text(table, cn_entity_name(r->net, row->org));
            add_product(r, row, table);
            cn_table_add_number(table, row->score);
            add_reasons(r, row, table);
        }
    }
    cn__doc_table_links(&r->doc, 0, 2);
    cn__doc_table_explain(&r->doc, cn__chapter_word(r, CN__REPORT_PARTNERS_MEAN));
}

static void lead(cn__report *r, const cn_partners *found, const char *name) {
    cn__spoken numbers[SIDES] = {0};
    cn__spoken score = {0};
    const cn_partner_row *best = NULL;
    for (int s = 0; s < SIDES; s++) {
        cn__spoken_count(r, &numbers[s], found[s].found);
        best = !best && found[s].row_count ? &found[s].rows[0] : best; /* who can supply comes before who is near */
    }
    cn__chapter_rows(r, "partners");
    CN__CHAPTER_SAY(r, LEAD, PARTNERS_LEAD, name, numbers[0].buf.data, numbers[1].buf.data, numbers[2].buf.data);
    if (best) {
        CN__CHAPTER_SAY(r, TEXT, PARTNERS_BEST, cn_entity_short(r->net, best->org),
                        cn__spoken_number(&score, r->lang, best->score, 0));
    }
    for (int s = 0; s < SIDES; s++) {
        cn__spoken_release(&numbers[s]);
    }
    cn__spoken_release(&score);
}

static cn_status picture(cn__report *r, const cn_partners *found, const char *name, cn_error *err) {
    cn_buf caption = {0};
    CN__SAY(&caption, PARTNERS_PICTURE, r->lang, name);
    const cn_draw_options options = {
        .view = CN_VIEW_PARTNERS, .subject = r->subject, .subject_given = true, .partners = found};
    cn_status status = cn__chapter_draw(r, "partners", caption.len ? caption.data : "", &options, err);
    r->doc.failed |= caption.failed;
    cn_buf_release(&caption);
    return status;
}

cn_status cn__chapter_partners(cn__report *r, cn_error *err) {
    cn_partners found[SIDES] = {{0}};
    size_t count = 0;
    cn_status status = CN_OK;
    if (r->subject == CN_NONE) {
        return CN_OK;
    }
    if (cn_link_count(r->net) >
        LINKS_UP_TO) { /* minutes: every candidate is compared with all makers of its kind of product */
        cn__chapter_begin(r, "partners", CN__REPORT_CH_PARTNERS);
        cn__doc_say_text(&r->doc, CN__BLOCK_NOTE, cn__chapter_word(r, CN__REPORT_PARTNERS_LARGE));
        cn__chapter_command(r, command, cn_entity_id(r->net, r->subject), "");
        return CN_OK;
    }
    for (int s = 0; s < SIDES && !status; s++) {
        const cn_partner_query query = {.org = r->subject, .side = sides[s].side, .top = ASKED};
        status = cn_partners_find(r->net, &query, &found[s], err);
        count += found[s].row_count;
    }
    if (!status && count) {
        const char *name = cn_entity_short(r->net, r->subject);
        cn__chapter_begin(r, "partners", CN__REPORT_CH_PARTNERS);
        lead(r, found, name);
        status = picture(r, found, name, err);
        rows(r, found, name);
        if (r->cluster == CN_NONE) {
            cn__chapter_command(r, command, cn_entity_id(r->net, r->subject), "");
        }
    }
    for (int s = 0; s < SIDES; s++) {
        cn_partners_release(&found[s]);
    }
    return status;
}
