/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What groups of a graph make, by class of products, against the whole network. */
#ifndef CN_ANALYSE_SPECIALTY_H
#define CN_ANALYSE_SPECIALTY_H

#include "coopnet/communities.h"

/* Fill specialties and specialty_count of one profile for each group. False: memory. O(P + L + R log R) for R (class, group) pairs. */
bool cn__specialties_find(const cn_network *net, const cn_graph *graph, const uint32_t *of,
                          cn_community_profile *profiles, uint32_t count);

#endif
