/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet report: the network as one page to show and to walk through. */
#include "show_risk.h"
#include "show_rules.h"

#include "coopnet/report.h"

#include <stdlib.h>
#include <string.h>

/* How the report was asked for, in one line: what decides its content. */
static void add_parameters(const session *s, cn_buf *out) {
    static const cli_option told[] = {OPTION_AUDIENCE, OPTION_OF,    OPTION_CLUSTER, OPTION_SINCE,
                                      OPTION_MISSION,  OPTION_AS_OF, OPTION_LANG};
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

/* Whom an event brings together: who takes part, hosts or organises, in the order of the links; each once. */
static size_t guests_of(const session *s, cn_entity event, cn_entity *guests) {
    static const cn_link_kind kinds[] = {CN_LINK_HOSTS, CN_LINK_TAKES_PART, CN_LINK_ORGANISES};
    size_t count = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (cn_link link = 0; link < cn_link_count(s->net); link++) {
            cn_entity guest = cn_link_from(s->net, link);
            bool seen = cn_link_kind_of(s->net, link) != kinds[k] || cn_link_to(s->net, link) != event;
            for (size_t i = 0; i < count && !seen; i++) {
                seen = guests[i] == guest;
            }
            if (!seen) {
                guests[count++] = guest;
            }
        }
    }
    return count;
}

/* --mission EVENT or ORG[,ORG…]. `*orgs` is the caller's to free. */
static int read_mission(session *s, cn_entity **orgs, cn_report_options *options) {
    size_t count = 0;
    int code = risk_orgs(s, s->options.text[OPTION_MISSION], orgs, &count);
    if (!code && count == 1 && cn_entity_kind_of(s->net, (*orgs)[0]) == CN_ENTITY_EVENT) {
        cn_entity event = (*orgs)[0];
        cn_entity *guests = malloc((cn_link_count(s->net) + 1) * sizeof *guests);
        if (!guests) {
            complain(s->lang, TEXT_NO_MEMORY, END);
            return EXIT_TROUBLE;
        }
        free(*orgs);
        *orgs = guests;
        count = guests_of(s, event, guests);
        options->occasion = cn_entity_name(s->net, event);
        if (!count) {
            complain(s->lang, TEXT_NO_GUESTS, cn_entity_name(s->net, event), END);
            return EXIT_NO;
        }
    }
    options->mission = *orgs;
    options->mission_count = count;
    return code;
}

/* A second network beside the session's; its mistakes are shown like those of the first. */
static int open_other(session *s, const char *path, cn_network **out) {
    cn_network *net = s->net;
    cn_diags *diags = s->diags;
    const char *name = s->options.network;
    s->net = NULL;
    s->diags = NULL;
    s->options.network = path;
    int code = session_open_all(s);
    *out = s->net;
    cn_diags_free(s->diags);
    s->net = net;
    s->diags = diags;
    s->options.network = name;
    return code;
}

/* The network at an earlier date; where the session has cut its own to a later one, of the whole, which is read again: what had ended by then belongs to the earlier one. */
static int earlier(session *s, cn_date date, cn_network **before) {
    cn_error err = {0};
    cn_network *whole = NULL;
    int code = EXIT_DONE;
    if (session_given(s, OPTION_AS_OF) && strcmp(s->options.network, "-") != 0) {
        const char *quiet = s->options.text[OPTION_QUIET];
        s->options.text[OPTION_QUIET] = ""; /* its mistakes have been shown */
        code = open_other(s, s->options.network, &whole);
        s->options.text[OPTION_QUIET] = quiet;
    }
    if (!code && cn_network_as_of(whole ? whole : s->net, date, before, &err)) {
        code = session_fail(s, &err);
    }
    cn_network_free(whole);
    return code;
}

/* --since DATE or FILE. `*before` is the caller's to free. */
static int read_since(session *s, cn_network **before, cn_report_options *options) {
    const char *value = s->options.text[OPTION_SINCE];
    cn_date date = cn_date_parse(value);
    int code = EXIT_DONE;
    if (date) {
        code = earlier(s, date, before);
    } else {
        code = open_other(s, value, before);
        options->since_name = value;
    }
    options->since = *before;
    return code;
}

/* Which organisations, cluster and earlier network the report is about. */
static int read_subjects(session *s, cn_entity **mission, cn_network **before, cn_report_options *options) {
    int code = EXIT_DONE;
    if (session_given(s, OPTION_OF)) {
        options->subject_given = true;
        code = session_org(s, OPTION_OF, &options->subject);
    }
    if (!code && session_given(s, OPTION_CLUSTER)) {
        options->cluster_given = true;
        code = rules_cluster(s, &options->cluster);
    }
    if (!code && session_given(s, OPTION_SINCE)) {
        code = read_since(s, before, options);
    }
    if (!code && session_given(s, OPTION_MISSION)) {
        code = session_given(s, OPTION_CLUSTER) ? session_misuse(s, TEXT_MISSION_OR_CLUSTER, END)
                                                : read_mission(s, mission, options);
    }
    return code;
}

/* What a reader is told of the input: not where it lay, nor how a database was reached. */
static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

int cmd_report(session *s) {
    cn_error err = {0};
    cn_buf parameters = {0};
    cn_report_options options = {0};
    cn_entity *mission = NULL;
    cn_network *before = NULL;
    int code = session_open(s);
    code = code ? code : read_subjects(s, &mission, &before, &options);
    if (code) {
        cn_network_free(before);
        free(mission);
        return code;
    }
    add_parameters(s, &parameters);
    cn_report *report = NULL;
    bool markdown = session_format_is(s, "md");
    options.no_explorer = markdown;
    options.tables = session_given(s, OPTION_DATA);
    options.lang = s->lang;
    options.as_of = s->options.text[OPTION_AS_OF];
    options.audience =
        session_given(s, OPTION_AUDIENCE) ? (cn_audience)s->options.number[OPTION_AUDIENCE] : CN_AUDIENCE_MANAGER;
    options.input = base_name(s->options.network);
    options.parameters = parameters.len ? parameters.data : "";
    cn_status status = cn_report_create(s->net, &options, &report, &err);
    status = status
                 ? status
                 : cn_report_write(report, markdown ? CN_REPORT_MARKDOWN : CN_REPORT_HTML, cn_sink_buf(&s->out), &err);
    if (!status && session_given(s, OPTION_DATA)) {
        status = cn_report_write_tables(report, s->options.text[OPTION_DATA], &err);
    }
    cn_report_free(report);
    cn_network_free(before);
    free(mission);
    cn_buf_release(&parameters);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
