/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder's state, and the rules that it asks (validate.c). */
#ifndef CN_MODEL_BUILDER_IMPL_H
#define CN_MODEL_BUILDER_IMPL_H

#include "builder_bulk.h"
#include "network_impl.h"

struct cn_builder {
    cn_network net; /* what was built so far; its columns have room for …_cap rows; its own text arena is unused */
    cn__strmap
        texts; /* all texts: those that repeat are keys, the others only lie in its arena, which becomes net.text */
    cn_date *since; /* by entity: its period so far, to judge the other end when it comes */
    cn_date *until;
    size_t entity_cap;
    size_t link_cap;
};

/* Append an entity or link that keeps all rules. */
cn_status cn__builder_put_entity(cn_builder *builder, cn_entity_kind kind, const char *id, size_t len, const char *name,
                                 cn_error *err);
cn_status cn__builder_put_link(cn_builder *builder, const cn_link_spec *spec, uint32_t product, uint32_t source,
                               cn_error *err);

/*
 * The rules. Each returns CN_OK, or CN_ERR_ARGUMENT with the message of the rule that is broken. They look at the
 * builder and change nothing.
 */
cn_status cn__check_entity(const cn_builder *builder, cn_entity_kind kind, const char *id, cn_error *err);
cn_status cn__check_link(const cn_builder *builder, const cn_link_spec *spec, cn_error *err);
cn_status cn__check_field(const cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                          cn_field_type type, cn_error *err);
cn_status cn__check_money(const char *key, int64_t minor, cn_error *err);
cn_status cn__check_number(cn_field field, double number, cn_error *err);
cn_status cn__check_count(const cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                          uint64_t count, cn_error *err);
cn_status cn__check_item(const cn_builder *builder, const cn_item *item, const char *text, cn_error *err);
cn_status cn__check_currency(const char *code, cn_error *err);
/* Valid UTF-8? NULL is. */
cn_status cn__check_text(const char *text, cn_error *err);

#endif
