/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From builder to network: sort properties and items, let later values replace earlier ones, give back unused room,
 * and move the columns over. Nothing is copied; only rows that came out of order need a scratch array to be sorted.
 * A failure leaves the builder whole, to be freed.
 */
#include <string.h>

#include "builder_impl.h"
#include "error.h"

static int compare_props(const void *a, const void *b) {
    const cn_prop *left = a;
    const cn_prop *right = b;
    if (left->owner != right->owner) {
        return left->owner < right->owner ? -1 : 1;
    }
    return (left->field > right->field) - (left->field < right->field);
}

static int compare_items(const void *a, const void *b) {
    const cn_item *left = a;
    const cn_item *right = b;
    if (left->owner != right->owner) {
        return left->owner < right->owner ? -1 : 1;
    }
    return (left->kind > right->kind) - (left->kind < right->kind);
}

/* Of several values of a field that is no list the last one given holds. */
static void drop_replaced(cn__props *props) {
    size_t kept = 0;
    for (size_t i = 0; i < props->count; i++) {
        bool replaced = i + 1 < props->count && compare_props(&props->rows[i], &props->rows[i + 1]) == 0 &&
                        !cn__field_is_list((cn_field)props->rows[i].field);
        if (!replaced) {
            props->rows[kept++] = props->rows[i];
        }
    }
    props->count = kept;
}

static void trim_props(cn__props *props) {
    bool trimmed = true;
    props->rows = cn__resized(props->rows, props->count, sizeof *props->rows, &trimmed);
    props->cap = trimmed ? props->count : props->cap;
}

static void trim_arena(cn__arena *arena) {
    bool trimmed = true;
    arena->bytes = cn__resized(arena->bytes, arena->len, 1, &trimmed);
    arena->cap = trimmed ? arena->len : arena->cap;
}

/* Give back the room that growing left over. Where that fails it simply stays. */
static void trim(cn_network *net) {
    bool trimmed = true;
    (void)cn__entity_columns_resize(net, net->entity_count);
    (void)cn__link_columns_resize(net, net->link_count);
    trim_props(&net->entity_props);
    trim_props(&net->link_props);
    trim_arena(&net->text);
    trim_arena(&net->ids.keys);
    net->ids.entries = cn__resized(net->ids.entries, net->ids.entry_count, sizeof *net->ids.entries, &trimmed);
    net->ids.entry_cap = trimmed ? net->ids.entry_count : net->ids.entry_cap;
    trimmed = true;
    net->items = cn__resized(net->items, net->item_count, sizeof *net->items, &trimmed);
    net->item_cap = trimmed ? net->item_count : net->item_cap;
}

cn_status cn_builder_finish(cn_builder *builder, cn_network **out, cn_error *err) {
    cn_network *net = &builder->net;
    *out = NULL;
    cn_network *finished = cn__alloc(1, sizeof *finished);
    if (finished == NULL) {
        goto memory;
    }
    if (!cn__sort_stable(net->entity_props.rows, net->entity_props.count, sizeof(cn_prop), compare_props) ||
        !cn__sort_stable(net->link_props.rows, net->link_props.count, sizeof(cn_prop), compare_props) ||
        !cn__sort_stable(net->items, net->item_count, sizeof(cn_item), compare_items)) {
        goto memory;
    }
    drop_replaced(&net->entity_props);
    drop_replaced(&net->link_props);

    /* The texts of the builder become those of the network; its index of them is no longer needed. */
    *finished = *net;
    finished->text = builder->texts.keys;
    finished->entity_roles = NULL;
    if (!cn__network_index(finished)) {
        goto memory;
    }
    trim(finished);
    memset(net, 0, sizeof *net);
    memset(&builder->texts.keys, 0, sizeof builder->texts.keys);
    cn__strmap_release(&builder->texts);
    cn__free(builder->since);
    cn__free(builder->until);
    memset(builder, 0, sizeof *builder);
    *out = finished;
    return CN_OK;

memory:
    cn__free(finished);
    return CN__NO_MEMORY(err);
}
