/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: every code point there and back, ill-formed bytes, columns, folding, distance. */
#include "check.h"
#include "utf8.h"

#include <locale.h>
#include <string.h>
#include <wctype.h>

static void every_code_point(void) {
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        char bytes[8];
        cn_buf buf = {.data = bytes, .cap = sizeof bytes};
        cn__utf8_add(&buf, code);
        const char *p = bytes;
        if (cn__utf8_next(&p) != code || p != bytes + buf.len || cn__utf8_valid(bytes, buf.len) != buf.len ||
            cn__utf8_valid(bytes, buf.len - 1) != 0) {
            CHECK_INT(code, -1);
        }
    }
}

static void ill_formed(void) {
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xD0",
        "\xE2\x82",
        "\xF0\x9F\x98",
        "\xD0z",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_INT(cn__utf8_valid(bad[i], strlen(bad[i])), 0);
        const char *p = bad[i];
        CHECK_INT(cn__utf8_next(&p), 0xFFFD);
        CHECK_INT(p - bad[i], 1);
    }
    CHECK_INT(cn__utf8_valid("Завод\xFF!", 12), 10);
    CHECK_INT(cn__utf8_valid("", 0), 0);
    const char *end = "";
    const char *p = end;
    CHECK_INT(cn__utf8_next(&p), 0);
    CHECK(p == end);
    CHECK_INT(cn__utf8_count("Завод", 10), 5);
    CHECK_INT(cn__utf8_count("a\xFF\xFFz", 4), 4);
}

static void surrogates_are_not_written(void) {
    cn_buf buf = {0};
    cn__utf8_add(&buf, 0xD800);
    cn__utf8_add(&buf, 0x110000);
    CHECK_TEXT(buf.data, "\xEF\xBF\xBD\xEF\xBF\xBD");
    cn_buf_release(&buf);
}

static void columns(void) {
    CHECK_INT(cn__utf8_text_width("Завод №1 «Ёж» — ₽"), 17);
    CHECK_INT(cn__utf8_text_width("日本"), 4);
    CHECK_INT(cn__utf8_text_width("и\xCC\x86"), 1);
    CHECK_INT(cn__utf8_text_width("a\x1B\x7F"), 1);
    CHECK_INT(cn__utf8_width(0x1F600), 2);
    CHECK_INT(cn__utf8_width(0x200B), 0);
    CHECK_INT(cn__utf8_text_width(""), 0);
}

static void check_fold(const char *text, const char *want) {
    cn_buf buf = {0};
    cn__utf8_fold(&buf, text);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void folding(void) {
    check_fold("", "");
    check_fold("  —  ", "");
    check_fold("ООО «Завод  Ёлка»", "ооо завод елка");
    check_fold(" АО\t\"ЗЭТО\"\n", "ао зэто");
    check_fold("Нефте\xC2\xA0газ — Юг", "нефте газ юг");
    check_fold("СТАНКО-ИМПОРТ", "станко импорт");
    check_fold("„Ёж“ ‘x’ `y'", "еж x y");
    check_fold("Siemens ÄÖÜ É", "siemens äöü é");
    check_fold("ΑΣΤΗΡΣ ς", "αστηρσ σ");
    check_fold("Ђ Ї Ў Ґ Ә Ҳ Ӂ", "ђ ї ў ґ ә ҳ ӂ");
    check_fold("Ий \xD0\x98\xCC\x86 \xD0\xB5\xCC\x88", "ий й е");
    check_fold("\xEF\xBB\xBF"
               "а\xC2\xADб",
               "аб");
    check_fold("№ 5/7 (новый)", "№ 5/7 (новый)");
}

/* The C library knows all of Unicode: our tables agree with it in the blocks they cover. */
static void lower_case_agrees(void) {
    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        check_skip("no C.UTF-8 locale");
    }
    static const uint32_t blocks[][2] = {{0x21, 0x24F}, {0x370, 0x3FF}, {0x400, 0x52F}, {0x1E00, 0x1EFF}};
    static const uint32_t folded_otherwise[] = {0x401, 0x451, 0x3C2, 0x130};
    int different = 0;
    for (size_t b = 0; b < 4; b++) {
        for (uint32_t code = blocks[b][0]; code <= blocks[b][1]; code++) {
            bool special = false;
            for (size_t i = 0; i < 4; i++) {
                special = special || code == folded_otherwise[i];
            }
            /* Letters of Africa (U+0180 on) and archaic Greek are left as they are. */
            bool left = (code >= 0x180 && code <= 0x24F) || (code >= 0x370 && code <= 0x37F) || code >= 0x1F00 ||
                        (code >= 0x3CF && code <= 0x3FF);
            cn_buf got = {0};
            cn_buf want = {0};
            cn_buf text = {0};
            cn__utf8_add(&text, code);
            cn__utf8_fold(&got, text.data);
            cn__utf8_add(&want, (uint32_t)towlower((wint_t)code));
            if (iswalpha((wint_t)code) && !special && !left && strcmp(got.data, want.data) != 0) {
                different++;
            }
            cn_buf_release(&got);
            cn_buf_release(&want);
            cn_buf_release(&text);
        }
    }
    setlocale(LC_CTYPE, "C");
    CHECK_INT(different, 0);
}

static void distances(void) {
    CHECK_INT(cn__utf8_distance("", "", 3), 0);
    CHECK_INT(cn__utf8_distance("", "абв", 3), 3);
    CHECK_INT(cn__utf8_distance("завод", "завод", 3), 0);
    CHECK_INT(cn__utf8_distance("завод", "завот", 3), 1);
    CHECK_INT(cn__utf8_distance("завод", "заовд", 3), 1);
    CHECK_INT(cn__utf8_distance("supply", "suply", 3), 1);
    CHECK_INT(cn__utf8_distance("kitten", "sitting", 5), 3);
    CHECK_INT(cn__utf8_distance("kitten", "sitting", 2), 3);
    CHECK_INT(cn__utf8_distance("ab", "zzzzzz", 2), 3);
    CHECK_INT(cn__utf8_distance("ca", "abc", 5), 3); /* optimal string alignment: no edit within a swap */
    CHECK_INT(cn__utf8_distance("abcd", "badc", 2), 2);
}

/* Slow and obvious: the recursion of the definition. */
static unsigned obvious(const char *a, const char *b) {
    size_t n = strlen(a);
    size_t m = strlen(b);
    unsigned best = (unsigned)(n + m);
    if (n == 0 || m == 0) {
        return best;
    }
    unsigned ways[3] = {obvious(a + 1, b) + 1, obvious(a, b + 1) + 1, obvious(a + 1, b + 1) + (a[0] != b[0])};
    for (int i = 0; i < 3; i++) {
        best = ways[i] < best ? ways[i] : best;
    }
    if (n > 1 && m > 1 && a[0] == b[1] && a[1] == b[0]) {
        unsigned swap = obvious(a + 2, b + 2) + 1;
        best = swap < best ? swap : best;
    }
    return best;
}

static void distances_are_as_defined(void) {
    uint64_t seed = 5;
    for (int round = 0; round < 400; round++) {
        char a[7] = "";
        char b[7] = "";
        for (uint32_t i = 0, n = check_below(&seed, 6); i < n; i++) {
            a[i] = (char)('a' + check_below(&seed, 3));
        }
        for (uint32_t i = 0, n = check_below(&seed, 6); i < n; i++) {
            b[i] = (char)('a' + check_below(&seed, 3));
        }
        unsigned want = obvious(a, b);
        for (unsigned limit = 0; limit < 7; limit++) {
            CHECK_INT(cn__utf8_distance(a, b, limit), want > limit ? limit + 1 : want);
        }
    }
}

/* Texts much longer than the limit: only the band around the diagonal counts. */
static void distances_of_long_texts(void) {
    char a[1001];
    char b[1001];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[1000] = b[1000] = '\0';
    CHECK_INT(cn__utf8_distance(a, b, 0), 0);
    b[500] = 'b';
    CHECK_INT(cn__utf8_distance(a, b, 0), 1);
    CHECK_INT(cn__utf8_distance(a, b, 1), 1);
    b[501] = 'c';
    a[500] = 'c';
    a[501] = 'b'; /* a swap */
    CHECK_INT(cn__utf8_distance(a, b, 2), 1);
    a[10] = 'x';
    CHECK_INT(cn__utf8_distance(a, b + 1, 2), 2); /* without the x; a swap */
    CHECK_INT(cn__utf8_distance(a, b + 1, 1), 2);
    a[20] = 'x';
    CHECK_INT(cn__utf8_distance(a, b + 1, 9), 3);
}

int main(void) {
    return check_run((check_case[]){{"every code point there and back", every_code_point},
                                    {"ill-formed bytes", ill_formed},
                                    {"surrogates are not written", surrogates_are_not_written},
                                    {"columns", columns},
                                    {"folding", folding},
                                    {"lower case agrees with the C library", lower_case_agrees},
                                    {"distances", distances},
                                    {"distances are as defined", distances_are_as_defined},
                                    {"distances of long texts", distances_of_long_texts},
                                    {0}});
}
