/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet whatif as JSON: the edits, the cascade without and with the added sources, firms, rounds, and on demand the causes. */
#include "cmd_whatif.h"

#include <math.h>

static void add_edits(const session *s, json *j, const whatif *w, const char *key, size_t from, size_t to) {
    json_begin(j, key, '[');
    for (size_t i = from; i < to; i++) {
        const cn_edit *edit = &w->edits[i];
        cn_buf words = {0};
        whatif_edit_text(s, w, i, &words);
        bool pair = edit->kind == CN_EDIT_CUT || edit->kind == CN_EDIT_STANDBY;
        bool firm = (pair || edit->kind == CN_EDIT_LOSS) && edit->supplier != CN_NONE;
        json_begin(j, NULL, '{');
        json_text(j, "kind", whatif_edit_key(edit->kind));
        json_text(j, "text", words.data ? words.data : "");
        json_text_or_null(j, "firm", firm ? risk_id(s, w->flows, edit->supplier) : "");
        json_text_or_null(j, "buyer", pair ? risk_id(s, w->flows, edit->buyer) : "");
        json_text_or_null(j, "owner", edit->kind == CN_EDIT_OWNER ? cn_entity_id(s->net, edit->entity) : "");
        json_text_or_null(j, edit->kind == CN_EDIT_REGION ? "region" : "product", edit->text ? edit->text : "");
        json_number(j, "amount", edit->kind == CN_EDIT_STANDBY || edit->amount > 0 ? edit->amount : 1);
        json_count(j, "touched", whatif_adds(w) ? w->added.scenario.touched[i] : w->plain.scenario.touched[i]);
        json_end(j, '}');
        j->out->failed = j->out->failed || words.failed;
        cn_buf_release(&words);
    }
    json_end(j, ']');
}

static void add_totals(json *j, const char *key, const cn_cascade *cascade) {
    json_begin(j, key, '{');
    json_number(j, "loss", cascade->loss);
    json_number(j, "weight_lost", cascade->weight_lost);
    json_number(j, "weight_total", cascade->weight_total);
    json_number(j, "money", cascade->money);
    json_number(j, "money_days", cascade->money_days);
    json_count(j, "hit", cascade->hit_count);
    json_count(j, "rounds", cascade->rounds);
    json_flag(j, "converged", cascade->converged);
    json_end(j, '}');
}

static void add_anchors(const session *s, json *j, const whatif *w) {
    json_begin(j, "anchors", '[');
    for (size_t i = 0; i < w->anchor_count; i++) {
        uint32_t firm = w->anchors[i];
        double loss = 1 - w->plain.cascade.level[firm];
        json_begin(j, NULL, '{');
        json_text(j, "id", risk_id(s, w->flows, firm));
        json_text(j, "name", risk_name(s, w->flows, firm));
        json_flag(j, "stops", loss > 1 - WHATIF_SMALL);
        json_number(j, "loss", loss);
        json_number(j, "loss_with_added", whatif_adds(w) ? 1 - w->added.cascade.level[firm] : (double)NAN);
        json_number(j, "money", loss * risk_output(w->flows, firm));
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_cause(const session *s, json *j, const whatif *w, const cn_cascade_cause *cause) {
    static const char *const roles[] = {"irrelevant", "nonessential", "essential"};
    json_begin(j, NULL, '{');
    json_text(j, "kind", cause->demand ? "demand" : "input");
    json_flag(j, "binding", cause->binding);
    json_text_or_null(j, "firm", cause->firm == CN_NONE ? "" : risk_id(s, w->flows, cause->firm));
    json_text_or_null(j, "product", cn_flows_product_code(w->flows, cause->product));
    json_text_or_null(j, "role", cause->demand ? "" : roles[cause->role]);
    json_number(j, "share", cause->share);
    json_number(j, "sigma", cause->sigma);
    json_number(j, "missing", cause->missing);
    json_number(j, "lost", cause->lost);
    if (cause->flow != CN_NONE) {
        risk_flow_json(s, j, "flow", w->plain.scenario.flows, cause->flow);
    } else {
        json_null(j, "flow");
    }
    json_end(j, '}');
}

static cn_status add_causes(const session *s, json *j, const whatif *w, uint32_t firm, cn_error *err) {
    cn_cascade_cause *causes = NULL;
    size_t count = 0;
    cn_status status = whatif_causes(w, firm, &causes, &count, err);
    json_begin(j, "causes", '[');
    for (size_t i = 0; i < count; i++) {
        add_cause(s, j, w, &causes[i]);
    }
    json_end(j, ']');
    cn_cascade_causes_free(causes);
    return status;
}

static cn_status add_firms(const session *s, json *j, const whatif *w, cn_error *err) {
    const cn_cascade *cascade = &w->plain.cascade;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : SIZE_MAX;
    cn_status status = CN_OK;
    json_begin(j, "firms", '[');
    for (size_t i = 0; i < w->row_count && i < most && !status; i++) {
        uint32_t firm = w->rows[i].firm;
        json_begin(j, NULL, '{');
        json_text(j, "id", risk_id(s, w->flows, firm));
        json_text(j, "name", risk_name(s, w->flows, firm));
        json_number(j, "loss", w->rows[i].loss);
        json_number(j, "loss_with_added", whatif_adds(w) ? 1 - w->added.cascade.level[firm] : (double)NAN);
        json_number(j, "output", risk_output(w->flows, firm));
        json_number(j, "money", w->rows[i].money);
        json_number(j, "down", cascade->down[firm]);
        json_number(j, "up", cascade->up[firm]);
        json_count(j, "first_round", cascade->first_round[firm]);
        if (session_given(s, OPTION_EXPLAIN)) {
            status = add_causes(s, j, w, firm, err);
        }
        json_end(j, '}');
    }
    json_end(j, ']');
    return status;
}

static void add_rounds(const session *s, json *j, const whatif *w) {
    const cn_cascade *cascade = &w->plain.cascade;
    size_t at = 0;
    json_begin(j, "rounds", '[');
    for (uint32_t round = 0; round <= cascade->rounds; round++) {
        json_begin(j, NULL, '{');
        json_count(j, w->options.days ? "day" : "round", round);
        json_number(j, "loss", cascade->round_loss[round]);
        json_begin(j, "firms", '[');
        for (; at < cascade->step_count && cascade->steps[at].round == round; at++) {
            json_begin(j, NULL, '{');
            json_text(j, "id", risk_id(s, w->flows, cascade->steps[at].firm));
            json_number(j, "down", cascade->steps[at].down);
            json_number(j, "up", cascade->steps[at].up);
            json_end(j, '}');
        }
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

cn_status whatif_write_json(session *s, const whatif *w, cn_error *err) {
    static const char *const weights[] = {"output", "sales", "headcount"};
    json j = {&s->out, 0, true};
    size_t count = 0;
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    add_edits(s, &j, w, "fails", 0, w->fail_count);
    add_edits(s, &j, w, "added", w->fail_count, w->edit_count);
    json_text(&j, "weight", weights[w->options.weight]);
    json_flag(&j, "outside_sales_stay", w->options.keep_outside_sales);
    if (w->options.days) {
        json_count(&j, "days", w->options.days);
    } else {
        json_null(&j, "days");
    }
    add_totals(&j, "result", &w->plain.cascade);
    if (whatif_adds(w)) {
        add_totals(&j, "result_with_added", &w->added.cascade);
    } else {
        json_null(&j, "result_with_added");
    }
    json_number(&j, "loss_if_unknown_sources_deliver", w->best);
    json_number(&j, "loss_if_irreplaceable", w->worst);
    add_anchors(s, &j, w);
    cn_status status = add_firms(s, &j, w, err);
    add_rounds(s, &j, w);
    json_flag(&j, "product_table", cn_flows_has_table(w->flows));
    const cn_remark *remarks = cn_flows_remarks(w->flows, &count);
    risk_remarks_json(s, &j, w->flows, remarks, count);
    json_end(&j, '}');
    return status;
}
