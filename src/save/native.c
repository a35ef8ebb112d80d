/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows and values of the native formats. Every value is written in the notation that the loader reads in JSON and tables alike, so that
 * both writers share this and differ in punctuation only. Invariant: the cursor stands at the first link whose slot does not come
 * before what was asked for last. O(1) a value, apart from the search for a field in an entity's properties.
 */
#include "native.h"

#include "json_value.h"
#include "number.h"

#include <math.h>
#include <string.h>

/* ---- rows ---- */

static bool next_entity(const cn_network *net, cn__native_row *row) {
    cn_entity e = row->begun ? row->entity + 1 : 0;
    while (e < cn_entity_count(net) && cn_entity_kind_of(net, e) != row->section->kind) {
        e++;
    }
    row->begun = true;
    row->entity = e;
    return e < cn_entity_count(net);
}

static size_t item_count(const cn_network *net, const cn__native_row *row) {
    size_t count = 0;
    (void)cn_entity_items(net, row->entity, (cn_item_kind)row->section->child, &count);
    return count;
}

static bool next_item(const cn_network *net, cn__native_row *row) {
    row->item++;
    if (!row->begun || row->item >= item_count(net, row)) {
        do {
            if (!next_entity(net, row)) {
                return false;
            }
        } while (item_count(net, row) == 0);
        row->item = 0;
    }
    return true;
}

bool cn__native_of_companies(cn_link_kind kind) {
    return (cn_link_kind_from(kind) & cn_link_kind_to(kind) & CN_K_COMPANY) != 0;
}

bool cn__native_next(cn__native *native, cn__native_row *row) {
    const cn_network *net = native->net;
    cn_link link = row->begun ? row->link + 1 : 0;
    switch (row->section->shape) {
    case CN__SHAPE_ENTITY:
        return next_entity(net, row);
    case CN__SHAPE_CHILD_ITEM:
        return next_item(net, row);
    case CN__SHAPE_CHILD_LINK:
        while (link < native->slot_count && native->slots[link].rank != CN__RANK_CHILD + (uint32_t)row->section->id) {
            link++;
        }
        row->begun = true;
        row->link = link;
        row->entity = link < native->slot_count ? native->slots[link].owner : CN_NONE;
        return link < native->slot_count;
    case CN__SHAPE_LINK:
        link = row->begun ? link : native->slot_count;
        while (native->of_companies && link < cn_link_count(net) &&
               !cn__native_of_companies(cn_link_kind_of(net, link))) {
            link++;
        }
        row->begun = true;
        row->link = link;
        return row->link < cn_link_count(net);
    default: /* the network: one row */
        row->begun = !row->begun;
        return row->begun;
    }
}

/* Move the cursor to the first link at or behind a slot; true: it is in it. */
static bool seek(cn__native *native, cn_entity owner, uint32_t rank) {
    const cn_network *net = native->net;
    cn_entity_kind kind = cn_entity_kind_of(net, owner);
    for (; native->cursor < native->slot_count; native->cursor++) {
        cn__slot slot = native->slots[native->cursor];
        cn_entity_kind its = cn_entity_kind_of(net, slot.owner);
        bool earlier = its != kind ? its < kind : slot.owner != owner ? slot.owner < owner : slot.rank < rank;
        if (!earlier) {
            return slot.owner == owner && slot.rank == rank;
        }
    }
    return false;
}

bool cn__native_next_child(cn__native *native, cn__native_row *row) {
    if (row->section->shape == CN__SHAPE_CHILD_ITEM) {
        row->item = row->begun ? row->item + 1 : 0;
        row->begun = true;
        return row->item < item_count(native->net, row);
    }
    bool found = seek(native, row->entity, CN__RANK_CHILD + (uint32_t)row->section->id);
    row->link = native->cursor;
    native->cursor += found;
    return found;
}

/* ---- texts ---- */

void cn__prop_text(cn_buf *out, const cn_network *net, const cn_prop *prop, cn_vocabulary vocabulary) {
    switch (cn_field_type_of((cn_field)prop->field)) {
    case CN_TYPE_TEXT:
        cn_buf_add_text(out, cn_prop_text(net, prop));
        break;
    case CN_TYPE_DATE:
        cn_format_date_iso(out, (cn_date)prop->as.count);
        break;
    case CN_TYPE_MONEY:
        cn_format_money_exact(out, prop->as.money_minor);
        break;
    case CN_TYPE_NUMBER:
        cn_format_exact(out, prop->as.number);
        break;
    case CN_TYPE_COUNT:
        cn__format_u64(out, prop->as.count);
        break;
    case CN_TYPE_FLAG:
        cn_buf_add_text(out, prop->as.count ? "true" : "false");
        break;
    case CN_TYPE_ENUM:
        cn_buf_add_text(out, cn_vocabulary_key(vocabulary, (int)prop->as.count));
        break;
    }
}

/* Is this text read back as both values? */
static bool reads_back(const char *text, size_t len, int64_t minor, double fine) {
    int64_t money = 0;
    double number = 0;
    return cn__parse_money(text, len, &money) == CN__PARSE_INEXACT && money == minor &&
           cn__parse_double(text, len, &number) == CN__PARSE_OK && number == fine;
}

/* Write into `out` from `start` on the try number `nth` at a text that says both values. */
static void try_text(cn_buf *out, size_t start, int nth, int64_t minor, double fine) {
    static const char nines[] = "99999999999999999999";
    out->len = start;
    if (nth < 2) { /* the shortest digits of the unrounded value; those, and a little less */
        cn_format_exact(out, fine);
        if (nth == 1 && !out->failed && out->data[out->len - 1] > '0') {
            out->data[out->len - 1]--;
            cn_buf_add_text(out, nines);
        }
        return;
    }
    int64_t base = nth == 2 ? minor : minor - 1; /* the rounded value, and a digit that changes neither */
    cn_format_money_exact(out, base);
    cn_buf_add_text(out, base % 100 == 0 ? ".00" : "");
    cn_buf_add_text(out, nth == 2 ? "1" : "9");
}

bool cn__link_value_text(cn_buf *out, const cn_network *net, cn_link link) {
    int64_t minor = cn_link_value_minor(net, link);
    size_t count = 0;
    const cn_prop *fine = cn_link_values(net, link, CN_FIELD_FINE_VALUE, &count);
    size_t start = out->len;
    if (count == 0) {
        cn_format_money_exact(out, minor);
        return true;
    }
    for (int nth = 0; nth < 4; nth++) {
        try_text(out, start, nth, minor, fine->as.number);
        if (out->failed || reads_back(out->data + start, out->len - start, minor, fine->as.number)) {
            return true;
        }
    }
    try_text(out, start, 0, minor, fine->as.number);
    return false;
}

/* ---- values ---- */

static void close_value(cn__values *out, size_t start) {
    if (out->texts.len > start) {
        cn_buf_add(&out->texts, "", 1);
        out->count++;
    }
}

static void add_value(cn__values *out, const char *text) {
    size_t start = out->texts.len;
    cn_buf_add_text(&out->texts, text);
    close_value(out, start);
}

static void add_date(cn__values *out, cn_date date) {
    size_t start = out->texts.len;
    cn_format_date_iso(&out->texts, date);
    close_value(out, start);
}

static void add_money(cn__values *out, int64_t minor) {
    size_t start = out->texts.len;
    if (minor != CN_MONEY_NONE) {
        cn_format_money_exact(&out->texts, minor);
    }
    close_value(out, start);
}

static void field_values(const cn_network *net, const cn__native_row *row, const cn__column *column, cn__values *out) {
    bool entity = row->section->shape == CN__SHAPE_ENTITY;
    size_t count = 0;
    const cn_prop *props = entity ? cn_entity_values(net, row->entity, (cn_field)column->index, &count)
                                  : cn_link_values(net, row->link, (cn_field)column->index, &count);
    for (size_t i = 0; i < count; i++) {
        bool allowed = column->type != CN__ENUM || column->allowed == 0 || (column->allowed >> props[i].as.count & 1u);
        size_t start = out->texts.len;
        if (allowed) {
            cn__prop_text(&out->texts, net, &props[i], column->vocabulary);
        }
        close_value(out, start);
    }
}

static void spec_values(const cn_network *net, const cn__native_row *row, const cn__column *column, cn__values *out) {
    cn_link link = row->link;
    cn_entity other = row->section->parent_is_from ? cn_link_to(net, link) : cn_link_from(net, link);
    size_t start = out->texts.len;
    switch ((cn__spec)column->index) {
    case CN__SPEC_FROM:
        add_value(out, cn_entity_id(net, cn_link_from(net, link)));
        break;
    case CN__SPEC_TO:
        add_value(out, cn_entity_id(net, cn_link_to(net, link)));
        break;
    case CN__SPEC_OTHER:
        add_value(out, cn_entity_id(net, other));
        break;
    case CN__SPEC_KIND:
        add_value(out, cn_vocabulary_key(CN_VOC_LINK_KIND, (int)cn_link_kind_of(net, link)));
        break;
    case CN__SPEC_VALUE:
        if (cn_link_value_minor(net, link) != CN_MONEY_NONE) {
            (void)cn__link_value_text(&out->texts, net, link);
        }
        close_value(out, start);
        break;
    case CN__SPEC_PRODUCT:
        add_value(out, cn_link_product(net, link));
        break;
    case CN__SPEC_SINCE:
        add_date(out, cn_link_since(net, link));
        break;
    case CN__SPEC_UNTIL:
        add_date(out, cn_link_until(net, link));
        break;
    case CN__SPEC_STATUS:
        add_value(out, cn_vocabulary_key(CN_VOC_LINK_STATUS, (int)cn_link_status_of(net, link)));
        break;
    case CN__SPEC_SOURCE:
        add_value(out, cn_link_source(net, link));
        break;
    case CN__SPEC_ROLE:
        add_value(out, cn_vocabulary_key(CN_VOC_ROLE, (int)cn_link_role(net, link)));
        break;
    case CN__SPEC_FROM_INN: /* stand with the entities */
    case CN__SPEC_TO_INN:
    case CN__SPEC_COUNT:
        break;
    }
}

static void item_values(const cn_network *net, const cn__native_row *row, const cn__column *column, cn__values *out) {
    size_t count = 0;
    const cn_item *item = cn_entity_items(net, row->entity, (cn_item_kind)row->section->child, &count) + row->item;
    size_t start = out->texts.len;
    switch ((cn__item_part)column->index) {
    case CN__ITEM_PRODUCT:
        add_value(out, cn_item_text(net, item));
        break;
    case CN__ITEM_VALUE:
        add_money(out, item->value_minor);
        break;
    case CN__ITEM_CAPACITY:
        add_money(out, item->capacity_minor);
        break;
    case CN__ITEM_ORIGIN:
        add_value(out, cn_vocabulary_key(CN_VOC_ORIGIN, (int)item->origin));
        break;
    case CN__ITEM_YEAR:
        cn__format_i64(&out->texts, item->year);
        close_value(out, start);
        break;
    case CN__ITEM_NUMBER:
        cn_format_exact(&out->texts, item->number);
        close_value(out, start);
        break;
    }
}

static void network_values(const cn_network *net, const cn__column *column, cn__values *out) {
    switch ((cn__net)column->index) {
    case CN__NET_VERSION:
        add_value(out, "1");
        break;
    case CN__NET_TITLE:
        add_value(out, cn_network_title(net));
        break;
    case CN__NET_LANGUAGE:
        add_value(out, cn_network_lang(net) == CN_LANG_RU ? "ru" : "en");
        break;
    case CN__NET_CURRENCY:
        add_value(out, cn_network_currency(net));
        break;
    case CN__NET_COUNTRY:
        add_value(out, cn_network_country(net));
        break;
    case CN__NET_AS_OF:
        add_date(out, cn_network_as_of_date(net));
        break;
    case CN__NET_NOTE:
        add_value(out, cn_network_note(net));
        break;
    case CN__NET_SOURCE:
        add_value(out, cn_network_source(net));
        break;
    }
}

static void own_links(cn__native *native, const cn__native_row *row, const cn__column *column, cn__values *out) {
    const cn_network *net = native->net;
    uint32_t rank = (uint32_t)(column - row->section->columns);
    while (seek(native, row->entity, rank)) {
        cn_link link = native->cursor++;
        cn_entity from = cn_link_from(net, link);
        add_value(out, cn_entity_id(net, from == row->entity ? cn_link_to(net, link) : from));
    }
}

void cn__native_values(cn__native *native, const cn__native_row *row, const cn__column *column, cn__values *out) {
    const cn_network *net = native->net;
    out->texts.len = 0;
    out->count = 0;
    switch (column->to) {
    case CN__TO_ID:
    case CN__TO_PARENT:
        add_value(out, cn_entity_id(net, row->entity));
        break;
    case CN__TO_NAME:
        if (strcmp(cn_entity_name(net, row->entity), cn_entity_id(net, row->entity)) != 0) {
            add_value(out, cn_entity_name(net, row->entity));
        }
        break;
    case CN__TO_FIELD:
        field_values(net, row, column, out);
        break;
    case CN__TO_LINK:
        own_links(native, row, column, out);
        break;
    case CN__TO_SPEC:
        spec_values(net, row, column, out);
        break;
    case CN__TO_ITEM:
        item_values(net, row, column, out);
        break;
    case CN__TO_NET:
        network_values(net, column, out);
        break;
    case CN__TO_X:
        break;
    }
}

/* Of a name that stands twice only the first is one that can be read again. */
static bool is_again(const cn_network *net, const cn_prop *props, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (strcmp(cn_prop_x(net, &props[i]), cn_prop_x(net, &props[at])) == 0) {
            return true;
        }
    }
    return false;
}

const cn_prop *cn__native_free(const cn__native *native, const cn__native_row *row, size_t *at) {
    const cn_network *net = native->net;
    size_t count = 0;
    bool entity = row->section->shape == CN__SHAPE_ENTITY;
    bool link = row->section->shape == CN__SHAPE_LINK || row->section->shape == CN__SHAPE_CHILD_LINK;
    const cn_prop *props = entity ? cn_entity_values(net, row->entity, CN_FIELD_X, &count)
                           : link ? cn_link_values(net, row->link, CN_FIELD_X, &count)
                                  : NULL;
    while (*at < count) {
        const cn_prop *prop = &props[*at];
        const char *json = cn_prop_text(net, prop);
        (*at)++;
        if (strcmp(json, "null") != 0 && cn__json_is_value(json, strlen(json)) && !is_again(net, props, *at - 1)) {
            return prop;
        }
    }
    return NULL;
}
