/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The native tables cell by cell, for every format that is made of tables. Each table is walked twice, for its columns and for its rows,
 * so that nothing but the plan of the links is kept. O(values).
 */
#include "table_rows.h"

#include "json_value.h"

#include <string.h>

/* As many cells as the reader takes. */
enum { CELLS_MAX = 10000 };

/* Items of a list cell are parted by `|` and blanks around them are dropped: what holds such cannot be written. */
static bool list_holds(const char *text) {
    size_t len = strlen(text);
    return !strchr(text, '|') && len > 0 && text[0] != ' ' && text[len - 1] != ' ';
}

static void put(cn__table_walk *w, cn__type type) {
    w->sink->cell(w->context, w->cell.len ? w->cell.data : "", w->cell.len,
                  type); /* what is left in an empty one is old */
}

static void add_values(cn__table_walk *w, const cn__section *section, const cn__column *column) {
    const char *text = w->values.texts.data;
    bool list = (column->flags & CN__LIST) != 0;
    w->cell.len = 0;
    for (size_t i = 0; i < w->values.count; i++, text += strlen(text) + 1) {
        if (list && !list_holds(text)) {
            cn__save_lose(w->save, CN_MSG_SAVE_LOST, section->table, column->key, 1);
            continue;
        }
        cn_buf_add_text(&w->cell, w->cell.len ? "|" : "");
        cn_buf_add_text(&w->cell, text);
        if (!list) {
            break;
        }
    }
    put(w, column->type);
}

/* A JSON string stands without its quotes unless that reads as something else; all other JSON as it is. */
static void add_free(cn__table_walk *w, const cn_prop *prop) {
    const char *json = cn_prop_text(w->save->net, prop);
    size_t len = strlen(json);
    w->cell.len = 0;
    if (json[0] == '"' && cn__json_plain(&w->cell, json, len)) {
        put(w, CN__TEXT);
    } else {
        w->sink->cell(w->context, json, len, CN__FREE);
    }
}

/* ---- columns ---- */

static bool is_kept(const cn__section *section, size_t column) {
    cn__to to = section->columns[column].to;
    return to == CN__TO_ID || to == CN__TO_NAME || to == CN__TO_PARENT ||
           (section->columns[column].flags & CN__REQUIRED);
}

static void see_free(cn__table_walk *w, const cn__native_row *row) {
    size_t at = 0;
    for (const cn_prop *prop = cn__native_free(&w->native, row, &at); prop;
         prop = cn__native_free(&w->native, row, &at)) {
        const char *name = cn_prop_x(w->save->net, prop);
        size_t len = strlen(name);
        if (cn__strmap_find(&w->free_names, name, len) != CN_NONE) {
            continue;
        }
        size_t known = w->free_names.entry_count;
        if (known >= CELLS_MAX - CN__TABLE_COLUMNS_MAX) {
            cn__save_lose(w->save, CN_MSG_SAVE_LOST, row->section->table, "x", 1);
            continue;
        }
        bool kept = cn__grow((void **)&w->free, &w->free_cap, known, 1, sizeof *w->free) &&
                    cn__strmap_add(&w->free_names, name, len, (uint32_t)known, NULL);
        w->no_memory = w->no_memory || !kept;
        if (kept) {
            w->free[known] = NULL;
        }
    }
}

/* Which columns the rows use; false: there is no row. */
static bool see_columns(cn__table_walk *w, const cn__section *section) {
    cn__native_row row = {.section = section};
    bool any = false;
    memset(w->used, 0, sizeof w->used);
    cn__strmap_release(&w->free_names);
    cn__native_rewind(&w->native);
    while (!w->no_memory && cn__native_next(&w->native, &row)) {
        any = true;
        for (size_t i = 0; i < section->column_count; i++) {
            const cn__column *column = &section->columns[i];
            if (column->to == CN__TO_X) {
                see_free(w, &row);
            } else if (!w->used[i] && !(column->flags & CN__JSON_ONLY)) {
                cn__native_values(&w->native, &row, column, &w->values);
                w->used[i] = w->values.count > 0 || is_kept(section, i);
            }
        }
    }
    return any;
}

static void write_header(cn__table_walk *w, const cn__section *section) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (w->used[i]) {
            w->sink->title(w->context, section->columns[i].key, &section->columns[i]);
        }
    }
    for (size_t i = 0; i < w->free_names.entry_count; i++) {
        w->cell.len = 0;
        cn_buf_add_text(&w->cell, "x.");
        cn_buf_add_text(&w->cell, cn__arena_at(&w->free_names.keys, w->free_names.entries[i].key));
        w->sink->title(w->context, w->cell.data ? w->cell.data : "", NULL);
    }
}

static void write_row(cn__table_walk *w, const cn__native_row *row) {
    for (size_t i = 0; i < row->section->column_count; i++) {
        if (w->used[i]) {
            cn__native_values(&w->native, row, &row->section->columns[i], &w->values);
            add_values(w, row->section, &row->section->columns[i]);
        }
    }
    size_t at = 0;
    for (const cn_prop *prop = cn__native_free(&w->native, row, &at); prop;
         prop = cn__native_free(&w->native, row, &at)) {
        const char *name = cn_prop_x(w->save->net, prop);
        uint32_t column = cn__strmap_find(&w->free_names, name, strlen(name));
        if (column != CN_NONE) {
            w->free[column] = prop;
        }
    }
    for (size_t i = 0; i < w->free_names.entry_count; i++) {
        if (w->free[i]) {
            add_free(w, w->free[i]);
        } else {
            w->sink->cell(w->context, "", 0, CN__FREE);
        }
        w->free[i] = NULL;
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
        cn__native_values(&w->native, &row, column, &w->values);
        if (!(column->flags & CN__JSON_ONLY) && w->values.count > 0) {
            w->sink->cell(w->context, column->key, strlen(column->key), CN__TEXT);
            add_values(w, row.section, column);
            (void)w->sink->row(w->context);
        }
    }
}

bool cn__table_walk_see(cn__table_walk *w, const cn__section *section) {
    return section->shape == CN__SHAPE_NETWORK || see_columns(w, section);
}

void cn__table_walk_write(cn__table_walk *w, const cn__section *section) {
    cn__native_row row = {.section = section};
    if (section->shape == CN__SHAPE_NETWORK) {
        write_network(w);
        return;
    }
    write_header(w, section);
    cn__native_rewind(&w->native);
    for (bool go_on = w->sink->row(w->context); go_on && cn__native_next(&w->native, &row);) {
        write_row(w, &row);
        go_on = w->sink->row(w->context);
    }
}

bool cn__table_walk_out_of_memory(const cn__table_walk *w) {
    return w->no_memory || w->values.texts.failed || w->cell.failed;
}

void cn__table_walk_release(cn__table_walk *w) {
    cn__strmap_release(&w->free_names);
    cn__free(w->free);
    cn_buf_release(&w->values.texts);
    cn_buf_release(&w->cell);
    cn__native_release(&w->native);
}
