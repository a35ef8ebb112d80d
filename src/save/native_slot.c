/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links as fields and child rows of their owners. The loader adds these links before those of `links`, owner by owner; so a link may be
 * written with its owner as long as the slots of all links up to it ascend in that order. Invariant: slots[0 … slot_count) ascend
 * by (kind of the owner, owner, rank), strictly where the slot holds one link only. From the first link that breaks it on, everything
 * is written under `links`. O(links × slots of a kind).
 */
#include "native.h"

#include "memory.h"

static const cn__column *find_column(const cn__section *section, cn__to to, int index) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].to == to && section->columns[i].index == index) {
            return &section->columns[i];
        }
    }
    return NULL;
}

/* A member of the link that is not given needs no column. */
static bool fits(const cn__section *section, cn__spec member, bool given) {
    return !given || find_column(section, CN__TO_SPEC, (int)member) != NULL;
}

/* Has the child section a column for everything that the link says? */
static bool child_holds(const cn_network *net, cn_link link, const cn__section *section) {
    const cn__column *role = find_column(section, CN__TO_SPEC, CN__SPEC_ROLE);
    cn_role given = cn_link_role(net, link);
    bool held = fits(section, CN__SPEC_VALUE, cn_link_value_minor(net, link) != CN_MONEY_NONE) &&
                fits(section, CN__SPEC_PRODUCT, *cn_link_product(net, link) != '\0') &&
                fits(section, CN__SPEC_SINCE, cn_link_since(net, link) != CN_DATE_NONE) &&
                fits(section, CN__SPEC_UNTIL, cn_link_until(net, link) != CN_DATE_NONE) &&
                fits(section, CN__SPEC_STATUS, cn_link_status_of(net, link) != CN_STATUS_NONE) &&
                fits(section, CN__SPEC_SOURCE, *cn_link_source(net, link) != '\0') &&
                (given == CN_ROLE_NONE || (role && (role->allowed == 0 || role->allowed >> given & 1u)));
    size_t count = 0;
    const cn_prop *props = cn_link_props(net, link, &count);
    for (size_t i = 0; i < count && held; i++) {
        held = props[i].field == CN_FIELD_X || find_column(section, CN__TO_FIELD, props[i].field);
    }
    return held;
}

static bool is_bare(const cn_network *net, cn_link link) {
    size_t count = 0;
    (void)cn_link_props(net, link, &count);
    return count == 0 && cn_link_value_minor(net, link) == CN_MONEY_NONE && *cn_link_product(net, link) == '\0' &&
           *cn_link_source(net, link) == '\0' && cn_link_since(net, link) == CN_DATE_NONE &&
           cn_link_until(net, link) == CN_DATE_NONE && cn_link_status_of(net, link) == CN_STATUS_NONE;
}

static bool own_holds(const cn_network *net, cn_link link, const cn__column *column, bool owner_is_from) {
    cn_role role;
    bool entity_is_from;
    cn_link_kind kind = cn__own_link_kind((cn__own_link)column->index, &role, &entity_is_from);
    return kind == cn_link_kind_of(net, link) && role == cn_link_role(net, link) && entity_is_from == owner_is_from &&
           is_bare(net, link);
}

/* The kind of link that a row of the section makes of this role. */
static cn_link_kind child_kind(const cn__section *section, cn_role role) {
    if (section->id != CN__SECTION_EVENT_PARTICIPANTS) {
        return (cn_link_kind)section->child;
    }
    return role == CN_ROLE_ORGANISER ? CN_LINK_ORGANISES : role == CN_ROLE_HOST ? CN_LINK_HOSTS : CN_LINK_TAKES_PART;
}

/* Does slot a come before slot b, or, where `equal` may be, is it the same? */
static bool before(const cn_network *net, cn__slot a, cn__slot b, bool equal) {
    cn_entity_kind kind_a = cn_entity_kind_of(net, a.owner);
    cn_entity_kind kind_b = cn_entity_kind_of(net, b.owner);
    if (kind_a != kind_b || a.owner != b.owner) {
        return kind_a != kind_b ? kind_a < kind_b : a.owner < b.owner;
    }
    return a.rank < b.rank || (equal && a.rank == b.rank);
}

/* Keep the earliest slot that does not come before the last one. */
static void offer(const cn_network *net, const cn__slot *last, cn__slot slot, bool many, cn__slot *best, bool *found) {
    if ((!last || before(net, *last, slot, many)) && (!*found || before(net, slot, *best, false))) {
        *best = slot;
        *found = true;
    }
}

static bool find_slot(const cn_network *net, cn_link link, const cn__slot *last, cn__slot *out) {
    bool found = false;
    for (int end = 0; end < 2; end++) {
        bool owner_is_from = end == 1;
        cn_entity owner = owner_is_from ? cn_link_from(net, link) : cn_link_to(net, link);
        cn_entity_kind kind = cn_entity_kind_of(net, owner);
        const cn__section *own = cn__section_of_kind(kind);
        for (size_t i = 0; i < own->column_count; i++) {
            if (own->columns[i].to == CN__TO_LINK && own_holds(net, link, &own->columns[i], owner_is_from)) {
                bool many = (own->columns[i].flags & CN__LIST) != 0;
                offer(net, last, (cn__slot){owner, (uint32_t)i}, many, out, &found);
            }
        }
        for (int id = 0; id < CN__SECTION_COUNT; id++) {
            const cn__section *child = cn__section_at((cn__section_id)id);
            if (child->shape == CN__SHAPE_CHILD_LINK && child->kind == kind && child->parent_is_from == owner_is_from &&
                child_kind(child, cn_link_role(net, link)) == cn_link_kind_of(net, link) &&
                child_holds(net, link, child)) {
                offer(net, last, (cn__slot){owner, CN__RANK_CHILD + (uint32_t)id}, true, out, &found);
            }
        }
    }
    return found;
}

cn_status cn__native_begin(cn__native *native, const cn_network *net, cn_error *err) {
    *native = (cn__native){.net = net};
    size_t cap = 0;
    cn__slot slot;
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        if (!find_slot(net, l, l > 0 ? &native->slots[l - 1] : NULL, &slot)) {
            break;
        }
        if (!cn__grow((void **)&native->slots, &cap, l, 1, sizeof *native->slots)) {
            cn__native_release(native);
            return CN__NO_MEMORY(err);
        }
        native->slots[l] = slot;
        native->slot_count = l + 1;
    }
    return CN_OK;
}

void cn__native_release(cn__native *native) {
    cn__free(native->slots);
    *native = (cn__native){0};
}

void cn__native_rewind(cn__native *native) { native->cursor = 0; }
