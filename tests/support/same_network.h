/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything a network holds, and everything that was found, as one text each: two loads compare as two texts. */
#ifndef CN_TEST_SAME_NETWORK_H
#define CN_TEST_SAME_NETWORK_H

#include "check.h"

#include "coopnet/load.h"

#include <stdio.h>
#include <string.h>

static inline void same_add_u64(cn_buf *out, uint64_t value) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%llu|", (unsigned long long)value);
    cn_buf_add_text(out, digits);
}

static inline void same_add_text(cn_buf *out, const char *text) {
    cn_buf_add_text(out, text);
    cn_buf_add_text(out, "|");
}

static inline void same_add_props(cn_buf *out, const cn_network *net, const cn_prop *props, size_t count) {
    for (size_t i = 0; i < count; i++) {
        cn_field field = (cn_field)props[i].field;
        same_add_text(out, cn_field_key(field));
        same_add_text(out, cn_prop_x(net, &props[i]));
        if (cn_field_type_of(field) == CN_TYPE_TEXT) {
            same_add_text(out, cn_prop_text(net, &props[i]));
        } else {
            same_add_u64(out, props[i].as.count); /* the bytes of any other type */
        }
    }
    cn_buf_add_text(out, "\n");
}

static inline void same_add_entity(cn_buf *out, const cn_network *net, cn_entity e) {
    size_t count = 0;
    same_add_u64(out, (uint64_t)cn_entity_kind_of(net, e));
    same_add_text(out, cn_entity_id(net, e));
    same_add_text(out, cn_entity_name(net, e));
    same_add_u64(out, cn_entity_find(net, cn_entity_id(net, e)) == e);
    for (int role = 0; role < CN_ROLE_COUNT; role++) {
        same_add_u64(out, cn_entity_has_role(net, e, (cn_role)role));
    }
    const cn_prop *props = cn_entity_props(net, e, &count);
    same_add_props(out, net, props, count);
    for (int kind = CN_ITEM_MAKES; kind <= CN_ITEM_FACT; kind++) {
        const cn_item *items = cn_entity_items(net, e, (cn_item_kind)kind, &count);
        for (size_t i = 0; i < count; i++) {
            same_add_text(out, cn_item_text(net, &items[i]));
            same_add_u64(out, (uint64_t)items[i].year);
            same_add_u64(out, (uint64_t)items[i].value_minor);
            same_add_u64(out, (uint64_t)items[i].capacity_minor);
            cn_format_exact(out, items[i].number);
            same_add_u64(out, (uint64_t)items[i].origin);
        }
    }
    cn_buf_add_text(out, "\n");
}

static inline void same_add_link(cn_buf *out, const cn_network *net, cn_link link) {
    size_t count = 0;
    same_add_u64(out, cn_link_from(net, link));
    same_add_u64(out, cn_link_to(net, link));
    same_add_u64(out, (uint64_t)cn_link_kind_of(net, link));
    same_add_u64(out, (uint64_t)cn_link_status_of(net, link));
    same_add_u64(out, (uint64_t)cn_link_role(net, link));
    same_add_text(out, cn_link_product(net, link));
    same_add_text(out, cn_link_source(net, link));
    same_add_u64(out, (uint64_t)cn_link_value_minor(net, link));
    cn_format_exact(out, cn_link_value(net, link));
    same_add_u64(out, cn_link_since(net, link));
    same_add_u64(out, cn_link_until(net, link));
    const cn_prop *props = cn_link_props(net, link, &count);
    same_add_props(out, net, props, count);
}

/* A network (NULL: "none"), a line for each entity and link. */
static inline void same_add_network(cn_buf *out, const cn_network *net) {
    if (!net) {
        cn_buf_add_text(out, "none\n");
        return;
    }
    same_add_text(out, cn_network_title(net));
    same_add_text(out, cn_network_note(net));
    same_add_text(out, cn_network_source(net));
    same_add_text(out, cn_network_currency(net));
    same_add_u64(out, cn_network_as_of_date(net));
    same_add_u64(out, (uint64_t)cn_network_lang(net));
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        same_add_u64(out, cn_entity_count_of(net, (cn_entity_kind)kind));
    }
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        same_add_u64(out, cn_link_count_of(net, (cn_link_kind)kind));
    }
    cn_buf_add_text(out, "\n");
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        same_add_entity(out, net, e);
    }
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        same_add_link(out, net, l);
    }
}

/* All findings, kept and counted. */
static inline void same_add_findings(cn_buf *out, const cn_diags *diags) {
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_RU, out);
        cn_buf_add_text(out, "\n");
    }
    for (int message = 0; message < CN_MSG_COUNT; message++) {
        same_add_u64(out, cn_diags_dropped(diags, (cn_message)message));
    }
    cn_buf_add_text(out, "\n");
}

/* True when equal; else the first line that differs is printed. */
static inline bool same_texts(const char *what, const char *a, const char *b) {
    while (*a || *b) {
        size_t a_len = strcspn(a, "\n");
        size_t b_len = strcspn(b, "\n");
        if (a_len != b_len || memcmp(a, b, a_len) != 0) {
            printf("  %s:\n  %.*s\n  %.*s\n", what, (int)(a_len < 300 ? a_len : 300), a,
                   (int)(b_len < 300 ? b_len : 300), b);
            return false;
        }
        a += a_len + (a[a_len] == '\n');
        b += b_len + (b[b_len] == '\n');
    }
    return true;
}

#endif
