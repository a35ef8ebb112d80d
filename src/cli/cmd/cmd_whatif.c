/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet whatif: what stops when something fails. One cascade answers; two more (purchases of unknown source go on; nobody
 * can be replaced) say how far the answer could move; with --add the same once more with the new sources.
 */
#include "cmd_whatif.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void release(whatif *w) {
    cn_cascade_release(&w->plain.cascade);
    cn_cascade_release(&w->added.cascade);
    cn_scenario_release(&w->plain.scenario);
    cn_scenario_release(&w->added.scenario);
    for (size_t i = 0; i < w->text_count; i++) {
        free(w->texts[i]);
    }
    free(w->texts);
    free(w->edits);
    free(w->rows);
    cn_flows_free(w->flows);
}

/* ---- computing ---- */

static int run_case(const session *s, const whatif *w, size_t edits, whatif_case *out) {
    cn_error err = {0};
    if (cn_scenario_create(w->flows, w->edits, edits, &out->scenario, &err)) {
        return session_fail(s, &err);
    }
    int code = whatif_check_touched(s, w, &out->scenario, edits);
    if (code) {
        return code;
    }
    if (cn_cascade_run(out->scenario.flows, &out->scenario.shock, &w->options, &out->cascade, &err)) {
        return session_fail(s, &err);
    }
    return EXIT_DONE;
}

static int measure(const session *s, const whatif *w, const cn_cascade_options *options, double *loss) {
    cn_error err = {0};
    cn_cascade cascade = {0};
    if (cn_cascade_run(w->plain.scenario.flows, &w->plain.scenario.shock, options, &cascade, &err)) {
        return session_fail(s, &err);
    }
    *loss = cascade.loss;
    cn_cascade_release(&cascade);
    return EXIT_DONE;
}

static int measure_bounds(const session *s, whatif *w) {
    cn_cascade_options best = w->options;
    cn_cascade_options worst = w->options;
    best.steps = worst.steps = false;
    best.count_unsourced = worst.irreplaceable = true;
    int code = measure(s, w, &best, &w->best);
    return code ? code : measure(s, w, &worst, &w->worst);
}

static int compare_rows(const void *a, const void *b) {
    const whatif_row *x = a;
    const whatif_row *y = b;
    if (x->money != y->money) {
        return x->money > y->money ? -1 : 1;
    }
    if (x->loss != y->loss) {
        return x->loss > y->loss ? -1 : 1;
    }
    return x->firm < y->firm ? -1 : x->firm > y->firm;
}

static int list_rows(const session *s, whatif *w) {
    const cn_cascade *cascade = &w->plain.cascade;
    w->rows = malloc((cascade->firm_count + (size_t)1) * sizeof *w->rows);
    if (!w->rows) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    for (uint32_t firm = 0; firm < cascade->firm_count; firm++) {
        double loss = 1 - cascade->level[firm];
        if (loss > 0 && cascade->first_round[firm] != CN_NONE) {
            w->rows[w->row_count++] = (whatif_row){firm, loss, loss * risk_output(w->flows, firm)};
        }
    }
    qsort(w->rows, w->row_count, sizeof *w->rows, compare_rows);
    w->anchor_count = risk_anchors(s, w->flows, w->anchors, WHATIF_ANCHORS);
    return EXIT_DONE;
}

static int compute(session *s, whatif *w) {
    w->options = risk_cascade_options(s);
    w->options.days = (uint32_t)s->options.number[OPTION_DAYS];
    w->options.steps = true;
    int code = run_case(s, w, w->fail_count, &w->plain);
    if (!code && whatif_adds(w)) {
        code = run_case(s, w, w->edit_count, &w->added);
    }
    code = code ? code : measure_bounds(s, w);
    return code ? code : list_rows(s, w);
}

cn_status whatif_causes(const whatif *w, uint32_t firm, cn_cascade_cause **causes, size_t *count, cn_error *err) {
    const whatif_case *plain = &w->plain;
    return cn_cascade_explain(plain->scenario.flows, &plain->scenario.shock, &w->options, &plain->cascade, firm, causes,
                              count, err);
}

/* ---- CSV ---- */

static void add_rows(const session *s, const whatif *w, cn_table *table) {
    static const char *const numbers[] = {"loss", "output", "money", "down", "up", "loss_with_added"};
    const cn_cascade *cascade = &w->plain.cascade;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : SIZE_MAX;
    size_t columns = sizeof numbers / sizeof *numbers - !whatif_adds(w);
    cn_table_add_column(table, "id", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, w->options.days ? "first_day" : "first_round", "", CN_CELL_COUNT, 0);
    for (size_t i = 0; i < columns; i++) {
        cn_table_add_column(table, numbers[i], "", CN_CELL_NUMBER, 0);
    }
    for (size_t i = 0; i < w->row_count && i < most; i++) {
        uint32_t firm = w->rows[i].firm;
        double with = whatif_adds(w) ? 1 - w->added.cascade.level[firm] : (double)NAN;
        const double values[] = {w->rows[i].loss,     risk_output(w->flows, firm), w->rows[i].money,
                                 cascade->down[firm], cascade->up[firm],           with};
        cn_table_add_text(table, risk_id(s, w->flows, firm));
        cn_table_add_text(table, risk_name(s, w->flows, firm));
        cn_table_add_count(table, cascade->first_round[firm]);
        for (size_t k = 0; k < columns; k++) {
            cn_table_add_number(table, values[k]);
        }
    }
}

static cn_status add_causes(const session *s, const whatif *w, cn_table *table, cn_error *err) {
    cn_status status = CN_OK;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : SIZE_MAX;
    risk_links_columns(table);
    for (size_t i = 0; i < w->row_count && i < most && !status; i++) {
        cn_cascade_cause *causes = NULL;
        size_t count = 0;
        status = whatif_causes(w, w->rows[i].firm, &causes, &count, err);
        for (size_t k = 0; k < count && !status; k++) {
            if (causes[k].flow != CN_NONE) {
                risk_links_add(s, w->plain.scenario.flows, causes[k].flow, risk_id(s, w->flows, w->rows[i].firm),
                               causes[k].demand ? "demand" : "input", table);
            }
        }
        cn_cascade_causes_free(causes);
    }
    return status;
}

static cn_status write_csv(session *s, const whatif *w, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (!status && session_given(s, OPTION_EXPLAIN)) {
        status = add_causes(s, w, table, err);
    } else if (!status) {
        add_rows(s, w, table);
    }
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static int draw(session *s, const whatif *w) {
    const whatif_case *shown = whatif_adds(w) ? &w->added : &w->plain;
    cn_buf question = {0};
    cn_draw_options options = show_draw_options(s);
    for (size_t i = 0; i < w->edit_count; i++) {
        cn_buf_add_text(&question, i ? "; " : "");
        whatif_edit_text(s, w, i, &question);
    }
    options.view = CN_VIEW_WHATIF;
    options.flows = shown->scenario.flows;
    options.shock = &shown->scenario.shock;
    options.cascade = &shown->cascade;
    options.cascade_options = &w->options;
    options.question = question.data;
    int code = show_draw(s, &options);
    s->out.failed = s->out.failed || question.failed;
    cn_buf_release(&question);
    return code;
}

static int answer(session *s, const whatif *w) {
    cn_error err = {0};
    cn_status status = CN_OK;
    if (show_is_picture(s)) {
        return draw(s, w);
    }
    if (session_format_is(s, "json")) {
        status = whatif_write_json(s, w, &err);
    } else if (session_format_is(s, "csv")) {
        status = write_csv(s, w, &err);
    } else {
        status = whatif_write_text(s, w, &err);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

/* Is anything to fail? */
static bool any_failure(const session *s) {
    for (size_t i = 0; i < s->options.value_count; i++) {
        if (s->options.values[i].option != OPTION_ADD) {
            return true;
        }
    }
    return false;
}

int cmd_whatif(session *s) {
    whatif w = {0};
    if (!any_failure(s)) {
        return session_misuse(s, TEXT_WHATIF_NEEDS, END);
    }
    int code = session_open(s);
    show_remark_picture_options(s);
    code = code ? code : risk_flows(s, &w.flows);
    code = code ? code : whatif_read(s, &w);
    code = code ? code : compute(s, &w);
    code = code ? code : answer(s, &w);
    release(&w);
    return code;
}
