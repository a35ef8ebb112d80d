/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records and their store. Invariant: the cells of a row lie side by side in its section's array, texts are offsets into one
 * arena, so that a kept record costs its text, 20 bytes a cell and 40 a row, and growing never moves what others point to.
 */
#include "record.h"

#include <string.h>

const char *cn__cell_text(const cn__record *record, const cn__cell *cell) {
    return cell->text == 0 ? "" : record->base + cell->text;
}

const char *cn__cell_name(const cn__record *record, const cn__cell *cell) {
    return cell->name == 0 ? "" : record->base + cell->name;
}

const cn__column *cn__cell_column(const cn__record *record, const cn__cell *cell) {
    return &record->section->columns[cell->column];
}

const cn__cell *cn__record_cell(const cn__record *record, cn__to to, int index) {
    for (size_t i = 0; i < record->cell_count; i++) {
        const cn__column *column = cn__cell_column(record, &record->cells[i]);
        if (column->to == to && (index < 0 || column->index == index)) {
            return &record->cells[i];
        }
    }
    return NULL;
}

void cn__draft_begin(cn__draft *draft) {
    draft->texts.len = 0;
    draft->cell_count = 0;
}

bool cn__draft_add(cn__draft *draft, uint32_t column, const char *name, const char *text, size_t len, cn__place place) {
    cn__cell cell = {0, 0, column, place};
    if (!cn__grow((void **)&draft->cells, &draft->cell_cap, draft->cell_count, 1, sizeof *draft->cells) ||
        !cn__arena_add(&draft->texts, text, len, &cell.text) ||
        (name && !cn__arena_add(&draft->texts, name, strlen(name), &cell.name))) {
        return false;
    }
    draft->cells[draft->cell_count++] = cell;
    return true;
}

void cn__draft_release(cn__draft *draft) {
    cn__arena_release(&draft->texts);
    cn__free(draft->cells);
    memset(draft, 0, sizeof *draft);
}

static bool copy_cell(cn__store *store, const cn__record *record, const cn__cell *from, cn__cell *to) {
    const char *text = cn__cell_text(record, from);
    *to = *from;
    if (!cn__arena_add(&store->texts, text, strlen(text), &to->text)) {
        return false;
    }
    if (cn__cell_column(record, from)->to == CN__TO_X) {
        const char *name = cn__cell_name(record, from);
        return cn__arena_add(&store->texts, name, strlen(name), &to->name);
    }
    return true;
}

bool cn__store_add(cn__store *store, const cn__record *record, uint32_t *row) {
    cn__rows *rows = &store->sections[record->section->id];
    if (!cn__grow((void **)&rows->rows, &rows->row_cap, rows->row_count, 1, sizeof *rows->rows) ||
        !cn__grow((void **)&rows->cells, &rows->cell_cap, rows->cell_count, record->cell_count, sizeof *rows->cells)) {
        return false;
    }
    for (size_t i = 0; i < record->cell_count; i++) {
        if (!copy_cell(store, record, &record->cells[i], &rows->cells[rows->cell_count + i])) {
            return false;
        }
    }
    if (row) {
        *row = (uint32_t)rows->row_count;
    }
    rows->rows[rows->row_count++] = (struct cn__row){
        rows->cell_count, (uint32_t)record->cell_count, record->parent, CN_NONE, record->place, record->file};
    rows->cell_count += record->cell_count;
    return true;
}

cn__record cn__store_at(const cn__store *store, cn__section_id section, size_t row) {
    const cn__rows *rows = &store->sections[section];
    const struct cn__row *found = &rows->rows[row];
    cn__record record = {cn__section_at(section),
                         found->file,
                         store->texts.bytes,
                         found->count ? rows->cells + found->first : NULL,
                         found->count,
                         found->parent,
                         found->place};
    return record;
}

void cn__store_release(cn__store *store) {
    cn__arena_release(&store->texts);
    for (int i = 0; i < CN__SECTION_COUNT; i++) {
        cn__free(store->sections[i].cells);
        cn__free(store->sections[i].rows);
    }
    memset(store, 0, sizeof *store);
}
