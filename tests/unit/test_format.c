/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and money for people and for programs. */
#include "check.h"
#include "coopnet/base.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NBSP "\xC2\xA0"

static void check_number(cn_lang lang, double value, int decimals, const char *want) {
    cn_buf buf = {0};
    cn_format_number(&buf, lang, value, decimals);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void numbers(void) {
    check_number(CN_LANG_EN, 1234.5, 2, "1,234.5");
    check_number(CN_LANG_DEFAULT, 1234567, 0, "1,234,567");
    check_number(CN_LANG_RU, 1234.5, 2, "1" NBSP "234,5");
    check_number(CN_LANG_RU, -1234567.891, 2, "-1" NBSP "234" NBSP "567,89");
    check_number(CN_LANG_EN, 0, 3, "0");
    check_number(CN_LANG_EN, -0.0, 3, "0");
    check_number(CN_LANG_EN, -0.0004, 3, "0");
    check_number(CN_LANG_EN, -0.0005, 3, "-0.001");
    check_number(CN_LANG_EN, 0.15, 1, "0.2");
    check_number(CN_LANG_EN, 2.5, 0, "3");
    check_number(CN_LANG_EN, -2.5, 0, "-3");
    check_number(CN_LANG_EN, 0.5, 0, "1");
    check_number(CN_LANG_EN, 0.49999, 0, "0");
    check_number(CN_LANG_EN, 0.05, 0, "0");
    check_number(CN_LANG_EN, 999.9996, 3, "1,000");
    check_number(CN_LANG_EN, 999999.5, 0, "1,000,000");
    check_number(CN_LANG_EN, 0.000123456, 6, "0.000123");
    check_number(CN_LANG_EN, 1e-300, 6, "0");
    check_number(CN_LANG_EN, 9.5, -3, "10");
    check_number(CN_LANG_EN, 0.1, 99, "0.1");
}

static void odd_numbers(void) {
    check_number(CN_LANG_EN, (double)NAN, 2, "–");
    check_number(CN_LANG_RU, (double)INFINITY, 2, "∞");
    check_number(CN_LANG_RU, -(double)INFINITY, 2, "-∞");
    check_number(CN_LANG_EN, 99999999999999999999.0, 2, "1e+20");
    check_number(CN_LANG_EN, 12345678901234567000.0, 2, "12,345,678,901,234,567,000");
    check_number(CN_LANG_RU, -1.5e300, 2, "-1,5e+300");
}

/* Against printf in cases that are not ties. */
static void numbers_agree(void) {
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        int decimals = (int)check_below(&seed, 5);
        double value = ((double)check_below(&seed, 4000000000u) - 2e9) / 7 / pow(10, check_below(&seed, 9));
        char want[64];
        snprintf(want, sizeof want, "%.10f", value);
        if (strncmp(want + strlen(want) - 10 + decimals, "500000", 6) == 0) {
            continue; /* a tie, which printf rounds to even */
        }
        snprintf(want, sizeof want, "%.*f", decimals, value);
        if (strchr(want, '.')) {
            size_t len = strlen(want);
            while (want[len - 1] == '0') {
                want[--len] = '\0';
            }
            if (want[len - 1] == '.') {
                want[len - 1] = '\0';
            }
        }
        cn_buf buf = {0};
        cn_format_number(&buf, CN_LANG_EN, value, decimals);
        char plain[64];
        size_t used = 0;
        for (const char *p = buf.data; *p; p++) {
            if (*p != ',') {
                plain[used++] = *p;
            }
        }
        plain[used] = '\0';
        cn_buf_release(&buf);
        CHECK_TEXT(plain, strcmp(want, "-0") == 0 ? "0" : want);
    }
}

static void check_exact(double value, const char *want) {
    cn_buf buf = {0};
    cn_format_exact(&buf, value);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void exact(void) {
    check_exact(0.1, "0.1");
    check_exact(0, "0");
    check_exact(-0.0, "-0");
    check_exact(47.5, "47.5");
    check_exact(1.0 / 3, "0.3333333333333333");
    check_exact(0.1 + 0.2, "0.30000000000000004");
    check_exact(0.0001, "0.0001");
    check_exact(1e-7, "1e-07");
    check_exact(0.00012345, "0.00012345");
    check_exact(48200000, "48200000");
    check_exact(9007199254740992.0, "9007199254740992");
    check_exact(1e16, "1e+16");
    check_exact(-1.25e100, "-1.25e+100");
    check_exact(5e-324, "5e-324");
    check_exact(2.2250738585072014e-308, "2.2250738585072014e-308");
    check_exact(1.7976931348623157e308, "1.7976931348623157e+308");
    check_exact((double)NAN, "nan");
    check_exact((double)INFINITY, "inf");
    check_exact(-(double)INFINITY, "-inf");
}

static void check_money(int64_t minor, const char *currency, const char *ru, const char *en) {
    cn_buf buf = {0};
    cn_format_money(&buf, CN_LANG_RU, minor, currency);
    CHECK_TEXT(buf.data, ru);
    cn_buf_release(&buf);
    cn_format_money(&buf, CN_LANG_EN, minor, currency);
    CHECK_TEXT(buf.data, en);
    cn_buf_release(&buf);
}

static void money(void) {
    check_money(4820000000, "RUB", "48,2" NBSP "млн" NBSP "₽", "₽48.2m");
    check_money(125000000000, "RUB", "1,25" NBSP "млрд" NBSP "₽", "₽1.25bn");
    check_money(95000000, "RUB", "950" NBSP "тыс." NBSP "₽", "₽950k");
    check_money(64000, "RUB", "640" NBSP "₽", "₽640");
    check_money(4800000000, "RUB", "48" NBSP "млн" NBSP "₽", "₽48m");
    check_money(320000000000000, "USD", "3,2" NBSP "трлн" NBSP "$", "$3.2tn");
    check_money(4820000000, "KZT", "48,2" NBSP "млн" NBSP "KZT", "KZT" NBSP "48.2m");
    check_money(4820000000, "", "48,2" NBSP "млн", "48.2m");
    check_money(-4820000000, "EUR", "-48,2" NBSP "млн" NBSP "€", "-€48.2m");
    check_money(0, "CNY", "0" NBSP "¥", "¥0");
    check_money(5, "GBP", "0,05" NBSP "£", "£0.05");
    check_money(1250, "GBP", "12,5" NBSP "£", "£12.5");
}

/* Rounding is done once and away from zero, and carries into the next unit. */
static void money_rounds(void) {
    check_money(99950, "RUB", "1" NBSP "тыс." NBSP "₽", "₽1k");
    check_money(99949, "RUB", "999" NBSP "₽", "₽999");
    check_money(99995000, "RUB", "1" NBSP "млн" NBSP "₽", "₽1m");
    check_money(99949999, "RUB", "999" NBSP "тыс." NBSP "₽", "₽999k");
    check_money(99950000, "RUB", "1" NBSP "млн" NBSP "₽", "₽1m");
    check_money(-99950000, "RUB", "-1" NBSP "млн" NBSP "₽", "-₽1m");
    check_money(99999999999, "RUB", "1" NBSP "млрд" NBSP "₽", "₽1bn");
    check_money(999500000000 - 1, "RUB", "9,99" NBSP "млрд" NBSP "₽", "₽9.99bn");
    check_money(999500000000, "RUB", "10" NBSP "млрд" NBSP "₽", "₽10bn");
    check_money(100450000, "RUB", "1" NBSP "млн" NBSP "₽", "₽1m");
    check_money(100500000, "RUB", "1,01" NBSP "млн" NBSP "₽", "₽1.01m");
    check_money(100499999, "RUB", "1" NBSP "млн" NBSP "₽", "₽1m");
    check_money(INT64_MAX, "RUB", "92" NBSP "234" NBSP "трлн" NBSP "₽", "₽92,234tn");
    check_money(INT64_MIN, "RUB", "-92" NBSP "234" NBSP "трлн" NBSP "₽", "-₽92,234tn");
}

static void check_money_exact(int64_t minor, const char *want) {
    cn_buf buf = {0};
    cn_format_money_exact(&buf, minor);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void money_exactly(void) {
    check_money_exact(4820000000, "48200000");
    check_money_exact(4820000050, "48200000.50");
    check_money_exact(-5, "-0.05");
    check_money_exact(0, "0");
    check_money_exact(INT64_MIN, "-92233720368547758.08");
}

int main(void) {
    return check_run((check_case[]){{"numbers", numbers},
                                    {"numbers that are none", odd_numbers},
                                    {"numbers agree with printf", numbers_agree},
                                    {"exact", exact},
                                    {"money", money},
                                    {"money rounds", money_rounds},
                                    {"money exactly", money_exactly},
                                    {0}});
}
