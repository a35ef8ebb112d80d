/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a sheet. Invariant: cells [0, cell_count) of the present row, those that the file leaves out being empty; columns outside the
 * range are not kept. Memory is that of one row and of the merged cells. O(cells + rows · merges that are open).
 */
#include "sheet_rows.h"

#include "csv_scan.h"
#include "error.h"
#include "memory.h"

#include <string.h>

static bool letters_to_column(const char **at, uint32_t *out) {
    uint32_t column = 0;
    for (; (**at >= 'A' && **at <= 'Z') || (**at >= 'a' && **at <= 'z'); ++*at) {
        column = column * 26 + (uint32_t)((**at | 0x20) - 'a') + 1;
        if (column > 1u << 20) {
            return false;
        }
    }
    *out = column;
    return column > 0;
}

static bool digits_to_row(const char **at, uint32_t *out) {
    uint32_t row = 0;
    for (; **at >= '0' && **at <= '9' && row < 100000000; ++*at) {
        row = row * 10 + (uint32_t)(**at - '0');
    }
    *out = row;
    return row > 0;
}

bool cn__sheet_range_parse(const char *text, cn__sheet_range *out) {
    bool good = letters_to_column(&text, &out->column) && digits_to_row(&text, &out->row) && *text++ == ':' &&
                letters_to_column(&text, &out->last_column) && digits_to_row(&text, &out->last_row);
    return good && !*text && out->row <= out->last_row && out->column <= out->last_column;
}

void cn__sheet_row_begin(cn__sheet_rows *s, uint32_t number) {
    s->number = number;
    s->texts.len = 0;
    s->cell_count = 0;
    s->used = false;
}

bool cn__sheet_merge_add(cn__sheet_rows *s, uint32_t row, uint32_t column, uint32_t last_row) {
    if (last_row <= row) {
        return true;
    }
    if (!cn__grow((void **)&s->merges, &s->merge_cap, s->merge_count, 1, sizeof *s->merges)) {
        return false;
    }
    s->merges[s->merge_count++] = (cn__sheet_merge){row, column, last_row, 0, 0, CN__CELL_TEXT};
    return true;
}

static bool is_space(const char *text, size_t *len) {
    *len = *text == ' ' || *text == '\t' || *text == '\n' || *text == '\r' ? 1
           : memcmp(text, "\xC2\xA0", 2) == 0                              ? 2
                                                                           : 0;
    return *len > 0;
}

/* Without white space around it; line ends inside become blanks. */
static void trim(const char **text, size_t *len) {
    size_t space;
    while (*len > 1 && is_space(*text, &space)) {
        *text += space;
        *len -= space;
    }
    while (*len > 0 && strchr(" \t\r\n", (*text)[*len - 1])) {
        --*len;
    }
    while (*len > 1 && memcmp(*text + *len - 2, "\xC2\xA0", 2) == 0) {
        *len -= 2;
    }
}

bool cn__sheet_cell(cn__sheet_rows *s, uint32_t column, cn__cell_kind kind, const char *text, size_t len) {
    bool literal = kind == CN__CELL_LITERAL;
    if (!literal) {
        trim(&text, &len);
    }
    bool outside = column < s->range.column || column > s->range.last_column || s->number < s->range.row ||
                   s->number > s->range.last_row;
    if (len == 0 || outside) {
        return true;
    }
    size_t at = column - s->range.column;
    if (at >= CN__CSV_CELLS_MAX) {
        cn__digits digits;
        CN__REPORT1(s->reader->load, s->reader->label, ((cn__place){s->number, column}), TOO_MANY_CELLS,
                    cn__digits_of(&digits, CN__CSV_CELLS_MAX));
        s->range.last_column = column - 1; /* told once */
        return true;
    }
    if (at >= s->cell_count) {
        size_t more = at + 1 - s->cell_count;
        if (!cn__grow((void **)&s->cells, &s->cell_cap, s->cell_count, more, sizeof *s->cells)) {
            return false;
        }
        memset(s->cells + s->cell_count, 0, more * sizeof *s->cells);
        s->cell_count = at + 1;
    }
    s->cells[at] = (struct cn__sheet_cell){s->texts.len, len, kind};
    cn_buf_add(&s->texts, text, len);
    for (size_t i = s->texts.len - len; i < s->texts.len && !literal && !s->texts.failed; i++) {
        s->texts.data[i] = strchr("\r\n\t", s->texts.data[i]) && s->texts.data[i] ? ' ' : s->texts.data[i];
    }
    cn_buf_add(&s->texts, "", 1);
    s->used = true;
    return !s->texts.failed;
}

/* Merges that begin in the present row or go on in it. More at a time than there is room for are no honest sheet's. */
static void open_merges(cn__sheet_rows *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->open_count; i++) {
        if (s->merges[s->open[i]].last_row >= s->number) {
            s->open[kept++] = s->open[i];
        }
    }
    s->open_count = kept;
    for (; s->merge_next < s->merge_count && s->merges[s->merge_next].row <= s->number; s->merge_next++) {
        if (s->open_count < sizeof s->open / sizeof *s->open && s->merges[s->merge_next].last_row >= s->number) {
            s->open[s->open_count++] = s->merge_next;
        }
    }
}

/* Cells merged with one above, and first cells of merged ones. */
static cn_status apply_merges(cn__sheet_rows *s) {
    open_merges(s);
    for (size_t i = 0; i < s->open_count; i++) {
        cn__sheet_merge *merge = &s->merges[s->open[i]];
        bool inside = merge->column >= s->range.column && merge->column <= s->range.last_column;
        size_t at = inside ? merge->column - s->range.column : SIZE_MAX;
        if (inside && s->number == merge->row && at < s->cell_count && s->cells[at].len > 0) {
            merge->text = s->merged.len;
            merge->len = s->cells[at].len;
            merge->kind = s->cells[at].kind;
            cn_buf_add(&s->merged, s->texts.data + s->cells[at].text, merge->len + 1);
        } else if (inside && s->number > merge->row && merge->len > 0 && !s->merged.failed) {
            const char *text = s->merged.data + merge->text;
            if (!cn__sheet_cell(s, merge->column, merge->kind, text, merge->len)) {
                return CN__NO_MEMORY(s->reader->load->err);
            }
            CN__REPAIR1(s->reader->load, s->reader->label, ((cn__place){s->number, merge->column}), MERGED_FILLED,
                        text);
        }
    }
    return s->merged.failed ? CN__NO_MEMORY(s->reader->load->err) : CN_OK;
}

cn_status cn__sheet_row_end(cn__sheet_rows *s) {
    cn_status status = s->used ? apply_merges(s) : CN_OK;
    if (!s->used || status != CN_OK) {
        return status;
    }
    if (!cn__grow((void **)&s->row, &s->row_cap, 0, s->cell_count, sizeof *s->row)) {
        return CN__NO_MEMORY(s->reader->load->err);
    }
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cn__sheet_cell *cell = &s->cells[i];
        const char *text = cell->len ? s->texts.data + cell->text : "";
        s->row[i] = (cn__row_cell){text, cell->len, cell->kind, {s->number, s->range.column + (uint32_t)i}};
    }
    /* A sheet has no row that is too short: what is left out is empty. */
    s->taken++;
    size_t width = s->cell_count;
    if (s->reader->begun && width < s->reader->column_count) {
        size_t more = s->reader->column_count - width;
        if (!cn__grow((void **)&s->row, &s->row_cap, width, more, sizeof *s->row)) {
            return CN__NO_MEMORY(s->reader->load->err);
        }
        for (; width < s->reader->column_count; width++) {
            s->row[width] = (cn__row_cell){"", 0, CN__CELL_TEXT, {s->number, s->range.column + (uint32_t)width}};
        }
    }
    return cn__row_reader_row(s->reader, s->row, width, (cn__place){s->number, s->range.column});
}

void cn__sheet_rows_release(cn__sheet_rows *s) {
    cn_buf_release(&s->texts);
    cn_buf_release(&s->merged);
    cn__free(s->cells);
    cn__free(s->row);
    cn__free(s->merges);
    memset(s, 0, sizeof *s);
}
