/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formats that hold little more than who and how much: Pajek (ids as labels, values, kinds as relations) and Matrix Market (numbers of the
 * entities and values; several links of the same two stand there as several entries). Everything else is lost and named. O(links).
 */
#include "flat.h"
#include "number.h"

#include <string.h>

/* Count every attribute but those the format writes. */
static void lose_attributes(cn__flat *flat, bool link_kinds) {
    const cn__flat_table *tables[2] = {&flat->nodes, &flat->edges};
    static const char *const sections[2] = {"nodes", "links"};
    const cn_network *net = flat->save->net;
    for (int part = 0; part < 2; part++) {
        uint32_t count = part ? cn_link_count(net) : cn_entity_count(net);
        for (uint32_t i = 0; i < count && cn__save_step(flat->save); i++) {
            if (part) {
                cn__flat_link(flat, i);
            } else {
                cn__flat_entity(flat, i);
            }
            for (size_t c = 0; c < tables[part]->count; c++) {
                const char *name = cn__flat_name(tables[part], &tables[part]->columns[c]);
                const char *value = cn__flat_value(tables[part], &tables[part]->columns[c]);
                bool usual = strcmp(name, "kind") == 0 && value &&
                             (part ? link_kinds || strcmp(value, "supply") == 0 : strcmp(value, "company") == 0);
                bool written = (part && strcmp(name, "weight") == 0) || usual;
                if (value && !written) {
                    cn__save_lose(flat->save, CN_MSG_SAVE_LOST, sections[part], name, 1);
                }
            }
        }
    }
    const char *name;
    const char *value;
    for (size_t at = 0; cn__flat_graph(flat, &at, &name, &value);) {
        if (!(link_kinds && strcmp(name, "title") == 0)) {
            cn__save_lose(flat->save, CN_MSG_SAVE_LOST, "network", name, 1);
        }
    }
}

/* A label: Pajek knows no way to write a quote or a line end in it. */
static void add_label(cn__save *s, const char *text) {
    bool altered = false;
    cn_buf_add_text(s->out, "\"");
    for (; *text; text++) {
        bool odd = *text == '"' || *text == '\n' || *text == '\r';
        cn_buf_add_text(s->out, odd ? (*text == '"' ? "'" : " ") : "");
        cn_buf_add(s->out, text, odd ? 0 : 1);
        altered = altered || odd;
    }
    cn_buf_add_text(s->out, "\"");
    if (altered) {
        cn__save_lose(s, CN_MSG_SAVE_ALTERED, "nodes", "id", 1);
    }
}

static void add_pair(cn__flat *flat, cn_link l, uint32_t base, bool always) {
    const cn_network *net = flat->save->net;
    cn_buf *out = flat->save->out;
    cn__format_u64(out, (uint64_t)cn_link_from(net, l) + base);
    cn_buf_add_text(out, " ");
    cn__format_u64(out, (uint64_t)cn_link_to(net, l) + base);
    if (cn_link_value_minor(net, l) != CN_MONEY_NONE) {
        cn_buf_add_text(out, " ");
        (void)cn__link_value_text(out, net, l);
    } else if (always) {
        cn_buf_add_text(out, " 1");
    }
    cn_buf_add_text(out, "\n");
}

/* Are all links supplies, or all agreements? They are what arcs and edges without a relation are read as, and igraph reads no relations. */
static bool needs_no_relation(const cn_network *net) {
    return cn_link_count(net) == cn_link_count_of(net, CN_LINK_SUPPLY) ||
           cn_link_count(net) == cn_link_count_of(net, CN_LINK_AGREEMENT);
}

static void write_relations(cn__flat *flat) {
    const cn_network *net = flat->save->net;
    cn_buf *out = flat->save->out;
    bool bare = needs_no_relation(net);
    for (int kind = 0, number = 1; kind < CN_LINK_KIND_COUNT; kind++) {
        if (cn_link_count_of(net, (cn_link_kind)kind) == 0) {
            continue;
        }
        cn_buf_add_text(out, cn_link_kind_directed((cn_link_kind)kind) ? "*Arcs" : "*Edges");
        if (!bare) {
            cn_buf_add_text(out, " :");
            cn__format_u64(out, (uint64_t)number++);
            cn_buf_add_text(out, " \"");
            cn_buf_add_text(out, cn_vocabulary_key(CN_VOC_LINK_KIND, kind));
            cn_buf_add_text(out, "\"");
        }
        cn_buf_add_text(out, "\n");
        bool good = true;
        for (cn_link l = 0; l < cn_link_count(net) && good; l++) {
            if ((int)cn_link_kind_of(net, l) == kind) {
                add_pair(flat, l, 1, false);
                good = cn__save_flush(flat->save);
            }
        }
    }
}

cn_status cn__save_pajek(cn__save *s) {
    cn__flat flat;
    s->passes = 1; /* for what is lost, besides those of the flat tables */
    cn_status status = cn__flat_begin(&flat, s, CN__FLAT_BY_COLUMN);
    if (status == CN_OK) {
        if (*cn_network_title(s->net)) {
            cn_buf_add_text(s->out, "*Network ");
            for (const char *c = cn_network_title(s->net); *c; c++) {
                cn_buf_add(s->out, *c == '\n' || *c == '\r' ? " " : c, 1);
            }
            cn_buf_add_text(s->out, "\n");
        }
        cn_buf_add_text(s->out, "*Vertices ");
        cn__format_u64(s->out, cn_entity_count(s->net));
        cn_buf_add_text(s->out, "\n");
        bool good = true;
        for (cn_entity e = 0; e < cn_entity_count(s->net) && good; e++) {
            cn__format_u64(s->out, (uint64_t)e + 1);
            cn_buf_add_text(s->out, " ");
            add_label(s, cn_entity_id(s->net, e));
            cn_buf_add_text(s->out, "\n");
            good = cn__save_flush(s);
        }
        write_relations(&flat);
        lose_attributes(&flat, true);
        status = flat.no_memory ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&flat);
    return status;
}

cn_status cn__save_mtx(cn__save *s) {
    cn__flat flat;
    s->passes = 1; /* for what is lost, besides those of the flat tables */
    cn_status status = cn__flat_begin(&flat, s, CN__FLAT_BY_COLUMN);
    if (status == CN_OK) {
        cn_buf_add_text(s->out, "%%MatrixMarket matrix coordinate real general\n");
        cn__format_u64(s->out, cn_entity_count(s->net));
        cn_buf_add_text(s->out, " ");
        cn__format_u64(s->out, cn_entity_count(s->net));
        cn_buf_add_text(s->out, " ");
        cn__format_u64(s->out, cn_link_count(s->net));
        cn_buf_add_text(s->out, "\n");
        bool good = true;
        for (cn_link l = 0; l < cn_link_count(s->net) && good; l++) {
            add_pair(&flat, l, 1, true);
            if (cn_link_value_minor(s->net, l) == CN_MONEY_NONE) {
                cn__save_lose(s, CN_MSG_SAVE_ALTERED, "links", "value", 1);
            }
            good = cn__save_flush(s);
        }
        cn__save_lose(s, CN_MSG_SAVE_LOST, "nodes", "id", cn_entity_count(s->net));
        lose_attributes(&flat, false);
        status = flat.no_memory ? CN__NO_MEMORY(s->err) : CN_OK;
    }
    cn__flat_release(&flat);
    return status;
}
