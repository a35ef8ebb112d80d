/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text measuring and wrapping. Widths to compare with are those of Arial: A 1366, space 569, Ж 1891, ₽ 1216 of 2048. */
#include "check.h"
#include "font.h"

#include <string.h>

static double width(const char *text, bool bold) { return cn__font_width(text, strlen(text), bold, 2048); }

static void known_widths(void) {
    CHECK_NEAR(width("A", false), 1366, 0.001);
    CHECK_NEAR(width("A A", false), 1366 + 569 + 1366, 0.001);
    CHECK_NEAR(width("Ж", false), 1891, 0.001);
    CHECK_NEAR(width("A", true), 1479, 0.001);
    CHECK_NEAR(width("", false), 0, 0);
    CHECK(width("漢", false) >= 2048);
    CHECK(width("😀", false) >= 2048);
    CHECK_NEAR(width("е\xCC\x81", false), width("е", false), 0.001); /* combining acute */
    CHECK(width("\xFF", false) > 0);                                 /* invalid: stands as U+FFFD */
    CHECK_NEAR(cn__font_width("AAAA", 2, false, 2048), 2 * 1366, 0.001);
}

/* Lines in order, no wider than asked (but for a single character), and together the text without its blanks. */
static void check_wrap(const char *text, size_t max_lines, double max_width) {
    cn__wrap wrap;
    cn__wrap_text(text, max_lines, max_width, false, 8, &wrap);
    CHECK(wrap.count <= max_lines);
    size_t at = 0;
    for (size_t i = 0; i < wrap.count; i++) {
        const cn__wrap_line *line = &wrap.lines[i];
        CHECK(line->start >= at);
        for (size_t j = at; j < line->start; j++) {
            CHECK(text[j] == ' ');
        }
        at = line->start + line->len;
        double got = cn__font_width(text + line->start, line->len, false, 8);
        CHECK(got <= max_width + 1e-9 || line->len <= 4);
        CHECK(wrap.width >= got - 1e-9);
        CHECK(!line->cut || i + 1 == wrap.count);
    }
    bool cut = wrap.count > 0 && wrap.lines[wrap.count - 1].cut;
    CHECK(cut || text[at] == '\0' || strspn(text + at, " ") == strlen(text + at));
}

static void wraps(void) {
    char long_word[301];
    memset(long_word, 'W', 300);
    long_word[300] = '\0';
    const char *texts[] = {"",
                           " ",
                           "a",
                           "Великолукский завод электротехнического оборудования",
                           long_word,
                           "ООО «УК инновационно-промышленного кластера „Фрязино“»",
                           "a  b   c ",
                           "😀😀😀😀😀😀😀😀",
                           "x/y/z-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        for (size_t lines = 1; lines <= CN__WRAP_LINES; lines++) {
            for (double limit = 3; limit < 400; limit *= 1.7) {
                check_wrap(texts[t], lines, limit);
            }
        }
    }
}

static void evens_lines_out(void) {
    cn__wrap wrap;
    cn__wrap_text("aaaa bbbb cccc dddd", 4, cn__font_width("aaaa bbbb cccc ", 15, false, 8), false, 8, &wrap);
    CHECK_INT(wrap.count, 2);
    CHECK_INT(wrap.lines[0].len, 9);
    CHECK_INT(wrap.lines[1].len, 9);
}

static void never_breaks_a_word_that_fits(void) {
    const char *text = "Строительство автомобилестроительных а";
    cn__wrap wrap;
    cn__wrap_text(text, 4, cn__font_width("автомобилестроительных", strlen("автомобилестроительных"), false, 8) + 0.1,
                  false, 8, &wrap);
    for (size_t i = 0; i < wrap.count; i++) {
        size_t start = wrap.lines[i].start;
        CHECK(start == 0 || text[start - 1] == ' ');
    }
}

int main(void) {
    return check_run((check_case[]){{"known widths", known_widths},
                                    {"wraps", wraps},
                                    {"evens lines out", evens_lines_out},
                                    {"never breaks a word that fits", never_breaks_a_word_that_fits},
                                    {0}});
}
