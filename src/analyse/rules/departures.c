/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the departure of each participant would change: the whole profile run without it and laid beside the run with it. Cost: that of a check for each participant.
 */
#include "coopnet/remedy.h"

#include "rules_case.h"

void cn__check_compare(const cn_check *before, const cn_check *after, uint64_t *better, uint64_t *worse) {
    *better = *worse = 0;
    for (size_t i = 0; i < before->result_count && i < 64; i++) {
        bool met = before->results[i].verdict == CN_VERDICT_MET;
        bool now = after->results[i].verdict == CN_VERDICT_MET;
        bool counts = !before->results[i].rule->report;
        *better |= (uint64_t)(counts && now && !met) << i;
        *worse |= (uint64_t)(counts && met && !now) << i;
    }
}

static cn_measure level_of(const cn_check *check) {
    for (size_t i = 0; i < check->result_count; i++) {
        if (check->results[i].rule->quantity == CN_QUANTITY_LEVEL) {
            return check->results[i].low;
        }
    }
    return (cn_measure){0, 0};
}

cn_status cn_departures_compute(const cn_network *net, cn_entity cluster, const cn_profile *profile,
                                const cn_check_options *options, cn_departure **rows, size_t *count, cn_error *err) {
    cn_check before;
    cn_check_options plain = {.date = options ? options->date : CN_DATE_NONE};
    *rows = NULL;
    *count = 0;
    cn_status status = cn_check_compute(net, cluster, profile, &plain, &before, err);
    if (status) {
        return status;
    }
    *rows = cn__calloc(before.participant_count ? before.participant_count : 1, sizeof **rows);
    status = *rows ? CN_OK : CN__NO_MEMORY(err);
    for (size_t i = 0; i < before.participant_count && !status; i++) {
        cn_check after;
        cn_change edit = {.kind = CN_CHANGE_LEAVE, .entity = before.participants[i]};
        cn_check_options without = {.date = plain.date, .changes = &edit, .change_count = 1};
        status = cn_check_compute(net, cluster, profile, &without, &after, err);
        if (!status) {
            cn_departure *row = &(*rows)[(*count)++];
            row->entity = edit.entity;
            row->verdict = after.verdict;
            row->level = level_of(&after);
            cn__check_compare(&before, &after, &row->rises, &row->falls);
            cn_check_release(&after);
        }
    }
    cn_check_release(&before);
    if (status) {
        cn__free(*rows);
        *rows = NULL;
        *count = 0;
    }
    return status;
}

void cn_departures_free(cn_departure *rows) { cn__free(rows); }
