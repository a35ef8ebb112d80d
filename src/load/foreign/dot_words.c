/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of DOT: white space and comments, strings and their joining, HTML texts, and how a DOT file begins. O(what is walked over). */
#include "dot_words.h"

#include <string.h>

bool cn__dot_expected(cn__dot_words *r, const char *what) {
    if (!r->broken) {
        cn__foreign_text_wrong(&r->t, what);
    }
    r->broken = true;
    return false;
}

void cn__dot_skip(cn__dot_words *r) {
    for (;;) {
        cn__foreign_text_space(&r->t, true);
        const char *at = r->t.text + r->t.at;
        size_t left = r->t.len - r->t.at;
        bool line = r->t.at == 0 || r->t.text[r->t.at - 1] == '\n';
        if (left > 1 && at[0] == '/' && at[1] == '*') {
            r->t.at += 2;
            while (r->t.at + 1 < r->t.len && !(r->t.text[r->t.at] == '*' && r->t.text[r->t.at + 1] == '/')) {
                r->t.at++;
            }
            r->t.at = r->t.at + 2 < r->t.len ? r->t.at + 2 : r->t.len;
        } else if ((left > 1 && at[0] == '/' && at[1] == '/') || (left > 0 && *at == '#' && line)) {
            cn__foreign_text_line(&r->t);
        } else if (left > 2 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
            r->t.at += 3;
        } else {
            return;
        }
    }
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

bool cn__dot_take(cn__dot_words *r, const char *mark) {
    cn__dot_skip(r);
    size_t len = strlen(mark);
    bool is = r->t.len - r->t.at >= len && memcmp(r->t.text + r->t.at, mark, len) == 0;
    r->t.at += is ? len : 0;
    return is;
}

bool cn__dot_next_is(cn__dot_words *r, char c) {
    cn__dot_skip(r);
    return cn__foreign_text_at(&r->t, c);
}

/* "…" with \" inside and line ends escaped; further strings after +. */
static bool read_quoted(cn__dot_words *r, cn_buf *out) {
    do {
        r->t.at++;
        for (;; r->t.at++) {
            if (r->t.at >= r->t.len) {
                return cn__dot_expected(r, "\"");
            }
            char c = r->t.text[r->t.at];
            char after = r->t.at + 1 < r->t.len ? r->t.text[r->t.at + 1] : '\0';
            if (c == '"') {
                break;
            }
            if (c == '\\' && (after == '"' || after == '\n')) {
                r->t.at++;
                cn_buf_add(out, "\"", after == '"');
            } else {
                cn_buf_add(out, &c, 1);
            }
        }
        r->t.at++;
    } while (cn__dot_take(r, "+") && (cn__dot_next_is(r, '"') || !cn__dot_expected(r, "\"")));
    return !r->broken;
}

/* <…>: what is no tag. */
static bool read_html(cn__dot_words *r, cn_buf *out) {
    unsigned open = 0;
    size_t from = 0;
    do {
        if (r->t.at >= r->t.len) {
            return cn__dot_expected(r, ">");
        }
        char c = r->t.text[r->t.at++];
        if (c == '<') {
            open++;
        }
        if (c == '<' || c == '>') {
            if (open == 1 + (c == '<') && from > 0) {
                cn__foreign_text_entities(out, r->t.text + from, r->t.at - 1 - from);
            }
            from = r->t.at;
        }
        open -= c == '>';
    } while (open > 0);
    return true;
}

bool cn__dot_id(cn__dot_words *r, cn_buf *out, bool *quoted) {
    cn__dot_skip(r);
    out->len = 0;
    cn_buf_add(out, "", 0);
    *quoted = cn__foreign_text_at(&r->t, '"') || cn__foreign_text_at(&r->t, '<');
    if (cn__foreign_text_at(&r->t, '"')) {
        return read_quoted(r, out);
    }
    if (cn__foreign_text_at(&r->t, '<')) {
        return read_html(r, out);
    }
    size_t from = r->t.at;
    bool number = cn__foreign_text_at(&r->t, '-') || cn__foreign_text_at(&r->t, '.');
    bool edge = number && r->t.at + 1 < r->t.len && (r->t.text[r->t.at + 1] == '-' || r->t.text[r->t.at + 1] == '>');
    r->t.at += number && !edge;
    while (r->t.at < r->t.len && (is_word(r->t.text[r->t.at]) || (r->t.text[r->t.at] == '.' && from < r->t.at))) {
        r->t.at++;
    }
    cn_buf_add(out, r->t.text + from, r->t.at - from);
    return r->t.at > from;
}

bool cn__sniff_dot(const cn__input *input) {
    cn__foreign_text t = {.text = input->bytes, .at = input->start, .len = input->len};
    cn__dot_words r = {.t = t};
    cn__dot_skip(&r);
    const char *at = input->bytes + r.t.at;
    size_t left = input->len - r.t.at;
    for (int words = 0; words < 2; words++) {
        static const char *const heads[] = {"digraph", "graph", "strict"};
        for (size_t i = 0; i < 3; i++) {
            size_t len = strlen(heads[i]);
            if (!cn__foreign_text_is(at, left, heads[i]) || left <= len || is_word(at[len])) {
                continue;
            }
            r.t.at += len;
            cn__dot_skip(&r);
            at = input->bytes + r.t.at;
            left = input->len - r.t.at;
            if (i == 2) {
                break;
            }
            size_t name = 0;
            while (name < left && name < 200 && at[name] != '{' && at[name] != '[' && at[name] != '\n') {
                name++;
            }
            return left > 0 && name < left && (at[name] == '{' || (at[name] == '\n' && name > 0));
        }
    }
    return false;
}
