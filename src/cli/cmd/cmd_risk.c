/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet risk: the loss of the whole network when each firm stops (ESRI), beside the firm's size. Of a network with more
 * firms than RISK_FIRMS_MAX the most influential are computed, unless --all. Cost: that of cn_cascade_all and
 * cn_position_compute.
 */
#include "cmd_risk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void release(ranking *r) {
    cn_second_sources_free(r->seconds);
    cn_esri_release(&r->esri);
    cn_position_release(&r->position);
    free(r->order);
    free(r->size_rank);
    free(r->nexus);
    cn_flows_free(r->flows);
}

double ranking_ratio(const ranking *r, uint32_t firm) {
    return r->esri.own[firm] > 0 ? r->esri.loss[firm] / r->esri.own[firm] : (double)NAN;
}

/* ---- computing ---- */

/* A firm and what it is ordered by; NaN comes last. */
typedef struct keyed {
    double first, second;
    uint32_t firm;
} keyed;

static int compare_down(double a, double b) {
    bool some = !isnan(a);
    bool other = !isnan(b);
    if (!some || !other) {
        return other - some;
    }
    return a > b ? -1 : a < b;
}

static int compare_keyed(const void *a, const void *b) {
    const keyed *x = a;
    const keyed *y = b;
    int order = compare_down(x->first, y->first);
    order = order ? order : compare_down(x->second, y->second);
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

static cn_status no_memory(cn_error *err) {
    *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
    return CN_ERR_MEMORY;
}

/* Firms by `first`, then `second`, largest first. */
static cn_status order_firms(uint32_t count, const double *first, const double *second, uint32_t *out, cn_error *err) {
    keyed *list = malloc((count + (size_t)1) * sizeof *list);
    if (!list) {
        return no_memory(err);
    }
    for (uint32_t f = 0; f < count; f++) {
        list[f] = (keyed){first[f], second ? second[f] : 0, f};
    }
    qsort(list, count, sizeof *list, compare_keyed);
    for (uint32_t i = 0; i < count; i++) {
        out[i] = list[i].firm;
    }
    free(list);
    return CN_OK;
}

static cn_status compute_esri(session *s, ranking *r, cn_error *err) {
    uint32_t firms = cn_flows_firm_count(r->flows);
    cn_status status = order_firms(firms, r->position.influence, r->position.output, r->order, err);
    r->cut = firms > RISK_FIRMS_MAX && !session_given(s, OPTION_ALL);
    r->count = r->cut ? RISK_FIRMS_MAX : firms;
    if (!status) {
        const cn_progress progress = session_watch(s, text_of(s->lang, TEXT_COMPUTING_RISK));
        status = cn_cascade_all(r->flows, r->cut ? r->order : NULL, r->cut ? r->count : 0, &r->options, &progress,
                                &r->esri, err);
        status = session_unwatch(s, status, err);
    }
    return status;
}

static cn_status rank_by_size(ranking *r, cn_error *err) {
    uint32_t firms = cn_flows_firm_count(r->flows);
    uint32_t *by_size = malloc((firms + (size_t)1) * sizeof *by_size);
    cn_status status = by_size ? order_firms(firms, r->esri.own, NULL, by_size, err) : no_memory(err);
    for (uint32_t i = 0; i < firms && !status; i++) {
        r->size_rank[by_size[i]] = i + 1;
    }
    free(by_size);
    return status;
}

static int compare_seconds(const void *a, const void *b) {
    const cn_second_source *x = a;
    const cn_second_source *y = b;
    int order = compare_down(x->loss - x->loss_second, y->loss - y->loss_second);
    order = order ? order : compare_down(x->loss, y->loss);
    return order ? order : x->flow < y->flow ? -1 : x->flow > y->flow;
}

static cn_status compute(session *s, ranking *r, cn_error *err) {
    uint32_t firms = cn_flows_firm_count(r->flows);
    uint32_t top = session_given(s, OPTION_TOP) ? (uint32_t)s->options.number[OPTION_TOP] : RISK_TOP_SHOWN;
    r->options = risk_cascade_options(s);
    r->options.epsilon = firms > RISK_FIRMS_FINE ? 1e-3 : 1e-4;
    r->order = malloc((firms + (size_t)1) * sizeof *r->order);
    r->size_rank = malloc((firms + (size_t)1) * sizeof *r->size_rank);
    r->nexus = calloc(firms + (size_t)1, sizeof *r->nexus);
    if (!r->order || !r->size_rank || !r->nexus) {
        return no_memory(err);
    }
    cn_status status = cn_position_compute(r->flows, NULL, &r->position, err);
    status = status ? status : compute_esri(s, r, err);
    if (!status && !show_is_picture(s)) {
        const double *columns[] = {r->esri.loss, r->position.influence, r->position.katz, r->position.hub};
        status =
            cn_second_sources(r->flows, &r->options, r->esri.loss, 0, top, NULL, &r->seconds, &r->second_count, err);
        status = status ? status : cn_pareto_layers(firms, sizeof columns / sizeof *columns, columns, r->nexus, err);
    }
    if (!status && r->second_count > 1) {
        qsort(r->seconds, r->second_count, sizeof *r->seconds, compare_seconds);
    }
    status = status ? status : rank_by_size(r, err);
    return status ? status : order_firms(firms, r->esri.loss, r->esri.money, r->order, err);
}

/* ---- CSV ---- */

static cn_status write_csv(session *s, const ranking *r, cn_error *err) {
    static const char *const keys[] = {"esri",           "own",       "ratio", "money", "output",    "upstreamness",
                                       "downstreamness", "influence", "katz",  "hub",   "authority", "survive_days",
                                       "recover_days",   "gap_days"};
    const cn_position *p = &r->position;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : SIZE_MAX;
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "id", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", "", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "size_rank", "", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "hit", "", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "nexus_layer", "", CN_CELL_COUNT, 0);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cn_table_add_column(table, keys[i], "", CN_CELL_NUMBER, 0);
    }
    for (size_t i = 0; i < r->count && i < most; i++) {
        uint32_t f = r->order[i];
        const double values[] = {r->esri.loss[f],    r->esri.own[f], ranking_ratio(r, f), r->esri.money[f],
                                 p->output[f],       p->upstream[f], p->downstream[f],    p->influence[f],
                                 p->katz[f],         p->hub[f],      p->authority[f],     p->survive_days[f],
                                 p->recover_days[f], p->gap_days[f]};
        cn_table_add_text(table, risk_id(s, r->flows, f));
        cn_table_add_text(table, risk_name(s, r->flows, f));
        cn_table_add_count(table, r->size_rank[f]);
        cn_table_add_count(table, r->esri.hit_count[f]);
        cn_table_add_count(table, r->nexus[f]);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            cn_table_add_number(table, values[k]);
        }
    }
    status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static cn_status answer(session *s, const ranking *r, cn_error *err) {
    if (show_is_picture(s)) {
        cn_draw_options options = show_draw_options(s);
        options.cascade_options = &r->options;
        return cn_draw_risk(s->net, r->flows, &r->esri, &options, cn_sink_buf(&s->out), err);
    }
    if (session_format_is(s, "json")) {
        return ranking_write_json(s, r, err);
    }
    return session_format_is(s, "csv") ? write_csv(s, r, err) : ranking_write_text(s, r, err);
}

int cmd_risk(session *s) {
    ranking r = {0};
    cn_error err = {0};
    int code = session_open(s);
    show_remark_picture_options(s);
    code = code ? code : risk_flows(s, &r.flows);
    if (!code) {
        cn_status status = compute(s, &r, &err);
        if (!status) {
            risk_say_remarks(s, r.flows, r.position.remarks, r.position.remark_count);
            status = answer(s, &r, &err);
        }
        code = status ? session_fail(s, &err) : EXIT_DONE;
    }
    release(&r);
    return code;
}
