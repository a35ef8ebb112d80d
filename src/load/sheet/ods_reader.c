/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks of LibreOffice (OpenDocument 1.2). All sheets lie in one stream, which is run through once for their names and once for
 * each sheet that is read. Rows and cells are repeated by number: empty ones cost nothing, others count against a limit, so that a small
 * file cannot stand for a billion rows. O(bytes · sheets).
 */
#include "csv_scan.h"
#include "workbook.h"
#include "xml_read.h"
#include "zip_archive.h"

#include "error.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1 << 20, REPEATED_CELLS_MAX = 20000000, STYLES_MAX = 1000 };

typedef struct ods {
    cn__book book;
    cn__zip *zip;
    cn__load *load;
    cn_buf hidden; /* names of styles of hidden sheets, each with its NUL */
    cn_buf style;  /* the one being read */
    bool failed;
    cn_status status;
    /* the sheet being read */
    const cn__book_sheet *sheet;
    cn__sheet_rows *rows;
    bool inside, finished, in_cell, covered;
    uint32_t row, column;
    uint32_t row_repeat, cell_repeat, row_span;
    uint64_t repeated; /* cells so far that are only repetitions */
    cn__cell_kind kind;
    cn_buf text; /* as shown, its paragraphs */
    cn_buf value;
    unsigned paragraphs;
    uint64_t done;
} ods;

static bool is(const char *name, const char *what) { return strcmp(name, what) == 0; }

static uint32_t count_of(const char *text) {
    unsigned long count = text ? strtoul(text, NULL, 10) : 1;
    return count < 1 ? 1 : count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
}

static bool wanted(const void *context) {
    const ods *o = context;
    return !o->failed && o->status == CN_OK && !o->finished && !cn__zip_failed(o->zip);
}

static void nothing(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    (void)context, (void)xml, (void)name, (void)text, (void)len;
}

/* ---- the names of the sheets ---- */

static bool is_hidden(const ods *o, const char *style) {
    for (size_t at = 0; style && at < o->hidden.len; at += strlen(o->hidden.data + at) + 1) {
        if (is(o->hidden.data + at, style)) {
            return true;
        }
    }
    return false;
}

static void open_any(void *context, cn__xml *xml, const char *name) {
    ods *o = context;
    const char *own = cn__xml_attribute(xml, "name");
    const char *display = cn__xml_attribute(xml, "display");
    if (is(name, "style") && own) {
        o->style.len = 0;
        cn_buf_add(&o->style, own, strlen(own) + 1);
    } else if (is(name, "table-properties") && display && is(display, "false") && o->style.len > 0) {
        cn_buf_add(&o->hidden, o->style.data, o->style.len);
    } else if (is(name, "table") && own) {
        o->status = cn__book_add(&o->book, own, NULL, is_hidden(o, cn__xml_attribute(xml, "style-name")));
    }
    o->failed = o->failed || o->style.failed || o->hidden.failed;
}

/* ---- cells ---- */

static void open_cell(ods *o, cn__xml *xml, bool covered) {
    const char *type = cn__xml_attribute(xml, "value-type");
    const char *value = NULL;
    o->in_cell = true;
    o->covered = covered;
    o->cell_repeat = count_of(cn__xml_attribute(xml, "number-columns-repeated"));
    o->row_span = count_of(cn__xml_attribute(xml, "number-rows-spanned"));
    o->text.len = o->value.len = 0;
    o->paragraphs = 0;
    o->kind = CN__CELL_TEXT;
    if (type && (is(type, "float") || is(type, "currency") || is(type, "percentage"))) {
        o->kind = CN__CELL_NUMBER;
        value = cn__xml_attribute(xml, "value");
    } else if (type && is(type, "date")) {
        o->kind = CN__CELL_DATE;
        value = cn__xml_attribute(xml, "date-value");
    } else if (type && is(type, "boolean")) {
        o->kind = CN__CELL_FLAG;
        value = cn__xml_attribute(xml, "boolean-value");
    } else if (type && is(type, "string")) {
        value = cn__xml_attribute(xml, "string-value");
    }
    if (value) {
        size_t len = strlen(value);
        cn_buf_add(&o->value, value, o->kind == CN__CELL_DATE && len > 10 ? 10 : len);
    }
}

/* What a date cell shows: a day and a month, a month and a year, or all. */
static cn__cell_kind date_kind(const char *shown) {
    size_t groups = 0;
    bool words = false;
    for (const char *at = shown; *at; at++) {
        bool digit = *at >= '0' && *at <= '9';
        groups += digit && (at == shown || at[-1] < '0' || at[-1] > '9');
        words = words || (unsigned char)*at >= 0x80 || (*at | 0x20) >= 'a';
    }
    bool day_first = *shown >= '0' && *shown <= '9';
    return groups == 1             ? (day_first ? CN__CELL_DAY : CN__CELL_MONTH)
           : groups == 2 && !words ? CN__CELL_DAY
                                   : CN__CELL_DATE;
}

static bool is_error(const char *text) { return *text == '#' || strncmp(text, "Err:", 4) == 0; }

static void keep_cell(ods *o) {
    const cn_buf *shown = o->value.len > 0 ? &o->value : &o->text;
    uint32_t repeat = o->cell_repeat;
    o->in_cell = false;
    if (o->kind == CN__CELL_DATE && o->text.len > 0) {
        cn_buf_add(&o->text, "", 0);
        o->kind = date_kind(o->text.data);
    }
    if (shown->len > 0 && shown == &o->text && is_error(shown->data)) {
        CN__REPAIR1(o->load, o->rows->reader->label, ((cn__place){o->row, o->column}), CELL_ERROR, shown->data);
        shown = NULL;
    }
    if (shown && shown->len > 0 && !o->covered) {
        uint32_t most = repeat < CN__CSV_CELLS_MAX ? repeat : CN__CSV_CELLS_MAX;
        o->repeated += most - 1;
        for (uint32_t i = 0; i < most && !o->failed; i++) {
            o->failed = !cn__sheet_cell(o->rows, o->column + i, o->kind, shown->data, shown->len);
        }
        if (o->row_span > 1) {
            uint32_t last = o->row_span < ROWS_MAX ? o->row + o->row_span - 1 : o->row + ROWS_MAX;
            o->failed = o->failed || !cn__sheet_merge_add(o->rows, o->row, o->column, last);
        }
    }
    o->column = repeat > UINT32_MAX / 2 - o->column ? UINT32_MAX / 2 : o->column + repeat;
    o->failed = o->failed || o->text.failed || o->value.failed;
}

static void open_sheet(void *context, cn__xml *xml, const char *name) {
    ods *o = context;
    if (is(name, "table")) {
        const char *own = cn__xml_attribute(xml, "name");
        o->inside = own && is(own, o->sheet->name);
    } else if (!o->inside) {
        return;
    } else if (is(name, "table-row")) {
        o->row_repeat = count_of(cn__xml_attribute(xml, "number-rows-repeated"));
        o->column = 1;
        cn__sheet_row_begin(o->rows, o->row);
    } else if (is(name, "table-cell") || is(name, "covered-table-cell")) {
        open_cell(o, xml, is(name, "covered-table-cell"));
    } else if (o->in_cell &&
               ((is(name, "p") && o->paragraphs++ > 0) || is(name, "s") || is(name, "tab") || is(name, "line-break"))) {
        cn_buf_add_text(&o->text, " ");
    } else if (is(name, "annotation")) {
        o->in_cell = false; /* a note at the cell is not its text */
    }
}

static void on_text(void *context, cn__xml *xml, const char *text, size_t len) {
    ods *o = context;
    (void)xml;
    if (o->inside && o->in_cell && o->paragraphs > 0 && o->text.len <= o->load->limits.max_text_bytes) {
        cn_buf_add(&o->text, text, len);
    }
}

static cn_status watch_row(ods *o) {
    enum { EVERY = 4096 };
    if (++o->done % EVERY != 0 || !o->load->watch.step) {
        return CN_OK;
    }
    bool go_on = o->load->watch.step(o->load->watch.context, cn__zip_unpacked(o->zip), cn__zip_size(o->zip));
    return go_on ? CN_OK : CN__FAIL0(o->load->err, CN_ERR_CANCELLED, CANCELLED);
}

/* The row, as often as it is repeated. */
static void end_row(ods *o) {
    uint32_t repeat = o->rows->used ? o->row_repeat : 0;
    o->repeated += (uint64_t)o->rows->cell_count * (repeat > 0 ? repeat - 1 : 0);
    if (o->repeated > REPEATED_CELLS_MAX || repeat > ROWS_MAX) {
        CN__REPORT0(o->load, o->rows->reader->label, ((cn__place){o->row, 1}), ROWS_REPEATED);
        o->finished = true;
        return;
    }
    for (uint32_t i = 0; i < repeat && o->status == CN_OK; i++) {
        if (o->rows->taken > 0 && !cn__row_reader_wanted(o->rows->reader)) {
            break;
        }
        o->rows->number = o->row + i;
        o->status = cn__sheet_row_end(o->rows);
    }
    o->row = o->row_repeat > UINT32_MAX / 2 - o->row ? UINT32_MAX / 2 : o->row + o->row_repeat;
    o->status = o->status == CN_OK ? watch_row(o) : o->status;
    o->finished = o->finished || (o->rows->taken > 0 && !cn__row_reader_wanted(o->rows->reader));
}

static void close_sheet(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    ods *o = context;
    (void)xml, (void)text, (void)len;
    if (!o->inside) {
        return;
    }
    if (is(name, "table-cell") || is(name, "covered-table-cell")) {
        keep_cell(o);
    } else if (is(name, "table-row")) {
        end_row(o);
    } else if (is(name, "annotation")) {
        o->in_cell = true;
    } else if (is(name, "table")) {
        o->finished = true;
    }
}

/* ---- the file ---- */

static cn_status run(ods *o, const cn__xml_events *events) {
    if (!cn__zip_begin(o->zip, "content.xml")) {
        return CN_OK;
    }
    cn_status status = cn__xml_run_pull(o->load, o->book.label, cn__zip_pull, o->zip, events, o);
    cn__zip_end(o->zip);
    return status != CN_OK ? status : o->failed ? CN__NO_MEMORY(o->load->err) : o->status;
}

static cn_status read_sheet(void *context, const cn__book_sheet *sheet, cn__sheet_rows *rows) {
    static const cn__xml_events events = {.open = open_sheet, .close = close_sheet, .wanted = wanted, .text = on_text};
    ods *o = context;
    o->sheet = sheet;
    o->rows = rows;
    o->row = 1;
    o->inside = o->finished = o->in_cell = false;
    o->repeated = 0;
    return run(o, &events);
}

bool cn__sniff_ods(const cn__input *input) {
    return cn__zip_begins(input->bytes, input->len) && cn__zip_lists(input->bytes, input->len, "content.xml") &&
           cn__zip_lists(input->bytes, input->len, "META-INF/manifest.xml");
}

cn_status cn__read_ods(cn__assembly *assembly, const cn__input *input) {
    static const cn__xml_events names = {.open = open_any, .close = nothing, .wanted = wanted};
    ods o = {.book = {.assembly = assembly, .label = input->label, .read = read_sheet}, .load = assembly->load};
    o.book.context = &o;
    cn_status status = cn__zip_open(o.load, input->label, input->bytes, input->len, &o.zip);
    if (status == CN_OK && o.zip && !cn__zip_has(o.zip, "content.xml")) {
        CN__REPORT0(o.load, input->label, ((cn__place){0, 0}), NO_WORKBOOK);
    } else if (status == CN_OK && o.zip) {
        uint64_t errors = cn_diags_total(o.load->diags, CN_LEVEL_ERROR);
        status = run(&o, &names);
        bool sound = cn_diags_total(o.load->diags, CN_LEVEL_ERROR) == errors;
        status = status == CN_OK && sound ? cn__book_read(&o.book) : status;
    }
    cn__book_release(&o.book);
    cn__zip_close(o.zip);
    cn_buf_release(&o.hidden);
    cn_buf_release(&o.style);
    cn_buf_release(&o.text);
    cn_buf_release(&o.value);
    return status;
}
