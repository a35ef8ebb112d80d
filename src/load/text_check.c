/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every text has to be before a reader looks at it: not a workbook, not empty, UTF-8 without NUL. O(bytes).
 */
#include "text_check.h"

#include "bulk.h"
#include "utf8.h"

#include <string.h>

static bool begins(const char *bytes, size_t len, const char *with, size_t with_len) {
    return len >= with_len && memcmp(bytes, with, with_len) == 0;
}

static bool is_workbook(const char *bytes, size_t len) {
    return begins(bytes, len, "PK\x03\x04", 4) || begins(bytes, len, "\xD0\xCF\x11\xE0", 4);
}

static cn__place place_at(const char *bytes, size_t start, size_t at, size_t len) {
    cn__cursor cursor;
    cn__cursor_begin(&cursor, bytes, start, len);
    return cn__cursor_move(&cursor, at);
}

static void say_not_utf8(cn__load *load, const char *file, cn__place place, unsigned char byte) {
    static const char hex[] = "0123456789ABCDEF";
    char shown[] = {'0', 'x', hex[byte >> 4], hex[byte & 15], '\0'};
    CN__REPORT1(load, file, place, NOT_UTF8, shown);
}

bool cn__text_check(cn__load *load, const char *file, const char *bytes, size_t len, size_t *start) {
    static const cn__place top = {1, 1};
    *start = begins(bytes, len, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (is_workbook(bytes, len)) {
        CN__REPORT0(load, file, top, WORKBOOK);
        return false;
    }
    size_t blank = *start;
    while (blank < len && bytes[blank] && strchr(" \t\r\n", bytes[blank])) {
        blank++;
    }
    if (blank == len) {
        CN__REPORT0(load, file, top, EMPTY_FILE);
        return false;
    }
    bool large = len >= load->bulk.from_bytes;
    size_t valid = large ? cn__bulk_utf8_valid(load, bytes, len) : cn__utf8_valid(bytes, len);
    if (valid < len) {
        say_not_utf8(load, file, place_at(bytes, *start, valid, len), (unsigned char)bytes[valid]);
        return false;
    }
    const char *nul = memchr(bytes, '\0', len);
    if (nul) {
        CN__REPORT0(load, file, place_at(bytes, *start, (size_t)(nul - bytes), len), NUL_IN_TEXT);
        return false;
    }
    return true;
}
