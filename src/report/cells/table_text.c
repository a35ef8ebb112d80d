/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as aligned text. Two passes over the cells: the first measures, the second writes, so that no formatted cell
 * is kept; O(cells) time, O(columns) memory beside a chunk of output. Widths are display columns, not bytes. When the
 * table is too wide the widest text columns give way first, numbers never.
 */
#include "table_data.h"

#include "error.h"
#include "utf8.h"
#include <string.h>

enum { GAP = 2, NARROWEST = 8 };

static const char *text_of(const cn_buf *buf) { return buf->len ? buf->data : ""; }

/* Header titles and every cell, measured. */
static bool measure(const cn_table *table, const cn_table_text_options *o, int *widths) {
    cn_buf cell = {0};
    size_t rows = cn_table_row_count(table);
    for (size_t c = 0; c < table->column_count; c++) {
        cn__cell_add_clean(&cell, cn__arena_at(&table->texts, table->columns[c].title));
        widths[c] = cn__utf8_text_width(text_of(&cell));
        for (size_t r = 0; r < rows && !cell.failed; r++) {
            cn__cell_text_for_people(table, r, c, o, &cell);
            int width = cn__utf8_text_width(text_of(&cell));
            widths[c] = width > widths[c] ? width : widths[c];
        }
        cell.len = 0;
    }
    bool ok = !cell.failed;
    cn_buf_release(&cell);
    return ok;
}

static void shrink(const cn_table *table, int max_width, int *widths) {
    int64_t total = GAP * ((int64_t)table->column_count - 1);
    for (size_t c = 0; c < table->column_count; c++) {
        total += widths[c];
    }
    for (; total > max_width; total--) {
        size_t widest = table->column_count;
        for (size_t c = 0; c < table->column_count; c++) {
            bool may = table->columns[c].type == CN_CELL_TEXT && widths[c] > NARROWEST;
            if (may && (widest == table->column_count || widths[c] > widths[widest])) {
                widest = c;
            }
        }
        if (widest == table->column_count) {
            return;
        }
        widths[widest]--;
    }
}

/* Bytes of the longest beginning of `text` that fits into `width` columns, and the columns it takes. */
static size_t fitting_bytes(const char *text, int width, int *columns) {
    const char *next = text;
    *columns = 0;
    for (const char *at = text; *at; at = next) {
        int wide = cn__utf8_width(cn__utf8_next(&next));
        if (*columns + wide > width) {
            return (size_t)(at - text);
        }
        *columns += wide;
    }
    return (size_t)(next - text);
}

/* `text` in exactly `width` columns, cut with an ellipsis or padded on one side. */
static void add_padded(cn_buf *out, const char *text, int width, bool right, bool last) {
    int own = cn__utf8_text_width(text);
    size_t len = strlen(text);
    bool cut = own > width;
    if (cut) {
        len = fitting_bytes(text, width - 1, &own);
        own++; /* the ellipsis */
    }
    for (int i = own; right && i < width; i++) {
        cn_buf_add_text(out, " ");
    }
    cn_buf_add(out, text, len);
    cn_buf_add_text(out, cut ? "…" : "");
    for (int i = own; !right && !last && i < width; i++) {
        cn_buf_add_text(out, " ");
    }
}

static void write_header(const cn_table *table, const cn_table_text_options *o, const int *widths, cn_buf *cell,
                         cn_buf *out) {
    if (o->bold_header) {
        cn_buf_add_text(out, "\x1b[1m");
    }
    for (size_t c = 0; c < table->column_count; c++) {
        bool last = c + 1 == table->column_count;
        cell->len = 0;
        cn__cell_add_clean(cell, cn__arena_at(&table->texts, table->columns[c].title));
        add_padded(out, text_of(cell), widths[c], table->columns[c].type != CN_CELL_TEXT, last);
        cn_buf_add_text(out, last ? "" : "  ");
    }
    cn_buf_add_text(out, o->bold_header ? "\x1b[0m\n" : "\n");
}

static cn_status write_rows(const cn_table *table, const cn_table_text_options *o, const int *widths, cn_sink sink,
                            cn_error *err) {
    cn_buf cell = {0};
    cn_buf out = {0};
    cn_status status = CN_OK;
    size_t rows = cn_table_row_count(table);
    write_header(table, o, widths, &cell, &out);
    for (size_t r = 0; r < rows && !status; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            bool last = c + 1 == table->column_count;
            cn__cell_text_for_people(table, r, c, o, &cell);
            out.failed = out.failed || cell.failed;
            add_padded(&out, text_of(&cell), widths[c], table->columns[c].type != CN_CELL_TEXT, last);
            cn_buf_add_text(&out, last ? "" : "  ");
        }
        while (out.len && out.data[out.len - 1] == ' ') { /* an empty last cell leaves the padding of those before it */
            out.len--;
        }
        cn_buf_add_text(&out, "\n");
        status = out.len >= CN__TABLE_CHUNK ? cn__table_flush(&out, sink, err) : CN_OK;
    }
    status = status ? status : cn__table_flush(&out, sink, err);
    cn_buf_release(&cell);
    cn_buf_release(&out);
    return status;
}

cn_status cn_table_write_text(const cn_table *table, const cn_table_text_options *options, cn_sink sink,
                              cn_error *err) {
    const cn_table_text_options none = {0};
    const cn_table_text_options *o = options ? options : &none;
    cn_status status = cn__table_ready(table, err);
    if (status || !table->column_count) {
        return status;
    }
    int *widths = cn__calloc(table->column_count, sizeof *widths);
    if (!widths || !measure(table, o, widths)) {
        cn__free(widths);
        return CN__NO_MEMORY(err);
    }
    if (o->max_width > 0) {
        shrink(table, o->max_width, widths);
    }
    status = write_rows(table, o, widths, sink, err);
    cn__free(widths);
    return status;
}
