/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks that are freed together: the texts and arrays of a small thing read from a file. */
#ifndef CN_BASE_KEEP_H
#define CN_BASE_KEEP_H

#include <stddef.h>

/* `{0}` to init. */
typedef struct cn__keep {
    void **list;
    size_t count;
    size_t cap;
} cn__keep;

/* A cleared array that lives as long as the keep; NULL without memory. */
void *cn__keep_add(cn__keep *keep, size_t count, size_t size);
/* A copy of bytes, with a NUL behind them. */
char *cn__keep_copy(cn__keep *keep, const void *bytes, size_t len);
void cn__keep_release(cn__keep *keep);

#endif
