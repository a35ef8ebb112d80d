/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The HTML writer. The page holds one style and one script, made at build time from page.css, d3, the explorer and tables.js; their
 * SHA-256 stand in its Content-Security-Policy, so that nothing else in the page can ever run. Data reach the explorer as a JSON block in
 * which <, > and & are escaped. Pictures are images (data: URLs): what a name in an SVG says cannot become part of the page.
 */
#include "html.h"

#include "assets.h"
#include "base64.h"
#include "digest.h"
#include "error.h"
#include "number.h"
#include "report_text.h"
#include "table_data.h"
#include "utf8.h"
#include "xml_text.h"

#include <string.h>

void cn__html_escape(cn_buf *out, const char *text) {
    for (uint32_t code = cn__utf8_next(&text); code; code = cn__utf8_next(&text)) {
        const char *reference = code == '\'' ? "&#39;" : cn__xml_reference(code);
        if (reference) {
            cn_buf_add_text(out, reference);
        } else {
            cn__utf8_add(out, code < 0x20 && code != '\n' && code != '\t' ? 0xFFFD : code);
        }
    }
}

static void tag(cn_buf *out, const char *open, const char *text, const char *close) {
    cn_buf_add_text(out, open);
    cn__html_escape(out, text);
    cn_buf_add_text(out, close);
}

/* A paragraph; its numbers lead to the table that they come from. */
static void paragraph(const cn__doc *doc, const cn__block *block, const char *open, const char *close, cn_buf *out) {
    const char *at = cn__doc_at(doc, block->text);
    cn_buf piece = {0};
    cn_buf_add_text(out, open);
    while (*at) {
        size_t plain = block->rows ? strcspn(at, CN__DOC_NUMBER_BEGIN CN__DOC_NUMBER_END) : strlen(at);
        piece.len = 0;
        cn_buf_add(&piece, at, plain);
        cn__html_escape(out, piece.len ? piece.data : "");
        at += plain;
        if (*at == *CN__DOC_NUMBER_BEGIN) {
            tag(out, "<a class=\"rows\" href=\"#table-", cn__doc_at(doc, block->rows), "\">");
        } else if (*at) {
            cn_buf_add_text(out, "</a>");
        }
        at += *at != 0;
    }
    cn_buf_add_text(out, close);
    out->failed |= piece.failed;
    cn_buf_release(&piece);
}

static void head(const cn__doc *doc, cn_buf *out) {
    cn_buf_add_text(out, "<!DOCTYPE html>\n<html lang=\"");
    cn_buf_add_text(out, doc->lang == CN_LANG_RU ? "ru" : "en");
    cn_buf_add_text(out,
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
                    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; style-src 'sha256-");
    cn__sha256_base64(out, cn__asset_style, cn__asset_style_len);
    cn_buf_add_text(out, "'; script-src 'sha256-");
    cn__sha256_base64(out, cn__asset_script, cn__asset_script_len);
    cn_buf_add_text(out, "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"generator\" content=\"coopnet ");
    cn_buf_add_text(out, cn_version());
    tag(out, "\">\n<title>", cn__doc_at(doc, doc->title), "</title>\n<style>");
    cn_buf_add(out, cn__asset_style, cn__asset_style_len);
    cn_buf_add_text(out, "</style>\n</head>\n<body>\n");
    tag(out, "<a class=\"skip\" href=\"#content\">", cn__report_text(CN__REPORT_SKIP, doc->lang), "</a>\n");
    tag(out, "<header>\n<h1>", cn__doc_at(doc, doc->title), "</h1>\n");
    tag(out, "<p class=\"subtitle\">", cn__doc_at(doc, doc->subtitle), "</p>\n");
}

static void contents(const cn__doc *doc, cn_buf *out) {
    tag(out, "<nav aria-label=\"", cn__report_text(CN__REPORT_CONTENTS, doc->lang), "\"><ol>\n");
    for (size_t i = 0; i < doc->block_count; i++) {
        const cn__block *block = &doc->blocks[i];
        if (block->kind == CN__BLOCK_CHAPTER) {
            tag(out, "<li><a href=\"#", cn__doc_at(doc, block->key), "\">");
            tag(out, "", cn__doc_at(doc, block->text), "</a></li>\n");
        }
    }
    cn_buf_add_text(out, "</ol></nav>\n</header>\n<main id=\"content\">\n");
}

/* ---- tables ---- */

static void add_sort_key(const cn_table *table, size_t row, size_t col, cn_buf *out) {
    const cn__column *column = &table->columns[col];
    cn__cell cell = table->cells[row * table->column_count + col];
    if (column->type == CN_CELL_TEXT) {
        return;
    }
    cn_buf_add_text(out, " data-v=\"");
    if (column->type != CN_CELL_DATE) {
        cn__cell_add_exact(column->type, cell, out);
    } else if (cell.date != CN_DATE_NONE) {
        cn__format_i64(out, (int64_t)cell.date);
    }
    cn_buf_add_text(out, "\"");
}

/* Where a row's organisation is shown: its card in the explorer, or its page in a mission pack; "" nowhere. */
static void add_target(const cn__doc *doc, const char *id, cn_buf *out) {
    cn_buf key = {0};
    cn_buf_add_text(&key, "org-");
    cn_buf_add_text(&key, id);
    for (size_t i = 0; i < doc->block_count; i++) {
        const cn__block *block = &doc->blocks[i];
        if (block->kind == CN__BLOCK_EXPLORER) {
            cn_buf_add_text(out, "#org=");
            cn__report_url(out, id);
            break;
        }
        if (block->kind == CN__BLOCK_CHAPTER && key.len && strcmp(cn__doc_at(doc, block->key), key.data) == 0) {
            cn_buf_add_text(out, "#org-");
            cn__report_url(out, id);
            break;
        }
    }
    out->failed |= key.failed;
    cn_buf_release(&key);
}

static void name_cell(const cn__doc *doc, const cn__block *block, size_t row, const char *text, cn_buf *out) {
    const cn_table *table = block->table;
    cn_buf target = {0};
    add_target(doc,
               cn__arena_at(&table->texts, table->cells[row * table->column_count + (size_t)block->id_column].text),
               &target);
    if (target.len) {
        tag(out, "<a href=\"", target.data, "\">");
        tag(out, "", text, "</a>");
    } else {
        cn__html_escape(out, text);
    }
    out->failed |= target.failed;
    cn_buf_release(&target);
}

static void table_row(const cn__doc *doc, const cn__block *block, size_t row, const cn_table_text_options *options,
                      cn_buf *cell, cn_buf *out) {
    const cn_table *table = block->table;
    cn_buf_add_text(out, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        if ((int)c == block->id_column) {
            continue;
        }
        cn_buf_add_text(out, table->columns[c].type == CN_CELL_TEXT ? "<td" : "<td class=\"n\"");
        add_sort_key(table, row, c, out);
        cn_buf_add_text(out, ">");
        cn__cell_text_for_people(table, row, c, options, cell);
        out->failed |= cell->failed;
        if ((int)c == block->name_column && block->id_column >= 0) {
            name_cell(doc, block, row, cell->len ? cell->data : "", out);
        } else {
            cn__html_escape(out, cell->len ? cell->data : "");
        }
        cn_buf_add_text(out, "</td>");
    }
    cn_buf_add_text(out, "</tr>\n");
}

static void table(const cn__doc *doc, const cn__block *block, cn_buf *out) {
    const cn_table_text_options options = {.lang = doc->lang, .currency = doc->currency};
    size_t rows = 0;
    size_t shown = cn__doc_shown(block, &rows);
    cn_buf cell = {0};
    tag(out, "<div class=\"scroll\"><table class=\"sortable\" id=\"table-", cn__doc_at(doc, block->key), "\">\n");
    tag(out, "<caption>", cn__doc_at(doc, block->text), "</caption>\n<thead><tr>");
    for (size_t c = 0; c < block->table->column_count; c++) {
        if ((int)c != block->id_column) {
            cn_buf_add_text(out, block->table->columns[c].type == CN_CELL_TEXT ? "<th scope=\"col\">"
                                                                               : "<th scope=\"col\" class=\"n\">");
            tag(out, "", cn__arena_at(&block->table->texts, block->table->columns[c].title), "</th>");
        }
    }
    cn_buf_add_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < shown; r++) {
        table_row(doc, block, r, &options, &cell, out);
    }
    cn_buf_add_text(out, "</tbody></table></div>\n");
    if (shown < rows) {
        cn_buf note = {0};
        cn__report_say_2(&note, CN__REPORT_ROWS_SHOWN, doc->lang, shown, rows);
        tag(out, "<p class=\"note\">", note.len ? note.data : "", "</p>\n");
        out->failed |= note.failed;
        cn_buf_release(&note);
    }
    if (block->more) {
        tag(out, "<p class=\"note\">", cn__doc_at(doc, block->more), "</p>\n");
    }
    cn_buf_release(&cell);
}

/* ---- blocks ---- */

static void picture(const cn__doc *doc, const cn__block *block, cn_buf *out) {
    tag(out, "<figure id=\"picture-", cn__doc_at(doc, block->key), "\"><img alt=\"");
    cn__html_escape(out, cn__doc_at(doc, block->text));
    cn_buf_add_text(out, "\" src=\"data:image/svg+xml;base64,");
    cn__base64(out, block->bytes.data, block->bytes.len);
    tag(out, "\"><figcaption>", cn__doc_at(doc, block->text), "</figcaption></figure>\n");
}

static void part(const cn__doc *doc, cn_buf *out, const char *open, cn__report_text_id id, const char *close) {
    tag(out, open, cn__report_text(id, doc->lang), close);
}

static void explorer(const cn__doc *doc, const cn__block *block, cn_buf *out) {
    cn_buf_add_text(out, "<script type=\"application/json\" id=\"coopnet-data\">");
    cn_buf_add(out, block->bytes.data, block->bytes.len);
    cn_buf_add_text(out, "</script>\n<section id=\"explorer\" hidden aria-label=\"");
    part(doc, out, "", CN__REPORT_EXPLORER, "\">\n<div data-part=\"tools\"><div class=\"search\">");
    part(doc, out,
         "<input type=\"search\" data-part=\"search\" role=\"combobox\" aria-expanded=\"false\" "
         "aria-controls=\"found\" aria-autocomplete=\"list\" autocomplete=\"off\" placeholder=\"",
         CN__REPORT_SEARCH, "\" aria-label=\"");
    part(doc, out, "", CN__REPORT_SEARCH,
         "\"><ul id=\"found\" data-part=\"found\" role=\"listbox\" hidden></ul>"
         "<span class=\"hidden-visually\" role=\"status\" data-part=\"found-count\"></span></div></div>\n<div "
         "class=\"filters\">\n");
    cn_buf_add_text(out, "<p class=\"quiet\" role=\"status\" data-part=\"shown\"></p>\n");
    part(doc, out, "<label>", CN__REPORT_SIZE_BY, "<select data-part=\"size\"></select></label>\n");
    part(doc, out, "<label>", CN__REPORT_CLUSTER, "<select data-part=\"cluster\"></select></label>\n");
    part(doc, out, "<fieldset><legend>", CN__REPORT_KINDS, "</legend><div data-part=\"kinds\"></div></fieldset>\n");
    part(doc, out, "<fieldset><legend>", CN__REPORT_LINKS,
         "</legend><div data-part=\"link-kinds\"></div></fieldset>\n");
    part(doc, out, "<fieldset data-part=\"dates\"><legend>", CN__REPORT_DATE,
         ": <span data-part=\"date-text\"></span></legend>");
    part(doc, out, "<input type=\"range\" data-part=\"date\" aria-label=\"", CN__REPORT_DATE,
         "\"><label><input type=\"checkbox\" data-part=\"date-all\">");
    part(doc, out, "", CN__REPORT_ANY_DATE, "</label></fieldset>\n</div>\n<div class=\"stage\">");
    part(doc, out, "<canvas tabindex=\"0\" role=\"application\" aria-label=\"", CN__REPORT_CANVAS,
         "\"></canvas><div data-part=\"tip\" hidden></div>"
         "<span class=\"hidden-visually\" role=\"status\" data-part=\"status\"></span></div>\n<aside "
         "data-part=\"card\"></aside>\n</section>\n");
}

static void block_out(const cn__doc *doc, const cn__block *block, cn_buf *out) {
    const char *text = cn__doc_at(doc, block->text);
    switch (block->kind) {
    case CN__BLOCK_CHAPTER:
        tag(out, "<h2 id=\"", cn__doc_at(doc, block->key), "\">");
        tag(out, "", text, "</h2>\n");
        break;
    case CN__BLOCK_SECTION:
        tag(out, "<h3>", text, "</h3>\n");
        break;
    case CN__BLOCK_LEAD:
        paragraph(doc, block, "<p class=\"lead\">", "</p>\n", out);
        break;
    case CN__BLOCK_TEXT:
        paragraph(doc, block, "<p>", "</p>\n", out);
        break;
    case CN__BLOCK_NOTE:
        paragraph(doc, block, "<p class=\"note\">", "</p>\n", out);
        break;
    case CN__BLOCK_ORIGIN:
        tag(out, "<p class=\"origin\">", text, "</p>\n");
        break;
    case CN__BLOCK_ITEM:
        paragraph(doc, block, "<li>", "</li>\n", out);
        break;
    case CN__BLOCK_FACT:
        tag(out, "<div><dt>", text, "</dt>");
        if (block->rows) {
            tag(out, "<dd><a class=\"rows\" href=\"#table-", cn__doc_at(doc, block->rows), "\">");
            tag(out, "", cn__doc_at(doc, block->more), "</a></dd></div>\n");
        } else {
            tag(out, "<dd>", cn__doc_at(doc, block->more), "</dd></div>\n");
        }
        break;
    case CN__BLOCK_TABLE:
        table(doc, block, out);
        break;
    case CN__BLOCK_PICTURE:
        picture(doc, block, out);
        break;
    case CN__BLOCK_COMMAND:
        tag(out, "<p class=\"note\">", cn__report_text(CN__REPORT_SAME_BY, doc->lang), " <code>");
        tag(out, "", text, "</code></p>\n");
        break;
    case CN__BLOCK_EXPLORER:
        explorer(doc, block, out);
        break;
    }
}

/* Blocks that stand together in one element. */
static const char *frame_of(cn__block_kind kind, bool open) {
    switch (kind) {
    case CN__BLOCK_FACT:
        return open ? "<dl class=\"facts\">\n" : "</dl>\n";
    case CN__BLOCK_ITEM:
        return open ? "<ul>\n" : "</ul>\n";
    default:
        return "";
    }
}

static cn_status flush(cn_buf *out, cn_sink sink, cn_error *err) { return cn__table_flush(out, sink, err); }

cn_status cn__html_write(const cn__doc *doc, cn_sink sink, cn_error *err) {
    cn_buf out = {0};
    if (doc->failed) {
        return CN__NO_MEMORY(err);
    }
    head(doc, &out);
    contents(doc, &out);
    cn_status status = CN_OK;
    for (size_t i = 0; i < doc->block_count && !status; i++) {
        cn__block_kind kind = doc->blocks[i].kind;
        bool first = i == 0 || doc->blocks[i - 1].kind != kind;
        bool last = i + 1 == doc->block_count || doc->blocks[i + 1].kind != kind;
        cn_buf_add_text(&out, first ? frame_of(kind, true) : "");
        block_out(doc, &doc->blocks[i], &out);
        cn_buf_add_text(&out, last ? frame_of(kind, false) : "");
        status = flush(&out, sink, err);
    }
    tag(&out, "</main>\n<footer>", cn__doc_at(doc, doc->foot), "</footer>\n<script>");
    cn_buf_add(&out, cn__asset_script, cn__asset_script_len);
    cn_buf_add_text(&out, "</script>\n</body>\n</html>\n");
    status = status ? status : flush(&out, sink, err);
    cn_buf_release(&out);
    return status;
}
