/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which graph a JSON text is, told by a key of its outermost object (or of the elements of its outermost list) among the first bytes. O(those bytes).
 */
#include "input.h"

#include <string.h>

/* Does a key of the outermost object or list element stand among the first bytes? */
static bool has_key(const cn__input *input, const char *key, unsigned level) {
    enum { LOOK = 1 << 16 };
    const char *text = input->bytes + input->start;
    size_t len = input->len - input->start < LOOK ? input->len - input->start : LOOK;
    size_t key_len = strlen(key);
    unsigned depth = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') {
            size_t from = ++i;
            while (i < len && text[i] != '"') {
                i += text[i] == '\\' ? 2 : 1;
            }
            size_t after = i + 1;
            while (after < len && strchr(" \t\r\n", text[after])) {
                after++;
            }
            if (depth == level && i < len && i - from == key_len && memcmp(text + from, key, key_len) == 0 &&
                after < len && text[after] == ':') {
                return true;
            }
        } else if (text[i] == '{' || text[i] == '[') {
            depth++;
        } else if (text[i] == '}' || text[i] == ']') {
            depth -= depth > 0;
        } else if (depth == 0 && !strchr(" \t\r\n", text[i])) {
            return false;
        }
    }
    return false;
}

static bool begins_with(const cn__input *input, char c) {
    size_t at = input->start;
    while (at < input->len && strchr(" \t\r\n", input->bytes[at])) {
        at++;
    }
    return at < input->len && input->bytes[at] == c;
}

bool cn__sniff_nodelink(const cn__input *input) {
    return begins_with(input, '{') && has_key(input, "nodes", 1) && !has_key(input, "coopnet", 1);
}
bool cn__sniff_cyjs(const cn__input *input) {
    return begins_with(input, '{') && has_key(input, "elements", 1) && !has_key(input, "coopnet", 1);
}
bool cn__sniff_cx2(const cn__input *input) { return begins_with(input, '[') && has_key(input, "CXVersion", 2); }
