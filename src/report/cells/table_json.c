/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as a JSON array of objects, one a line so that results compare well line by line. O(cells) time, one chunk
 * of memory. What JSON has no number for (NaN, infinities) is null.
 */
#include "table_data.h"

#include <math.h>

static void add_json_cell(const cn_table *table, const cn__column *column, cn__cell cell, cn_buf *out) {
    bool infinite = column->type == CN_CELL_NUMBER && isinf(cell.number);
    if (infinite || cn__cell_undefined(column->type, cell)) {
        cn_buf_add_text(out, "null");
        return;
    }
    if (column->type == CN_CELL_TEXT) {
        cn_json_string(out, cn__arena_at(&table->texts, cell.text));
        return;
    }
    const char *quote = column->type == CN_CELL_DATE ? "\"" : "";
    cn_buf_add_text(out, quote);
    cn__cell_add_exact(column->type, cell, out);
    cn_buf_add_text(out, quote);
}

static void add_indent(cn_buf *out, int indent) {
    for (int i = 0; i < indent; i++) {
        cn_buf_add_text(out, " ");
    }
}

cn_status cn_table_write_json(const cn_table *table, int indent, cn_sink sink, cn_error *err) {
    cn_buf out = {0};
    cn_status status = cn__table_ready(table, err);
    size_t columns = table->column_count;
    cn_buf_add_text(&out, "[");
    for (size_t i = 0; columns && i < table->cell_count && !status; i++) {
        size_t col = i % columns;
        if (col == 0) {
            cn_buf_add_text(&out, i ? ",\n" : "\n");
            add_indent(&out, indent + 1);
        }
        cn_buf_add_text(&out, col ? ", " : "{");
        cn_json_string(&out, cn__arena_at(&table->texts, table->columns[col].key));
        cn_buf_add_text(&out, ": ");
        add_json_cell(table, &table->columns[col], table->cells[i], &out);
        cn_buf_add_text(&out, col + 1 == columns ? "}" : "");
        status = out.len >= CN__TABLE_CHUNK ? cn__table_flush(&out, sink, err) : CN_OK;
    }
    if (table->cell_count) {
        cn_buf_add_text(&out, "\n");
        add_indent(&out, indent);
    }
    cn_buf_add_text(&out, "]");
    status = status ? status : cn__table_flush(&out, sink, err);
    cn_buf_release(&out);
    return status;
}
