/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of answers that the commands on rules share: the profile, the cluster, values and thresholds in words, the table of verdicts. */
#ifndef CLI_SHOW_RULES_H
#define CLI_SHOW_RULES_H

#include "show.h"

#include "coopnet/rules.h"

/* The date of the answer: --as-of, else the network's own; CN_DATE_NONE where there is none. */
cn_date rules_date(const session *s);
/* The profile of --rules, else the one in force at --date-of-application or the date. Returns the exit code (said). */
int rules_profile(session *s, bool of_projects, cn_profile **out);
/* The cluster of --cluster; without it the only one there is. Returns the exit code (said). */
int rules_cluster(const session *s, cn_entity *out);

const char *rules_title(const session *s, const cn_rule *rule);
const char *rules_verdict(const session *s, cn_verdict verdict);
/* "19.3%", "14", "₽150m": the value of a result, an interval where it is not known; its threshold; what it misses. */
void rules_value(const session *s, const cn_rule_result *result, cn_buf *out);
void rules_threshold(const session *s, const cn_rule_result *result, cn_buf *out);
void rules_gap(const session *s, const cn_rule_result *result, cn_buf *out);
/* Names of those of whom some evidence of a class speaks, at most five. */
void rules_names(const session *s, const cn_check *check, const cn_rule_result *result, cn_reason_class class,
                 cn_buf *out);
/* "the output is not given: A, B; …": what is missing for a verdict. */
void rules_missing(const session *s, const cn_check *check, const cn_rule_result *result, cn_buf *out);

/* "Rules: 779-2021, …", with the law and why this profile. */
void rules_profile_lines(session *s, const cn_profile *profile);
/* The overall verdict in a sentence. */
void rules_verdict_line(session *s, const cn_check *check);
/* One sentence for each rule that is not met, then for each without enough data. */
void rules_sentences(session *s, const cn_check *check);
/* All verdicts as a table of text. */
cn_status rules_table(session *s, const cn_check *check, cn_error *err);
/* What stands behind each verdict (--explain). */
void rules_explain(session *s, const cn_check *check);
/* Rows of CSV: verdicts, or with --explain the evidence. Columns first, then rows of each check. */
void rules_csv_columns(const session *s, cn_table *table);
void rules_csv_rows(const session *s, const cn_check *check, cn_table *table);
/* Members "verdict", "rules" … of an object. */
void rules_json(const session *s, json *j, const cn_check *check);
void rules_profile_json(json *j, const cn_profile *profile);

#endif
