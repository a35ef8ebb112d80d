/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The native tables, handed to a sink cell by cell. O(values). */
#include "table_rows.h"

#include <string.h>

/* What stands in the table's cell. */
static void put(cn__table_walk *w, cn__type type) {
    w->sink->cell(w->context, cn__table_text(&w->table), w->table.cell.len, type);
}

static void put_values(cn__table_walk *w, const cn__section *section, const cn__column *column) {
    (void)cn__table_value(&w->table, section, column);
    put(w, column->type);
}

static void write_header(cn__table_walk *w, const cn__section *section) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (w->table.used[i]) {
            w->sink->title(w->context, section->columns[i].key, &section->columns[i]);
        }
    }
    for (size_t i = 0; i < w->table.free_names.entry_count; i++) {
        cn__table_free_header(&w->table, i);
        w->sink->title(w->context, cn__table_text(&w->table), NULL);
    }
}

static void write_row(cn__table_walk *w, const cn__native_row *row) {
    for (size_t i = 0; i < row->section->column_count; i++) {
        if (w->table.used[i]) {
            cn__native_values(&w->table.native, row, &row->section->columns[i], &w->table.values);
            put_values(w, row->section, &row->section->columns[i]);
        }
    }
    cn__table_free_row(&w->table, row);
    for (size_t i = 0; i < w->table.free_names.entry_count; i++) {
        if (w->table.free[i]) {
            bool plain = cn__table_free_value(&w->table, w->table.free[i]);
            put(w, plain ? CN__TEXT : CN__FREE);
        } else {
            w->sink->cell(w->context, "", 0, CN__FREE);
        }
    }
}

/* A property a row. */
static void write_network(cn__table_walk *w) {
    static const cn__column titles[] = {{.key = "key"}, {.key = "value"}};
    cn__native_row row = {.section = cn__section_at(CN__SECTION_NETWORK)};
    w->sink->title(w->context, titles[0].key, &titles[0]);
    w->sink->title(w->context, titles[1].key, &titles[1]);
    (void)w->sink->row(w->context);
    for (size_t i = 0; i < row.section->column_count; i++) {
        const cn__column *column = &row.section->columns[i];
        cn__native_values(&w->table.native, &row, column, &w->table.values);
        if (!(column->flags & CN__JSON_ONLY) && w->table.values.count > 0) {
            w->sink->cell(w->context, column->key, strlen(column->key), CN__TEXT);
            put_values(w, row.section, column);
            (void)w->sink->row(w->context);
        }
    }
}

bool cn__table_walk_see(cn__table_walk *w, const cn__section *section) {
    return section->shape == CN__SHAPE_NETWORK || cn__table_see(&w->table, section);
}

void cn__table_walk_write(cn__table_walk *w, const cn__section *section) {
    cn__native_row row = {.section = section};
    if (section->shape == CN__SHAPE_NETWORK) {
        write_network(w);
        return;
    }
    write_header(w, section);
    cn__native_rewind(&w->table.native);
    for (bool go_on = w->sink->row(w->context); go_on && cn__native_next(&w->table.native, &row);) {
        write_row(w, &row);
        go_on = w->sink->row(w->context);
    }
}
