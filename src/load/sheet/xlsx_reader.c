/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks of Excel (ECMA-376). Shared strings are read first and kept, then each sheet is streamed row by row: memory is that of the
 * strings and of one row. Dates are numbers whose style shows a date; a number is taken as the 15 digits that Excel itself keeps.
 * Formulas give the value that was stored with them. O(bytes).
 */
#include "number.h"
#include "workbook.h"
#include "xlsx_style.h"
#include "xml_read.h"
#include "zip_archive.h"

#include "coopnet/date.h"
#include "error.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct xlsx {
    cn__book book;
    cn__zip *zip;
    cn__load *load;
    bool from_1904;
    cn__arena strings; /* shared; each with its NUL */
    uint32_t *string_at;
    size_t string_count, string_cap;
    cn_buf string; /* in the making */
    bool in_phonetic;
    cn__xlsx_styles styles;
    cn_buf relations; /* "id\0target\0…" */
    bool failed;      /* memory */
    /* the sheet being read */
    cn__sheet_rows *rows;
    cn_status status;
    uint32_t row, column;
    char type[12];
    unsigned style;
    bool formula, has_value;
    cn_buf inline_text;
    uint64_t done;
} xlsx;

static bool is(const char *name, const char *what) { return strcmp(name, what) == 0; }

static cn_status no_memory(const xlsx *x) { return CN__NO_MEMORY(x->load->err); }

/* Parse a part of the file. CN_OK also when there is none. */
static cn_status run_part(xlsx *x, const char *part, const cn__xml_events *events) {
    if (!cn__zip_has(x->zip, part) || !cn__zip_begin(x->zip, part)) {
        return CN_OK;
    }
    cn_status status = cn__xml_run_pull(x->load, x->book.label, cn__zip_pull, x->zip, events, x);
    cn__zip_end(x->zip);
    return status == CN_OK && x->failed ? no_memory(x) : status;
}

static bool wanted(const void *context) {
    const xlsx *x = context;
    return !x->failed && x->status == CN_OK && !cn__zip_failed(x->zip);
}

static void nothing(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    (void)context, (void)xml, (void)name, (void)text, (void)len;
}

/* ---- the workbook: relations, sheets ---- */

static void open_relation(void *context, cn__xml *xml, const char *name) {
    xlsx *x = context;
    const char *id = cn__xml_attribute(xml, "Id");
    const char *target = cn__xml_attribute(xml, "Target");
    if (is(name, "Relationship") && id && target) {
        cn_buf_add(&x->relations, id, strlen(id) + 1);
        cn_buf_add(&x->relations, target, strlen(target) + 1);
        x->failed = x->failed || x->relations.failed;
    }
}

/* The part of a relation: "worksheets/sheet1.xml" below xl/, or "/xl/worksheets/sheet1.xml". */
static bool part_of(const xlsx *x, const char *id, cn_buf *out) {
    for (size_t at = 0; at < x->relations.len;) {
        const char *key = x->relations.data + at;
        const char *target = key + strlen(key) + 1;
        if (is(key, id)) {
            cn_buf_add_text(out, *target == '/' ? "" : "xl/");
            cn_buf_add_text(out, *target == '/' ? target + 1 : target);
            return !out->failed;
        }
        at += strlen(key) + strlen(target) + 2;
    }
    return false;
}

static void open_book(void *context, cn__xml *xml, const char *name) {
    xlsx *x = context;
    if (is(name, "workbookPr")) {
        const char *base = cn__xml_attribute(xml, "date1904");
        x->from_1904 = base && (is(base, "1") || is(base, "true"));
    }
    const char *sheet = is(name, "sheet") ? cn__xml_attribute(xml, "name") : NULL;
    const char *id = sheet ? cn__xml_attribute(xml, "id") : NULL;
    const char *state = sheet ? cn__xml_attribute(xml, "state") : NULL;
    cn_buf part = {0};
    if (id && part_of(x, id, &part)) {
        x->status = cn__book_add(&x->book, sheet, part.data, state && !is(state, "visible"));
    }
    x->failed = x->failed || part.failed;
    cn_buf_release(&part);
}

/* ---- shared strings ---- */

static void open_string(void *context, cn__xml *xml, const char *name) {
    xlsx *x = context;
    (void)xml;
    x->in_phonetic = x->in_phonetic || is(name, "rPh");
    if (is(name, "si")) {
        x->string.len = 0;
    }
}

static void close_string(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    xlsx *x = context;
    (void)xml;
    if (is(name, "rPh")) {
        x->in_phonetic = false;
    } else if (is(name, "t") && !x->in_phonetic) {
        cn_buf_add(&x->string, text, len);
    } else if (is(name, "si")) {
        uint32_t at = 0;
        bool kept = cn__grow((void **)&x->string_at, &x->string_cap, x->string_count, 1, sizeof *x->string_at) &&
                    (x->string.len == 0 || cn__arena_add(&x->strings, x->string.data, x->string.len, &at));
        if (kept) {
            x->string_at[x->string_count++] = at;
        }
        x->failed = x->failed || !kept || x->string.failed;
    }
}

/* ---- a sheet ---- */

/* "BC23"; the row is told by its element. */
static uint32_t column_of(const char *place) {
    uint32_t column = 0;
    for (; *place >= 'A' && *place <= 'Z' && column < 1u << 20; place++) {
        column = column * 26 + (uint32_t)(*place - 'A') + 1;
    }
    return column;
}

static void keep_cell(xlsx *x, cn__cell_kind kind, const char *text, size_t len) {
    x->failed = x->failed || !cn__sheet_cell(x->rows, x->column, kind, text, len);
}

/* A number: a date where its style shows one, else the digits that Excel keeps. */
static void keep_number(xlsx *x, const char *text) {
    double value = 0;
    cn__cell_kind kind = cn__xlsx_style_kind(&x->styles, x->style);
    char shown[64];
    if (cn__parse_double(text, strlen(text), &value) != CN__PARSE_OK) {
        keep_cell(x, CN__CELL_TEXT, text, strlen(text));
    } else if (kind != CN__CELL_NUMBER && kind != CN__CELL_LITERAL && cn__xlsx_date(value, x->from_1904, shown)) {
        keep_cell(x, kind, shown, strlen(shown));
    } else {
        cn__xlsx_number(text, value, shown);
        keep_cell(x, CN__CELL_NUMBER, shown, strlen(shown));
    }
}

/* A text, which our own writer may have marked. */
static void keep_text(xlsx *x, const char *text, size_t len) {
    bool literal = cn__xlsx_style_kind(&x->styles, x->style) == CN__CELL_LITERAL;
    keep_cell(x, literal ? CN__CELL_LITERAL : CN__CELL_TEXT, text, len);
}

static void say_error(xlsx *x, const char *text) {
    cn__place place = {x->row, x->column};
    if (is(text, "#N/A")) {
        CN__REPAIR2(x->load, x->rows->reader->label, place, NO_DATA_MARK, text, "…");
    } else {
        CN__REPAIR1(x->load, x->rows->reader->label, place, CELL_ERROR, text);
    }
}

static void keep_value(xlsx *x, const char *text, size_t len) {
    x->has_value = true;
    if (is(x->type, "s")) {
        uint64_t number = 0;
        bool known = cn__parse_count(text, len, UINT32_MAX, &number) == CN__PARSE_OK && number < x->string_count;
        const char *string = known && x->string_at[number] ? x->strings.bytes + x->string_at[number] : "";
        keep_text(x, string, strlen(string));
    } else if (is(x->type, "b")) {
        keep_cell(x, CN__CELL_FLAG, is(text, "1") ? "true" : "false", is(text, "1") ? 4 : 5);
    } else if (is(x->type, "e")) {
        say_error(x, text);
    } else if (is(x->type, "str") || is(x->type, "inlineStr")) {
        keep_text(x, text, len);
    } else if (is(x->type, "d")) {
        keep_cell(x, CN__CELL_DATE, text, len < 10 ? len : 10);
    } else {
        keep_number(x, text);
    }
}

static void open_cell(xlsx *x, cn__xml *xml) {
    const char *place = NULL;
    const char *type = NULL;
    const char *style = NULL;
    const char *key;
    const char *value;
    for (size_t i = 0; cn__xml_attribute_at(xml, i, &key, &value); i++) {
        place = is(key, "r") ? value : place;
        type = is(key, "t") ? value : type;
        style = is(key, "s") ? value : style;
    }
    uint32_t column = place ? column_of(place) : 0;
    x->column = column > 0 ? column : x->column + 1;
    x->type[0] = '\0';
    if (type && strlen(type) < sizeof x->type) {
        memcpy(x->type, type, strlen(type) + 1);
    }
    x->style = style ? (unsigned)strtoul(style, NULL, 10) : 0;
    x->formula = x->has_value = false;
    x->inline_text.len = 0;
}

static void open_sheet(void *context, cn__xml *xml, const char *name) {
    xlsx *x = context;
    if (is(name, "c")) {
        open_cell(x, xml);
    } else if (is(name, "row")) {
        const char *number = cn__xml_attribute(xml, "r");
        uint32_t row = number ? (uint32_t)strtoul(number, NULL, 10) : 0;
        x->row = row > x->row ? row : x->row + 1;
        x->column = 0;
        cn__sheet_row_begin(x->rows, x->row);
    } else if (is(name, "rPh")) {
        x->in_phonetic = true;
    } else if (is(name, "f")) {
        x->formula = true;
    }
}

static cn_status watch_row(xlsx *x) {
    enum { EVERY = 4096 };
    if (++x->done % EVERY != 0 || !x->load->watch.step) {
        return CN_OK;
    }
    bool go_on = x->load->watch.step(x->load->watch.context, cn__zip_unpacked(x->zip), cn__zip_size(x->zip));
    return go_on ? CN_OK : CN__FAIL0(x->load->err, CN_ERR_CANCELLED, CANCELLED);
}

static void close_sheet(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    xlsx *x = context;
    (void)xml;
    if (is(name, "v") && len > 0) {
        keep_value(x, text, len);
    } else if (is(name, "t") && !x->in_phonetic) {
        cn_buf_add(&x->inline_text, text, len);
    } else if (is(name, "rPh")) {
        x->in_phonetic = false;
    } else if (is(name, "is") && x->inline_text.len > 0) {
        keep_text(x, x->inline_text.data, x->inline_text.len);
        x->has_value = true;
    } else if (is(name, "c") && x->formula && !x->has_value) {
        CN__REPAIR1(x->load, x->rows->reader->label, ((cn__place){x->row, x->column}), FORMULA_WITHOUT_VALUE, "");
    } else if (is(name, "row")) {
        x->status = cn__sheet_row_end(x->rows);
        x->status = x->status == CN_OK ? watch_row(x) : x->status;
    }
    x->failed = x->failed || x->inline_text.failed;
}

static bool rows_wanted(const void *context) {
    const xlsx *x = context;
    return wanted(context) && (cn__row_reader_wanted(x->rows->reader) || x->rows->taken == 0);
}

/* ---- merged cells, which the file names behind the rows ---- */

static int compare_merges(const void *a, const void *b) {
    const cn__sheet_merge *x = a;
    const cn__sheet_merge *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->column > y->column) - (x->column < y->column);
}

static bool add_merge(cn__sheet_rows *rows, const char *text) {
    cn__sheet_range range;
    enum { MERGES_MAX = 100000 };
    return rows->merge_count >= MERGES_MAX || !cn__sheet_range_parse(text, &range) ||
           cn__sheet_merge_add(rows, range.row, range.column, range.last_row);
}

/* The part is walked as bytes: a second parsing of a million rows would cost as much as the first. */
static cn_status find_merges(xlsx *x, const char *part, cn__sheet_rows *rows) {
    enum { PIECE = 1 << 16, TAIL = 256 };
    static const char mark[] = "<mergeCell ref=\"";
    char *piece = cn__alloc(PIECE + TAIL + 1, 1);
    size_t kept = 0;
    bool good = piece != NULL;
    if (good && cn__zip_begin(x->zip, part)) {
        for (size_t got = 1; got > 0 && good;) {
            got = cn__zip_pull(x->zip, piece + kept, PIECE);
            size_t len = kept + got;
            for (size_t i = 0; i < len; i++) {
                piece[i] = piece[i] ? piece[i] : ' ';
            }
            piece[len] = '\0';
            size_t used = got > 0 && len > TAIL ? len - TAIL : got > 0 ? 0 : len;
            for (char *at = strstr(piece, mark); at && at < piece + used && good; at = strstr(at + 1, mark)) {
                char text[40] = "";
                size_t size = strcspn(at + sizeof mark - 1, "\"");
                if (size < sizeof text) {
                    memcpy(text, at + sizeof mark - 1, size);
                    good = add_merge(rows, text);
                }
            }
            memmove(piece, piece + used, len - used);
            kept = len - used;
        }
    }
    cn__zip_end(x->zip);
    cn__free(piece);
    if (rows->merge_count > 1) {
        qsort(rows->merges, rows->merge_count, sizeof *rows->merges, compare_merges);
    }
    return good ? CN_OK : no_memory(x);
}

static cn_status read_sheet(void *context, const cn__book_sheet *sheet, cn__sheet_rows *rows) {
    static const cn__xml_events events = {.open = open_sheet, .close = close_sheet, .wanted = rows_wanted};
    xlsx *x = context;
    x->rows = rows;
    x->row = 0;
    x->status = rows->reader->refused ? CN_OK : find_merges(x, sheet->part, rows);
    if (x->status != CN_OK) {
        return x->status;
    }
    cn_status status = run_part(x, sheet->part, &events);
    return status == CN_OK ? x->status : status;
}

/* ---- the file ---- */

bool cn__sniff_xlsx(const cn__input *input) {
    return cn__zip_begins(input->bytes, input->len) && cn__zip_lists(input->bytes, input->len, "xl/workbook.xml");
}

static cn_status read_parts(xlsx *x) {
    static const cn__xml_events relations = {.open = open_relation, .close = nothing, .wanted = wanted};
    static const cn__xml_events book = {.open = open_book, .close = nothing, .wanted = wanted};
    static const cn__xml_events strings = {.open = open_string, .close = close_string, .wanted = wanted};
    if (!cn__zip_has(x->zip, "xl/workbook.xml")) {
        CN__REPORT0(x->load, x->book.label, ((cn__place){0, 0}), NO_WORKBOOK);
        return CN_OK;
    }
    uint64_t errors = cn_diags_total(x->load->diags, CN_LEVEL_ERROR);
    cn_status status = run_part(x, "xl/_rels/workbook.xml.rels", &relations);
    status = status == CN_OK ? run_part(x, "xl/workbook.xml", &book) : status;
    status = status == CN_OK ? x->status : status;
    status = status == CN_OK ? cn__xlsx_styles_read(&x->styles, x->load, x->book.label, x->zip) : status;
    status = status == CN_OK ? run_part(x, "xl/sharedStrings.xml", &strings) : status;
    bool sound = cn_diags_total(x->load->diags, CN_LEVEL_ERROR) == errors;
    return status == CN_OK && sound ? cn__book_read(&x->book) : status;
}

cn_status cn__read_xlsx(cn__assembly *assembly, const cn__input *input) {
    xlsx x = {.book = {.assembly = assembly, .label = input->label, .read = read_sheet}, .load = assembly->load};
    x.book.context = &x;
    cn_status status = cn__zip_open(x.load, input->label, input->bytes, input->len, &x.zip);
    if (status == CN_OK && x.zip) {
        status = read_parts(&x);
    }
    cn__book_release(&x.book);
    cn__zip_close(x.zip);
    cn__arena_release(&x.strings);
    cn__free(x.string_at);
    cn_buf_release(&x.string);
    cn_buf_release(&x.inline_text);
    cn_buf_release(&x.relations);
    cn__xlsx_styles_release(&x.styles);
    return status;
}
