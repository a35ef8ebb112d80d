/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet whatif as text: the question, the answer, the difference a new source makes, who loses, step by step, what was assumed. */
#include "cmd_whatif.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_SHOWN = 20, STEP_FIRMS = 6, EXPLAINED = 10, CAUSES_SHOWN = 6 };

static const char *percent(const session *s, double share, cn_buf *buf) {
    buf->len = 0;
    risk_percent(s, share, buf);
    return buf->data ? buf->data : "";
}

static const char *money(const session *s, double value, cn_buf *buf) {
    buf->len = 0;
    show_money(s, value, buf);
    return buf->data ? buf->data : "";
}

/* ---- the answer ---- */

static uint32_t hit_firms(const whatif *w, const cn_cascade *cascade) {
    uint32_t count = 0;
    for (uint32_t f = 0; f < cn_flows_firm_count(w->flows); f++) {
        count += 1 - cascade->level[f] > WHATIF_SMALL;
    }
    return count;
}

static void add_anchor(session *s, const whatif *w, uint32_t firm, cn_buf *first, cn_buf *second) {
    double loss = 1 - w->plain.cascade.level[firm];
    double lost = loss * risk_output(w->flows, firm);
    cli_text text = loss > 1 - WHATIF_SMALL ? TEXT_WHATIF_ANCHOR_STOPS
                    : loss > WHATIF_SMALL   ? TEXT_WHATIF_ANCHOR_LOSES
                                            : TEXT_WHATIF_ANCHOR_SAFE;
    session_line(s, text, risk_name(s, w->flows, firm), money(s, lost, first), percent(s, loss, second), END);
}

static void write_answer(session *s, const whatif *w, cn_buf *first, cn_buf *second) {
    cli_digits hit, days;
    const cn_cascade *cascade = &w->plain.cascade;
    first->len = 0;
    for (size_t i = 0; i < w->fail_count; i++) {
        cn_buf_add_text(first, i ? "; " : "");
        whatif_edit_text(s, w, i, first);
    }
    session_heading(s, TEXT_WHATIF_HEAD, first->data ? first->data : "", END);
    cn_buf_add_text(&s->out, "\n");
    for (size_t i = 0; i < w->anchor_count; i++) {
        add_anchor(s, w, w->anchors[i], first, second);
    }
    percent(s, cascade->loss, first);
    session_line(s, TEXT_WHATIF_LOSS, first->data ? first->data : "", risk_weight_name(s),
                 money(s, cascade->money, second), digits_of(hit, hit_firms(w, cascade)), END);
    if (w->options.days) {
        session_line(s, TEXT_WHATIF_DAYS, digits_of(days, w->options.days), money(s, cascade->money_days, second), END);
    }
}

/* ---- without and with ---- */

static void add_comparison(const session *s, cn_table *table, const char *name, double without, double with,
                           bool is_money) {
    cn_buf cell = {0};
    const double values[] = {without, with, with - without};
    cn_table_add_text(table, name);
    for (size_t i = 0; i < 3; i++) {
        cell.len = 0;
        if (is_money) {
            show_money(s, values[i], &cell);
        } else {
            cn_format_number(&cell, s->lang, values[i], 1);
        }
        cn_table_add_text(table, cell.data ? cell.data : "");
    }
    cn_buf_release(&cell);
}

static cn_status write_added(session *s, const whatif *w, cn_buf *buf, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_FIGURE, TEXT_COLUMN_WITHOUT, TEXT_COLUMN_WITH,
                                      TEXT_COLUMN_DIFFERENCE};
    const cn_cascade *plain = &w->plain.cascade;
    const cn_cascade *added = &w->added.cascade;
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_WHATIF_ADDED, END);
    for (size_t i = w->fail_count; i < w->edit_count; i++) {
        buf->len = 0;
        whatif_edit_text(s, w, i, buf);
        session_line(s, TEXT_AS_IS, buf->data ? buf->data : "", END);
    }
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        cn_table_add_column(table, "", text_of(s->lang, titles[i]), CN_CELL_TEXT, 0);
    }
    add_comparison(s, table, text_of(s->lang, TEXT_ROW_LOSS), risk_in_percent(plain->loss),
                   risk_in_percent(added->loss), false);
    add_comparison(s, table, text_of(s->lang, TEXT_ROW_MONEY), plain->money, added->money, true);
    add_comparison(s, table, text_of(s->lang, TEXT_ROW_HIT), hit_firms(w, plain), hit_firms(w, added), false);
    for (size_t i = 0; i < w->anchor_count; i++) {
        uint32_t firm = w->anchors[i];
        buf->len = 0;
        text_add(buf, s->lang, TEXT_ROW_ANCHOR, risk_short(s, w->flows, firm), END);
        add_comparison(s, table, buf->data ? buf->data : "", risk_in_percent(1 - plain->level[firm]),
                       risk_in_percent(1 - added->level[firm]), false);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

/* ---- who loses ---- */

static cli_text cause_of(const whatif *w, uint32_t firm) {
    const cn_cascade *c = &w->plain.cascade;
    bool down = 1 - c->down[firm] > WHATIF_SMALL;
    bool up = 1 - c->up[firm] > WHATIF_SMALL;
    if (c->first_round[firm] == 0) {
        return TEXT_CAUSE_SHOCK;
    }
    return down && up ? TEXT_CAUSE_BOTH : up ? TEXT_CAUSE_DEMAND : TEXT_CAUSE_INPUT;
}

static size_t rows_to_show(const session *s, const whatif *w) {
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : RISK_TOP_SHOWN;
    size_t big = 0;
    for (size_t i = 0; i < w->row_count; i++) {
        big += w->rows[i].loss > WHATIF_SMALL;
    }
    return big < most ? big : most;
}

static void add_rows(const session *s, const whatif *w, size_t count, cn_table *table) {
    bool adds = whatif_adds(w);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_FIRM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_LOSS), CN_CELL_NUMBER, 1);
    if (adds) {
        cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_LOSS_ADDED), CN_CELL_NUMBER, 1);
    }
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_MONEY_LOST), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "", text_of(s->lang, w->options.days ? TEXT_COLUMN_FIRST_DAY : TEXT_COLUMN_FIRST_ROUND),
                        CN_CELL_COUNT, 0);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_WHY), CN_CELL_TEXT, 0);
    for (size_t i = 0, shown = 0; i < w->row_count && shown < count; i++) {
        uint32_t firm = w->rows[i].firm;
        if (!(w->rows[i].loss > WHATIF_SMALL)) {
            continue;
        }
        shown++;
        cn_table_add_text(table, risk_short(s, w->flows, firm));
        cn_table_add_number(table, risk_in_percent(w->rows[i].loss));
        if (adds) {
            cn_table_add_number(table, risk_in_percent(1 - w->added.cascade.level[firm]));
        }
        cn_table_add_money(table, risk_minor(w->rows[i].money));
        cn_table_add_count(table, w->plain.cascade.first_round[firm]);
        cn_table_add_text(table, text_of(s->lang, cause_of(w, firm)));
    }
}

static cn_status write_rows(session *s, const whatif *w, cn_error *err) {
    cli_digits shown, all;
    cn_table *table = NULL;
    size_t count = rows_to_show(s, w);
    uint32_t total = hit_firms(w, &w->plain.cascade);
    cn_buf_add_text(&s->out, "\n");
    if (!count) {
        session_line(s, TEXT_WHATIF_NOBODY, END);
        return CN_OK;
    }
    cn_status status = cn_table_create(&table, err);
    if (!status) {
        add_rows(s, w, count, table);
        session_heading(s, TEXT_WHATIF_WHO, END);
        status = session_table(s, table, err);
    }
    if (count < total) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_RISK_SHOWN, digits_of(shown, count), digits_of(all, total), END);
    }
    cn_table_free(table);
    return status;
}

/* ---- step by step ---- */

typedef struct change {
    double gain; /* lost in this round */
    double loss; /* so far */
    uint32_t firm;
} change;

static int compare_changes(const void *a, const void *b) {
    const change *x = a;
    const change *y = b;
    return x->gain != y->gain ? (x->gain > y->gain ? -1 : 1) : x->firm < y->firm ? -1 : x->firm > y->firm;
}

/* The changes of one round, largest first, from steps that begin at `*at`. `so_far` keeps the losses between rounds. */
static size_t changes_of(const cn_cascade *cascade, uint32_t round, size_t *at, double *so_far, change *list) {
    size_t count = 0;
    for (; *at < cascade->step_count && cascade->steps[*at].round == round; ++*at) {
        const cn_cascade_step *step = &cascade->steps[*at];
        double loss = 1 - fmin(step->down, step->up);
        double gain = loss - so_far[step->firm];
        so_far[step->firm] = loss;
        if (gain > WHATIF_SMALL) {
            list[count++] = (change){gain, loss, step->firm};
        }
    }
    qsort(list, count, sizeof *list, compare_changes);
    return count;
}

static void add_step(const session *s, const whatif *w, uint32_t round, const change *list, size_t count,
                     cn_table *table) {
    cn_buf who = {0};
    cn_buf share = {0};
    for (size_t i = 0; i < count && i < STEP_FIRMS; i++) {
        cn_buf_add_text(&who, i ? ", " : "");
        text_add_clean(&who, risk_short(s, w->flows, list[i].firm));
        cn_buf_add_text(&who, " ");
        cn_buf_add_text(&who, percent(s, list[i].loss, &share));
    }
    if (count > STEP_FIRMS) {
        cli_digits digits;
        text_add(&who, s->lang, TEXT_RISK_AND_MORE, digits_of(digits, count - STEP_FIRMS), END);
    }
    cn_table_add_count(table, round);
    cn_table_add_number(table, risk_in_percent(w->plain.cascade.round_loss[round]));
    cn_table_add_text(table, who.data ? who.data : "");
    cn_buf_release(&who);
    cn_buf_release(&share);
}

/* Rounds in which somebody loses more than a trace; how many were left out after the last one shown. */
static bool add_steps(const session *s, const whatif *w, cn_table *table) {
    const cn_cascade *cascade = &w->plain.cascade;
    size_t at = 0;
    size_t firms = cascade->firm_count + (size_t)1;
    double *so_far = calloc(firms, sizeof *so_far);
    change *list = malloc(firms * sizeof *list);
    bool cut = false;
    for (uint32_t round = 0; round <= cascade->rounds && so_far && list; round++) {
        size_t count = changes_of(cascade, round, &at, so_far, list);
        bool full = cn_table_row_count(table) >= STEPS_SHOWN;
        cut = cut || !count || full;
        if (count && !full) {
            add_step(s, w, round, list, count, table);
        }
    }
    free(so_far);
    free(list);
    return cut;
}

static cn_status write_steps(session *s, const whatif *w, cn_error *err) {
    cli_digits digits;
    cn_table *table = NULL;
    bool days = w->options.days > 0;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "", text_of(s->lang, days ? TEXT_COLUMN_DAY : TEXT_COLUMN_STEP), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "", text_of(s->lang, TEXT_COLUMN_LOST_SO_FAR), CN_CELL_NUMBER, 1);
    cn_table_add_column(table, "", text_of(s->lang, days ? TEXT_COLUMN_WHO_DAY : TEXT_COLUMN_WHO), CN_CELL_TEXT, 0);
    bool cut = add_steps(s, w, table);
    if (cn_table_row_count(table)) {
        cn_buf_add_text(&s->out, "\n");
        session_heading(s, days ? TEXT_WHATIF_BY_DAYS : TEXT_WHATIF_STEPS, END);
        status = session_table(s, table, err);
        if (cut) {
            session_line(s, days ? TEXT_WHATIF_LATER_DAYS : TEXT_WHATIF_LATER,
                         digits_of(digits, w->plain.cascade.rounds), END);
        }
    }
    cn_table_free(table);
    return status;
}

/* ---- what was assumed ---- */

static void write_assumed(session *s, const whatif *w, cn_buf *first, cn_buf *second) {
    cli_digits given, all;
    uint32_t stocks = 0;
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_CRITICAL_ASSUMED, END);
    if (w->worst - w->best > WHATIF_SMALL) {
        session_line(s, TEXT_WHATIF_RANGE, percent(s, w->best, first), percent(s, w->worst, second), END);
    }
    session_line(s, TEXT_WHATIF_REPLACE, END);
    session_line(s, w->options.keep_outside_sales ? TEXT_WHATIF_KEEP : TEXT_WHATIF_NO_KEEP, END);
    if (!cn_flows_has_table(w->flows)) {
        session_line(s, TEXT_CRITICAL_NO_TABLE, END);
    }
    for (uint32_t f = 0; f < cn_flows_firm_count(w->flows); f++) {
        stocks += cn_flows_stock_days(w->flows, f) > 0;
    }
    if (w->options.days) {
        session_line(s, TEXT_WHATIF_STOCKS, digits_of(given, stocks), digits_of(all, cn_flows_firm_count(w->flows)),
                     END);
    } else if (stocks) {
        session_line(s, TEXT_WHATIF_NO_STOCK, END);
    }
    if (!w->plain.cascade.converged) {
        session_line(s, TEXT_WHATIF_NOT_DONE, digits_of(all, w->plain.cascade.rounds), END);
    }
}

/* ---- why ---- */

static void add_cause(session *s, const whatif *w, const cn_cascade_cause *cause, cn_buf *first, cn_buf *second) {
    if (cause->flow != CN_NONE) {
        risk_flow_lines(s, w->plain.scenario.flows, cause->flow, "   ");
    } else {
        first->len = 0;
        show_product(s, cn_flows_product_code(w->flows, cause->product), first);
        session_line(s, TEXT_EXPLAIN_OUTSIDE, first->data ? first->data : "", END);
    }
    session_line(s, cause->demand ? TEXT_EXPLAIN_DEMAND : TEXT_EXPLAIN_INPUT, percent(s, cause->missing, first),
                 percent(s, cause->lost, second), cause->binding ? text_of(s->lang, TEXT_EXPLAIN_BINDING) : "", END);
}

static cn_status write_causes(session *s, const whatif *w, cn_buf *first, cn_buf *second, cn_error *err) {
    size_t count = rows_to_show(s, w);
    size_t most = session_given(s, OPTION_TOP) ? SIZE_MAX : EXPLAINED;
    cn_status status = CN_OK;
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_WHATIF_EXPLAIN, END);
    for (size_t i = 0, shown = 0; i < w->row_count && shown < count && shown < most && !status; i++) {
        cn_cascade_cause *causes = NULL;
        size_t cause_count = 0;
        uint32_t firm = w->rows[i].firm;
        if (!(w->rows[i].loss > WHATIF_SMALL)) {
            continue;
        }
        shown++;
        status = whatif_causes(w, firm, &causes, &cause_count, err);
        session_line(s, TEXT_WHATIF_EXPLAIN_ROW, risk_short(s, w->flows, firm), percent(s, w->rows[i].loss, first),
                     END);
        if (w->plain.cascade.first_round[firm] == 0) {
            session_line(s, TEXT_EXPLAIN_ITSELF, END);
        }
        for (size_t k = 0; k < cause_count && k < CAUSES_SHOWN && causes[k].lost > WHATIF_SMALL; k++) {
            add_cause(s, w, &causes[k], first, second);
        }
        cn_cascade_causes_free(causes);
    }
    return status;
}

cn_status whatif_write_text(session *s, const whatif *w, cn_error *err) {
    cn_buf first = {0};
    cn_buf second = {0};
    cn_status status = CN_OK;
    write_answer(s, w, &first, &second);
    if (whatif_adds(w)) {
        status = write_added(s, w, &first, err);
    }
    status = status ? status : write_rows(s, w, err);
    status = status ? status : write_steps(s, w, err);
    write_assumed(s, w, &first, &second);
    if (!status && session_given(s, OPTION_EXPLAIN)) {
        status = write_causes(s, w, &first, &second, err);
    }
    s->out.failed = s->out.failed || first.failed || second.failed;
    cn_buf_release(&first);
    cn_buf_release(&second);
    return status;
}
