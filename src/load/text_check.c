/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every text has to be before a reader looks at it: not a workbook, not empty, UTF-8 without NUL, or in an encoding that can
 * be told for certain. O(bytes).
 */
#include "text_check.h"

#include "bulk.h"
#include "decode.h"
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

static bool is_empty(const cn__text *text) {
    size_t blank = text->start;
    while (blank < text->len && text->bytes[blank] && strchr(" \t\r\n", text->bytes[blank])) {
        blank++;
    }
    return blank == text->len;
}

/* A text in another encoding, whole in memory. */
static cn_status decode(cn__load *load, const char *file, cn__encoding encoding, cn__text *text, bool *good) {
    cn__digits limit;
    if (text->len > load->limits.max_file_bytes) {
        CN__REPORT2(load, file, ((cn__place){0, 0}), DECODED_TOO_LARGE,
                    cn__digits_of(&limit, load->limits.max_file_bytes), CN__OPTION_FILE);
        *good = false;
        return CN_OK;
    }
    CN__REPORT1(load, file, ((cn__place){0, 0}), ENCODING_READ, cn__encoding_name(encoding));
    cn__decode(encoding, text->bytes, text->len, &text->decoded);
    text->bytes = text->decoded.data ? text->decoded.data : "";
    text->len = text->decoded.len;
    text->start = 0;
    return text->decoded.failed ? CN__NO_MEMORY(load->err) : CN_OK;
}

/* UTF-8, or what it is decoded to. */
static cn_status settle_encoding(cn__load *load, const char *file, cn__text *text, bool *good) {
    cn__encoding encoding = cn__encoding_of_start(text->bytes, text->len);
    if (encoding != CN__UTF8) {
        return decode(load, file, encoding, text, good);
    }
    bool large = text->len >= load->bulk.from_bytes;
    size_t valid = large ? cn__bulk_utf8_valid(load, text->bytes, text->len) : cn__utf8_valid(text->bytes, text->len);
    if (valid == text->len) {
        return CN_OK;
    }
    encoding = cn__encoding_of_bytes(text->bytes, text->len);
    if (encoding != CN__UNKNOWN_ENCODING && text->start == 0) {
        return decode(load, file, encoding, text, good);
    }
    say_not_utf8(load, file, place_at(text->bytes, text->start, valid, text->len), (unsigned char)text->bytes[valid]);
    *good = false;
    return CN_OK;
}

cn_status cn__text_open(cn__load *load, const char *file, const char *bytes, size_t len, cn__text *out, bool *good) {
    static const cn__place top = {1, 1};
    memset(out, 0, sizeof *out);
    out->bytes = bytes;
    out->len = len;
    out->start = begins(bytes, len, "\xEF\xBB\xBF", 3) ? 3 : 0;
    *good = true;
    if (is_workbook(bytes, len)) {
        CN__REPORT0(load, file, top, WORKBOOK);
        *good = false;
        return CN_OK;
    }
    if (is_empty(out)) {
        CN__REPORT0(load, file, top, EMPTY_FILE);
        *good = false;
        return CN_OK;
    }
    cn_status status = settle_encoding(load, file, out, good);
    const char *nul = status == CN_OK && *good ? memchr(out->bytes, '\0', out->len) : NULL;
    if (nul) {
        CN__REPORT0(load, file, place_at(out->bytes, out->start, (size_t)(nul - out->bytes), out->len), NUL_IN_TEXT);
        *good = false;
    }
    return status;
}

void cn__text_close(cn__text *text) { cn_buf_release(&text->decoded); }
