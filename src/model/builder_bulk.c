/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The builder for a reader of millions of links. Every rule is that of validate.c; only the form of the call differs: whole columns are
 * asked at once whether they keep the rules, by the few of them that values read as plain numbers and known words can break. O(1) a
 * call or link, finding and naming cost the length of the id.
 */
#include "builder_bulk.h"

#include "builder_impl.h"
#include "error.h"

#include <string.h>

uint32_t cn__builder_find_text(const cn_builder *builder, const char *text, size_t len) {
    const cn__strmap *texts = &builder->texts;
    if (len == 0) {
        return 0;
    }
    uint32_t entry = cn__strmap_find(texts, text, len);
    return entry != CN_NONE ? texts->entries[entry].key : CN_NONE;
}

void cn__builder_fetch_entity(const cn_builder *builder, const char *id, size_t len) {
    cn__strmap_fetch(&builder->net.ids, id, len);
}

cn_status cn__builder_name_entity(cn_builder *builder, cn_entity_kind kind, const char *id, size_t len, cn_entity *out,
                                  cn_error *err) {
    *out = CN_NONE;
    if (builder->net.entity_count >= CN_NONE - 1) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "entities");
    }
    cn_entity entity = builder->net.entity_count;
    cn_status status = cn__builder_put_entity(builder, kind, id, len, NULL, err);
    *out = status == CN_OK ? entity : CN_NONE;
    return status;
}

cn_status cn__builder_take_link(cn_builder *builder, const cn_link_spec *spec, uint32_t product, uint32_t source,
                                cn_error *err) {
    cn_status status = cn__check_link(builder, spec, NULL);
    return status != CN_OK ? CN_ERR_ARGUMENT : cn__builder_put_link(builder, spec, product, source, err);
}

/* ---- columns ---- */

/* The link as a call of the ordinary kind has it; ends are entities. */
static cn_link_spec spec_of(const cn__link_columns *links, size_t i) {
    return (cn_link_spec){links->ends[2 * i + links->to_first],
                          links->ends[2 * i + !links->to_first],
                          links->kind ? (cn_link_kind)links->kind[i] : CN_LINK_SUPPLY,
                          links->status ? (cn_link_status)links->status[i] : CN_STATUS_NONE,
                          links->role ? (cn_role)links->role[i] : CN_ROLE_NONE,
                          links->value ? links->value[i] : CN_MONEY_NONE,
                          NULL,
                          NULL,
                          links->since ? links->since[i] : CN_DATE_NONE,
                          links->until ? links->until[i] : CN_DATE_NONE};
}

bool cn__builder_links_hold(const cn_builder *builder, const cn__link_columns *links) {
    const uint8_t *kinds = builder->net.entity_kind;
    uint32_t count = builder->net.entity_count;
    /* Supplies without a period can break only what is asked here; anything else is asked in the ordinary way. */
    uint32_t from = cn_link_kind_from(CN_LINK_SUPPLY);
    uint32_t to = cn_link_kind_to(CN_LINK_SUPPLY);
    bool plain = !links->kind && !links->since && !links->until;
    if (count == 0 || links->count >= CN_NONE - 1 - builder->net.link_count) {
        return links->count == 0;
    }
    for (size_t i = 0; i < links->count; i++) {
        uint32_t a = links->ends[2 * i + links->to_first];
        uint32_t b = links->ends[2 * i + !links->to_first];
        if (a >= count || b >= count || a == b || (plain && (from >> kinds[a] & to >> kinds[b] & 1u) == 0)) {
            return false;
        }
        if (!plain) {
            cn_link_spec spec = spec_of(links, i);
            if (cn__check_link(builder, &spec, NULL) != CN_OK) {
                return false;
            }
        }
    }
    return true;
}

static bool grow_links_to(cn_builder *builder, size_t count) {
    size_t cap = builder->link_cap > 0 ? builder->link_cap : 64;
    while (cap < count) {
        cap *= 2;
    }
    if (cap > builder->link_cap && !cn__link_columns_resize(&builder->net, cap)) {
        return false;
    }
    builder->link_cap = cap;
    return true;
}

cn_status cn__builder_reserve_links(cn_builder *builder, size_t count, cn_link *first, cn_error *err) {
    *first = builder->net.link_count;
    if (count >= CN_NONE - 1 - builder->net.link_count) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "links");
    }
    if (!grow_links_to(builder, builder->net.link_count + count)) {
        return CN__NO_MEMORY(err);
    }
    builder->net.link_count += (uint32_t)count;
    return CN_OK;
}

static void fill_words(uint32_t *out, const uint32_t *column, size_t count) {
    if (column) {
        memcpy(out, column, count * sizeof *out);
    } else {
        memset(out, 0, count * sizeof *out);
    }
}

static void fill_bytes(uint8_t *out, const uint8_t *column, uint8_t otherwise, size_t count) {
    if (column) {
        memcpy(out, column, count);
    } else {
        memset(out, otherwise, count);
    }
}

void cn__builder_fill_links(cn_builder *builder, cn_link first, const cn__link_columns *links) {
    cn_network *net = &builder->net;
    size_t count = links->count;
    for (size_t i = 0; i < count; i++) {
        net->link_from[first + i] = links->ends[2 * i + links->to_first];
        net->link_to[first + i] = links->ends[2 * i + !links->to_first];
    }
    for (size_t i = 0; i < count && !links->value; i++) {
        net->link_value[first + i] = CN_MONEY_NONE;
    }
    if (links->value && count > 0) {
        memcpy(net->link_value + first, links->value, count * sizeof *links->value);
    }
    fill_words(net->link_product + first, links->product, count);
    fill_words(net->link_source + first, links->source, count);
    fill_words(net->link_since + first, links->since, count);
    fill_words(net->link_until + first, links->until, count);
    fill_bytes(net->link_kind + first, links->kind, CN_LINK_SUPPLY, count);
    fill_bytes(net->link_status + first, links->status, CN_STATUS_NONE, count);
    fill_bytes(net->link_role + first, links->role, CN_ROLE_NONE, count);
}
