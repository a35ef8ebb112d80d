/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers from text: the grammar, exact rounding, money, and doubles there and back. */
#include "check.h"
#include "number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grammar(void) {
    static const char *const bad[] = {"",   "-",  "+1",  "01",  "-01", ".5",  "5.",   "1e",  "1e+", "1.e5", "0x10",
                                      "1 ", " 1", "1,5", "nan", "inf", "1_0", "1e1.", "--1", "e5",  "1.2.3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value;
        int64_t minor;
        CHECK_INT(cn__parse_double(bad[i], strlen(bad[i]), &value), CN__PARSE_BAD);
        CHECK_INT(cn__parse_money(bad[i], strlen(bad[i]), &minor), CN__PARSE_BAD);
    }
    CHECK_INT(cn__parse_double("1\0", 2, &(double){0}), CN__PARSE_BAD);
}

static double parsed(const char *text) {
    double value = -77;
    CHECK_INT(cn__parse_double(text, strlen(text), &value), CN__PARSE_OK);
    return value;
}

static void values(void) {
    CHECK(parsed("0") == 0 && !signbit(parsed("0")));
    CHECK(parsed("-0") == 0 && signbit(parsed("-0")));
    CHECK(parsed("-1.5e3") == -1500);
    CHECK(parsed("0.1") == 0.1);
    CHECK(parsed("1E2") == 100);
    CHECK(parsed("0e999999999999999999999") == 0);
    CHECK(parsed("1e-999999999999999999999") == 0);
    CHECK(parsed("4.9406564584124654e-324") > 0);
    CHECK(parsed("2.4703282292062327e-324") == 0); /* just below half of the smallest */
    CHECK(parsed("1.7976931348623157e308") == 1.7976931348623157e308);
    double value;
    CHECK_INT(cn__parse_double("1e309", 5, &value), CN__PARSE_RANGE);
    CHECK_INT(cn__parse_double("-1e309", 6, &value), CN__PARSE_RANGE);
    CHECK_INT(cn__parse_double("9e99999999999999999999", 22, &value), CN__PARSE_RANGE);
}

/* 1 + 2^-53 lies exactly between two doubles; only the thousandth digit behind it decides. */
static void long_texts(void) {
    static char text[5000];
    snprintf(text, sizeof text, "%s", "1.00000000000000011102230246251565404236316680908203125");
    CHECK(parsed(text) == 1.0);
    size_t len = strlen(text);
    memset(text + len, '0', 2000);
    memcpy(text + len + 2000, "1", 2);
    CHECK(parsed(text) == 1.0 + 0x1p-52);
    /* Zeros in front, made up for by the exponent. */
    text[0] = '0';
    text[1] = '.';
    memset(text + 2, '0', 3000);
    memcpy(text + 3002, "123e3003", sizeof "123e3003");
    CHECK(parsed(text) == 123);
    memset(text, '7', 3000);
    memcpy(text + 3000, "e-2999", sizeof "e-2999");
    CHECK(parsed(text) == 7.777777777777777777);
}

static double random_double(uint64_t *seed) {
    double value;
    do {
        uint64_t bits = check_random(seed);
        if (check_below(seed, 8) == 0) {
            bits &= 0x800FFFFFFFFFFFFFu; /* a subnormal */
        }
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static void check_round_trip(double value) {
    cn_buf buf = {0};
    cn_format_exact(&buf, value);
    double back = -77;
    CHECK_INT(cn__parse_double(buf.data, buf.len, &back), CN__PARSE_OK);
    CHECK(back == value && signbit(back) == signbit(value));
    CHECK(strlen(buf.data) <= 24);
    cn_buf_release(&buf);
}

static void round_trips(void) {
    uint64_t seed = 42;
    for (int i = 0; i < 20000; i++) {
        check_round_trip(random_double(&seed));
        check_round_trip((double)check_below(&seed, 1000000) / 1000);
    }
    for (int e = -1074; e <= 1023; e++) {
        check_round_trip(ldexp(1, e));
        check_round_trip(nextafter(ldexp(1, e), 0));
    }
}

/* No shorter text of the C library's own reads back to the same. */
static void shortest(void) {
    uint64_t seed = 7;
    for (int i = 0; i < 3000; i++) {
        double value = i % 2 ? random_double(&seed) : (double)check_below(&seed, 10000000) / 1000;
        cn__decimal d;
        cn__shortest_decimal(value, &d);
        char text[40];
        snprintf(text, sizeof text, "%.*e", d.count - 2, value);
        CHECK(d.count == 1 || strtod(text, NULL) != value);
    }
}

static void locale_does_not_matter(void) {
    static const char *const names[] = {"ru_RU.UTF-8", "ru_RU.utf8", "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        found = setlocale(LC_ALL, names[i]) != NULL;
    }
    if (!found) {
        check_skip("no locale with a decimal comma is installed");
    }
    cn_buf buf = {0};
    cn_format_exact(&buf, 1234.5);
    cn_buf_add_text(&buf, " ");
    cn_format_number(&buf, CN_LANG_EN, 1234.5, 2);
    double value = 0;
    cn__parse parse = cn__parse_double("1234.5", 6, &value);
    setlocale(LC_ALL, "C");
    CHECK_TEXT(buf.data, "1234.5 1,234.5");
    CHECK(parse == CN__PARSE_OK && value == 1234.5);
    cn_buf_release(&buf);
}

static void check_money(const char *text, cn__parse want, int64_t minor) {
    int64_t got = -77;
    CHECK_INT(cn__parse_money(text, strlen(text), &got), want);
    if (want != CN__PARSE_RANGE) {
        CHECK_INT(got, minor);
    }
}

static void money(void) {
    check_money("0", CN__PARSE_OK, 0);
    check_money("-0", CN__PARSE_OK, 0);
    check_money("48200000", CN__PARSE_OK, 4820000000);
    check_money("0.01", CN__PARSE_OK, 1);
    check_money("0.1", CN__PARSE_OK, 10);
    check_money("1.500000", CN__PARSE_OK, 150);
    check_money("0.005", CN__PARSE_INEXACT, 1);
    check_money("-0.005", CN__PARSE_INEXACT, -1);
    check_money("0.0049999", CN__PARSE_INEXACT, 0);
    check_money("0.00099", CN__PARSE_INEXACT, 0);
    check_money("2.675", CN__PARSE_INEXACT, 268);
    check_money("1.999", CN__PARSE_INEXACT, 200);
    check_money("1e3", CN__PARSE_OK, 100000);
    check_money("1.25e1", CN__PARSE_OK, 1250);
    check_money("12345e-2", CN__PARSE_OK, 12345);
    check_money("12345e-3", CN__PARSE_INEXACT, 1235);
    check_money("1e-99999999999", CN__PARSE_INEXACT, 0);
    check_money("0e99999999999", CN__PARSE_OK, 0);
    check_money("9e16", CN__PARSE_OK, 9000000000000000000);
    check_money("-90000000000000000.00", CN__PARSE_OK, -9000000000000000000);
    check_money("90000000000000000.01", CN__PARSE_RANGE, 0);
    check_money("90000000000000000.005", CN__PARSE_RANGE, 0);
    check_money("9e17", CN__PARSE_RANGE, 0);
    check_money("9e99", CN__PARSE_RANGE, 0);
    check_money("99999999999999999999", CN__PARSE_RANGE, 0);
    check_money("1e999999999999999999999999", CN__PARSE_RANGE, 0);
}

static void counts(void) {
    uint64_t value = 77;
    CHECK_INT(cn__parse_count("0", 1, 0, &value), CN__PARSE_OK);
    CHECK_INT(value, 0);
    CHECK_INT(cn__parse_count("1", 1, 0, &value), CN__PARSE_RANGE);
    CHECK_INT(cn__parse_count("18446744073709551615", 20, UINT64_MAX, &value), CN__PARSE_OK);
    CHECK(value == UINT64_MAX);
    CHECK_INT(cn__parse_count("18446744073709551616", 20, UINT64_MAX, &value), CN__PARSE_RANGE);
    CHECK_INT(cn__parse_count("100", 3, 99, &value), CN__PARSE_RANGE);
    CHECK_INT(cn__parse_count("99", 2, 99, &value), CN__PARSE_OK);
    CHECK_INT(cn__parse_count("", 0, 99, &value), CN__PARSE_BAD);
    CHECK_INT(cn__parse_count("-1", 2, 99, &value), CN__PARSE_BAD);
    CHECK_INT(cn__parse_count("1.0", 3, 99, &value), CN__PARSE_BAD);
}

static void integers(void) {
    cn_buf buf = {0};
    cn__format_i64(&buf, INT64_MIN);
    cn_buf_add_text(&buf, " ");
    cn__format_u64(&buf, UINT64_MAX);
    cn_buf_add_text(&buf, " ");
    cn__format_i64(&buf, 0);
    CHECK_TEXT(buf.data, "-9223372036854775808 18446744073709551615 0");
    cn_buf_release(&buf);
}

int main(void) {
    return check_run((check_case[]){{"grammar", grammar},
                                    {"values", values},
                                    {"long texts", long_texts},
                                    {"doubles there and back", round_trips},
                                    {"shortest", shortest},
                                    {"the locale does not matter", locale_does_not_matter},
                                    {"money", money},
                                    {"counts", counts},
                                    {"integers", integers},
                                    {0}});
}
