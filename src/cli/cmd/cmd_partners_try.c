/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet partners --evaluate: how good the scores are on this network. Each kind of link that there are enough of is tried; when none is, the
 * answer is no. Cost: that of cn_partner_try, some seconds for a hundred thousand links.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_partners.h"

typedef struct trials {
    cn_partner_trial trial[CN_BOARD_COUNT];
    cn_error error[CN_BOARD_COUNT]; /* why there is none */
    bool done[CN_BOARD_COUNT];
} trials;

static const cli_text titles[CN_BOARD_COUNT] = {TEXT_TRIAL_SUPPLY, TEXT_TRIAL_PARTICIPATION, TEXT_TRIAL_PEER};
static const char *const keys[CN_BOARD_COUNT] = {"supply", "participation", "peer"};

static const char *text_in(const cn_buf *buf) { return buf->data ? buf->data : ""; }

static void plus_minus(const session *s, double mean, double spread, cn_table *table) {
    cn_buf text = {0};
    cn_format_number(&text, s->lang, mean, 4);
    cn_buf_add_text(&text, "\xC2\xA0±\xC2\xA0");
    cn_format_number(&text, s->lang, spread, 4);
    cn_table_add_text(table, text_in(&text));
    cn_buf_release(&text);
}

static cn_status write_table(session *s, const cn_partner_trial *trial, cn_error *err) {
    cn_table *table = NULL;
    static const cli_text columns[] = {TEXT_COLUMN_SCORE, TEXT_COLUMN_AUC, TEXT_COLUMN_MATCHED, TEXT_COLUMN_PRECISION,
                                       TEXT_COLUMN_HITS};
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        cn_table_add_column(table, "", text_of(s->lang, columns[i]), CN_CELL_TEXT, 0);
    }
    for (uint32_t i = 0; i < trial->quality_count && !status; i++) {
        const cn_partner_quality *q = &trial->quality[i];
        cn_table_add_text(table, cn_partner_score_name(q->score, s->lang));
        plus_minus(s, q->auc, q->auc_spread, table);
        plus_minus(s, q->matched, q->matched_spread, table);
        plus_minus(s, q->precision, q->precision_spread, table);
        plus_minus(s, q->hits, q->hits_spread, table);
    }
    status = status ? status : session_table(s, table, err);
    cn_table_free(table);
    return status;
}

static cn_status write_text(session *s, const trials *t, cn_error *err) {
    cn_status status = CN_OK;
    bool first = true;
    for (int b = 0; b < CN_BOARD_COUNT && !status; b++) {
        const cn_partner_trial *trial = &t->trial[b];
        cli_digits links, hidden, folds, tested, asked, cold;
        cn_buf best = {0};
        if (!t->done[b]) {
            continue;
        }
        cn_buf_add_text(&s->out, first ? "" : "\n");
        first = false;
        session_heading(s, titles[b], END);
        session_line(
            s, TEXT_TRIAL_LINE, digits_of(links, trial->links), digits_of(hidden, (uint64_t)(trial->hidden + 0.5)),
            digits_of(folds, trial->folds), digits_of(tested, (uint64_t)(trial->tested + 0.5)),
            digits_of(asked, (uint64_t)(trial->asked + 0.5)), digits_of(cold, (uint64_t)(trial->cold + 0.5)), END);
        status = write_table(s, trial, err);
        cn_format_number(&best, s->lang, trial->best_precision, 3);
        session_line(s, TEXT_TRIAL_BEST, text_in(&best), END);
        cn_buf_release(&best);
    }
    return status;
}

static void write_json(session *s, const trials *t) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    json_begin(&j, "trials", '[');
    for (int b = 0; b < CN_BOARD_COUNT; b++) {
        const cn_partner_trial *trial = &t->trial[b];
        if (!t->done[b]) {
            continue;
        }
        json_begin(&j, NULL, '{');
        json_text(&j, "of", keys[b]);
        json_count(&j, "links", trial->links);
        json_number(&j, "hidden", trial->hidden);
        json_count(&j, "folds", trial->folds);
        json_number(&j, "asked", trial->asked);
        json_number(&j, "tested", trial->tested);
        json_number(&j, "cold", trial->cold);
        json_number(&j, "best_precision_at_10", trial->best_precision);
        json_begin(&j, "scores", '[');
        for (uint32_t i = 0; i < trial->quality_count; i++) {
            const cn_partner_quality *q = &trial->quality[i];
            json_begin(&j, NULL, '{');
            json_text(&j, "score", cn_partner_score_key(q->score));
            json_number(&j, "auc", q->auc);
            json_number(&j, "auc_spread", q->auc_spread);
            json_number(&j, "auc_matched", q->matched);
            json_number(&j, "auc_matched_spread", q->matched_spread);
            json_number(&j, "precision_at_10", q->precision);
            json_number(&j, "precision_at_10_spread", q->precision_spread);
            json_number(&j, "hits_at_50", q->hits);
            json_number(&j, "hits_at_50_spread", q->hits_spread);
            json_end(&j, '}');
        }
        json_end(&j, ']');
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
}

static cn_status write_csv(session *s, const trials *t, cn_error *err) {
    static const char *const numbers[] = {"auc",
                                          "auc_spread",
                                          "auc_matched",
                                          "auc_matched_spread",
                                          "precision_at_10",
                                          "precision_at_10_spread",
                                          "hits_at_50",
                                          "hits_at_50_spread"};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "of", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "score", "", CN_CELL_TEXT, 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_column(table, numbers[i], "", CN_CELL_NUMBER, 0);
    }
    for (int b = 0; b < CN_BOARD_COUNT; b++) {
        for (uint32_t i = 0; t->done[b] && i < t->trial[b].quality_count; i++) {
            const cn_partner_quality *q = &t->trial[b].quality[i];
            const double values[] = {q->auc,       q->auc_spread,       q->matched, q->matched_spread,
                                     q->precision, q->precision_spread, q->hits,    q->hits_spread};
            cn_table_add_text(table, keys[b]);
            cn_table_add_text(table, cn_partner_score_key(q->score));
            for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
                cn_table_add_number(table, values[k]);
            }
        }
    }
    status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* Nothing to learn from: each board says why. */
static int say_too_few(const session *s, const trials *t) {
    for (int b = 0; b < CN_BOARD_COUNT; b++) {
        char text[4 * CN_ERROR_TEXT_BYTES];
        cn_error_format(&t->error[b], s->lang, text, sizeof text);
        complain(s->lang, TEXT_TRIAL_TOO_FEW, text_of(s->lang, titles[b]), text, END);
    }
    return EXIT_NO;
}

int partner_trials(session *s) {
    trials *t = calloc(1, sizeof *t);
    cn_error err = {0};
    cn_status status = CN_OK;
    bool any = false;
    if (!t) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    const cn_partner_test test = {.seed = s->options.number[OPTION_TEST_SEED]};
    for (int b = 0; b < CN_BOARD_COUNT && !status; b++) {
        status = cn_partner_try(s->net, (cn_partner_board)b, &test, &t->trial[b], &t->error[b]);
        t->done[b] = status == CN_OK;
        any = any || t->done[b];
        err = t->error[b];
        status = status == CN_ERR_UNDEFINED ? CN_OK : status;
    }
    int code = EXIT_DONE;
    if (!status && !any) {
        code = say_too_few(s, t);
    } else if (!status && session_format_is(s, "json")) {
        write_json(s, t);
    } else if (!status) {
        status = session_format_is(s, "csv") ? write_csv(s, t, &err) : write_text(s, t, &err);
    }
    free(t);
    return status ? session_fail(s, &err) : code;
}
