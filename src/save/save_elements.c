/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphs as JSON: node-link, as networkx reads it (node_link_graph) and d3 draws it, and Cytoscape.js. Every value keeps its type; lists stay
 * lists, free attributes what they are. O(values).
 */
#include "flat.h"
#include "number.h"

#include <string.h>

typedef struct writer {
    cn__save *save;
    cn__flat flat; /* for what it counts and for the network's own fields */
    cn__native native;
    cn__values values;
    bool cytoscape;
} writer;

static void add_key(cn_buf *out, bool *first, const char *key) {
    cn_buf_add_text(out, *first ? "" : ", ");
    *first = false;
    cn_json_string(out, key);
    cn_buf_add_text(out, ": ");
}

static void add_string(cn_buf *out, bool *first, const char *key, const char *text) {
    add_key(out, first, key);
    cn_json_string(out, text);
}

static void write_column(writer *w, const cn__native_row *row, const cn__column *column, bool *first) {
    cn_buf *out = w->save->out;
    cn__native_values(&w->native, row, column, &w->values);
    if (w->values.count == 0 || w->values.texts.failed) {
        return;
    }
    bool list = (column->flags & CN__LIST) != 0;
    bool bare = column->type == CN__MONEY || column->type == CN__NUMBER || column->type == CN__COUNT ||
                column->type == CN__FLAG;
    const char *text = w->values.texts.data;
    bool kind = column->to == CN__TO_SPEC && column->index == CN__SPEC_KIND;
    add_key(out, first, kind && w->cytoscape ? "interaction" : cn__flat_key(column));
    cn_buf_add_text(out, list ? "[" : "");
    for (size_t i = 0; i < w->values.count && (list || i == 0); i++, text += strlen(text) + 1) {
        cn_buf_add_text(out, i ? ", " : "");
        if (bare) {
            cn_buf_add_text(out, text);
        } else {
            cn_json_string(out, text);
        }
    }
    cn_buf_add_text(out, list ? "]" : "");
}

static void write_free(writer *w, const cn__native_row *row, bool *first) {
    size_t at = 0;
    cn_buf name = {0};
    for (const cn_prop *prop = cn__native_free(&w->native, row, &at); prop;
         prop = cn__native_free(&w->native, row, &at)) {
        name.len = 0;
        cn__flat_free_name(&w->flat, &name, cn_prop_x(w->save->net, prop));
        if (!name.failed) {
            add_key(w->save->out, first, name.data);
            cn_buf_add_text(w->save->out, cn_prop_text(w->save->net, prop));
        }
    }
    w->flat.no_memory = w->flat.no_memory || name.failed;
    cn_buf_release(&name);
}

static void write_columns(writer *w, const cn__native_row *row, bool *first) {
    for (size_t i = 0; i < row->section->column_count; i++) {
        const cn__column *column = &row->section->columns[i];
        bool end = column->to == CN__TO_ID || column->to == CN__TO_LINK ||
                   (column->to == CN__TO_SPEC && column->type == CN__REF);
        if (column->to == CN__TO_X) {
            write_free(w, row, first);
        } else if (!end) {
            write_column(w, row, column, first);
        }
    }
}

static bool write_nodes(writer *w) {
    const cn_network *net = w->save->net;
    cn_buf *out = w->save->out;
    bool good = true;
    for (cn_entity e = 0; e < cn_entity_count(net) && good; e++) {
        cn__native_row row = {.section = cn__section_of_kind(cn_entity_kind_of(net, e)), .entity = e};
        bool first = true;
        cn_buf_add_text(out, e ? ",\n  " : "\n  ");
        cn_buf_add_text(out, w->cytoscape ? "{\"data\": {" : "{");
        add_string(out, &first, "id", cn_entity_id(net, e));
        if (w->cytoscape) { /* networkx wants it so */
            add_string(out, &first, "value", cn_entity_id(net, e));
        }
        add_string(out, &first, "kind", cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)cn_entity_kind_of(net, e)));
        write_columns(w, &row, &first);
        cn_buf_add_text(out, w->cytoscape ? "}}" : "}");
        good = cn__save_flush(w->save);
    }
    return good;
}

static void write_edges(writer *w) {
    const cn_network *net = w->save->net;
    cn_buf *out = w->save->out;
    bool good = true;
    for (cn_link l = 0; l < cn_link_count(net) && good; l++) {
        cn__native_row row = {.section = cn__section_at(CN__SECTION_LINKS), .link = l};
        bool first = true;
        cn_buf_add_text(out, l ? ",\n  " : "\n  ");
        cn_buf_add_text(out, w->cytoscape ? "{\"data\": {" : "{");
        add_string(out, &first, "source", cn_entity_id(net, cn_link_from(net, l)));
        add_string(out, &first, "target", cn_entity_id(net, cn_link_to(net, l)));
        if (w->cytoscape) {
            cn_buf_add_text(out, ", \"id\": \"e");
            cn__format_u64(out, l);
            cn_buf_add_text(out, "\"");
        }
        cn_buf_add_text(out, ", \"key\": ");
        cn__format_u64(out, l);
        write_columns(w, &row, &first);
        cn_buf_add_text(out, w->cytoscape ? "}}" : "}");
        cn__flat_lose_direction(&w->flat, l);
        good = cn__save_flush(w->save);
    }
}

static cn_status write_json(cn__save *s, bool cytoscape) {
    writer w = {.save = s, .native = {.net = s->net}, .cytoscape = cytoscape};
    cn_buf *out = s->out;
    const char *name;
    const char *value;
    bool first = true;
    cn_status status = cn__flat_begin(&w.flat, s, CN__FLAT_BY_VALUE);
    if (status == CN_OK) {
        cn_buf_add_text(out, w.flat.undirected ? "{\"directed\": false, \"multigraph\": true, "
                                               : "{\"directed\": true, \"multigraph\": true, ");
        cn_buf_add_text(out, cytoscape ? "\"data\": {" : "\"graph\": {");
        for (size_t at = 0; cn__flat_graph(&w.flat, &at, &name, &value);) {
            add_string(out, &first, name, value);
        }
        cn_buf_add_text(out, cytoscape ? "},\n \"elements\": {\"nodes\": [" : "},\n \"nodes\": [");
        if (write_nodes(&w)) {
            cn_buf_add_text(out, cytoscape ? "],\n \"edges\": [" : "],\n \"links\": [");
            write_edges(&w);
        }
        cn_buf_add_text(out, cytoscape ? "]}}\n" : "]}\n");
        status = w.flat.no_memory || w.values.texts.failed ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&w.flat);
    cn_buf_release(&w.values.texts);
    return status;
}

cn_status cn__save_nodelink(cn__save *s) { return write_json(s, false); }
cn_status cn__save_cyjs(cn__save *s) { return write_json(s, true); }
