/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The growing byte buffer, and the sink that fills one.
 *
 * While `data` is not NULL, data[len] is a NUL and cap > len. A failed allocation is remembered in the buffer instead
 * of being returned by every add, so that a writer checks once, at its end. Adding costs the bytes added, amortised.
 */
#include "buf.h"
#include "memory.h"

#include <string.h>

char *cn__buf_reserve(cn_buf *buf, size_t extra) {
    if (buf->failed) {
        return NULL;
    }
    if (extra == SIZE_MAX || !cn__grow((void **)&buf->data, &buf->cap, buf->len, extra + 1, 1)) {
        buf->failed = true;
        return NULL;
    }
    buf->data[buf->len] = '\0';
    return buf->data + buf->len;
}

void cn_buf_add(cn_buf *buf, const void *bytes, size_t len) {
    char *room = cn__buf_reserve(buf, len);
    if (!room) {
        return;
    }
    if (len > 0) {
        memcpy(room, bytes, len);
    }
    room[len] = '\0';
    buf->len += len;
}

void cn_buf_add_text(cn_buf *buf, const char *text) { cn_buf_add(buf, text, strlen(text)); }

void cn__buf_add_char(cn_buf *buf, char c) { cn_buf_add(buf, &c, 1); }

void cn_buf_release(cn_buf *buf) {
    if (buf) {
        cn__free(buf->data);
        *buf = (cn_buf){0};
    }
}

static bool write_to_buf(void *context, const void *bytes, size_t len) {
    cn_buf *buf = context;
    cn_buf_add(buf, bytes, len);
    return !buf->failed;
}

cn_sink cn_sink_buf(cn_buf *buf) { return (cn_sink){.write = write_to_buf, .context = buf}; }
