/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks by libxlsxwriter in its mode of constant memory: a row is on disk once the next begins. The one file that knows this library.
 * Its failures are kept: the first one is told at the end. Cost: linear.
 */
#include "workbook_writer.h"

#include "error.h"
#include "memory.h"
#include "utf8.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { MAX_TEXT = 32767, SHEET_NAME = 31, MAX_COLUMNS = 64, WIDEST = 60 };

struct cn__workbook {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *header, *count, *number, *money, *date;
    char *path;
    char *temporary;
    cn__workbook_type types[MAX_COLUMNS];
    uint16_t columns;
    uint16_t column;
    lxw_row_t row;
    lxw_error failed;
};

/* The formula-looking, the long and the odd are all written as plain text. */
static void keep(cn__workbook *b, lxw_error error) {
    if (!b->failed && error) {
        b->failed = error;
    }
}

static lxw_format *form(lxw_workbook *book, const char *pattern) {
    lxw_format *format = workbook_add_format(book);
    if (format) {
        format_set_num_format(format, pattern);
    }
    return format;
}

static bool add_formats(cn__workbook *b) {
    b->header = workbook_add_format(b->book);
    b->count = form(b->book, "#,##0");
    b->number = form(b->book, "0.0000");
    b->money = form(b->book, "#,##0.00");
    b->date = form(b->book, "dd.mm.yyyy");
    if (!b->header || !b->count || !b->number || !b->money || !b->date) {
        return false;
    }
    format_set_bold(b->header);
    format_set_text_wrap(b->header);
    format_set_align(b->header, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(b->header, 0xE8EDF3);
    format_set_bottom(b->header, LXW_BORDER_THIN);
    return true;
}

static void free_names(cn__workbook *b) {
    cn__free(b->path);
    cn__free(b->temporary);
    cn__free(b);
}

cn_status cn__workbook_create(const char *path, cn__workbook **out, cn_error *err) {
    *out = NULL;
    cn__workbook *b = cn__calloc(1, sizeof *b);
    cn_buf name = {0};
    cn_buf_add_text(&name, path);
    cn_buf_add_text(&name, ".unfinished");
    if (!b || name.failed || !(b->path = cn__strdup(path)) || !(b->temporary = cn__strdup(name.data))) {
        cn_buf_release(&name);
        if (b) {
            free_names(b);
        }
        return CN__NO_MEMORY(err);
    }
    cn_buf_release(&name);
    FILE *probe = fopen(b->temporary, "wb"); /* the library would complain on standard error by itself */
    if (!probe || fclose(probe) != 0) {
        cn_status status = CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, path, strerror(errno));
        free_names(b);
        return status;
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    b->book = workbook_new_opt(b->temporary, &options);
    if (!b->book || !add_formats(b)) {
        if (b->book) {
            lxw_workbook_free(b->book);
        }
        (void)unlink(b->temporary);
        free_names(b);
        return CN__NO_MEMORY(err);
    }
    lxw_doc_properties facts = {.created = 946684800}; /* 2000-01-01: the clock must not show in the bytes */
    workbook_set_properties(b->book, &facts);
    *out = b;
    return CN_OK;
}

/* A legal name of at most 31 characters with room for a number. */
static void legal_name(const char *name, unsigned number, char out[SHEET_NAME * 4 + 8]) {
    size_t len = 0;
    int characters = 0;
    for (uint32_t code = cn__utf8_next(&name); code && characters < SHEET_NAME - (number ? 4 : 0);
         code = cn__utf8_next(&name), characters++) {
        cn_buf one = {0};
        bool bad = code < 0x20 || (code < 0x80 && strchr("[]:*?/\\'", (int)code));
        cn__utf8_add(&one, bad ? '_' : code);
        memcpy(out + len, one.data ? one.data : "_", one.data ? one.len : 1);
        len += one.data ? one.len : 1;
        cn_buf_release(&one);
    }
    out[len] = '\0';
    if (number) {
        snprintf(out + len, 8, " %u", number);
    }
}

void cn__workbook_sheet(cn__workbook *b, const char *name) {
    char legal[SHEET_NAME * 4 + 8];
    unsigned number = 0;
    do {
        legal_name(name[0] ? name : "-", number, legal);
        number = number ? number + 1 : 2;
    } while (workbook_get_worksheet_by_name(b->book, legal) && number < 100);
    if (b->sheet && b->columns) {
        worksheet_autofilter(b->sheet, 0, 0, b->row ? b->row - 1 : 0, b->columns - 1);
    }
    b->sheet = workbook_add_worksheet(b->book, legal);
    b->columns = b->column = 0;
    b->row = 0;
    if (!b->sheet) {
        keep(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    worksheet_freeze_panes(b->sheet, 1, 0);
}

void cn__workbook_column(cn__workbook *b, const char *title, int width, cn__workbook_type type) {
    if (!b->sheet || b->columns == MAX_COLUMNS || b->row > 1) {
        keep(b, LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    int titled = cn__utf8_text_width(title) + 3;
    int least = type == CN__WORKBOOK_TEXT ? 12 : type == CN__WORKBOOK_MONEY ? 18 : 12;
    int chosen = width ? width : titled < least ? least : titled > WIDEST ? WIDEST : titled;
    b->types[b->columns] = type;
    keep(b, worksheet_set_column(b->sheet, b->columns, b->columns, chosen, NULL));
    keep(b, worksheet_write_string(b->sheet, 0, b->columns, title, b->header));
    b->columns++;
    b->row = 1;
}

/* The cell to be written; false when there is none. */
static bool at(cn__workbook *b, lxw_col_t *column) {
    if (!b->sheet || !b->columns) {
        keep(b, LXW_ERROR_PARAMETER_VALIDATION);
        return false;
    }
    *column = b->column;
    return !b->failed;
}

static void next(cn__workbook *b) {
    if (b->columns && ++b->column == b->columns) {
        b->column = 0;
        b->row++;
    }
}

static void add_string(cn__workbook *b, lxw_col_t column, const char *text) {
    const char *end = text;
    size_t units = 0;
    cn_buf cut = {0};
    while (*end && units < MAX_TEXT - 1) { /* the limit counts UTF-16 units */
        units += cn__utf8_next(&end) > 0xFFFF ? 2 : 1;
    }
    if (*end) {
        cn_buf_add(&cut, text, (size_t)(end - text));
    }
    keep(b, cut.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED
                       : worksheet_write_string(b->sheet, b->row, column, *end ? cut.data : text, NULL));
    cn_buf_release(&cut);
}

void cn__workbook_text(cn__workbook *b, const char *text) {
    lxw_col_t column;
    if (at(b, &column) && text[0]) {
        add_string(b, column, text);
    }
    next(b);
}

static void number(cn__workbook *b, double value, lxw_format *format) {
    lxw_col_t column;
    if (at(b, &column) && isfinite(value)) {
        keep(b, worksheet_write_number(b->sheet, b->row, column, value, format));
    }
    next(b);
}

void cn__workbook_number(cn__workbook *b, double value) {
    bool count = b->columns && b->types[b->column] == CN__WORKBOOK_COUNT;
    number(b, value, count ? b->count : b->number);
}

void cn__workbook_money(cn__workbook *b, int64_t minor) {
    number(b, minor == INT64_MIN ? (double)NAN : (double)minor / 100, b->money);
}

void cn__workbook_date(cn__workbook *b, cn_date date) {
    lxw_col_t column;
    if (cn_date_precision(date) == CN_PRECISION_DAY && at(b, &column)) {
        lxw_datetime when = {0};
        cn_date_parts(date, &when.year, &when.month, &when.day);
        keep(b, worksheet_write_datetime(b->sheet, b->row, column, &when, b->date));
    } else if (date != CN_DATE_NONE && at(b, &column)) {
        cn_buf text = {0};
        cn_format_date_iso(&text, date);
        add_string(b, column, text.len ? text.data : "");
        cn_buf_release(&text);
    }
    next(b);
}

void cn__workbook_drop(cn__workbook *b) {
    if (b) {
        lxw_workbook_free(b->book);
        (void)unlink(b->temporary);
        free_names(b);
    }
}

cn_status cn__workbook_close(cn__workbook *b, cn_error *err) {
    if (b->sheet && b->columns) {
        worksheet_autofilter(b->sheet, 0, 0, b->row ? b->row - 1 : 0, b->columns - 1);
    }
    lxw_error error = workbook_close(b->book); /* frees it too */
    error = b->failed ? b->failed : error;
    cn_status status = CN_OK;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        status = CN__NO_MEMORY(err);
    } else if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE) {
        status = CN__FAIL2(err, CN_ERR_LIMIT, CANNOT_WRITE, b->path, lxw_strerror(error));
    } else if (error) {
        status = CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, b->path, lxw_strerror(error));
    } else if (rename(b->temporary, b->path) != 0) {
        status = CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, b->path, strerror(errno));
    }
    if (status != CN_OK) {
        (void)unlink(b->temporary);
    }
    free_names(b);
    return status;
}
