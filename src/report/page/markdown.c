/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Markdown writer: for people who paste a report into a document. What Markdown or HTML would read as markup is escaped. */
#include "html.h"

#include "error.h"
#include "report_text.h"
#include "table_data.h"

#include <string.h>

static void add_escaped(cn_buf *out, const char *text) {
    for (; *text; text++) {
        if (*text == *CN__DOC_NUMBER_BEGIN || *text == *CN__DOC_NUMBER_END) {
            continue;
        }
        if (*text == '\n') {
            cn_buf_add_text(out, " ");
        } else if (*text == '<') {
            cn_buf_add_text(out, "&lt;");
        } else {
            cn_buf_add_text(out, strchr("\\`*_{}[]#|>~&", *text) ? "\\" : "");
            cn_buf_add(out, text, 1);
        }
    }
}

static void line(cn_buf *out, const char *before, const char *text, const char *after) {
    cn_buf_add_text(out, before);
    add_escaped(out, text);
    cn_buf_add_text(out, after);
}

static void add_row(const cn__block *block, size_t row, const cn_table_text_options *options, cn_buf *cell,
                    cn_buf *out) {
    cn_buf_add_text(out, "|");
    for (size_t c = 0; c < block->table->column_count; c++) {
        if ((int)c != block->id_column) {
            cn__cell_text_for_people(block->table, row, c, options, cell);
            out->failed |= cell->failed;
            line(out, " ", cell->len ? cell->data : "", " |");
        }
    }
    cn_buf_add_text(out, "\n");
}

static void add_table(const cn__doc *doc, const cn__block *block, cn_buf *out) {
    const cn_table_text_options options = {.lang = doc->lang, .currency = doc->currency};
    const cn_table *table = block->table;
    size_t rows = 0;
    size_t shown = cn__doc_shown(block, &rows);
    cn_buf cell = {0};
    line(out, "**", cn__doc_at(doc, block->text), "**\n\n|");
    for (size_t c = 0; c < table->column_count; c++) {
        if ((int)c != block->id_column) {
            line(out, " ", cn__arena_at(&table->texts, table->columns[c].title), " |");
        }
    }
    cn_buf_add_text(out, "\n|");
    for (size_t c = 0; c < table->column_count; c++) {
        if ((int)c != block->id_column) {
            cn_buf_add_text(out, table->columns[c].type == CN_CELL_TEXT ? " --- |" : " ---: |");
        }
    }
    cn_buf_add_text(out, "\n");
    for (size_t r = 0; r < shown; r++) {
        add_row(block, r, &options, &cell, out);
    }
    cn_buf_add_text(out, "\n");
    if (shown < rows) {
        cn__report_say_2(out, CN__REPORT_ROWS_SHOWN, doc->lang, shown, rows);
        cn_buf_add_text(out, "\n\n");
    }
    if (block->more) {
        line(out, "", cn__doc_at(doc, block->more), "\n\n");
    }
    cn_buf_release(&cell);
}

static void add_block(const cn__doc *doc, const cn__block *block, bool last_of_kind, cn_buf *out) {
    const char *text = cn__doc_at(doc, block->text);
    switch (block->kind) {
    case CN__BLOCK_CHAPTER:
        line(out, "## ", text, "\n\n");
        break;
    case CN__BLOCK_SECTION:
        line(out, "### ", text, "\n\n");
        break;
    case CN__BLOCK_LEAD:
    case CN__BLOCK_TEXT:
    case CN__BLOCK_NOTE:
        line(out, "", text, "\n\n");
        break;
    case CN__BLOCK_ITEM:
        line(out, "- ", text, last_of_kind ? "\n\n" : "\n");
        break;
    case CN__BLOCK_FACT:
        line(out, "- ", text, ": ");
        line(out, "**", cn__doc_at(doc, block->more), last_of_kind ? "**\n\n" : "**\n");
        break;
    case CN__BLOCK_TABLE:
        add_table(doc, block, out);
        break;
    case CN__BLOCK_PICTURE:
        line(out, "![", text, "](");
        cn_buf_add_text(out, cn__doc_at(doc, block->key));
        cn_buf_add_text(out, ".svg)\n\n");
        break;
    case CN__BLOCK_COMMAND:
        cn_buf_add_text(out, cn__report_text(CN__REPORT_SAME_BY, doc->lang));
        cn_buf_add_text(out, "\n\n    ");
        cn_buf_add_text(out, text);
        cn_buf_add_text(out, "\n\n");
        break;
    case CN__BLOCK_ORIGIN: /* the foot says it once */
    case CN__BLOCK_EXPLORER:
        break;
    }
}

cn_status cn__markdown_write(const cn__doc *doc, cn_sink sink, cn_error *err) {
    cn_buf out = {0};
    cn_status status = doc->failed ? CN__NO_MEMORY(err) : CN_OK;
    line(&out, "# ", cn__doc_at(doc, doc->title), "\n\n");
    if (doc->subtitle) {
        line(&out, "", cn__doc_at(doc, doc->subtitle), "\n\n");
    }
    for (size_t i = 0; i < doc->block_count && !status; i++) {
        bool last = i + 1 == doc->block_count || doc->blocks[i + 1].kind != doc->blocks[i].kind;
        add_block(doc, &doc->blocks[i], last, &out);
        status = cn__table_flush(&out, sink, err);
    }
    line(&out, "---\n\n", cn__doc_at(doc, doc->foot), "\n");
    status = status ? status : cn__table_flush(&out, sink, err);
    cn_buf_release(&out);
    return status;
}
