/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648), for pictures inside of pages. */
#ifndef CN_BASE_BASE64_H
#define CN_BASE_BASE64_H

#include "coopnet/base.h"

void cn__base64(cn_buf *out, const void *bytes, size_t len);

#endif
