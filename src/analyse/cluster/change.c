/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two networks side by side. Entities are matched by id (the network's own index), then those left by INN (a hash map, in which an INN that
 * occurs twice on a side counts for nobody). The links of both sides become keys (kind, from, to) in the rows of the entities; sorted
 * together, each run of equal keys is one row. Invariant: rows of entities are before's in order, then the new ones.
 * Cost: O((V + L) log L).
 */
#include "coopnet/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "strmap.h"

const char *cn_fate_key(cn_fate change) {
    static const char *const keys[] = {"same", "new", "gone", "grew", "shrank"};
    return (size_t)change < sizeof keys / sizeof *keys ? keys[change] : "";
}

/* ---- entities ---- */

/* INNs of the entities that `row` of does not place yet; an INN that two have gets AMBIGUOUS. */
#define AMBIGUOUS (CN_NONE - 1)

typedef struct inns {
    cn__strmap map; /* to the position in `owner` */
    cn_entity *owner;
    size_t cap;
    size_t count;
} inns;

static bool collect(const cn_network *net, const uint32_t *row, inns *out) {
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        const char *inn = row[e] == CN_NONE ? cn_entity_text(net, e, CN_FIELD_INN) : "";
        size_t len = strlen(inn);
        uint32_t at = len ? cn__strmap_find(&out->map, inn, len) : CN_NONE;
        if (at < out->count) {
            out->owner[at] = AMBIGUOUS;
        } else if (len) {
            if (!cn__grow((void **)&out->owner, &out->cap, out->count, 1, sizeof *out->owner) ||
                !cn__strmap_add(&out->map, inn, len, (uint32_t)out->count, NULL)) {
                return false;
            }
            out->owner[out->count++] = e;
        }
    }
    return true;
}

static void drop(inns *list) {
    cn__strmap_release(&list->map);
    cn__free(list->owner);
}

typedef struct comparing {
    const cn_network *before;
    const cn_network *after;
    cn_changes *out;
    uint32_t *row_before; /* by entity: its row */
    uint32_t *row_after;
} comparing;

static void match_ids(comparing *c) {
    for (cn_entity e = 0; e < cn_entity_count(c->before); e++) {
        cn_entity twin = cn_entity_find(c->after, cn_entity_id(c->before, e));
        c->out->entities[e] = (cn_entity_change){.before = e, .after = CN_NONE};
        if (twin != CN_NONE && cn_entity_kind_of(c->after, twin) == cn_entity_kind_of(c->before, e)) {
            const char *old = cn_entity_text(c->before, e, CN_FIELD_INN);
            const char *new = cn_entity_text(c->after, twin, CN_FIELD_INN);
            c->out->entities[e] = (cn_entity_change){e, twin, CN_MATCHED_ID, old[0] && new[0] && strcmp(old, new) != 0};
            c->row_before[e] = c->row_after[twin] = e;
            c->out->by_id++;
        }
    }
}

static bool match_inns(comparing *c) {
    inns old = {.count = 0};
    inns new = {.count = 0};
    bool ok = collect(c->before, c->row_before, &old) && collect(c->after, c->row_after, &new);
    for (size_t i = 0; ok && i < old.count; i++) {
        cn_entity e = old.owner[i];
        if (e == AMBIGUOUS) {
            continue;
        }
        const char *inn = cn_entity_text(c->before, e, CN_FIELD_INN);
        uint32_t at = cn__strmap_find(&new.map, inn, strlen(inn));
        cn_entity twin = at < new.count ? new.owner[at] : AMBIGUOUS;
        if (twin != AMBIGUOUS && cn_entity_kind_of(c->after, twin) == cn_entity_kind_of(c->before, e)) {
            c->out->entities[e] = (cn_entity_change){e, twin, CN_MATCHED_INN, false};
            c->row_after[twin] = e;
            c->out->by_inn++;
        }
    }
    drop(&old);
    drop(&new);
    return ok;
}

static bool match_entities(comparing *c) {
    uint32_t old = cn_entity_count(c->before);
    uint32_t new = cn_entity_count(c->after);
    c->row_before = cn__alloc(old, sizeof *c->row_before);
    c->row_after = cn__alloc(new, sizeof *c->row_after);
    c->out->entities = cn__alloc((size_t)old + new, sizeof *c->out->entities);
    if (!c->row_before || !c->row_after || !c->out->entities) {
        return false;
    }
    memset(c->row_before, 0xFF, old * sizeof *c->row_before);
    memset(c->row_after, 0xFF, new * sizeof *c->row_after);
    match_ids(c);
    if (!match_inns(c)) {
        return false;
    }
    c->out->entity_count = old;
    for (cn_entity e = 0; e < old; e++) {
        c->row_before[e] = e;
    }
    for (cn_entity e = 0; e < new; e++) {
        if (c->row_after[e] == CN_NONE) {
            c->row_after[e] = (uint32_t)c->out->entity_count;
            c->out->entities[c->out->entity_count++] = (cn_entity_change){.before = CN_NONE, .after = e};
        }
    }
    return true;
}

/* ---- links ---- */

typedef struct key {
    uint32_t kind, from, to;
    bool late;
    double value;
} key;

static int compare_keys(const void *a, const void *b) {
    const key *x = a;
    const key *y = b;
    uint32_t left[] = {x->kind, x->from, x->to, x->late};
    uint32_t right[] = {y->kind, y->from, y->to, y->late};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return isnan(x->value) != isnan(y->value) ? (isnan(x->value) ? -1 : 1)
           : x->value < y->value              ? -1
                                              : x->value > y->value;
}

/* Does it run at the date of its network? One that ended does when it ends later. */
static bool runs(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    cn_date until = cn_link_until(net, link);
    cn_date date = cn_network_as_of_date(net);
    bool later = until != CN_DATE_NONE && date != CN_DATE_NONE && cn_date_last_day(until) >= cn_date_last_day(date);
    return status <= CN_STATUS_ACTUAL || (status == CN_STATUS_BROKEN && later);
}

static size_t add_keys(const cn_network *net, const uint32_t *row, bool late, key *keys) {
    size_t count = 0;
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        if (!runs(net, link)) {
            continue;
        }
        cn_link_kind kind = cn_link_kind_of(net, link);
        uint32_t from = row[cn_link_from(net, link)];
        uint32_t to = row[cn_link_to(net, link)];
        bool turn = !cn_link_kind_directed(kind) && from > to;
        keys[count++] = (key){kind, turn ? to : from, turn ? from : to, late, cn_link_value(net, link)};
    }
    return count;
}

static cn_fate kind_of(const cn_link_change *row) {
    if (!row->count_before || !row->count_after) {
        return row->count_before ? CN_FATE_GONE : CN_FATE_NEW;
    }
    return row->after > row->before ? CN_FATE_GREW : row->after < row->before ? CN_FATE_SHRANK : CN_FATE_SAME;
}

static void add_value(double *sum, double value) {
    if (!isnan(value)) {
        *sum = isnan(*sum) ? value : *sum + value;
    }
}

static bool match_links(comparing *c) {
    size_t most = (size_t)cn_link_count(c->before) + cn_link_count(c->after);
    key *keys = cn__alloc(most, sizeof *keys);
    c->out->links = cn__alloc(most, sizeof *c->out->links);
    bool ok = keys && c->out->links;
    size_t count = ok ? add_keys(c->before, c->row_before, false, keys) : 0;
    count += ok ? add_keys(c->after, c->row_after, true, keys + count) : 0;
    if (count > 1) {
        qsort(keys, count, sizeof *keys, compare_keys);
    }
    cn_link_change *row = NULL;
    for (size_t i = 0; i < count; i++) {
        const key *k = &keys[i];
        if (!row || row->kind != (cn_link_kind)k->kind || row->from != k->from || row->to != k->to) {
            row = &c->out->links[c->out->link_count++];
            *row = (cn_link_change){.kind = (cn_link_kind)k->kind, .from = k->from, .to = k->to};
            row->before = row->after = (double)NAN;
        }
        row->count_before += !k->late;
        row->count_after += k->late;
        add_value(k->late ? &row->after : &row->before, k->value);
    }
    for (size_t i = 0; ok && i < c->out->link_count; i++) {
        c->out->links[i].change = kind_of(&c->out->links[i]);
    }
    cn__free(keys);
    return ok;
}

cn_status cn_changes_find(const cn_network *before, const cn_network *after, cn_changes *out, cn_error *err) {
    comparing c = {.before = before, .after = after, .out = out};
    *out = (cn_changes){.entity_count = 0};
    bool ok = match_entities(&c) && match_links(&c);
    cn__free(c.row_before);
    cn__free(c.row_after);
    if (!ok) {
        cn_changes_release(out);
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn_changes_release(cn_changes *changes) {
    if (changes) {
        cn__free(changes->entities);
        cn__free(changes->links);
        *changes = (cn_changes){.entity_count = 0};
    }
}
