/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text as a JSON string: the one escape function for JSON. Runs of bytes that need nothing are copied whole; O(length).
 * Beyond what RFC 8259 demands it escapes what would end a <script> element or a line of JavaScript, and bytes
 * that are not UTF-8 become U+FFFD, so that the result is valid whatever comes in.
 */
#include "coopnet/base.h"

#include "utf8.h"
#include <string.h>

static bool plain(uint32_t code) {
    bool marked = code == '"' || code == '\\' || code == '<' || code == '>' || code == '&';
    bool line_end = code == 0x2028 || code == 0x2029;
    return code >= 0x20 && code != 0x7F && !marked && !line_end && code != 0xFFFD;
}

static void add_escaped(cn_buf *out, uint32_t code) {
    static const char hex[] = "0123456789abcdef";
    static const char with_letter[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *known = code < 0x80 ? strchr(with_letter, (int)code) : NULL;
    if (code == 0xFFFD) {
        cn__utf8_add(out, code);
    } else if (known) {
        cn_buf_add(out, (char[]){'\\', letters[known - with_letter]}, 2);
    } else {
        char text[6] = {'\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
        cn_buf_add(out, text, sizeof text);
    }
}

void cn_json_string(cn_buf *out, const char *text) {
    cn_buf_add_text(out, "\"");
    const char *run = text;
    const char *at = text;
    for (;;) {
        const char *next = at;
        uint32_t code = cn__utf8_next(&next);
        if (code && plain(code)) {
            at = next;
            continue;
        }
        cn_buf_add(out, run, (size_t)(at - run));
        if (!code) {
            break;
        }
        add_escaped(out, code);
        run = at = next;
    }
    cn_buf_add_text(out, "\"");
}
