/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet comply as text: the answer in a sentence, what is not met and by how much, what is not known, all rules as a table. */
#include "cmd_comply.h"

static void add_heading(session *s, const comply *c) {
    cn_buf date = {0};
    cn_format_date(&date, s->lang, c->check.date);
    if (date.len) {
        session_heading(s, TEXT_RULES_HEAD_DATE, cn_entity_name(s->net, c->cluster), date.data, END);
    } else {
        session_heading(s, TEXT_RULES_HEAD, cn_entity_name(s->net, c->cluster), END);
    }
    s->out.failed = s->out.failed || date.failed;
    cn_buf_release(&date);
    rules_profile_lines(s, c->profile);
}

cn_status comply_write_text(session *s, const comply *c, cn_error *err) {
    const char *note = s->lang == CN_LANG_RU ? c->profile->note_ru : c->profile->note_en;
    add_heading(s, c);
    cn_buf_add_text(&s->out, "\n");
    rules_verdict_line(s, &c->check);
    if (cn_entity_enum(s->net, c->cluster, CN_FIELD_STATUS) == CN_CLUSTER_CANDIDATE) {
        session_line(s, TEXT_RULES_CANDIDATE, END);
    }
    rules_sentences(s, &c->check);
    cn_buf_add_text(&s->out, "\n");
    cn_status status = rules_table(s, &c->check, err);
    comply_write_remedies(s, c);
    status = status ? status : comply_write_departures(s, c, err);
    comply_write_calendar(s, c);
    if (note[0]) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_RULES_LAW, note, END);
    }
    if (session_given(s, OPTION_EXPLAIN)) {
        rules_explain(s, &c->check);
    }
    return status;
}
