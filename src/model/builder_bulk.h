/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The builder for a reader of millions of links: ids and texts with their length instead of a NUL, links many at a time. Finding
 * changes nothing, so several threads may do it at once while nothing is added.
 */
#ifndef CN_MODEL_BUILDER_BULK_H
#define CN_MODEL_BUILDER_BULK_H

#include "coopnet/builder.h"

/* Number of a text kept earlier by cn__builder_share, or CN_NONE; `len` 0 is text 0. */
uint32_t cn__builder_find_text(const cn_builder *builder, const char *text, size_t len);

/* Ask the memory for where an entity of this id will be put. */
void cn__builder_fetch_entity(const cn_builder *builder, const char *id, size_t len);
/* Add an entity without name. The id is valid UTF-8, not empty and not taken. */
cn_status cn__builder_name_entity(cn_builder *builder, cn_entity_kind kind, const char *id, size_t len, cn_entity *out,
                                  cn_error *err);
/* Keep a text that probably comes again, once only. */
cn_status cn__builder_share(cn_builder *builder, const char *text, size_t len, uint32_t *out, cn_error *err);
/*
 * Add a link whose texts are product and source as numbers (those in `spec` stay NULL). CN_ERR_ARGUMENT, without a message: a rule is
 * broken and nothing was added.
 */
cn_status cn__builder_take_link(cn_builder *builder, const cn_link_spec *spec, uint32_t product, uint32_t source,
                                cn_error *err);

/* Links column by column. Of the columns all but `ends` may be NULL: no value, kind supply, else 0. */
typedef struct cn__link_columns {
    size_t count;
    const cn_entity *ends; /* two a link: from, to; with `to_first`: to, from */
    bool to_first;
    const int64_t *value;
    const uint32_t *product; /* texts, as kept */
    const uint32_t *source;
    const cn_date *since;
    const cn_date *until;
    const uint8_t *kind;
    const uint8_t *status;
    const uint8_t *role;
} cn__link_columns;

/* Does every link keep the rules? Ends are entities or CN_NONE, which breaks them. */
bool cn__builder_links_hold(const cn_builder *builder, const cn__link_columns *links);
/* Room for `count` links from *first on, which are to be filled before anything else is asked of the builder. */
cn_status cn__builder_reserve_links(cn_builder *builder, size_t count, cn_link *first, cn_error *err);
/* Fill reserved room with links that keep the rules; several threads may, each its own. */
void cn__builder_fill_links(cn_builder *builder, cn_link first, const cn__link_columns *links);

#endif
