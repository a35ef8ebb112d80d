/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GML (Himsolt 1997) as igraph, networkx, Gephi and yEd write it: lists of key and value. Nodes are numbers; where all have labels that
 * differ, those are their ids. Inner lists become attributes "outer.inner", those of drawing (graphics) are not read. Invariant: `at`
 * stands at a token or white space. Depth is limited. O(bytes).
 */
#include "foreign.h"
#include "foreign_text.h"

#include <string.h>

typedef struct reader {
    cn__foreign f;
    cn__foreign_text t;
    bool directed;
    bool broken;
} reader;

/* What is being read: the graph, a node, an edge; and where the list within them stands. */
typedef struct list {
    cn__foreign_part part;
    uint32_t number;
    char prefix[128];
    unsigned depth;
} list;

static bool expected(reader *r, const char *what) {
    cn__foreign_text_wrong(&r->t, what);
    r->broken = true;
    return false;
}

static void skip(reader *r) {
    for (;;) {
        cn__foreign_text_space(&r->t, true);
        if (!cn__foreign_text_at(&r->t, '#')) {
            return;
        }
        cn__foreign_text_line(&r->t);
    }
}

static size_t key_len(const reader *r) {
    size_t len = 0;
    while (r->t.at + len < r->t.len && !strchr(" \t\r\n[]\"", r->t.text[r->t.at + len])) {
        len++;
    }
    return len;
}

/* A scalar to `out`; the type tells whether it stood in quotes. */
static bool read_scalar(reader *r, cn_buf *out, cn__foreign_type *type) {
    out->len = 0;
    if (!cn__foreign_text_at(&r->t, '"')) {
        size_t len = key_len(r);
        *type = CN__FOREIGN_NUMBER;
        cn_buf_add(out, r->t.text + r->t.at, len);
        r->t.at += len;
        return len > 0 || expected(r, "key 1");
    }
    *type = CN__FOREIGN_TEXT;
    const char *from = r->t.text + r->t.at + 1;
    const char *quote = memchr(from, '"', r->t.len - r->t.at - 1);
    if (!quote) {
        return expected(r, "\"");
    }
    cn__foreign_text_entities(out, from, (size_t)(quote - from));
    r->t.at += (size_t)(quote - from) + 2;
    return true;
}

static bool key_is(const char *key, size_t len, const char *word) {
    return len == strlen(word) && memcmp(key, word, len) == 0;
}

static bool skip_list(reader *r) {
    unsigned depth = 1;
    while (depth > 0 && r->t.at < r->t.len) {
        char c = r->t.text[r->t.at++];
        if (c == '"') {
            const char *quote = memchr(r->t.text + r->t.at, '"', r->t.len - r->t.at);
            r->t.at = quote ? (size_t)(quote - r->t.text) + 1 : r->t.len;
        }
        depth += c == '[';
        depth -= c == ']';
    }
    return depth == 0 || expected(r, "]");
}

static bool read_list(reader *r, const list *l);

static bool read_inner(reader *r, const list *outer, const char *key, size_t len) {
    list inner = *outer;
    inner.depth++;
    if (inner.depth > r->f.load->limits.max_depth) {
        cn__digits limit;
        CN__REPORT2(r->f.load, r->f.file, cn__foreign_text_place(&r->t), TOO_DEEP,
                    cn__digits_of(&limit, r->f.load->limits.max_depth), CN__OPTION_DEPTH);
        r->broken = true;
        return false;
    }
    bool drawing = key_is(key, len, "graphics") || key_is(key, len, "LabelGraphics") || key_is(key, len, "edgeAnchor");
    size_t used = strlen(inner.prefix);
    if (drawing || used + len + 2 > sizeof inner.prefix) {
        return skip_list(r);
    }
    memcpy(inner.prefix + used, key, len);
    memcpy(inner.prefix + used + len, ".", 2);
    return read_list(r, &inner);
}

static bool put_scalar(reader *r, const list *l, const char *key, size_t len, cn_buf *value, cn__foreign_type type,
                       cn__place place) {
    cn_buf name = {0};
    cn_buf_add_text(&name, l->prefix);
    cn__foreign_text_decode_name(&name, key, len);
    bool kept = !name.failed && !value->failed;
    if (kept && value->data && (strcmp(value->data, "true") == 0 || strcmp(value->data, "false") == 0)) {
        type = CN__FOREIGN_FLAG; /* GML has no flags: these words stand for them */
    }
    if (kept) {
        cn__foreign_put(&r->f, l->part, l->number, name.data, name.len, value->data ? value->data : "", value->len,
                        type, place);
    } else {
        r->f.status = CN__NO_MEMORY(r->f.load->err);
    }
    cn_buf_release(&name);
    return kept;
}

/* Look through the list that opens here for the scalars `a` and `b` of its first level. */
static void find_scalars(const reader *r, const char *a, const char *b, cn_buf *out_a, cn_buf *out_b) {
    reader look = *r;
    cn_buf value = {0};
    cn__foreign_type type;
    look.t.quiet = true;
    for (skip(&look); look.t.at < look.t.len && !cn__foreign_text_at(&look.t, ']') && !look.broken; skip(&look)) {
        size_t len = key_len(&look);
        const char *key = look.t.text + look.t.at;
        look.t.at += len;
        skip(&look);
        if (len == 0) {
            break;
        }
        if (cn__foreign_text_at(&look.t, '[')) {
            look.t.at++;
            (void)skip_list(&look);
        } else if (read_scalar(&look, &value, &type)) {
            cn_buf *to = key_is(key, len, a) ? out_a : b && key_is(key, len, b) ? out_b : NULL;
            if (to && to->len == 0) {
                cn_buf_add(to, value.data ? value.data : "", value.len);
            }
        }
    }
    cn_buf_release(&value);
}

static bool read_thing(reader *r, bool edge) {
    cn_buf a = {0};
    cn_buf b = {0};
    list inner = {.part = edge ? CN__FOREIGN_EDGE : CN__FOREIGN_NODE, .depth = 2};
    cn__place place = cn__foreign_text_place(&r->t);
    find_scalars(r, edge ? "source" : "id", edge ? "target" : NULL, &a, &b);
    if (a.failed || b.failed) {
        r->f.status = CN__NO_MEMORY(r->f.load->err);
    }
    inner.number =
        edge ? cn__foreign_edge(&r->f, a.data ? a.data : "", a.len, b.data ? b.data : "", b.len, r->directed, place)
             : cn__foreign_node(&r->f, a.data ? a.data : "", a.len, place);
    bool good = read_list(r, &inner);
    cn_buf_release(&a);
    cn_buf_release(&b);
    return good;
}

/* Keys that are structure and no attributes. */
static bool is_structure(const list *l, const char *key, size_t len) {
    if (l->prefix[0]) {
        return false;
    }
    return l->part == CN__FOREIGN_NODE ? key_is(key, len, "id")
           : l->part == CN__FOREIGN_EDGE
               ? key_is(key, len, "source") || key_is(key, len, "target")
               : key_is(key, len, "directed") || key_is(key, len, "multigraph") || key_is(key, len, "hierarchic");
}

static bool read_pair(reader *r, const list *l, cn_buf *value) {
    cn__place place = cn__foreign_text_place(&r->t);
    size_t len = key_len(r);
    const char *key = r->t.text + r->t.at;
    cn__foreign_type type;
    r->t.at += len;
    skip(r);
    if (len == 0) {
        return expected(r, "key 1");
    }
    bool graph = l->part == CN__FOREIGN_GRAPH && l->depth == 1;
    if (cn__foreign_text_at(&r->t, '[')) {
        r->t.at++;
        if (graph && (key_is(key, len, "node") || key_is(key, len, "edge"))) {
            return read_thing(r, key_is(key, len, "edge"));
        }
        return read_inner(r, l, key, len);
    }
    if (!read_scalar(r, value, &type)) {
        return false;
    }
    if (graph && key_is(key, len, "directed")) {
        r->directed = value->len > 0 && value->data[0] == '1';
    }
    return is_structure(l, key, len) || put_scalar(r, l, key, len, value, type, place);
}

/* Pairs up to the bracket that closes the list, or, outside all, to the end. */
static bool read_list(reader *r, const list *l) {
    cn_buf value = {0};
    bool good = true;
    for (skip(r); good && cn__foreign_wanted(&r->f); skip(r)) {
        if (r->t.at >= r->t.len) {
            good = expected(r, "]");
        } else if (cn__foreign_text_at(&r->t, ']')) {
            r->t.at++;
            break;
        } else {
            good = read_pair(r, l, &value);
        }
    }
    cn_buf_release(&value);
    return good;
}

/* Creator, Version … and the graph. */
static void read_file(reader *r) {
    cn_buf value = {0};
    cn__foreign_type type;
    bool found = false;
    for (skip(r); r->t.at < r->t.len && !r->broken && !found; skip(r)) {
        size_t len = key_len(r);
        const char *key = r->t.text + r->t.at;
        r->t.at += len;
        skip(r);
        bool is_list = cn__foreign_text_at(&r->t, '[');
        r->t.at += is_list;
        if (len == 0) {
            (void)expected(r, "graph [");
        } else if (is_list && key_is(key, len, "graph")) {
            list graph = {.part = CN__FOREIGN_GRAPH, .depth = 1};
            found = true;
            cn_buf directed = {0};
            find_scalars(r, "directed", NULL, &directed, NULL);
            r->directed = directed.len > 0 && directed.data[0] == '1';
            cn_buf_release(&directed);
            (void)read_list(r, &graph);
        } else if (is_list) {
            (void)skip_list(r);
        } else {
            (void)read_scalar(r, &value, &type);
        }
    }
    if (!found && !r->broken) {
        (void)expected(r, "graph [");
    }
    cn_buf_release(&value);
}

bool cn__sniff_gml(const cn__input *input) {
    const char *text = input->bytes + input->start;
    size_t len = input->len - input->start < 8192 ? input->len - input->start : 8192;
    for (size_t i = 0; i + 6 < len; i++) {
        bool line = i == 0 || text[i - 1] == '\n' || text[i - 1] == '\r' || text[i - 1] == ' ' || text[i - 1] == '\t';
        if (line && memcmp(text + i, "graph", 5) == 0) {
            size_t at = i + 5;
            while (at < len && strchr(" \t\r\n", text[at])) {
                at++;
            }
            if (at < len && text[at] == '[') {
                return true;
            }
        }
        if (text[i] == '{' || text[i] == ';') {
            return false;
        }
    }
    return false;
}

cn_status cn__read_gml(cn__assembly *assembly, const cn__input *input) {
    reader r = {.directed = false};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn__foreign_text_begin(&r.t, &r.f, input);
    read_file(&r);
    cn__foreign_use_labels(&r.f);
    return cn__foreign_end(&r.f);
}
