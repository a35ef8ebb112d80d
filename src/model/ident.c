/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Check digits of identifiers: weighted sums modulo 11 (INN), remainders of the number itself (OGRN), ISO 7064
 * MOD 97-10 (LEI), and the form of OKPD2 codes. Pure functions over at most 20 characters. Sources: ident.h.
 */
#include "coopnet/ident.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool all_digits(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (!is_digit(text[i])) {
            return false;
        }
    }
    return true;
}

/* A register never gives the number of all zeros, though its check digits agree. */
static bool all_zeros(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '0') {
            return false;
        }
    }
    return true;
}

/* Is digit `count` the check digit of the `count` digits before it? */
static bool inn_digit_agrees(const char *inn, const int *weights, size_t count) {
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i] * (inn[i] - '0');
    }
    return sum % 11 % 10 == inn[count] - '0';
}

bool cn_inn_valid(const char *inn) {
    /* One row of weights serves all three check digits: each uses the end of it. */
    static const int weights[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    size_t len = strlen(inn);
    if ((len != 10 && len != 12) || !all_digits(inn, len) || all_zeros(inn, len)) {
        return false;
    }
    if (len == 10) {
        return inn_digit_agrees(inn, weights + 2, 9);
    }
    return inn_digit_agrees(inn, weights + 1, 10) && inn_digit_agrees(inn, weights, 11);
}

bool cn_ogrn_valid(const char *ogrn) {
    size_t len = strlen(ogrn);
    if ((len != 13 && len != 15) || !all_digits(ogrn, len) || all_zeros(ogrn, len)) {
        return false;
    }
    uint64_t body = 0;
    for (size_t i = 0; i + 1 < len; i++) {
        body = body * 10 + (uint64_t)(ogrn[i] - '0');
    }
    return (int)(body % (len - 2) % 10) == ogrn[len - 1] - '0'; /* modulo 11 of 13 digits, 13 of 15 */
}

bool cn_lei_valid(const char *lei) {
    unsigned rest = 0;
    size_t len = strlen(lei);
    if (len != 20 || !all_digits(lei + 18, 2)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (is_digit(lei[i])) {
            rest = (rest * 10 + (unsigned)(lei[i] - '0')) % 97;
        } else if (lei[i] >= 'A' && lei[i] <= 'Z') {
            rest = (rest * 100 + (unsigned)(lei[i] - 'A') + 10) % 97;
        } else {
            return false;
        }
    }
    return rest == 1;
}

bool cn_okpd2_valid(const char *code) {
    static const char form[] = "00.00.00.000";
    size_t len = strlen(code);
    if (len != 2 && len != 4 && len != 5 && len != 7 && len != 8 && len != 12) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (form[i] == '0' ? !is_digit(code[i]) : code[i] != form[i]) {
            return false;
        }
    }
    return true;
}
