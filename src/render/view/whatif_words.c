/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of the what-if picture: the question as its title, the loss in figures below, the assumptions at the foot,
 * and what stands in and behind each box. Cost: linear in the shock.
 */
#include "whatif.h"

#include <math.h>
#include <string.h>

#include "number.h"

#define MAX_NAMES 3
#define HIT 0.999999 /* a capacity below it is a shock */

void cn__whatif_percent(cn_buf *out, cn_lang lang, double share) {
    double percent = share * 100;
    cn_format_number(out, lang, percent, percent < 9.95 && percent > 0 ? 1 : 0);
    cn_buf_add_text(out, lang == CN_LANG_RU ? "\u00a0%" : "%");
}

void cn__whatif_money(const cn__whatif *w, cn_buf *out, double value) {
    if (value < 9e16) {
        cn_format_money(out, w->scene->lang, llround(value * 100), cn_network_currency(w->net));
    }
}

double cn__whatif_output(const cn_flows *flows, uint32_t firm) {
    double output = cn_flows_output(flows, firm);
    return isnan(output) ? cn_flows_sales(flows, firm) : output;
}

void cn__whatif_loss_line(const cn__whatif *w, uint32_t firm, cn_buf *out) {
    double loss = 1 - w->cascade->level[firm];
    double money = loss * cn__whatif_output(w->flows, firm);
    cn_buf_add_text(out, "−");
    cn__whatif_percent(out, w->scene->lang, loss);
    if (money >= 0.5) {
        cn_buf_add_text(out, " · ");
        cn__whatif_money(w, out, money);
    }
}

/* Add a filled template to a text, after a separator. */
static void add(const cn__whatif *w, cn_buf *out, const char *separator, cn__draw_text_id id, cn_buf *argument) {
    cn_buf_add_text(out, out->len ? separator : "");
    cn__draw_text_1(out, id, w->scene->lang, argument->data ? argument->data : "");
    out->failed |= argument->failed;
    cn_buf_release(argument);
}

static bool by_days(const cn__whatif *w) { return w->settings.days > 0; }

void cn__whatif_describe(const cn__whatif *w, uint32_t firm, uint32_t node) {
    cn_buf desc = {0};
    cn_buf part = {0};
    cn_buf_add_text(&desc, cn__scene_text(w->scene, w->scene->nodes[node].desc));
    cn__whatif_percent(&part, w->scene->lang, 1 - w->cascade->level[firm]);
    add(w, &desc, "\n", CN__TEXT_LOSS_OF_FIRM, &part);
    if (w->cascade->first_round[firm] != CN_NONE && w->cascade->first_round[firm] > 0) {
        cn__format_u64(&part, w->cascade->first_round[firm]);
        add(w, &desc, "; ", by_days(w) ? CN__TEXT_LOSS_ON_DAY : CN__TEXT_LOSS_IN_STEP, &part);
    }
    uint32_t kept = cn__scene_keep_buf(w->scene, &desc, true);
    w->scene->nodes[node].desc = kept;
}

static void add_heading_line(const cn__whatif *w, cn__scene_column *column, const char *text) {
    uint32_t kept = cn__scene_keep(w->scene, text, false);
    column->lines[column->line_count++] = kept;
}

void cn__whatif_heading(const cn__whatif *w, cn__scene_column *column, uint32_t first, uint32_t last) {
    cn_lang lang = w->scene->lang;
    if (first == CN_NONE || last == 0) {
        bool never = first == CN_NONE;
        add_heading_line(w, column, cn__draw_text(never ? CN__TEXT_STEP_NEVER : CN__TEXT_STEP_START, lang));
        add_heading_line(w, column, cn__draw_text(never ? CN__TEXT_STEP_NEVER_WORDS : CN__TEXT_STEP_START_WORDS, lang));
        return;
    }
    cn_buf numbers = {0};
    cn_buf text = {0};
    cn__format_u64(&numbers, first);
    if (last > first) {
        cn_buf_add_text(&numbers, "–");
        cn__format_u64(&numbers, last);
    }
    add(w, &text, "",
        last > first ? (by_days(w) ? CN__TEXT_DAYS : CN__TEXT_STEPS) : (by_days(w) ? CN__TEXT_DAY : CN__TEXT_STEP),
        &numbers);
    add_heading_line(w, column, text.data ? text.data : "");
    w->scene->failed |= text.failed;
    cn_buf_release(&text);
}

/* ---- title ---- */

static const char *name_of(const cn__whatif *w, uint32_t firm) {
    return cn_entity_short(w->net, cn_flows_entity(w->flows, firm));
}

/* "A, B, C and 4 more" of the firms that the shock hits; their number, and the capacity left of the first. */
static uint32_t name_shocked(const cn__whatif *w, cn_buf *names, double *capacity, bool *all_stop) {
    uint32_t count = 0;
    *all_stop = true;
    for (uint32_t firm = 0; w->shock->capacity && firm < cn_flows_firm_count(w->flows); firm++) {
        double left = isnan(w->shock->capacity[firm]) ? 1 : w->shock->capacity[firm];
        if (left >= HIT) {
            continue;
        }
        *capacity = count ? *capacity : left;
        *all_stop = *all_stop && left <= 0;
        if (count < MAX_NAMES) {
            cn_buf_add_text(names, count ? ", " : "");
            cn_buf_add_text(names, name_of(w, firm));
        }
        count++;
    }
    return count;
}

static void ask_firms(const cn__whatif *w, cn_buf *names, uint32_t count, double capacity, bool all_stop,
                      cn_buf *title) {
    cn_buf text = {0};
    cn_buf more = {0};
    if (count > MAX_NAMES) {
        cn__format_u64(&more, count - MAX_NAMES);
        cn__draw_text_2(&text, CN__TEXT_IF_MORE, w->scene->lang, names->data ? names->data : "",
                        more.data ? more.data : "");
    } else {
        cn_buf_add_text(&text, names->data ? names->data : "");
    }
    if (!all_stop && count == 1) {
        cn_buf_release(&more);
        more = (cn_buf){0};
        cn__whatif_percent(&more, w->scene->lang, capacity);
        cn__draw_text_2(title, CN__TEXT_IF_LESS, w->scene->lang, text.data ? text.data : "",
                        more.data ? more.data : "");
    } else {
        cn__draw_text_id id = !all_stop ? CN__TEXT_IF_LESS_MANY : count == 1 ? CN__TEXT_IF_STOPS : CN__TEXT_IF_STOP;
        cn__draw_text_1(title, id, w->scene->lang, text.data ? text.data : "");
    }
    title->failed |= text.failed || more.failed;
    cn_buf_release(&text);
    cn_buf_release(&more);
}

static uint64_t flows_cut(const cn__whatif *w, size_t *first) {
    size_t count = 0;
    uint64_t cut = 0;
    (void)cn_flows_all(w->flows, &count);
    for (size_t i = 0; w->shock->flow && i < count; i++) {
        if (w->shock->flow[i] < HIT) {
            *first = cut ? *first : i;
            cut++;
        }
    }
    return cut;
}

static bool outside_cut(const cn__whatif *w) {
    size_t count = 0;
    bool cut = false;
    (void)cn_flows_outside(w->flows, &count);
    for (size_t i = 0; w->shock->outside && i < count; i++) {
        cut |= w->shock->outside[i] < HIT;
    }
    return cut;
}

/* The question made from the shock: firms before flows before purchases outside. */
static void make_question(const cn__whatif *w, cn_buf *title) {
    cn_buf names = {0};
    double capacity = 0;
    bool all_stop = true;
    size_t flow = 0;
    uint32_t firms = name_shocked(w, &names, &capacity, &all_stop);
    uint64_t cut = firms ? 0 : flows_cut(w, &flow);
    if (firms) {
        ask_firms(w, &names, firms, capacity, all_stop, title);
    } else if (cut == 1) {
        size_t count = 0;
        const cn_flow *one = &cn_flows_all(w->flows, &count)[flow];
        cn_buf_add_text(&names, name_of(w, one->from));
        cn_buf_add_text(&names, " → ");
        cn_buf_add_text(&names, name_of(w, one->to));
        cn__draw_text_1(title, CN__TEXT_IF_CUT, w->scene->lang, names.data ? names.data : "");
    } else if (cut > 1) {
        cn__draw_text_count(title, CN__TEXT_IF_CUT_MANY, w->scene->lang, cut);
    } else {
        cn_buf_add_text(title,
                        cn__draw_text(outside_cut(w) ? CN__TEXT_IF_OUTSIDE : CN__TEXT_IF_NOTHING, w->scene->lang));
    }
    title->failed |= names.failed;
    cn_buf_release(&names);
}

/* ---- figures and assumptions ---- */

static void add_figures(const cn__whatif *w, cn_buf *out) {
    static const cn__draw_text_id losses[] = {CN__TEXT_LOSS_OUTPUT, CN__TEXT_LOSS_SALES, CN__TEXT_LOSS_HEADCOUNT};
    cn_lang lang = w->scene->lang;
    cn_buf part = {0};
    cn__whatif_percent(&part, lang, w->cascade->loss);
    add(w, out, "", losses[w->settings.weight], &part);
    cn__whatif_money(w, &part, w->cascade->money);
    add(w, out, " · ", CN__TEXT_LOSS_MONEY, &part);
    cn_buf days = {0};
    if (by_days(w) && !isnan(w->cascade->money_days)) {
        cn__whatif_money(w, &part, w->cascade->money_days);
        cn__format_u64(&days, w->settings.days);
        cn_buf_add_text(out, " · ");
        cn__draw_text_2(out, CN__TEXT_LOSS_MONEY_DAYS, lang, part.data ? part.data : "", days.data ? days.data : "");
        cn_buf_release(&part);
        cn_buf_release(&days);
        part = (cn_buf){0};
        days = (cn_buf){0};
    }
    cn__format_u64(&part, w->cascade->hit_count);
    cn__format_u64(&days, w->cascade->firm_count);
    cn_buf_add_text(out, " · ");
    cn__draw_text_2(out, CN__TEXT_LOSS_COUNT, lang, part.data ? part.data : "", days.data ? days.data : "");
    out->failed |= part.failed || days.failed;
    cn_buf_release(&part);
    cn_buf_release(&days);
}

static void add_assumptions(const cn__whatif *w, cn_buf *out) {
    cn_lang lang = w->scene->lang;
    bool worst = w->settings.irreplaceable;
    cn_buf_add_text(out, cn__draw_text(CN__TEXT_ASSUMED_ESRI, lang));
    cn_buf_add_text(out, "; ");
    cn_buf_add_text(out, cn__draw_text(worst ? CN__TEXT_ASSUMED_IRREPLACEABLE : CN__TEXT_ASSUMED_REPLACED, lang));
    cn_buf_add_text(out, "; ");
    cn_buf_add_text(out, cn__draw_text(by_days(w) ? CN__TEXT_ASSUMED_STOCKS : CN__TEXT_ASSUMED_NO_STOCKS, lang));
    if (!w->cascade->converged) {
        cn_buf_add_text(out, "; ");
        cn_buf_add_text(out, cn__draw_text(CN__TEXT_ASSUMED_CUT_SHORT, lang));
    }
    cn_buf_add_text(out, ".");
}

void cn__whatif_finish(cn__whatif *w) {
    cn_buf title = {0};
    cn_buf figures = {0};
    cn_buf notes = {0};
    if (w->options->question && w->options->question[0]) {
        cn__draw_text_1(&title, CN__TEXT_IF_QUESTION, w->scene->lang, w->options->question);
    } else {
        make_question(w, &title);
    }
    add_figures(w, &figures);
    const char *parts[] = {figures.data ? figures.data : ""};
    cn__view_finish(w->scene, w->net, w->options, title.data ? title.data : "", parts, 1, &w->left_out);
    add_assumptions(w, &notes);
    if (w->scene->notes) {
        cn_buf_add_text(&notes, " ");
        cn_buf_add_text(&notes, cn__scene_text(w->scene, w->scene->notes));
    }
    w->scene->notes = cn__scene_keep_buf(w->scene, &notes, false);
    w->scene->failed |= title.failed || figures.failed;
    cn_buf_release(&title);
    cn_buf_release(&figures);
}
