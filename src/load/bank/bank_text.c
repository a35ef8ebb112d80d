/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows-1251 and DOS code page 866 to UTF-8: letters by their distance from А, the few marks that names use by a table; box drawing and
 * other marks become U+FFFD. O(bytes).
 */
#include "bank_text.h"

#include "utf8.h"

static uint32_t from_windows(unsigned char c) {
    static const struct {
        unsigned char byte;
        uint16_t code;
    } marks[] = {{0xA8, 0x401},  {0xB8, 0x451},  {0xAB, 0xAB},   {0xBB, 0xBB},   {0xB9, 0x2116}, {0xA0, 0xA0},
                 {0x84, 0x201E}, {0x93, 0x201C}, {0x94, 0x201D}, {0x91, 0x2018}, {0x92, 0x2019}, {0x96, 0x2013},
                 {0x97, 0x2014}, {0x85, 0x2026}, {0xA7, 0xA7},   {0xB0, 0xB0},   {0xB2, 0x406},  {0xB3, 0x456},
                 {0xAF, 0x407},  {0xBF, 0x457},  {0xAA, 0x404},  {0xBA, 0x454}};
    if (c >= 0xC0) {
        return 0x410u + (c - 0xC0u);
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].byte == c) {
            return marks[i].code;
        }
    }
    return 0xFFFD;
}

static uint32_t from_dos(unsigned char c) {
    return c < 0xB0                ? 0x410u + (c - 0x80u)
           : c >= 0xE0 && c < 0xF0 ? 0x440u + (c - 0xE0u)
           : c == 0xF0             ? 0x401u
           : c == 0xF1             ? 0x451u
           : c == 0xFC             ? 0x2116u
           : c == 0xFF             ? 0xA0u
                                   : 0xFFFDu;
}

void cn__bank_decode(cn_buf *out, cn__bank_encoding encoding, const char *bytes, size_t len) {
    cn_buf_add(out, "", 0);
    if (encoding == CN__BANK_UTF8 && cn__utf8_valid(bytes, len) < len) {
        encoding = CN__BANK_WINDOWS; /* some programs write what they do not declare */
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20) {
            cn_buf_add(out, " ", 1);
        } else if (c < 0x80 || encoding == CN__BANK_UTF8) {
            cn_buf_add(out, bytes + i, 1);
        } else {
            cn__utf8_add(out, encoding == CN__BANK_DOS ? from_dos(c) : from_windows(c));
        }
    }
}
