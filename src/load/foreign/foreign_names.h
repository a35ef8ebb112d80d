/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the name of an attribute in another program's file means. */
#ifndef CN_LOAD_FOREIGN_NAMES_H
#define CN_LOAD_FOREIGN_NAMES_H

#include "schema.h"

/* What our writers call the source of a link's fact: "source" is an end of the edge in many formats. */
#define CN__FOREIGN_FACT_SOURCE "fact_source"

/* Column that the attribute is for, or NULL: none (also for the columns that are ids). The buffers are the caller's. */
const cn__column *cn__foreign_column(const cn__section *section, const char *name, cn_buf *folded, cn_buf *scratch);
/* May an attribute of this folded name tell the kind of a node or edge? */
bool cn__foreign_tells_kind(const char *folded);
/* Is the name understood by us, so that a free attribute must be written as "x.NAME"? */
bool cn__foreign_reserved(const char *name);

#endif
