/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rest of the library may do with a cn_buf beyond the public functions. */
#ifndef CN_BASE_BUF_H
#define CN_BASE_BUF_H

#include "coopnet/base.h"

/* Room for `extra` more bytes and a NUL, as a pointer to them; NULL (and buf->failed) without memory. `len` stays. */
char *cn__buf_reserve(cn_buf *buf, size_t extra);
void cn__buf_add_char(cn_buf *buf, char c);

#endif
