/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet diff: what changed between two networks or two dates of one, or the network in figures year by year. The earlier network is
 * the command's own, the later one is the session's, so that names, language and currency are the later ones.
 */
#include "cmd_diff.h"

#include <stdio.h>
#include <string.h>

static void release(diff *d) {
    cn_changes_release(&d->changes);
    cn_network_free(d->before);
}

cn_entity_kind diff_kind(const diff *d, uint32_t row) {
    const cn_entity_change *e = &d->changes.entities[row];
    return e->after != CN_NONE ? cn_entity_kind_of(d->after, e->after) : cn_entity_kind_of(d->before, e->before);
}

const char *diff_short(const diff *d, uint32_t row) {
    const cn_entity_change *e = &d->changes.entities[row];
    return e->after != CN_NONE ? cn_entity_short(d->after, e->after) : cn_entity_short(d->before, e->before);
}

const char *diff_id(const diff *d, uint32_t row) {
    const cn_entity_change *e = &d->changes.entities[row];
    return e->after != CN_NONE ? cn_entity_id(d->after, e->after) : cn_entity_id(d->before, e->before);
}

/* A second network in the place of the first, which becomes the earlier one. */
static int open_second(session *s, diff *d) {
    d->before = s->net;
    s->net = NULL;
    cn_diags_free(s->diags);
    s->diags = NULL;
    s->options.network = s->options.second;
    return session_open(s);
}

static void label_date(const session *s, cn_date date, char label[32]) {
    cn_buf text = {0};
    cn_format_date(&text, s->lang, date);
    snprintf(label, 32, "%s", text.data ? text.data : "");
    cn_buf_release(&text);
}

/* The two dates of --between: its value and the argument after it. */
static int read_dates(session *s, cn_date *from, cn_date *to) {
    const char *second = s->options.second;
    *from = cn_date_parse(s->options.text[OPTION_BETWEEN]);
    if (second && s->options.network && !cn_date_parse(second) && cn_date_parse(s->options.network)) {
        const char *network = second; /* diff --between 2020 2024 NETWORK */
        second = s->options.network;
        s->options.network = network;
    }
    *to = second ? cn_date_parse(second) : CN_DATE_NONE;
    if (!*from || !*to) {
        return session_misuse(s, TEXT_BETWEEN_DATES,
                              !*from   ? s->options.text[OPTION_BETWEEN]
                              : second ? second
                                       : "",
                              END);
    }
    if (cn_date_first_day(*from) > cn_date_first_day(*to)) {
        return session_misuse(s, TEXT_BETWEEN_ORDER, END);
    }
    return EXIT_DONE;
}

static int open_dates(session *s, diff *d) {
    cn_date from, to;
    cn_error err = {0};
    int code = read_dates(s, &from, &to);
    code = code ? code : session_open(s);
    if (code) {
        return code;
    }
    cn_network *whole = s->net;
    s->net = NULL;
    cn_status status = cn_network_as_of(whole, from, &d->before, &err);
    status = status ? status : cn_network_as_of(whole, to, &s->net, &err);
    cn_network_free(whole);
    label_date(s, from, d->label_before);
    label_date(s, to, d->label_after);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

static int open_both(session *s, diff *d) {
    if (session_given(s, OPTION_BETWEEN)) {
        return open_dates(s, d);
    }
    if (!s->options.second) {
        return session_misuse(s, TEXT_DIFF_NEEDS, END);
    }
    int code = session_open(s);
    code = code ? code : open_second(s, d);
    if (!code) {
        snprintf(d->label_before, sizeof d->label_before, "%s", text_of(s->lang, TEXT_COLUMN_BEFORE));
        snprintf(d->label_after, sizeof d->label_after, "%s", text_of(s->lang, TEXT_COLUMN_AFTER));
    }
    return code;
}

static cn_status draw(session *s, const diff *d, cn_error *err) {
    cn_draw_options options = show_draw_options(s);
    options.view = CN_VIEW_COMPARE;
    options.before = d->before;
    options.changes = &d->changes;
    return cn_draw(s->net, &options, cn_sink_buf(&s->out), err);
}

static int by_year(session *s) {
    cn_year *years = NULL;
    size_t count = 0;
    cn_error err = {0};
    if (s->options.second) {
        return session_misuse(s, TEXT_EXTRA_ARGUMENT, s->options.second, END);
    }
    if (show_is_picture(s)) {
        return session_misuse(s, TEXT_BY_YEAR_NO_PICTURE, END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    cn_status status = cn_years_find(s->net, &years, &count, &err);
    status = status ? status : years_write(s, years, count, &err);
    cn_years_free(years);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_diff(session *s) {
    diff d = {0};
    cn_error err = {0};
    if (session_given(s, OPTION_BY_YEAR)) {
        return by_year(s);
    }
    int code = open_both(s, &d);
    if (!code) {
        d.after = s->net;
        cn_status status = cn_changes_find(d.before, d.after, &d.changes, &err);
        if (!status) {
            status = show_is_picture(s)             ? draw(s, &d, &err)
                     : session_format_is(s, "json") ? diff_write_json(s, &d, &err)
                     : session_format_is(s, "csv")  ? diff_write_csv(s, &d, &err)
                                                    : diff_write_text(s, &d, &err);
        }
        code = status ? session_fail(s, &err) : EXIT_DONE;
    }
    release(&d);
    return code;
}
