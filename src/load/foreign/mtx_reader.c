/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrix Market (Boisvert, Pozo and Remington, NISTIR 5935, 1996): coordinate and array, real, integer and pattern, general and
 * symmetric. Row i, column j is an edge from i to j of that weight, without direction in a symmetric matrix; rows and columns of a
 * matrix that is not square are two sets, r1 … and c1 …. Nodes are numbers; those that are only declared are weighed against the
 * size of the file. O(bytes + nodes).
 */
#include "foreign.h"
#include "foreign_text.h"

#include "number.h"

#include <stdio.h>
#include <string.h>

typedef struct reader {
    cn__foreign f;
    cn__foreign_text t;
    uint64_t rows, columns;
    bool dense, pattern, symmetric;
} reader;

static void name_of(const reader *r, char out[24], bool column, uint64_t number) {
    const char *set = r->rows == r->columns ? "" : column ? "c" : "r";
    (void)snprintf(out, 24, "%s%llu", set, (unsigned long long)number);
}

static void add_nodes(reader *r, cn__place place) {
    char id[24];
    uint64_t sum = r->rows == r->columns ? r->rows : r->rows + r->columns;
    if (!cn__foreign_declared_fits(&r->f, sum, r->t.len, place)) {
        return;
    }
    for (int column = 0; column < (r->rows == r->columns ? 1 : 2); column++) {
        for (uint64_t i = 1; i <= (column ? r->columns : r->rows) && cn__foreign_wanted(&r->f); i++) {
            name_of(r, id, column == 1, i);
            (void)cn__foreign_node(&r->f, id, strlen(id), place);
        }
    }
}

static bool next_word(reader *r, const char **word, size_t *len) {
    bool quoted;
    for (;;) {
        cn__foreign_text_space(&r->t, true);
        if (!cn__foreign_text_at(&r->t, '%')) {
            return cn__foreign_text_word(&r->t, word, len, &quoted);
        }
        cn__foreign_text_line(&r->t);
    }
}

static bool next_number(reader *r, uint64_t *out, bool end_is_fine) {
    const char *word;
    size_t len;
    if (!next_word(r, &word, &len)) {
        if (!end_is_fine) {
            cn__foreign_text_wrong(&r->t, "12");
        }
        return false;
    }
    if (!cn__foreign_text_number(word, len, UINT32_MAX, out)) {
        r->t.at -= len;
        cn__foreign_text_wrong(&r->t, "12");
        r->t.at = r->t.len;
        return false;
    }
    return true;
}

static void add_edge(reader *r, uint64_t row, uint64_t column, const char *weight, size_t len, cn__place place) {
    char from[24];
    char to[24];
    double value;
    if (row == 0 || row > r->rows || column == 0 || column > r->columns) {
        cn__digits bad;
        cn__digits most;
        bool of_row = row == 0 || row > r->rows;
        CN__REPORT2(r->f.load, r->f.file, place, FOREIGN_NO_NODE, cn__digits_of(&bad, of_row ? row : column),
                    cn__digits_of(&most, of_row ? r->rows : r->columns));
        return;
    }
    if (weight && cn__parse_double(weight, len, &value) == CN__PARSE_OK && value == 0) {
        return; /* an explicit zero is no edge */
    }
    name_of(r, from, false, row);
    name_of(r, to, true, column);
    uint32_t edge = cn__foreign_edge(&r->f, from, strlen(from), to, strlen(to), !r->symmetric, place);
    if (weight) {
        cn__foreign_put(&r->f, CN__FOREIGN_EDGE, edge, "weight", 6, weight, len, CN__FOREIGN_NUMBER, place);
    }
}

/* %%MatrixMarket matrix coordinate real general */
static bool read_banner(reader *r) {
    const char *words[5];
    size_t lens[5];
    bool quoted;
    for (int i = 0; i < 5; i++) {
        if (!cn__foreign_text_word(&r->t, &words[i], &lens[i], &quoted)) {
            cn__foreign_text_wrong(&r->t, "%%MatrixMarket matrix coordinate real general");
            return false;
        }
    }
    r->dense = cn__foreign_text_is(words[2], lens[2], "array");
    r->pattern = cn__foreign_text_is(words[3], lens[3], "pattern");
    r->symmetric =
        cn__foreign_text_is(words[4], lens[4], "symmetric") || cn__foreign_text_is(words[4], lens[4], "hermitian");
    bool good = cn__foreign_text_is(words[0], lens[0], "%%matrixmarket") &&
                (r->dense || cn__foreign_text_is(words[2], lens[2], "coordinate")) &&
                !cn__foreign_text_is(words[3], lens[3], "complex") && !cn__foreign_text_is(words[4], lens[4], "skew");
    if (!good) {
        cn__foreign_text_wrong(&r->t, "%%MatrixMarket matrix coordinate real general");
    }
    return good;
}

static void read_entries(reader *r, uint64_t entries) {
    const char *word = NULL;
    size_t len = 0;
    uint64_t row = 0;
    uint64_t column = 0;
    for (uint64_t i = 0; i < entries && cn__foreign_wanted(&r->f); i++) {
        cn__foreign_text_space(&r->t, true);
        cn__place place = cn__foreign_text_place(&r->t);
        if (!next_number(r, &row, false) || !next_number(r, &column, false)) {
            return;
        }
        if (!r->pattern && !next_word(r, &word, &len)) {
            cn__foreign_text_wrong(&r->t, "0.5");
            return;
        }
        add_edge(r, row, column, r->pattern ? NULL : word, len, place);
    }
}

/* Column by column; of a symmetric matrix the lower triangle. */
static void read_array(reader *r) {
    const char *word;
    size_t len;
    for (uint64_t column = 1; column <= r->columns && cn__foreign_wanted(&r->f); column++) {
        for (uint64_t row = r->symmetric ? column : 1; row <= r->rows && cn__foreign_wanted(&r->f); row++) {
            cn__foreign_text_space(&r->t, true);
            cn__place place = cn__foreign_text_place(&r->t);
            if (!next_word(r, &word, &len)) {
                cn__foreign_text_wrong(&r->t, "0.5");
                return;
            }
            add_edge(r, row, column, word, len, place);
        }
    }
}

bool cn__sniff_mtx(const cn__input *input) {
    return cn__foreign_text_is(input->bytes + input->start, input->len - input->start, "%%matrixmarket");
}

cn_status cn__read_mtx(cn__assembly *assembly, const cn__input *input) {
    reader r = {.rows = 0};
    uint64_t entries = 0;
    cn__foreign_begin(&r.f, assembly, input->label);
    cn__foreign_text_begin(&r.t, &r.f, input);
    if (read_banner(&r) && next_number(&r, &r.rows, false) && next_number(&r, &r.columns, false) &&
        (r.dense || next_number(&r, &entries, false))) {
        add_nodes(&r, cn__foreign_text_place(&r.t));
        if (r.dense) {
            read_array(&r);
        } else {
            read_entries(&r, entries);
        }
    }
    return cn__foreign_end(&r.f);
}
