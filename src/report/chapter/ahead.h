/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Analyses made side by side before the chapters are written. */
#ifndef CN_REPORT_AHEAD_H
#define CN_REPORT_AHEAD_H

#include "chapter.h"

/* Each lives in the file of its chapter; fills its field of report->ahead (or report->positions) and changes nothing else. */
cn__chapter cn__critical_ahead;
cn__chapter cn__central_ahead;
cn__chapter cn__overview_ahead;
cn__chapter cn__figures_ahead;
cn__chapter cn__gaps_ahead;

typedef bool cn__is_wanted(const cn__report *report, cn__chapter *chapter);
/* All that a wanted chapter waits for. */
cn_status cn__ahead_make(cn__report *report, cn__is_wanted *wanted, cn_error *err);
void cn__ahead_release(cn__ahead *ahead);

#endif
