/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet roles: what is computed, and the forms of the answer. */
#ifndef CLI_CMD_ROLES_H
#define CLI_CMD_ROLES_H

#include "show_groups.h"

#include "coopnet/communities.h"
#include "coopnet/roles.h"

/* The firms of a cluster, or of the whole network (cluster CN_NONE), the best anchor first. */
typedef struct anchor_set {
    cn_entity cluster;
    cn_anchor *rows;
    size_t count;
} anchor_set;

typedef struct parts {
    uint32_t kinds; /* of the layer */
    cn_graph *graph;
    cn_groups groups;   /* between which brokers stand */
    cn_groups clusters; /* declared */
    cn_roles roles;
    cn_placement *places;
    cn_flows *flows;
    anchor_set *anchors;
    uint32_t set_count;
    uint32_t *order; /* vertices with links, the busiest brokers first */
    uint32_t linked;
} parts;

/* Pairs that a vertex brokers in any part. */
uint64_t parts_brokered(const parts *p, uint32_t vertex);

cn_status roles_write_text(session *s, const parts *p, cn_error *err);
cn_status roles_write_json(session *s, const parts *p, cn_error *err);
cn_status roles_write_csv(session *s, const parts *p, cn_error *err);

#endif
