/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one CSV table into an assembly. */
#ifndef CN_LOAD_CSV_READER_H
#define CN_LOAD_CSV_READER_H

#include "assemble.h"

/*
 * text[start, len) is valid UTF-8 and the table of `section`. `lone`: a table of links outside a folder, which may come without
 * header. Mistakes are reported; what is returned besides CN_OK ends the load.
 */
cn_status cn__csv_read(cn__assembly *assembly, const cn__section *section, bool lone, const char *file,
                       const char *text, size_t start, size_t len);

#endif
