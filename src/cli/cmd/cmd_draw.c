/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet draw: every view of the network as a picture. Views that are the picture of another command's answer are handed over to that command: whatif,
 * flows (clusters) and compare (diff). A view about someone takes the obvious one where nobody is named, and says so.
 */
#include "show_rules.h"

#define VIEW(id) (1u << CN_VIEW_##id)
#define OF_ORG (VIEW(CHAIN) | VIEW(EGO) | VIEW(PARTNERS))
#define OF_CLUSTER (VIEW(CLUSTER) | VIEW(MAP))

/* Options that say nothing to a view: name them rather than to let the user wonder. */
static void remark_unused(const session *s, cn_view view) {
    static const struct {
        cli_option option;
        unsigned views;
    } only[] = {{OPTION_OF, OF_ORG | OF_CLUSTER | VIEW(PROJECTS) | VIEW(MISSION)},
                {OPTION_CLUSTER, OF_CLUSTER | VIEW(PROJECTS)},
                {OPTION_STREAM, VIEW(CHAIN)},
                {OPTION_DEPTH, OF_ORG},
                {OPTION_FROM, VIEW(PATH)},
                {OPTION_TO, VIEW(PATH)},
                {OPTION_K, VIEW(PATH)},
                {OPTION_PATH_BY, VIEW(PATH)},
                {OPTION_DAYS, VIEW(WHATIF)},
                {OPTION_ADD, VIEW(WHATIF)},
                {OPTION_FLOWS_OF, VIEW(FLOWS)},
                {OPTION_RESOLUTION, VIEW(FLOWS)},
                {OPTION_BETWEEN, VIEW(COMPARE)}};
    char label[40];
    for (size_t i = 0; i < sizeof only / sizeof *only; i++) {
        if (session_given(s, only[i].option) && !(only[i].views & 1u << view)) {
            session_remark(s, TEXT_OPTION_NOT_FOR_VIEW, option_label(only[i].option, label), cn_view_key(view), END);
        }
    }
}

/* Is anything to fail? */
static bool asks_whatif(const session *s) {
    static const cli_option failures[] = {OPTION_REMOVE,       OPTION_LOSS,        OPTION_CUT,       OPTION_IMPORT_STOP,
                                          OPTION_PRODUCT_STOP, OPTION_FAIL_REGION, OPTION_FAIL_OWNER};
    bool any = false;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        any |= session_given(s, failures[i]);
    }
    return any;
}

/* The view that is meant: as given, else the one that the other options speak of. */
static cn_view view_of(const session *s) {
    if (session_given(s, OPTION_VIEW)) {
        return (cn_view)s->options.number[OPTION_VIEW];
    }
    if (asks_whatif(s)) {
        return CN_VIEW_WHATIF;
    }
    if (session_given(s, OPTION_FROM) || session_given(s, OPTION_TO)) {
        return CN_VIEW_PATH;
    }
    if (session_given(s, OPTION_BETWEEN) || s->options.second) {
        return CN_VIEW_COMPARE;
    }
    if (session_given(s, OPTION_FLOWS_OF)) {
        return CN_VIEW_FLOWS;
    }
    if (session_given(s, OPTION_CLUSTER)) {
        return CN_VIEW_CLUSTER;
    }
    return session_given(s, OPTION_OF) ? CN_VIEW_CHAIN : CN_VIEW_OVERVIEW;
}

/* The two ends of --view path. */
static int find_ends(session *s, cn_draw_options *options) {
    options->subject_given = true;
    int code = session_org(s, OPTION_FROM, &options->subject);
    code = code ? code : session_org(s, OPTION_TO, &options->target);
    if (!code && options->subject == options->target) {
        code = session_misuse(s, TEXT_SAME_ENDS, cn_entity_name(s->net, options->subject), END);
    }
    return code;
}

/* Is there more than one that the view could be about? */
static bool has_choice(const session *s, cn_view view) {
    cn_entity_kind kind = 1u << view & OF_CLUSTER   ? CN_ENTITY_CLUSTER
                          : view == CN_VIEW_MISSION ? CN_ENTITY_EVENT
                                                    : CN_ENTITY_COMPANY;
    return cn_entity_count_of(s->net, kind) > 1;
}

/* Whom the view is about: whom --of or --cluster names, else the obvious one, which is said. */
static int find_subject(session *s, cn_draw_options *options) {
    unsigned view = 1u << options->view;
    cli_option option = OPTION_OF;
    if (session_given(s, OPTION_CLUSTER) && view & (OF_CLUSTER | VIEW(PROJECTS))) {
        option = OPTION_CLUSTER;
    }
    if (session_given(s, option)) {
        options->subject_given = view & (OF_ORG | OF_CLUSTER | VIEW(PROJECTS) | VIEW(MISSION));
        return options->subject_given ? session_org(s, option, &options->subject) : EXIT_DONE;
    }
    cn_error err = {0};
    cn_entity subject = CN_NONE;
    char label[40];
    if (cn_view_subject(s->net, options, &subject, &err)) {
        return session_fail(s, &err);
    }
    if (subject != CN_NONE && has_choice(s, options->view)) {
        session_remark(s, TEXT_VIEW_SUBJECT, cn_entity_name(s->net, subject),
                       option_label(view & OF_CLUSTER ? OPTION_CLUSTER : OPTION_OF, label), END);
    }
    options->subject = options->view == CN_VIEW_MAP ? subject : options->subject;
    return EXIT_DONE;
}

/* The map holds what is in force on the date, of a network with all its years. */
static int draw_map(session *s, cn_draw_options *options) {
    int code = session_open_all(s);
    options->lang = s->lang;
    options->date = code ? CN_DATE_NONE : rules_date(s);
    if (!code) {
        remark_unused(s, options->view);
        code = find_subject(s, options);
    }
    if (!code && options->subject == CN_NONE) {
        code = session_misuse(s, TEXT_RULES_NO_CLUSTERS, END);
    }
    return code ? code : show_draw(s, options);
}

int cmd_draw(session *s) {
    cn_draw_options options = show_draw_options(s);
    options.view = view_of(s);
    if (s->options.second && options.view != CN_VIEW_COMPARE) {
        return session_misuse(s, TEXT_EXTRA_ARGUMENT, s->options.second, END);
    }
    if (options.view == CN_VIEW_WHATIF || options.view == CN_VIEW_FLOWS || options.view == CN_VIEW_COMPARE) {
        remark_unused(s, options.view);
        return options.view == CN_VIEW_WHATIF  ? cmd_whatif(s)
               : options.view == CN_VIEW_FLOWS ? cmd_clusters(s)
                                               : cmd_diff(s);
    }
    if (options.view == CN_VIEW_MAP) {
        return draw_map(s, &options);
    }
    if (options.view == CN_VIEW_PATH && (!session_given(s, OPTION_FROM) || !session_given(s, OPTION_TO))) {
        return session_misuse(s, TEXT_VIEW_NEEDS, "path", session_given(s, OPTION_FROM) ? "--to" : "--from", END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    options.lang = s->lang; /* the network's own, now that it is read */
    remark_unused(s, options.view);
    code = options.view == CN_VIEW_PATH ? find_ends(s, &options) : find_subject(s, &options);
    return code ? code : show_draw(s, &options);
}
