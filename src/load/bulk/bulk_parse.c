/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A piece of a table of links, parsed by one thread. A plain row has the cells of the header, no quote inside a cell, money as plain
 * digits, known words, dates that exist and nothing in columns that are no members of a link; it becomes a fixed record. All others
 * are only stepped over, by the same rules as csv_scan.c, and noted. Nothing is reported here and nothing is added: what a row means
 * is decided when the chunks are taken in their order. A chunk may have been begun inside a quoted cell; then it is nonsense, which
 * the caller sees by where its predecessor ended. Invariant: `at` is the first byte of a row, `line` its line in the chunk.
 * O(bytes), and a look-up for each id.
 */
#include "bulk.h"

#include "builder_bulk.h"
#include "convert.h"
#include "coopnet/date.h"
#include "memory.h"

#include <string.h>

enum { KNOWN_TEXTS = 1024, WORD_BYTES = 40, PRODUCT_BYTES = 256 };

typedef struct span {
    const char *text;
    size_t len;
} span;

/* A text that was looked up before. */
typedef struct known_text {
    span text;
    uint32_t number;
} known_text;

typedef struct parser {
    const cn__bulk_plan *plan;
    cn__bulk_chunk *chunk;
    const char *at;
    const char *end; /* nothing is looked at from here on */
    const char *file_end;
    uint32_t line;
    span last_date[2], last_word[3];
    cn_date date[2];
    int word[3];
    known_text products[KNOWN_TEXTS];
    known_text sources[KNOWN_TEXTS];
} parser;

/* ---- bytes ---- */

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static bool at_cell_end(const parser *p, const char *at) {
    return at >= p->end || is_line_end(*at) || *at == p->plan->separator;
}

/* White space around cells, as in csv_scan.c. */
static size_t space_at(const parser *p, const char *at, const char *end) {
    if (at < end && (*at == ' ' || (*at == '\t' && p->plan->separator != '\t'))) {
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

/* Behind the row that begins at `at`, or NULL when it does not end before p->end. */
static const char *skip_row(parser *p, const char *at) {
    for (size_t cells = 1;; cells++) {
        at = skip_space(p, at);
        if (at < p->end && *at == '"') {
            at = skip_quoted(p, at);
        }
        while (!at_cell_end(p, at)) {
            at++;
        }
        while (cells == CN__CSV_CELLS_MAX && at < p->end && !is_line_end(*at)) {
            at++;
        }
        if (at >= p->end || is_line_end(*at)) {
            break;
        }
        at++;
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

/* A cell between quotes that holds none and no line end. */
static bool read_quoted(parser *p, span *cell) {
    const char *at = p->at + 1;
    while (at < p->end && *at != '"' && !is_line_end(*at)) {
        at++;
    }
    if (at >= p->end || *at != '"') {
        return false;
    }
    *cell = (span){p->at + 1, (size_t)(at - p->at) - 1};
    p->at = skip_space(p, at + 1);
    return at_cell_end(p, p->at);
}

/* The next cell; p->at moves behind it. False: not a plain one. */
static bool read_cell(parser *p, span *cell) {
    const char *at = p->at;
    if (at < p->end && (is_blank(*at) || *at == '\xC2')) {
        at = skip_space(p, at);
        p->at = at;
    }
    if (at < p->end && *at == '"') {
        return read_quoted(p, cell);
    }
    while (at < p->end && !p->plan->stops[(unsigned char)*at]) {
        at++;
    }
    if (at < p->end && *at == '"') {
        return false;
    }
    *cell = (span){p->at, (size_t)(at - p->at)};
    p->at = at;
    while (cell->len > 0 && is_blank(cell->text[cell->len - 1])) {
        const char *end = cell->text + cell->len;
        size_t space = space_at(p, end - 1, end);
        space = space == 0 && cell->len > 1 && space_at(p, end - 2, end) == 2 ? 2 : space;
        if (space == 0) {
            break;
        }
        cell->len -= space;
    }
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
        if (*at >= '0' && *at <= '9') {
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
    *out = value * (decimals == 2 ? 1 : decimals == 1 ? 10 : 100);
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

/* Where a text would be remembered. */
static known_text *place_of(known_text *texts, span text) {
    uint64_t mixed = text.len;
    uint64_t head = 0;
    uint64_t tail = 0;
    size_t some = text.len < sizeof head ? text.len : sizeof head;
    memcpy(&head, text.text, some);
    memcpy(&tail, text.text + text.len - some, some);
    mixed = (mixed ^ head) * UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 29 ^ tail) * UINT64_C(0xBF58476D1CE4E5B9);
    return &texts[mixed >> 40 & (KNOWN_TEXTS - 1)];
}

/* Number of a text that repeats; CN_NONE: new. False: as a product it is doubtful. */
static bool find_text(const parser *p, known_text *texts, span cell, bool product, uint32_t *out) {
    known_text *known = place_of(texts, cell);
    if (!same_span(known->text, cell)) {
        char text[PRODUCT_BYTES];
        if (product && cell.len >= sizeof text) {
            return false;
        }
        if (product) {
            memcpy(text, cell.text, cell.len);
            text[cell.len] = '\0';
        }
        if (product && cn__doubtful_product(text)) {
            return false;
        }
        *known = (known_text){cell, cn__builder_find_text(p->plan->builder, cell.text, cell.len)};
    }
    *out = known->number;
    return true;
}

/* ---- rows ---- */

static bool put_cell(parser *p, const cn__column *column, span cell, cn__bulk_row *row, span ends[2]) {
    const char *start = p->plan->text + p->chunk->start;
    if (column->to != CN__TO_SPEC || cell.len > p->plan->max_text_bytes) {
        return false;
    }
    switch ((cn__spec)column->index) {
    case CN__SPEC_FROM:
    case CN__SPEC_TO:
        ends[column->index == CN__SPEC_TO] = cell;
        return true;
    case CN__SPEC_VALUE:
        return read_money(p, cell, &row->value);
    case CN__SPEC_PRODUCT:
        row->product_at = (uint32_t)(cell.text - start);
        row->product_len = (uint32_t)cell.len;
        return find_text(p, p->products, cell, true, &row->product);
    case CN__SPEC_SOURCE:
        row->source_at = (uint32_t)(cell.text - start);
        row->source_len = (uint32_t)cell.len;
        return find_text(p, p->sources, cell, false, &row->source);
    case CN__SPEC_SINCE:
        return read_date(p, 0, cell, &row->since);
    case CN__SPEC_UNTIL:
        return read_date(p, 1, cell, &row->until);
    case CN__SPEC_KIND:
        return read_word(p, 0, CN_VOC_LINK_KIND, cell, &row->kind);
    case CN__SPEC_STATUS:
        return read_word(p, 1, CN_VOC_LINK_STATUS, cell, &row->status);
    case CN__SPEC_ROLE:
        return read_word(p, 2, CN_VOC_ROLE, cell, &row->role);
    default:
        return false;
    }
}

static bool kind_is_given(const cn__bulk_row *row) { return row->kind != UINT8_MAX; }

/* The row at p->at. False: not a plain one, and p->at may be anywhere in it. */
static bool read_row(parser *p, bool needs_kind, cn__bulk_row *row, span ends[2]) {
    const cn__bulk_plan *plan = p->plan;
    for (size_t i = 0; i < plan->column_count; i++) {
        span cell;
        if (!read_cell(p, &cell)) {
            return false;
        }
        if (cell.len > 0 && plan->columns[i] && !put_cell(p, plan->columns[i], cell, row, ends)) {
            return false;
        }
        bool last = i + 1 == plan->column_count;
        bool line_ends = p->at >= p->end || is_line_end(*p->at);
        if (last != line_ends || (p->at >= p->end && p->end < p->file_end)) {
            return false;
        }
        p->at += !last;
    }
    if (!needs_kind) {
        row->kind = CN_LINK_SUPPLY;
    }
    return ends[0].len > 0 && ends[1].len > 0 && kind_is_given(row);
}

static bool keep_row(cn__bulk_chunk *chunk, const cn__bulk_row *row, const span ends[2]) {
    size_t count = 2 * chunk->row_count;
    if (!cn__grow((void **)&chunk->rows, &chunk->row_cap, chunk->row_count, 1, sizeof *chunk->rows) ||
        !cn__grow((void **)&chunk->ids, &chunk->id_cap, count, 2, sizeof *chunk->ids) ||
        !cn__grow((void **)&chunk->id_lens, &chunk->len_cap, count, 2, sizeof *chunk->id_lens)) {
        return false;
    }
    for (size_t i = 0; i < 2; i++) {
        chunk->ids[count + i] = ends[i].text;
        chunk->id_lens[count + i] = (uint32_t)ends[i].len;
    }
    chunk->rows[chunk->row_count++] = *row;
    return true;
}

static bool has_kind(const cn__bulk_plan *plan) {
    for (size_t i = 0; i < plan->column_count; i++) {
        const cn__column *column = plan->columns[i];
        if (column && column->to == CN__TO_SPEC && column->index == CN__SPEC_KIND) {
            return true;
        }
    }
    return false;
}

static bool parse_rows(parser *p) {
    cn__bulk_chunk *chunk = p->chunk;
    const char *limit = p->plan->text + chunk->limit;
    const char *start = p->plan->text + chunk->start;
    bool needs_kind = has_kind(p->plan);
    while (p->at < limit && !chunk->unfinished) {
        if (is_line_end(*p->at)) {
            p->at = skip_line_end(p, p->at);
            continue;
        }
        const char *at = p->at;
        cn__bulk_row row = {CN_MONEY_NONE, (uint32_t)(at - start), p->line, 0, 0, 0, 0, 0, 0, 0, 0, UINT8_MAX, 0, 0};
        span ends[2] = {{0}, {0}};
        if (!read_row(p, needs_kind, &row, ends)) {
            if (!note_odd(p, at)) {
                return false;
            }
        } else if (keep_row(chunk, &row, ends)) {
            p->at = skip_line_end(p, p->at);
        } else {
            return false;
        }
    }
    return true;
}

uint32_t cn__bulk_number(const char *id, size_t len) {
    uint32_t number = 0;
    if (len == 0 || len > 8 || (id[0] == '0' && len > 1)) {
        return CN_NONE;
    }
    for (size_t i = 0; i < len; i++) {
        if (id[i] < '0' || id[i] > '9') {
            return CN_NONE;
        }
        number = number * 10 + (uint32_t)(id[i] - '0');
    }
    return number < CN__BULK_NUMBERS_MAX ? number : CN_NONE;
}

/* The entities of all ids: of numbers by their table, of the others many at a time. */
static void find_entities(const cn__bulk_plan *plan, cn__bulk_chunk *chunk) {
    size_t waiting = 0; /* first id that is no known number and was not looked up */
    for (size_t i = 0; i < 2 * chunk->row_count; i++) {
        uint32_t number = cn__bulk_number(chunk->ids[i], chunk->id_lens[i]);
        if (number == CN_NONE) {
            continue;
        }
        cn__builder_find_ids(plan->builder, chunk->ids + waiting, chunk->id_lens + waiting, i - waiting,
                             chunk->entities + waiting);
        chunk->entities[i] = number < plan->number_count ? plan->numbers[number] : CN_NONE;
        waiting = i + 1;
    }
    cn__builder_find_ids(plan->builder, chunk->ids + waiting, chunk->id_lens + waiting, 2 * chunk->row_count - waiting,
                         chunk->entities + waiting);
}

void cn__bulk_parse(const cn__bulk_plan *plan, cn__bulk_chunk *chunk) {
    parser *p = cn__calloc(1, sizeof *p);
    chunk->row_count = 0;
    chunk->odd_count = 0;
    chunk->unfinished = false;
    chunk->failed = !p;
    if (!p) {
        return;
    }
    size_t piece = chunk->limit - chunk->start;
    size_t end = plan->len - chunk->limit > piece ? chunk->limit + piece : plan->len; /* a row may go on so far */
    p->plan = plan;
    p->chunk = chunk;
    p->at = plan->text + chunk->start;
    p->end = plan->text + end;
    p->file_end = plan->text + plan->len;
    chunk->failed = !parse_rows(p) || !cn__grow((void **)&chunk->entities, &chunk->entity_cap, 0, 2 * chunk->row_count,
                                                sizeof *chunk->entities);
    chunk->end = (size_t)(p->at - plan->text);
    chunk->lines = p->line;
    if (!chunk->failed) {
        find_entities(plan, chunk);
    }
    cn__free(p);
}

void cn__bulk_chunk_release(cn__bulk_chunk *chunk) {
    cn__free(chunk->rows);
    cn__free(chunk->odd);
    cn__free(chunk->ids);
    cn__free(chunk->id_lens);
    cn__free(chunk->entities);
    memset(chunk, 0, sizeof *chunk);
}
