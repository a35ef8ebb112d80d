/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks for tests in few lines. Every call checks that it succeeds. */
#ifndef CN_TEST_MAKE_NETWORK_H
#define CN_TEST_MAKE_NETWORK_H

#include "check.h"
#include "coopnet/builder.h"

static inline cn_builder *make_builder(void) {
    cn_builder *builder;
    CHECK_INT(cn_builder_create(&builder, NULL), CN_OK);
    return builder;
}

static inline cn_entity make_entity(cn_builder *builder, cn_entity_kind kind, const char *id) {
    cn_entity entity;
    CHECK_INT(cn_builder_add_entity(builder, kind, id, NULL, &entity, NULL), CN_OK);
    return entity;
}

static inline cn_entity make_company(cn_builder *builder, const char *id) {
    return make_entity(builder, CN_ENTITY_COMPANY, id);
}

/* `value` in units of the currency; below 0: none. */
static inline cn_link make_link(cn_builder *builder, cn_link_kind kind, cn_entity from, cn_entity to, int64_t value) {
    cn_link link;
    cn_link_spec spec = {.from = from, .to = to, .kind = kind, .value_minor = value < 0 ? CN_MONEY_NONE : value * 100};
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    return link;
}

static inline cn_link make_dated(cn_builder *builder, cn_link_kind kind, cn_entity from, cn_entity to,
                                 const char *since, const char *until) {
    cn_link link;
    cn_link_spec spec = {.from = from,
                         .to = to,
                         .kind = kind,
                         .value_minor = CN_MONEY_NONE,
                         .since = since != NULL ? cn_date_parse(since) : CN_DATE_NONE,
                         .until = until != NULL ? cn_date_parse(until) : CN_DATE_NONE};
    CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    return link;
}

static inline void make_text(cn_builder *builder, cn_entity entity, cn_field field, const char *text) {
    CHECK_INT(cn_builder_add_text(builder, CN_OWNER_ENTITY, entity, field, text, NULL), CN_OK);
}

static inline void make_date(cn_builder *builder, cn_entity entity, cn_field field, const char *date) {
    CHECK_INT(cn_builder_add_count(builder, CN_OWNER_ENTITY, entity, field, cn_date_parse(date), NULL), CN_OK);
}

/* Finish and free the builder. */
static inline cn_network *make_network(cn_builder *builder) {
    cn_network *net;
    CHECK_INT(cn_builder_finish(builder, &net, NULL), CN_OK);
    cn_builder_free(builder);
    return net;
}

#endif
