/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DOT (https://graphviz.org/doc/info/lang.html): the network as data, every attribute kept; for a drawing there is `coopnet draw`. The value
 * of a link is "value" here, as Graphviz takes "weight" for the straightness of a line. In a DOT string only the quote is escaped: a backslash
 * before a quote or at the end cannot stand, and is doubled. O(values).
 */
#include "flat.h"

#include <string.h>

typedef struct writer {
    cn__save *save;
    cn__flat flat;
} writer;

static void add_string(writer *w, const char *text, const char *what) {
    cn_buf *out = w->save->out;
    bool altered = false;
    cn_buf_add_text(out, "\"");
    for (; *text; text++) {
        bool risky = *text == '\\' && (text[1] == '"' || text[1] == '\0' || text[1] == '\n');
        altered = altered || risky;
        cn_buf_add_text(out, *text == '"' ? "\\" : risky ? "\\" : "");
        cn_buf_add(out, text, 1);
        cn_buf_add_text(out, risky && text[1] == '\n' ? " " : "");
    }
    cn_buf_add_text(out, "\"");
    if (altered) {
        cn__save_lose(w->save, CN_MSG_SAVE_ALTERED, "x", what, 1);
    }
}

static void write_values(writer *w, const cn__flat_table *table) {
    cn_buf *out = w->save->out;
    bool first = true;
    cn_buf_add_text(out, " [");
    for (size_t i = 0; i < table->count; i++) {
        const char *value = cn__flat_value(table, &table->columns[i]);
        const char *name = cn__flat_name(table, &table->columns[i]);
        if (value) {
            name = strcmp(name, "weight") == 0 ? "value" : strcmp(name, "name") == 0 ? "label" : name;
            cn_buf_add_text(out, first ? "" : ", ");
            add_string(w, name, name);
            cn_buf_add_text(out, "=");
            add_string(w, value, name);
            first = false;
        }
    }
    cn_buf_add_text(out, "];\n");
}

static bool write_nodes(writer *w) {
    bool good = true;
    for (cn_entity e = 0; e < cn_entity_count(w->save->net) && good; e++) {
        cn__flat_entity(&w->flat, e);
        cn_buf_add_text(w->save->out, "  ");
        add_string(w, cn_entity_id(w->save->net, e), "id");
        write_values(w, &w->flat.nodes);
        good = cn__save_flush(w->save);
    }
    return good;
}

static bool write_edges(writer *w) {
    const cn_network *net = w->save->net;
    bool good = true;
    for (cn_link l = 0; l < cn_link_count(net) && good; l++) {
        cn__flat_link(&w->flat, l);
        cn_buf_add_text(w->save->out, "  ");
        add_string(w, cn_entity_id(net, cn_link_from(net, l)), "id");
        cn_buf_add_text(w->save->out, w->flat.undirected ? " -- " : " -> ");
        add_string(w, cn_entity_id(net, cn_link_to(net, l)), "id");
        write_values(w, &w->flat.edges);
        cn__flat_lose_direction(&w->flat, l);
        good = cn__save_flush(w->save);
    }
    return good;
}

cn_status cn__save_dot(cn__save *s) {
    writer w = {.save = s};
    const char *name;
    const char *value;
    cn_status status = cn__flat_begin(&w.flat, s, CN__FLAT_AS_CELLS);
    if (status == CN_OK) {
        cn_buf_add_text(s->out, w.flat.undirected ? "graph {\n" : "digraph {\n");
        for (size_t at = 0; cn__flat_graph(&w.flat, &at, &name, &value);) {
            cn_buf_add_text(s->out, "  ");
            cn_buf_add_text(s->out, name);
            cn_buf_add_text(s->out, "=");
            add_string(&w, value, name);
            cn_buf_add_text(s->out, ";\n");
        }
        if (write_nodes(&w)) {
            (void)write_edges(&w);
        }
        cn_buf_add_text(s->out, "}\n");
        status = w.flat.no_memory ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&w.flat);
    return status;
}
