/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seeded mutations of the parts of workbooks and of whole ones, a fixed number. COOPNET_FUZZ_RUNS sets another one for a long run. The
 * parts are mutated before they are packed: a mutated archive seldom gets past its check sums.
 */
#include "fuzz_load.h"
#include "make_book.h"

enum { DEFAULT_RUNS = 1500, PART_MAX = 8000 };

static const char *const tokens[] = {"<row>",
                                     "</row>",
                                     "<c>",
                                     "</c>",
                                     "<v>",
                                     "</v>",
                                     "t=\"s\"",
                                     "t=\"e\"",
                                     "r=\"ZZZ1\"",
                                     "r=\"A0\"",
                                     "s=\"999999\"",
                                     "<is>",
                                     "<t>",
                                     "-1",
                                     "1e309",
                                     "4294967296",
                                     "<mergeCell ref=\"A1:A9999999\"/>",
                                     "<table:table-row table:number-rows-repeated=\"99999999\">",
                                     "table:number-columns-repeated=\"70000\"",
                                     "table:number-rows-spanned=\"90000\"",
                                     "<table:covered-table-cell/>",
                                     "<text:p>",
                                     "&amp;",
                                     "&x;",
                                     "<!ENTITY a \"b\">",
                                     "\xFF",
                                     "итого",
                                     "<!--",
                                     "office:value-type=\"date\"",
                                     "office:date-value=\"2024\""};

static void mutate(uint64_t *state, char *text) {
    for (uint32_t changes = 1 + check_below(state, 4); changes > 0; changes--) {
        size_t len = strlen(text);
        size_t at = check_below(state, (uint32_t)len + 1);
        size_t span = check_below(state, 30);
        span = span < len - at ? span : len - at;
        if (check_below(state, 3) == 0) {
            memmove(text + at, text + at + span, len - at - span + 1);
        } else if (check_below(state, 4) == 0 && at < len) {
            text[at] = (char)(32 + check_below(state, 90));
        } else {
            const char *token = tokens[check_below(state, sizeof tokens / sizeof *tokens)];
            size_t more = strlen(token);
            if (len + more < PART_MAX) {
                memmove(text + at + more, text + at, len - at + 1);
                memcpy(text + at, token, more);
            }
        }
    }
}

static void load_book(const book_part *parts, uint64_t *state, bool harm) {
    size_t len = 0;
    char *bytes = make_book(parts, &len);
    for (uint32_t i = harm ? 1 + check_below(state, 3) : 0; i > 0; i--) {
        bytes[check_below(state, (uint32_t)len)] ^= (char)(1u << check_below(state, 8));
    }
    fuzz_load(CN_FORMAT_AUTO, (const uint8_t *)bytes, len);
    free(bytes);
}

static void mutations_load(void) {
    const char *wish = getenv("COOPNET_FUZZ_RUNS");
    long runs = wish ? strtol(wish, NULL, 10) : DEFAULT_RUNS;
    uint64_t state = 20240402;
    for (long run = 0; run < runs; run++) {
        static char text[PART_MAX + 64];
        bool excel = run % 2 == 0;
        bool harm = run % 8 >= 6;
        strcpy(text, excel ? BOOK_XLSX_SHEET : BOOK_ODS_CONTENT(BOOK_ODS_ROWS));
        if (!harm) {
            mutate(&state, text);
        }
        book_part xlsx[] = BOOK_XLSX_PARTS(text);
        book_part ods[] = BOOK_ODS_PARTS(text);
        if (excel && run % 16 == 2) { /* the other parts */
            static char other[PART_MAX + 64];
            size_t which = check_below(&state, 4);
            strcpy(other, xlsx[which].text);
            mutate(&state, other);
            xlsx[which].text = other;
        }
        load_book(excel ? xlsx : ods, &state, harm);
    }
}

int main(void) { return check_run((check_case[]){{"mutations_load", mutations_load}, {0}}); }
