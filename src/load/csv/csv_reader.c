/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One CSV table: scanned row by row for the row reader; a large table of links is handed to the bulk reader once its header is
 * known. Memory is that of one row; O(bytes).
 */
#include "csv_reader.h"

#include "bulk.h"
#include "csv_scan.h"
#include "error.h"
#include "input.h"
#include "memory.h"
#include "row_reader.h"

typedef struct table {
    cn__csv csv;
    cn__row_reader rows;
    cn__row_cell *cells; /* of the present row */
    size_t cell_cap;
    cn__csv_walk walk; /* through the cell `walked`, for the places of its items */
    size_t walked;
} table;

static cn__place place_in(void *context, size_t cell, size_t offset) {
    table *t = context;
    if (t->walked != cell || offset < t->walk.offset) {
        t->walk = cn__csv_walk_begin(&t->csv, &t->csv.cells[cell]);
        t->walked = cell;
    }
    return cn__csv_walk_to(&t->walk, offset);
}

/* The row that the scanner stands on. */
static cn_status take_row(void *context) {
    table *t = context;
    if (!cn__grow((void **)&t->cells, &t->cell_cap, 0, t->csv.cell_count, sizeof *t->cells)) {
        return CN__NO_MEMORY(t->csv.load->err);
    }
    for (size_t i = 0; i < t->csv.cell_count; i++) {
        const cn__csv_cell *cell = &t->csv.cells[i];
        t->cells[i] = (cn__row_cell){cn__csv_text(&t->csv, cell), cell->len, CN__CELL_TEXT, cell->place};
    }
    t->walked = SIZE_MAX;
    return cn__row_reader_row(&t->rows, t->cells, t->csv.cell_count, t->csv.row_place);
}

/* All rows that follow of a large table. */
static cn_status read_bulk(table *t, bool *done) {
    uint32_t columns[CN__BULK_COLUMNS_MAX];
    const cn__row_reader *rows = &t->rows;
    size_t count = rows->column_count < CN__BULK_COLUMNS_MAX ? rows->column_count : CN__BULK_COLUMNS_MAX;
    for (size_t i = 0; i < count; i++) {
        columns[i] = rows->columns[i].column;
    }
    cn__bulk_job job = {rows->assembly, &t->csv, rows->section, columns, rows->column_count, take_row, t};
    *done = cn__bulk_suits(&job);
    return *done ? cn__bulk_read(&job) : CN_OK;
}

static cn_status read_rows(table *t) {
    bool got = true;
    bool done = false;
    cn_status status = CN_OK;
    while (status == CN_OK && got && !done && cn__row_reader_wanted(&t->rows)) {
        bool before = t->rows.begun;
        status = cn__csv_next(&t->csv, &got);
        if (status == CN_OK && got) {
            status = take_row(t);
        }
        if (status == CN_OK && !before && t->rows.begun && cn__row_reader_wanted(&t->rows)) {
            status = read_bulk(t, &done);
        }
    }
    return status == CN_OK ? cn__row_reader_end(&t->rows) : status;
}

cn_status cn__csv_read(cn__assembly *assembly, const cn__section *section, bool lone, const char *file,
                       const char *text, size_t start, size_t len) {
    table t = {0};
    cn__row_reader_begin(&t.rows, assembly, section, file);
    cn__csv_begin(&t.csv, assembly->load, file, text, start, len);
    if (lone) {
        cn__csv_be_lone(&t.csv);
    }
    t.rows.lone = lone;
    t.rows.decimal_comma = t.csv.separator != ',';
    t.rows.place_in = place_in;
    t.rows.context = &t;
    cn_status status = read_rows(&t);
    cn__csv_end(&t.csv);
    cn__csv_release(&t.csv);
    cn__row_reader_release(&t.rows);
    cn__free(t.cells);
    return status;
}

/* Any text may be a table. */
bool cn__sniff_csv(const cn__input *input) {
    (void)input;
    return true;
}

cn_status cn__read_csv(cn__assembly *assembly, const cn__input *input) {
    assembly->name_entities = true;
    return cn__csv_read(assembly, cn__section_at(CN__SECTION_LINKS), true, input->label, input->bytes, input->start,
                        input->len);
}
