/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The collecting of a foreign graph. Invariant: attributes of one owner form a chain from `first` to `last`; texts and names lie in
 * arenas, so that a node costs some 40 bytes and its texts. Limits are those of the load. O(1) a call, apart from the search for
 * an attribute of the same name at its owner, which has at most ATTRS_MAX.
 */
#include "foreign.h"

#include <string.h>

enum { ATTRS_MAX = 1000 };

void cn__foreign_begin(cn__foreign *f, cn__assembly *assembly, const char *file) {
    memset(f, 0, sizeof *f);
    f->assembly = assembly;
    f->load = assembly->load;
    f->file = file;
    f->errors_before = cn_diags_total(f->load->diags, CN_LEVEL_ERROR);
    f->graph.first = f->graph.last = CN_NONE;
}

bool cn__foreign_wanted(const cn__foreign *f) { return f->status == CN_OK && !f->load->stop; }

void cn__foreign_no_memory(cn__foreign *f) {
    if (f->status == CN_OK) {
        f->status = CN__NO_MEMORY(f->load->err);
    }
}

static void limit_reached(cn__foreign *f, cn_message message, uint64_t most, const char *option, cn__place place) {
    cn__digits limit;
    cn__report(f->load, f->file, place, message, 2, (const char *[]){cn__digits_of(&limit, most), option});
    f->load->stop = true;
}

/* A text that is already kept whole (the id of another node) is the same text: the arena may move while it grows. */
static uint32_t keep_text(cn__foreign *f, const char *text, size_t len) {
    uint32_t kept = 0;
    if (f->texts.bytes && text >= f->texts.bytes && text < f->texts.bytes + f->texts.len && text[len] == '\0') {
        return (uint32_t)(text - f->texts.bytes);
    }
    if (len > 0 && !cn__arena_add(&f->texts, text, len, &kept)) {
        cn__foreign_no_memory(f);
    }
    return kept;
}

uint32_t cn__foreign_find(const cn__foreign *f, const char *id, size_t len) {
    return cn__strmap_find(&f->ids, id, len);
}

const char *cn__foreign_id(const cn__foreign *f, uint32_t node) { return cn__arena_at(&f->texts, f->nodes[node].id); }

/* A node without id gets the first n1, n2 … that is free. */
static uint32_t name_empty(cn__foreign *f, cn__place place) {
    char name[24] = "n";
    cn__digits digits;
    for (uint64_t i = f->node_count;; i++) {
        const char *number = cn__digits_of(&digits, i);
        memcpy(name + 1, number, strlen(number) + 1);
        if (cn__foreign_find(f, name, strlen(name)) == CN_NONE) {
            break;
        }
    }
    CN__REPORT1(f->load, f->file, place, FOREIGN_EMPTY_ID, name);
    uint32_t node = cn__foreign_node(f, name, strlen(name), place);
    if (node != CN_NONE && !cn__strmap_add(&f->ids, "", 0, node, NULL)) {
        cn__foreign_no_memory(f);
    }
    return node;
}

uint32_t cn__foreign_node(cn__foreign *f, const char *id, size_t len, cn__place place) {
    if (!cn__foreign_wanted(f)) {
        return CN_NONE;
    }
    if (len > f->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(f->load, f->file, place, TEXT_TOO_LONG, "id", cn__digits_of(&limit, f->load->limits.max_text_bytes),
                    CN__OPTION_TEXT);
        return CN_NONE;
    }
    uint32_t earlier = cn__foreign_find(f, id, len);
    if (earlier != CN_NONE) {
        cn_buf where = {0};
        cn__place_text(&where, f->file, f->nodes[earlier].place);
        CN__REPORT2(f->load, f->file, place, DUPLICATE_ID, cn__foreign_id(f, earlier), where.data ? where.data : "");
        cn_buf_release(&where);
        return CN_NONE;
    }
    if (len == 0) {
        return name_empty(f, place);
    }
    if (f->node_count >= f->load->limits.max_entities) {
        limit_reached(f, CN_MSG_TOO_MANY_ENTITIES, f->load->limits.max_entities, CN__OPTION_ENTITIES, place);
        return CN_NONE;
    }
    uint32_t text = keep_text(f, id, len);
    if (!cn__grow((void **)&f->nodes, &f->node_cap, f->node_count, 1, sizeof *f->nodes) ||
        !cn__strmap_add(&f->ids, id, len, (uint32_t)f->node_count, NULL)) {
        cn__foreign_no_memory(f);
    }
    if (f->status != CN_OK) {
        return CN_NONE;
    }
    f->nodes[f->node_count] = (cn__foreign_thing){.id = text, .first = CN_NONE, .last = CN_NONE, .place = place};
    return (uint32_t)f->node_count++;
}

uint32_t cn__foreign_node_named(cn__foreign *f, const char *id, size_t len, cn__place place) {
    uint32_t node = cn__foreign_find(f, id, len);
    return node != CN_NONE ? node : cn__foreign_node(f, id, len, place);
}

uint32_t cn__foreign_edge(cn__foreign *f, const char *from, size_t from_len, const char *to, size_t to_len,
                          bool directed, cn__place place) {
    if (!cn__foreign_wanted(f)) {
        return CN_NONE;
    }
    if (f->edge_count >= f->load->limits.max_links) {
        limit_reached(f, CN_MSG_TOO_MANY_LINKS, f->load->limits.max_links, CN__OPTION_LINKS, place);
        return CN_NONE;
    }
    /* Of a known node the text is there already. */
    uint32_t source = cn__foreign_find(f, from, from_len);
    uint32_t target = cn__foreign_find(f, to, to_len);
    uint32_t source_text = source != CN_NONE ? f->nodes[source].id : keep_text(f, from, from_len);
    uint32_t target_text = target != CN_NONE ? f->nodes[target].id : keep_text(f, to, to_len);
    if (!cn__grow((void **)&f->edges, &f->edge_cap, f->edge_count, 1, sizeof *f->edges)) {
        cn__foreign_no_memory(f);
    }
    if (f->status != CN_OK) {
        return CN_NONE;
    }
    f->edges[f->edge_count] = (cn__foreign_thing){
        .id = source_text, .to = target_text, .first = CN_NONE, .last = CN_NONE, .directed = directed, .place = place};
    return (uint32_t)f->edge_count++;
}

static cn__foreign_thing *thing_at(cn__foreign *f, cn__foreign_part part, uint32_t number) {
    return part == CN__FOREIGN_GRAPH ? &f->graph : part == CN__FOREIGN_NODE ? &f->nodes[number] : &f->edges[number];
}

static uint32_t name_number(cn__foreign *f, const char *name, size_t len) {
    uint32_t number = cn__strmap_find(&f->names, name, len);
    if (number == CN_NONE) {
        number = (uint32_t)f->names.entry_count;
        if (!cn__strmap_add(&f->names, name, len, number, NULL)) {
            cn__foreign_no_memory(f);
        }
    }
    return number;
}

void cn__foreign_put(cn__foreign *f, cn__foreign_part part, uint32_t number, const char *name, size_t name_len,
                     const char *text, size_t len, cn__foreign_type type, cn__place place) {
    if (!cn__foreign_wanted(f) || (part != CN__FOREIGN_GRAPH && number == CN_NONE) || name_len == 0) {
        return;
    }
    if (len > f->load->limits.max_text_bytes || name_len > f->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(f->load, f->file, place, TEXT_TOO_LONG, len > name_len ? "value" : "name",
                    cn__digits_of(&limit, f->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return;
    }
    cn__foreign_thing *thing = thing_at(f, part, number);
    cn__foreign_attr attr = {
        name_number(f, name, name_len), keep_text(f, text, len), (uint32_t)len, CN_NONE, (uint32_t)type, place};
    for (uint32_t i = thing->first; i != CN_NONE && f->status == CN_OK; i = f->attrs[i].next) {
        if (f->attrs[i].name == attr.name) {
            attr.next = f->attrs[i].next;
            f->attrs[i] = attr;
            return;
        }
    }
    if (thing->attr_count == ATTRS_MAX) {
        cn__digits limit;
        CN__REPORT1(f->load, f->file, place, FOREIGN_TOO_MANY, cn__digits_of(&limit, ATTRS_MAX));
        f->load->stop = true;
        return;
    }
    if (f->attr_count >= CN_NONE - 1 ||
        !cn__grow((void **)&f->attrs, &f->attr_cap, f->attr_count, 1, sizeof *f->attrs)) {
        cn__foreign_no_memory(f);
    }
    if (f->status != CN_OK) {
        return;
    }
    uint32_t at = (uint32_t)f->attr_count++;
    f->attrs[at] = attr;
    *(thing->first == CN_NONE ? &thing->first : &f->attrs[thing->last].next) = at;
    thing->last = at;
    thing->attr_count++;
}

bool cn__foreign_has(const cn__foreign *f, cn__foreign_part part, uint32_t number, const char *name) {
    if (part != CN__FOREIGN_GRAPH && number == CN_NONE) {
        return false;
    }
    const cn__foreign_thing *thing = part == CN__FOREIGN_GRAPH  ? &f->graph
                                     : part == CN__FOREIGN_NODE ? &f->nodes[number]
                                                                : &f->edges[number];
    uint32_t known = cn__strmap_find(&f->names, name, strlen(name));
    for (uint32_t i = thing->first; i != CN_NONE && known != CN_NONE; i = f->attrs[i].next) {
        if (f->attrs[i].name == known) {
            return true;
        }
    }
    return false;
}

bool cn__foreign_declared_fits(cn__foreign *f, uint64_t count, size_t len, cn__place place) {
    cn__digits digits;
    if (count > f->load->limits.max_entities) {
        limit_reached(f, CN_MSG_TOO_MANY_ENTITIES, f->load->limits.max_entities, CN__OPTION_ENTITIES, place);
        return false;
    }
    if (count > 1000 + (uint64_t)len) {
        CN__REPORT1(f->load, f->file, place, FOREIGN_DECLARED, cn__digits_of(&digits, count));
        f->load->stop = true;
        return false;
    }
    return true;
}

cn_status cn__foreign_end(cn__foreign *f) {
    bool clean = cn_diags_total(f->load->diags, CN_LEVEL_ERROR) == f->errors_before;
    cn_status status = f->status == CN_OK && clean && !f->load->stop ? cn__foreign_records(f) : f->status;
    cn__arena_release(&f->texts);
    cn__strmap_release(&f->names);
    cn__strmap_release(&f->ids);
    cn__free(f->nodes);
    cn__free(f->edges);
    cn__free(f->attrs);
    memset(f, 0, sizeof *f);
    return status;
}
