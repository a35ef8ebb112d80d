/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256, for the page's security policy and the hash of the input. */
#ifndef CN_REPORT_DIGEST_H
#define CN_REPORT_DIGEST_H

#include "coopnet/base.h"

/* Look at out->failed afterwards. */
void cn__sha256_base64(cn_buf *out, const void *bytes, size_t len);

/* SHA-256 of what is added bit by bit. */
typedef struct cn__digest cn__digest;
cn__digest *cn__digest_begin(void);
void cn__digest_add(cn__digest *digest, const void *bytes, size_t len);
/* As hexadecimal text; frees the digest. */
void cn__digest_end_hex(cn__digest *digest, cn_buf *out);

#endif
