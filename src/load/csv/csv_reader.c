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
    uint64_t read; /* rows */
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
        t->cells[i] = (cn__row_cell){cn__csv_text(&t->csv, cell), cell->len,
                                     cell->guarded ? CN__CELL_LITERAL : CN__CELL_TEXT, cell->place};
    }
    t->walked = SIZE_MAX;
    cn_status status = cn__row_reader_row(&t->rows, t->cells, t->csv.cell_count, t->csv.row_place);
    t->csv.in_rows = t->rows.begun;
    return status;
}

/* The bulk reader has taken rows since: what stands in the first column of the last one. */
static cn_status see_above(void *context, const char *text, size_t len) {
    table *t = context;
    bool first_is_end = t->rows.column_count && t->rows.columns[0].column != CN__ROW_UNUSED &&
                        t->rows.section->columns[t->rows.columns[0].column].type == CN__REF;
    if (first_is_end) {
        t->rows.above.len = 0;
        cn_buf_add(&t->rows.above, text, len);
    }
    return t->rows.above.failed ? CN__NO_MEMORY(t->csv.load->err) : CN_OK;
}

/* All rows that follow of a large table. */
static cn_status read_bulk(table *t, bool *done) {
    uint32_t columns[CN__BULK_COLUMNS_MAX];
    int shift = 0;
    const cn__row_reader *rows = &t->rows;
    size_t count = rows->column_count < CN__BULK_COLUMNS_MAX ? rows->column_count : CN__BULK_COLUMNS_MAX;
    for (size_t i = 0; i < count; i++) {
        columns[i] = rows->columns[i].column;
        bool value = columns[i] != CN__ROW_UNUSED && rows->section->columns[columns[i]].to == CN__TO_SPEC &&
                     rows->section->columns[columns[i]].index == CN__SPEC_VALUE;
        shift = value ? rows->columns[i].shift : shift;
    }
    cn__bulk_job job = {rows->assembly, &t->csv,  rows->section, columns, rows->column_count,
                        shift,          take_row, see_above,     t};
    *done = !rows->matrix && !rows->repeats && !rows->has_inns && cn__bulk_suits(&job);
    return *done ? cn__bulk_read(&job) : CN_OK;
}

/* Progress of a table that is not read in bulk: a matrix, one with INNs, one without links. */
static cn_status watch_row(table *t) {
    enum { EVERY = 4096 };
    const cn__load *load = t->csv.load;
    if (++t->read % EVERY != 0 || !load->watch.step) {
        return CN_OK;
    }
    bool go_on = load->watch.step(load->watch.context, t->csv.at, t->csv.len);
    return go_on ? CN_OK : CN__FAIL0(load->err, CN_ERR_CANCELLED, CANCELLED);
}

static cn_status read_rows(table *t) {
    bool got = true;
    bool done = false;
    bool tried = false;
    cn_status status = CN_OK;
    while (status == CN_OK && got && !done && cn__row_reader_wanted(&t->rows)) {
        status = cn__csv_next(&t->csv, &got);
        if (status == CN_OK && got) {
            status = take_row(t);
            status = status == CN_OK ? watch_row(t) : status;
        }
        if (status == CN_OK && !tried && t->rows.first_rows > 0 && cn__row_reader_wanted(&t->rows)) {
            status = read_bulk(t, &done);
            tried = true;
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
    cn_status status = cn__csv_read(assembly, cn__section_at(CN__SECTION_LINKS), true, input->label, input->bytes,
                                    input->start, input->len);
    return status == CN_OK && !assembly->load->stop ? cn__assembly_entities_done(assembly) : status;
}
