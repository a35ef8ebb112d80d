/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vertices with the same neighbours, joined to one. */
#ifndef CN_ANALYSE_KERNEL_TWINS_H
#define CN_ANALYSE_KERNEL_TWINS_H

#include "kernel_rows.h"

typedef struct cn__twins {
    uint32_t n;      /* classes */
    uint32_t *of;    /* by vertex of the rows: its class */
    uint32_t *first; /* by class: its least vertex */
    double *size;    /* by class */
    bool *apart;     /* by class: its members are not neighbours of each other */
    uint32_t *start; /* n+1: rows of neighbouring classes, ascending, without itself */
    uint32_t *to;
} cn__twins;

/* rows: symmetric, without weights. single: by vertex, whether it may be joined. CN_OK or CN_ERR_MEMORY. O(V log V + E). */
cn_status cn__twins_build(const cn__rows *rows, const bool *single, cn__twins *out, cn_error *err);
void cn__twins_release(cn__twins *twins);

#endif
