/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cells of a large table as values: ids as they stand, money as plain digits, dates and words of small vocabularies, texts that
 * repeat. What a cell of the same column was last is kept, and so are the texts a thread has met, four places for each hash. Anything
 * doubtful is refused and so left to the reader of small tables. O(bytes of the cell).
 */
#include "bulk_parser.h"

#include "cell_value.h"
#include "convert.h"
#include "coopnet/date.h"
#include "memory.h"

#include <string.h>

enum { WORD_BYTES = 40, PRODUCT_BYTES = 256 };

/* Digits, perhaps in groups, with at most two decimals: far from any limit. */
static bool read_money(const cn__bulk_parser *p, cn__bulk_cell cell, int64_t *out) {
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

static bool same_span(cn__bulk_cell a, cn__bulk_cell b) {
    return a.len == b.len && a.text && memcmp(a.text, b.text, a.len) == 0;
}

static bool read_date(cn__bulk_parser *p, int which, cn__bulk_cell cell, cn_date *out) {
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
static bool read_word(cn__bulk_parser *p, int which, cn_vocabulary vocabulary, cn__bulk_cell cell, uint8_t *out) {
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
static void halves_of(const cn__bulk_parser *p, cn__bulk_cell text, uint64_t halves[2]) {
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

static bool product_is_doubtful(cn__bulk_cell text) {
    char copy[PRODUCT_BYTES];
    if (text.len >= sizeof copy) {
        return true;
    }
    memcpy(copy, text.text, text.len);
    copy[text.len] = '\0';
    char restored[16];
    return cn__doubtful_product(copy) || cn__code_restore(copy, CN__LOOK_TEXT, restored) != CN__CODE_FINE;
}

/* The place of a text of at most 16 bytes among those that this thread has met: it stands there, or may be put there. */
static cn__bulk_known *known_place(cn__bulk_known *table, const uint64_t halves[2]) {
    uint64_t mixed = (halves[0] ^ halves[1] << 7) * UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 29 ^ halves[1]) * UINT64_C(0xBF58476D1CE4E5B9);
    cn__bulk_known *known = table + (mixed >> 40 & (CN__BULK_KNOWN - CN__BULK_KNOWN_ROW));
    for (size_t i = 0; i < CN__BULK_KNOWN_ROW; i++) {
        if (known[i].number == 0 || (known[i].head == halves[0] && known[i].tail == halves[1])) {
            return known + i;
        }
    }
    return known + (mixed >> 60) % CN__BULK_KNOWN_ROW;
}

/* Number of a text that repeats; CN_NONE: new. False: as a product it is doubtful, or there is no memory. */
static bool find_text(const cn__bulk_parser *p, cn__bulk_cell text, bool is_source, uint32_t *out) {
    uint64_t halves[2] = {0, 0};
    cn__bulk_known *known = NULL;
    if (text.len <= 16) {
        halves_of(p, text, halves);
        known = known_place(is_source ? p->memory->sources : p->memory->products, halves);
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

/* Could this be a mark of no data? A few names are taken for one, and read again by the other reader. */
static bool maybe_no_data(cn__bulk_cell cell) {
    static const char no_ru[][8] = {"нет", "Нет", "НЕТ"};
    unsigned char first = (unsigned char)cell.text[0];
    bool no = false;
    for (size_t i = 0; i < 3 && first == 0xD0 && cell.len > 6 && cell.len < 30; i++) {
        no = no || memcmp(cell.text, no_ru[i], 6) == 0;
    }
    return no || first == '-' || first == '#' || first == 0xE2 || (cell.len <= 4 && (first == 'n' || first == 'N')) ||
           (first == 0xD0 && cell.len <= 6);
}

bool cn__bulk_put_cell(cn__bulk_parser *p, const cn__column *column, cn__bulk_cell cell, size_t *end_count) {
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
