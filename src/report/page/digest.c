/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file that uses GLib (librsvg stands on it anyway). */
#include "digest.h"

#include <glib.h>

#include "base64.h"

/* cn__digest is a GChecksum under another name. */
cn__digest *cn__digest_begin(void) { return (cn__digest *)g_checksum_new(G_CHECKSUM_SHA256); }

void cn__digest_add(cn__digest *digest, const void *bytes, size_t len) {
    const unsigned char *at = bytes;
    for (size_t part; len; at += part, len -= part) {
        part = len < ((size_t)1 << 30) ? len : (size_t)1 << 30;
        g_checksum_update((GChecksum *)digest, at, (gssize)part);
    }
}

void cn__digest_end_hex(cn__digest *digest, cn_buf *out) {
    cn_buf_add_text(out, g_checksum_get_string((GChecksum *)digest));
    g_checksum_free((GChecksum *)digest);
}

void cn__sha256_base64(cn_buf *out, const void *bytes, size_t len) {
    unsigned char raw[32];
    gsize size = sizeof raw;
    cn__digest *digest = cn__digest_begin();
    cn__digest_add(digest, bytes, len);
    g_checksum_get_digest((GChecksum *)digest, raw, &size);
    g_checksum_free((GChecksum *)digest);
    cn__base64(out, raw, sizeof raw);
}
