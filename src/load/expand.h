/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record to its builder calls. Mistakes are reported; what is returned besides CN_OK ends the load. */
#ifndef CN_LOAD_EXPAND_H
#define CN_LOAD_EXPAND_H

#include "assemble.h"

/* What the file says of itself. */
cn_status cn__expand_network(cn__assembly *assembly, const cn__record *record);
/* Properties and own links of an entity; CN_NONE: only check the values. */
cn_status cn__expand_entity(cn__assembly *assembly, const cn__record *record, cn_entity entity);
/* Link or item of a child list; parent CN_NONE: only check. */
cn_status cn__expand_child(cn__assembly *assembly, const cn__record *record, cn_entity parent);
cn_status cn__expand_link(cn__assembly *assembly, const cn__record *record);

#endif
