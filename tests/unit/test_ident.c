/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check digits: published valid numbers, and every single wrong digit. */
#include <string.h>

#include "check.h"
#include "coopnet/ident.h"

static void inn(void) {
    CHECK(cn_inn_valid("7707083893"));
    CHECK(cn_inn_valid("1234567894"));
    CHECK(cn_inn_valid("123456789047"));
    CHECK(!cn_inn_valid("1234567895"));
    CHECK(!cn_inn_valid("123456789048"));
    CHECK(!cn_inn_valid("123456789057"));
    CHECK(!cn_inn_valid("0000000000"));
    CHECK(!cn_inn_valid("000000000000"));
    CHECK(!cn_inn_valid(""));
    CHECK(!cn_inn_valid("770708389"));
    CHECK(!cn_inn_valid("77070838930"));
    CHECK(!cn_inn_valid("770708389x"));
    CHECK(!cn_inn_valid("７707083893"));
}

static void ogrn(void) {
    CHECK(cn_ogrn_valid("1027700132195"));
    CHECK(!cn_ogrn_valid("1027700132196"));
    CHECK(!cn_ogrn_valid("0000000000000"));
    CHECK(!cn_ogrn_valid("102770013219"));
    CHECK(!cn_ogrn_valid("10277001321951"));
    /* 30450011600015 = 13 * 2342308584616 + 7, so the last digit is 7 */
    CHECK(cn_ogrn_valid("304500116000157"));
    CHECK(!cn_ogrn_valid("304500116000158"));
    /* 30450011600019 leaves 11 by 13 (last digit 1) and 0 by 11 */
    CHECK(cn_ogrn_valid("304500116000191"));
    CHECK(!cn_ogrn_valid("304500116000190"));
}

static void lei(void) {
    CHECK(cn_lei_valid("7ZW8QJWVPR4P1S5PX088"));
    CHECK(!cn_lei_valid("7ZW8QJWVPR4P1S5PX089"));
    CHECK(!cn_lei_valid("7zw8qjwvpr4p1s5px088"));
    CHECK(!cn_lei_valid("7ZW8QJWVPR4P1S5PX08"));
    CHECK(!cn_lei_valid("7ZW8QJWVPR4P1S5PX0880"));
    CHECK(!cn_lei_valid("7ZW8QJWVPR4P1S5PX0-8"));
}

/* A check digit finds any one wrong digit, as long as 11 % 10 does not hide it: of these numbers it hides none. */
static void one_wrong_digit(void) {
    static const struct {
        const char *number;
        bool (*valid)(const char *);
    } rows[] = {{"7707083893", cn_inn_valid}, {"7ZW8QJWVPR4P1S5PX088", cn_lei_valid}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t len = strlen(rows[r].number);
        for (size_t i = 0; i < len; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                char changed[24];
                memcpy(changed, rows[r].number, len + 1);
                changed[i] = digit;
                CHECK(rows[r].valid(changed) == (digit == rows[r].number[i]));
            }
        }
    }
}

static void okpd2(void) {
    static const char *const good[] = {"27", "27.1", "27.11", "27.11.4", "27.11.43", "27.11.43.000"};
    static const char *const bad[] = {
        "",       "2",           "27.",           "27.11.", "27.11.43.", "27.11.43.0",   "2711", "27,11",
        "27.1.1", "27.11.43.00", "27.11.43.0000", "a7",     "27.11.4x",  "27.11.43.0x0", " 27"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(cn_okpd2_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!cn_okpd2_valid(bad[i]));
    }
}

int main(void) {
    return check_run((check_case[]){
        {"inn", inn}, {"ogrn", ogrn}, {"lei", lei}, {"one_wrong_digit", one_wrong_digit}, {"okpd2", okpd2}, {0}});
}
