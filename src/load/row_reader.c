/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows to records. Invariant: columns[i] is what cell i means; UNUSED where nothing is known of it. Of a table of properties
 * `columns` are those that were given so far. Memory is that of one row; O(bytes).
 */
#include "row_reader.h"

#include "error.h"
#include "json_free.h"
#include "near_name.h"
#include "utf8.h"

#include <string.h>

static cn_status no_memory(const cn__row_reader *t) { return CN__NO_MEMORY(t->load->err); }

static bool out_of_memory(const cn__row_reader *t) { return t->names.failed || t->folded.failed || t->scratch.failed; }

/* ---- header ---- */

static void say_unknown(const cn__row_reader *t, const cn__row_cell *cell, const char *text) {
    const char *near = cn__may_suggest(t->load) ? cn__near_column(t->section, text, true) : NULL;
    if (near) {
        CN__REPORT3(t->load, t->label, cell->place, UNKNOWN_COLUMN_NEAR, text, t->section->table, near);
    } else {
        CN__REPORT2(t->load, t->label, cell->place, UNKNOWN_COLUMN, text, t->section->table);
    }
}

static const cn__column *free_column(const cn__section *section) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].type == CN__FREE) {
            return &section->columns[i];
        }
    }
    return NULL;
}

/* The column a header means, or NULL. Of "x.NAME" also the offset of the name. */
static const cn__column *find_column(cn__row_reader *t, const char *text, size_t *name) {
    const cn__column *column = free_column(t->section);
    if (column && strncmp(text, "x.", 2) == 0 && text[2]) {
        *name = t->names.len;
        cn_buf_add(&t->names, text + 2, strlen(text + 2) + 1);
        return column;
    }
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, text);
    return t->folded.data ? cn__column_find_header(t->section, t->folded.data, &t->scratch) : NULL;
}

static const cn__row_column *header_of(const cn__row_reader *t, uint32_t column, size_t name) {
    bool is_free = t->section->columns[column].type == CN__FREE;
    for (size_t i = 0; i < t->column_count; i++) {
        bool same = t->columns[i].column == column;
        if (same && (!is_free || strcmp(t->names.data + t->columns[i].name, t->names.data + name) == 0)) {
            return &t->columns[i];
        }
    }
    return NULL;
}

static cn_status read_name(cn__row_reader *t, const cn__row_cell *cell) {
    const char *text = cell->text;
    cn__row_column head = {CN__ROW_UNUSED, 0, cell->place};
    if (cell->len == 0) {
        CN__REPORT1(t->load, t->label, cell->place, UNNAMED_COLUMN, t->section->table);
    } else {
        const cn__column *column = find_column(t, text, &head.name);
        if (out_of_memory(t)) {
            return no_memory(t);
        }
        head.column = column ? (uint32_t)(column - t->section->columns) : CN__ROW_UNUSED;
        const cn__row_column *earlier = column ? header_of(t, head.column, head.name) : NULL;
        if (earlier) {
            cn_buf place = {0};
            cn__place_text(&place, t->label, earlier->place);
            CN__REPORT3(t->load, t->label, cell->place, DUPLICATE_COLUMN, text, column->key,
                        place.data ? place.data : "");
            cn_buf_release(&place);
            head.column = CN__ROW_UNUSED;
        } else if (!column) {
            say_unknown(t, cell, text);
        }
    }
    if (!cn__grow((void **)&t->columns, &t->column_cap, t->column_count, 1, sizeof *t->columns)) {
        return no_memory(t);
    }
    t->columns[t->column_count++] = head;
    return CN_OK;
}

/* Empty cells at the end of the header are no columns. */
static size_t named_cells(const cn__row_reader *t) {
    size_t count = t->cell_count;
    while (count > 0 && t->cells[count - 1].len == 0) {
        count--;
    }
    return count;
}

static bool has_column(const cn__row_reader *t, const cn__column *wanted) {
    for (size_t i = 0; i < t->column_count; i++) {
        const cn__column *column =
            t->columns[i].column == CN__ROW_UNUSED ? NULL : &t->section->columns[t->columns[i].column];
        if (column && column->to == wanted->to && column->index == wanted->index) {
            return true;
        }
    }
    return false;
}

/* Report required columns that the header lacks. False: there are some. */
static bool header_complete(cn__row_reader *t) {
    bool all = true;
    for (size_t i = 0; i < t->section->column_count; i++) {
        const cn__column *column = &t->section->columns[i];
        if (!(column->flags & CN__REQUIRED) || (column->flags & CN__JSON_ONLY) || has_column(t, column)) {
            continue;
        }
        if (column->to == CN__TO_SPEC && column->index == CN__SPEC_KIND) {
            t->default_kind = (uint32_t)i;
            continue;
        }
        CN__REPORT2(t->load, t->label, t->place, MISSING_COLUMN, column->key, t->section->table);
        all = false;
    }
    return all;
}

static cn_status read_header(cn__row_reader *t, bool *good) {
    cn_status status = CN_OK;
    size_t count = named_cells(t);
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        status = read_name(t, &t->cells[i]);
    }
    *good = status == CN_OK && header_complete(t);
    return status;
}

/* Does any cell of the first row name a column? */
static bool row_is_header(cn__row_reader *t) {
    for (size_t i = 0; i < t->cell_count; i++) {
        size_t name;
        if (find_column(t, t->cells[i].text, &name)) {
            return true;
        }
    }
    return false;
}

/* A lone table without header: from, to and perhaps the value. */
static cn_status assume_header(cn__row_reader *t, bool *good) {
    static const cn__spec order[] = {CN__SPEC_FROM, CN__SPEC_TO, CN__SPEC_VALUE};
    size_t count = named_cells(t);
    *good = count == 2 || count == 3;
    if (!*good) {
        cn__digits digits;
        CN__REPORT1(t->load, t->label, t->place, NO_HEADER, cn__digits_of(&digits, count));
        return CN_OK;
    }
    CN__REPORT1(t->load, t->label, t->place, HEADER_ASSUMED, count == 2 ? "from, to" : "from, to, value");
    for (size_t i = 0; i < count; i++) {
        if (!cn__grow((void **)&t->columns, &t->column_cap, t->column_count, 1, sizeof *t->columns)) {
            return no_memory(t);
        }
        cn__row_column *head = &t->columns[t->column_count++];
        *head = (cn__row_column){CN__ROW_UNUSED, 0, t->cells[i].place};
        for (size_t c = 0; c < t->section->column_count; c++) {
            const cn__column *column = &t->section->columns[c];
            if (column->to == CN__TO_SPEC && column->index == (int)order[i]) {
                head->column = (uint32_t)c;
            }
        }
    }
    (void)header_complete(t);
    return CN_OK;
}

/* ---- cells ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Bytes of a space that may group digits: blank, no-break space, narrow no-break space, thin space. */
static size_t group_space(const char *text) {
    return *text == ' '                            ? 1
           : strncmp(text, "\xC2\xA0", 2) == 0     ? 2
           : strncmp(text, "\xE2\x80\xAF", 3) == 0 ? 3
           : strncmp(text, "\xE2\x80\x89", 3) == 0 ? 3
                                                   : 0;
}

/* A number as spreadsheets write it to the notation of JSON: spaces between digits go, a decimal comma becomes a point. */
static void add_number(cn_buf *out, const char *text, bool comma) {
    while (*text) {
        size_t space = group_space(text);
        bool digits_around = space && out->len > 0 && is_digit(out->data[out->len - 1]) && is_digit(text[space]);
        if (digits_around) {
            text += space;
        } else {
            cn_buf_add(out, comma && *text == ',' ? "." : text, 1);
            text++;
        }
    }
}

static cn_status add_text(cn__row_reader *t, uint32_t index, const char *name, const char *text, size_t len,
                          cn__place place) {
    if (len > t->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(t->load, t->label, place, TEXT_TOO_LONG, t->section->columns[index].key,
                    cn__digits_of(&limit, t->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return CN_OK;
    }
    return cn__draft_add(&t->draft, index, name, text, len, place) ? CN_OK : no_memory(t);
}

/* The items of a list cell, between "|", each with its own place. */
static cn_status add_list(cn__row_reader *t, uint32_t index, const cn__row_cell *cell) {
    const char *text = cell->text;
    size_t number = (size_t)(cell - t->cells);
    cn_status status = CN_OK;
    for (size_t from = 0; from <= cell->len && status == CN_OK;) {
        size_t to = from + strcspn(text + from, "|");
        size_t next = to + 1;
        while (from < to && text[from] == ' ') {
            from++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        if (to > from) {
            cn__place place = t->place_in ? t->place_in(t->context, number, from) : cell->place;
            status = add_text(t, index, NULL, text + from, to - from, place);
        }
        from = next;
    }
    return status;
}

/* One cell of a row that is not empty. */
static cn_status add_cell(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    const char *text = cell->text;
    t->scratch.len = 0;
    switch (column->type) {
    case CN__FREE:
        cn__json_free_cell(&t->scratch, text, cell->len);
        return t->scratch.failed ? no_memory(t)
                                 : add_text(t, head->column, t->names.data + head->name, t->scratch.data,
                                            t->scratch.len, cell->place);
    case CN__MONEY:
    case CN__NUMBER:
    case CN__COUNT:
        add_number(&t->scratch, text, t->decimal_comma && cell->kind == CN__CELL_TEXT);
        return t->scratch.failed ? no_memory(t)
                                 : add_text(t, head->column, NULL, t->scratch.data, t->scratch.len, cell->place);
    default:
        return column->flags & CN__LIST ? add_list(t, head->column, cell)
                                        : add_text(t, head->column, NULL, text, cell->len, cell->place);
    }
}

/* ---- rows ---- */

static void check_width(const cn__row_reader *t, size_t columns) {
    cn__digits found;
    cn__digits expected;
    size_t used = named_cells(t);
    if (used > columns) {
        CN__REPORT2(t->load, t->label, t->cells[columns].place, ROW_TOO_LONG, cn__digits_of(&found, used),
                    cn__digits_of(&expected, columns));
    } else if (t->cell_count < columns) {
        CN__REPORT2(t->load, t->label, t->place, ROW_TOO_SHORT, cn__digits_of(&found, t->cell_count),
                    cn__digits_of(&expected, columns));
    }
}

static cn_status take_draft(cn__row_reader *t) {
    cn__record record = {t->section, t->label, t->draft.texts.bytes, t->draft.cells, t->draft.cell_count,
                         CN_NONE,    t->place};
    return cn__assembly_take(t->assembly, &record, NULL);
}

static cn_status read_row(cn__row_reader *t) {
    cn_status status = CN_OK;
    check_width(t, t->column_count);
    cn__draft_begin(&t->draft);
    for (size_t i = 0; i < t->cell_count && i < t->column_count && status == CN_OK; i++) {
        if (t->cells[i].len > 0 && t->columns[i].column != CN__ROW_UNUSED) {
            status = add_cell(t, &t->columns[i], &t->cells[i]);
        }
    }
    if (status == CN_OK && t->default_kind != CN__ROW_UNUSED) {
        const char *supply = cn_vocabulary_key(CN_VOC_LINK_KIND, CN_LINK_SUPPLY);
        bool kept = cn__draft_add(&t->draft, t->default_kind, NULL, supply, strlen(supply), t->place);
        status = kept ? CN_OK : no_memory(t);
    }
    return status == CN_OK ? take_draft(t) : status;
}

/* network.csv: a property of the network in each row. */
static cn_status read_property(cn__row_reader *t) {
    check_width(t, 2);
    if (t->cell_count < 2 || t->cells[1].len == 0) {
        return CN_OK;
    }
    const cn__row_cell *key = &t->cells[0];
    size_t name;
    const cn__column *column = find_column(t, key->text, &name);
    if (out_of_memory(t)) {
        return no_memory(t);
    }
    if (!column) {
        say_unknown(t, key, key->text);
        return CN_OK;
    }
    cn__row_column head = {(uint32_t)(column - t->section->columns), 0, key->place};
    const cn__row_column *earlier = header_of(t, head.column, 0);
    if (earlier) {
        cn_buf place = {0};
        cn__place_text(&place, t->label, earlier->place);
        CN__REPORT2(t->load, t->label, key->place, DUPLICATE_KEY, key->text, place.data ? place.data : "");
        cn_buf_release(&place);
    }
    if (!cn__grow((void **)&t->columns, &t->column_cap, t->column_count, 1, sizeof *t->columns)) {
        return no_memory(t);
    }
    t->columns[t->column_count++] = head;
    cn__draft_begin(&t->draft);
    cn_status status = add_cell(t, &head, &t->cells[1]);
    return status == CN_OK ? take_draft(t) : status;
}

static bool is_property_header(cn__row_reader *t) {
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, t->cells[0].text); /* a row that is not empty has a cell */
    const char *key = t->folded.data ? t->folded.data : "";
    return strcmp(key, "key") == 0 || strcmp(key, "ключ") == 0;
}

/* ---- tables ---- */

void cn__row_reader_begin(cn__row_reader *reader, cn__assembly *assembly, const cn__section *section,
                          const char *label) {
    memset(reader, 0, sizeof *reader);
    reader->assembly = assembly;
    reader->load = assembly->load;
    reader->section = section;
    reader->label = label;
    reader->decimal_comma = true;
    reader->default_kind = CN__ROW_UNUSED;
}

static void stand_on(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    t->cells = cells;
    t->cell_count = count;
    t->place = place;
}

cn_status cn__row_reader_header(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    bool good = false;
    stand_on(t, cells, count, place);
    t->begun = true;
    cn_status status = read_header(t, &good);
    t->refused = !good;
    return status;
}

/* The first row: the header, or without one the first record. */
static cn_status begin_rows(cn__row_reader *t) {
    bool is_network = t->section->shape == CN__SHAPE_NETWORK;
    bool headless = is_network ? !is_property_header(t) : t->lone && !row_is_header(t);
    bool good = true;
    if (out_of_memory(t)) {
        return no_memory(t);
    }
    t->begun = true;
    cn_status status = is_network ? CN_OK : headless ? assume_header(t, &good) : read_header(t, &good);
    t->refused = !good;
    if (status != CN_OK || !good || !headless) {
        return status;
    }
    return is_network ? read_property(t) : read_row(t);
}

cn_status cn__row_reader_row(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    stand_on(t, cells, count, place);
    if (!t->begun) {
        return begin_rows(t);
    }
    if (!cn__row_reader_wanted(t)) {
        return CN_OK;
    }
    return t->section->shape == CN__SHAPE_NETWORK ? read_property(t) : read_row(t);
}

cn_status cn__row_reader_end(cn__row_reader *t) {
    if (!t->begun && !t->load->stop) {
        CN__REPORT0(t->load, t->label, ((cn__place){1, 1}), EMPTY_FILE);
    }
    return CN_OK;
}

bool cn__row_reader_wanted(const cn__row_reader *reader) { return !reader->refused && !reader->load->stop; }

void cn__row_reader_release(cn__row_reader *reader) {
    cn__free(reader->columns);
    cn_buf_release(&reader->names);
    cn_buf_release(&reader->folded);
    cn_buf_release(&reader->scratch);
    cn__draft_release(&reader->draft);
    memset(reader, 0, sizeof *reader);
}
