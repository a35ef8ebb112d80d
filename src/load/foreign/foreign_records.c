/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a collected foreign graph to records. Each node becomes a row of the section of its kind, each edge one of `links`; what an
 * attribute is for is looked up once for each name and section. A value is first tried against its field, its findings set aside: where it
 * does not fit, it is kept as a free attribute, since a file of another program is not wrong by our rules.
 * O(attributes), and each value is converted twice.
 */
#include "foreign.h"

#include "convert.h"
#include "foreign_kinds.h"
#include "foreign_names.h"
#include "json_value.h"
#include "number.h"
#include "utf8.h"

#include <string.h>

#define UNASKED UINT32_MAX
#define FREE_COLUMN (UINT32_MAX - 1)

typedef struct maker {
    cn__foreign *f;
    cn_diags *aside;       /* findings of tries */
    uint32_t *columns;     /* [section][name]: index, FREE_COLUMN or UNASKED */
    cn_entity_kind *kinds; /* of nodes */
    cn__foreign_kinds told;
    cn__draft draft;
    cn_buf folded;
    cn_buf scratch;
    cn_buf json;
    bool told_undirected;
} maker;

static cn_status no_memory(const maker *m) { return CN__NO_MEMORY(m->f->load->err); }

static const char *attr_name(const maker *m, const cn__foreign_attr *attr) {
    const cn__strmap *names = &m->f->names;
    return cn__arena_at(&names->keys, names->entries[attr->name].key);
}

static const char *attr_text(const maker *m, const cn__foreign_attr *attr) {
    return cn__arena_at(&m->f->texts, attr->text);
}

static const char *fold(maker *m, const char *text) {
    m->folded.len = 0;
    cn__utf8_fold(&m->folded, text);
    return m->folded.failed ? "" : m->folded.data;
}

/* ---- kinds ---- */

/* The kind that a node or edge gives itself; -1: none. `*used`: the attribute that says no more than that. */
static int told_kind(maker *m, const cn__foreign_thing *thing, bool edge, uint32_t *used) {
    *used = CN_NONE;
    for (uint32_t i = thing->first; i != CN_NONE; i = m->f->attrs[i].next) {
        const cn__foreign_attr *attr = &m->f->attrs[i];
        bool is_type;
        int kind = cn__foreign_told(&m->told, edge, attr_name(m, attr), attr_text(m, attr), &is_type);
        if (kind >= 0) {
            *used = is_type ? CN_NONE : i;
            return kind;
        }
    }
    return -1;
}

/* ---- cells ---- */

static uint32_t free_column(const cn__section *section) {
    uint32_t i = 0;
    while (i < section->column_count && section->columns[i].to != CN__TO_X) {
        i++;
    }
    return i;
}

static uint32_t column_of(maker *m, const cn__section *section, const cn__foreign_attr *attr) {
    uint32_t *known = &m->columns[(size_t)section->id * m->f->names.entry_count + attr->name];
    if (*known == UNASKED) {
        const cn__column *column = cn__foreign_column(section, attr_name(m, attr), &m->folded, &m->scratch);
        *known = column ? (uint32_t)(column - section->columns) : FREE_COLUMN;
    }
    return *known;
}

/* The value as JSON, for a free attribute. */
static void make_json(maker *m, const cn__foreign_attr *attr) {
    const char *text = attr_text(m, attr);
    double number;
    m->json.len = 0;
    bool as_it_is = false;
    switch ((cn__foreign_type)attr->owner_type) {
    case CN__FOREIGN_NUMBER:
        as_it_is = attr->len < 64 && cn__parse_double(text, attr->len, &number) == CN__PARSE_OK;
        break;
    case CN__FOREIGN_FLAG: {
        bool yes = strcmp(text, "1") == 0 || strcmp(fold(m, text), "true") == 0;
        if (yes || strcmp(text, "0") == 0 || strcmp(fold(m, text), "false") == 0) {
            cn_buf_add_text(&m->json, yes ? "true" : "false");
            return;
        }
        break;
    }
    case CN__FOREIGN_JSON:
        as_it_is = cn__json_is_value(text, attr->len);
        break;
    case CN__FOREIGN_CELL:
        cn__json_of_cell(&m->json, text, attr->len);
        return;
    case CN__FOREIGN_TEXT:
        break;
    }
    if (as_it_is) {
        cn_buf_add(&m->json, text, attr->len);
    } else {
        cn_json_string(&m->json, text);
    }
}

static cn__record record_of(const maker *m, const cn__section *section, cn__place place) {
    return (cn__record){section, m->f->file, m->draft.texts.bytes, m->draft.cells, m->draft.cell_count, CN_NONE, place};
}

static bool has_cell(const maker *m, const cn__section *section, const cn__column *column) {
    cn__record record = record_of(m, section, (cn__place){0, 0});
    return cn__record_cell(&record, column->to, column->index) != NULL;
}

/* Would the last cell of the draft be taken? What is found is set aside. */
static bool fits(maker *m, const cn__section *section, const cn__column *column) {
    cn__load *load = m->f->load;
    cn__record record = record_of(m, section, (cn__place){0, 0});
    const cn__cell *cell = &m->draft.cells[m->draft.cell_count - 1];
    const char *text = cn__cell_text(&record, cell);
    if (column->type == CN__REF) {
        return cn__foreign_find(m->f, text, strlen(text)) != CN_NONE;
    }
    if (column->to == CN__TO_NET && column->index == CN__NET_CURRENCY) {
        return strlen(text) == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    }
    cn_diags *diags = load->diags;
    unsigned suggestions = load->suggestions;
    cn__value value;
    load->diags = m->aside;
    bool good = cn__convert(load, &record, cell, &value);
    load->diags = diags;
    load->suggestions = suggestions;
    bool negative = (column->type == CN__MONEY && value.minor < 0) ||
                    (column->to == CN__TO_FIELD && column->index == CN_FIELD_QUANTITY && value.number < 0);
    return good && !negative;
}

static cn_status add_free(maker *m, const cn__section *section, const cn__foreign_attr *attr) {
    const char *name = attr_name(m, attr);
    uint32_t column = free_column(section);
    if (column == section->column_count) {
        CN__REPORT1(m->f->load, m->f->file, attr->place, FOREIGN_NOT_READ, name);
        return CN_OK;
    }
    name += strncmp(name, "x.", 2) == 0 && name[2] ? 2 : 0;
    make_json(m, attr);
    bool kept = !m->json.failed && cn__draft_add(&m->draft, column, name, m->json.data, m->json.len, attr->place);
    return kept ? CN_OK : no_memory(m);
}

/* The texts of a JSON list for a field that is a list. */
static bool add_items(maker *m, const cn__section *section, uint32_t index, const cn__foreign_attr *attr,
                      cn_status *status) {
    const char *at = attr_text(m, attr);
    size_t before = m->draft.cell_count;
    bool good = *at == '[' && cn__json_is_value(at, attr->len);
    for (at += good; good && *at != ']' && *status == CN_OK;) {
        const char *from = at;
        good = *from == '"';
        for (at++; good && *at != '"'; at++) {
            at += *at == '\\';
        }
        at += good;
        m->json.len = 0;
        if (good) {
            cn__json_decode(&m->json, from, (size_t)(at - from));
        }
        good = good && (m->json.len > 0 || m->json.failed);
        if (good &&
            (m->json.failed || !cn__draft_add(&m->draft, index, NULL, m->json.data, m->json.len, attr->place))) {
            *status = no_memory(m);
        }
        good = good && *status == CN_OK && fits(m, section, &section->columns[index]);
        at += strspn(at, " \t\r\n,");
    }
    if (!good) {
        m->draft.cell_count = before;
    }
    return good;
}

/* A value for a field: several where the field is a list. False: it does not fit, and nothing was added. */
static bool add_field(maker *m, const cn__section *section, uint32_t index, const cn__foreign_attr *attr,
                      cn_status *status) {
    const cn__column *column = &section->columns[index];
    bool list = (column->flags & CN__LIST) != 0;
    const char *text = attr_text(m, attr);
    size_t before = m->draft.cell_count;
    bool good = true;
    if (attr->owner_type == CN__FOREIGN_JSON) {
        return list && add_items(m, section, index, attr, status);
    }
    for (size_t from = 0; from <= attr->len && good && *status == CN_OK;) {
        size_t len = list ? strcspn(text + from, "|") : attr->len;
        if (len > 0) {
            bool kept = cn__draft_add(&m->draft, index, NULL, text + from, len, attr->place);
            *status = kept ? CN_OK : no_memory(m);
            good = kept && fits(m, section, column);
        }
        from += len + 1;
    }
    if (!good) {
        m->draft.cell_count = before;
    }
    return good;
}

static cn_status add_attr(maker *m, const cn__section *section, const cn__foreign_attr *attr) {
    uint32_t index = column_of(m, section, attr);
    cn_status status = m->folded.failed || m->scratch.failed ? no_memory(m) : CN_OK;
    if (status != CN_OK || index == FREE_COLUMN) {
        return status == CN_OK ? add_free(m, section, attr) : status;
    }
    const cn__column *column = &section->columns[index];
    if (attr->len == 0) {
        return CN_OK; /* an empty field is not given */
    }
    if (has_cell(m, section, column)) { /* “label” beside “name”; a period is said by its own fields */
        bool period = strcmp(attr_name(m, attr), "start") == 0 || strcmp(attr_name(m, attr), "end") == 0;
        return period ? CN_OK : add_free(m, section, attr);
    }
    if (add_field(m, section, index, attr, &status) || status != CN_OK) {
        return status;
    }
    CN__REPORT2(m->f->load, m->f->file, attr->place, FOREIGN_KEPT_FREE, attr_text(m, attr), column->key);
    return add_free(m, section, attr);
}

/* Attributes whose name is the field's own come first, so that they take it before one that only means it. */
static cn_status add_attrs(maker *m, const cn__section *section, const cn__foreign_thing *thing, uint32_t used) {
    cn_status status = CN_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = thing->first; i != CN_NONE && status == CN_OK; i = m->f->attrs[i].next) {
            const cn__foreign_attr *attr = &m->f->attrs[i];
            uint32_t index = column_of(m, section, attr);
            bool own = index < section->column_count && strcmp(section->columns[index].key, attr_name(m, attr)) == 0;
            bool kind = index < section->column_count && section->columns[index].to == CN__TO_SPEC &&
                        section->columns[index].index == CN__SPEC_KIND;
            if (i != used && own == (pass == 0)) {
                status = kind ? add_free(m, section, attr) : add_attr(m, section, attr);
            }
        }
    }
    return status;
}

static cn_status add_text(maker *m, const cn__section *section, cn__to to, int index, const char *text,
                          cn__place place) {
    for (uint32_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].to == to && section->columns[i].index == index) {
            return cn__draft_add(&m->draft, i, NULL, text, strlen(text), place) ? CN_OK : no_memory(m);
        }
    }
    return CN_OK;
}

static cn_status take(maker *m, const cn__section *section, cn__place place) {
    cn__record record = record_of(m, section, place);
    return cn__assembly_take(m->f->assembly, &record, NULL);
}

/* ---- records ---- */

static cn_status make_node(maker *m, uint32_t node) {
    const cn__foreign_thing *thing = &m->f->nodes[node];
    uint32_t used;
    int told = told_kind(m, thing, false, &used);
    m->kinds[node] = told < 0 ? CN_ENTITY_COMPANY : (cn_entity_kind)told;
    const cn__section *section = cn__section_of_kind(m->kinds[node]);
    cn__draft_begin(&m->draft);
    cn_status status = add_text(m, section, CN__TO_ID, 0, cn__arena_at(&m->f->texts, thing->id), thing->place);
    status = status == CN_OK ? add_attrs(m, section, thing, used) : status;
    return status == CN_OK ? take(m, section, thing->place) : status;
}

static cn_entity_kind kind_of_end(const maker *m, const char *id) {
    uint32_t node = cn__foreign_find(m->f, id, strlen(id));
    return node == CN_NONE ? CN_ENTITY_COMPANY : m->kinds[node];
}

static cn_status make_edge(maker *m, const cn__foreign_thing *edge) {
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    const char *from = cn__arena_at(&m->f->texts, edge->id);
    const char *to = cn__arena_at(&m->f->texts, edge->to);
    cn_entity_kind from_kind = kind_of_end(m, from);
    cn_entity_kind to_kind = kind_of_end(m, to);
    if (strcmp(from, to) == 0) {
        CN__REPORT1(m->f->load, m->f->file, edge->place, FOREIGN_SELF_LOOP, from);
        return CN_OK;
    }
    uint32_t used;
    int told = told_kind(m, edge, true, &used);
    if (told >= 0 && !cn__foreign_allowed((cn_link_kind)told, from_kind, to_kind) &&
        (edge->directed || !cn__foreign_allowed((cn_link_kind)told, to_kind, from_kind))) {
        CN__REPORT2(m->f->load, m->f->file, edge->place, FOREIGN_KEPT_FREE, cn_vocabulary_key(CN_VOC_LINK_KIND, told),
                    "kind");
        told = -1; /* the ends are of other kinds, perhaps as the format could not tell theirs */
        used = CN_NONE;
    }
    cn_link_kind kind = told < 0 ? cn__foreign_default_kind(edge->directed, from_kind, to_kind) : (cn_link_kind)told;
    if (told < 0 && !edge->directed && !m->told_undirected) {
        CN__REPORT0(m->f->load, m->f->file, edge->place, FOREIGN_UNDIRECTED);
        m->told_undirected = true;
    }
    bool turned = !edge->directed && !cn__foreign_allowed(kind, from_kind, to_kind) &&
                  cn__foreign_allowed(kind, to_kind, from_kind);
    cn__draft_begin(&m->draft);
    cn_status status = add_text(m, section, CN__TO_SPEC, CN__SPEC_FROM, turned ? to : from, edge->place);
    status = status == CN_OK ? add_text(m, section, CN__TO_SPEC, CN__SPEC_TO, turned ? from : to, edge->place) : status;
    status = status == CN_OK ? add_text(m, section, CN__TO_SPEC, CN__SPEC_KIND,
                                        cn_vocabulary_key(CN_VOC_LINK_KIND, (int)kind), edge->place)
                             : status;
    status = status == CN_OK ? add_attrs(m, section, edge, used) : status;
    return status == CN_OK ? take(m, section, edge->place) : status;
}

static cn_status make_network(maker *m) {
    const cn__section *section = cn__section_at(CN__SECTION_NETWORK);
    cn__draft_begin(&m->draft);
    cn_status status = add_attrs(m, section, &m->f->graph, CN_NONE);
    return status == CN_OK && m->draft.cell_count > 0 ? take(m, section, m->f->graph.place) : status;
}

/* ---- clusters of a partition ---- */

static const cn__foreign_attr *group_of(maker *m, uint32_t node) {
    for (uint32_t i = m->f->nodes[node].first; i != CN_NONE; i = m->f->attrs[i].next) {
        if (m->f->attrs[i].len > 0 && strcmp(attr_name(m, &m->f->attrs[i]), m->f->load->clusters_from) == 0) {
            return &m->f->attrs[i];
        }
    }
    return NULL;
}

/* The id of a group's cluster: its name; with the attribute before it where a node has that id. */
static const char *group_id(maker *m, const cn__foreign_attr *group) {
    m->json.len = 0;
    if (cn__foreign_find(m->f, attr_text(m, group), group->len) != CN_NONE) {
        cn_buf_add_text(&m->json, m->f->load->clusters_from);
        cn_buf_add_text(&m->json, ":");
    }
    cn_buf_add(&m->json, attr_text(m, group), group->len);
    return m->json.failed ? "" : m->json.data;
}

/* One cluster for each value, in the order of the nodes. */
static cn_status make_clusters(maker *m) {
    const cn__section *section = cn__section_at(CN__SECTION_CLUSTERS);
    cn__strmap seen = {0};
    cn_status status = CN_OK;
    for (uint32_t node = 0; node < m->f->node_count && status == CN_OK; node++) {
        const cn__foreign_attr *group = group_of(m, node);
        if (!group || cn__strmap_find(&seen, attr_text(m, group), group->len) != CN_NONE) {
            continue;
        }
        cn__draft_begin(&m->draft);
        status = cn__strmap_add(&seen, attr_text(m, group), group->len, node, NULL) ? CN_OK : no_memory(m);
        status = status == CN_OK ? add_text(m, section, CN__TO_ID, 0, group_id(m, group), group->place) : status;
        status = status == CN_OK ? add_text(m, section, CN__TO_NAME, 0, attr_text(m, group), group->place) : status;
        status = status == CN_OK ? take(m, section, group->place) : status;
    }
    if (seen.entry_count == 0 && status == CN_OK) {
        CN__REPORT1(m->f->load, m->f->file, ((cn__place){0, 0}), FOREIGN_NO_GROUPS, m->f->load->clusters_from);
    }
    cn__strmap_release(&seen);
    return status;
}

static cn_status make_members(maker *m) {
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    cn_status status = CN_OK;
    for (uint32_t node = 0; node < m->f->node_count && status == CN_OK; node++) {
        const cn__foreign_attr *group = group_of(m, node);
        if (!group || !cn__foreign_allowed(CN_LINK_MEMBER, m->kinds[node], CN_ENTITY_CLUSTER)) {
            continue;
        }
        cn__draft_begin(&m->draft);
        status = add_text(m, section, CN__TO_SPEC, CN__SPEC_FROM, cn__foreign_id(m->f, node), group->place);
        status =
            status == CN_OK ? add_text(m, section, CN__TO_SPEC, CN__SPEC_TO, group_id(m, group), group->place) : status;
        status = status == CN_OK ? add_text(m, section, CN__TO_SPEC, CN__SPEC_KIND, "member", group->place) : status;
        status = status == CN_OK ? take(m, section, group->place) : status;
    }
    return status;
}

/* ---- all ---- */

static cn_status make_all(maker *m) {
    const cn__foreign *f = m->f;
    cn_status status = make_network(m);
    for (uint32_t node = 0; node < f->node_count && status == CN_OK && !f->load->stop; node++) {
        status = make_node(m, node);
    }
    if (status == CN_OK && f->load->clusters_from && f->node_count > 0) {
        status = make_clusters(m);
    }
    status = status == CN_OK && !f->load->stop ? cn__assembly_entities_done(f->assembly) : status;
    for (size_t i = 0; i < f->edge_count && status == CN_OK && !f->load->stop; i++) {
        status = make_edge(m, &f->edges[i]);
    }
    if (status == CN_OK && f->load->clusters_from && !f->load->stop) {
        status = make_members(m);
    }
    return status;
}

cn_status cn__foreign_records(cn__foreign *f) {
    maker m = {.f = f};
    size_t cells = (size_t)CN__SECTION_COUNT * f->names.entry_count;
    cn_status status = cn_diags_create(&m.aside, f->load->err);
    m.columns = cn__alloc(cells, sizeof *m.columns);
    m.kinds = cn__calloc(f->node_count, sizeof *m.kinds);
    if (!m.columns || !m.kinds) {
        status = no_memory(&m);
    }
    if (status == CN_OK) {
        memset(m.columns, 0xFF, cells * sizeof *m.columns);
        status = make_all(&m);
    }
    bool complete = status != CN_OK || (cn_diags_complete(m.aside) && !m.told.no_memory);
    status = complete ? status : no_memory(&m);
    cn__foreign_kinds_release(&m.told);
    cn_diags_free(m.aside);
    cn__free(m.columns);
    cn__free(m.kinds);
    cn__draft_release(&m.draft);
    cn_buf_release(&m.folded);
    cn_buf_release(&m.scratch);
    cn_buf_release(&m.json);
    return status;
}
