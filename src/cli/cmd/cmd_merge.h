/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet merge: what its files share. */
#ifndef CLI_CMD_MERGE_H
#define CLI_CMD_MERGE_H

#include "session.h"

#include "coopnet/merge.h"

typedef struct merging {
    cn_network **nets;
    cn_merge_input *inputs;
    size_t count;
    cn_decisions *decisions;
    cn_merge *merge;
    size_t new_questions; /* that the file of decisions did not have */
} merging;

/* The report, into the answer. */
cn_status merge_report(session *s, const merging *m, cn_error *err);
/* Write the decisions and the questions that are new to their file, where there are any. Returns the exit code. */
int merge_write_decisions(session *s, merging *m);

#endif
