/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers from text, exactly and without locale. */
#ifndef CN_BASE_NUMBER_H
#define CN_BASE_NUMBER_H

#include "coopnet/base.h"

typedef enum cn__parse { CN__PARSE_OK = 0, CN__PARSE_BAD, CN__PARSE_RANGE, CN__PARSE_INEXACT } cn__parse;

/* Strict decimal number of JSON ("-1.5e3"), whole text; RANGE when it would be infinite. */
cn__parse cn__parse_double(const char *text, size_t len, double *out);
/*
 * The same notation as money in minor units. INEXACT: more than two decimals matter; *out is then rounded half away from zero.
 * RANGE: beyond ±9e16 currency units.
 */
cn__parse cn__parse_money(const char *text, size_t len, int64_t *out);
/* Digits only; RANGE above `max`. */
cn__parse cn__parse_count(const char *text, size_t len, uint64_t max, uint64_t *out);

/* The shortest decimal digits that read back to a finite double: d.ddd × 10^exponent; zero has the one digit 0. */
typedef struct cn__decimal {
    bool negative;
    char digits[20]; /* no point, no trailing zeros, NUL-terminated */
    int count;
    int exponent;
} cn__decimal;
void cn__shortest_decimal(double value, cn__decimal *out);

void cn__format_u64(cn_buf *out, uint64_t value);
void cn__format_i64(cn_buf *out, int64_t value);

#endif
