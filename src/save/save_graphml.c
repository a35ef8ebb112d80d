/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GraphML (http://graphml.graphdrawing.org/specification.html): typed keys, nodes by id, edges. Where a network has links without direction
 * beside others, all edges are written with one, since igraph and networkx read no mixed graphs; the kind says what they are. O(values).
 */
#include "flat.h"
#include "number.h"

#include <string.h>

typedef struct writer {
    cn__save *save;
    cn__flat flat;
} writer;

static void add_key(writer *w, char letter, size_t number) {
    cn_buf_add(w->save->out, &letter, 1);
    cn__format_u64(w->save->out, number);
}

static void write_keys(writer *w, const cn__flat_table *table, char letter, const char *part) {
    cn_buf *out = w->save->out;
    for (size_t i = 0; i < table->count; i++) {
        cn_buf_add_text(out, "  <key id=\"");
        add_key(w, letter, i);
        cn_buf_add_text(out, "\" for=\"");
        cn_buf_add_text(out, part);
        cn_buf_add_text(out, "\" attr.name=\"");
        cn__flat_add_xml(&w->flat, cn__flat_name(table, &table->columns[i]), part, "x");
        cn_buf_add_text(out, "\" attr.type=\"");
        cn_buf_add_text(out, cn__flat_xml_type(&table->columns[i]));
        cn_buf_add_text(out, "\"/>\n");
    }
}

static void write_data(writer *w, const cn__flat_table *table, char letter, const char *section) {
    for (size_t i = 0; i < table->count; i++) {
        const char *value = cn__flat_value(table, &table->columns[i]);
        if (value) {
            cn_buf_add_text(w->save->out, "      <data key=\"");
            add_key(w, letter, i);
            cn_buf_add_text(w->save->out, "\">");
            cn__flat_add_xml(&w->flat, value, section, cn__flat_name(table, &table->columns[i]));
            cn_buf_add_text(w->save->out, "</data>\n");
        }
    }
}

static void write_graph(writer *w) {
    cn_buf *out = w->save->out;
    const char *name;
    const char *value;
    size_t at = 0;
    size_t number = 0;
    while (cn__flat_graph(&w->flat, &at, &name, &value)) {
        cn_buf_add_text(out, "  <key id=\"");
        add_key(w, 'g', at);
        cn_buf_add_text(out, "\" for=\"graph\" attr.name=\"");
        cn_buf_add_text(out, name);
        cn_buf_add_text(out, "\" attr.type=\"string\"/>\n");
    }
    write_keys(w, &w->flat.nodes, 'n', "node");
    write_keys(w, &w->flat.edges, 'e', "edge");
    cn_buf_add_text(out, w->flat.undirected ? "  <graph edgedefault=\"undirected\">\n"
                                            : "  <graph edgedefault=\"directed\">\n");
    for (at = 0, number = 0; cn__flat_graph(&w->flat, &at, &name, &value); number++) {
        cn_buf_add_text(out, "    <data key=\"");
        add_key(w, 'g', at);
        cn_buf_add_text(out, "\">");
        cn__flat_add_xml(&w->flat, value, "network", name);
        cn_buf_add_text(out, "</data>\n");
    }
}

static bool write_nodes(writer *w) {
    cn_buf *out = w->save->out;
    bool good = true;
    for (cn_entity e = 0; e < cn_entity_count(w->save->net) && good; e++) {
        cn__flat_entity(&w->flat, e);
        cn_buf_add_text(out, "    <node id=\"");
        cn__flat_add_xml(&w->flat, cn_entity_id(w->save->net, e), "nodes", "id");
        cn_buf_add_text(out, "\">\n");
        write_data(w, &w->flat.nodes, 'n', "nodes");
        cn_buf_add_text(out, "    </node>\n");
        good = cn__save_flush(w->save);
    }
    return good;
}

static bool write_edges(writer *w) {
    const cn_network *net = w->save->net;
    cn_buf *out = w->save->out;
    bool good = true;
    for (cn_link l = 0; l < cn_link_count(net) && good; l++) {
        cn__flat_link(&w->flat, l);
        cn_buf_add_text(out, "    <edge source=\"");
        (void)cn__xml_add(out, cn_entity_id(net, cn_link_from(net, l)));
        cn_buf_add_text(out, "\" target=\"");
        (void)cn__xml_add(out, cn_entity_id(net, cn_link_to(net, l)));
        cn_buf_add_text(out, "\">\n");
        write_data(w, &w->flat.edges, 'e', "links");
        cn_buf_add_text(out, "    </edge>\n");
        cn__flat_lose_direction(&w->flat, l);
        good = cn__save_flush(w->save);
    }
    return good;
}

cn_status cn__save_graphml(cn__save *s) {
    writer w = {.save = s};
    cn_status status = cn__flat_begin(&w.flat, s, CN__FLAT_BY_COLUMN);
    if (status == CN_OK) {
        cn_buf_add_text(s->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        write_graph(&w);
        if (write_nodes(&w)) {
            (void)write_edges(&w);
        }
        cn_buf_add_text(s->out, "  </graph>\n</graphml>\n");
        status = w.flat.no_memory ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&w.flat);
    return status;
}
