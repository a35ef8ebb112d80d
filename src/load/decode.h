/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in other encodings than UTF-8. */
#ifndef CN_LOAD_DECODE_H
#define CN_LOAD_DECODE_H

#include "coopnet/base.h"

typedef enum cn__encoding { CN__UTF8, CN__UTF16_LE, CN__UTF16_BE, CN__CP1251, CN__UNKNOWN_ENCODING } cn__encoding;

/* UTF-16 by its byte order mark, or without one by its zero bytes; else UTF8, which is still to be proved. */
cn__encoding cn__encoding_of_start(const char *bytes, size_t len);
/* Of a text that is not UTF-8: windows-1251 where it reads as Russian, else unknown. */
cn__encoding cn__encoding_of_bytes(const char *bytes, size_t len);
/* "windows-1251" … */
const char *cn__encoding_name(cn__encoding encoding);
/* Append the text in UTF-8, without byte order mark; what is no character becomes U+FFFD. `out->failed`: memory. */
void cn__decode(cn__encoding encoding, const char *bytes, size_t len, cn_buf *out);

#endif
