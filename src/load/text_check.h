/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a file a text that can be read at all, and where does it begin. */
#ifndef CN_LOAD_TEXT_CHECK_H
#define CN_LOAD_TEXT_CHECK_H

#include "load_context.h"

/* False: not (reported). *start: first byte after a byte order mark. */
bool cn__text_check(cn__load *load, const char *file, const char *bytes, size_t len, size_t *start);

#endif
