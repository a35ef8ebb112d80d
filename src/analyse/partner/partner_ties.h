/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Graphs behind the search for partners, from a network or from some of its links. */
#ifndef CN_ANALYSE_PARTNER_TIES_H
#define CN_ANALYSE_PARTNER_TIES_H

#include "coopnet/graph.h"

/* A group with more members than this says nothing of who knows whom. */
enum { CN__GROUP_MOST = 1000 };

/* Pairs (member, group); members are entities, groups entities or, from the number of entities on, agreements. */
typedef struct cn__members {
    uint32_t n;
    size_t count;
    uint32_t *member;
    uint32_t *group;
} cn__members;

/* All distinct pairs of links of these kinds that are neither planned nor broken, ordered by group, member. */
cn_status cn__members_find(const cn_network *net, uint32_t kinds, cn__members *out, cn_error *err);
void cn__members_release(cn__members *members);

/*
 * Who shares a group with whom, undirected, n vertices; the weight of a tie is the sum of 1/(size - 1) over the shared groups (Newman
 * 2001). `members` are ordered by group. O(sum of the squared sizes).
 */
cn_status cn__ties_of_groups(const cn__members *members, cn_graph **out, cn_error *err);

#endif
