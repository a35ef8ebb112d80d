/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of a JSON text. cJSON keeps no places and lets much pass; this scan walks the bytes before it, reports every
 * mistake of notation with its place, and leaves a mark for every key and value in document order. The reader then walks
 * cJSON's tree in the same order beside the marks. Invariant: marks[i].next is the first mark behind value i and all it
 * holds, so that a subtree is skipped in O(1). Recursive descent, depth bounded by the limit. O(bytes).
 */
#include "json_scan.h"

#include "memory.h"
#include "utf8.h"

#include <string.h>

static bool scan_value(cn__json_scan *scan, uint32_t depth);

static void skip_space(cn__json_scan *scan) {
    while (scan->at < scan->len && scan->text[scan->at] && strchr(" \t\n\r", scan->text[scan->at])) {
        scan->at++;
    }
}

/* The character (or word) at the present place, for messages. */
static void found(const cn__json_scan *scan, char out[32]) {
    size_t at = scan->at;
    size_t end = at;
    while (end < scan->len && end - at < 16 && (unsigned char)scan->text[end] > ' ' &&
           !strchr(",:[]{}\"", scan->text[end])) {
        end++;
    }
    if (end == at) {
        end++;
        while (end < scan->len && ((unsigned char)scan->text[end] & 0xC0u) == 0x80u) {
            end++;
        }
    }
    end = at + cn__utf8_valid(scan->text + at, end - at);
    memcpy(out, scan->text + at, end - at);
    out[end - at] = '\0';
}

/* The text ends inside what was opened at `open`. */
static bool fail_end(cn__json_scan *scan, const char *what, cn__place open) {
    cn__digits line;
    cn__digits column;
    cn__place place = cn__cursor_move(&scan->cursor, scan->len);
    CN__REPORT3(scan->load, scan->file, place, JSON_ENDS, what, cn__digits_of(&line, open.line),
                cn__digits_of(&column, open.column));
    scan->mistakes++;
    scan->broken = true;
    return false;
}

static bool fail(cn__json_scan *scan, cn_message message, const char *expected) {
    char shown[32];
    found(scan, shown);
    cn__place place = cn__cursor_move(&scan->cursor, scan->at);
    cn__report(scan->load, scan->file, place, message, 2, (const char *[]){shown, expected});
    scan->mistakes++;
    scan->broken = true;
    return false;
}

/* A mark for what begins here; its number, or CN_NONE without memory. */
static uint32_t add_mark(cn__json_scan *scan) {
    if (!cn__grow((void **)&scan->marks, &scan->mark_cap, scan->mark_count, 1, sizeof *scan->marks) ||
        scan->mark_count >= CN_NONE - 1) {
        scan->status = CN__NO_MEMORY(scan->load->err);
        return CN_NONE;
    }
    cn__mark *mark = &scan->marks[scan->mark_count];
    mark->start = scan->at;
    mark->len = 0;
    mark->place = cn__cursor_move(&scan->cursor, scan->at);
    mark->next = (uint32_t)scan->mark_count + 1;
    return (uint32_t)scan->mark_count++;
}

static bool scan_string(cn__json_scan *scan, uint32_t mark) {
    if (!cn__json_scan_string(scan)) {
        return fail_end(scan, "\"", scan->marks[mark].place);
    }
    scan->marks[mark].len = scan->at - scan->marks[mark].start;
    return true;
}

/* Behind a member or element: true with *more when a comma follows, true without when the list is closed. */
static bool scan_next(cn__json_scan *scan, char close, cn__place open, bool *more) {
    skip_space(scan);
    if (scan->at >= scan->len) {
        return fail_end(scan, close == '}' ? "{" : "[", open);
    }
    char c = scan->text[scan->at];
    if (c != ',' && c != close) {
        return fail(scan, CN_MSG_JSON_COMMA, close == '}' ? "}" : "]");
    }
    scan->at++;
    *more = c == ',';
    return true;
}

static bool scan_member(cn__json_scan *scan, uint32_t depth, cn__place open) {
    skip_space(scan);
    if (scan->at >= scan->len) {
        return fail_end(scan, "{", open);
    }
    if (scan->text[scan->at] != '"') {
        return fail(scan, CN_MSG_JSON_KEY, "\"");
    }
    uint32_t key = add_mark(scan);
    if (key == CN_NONE || !scan_string(scan, key)) {
        return false;
    }
    skip_space(scan);
    if (scan->at >= scan->len) {
        return fail_end(scan, "{", open);
    }
    if (scan->text[scan->at] != ':') {
        return fail(scan, CN_MSG_JSON_COLON, "");
    }
    scan->at++;
    return scan_value(scan, depth);
}

/* An object or array whose opening bracket is here. */
static bool scan_list(cn__json_scan *scan, uint32_t mark, uint32_t depth) {
    bool object = scan->text[scan->at] == '{';
    char close = object ? '}' : ']';
    cn__place open = scan->marks[mark].place;
    uint32_t limit =
        scan->load->limits.max_depth < CN__JSON_DEPTH_MAX ? scan->load->limits.max_depth : CN__JSON_DEPTH_MAX;
    if (depth >= limit) {
        cn__digits digits;
        CN__REPORT2(scan->load, scan->file, open, TOO_DEEP, cn__digits_of(&digits, limit), CN__OPTION_DEPTH);
        scan->mistakes++;
        scan->broken = true;
        return false;
    }
    scan->at++;
    skip_space(scan);
    bool more = scan->at >= scan->len || scan->text[scan->at] != close;
    scan->at += !more;
    while (more) {
        bool good = object ? scan_member(scan, depth + 1, open) : scan_value(scan, depth + 1);
        if (!good && !scan->broken && scan->status == CN_OK) {
            return fail_end(scan, object ? "{" : "[", open);
        }
        if (!good || !scan_next(scan, close, open, &more)) {
            return false;
        }
    }
    scan->marks[mark].next = (uint32_t)scan->mark_count;
    return true;
}

static bool scan_word(cn__json_scan *scan, uint32_t mark) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if (scan->len - scan->at >= len && memcmp(scan->text + scan->at, words[i], len) == 0) {
            scan->at += len;
            scan->marks[mark].len = len;
            return true;
        }
    }
    return fail(scan, CN_MSG_JSON_VALUE, "");
}

/* At the end of the text it fails without a message: the list around it knows what is open. */
static bool scan_value(cn__json_scan *scan, uint32_t depth) {
    skip_space(scan);
    if (scan->at >= scan->len) {
        return false;
    }
    char c = scan->text[scan->at];
    uint32_t mark = add_mark(scan);
    if (mark == CN_NONE) {
        return false;
    }
    if (c == '{' || c == '[') {
        return scan_list(scan, mark, depth);
    }
    if (c == '"') {
        return scan_string(scan, mark);
    }
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
        cn__json_scan_number(scan);
        scan->marks[mark].len = scan->at - scan->marks[mark].start;
        return true;
    }
    return scan_word(scan, mark);
}

bool cn__json_scan_run(cn__json_scan *scan, cn__load *load, const char *file, const char *text, size_t start,
                       size_t len) {
    memset(scan, 0, sizeof *scan);
    scan->load = load;
    scan->file = file;
    scan->text = text;
    scan->len = len;
    scan->at = start;
    cn__cursor_begin(&scan->cursor, text, start, len);
    if (!scan_value(scan, 0)) {
        return false;
    }
    skip_space(scan);
    if (scan->at < scan->len) {
        return fail(scan, CN_MSG_JSON_AFTER_END, "");
    }
    return scan->mistakes == 0;
}

void cn__json_scan_release(cn__json_scan *scan) {
    cn__free(scan->marks);
    scan->marks = NULL;
}
