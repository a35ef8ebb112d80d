/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet draw: a picture of the network, of a supply chain, of the chains between two organisations, or of a what-if. */
#include "show.h"

/* Options that say nothing to a view: name them rather than to let the user wonder. */
static void remark_unused(const session *s, cn_view view) {
    static const struct {
        cli_option option;
        cn_view view;
    } only[] = {{OPTION_OF, CN_VIEW_CHAIN},     {OPTION_STREAM, CN_VIEW_CHAIN}, {OPTION_DEPTH, CN_VIEW_CHAIN},
                {OPTION_FROM, CN_VIEW_PATH},    {OPTION_TO, CN_VIEW_PATH},      {OPTION_K, CN_VIEW_PATH},
                {OPTION_PATH_BY, CN_VIEW_PATH}, {OPTION_DAYS, CN_VIEW_WHATIF},  {OPTION_ADD, CN_VIEW_WHATIF}};
    char label[40];
    for (size_t i = 0; i < sizeof only / sizeof *only; i++) {
        if (session_given(s, only[i].option) && only[i].view != view) {
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

/* The view that is meant: as given, else the one that the organisations given speak of. */
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
    return session_given(s, OPTION_OF) ? CN_VIEW_CHAIN : CN_VIEW_OVERVIEW;
}

int cmd_draw(session *s) {
    cn_draw_options options = show_draw_options(s);
    options.view = view_of(s);
    if (options.view == CN_VIEW_WHATIF) {
        return cmd_whatif(s); /* the same command with a picture as its answer */
    }
    bool path = options.view == CN_VIEW_PATH;
    if (path && (!session_given(s, OPTION_FROM) || !session_given(s, OPTION_TO))) {
        return session_misuse(s, TEXT_VIEW_NEEDS, "path", session_given(s, OPTION_FROM) ? "--to" : "--from", END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    options.lang = s->lang; /* the network's own, now that it is read */
    remark_unused(s, options.view);
    if (path) {
        options.subject_given = true;
        code = session_org(s, OPTION_FROM, &options.subject);
        code = code ? code : session_org(s, OPTION_TO, &options.target);
        if (!code && options.subject == options.target) {
            code = session_misuse(s, TEXT_SAME_ENDS, cn_entity_name(s->net, options.subject), END);
        }
    } else if (options.view == CN_VIEW_CHAIN && session_given(s, OPTION_OF)) {
        options.subject_given = true;
        code = session_org(s, OPTION_OF, &options.subject);
    }
    return code ? code : show_draw(s, &options);
}
