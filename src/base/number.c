/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers from text and doubles to their shortest digits, whatever the process's locale is.
 *
 * The C library rounds correctly both ways but writes and expects the locale's decimal point. So texts are given to
 * strtod as digits and an exponent only, without a point, and what printf wrote between the digits is skipped. Digits
 * beyond the 800th cannot decide a rounding except by not being zero (a double has at most 767 significant digits),
 * so a single 1 stands for them. Cost: the length of the text.
 */
#include "number.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNIFICANT_MAX = 800, EXPONENT_MAX = 100000 };

/* A JSON number in pieces: value = (whole digits, then fraction digits) × 10^(exponent - fraction_len). */
typedef struct number_text {
    bool negative;
    const char *whole;
    size_t whole_len;
    const char *fraction;
    size_t fraction_len;
    int64_t exponent;
} number_text;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t digit_run(const char *p, const char *end) {
    const char *start = p;
    while (p < end && is_digit(*p)) {
        p++;
    }
    return (size_t)(p - start);
}

static const char *scan_exponent(const char *p, const char *end, int64_t *out) {
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) {
        p++;
    }
    size_t len = digit_run(p, end);
    int64_t exponent = 0;
    for (size_t i = 0; i < len; i++) {
        /* Stays beyond any length of text that could make up for it. */
        exponent = exponent > INT64_MAX / 100 ? exponent : exponent * 10 + (p[i] - '0');
    }
    *out = negative ? -exponent : exponent;
    return len == 0 ? NULL : p + len;
}

static bool scan_number(const char *text, size_t len, number_text *out) {
    const char *p = text;
    const char *end = text + len;
    *out = (number_text){0};
    if (p < end && *p == '-') {
        out->negative = true;
        p++;
    }
    out->whole = p;
    out->whole_len = digit_run(p, end);
    if (out->whole_len == 0 || (out->whole_len > 1 && *p == '0')) {
        return false;
    }
    p += out->whole_len;
    out->fraction = p;
    if (p < end && *p == '.') {
        out->fraction = ++p;
        out->fraction_len = digit_run(p, end);
        if (out->fraction_len == 0) {
            return false;
        }
        p += out->fraction_len;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p = scan_exponent(p + 1, end, &out->exponent);
    }
    return p == end;
}

static size_t digit_count(const number_text *n) { return n->whole_len + n->fraction_len; }

static char digit_at(const number_text *n, size_t i) {
    return i < n->whole_len ? n->whole[i] : n->fraction[i - n->whole_len];
}

cn__parse cn__parse_double(const char *text, size_t len, double *out) {
    number_text n;
    if (!scan_number(text, len, &n)) {
        return CN__PARSE_BAD;
    }
    char plain[SIGNIFICANT_MAX + 40];
    size_t used = 0;
    size_t first = 0;
    while (first < digit_count(&n) && digit_at(&n, first) == '0') {
        first++;
    }
    size_t i = first;
    for (; i < digit_count(&n) && used < SIGNIFICANT_MAX; i++) {
        plain[used++] = digit_at(&n, i);
    }
    int64_t exponent = n.exponent - (int64_t)n.fraction_len + (int64_t)(digit_count(&n) - i);
    bool more = false;
    for (; i < digit_count(&n); i++) {
        more = more || digit_at(&n, i) != '0';
    }
    if (more) {
        plain[used++] = '1';
        exponent--;
    }
    exponent = exponent > EXPONENT_MAX ? EXPONENT_MAX : exponent < -EXPONENT_MAX ? -EXPONENT_MAX : exponent;
    double value = 0.0;
    if (used > 0) {
        (void)snprintf(plain + used, sizeof plain - used, "e%d", (int)exponent);
        int kept_errno = errno;
        value = strtod(plain, NULL);
        errno = kept_errno;
    }
    *out = n.negative ? -value : value;
    return isinf(value) ? CN__PARSE_RANGE : CN__PARSE_OK;
}

cn__parse cn__parse_money(const char *text, size_t len, int64_t *out) {
    const uint64_t most = 9000000000000000000u;
    number_text n;
    if (!scan_number(text, len, &n)) {
        return CN__PARSE_BAD;
    }
    /* How many of the digits stand before the minor unit's point; may lie before the first or behind the last. */
    int64_t kept = (int64_t)n.whole_len + n.exponent + 2;
    uint64_t value = 0;
    bool inexact = false;
    bool round_up = false;
    int64_t count = (int64_t)digit_count(&n);
    for (int64_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digit_at(&n, (size_t)i) - '0');
        if (i >= kept) {
            inexact = inexact || digit != 0;
            round_up = round_up || (i == kept && digit >= 5);
        } else if (value > (most - digit) / 10) {
            return CN__PARSE_RANGE;
        } else {
            value = value * 10 + digit;
        }
    }
    for (int64_t i = count; i < kept && value != 0; i++) {
        if (value > most / 10) {
            return CN__PARSE_RANGE;
        }
        value *= 10;
    }
    value += round_up;
    if (value > most) {
        return CN__PARSE_RANGE;
    }
    *out = n.negative ? -(int64_t)value : (int64_t)value;
    return inexact ? CN__PARSE_INEXACT : CN__PARSE_OK;
}

cn__parse cn__parse_count(const char *text, size_t len, uint64_t max, uint64_t *out) {
    if (len == 0 || digit_run(text, text + len) != len) {
        return CN__PARSE_BAD;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[i] - '0');
        if (digit > max || value > (max - digit) / 10) {
            return CN__PARSE_RANGE;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return CN__PARSE_OK;
}

/* The correctly rounded decimal of `places` digits; true when it reads back to the same double. */
static bool decimal_of(double magnitude, int places, cn__decimal *out) {
    char text[48];
    (void)snprintf(text, sizeof text, "%.*e", places - 1, magnitude);
    out->count = 0;
    const char *p = text;
    for (; *p != 'e'; p++) {
        if (is_digit(*p)) {
            out->digits[out->count++] = *p;
        }
    }
    out->exponent = (int)strtol(p + 1, NULL, 10);
    (void)snprintf(text, sizeof text, "%.*se%d", out->count, out->digits, out->exponent - (out->count - 1));
    int kept_errno = errno; /* reading back a subnormal sets ERANGE */
    bool same = strtod(text, NULL) == magnitude;
    errno = kept_errno;
    return same;
}

void cn__shortest_decimal(double value, cn__decimal *out) {
    double magnitude = fabs(value);
    /* Any decimal of 15 digits survives the way through a normal double, so that a shorter one is 15 with zeros. */
    int places = magnitude >= DBL_MIN || magnitude == 0.0 ? DBL_DIG : 1;
    while (!decimal_of(magnitude, places, out) && places < DBL_DECIMAL_DIG) {
        places++;
    }
    while (out->count > 1 && out->digits[out->count - 1] == '0') {
        out->count--;
    }
    out->digits[out->count] = '\0';
    out->negative = signbit(value) != 0;
}

void cn__format_u64(cn_buf *out, uint64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    cn_buf_add(out, digits + at, sizeof digits - at);
}

void cn__format_i64(cn_buf *out, int64_t value) {
    if (value < 0) {
        cn_buf_add(out, "-", 1);
    }
    cn__format_u64(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}
