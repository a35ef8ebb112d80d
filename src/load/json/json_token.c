/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts and numbers of JSON, byte by byte (RFC 8259). A mistake inside a token is reported and the scan goes on behind it, so
 * that one run shows them all. O(bytes).
 */
#include "json_scan.h"

#include "number.h"
#include "utf8.h"

#include <string.h>

void cn__json_scan_report(cn__json_scan *scan, size_t at, cn_message message, const char *arg) {
    cn__report(scan->load, scan->file, cn__cursor_move(&scan->cursor, at), message, arg ? 1 : 0, &arg);
    scan->mistakes++;
}

static bool hex4(const char *text, size_t len, unsigned *out) {
    unsigned value = 0;
    if (len < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        char c = text[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit == 16) {
            return false;
        }
        value = value << 4 | digit;
    }
    *out = value;
    return true;
}

/* Show the bytes [at, at+len) of the text in a message. */
static void report_bytes(cn__json_scan *scan, size_t at, size_t len, cn_message message) {
    char shown[32];
    len = len < sizeof shown - 1 ? len : sizeof shown - 1;
    len = len < scan->len - at ? len : scan->len - at;
    len = cn__utf8_valid(scan->text + at, len);
    memcpy(shown, scan->text + at, len);
    shown[len] = '\0';
    cn__json_scan_report(scan, at, message, shown);
}

/* `at` stands on "\u". Move behind it and, of a pair of surrogates, behind both. */
static void scan_unicode(cn__json_scan *scan) {
    const char *text = scan->text;
    size_t at = scan->at;
    unsigned code = 0;
    if (!hex4(text + at + 2, scan->len - at - 2, &code)) {
        report_bytes(scan, at, 6, CN_MSG_JSON_ESCAPE);
        scan->at += 2;
        return;
    }
    scan->at += 6;
    if (code == 0) {
        cn__json_scan_report(scan, at, CN_MSG_NUL_IN_TEXT, NULL);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        report_bytes(scan, at, 6, CN_MSG_JSON_SURROGATE);
    } else if (code >= 0xD800 && code <= 0xDBFF) {
        unsigned low = 0;
        bool pair = scan->len - scan->at >= 6 && text[scan->at] == '\\' && text[scan->at + 1] == 'u' &&
                    hex4(text + scan->at + 2, 4, &low) && low >= 0xDC00 && low <= 0xDFFF;
        if (pair) {
            scan->at += 6;
        } else {
            report_bytes(scan, at, 6, CN_MSG_JSON_SURROGATE);
        }
    }
}

static void scan_escape(cn__json_scan *scan) {
    size_t left = scan->len - scan->at;
    char c = left > 1 ? scan->text[scan->at + 1] : '\0';
    if (c == 'u') {
        scan_unicode(scan);
        return;
    }
    if (left > 1 && (c == '\0' || !strchr("\"\\/bfnrt", c))) {
        report_bytes(scan, scan->at, 2, CN_MSG_JSON_ESCAPE);
        scan->at++;
        return;
    }
    scan->at += left > 1 ? 2 : 1;
}

bool cn__json_scan_string(cn__json_scan *scan) {
    scan->at++;
    while (scan->at < scan->len) {
        unsigned char c = (unsigned char)scan->text[scan->at];
        if (c == '"') {
            scan->at++;
            return true;
        }
        if (c == '\\') {
            scan_escape(scan);
        } else if (c < 0x20) {
            cn__digits digits;
            cn__json_scan_report(scan, scan->at, CN_MSG_JSON_CONTROL, cn__digits_of(&digits, c));
            scan->at++;
        } else {
            scan->at++;
        }
    }
    return false;
}

void cn__json_scan_number(cn__json_scan *scan) {
    size_t start = scan->at;
    while (scan->at < scan->len && scan->text[scan->at] && strchr("+-.0123456789eE", scan->text[scan->at])) {
        scan->at++;
    }
    size_t len = scan->at - start;
    double value;
    cn__parse parsed = cn__parse_double(scan->text + start, len, &value);
    if (parsed == CN__PARSE_BAD) {
        report_bytes(scan, start, len, CN_MSG_JSON_NUMBER);
    } else if (len > CN__JSON_NUMBER_MAX) {
        cn__digits digits;
        cn__json_scan_report(scan, start, CN_MSG_NUMBER_TOO_LONG, cn__digits_of(&digits, CN__JSON_NUMBER_MAX));
    } else if (parsed == CN__PARSE_RANGE) {
        report_bytes(scan, start, len, CN_MSG_NUMBER_NOT_FINITE);
    }
}
