/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of keep: what is in them stays where it is while more are added. Constant cost a block. */
#include "keep.h"

#include "memory.h"

#include <string.h>

void *cn__keep_add(cn__keep *keep, size_t count, size_t size) {
    if (!cn__grow((void **)&keep->list, &keep->cap, keep->count, 1, sizeof *keep->list)) {
        return NULL;
    }
    void *block = cn__calloc(count ? count : 1, size);
    if (block) {
        keep->list[keep->count++] = block;
    }
    return block;
}

char *cn__keep_copy(cn__keep *keep, const void *bytes, size_t len) {
    char *copy = cn__keep_add(keep, len + 1, 1);
    if (copy && len) {
        memcpy(copy, bytes, len);
    }
    return copy;
}

void cn__keep_release(cn__keep *keep) {
    for (size_t i = 0; i < keep->count; i++) {
        cn__free(keep->list[i]);
    }
    cn__free(keep->list);
    *keep = (cn__keep){0};
}
