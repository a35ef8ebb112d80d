/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GEXF 1.1, 1.2 and 1.3 (https://gexf.net/schema.html): attributes with titles and defaults, periods of nodes and edges (start, end, and the
 * first and last of several spells), nested nodes (attribute "parent"), mutual edges (one each way). Of an attribute that changes in
 * time the last value is taken and that is said. Colours, sizes and positions are drawing and not read. O(bytes).
 */
#include "foreign.h"
#include "xml_read.h"

#include <string.h>

typedef struct title {
    uint32_t name; /* in texts */
    uint32_t fallback;
    cn__foreign_type type;
    bool of_edges;
    bool has_default;
} title;

typedef struct reader {
    cn__foreign f;
    cn__arena texts;
    cn__strmap ids; /* "n" or "e" and the id, to a title */
    title *titles;
    size_t title_count;
    size_t title_cap;
    uint32_t *nodes; /* open ones, the innermost last */
    size_t node_depth;
    size_t node_cap;
    uint32_t edge; /* open edge, or CN_NONE */
    uint32_t back; /* the other direction of a mutual one */
    uint32_t defining;
    unsigned spells;
    bool of_edges; /* the attributes being declared */
    bool directed;
} reader;

static void put(reader *r, bool edge, uint32_t number, const char *name, const char *text, cn__foreign_type type,
                cn__place place) {
    if (number != CN_NONE && text) {
        cn__foreign_put(&r->f, edge ? CN__FOREIGN_EDGE : CN__FOREIGN_NODE, number, name, strlen(name), text,
                        strlen(text), type, place);
    }
}

/* The node or edge whose attributes stand here; CN_NONE: none. */
static uint32_t owner(const reader *r, bool *edge) {
    *edge = r->edge != CN_NONE;
    return *edge ? r->edge : r->node_depth > 0 ? r->nodes[r->node_depth - 1] : CN_NONE;
}

static void put_owner(reader *r, const char *name, const char *text, cn__foreign_type type, cn__place place) {
    bool edge;
    uint32_t number = owner(r, &edge);
    put(r, edge, number, name, text, type, place);
    if (edge && r->back != CN_NONE) {
        put(r, true, r->back, name, text, type, place);
    }
}

/* An end of a period: of a moment only its day. */
static void put_date(reader *r, const char *name, const char *text, cn__place place) {
    char day[11];
    if (text && strlen(text) > 10 && text[10] == 'T') {
        memcpy(day, text, 10);
        day[10] = '\0';
        text = day;
    }
    if (text && *text && strcmp(text, "-Infinity") != 0 && strcmp(text, "Infinity") != 0) {
        put_owner(r, name, text, CN__FOREIGN_CELL, place);
    }
}

static void put_period(reader *r, const cn__xml *xml) {
    const char *start = cn__xml_attribute(xml, "start");
    const char *end = cn__xml_attribute(xml, "end");
    const char *start_open = cn__xml_attribute(xml, "startopen");
    const char *end_open = cn__xml_attribute(xml, "endopen");
    put_date(r, "start", start ? start : start_open, cn__xml_place(xml));
    put_date(r, "end", end ? end : end_open, cn__xml_place(xml));
}

/* The first spell begins, the last one ends. */
static void add_spell(reader *r, const cn__xml *xml) {
    const char *start = cn__xml_attribute(xml, "start");
    const char *end = cn__xml_attribute(xml, "end");
    if (r->spells++ == 0) {
        put_date(r, "start", start, cn__xml_place(xml));
    } else {
        CN__REPORT1(r->f.load, r->f.file, cn__xml_place(xml), FOREIGN_NOT_READ, "spell");
    }
    put_date(r, "end", end ? end : "", cn__xml_place(xml));
}

static void key_of(cn_buf *out, bool of_edges, const char *id) {
    out->len = 0;
    cn_buf_add_text(out, of_edges ? "e" : "n");
    cn_buf_add_text(out, id);
}

static void add_title(reader *r, const cn__xml *xml) {
    const char *id = cn__xml_attribute(xml, "id");
    const char *name = cn__xml_attribute(xml, "title");
    const char *type = cn__xml_attribute(xml, "type");
    title t = {.type = CN__FOREIGN_TEXT, .of_edges = r->of_edges};
    if (type && strcmp(type, "boolean") == 0) {
        t.type = CN__FOREIGN_FLAG;
    } else if (type && (strcmp(type, "integer") == 0 || strcmp(type, "long") == 0 || strcmp(type, "double") == 0 ||
                        strcmp(type, "float") == 0 || strcmp(type, "int") == 0 || strcmp(type, "short") == 0)) {
        t.type = CN__FOREIGN_NUMBER;
    }
    r->defining = CN_NONE;
    if (!id) {
        return;
    }
    cn_buf key = {0};
    key_of(&key, r->of_edges, id);
    bool kept = !key.failed && cn__arena_add(&r->texts, name ? name : id, strlen(name ? name : id), &t.name) &&
                cn__grow((void **)&r->titles, &r->title_cap, r->title_count, 1, sizeof *r->titles);
    if (kept && cn__strmap_find(&r->ids, key.data, key.len) == CN_NONE) {
        kept = cn__strmap_add(&r->ids, key.data, key.len, (uint32_t)r->title_count, NULL);
        r->defining = (uint32_t)r->title_count;
        r->titles[r->title_count++] = t;
    }
    if (!kept) {
        cn__foreign_no_memory(&r->f);
    }
    cn_buf_release(&key);
}

static void add_value(reader *r, const cn__xml *xml) {
    const char *id = cn__xml_attribute(xml, "for");
    const char *value = cn__xml_attribute(xml, "value");
    bool edge;
    uint32_t number = owner(r, &edge);
    id = id ? id : cn__xml_attribute(xml, "id"); /* 1.0 */
    if (!id || !value || number == CN_NONE) {
        return;
    }
    cn_buf key = {0};
    key_of(&key, edge, id);
    uint32_t at = key.failed ? CN_NONE : cn__strmap_find(&r->ids, key.data, key.len);
    if (key.failed) {
        cn__foreign_no_memory(&r->f);
    }
    cn_buf_release(&key);
    const char *name = at == CN_NONE ? id : cn__arena_at(&r->texts, r->titles[at].name);
    if (cn__foreign_has(&r->f, edge ? CN__FOREIGN_EDGE : CN__FOREIGN_NODE, number, name)) {
        CN__REPORT1(r->f.load, r->f.file, cn__xml_place(xml), FOREIGN_NOT_READ, name);
    }
    put_owner(r, name, value, at == CN_NONE ? CN__FOREIGN_TEXT : r->titles[at].type, cn__xml_place(xml));
}

static void open_node(reader *r, const cn__xml *xml) {
    const char *id = cn__xml_attribute(xml, "id");
    const char *parent = cn__xml_attribute(xml, "pid");
    cn__place place = cn__xml_place(xml);
    uint32_t node = cn__foreign_node(&r->f, id ? id : "", id ? strlen(id) : 0, place);
    if (!parent && r->node_depth > 0 && r->nodes[r->node_depth - 1] != CN_NONE) {
        parent = cn__foreign_id(&r->f, r->nodes[r->node_depth - 1]);
    }
    if (!cn__grow((void **)&r->nodes, &r->node_cap, r->node_depth, 1, sizeof *r->nodes)) {
        cn__foreign_no_memory(&r->f);
        return;
    }
    r->nodes[r->node_depth++] = node;
    r->spells = 0;
    put(r, false, node, "parent", parent, CN__FOREIGN_TEXT, place);
    put(r, false, node, "label", cn__xml_attribute(xml, "label"), CN__FOREIGN_TEXT, place);
    put_period(r, xml);
}

static void open_edge(reader *r, const cn__xml *xml) {
    const char *from = cn__xml_attribute(xml, "source");
    const char *to = cn__xml_attribute(xml, "target");
    const char *type = cn__xml_attribute(xml, "type");
    const char *id = cn__xml_attribute(xml, "id");
    cn__place place = cn__xml_place(xml);
    bool mutual = type && strcmp(type, "mutual") == 0;
    bool directed = mutual || (type ? strcmp(type, "directed") == 0 : r->directed);
    from = from ? from : "";
    to = to ? to : "";
    r->edge = cn__foreign_edge(&r->f, from, strlen(from), to, strlen(to), directed, place);
    r->back = mutual ? cn__foreign_edge(&r->f, to, strlen(to), from, strlen(from), directed, place) : CN_NONE;
    r->spells = 0;
    if (id && id[strspn(id, "0123456789")] != '\0') {
        put_owner(r, "id", id, CN__FOREIGN_TEXT, place);
    }
    static const char *const kept[] = {"label", "kind", "weight"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = cn__xml_attribute(xml, kept[i]);
        if (value) {
            put_owner(r, kept[i], value, i == 2 ? CN__FOREIGN_NUMBER : CN__FOREIGN_TEXT, place);
        }
    }
    put_period(r, xml);
}

static void on_open(void *context, cn__xml *xml, const char *name) {
    reader *r = context;
    if (strcmp(name, "graph") == 0) {
        const char *type = cn__xml_attribute(xml, "defaultedgetype");
        const char *title_text = cn__xml_attribute(xml, "name");
        r->directed = type && strcmp(type, "directed") == 0;
        if (title_text) {
            cn__foreign_put(&r->f, CN__FOREIGN_GRAPH, 0, "title", 5, title_text, strlen(title_text), CN__FOREIGN_TEXT,
                            cn__xml_place(xml));
        }
    } else if (strcmp(name, "attributes") == 0) {
        const char *class = cn__xml_attribute(xml, "class");
        r->of_edges = class && strcmp(class, "edge") == 0;
    } else if (strcmp(name, "attribute") == 0) {
        add_title(r, xml);
    } else if (strcmp(name, "node") == 0) {
        open_node(r, xml);
    } else if (strcmp(name, "edge") == 0) {
        open_edge(r, xml);
    } else if (strcmp(name, "attvalue") == 0) {
        add_value(r, xml);
    } else if (strcmp(name, "spell") == 0) {
        add_spell(r, xml);
    }
}

static void add_defaults(reader *r, bool edge, uint32_t number, cn__place place) {
    for (size_t i = 0; i < r->title_count; i++) {
        const title *t = &r->titles[i];
        const char *name = cn__arena_at(&r->texts, t->name);
        bool missing = t->has_default && t->of_edges == edge && number != CN_NONE &&
                       !cn__foreign_has(&r->f, edge ? CN__FOREIGN_EDGE : CN__FOREIGN_NODE, number, name);
        if (missing) {
            put(r, edge, number, name, cn__arena_at(&r->texts, t->fallback), t->type, place);
        }
    }
}

static void on_close(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    reader *r = context;
    if (strcmp(name, "node") == 0 && r->node_depth > 0) {
        add_defaults(r, false, r->nodes[--r->node_depth], cn__xml_place(xml));
    } else if (strcmp(name, "edge") == 0) {
        add_defaults(r, true, r->edge, cn__xml_place(xml));
        add_defaults(r, true, r->back, cn__xml_place(xml));
        r->edge = r->back = CN_NONE;
    } else if (strcmp(name, "default") == 0 && r->defining != CN_NONE) {
        r->titles[r->defining].has_default = true;
        if (!cn__arena_add(&r->texts, text, len, &r->titles[r->defining].fallback)) {
            cn__foreign_no_memory(&r->f);
        }
    } else if (strcmp(name, "attribute") == 0) {
        r->defining = CN_NONE;
    } else if (strcmp(name, "description") == 0 && len > 0) {
        cn__foreign_put(&r->f, CN__FOREIGN_GRAPH, 0, "note", 4, text, len, CN__FOREIGN_TEXT, cn__xml_place(xml));
    }
}

static bool wanted(const void *context) {
    const reader *r = context;
    return cn__foreign_wanted(&r->f);
}

bool cn__sniff_gexf(const cn__input *input) { return cn__xml_begins(input->bytes, input->len, "gexf"); }

cn_status cn__read_gexf(cn__assembly *assembly, const cn__input *input) {
    static const cn__xml_events events = {.open = on_open, .close = on_close, .wanted = wanted};
    reader r = {.edge = CN_NONE, .back = CN_NONE, .defining = CN_NONE};
    cn__foreign_begin(&r.f, assembly, input->label);
    cn_status status = cn__xml_run(assembly->load, input->label, input->bytes, input->len, &events, &r);
    r.f.status = r.f.status == CN_OK ? status : r.f.status;
    status = cn__foreign_end(&r.f);
    cn__arena_release(&r.texts);
    cn__strmap_release(&r.ids);
    cn__free(r.titles);
    cn__free(r.nodes);
    return status;
}
