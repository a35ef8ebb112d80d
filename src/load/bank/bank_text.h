/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a bank exchange file in the encodings that 1C writes. */
#ifndef CN_LOAD_BANK_TEXT_H
#define CN_LOAD_BANK_TEXT_H

#include "coopnet/base.h"

typedef enum cn__bank_encoding { CN__BANK_WINDOWS, CN__BANK_DOS, CN__BANK_UTF8 } cn__bank_encoding;

/* Append the bytes in UTF-8. What is no text becomes a blank (control characters) or U+FFFD. */
void cn__bank_decode(cn_buf *out, cn__bank_encoding encoding, const char *bytes, size_t len);

#endif
