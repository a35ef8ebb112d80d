/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encodings are told by evidence: UTF-16 by its mark or by zero bytes on one side of its pairs only, windows-1251 by bytes above 0x7F
 * that are mostly letters there, with small letters and capitals as they stand in words. Anything else stays a mistake. O(bytes).
 */
#include "decode.h"

#include "utf8.h"

enum { LOOK_BYTES = 1 << 16 };

/* Characters of windows-1251 from 0x80 to 0xBF; from 0xC0 on they are U+0410 and on. 0: none. */
static const uint16_t cp1251[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
};

cn__encoding cn__encoding_of_start(const char *bytes, size_t len) {
    const unsigned char *at = (const unsigned char *)bytes;
    size_t zeros[2] = {0, 0};
    size_t look = len < LOOK_BYTES ? len : LOOK_BYTES;
    if (len >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF))) {
        return at[0] == 0xFF ? CN__UTF16_LE : CN__UTF16_BE;
    }
    for (size_t i = 0; i < look; i++) {
        zeros[i % 2] += at[i] == 0;
    }
    bool pairs = len % 2 == 0 && len >= 8;
    if (pairs && zeros[0] == 0 && zeros[1] * 20 >= look) {
        return CN__UTF16_LE;
    }
    return pairs && zeros[1] == 0 && zeros[0] * 20 >= look ? CN__UTF16_BE : CN__UTF8;
}

cn__encoding cn__encoding_of_bytes(const char *bytes, size_t len) {
    size_t letters = 0;
    size_t others = 0;
    size_t shouts = 0; /* a capital behind a small letter: so other encodings look when they are read as this one */
    size_t pairs = 0;
    unsigned char before = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == 0x98 || (c < 0x20 && c != '\t' && c != '\n' && c != '\r')) {
            return CN__UNKNOWN_ENCODING;
        }
        bool letter = c >= 0xC0 || c == 0xA8 || c == 0xB8;
        letters += letter;
        others += !letter && c >= 0x80;
        pairs += letter && before >= 0xC0;
        shouts += c >= 0xC0 && c < 0xE0 && before >= 0xE0;
        before = c;
    }
    bool russian = letters >= 2 && letters >= 4 * others && pairs * 2 >= letters && shouts * 10 <= pairs;
    return russian ? CN__CP1251 : CN__UNKNOWN_ENCODING;
}

const char *cn__encoding_name(cn__encoding encoding) {
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1251", ""};
    return names[encoding];
}

static void decode_cp1251(const unsigned char *at, size_t len, cn_buf *out) {
    for (size_t i = 0; i < len && !out->failed;) {
        size_t plain = i;
        while (plain < len && at[plain] < 0x80) {
            plain++;
        }
        cn_buf_add(out, (const char *)at + i, plain - i);
        if (plain < len) {
            uint32_t code = at[plain] >= 0xC0 ? 0x0410u + at[plain] - 0xC0u : cp1251[at[plain] - 0x80];
            cn__utf8_add(out, code ? code : 0xFFFD);
            plain++;
        }
        i = plain;
    }
}

static void decode_utf16(const unsigned char *at, size_t len, bool big, cn_buf *out) {
    uint32_t high = 0; /* the first half of a pair that waits for its second */
    for (size_t i = 0; i + 1 < len && !out->failed; i += 2) {
        uint32_t unit = big ? (uint32_t)at[i] << 8 | at[i + 1] : (uint32_t)at[i + 1] << 8 | at[i];
        bool low = unit >= 0xDC00 && unit <= 0xDFFF;
        if (high && !low) {
            cn__utf8_add(out, 0xFFFD);
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            high = unit;
            continue;
        }
        uint32_t code = low ? (high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD) : unit;
        high = 0;
        if (code == 0) {
            cn_buf_add(out, "", 1);
        } else if (code != 0xFEFF || i > 0) {
            cn__utf8_add(out, code);
        }
    }
    if (high || len % 2) {
        cn__utf8_add(out, 0xFFFD);
    }
}

void cn__decode(cn__encoding encoding, const char *bytes, size_t len, cn_buf *out) {
    const unsigned char *at = (const unsigned char *)bytes;
    if (encoding == CN__CP1251) {
        decode_cp1251(at, len, out);
    } else {
        decode_utf16(at, len, encoding == CN__UTF16_BE, out);
    }
}
