/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Properties from network to network: as text, compared, copied through the builder. Each is O(length of its text). */
#include "merge_impl.h"

#include "network_impl.h"
#include "number.h"

#include <string.h>

void cn__join_prop_text(const cn_network *net, cn_entity_kind kind, const cn_prop *prop, cn_buf *out) {
    cn_field field = (cn_field)prop->field;
    out->len = 0;
    cn_buf_add(out, "", 0);
    switch (cn_field_type_of(field)) {
    case CN_TYPE_TEXT:
        cn_buf_add_text(out, cn_prop_text(net, prop));
        break;
    case CN_TYPE_MONEY:
        cn_format_money_exact(out, prop->as.money_minor);
        break;
    case CN_TYPE_NUMBER:
        cn_format_exact(out, prop->as.number);
        break;
    case CN_TYPE_DATE:
        cn_format_date_iso(out, (cn_date)prop->as.count);
        break;
    case CN_TYPE_ENUM:
        cn_buf_add_text(out, cn_vocabulary_key(cn__field_vocabulary(field, kind), (int)prop->as.count));
        break;
    case CN_TYPE_FLAG:
        cn_buf_add_text(out, prop->as.count ? "true" : "false");
        break;
    case CN_TYPE_COUNT:
        cn__format_u64(out, prop->as.count);
        break;
    }
}

bool cn__join_same_prop(const cn_network *a, const cn_prop *x, const cn_network *b, const cn_prop *y) {
    if (cn_field_type_of((cn_field)x->field) == CN_TYPE_TEXT) {
        return strcmp(cn_prop_text(a, x), cn_prop_text(b, y)) == 0;
    }
    return x->as.count == y->as.count; /* the bytes of any other type */
}

cn_status cn__join_copy_prop(cn__joining *j, const cn_network *from, const cn_prop *prop, cn_owner owner_kind,
                             uint32_t owner) {
    cn_field field = (cn_field)prop->field;
    cn_error error = {0};
    cn_status status;
    if (field == CN_FIELD_X) {
        status =
            cn_builder_add_x(j->builder, owner_kind, owner, cn_prop_x(from, prop), cn_prop_text(from, prop), &error);
    } else {
        switch (cn_field_type_of(field)) {
        case CN_TYPE_TEXT:
            status = cn_builder_add_text(j->builder, owner_kind, owner, field, cn_prop_text(from, prop), &error);
            break;
        case CN_TYPE_MONEY:
            status = cn_builder_add_money(j->builder, owner_kind, owner, field, prop->as.money_minor, &error);
            break;
        case CN_TYPE_NUMBER:
            status = cn_builder_add_number(j->builder, owner_kind, owner, field, prop->as.number, &error);
            break;
        default:
            status = cn_builder_add_count(j->builder, owner_kind, owner, field, prop->as.count, &error);
            break;
        }
    }
    if (status == CN_ERR_ARGUMENT) {
        j->merge->matcher.counts.links_unfit++;
        return CN_OK;
    }
    if (status != CN_OK && j->err) {
        *j->err = error;
    }
    return status;
}
