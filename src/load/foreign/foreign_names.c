/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of attributes that other programs use for what a network has fields for, and names that are understood at all. A walk of short
 * tables; asked once for each name and section.
 */
#include "foreign_names.h"

#include "utf8.h"

#include <string.h>

/* Written name, and the field it means. Compared in folded form. */
static const char *const node_names[][2] = {{"label", "name"}, {"title", "name"},       {"start", "since"},
                                            {"end", "until"},  {"latitude", "lat"},     {"longitude", "lon"},
                                            {"lng", "lon"},    {"description", "note"}, {"shared name", "name"}};
static const char *const edge_names[][2] = {
    {"weight", "value"}, {"start", "since"}, {"end", "until"}, {"вес", "value"}, {"fact_source", "source"}};
static const char *const graph_names[][2] = {
    {"name", "title"}, {"label", "title"}, {"description", "note"}, {"comment", "note"}};

/* Attributes that tell the kind. */
static const char *const kind_names[] = {"kind", "type", "вид", "тип", "interaction", "relation"};
/* Names that a file's own structure uses. */
static const char *const taken[] = {"id", "source", "target", "from", "to", "key", "links", "x", "parent"};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *other_name(const cn__section *section, const char *folded) {
    bool edge = section->shape == CN__SHAPE_LINK;
    bool graph = section->shape == CN__SHAPE_NETWORK;
    const char *const(*names)[2] = edge ? edge_names : graph ? graph_names : node_names;
    size_t count = edge ? COUNT_OF(edge_names) : graph ? COUNT_OF(graph_names) : COUNT_OF(node_names);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i][0], folded) == 0) {
            return names[i][1];
        }
    }
    return NULL;
}

const cn__column *cn__foreign_column(const cn__section *section, const char *name, cn_buf *folded, cn_buf *scratch) {
    folded->len = 0;
    cn__utf8_fold(folded, name);
    if (folded->failed || !folded->data || strncmp(name, "x.", 2) == 0) {
        return NULL;
    }
    const char *other = other_name(section, folded->data);
    const cn__column *column =
        other ? cn__column_find(section, other) : cn__column_find_header(section, folded->data, scratch);
    bool structure = column && (column->to == CN__TO_ID || column->to == CN__TO_PARENT ||
                                (column->to == CN__TO_SPEC && column->type == CN__REF));
    return structure ? NULL : column;
}

bool cn__foreign_tells_kind(const char *folded) {
    for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
        if (strcmp(kind_names[i], folded) == 0) {
            return true;
        }
    }
    return false;
}

bool cn__foreign_reserved(const char *name) {
    cn_buf folded = {0};
    cn_buf scratch = {0};
    cn__utf8_fold(&folded, name);
    bool found = folded.failed || strncmp(name, "x.", 2) == 0 || cn__foreign_tells_kind(folded.data);
    for (size_t i = 0; i < COUNT_OF(taken) && !found; i++) {
        found = strcmp(taken[i], folded.data) == 0;
    }
    for (int id = 0; id < CN__SECTION_COUNT && !found; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        bool row = section->shape == CN__SHAPE_ENTITY || section->shape == CN__SHAPE_LINK;
        found = row && cn__foreign_column(section, name, &folded, &scratch) != NULL;
    }
    cn_buf_release(&folded);
    cn_buf_release(&scratch);
    return found;
}
