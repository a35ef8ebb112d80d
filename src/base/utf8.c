/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8: decoding, columns of a terminal, the folding of names.
 *
 * One decoder serves all; it accepts exactly the well-formed sequences of the Unicode standard (table 3-7). Case is
 * folded for the scripts in which names of enterprises are written (Latin, Greek, Cyrillic), by code point; columns
 * follow Unicode's East Asian Width for the blocks that are wide as a whole. All is linear in the text.
 */
#include "utf8.h"
#include "buf.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/* Bytes of the well-formed sequence at `p` (before `end`), 0 when there is none. */
static size_t decode(const unsigned char *p, const unsigned char *end, uint32_t *code) {
    size_t len = *p < 0x80 ? 1 : *p < 0xC2 ? 0 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : *p < 0xF5 ? 4 : 0;
    if (len < 2) {
        *code = *p;
        return len;
    }
    uint32_t value = *p & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (p + i >= end || (p[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (p[i] & 0x3Fu);
    }
    bool overlong = (len == 3 && value < 0x800) || (len == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *code = value;
    return len;
}

size_t cn__utf8_valid(const char *text, size_t len) {
    const unsigned char *start = (const unsigned char *)text;
    const unsigned char *end = start + len;
    const unsigned char *p = start;
    while (p < end) {
        uint64_t word;
        while ((size_t)(end - p) >= sizeof word) { /* eight ASCII characters at a step */
            memcpy(&word, p, sizeof word);
            if (word & UINT64_C(0x8080808080808080)) {
                break;
            }
            p += sizeof word;
        }
        while (end - p >= 2 && p[0] >= 0xC2 && p[0] < 0xE0 &&
               (p[1] & 0xC0) == 0x80) { /* most letters of most scripts */
            p += 2;
        }
        if (p == end) {
            break;
        }
        uint32_t code;
        size_t step = decode(p, end, &code);
        if (step == 0) {
            break;
        }
        p += step;
    }
    return (size_t)(p - start);
}

uint32_t cn__utf8_next(const char **text) {
    const unsigned char *p = (const unsigned char *)*text;
    if (*p == 0) {
        return 0;
    }
    uint32_t code;
    /* The NUL is no continuation byte, so that four bytes never lead past it. */
    size_t step = decode(p, p + 4, &code);
    *text += step == 0 ? 1 : step;
    return step == 0 ? REPLACEMENT : code;
}

void cn__utf8_add(cn_buf *out, uint32_t code) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = REPLACEMENT;
    }
    char bytes[4];
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    for (size_t i = len; i-- > 1;) {
        bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    bytes[0] = (char)(lead[len] | code);
    cn_buf_add(out, bytes, len);
}

size_t cn__utf8_count(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text;
    const unsigned char *end = p + len;
    size_t count = 0;
    for (; p < end; count++) {
        uint32_t code;
        size_t step = decode(p, end, &code);
        p += step == 0 ? 1 : step;
    }
    return count;
}

typedef struct code_range {
    uint32_t first;
    uint32_t last;
} code_range;

static bool in_ranges(const code_range *ranges, size_t count, uint32_t code) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && code >= ranges[low].first;
}

int cn__utf8_width(uint32_t code) {
    /* Combining marks and invisible characters. */
    static const code_range none[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489},   {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
        {0x06D6, 0x06DC}, {0x0900, 0x0902},   {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31},
        {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x2069}, {0x20D0, 0x20FF},   {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
        {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
    };
    static const code_range wide[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
        {0x2648, 0x2653},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x2705, 0x2705},   {0x274C, 0x274C},
        {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
        {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x17000, 0x18DFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
    };
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD) {
        return 0;
    }
    if (code < 0x0300) {
        return 1;
    }
    if (in_ranges(none, sizeof none / sizeof *none, code)) {
        return 0;
    }
    return in_ranges(wide, sizeof wide / sizeof *wide, code) ? 2 : 1;
}

int cn__utf8_text_width(const char *text) {
    int width = 0;
    while (*text) {
        width += cn__utf8_width(cn__utf8_next(&text));
    }
    return width;
}

/* Alphabets in which upper and lower case alternate: the upper ones are even, or odd. */
static bool upper_in_pair(uint32_t c) {
    bool even = (c >= 0x0100 && c <= 0x012F) || (c >= 0x0132 && c <= 0x0137) || (c >= 0x014A && c <= 0x0177) ||
                (c >= 0x0460 && c <= 0x0481) || (c >= 0x048A && c <= 0x04BF) || (c >= 0x04D0 && c <= 0x052F) ||
                (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF);
    bool odd = (c >= 0x0139 && c <= 0x0148) || (c >= 0x0179 && c <= 0x017E) || (c >= 0x04C1 && c <= 0x04CE);
    return (even && c % 2 == 0) || (odd && c % 2 == 1);
}

/* Letters whose lower case lies elsewhere. */
static uint32_t lower_single(uint32_t c) {
    switch (c) {
    case 0x0130:
        return 'i';
    case 0x0178:
        return 0xFF;
    case 0x0386:
        return 0x03AC;
    case 0x0388:
    case 0x0389:
    case 0x038A:
        return c + 37;
    case 0x038C:
        return 0x03CC;
    case 0x038E:
    case 0x038F:
        return c + 63;
    case 0x04C0:
        return 0x04CF;
    case 0x1E9E:
        return 0xDF;
    default:
        return c;
    }
}

static uint32_t lower(uint32_t c) {
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    if (c >= 0x0410 && c <= 0x042F) {
        return c + 32;
    }
    if (c >= 0x0400 && c <= 0x040F) {
        return c + 80;
    }
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x0391 && c <= 0x03AB && c != 0x03A2)) {
        return c + 32;
    }
    return upper_in_pair(c) ? c + 1 : lower_single(c);
}

static bool is_blank(uint32_t c) {
    bool space = (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                 (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
                 c == 0x3000;
    bool dash = c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
    return space || dash;
}

/* Quotes, and what cannot be seen: soft hyphen, stress mark, joiners, byte order mark. */
static bool is_dropped(uint32_t c) {
    bool quote = c == '"' || c == '\'' || c == '`' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) ||
                 c == 0x2039 || c == 0x203A;
    bool unseen = c == 0xAD || c == 0x0301 || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
    return quote || unseen;
}

void cn__utf8_fold(cn_buf *out, const char *text) {
    bool blank = false;   /* one is due before the next letter */
    bool started = false; /* a letter was written */
    cn_buf_add(out, "", 0);
    while (*text) {
        uint32_t code = lower(cn__utf8_next(&text));
        if (is_dropped(code)) {
            continue;
        }
        if (is_blank(code)) {
            blank = started;
            continue;
        }
        if (blank) {
            cn__buf_add_char(out, ' ');
            blank = false;
        }
        /* Some systems write й and ё as a letter and a mark. */
        const char *after = text;
        uint32_t mark = cn__utf8_next(&after);
        if ((code == 0x0438 && mark == 0x0306) || (code == 0x0435 && mark == 0x0308)) {
            code = code == 0x0438 ? 0x0439 : 0x0451;
            text = after;
        }
        cn__utf8_add(out, code == 0x0451 ? 0x0435 : code == 0x03C2 ? 0x03C3 : code);
        started = true;
    }
}
