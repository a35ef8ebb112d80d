/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as CSV (RFC 4180, but LF line ends as every tool on Unix expects). O(cells) time, one chunk of memory.
 * Texts come from files that strangers wrote, so one that a spreadsheet would run as a formula is disarmed with an
 * apostrophe; numbers are ours and stay as they are, or "-1" could not be read back.
 */
#include "table_data.h"

#include <string.h>

static void add_csv_text(cn_buf *out, const char *text) {
    bool guard = text[0] && strchr("=+-@\t\r", text[0]);
    if (!strpbrk(text, ",\"\r\n")) {
        cn_buf_add_text(out, guard ? "'" : "");
        cn_buf_add_text(out, text);
        return;
    }
    cn_buf_add_text(out, guard ? "\"'" : "\"");
    for (const char *quote = strchr(text, '"'); quote; quote = strchr(text, '"')) {
        cn_buf_add(out, text, (size_t)(quote - text) + 1);
        cn_buf_add_text(out, "\"");
        text = quote + 1;
    }
    cn_buf_add_text(out, text);
    cn_buf_add_text(out, "\"");
}

static void add_csv_cell(const cn_table *table, const cn__column *column, cn__cell cell, cn_buf *out) {
    if (column->type == CN_CELL_TEXT) {
        add_csv_text(out, cn__arena_at(&table->texts, cell.text));
    } else {
        cn__cell_add_exact(column->type, cell, out);
    }
}

cn_status cn_table_write_csv(const cn_table *table, cn_sink sink, cn_error *err) {
    cn_buf out = {0};
    cn_status status = cn__table_ready(table, err);
    size_t columns = table->column_count;
    for (size_t c = 0; c < columns && !status; c++) {
        add_csv_text(&out, cn__arena_at(&table->texts, table->columns[c].key));
        cn_buf_add_text(&out, c + 1 == columns ? "\n" : ",");
    }
    for (size_t i = 0; columns && i < table->cell_count && !status; i++) {
        add_csv_cell(table, &table->columns[i % columns], table->cells[i], &out);
        cn_buf_add_text(&out, i % columns + 1 == columns ? "\n" : ",");
        status = out.len >= CN__TABLE_CHUNK ? cn__table_flush(&out, sink, err) : CN_OK;
    }
    status = status ? status : cn__table_flush(&out, sink, err);
    cn_buf_release(&out);
    return status;
}
