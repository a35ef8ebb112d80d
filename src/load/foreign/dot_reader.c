/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DOT (https://graphviz.org/doc/info/lang.html) by a small parser of our own: Graphviz's is only allowed in the layout program, whose
 * licence is another, and builds drawings with global state where a list of edges is wanted. Nodes, edges, chains, subgraphs as ends,
 * attributes and their defaults, strings with +, HTML strings as their text, comments. A node in a subgraph gets the attribute "cluster" with
 * the subgraph's label or name. Invariant: a word is read whole, `at` stands behind it. Depth is limited, and so is what an edge between
 * subgraphs may make of a small file. O(bytes + edges).
 */
#include "dot_words.h"
#include "foreign.h"

#include <string.h>

/* Attributes that a statement gives: name and value in turn, each with its NUL. */
typedef struct pairs {
    cn_buf texts;
} pairs;

typedef struct scope {
    size_t node_defaults; /* lengths of the defaults when it was opened */
    size_t edge_defaults;
    size_t members;
    uint32_t cluster; /* in f.texts; 0: none */
} scope;

typedef struct reader {
    cn__foreign f;
    cn__dot_words w;
    cn_buf word;
    cn_buf value;
    pairs node_defaults, edge_defaults, given;
    uint32_t *members; /* nodes named in the open subgraphs, in turn */
    size_t member_count;
    size_t member_cap;
    cn__strmap seen;  /* of a strict graph: its edges */
    uint32_t cluster; /* of the subgraph that is open */
    unsigned depth;
    bool directed, strict;
} reader;

static bool no_memory(reader *r) {
    r->f.status = r->f.status == CN_OK ? CN__NO_MEMORY(r->f.load->err) : r->f.status;
    r->w.broken = true;
    return false;
}

static bool expected(reader *r, const char *what) { return cn__dot_expected(&r->w, what); }
static bool take(reader *r, const char *mark) { return cn__dot_take(&r->w, mark); }
static bool next_is(reader *r, char c) { return cn__dot_next_is(&r->w, c); }

static bool read_id(reader *r, cn_buf *out, bool *quoted) {
    return cn__dot_id(&r->w, out, quoted) && (!out->failed || no_memory(r));
}

static bool is_keyword(const cn_buf *word, bool quoted, const char *keyword) {
    return !quoted && word->len == strlen(keyword) && cn__foreign_text_is(word->data, word->len, keyword);
}

/* ---- attributes ---- */

static void add_pair(pairs *to, const cn_buf *name, const cn_buf *value) {
    cn_buf_add(&to->texts, name->data, name->len + 1);
    cn_buf_add(&to->texts, value->data, value->len + 1);
}

/* [a=b; c=d] … */
static bool read_attributes(reader *r, pairs *to) {
    bool quoted;
    while (!r->w.broken && take(r, "[")) {
        while (!r->w.broken && !take(r, "]")) {
            if (!read_id(r, &r->word, &quoted)) {
                return expected(r, "]");
            }
            cn_buf yes = {.data = (char[]){"true"}, .len = 4};
            bool given = take(r, "=");
            if (given && !read_id(r, &r->value, &quoted)) {
                return expected(r, "a=b");
            }
            add_pair(to, &r->word, given ? &r->value : &yes);
            (void)(take(r, ",") || take(r, ";"));
        }
    }
    return !r->w.broken && (!to->texts.failed || no_memory(r));
}

static void put_pairs(reader *r, cn__foreign_part part, uint32_t number, const pairs *from, size_t start,
                      cn__place place) {
    for (size_t at = start; at < from->texts.len;) {
        const char *name = from->texts.data + at;
        size_t name_len = strlen(name);
        const char *value = name + name_len + 1;
        size_t len = strlen(value);
        bool nothing = strcmp(name, "label") == 0 && strcmp(value, "\\N") == 0; /* the id itself */
        if (!nothing) {
            cn__foreign_put(&r->f, part, number, name, name_len, value, len, CN__FOREIGN_CELL, place);
        }
        at += name_len + len + 2;
    }
}

/* ---- nodes and edges ---- */

static uint32_t name_node(reader *r, const cn_buf *id, cn__place place) {
    uint32_t known = cn__foreign_find(&r->f, id->data, id->len);
    uint32_t node = known != CN_NONE ? known : cn__foreign_node(&r->f, id->data, id->len, place);
    if (node != CN_NONE && known == CN_NONE) {
        put_pairs(r, CN__FOREIGN_NODE, node, &r->node_defaults, 0, place);
        if (r->cluster != 0) {
            cn_buf name = {0};
            cn_buf_add_text(&name, cn__arena_at(&r->f.texts, r->cluster));
            if (name.failed) {
                (void)no_memory(r);
            } else {
                cn__foreign_put(&r->f, CN__FOREIGN_NODE, node, "cluster", 7, name.data, name.len, CN__FOREIGN_TEXT,
                                place);
            }
            cn_buf_release(&name);
        }
    }
    if (node != CN_NONE) {
        if (!cn__grow((void **)&r->members, &r->member_cap, r->member_count, 1, sizeof *r->members)) {
            (void)no_memory(r);
        } else {
            r->members[r->member_count++] = node;
        }
    }
    return node;
}

/* In a strict graph an edge stands once. */
static bool is_new(reader *r, uint32_t from, uint32_t to) {
    bool swap = !r->directed && from > to;
    uint32_t key[2] = {swap ? to : from, swap ? from : to};
    if (!r->strict) {
        return true;
    }
    if (cn__strmap_find(&r->seen, (const char *)key, sizeof key) != CN_NONE) {
        return false;
    }
    return cn__strmap_add(&r->seen, (const char *)key, sizeof key, 0, NULL) || no_memory(r);
}

static void add_edge(reader *r, uint32_t from, uint32_t to, cn__place place) {
    cn_buf a = {0};
    cn_buf b = {0};
    if (!is_new(r, from, to)) {
        return;
    }
    cn_buf_add_text(&a, cn__foreign_id(&r->f, from));
    cn_buf_add_text(&b, cn__foreign_id(&r->f, to));
    if (a.failed || b.failed) {
        (void)no_memory(r);
    } else {
        uint32_t edge = cn__foreign_edge(&r->f, a.data, a.len, b.data, b.len, r->directed, place);
        put_pairs(r, CN__FOREIGN_EDGE, edge, &r->edge_defaults, 0, place);
        put_pairs(r, CN__FOREIGN_EDGE, edge, &r->given, 0, place);
    }
    cn_buf_release(&a);
    cn_buf_release(&b);
}

static bool read_statements(reader *r);

/* [subgraph [ID]] { … }, from its bracket or its name on. */
static bool read_subgraph(reader *r) {
    scope outer = {r->node_defaults.texts.len, r->edge_defaults.texts.len, r->member_count, r->cluster};
    bool quoted;
    if (++r->depth > r->f.load->limits.max_depth) {
        cn__digits limit;
        CN__REPORT2(r->f.load, r->f.file, cn__foreign_text_place(&r->w.t), TOO_DEEP,
                    cn__digits_of(&limit, r->f.load->limits.max_depth), CN__OPTION_DEPTH);
        r->w.broken = true;
        return false;
    }
    if (!next_is(r, '{')) {
        if (!read_id(r, &r->word, &quoted)) {
            return expected(r, "{");
        }
        if (r->word.len > 0 && !cn__arena_add(&r->f.texts, r->word.data, r->word.len, &r->cluster)) {
            return no_memory(r);
        }
    }
    bool good = (take(r, "{") || expected(r, "{")) && read_statements(r);
    r->node_defaults.texts.len = outer.node_defaults;
    r->edge_defaults.texts.len = outer.edge_defaults;
    r->cluster = outer.cluster;
    r->depth--;
    return good;
}

/* A node with its port, or a subgraph: its nodes are the last of `members`. */
static bool read_end(reader *r) {
    bool quoted;
    cn__place place;
    cn__dot_skip(&r->w);
    place = cn__foreign_text_place(&r->w.t);
    if (next_is(r, '{')) {
        return read_subgraph(r);
    }
    if (!read_id(r, &r->word, &quoted)) {
        return expected(r, "a -> b");
    }
    if (is_keyword(&r->word, quoted, "subgraph")) {
        return read_subgraph(r);
    }
    (void)name_node(r, &r->word, place);
    for (int i = 0; i < 2 && take(r, ":"); i++) {
        if (!read_id(r, &r->word, &quoted)) {
            return expected(r, "a:b");
        }
    }
    return !r->w.broken;
}

/* -> or -- and the next end, as often as they come; then the attributes of all these edges. */
static bool read_edges(reader *r, size_t first, cn__place place) {
    enum { ENDS_MAX = 10000 };
    size_t *ends = cn__alloc(ENDS_MAX, sizeof *ends);
    size_t count = 0;
    bool good = ends || no_memory(r);
    if (good) {
        ends[count++] = first;
        ends[count++] = r->member_count;
    }
    while (good && (take(r, "->") || take(r, "--"))) {
        good = read_end(r) && (count < ENDS_MAX || expected(r, ";"));
        if (good) {
            ends[count++] = r->member_count;
        }
    }
    r->given.texts.len = 0;
    good = good && read_attributes(r, &r->given);
    for (size_t i = 0; good && i + 2 < count; i++) {
        uint64_t many = (uint64_t)(ends[i + 1] - ends[i]) * (ends[i + 2] - ends[i + 1]);
        good = many < 1000 || cn__foreign_declared_fits(&r->f, many / 64, r->w.t.len, place);
        for (size_t a = ends[i]; good && a < ends[i + 1]; a++) {
            for (size_t b = ends[i + 1]; b < ends[i + 2] && cn__foreign_wanted(&r->f); b++) {
                add_edge(r, r->members[a], r->members[b], place);
            }
        }
    }
    cn__free(ends);
    return good;
}

/* name = value of the graph or subgraph. */
static bool read_graph_value(reader *r, cn__place place) {
    bool quoted;
    if (!read_id(r, &r->value, &quoted)) {
        return expected(r, "a=b");
    }
    bool label = strcmp(r->word.data, "label") == 0;
    if (r->depth == 0) {
        static const char *const known[] = {"label",    "title",   "note",  "source", "currency",
                                            "language", "country", "as_of", "name"};
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (strcmp(known[i], r->word.data) == 0) { /* the others are drawing */
                cn__foreign_put(&r->f, CN__FOREIGN_GRAPH, 0, r->word.data, r->word.len, r->value.data, r->value.len,
                                CN__FOREIGN_TEXT, place);
            }
        }
    } else if (label && r->value.len > 0 && !cn__arena_add(&r->f.texts, r->value.data, r->value.len, &r->cluster)) {
        return no_memory(r);
    }
    return true;
}

static bool read_statement(reader *r) {
    bool quoted = false;
    cn__dot_skip(&r->w);
    cn__place place = cn__foreign_text_place(&r->w.t);
    size_t start = r->w.t.at;
    size_t first = r->member_count;
    bool is_id = !next_is(r, '{') && read_id(r, &r->word, &quoted);
    if (is_id && is_keyword(&r->word, quoted, "node")) {
        return read_attributes(r, &r->node_defaults);
    }
    if (is_id && is_keyword(&r->word, quoted, "edge")) {
        return read_attributes(r, &r->edge_defaults);
    }
    if (is_id && is_keyword(&r->word, quoted, "graph")) {
        r->given.texts.len = 0;
        return read_attributes(r, &r->given);
    }
    if (is_id && take(r, "=")) {
        return read_graph_value(r, place);
    }
    r->w.t.at = start;
    if (!read_end(r)) {
        return false;
    }
    cn__dot_skip(&r->w);
    bool edge = r->w.t.at + 1 < r->w.t.len && r->w.t.text[r->w.t.at] == '-' && strchr(">-", r->w.t.text[r->w.t.at + 1]);
    if (edge) {
        return read_edges(r, first, place);
    }
    r->given.texts.len = 0;
    bool good = read_attributes(r, &r->given);
    if (good && r->given.texts.len > 0 && r->member_count == first + 1) {
        put_pairs(r, CN__FOREIGN_NODE, r->members[first], &r->given, 0, place);
    }
    return good;
}

/* Up to the closing bracket. */
static bool read_statements(reader *r) {
    while (!r->w.broken && cn__foreign_wanted(&r->f) && !take(r, "}")) {
        cn__dot_skip(&r->w);
        size_t before = r->w.t.at;
        if (r->w.t.at >= r->w.t.len) {
            return expected(r, "}");
        }
        if (!read_statement(r)) {
            return false;
        }
        (void)take(r, ";");
        r->member_count = r->depth == 0 ? 0 : r->member_count;
        if (r->w.t.at == before) {
            return expected(r, "a -> b;");
        }
    }
    return !r->w.broken;
}

static void read_graph(reader *r) {
    bool quoted;
    bool got = read_id(r, &r->word, &quoted);
    r->strict = got && is_keyword(&r->word, quoted, "strict");
    got = r->strict ? read_id(r, &r->word, &quoted) : got;
    r->directed = got && is_keyword(&r->word, quoted, "digraph");
    if (!r->directed && !(got && is_keyword(&r->word, quoted, "graph"))) {
        (void)expected(r, "digraph {");
        return;
    }
    if (!next_is(r, '{')) {
        (void)read_id(r, &r->word, &quoted);
    }
    if (!take(r, "{")) {
        (void)expected(r, "{");
        return;
    }
    (void)read_statements(r);
}

cn_status cn__read_dot(cn__assembly *assembly, const cn__input *input) {
    reader r = {.strict = false};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn__foreign_text_begin(&r.w.t, &r.f, input);
    read_graph(&r);
    cn_buf_release(&r.word);
    cn_buf_release(&r.value);
    cn_buf_release(&r.node_defaults.texts);
    cn_buf_release(&r.edge_defaults.texts);
    cn_buf_release(&r.given.texts);
    cn__free(r.members);
    cn__strmap_release(&r.seen);
    return cn__foreign_end(&r.f);
}
