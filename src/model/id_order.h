/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids for looking up without a hash map: entities by the hash of their id. Unlike a map it is the same for the same ids, however they
 * were added, and prepared ids cannot make it slow. This is what a snapshot keeps.
 */
#ifndef CN_MODEL_ID_ORDER_H
#define CN_MODEL_ID_ORDER_H

#include "network_impl.h"

/* order[0 … entities-1] ascending: hash << 32 | entity. False: memory. */
bool cn__id_order_make(const cn_network *net, uint64_t *order);
/* Entity of an id in a network that has an order, or CN_NONE. O(log entities). */
cn_entity cn__id_order_find(const cn_network *net, const char *id);

#endif
