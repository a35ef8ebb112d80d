/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A strict look at one JSON value (RFC 8259), for free attributes: they are kept as JSON text, and what comes from a program through the
 * builder or from a cell of a table is not trusted to be that. Recursion is bounded. O(length).
 */
#include "json_value.h"

#include "number.h"
#include "utf8.h"

#include <string.h>

/* As the reader of files has it. */
enum { DEPTH_MAX = 64, NUMBER_MAX = 63 };

typedef struct look {
    const char *at;
    const char *end;
} look;

/* Is the next byte one of these? */
static bool next_in(const look *l, const char *marks) {
    return l->at < l->end && *l->at != '\0' && strchr(marks, *l->at);
}

static void skip_space(look *l) {
    while (next_in(l, " \t\r\n")) {
        l->at++;
    }
}

static bool take(look *l, char c) {
    bool is = l->at < l->end && *l->at == c;
    l->at += is;
    return is;
}

static bool take_word(look *l, const char *word) {
    size_t len = strlen(word);
    bool is = (size_t)(l->end - l->at) >= len && memcmp(l->at, word, len) == 0;
    l->at += is ? len : 0;
    return is;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits; -1: they are none. */
static int take_hex(look *l) {
    int code = 0;
    for (int i = 0; i < 4; i++, l->at++) {
        int digit = l->at < l->end ? hex_digit(*l->at) : -1;
        if (digit < 0) {
            return -1;
        }
        code = code * 16 + digit;
    }
    return code;
}

/* What follows a backslash. */
static bool take_escape(look *l) {
    if (next_in(l, "\"\\/bfnrt")) {
        l->at++;
        return true;
    }
    if (!take(l, 'u')) {
        return false;
    }
    int code = take_hex(l);
    if (code >= 0xD800 && code < 0xDC00) {
        int low = take_word(l, "\\u") ? take_hex(l) : -1;
        return low >= 0xDC00 && low < 0xE000;
    }
    return code > 0 && !(code >= 0xDC00 && code < 0xE000);
}

static bool take_string(look *l) {
    if (!take(l, '"')) {
        return false;
    }
    while (l->at < l->end && *l->at != '"') {
        if ((unsigned char)*l->at < 0x20) {
            return false;
        }
        if (*l->at++ == '\\' && !take_escape(l)) {
            return false;
        }
    }
    return take(l, '"');
}

static bool take_number(look *l) {
    const char *start = l->at;
    while (next_in(l, "+-.0123456789eE")) {
        l->at++;
    }
    double value;
    return l->at > start && l->at - start <= NUMBER_MAX &&
           cn__parse_double(start, (size_t)(l->at - start), &value) == CN__PARSE_OK;
}

static bool take_value(look *l, int depth);

/* Members of an object or elements of a list, behind the opening bracket. */
static bool take_members(look *l, bool object, int depth) {
    char close = object ? '}' : ']';
    skip_space(l);
    if (take(l, close)) {
        return true;
    }
    for (;;) {
        skip_space(l);
        if (object) {
            bool key = take_string(l);
            skip_space(l);
            if (!key || !take(l, ':')) {
                return false;
            }
        }
        if (!take_value(l, depth + 1)) {
            return false;
        }
        skip_space(l);
        if (!take(l, ',')) {
            return take(l, close);
        }
    }
}

static bool take_value(look *l, int depth) {
    skip_space(l);
    if (depth > DEPTH_MAX || l->at >= l->end) {
        return false;
    }
    switch (*l->at) {
    case '{':
    case '[':
        return take_members(l, *l->at++ == '{', depth);
    case '"':
        return take_string(l);
    case 't':
        return take_word(l, "true");
    case 'f':
        return take_word(l, "false");
    case 'n':
        return take_word(l, "null");
    default:
        return take_number(l);
    }
}

bool cn__json_is_value(const char *text, size_t len) {
    look l = {text, text + len};
    if (cn__utf8_valid(text, len) != len || !take_value(&l, 0)) {
        return false;
    }
    skip_space(&l);
    return l.at == l.end;
}

void cn__json_of_cell(cn_buf *out, const char *text, size_t len) {
    double value;
    bool word = (len == 4 && memcmp(text, "true", 4) == 0) || (len == 5 && memcmp(text, "false", 5) == 0);
    bool notation = len > 0 && (*text == '"' || *text == '{' || *text == '[') && cn__json_is_value(text, len);
    if (word || notation || cn__parse_double(text, len, &value) == CN__PARSE_OK) {
        cn_buf_add(out, text, len);
    } else {
        cn_json_string(out, text);
    }
}

/* Append what an escape means; *at stands behind its backslash and moves on. */
static void add_escape(cn_buf *out, look *l) {
    static const char letters[] = "bfnrt";
    static const char meanings[] = "\b\f\n\r\t";
    char c = *l->at++;
    const char *known = strchr(letters, c);
    if (c != 'u') {
        cn_buf_add(out, known ? &meanings[known - letters] : &c, 1);
        return;
    }
    int code = take_hex(l);
    if (code >= 0xD800 && code < 0xDC00) {
        l->at += 2;
        code = 0x10000 + ((code - 0xD800) << 10) + (take_hex(l) - 0xDC00);
    }
    cn__utf8_add(out, (uint32_t)code);
}

void cn__json_decode(cn_buf *out, const char *json, size_t len) {
    look l = {json + 1, json + len};
    while (*l.at != '"') {
        const char *run = l.at;
        while (*l.at != '"' && *l.at != '\\') {
            l.at++;
        }
        cn_buf_add(out, run, (size_t)(l.at - run));
        if (*l.at == '\\') {
            l.at++;
            add_escape(out, &l);
        }
    }
}

bool cn__json_plain(cn_buf *out, const char *json, size_t len) {
    if (len < 2 || *json != '"' || !cn__json_is_value(json, len)) {
        return false;
    }
    size_t start = out->len;
    cn__json_decode(out, json, len);
    if (out->failed || out->len == start) {
        return false;
    }
    cn_buf again = {0};
    cn__json_of_cell(&again, out->data + start, out->len - start);
    bool same = !again.failed && again.len == len && memcmp(again.data, json, len) == 0;
    cn_buf_release(&again);
    return same;
}
