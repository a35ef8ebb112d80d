/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a file a text that can be read at all, in UTF-8, and where does it begin. */
#ifndef CN_LOAD_TEXT_CHECK_H
#define CN_LOAD_TEXT_CHECK_H

#include "load_context.h"

/* A text as it is read: the bytes of the file, or what they were decoded to. `{0}` to init. */
typedef struct cn__text {
    const char *bytes; /* valid UTF-8 without NUL */
    size_t len;
    size_t start; /* first byte after a byte order mark */
    cn_buf decoded;
} cn__text;

/* *good false: it is none (reported). The bytes stay the caller's and are borrowed. */
cn_status cn__text_open(cn__load *load, const char *file, const char *bytes, size_t len, cn__text *out, bool *good);
void cn__text_close(cn__text *text);

#endif
