/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same cluster as JSON and as a folder of tables is the same network: graphs/electro.json and graphs/electro/, every entity,
 * property, item and link, in the same order. The comparison is a text of everything, so that a difference shows itself.
 */
#include "check.h"

#include "coopnet/load.h"

#include <stdio.h>
#include <string.h>

static cn_network *load(const char *path) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load(path, NULL, diags, &net, NULL);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        printf("  %s\n", line.data);
        cn_buf_release(&line);
    }
    CHECK_INT(cn_diags_count(diags), 0);
    cn_diags_free(diags);
    CHECK_INT(status, CN_OK);
    return net;
}

static void add_u64(cn_buf *out, uint64_t value) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    cn_buf_add_text(out, digits);
}

static void add_props(cn_buf *out, const cn_network *net, const cn_prop *props, size_t count) {
    for (size_t i = 0; i < count; i++) {
        cn_field field = (cn_field)props[i].field;
        cn_buf_add_text(out, " ");
        cn_buf_add_text(out, cn_field_key(field));
        if (field == CN_FIELD_X) {
            cn_buf_add_text(out, ".");
            cn_buf_add_text(out, cn_prop_x(net, &props[i]));
        }
        cn_buf_add_text(out, "=");
        switch (cn_field_type_of(field)) {
        case CN_TYPE_TEXT:
            cn_buf_add_text(out, cn_prop_text(net, &props[i]));
            break;
        case CN_TYPE_MONEY:
            cn_format_money_exact(out, props[i].as.money_minor);
            break;
        case CN_TYPE_NUMBER:
            cn_format_exact(out, props[i].as.number);
            break;
        default:
            add_u64(out, props[i].as.count);
            break;
        }
    }
    cn_buf_add_text(out, "\n");
}

static void add_items(cn_buf *out, const cn_network *net, cn_entity entity) {
    for (int kind = CN_ITEM_MAKES; kind <= CN_ITEM_FACT; kind++) {
        size_t count = 0;
        const cn_item *items = cn_entity_items(net, entity, (cn_item_kind)kind, &count);
        for (size_t i = 0; i < count; i++) {
            cn_buf_add_text(out, "  item ");
            add_u64(out, (uint64_t)kind);
            cn_buf_add_text(out, " ");
            cn_buf_add_text(out, cn_item_text(net, &items[i]));
            cn_buf_add_text(out, " ");
            add_u64(out, (uint64_t)items[i].year);
            cn_buf_add_text(out, " ");
            add_u64(out, (uint64_t)items[i].value_minor);
            cn_buf_add_text(out, " ");
            add_u64(out, (uint64_t)items[i].capacity_minor);
            cn_buf_add_text(out, " ");
            cn_format_exact(out, items[i].number);
            cn_buf_add_text(out, " ");
            add_u64(out, (uint64_t)items[i].origin);
            cn_buf_add_text(out, "\n");
        }
    }
}

static void add_link(cn_buf *out, const cn_network *net, cn_link link) {
    const char *parts[] = {
        cn_entity_id(net, cn_link_from(net, link)),
        cn_entity_id(net, cn_link_to(net, link)),
        cn_vocabulary_key(CN_VOC_LINK_KIND, (int)cn_link_kind_of(net, link)),
        cn_vocabulary_key(CN_VOC_LINK_STATUS, (int)cn_link_status_of(net, link)),
        cn_vocabulary_key(CN_VOC_ROLE, (int)cn_link_role(net, link)),
        cn_link_product(net, link),
        cn_link_source(net, link),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cn_buf_add_text(out, parts[i]);
        cn_buf_add_text(out, "|");
    }
    add_u64(out, (uint64_t)cn_link_value_minor(net, link));
    cn_buf_add_text(out, "|");
    cn_format_exact(out, cn_link_value(net, link));
    cn_buf_add_text(out, "|");
    add_u64(out, cn_link_since(net, link));
    cn_buf_add_text(out, "|");
    add_u64(out, cn_link_until(net, link));
    size_t count = 0;
    const cn_prop *props = cn_link_props(net, link, &count);
    add_props(out, net, props, count);
}

/* Everything a network holds, a line each. */
static cn_buf everything(const cn_network *net) {
    cn_buf out = {0};
    const char *head[] = {cn_network_title(net), cn_network_note(net), cn_network_source(net),
                          cn_network_currency(net)};
    for (size_t i = 0; i < 4; i++) {
        cn_buf_add_text(&out, head[i]);
        cn_buf_add_text(&out, "\n");
    }
    add_u64(&out, cn_network_as_of_date(net));
    add_u64(&out, (uint64_t)cn_network_lang(net));
    cn_buf_add_text(&out, "\n");
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        cn_buf_add_text(&out, cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)cn_entity_kind_of(net, e)));
        cn_buf_add_text(&out, " ");
        cn_buf_add_text(&out, cn_entity_id(net, e));
        cn_buf_add_text(&out, " ");
        cn_buf_add_text(&out, cn_entity_name(net, e));
        size_t count = 0;
        const cn_prop *props = cn_entity_props(net, e, &count);
        add_props(&out, net, props, count);
        add_items(&out, net, e);
    }
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        add_link(&out, net, l);
    }
    CHECK(!out.failed);
    return out;
}

/* Equal line by line; the first difference is printed. */
static void check_same(const char *a, const char *b) {
    while (*a || *b) {
        size_t a_len = strcspn(a, "\n");
        size_t b_len = strcspn(b, "\n");
        bool same = a_len == b_len && memcmp(a, b, a_len) == 0;
        if (!same) {
            printf("  JSON:   %.*s\n  tables: %.*s\n", (int)a_len, a, (int)b_len, b);
        }
        CHECK(same);
        a += a_len + (a[a_len] == '\n');
        b += b_len + (b[b_len] == '\n');
    }
}

static void json_and_tables_are_the_same_network(void) {
    cn_network *json = load(COOPNET_SOURCE_DIR "/graphs/electro.json");
    cn_network *tables = load(COOPNET_SOURCE_DIR "/graphs/electro");
    cn_buf a = everything(json);
    cn_buf b = everything(tables);
    CHECK(cn_entity_count(json) >= 14);
    check_same(a.data, b.data);
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_network_free(json);
    cn_network_free(tables);
}

int main(void) {
    return check_run(
        (check_case[]){{"json_and_tables_are_the_same_network", json_and_tables_are_the_same_network}, {0}});
}
