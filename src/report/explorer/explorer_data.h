/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data block of the explorer. */
#ifndef CN_REPORT_EXPLORER_DATA_H
#define CN_REPORT_EXPLORER_DATA_H

#include "coopnet/network.h"

/*
 * JSON in columns, safe inside a page. Of more than `limit` entities those with the largest sums of links stay; `*kept` tells how many.
 * CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT. O(layout + links log links).
 */
cn_status cn__explorer_data(const cn_network *net, cn_lang lang, uint32_t limit, cn_buf *out, uint32_t *kept,
                            cn_error *err);

#endif
