/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook as a network: its sheets are the tables of a folder, told by their names in either language, and read in the order of
 * assembly. A workbook without such names is one table: its only sheet that is not empty, or the one asked for by --sheet. O(sheets
 * squared) besides the reading.
 */
#include "workbook.h"

#include "error.h"
#include "memory.h"
#include "utf8.h"

#include <string.h>

enum { SHEETS_MAX = 1000 };

cn_status cn__book_add(cn__book *book, const char *name, const char *part, bool hidden) {
    cn_buf label = {0};
    if (book->count >= SHEETS_MAX) {
        return CN_OK;
    }
    if (!cn__grow((void **)&book->sheets, &book->cap, book->count, 1, sizeof *book->sheets)) {
        return CN__NO_MEMORY(book->assembly->load->err);
    }
    cn_buf_add_text(&label, book->label);
    cn_buf_add_text(&label, "[");
    cn_buf_add_text(&label, name);
    cn_buf_add_text(&label, "]");
    cn__book_sheet *sheet = &book->sheets[book->count++];
    *sheet =
        (cn__book_sheet){cn__strdup(name), part ? cn__strdup(part) : NULL, label.data ? cn__strdup(label.data) : NULL,
                         hidden, cn__section_find_name(name, strlen(name))};
    bool kept = sheet->name && sheet->label && (sheet->part || !part) && !label.failed;
    cn_buf_release(&label);
    return kept ? CN_OK : CN__NO_MEMORY(book->assembly->load->err);
}

void cn__book_release(cn__book *book) {
    for (size_t i = 0; i < book->count; i++) {
        cn__free(book->sheets[i].name);
        cn__free(book->sheets[i].part);
        cn__free(book->sheets[i].label);
    }
    cn__free(book->sheets);
    memset(book, 0, sizeof *book);
}

static cn_status read_sheet(cn__book *book, const cn__book_sheet *sheet, const cn__section *section,
                            const cn__sheet_range *chosen, bool lone) {
    cn__row_reader reader;
    cn__sheet_rows rows = {.reader = &reader, .range = chosen ? *chosen : CN__SHEET_WHOLE};
    cn__row_reader_begin(&reader, book->assembly, section, sheet->label);
    reader.lone = lone;
    reader.chosen = chosen != NULL;
    cn_status status = book->read(book->context, sheet, &rows);
    if (status == CN_OK && (rows.taken > 0 || lone)) {
        status = cn__row_reader_end(&reader);
    }
    cn__sheet_rows_release(&rows);
    cn__row_reader_release(&reader);
    return status;
}

/* A sheet that is all there is. */
static cn_status read_lone(cn__book *book, const cn__book_sheet *sheet, const cn__sheet_range *chosen) {
    cn__assembly *assembly = book->assembly;
    const cn__section *section = sheet->section && sheet->section->shape == CN__SHAPE_ENTITY
                                     ? sheet->section
                                     : cn__section_at(CN__SECTION_LINKS);
    assembly->name_entities = true;
    cn_status status = read_sheet(book, sheet, section, chosen, true);
    return status == CN_OK && !assembly->load->stop ? cn__assembly_entities_done(assembly) : status;
}

/* ---- --sheet ---- */

static void list_names(const cn__book *book, cn_buf *out) {
    for (size_t i = 0; i < book->count; i++) {
        cn_buf_add_text(out, i ? ", " : "");
        cn_buf_add_text(out, book->sheets[i].name);
    }
    cn_buf_add_text(out, "");
}

static bool same_name(const char *a, size_t len, const char *b) {
    cn_buf folded[2] = {{0}, {0}};
    cn_buf copy = {0};
    cn_buf_add(&copy, a, len);
    cn__utf8_fold(&folded[0], copy.data ? copy.data : "");
    cn__utf8_fold(&folded[1], b);
    bool same = folded[0].data && folded[1].data && strcmp(folded[0].data, folded[1].data) == 0;
    cn_buf_release(&copy);
    cn_buf_release(&folded[0]);
    cn_buf_release(&folded[1]);
    return same;
}

static cn_status read_asked(cn__book *book, const char *asked) {
    cn__sheet_range range;
    const char *mark = strrchr(asked, '!');
    bool ranged = mark && cn__sheet_range_parse(mark + 1, &range);
    size_t len = ranged ? (size_t)(mark - asked) : strlen(asked);
    for (size_t i = 0; i < book->count; i++) {
        bool only = len == 0 && book->count == 1;
        if (only || same_name(asked, len, book->sheets[i].name)) {
            return read_lone(book, &book->sheets[i], ranged ? &range : NULL);
        }
    }
    cn_buf names = {0};
    list_names(book, &names);
    cn_status status =
        CN__FAIL2(book->assembly->load->err, CN_ERR_ARGUMENT, SHEET_UNKNOWN, asked, names.data ? names.data : "");
    cn_buf_release(&names);
    return status;
}

/* ---- all tables ---- */

static bool is_table(const cn__book_sheet *sheet) { return sheet->section && !sheet->hidden; }

static void say_left_out(cn__book *book) {
    cn__load *load = book->assembly->load;
    for (size_t i = 0; i < book->count; i++) {
        const cn__book_sheet *sheet = &book->sheets[i];
        if (sheet->hidden) {
            CN__REPORT1(load, book->label, ((cn__place){0, 0}), SHEET_HIDDEN, sheet->name);
        } else if (!sheet->section) {
            CN__REPORT1(load, book->label, ((cn__place){0, 0}), SHEET_NOT_READ, sheet->name);
        }
    }
}

static cn_status read_tables(cn__book *book) {
    cn__assembly *assembly = book->assembly;
    cn_status status = CN_OK;
    assembly->name_entities = true;
    for (size_t i = 0; i < book->count; i++) {
        bool entities = is_table(&book->sheets[i]) && book->sheets[i].section->shape == CN__SHAPE_ENTITY;
        assembly->name_entities = assembly->name_entities && !entities;
    }
    say_left_out(book);
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK && !assembly->load->stop; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_LINK) {
            status = cn__assembly_entities_done(assembly);
        }
        for (size_t i = 0; i < book->count && status == CN_OK && !assembly->load->stop; i++) {
            if (is_table(&book->sheets[i]) && book->sheets[i].section == section) {
                bool lone = assembly->name_entities && section->shape == CN__SHAPE_LINK;
                status = read_sheet(book, &book->sheets[i], section, NULL, lone);
            }
        }
    }
    return status;
}

/* ---- one table ---- */

/* Does a sheet hold anything? Its rows go nowhere. */
static cn_status look(cn__book *book, const cn__book_sheet *sheet, bool *filled) {
    cn__row_reader reader;
    cn__sheet_rows rows = {.reader = &reader, .range = CN__SHEET_WHOLE};
    cn__row_reader_begin(&reader, book->assembly, cn__section_at(CN__SECTION_LINKS), sheet->label);
    reader.refused = true; /* one row is enough */
    cn_status status = book->read(book->context, sheet, &rows);
    *filled = rows.taken > 0;
    cn__sheet_rows_release(&rows);
    cn__row_reader_release(&reader);
    return status;
}

static cn_status read_only_one(cn__book *book) {
    const cn__book_sheet *only = NULL;
    size_t filled = 0;
    cn_status status = CN_OK;
    size_t visible = 0;
    for (size_t i = 0; i < book->count; i++) {
        visible += !book->sheets[i].hidden;
    }
    for (size_t i = 0; i < book->count && status == CN_OK; i++) {
        bool holds = visible == 1;
        if (!book->sheets[i].hidden && visible > 1) {
            status = look(book, &book->sheets[i], &holds);
        }
        if (!book->sheets[i].hidden && holds) {
            only = only ? only : &book->sheets[i];
            filled++;
        }
    }
    if (status != CN_OK || filled == 1) {
        return status == CN_OK ? read_lone(book, only, NULL) : status;
    }
    cn_buf names = {0};
    list_names(book, &names);
    CN__REPORT1(book->assembly->load, book->label, ((cn__place){0, 0}), NO_SHEETS, names.data ? names.data : "");
    cn_buf_release(&names);
    return CN_OK;
}

cn_status cn__book_read(cn__book *book) {
    bool any = false;
    for (size_t i = 0; i < book->count; i++) {
        any = any || is_table(&book->sheets[i]);
    }
    if (book->assembly->load->sheet) {
        return read_asked(book, book->assembly->load->sheet);
    }
    return any ? read_tables(book) : read_only_one(book);
}
