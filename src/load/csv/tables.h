/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of CSV tables. */
#ifndef CN_LOAD_TABLES_H
#define CN_LOAD_TABLES_H

#include "assemble.h"

typedef struct cn__tables {
    char *names[CN__SECTION_COUNT]; /* path of each table that is there; kept while the assembly lives */
} cn__tables;

cn_status cn__tables_read(cn__tables *tables, cn__assembly *assembly, const char *folder);
void cn__tables_release(cn__tables *tables);

/*
 * Look at a file within the limit; `large`: that of mapped tables. *got false: it is larger (reported). Other failures: as
 * cn__file_view_open. To be closed in any case.
 */
cn_status cn__view_limited(cn__load *load, const char *path, bool large, cn__file_view *out, bool *got);

#endif
