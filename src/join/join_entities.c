/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bodies of the result from what their records say. The first record that gives a single value decides, another value is a
 * conflict; lists are united; names that differ become aliases; `source` and `note` are strung together. A body of one record is copied
 * as it is. Invariant: `seen` holds what the earlier records of the present body gave. O(properties).
 */
#include "merge_impl.h"

#include "error.h"
#include "network_impl.h"
#include "number.h"
#include "utf8.h"

#include <string.h>

/* ---- a body of several records ---- */

typedef struct gathering {
    cn__joining *j;
    cn_entity entity;
    cn_entity_kind kind;
    const cn_prop *single[CN_FIELD_COUNT]; /* the value that decided */
    uint32_t single_input[CN_FIELD_COUNT];
    cn_buf strung[2]; /* source, note */
    cn__strmap seen;  /* values of lists, names, free attributes (value: member), items */
    cn_buf key;
    cn_buf folded;
} gathering;

static cn_status no_memory(const gathering *g) { return CN__NO_MEMORY(g->j->err); }

/* Whether a text under a field is new; then it is kept. */
static cn_status is_new(gathering *g, int field, const char *text, uint32_t value, bool *fresh, uint32_t *earlier) {
    g->key.len = 0;
    cn_buf_add(&g->key, (char[]){(char)(field + 1)}, 1);
    cn_buf_add_text(&g->key, text);
    if (g->key.failed) {
        return no_memory(g);
    }
    *earlier = cn__strmap_find(&g->seen, g->key.data, g->key.len);
    *fresh = *earlier == CN_NONE;
    return !*fresh || cn__strmap_add(&g->seen, g->key.data, g->key.len, value, NULL) ? CN_OK : no_memory(g);
}

/* A further name, unless the body has it already in some spelling. */
static cn_status add_alias(gathering *g, const char *text) {
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    g->folded.len = 0;
    cn__utf8_fold(&g->folded, text);
    if (g->folded.failed) {
        return no_memory(g);
    }
    cn_status status = is_new(g, CN_FIELD_ALIAS, g->folded.data, 0, &fresh, &earlier);
    return status == CN_OK && fresh
               ? cn_builder_add_text(g->j->builder, CN_OWNER_ENTITY, g->entity, CN_FIELD_ALIAS, text, g->j->err)
               : status;
}

static cn_status conflict(gathering *g, const cn_network *net, const cn_prop *prop, uint32_t input, const char *what) {
    cn__joining *j = g->j;
    cn_field field = (cn_field)prop->field;
    cn_buf kept = {0};
    cn__join_prop_text(j->inputs[g->single_input[field]].net, g->kind, g->single[field], &kept);
    cn__join_prop_text(net, g->kind, prop, &j->text);
    cn_status status = CN_OK;
    if (kept.failed || j->text.failed) {
        status = no_memory(g);
    } else {
        status = cn__merge_conflict(j, &(cn_merge_conflict){.owner = g->entity,
                                                            .field = what ? CN_FIELD_COUNT : field,
                                                            .what = what,
                                                            .kept = kept.data,
                                                            .other = j->text.data,
                                                            .kept_input = g->single_input[field],
                                                            .other_input = input});
    }
    cn_buf_release(&kept);
    return status;
}

/* Numbers that check go before those that do not, whatever the priority. */
static bool number_checks(const gathering *g, cn_field field, const cn_network *net, const cn_prop *prop) {
    const cn__matcher *m = &g->j->merge->matcher;
    const cn__body *root = &m->bodies[g->j->merge->members[g->j->merge->member_starts[g->entity]]];
    int number = field == CN_FIELD_INN ? CN__INN_NUMBER : field == CN_FIELD_OGRN ? CN__OGRN_NUMBER : CN__LEI_NUMBER;
    return root->numbers[number] && strcmp(root->numbers[number], cn_prop_text(net, prop)) == 0;
}

static bool is_number(cn_field field) {
    return field == CN_FIELD_INN || field == CN_FIELD_OGRN || field == CN_FIELD_LEI;
}

/* Half a place from one file and half from another would be a third place. */
static bool is_second_half(const gathering *g, cn_field field, uint32_t input) {
    cn_field other = field == CN_FIELD_LAT ? CN_FIELD_LON : CN_FIELD_LAT;
    return (field == CN_FIELD_LAT || field == CN_FIELD_LON) && g->single[other] && g->single_input[other] != input;
}

static cn_status take_single(gathering *g, const cn_network *net, const cn_prop *prop, uint32_t input) {
    cn_field field = (cn_field)prop->field;
    if (!g->single[field]) {
        if (!is_second_half(g, field, input)) {
            g->single[field] = prop;
            g->single_input[field] = input;
        }
        return CN_OK;
    }
    if (cn__join_same_prop(g->j->inputs[g->single_input[field]].net, g->single[field], net, prop)) {
        return CN_OK;
    }
    if (is_number(field) && number_checks(g, field, net, prop) &&
        !number_checks(g, field, g->j->inputs[g->single_input[field]].net, g->single[field])) {
        const cn_prop *worse = g->single[field];
        uint32_t worse_input = g->single_input[field];
        g->single[field] = prop;
        g->single_input[field] = input;
        return conflict(g, g->j->inputs[worse_input].net, worse, worse_input, NULL);
    }
    return conflict(g, net, prop, input, NULL);
}

static cn_status take_free(gathering *g, const cn_network *net, const cn_prop *prop, uint32_t input) {
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    cn_status status = is_new(g, CN_FIELD_X, cn_prop_x(net, prop), input, &fresh, &earlier);
    if (status != CN_OK || fresh) {
        return status == CN_OK ? cn__join_copy_prop(g->j, net, prop, CN_OWNER_ENTITY, g->entity) : status;
    }
    /* The earlier value: look for it in the record that gave it. */
    const cn__matcher *m = &g->j->merge->matcher;
    const cn_merge *merge = g->j->merge;
    for (uint32_t i = merge->member_starts[g->entity]; i < merge->member_starts[g->entity + 1]; i++) {
        size_t count;
        const cn__body *body = &m->bodies[merge->members[i]];
        const cn_network *there = g->j->inputs[body->input].net;
        const cn_prop *props = cn_entity_values(there, body->entity, CN_FIELD_X, &count);
        for (size_t k = 0; k < count; k++) {
            if (strcmp(cn_prop_x(there, &props[k]), cn_prop_x(net, prop)) == 0) {
                if (&props[k] == prop || cn__join_same_prop(there, &props[k], net, prop)) {
                    return CN_OK;
                }
                g->single[CN_FIELD_X] = &props[k];
                g->single_input[CN_FIELD_X] = body->input;
                g->key.len = 0;
                cn_buf_add_text(&g->key, "x.");
                cn_buf_add_text(&g->key, cn_prop_x(net, prop));
                return g->key.failed ? no_memory(g) : conflict(g, net, prop, input, g->key.data);
            }
        }
    }
    return CN_OK;
}

static cn_status string_together(gathering *g, cn_field field, const char *text) {
    cn_buf *whole = &g->strung[field == CN_FIELD_NOTE];
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    cn_status status = is_new(g, (int)field, text, 0, &fresh, &earlier);
    if (status == CN_OK && fresh) {
        cn_buf_add_text(whole, whole->len ? "; " : "");
        cn_buf_add_text(whole, text);
    }
    return whole->failed ? no_memory(g) : status;
}

/* The first short name is kept as such, others as further names. */
static cn_status take_short(gathering *g, const cn_network *net, const cn_prop *prop, uint32_t input) {
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    if (g->single[CN_FIELD_SHORT]) {
        return add_alias(g, cn_prop_text(net, prop));
    }
    g->single[CN_FIELD_SHORT] = prop;
    g->single_input[CN_FIELD_SHORT] = input;
    g->folded.len = 0;
    cn__utf8_fold(&g->folded, cn_prop_text(net, prop));
    return g->folded.failed ? no_memory(g) : is_new(g, CN_FIELD_ALIAS, g->folded.data, 0, &fresh, &earlier);
}

static cn_status take_prop(gathering *g, const cn_network *net, const cn_prop *prop, uint32_t input,
                           cn_entity_kind kind) {
    cn_field field = (cn_field)prop->field;
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    if (kind != g->kind && (field == CN_FIELD_TYPE || field == CN_FIELD_STATUS)) {
        g->j->merge->matcher.counts.links_unfit++; /* words of another vocabulary */
        return CN_OK;
    }
    if (field == CN_FIELD_ALIAS) {
        return add_alias(g, cn_prop_text(net, prop));
    }
    if (field == CN_FIELD_SHORT) {
        return take_short(g, net, prop, input);
    }
    if (field == CN_FIELD_SOURCE || field == CN_FIELD_NOTE) {
        return string_together(g, field, cn_prop_text(net, prop));
    }
    if (field == CN_FIELD_X) {
        return take_free(g, net, prop, input);
    }
    if (!cn__field_is_list(field)) {
        return take_single(g, net, prop, input);
    }
    cn__join_prop_text(net, g->kind, prop, &g->j->text);
    cn_status status = g->j->text.failed ? no_memory(g) : is_new(g, (int)field, g->j->text.data, 0, &fresh, &earlier);
    return status == CN_OK && fresh ? cn__join_copy_prop(g->j, net, prop, CN_OWNER_ENTITY, g->entity) : status;
}

static cn_status add_singles(gathering *g) {
    static const cn_field strung[] = {CN_FIELD_SOURCE, CN_FIELD_NOTE};
    cn_status status = CN_OK;
    for (int field = 0; field < CN_FIELD_COUNT && status == CN_OK; field++) {
        if (g->single[field] && field != CN_FIELD_X) {
            status = cn__join_copy_prop(g->j, g->j->inputs[g->single_input[field]].net, g->single[field],
                                        CN_OWNER_ENTITY, g->entity);
        }
    }
    for (size_t i = 0; i < 2 && status == CN_OK; i++) {
        if (g->strung[i].len) {
            status =
                cn_builder_add_text(g->j->builder, CN_OWNER_ENTITY, g->entity, strung[i], g->strung[i].data, g->j->err);
        }
    }
    return status;
}

/* ---- items ---- */

static bool same_number(double a, double b) { return a == b || (a != a && b != b); }

static void item_text(const cn_item *item, cn_buf *out) {
    if (item->value_minor != CN_MONEY_NONE) {
        cn_format_money_exact(out, item->value_minor);
    } else {
        cn_format_exact(out, item->number);
    }
}

static cn_status item_conflict(gathering *g, const cn_network *net, const cn_item *item, uint32_t input,
                               uint32_t earlier) {
    static const char *const names[] = {"makes", "needs", "plan", "fact"};
    cn__joining *j = g->j;
    const cn__body *body = &j->merge->matcher.bodies[earlier];
    const cn_network *there = j->inputs[body->input].net;
    size_t count;
    const cn_item *items = cn_entity_items(there, body->entity, item->kind, &count);
    const cn_item *kept = NULL;
    for (size_t i = 0; i < count && !kept; i++) {
        bool same = strcmp(cn_item_text(there, &items[i]), cn_item_text(net, item)) == 0 && items[i].year == item->year;
        kept = same && items[i].origin == item->origin ? &items[i] : NULL;
    }
    if (!kept || (kept->value_minor == item->value_minor && same_number(kept->number, item->number))) {
        return CN_OK;
    }
    cn_buf value = {0};
    j->text.len = 0;
    item_text(kept, &value);
    item_text(item, &j->text);
    g->key.len = 0;
    cn_buf_add_text(&g->key, names[item->kind]);
    cn_buf_add_text(&g->key, " ");
    cn_buf_add_text(&g->key, cn_item_text(net, item));
    cn_status status = value.failed || j->text.failed || g->key.failed
                           ? no_memory(g)
                           : cn__merge_conflict(j, &(cn_merge_conflict){.owner = g->entity,
                                                                        .field = CN_FIELD_COUNT,
                                                                        .what = g->key.data,
                                                                        .kept = value.data,
                                                                        .other = j->text.data,
                                                                        .kept_input = body->input,
                                                                        .other_input = input});
    cn_buf_release(&value);
    return status;
}

static cn_status add_item(cn__joining *j, const cn_network *net, const cn_item *item, cn_entity entity) {
    cn_item copy = *item;
    copy.owner = entity;
    return cn_builder_add_item(j->builder, &copy, cn_item_text(net, item), j->err);
}

/* The rows of one record; those that an earlier record has are compared only. */
static cn_status take_items(gathering *g, uint32_t member) {
    const cn__body *body = &g->j->merge->matcher.bodies[member];
    const cn_network *net = g->j->inputs[body->input].net;
    cn_status status = CN_OK;
    for (int kind = CN_ITEM_MAKES; kind <= CN_ITEM_FACT && status == CN_OK; kind++) {
        size_t count;
        const cn_item *items = cn_entity_items(net, body->entity, (cn_item_kind)kind, &count);
        for (size_t i = 0; i < count && status == CN_OK; i++) {
            bool fresh = false;
            uint32_t earlier = CN_NONE;
            cn_buf text = {0};
            cn__format_u64(&text, (uint64_t)items[i].origin);
            cn_buf_add_text(&text, "|");
            cn__format_i64(&text, items[i].year);
            cn_buf_add_text(&text, "|");
            cn_buf_add_text(&text, cn_item_text(net, &items[i]));
            status = text.failed ? no_memory(g) : is_new(g, CN_FIELD_COUNT + kind, text.data, member, &fresh, &earlier);
            cn_buf_release(&text);
            if (status == CN_OK && (fresh || earlier == member)) {
                status = add_item(g->j, net, &items[i], g->entity);
            } else if (status == CN_OK) {
                status = item_conflict(g, net, &items[i], body->input, earlier);
            }
        }
    }
    return status;
}

/* ---- entities ---- */

/* The first name that is more than an id. */
static const char *best_name(const cn_merge *merge, cn_entity entity, uint32_t *member) {
    const cn__matcher *m = &merge->matcher;
    for (uint32_t i = merge->member_starts[entity]; i < merge->member_starts[entity + 1]; i++) {
        if (m->bodies[merge->members[i]].own_name) {
            *member = merge->members[i];
            return cn__body_name(m, *member);
        }
    }
    *member = merge->members[merge->member_starts[entity]];
    return NULL;
}

/* An id that was written as a name, such as those of a lone table of links: it has blanks or letters beyond ASCII. */
static bool reads_as_name(const char *id) {
    for (; *id; id++) {
        if (*id == ' ' || (unsigned char)*id >= 0x80) {
            return true;
        }
    }
    return false;
}

static cn_status take_member(gathering *g, uint32_t member, uint32_t named) {
    cn__joining *j = g->j;
    const cn__body *body = &j->merge->matcher.bodies[member];
    const cn_network *net = j->inputs[body->input].net;
    cn_entity_kind kind = cn_entity_kind_of(net, body->entity);
    cn_status status = CN_OK;
    size_t count;
    if (kind != g->kind) {
        uint32_t first = j->merge->members[j->merge->member_starts[g->entity]];
        status = cn__merge_conflict(j, &(cn_merge_conflict){.owner = g->entity,
                                                            .field = CN_FIELD_COUNT,
                                                            .what = "kind",
                                                            .kept = cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)g->kind),
                                                            .other = cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)kind),
                                                            .kept_input = j->merge->matcher.bodies[first].input,
                                                            .other_input = body->input});
    }
    if (status == CN_OK && member != named && (body->own_name || reads_as_name(cn_entity_id(net, body->entity)))) {
        status = add_alias(g, cn_entity_name(net, body->entity));
    }
    const cn_prop *props = cn_entity_props(net, body->entity, &count);
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        status = take_prop(g, net, &props[i], body->input, kind);
    }
    return status == CN_OK ? take_items(g, member) : status;
}

/* At home in another country than that of the result: say so, or the body would move. */
static cn_status keep_home(gathering *g, uint32_t first) {
    const cn__matcher *m = &g->j->merge->matcher;
    const char *home = cn_network_country(g->j->inputs[m->bodies[first].input].net);
    for (size_t i = 0; i < m->input_count; i++) {
        const char *country = cn_network_country(g->j->inputs[i].net);
        if (country[0]) {
            bool moves = home[0] && strcmp(country, home) != 0 && !g->single[CN_FIELD_COUNTRY];
            moves = moves && (CN_KIND_BIT(g->kind) & (CN_K_ACTOR | CN_K_CLUSTER)) != 0;
            return moves ? cn_builder_add_text(g->j->builder, CN_OWNER_ENTITY, g->entity, CN_FIELD_COUNTRY, home,
                                               g->j->err)
                         : CN_OK;
        }
    }
    return CN_OK;
}

static cn_status gather(cn__joining *j, cn_entity entity, cn_entity_kind kind, uint32_t named) {
    const cn_merge *merge = j->merge;
    gathering g = {.j = j, .entity = entity, .kind = kind};
    bool fresh = false;
    uint32_t earlier = CN_NONE;
    cn__utf8_fold(&g.folded, cn__body_name(&merge->matcher, named));
    cn_status status = g.folded.failed ? no_memory(&g) : is_new(&g, CN_FIELD_ALIAS, g.folded.data, 0, &fresh, &earlier);
    for (uint32_t i = merge->member_starts[entity]; i < merge->member_starts[entity + 1] && status == CN_OK; i++) {
        status = take_member(&g, merge->members[i], named);
    }
    status = status == CN_OK ? add_singles(&g) : status;
    status = status == CN_OK ? keep_home(&g, merge->members[merge->member_starts[entity]]) : status;
    cn__strmap_release(&g.seen);
    cn_buf_release(&g.strung[0]);
    cn_buf_release(&g.strung[1]);
    cn_buf_release(&g.key);
    cn_buf_release(&g.folded);
    return status;
}

/* A body of one record. */
static cn_status copy_alone(cn__joining *j, cn_entity entity, cn_entity_kind kind, uint32_t member) {
    const cn__body *body = &j->merge->matcher.bodies[member];
    const cn_network *net = j->inputs[body->input].net;
    gathering g = {.j = j, .entity = entity, .kind = kind};
    cn_status status = CN_OK;
    size_t count;
    const cn_prop *props = cn_entity_props(net, body->entity, &count);
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        g.single[props[i].field] = &props[i];
        status = cn__join_copy_prop(j, net, &props[i], CN_OWNER_ENTITY, entity);
    }
    for (int item_kind = CN_ITEM_MAKES; item_kind <= CN_ITEM_FACT && status == CN_OK; item_kind++) {
        const cn_item *items = cn_entity_items(net, body->entity, (cn_item_kind)item_kind, &count);
        for (size_t i = 0; i < count && status == CN_OK; i++) {
            status = add_item(j, net, &items[i], entity);
        }
    }
    return status == CN_OK ? keep_home(&g, member) : status;
}

/* An id that is free: the record's own, else with the number of its input. */
static cn_status choose_id(cn__joining *j, uint32_t body, cn_entity entity, cn_buf *id) {
    cn_merge *merge = j->merge;
    const cn__body *b = &merge->matcher.bodies[body];
    id->len = 0;
    cn_buf_add_text(id, cn__body_id(&merge->matcher, body));
    if (id->failed || cn_builder_find(j->builder, id->data) == CN_NONE) {
        return id->failed ? CN__NO_MEMORY(j->err) : CN_OK;
    }
    while (!id->failed && cn_builder_find(j->builder, id->data) != CN_NONE) {
        cn_buf_add_text(id, "~");
        cn__format_u64(id, (uint64_t)b->input + 1);
    }
    if (id->failed ||
        !cn__grow((void **)&merge->renamed, &merge->renamed_cap, merge->renamed_count, 1, sizeof *merge->renamed)) {
        return CN__NO_MEMORY(j->err);
    }
    merge->renamed[merge->renamed_count++] = (cn_merge_renamed){b->input, b->entity, entity};
    return CN_OK;
}

cn_status cn__join_entities(cn__joining *j) {
    const cn_merge *merge = j->merge;
    cn_buf id = {0};
    cn_status status = CN_OK;
    for (cn_entity e = 0; e < merge->entity_count && status == CN_OK; e++) {
        uint32_t first = merge->members[merge->member_starts[e]];
        uint32_t named;
        cn_entity added;
        const char *name = best_name(merge, e, &named);
        cn_entity_kind kind = cn__body_kind(&merge->matcher, first);
        status = choose_id(j, first, e, &id);
        if (status == CN_OK && !name && merge->renamed_count && merge->renamed[merge->renamed_count - 1].into == e) {
            name = cn__body_id(&merge->matcher, first); /* its old id was its name */
        }
        status = status == CN_OK ? cn_builder_add_entity(j->builder, kind, id.data, name, &added, j->err) : status;
        status = status == CN_OK ? cn__match_step(&j->merge->matcher) : status;
        bool alone = merge->member_starts[e + 1] - merge->member_starts[e] == 1;
        status = status != CN_OK ? status : alone ? copy_alone(j, e, kind, first) : gather(j, e, kind, named);
    }
    cn_buf_release(&id);
    return status;
}
