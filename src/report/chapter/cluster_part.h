/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report of one cluster looks at. */
#ifndef CN_REPORT_CLUSTER_PART_H
#define CN_REPORT_CLUSTER_PART_H

#include "coopnet/network.h"

/*
 * The part of a network that one cluster is about: the cluster, its members (with their memberships), whoever has a link with the cluster
 * itself, whoever has a link with a member; of the links those with a member or the cluster at an end, and those among whoever has a link with
 * the cluster; the products that these links and organisations name. Two outside partners' links with each other are not in it.
 * CN_OK, CN_ERR_MEMORY. O(V + E).
 */
cn_status cn__cluster_part(const cn_network *net, cn_entity cluster, cn_network **out, cn_error *err);

/* Members, the cluster itself and who has a link with it. `inside` has a flag for each entity. */
void cn__cluster_inside(const cn_network *net, cn_entity cluster, bool *inside);

#endif
