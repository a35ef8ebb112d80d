/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GEXF 1.2 (https://gexf.net/schema.html): attributes, weights, periods as start and end, colours by cluster, and by kind for what is in none.
 * A date that says only the year or month stands there with its first (or last) day, and as it is in the attribute since or until. O(values).
 */
#include "flat.h"
#include "number.h"

#include <stdio.h>
#include <string.h>

/* Okabe and Ito, told apart by all eyes; and one colour for each kind. */
static const unsigned char cluster_colours[][3] = {{230, 159, 0}, {86, 180, 233}, {0, 158, 115},  {240, 228, 66},
                                                   {0, 114, 178}, {213, 94, 0},   {204, 121, 167}};
static const unsigned char kind_colours[CN_ENTITY_KIND_COUNT][3] = {
    {120, 144, 156}, {66, 66, 66}, {171, 71, 188}, {141, 110, 99}, {92, 107, 192}, {38, 166, 154}, {189, 189, 189}};

typedef struct writer {
    cn__save *save;
    cn__flat flat;
    cn_entity *cluster; /* of each entity: itself, the first cluster it is in, or CN_NONE */
} writer;

/* Attributes that GEXF has places of its own for. */
static bool has_place(const char *name, bool edge) { return strcmp(name, edge ? "weight" : "name") == 0; }

static void write_titles(writer *w, const cn__flat_table *table, bool edge) {
    cn_buf *out = w->save->out;
    cn_buf_add_text(out, edge ? "    <attributes class=\"edge\" mode=\"static\">\n"
                              : "    <attributes class=\"node\" mode=\"static\">\n");
    for (size_t i = 0; i < table->count; i++) {
        const char *name = cn__flat_name(table, &table->columns[i]);
        if (!has_place(name, edge)) {
            cn_buf_add_text(out, "      <attribute id=\"");
            cn__format_u64(out, i);
            cn_buf_add_text(out, "\" title=\"");
            cn__flat_add_xml(&w->flat, name, edge ? "links" : "nodes", "x");
            cn_buf_add_text(out, "\" type=\"");
            cn_buf_add_text(out, cn__flat_xml_type(&table->columns[i]));
            cn_buf_add_text(out, "\"/>\n");
        }
    }
    cn_buf_add_text(out, "    </attributes>\n");
}

static void write_values(writer *w, const cn__flat_table *table, bool edge) {
    cn_buf *out = w->save->out;
    cn_buf_add_text(out, "        <attvalues>\n");
    for (size_t i = 0; i < table->count; i++) {
        const char *name = cn__flat_name(table, &table->columns[i]);
        const char *value = cn__flat_value(table, &table->columns[i]);
        bool day = value && strlen(value) == 10 && (strcmp(name, "since") == 0 || strcmp(name, "until") == 0);
        if (value && !has_place(name, edge) && !day) {
            cn_buf_add_text(out, "          <attvalue for=\"");
            cn__format_u64(out, i);
            cn_buf_add_text(out, "\" value=\"");
            cn__flat_add_xml(&w->flat, value, edge ? "links" : "nodes", name);
            cn_buf_add_text(out, "\"/>\n");
        }
    }
    cn_buf_add_text(out, "        </attvalues>\n");
}

static void add_day(cn_buf *out, const char *attribute, const char *date, bool last) {
    cn_date given = date ? cn_date_parse(date) : CN_DATE_NONE;
    if (given == CN_DATE_NONE) {
        return;
    }
    cn_date day =
        (cn_date)((uint32_t)(last ? cn_date_last_day(given) : cn_date_first_day(given)) << 2 | CN_PRECISION_DAY);
    cn_buf_add_text(out, attribute);
    cn_format_date_iso(out, day);
    cn_buf_add_text(out, "\"");
}

static void add_period(cn_buf *out, const cn__flat_table *table) {
    add_day(out, " start=\"", cn__flat_named(table, "since"), false);
    add_day(out, " end=\"", cn__flat_named(table, "until"), true);
}

static void write_colour(writer *w, cn_entity e) {
    const cn_network *net = w->save->net;
    const unsigned char *c = kind_colours[cn_entity_kind_of(net, e)];
    if (w->cluster[e] != CN_NONE) {
        c = cluster_colours[w->cluster[e] % (sizeof cluster_colours / sizeof *cluster_colours)];
    }
    char text[80];
    (void)snprintf(text, sizeof text, "        <viz:color r=\"%d\" g=\"%d\" b=\"%d\"/>\n", c[0], c[1], c[2]);
    cn_buf_add_text(w->save->out, text);
}

static bool write_nodes(writer *w) {
    cn_buf *out = w->save->out;
    bool good = true;
    cn_buf_add_text(out, "    <nodes>\n");
    for (cn_entity e = 0; e < cn_entity_count(w->save->net) && good; e++) {
        cn__flat_entity(&w->flat, e);
        cn_buf_add_text(out, "      <node id=\"");
        cn__flat_add_xml(&w->flat, cn_entity_id(w->save->net, e), "nodes", "id");
        cn_buf_add_text(out, "\" label=\"");
        cn__flat_add_xml(&w->flat, cn_entity_name(w->save->net, e), "nodes", "name");
        cn_buf_add_text(out, "\"");
        add_period(out, &w->flat.nodes);
        cn_buf_add_text(out, ">\n");
        write_values(w, &w->flat.nodes, false);
        write_colour(w, e);
        cn_buf_add_text(out, "      </node>\n");
        good = cn__save_flush(w->save);
    }
    cn_buf_add_text(out, "    </nodes>\n");
    return good;
}

static bool write_edges(writer *w) {
    const cn_network *net = w->save->net;
    cn_buf *out = w->save->out;
    bool good = true;
    cn_buf_add_text(out, "    <edges>\n");
    for (cn_link l = 0; l < cn_link_count(net) && good; l++) {
        cn__flat_link(&w->flat, l);
        const char *weight = cn__flat_named(&w->flat.edges, "weight");
        bool mixed = !w->flat.undirected && !cn_link_kind_directed(cn_link_kind_of(net, l));
        cn_buf_add_text(out, "      <edge id=\"");
        cn__format_u64(out, l);
        cn_buf_add_text(out, "\" source=\"");
        (void)cn__xml_add(out, cn_entity_id(net, cn_link_from(net, l)));
        cn_buf_add_text(out, "\" target=\"");
        (void)cn__xml_add(out, cn_entity_id(net, cn_link_to(net, l)));
        cn_buf_add_text(out, "\"");
        cn_buf_add_text(out, mixed ? " type=\"undirected\"" : "");
        if (weight) {
            cn_buf_add_text(out, " weight=\"");
            cn_buf_add_text(out, weight);
            cn_buf_add_text(out, "\"");
        }
        add_period(out, &w->flat.edges);
        cn_buf_add_text(out, ">\n");
        write_values(w, &w->flat.edges, true);
        cn_buf_add_text(out, "      </edge>\n");
        good = cn__save_flush(w->save);
    }
    cn_buf_add_text(out, "    </edges>\n");
    return good;
}

static void find_clusters(writer *w) {
    const cn_network *net = w->save->net;
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        w->cluster[e] = cn_entity_kind_of(net, e) == CN_ENTITY_CLUSTER ? e : CN_NONE;
    }
    for (cn_link l = cn_link_count(net); l > 0; l--) {
        if (cn_link_kind_of(net, l - 1) == CN_LINK_MEMBER) {
            w->cluster[cn_link_from(net, l - 1)] = cn_link_to(net, l - 1);
        }
    }
}

/* Of the network GEXF has a place for two things. */
static void write_meta(writer *w) {
    cn_buf *out = w->save->out;
    const char *name;
    const char *value;
    cn_buf_add_text(out, "  <meta>\n    <creator>coopnet</creator>\n    <description>");
    cn__flat_add_xml(&w->flat, cn_network_note(w->save->net), "network", "note");
    cn_buf_add_text(out, "</description>\n  </meta>\n  <graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"");
    cn_buf_add_text(out, w->flat.undirected ? "undirected" : "directed");
    cn_buf_add_text(out, "\" name=\"");
    cn__flat_add_xml(&w->flat, cn_network_title(w->save->net), "network", "title");
    cn_buf_add_text(out, "\">\n");
    for (size_t at = 0; cn__flat_graph(&w->flat, &at, &name, &value);) {
        if (strcmp(name, "title") != 0 && strcmp(name, "note") != 0) {
            cn__save_lose(w->save, CN_MSG_SAVE_LOST, "network", name, 1);
        }
    }
}

cn_status cn__save_gexf(cn__save *s) {
    writer w = {.save = s, .cluster = cn__alloc(cn_entity_count(s->net), sizeof(cn_entity))};
    cn_status status = cn__flat_begin(&w.flat, s, CN__FLAT_BY_COLUMN);
    if (status == CN_OK && w.cluster) {
        find_clusters(&w);
        cn_buf_add_text(s->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<gexf xmlns=\"http://www.gexf.net/1.2draft\" "
                                "xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n");
        write_meta(&w);
        write_titles(&w, &w.flat.nodes, false);
        write_titles(&w, &w.flat.edges, true);
        if (write_nodes(&w)) {
            (void)write_edges(&w);
        }
        cn_buf_add_text(s->out, "  </graph>\n</gexf>\n");
    }
    status = status == CN_OK && (!w.cluster || w.flat.no_memory) ? CN__NO_MEMORY(s->err) : status;
    cn__flat_release(&w.flat);
    cn__free(w.cluster);
    return status;
}
