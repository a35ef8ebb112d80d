/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UCINET DL (Borgatti, Everett and Freeman, UCINET guide): fullmatrix, lowerhalf, upperhalf, edgelist1, nodelist1, with labels before the
 * data or embedded in it, several matrices (attribute "relation"), two modes (nr, nc; attribute "mode"). Words are parted by blanks,
 * commas and line ends. O(bytes).
 */
#include "foreign.h"
#include "foreign_text.h"

#include "number.h"

#include <string.h>

typedef enum form { FULL, LOWER, UPPER, EDGES, NODES } form;

typedef struct reader {
    cn__foreign f;
    cn__foreign_text t;
    uint64_t n, rows, columns, matrices;
    form form;
    bool no_diagonal, embedded, two_modes;
    char **labels; /* rows, then columns of two modes; NULL: none given */
    size_t label_count;
    size_t label_cap;
    char **relations;
    size_t relation_count;
    size_t relation_cap;
} reader;

static bool between(char c) { return strchr(" \t\r\n,", c) != NULL; }

/* The next word; in quotes without them. False: the end. */
static bool next(reader *r, const char **word, size_t *len, bool lines) {
    while (r->t.at < r->t.len && between(r->t.text[r->t.at]) &&
           (lines || (r->t.text[r->t.at] != '\n' && r->t.text[r->t.at] != '\r'))) {
        r->t.at++;
    }
    if (r->t.at >= r->t.len || between(r->t.text[r->t.at])) {
        return false;
    }
    char quote = r->t.text[r->t.at];
    bool quoted = quote == '"' || quote == '\'';
    size_t from = r->t.at + quoted;
    size_t to = from;
    while (to < r->t.len && (quoted ? r->t.text[to] != quote : !between(r->t.text[to]))) {
        to++;
    }
    *word = r->t.text + from;
    *len = to - from;
    r->t.at = to + (quoted && to < r->t.len);
    return true;
}

static bool keep(reader *r, char ***list, size_t *count, size_t *cap, const char *word, size_t len) {
    char *copy = cn__alloc(len + 1, 1);
    if (!copy || !cn__grow((void **)list, cap, *count, 1, sizeof **list)) {
        cn__free(copy);
        r->f.status = CN__NO_MEMORY(r->f.load->err);
        return false;
    }
    memcpy(copy, word, len);
    copy[len] = '\0';
    (*list)[(*count)++] = copy;
    return true;
}

static bool has_labels(const reader *r) { return r->label_count >= r->rows + (r->two_modes ? r->columns : 0); }

/* Id of row or column `number` from 1. */
static const char *id_of(const reader *r, bool column, uint64_t number, cn__digits *digits) {
    uint64_t at = number - 1 + (column && r->two_modes ? r->rows : 0);
    return has_labels(r) && at < r->label_count ? r->labels[at] : cn__digits_of(digits, at + 1);
}

static uint32_t node(reader *r, const char *id, size_t len, bool column) {
    cn__place place = cn__foreign_text_place(&r->t);
    uint32_t number = cn__foreign_node_named(&r->f, id, len, place);
    if (r->two_modes && number != CN_NONE) {
        cn__foreign_put(&r->f, CN__FOREIGN_NODE, number, "mode", 4, column ? "2" : "1", 1, CN__FOREIGN_NUMBER, place);
    }
    return number;
}

static void add_edge(reader *r, const char *from, size_t from_len, const char *to, size_t to_len, const char *weight,
                     size_t len, uint64_t matrix) {
    cn__place place = cn__foreign_text_place(&r->t);
    (void)node(r, from, from_len, false);
    (void)node(r, to, to_len, true);
    uint32_t edge = cn__foreign_edge(&r->f, from, from_len, to, to_len,
                                     !r->two_modes && r->form != LOWER && r->form != UPPER, place);
    if (weight) {
        cn__foreign_put(&r->f, CN__FOREIGN_EDGE, edge, "weight", 6, weight, len, CN__FOREIGN_NUMBER, place);
    }
    if (matrix < r->relation_count) {
        cn__foreign_put(&r->f, CN__FOREIGN_EDGE, edge, "relation", 8, r->relations[matrix],
                        strlen(r->relations[matrix]), CN__FOREIGN_TEXT, place);
    }
}

/* ---- the header ---- */

static bool take_count(reader *r, uint64_t *out) {
    const char *word;
    size_t len;
    if (!next(r, &word, &len, true)) {
        return false;
    }
    while (len > 0 && *word == '=') {
        word++;
        len--;
    }
    if (len == 0) {
        return take_count(r, out);
    }
    return cn__foreign_text_number(word, len, UINT32_MAX, out);
}

static void take_form(reader *r, const char *word, size_t len) {
    while (len > 0 && *word == '=') {
        word++;
        len--;
    }
    if (len == 0 && !next(r, &word, &len, true)) {
        return;
    }
    if (*word == '=' || len == 0) {
        take_form(r, word, len);
        return;
    }
    r->form = cn__foreign_text_is(word, len, "edgelist")    ? EDGES
              : cn__foreign_text_is(word, len, "nodelist")  ? NODES
              : cn__foreign_text_is(word, len, "lowerhalf") ? LOWER
              : cn__foreign_text_is(word, len, "upperhalf") ? UPPER
                                                            : FULL;
    if (r->form == FULL && !cn__foreign_text_is(word, len, "fullmatrix") && !cn__foreign_text_is(word, len, "fm")) {
        r->t.at -= len;
        cn__foreign_text_wrong(&r->t, "format=fullmatrix");
        r->t.at = r->t.len;
    }
}

/* Labels up to the next word with a colon, or as many as there are. */
static void take_labels(reader *r, uint64_t most, bool relations) {
    const char *word;
    size_t len;
    for (uint64_t i = 0; i < most && cn__foreign_wanted(&r->f); i++) {
        size_t before = r->t.at;
        if (!next(r, &word, &len, true)) {
            return;
        }
        if (len > 4 && cn__foreign_text_is(word, len, "data:")) {
            r->t.at = before;
            return;
        }
        if (!(relations ? keep(r, &r->relations, &r->relation_count, &r->relation_cap, word, len)
                        : keep(r, &r->labels, &r->label_count, &r->label_cap, word, len))) {
            return;
        }
    }
}

/* "n=4" and "n = 4" alike: the name before the sign. */
static bool named(const char *word, size_t len, const char *name, reader *r, size_t start) {
    size_t name_len = strlen(name);
    bool is = cn__foreign_text_is(word, len, name) && (len == name_len || word[name_len] == '=');
    if (is) {
        r->t.at = start + name_len;
    }
    return is;
}

/* Words up to "data:". False: broken. */
static bool read_header(reader *r) {
    const char *word;
    size_t len;
    bool columns = false;
    bool matrix = false;
    while (next(r, &word, &len, true)) {
        size_t start = (size_t)(word - r->t.text);
        bool good = true;
        if (cn__foreign_text_is(word, len, "data:")) {
            r->t.at = start + 5;
            return true;
        }
        if (named(word, len, "nm", r, start)) {
            good = take_count(r, &r->matrices);
        } else if (named(word, len, "nr", r, start)) {
            good = take_count(r, &r->rows);
            r->two_modes = true;
        } else if (named(word, len, "nc", r, start)) {
            good = take_count(r, &r->columns);
            r->two_modes = true;
        } else if (named(word, len, "n", r, start)) {
            good = take_count(r, &r->n);
            r->rows = r->columns = r->n;
        } else if (named(word, len, "format", r, start)) {
            take_form(r, "", 0);
        } else if (cn__foreign_text_is(word, len, "diagonal")) {
            r->no_diagonal = false;
        } else if (cn__foreign_text_is(word, len, "absent")) {
            r->no_diagonal = true;
        } else if (cn__foreign_text_is(word, len, "col")) {
            columns = true;
        } else if (cn__foreign_text_is(word, len, "matrix")) {
            matrix = true;
        } else if (cn__foreign_text_is(word, len, "labels") || cn__foreign_text_is(word, len, "embedded")) {
            r->embedded = r->embedded || cn__foreign_text_is(word, len, "embedded");
            if (len > 6 && word[6] == ':') {
                r->t.at = start + 7;
                take_labels(r, matrix ? r->matrices : columns ? r->columns : r->rows, matrix);
                matrix = columns = false;
            }
        }
        if (!good) {
            cn__foreign_text_wrong(&r->t, "12");
            return false;
        }
    }
    cn__foreign_text_wrong(&r->t, "data:");
    return false;
}

/* ---- the data ---- */

static bool is_value(const char *word, size_t len) {
    double value;
    return cn__parse_double(word, len, &value) == CN__PARSE_OK;
}

static void read_matrix(reader *r, uint64_t matrix) {
    const char *word;
    size_t len;
    cn__digits a;
    cn__digits b;
    if (r->embedded && !has_labels(r)) {
        take_labels(r, r->columns, false); /* the column labels; those of the rows begin their rows */
    }
    for (uint64_t row = 1; row <= r->rows && cn__foreign_wanted(&r->f); row++) {
        if (r->embedded && !next(r, &word, &len, true)) {
            break;
        }
        uint64_t first = r->form == UPPER ? row + r->no_diagonal : 1;
        uint64_t last = r->form == LOWER ? row - r->no_diagonal : r->columns;
        for (uint64_t column = first; column <= last && cn__foreign_wanted(&r->f); column++) {
            if (r->no_diagonal && column == row && r->form == FULL) {
                continue;
            }
            if (!next(r, &word, &len, true) || !is_value(word, len)) {
                cn__foreign_text_wrong(&r->t, "0.5");
                r->f.load->stop = true;
                return;
            }
            double value;
            (void)cn__parse_double(word, len, &value);
            if (value != 0) {
                const char *from = id_of(r, false, row, &a);
                const char *to = id_of(r, true, column, &b);
                add_edge(r, from, strlen(from), to, strlen(to), word, len, matrix);
            }
        }
    }
}

/* An end of an edge: a label, or a number that may have one. */
static void end_of(const reader *r, bool column, const char **word, size_t *len, cn__digits *digits) {
    uint64_t number;
    if (!r->embedded && cn__foreign_text_number(*word, *len, UINT32_MAX, &number) && number > 0) {
        *word = id_of(r, column, number, digits);
        *len = strlen(*word);
    }
}

static void read_lists(reader *r) {
    const char *from;
    const char *to;
    const char *weight;
    size_t from_len;
    size_t to_len;
    size_t len;
    cn__digits a;
    cn__digits b;
    while (cn__foreign_wanted(&r->f) && next(r, &from, &from_len, true)) {
        end_of(r, false, &from, &from_len, &a);
        while (cn__foreign_wanted(&r->f) && next(r, &to, &to_len, false)) {
            end_of(r, true, &to, &to_len, &b);
            bool weighted = r->form == EDGES && next(r, &weight, &len, false);
            add_edge(r, from, from_len, to, to_len, weighted ? weight : NULL, weighted ? len : 0, 0);
            if (r->form == EDGES) {
                break;
            }
        }
        cn__foreign_text_line(&r->t);
    }
}

static void add_declared(reader *r) {
    cn__digits digits;
    uint64_t sum = r->rows + (r->two_modes ? r->columns : 0);
    if (!cn__foreign_declared_fits(&r->f, sum, r->t.len, cn__foreign_text_place(&r->t)) ||
        (r->embedded && !has_labels(r))) {
        return;
    }
    for (uint64_t i = 1; i <= sum && cn__foreign_wanted(&r->f); i++) {
        bool column = i > r->rows;
        const char *id = id_of(r, column, column ? i - r->rows : i, &digits);
        (void)node(r, id, strlen(id), column);
    }
}

static void read_all(reader *r) {
    const char *word;
    size_t len;
    if (!next(r, &word, &len, true) || !cn__foreign_text_is(word, len, "dl") || !read_header(r)) {
        return;
    }
    add_declared(r);
    if (!cn__foreign_declared_fits(&r->f, r->matrices, r->t.len, cn__foreign_text_place(&r->t))) {
        return;
    }
    if (r->form == EDGES || r->form == NODES) {
        read_lists(r);
        return;
    }
    for (uint64_t matrix = 0; matrix < r->matrices && cn__foreign_wanted(&r->f); matrix++) {
        read_matrix(r, matrix);
    }
}

bool cn__sniff_dl(const cn__input *input) {
    size_t at = input->start;
    while (at < input->len && strchr(" \t\r\n", input->bytes[at])) {
        at++;
    }
    const char *text = input->bytes + at;
    size_t len = input->len - at;
    return len > 4 && cn__foreign_text_is(text, len, "dl") && strchr(" \t\r\n,", text[2]) &&
           memchr(text, '=', len < 400 ? len : 400);
}

cn_status cn__read_dl(cn__assembly *assembly, const cn__input *input) {
    reader r = {.matrices = 1};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn__foreign_text_begin(&r.t, &r.f, input);
    read_all(&r);
    for (size_t i = 0; i < r.label_count; i++) {
        cn__free(r.labels[i]);
    }
    for (size_t i = 0; i < r.relation_count; i++) {
        cn__free(r.relations[i]);
    }
    cn__free(r.labels);
    cn__free(r.relations);
    return cn__foreign_end(&r.f);
}
