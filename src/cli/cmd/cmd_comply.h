/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet comply share. */
#ifndef CLI_CMD_COMPLY_H
#define CLI_CMD_COMPLY_H

#include "show_rules.h"

#include "coopnet/remedy.h"

typedef struct comply {
    cn_entity cluster;
    cn_profile *profile;
    cn_check check;
    cn_remedies remedies;
    cn_departure *departures;
    size_t departure_count;
    cn_term *terms;
    size_t term_count;
} comply;

/* A share as percent; NaN where there is none. */
double comply_percent(cn_measure measure);
/* Ids of a set of rules: "R3, R13". */
void comply_rule_ids(const cn_check *check, uint64_t set, cn_buf *out);
void comply_write_remedies(session *s, const comply *c);
cn_status comply_write_departures(session *s, const comply *c, cn_error *err);
void comply_write_calendar(session *s, const comply *c);

cn_status comply_write_text(session *s, const comply *c, cn_error *err);
cn_status comply_write_json(session *s, const comply *c, cn_error *err);

#endif
