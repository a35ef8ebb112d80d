/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A piece of a table of links, parsed by one thread. Cells are cut where bulk_stops.c says that they may end; plain rows (bulk.h says which
 * they are) are written into columns. All others are only stepped over, by the same rules as csv_scan.c, and noted. Nothing is reported
 * here and nothing is added: what a row means is decided when the chunks are taken in their order. A chunk may have been begun inside a
 * quoted cell; then it is nonsense, which the caller sees by where its predecessor ended. Invariant: `at` is the first byte of a row,
 * `line` its line in the chunk; the stops from `stop` on are those of the block behind `at`. O(bytes), and a look-up for each id.
 */
#include "bulk_parser.h"

#include "memory.h"

#include <string.h>

/* ---- bytes ---- */

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static bool at_cell_end(const cn__bulk_parser *p, const char *at) {
    return at >= p->end || is_line_end(*at) || *at == p->plan->separator || (p->blanks && *at == '\t');
}

/* White space around cells, as in csv_scan.c. */
static size_t space_at(const cn__bulk_parser *p, const char *at, const char *end) {
    char separator = p->plan->separator;
    if (at < end && separator != ' ' && (*at == ' ' || (*at == '\t' && separator != '\t'))) {
        return 1;
    }
    return end - at > 1 && memcmp(at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static const char *skip_space(const cn__bulk_parser *p, const char *at) {
    for (size_t space = space_at(p, at, p->end); space > 0; space = space_at(p, at, p->end)) {
        at += space;
    }
    return at;
}

/* Blanks that part cells. */
static const char *skip_blanks(const cn__bulk_parser *p, const char *at) {
    while (p->blanks && at < p->end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return at;
}

/* Behind LF, CR LF or CR. */
static const char *skip_line_end(cn__bulk_parser *p, const char *at) {
    if (at < p->file_end && *at == '\r') {
        at++;
        at += at < p->file_end && *at == '\n';
        p->line++;
    } else if (at < p->file_end) {
        at++;
        p->line++;
    }
    return at;
}

/* ---- odd rows ---- */

/* To the quote that closes a cell, and behind it; lines are counted. */
static const char *skip_quoted(cn__bulk_parser *p, const char *at) {
    for (at++; at < p->end; at++) {
        if (*at == '"') {
            if (at + 1 >= p->file_end || at[1] != '"') {
                return at + 1;
            }
            at++;
        } else if (*at == '\n' || (*at == '\r' && (at + 1 >= p->file_end || at[1] != '\n'))) {
            p->line++;
        }
    }
    return p->end;
}

/* Is this a line that belongs to no table? */
static bool is_comment(const cn__bulk_parser *p, const char *at) {
    return p->plan->comments && at < p->end && (*at == '#' || *at == '%');
}

/* To the end of the last cell of the row that begins at `at`, or to p->end. */
static const char *skip_cells(cn__bulk_parser *p, const char *at) {
    at = skip_blanks(p, at);
    for (size_t cells = 1;; cells++) {
        at = skip_space(p, at);
        if (at < p->end && *at == '"') {
            at = skip_quoted(p, at);
        }
        while (!at_cell_end(p, at)) {
            at++;
        }
        at = skip_blanks(p, at);
        while (cells == CN__CSV_CELLS_MAX && at < p->end && !is_line_end(*at)) {
            at++;
        }
        if (at >= p->end || is_line_end(*at)) {
            return at;
        }
        at += !p->blanks;
    }
}

/* Behind the row that begins at `at`, or NULL when it does not end before p->end. */
static const char *skip_row(cn__bulk_parser *p, const char *at) {
    if (is_comment(p, at)) {
        while (at < p->end && !is_line_end(*at)) {
            at++;
        }
    } else {
        at = skip_cells(p, at);
    }
    return at >= p->end && p->end < p->file_end ? NULL : skip_line_end(p, at);
}

static bool note_odd(cn__bulk_parser *p, const char *at) {
    cn__bulk_chunk *chunk = p->chunk;
    uint32_t line = p->line;
    const char *next = skip_row(p, at);
    if (!next) {
        p->at = at;
        p->line = line;
        chunk->unfinished = true;
        return true;
    }
    if (!cn__grow((void **)&chunk->odd, &chunk->odd_cap, chunk->odd_count, 1, sizeof *chunk->odd)) {
        return false;
    }
    chunk->odd[chunk->odd_count++] =
        (cn__bulk_odd){(size_t)(at - p->plan->text), (size_t)(next - p->plan->text), line, (uint32_t)chunk->row_count};
    p->at = next;
    return true;
}

/* ---- cells ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\xA0'; }

/* A cell between quotes that holds none and no line end, and does not begin with a guard (csv_guard.h). */
static bool read_quoted(cn__bulk_parser *p, cn__bulk_cell *cell) {
    const char *at = p->at + 1;
    while (at < p->end && *at != '"' && !is_line_end(*at)) {
        at++;
    }
    if (at >= p->end || *at != '"' || p->at[1] == '\'') {
        return false;
    }
    *cell = (cn__bulk_cell){p->at + 1, (size_t)(at - p->at) - 1};
    p->at = skip_space(p, at + 1);
    return at_cell_end(p, p->at);
}

/* The first place from `at` on where a cell may end, or p->end. */
static const char *next_stop(cn__bulk_parser *p, const char *at) {
    if (at < p->block) { /* a row that was begun anew */
        p->block_end = at;
        p->stop = p->stop_count = 0;
    }
    for (;;) {
        for (; p->stop < p->stop_count; p->stop++) {
            if (p->block + p->stops[p->stop] >= at) {
                return p->block + p->stops[p->stop];
            }
        }
        p->block = at > p->block_end ? at : p->block_end;
        if (p->block >= p->end) {
            return p->end;
        }
        p->block_end = p->end - p->block > CN__BULK_BLOCK ? p->block + CN__BULK_BLOCK : p->end;
        p->stop = 0;
        p->stop_count = cn__bulk_stops(p->plan, p->block, p->block_end, p->stops);
    }
}

static size_t trimmed_len(const cn__bulk_parser *p, const char *text, size_t len) {
    while (len > 0 && is_blank(text[len - 1])) {
        const char *end = text + len;
        size_t space = space_at(p, end - 1, end);
        space = space == 0 && len > 1 && space_at(p, end - 2, end) == 2 ? 2 : space;
        if (space == 0) {
            break;
        }
        len -= space;
    }
    return len;
}

/* The next cell; p->at moves behind it. False: not a plain one. */
static bool read_cell(cn__bulk_parser *p, cn__bulk_cell *cell) {
    const char *at = p->at;
    if (at < p->end && (is_blank(*at) || *at == '\xC2')) {
        at = skip_space(p, at);
        p->at = at;
    }
    if (at < p->end && *at == '\'') {
        return false;
    }
    const char *stop = next_stop(p, at);
    if (stop < p->end && *stop == '"') {
        return stop == at && read_quoted(p, cell);
    }
    *cell = (cn__bulk_cell){at, trimmed_len(p, at, (size_t)(stop - at))};
    p->at = stop;
    return true;
}

/* ---- rows ---- */

/* The row at p->at becomes row `row_count` of the chunk. False: not a plain one, and p->at may be anywhere in it. */
static bool read_row(cn__bulk_parser *p) {
    const cn__bulk_plan *plan = p->plan;
    size_t ends = 0;
    cn__bulk_chunk_begin_row(plan, p->chunk);
    p->at = skip_blanks(p, p->at);
    for (size_t i = 0; i < plan->column_count; i++) {
        cn__bulk_cell cell;
        if (!read_cell(p, &cell)) {
            return false;
        }
        if (cell.len > 0 && plan->columns[i] && !cn__bulk_put_cell(p, plan->columns[i], cell, &ends)) {
            return false;
        }
        p->at = skip_blanks(p, p->at);
        bool last = i + 1 == plan->column_count;
        bool line_ends = p->at >= p->end || is_line_end(*p->at);
        if (last != line_ends || (p->at >= p->end && p->end < p->file_end)) {
            return false;
        }
        p->at += !last && !p->blanks;
    }
    return ends == 2 && !(plan->has[CN__SPEC_KIND] && p->chunk->kind[p->chunk->row_count] == UINT8_MAX);
}

static bool parse_rows(cn__bulk_parser *p) {
    cn__bulk_chunk *chunk = p->chunk;
    const char *limit = p->plan->text + chunk->limit;
    const char *start = p->plan->text + chunk->start;
    while (p->at < limit && !chunk->unfinished) {
        if (is_line_end(*p->at)) {
            p->at = skip_line_end(p, p->at);
            continue;
        }
        const char *at = p->at;
        size_t texts = chunk->text_count;
        if (!cn__bulk_chunk_make_room(p->plan, chunk)) {
            return false;
        }
        if (!is_comment(p, at) && read_row(p)) {
            chunk->at[chunk->row_count] = (uint32_t)(at - start);
            chunk->line[chunk->row_count++] = p->line;
            p->at = skip_line_end(p, p->at);
            continue;
        }
        chunk->text_count = texts;
        if (chunk->failed || !note_odd(p, at)) {
            return false;
        }
    }
    return true;
}

/* The entities of all ids, many at a time. False: memory. */
static bool find_entities(const cn__bulk_plan *plan, cn__bulk_chunk *chunk) {
    const char *end = plan->text + plan->len;
    size_t count = 2 * chunk->row_count;
    for (size_t i = 0; i < count; i += CN__BULK_TOGETHER) {
        size_t some = count - i < CN__BULK_TOGETHER ? count - i : CN__BULK_TOGETHER;
        cn__bulk_ids_find(plan->ids, chunk->ids + i, chunk->id_lens + i, some, end, chunk->ends + i);
        if (!cn__grow((void **)&chunk->unknown, &chunk->unknown_cap, chunk->unknown_count, some,
                      sizeof *chunk->unknown)) {
            return false;
        }
        for (size_t k = i; k < i + some; k++) {
            chunk->unknown[chunk->unknown_count] = (uint32_t)k;
            chunk->unknown_count += chunk->ends[k] == CN_NONE;
        }
    }
    return true;
}

void cn__bulk_parse(const cn__bulk_plan *plan, cn__bulk_memory *memory, cn__bulk_chunk *chunk) {
    size_t piece = chunk->limit - chunk->start;
    size_t end = plan->len - chunk->limit > piece ? chunk->limit + piece : plan->len; /* a row may go on so far */
    cn__bulk_parser p;
    memset(&p, 0, offsetof(cn__bulk_parser, stops));
    p.plan = plan;
    p.memory = memory;
    p.chunk = chunk;
    p.at = p.block = p.block_end = plan->text + chunk->start;
    p.end = plan->text + end;
    p.file_end = plan->text + plan->len;
    p.blanks = plan->separator == ' ';
    chunk->row_count = chunk->odd_count = chunk->text_count = chunk->unknown_count = 0;
    chunk->unfinished = chunk->failed = chunk->reserved = false;
    chunk->failed = !parse_rows(&p) || !find_entities(plan, chunk);
    chunk->end = (size_t)(p.at - plan->text);
    chunk->lines = p.line;
}
