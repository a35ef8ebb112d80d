/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphs as JSON: node-link (networkx, d3, graphology), Cytoscape.js and Cytoscape CX2. Walked by the marks of the strict scanner, without
 * a tree. Values keep their type; objects and lists are kept as JSON. Drawing (positions, visual properties) is not read. Invariant: a
 * mark is the number of a key or value in the scan. O(bytes).
 */
#include "foreign.h"
#include "json_scan.h"
#include "json_value.h"

#include <string.h>

typedef struct reader {
    cn__foreign f;
    cn__json_scan scan;
    cn_buf a, b, name;
    bool directed;
    uint32_t node_names, edge_names; /* CX2: objects that declare attributes; 0: none */
} reader;

/* ---- walking ---- */

static char kind_of(const reader *r, uint32_t mark) { return r->scan.text[r->scan.marks[mark].start]; }
static uint32_t end_of(const reader *r, uint32_t mark) { return r->scan.marks[mark].next; }
static cn__place place_of(const reader *r, uint32_t mark) { return r->scan.marks[mark].place; }

/* Keys of an object one by one: key, then its value, is key + 1. */
static uint32_t first_of(uint32_t mark) { return mark + 1; }
static uint32_t after_value(const reader *r, uint32_t key) { return end_of(r, key + 1); }

static bool key_is(const reader *r, uint32_t key, const char *word) {
    const cn__mark *mark = &r->scan.marks[key];
    return mark->len == strlen(word) + 2 && memcmp(r->scan.text + mark->start + 1, word, mark->len - 2) == 0;
}

/* Value of a key of an object, or 0 (which is no value of any key). */
static uint32_t member(const reader *r, uint32_t object, const char *word) {
    if (kind_of(r, object) != '{') {
        return 0;
    }
    for (uint32_t key = first_of(object); key < end_of(r, object); key = after_value(r, key)) {
        if (key_is(r, key, word)) {
            return key + 1;
        }
    }
    return 0;
}

/* The bytes of a value of any kind. */
static void bytes_of(const reader *r, uint32_t mark, const char **from, size_t *len) {
    const cn__mark *at = &r->scan.marks[mark];
    *from = r->scan.text + at->start;
    *len = at->len;
    if (*len == 0) { /* an object or list: up to its bracket */
        char open = **from;
        char close = open == '{' ? '}' : ']';
        unsigned depth = 0;
        size_t i = 0;
        bool text = false;
        do {
            char c = (*from)[i];
            if (text) {
                i += c == '\\';
                text = c != '"';
            } else {
                text = c == '"';
                depth += c == open;
                depth -= c == close;
            }
            i++;
        } while (depth > 0 && at->start + i < r->scan.len);
        *len = i;
    }
}

/* A value as a plain text: of a string its content, else as it is written. */
static void text_of(reader *r, uint32_t mark, cn_buf *out) {
    const char *from;
    size_t len;
    bytes_of(r, mark, &from, &len);
    out->len = 0;
    cn_buf_add(out, "", 0);
    if (*from == '"') {
        cn__json_decode(out, from, len);
    } else {
        cn_buf_add(out, from, len);
    }
}

static cn__foreign_type type_of(const reader *r, uint32_t mark) {
    switch (kind_of(r, mark)) {
    case '"':
        return CN__FOREIGN_TEXT;
    case '{':
    case '[':
        return CN__FOREIGN_JSON;
    case 't':
    case 'f':
        return CN__FOREIGN_FLAG;
    default:
        return CN__FOREIGN_NUMBER;
    }
}

/* ---- attributes ---- */

static void put(reader *r, cn__foreign_part part, uint32_t number, const cn_buf *name, uint32_t value) {
    if (kind_of(r, value) == 'n' || number == CN_NONE) {
        return; /* null is not given */
    }
    text_of(r, value, &r->b);
    if (name->failed || r->b.failed) {
        r->f.status = CN__NO_MEMORY(r->f.load->err);
        return;
    }
    cn__foreign_put(&r->f, part, number, name->data ? name->data : "", name->len, r->b.data, r->b.len,
                    type_of(r, value), place_of(r, value));
}

static bool is_one_of(const reader *r, uint32_t key, const char *const *words) {
    for (; *words; words++) {
        if (key_is(r, key, *words)) {
            return true;
        }
    }
    return false;
}

/* All members of an object but those named. Objects called "attributes" or "data" are looked into. */
static void put_members(reader *r, cn__foreign_part part, uint32_t number, uint32_t object, const char *const *but,
                        int depth) {
    if (kind_of(r, object) != '{') {
        return;
    }
    for (uint32_t key = first_of(object); key < end_of(r, object) && cn__foreign_wanted(&r->f);
         key = after_value(r, key)) {
        bool inner =
            kind_of(r, key + 1) == '{' && depth == 0 && (key_is(r, key, "attributes") || key_is(r, key, "data"));
        if (inner) {
            put_members(r, part, number, key + 1, but, 1);
        } else if (!is_one_of(r, key, but)) {
            text_of(r, key, &r->name);
            put(r, part, number, &r->name, key + 1);
        }
    }
}

static void add_node(reader *r, uint32_t object, uint32_t id, const char *const *but, uint64_t index) {
    cn__digits digits;
    r->a.len = 0;
    if (id) {
        text_of(r, id, &r->a);
    } else {
        cn_buf_add_text(&r->a, cn__digits_of(&digits, index));
    }
    if (r->a.failed) {
        r->f.status = CN__NO_MEMORY(r->f.load->err);
        return;
    }
    uint32_t node = cn__foreign_node(&r->f, r->a.data, r->a.len, place_of(r, id ? id : object));
    put_members(r, CN__FOREIGN_NODE, node, object, but, 0);
}

static uint32_t add_edge(reader *r, uint32_t object, uint32_t from, uint32_t to, bool directed) {
    if (!from || !to) {
        CN__REPORT2(r->f.load, r->f.file, place_of(r, object), MISSING_FIELD, from ? "target" : "source", "links");
        return CN_NONE;
    }
    text_of(r, from, &r->a);
    text_of(r, to, &r->b);
    if (r->a.failed || r->b.failed) {
        r->f.status = CN__NO_MEMORY(r->f.load->err);
        return CN_NONE;
    }
    return cn__foreign_edge(&r->f, r->a.data, r->a.len, r->b.data, r->b.len, directed, place_of(r, object));
}

/* ---- node-link ---- */

static const char *const node_words[] = {"id", "key", NULL};
static const char *const node_words_named[] = {"name", NULL};
static const char *const edge_words[] = {"source", "target", "from", "to", "key", "directed", "undirected", NULL};

/* The id: `id`, `key`; else `name`; else, as in old d3 files, the number of the node from 0. */
static uint32_t id_of_node(const reader *r, uint32_t node, bool *by_name) {
    uint32_t id = member(r, node, "id");
    id = id ? id : member(r, node, "key");
    *by_name = !id;
    return id ? id : member(r, node, "name");
}

static void read_nodes(reader *r, uint32_t list, bool numbers) {
    uint64_t index = 0;
    if (kind_of(r, list) != '[') {
        return;
    }
    for (uint32_t at = first_of(list); at < end_of(r, list) && cn__foreign_wanted(&r->f); at = end_of(r, at), index++) {
        if (kind_of(r, at) != '{') {
            add_node(r, at, at, node_words, index); /* the id alone */
            continue;
        }
        bool by_name;
        uint32_t id = id_of_node(r, at, &by_name);
        bool number = numbers && by_name;
        add_node(r, at, number ? 0 : id, number ? node_words : by_name ? node_words_named : node_words, index);
    }
}

static uint32_t end_member(const reader *r, uint32_t edge, const char *word, const char *other) {
    uint32_t value = member(r, edge, word);
    value = value ? value : member(r, edge, other);
    return value;
}

static void read_edges(reader *r, uint32_t list) {
    if (kind_of(r, list) != '[') {
        return;
    }
    for (uint32_t at = first_of(list); at < end_of(r, list) && cn__foreign_wanted(&r->f); at = end_of(r, at)) {
        uint32_t undirected = member(r, at, "undirected");
        bool directed = undirected ? kind_of(r, undirected) == 'f' : r->directed;
        uint32_t edge =
            add_edge(r, at, end_member(r, at, "source", "from"), end_member(r, at, "target", "to"), directed);
        put_members(r, CN__FOREIGN_EDGE, edge, at, edge_words, 0);
    }
}

/* Do the ends of the first edge say numbers? */
static bool ends_are_numbers(const reader *r, uint32_t edges) {
    uint32_t first = edges && kind_of(r, edges) == '[' ? first_of(edges) : 0;
    uint32_t from = first && first < end_of(r, edges) ? end_member(r, first, "source", "from") : 0;
    return from && type_of(r, from) == CN__FOREIGN_NUMBER;
}

static void read_nodelink(reader *r) {
    static const char *const structure[] = {"nodes",      "links", "edges",   "directed",
                                            "multigraph", "graph", "options", NULL};
    static const char *const none[] = {NULL};
    uint32_t nodes = member(r, 0, "nodes");
    uint32_t edges = end_member(r, 0, "links", "edges");
    uint32_t directed = member(r, 0, "directed");
    uint32_t graph = member(r, 0, "graph");
    r->directed = !directed || kind_of(r, directed) == 't';
    put_members(r, CN__FOREIGN_GRAPH, 0, 0, structure, 0);
    if (graph) {
        put_members(r, CN__FOREIGN_GRAPH, 0, graph, none, 0);
    }
    if (nodes) {
        read_nodes(r, nodes, ends_are_numbers(r, edges));
    }
    if (edges) {
        read_edges(r, edges);
    }
}

/* ---- Cytoscape.js ---- */

/* networkx keeps the node itself as "value" beside its id: mostly the same text. */
static bool says_id(reader *r, uint32_t data) {
    uint32_t id = member(r, data, "id");
    uint32_t value = member(r, data, "value");
    if (!id || !value) {
        return false;
    }
    text_of(r, id, &r->a);
    text_of(r, value, &r->b);
    return !r->a.failed && !r->b.failed && strcmp(r->a.data, r->b.data) == 0;
}

/* With `mixed` nodes and edges stand in one list: what has a source is an edge. */
static void read_elements(reader *r, uint32_t list, bool edge, bool mixed) {
    static const char *const node_but[] = {"id", "SUID", "selected", NULL};
    static const char *const node_but_value[] = {"id", "SUID", "selected", "value", NULL};
    static const char *const edge_but[] = {"id", "source", "target", "SUID", "selected", "key", NULL};
    if (!list || kind_of(r, list) != '[') {
        return;
    }
    uint64_t index = 0;
    for (uint32_t at = first_of(list); at < end_of(r, list) && cn__foreign_wanted(&r->f); at = end_of(r, at), index++) {
        uint32_t data = member(r, at, "data");
        uint32_t from = data ? member(r, data, "source") : 0;
        if (!data) {
            continue;
        }
        if (!mixed || edge == (from != 0)) {
            if (edge) {
                put_members(r, CN__FOREIGN_EDGE, add_edge(r, at, from, member(r, data, "target"), r->directed), data,
                            edge_but, 1);
            } else {
                add_node(r, data, member(r, data, "id"), says_id(r, data) ? node_but_value : node_but, index);
            }
        }
    }
}

static void read_cyjs(reader *r) {
    static const char *const none[] = {"SUID", "selected", NULL};
    uint32_t elements = member(r, 0, "elements");
    uint32_t directed = member(r, 0, "directed");
    uint32_t data = member(r, 0, "data");
    r->directed = !directed || kind_of(r, directed) == 't';
    if (data) {
        put_members(r, CN__FOREIGN_GRAPH, 0, data, none, 1);
    }
    if (!elements) {
        return;
    }
    bool flat = kind_of(r, elements) == '[';
    read_elements(r, flat ? elements : member(r, elements, "nodes"), false, flat);
    read_elements(r, flat ? elements : member(r, elements, "edges"), true, flat);
}

/* ---- CX2 ---- */

/* The values of a node or edge under their full names, and the defaults that it lacks. */
static void put_values(reader *r, cn__foreign_part part, uint32_t number, uint32_t values, uint32_t names) {
    for (uint32_t key = values && kind_of(r, values) == '{' ? first_of(values) : CN_NONE;
         key != CN_NONE && key < end_of(r, values); key = after_value(r, key)) {
        text_of(r, key, &r->name);
        for (uint32_t name = names ? first_of(names) : CN_NONE; name != CN_NONE && name < end_of(r, names);
             name = after_value(r, name)) {
            uint32_t alias = member(r, name + 1, "a");
            if (alias) {
                text_of(r, alias, &r->b);
                if (!r->b.failed && !r->name.failed && r->b.len == r->name.len &&
                    memcmp(r->b.data, r->name.data, r->b.len) == 0) {
                    text_of(r, name, &r->name);
                    break;
                }
            }
        }
        put(r, part, number, &r->name, key + 1);
    }
    for (uint32_t name = names ? first_of(names) : CN_NONE; name != CN_NONE && name < end_of(r, names);
         name = after_value(r, name)) {
        uint32_t fallback = member(r, name + 1, "v");
        text_of(r, name, &r->name);
        if (fallback && !r->name.failed && !cn__foreign_has(&r->f, part, number, r->name.data)) {
            put(r, part, number, &r->name, fallback);
        }
    }
}

/* Every element of the fragments of an aspect; aspects may come in several. */
static void each_of_aspect(reader *r, const char *aspect, void (*take)(reader *r, uint32_t element)) {
    for (uint32_t at = first_of(0); at < end_of(r, 0) && cn__foreign_wanted(&r->f); at = end_of(r, at)) {
        uint32_t list = member(r, at, aspect);
        if (!list || kind_of(r, list) != '[') {
            continue;
        }
        for (uint32_t one = first_of(list); one < end_of(r, list) && cn__foreign_wanted(&r->f); one = end_of(r, one)) {
            take(r, one);
        }
    }
}

static uint32_t object_or_none(const reader *r, uint32_t mark) { return mark && kind_of(r, mark) == '{' ? mark : 0; }

static void take_names(reader *r, uint32_t element) {
    uint32_t nodes = object_or_none(r, member(r, element, "nodes"));
    uint32_t edges = object_or_none(r, member(r, element, "edges"));
    r->node_names = nodes ? nodes : r->node_names;
    r->edge_names = edges ? edges : r->edge_names;
}

static void take_network(reader *r, uint32_t element) {
    static const char *const none[] = {NULL};
    put_members(r, CN__FOREIGN_GRAPH, 0, element, none, 1);
}

static void take_node(reader *r, uint32_t element) {
    static const char *const all[] = {"id", "x", "y", "z", "v", NULL};
    uint32_t before = (uint32_t)r->f.node_count;
    add_node(r, element, member(r, element, "id"), all, before);
    if (r->f.node_count > before) {
        put_values(r, CN__FOREIGN_NODE, before, member(r, element, "v"), r->node_names);
    }
}

static void take_edge(reader *r, uint32_t element) {
    uint32_t edge = add_edge(r, element, member(r, element, "s"), member(r, element, "t"), true);
    if (edge != CN_NONE) {
        put_values(r, CN__FOREIGN_EDGE, edge, member(r, element, "v"), r->edge_names);
    }
}

static void read_cx2(reader *r) {
    if (kind_of(r, 0) != '[') {
        CN__REPORT2(r->f.load, r->f.file, place_of(r, 0), FOREIGN_EXPECTED, "[{\"CXVersion\"", "{");
        return;
    }
    each_of_aspect(r, "attributeDeclarations", take_names);
    each_of_aspect(r, "networkAttributes", take_network);
    each_of_aspect(r, "nodes", take_node);
    each_of_aspect(r, "edges", take_edge);
}

/* ---- all ---- */

static cn_status read_json(cn__assembly *assembly, const cn__input *input, void (*read)(reader *r)) {
    reader r = {.directed = true};
    cn__foreign_begin(&r.f, assembly, input->label);
    if (cn__json_scan_run(&r.scan, assembly->load, input->label, input->bytes, input->start, input->len)) {
        read(&r);
    }
    r.f.status = r.f.status == CN_OK ? r.scan.status : r.f.status;
    cn__json_scan_release(&r.scan);
    cn_buf_release(&r.a);
    cn_buf_release(&r.b);
    cn_buf_release(&r.name);
    return cn__foreign_end(&r.f);
}

cn_status cn__read_nodelink(cn__assembly *assembly, const cn__input *input) {
    return read_json(assembly, input, read_nodelink);
}
cn_status cn__read_cyjs(cn__assembly *assembly, const cn__input *input) {
    return read_json(assembly, input, read_cyjs);
}
cn_status cn__read_cx2(cn__assembly *assembly, const cn__input *input) { return read_json(assembly, input, read_cx2); }
