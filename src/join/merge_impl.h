/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A merge while it is made, and its result. */
#ifndef CN_JOIN_MERGE_IMPL_H
#define CN_JOIN_MERGE_IMPL_H

#include "coopnet/builder.h"

#include "match.h"

struct cn_merge {
    cn__matcher matcher;
    cn_network *net;
    uint32_t *into; /* by body: entity of the result */
    uint32_t entity_count;
    uint32_t *members; /* bodies by the entity they went into, each run in the order of the inputs */
    uint32_t *member_starts;
    cn_merge_joined *joined;
    size_t joined_count;
    cn_merge_renamed *renamed;
    size_t renamed_count, renamed_cap;
    cn_merge_conflict *conflicts;
    size_t conflict_count, conflict_cap;
    cn__arena texts; /* of conflicts, as offsets until the merge is finished */
};

/* State of the building; all borrowed. */
typedef struct cn__joining {
    cn_merge *merge;
    const cn_merge_input *inputs;
    cn_builder *builder;
    cn_buf text;
    cn_error *err;
} cn__joining;

/* Record two values for one thing. `what` is NULL where the field tells it. */
cn_status cn__merge_conflict(cn__joining *j, const cn_merge_conflict *conflict);

cn_status cn__join_entities(cn__joining *j);
cn_status cn__join_links(cn__joining *j);

/* A value as text, for a conflict. */
void cn__join_prop_text(const cn_network *net, cn_entity_kind kind, const cn_prop *prop, cn_buf *out);
/* The same property with the same value? */
bool cn__join_same_prop(const cn_network *a, const cn_prop *x, const cn_network *b, const cn_prop *y);
/* Copy a property of another network; a rule of the model that forbids it is counted, not an error. */
cn_status cn__join_copy_prop(cn__joining *j, const cn_network *from, const cn_prop *prop, cn_owner owner_kind,
                             uint32_t owner);

#endif
