/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records are fed to the digest as text and numbers with separators that no text holds, in little-endian order whatever the machine. */
#include "network_digest.h"

#include "digest.h"

#include <string.h>

static void add_text(cn__digest *d, const char *text) { cn__digest_add(d, text, strlen(text) + 1); }

static void add_number(cn__digest *d, uint64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(number >> (8 * i));
    }
    cn__digest_add(d, bytes, sizeof bytes);
}

static void add_double(cn__digest *d, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_number(d, value != value ? 0 : bits);
}

static void add_props(const cn_network *net, cn__digest *d, const cn_prop *props, size_t count) {
    add_number(d, count);
    for (size_t i = 0; i < count; i++) {
        cn_field_type type = cn_field_type_of((cn_field)props[i].field);
        add_text(d, cn_field_key((cn_field)props[i].field));
        add_text(d, cn_prop_x(net, &props[i]));
        if (type == CN_TYPE_TEXT) {
            add_text(d, cn_prop_text(net, &props[i]));
        } else if (type == CN_TYPE_NUMBER) {
            add_double(d, props[i].as.number);
        } else {
            add_number(d, type == CN_TYPE_MONEY ? (uint64_t)props[i].as.money_minor : props[i].as.count);
        }
    }
}

static void add_items(const cn_network *net, cn__digest *d, cn_entity entity) {
    static const cn_item_kind kinds[] = {CN_ITEM_MAKES, CN_ITEM_NEEDS, CN_ITEM_PLAN, CN_ITEM_FACT};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t count = 0;
        const cn_item *items = cn_entity_items(net, entity, kinds[k], &count);
        add_number(d, count);
        for (size_t i = 0; i < count; i++) {
            add_text(d, cn_item_text(net, &items[i]));
            add_number(d, (uint64_t)items[i].year);
            add_number(d, (uint64_t)items[i].value_minor);
            add_number(d, (uint64_t)items[i].capacity_minor);
            add_number(d, items[i].origin);
            add_double(d, items[i].number);
        }
    }
}

void cn__network_digest(const cn_network *net, cn_buf *out) {
    cn__digest *d = cn__digest_begin();
    size_t count = 0;
    add_text(d, cn_network_title(net));
    add_text(d, cn_network_currency(net));
    add_number(d, cn_network_as_of_date(net));
    for (cn_entity v = 0; v < cn_entity_count(net); v++) {
        const cn_prop *props = cn_entity_props(net, v, &count);
        add_number(d, cn_entity_kind_of(net, v));
        add_text(d, cn_entity_id(net, v));
        add_text(d, cn_entity_name(net, v));
        add_props(net, d, props, count);
        add_items(net, d, v);
    }
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        const cn_prop *props = cn_link_props(net, link, &count);
        const uint64_t numbers[] = {cn_link_from(net, link),    cn_link_to(net, link),
                                    cn_link_kind_of(net, link), cn_link_status_of(net, link),
                                    cn_link_role(net, link),    (uint64_t)cn_link_value_minor(net, link),
                                    cn_link_since(net, link),   cn_link_until(net, link)};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            add_number(d, numbers[i]);
        }
        add_text(d, cn_link_product(net, link));
        add_text(d, cn_link_source(net, link));
        add_props(net, d, props, count);
    }
    cn__digest_end_hex(d, out);
}
