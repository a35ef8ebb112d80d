/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV by rows. Invariant: `at` is the first byte of a row; the cells of the present row lie in `row` one after the other,
 * each with its NUL. Memory is that of one row. O(bytes).
 */
#include "csv_scan.h"

#include "csv_guard.h"

#include "buf.h"
#include "memory.h"

#include <string.h>

enum { LOOK_LINES = 30, LOOK_BYTES = 65536 };

static bool is_comment(const cn__csv *csv, size_t at) {
    return csv->comments && at < csv->len && (csv->text[at] == '#' || csv->text[at] == '%');
}

/* How well a separator fits the first lines: how many have it equally often, then how often. Titles above a table have none. */
static size_t fitness(const char *text, size_t len, char separator) {
    size_t counts[LOOK_LINES];
    size_t lines = 0, here = 0, best = 0;
    bool quoted = false;
    for (size_t i = 0; i <= len && lines < LOOK_LINES; i++) {
        bool end = i == len || (!quoted && (text[i] == '\n' || text[i] == '\r'));
        if (end && here > 0) {
            counts[lines++] = here < 999 ? here : 999;
            here = 0;
        } else if (!end && text[i] == '"') {
            quoted = !quoted;
        } else {
            here += !end && !quoted && text[i] == separator;
        }
    }
    for (size_t i = 0; i < lines; i++) {
        size_t equal = 0;
        for (size_t k = 0; k < lines; k++) {
            equal += counts[k] == counts[i];
        }
        best = equal * 1000 + counts[i] > best ? equal * 1000 + counts[i] : best;
    }
    return best;
}

/* 0: none of them fits. */
static char find_separator(const char *text, size_t len) {
    static const char candidates[] = {';', '\t', ','};
    char best = 0;
    size_t best_fitness = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t fit = fitness(text, len < LOOK_BYTES ? len : LOOK_BYTES, candidates[i]);
        if (fit > best_fitness) {
            best = candidates[i];
            best_fitness = fit;
        }
    }
    return best;
}

void cn__csv_begin(cn__csv *csv, cn__load *load, const char *file, const char *text, size_t start, size_t len) {
    memset(csv, 0, sizeof *csv);
    csv->load = load;
    csv->file = file;
    csv->text = text;
    csv->len = len;
    csv->at = start;
    csv->separator = find_separator(text + start, len - start);
    csv->separator = csv->separator ? csv->separator : ',';
    cn__cursor_begin(&csv->cursor, text, start, len);
}

/* Are there two to four words in the line, of ASCII alone? A name of two words in another script is no edge. */
static bool is_line_of_words(const char *text, size_t len) {
    size_t words = 0;
    bool within = false;
    for (size_t i = 0; i < len && text[i] != '\n' && text[i] != '\r'; i++) {
        bool blank = text[i] == ' ' || text[i] == '\t';
        if ((unsigned char)text[i] >= 0x80) {
            return false;
        }
        words += !blank && !within;
        within = !blank;
    }
    return words >= 2 && words <= 4;
}

void cn__csv_be_lone(cn__csv *csv) {
    size_t at = csv->at;
    csv->comments = true;
    for (bool line_begins = true; at < csv->len; at++) { /* to the first line that says something */
        bool ends = csv->text[at] == '\n' || csv->text[at] == '\r';
        if (line_begins && !ends && !is_comment(csv, at)) {
            break;
        }
        line_begins = ends;
    }
    char separator = find_separator(csv->text + at, csv->len - at);
    bool words = is_line_of_words(csv->text + at, csv->len - at);
    csv->separator = separator ? separator : words ? ' ' : ',';
}

void cn__csv_end(cn__csv *csv) {
    cn__digits digits;
    if (csv->comment_count > 0) {
        CN__REPORT1(csv->load, csv->file, csv->first_comment, COMMENT_LINES,
                    cn__digits_of(&digits, csv->comment_count));
    }
}

void cn__csv_seek(cn__csv *csv, size_t at, uint32_t line) {
    csv->at = at;
    cn__cursor_begin(&csv->cursor, csv->text, at, csv->len);
    csv->cursor.place.line = line;
}

/* Bytes of the present row; of a row that is too long only the first. */
static void keep(cn__csv *csv, const char *bytes, size_t len) {
    size_t room = CN__CSV_ROW_MAX > csv->row.len ? CN__CSV_ROW_MAX - csv->row.len : 0;
    csv->cut = csv->cut || len > room;
    cn_buf_add(&csv->row, bytes, len < room ? len : room);
}

static bool at_line_end(const cn__csv *csv) {
    return csv->at >= csv->len || csv->text[csv->at] == '\n' || csv->text[csv->at] == '\r';
}

static bool at_blank(const cn__csv *csv) {
    return csv->separator == ' ' && csv->at < csv->len && (csv->text[csv->at] == ' ' || csv->text[csv->at] == '\t');
}

static bool at_cell_end(const cn__csv *csv) {
    return at_line_end(csv) || csv->text[csv->at] == csv->separator || at_blank(csv);
}

/* Blanks that part cells. */
static void skip_blanks(cn__csv *csv) {
    while (at_blank(csv)) {
        csv->at++;
    }
}

/* LF, CR LF or a lone CR. */
static void skip_line_end(cn__csv *csv) {
    if (csv->at < csv->len && csv->text[csv->at] == '\r') {
        csv->at++;
    }
    if (csv->at < csv->len && csv->text[csv->at] == '\n') {
        csv->at++;
    }
}

/* White space around a cell: blanks, no-break spaces, and tabs where they are no separator. */
static size_t space_at(const cn__csv *csv, const char *text, size_t len) {
    if (len > 0 && csv->separator != ' ' && (*text == ' ' || (*text == '\t' && csv->separator != '\t'))) {
        return 1;
    }
    return len > 1 && memcmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static size_t trimmed_len(const cn__csv *csv, const char *text, size_t len) {
    for (;;) {
        if (len > 0 && space_at(csv, text + len - 1, 1)) {
            len--;
        } else if (len > 1 && space_at(csv, text + len - 2, 2) == 2) {
            len -= 2;
        } else {
            return len;
        }
    }
}

static void read_quoted(cn__csv *csv, cn__csv_cell *cell) {
    cell->quoted = true;
    csv->at++;
    for (;;) {
        const char *quote = memchr(csv->text + csv->at, '"', csv->len - csv->at);
        size_t end = quote ? (size_t)(quote - csv->text) : csv->len;
        keep(csv, csv->text + csv->at, end - csv->at);
        csv->at = end;
        if (!quote) {
            csv->load->in_rows = false; /* it has swallowed all rows that follow */
            CN__REPORT0(csv->load, csv->file, cell->place, QUOTE_NOT_CLOSED);
            return;
        }
        csv->at++;
        if (csv->at >= csv->len || csv->text[csv->at] != '"') {
            break;
        }
        keep(csv, "\"", 1);
        csv->at++;
    }
    size_t space;
    while (!at_cell_end(csv) && (space = space_at(csv, csv->text + csv->at, csv->len - csv->at)) > 0) {
        csv->at += space;
    }
    if (!at_cell_end(csv)) {
        CN__REPORT0(csv->load, csv->file, cn__cursor_move(&csv->cursor, csv->at), TEXT_AFTER_QUOTE);
        while (!at_cell_end(csv)) {
            csv->at++;
        }
    }
}

static void read_plain(cn__csv *csv) {
    size_t start = csv->at;
    size_t quote = csv->len;
    while (!at_cell_end(csv)) {
        quote = csv->text[csv->at] == '"' && quote == csv->len ? csv->at : quote;
        csv->at++;
    }
    keep(csv, csv->text + start, trimmed_len(csv, csv->text + start, csv->at - start));
    if (quote < csv->len) {
        CN__REPORT0(csv->load, csv->file, cn__cursor_move(&csv->cursor, quote), QUOTE_INSIDE);
    }
}

static cn_status read_cell(cn__csv *csv) {
    size_t space;
    while (!at_cell_end(csv) && (space = space_at(csv, csv->text + csv->at, csv->len - csv->at)) > 0) {
        csv->at += space;
    }
    cn__csv_cell cell = {csv->row.len, 0, csv->at, false, cn__cursor_move(&csv->cursor, csv->at), false};
    if (csv->at < csv->len && csv->text[csv->at] == '"') {
        read_quoted(csv, &cell);
    } else {
        read_plain(csv);
    }
    cell.len = csv->row.len - cell.text;
    size_t guard = csv->row.failed ? 0 : cn__csv_guard_len(csv->row.data + cell.text, cell.len);
    cell.guarded = guard > 0;
    cell.text += guard;
    cell.start += guard;
    cell.len -= guard;
    cn__buf_add_char(&csv->row, '\0');
    if (csv->row.failed || !cn__grow((void **)&csv->cells, &csv->cell_cap, csv->cell_count, 1, sizeof *csv->cells)) {
        return CN__NO_MEMORY(csv->load->err);
    }
    csv->cells[csv->cell_count++] = cell;
    return CN_OK;
}

static cn_status read_row(cn__csv *csv) {
    csv->row.len = 0;
    csv->cut = false;
    csv->cell_count = 0;
    csv->row_place = cn__cursor_move(&csv->cursor, csv->at);
    skip_blanks(csv);
    for (;;) {
        cn_status status = read_cell(csv);
        skip_blanks(csv);
        if (status != CN_OK || at_line_end(csv)) {
            skip_line_end(csv);
            return status;
        }
        if (csv->cell_count == CN__CSV_CELLS_MAX) {
            cn__digits digits;
            CN__REPORT1(csv->load, csv->file, cn__cursor_move(&csv->cursor, csv->at + 1), TOO_MANY_CELLS,
                        cn__digits_of(&digits, CN__CSV_CELLS_MAX));
            while (!at_line_end(csv)) {
                csv->at++;
            }
            skip_line_end(csv);
            return CN_OK;
        }
        csv->at += csv->separator != ' '; /* blanks were skipped */
    }
}

static void skip_comment(cn__csv *csv) {
    if (csv->comment_count++ == 0) {
        csv->first_comment = cn__cursor_move(&csv->cursor, csv->at);
    }
    while (!at_line_end(csv)) {
        csv->at++;
    }
    skip_line_end(csv);
}

static bool row_is_empty(const cn__csv *csv) {
    for (size_t i = 0; i < csv->cell_count; i++) {
        if (csv->cells[i].len > 0) {
            return false;
        }
    }
    return true;
}

cn_status cn__csv_row(cn__csv *csv, bool *got) {
    uint64_t forgiven = csv->load->forgiven;
    *got = false;
    if (is_comment(csv, csv->at)) {
        skip_comment(csv);
        return CN_OK;
    }
    if (csv->at >= csv->len) {
        return CN_OK;
    }
    csv->load->in_rows = csv->in_rows;
    cn_status status = read_row(csv);
    if (csv->cut) {
        cn__digits limit;
        CN__REPORT1(csv->load, csv->file, csv->row_place, LINE_TOO_LONG, cn__digits_of(&limit, CN__CSV_ROW_MAX));
        cn_buf_release(&csv->row);
    }
    csv->load->in_rows = false;
    csv->broken = csv->load->forgiven > forgiven;
    csv->load->left_out += csv->broken;
    *got = status == CN_OK && !csv->cut && !csv->broken && !row_is_empty(csv);
    return status;
}

cn_status cn__csv_next(cn__csv *csv, bool *got) {
    *got = false;
    cn_status status = CN_OK;
    while (csv->at < csv->len && status == CN_OK && !*got) {
        status = cn__csv_row(csv, got);
    }
    return status;
}

const char *cn__csv_text(const cn__csv *csv, const cn__csv_cell *cell) { return csv->row.data + cell->text; }

cn__csv_walk cn__csv_walk_begin(const cn__csv *csv, const cn__csv_cell *cell) {
    return (cn__csv_walk){.text = cn__csv_text(csv, cell),
                          .quoted = cell->quoted,
                          .raw = cell->start + cell->quoted,
                          .cursor = {csv->text, cell->start, csv->len, cell->place}};
}

cn__place cn__csv_walk_to(cn__csv_walk *walk, size_t offset) {
    for (; walk->offset < offset; walk->offset++) {
        walk->raw += walk->quoted && walk->text[walk->offset] == '"' ? 2 : 1;
    }
    return cn__cursor_move(&walk->cursor, walk->raw);
}

void cn__csv_release(cn__csv *csv) {
    cn_buf_release(&csv->row);
    cn__free(csv->cells);
    csv->cells = NULL;
}
