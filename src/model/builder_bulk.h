/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The builder for a reader of millions of links: ids and texts with their length instead of a NUL, looked up many at a time. Finding
 * changes nothing, so several threads may do it at once while nothing is added.
 */
#ifndef CN_MODEL_BUILDER_BULK_H
#define CN_MODEL_BUILDER_BULK_H

#include "coopnet/builder.h"

/* Entities of many ids, CN_NONE where there is none. */
void cn__builder_find_ids(const cn_builder *builder, const char *const *ids, const uint32_t *lens, size_t count,
                          cn_entity *out);
/* Number of a text kept earlier by cn__builder_share, or CN_NONE; `len` 0 is text 0. */
uint32_t cn__builder_find_text(const cn_builder *builder, const char *text, size_t len);

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

#endif
