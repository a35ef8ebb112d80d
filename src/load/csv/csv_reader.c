/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One CSV table: its header tells which column of the section each cell belongs to, then every row is a record. Invariant:
 * columns[i] is what cell i means; UNUSED where nothing is known of it. Memory is that of one row; O(bytes).
 */
#include "csv_reader.h"

#include "bulk.h"
#include "csv_scan.h"
#include "error.h"
#include "json_free.h"
#include "near_name.h"
#include "utf8.h"

#include <string.h>

#define UNUSED UINT32_MAX

/* What a cell of a row means. */
typedef struct header_cell {
    uint32_t column; /* in the section, or UNUSED */
    size_t name;     /* of a free attribute: its name in `names` */
    cn__place place;
} header_cell;

typedef struct table {
    cn__assembly *assembly;
    cn__load *load;
    const cn__section *section;
    const char *file;
    cn__csv csv;
    header_cell *header;
    size_t header_count;
    size_t header_cap;
    cn_buf names;
    cn_buf folded;
    cn_buf scratch;
    cn__draft draft;
    uint32_t default_kind; /* column of the link's kind when the table has none; else UNUSED */
} table;

static cn_status no_memory(const table *t) { return CN__NO_MEMORY(t->load->err); }

/* ---- header ---- */

static void say_unknown(const table *t, const cn__csv_cell *cell, const char *text) {
    const char *near = cn__may_suggest(t->load) ? cn__near_column(t->section, text, true) : NULL;
    if (near) {
        CN__REPORT3(t->load, t->file, cell->place, UNKNOWN_COLUMN_NEAR, text, t->section->table, near);
    } else {
        CN__REPORT2(t->load, t->file, cell->place, UNKNOWN_COLUMN, text, t->section->table);
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
static const cn__column *find_column(table *t, const char *text, size_t *name) {
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

static const header_cell *header_of(const table *t, uint32_t column, size_t name) {
    bool is_free = t->section->columns[column].type == CN__FREE;
    for (size_t i = 0; i < t->header_count; i++) {
        bool same = t->header[i].column == column;
        if (same && (!is_free || strcmp(t->names.data + t->header[i].name, t->names.data + name) == 0)) {
            return &t->header[i];
        }
    }
    return NULL;
}

static cn_status read_header_cell(table *t, const cn__csv_cell *cell) {
    const char *text = cn__csv_text(&t->csv, cell);
    header_cell head = {UNUSED, 0, cell->place};
    if (cell->len == 0) {
        CN__REPORT1(t->load, t->file, cell->place, UNNAMED_COLUMN, t->section->table);
    } else {
        const cn__column *column = find_column(t, text, &head.name);
        if (t->names.failed || t->folded.failed || t->scratch.failed) {
            return no_memory(t);
        }
        head.column = column ? (uint32_t)(column - t->section->columns) : UNUSED;
        const header_cell *earlier = column ? header_of(t, head.column, head.name) : NULL;
        if (earlier) {
            cn_buf place = {0};
            cn__place_text(&place, t->file, earlier->place);
            CN__REPORT3(t->load, t->file, cell->place, DUPLICATE_COLUMN, text, column->key,
                        place.data ? place.data : "");
            cn_buf_release(&place);
            head.column = UNUSED;
        } else if (!column) {
            say_unknown(t, cell, text);
        }
    }
    if (!cn__grow((void **)&t->header, &t->header_cap, t->header_count, 1, sizeof *t->header)) {
        return no_memory(t);
    }
    t->header[t->header_count++] = head;
    return CN_OK;
}

/* Empty cells at the end of the header are no columns. */
static size_t named_cells(const cn__csv *csv) {
    size_t count = csv->cell_count;
    while (count > 0 && csv->cells[count - 1].len == 0) {
        count--;
    }
    return count;
}

static bool has_column(const table *t, const cn__column *wanted) {
    for (size_t i = 0; i < t->header_count; i++) {
        const cn__column *column = t->header[i].column == UNUSED ? NULL : &t->section->columns[t->header[i].column];
        if (column && column->to == wanted->to && column->index == wanted->index) {
            return true;
        }
    }
    return false;
}

/* Report required columns that the header lacks. False: there are some. */
static bool header_complete(table *t) {
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
        CN__REPORT2(t->load, t->file, t->csv.row_place, MISSING_COLUMN, column->key, t->section->table);
        all = false;
    }
    return all;
}

static cn_status read_header(table *t, bool *good) {
    cn_status status = CN_OK;
    size_t count = named_cells(&t->csv);
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        status = read_header_cell(t, &t->csv.cells[i]);
    }
    *good = status == CN_OK && header_complete(t);
    return status;
}

/* Does any cell of the first row name a column? */
static bool row_is_header(table *t) {
    for (size_t i = 0; i < t->csv.cell_count; i++) {
        size_t name;
        if (find_column(t, cn__csv_text(&t->csv, &t->csv.cells[i]), &name)) {
            return true;
        }
    }
    return false;
}

/* A lone table without header: from, to and perhaps the value. */
static cn_status assume_header(table *t, bool *good) {
    static const cn__spec order[] = {CN__SPEC_FROM, CN__SPEC_TO, CN__SPEC_VALUE};
    size_t count = named_cells(&t->csv);
    *good = count == 2 || count == 3;
    if (!*good) {
        cn__digits digits;
        CN__REPORT1(t->load, t->file, t->csv.row_place, NO_HEADER, cn__digits_of(&digits, count));
        return CN_OK;
    }
    CN__REPORT1(t->load, t->file, t->csv.row_place, HEADER_ASSUMED, count == 2 ? "from, to" : "from, to, value");
    for (size_t i = 0; i < count; i++) {
        if (!cn__grow((void **)&t->header, &t->header_cap, t->header_count, 1, sizeof *t->header)) {
            return no_memory(t);
        }
        header_cell *head = &t->header[t->header_count++];
        *head = (header_cell){UNUSED, 0, t->csv.cells[i].place};
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

static cn_status add_text(table *t, uint32_t index, const char *name, const char *text, size_t len, cn__place place) {
    if (len > t->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(t->load, t->file, place, TEXT_TOO_LONG, t->section->columns[index].key,
                    cn__digits_of(&limit, t->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return CN_OK;
    }
    return cn__draft_add(&t->draft, index, name, text, len, place) ? CN_OK : no_memory(t);
}

/* The items of a list cell, between "|", each with its own place. */
static cn_status add_list(table *t, uint32_t index, const cn__csv_cell *cell) {
    const char *text = cn__csv_text(&t->csv, cell);
    cn__csv_walk walk = cn__csv_walk_begin(&t->csv, cell);
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
            status = add_text(t, index, NULL, text + from, to - from, cn__csv_walk_to(&walk, from));
        }
        from = next;
    }
    return status;
}

/* One cell of a row that is not empty. */
static cn_status add_cell(table *t, const header_cell *head, const cn__csv_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    const char *text = cn__csv_text(&t->csv, cell);
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
        add_number(&t->scratch, text, t->csv.separator != ',');
        return t->scratch.failed ? no_memory(t)
                                 : add_text(t, head->column, NULL, t->scratch.data, t->scratch.len, cell->place);
    default:
        return column->flags & CN__LIST ? add_list(t, head->column, cell)
                                        : add_text(t, head->column, NULL, text, cell->len, cell->place);
    }
}

/* ---- rows ---- */

static void check_width(const table *t, size_t columns) {
    const cn__csv *csv = &t->csv;
    cn__digits found;
    cn__digits expected;
    size_t used = named_cells(csv);
    if (used > columns) {
        CN__REPORT2(t->load, t->file, csv->cells[columns].place, ROW_TOO_LONG, cn__digits_of(&found, used),
                    cn__digits_of(&expected, columns));
    } else if (csv->cell_count < columns) {
        CN__REPORT2(t->load, t->file, csv->row_place, ROW_TOO_SHORT, cn__digits_of(&found, csv->cell_count),
                    cn__digits_of(&expected, columns));
    }
}

static cn_status take_draft(table *t) {
    cn__record record = {t->section,          t->file, t->draft.texts.bytes, t->draft.cells,
                         t->draft.cell_count, CN_NONE, t->csv.row_place};
    return cn__assembly_take(t->assembly, &record, NULL);
}

static cn_status read_row(table *t) {
    cn_status status = CN_OK;
    check_width(t, t->header_count);
    cn__draft_begin(&t->draft);
    for (size_t i = 0; i < t->csv.cell_count && i < t->header_count && status == CN_OK; i++) {
        if (t->csv.cells[i].len > 0 && t->header[i].column != UNUSED) {
            status = add_cell(t, &t->header[i], &t->csv.cells[i]);
        }
    }
    if (status == CN_OK && t->default_kind != UNUSED) {
        const char *supply = cn_vocabulary_key(CN_VOC_LINK_KIND, CN_LINK_SUPPLY);
        bool kept = cn__draft_add(&t->draft, t->default_kind, NULL, supply, strlen(supply), t->csv.row_place);
        status = kept ? CN_OK : no_memory(t);
    }
    return status == CN_OK ? take_draft(t) : status;
}

static cn_status read_row_of(void *context) { return read_row(context); }

/* All rows that follow of a large table. */
static cn_status read_bulk(table *t, bool *done) {
    uint32_t columns[CN__BULK_COLUMNS_MAX];
    size_t count = t->header_count < CN__BULK_COLUMNS_MAX ? t->header_count : CN__BULK_COLUMNS_MAX;
    for (size_t i = 0; i < count; i++) {
        columns[i] = t->header[i].column;
    }
    cn__bulk_job job = {t->assembly, &t->csv, t->section, columns, t->header_count, read_row_of, t};
    *done = cn__bulk_suits(&job);
    return *done ? cn__bulk_read(&job) : CN_OK;
}

static cn_status read_rows(table *t, bool first_is_row) {
    bool got = first_is_row;
    bool done = false;
    cn_status status = first_is_row ? read_row(t) : CN_OK;
    if (status == CN_OK && !t->load->stop) {
        status = read_bulk(t, &done);
    }
    while (status == CN_OK && !t->load->stop && !done) {
        status = cn__csv_next(&t->csv, &got);
        if (status != CN_OK || !got) {
            break;
        }
        status = read_row(t);
    }
    return status;
}

/* network.csv: a property of the network in each row. */
static cn_status read_property(table *t) {
    check_width(t, 2);
    if (t->csv.cell_count < 2 || t->csv.cells[1].len == 0) {
        return CN_OK;
    }
    const cn__csv_cell *key = &t->csv.cells[0];
    size_t name;
    const cn__column *column = find_column(t, cn__csv_text(&t->csv, key), &name);
    if (t->folded.failed || t->scratch.failed) {
        return no_memory(t);
    }
    if (!column) {
        say_unknown(t, key, cn__csv_text(&t->csv, key));
        return CN_OK;
    }
    header_cell head = {(uint32_t)(column - t->section->columns), 0, key->place};
    const header_cell *earlier = header_of(t, head.column, 0);
    if (earlier) {
        cn_buf place = {0};
        cn__place_text(&place, t->file, earlier->place);
        CN__REPORT2(t->load, t->file, key->place, DUPLICATE_KEY, cn__csv_text(&t->csv, key),
                    place.data ? place.data : "");
        cn_buf_release(&place);
    }
    if (!cn__grow((void **)&t->header, &t->header_cap, t->header_count, 1, sizeof *t->header)) {
        return no_memory(t);
    }
    t->header[t->header_count++] = head;
    cn__draft_begin(&t->draft);
    cn_status status = add_cell(t, &head, &t->csv.cells[1]);
    return status == CN_OK ? take_draft(t) : status;
}

static bool is_property_header(table *t) {
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, cn__csv_text(&t->csv, &t->csv.cells[0])); /* a row that is not empty has a cell */
    const char *key = t->folded.data ? t->folded.data : "";
    return strcmp(key, "key") == 0 || strcmp(key, "ключ") == 0;
}

static cn_status read_properties(table *t) {
    cn_status status = CN_OK;
    bool got = true;
    bool header = is_property_header(t);
    if (t->folded.failed) {
        return no_memory(t);
    }
    if (!header) {
        status = read_property(t);
    }
    while (status == CN_OK) {
        status = cn__csv_next(&t->csv, &got);
        if (status != CN_OK || !got) {
            break;
        }
        status = read_property(t);
    }
    return status;
}

static cn_status read_table(table *t, bool lone) {
    bool got = false;
    cn_status status = cn__csv_next(&t->csv, &got);
    if (status != CN_OK) {
        return status;
    }
    if (!got) {
        CN__REPORT0(t->load, t->file, ((cn__place){1, 1}), EMPTY_FILE);
        return CN_OK;
    }
    if (t->section->shape == CN__SHAPE_NETWORK) {
        return read_properties(t);
    }
    bool headless = lone && !row_is_header(t);
    bool good = false;
    if (t->names.failed || t->folded.failed || t->scratch.failed) {
        return no_memory(t);
    }
    status = headless ? assume_header(t, &good) : read_header(t, &good);
    return status == CN_OK && good ? read_rows(t, headless) : status;
}

cn_status cn__csv_read(cn__assembly *assembly, const cn__section *section, bool lone, const char *file,
                       const char *text, size_t start, size_t len) {
    table t;
    memset(&t, 0, sizeof t);
    t.assembly = assembly;
    t.load = assembly->load;
    t.section = section;
    t.file = file;
    t.default_kind = UNUSED;
    cn__csv_begin(&t.csv, t.load, file, text, start, len);
    cn_status status = read_table(&t, lone);
    cn__csv_release(&t.csv);
    cn__free(t.header);
    cn_buf_release(&t.names);
    cn_buf_release(&t.folded);
    cn_buf_release(&t.scratch);
    cn__draft_release(&t.draft);
    return status;
}
