/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free attributes as JSON text in one canonical form, so that both formats keep the same bytes. */
#ifndef CN_LOAD_JSON_FREE_H
#define CN_LOAD_JSON_FREE_H

#include "json_scan.h"

struct cJSON;
/* The value at `mark`: no white space, numbers with their own digits, texts escaped only where they must be. */
void cn__json_free_write(cn_buf *out, const struct cJSON *item, const cn__json_scan *scan, uint32_t mark);
/* The text of a CSV cell: see cn__json_of_cell. */
void cn__json_free_cell(cn_buf *out, const char *text, size_t len);

#endif
