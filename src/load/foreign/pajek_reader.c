/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pajek .net and .paj (Batagelj and Mrvar, Pajek manual): vertices with labels, arcs and edges as lines, lists or a matrix, several relations
 * (attribute "relation"), two modes (attribute "mode"), partitions and vectors (attributes of their name). Labels are the ids where
 * all differ, else the numbers. Coordinates and the parameters of drawing are not read; of several networks the first is. O(bytes);
 * vertices that are only declared cost memory, so their number is weighed against the size of the file.
 */
#include "foreign.h"
#include "foreign_text.h"

#include "number.h"

#include <string.h>

typedef enum mode { SKIP, VERTICES, ARCS, EDGES, ARCSLIST, EDGESLIST, MATRIX, PARTITION, VECTOR } mode;

typedef struct reader {
    cn__foreign f;
    cn__foreign_text t;
    mode mode;
    uint64_t count;      /* vertices */
    uint64_t first_mode; /* of a two-mode network, else 0 */
    uint64_t row;        /* of a matrix, partition or vector */
    cn_buf name;         /* of a relation, partition or vector */
    bool networks;       /* one was seen */
    bool second;         /* behind the second network: its lines are not read */
    bool attribute_rows; /* *Partition or *Vector: its *Vertices tells no new ones */
} reader;

static uint32_t vertex(reader *r, uint64_t number, cn__place place) {
    cn__digits digits;
    const char *id = cn__digits_of(&digits, number);
    if (number == 0 || (r->count > 0 && number > r->count)) {
        cn__digits most;
        CN__REPORT2(r->f.load, r->f.file, place, FOREIGN_NO_NODE, id, cn__digits_of(&most, r->count));
        return CN_NONE;
    }
    return cn__foreign_node_named(&r->f, id, strlen(id), place);
}

static bool take_number(reader *r, uint64_t *out) {
    const char *word;
    size_t len;
    bool quoted;
    if (!cn__foreign_text_word(&r->t, &word, &len, &quoted)) {
        return false;
    }
    if (!cn__foreign_text_number(word, len, UINT32_MAX, out)) {
        r->t.at -= len;
        cn__foreign_text_wrong(&r->t, "1");
        return false;
    }
    return true;
}

static void put(reader *r, cn__foreign_part part, uint32_t number, const char *name, size_t name_len, const char *text,
                size_t len, cn__foreign_type type, cn__place place) {
    if (number != CN_NONE) {
        cn__foreign_put(&r->f, part, number, name, name_len, text, len, type, place);
    }
}

/* Parameters of drawing, which are no attributes. */
static bool is_drawing(const char *word, size_t len) {
    static const char *const words[] = {"ic",     "bc",     "bw",  "lc", "la", "lp",   "lr", "lphi", "fos", "font",
                                        "x_fact", "y_fact", "phi", "r",  "q",  "hook", "h1", "h2",   "a1",  "k1",
                                        "a2",     "k2",     "ap",  "s",  "p",  "w",    "c",  "size"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0) {
            return true;
        }
    }
    return false;
}

/* What follows on a line: pairs of name and value. */
static void read_pairs(reader *r, cn__foreign_part part, uint32_t number) {
    const char *name;
    const char *value;
    size_t name_len;
    size_t len;
    bool quoted;
    cn__place place = cn__foreign_text_place(&r->t);
    while (cn__foreign_text_word(&r->t, &name, &name_len, &quoted)) {
        if (!quoted && name_len > 1 && *name == '[') {
            put(r, part, number, "time", 4, name, name_len, CN__FOREIGN_TEXT, place);
            continue;
        }
        if (!cn__foreign_text_word(&r->t, &value, &len, &quoted)) {
            break;
        }
        if (name_len == 1 && *name == 'l') {
            put(r, part, number, "label", 5, value, len, CN__FOREIGN_TEXT, place);
        } else if (!is_drawing(name, name_len)) {
            put(r, part, number, name, name_len, value, len, CN__FOREIGN_CELL, place);
        }
    }
}

static bool is_real(const char *word, size_t len) {
    double number;
    return cn__parse_double(word, len, &number) == CN__PARSE_OK;
}

/* 1 "label" x y z shape … */
static void read_vertex(reader *r) {
    uint64_t number;
    cn__place place = cn__foreign_text_place(&r->t);
    const char *word;
    size_t len;
    bool quoted;
    if (!take_number(r, &number)) {
        return;
    }
    uint32_t node = vertex(r, number, place);
    if (cn__foreign_text_word(&r->t, &word, &len, &quoted)) {
        put(r, CN__FOREIGN_NODE, node, "label", 5, word, len, CN__FOREIGN_TEXT, place);
    }
    size_t before = r->t.at;
    for (int i = 0; i < 3 && cn__foreign_text_word(&r->t, &word, &len, &quoted); i++) {
        if (quoted || !is_real(word, len)) {
            r->t.at = before;
            break;
        }
        before = r->t.at;
    }
    static const char *const shapes[] = {"ellipse", "box",    "diamond", "triangle", "cross",
                                         "empty",   "circle", "house",   "man",      "woman"};
    before = r->t.at;
    bool shape = false;
    if (cn__foreign_text_word(&r->t, &word, &len, &quoted)) {
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes && !quoted; i++) {
            shape = shape || (strlen(shapes[i]) == len && memcmp(shapes[i], word, len) == 0);
        }
    }
    r->t.at = shape ? r->t.at : before;
    read_pairs(r, CN__FOREIGN_NODE, node);
    if (r->first_mode > 0) {
        put(r, CN__FOREIGN_NODE, node, "mode", 4, number <= r->first_mode ? "1" : "2", 1, CN__FOREIGN_NUMBER, place);
    }
}

static uint32_t add_edge(reader *r, uint32_t from, uint32_t to, bool directed, cn__place place) {
    if (from == CN_NONE || to == CN_NONE) {
        return CN_NONE;
    }
    /* Copies: the arena that ids lie in may move. */
    cn__digits a;
    cn__digits b;
    memcpy(a.text, cn__foreign_id(&r->f, from), strlen(cn__foreign_id(&r->f, from)) + 1);
    memcpy(b.text, cn__foreign_id(&r->f, to), strlen(cn__foreign_id(&r->f, to)) + 1);
    uint32_t edge = cn__foreign_edge(&r->f, a.text, strlen(a.text), b.text, strlen(b.text), directed, place);
    if (r->name.len > 0) {
        put(r, CN__FOREIGN_EDGE, edge, "relation", 8, r->name.data, r->name.len, CN__FOREIGN_TEXT, place);
    }
    return edge;
}

/* from to [weight] … */
static void read_line(reader *r, bool directed) {
    uint64_t from;
    uint64_t to;
    cn__place place = cn__foreign_text_place(&r->t);
    const char *word;
    size_t len;
    bool quoted;
    if (!take_number(r, &from) || !take_number(r, &to)) {
        return;
    }
    uint32_t source = vertex(r, from, place);
    uint32_t edge = add_edge(r, source, vertex(r, to, place), directed, place);
    size_t before = r->t.at;
    if (cn__foreign_text_word(&r->t, &word, &len, &quoted)) {
        if (is_real(word, len)) {
            put(r, CN__FOREIGN_EDGE, edge, "weight", 6, word, len, CN__FOREIGN_NUMBER, place);
        } else {
            r->t.at = before;
        }
    }
    read_pairs(r, CN__FOREIGN_EDGE, edge);
}

/* from to to … */
static void read_ends(reader *r, bool directed) {
    uint64_t number;
    cn__place place = cn__foreign_text_place(&r->t);
    if (!take_number(r, &number)) {
        return;
    }
    uint32_t from = vertex(r, number, place);
    while (cn__foreign_wanted(&r->f) && take_number(r, &number)) {
        (void)add_edge(r, from, vertex(r, number, place), directed, place);
    }
}

static void read_matrix_row(reader *r) {
    const char *word;
    size_t len;
    bool quoted;
    cn__place place = cn__foreign_text_place(&r->t);
    uint64_t base = r->first_mode;
    for (uint64_t column = 1; cn__foreign_wanted(&r->f) && cn__foreign_text_word(&r->t, &word, &len, &quoted);
         column++) {
        double value;
        if (cn__parse_double(word, len, &value) != CN__PARSE_OK) {
            r->t.at -= len;
            cn__foreign_text_wrong(&r->t, "12");
            return;
        }
        if (value != 0) {
            uint32_t from = vertex(r, r->row, place);
            uint32_t edge = add_edge(r, from, vertex(r, base + column, place), base == 0, place);
            put(r, CN__FOREIGN_EDGE, edge, "weight", 6, word, len, CN__FOREIGN_NUMBER, place);
        }
    }
}

/* A row of a partition or vector: the value of the next vertex. */
static void read_value(reader *r) {
    const char *word;
    size_t len;
    bool quoted;
    cn__place place = cn__foreign_text_place(&r->t);
    if (cn__foreign_text_word(&r->t, &word, &len, &quoted)) {
        put(r, CN__FOREIGN_NODE, vertex(r, r->row, place), r->name.data, r->name.len, word, len, CN__FOREIGN_NUMBER,
            place);
    }
}

/* The rest of a line, without quotes and blanks around it. */
static void take_rest(reader *r, const char *otherwise) {
    cn__foreign_text_space(&r->t, false);
    size_t from = r->t.at;
    while (r->t.at < r->t.len && r->t.text[r->t.at] != '\n' && r->t.text[r->t.at] != '\r') {
        r->t.at++;
    }
    size_t to = r->t.at;
    while (to > from && strchr(" \t\"", r->t.text[to - 1])) {
        to--;
    }
    while (from < to && r->t.text[from] == '"') {
        from++;
    }
    r->name.len = 0;
    cn_buf_add(&r->name, r->t.text + from, to - from);
    cn_buf_add_text(&r->name, to == from ? otherwise : "");
}

static void read_vertices(reader *r) {
    cn__place place = cn__foreign_text_place(&r->t);
    uint64_t count = 0;
    uint64_t first = 0;
    if (!take_number(r, &count)) {
        cn__foreign_text_wrong(&r->t, "*Vertices 10");
        return;
    }
    r->row = 0;
    if (r->attribute_rows) {
        return; /* of a partition or vector: their mode stands */
    }
    cn__foreign_text_space(&r->t, false);
    size_t before = r->t.at;
    const char *word;
    size_t len;
    bool quoted;
    if (!cn__foreign_text_word(&r->t, &word, &len, &quoted) ||
        !cn__foreign_text_number(word, len, UINT32_MAX, &first)) {
        r->t.at = before;
        first = 0;
    }
    r->mode = SKIP;
    if (r->count > 0) {
        r->second = true;
        CN__REPORT1(r->f.load, r->f.file, place, FOREIGN_NOT_READ, "*Vertices");
        return;
    }
    if (!cn__foreign_declared_fits(&r->f, count, r->t.len, place)) {
        return;
    }
    r->mode = VERTICES;
    r->count = count;
    r->first_mode = first;
    for (uint64_t i = 1; i <= count && cn__foreign_wanted(&r->f); i++) {
        (void)vertex(r, i, place);
    }
}

/* *Arcs :2 "relation" */
static void read_relation(reader *r, mode m) {
    r->mode = r->count == 0 || r->second ? SKIP : m;
    r->attribute_rows = false;
    r->row = 0;
    r->name.len = 0;
    cn__foreign_text_space(&r->t, false);
    if (cn__foreign_text_at(&r->t, ':')) {
        const char *word;
        size_t len;
        bool quoted;
        (void)cn__foreign_text_word(&r->t, &word, &len, &quoted);
        r->name.len = 0;
        cn_buf number = {0};
        cn_buf_add(&number, word + 1, len - 1);
        take_rest(r, number.data ? number.data : "");
        r->name.failed = r->name.failed || number.failed;
        cn_buf_release(&number);
    }
}

static void read_heading(reader *r) {
    const char *word;
    size_t len;
    bool quoted;
    (void)cn__foreign_text_word(&r->t, &word, &len, &quoted);
    if (cn__foreign_text_is(word, len, "*network")) {
        take_rest(r, "");
        if (!r->networks && r->name.len > 0) {
            cn__foreign_put(&r->f, CN__FOREIGN_GRAPH, 0, "title", 5, r->name.data, r->name.len, CN__FOREIGN_TEXT,
                            cn__foreign_text_place(&r->t));
        }
        r->networks = true;
        r->attribute_rows = false;
        r->mode = SKIP;
    } else if (cn__foreign_text_is(word, len, "*vertices")) {
        read_vertices(r);
    } else if (cn__foreign_text_is(word, len, "*arcslist")) {
        read_relation(r, ARCSLIST);
    } else if (cn__foreign_text_is(word, len, "*edgeslist")) {
        read_relation(r, EDGESLIST);
    } else if (cn__foreign_text_is(word, len, "*arcs")) {
        read_relation(r, ARCS);
    } else if (cn__foreign_text_is(word, len, "*edges")) {
        read_relation(r, EDGES);
    } else if (cn__foreign_text_is(word, len, "*matrix")) {
        read_relation(r, MATRIX);
    } else if (cn__foreign_text_is(word, len, "*partition") || cn__foreign_text_is(word, len, "*vector")) {
        bool partition = cn__foreign_text_is(word, len, "*partition");
        take_rest(r, partition ? "partition" : "vector");
        r->mode = partition ? PARTITION : VECTOR;
        r->attribute_rows = true;
        r->row = 0;
    } else {
        cn_buf name = {0};
        cn_buf_add(&name, word, len);
        CN__REPORT1(r->f.load, r->f.file, cn__foreign_text_place(&r->t), FOREIGN_NOT_READ, name.data ? name.data : "*");
        cn_buf_release(&name);
        r->mode = SKIP;
        r->attribute_rows = false;
    }
}

static void read_row(reader *r) {
    r->row++;
    switch (r->mode) {
    case VERTICES:
        read_vertex(r);
        break;
    case ARCS:
    case EDGES:
        read_line(r, r->mode == ARCS);
        break;
    case ARCSLIST:
    case EDGESLIST:
        read_ends(r, r->mode == ARCSLIST);
        break;
    case MATRIX:
        read_matrix_row(r);
        break;
    case PARTITION:
    case VECTOR:
        read_value(r);
        break;
    case SKIP:
        break;
    }
}

bool cn__sniff_pajek(const cn__input *input) {
    size_t at = input->start;
    for (int lines = 0; lines < 200 && at < input->len; lines++) {
        while (at < input->len && strchr(" \t\r\n", input->bytes[at])) {
            at++;
        }
        const char *text = input->bytes + at;
        size_t len = input->len - at;
        if (cn__foreign_text_is(text, len, "*vertices") || cn__foreign_text_is(text, len, "*network")) {
            return true;
        }
        if (len > 0 && *text != '%') {
            return false;
        }
        while (at < input->len && input->bytes[at] != '\n' && input->bytes[at] != '\r') {
            at++;
        }
    }
    return false;
}

cn_status cn__read_pajek(cn__assembly *assembly, const cn__input *input) {
    reader r = {.mode = SKIP};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn__foreign_text_begin(&r.t, &r.f, input);
    while (r.t.at < r.t.len && cn__foreign_wanted(&r.f) && !r.name.failed) {
        cn__foreign_text_space(&r.t, true);
        if (cn__foreign_text_at(&r.t, '*')) {
            read_heading(&r);
        } else if (r.t.at < r.t.len && !cn__foreign_text_at(&r.t, '%')) {
            read_row(&r);
        }
        cn__foreign_text_line(&r.t);
    }
    if (r.name.failed) {
        r.f.status = CN__NO_MEMORY(assembly->load->err);
    }
    cn_buf_release(&r.name);
    cn__foreign_use_labels(&r.f);
    return cn__foreign_end(&r.f);
}
