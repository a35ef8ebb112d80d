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

enum { MAX_TEXT = 32767, SHEET_NAME = 31, MAX_COLUMNS = 16384, WIDEST = 60, MAX_CHOICES = 255 };

struct cn__workbook {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *header, *count, *number, *money, *date, *code, *literal;
    char *path;
    char *temporary;
    cn__workbook_type *types; /* of the columns */
    size_t type_cap;
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
    b->code = form(b->book, "@");
    b->literal = form(b->book, ";;;@"); /* the reader knows it: CN__CELL_LITERAL */
    if (!b->header || !b->count || !b->number || !b->money || !b->date || !b->code || !b->literal) {
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
    cn__free(b->types);
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
static bool legal_name(const char *name, unsigned number, char out[SHEET_NAME * 4 + 8]) {
    size_t len = 0;
    int characters = 0;
    for (uint32_t code = cn__utf8_next(&name); code && characters < SHEET_NAME - (number ? 4 : 0);
         code = cn__utf8_next(&name), characters++) {
        cn_buf one = {0};
        bool bad = code < 0x20 || (code < 0x80 && strchr("[]:*?/\\'", (int)code));
        cn__utf8_add(&one, bad ? '_' : code);
        if (one.failed) {
            cn_buf_release(&one);
            return false;
        }
        memcpy(out + len, one.data, one.len);
        len += one.len;
        cn_buf_release(&one);
    }
    out[len] = '\0';
    if (number) {
        snprintf(out + len, 8, " %u", number);
    }
    return true;
}

void cn__workbook_sheet(cn__workbook *b, const char *name) {
    char legal[SHEET_NAME * 4 + 8];
    unsigned number = 0;
    do {
        if (!legal_name(name[0] ? name : "-", number, legal)) {
            keep(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
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
    worksheet_set_landscape(b->sheet); /* printed: all columns on one page's width, the header on every page */
    worksheet_fit_to_pages(b->sheet, 1, 0);
    keep(b, worksheet_repeat_rows(b->sheet, 0, 0));
}

void cn__workbook_column(cn__workbook *b, const char *title, int width, cn__workbook_type type) {
    if (!b->sheet || b->columns == MAX_COLUMNS || b->row > 1) {
        keep(b, LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    int titled = cn__utf8_text_width(title) + 3;
    if (!cn__grow((void **)&b->types, &b->type_cap, b->columns, 1, sizeof *b->types)) {
        keep(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    int least = type == CN__WORKBOOK_TEXT ? 12 : type == CN__WORKBOOK_MONEY ? 18 : 12;
    int chosen = width ? width : titled < least ? least : titled > WIDEST ? WIDEST : titled;
    b->types[b->columns] = type;
    keep(b, worksheet_set_column(b->sheet, b->columns, b->columns, chosen, type == CN__WORKBOOK_CODE ? b->code : NULL));
    keep(b, worksheet_write_string(b->sheet, 0, b->columns, title, b->header));
    b->columns++;
    b->row = 1;
}

void cn__workbook_choices(cn__workbook *b, const char *const *words, size_t count) {
    enum { LAST_ROW = 1048575, CHOICES_MAX = 128 };
    const char *list[CHOICES_MAX + 1] = {0};
    size_t characters = 0;
    for (size_t i = 0; i < count && i < CHOICES_MAX; i++) {
        list[i] = words[i];
        characters += strlen(words[i]) + 1; /* bytes: never fewer than the limit counts */
    }
    if (!b->sheet || !b->columns || b->failed || count == 0 || count > CHOICES_MAX ||
        characters > (size_t)MAX_CHOICES * 2) {
        return;
    }
    const char **at = list;
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST, .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    memcpy(&rule.value_list, &at, sizeof at); /* not const in every version of the library, which copies the words */
    lxw_col_t column = (lxw_col_t)(b->columns - 1);
    lxw_error error = worksheet_data_validation_range(b->sheet, 1, column, LAST_ROW, column, &rule);
    if (error != LXW_ERROR_255_STRING_LENGTH_EXCEEDED) {
        keep(b, error);
    }
}

void cn__workbook_note(cn__workbook *b, const char *text) {
    if (b->sheet && b->columns && !b->failed && text[0]) {
        lxw_comment_options options = {.x_scale = 2, .y_scale = 1.2};
        keep(b, worksheet_write_comment_opt(b->sheet, 0, b->columns - 1, text, &options));
    }
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

static void add_string(cn__workbook *b, lxw_col_t column, const char *text, lxw_format *format) {
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
                       : worksheet_write_string(b->sheet, b->row, column, *end ? cut.data : text, format));
    cn_buf_release(&cut);
}

void cn__workbook_text(cn__workbook *b, const char *text) {
    lxw_col_t column;
    if (at(b, &column) && text[0]) {
        add_string(b, column, text, b->types[column] == CN__WORKBOOK_CODE ? b->code : NULL);
    }
    next(b);
}

void cn__workbook_literal(cn__workbook *b, const char *text) {
    lxw_col_t column;
    if (at(b, &column) && text[0]) {
        add_string(b, column, text, b->literal);
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
    cn__workbook_type type = b->columns ? b->types[b->column] : CN__WORKBOOK_NUMBER;
    number(b, value,
           type == CN__WORKBOOK_COUNT                                ? b->count
           : type == CN__WORKBOOK_MONEY                              ? b->money
           : type == CN__WORKBOOK_PLAIN || type == CN__WORKBOOK_CODE ? NULL
                                                                     : b->number);
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
        add_string(b, column, text.len ? text.data : "", NULL);
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

cn_status cn__workbook_close(cn__workbook *b, const cn_watch *watch, cn_error *err) {
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
    } else if (watch && watch->step && !watch->step(watch->context, 1, 1)) {
        status = CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED); /* asked while the library packed the file */
    } else if (rename(b->temporary, b->path) != 0) {
        status = CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, b->path, strerror(errno));
    }
    if (status != CN_OK) {
        (void)unlink(b->temporary);
    }
    free_names(b);
    return status;
}
