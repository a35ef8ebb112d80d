/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which kind a node or edge of another program's graph is. */
#ifndef CN_LOAD_FOREIGN_KINDS_H
#define CN_LOAD_FOREIGN_KINDS_H

#include "coopnet/network.h"

#include "strmap.h"

/* What names and words of attributes were found to mean: each is looked up once. `{0}` to init. */
typedef struct cn__foreign_kinds {
    cn__strmap names;
    cn__strmap words[2]; /* of nodes, of edges */
    bool no_memory;
} cn__foreign_kinds;

/*
 * The kind that an attribute tells of a node (cn_entity_kind: itself, its table, or a type that only one kind has, then `*is_type`) or
 * edge (cn_link_kind). -1: it tells none.
 */
int cn__foreign_told(cn__foreign_kinds *kinds, bool edge, const char *name, const char *word, bool *is_type);
void cn__foreign_kinds_release(cn__foreign_kinds *kinds);
/* May a link of this kind join such ends? */
bool cn__foreign_allowed(cn_link_kind kind, cn_entity_kind from, cn_entity_kind to);
/* The first kind that the two ends may have; agreements before all where there is no direction. */
cn_link_kind cn__foreign_default_kind(bool directed, cn_entity_kind from, cn_entity_kind to);

#endif
