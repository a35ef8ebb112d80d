/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The native tables as sheets of one workbook. Numbers, sums and whole days are cells of their type where the cell holds them exactly (a
 * number cell has 15 digits, a date begins with 1901), everything else is text: ids, INNs, codes. A text that the reader would change on
 * the way (blanks around it, line ends, marks of no data) is marked as literal. O(values).
 */
#include "cell_value.h"
#include "number.h"
#include "table_rows.h"
#include "workbook_writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 32000, DIGITS_MAX = 15, FIRST_YEAR = 1901 };

typedef struct sheets {
    cn__table_walk walk;
    cn__workbook *book;
    const cn__section *section;
} sheets;

/* Does a number cell come back as the same digits? */
static bool holds_number(const char *text, size_t len, double *value) {
    size_t digits = 0;
    for (const char *at = text; *at && *at != 'e' && *at != 'E'; at++) {
        digits += *at >= '0' && *at <= '9' && (digits > 0 || *at != '0');
    }
    return digits <= DIGITS_MAX && cn__parse_double(text, len, value) == CN__PARSE_OK &&
           !(*value == 0 && signbit(*value));
}

/* A free attribute comes back as it was written, so that only the shortest notation of a number may become a number cell. */
static bool is_plain_number(const char *text, size_t len, double *value) {
    cn_buf shortest = {0};
    bool plain = strchr("-0123456789", *text) != NULL && strpbrk(text, "eE") == NULL && holds_number(text, len, value);
    if (plain) {
        cn_format_exact(&shortest, *value);
        plain = shortest.data != NULL && !shortest.failed && strcmp(shortest.data, text) == 0;
    }
    cn_buf_release(&shortest);
    return plain;
}

static bool holds_day(const char *text, cn_date *date) {
    int year = 0;
    int month = 0;
    int day = 0;
    *date = cn_date_parse(text);
    if (*date == CN_DATE_NONE || cn_date_precision(*date) != CN_PRECISION_DAY) {
        return false;
    }
    cn_date_parts(*date, &year, &month, &day);
    return year >= FIRST_YEAR;
}

/* What XML cannot carry or the library would write as an escape that no reader takes back. */
static bool is_altered(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 && c != '\t' && c != '\n') {
            return true;
        }
    }
    return len > TEXT_MAX;
}

static bool is_space(const char *text) { return strchr(" \t\r\n", *text) || memcmp(text, "\xC2\xA0", 2) == 0; }

static void put_text(sheets *b, const char *text, size_t len) {
    if (is_altered(text, len)) {
        cn__save_lose(b->walk.table.save, CN_MSG_SAVE_ALTERED, b->section->table, "text", 1);
    }
    bool marked = len > 0 && (is_space(text) || strchr(" \n\r\t", text[len - 1]) ||
                              (len > 1 && memcmp(text + len - 2, "\xC2\xA0", 2) == 0) || memchr(text, '\n', len) ||
                              memchr(text, '\t', len) || cn__is_no_data(text, len, true));
    if (marked) {
        cn__workbook_literal(b->book, text);
    } else {
        cn__workbook_text(b->book, text);
    }
}

static void put_cell(void *context, const char *text, size_t len, cn__type type) {
    sheets *b = context;
    double value = 0;
    cn_date date = CN_DATE_NONE;
    bool number = type == CN__MONEY || type == CN__NUMBER || type == CN__COUNT;
    bool held = len > 0 && ((number && holds_number(text, len, &value)) ||
                            (type == CN__FREE && is_plain_number(text, len, &value)));
    if (held) {
        cn__workbook_number(b->book, value);
    } else if (type == CN__DATE && holds_day(text, &date)) {
        cn__workbook_date(b->book, date);
    } else {
        put_text(b, text, len);
    }
}

static void put_title(void *context, const char *text, const cn__column *column) {
    sheets *b = context;
    cn__type type = column ? column->type : CN__FREE;
    size_t len = strlen(text);
    if (is_altered(text, len) || is_space(text + len - 1) || strpbrk(text, "\n\t")) {
        cn__save_lose(b->walk.table.save, CN_MSG_SAVE_ALTERED, b->section->table, "x", 1);
    }
    cn__workbook_column(b->book, text, 0,
                        type == CN__MONEY                         ? CN__WORKBOOK_MONEY
                        : type == CN__NUMBER || type == CN__COUNT ? CN__WORKBOOK_PLAIN
                        : type == CN__DATE                        ? CN__WORKBOOK_DATE
                        : type == CN__FREE                        ? CN__WORKBOOK_PLAIN
                                                                  : CN__WORKBOOK_CODE);
}

/* The last column ended it; a failure is told by the close. */
static bool end_row(void *context) {
    sheets *b = context;
    return cn__save_step(b->walk.table.save);
}

static cn_status write_sheets(sheets *b) {
    cn__save *save = b->walk.table.save;
    for (int id = 0; id < CN__SECTION_COUNT && !cn__table_failed(&b->walk.table) && !save->stopped; id++) {
        b->section = cn__section_at((cn__section_id)id);
        if (cn__table_walk_see(&b->walk, b->section)) {
            cn__workbook_sheet(b->book, b->section->table);
            cn__table_walk_write(&b->walk, b->section);
        }
    }
    return cn__table_failed(&b->walk.table) ? CN__NO_MEMORY(save->err) : CN_OK;
}

cn_status cn__save_xlsx(cn__save *s) {
    static const cn__table_sink sink = {put_title, put_cell, end_row};
    sheets b = {.walk = {.table = {.save = s, .free_max = CN__TABLE_FREE_MAX}, .sink = &sink}};
    b.walk.context = &b;
    cn_status status = cn__native_begin(&b.walk.table.native, s->net, s->err);
    status = status == CN_OK ? cn__workbook_create(s->path, &b.book, s->err) : status;
    if (status == CN_OK) {
        status = write_sheets(&b);
        cn__native_lose(s);
        status = status == CN_OK ? cn__save_tell(s) : status;
        if (status == CN_OK) {
            status = cn__workbook_close(b.book, &s->watch, s->err);
        } else {
            cn__workbook_drop(b.book);
        }
    }
    cn__table_release(&b.walk.table);
    return status;
}
