/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the JSON format into an assembly. */
#ifndef CN_LOAD_JSON_READER_H
#define CN_LOAD_JSON_READER_H

#include "assemble.h"

/* text[start, len) is valid UTF-8. Mistakes are reported; what is returned besides CN_OK ends the load. */
cn_status cn__json_read(cn__assembly *assembly, const char *file, const char *text, size_t start, size_t len);

#endif
