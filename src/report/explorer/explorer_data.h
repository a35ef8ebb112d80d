/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data block of the explorer. */
#ifndef CN_REPORT_EXPLORER_DATA_H
#define CN_REPORT_EXPLORER_DATA_H

#include "coopnet/network.h"

/* A figure of organisations that their size can follow. */
typedef struct cn__explorer_metric {
    const char *key;
    const char *name;
    const double *values;   /* by vertex */
    const uint32_t *vertex; /* by entity: its vertex, or CN_NONE: it has no such figure */
} cn__explorer_metric;

typedef struct cn__explorer_options {
    cn_lang lang;
    uint32_t limit; /* entities in the page at most: those with the largest sums of links stay */
    const cn__explorer_metric *metrics;
    size_t metric_count;
} cn__explorer_options;

/*
 * JSON in columns, safe inside a page; `*kept` tells how many entities are in it.
 * CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT. O(layout + links log links).
 */
cn_status cn__explorer_data(const cn_network *net, const cn__explorer_options *options, cn_buf *out, uint32_t *kept,
                            cn_error *err);

#endif
