/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of the readers of textual graph formats. All are O(what they walk over). */
#include "foreign_text.h"

#include "number.h"
#include "utf8.h"

#include <string.h>

void cn__foreign_text_begin(cn__foreign_text *t, cn__foreign *f, const cn__input *input) {
    *t = (cn__foreign_text){.f = f, .text = input->bytes, .at = input->start, .len = input->len};
    cn__cursor_begin(&t->cursor, input->bytes, input->start, input->len);
}

void cn__foreign_text_space(cn__foreign_text *t, bool lines) {
    while (t->at < t->len && (t->text[t->at] == ' ' || t->text[t->at] == '\t' ||
                              (lines && (t->text[t->at] == '\n' || t->text[t->at] == '\r')))) {
        t->at++;
    }
}

void cn__foreign_text_line(cn__foreign_text *t) {
    while (t->at < t->len && t->text[t->at] != '\n' && t->text[t->at] != '\r') {
        t->at++;
    }
    if (t->at < t->len && t->text[t->at] == '\r') {
        t->at++;
    }
    if (t->at < t->len && t->text[t->at] == '\n') {
        t->at++;
    }
}

cn__place cn__foreign_text_place(cn__foreign_text *t) {
    return t->at > t->cursor.at ? cn__cursor_move(&t->cursor, t->at) : t->cursor.place;
}

void cn__foreign_text_wrong(cn__foreign_text *t, const char *what) {
    char found[40];
    size_t len = 0;
    while (t->at + len < t->len && len < 30 && t->text[t->at + len] != '\n' && t->text[t->at + len] != '\r') {
        len++;
    }
    while (len > 0 && t->at + len < t->len && ((unsigned char)t->text[t->at + len] & 0xC0u) == 0x80u) {
        len--;
    }
    memcpy(found, t->text + t->at, len);
    found[len] = '\0';
    if (!t->quiet) {
        CN__REPORT2(t->f->load, t->f->file, cn__foreign_text_place(t), FOREIGN_EXPECTED, what, found);
    }
}

bool cn__foreign_text_word(cn__foreign_text *t, const char **word, size_t *len, bool *quoted) {
    cn__foreign_text_space(t, false);
    *quoted = cn__foreign_text_at(t, '"');
    const char *from = t->text + t->at + *quoted;
    size_t room = t->len - t->at - *quoted;
    size_t count = 0;
    while (count < room && from[count] != '\n' && from[count] != '\r' &&
           (*quoted ? from[count] != '"' : from[count] != ' ' && from[count] != '\t')) {
        count++;
    }
    *word = from;
    *len = count;
    t->at += *quoted + count;
    t->at += *quoted && cn__foreign_text_at(t, '"');
    return *quoted || count > 0;
}

bool cn__foreign_text_number(const char *word, size_t len, uint64_t most, uint64_t *out) {
    return cn__parse_count(word, len, most, out) == CN__PARSE_OK;
}

bool cn__foreign_text_is(const char *text, size_t len, const char *word) {
    size_t i = 0;
    for (; word[i]; i++) {
        char c = i < len ? text[i] : '\0';
        if ((char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[i]) {
            return false;
        }
    }
    return true;
}

/* The character that an entity means, 0: none; `len` up to its semicolon. */
static uint32_t entity(const char *name, size_t len) {
    static const char *const names[] = {"quot", "amp", "lt", "gt", "apos", "nbsp"};
    static const uint32_t codes[] = {'"', '&', '<', '>', '\'', 0xA0};
    for (size_t i = 0; i < 6; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) {
            return codes[i];
        }
    }
    uint32_t code = 0;
    bool hex = len > 2 && name[0] == '#' && (name[1] == 'x' || name[1] == 'X');
    size_t i = hex ? 2 : 1;
    if (len < 2 || name[0] != '#' || len > 9) {
        return 0;
    }
    for (; i < len; i++) {
        char c = (char)(name[i] | 0x20);
        bool digit = name[i] >= '0' && name[i] <= '9';
        if (!digit && !(hex && c >= 'a' && c <= 'f')) {
            return 0;
        }
        code = code * (hex ? 16 : 10) + (uint32_t)(digit ? name[i] - '0' : c - 'a' + 10);
    }
    return code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : code;
}

void cn__foreign_text_entities(cn_buf *out, const char *text, size_t len) {
    cn_buf_add(out, "", 0);
    for (size_t i = 0; i < len;) {
        const char *mark = text[i] == '&' ? memchr(text + i, ';', len - i < 12 ? len - i : 12) : NULL;
        uint32_t code = mark ? entity(text + i + 1, (size_t)(mark - text) - i - 1) : 0;
        if (code) {
            cn__utf8_add(out, code);
            i = (size_t)(mark - text) + 1;
        } else {
            cn_buf_add(out, text + i, 1);
            i++;
        }
    }
}

void cn__foreign_text_decode_name(cn_buf *out, const char *name, size_t len) {
    for (size_t i = 0; i < len;) {
        size_t hex = 0;
        uint32_t code = 0;
        while (name[i] == '_' && i + 1 + hex < len && hex < 6) {
            char c = name[i + 1 + hex];
            bool digit = c >= '0' && c <= '9';
            if (!digit && !(c >= 'A' && c <= 'F')) {
                break;
            }
            code = code * 16 + (uint32_t)(digit ? c - '0' : c - 'A' + 10);
            hex++;
        }
        bool coded = hex >= 4 && i + 1 + hex < len && name[i + 1 + hex] == '_' && code > 0 && code < 0x110000 &&
                     !(code >= 0xD800 && code < 0xE000);
        if (coded) {
            cn__utf8_add(out, code);
            i += hex + 2;
        } else {
            cn_buf_add(out, name + i, 1);
            i++;
        }
    }
}

static cn__foreign_attr *label_of(cn__foreign *f, uint32_t node, uint32_t name) {
    for (uint32_t i = f->nodes[node].first; i != CN_NONE; i = f->attrs[i].next) {
        if (f->attrs[i].name == name) {
            return f->attrs[i].len > 0 ? &f->attrs[i] : NULL;
        }
    }
    return NULL;
}

static uint32_t renamed(const cn__foreign *f, uint32_t text) {
    const char *id = cn__arena_at(&f->texts, text);
    uint32_t node = cn__foreign_find(f, id, strlen(id));
    return node == CN_NONE ? text : f->nodes[node].to; /* of nodes `to` is free: the label waits there */
}

void cn__foreign_use_labels(cn__foreign *f) {
    uint32_t name = cn__strmap_find(&f->names, "label", 5);
    cn__strmap labels = {0};
    bool all = name != CN_NONE && f->node_count > 0 && cn__foreign_wanted(f);
    for (uint32_t node = 0; node < f->node_count && all; node++) {
        const cn__foreign_attr *label = label_of(f, node, name);
        const char *text = label ? cn__arena_at(&f->texts, label->text) : "";
        all = label && cn__strmap_find(&labels, text, label->len) == CN_NONE;
        if (all && !cn__strmap_add(&labels, text, label->len, node, NULL)) {
            f->status = CN__NO_MEMORY(f->load->err);
            all = false;
        }
        if (all) {
            f->nodes[node].to = label->text;
        }
    }
    if (!all) {
        cn__strmap_release(&labels);
        return;
    }
    for (size_t i = 0; i < f->edge_count; i++) {
        f->edges[i].id = renamed(f, f->edges[i].id);
        f->edges[i].to = renamed(f, f->edges[i].to);
    }
    for (uint32_t node = 0; node < f->node_count; node++) {
        cn__foreign_attr *label = label_of(f, node, name);
        f->nodes[node].id = label->text;
        label->len = 0; /* said by the id */
    }
    cn__strmap_release(&f->ids);
    f->ids = labels;
}
