/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet diff: what is computed, and the forms of the answer. */
#ifndef CLI_CMD_DIFF_H
#define CLI_CMD_DIFF_H

#include "show_risk.h"

#include "coopnet/change.h"

typedef struct diff {
    cn_network *before;
    const cn_network *after; /* session->net */
    char label_before[32];   /* of columns: the dates, or "before" and "after" */
    char label_after[32];
    cn_changes changes;
} diff;

/* Short name of a row's entity, as the later network has it. */
const char *diff_short(const diff *d, uint32_t row);
const char *diff_id(const diff *d, uint32_t row);
cn_entity_kind diff_kind(const diff *d, uint32_t row);

cn_status diff_write_text(session *s, const diff *d, cn_error *err);
cn_status diff_write_json(session *s, const diff *d, cn_error *err);
cn_status diff_write_csv(session *s, const diff *d, cn_error *err);
cn_status years_write(session *s, const cn_year *years, size_t count, cn_error *err);

#endif
