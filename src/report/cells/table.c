/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of results: columns, then cells row after row, texts in one arena. Invariant: cell i belongs to column
 * i mod column_count, and columns are only added while there is no cell. Adding costs O(1) amortised; a failure is kept
 * in `trouble` and every later add is ignored, so that callers check once, when they write.
 */
#include "table_data.h"

#include "error.h"
#include <math.h>
#include <string.h>

cn_status cn_table_create(cn_table **out, cn_error *err) {
    *out = cn__calloc(1, sizeof **out);
    return *out ? CN_OK : CN__NO_MEMORY(err);
}

void cn_table_free(cn_table *table) {
    if (!table) {
        return;
    }
    cn__free(table->columns);
    cn__free(table->cells);
    cn__arena_release(&table->texts);
    cn__free(table);
}

static bool add_to_arena(cn_table *table, const char *text, uint32_t *out) {
    if (!cn__arena_add(&table->texts, text, strlen(text), out)) {
        table->trouble = CN_ERR_MEMORY;
        return false;
    }
    return true;
}

void cn_table_add_column(cn_table *table, const char *key, const char *title, cn_cell_type type, int decimals) {
    if (table->trouble) {
        return;
    }
    if (table->cell_count) {
        table->trouble = CN_ERR_INTERNAL;
        return;
    }
    cn__column column = {0, 0, type, decimals};
    if (!add_to_arena(table, key, &column.key) || !add_to_arena(table, title, &column.title)) {
        return;
    }
    if (!cn__grow((void **)&table->columns, &table->column_cap, table->column_count, 1, sizeof *table->columns)) {
        table->trouble = CN_ERR_MEMORY;
        return;
    }
    table->columns[table->column_count++] = column;
}

/* May a cell of this type be added now? */
static bool fits(cn_table *table, cn_cell_type type) {
    if (table->trouble) {
        return false;
    }
    if (!table->column_count || table->columns[table->cell_count % table->column_count].type != type) {
        table->trouble = CN_ERR_INTERNAL;
        return false;
    }
    return true;
}

static void add_cell(cn_table *table, cn__cell cell) {
    if (!cn__grow((void **)&table->cells, &table->cell_cap, table->cell_count, 1, sizeof *table->cells)) {
        table->trouble = CN_ERR_MEMORY;
        return;
    }
    table->cells[table->cell_count++] = cell;
}

void cn_table_add_text(cn_table *table, const char *text) {
    cn__cell cell = {.text = 0};
    if (fits(table, CN_CELL_TEXT) && add_to_arena(table, text, &cell.text)) {
        add_cell(table, cell);
    }
}

void cn_table_add_number(cn_table *table, double value) {
    if (fits(table, CN_CELL_NUMBER)) {
        add_cell(table, (cn__cell){.number = value});
    }
}

void cn_table_add_count(cn_table *table, int64_t value) {
    if (fits(table, CN_CELL_COUNT)) {
        add_cell(table, (cn__cell){.count = value});
    }
}

void cn_table_add_money(cn_table *table, int64_t minor) {
    if (fits(table, CN_CELL_MONEY)) {
        add_cell(table, (cn__cell){.minor = minor});
    }
}

void cn_table_add_date(cn_table *table, cn_date date) {
    if (fits(table, CN_CELL_DATE)) {
        add_cell(table, (cn__cell){.date = date});
    }
}

size_t cn_table_row_count(const cn_table *table) {
    return table->column_count ? table->cell_count / table->column_count : 0;
}

cn_status cn__table_ready(const cn_table *table, cn_error *err) {
    if (table->trouble == CN_ERR_MEMORY) {
        return CN__NO_MEMORY(err);
    }
    if (table->trouble || (table->column_count && table->cell_count % table->column_count)) {
        return CN__FAIL1(err, CN_ERR_INTERNAL, INTERNAL, "a table's cells do not fit its columns");
    }
    return CN_OK;
}

bool cn__cell_undefined(cn_cell_type type, cn__cell cell) {
    switch (type) {
    case CN_CELL_NUMBER:
        return isnan(cell.number);
    case CN_CELL_MONEY:
        return cell.minor == INT64_MIN;
    case CN_CELL_DATE:
        return cell.date == CN_DATE_NONE;
    case CN_CELL_TEXT:
    case CN_CELL_COUNT:
        break;
    }
    return false;
}

cn_status cn__table_flush(cn_buf *buf, cn_sink sink, cn_error *err) {
    if (buf->failed) {
        return CN__NO_MEMORY(err);
    }
    if (buf->len && !sink.write(sink.context, buf->data, buf->len)) {
        return CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, "-", "");
    }
    buf->len = 0;
    return CN_OK;
}
