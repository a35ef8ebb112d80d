/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A watch that says stop after so many questions, and sees whether what it is told makes sense. */
#ifndef CN_TEST_PATIENCE_H
#define CN_TEST_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct patience {
    uint64_t calls, most;
    double share;
    bool odd; /* more was done than there is, or less than before */
} patience;

static inline bool patience_wait(void *context, uint64_t done, uint64_t total) {
    patience *p = context;
    double share = (double)done / (double)total;
    p->odd = p->odd || !(share <= 1) || share < p->share;
    p->share = share;
    return p->calls++ < p->most;
}

#endif
