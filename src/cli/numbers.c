/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers that people type. The program never leaves the C locale, so strtod takes a point, and a comma is made one. Only
 * digits, separators and an exponent get there: strtod knows hexadecimal numbers and infinities, which nobody means here.
 */
#include "numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHARS = 40 };

/* The number at the start of the text; *used gets its length. */
static bool read_start(const char *text, size_t *used, double *out) {
    char copy[MOST_CHARS];
    char *end;
    size_t len = strspn(text, "0123456789.,");
    if (len > 0 && (text[len] | 0x20) == 'e') {
        size_t sign = text[len + 1] == '+' || text[len + 1] == '-';
        size_t digits = strspn(text + len + 1 + sign, "0123456789");
        len += digits > 0 ? 1 + sign + digits : 0;
    }
    if (len == 0 || len >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, len);
    copy[len] = '\0';
    for (char *at = copy; *at; at++) {
        *at = *at == ',' ? '.' : *at;
    }
    *out = strtod(copy, &end);
    *used = len;
    return *end == '\0' && isfinite(*out) && *out > 0;
}

bool number_read(const char *text, double *out) {
    size_t used = 0;
    return read_start(text, &used, out) && text[used] == '\0';
}

bool number_read_share(const char *text, double *out) {
    size_t used = 0;
    if (!read_start(text, &used, out)) {
        return false;
    }
    bool percent = strcmp(text + used, "%") == 0;
    *out /= percent ? 100 : 1;
    return (percent || text[used] == '\0') && *out <= 1;
}

bool number_read_size(const char *text, uint64_t *out) {
    static const char units[] = "kmgt";
    size_t used = 0;
    double bytes = 0;
    if (!read_start(text, &used, &bytes)) {
        return false;
    }
    const char *at = text + used;
    const char *unit = *at ? strchr(units, *at | 0x20) : NULL;
    if (unit) {
        bytes = ldexp(bytes, 10 * (int)(unit - units + 1));
        at++;
        at += *at == 'i';
    }
    at += (*at | 0x20) == 'b';
    if (*at || bytes < 0x1p20 || bytes >= 0x1p60) {
        return false;
    }
    *out = (uint64_t)bytes;
    return true;
}
