/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GML (Himsolt 1997) in ASCII, as networkx and igraph want it: nodes are numbers and the id is their label; other characters are entities
 * (&#1047;), and in the name of a key, which takes only letters and digits, _0433_. Flags are the words true and false. O(values).
 */
#include "flat.h"
#include "number.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
    cn__save *save;
    cn__flat flat;
} writer;

static void add_string(cn_buf *out, const char *text) {
    cn_buf_add_text(out, "\"");
    while (*text) {
        const char *start = text;
        uint32_t code = cn__utf8_next(&text);
        if (code >= 0x20 && code < 0x7F && code != '"' && code != '&') {
            cn_buf_add(out, start, 1);
        } else {
            cn_buf_add_text(out, "&#");
            cn__format_u64(out, code);
            cn_buf_add_text(out, ";");
        }
    }
    cn_buf_add_text(out, "\"");
}

static bool is_letter(uint32_t code) { return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'); }

static void add_name(cn_buf *out, const char *name) {
    if (!is_letter((unsigned char)*name)) {
        cn_buf_add_text(out, "x_002E_"); /* "x.": a free attribute all the same */
    }
    while (*name) {
        uint32_t code = cn__utf8_next(&name);
        char text[12];
        bool plain = is_letter(code) || (code >= '0' && code <= '9') || code == '_';
        (void)snprintf(text, sizeof text, plain ? "%c" : "_%04X_", (int)code);
        cn_buf_add_text(out, text);
    }
}

static void write_pair(cn_buf *out, const char *name, const char *value, cn__flat_type type) {
    cn_buf_add_text(out, "    ");
    add_name(out, name);
    cn_buf_add_text(out, " ");
    if (type == CN__FLAT_NUMBER || type == CN__FLAT_WHOLE) {
        cn_buf_add_text(out, value);
    } else {
        add_string(out, value);
    }
    cn_buf_add_text(out, "\n");
}

static void write_values(writer *w, const cn__flat_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        const char *value = cn__flat_value(table, &table->columns[i]);
        bool word = value && (strcmp(value, "true") == 0 || strcmp(value, "false") == 0);
        if (word && table->columns[i].type != CN__FLAT_FLAG) { /* read back as a flag */
            cn__save_lose(w->save, CN_MSG_SAVE_ALTERED, "x", cn__flat_name(table, &table->columns[i]), 1);
        }
        if (value) {
            write_pair(w->save->out, cn__flat_name(table, &table->columns[i]), value, table->columns[i].type);
        }
    }
}

static bool write_nodes(writer *w) {
    cn_buf *out = w->save->out;
    bool good = true;
    for (cn_entity e = 0; e < cn_entity_count(w->save->net) && good; e++) {
        cn__flat_entity(&w->flat, e);
        cn_buf_add_text(out, "  node [\n    id ");
        cn__format_u64(out, e);
        cn_buf_add_text(out, "\n    label ");
        add_string(out, cn_entity_id(w->save->net, e));
        cn_buf_add_text(out, "\n");
        write_values(w, &w->flat.nodes);
        cn_buf_add_text(out, "  ]\n");
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
        cn_buf_add_text(out, "  edge [\n    source ");
        cn__format_u64(out, cn_link_from(net, l));
        cn_buf_add_text(out, "\n    target ");
        cn__format_u64(out, cn_link_to(net, l));
        cn_buf_add_text(out, "\n");
        write_values(w, &w->flat.edges);
        cn_buf_add_text(out, "  ]\n");
        cn__flat_lose_direction(&w->flat, l);
        good = cn__save_flush(w->save);
    }
    return good;
}

/* Two links of the same ends: networkx reads such a file only when it says so. */
static bool has_parallel(cn__flat *flat) {
    const cn_network *net = flat->save->net;
    cn__strmap seen = {0};
    bool found = false;
    for (cn_link l = 0; l < cn_link_count(net) && !found && !flat->no_memory; l++) {
        cn_entity from = cn_link_from(net, l);
        cn_entity to = cn_link_to(net, l);
        bool swap = flat->undirected && from > to;
        cn_entity ends[2] = {swap ? to : from, swap ? from : to};
        found = cn__strmap_find(&seen, (const char *)ends, sizeof ends) != CN_NONE;
        flat->no_memory = !found && !cn__strmap_add(&seen, (const char *)ends, sizeof ends, 0, NULL);
    }
    cn__strmap_release(&seen);
    return found;
}

cn_status cn__save_gml(cn__save *s) {
    writer w = {.save = s};
    const char *name;
    const char *value;
    cn_status status = cn__flat_begin(&w.flat, s, CN__FLAT_BY_COLUMN);
    if (status == CN_OK) {
        cn_buf_add_text(s->out, "Creator \"coopnet\"\ngraph [\n");
        cn_buf_add_text(s->out, w.flat.undirected ? "    directed 0\n" : "    directed 1\n");
        cn_buf_add_text(s->out, has_parallel(&w.flat) ? "    multigraph 1\n" : "");
        for (size_t at = 0; cn__flat_graph(&w.flat, &at, &name, &value);) {
            write_pair(s->out, name, value, CN__FLAT_TEXT);
        }
        if (write_nodes(&w)) {
            (void)write_edges(&w);
        }
        cn_buf_add_text(s->out, "]\n");
        status = w.flat.no_memory ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&w.flat);
    return status;
}
