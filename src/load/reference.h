/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References: from an id in a cell to its entity. */
#ifndef CN_LOAD_REFERENCE_H
#define CN_LOAD_REFERENCE_H

#include "assemble.h"

/*
 * Entity of a reference; CN_NONE when there is none (reported, with the nearest id) or it could not be added.
 * Entities that appear by being named are added here.
 */
cn_status cn__resolve(cn__assembly *assembly, const cn__record *record, const cn__cell *cell, cn_entity *out);
/* Row of the parent that a CSV child names; CN_NONE when there is none or it is of the wrong kind (reported). */
cn_status cn__resolve_parent(cn__assembly *assembly, const cn__record *record, uint32_t *out);
/* Add an entity and remember its place. CN_NONE when a rule or a limit forbids it (reported). */
cn_status cn__resolve_add(cn__assembly *assembly, cn_entity_kind kind, const cn__record *record, const cn__cell *id,
                          const char *name, uint32_t row, cn_entity *out);

#endif
