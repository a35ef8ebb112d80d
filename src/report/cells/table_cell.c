/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell as people read it: the same in a terminal, on a page and in Markdown; and as programs do: the same in CSV, JSON and spreadsheets. */
#include "table_data.h"

#include "number.h"
#include "text.h"
#include "utf8.h"

void cn__cell_add_clean(cn_buf *out, const char *text) {
    for (uint32_t code = cn__utf8_next(&text); code; code = cn__utf8_next(&text)) {
        cn__utf8_add(out, cn__text_disturbs(code) ? 0xFFFD : code);
    }
}

void cn__cell_text_for_people(const cn_table *table, size_t row, size_t col, const cn_table_text_options *o,
                              cn_buf *out) {
    const cn__column *column = &table->columns[col];
    cn__cell cell = table->cells[row * table->column_count + col];
    out->len = 0;
    cn_buf_add(out, "", 0);
    if (cn__cell_undefined(column->type, cell)) {
        cn_buf_add_text(out, "–");
        return;
    }
    switch (column->type) {
    case CN_CELL_TEXT:
        cn__cell_add_clean(out, cn__arena_at(&table->texts, cell.text));
        break;
    case CN_CELL_NUMBER:
        cn_format_number(out, o->lang, cell.number, column->decimals);
        break;
    case CN_CELL_COUNT:
        cn_format_number(out, o->lang, (double)cell.count, 0);
        break;
    case CN_CELL_MONEY:
        cn_format_money(out, o->lang, cell.minor, o->currency ? o->currency : "");
        break;
    case CN_CELL_DATE:
        cn_format_date(out, o->lang, cell.date);
        break;
    }
}

void cn__cell_add_exact(cn_cell_type type, cn__cell cell, cn_buf *out) {
    if (cn__cell_undefined(type, cell)) {
        return;
    }
    switch (type) {
    case CN_CELL_TEXT:
        break;
    case CN_CELL_NUMBER:
        cn_format_exact(out, cell.number);
        break;
    case CN_CELL_COUNT:
        cn__format_i64(out, cell.count);
        break;
    case CN_CELL_MONEY:
        cn_format_money_exact(out, cell.minor);
        break;
    case CN_CELL_DATE:
        cn_format_date_iso(out, cell.date);
        break;
    }
}
