/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the marks of a JSON scan (json_scan.h) to the fields of a struct, by a table of fields. The scan has found the notation sound, so
 * that here only content can be wrong: a field that is not known, missing, given twice, or of another type. Everything wrong is an
 * error: a misspelt threshold must not pass in silence. Invariant: a mark is the number of a value; its key is the mark before it.
 * O(bytes · fields of an object).
 */
#include "json_tree.h"

#include "date_form.h"
#include "memory.h"
#include "near_name.h"
#include "number.h"
#include "text_check.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { FIELDS_MAX = 32, SHOWN_BYTES = 64 };

cn__place cn__tree_place(const cn__tree *tree, uint32_t mark) { return tree->scan.marks[mark].place; }

bool cn__tree_is(const cn__tree *tree, uint32_t mark, char first) {
    return tree->scan.text[tree->scan.marks[mark].start] == first;
}

/* ---- texts ---- */

static unsigned hex(const char *digits) {
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)digits[i];
        value = value << 4 | (c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - (unsigned)'a' + 10);
    }
    return value;
}

/* One escape, which the scan has found sound; returns its length. */
static size_t add_escape(cn_buf *out, const char *at) {
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (at[1] != 'u') {
        cn_buf_add(out, to + (strchr(from, at[1]) - from), 1);
        return 2;
    }
    unsigned code = hex(at + 2);
    if (code < 0xD800 || code > 0xDBFF) {
        cn__utf8_add(out, code);
        return 6;
    }
    cn__utf8_add(out, 0x10000 + ((code - 0xD800) << 10) + (hex(at + 8) - 0xDC00));
    return 12;
}

/* The text of a mark without quotes and escapes; false (and status) without memory. Release `out`. */
static bool decode(cn__tree *tree, uint32_t mark, cn_buf *out) {
    const cn__mark *at = &tree->scan.marks[mark];
    const char *text = tree->scan.text + at->start + 1;
    const char *end = tree->scan.text + at->start + at->len - 1;
    cn_buf_add_text(out, "");
    while (text < end) {
        if (*text == '\\') {
            text += add_escape(out, text);
        } else {
            cn_buf_add(out, text++, 1);
        }
    }
    if (out->failed || !out->data) {
        tree->status = CN__NO_MEMORY(tree->load->err);
        return false;
    }
    return true;
}

/* A value as it is written, for messages. */
static void written(const cn__tree *tree, uint32_t mark, char out[SHOWN_BYTES]) {
    const cn__mark *at = &tree->scan.marks[mark];
    const char *from = tree->scan.text + at->start;
    bool list = at->len == 0;
    size_t len = list ? 1 : at->len < 40 ? at->len : 40;
    len = cn__utf8_valid(from, len);
    (void)snprintf(out, SHOWN_BYTES, "%.*s%s%s", (int)len, from, list || at->len > 40 ? "…" : "",
                   list ? (*from == '{' ? "}" : "]") : "");
}

static void say_type(cn__tree *tree, uint32_t mark, cn_message message, const char *key) {
    char shown[SHOWN_BYTES];
    written(tree, mark, shown);
    cn__report(tree->load, tree->file, cn__tree_place(tree, mark), message, 2, (const char *[]){key, shown});
}

static const char *read_text(cn__tree *tree, uint32_t mark, const char *key) {
    const char *kept = NULL;
    cn_buf text = {0};
    if (!cn__tree_is(tree, mark, '"')) {
        say_type(tree, mark, CN_MSG_EXPECT_TEXT, key);
    } else if (decode(tree, mark, &text)) {
        kept = cn__keep_copy(tree->keep, text.data, text.len);
        if (!kept) {
            tree->status = CN__NO_MEMORY(tree->load->err);
        }
    }
    cn_buf_release(&text);
    return kept;
}

/* ---- numbers, dates, flags ---- */

/* Digits with at most `decimals` decimals, scaled by 10^decimals. */
static bool read_decimal(const char *text, size_t len, int decimals, int64_t *out) {
    int64_t value = 0;
    int after = -1;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || value > (INT64_MAX - 9) / 10 || (after >= 0 && ++after > decimals)) {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    for (int i = after < 0 ? 0 : after; i < decimals; i++) {
        if (value > INT64_MAX / 10) {
            return false;
        }
        value *= 10;
    }
    *out = value;
    return true;
}

static void read_number(cn__tree *tree, uint32_t mark, const char *key, int decimals, int64_t *out) {
    const cn__mark *at = &tree->scan.marks[mark];
    if (at->len == 0 || !read_decimal(tree->scan.text + at->start, at->len, decimals, out)) {
        say_type(tree, mark, CN_MSG_RULES_BAD_NUMBER, key);
        *out = 0; /* given, if wrong: that it is missing need not be said too */
    }
}

static void read_date(cn__tree *tree, uint32_t mark, const char *key, cn_date *out) {
    cn_buf text = {0};
    if (!cn__tree_is(tree, mark, '"')) {
        say_type(tree, mark, CN_MSG_EXPECT_TEXT, key);
    } else if (decode(tree, mark, &text)) {
        *out = cn_date_parse(text.data);
        if (*out == CN_DATE_NONE) {
            CN__REPORT2(tree->load, tree->file, cn__tree_place(tree, mark), BAD_DATE, text.data, key);
        }
    }
    cn_buf_release(&text);
}

static void read_flag(cn__tree *tree, uint32_t mark, const char *key, bool *out) {
    if (!cn__tree_is(tree, mark, 't') && !cn__tree_is(tree, mark, 'f')) {
        say_type(tree, mark, CN_MSG_EXPECT_FLAG, key);
    }
    *out = cn__tree_is(tree, mark, 't');
}

/* "#rgb" or "#rrggbb", kept as the latter in small letters. */
static bool colour_of(const char *text, size_t len, char out[8]) {
    static const char digits[] = "0123456789abcdef";
    if (text[0] != '#' || (len != 4 && len != 7)) {
        return false;
    }
    for (size_t i = 0; i < 6; i++) {
        char c = text[len == 4 ? 1 + i / 2 : 1 + i];
        c = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
        if (!strchr(digits, c)) {
            return false;
        }
        out[1 + i] = c;
    }
    out[0] = '#';
    out[7] = '\0';
    return true;
}

static void read_colour(cn__tree *tree, uint32_t mark, const char *key, char *out) {
    cn_buf text = {0};
    char colour[8];
    if (!cn__tree_is(tree, mark, '"')) {
        say_type(tree, mark, CN_MSG_EXPECT_TEXT, key);
    } else if (decode(tree, mark, &text)) {
        if (colour_of(text.data, text.len, colour)) {
            memcpy(out, colour, sizeof colour);
        } else {
            say_type(tree, mark, CN_MSG_THEME_BAD_COLOUR, key);
        }
    }
    cn_buf_release(&text);
}

/* ---- words of a list ---- */

static int read_word(cn__tree *tree, uint32_t mark, const cn__field_row *row) {
    cn_buf text = {0};
    int found = -1;
    if (!cn__tree_is(tree, mark, '"')) {
        say_type(tree, mark, CN_MSG_EXPECT_TEXT, row->key);
    } else if (decode(tree, mark, &text)) {
        cn__near near;
        cn__near_begin(&near, text.data);
        for (int i = 0; row->words(i) && found < 0; i++) {
            found = text.len && strcmp(row->words(i), text.data) == 0 ? i : -1;
            cn__near_offer(&near, row->words(i));
        }
        if (found < 0 && near.best) {
            CN__REPORT3(tree->load, tree->file, cn__tree_place(tree, mark), RULES_UNKNOWN_WORD_NEAR, text.data,
                        row->key, near.best);
        } else if (found < 0) {
            CN__REPORT2(tree->load, tree->file, cn__tree_place(tree, mark), RULES_UNKNOWN_WORD, text.data, row->key);
        }
        cn__near_release(&near);
    }
    cn_buf_release(&text);
    return found;
}

/* ---- lists ---- */

/* How many values a list has; reports what is none. */
static bool count_list(cn__tree *tree, uint32_t mark, const char *key, size_t *count) {
    *count = 0;
    if (!cn__tree_is(tree, mark, '[')) {
        say_type(tree, mark, CN_MSG_EXPECT_LIST, key);
        return false;
    }
    for (uint32_t at = mark + 1; at < tree->scan.marks[mark].next; at = tree->scan.marks[at].next) {
        (*count)++;
    }
    return true;
}

static void read_set(cn__tree *tree, uint32_t mark, const cn__field_row *row, uint32_t *out) {
    size_t count = 0;
    *out = 0;
    if (count_list(tree, mark, row->key, &count)) {
        for (uint32_t at = mark + 1; at < tree->scan.marks[mark].next; at = tree->scan.marks[at].next) {
            int word = read_word(tree, at, row);
            *out |= word < 0 ? 0 : 1u << word;
        }
    }
}

static void read_texts(cn__tree *tree, uint32_t mark, const cn__field_row *row, char *object) {
    size_t count = 0;
    if (!count_list(tree, mark, row->key, &count)) {
        return;
    }
    const char **texts = cn__keep_add(tree->keep, count, sizeof *texts);
    if (!texts) {
        tree->status = CN__NO_MEMORY(tree->load->err);
        return;
    }
    size_t kept = 0;
    for (uint32_t at = mark + 1; at < tree->scan.marks[mark].next && !tree->status; at = tree->scan.marks[at].next) {
        texts[kept] = read_text(tree, at, row->key);
        kept += texts[kept] != NULL;
    }
    memcpy(object + row->offset, &texts, sizeof texts);
    memcpy(object + row->count_offset, &kept, sizeof kept);
}

static void read_objects(cn__tree *tree, uint32_t mark, const cn__field_row *row, char *object) {
    size_t count = 0;
    if (!count_list(tree, mark, row->key, &count)) {
        return;
    }
    char *items = cn__keep_add(tree->keep, count, row->size);
    if (!items) {
        tree->status = CN__NO_MEMORY(tree->load->err);
        return;
    }
    memcpy(object + row->offset, &items, sizeof items);
    memcpy(object + row->count_offset, &count, sizeof count);
    for (size_t i = 0; i < count && row->init; i++) {
        row->init(items + i * row->size);
    }
    uint32_t at = mark + 1;
    for (size_t i = 0; i < count && !tree->status; i++) {
        if (cn__tree_is(tree, at, '{')) {
            cn__tree_read(tree, at, row->fields, items + i * row->size);
            if (row->done) {
                row->done(tree, at, items + i * row->size);
            }
        } else {
            say_type(tree, at, CN_MSG_EXPECT_OBJECT, row->key);
        }
        at = tree->scan.marks[at].next;
    }
}

/* ---- objects ---- */

static const cn__field_row words_fields[] = {
    {.key = "en", .kind = CN__FIELD_TEXT, .required = true, .offset = 0},
    {.key = "ru", .kind = CN__FIELD_TEXT, .required = true, .offset = sizeof(const char *)},
    {0}};

static void read_nested(cn__tree *tree, uint32_t mark, const cn__field_row *row, const cn__field_row *fields,
                        void *object) {
    if (cn__tree_is(tree, mark, '{')) {
        cn__tree_read(tree, mark, fields, object);
    } else {
        say_type(tree, mark, CN_MSG_EXPECT_OBJECT, row->key);
    }
}

static void read_value(cn__tree *tree, uint32_t mark, const cn__field_row *row, char *object) {
    void *to = object + row->offset;
    int64_t version = 0;
    switch (row->kind) {
    case CN__FIELD_VERSION:
        read_number(tree, mark, row->key, 0, &version);
        if (version != 1) {
            cn__report(tree->load, tree->file, cn__tree_place(tree, mark), tree->no_such_file, 0, NULL);
        }
        break;
    case CN__FIELD_TEXT: {
        const char *text = read_text(tree, mark, row->key);
        if (text) {
            memcpy(to, &text, sizeof text);
        }
        break;
    }
    case CN__FIELD_WORDS:
        read_nested(tree, mark, row, words_fields, to);
        break;
    case CN__FIELD_MICRO:
        read_number(tree, mark, row->key, 6, to);
        break;
    case CN__FIELD_MINOR:
        read_number(tree, mark, row->key, 2, to);
        break;
    case CN__FIELD_DATE:
        read_date(tree, mark, row->key, to);
        break;
    case CN__FIELD_FLAG:
        read_flag(tree, mark, row->key, to);
        break;
    case CN__FIELD_COLOUR:
        read_colour(tree, mark, row->key, to);
        break;
    case CN__FIELD_WORD: {
        int word = read_word(tree, mark, row);
        memcpy(to, &word, sizeof word);
        break;
    }
    case CN__FIELD_SET:
        read_set(tree, mark, row, to);
        break;
    case CN__FIELD_TEXTS:
        read_texts(tree, mark, row, object);
        break;
    case CN__FIELD_OBJECT:
        read_nested(tree, mark, row, row->fields, object);
        break;
    case CN__FIELD_OBJECTS:
        read_objects(tree, mark, row, object);
        break;
    }
}

static void say_unknown(cn__tree *tree, uint32_t key, const char *word, const cn__field_row *fields) {
    cn__near near;
    cn__near_begin(&near, word);
    for (const cn__field_row *row = fields; row->key; row++) {
        cn__near_offer(&near, row->key);
    }
    if (near.best) {
        CN__REPORT2(tree->load, tree->file, cn__tree_place(tree, key), RULES_UNKNOWN_FIELD_NEAR, word, near.best);
    } else {
        CN__REPORT1(tree->load, tree->file, cn__tree_place(tree, key), RULES_UNKNOWN_FIELD, word);
    }
    cn__near_release(&near);
}

static int find_field(const cn__field_row *fields, const char *word) {
    for (int i = 0; fields[i].key; i++) {
        if (strcmp(fields[i].key, word) == 0) {
            return i;
        }
    }
    return -1;
}

void cn__tree_read(cn__tree *tree, uint32_t mark, const cn__field_row *fields, void *object) {
    bool seen[FIELDS_MAX] = {false};
    uint32_t key = mark + 1;
    while (key < tree->scan.marks[mark].next && !tree->status) {
        cn_buf word = {0};
        int field = decode(tree, key, &word) ? find_field(fields, word.data) : -1;
        if (!tree->status && field < 0) {
            say_unknown(tree, key, word.data, fields);
        } else if (!tree->status && seen[field]) {
            CN__REPORT1(tree->load, tree->file, cn__tree_place(tree, key), RULES_FIELD_TWICE, word.data);
        } else if (!tree->status) {
            seen[field] = true;
            read_value(tree, key + 1, &fields[field], object);
        }
        cn_buf_release(&word);
        key = tree->scan.marks[key + 1].next;
    }
    for (int i = 0; fields[i].key && !tree->status; i++) {
        if (fields[i].required && !seen[i]) {
            CN__REPORT1(tree->load, tree->file, cn__tree_place(tree, mark), RULES_MISSING, fields[i].key);
        }
    }
}

/* ---- whole files ---- */

cn_status cn__tree_file(cn__tree *tree, cn__load *load, const char *label, const void *bytes, size_t len,
                        cn__tree_take *take, void *context) {
    cn__text text = {0};
    cn_diags *own = NULL;
    bool good = false;
    cn_status status = load->diags ? CN_OK : cn_diags_create(&own, load->err);
    if (status) {
        return status;
    }
    load->diags = load->diags ? load->diags : own;
    tree->load = load;
    tree->file = label;
    cn__load_limits_fill(&load->limits);
    uint64_t before = cn_diags_total(load->diags, CN_LEVEL_ERROR);
    status = cn__text_open(load, label, len ? bytes : "", len, &text, &good);
    if (!status && good) {
        bool sound = cn__json_scan_run(&tree->scan, load, label, text.bytes, text.start, text.len);
        tree->status = tree->scan.status;
        if (sound && cn__tree_is(tree, 0, '{')) {
            take(tree, context);
        } else if (sound) {
            cn__report(load, label, cn__tree_place(tree, 0), tree->no_such_file, 0, NULL);
        }
        status = tree->status;
    }
    uint64_t errors = cn_diags_total(load->diags, CN_LEVEL_ERROR) - before;
    if (!status && !cn_diags_complete(load->diags)) {
        status = CN__NO_MEMORY(load->err);
    } else if (!status && errors) {
        cn__digits digits;
        status = CN__FAIL2(load->err, CN_ERR_INPUT, INPUT_REFUSED, label, cn__digits_of(&digits, errors));
    }
    cn__text_close(&text);
    cn_diags_free(own);
    load->diags = own ? NULL : load->diags;
    return status;
}

void cn__tree_release(cn__tree *tree) { cn__json_scan_release(&tree->scan); }
