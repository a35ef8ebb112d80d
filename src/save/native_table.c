/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns and cells of the native tables. Invariant: `free` has a place for each of `free_names`. A column stands in its table when some row
 * has a value for it or the reader asks for it; items of a list that could not be told apart again are counted as lost. O(values).
 */
#include "native_table.h"

#include "buf.h"
#include "json_value.h"

#include <string.h>

/* ---- columns ---- */

static bool is_kept(const cn__section *section, size_t column) {
    cn__to to = section->columns[column].to;
    return to == CN__TO_ID || to == CN__TO_NAME || to == CN__TO_PARENT ||
           (section->columns[column].flags & CN__REQUIRED);
}

static void see_free(cn__table *t, const cn__native_row *row) {
    size_t at = 0;
    for (const cn_prop *prop = cn__native_free(&t->native, row, &at); prop;
         prop = cn__native_free(&t->native, row, &at)) {
        const char *name = cn_prop_x(t->save->net, prop);
        size_t len = strlen(name);
        if (cn__strmap_find(&t->free_names, name, len) != CN_NONE) {
            continue;
        }
        size_t known = t->free_names.entry_count;
        if (known >= t->free_max || (t->free_fits && !t->free_fits(t->context, name))) {
            cn__save_lose(t->save, CN_MSG_SAVE_LOST, row->section->table, "x", 1);
            continue;
        }
        bool kept = cn__grow((void **)&t->free, &t->free_cap, known, 1, sizeof *t->free) &&
                    cn__strmap_add(&t->free_names, name, len, (uint32_t)known, NULL);
        t->no_memory = t->no_memory || !kept;
        if (kept) {
            t->free[known] = NULL;
        }
    }
}

bool cn__table_see(cn__table *t, const cn__section *section) {
    cn__native_row row = {.section = section};
    bool any = false;
    memset(t->used, 0, sizeof t->used);
    cn__strmap_release(&t->free_names);
    cn__native_rewind(&t->native);
    t->save->passes = 2;
    while (!t->no_memory && cn__save_step(t->save) && cn__native_next(&t->native, &row)) {
        any = true;
        for (size_t i = 0; i < section->column_count; i++) {
            const cn__column *column = &section->columns[i];
            if (column->to == CN__TO_X) {
                see_free(t, &row);
            } else if (!t->used[i] && !(column->flags & CN__JSON_ONLY)) {
                cn__native_values(&t->native, &row, column, &t->values);
                t->used[i] = t->values.count > 0 || is_kept(section, i);
            }
        }
    }
    return any;
}

/* ---- cells ---- */

/* Items of a list cell are parted by `|` and blanks around them are dropped: what holds such cannot be written. */
static bool list_holds(const char *text) {
    size_t len = strlen(text);
    return !strchr(text, '|') && len > 0 && text[0] != ' ' && text[len - 1] != ' ';
}

bool cn__table_value(cn__table *t, const cn__section *section, const cn__column *column) {
    const char *text = t->values.texts.data;
    bool list = (column->flags & CN__LIST) != 0;
    t->cell.len = 0;
    for (size_t i = 0; i < t->values.count; i++, text += strlen(text) + 1) {
        if (list && !list_holds(text)) {
            cn__save_lose(t->save, CN_MSG_SAVE_LOST, section->table, column->key, 1);
            continue;
        }
        cn_buf_add_text(&t->cell, t->cell.len ? "|" : "");
        cn_buf_add_text(&t->cell, text);
        if (!list) {
            break;
        }
    }
    return column->type == CN__MONEY || column->type == CN__NUMBER || column->type == CN__COUNT;
}

void cn__table_free_header(cn__table *t, size_t number) {
    t->cell.len = 0;
    cn_buf_add_text(&t->cell, "x.");
    cn_buf_add_text(&t->cell, cn__arena_at(&t->free_names.keys, t->free_names.entries[number].key));
}

void cn__table_free_row(cn__table *t, const cn__native_row *row) {
    size_t at = 0;
    for (size_t i = 0; i < t->free_names.entry_count; i++) {
        t->free[i] = NULL;
    }
    for (const cn_prop *prop = cn__native_free(&t->native, row, &at); prop;
         prop = cn__native_free(&t->native, row, &at)) {
        const char *name = cn_prop_x(t->save->net, prop);
        uint32_t column = cn__strmap_find(&t->free_names, name, strlen(name));
        if (column != CN_NONE) {
            t->free[column] = prop;
        }
    }
}

bool cn__table_free_value(cn__table *t, const cn_prop *prop) {
    const char *json = cn_prop_text(t->save->net, prop);
    size_t len = strlen(json);
    t->cell.len = 0;
    if (json[0] == '"' && cn__json_plain(&t->cell, json, len)) {
        return true;
    }
    t->cell.len = 0;
    cn_buf_add(&t->cell, json, len);
    return false;
}

const char *cn__table_text(const cn__table *t) { return t->cell.data && t->cell.len ? t->cell.data : ""; }

bool cn__table_failed(const cn__table *t) { return t->no_memory || t->values.texts.failed || t->cell.failed; }

void cn__table_release(cn__table *t) {
    cn__strmap_release(&t->free_names);
    cn__free(t->free);
    cn_buf_release(&t->values.texts);
    cn_buf_release(&t->cell);
    cn__native_release(&t->native);
}
