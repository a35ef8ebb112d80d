/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The builder for a reader of millions of links. Every rule is that of validate.c; only the form of the call differs. O(1) a call,
 * finding and naming cost the length of the id.
 */
#include "builder_bulk.h"

#include "builder_impl.h"
#include "error.h"

void cn__builder_find_ids(const cn_builder *builder, const char *const *ids, const uint32_t *lens, size_t count,
                          cn_entity *out) {
    cn__strmap_find_many(&builder->net.ids, ids, lens, count, out);
}

uint32_t cn__builder_find_text(const cn_builder *builder, const char *text, size_t len) {
    const cn__strmap *texts = &builder->texts;
    if (len == 0) {
        return 0;
    }
    uint32_t entry = cn__strmap_find(texts, text, len);
    return entry != CN_NONE ? texts->entries[entry].key : CN_NONE;
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
