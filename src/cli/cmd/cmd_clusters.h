/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet clusters: what is computed, and the forms of the answer. */
#ifndef CLI_CMD_CLUSTERS_H
#define CLI_CMD_CLUSTERS_H

#include "show_groups.h"

#include "coopnet/communities.h"
#include "coopnet/rules.h"

typedef struct clusters {
    uint32_t kinds; /* of the layer */
    bool trade;     /* it has supplies or services */
    cn_graph *graph;
    cn_community_options options;
    cn_communities found;
    cn_community_profile *profiles;
    cn_groups groups; /* found */
    cn_groups declared;
    cn_group_flows declared_flows;
    cn_placement *places;
    cn_groups shown; /* between which flows are shown */
    cn_group_flows flows;
    cn_partition_match
        match; /* found and declared; outside of all clusters is a group of its own where there is but one cluster */
    bool with_outside;
    size_t *first;       /* by community: its vertices, most agreed first */
    uint32_t *vertices;  /* of them */
    cn_profile *profile; /* rules that de facto clusters are asked by; NULL where they are not */
    uint32_t linked;
    uint32_t de_facto;
} clusters;

cn_status clusters_write_text(session *s, const clusters *c, cn_error *err);
cn_status clusters_write_json(session *s, const clusters *c, cn_error *err);
cn_status clusters_write_csv(session *s, const clusters *c, cn_error *err);

/* What a group found, or each cluster that the data call a candidate, would still miss in the register. */
cn_status clusters_say_missing(session *s, const clusters *c, const cn_profile *profile, uint32_t group, cn_error *err);
cn_status clusters_say_candidates(session *s, const cn_profile *profile, cn_error *err);

/* "inside", "idle" … of a cn_fit. */
const char *clusters_fit_key(cn_fit fit);

#endif
