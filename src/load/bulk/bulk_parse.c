/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A piece of a table of links, parsed by one thread. Cells are cut where bulk_stops.c says that they may end; plain rows (bulk.h says which
 * they are) are written into columns. All others are only stepped over, by the same rules as csv_scan.c, and noted. Nothing is reported
 * here and nothing is added: what a row means is decided when the chunks are taken in their order. A chunk may have been begun inside a
 * quoted cell; then it is nonsense, which the caller sees by where its predecessor ended. Invariant: `at` is the first byte of a row,
 * `line` its line in the chunk; the stops from `stop` on are those of the block behind `at`. O(bytes), and a look-up for each id.
 */
#include "bulk.h"

#include "cell_value.h"
#include "convert.h"
#include "coopnet/date.h"
#include "memory.h"

#include <string.h>

enum { WORD_BYTES = 40, PRODUCT_BYTES = 256 };

typedef struct span {
    const char *text;
    size_t len;
} span;

typedef struct parser {
    const cn__bulk_plan *plan;
    cn__bulk_memory *memory;
    cn__bulk_chunk *chunk;
    const char *at;
    const char *end; /* nothing is looked at from here on */
    const char *file_end;
    uint32_t line;
    bool blanks; /* cells are parted by blanks, however many */
    const char *block;
    const char *block_end;
    size_t stop, stop_count;
    span last_date[2], last_word[3];
    cn_date date[2];
    int word[3];
    uint16_t stops[CN__BULK_BLOCK];
} parser;

/* ---- bytes ---- */

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static bool at_cell_end(const parser *p, const char *at) {
    return at >= p->end || is_line_end(*at) || *at == p->plan->separator || (p->blanks && *at == '\t');
}

/* White space around cells, as in csv_scan.c. */
static size_t space_at(const parser *p, const char *at, const char *end) {
    char separator = p->plan->separator;
    if (at < end && separator != ' ' && (*at == ' ' || (*at == '\t' && separator != '\t'))) {
        return 1;
    }
    return end - at > 1 && memcmp(at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static const char *skip_space(const parser *p, const char *at) {
    for (size_t space = space_at(p, at, p->end); space > 0; space = space_at(p, at, p->end)) {
        at += space;
    }
    return at;
}

/* Blanks that part cells. */
static const char *skip_blanks(const parser *p, const char *at) {
    while (p->blanks && at < p->end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return at;
}

/* Behind LF, CR LF or CR. */
static const char *skip_line_end(parser *p, const char *at) {
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
static const char *skip_quoted(parser *p, const char *at) {
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
static bool is_comment(const parser *p, const char *at) {
    return p->plan->comments && at < p->end && (*at == '#' || *at == '%');
}

/* To the end of the last cell of the row that begins at `at`, or to p->end. */
static const char *skip_cells(parser *p, const char *at) {
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
static const char *skip_row(parser *p, const char *at) {
    if (is_comment(p, at)) {
        while (at < p->end && !is_line_end(*at)) {
            at++;
        }
    } else {
        at = skip_cells(p, at);
    }
    return at >= p->end && p->end < p->file_end ? NULL : skip_line_end(p, at);
}

static bool note_odd(parser *p, const char *at) {
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
static bool read_quoted(parser *p, span *cell) {
    const char *at = p->at + 1;
    while (at < p->end && *at != '"' && !is_line_end(*at)) {
        at++;
    }
    if (at >= p->end || *at != '"' || p->at[1] == '\'') {
        return false;
    }
    *cell = (span){p->at + 1, (size_t)(at - p->at) - 1};
    p->at = skip_space(p, at + 1);
    return at_cell_end(p, p->at);
}

/* The first place from `at` on where a cell may end, or p->end. */
static const char *next_stop(parser *p, const char *at) {
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

static size_t trimmed_len(const parser *p, const char *text, size_t len) {
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
static bool read_cell(parser *p, span *cell) {
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
    *cell = (span){at, trimmed_len(p, at, (size_t)(stop - at))};
    p->at = stop;
    return true;
}

/* Digits, perhaps in groups, with at most two decimals: far from any limit. */
static bool read_money(const parser *p, span cell, int64_t *out) {
    const char *at = cell.text;
    const char *end = at + cell.len;
    const char point = p->plan->separator != ',' ? ',' : '.';
    int64_t value = 0;
    int digits = 0;
    int decimals = -1;
    for (; at < end; at++) {
        if ((unsigned char)(*at - '0') <= 9) {
            value = value * 10 + (*at - '0');
            digits++;
            decimals += decimals >= 0;
        } else if ((*at == '.' || *at == point) && decimals < 0 && digits > 0) {
            decimals = 0;
        } else if (*at == ' ' && digits > 0 && decimals < 0 && at + 1 < end && at[1] >= '0' && at[1] <= '9' &&
                   at[-1] != ' ') {
            continue;
        } else if (*at == '\xC2' && digits > 0 && decimals < 0 && end - at > 2 && at[1] == '\xA0' && at[2] >= '0' &&
                   at[2] <= '9') {
            at++;
        } else {
            return false;
        }
        if (digits > 15 || decimals > 2) {
            return false;
        }
    }
    value *= decimals == 2 ? 1 : decimals == 1 ? 10 : 100;
    int64_t factor = p->plan->value_factor;
    if (factor > 1 && value > (INT64_C(1) << 62) / 1000 / factor) {
        return false;
    }
    *out = value * factor;
    return digits > 0 && decimals != 0 && (cell.text[0] != '0' || digits == 1 + (decimals > 0 ? decimals : 0));
}

static bool same_span(span a, span b) { return a.len == b.len && a.text && memcmp(a.text, b.text, a.len) == 0; }

static bool read_date(parser *p, int which, span cell, cn_date *out) {
    char text[16];
    if (!same_span(p->last_date[which], cell)) {
        if (cell.len >= sizeof text) {
            return false;
        }
        memcpy(text, cell.text, cell.len);
        text[cell.len] = '\0';
        p->date[which] = cn_date_parse(text);
        p->last_date[which] = cell;
    }
    *out = p->date[which];
    return *out != CN_DATE_NONE;
}

/* A word of a small vocabulary: never the empty value. */
static bool read_word(parser *p, int which, cn_vocabulary vocabulary, span cell, uint8_t *out) {
    char word[WORD_BYTES];
    if (!same_span(p->last_word[which], cell)) {
        if (cell.len >= sizeof word) {
            return false;
        }
        memcpy(word, cell.text, cell.len);
        word[cell.len] = '\0';
        p->word[which] = cn__value_by_word(vocabulary, word);
        p->last_word[which] = cell;
    }
    *out = (uint8_t)p->word[which];
    return p->word[which] >= 0 && *cn_vocabulary_key(vocabulary, p->word[which]);
}

/* The bytes of a text of at most 16. */
static void halves_of(const parser *p, span text, uint64_t halves[2]) {
    halves[0] = halves[1] = 0;
    if (text.len == 16 || p->file_end - text.text < 16) {
        memcpy(halves, text.text, text.len);
        return;
    }
    memcpy(halves, text.text, 16); /* and then away with what lies behind: no copy of unknown length */
    static const unsigned char kept[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint64_t mask[2];
    memcpy(mask, kept + 16 - text.len, sizeof mask);
    halves[0] &= mask[0];
    halves[1] &= mask[1];
}

static bool product_is_doubtful(span text) {
    char copy[PRODUCT_BYTES];
    if (text.len >= sizeof copy) {
        return true;
    }
    memcpy(copy, text.text, text.len);
    copy[text.len] = '\0';
    char restored[16];
    return cn__doubtful_product(copy) || cn__code_restore(copy, CN__LOOK_TEXT, restored) != CN__CODE_FINE;
}

/* Number of a text that repeats; CN_NONE: new. False: as a product it is doubtful, or there is no memory. */
static bool find_text(const parser *p, span text, bool is_source, uint32_t *out) {
    uint64_t halves[2] = {0, 0};
    cn__bulk_known *known = NULL;
    if (text.len <= 16) {
        halves_of(p, text, halves);
        uint64_t mixed = (halves[0] ^ halves[1] << 7) * UINT64_C(0x9E3779B97F4A7C15);
        mixed = (mixed ^ mixed >> 29 ^ halves[1]) * UINT64_C(0xBF58476D1CE4E5B9);
        known = (is_source ? p->memory->sources : p->memory->products) + (mixed >> 40 & (CN__BULK_KNOWN - 1));
        if (known->head == halves[0] && known->tail == halves[1] && known->number != 0) {
            *out = known->number;
            return true;
        }
    }
    if (!is_source && product_is_doubtful(text)) {
        return false;
    }
    *out = cn__builder_find_text(p->plan->builder, text.text, text.len);
    if (*out == CN_NONE) {
        return cn__bulk_chunk_note_text(p->chunk, text.text, text.len, is_source);
    }
    if (known) {
        *known = (cn__bulk_known){halves[0], halves[1], *out};
    }
    return true;
}

/* ---- rows ---- */

/* Could this be a mark of no data? A few names are taken for one, and read again by the other reader. */
static bool maybe_no_data(span cell) {
    static const char no_ru[][8] = {"нет", "Нет", "НЕТ"};
    unsigned char first = (unsigned char)cell.text[0];
    bool no = false;
    for (size_t i = 0; i < 3 && first == 0xD0 && cell.len > 6 && cell.len < 30; i++) {
        no = no || memcmp(cell.text, no_ru[i], 6) == 0;
    }
    return no || first == '-' || first == '#' || first == 0xE2 || (cell.len <= 4 && (first == 'n' || first == 'N')) ||
           (first == 0xD0 && cell.len <= 6);
}

static bool put_cell(parser *p, const cn__column *column, span cell, size_t *end_count) {
    cn__bulk_chunk *chunk = p->chunk;
    size_t row = chunk->row_count;
    if (column->to != CN__TO_SPEC || cell.len > p->plan->max_text_bytes || maybe_no_data(cell)) {
        return false;
    }
    switch ((cn__spec)column->index) {
    case CN__SPEC_FROM:
    case CN__SPEC_TO:
        chunk->ids[2 * row + *end_count] = cell.text;
        chunk->id_lens[2 * row + *end_count] = (uint32_t)cell.len;
        ++*end_count;
        return true;
    case CN__SPEC_VALUE:
        return read_money(p, cell, &chunk->value[row]);
    case CN__SPEC_PRODUCT:
        return find_text(p, cell, false, &chunk->product[row]);
    case CN__SPEC_SOURCE:
        return find_text(p, cell, true, &chunk->source[row]);
    case CN__SPEC_SINCE:
        return read_date(p, 0, cell, &chunk->since[row]);
    case CN__SPEC_UNTIL:
        return read_date(p, 1, cell, &chunk->until[row]);
    case CN__SPEC_KIND:
        return read_word(p, 0, CN_VOC_LINK_KIND, cell, &chunk->kind[row]);
    case CN__SPEC_STATUS:
        return read_word(p, 1, CN_VOC_LINK_STATUS, cell, &chunk->status[row]);
    case CN__SPEC_ROLE:
        return read_word(p, 2, CN_VOC_ROLE, cell, &chunk->role[row]);
    default:
        return false;
    }
}

/* The row at p->at becomes row `row_count` of the chunk. False: not a plain one, and p->at may be anywhere in it. */
static bool read_row(parser *p) {
    const cn__bulk_plan *plan = p->plan;
    size_t ends = 0;
    cn__bulk_chunk_begin_row(plan, p->chunk);
    p->at = skip_blanks(p, p->at);
    for (size_t i = 0; i < plan->column_count; i++) {
        span cell;
        if (!read_cell(p, &cell)) {
            return false;
        }
        if (cell.len > 0 && plan->columns[i] && !put_cell(p, plan->columns[i], cell, &ends)) {
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

static bool parse_rows(parser *p) {
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
    parser p;
    memset(&p, 0, offsetof(parser, stops));
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
