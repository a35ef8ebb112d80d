/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows-1251 (decode.c) and DOS code page 866 to UTF-8; of the latter letters by their distance from А and the two marks that names
 * use, box drawing and other marks become U+FFFD. O(bytes).
 */
#include "bank_text.h"

#include "decode.h"
#include "utf8.h"

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
        } else if (encoding == CN__BANK_DOS) {
            cn__utf8_add(out, from_dos(c));
        } else {
            cn__decode(CN__CP1251, bytes + i, 1, out);
        }
    }
}
