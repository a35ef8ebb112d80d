/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet comply: does a cluster meet the rules of a profile, and what would mend it. The network is read with all its years: what ended or has not begun is shown as left out, with the
 * reason, rather than dropped.
 */
#include "cmd_comply.h"

#include <math.h>

double comply_percent(cn_measure measure) {
    return measure.denominator ? 100.0 * (double)measure.numerator / (double)measure.denominator : (double)NAN;
}

static cn_status write_csv(session *s, const comply *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (!status) {
        rules_csv_columns(s, table);
        rules_csv_rows(s, &c->check, table);
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    }
    cn_table_free(table);
    return status;
}

/* What would mend it, what departures would cost, what expires: not for CSV, which has the verdicts alone. */
static cn_status look_ahead(const session *s, comply *c, cn_error *err) {
    const cn_check_options options = {.date = rules_date(s)};
    if (session_format_is(s, "csv") || !c->check.participant_count) {
        return CN_OK;
    }
    cn_status status = cn_remedies_compute(s->net, c->cluster, c->profile, &options, &c->remedies, err);
    status = status ? status
                    : cn_departures_compute(s->net, c->cluster, c->profile, &options, &c->departures,
                                            &c->departure_count, err);
    return status ? status
                  : cn_calendar_compute(s->net, c->cluster, c->profile, &options, &c->terms, &c->term_count, err);
}

static int answer(session *s, comply *c) {
    cn_error err = {0};
    const cn_check_options options = {.date = rules_date(s)};
    cn_status status = cn_check_compute(s->net, c->cluster, c->profile, &options, &c->check, &err);
    if (!status && !c->check.result_count) {
        return session_misuse(s, TEXT_RULES_NO_CLUSTER_RULES, c->profile->id, END);
    }
    status = status ? status : look_ahead(s, c, &err);
    if (!status && session_format_is(s, "json")) {
        status = comply_write_json(s, c, &err);
    } else if (!status && session_format_is(s, "csv")) {
        status = write_csv(s, c, &err);
    } else if (!status) {
        status = comply_write_text(s, c, &err);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_comply(session *s) {
    comply c = {0};
    int code = session_open_all(s);
    code = code ? code : rules_cluster(s, &c.cluster);
    code = code ? code : rules_profile(s, false, &c.profile);
    code = code ? code : answer(s, &c);
    cn_remedies_release(&c.remedies);
    cn_departures_free(c.departures);
    cn_calendar_free(c.terms);
    cn_check_release(&c.check);
    cn_profile_free(c.profile);
    return code;
}
