/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet report: the network as one page to show and to walk through. */
#include "session.h"

#include "coopnet/report.h"

/* How the report was asked for, in one line: what decides its content. */
static void add_parameters(const session *s, cn_buf *out) {
    static const cli_option told[] = {OPTION_AUDIENCE, OPTION_OF, OPTION_AS_OF, OPTION_LANG};
    char label[40];
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (session_given(s, told[i])) {
            cn_buf_add_text(out, out->len ? " " : "");
            cn_buf_add_text(out, option_label(told[i], label));
            cn_buf_add_text(out, " ");
            cn_buf_add_text(out, s->options.text[told[i]]);
        }
    }
}

int cmd_report(session *s) {
    cn_error err = {0};
    cn_buf parameters = {0};
    cn_report_options options = {0};
    int code = session_open(s);
    if (!code && session_given(s, OPTION_OF)) {
        options.subject_given = true;
        code = session_org(s, OPTION_OF, &options.subject);
    }
    if (code) {
        return code;
    }
    add_parameters(s, &parameters);
    cn_report *report = NULL;
    bool markdown = session_format_is(s, "md");
    options.no_explorer = markdown;
    options.lang = s->lang;
    options.audience =
        session_given(s, OPTION_AUDIENCE) ? (cn_audience)s->options.number[OPTION_AUDIENCE] : CN_AUDIENCE_MANAGER;
    options.input = s->options.network;
    options.parameters = parameters.len ? parameters.data : "";
    cn_status status = cn_report_create(s->net, &options, &report, &err);
    status = status
                 ? status
                 : cn_report_write(report, markdown ? CN_REPORT_MARKDOWN : CN_REPORT_HTML, cn_sink_buf(&s->out), &err);
    if (!status && session_given(s, OPTION_DATA)) {
        status = cn_report_write_tables(report, s->options.text[OPTION_DATA], &err);
    }
    cn_report_free(report);
    cn_buf_release(&parameters);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
