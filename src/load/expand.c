/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From one record to builder calls: every cell is converted by its type and put where its column says. A record with a
 * mistake is checked to its end but not added. O(cells), apart from what resolving costs.
 */
#include "expand.h"

#include "convert.h"
#include "error.h"
#include "reference.h"

#include <math.h>
#include <string.h>

/* A builder call's outcome: CN_OK after a broken rule, which becomes a finding at the cell (or, without one, at the record). */
static cn_status settle(cn__assembly *a, const cn__record *record, const cn__cell *cell, cn_status status,
                        const cn_error *error) {
    if (status == CN_OK) {
        return CN_OK;
    }
    if (status == CN_ERR_ARGUMENT) {
        return cn__report_error(a->load, record->file, cell ? cell->place : record->place, error);
    }
    return cn__pass_on(a->load, error);
}

/* Report each required column that has no cell. A JSON child has its parent around it. */
static bool complete(cn__assembly *a, const cn__record *record) {
    bool all = true;
    for (size_t i = 0; i < record->section->column_count; i++) {
        const cn__column *column = &record->section->columns[i];
        bool nested = column->to == CN__TO_PARENT && record->parent != CN_NONE;
        if (!(column->flags & CN__REQUIRED) || nested || cn__record_cell(record, column->to, column->index)) {
            continue;
        }
        CN__REPORT2(a->load, record->file, record->place, MISSING_FIELD, column->key, record->section->table);
        all = false;
    }
    return all;
}

/* ---- properties ---- */

static cn_status add_field(cn__assembly *a, const cn__record *record, const cn__cell *cell, cn_owner owner_kind,
                           uint32_t owner, const cn__value *value) {
    cn_builder *builder = a->load->builder;
    cn_field field = (cn_field)cn__cell_column(record, cell)->index;
    cn_error error = {0};
    cn_status status = CN_OK;
    switch (cn_field_type_of(field)) {
    case CN_TYPE_TEXT:
        status = cn_builder_add_text(builder, owner_kind, owner, field, value->text, &error);
        break;
    case CN_TYPE_MONEY:
        status = cn_builder_add_money(builder, owner_kind, owner, field, value->minor, &error);
        break;
    case CN_TYPE_NUMBER:
        status = cn_builder_add_number(builder, owner_kind, owner, field, value->number, &error);
        break;
    default:
        status = cn_builder_add_count(builder, owner_kind, owner, field, value->count, &error);
        break;
    }
    return settle(a, record, cell, status, &error);
}

static cn_status add_x(cn__assembly *a, const cn__record *record, const cn__cell *cell, cn_owner owner_kind,
                       uint32_t owner) {
    cn_error error = {0};
    cn_status status = cn_builder_add_x(a->load->builder, owner_kind, owner, cn__cell_name(record, cell),
                                        cn__cell_text(record, cell), &error);
    return settle(a, record, cell, status, &error);
}

/* The cells that are properties: of an entity, or of a link (owner CN_NONE: check only). */
static cn_status add_properties(cn__assembly *a, const cn__record *record, cn_owner owner_kind, uint32_t owner) {
    cn_status status = CN_OK;
    for (size_t i = 0; i < record->cell_count && status == CN_OK; i++) {
        const cn__cell *cell = &record->cells[i];
        cn__to to = cn__cell_column(record, cell)->to;
        cn__value value;
        if (to == CN__TO_FIELD && cn__convert(a->load, record, cell, &value) && owner != CN_NONE) {
            status = add_field(a, record, cell, owner_kind, owner, &value);
        } else if (to == CN__TO_X && owner != CN_NONE) {
            status = add_x(a, record, cell, owner_kind, owner);
        }
    }
    return status;
}

/* ---- links ---- */

/* A link in the making, and the cells its members came from. */
typedef struct draft_link {
    cn_link_spec spec;
    const cn__cell *cells[CN__SPEC_COUNT];
    cn__value value;
    bool wrong;
} draft_link;

static void draft_link_init(draft_link *link) {
    memset(link, 0, sizeof *link);
    link->spec.from = CN_NONE;
    link->spec.to = CN_NONE;
    link->spec.kind = CN_LINK_SUPPLY;
    link->spec.value_minor = CN_MONEY_NONE;
}

static void put_value(cn_link_spec *spec, cn__spec member, const cn__value *value) {
    switch (member) {
    case CN__SPEC_KIND:
        spec->kind = (cn_link_kind)value->count;
        break;
    case CN__SPEC_VALUE:
        spec->value_minor = value->minor;
        break;
    case CN__SPEC_PRODUCT:
        spec->product = value->text;
        break;
    case CN__SPEC_SINCE:
        spec->since = (cn_date)value->count;
        break;
    case CN__SPEC_UNTIL:
        spec->until = (cn_date)value->count;
        break;
    case CN__SPEC_STATUS:
        spec->status = (cn_link_status)value->count;
        break;
    case CN__SPEC_SOURCE:
        spec->source = value->text;
        break;
    case CN__SPEC_ROLE:
        spec->role = (cn_role)value->count;
        break;
    default:
        break;
    }
}

/* Convert the cells that are members of the link. `other` is the end that OTHER means. */
static cn_status fill_link(cn__assembly *a, const cn__record *record, draft_link *link, cn_entity *other) {
    cn_status status = CN_OK;
    for (size_t i = 0; i < record->cell_count && status == CN_OK; i++) {
        const cn__cell *cell = &record->cells[i];
        const cn__column *column = cn__cell_column(record, cell);
        if (column->to != CN__TO_SPEC) {
            continue;
        }
        cn__spec member = (cn__spec)column->index;
        link->cells[member] = cell;
        if (column->type == CN__REF) {
            cn_entity *end = member == CN__SPEC_FROM ? &link->spec.from
                             : member == CN__SPEC_TO ? &link->spec.to
                                                     : other;
            status = cn__resolve(a, record, cell, end);
            link->wrong = link->wrong || *end == CN_NONE;
        } else {
            cn__value value;
            bool good = cn__convert(a->load, record, cell, &value);
            link->wrong = link->wrong || !good;
            put_value(&link->spec, member, &value);
            link->value = member == CN__SPEC_VALUE ? value : link->value;
        }
    }
    return status;
}

/* The cell that a broken rule of a link speaks of. */
static const cn__cell *blamed(const cn__record *record, const draft_link *link, const cn_error *error) {
    const char *args[CN_ARGS_MAX];
    size_t count = cn__error_args(error, args);
    const cn__cell *cell = link->cells[CN__SPEC_OTHER] ? link->cells[CN__SPEC_OTHER] : link->cells[CN__SPEC_TO];
    if (error->message == CN_MSG_NEGATIVE_VALUE) {
        cell = link->cells[CN__SPEC_VALUE];
    } else if (error->message == CN_MSG_PERIOD_REVERSED) {
        cell = link->cells[CN__SPEC_UNTIL];
    } else if (error->message == CN_MSG_WRONG_END_KIND && link->cells[CN__SPEC_FROM] && count > 1) {
        cell = strcmp(args[1], "from") == 0 ? link->cells[CN__SPEC_FROM] : link->cells[CN__SPEC_TO];
    }
    return cell ? cell : cn__record_cell(record, CN__TO_PARENT, -1);
}

static bool link_limit_reached(cn__assembly *a, const cn__record *record) {
    cn__load *load = a->load;
    if (cn_builder_link_count(load->builder) < load->limits.max_links) {
        return false;
    }
    cn__digits limit;
    CN__REPORT2(load, record->file, record->place, TOO_MANY_LINKS, cn__digits_of(&limit, load->limits.max_links),
                CN__OPTION_LINKS);
    load->stop = true;
    return true;
}

/* Add the link unless something in it is wrong. *out is CN_NONE when nothing was added. */
static cn_status add_link(cn__assembly *a, const cn__record *record, draft_link *link, cn_link *out) {
    *out = CN_NONE;
    if (link->wrong || link->spec.from == CN_NONE || link->spec.to == CN_NONE || link_limit_reached(a, record)) {
        return CN_OK;
    }
    cn_error error = {0};
    cn_status status = cn_builder_add_link(a->load->builder, &link->spec, out, &error);
    if (status != CN_OK) {
        *out = CN_NONE;
        return settle(a, record, blamed(record, link, &error), status, &error);
    }
    if (link->value.inexact) {
        status = cn_builder_add_number(a->load->builder, CN_OWNER_LINK, *out, CN_FIELD_FINE_VALUE, link->value.number,
                                       &error);
    }
    return settle(a, record, link->cells[CN__SPEC_VALUE], status, &error);
}

cn_status cn__expand_link(cn__assembly *a, const cn__record *record) {
    draft_link link;
    draft_link_init(&link);
    link.wrong = !complete(a, record);
    cn_link added = CN_NONE;
    cn_status status = fill_link(a, record, &link, &link.spec.to);
    if (status == CN_OK) {
        status = add_link(a, record, &link, &added);
    }
    return status == CN_OK ? add_properties(a, record, CN_OWNER_LINK, added) : status;
}

/* Taking part in an event: what the role says is which kind of link it is. */
static cn_link_kind event_link_kind(cn_role role) {
    return role == CN_ROLE_ORGANISER ? CN_LINK_ORGANISES : role == CN_ROLE_HOST ? CN_LINK_HOSTS : CN_LINK_TAKES_PART;
}

static cn_status expand_child_link(cn__assembly *a, const cn__record *record, cn_entity parent) {
    const cn__section *section = record->section;
    draft_link link;
    draft_link_init(&link);
    link.wrong = !complete(a, record);
    link.spec.kind = (cn_link_kind)section->child;
    *(section->parent_is_from ? &link.spec.from : &link.spec.to) = parent;
    cn_link added = CN_NONE;
    cn_status status = fill_link(a, record, &link, section->parent_is_from ? &link.spec.to : &link.spec.from);
    if (section->id == CN__SECTION_EVENT_PARTICIPANTS) {
        link.spec.kind = event_link_kind(link.spec.role);
    }
    if (status == CN_OK) {
        status = add_link(a, record, &link, &added);
    }
    return status == CN_OK ? add_properties(a, record, CN_OWNER_LINK, added) : status;
}

/* owner, initiator, manager, host, sites: links written as columns of the entity. */
static cn_status add_own_link(cn__assembly *a, const cn__record *record, const cn__cell *cell, cn_entity entity) {
    draft_link link;
    draft_link_init(&link);
    bool entity_is_from = false;
    cn_entity other = CN_NONE;
    cn_status status = cn__resolve(a, record, cell, &other);
    link.spec.kind =
        cn__own_link_kind((cn__own_link)cn__cell_column(record, cell)->index, &link.spec.role, &entity_is_from);
    link.spec.from = entity_is_from ? entity : other;
    link.spec.to = entity_is_from ? other : entity;
    link.cells[CN__SPEC_OTHER] = cell;
    cn_link added;
    return status == CN_OK ? add_link(a, record, &link, &added) : status;
}

cn_status cn__expand_entity(cn__assembly *a, const cn__record *record, cn_entity entity) {
    cn_status status = add_properties(a, record, CN_OWNER_ENTITY, entity);
    for (size_t i = 0; i < record->section->column_count && status == CN_OK; i++) {
        if (record->section->columns[i].to != CN__TO_LINK) {
            continue;
        }
        for (size_t k = 0; k < record->cell_count && status == CN_OK; k++) {
            if (record->cells[k].column == i) {
                status = add_own_link(a, record, &record->cells[k], entity);
            }
        }
    }
    return status;
}

/* ---- items ---- */

static void put_item(cn_item *item, const char **text, cn__item_part part, const cn__value *value) {
    switch (part) {
    case CN__ITEM_PRODUCT:
        *text = value->text;
        break;
    case CN__ITEM_VALUE:
        item->value_minor = value->minor;
        break;
    case CN__ITEM_CAPACITY:
        item->capacity_minor = value->minor;
        break;
    case CN__ITEM_ORIGIN:
        item->origin = (cn_origin)value->count;
        break;
    case CN__ITEM_YEAR:
        item->year = (int32_t)value->count;
        break;
    case CN__ITEM_NUMBER:
        item->number = value->number;
        break;
    }
}

static cn_status expand_child_item(cn__assembly *a, const cn__record *record, cn_entity parent) {
    cn_item item = {0};
    const char *text = "";
    bool good = complete(a, record);
    item.owner = parent;
    item.kind = (cn_item_kind)record->section->child;
    item.value_minor = CN_MONEY_NONE;
    item.capacity_minor = CN_MONEY_NONE;
    item.number = NAN;
    const cn__cell *money = NULL;
    for (size_t i = 0; i < record->cell_count; i++) {
        const cn__cell *cell = &record->cells[i];
        const cn__column *column = cn__cell_column(record, cell);
        if (column->to != CN__TO_ITEM) {
            continue;
        }
        cn__value value;
        if (!cn__convert(a->load, record, cell, &value)) {
            good = false;
            continue;
        }
        bool negative = column->type == CN__MONEY && value.minor < 0;
        money = negative && !money ? cell : money;
        put_item(&item, &text, (cn__item_part)column->index, &value);
    }
    if (!good || parent == CN_NONE) {
        return CN_OK;
    }
    cn_error error = {0};
    cn_status status = cn_builder_add_item(a->load->builder, &item, text, &error);
    return settle(a, record, money, status, &error);
}

cn_status cn__expand_child(cn__assembly *a, const cn__record *record, cn_entity parent) {
    return record->section->shape == CN__SHAPE_CHILD_ITEM ? expand_child_item(a, record, parent)
                                                          : expand_child_link(a, record, parent);
}

/* ---- the network itself ---- */

static cn_status set_network(cn__assembly *a, const cn__record *record, const cn__cell *cell, const cn__value *value) {
    cn_builder *builder = a->load->builder;
    cn_error error = {0};
    cn_status status = CN_OK;
    switch ((cn__net)cn__cell_column(record, cell)->index) {
    case CN__NET_VERSION:
        if (value->count != 1) {
            CN__REPORT1(a->load, record->file, cell->place, BAD_VERSION, value->text);
        }
        break;
    case CN__NET_TITLE:
        status = cn_builder_set_title(builder, value->text, &error);
        break;
    case CN__NET_LANGUAGE:
        cn_builder_set_lang(builder, (cn_lang)value->count);
        break;
    case CN__NET_CURRENCY:
        status = cn_builder_set_currency(builder, value->text, &error);
        break;
    case CN__NET_COUNTRY:
        status = cn_builder_set_country(builder, value->text, &error);
        break;
    case CN__NET_AS_OF:
        cn_builder_set_as_of(builder, (cn_date)value->count);
        break;
    case CN__NET_NOTE:
        status = cn_builder_set_note(builder, value->text, &error);
        break;
    case CN__NET_SOURCE:
        status = cn_builder_set_source(builder, value->text, &error);
        break;
    }
    return settle(a, record, cell, status, &error);
}

cn_status cn__expand_network(cn__assembly *a, const cn__record *record) {
    cn_status status = CN_OK;
    for (size_t i = 0; i < record->cell_count && status == CN_OK; i++) {
        cn__value value;
        if (cn__convert(a->load, record, &record->cells[i], &value)) {
            status = set_network(a, record, &record->cells[i], &value);
        }
    }
    return status;
}
