/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GraphML (http://graphml.graphdrawing.org/specification.html) as igraph, networkx, Gephi and yEd write it: keys with types and defaults,
 * nested graphs (a node inside another gets the attribute "parent"), labels of yEd's graphics. Ports of edges are attributes;
 * hyperedges are refused. Invariant: `owners` is the stack of graph, node and edge elements that are open. O(bytes).
 */
#include "foreign.h"
#include "xml_read.h"

#include <string.h>

typedef struct key {
    uint32_t name; /* in texts */
    uint32_t fallback;
    uint32_t fallback_len;
    cn__foreign_type type;
    cn__foreign_part part;
    bool any_part;
    bool has_default;
    bool label; /* yEd's graphics: the text of the label inside */
} key;

typedef struct owner {
    cn__foreign_part part;
    uint32_t number;
    bool directed; /* of a graph */
} owner;

typedef struct reader {
    cn__foreign f;
    cn__arena texts;
    cn__strmap key_ids;
    key *keys;
    size_t key_count;
    size_t key_cap;
    owner *owners;
    size_t owner_count;
    size_t owner_cap;
    uint32_t key; /* of the <data> or <key> that is open, or CN_NONE */
    bool defining;
    bool in_label; /* of yEd's graphics, before any element inside */
} reader;

static void add_key(reader *r, const cn__xml *xml) {
    const char *id = cn__xml_attribute(xml, "id");
    const char *name = cn__xml_attribute(xml, "attr.name");
    const char *type = cn__xml_attribute(xml, "attr.type");
    const char *part = cn__xml_attribute(xml, "for");
    const char *graphics = cn__xml_attribute(xml, "yfiles.type");
    key k = {.type = CN__FOREIGN_TEXT, .any_part = !part || strcmp(part, "all") == 0};
    if (type && (strcmp(type, "boolean") == 0)) {
        k.type = CN__FOREIGN_FLAG;
    } else if (type && strcmp(type, "string") != 0) {
        k.type = CN__FOREIGN_NUMBER;
    }
    k.part = part && strcmp(part, "node") == 0   ? CN__FOREIGN_NODE
             : part && strcmp(part, "edge") == 0 ? CN__FOREIGN_EDGE
                                                 : CN__FOREIGN_GRAPH;
    k.label = graphics && (strcmp(graphics, "nodegraphics") == 0 || strcmp(graphics, "edgegraphics") == 0);
    name = name ? name : k.label ? "label" : graphics ? "" : id;
    r->key = CN_NONE;
    if (!id || !name || cn__strmap_find(&r->key_ids, id, strlen(id)) != CN_NONE) {
        return;
    }
    bool kept = cn__arena_add(&r->texts, name, strlen(name), &k.name) &&
                cn__grow((void **)&r->keys, &r->key_cap, r->key_count, 1, sizeof *r->keys) &&
                cn__strmap_add(&r->key_ids, id, strlen(id), (uint32_t)r->key_count, NULL);
    if (!kept) {
        cn__foreign_no_memory(&r->f);
        return;
    }
    r->key = (uint32_t)r->key_count;
    r->keys[r->key_count++] = k;
}

static void push(reader *r, cn__foreign_part part, uint32_t number, bool directed) {
    if (!cn__grow((void **)&r->owners, &r->owner_cap, r->owner_count, 1, sizeof *r->owners)) {
        cn__foreign_no_memory(&r->f);
        return;
    }
    r->owners[r->owner_count++] = (owner){part, number, directed};
}

/* The innermost open element of a kind, or NULL. */
static const owner *innermost(const reader *r, cn__foreign_part part) {
    for (size_t i = r->owner_count; i > 0; i--) {
        if (r->owners[i - 1].part == part) {
            return &r->owners[i - 1];
        }
    }
    return NULL;
}

static void put(reader *r, cn__foreign_part part, uint32_t number, const char *name, const char *text,
                cn__foreign_type type, cn__place place) {
    cn__foreign_put(&r->f, part, number, name, strlen(name), text, strlen(text), type, place);
}

static void open_node(reader *r, const cn__xml *xml) {
    const char *id = cn__xml_attribute(xml, "id");
    const owner *outer = innermost(r, CN__FOREIGN_NODE);
    uint32_t node = cn__foreign_node(&r->f, id ? id : "", id ? strlen(id) : 0, cn__xml_place(xml));
    if (outer && outer->number != CN_NONE && node != CN_NONE) {
        const char *parent = cn__foreign_id(&r->f, outer->number);
        put(r, CN__FOREIGN_NODE, node, "parent", parent, CN__FOREIGN_TEXT, cn__xml_place(xml));
    }
    push(r, CN__FOREIGN_NODE, node, false);
}

/* Numbers that only count the edges are no attribute. */
static bool is_count(const char *id) {
    id += *id == 'e';
    return *id && id[strspn(id, "0123456789")] == '\0';
}

static void open_edge(reader *r, const cn__xml *xml) {
    static const char *const kept[] = {"id", "sourceport", "targetport"};
    const char *from = cn__xml_attribute(xml, "source");
    const char *to = cn__xml_attribute(xml, "target");
    const char *directed = cn__xml_attribute(xml, "directed");
    const owner *graph = innermost(r, CN__FOREIGN_GRAPH);
    bool arrow = directed ? strcmp(directed, "true") == 0 : graph && graph->directed;
    from = from ? from : "";
    to = to ? to : "";
    cn__place place = cn__xml_place(xml);
    uint32_t edge = cn__foreign_edge(&r->f, from, strlen(from), to, strlen(to), arrow, place);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = cn__xml_attribute(xml, kept[i]);
        if (value && !(i == 0 && is_count(value))) {
            put(r, CN__FOREIGN_EDGE, edge, kept[i], value, CN__FOREIGN_TEXT, place);
        }
    }
    push(r, CN__FOREIGN_EDGE, edge, arrow);
}

static void close_data(reader *r, const cn__xml *xml, const char *text, size_t len) {
    if (r->key == CN_NONE || r->owner_count == 0) {
        return;
    }
    const key *k = &r->keys[r->key];
    const owner *to = &r->owners[r->owner_count - 1];
    const char *name = cn__arena_at(&r->texts, k->name);
    cn__foreign_put(&r->f, to->part, to->number, name, strlen(name), text, len, k->type, cn__xml_place(xml));
}

static bool is_label(const char *name) { return strcmp(name, "NodeLabel") == 0 || strcmp(name, "EdgeLabel") == 0; }

/* The text of a label of yEd; behind it stand elements of the label's model. */
static void take_label(reader *r, const cn__xml *xml, const char *text, size_t len) {
    while (len > 0 && strchr(" \t\r\n", text[len - 1])) {
        len--;
    }
    if (r->in_label && len > 0) {
        close_data(r, xml, text, len);
    }
    r->in_label = false;
}

static void on_open(void *context, cn__xml *xml, const char *name) {
    reader *r = context;
    if (r->in_label) {
        size_t len;
        const char *text = cn__xml_text(xml, &len);
        take_label(r, xml, text, len);
    }
    if (is_label(name)) {
        r->in_label = r->key != CN_NONE && r->keys[r->key].label;
    } else if (strcmp(name, "key") == 0) {
        add_key(r, xml);
        r->defining = true;
    } else if (strcmp(name, "graph") == 0) {
        const char *edges = cn__xml_attribute(xml, "edgedefault");
        push(r, CN__FOREIGN_GRAPH, 0, !edges || strcmp(edges, "undirected") != 0);
    } else if (strcmp(name, "node") == 0) {
        open_node(r, xml);
    } else if (strcmp(name, "edge") == 0) {
        open_edge(r, xml);
    } else if (strcmp(name, "data") == 0) {
        const char *id = cn__xml_attribute(xml, "key");
        r->key = id ? cn__strmap_find(&r->key_ids, id, strlen(id)) : CN_NONE;
    } else if (strcmp(name, "hyperedge") == 0) {
        CN__REPORT0(r->f.load, r->f.file, cn__xml_place(xml), FOREIGN_HYPEREDGE);
    } else if (strcmp(name, "port") == 0) {
        CN__REPORT1(r->f.load, r->f.file, cn__xml_place(xml), FOREIGN_NOT_READ, "port");
    }
}

/* Give the element that ends what its keys have as default. */
static void add_defaults(reader *r, const owner *ended, cn__place place) {
    for (size_t i = 0; i < r->key_count; i++) {
        const key *k = &r->keys[i];
        if (!k->has_default || !(k->any_part || k->part == ended->part)) {
            continue;
        }
        const char *name = cn__arena_at(&r->texts, k->name);
        if (!cn__foreign_has(&r->f, ended->part, ended->number, name)) {
            put(r, ended->part, ended->number, name, cn__arena_at(&r->texts, k->fallback), k->type, place);
        }
    }
}

static void on_close(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    reader *r = context;
    if (strcmp(name, "key") == 0) {
        r->defining = false;
        r->key = CN_NONE;
    } else if (strcmp(name, "default") == 0 && r->defining && r->key != CN_NONE) {
        r->keys[r->key].has_default = true;
        if (!cn__arena_add(&r->texts, text, len, &r->keys[r->key].fallback)) {
            cn__foreign_no_memory(&r->f);
        }
    } else if (strcmp(name, "data") == 0) {
        bool graphics = r->key != CN_NONE && r->keys[r->key].label;
        if (!graphics) {
            close_data(r, xml, text, len);
        }
        r->key = CN_NONE;
    } else if (is_label(name)) {
        take_label(r, xml, text, len);
    } else if (r->owner_count > 0 && (strcmp(name, "node") == 0 || strcmp(name, "edge") == 0)) {
        add_defaults(r, &r->owners[r->owner_count - 1], cn__xml_place(xml));
        r->owner_count--;
    } else if (r->owner_count > 0 && strcmp(name, "graph") == 0) {
        r->owner_count--;
    }
}

static bool wanted(const void *context) {
    const reader *r = context;
    return cn__foreign_wanted(&r->f);
}

bool cn__sniff_graphml(const cn__input *input) { return cn__xml_begins(input->bytes, input->len, "graphml"); }

cn_status cn__read_graphml(cn__assembly *assembly, const cn__input *input) {
    static const cn__xml_events events = {.open = on_open, .close = on_close, .wanted = wanted};
    reader r = {.key = CN_NONE};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn_status status = cn__xml_run(assembly->load, input->label, input->bytes, input->len, &events, &r);
    r.f.status = r.f.status == CN_OK ? status : r.f.status;
    status = cn__foreign_end(&r.f);
    cn__arena_release(&r.texts);
    cn__strmap_release(&r.key_ids);
    cn__free(r.keys);
    cn__free(r.owners);
    return status;
}
