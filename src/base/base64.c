/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64: three bytes as four letters, "=" for what is missing at the end. Cost: linear. */
#include "base64.h"

void cn__base64(cn_buf *out, const void *bytes, size_t len) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t three = (uint32_t)at[i] << 16;
        three |= left > 1 ? (uint32_t)at[i + 1] << 8 : 0;
        three |= left > 2 ? at[i + 2] : 0;
        char four[4] = {letters[three >> 18], letters[three >> 12 & 63], '=', '='};
        four[2] = left > 1 ? letters[three >> 6 & 63] : '=';
        four[3] = left > 2 ? letters[three & 63] : '=';
        cn_buf_add(out, four, 4);
    }
}
