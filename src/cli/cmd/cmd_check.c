/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet check: everything that was found in the network's files. Here the findings are the answer, so they go to
 * standard output; a readable file with errors is the answer "no", an unreadable one is not an answer.
 */
#include "session.h"

#include <string.h>

static const char *level_key(cn_level level) {
    return level == CN_LEVEL_ERROR ? "error" : level == CN_LEVEL_WARNING ? "warning" : "note";
}

static bool wanted(const session *s, cn_level level) {
    return level == CN_LEVEL_ERROR || !session_given(s, OPTION_QUIET);
}

static void add_findings_text(session *s) {
    cn_buf line = {0};
    for (size_t i = 0; i < cn_diags_count(s->diags); i++) {
        const cn_diag *diag = cn_diags_at(s->diags, i);
        if (!wanted(s, diag->level)) {
            continue;
        }
        line.len = 0;
        cn_diag_line(diag, s->lang, &line);
        s->out.failed = s->out.failed || line.failed;
        text_add_clean(&s->out, line.data ? line.data : "");
        cn_buf_add_text(&s->out, "\n");
    }
    cn_buf_release(&line);
    for (int m = 0; m < CN_MSG_COUNT; m++) {
        uint64_t dropped = cn_diags_dropped(s->diags, (cn_message)m);
        if (dropped && wanted(s, cn_message_level((cn_message)m))) {
            cli_digits digits;
            session_line(s, TEXT_FINDINGS_DROPPED, digits_of(digits, dropped), cn_message_key((cn_message)m), END);
        }
    }
}

static void add_summary_text(session *s) {
    static const struct {
        cn_level level;
        cli_text text;
    } parts[] = {{CN_LEVEL_ERROR, TEXT_LEVEL_ERRORS},
                 {CN_LEVEL_WARNING, TEXT_LEVEL_WARNINGS},
                 {CN_LEVEL_NOTE, TEXT_LEVEL_NOTES}};
    bool any = false;
    cli_digits digits, links;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        uint64_t total = cn_diags_total(s->diags, parts[i].level);
        if (total && wanted(s, parts[i].level)) {
            cn_buf_add_text(&s->out, any ? ", " : "");
            text_add(&s->out, s->lang, parts[i].text, digits_of(digits, total), END);
            any = true;
        }
    }
    cn_buf_add_text(&s->out, any ? "\n" : "");
    if (s->net && !cn_diags_total(s->diags, CN_LEVEL_ERROR)) {
        session_line(s, TEXT_CHECK_CLEAN, digits_of(digits, cn_entity_count(s->net)),
                     digits_of(links, cn_link_count(s->net)), END);
    }
}

static void add_finding_json(const session *s, json *j, const cn_diag *diag) {
    cn_buf text = {0};
    cn_diag_text(diag, s->lang, &text);
    json_begin(j, NULL, '{');
    json_text(j, "file", diag->file);
    if (diag->line) {
        json_count(j, "line", diag->line);
        json_count(j, "column", diag->column);
    } else {
        json_null(j, "line");
        json_null(j, "column");
    }
    json_text(j, "level", level_key(diag->level));
    json_text(j, "key", cn_message_key(diag->message));
    json_text(j, "text", text.data ? text.data : "");
    json_end(j, '}');
    j->out->failed = j->out->failed || text.failed;
    cn_buf_release(&text);
}

static void add_json(session *s) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    json_text(&j, "network", s->options.network);
    json_flag(&j, "valid", s->net != NULL);
    json_count(&j, "errors", cn_diags_total(s->diags, CN_LEVEL_ERROR));
    json_count(&j, "warnings", cn_diags_total(s->diags, CN_LEVEL_WARNING));
    json_count(&j, "notes", cn_diags_total(s->diags, CN_LEVEL_NOTE));
    json_begin(&j, "findings", '[');
    for (size_t i = 0; i < cn_diags_count(s->diags); i++) {
        const cn_diag *diag = cn_diags_at(s->diags, i);
        if (wanted(s, diag->level)) {
            add_finding_json(s, &j, diag);
        }
    }
    json_end(&j, ']');
    json_end(&j, '}');
}

int cmd_check(session *s) {
    cn_error err = {0};
    cn_status status = session_load(s, &err);
    bool refused = status == CN_ERR_INPUT && cn_diags_total(s->diags, CN_LEVEL_ERROR) > 0;
    if (status && !refused) {
        return session_fail(s, &err);
    }
    if (!cn_diags_complete(s->diags)) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    if (session_format_is(s, "json")) {
        add_json(s);
    } else {
        add_findings_text(s);
        add_summary_text(s);
    }
    return refused ? EXIT_NO : EXIT_DONE;
}
