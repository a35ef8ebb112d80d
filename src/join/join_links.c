/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The links of the result. A link of a later input that says the same as one of an earlier input is counted once; within one input
 * parallel links are kept as they are, so that the k-th of equal ones meets the k-th. “The same” is
 *   of flows and agreements  ends, kind, product, period and source
 *   of states (membership, ownership …)  ends and kind, and periods that are equal, open or overlap: there the sources may differ
 * Invariant: slots are in the order of the inputs; those of one key form a list, and `met_by` tells which input met a slot last. At most
 * CN_MERGE_BLOCK slots of one key are looked at. O(links).
 */
#include "merge_impl.h"

#include "error.h"
#include "strmap.h"

#include <math.h>
#include <string.h>

/* A link of the result while it is made. */
typedef struct slot {
    cn_link_spec spec;
    uint32_t input; /* that gave it first */
    cn_link link;
    uint32_t met_by; /* the last input that said the same; at first its own */
    uint32_t next;   /* slot with the same key */
    uint32_t more;   /* further properties: first in `extras` */
} slot;

/* A property that a later input adds to a slot. */
typedef struct extra {
    uint32_t input;
    uint32_t next;
    const cn_prop *prop;
} extra;

typedef struct linking {
    cn__joining *j;
    slot *slots;
    size_t count, cap;
    extra *extras;
    size_t extra_count, extra_cap;
    cn__strmap keys; /* → first slot + list */
    uint32_t *last;  /* by key: its last slot */
    size_t last_cap;
    cn_buf key;
} linking;

static cn_status no_memory(const linking *l) { return CN__NO_MEMORY(l->j->err); }

/* Something that lasts, of which a second report says nothing new. */
static bool is_state(cn_link_kind kind) {
    return kind != CN_LINK_SUPPLY && kind != CN_LINK_SERVICE && kind != CN_LINK_SUPPORTS && kind != CN_LINK_AGREEMENT;
}

static cn_link_spec spec_of(const linking *l, uint32_t input, cn_link link) {
    const cn_network *net = l->j->inputs[input].net;
    const uint32_t *into = l->j->merge->into + l->j->merge->matcher.offsets[input];
    return (cn_link_spec){.from = into[cn_link_from(net, link)],
                          .to = into[cn_link_to(net, link)],
                          .kind = cn_link_kind_of(net, link),
                          .status = cn_link_status_of(net, link),
                          .role = cn_link_role(net, link),
                          .value_minor = cn_link_value_minor(net, link),
                          .product = cn_link_product(net, link),
                          .source = cn_link_source(net, link),
                          .since = cn_link_since(net, link),
                          .until = cn_link_until(net, link)};
}

static bool make_key(cn_buf *key, const cn_link_spec *spec) {
    bool turned = !cn_link_kind_directed(spec->kind) && spec->from > spec->to;
    const uint32_t head[] = {(uint32_t)spec->kind, turned ? spec->to : spec->from, turned ? spec->from : spec->to,
                             spec->since, spec->until};
    key->len = 0;
    if (is_state(spec->kind)) {
        cn_buf_add(key, head, 3 * sizeof *head);
    } else {
        cn_buf_add(key, head, sizeof head);
        cn_buf_add(key, spec->product, strlen(spec->product) + 1);
        cn_buf_add(key, spec->source, strlen(spec->source));
    }
    return !key->failed;
}

/* May two periods of a state be one? */
static bool periods_meet(const cn_link_spec *a, const cn_link_spec *b) {
    bool a_ends_first = a->until && b->since && cn_date_last_day(a->until) < cn_date_first_day(b->since);
    bool b_ends_first = b->until && a->since && cn_date_last_day(b->until) < cn_date_first_day(a->since);
    return !a_ends_first && !b_ends_first;
}

/* The slot of an earlier input that this link repeats, or CN_NONE. */
static uint32_t find_slot(const linking *l, uint32_t first, const cn_link_spec *spec, uint32_t input) {
    unsigned steps = 0;
    for (uint32_t s = first; s != CN_NONE && steps < CN_MERGE_BLOCK; s = l->slots[s].next, steps++) {
        const slot *at = &l->slots[s];
        bool met = at->input == input || at->met_by == input;
        bool roles = !at->spec.role || !spec->role || at->spec.role == spec->role || !is_state(spec->kind);
        if (!met && roles && (!is_state(spec->kind) || periods_meet(&at->spec, spec))) {
            return s;
        }
    }
    return CN_NONE;
}

static cn_status add_slot(linking *l, const cn_link_spec *spec, uint32_t input, cn_link link) {
    uint32_t at = (uint32_t)l->count;
    if (l->count >= CN_NONE - 1) {
        return CN__FAIL1(l->j->err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "links");
    }
    if (!cn__grow((void **)&l->slots, &l->cap, l->count, 1, sizeof *l->slots)) {
        return no_memory(l);
    }
    l->slots[l->count++] = (slot){*spec, input, link, input, CN_NONE, CN_NONE};
    uint32_t key = cn__strmap_find(&l->keys, l->key.data, l->key.len);
    if (key == CN_NONE) {
        key = at;
        if (!cn__strmap_add(&l->keys, l->key.data, l->key.len, at, NULL)) {
            return no_memory(l);
        }
    } else {
        l->slots[l->last[key]].next = at;
    }
    if (!cn__grow((void **)&l->last, &l->last_cap, at, 1, sizeof *l->last)) {
        return no_memory(l);
    }
    l->last[key] = at;
    return CN_OK;
}

/* ---- two reports of one link ---- */

static cn_status conflict(linking *l, uint32_t at, cn_field field, const char *what, const char *kept,
                          const char *other, uint32_t input) {
    return cn__merge_conflict(l->j, &(cn_merge_conflict){.of_link = true,
                                                         .owner = at,
                                                         .field = field,
                                                         .what = what,
                                                         .kept = kept,
                                                         .other = other,
                                                         .kept_input = l->slots[at].input,
                                                         .other_input = input});
}

static cn_status join_word(linking *l, uint32_t at, cn_vocabulary words, int *kept, int other, uint32_t input,
                           cn_field field) {
    if (*kept == 0) {
        *kept = other;
        return CN_OK;
    }
    return other == 0 || other == *kept
               ? CN_OK
               : conflict(l, at, field, NULL, cn_vocabulary_key(words, *kept), cn_vocabulary_key(words, other), input);
}

static cn_status join_date(linking *l, uint32_t at, cn_date *kept, cn_date other, uint32_t input, cn_field field) {
    cn_buf texts[2] = {{0}, {0}};
    if (*kept == CN_DATE_NONE || other == CN_DATE_NONE || *kept == other) {
        *kept = *kept ? *kept : other;
        return CN_OK;
    }
    cn_format_date_iso(&texts[0], *kept);
    cn_format_date_iso(&texts[1], other);
    cn_status status = texts[0].failed || texts[1].failed
                           ? no_memory(l)
                           : conflict(l, at, field, NULL, texts[0].data, texts[1].data, input);
    cn_buf_release(&texts[0]);
    cn_buf_release(&texts[1]);
    return status;
}

static cn_status join_value(linking *l, uint32_t at, int64_t other, uint32_t input) {
    int64_t *kept = &l->slots[at].spec.value_minor;
    cn_buf texts[2] = {{0}, {0}};
    if (*kept == CN_MONEY_NONE || other == CN_MONEY_NONE || *kept == other) {
        *kept = *kept == CN_MONEY_NONE ? other : *kept;
        return CN_OK;
    }
    cn_format_money_exact(&texts[0], *kept);
    cn_format_money_exact(&texts[1], other);
    cn_status status = texts[0].failed || texts[1].failed
                           ? no_memory(l)
                           : conflict(l, at, CN_FIELD_COUNT, "value", texts[0].data, texts[1].data, input);
    cn_buf_release(&texts[0]);
    cn_buf_release(&texts[1]);
    return status;
}

/* A property of the slot under this field (and name), or NULL. */
static const cn_prop *slot_prop(const linking *l, uint32_t at, const cn_network *net, const cn_prop *wanted,
                                uint32_t *input) {
    const slot *s = &l->slots[at];
    size_t count;
    const cn_prop *props = cn_link_props(l->j->inputs[s->input].net, s->link, &count);
    for (size_t i = 0; i < count; i++) {
        bool named = wanted->field != CN_FIELD_X ||
                     strcmp(cn_prop_x(l->j->inputs[s->input].net, &props[i]), cn_prop_x(net, wanted)) == 0;
        if (props[i].field == wanted->field && named) {
            *input = s->input;
            return &props[i];
        }
    }
    for (uint32_t e = s->more; e != CN_NONE; e = l->extras[e].next) {
        const extra *x = &l->extras[e];
        bool named = wanted->field != CN_FIELD_X ||
                     strcmp(cn_prop_x(l->j->inputs[x->input].net, x->prop), cn_prop_x(net, wanted)) == 0;
        if (x->prop->field == wanted->field && named) {
            *input = x->input;
            return x->prop;
        }
    }
    return NULL;
}

static cn_status join_prop(linking *l, uint32_t at, uint32_t input, const cn_prop *prop) {
    const cn_network *net = l->j->inputs[input].net;
    uint32_t kept_input = 0;
    const cn_prop *kept = slot_prop(l, at, net, prop, &kept_input);
    if (!kept) {
        if (!cn__grow((void **)&l->extras, &l->extra_cap, l->extra_count, 1, sizeof *l->extras)) {
            return no_memory(l);
        }
        l->extras[l->extra_count] = (extra){input, l->slots[at].more, prop};
        l->slots[at].more = (uint32_t)l->extra_count++;
        return CN_OK;
    }
    if (prop->field == CN_FIELD_FINE_VALUE || cn__join_same_prop(l->j->inputs[kept_input].net, kept, net, prop)) {
        return CN_OK; /* a difference of unrounded values shows in the rounded ones, or is none */
    }
    cn_buf text = {0};
    cn__join_prop_text(l->j->inputs[kept_input].net, CN_ENTITY_COMPANY, kept, &text);
    cn__join_prop_text(net, CN_ENTITY_COMPANY, prop, &l->j->text);
    const char *what = prop->field == CN_FIELD_X ? cn_prop_x(net, prop) : cn_field_key((cn_field)prop->field);
    cn_status status = text.failed || l->j->text.failed
                           ? no_memory(l)
                           : conflict(l, at, CN_FIELD_COUNT, what, text.data, l->j->text.data, input);
    cn_buf_release(&text);
    return status;
}

static cn_status join_link(linking *l, uint32_t at, const cn_link_spec *spec, uint32_t input, cn_link link) {
    slot *s = &l->slots[at];
    int word = (int)s->spec.status;
    size_t count;
    const cn_prop *props = cn_link_props(l->j->inputs[input].net, link, &count);
    bool had_value = s->spec.value_minor != CN_MONEY_NONE;
    s->met_by = input;
    l->j->merge->matcher.counts.links_twice++;
    cn_status status = join_word(l, at, CN_VOC_LINK_STATUS, &word, (int)spec->status, input, CN_FIELD_STATUS);
    s->spec.status = (cn_link_status)word;
    word = (int)s->spec.role;
    status = status == CN_OK ? join_word(l, at, CN_VOC_ROLE, &word, (int)spec->role, input, CN_FIELD_ROLE) : status;
    s->spec.role = (cn_role)word;
    status = status == CN_OK ? join_value(l, at, spec->value_minor, input) : status;
    status = status == CN_OK ? join_date(l, at, &s->spec.since, spec->since, input, CN_FIELD_SINCE) : status;
    status = status == CN_OK ? join_date(l, at, &s->spec.until, spec->until, input, CN_FIELD_UNTIL) : status;
    s->spec.source = s->spec.source[0] ? s->spec.source : spec->source;
    s->spec.product = s->spec.product[0] ? s->spec.product : spec->product;
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        bool of_other_value = props[i].field == CN_FIELD_FINE_VALUE && had_value;
        status = of_other_value ? CN_OK : join_prop(l, at, input, &props[i]);
    }
    return status;
}

static cn_status take_link(linking *l, uint32_t input, cn_link link) {
    cn_link_spec spec = spec_of(l, input, link);
    if (spec.from == spec.to) {
        l->j->merge->matcher.counts.links_inside++;
        return CN_OK;
    }
    if (!make_key(&l->key, &spec)) {
        return no_memory(l);
    }
    uint32_t at = input == 0 ? CN_NONE : find_slot(l, cn__strmap_find(&l->keys, l->key.data, l->key.len), &spec, input);
    return at == CN_NONE ? add_slot(l, &spec, input, link) : join_link(l, at, &spec, input, link);
}

/* ---- to the builder ---- */

/* Links that the builder refuses are left out: the numbers of the others move, and `numbers` tells where to. */
static cn_status add_link(linking *l, uint32_t at, uint32_t *numbers) {
    const slot *s = &l->slots[at];
    const cn_network *net = l->j->inputs[s->input].net;
    cn_error error = {0};
    cn_link link = CN_NONE;
    size_t count;
    cn_status status = cn_builder_add_link(l->j->builder, &s->spec, &link, &error);
    numbers[at] = status == CN_OK ? link : CN_NONE;
    if (status == CN_ERR_ARGUMENT) {
        l->j->merge->matcher.counts.links_unfit++;
        return CN_OK;
    }
    if (status != CN_OK) {
        if (l->j->err) {
            *l->j->err = error;
        }
        return status;
    }
    const cn_prop *props = cn_link_props(net, s->link, &count);
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        status = cn__join_copy_prop(l->j, net, &props[i], CN_OWNER_LINK, link);
    }
    for (uint32_t e = s->more; e != CN_NONE && status == CN_OK; e = l->extras[e].next) {
        status = cn__join_copy_prop(l->j, l->j->inputs[l->extras[e].input].net, l->extras[e].prop, CN_OWNER_LINK, link);
    }
    return status;
}

static cn_status add_links(linking *l) {
    cn_merge *merge = l->j->merge;
    uint32_t *numbers = cn__alloc(l->count, sizeof *numbers);
    cn_status status = numbers ? CN_OK : no_memory(l);
    for (uint32_t s = 0; s < l->count && status == CN_OK; s++) {
        status = add_link(l, s, numbers);
        status = status == CN_OK ? cn__match_step(&merge->matcher) : status;
    }
    size_t kept = 0;
    for (size_t i = 0; i < merge->conflict_count && status == CN_OK; i++) {
        cn_merge_conflict row = merge->conflicts[i];
        row.owner = row.of_link ? numbers[row.owner] : row.owner;
        if (!row.of_link || row.owner != CN_NONE) {
            merge->conflicts[kept++] = row;
        }
    }
    merge->conflict_count = status == CN_OK ? kept : merge->conflict_count;
    cn__free(numbers);
    return status;
}

cn_status cn__join_links(cn__joining *j) {
    linking l = {.j = j};
    cn_status status = CN_OK;
    for (uint32_t i = 0; i < j->merge->matcher.input_count && status == CN_OK; i++) {
        for (cn_link link = 0; link < cn_link_count(j->inputs[i].net) && status == CN_OK; link++) {
            status = take_link(&l, i, link);
            status = status == CN_OK ? cn__match_step(&j->merge->matcher) : status;
        }
    }
    status = status == CN_OK ? add_links(&l) : status;
    cn__free(l.slots);
    cn__free(l.extras);
    cn__free(l.last);
    cn__strmap_release(&l.keys);
    cn_buf_release(&l.key);
    return status;
}
