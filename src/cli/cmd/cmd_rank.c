/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet rank: the entities of a layer ordered by centralities. One projection serves all metrics that look at links
 * alike, a second one those that weigh them by value; both have the same vertices, so that one order and one set of rows holds for
 * all. Without --weight only the strengths are weighted: unweighted they would be the degree again.
 */
#include "show.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct ranking {
    uint32_t kinds;
    cn_graph *plain;
    cn_graph *valued;                /* NULL where no metric needs it; without weights where no link has a value */
    double *values[CN_METRIC_COUNT]; /* in the order of --by */
    cn_estimate estimates[CN_METRIC_COUNT];
    uint32_t *order;
    uint32_t linked; /* rows of the wanted kinds that have a link */
    uint32_t hidden; /* and that have none */
} ranking;

static void release(ranking *r, size_t metric_count) {
    for (size_t i = 0; i < metric_count; i++) {
        free(r->values[i]);
    }
    free(r->order);
    cn_graph_free(r->plain);
    cn_graph_free(r->valued);
}

static bool weighs(const session *s, cn_metric metric) {
    if (session_given(s, OPTION_WEIGHT)) {
        return s->options.number[OPTION_WEIGHT] == 1 && cn_metric_uses(metric) & CN_USES_WEIGHT;
    }
    return metric == CN_METRIC_STRENGTH || metric == CN_METRIC_IN_STRENGTH || metric == CN_METRIC_OUT_STRENGTH;
}

static const cn_graph *graph_for(const session *s, const ranking *r, cn_metric metric) {
    return weighs(s, metric) ? r->valued : r->plain;
}

/* Options that were given but change nothing in a metric that was asked for. */
static void remark_unused(const session *s) {
    static const struct {
        cli_option option;
        unsigned uses;
    } checks[] = {
        {OPTION_DIRECTED, CN_USES_ARCS},     {OPTION_UNDIRECTED, CN_USES_ARCS}, {OPTION_SIDE, CN_USES_DIRECTION},
        {OPTION_WEIGHT, CN_USES_WEIGHT},     {OPTION_NORMALIZED, CN_USES_NORM}, {OPTION_EXACT, CN_USES_BOUND},
        {OPTION_EXACT_UP_TO, CN_USES_BOUND}, {OPTION_EPSILON, CN_USES_BOUND},   {OPTION_DELTA, CN_USES_BOUND}};
    char label[40];
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        for (size_t m = 0; m < s->options.metric_count && session_given(s, checks[i].option); m++) {
            cn_metric metric = s->options.metrics[m];
            if (!(cn_metric_uses(metric) & checks[i].uses)) {
                session_remark(s, TEXT_OPTION_UNUSED, option_label(checks[i].option, label),
                               cn_metric_name(metric, s->lang), END);
            }
        }
    }
}

static cn_status project(const session *s, ranking *r, cn_error *err) {
    r->kinds = show_layer(s, cn_graph_default_layer(s->net));
    cn_graph_options options = {.link_kinds = r->kinds};
    options.orientation = session_given(s, OPTION_DIRECTED)     ? CN_DIRECTED
                          : session_given(s, OPTION_UNDIRECTED) ? CN_UNDIRECTED
                                                                : CN_ORIENT_DEFAULT;
    bool any = false;
    for (size_t i = 0; i < s->options.metric_count; i++) {
        any = any || weighs(s, s->options.metrics[i]);
    }
    cn_status status = cn_graph_create(s->net, &options, &r->plain, err);
    if (!status && any) {
        status = show_valued_graph(s, options, &r->valued, err);
    }
    if (!status && any && !r->valued->weight && r->valued->links_used) {
        session_remark(s, TEXT_NO_VALUES_AT_ALL, END);
    } else if (!status && any) {
        show_missing_values(s, r->valued);
    }
    return status;
}

static cn_metric_options options_for(const session *s, const ranking *r, cn_metric metric) {
    bool bounded = cn_metric_uses(metric) & CN_USES_BOUND;
    double limit = metric == CN_METRIC_BETWEENNESS ? SHOW_WORK_BETWEENNESS : SHOW_WORK_DISTANCES;
    return (cn_metric_options){.direction = (cn_direction)s->options.number[OPTION_SIDE],
                               .normalized = session_given(s, OPTION_NORMALIZED),
                               .epsilon = bounded ? show_epsilon(s, graph_for(s, r, metric), limit) : 0,
                               .delta = s->options.real[OPTION_DELTA],
                               .threads = (int)s->options.number[OPTION_THREADS]};
}

static cn_status compute_one(session *s, ranking *r, size_t i, cn_error *err) {
    cn_metric metric = s->options.metrics[i];
    cn_message remark = CN_MSG_NONE;
    cn_metric_options options = options_for(s, r, metric);
    options.estimate = &r->estimates[i];
    options.watch = session_watch(s, cn_metric_name(metric, s->lang));
    cn_status status = cn_metric_compute(graph_for(s, r, metric), metric, &options, r->values[i], &remark, err);
    status = session_unwatch(s, status, err);
    if (!status && remark) {
        char text[CN_ERROR_TEXT_BYTES];
        cn_error_format(&(cn_error){.message = remark}, s->lang, text, sizeof text);
        session_remark(s, TEXT_METRIC_REMARK, cn_metric_name(metric, s->lang), text, END);
    }
    return status;
}

static cn_status compute(session *s, ranking *r, cn_error *err) {
    cn_status status = CN_OK;
    size_t n = r->plain->n ? r->plain->n : 1;
    r->order = calloc(n, sizeof *r->order);
    for (size_t i = 0; i < s->options.metric_count && !status; i++) {
        r->values[i] = calloc(n, sizeof **r->values);
        if (!r->values[i] || !r->order) {
            *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
            return CN_ERR_MEMORY;
        }
        status = compute_one(s, r, i, err);
    }
    return status ? status : cn_metric_order(r->plain, s->net, r->values[0], r->order, err);
}

static bool has_link(const cn_graph *graph, uint32_t v) {
    return graph->out_start[v] < graph->out_start[v + 1] || graph->in_start[v] < graph->in_start[v + 1];
}

static bool has_kind(const session *s, cn_entity entity) {
    uint64_t kinds = s->options.number[OPTION_KIND];
    return !kinds || kinds >> cn_entity_kind_of(s->net, entity) & 1;
}

/* Outside of text an estimated value has two columns beside it: how far off it may be, and how probably it is not. */
static void add_columns(const session *s, const ranking *r, cn_table *table, bool text) {
    if (text) {
        cn_table_add_column(table, "rank", text_of(s->lang, TEXT_COLUMN_RANK), CN_CELL_COUNT, 0);
    } else {
        cn_table_add_column(table, "id", "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_KIND), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < s->options.metric_count; i++) {
        cn_metric metric = s->options.metrics[i];
        cn_table_add_column(table, cn_metric_key(metric), cn_metric_name(metric, s->lang), CN_CELL_NUMBER, 4);
        if (!text && r->estimates[i].samples) {
            char key[64];
            snprintf(key, sizeof key, "%s_margin", cn_metric_key(metric));
            cn_table_add_column(table, key, "", CN_CELL_NUMBER, 4);
            snprintf(key, sizeof key, "%s_probability", cn_metric_key(metric));
            cn_table_add_column(table, key, "", CN_CELL_NUMBER, 4);
        }
    }
}

/* The rows to show, best first: in text only those with a link, everywhere only the wanted kinds and the first --top. */
static void add_rows(const session *s, ranking *r, cn_table *table, bool text) {
    const uint64_t top = session_given(s, OPTION_TOP) ? s->options.number[OPTION_TOP] : UINT64_MAX;
    for (uint32_t i = 0; i < r->plain->n; i++) {
        uint32_t v = r->order[i];
        cn_entity entity = r->plain->entity[v];
        if (!has_kind(s, entity)) {
            continue;
        }
        bool linked = has_link(r->plain, v);
        r->linked += linked;
        r->hidden += !linked;
        if ((text && !linked) || cn_table_row_count(table) >= top) {
            continue;
        }
        int kind = (int)cn_entity_kind_of(s->net, entity);
        if (text) {
            cn_table_add_count(table, (int64_t)cn_table_row_count(table) + 1);
        } else {
            cn_table_add_text(table, cn_entity_id(s->net, entity));
        }
        cn_table_add_text(table, cn_entity_name(s->net, entity));
        cn_table_add_text(table, text ? cn_vocabulary_name(CN_VOC_ENTITY_KIND, kind, s->lang)
                                      : cn_vocabulary_key(CN_VOC_ENTITY_KIND, kind));
        for (size_t m = 0; m < s->options.metric_count; m++) {
            cn_table_add_number(table, r->values[m][v]);
            if (!text && r->estimates[m].samples) {
                cn_table_add_number(table, r->estimates[m].margin);
                cn_table_add_number(table, 1 - r->estimates[m].delta);
            }
        }
    }
}

static void add_estimates(session *s, const ranking *r) {
    for (size_t i = 0; i < s->options.metric_count; i++) {
        const cn_estimate *e = &r->estimates[i];
        if (e->samples) {
            cn_buf samples = {0}, epsilon = {0}, margin = {0}, percent = {0};
            cn_format_number(&samples, s->lang, (double)e->samples, 0);
            cn_format_number(&epsilon, s->lang, e->epsilon, 6);
            cn_format_number(&margin, s->lang, e->margin, e->margin < 100 ? 4 : 0);
            cn_format_number(&percent, s->lang, 100 * (1 - e->delta), 4);
            session_line(s, session_given(s, OPTION_NORMALIZED) ? TEXT_RANK_ESTIMATE_NORMALIZED : TEXT_RANK_ESTIMATE,
                         cn_metric_name(s->options.metrics[i], s->lang), samples.data ? samples.data : "",
                         epsilon.data ? epsilon.data : "", margin.data ? margin.data : "",
                         percent.data ? percent.data : "", END);
            cn_buf_release(&samples);
            cn_buf_release(&epsilon);
            cn_buf_release(&margin);
            cn_buf_release(&percent);
        }
    }
}

static cn_status write_text(session *s, const ranking *r, const cn_table *table, cn_error *err) {
    cli_digits shown, all;
    cn_status status = CN_OK;
    session_heading(s, TEXT_RANK_HEAD, cn_metric_name(s->options.metrics[0], s->lang), END);
    show_layer_line(s, r->kinds, graph_for(s, r, s->options.metrics[0]));
    add_estimates(s, r);
    cn_buf_add_text(&s->out, "\n");
    if (!r->linked) {
        session_line(s, TEXT_RANK_NOTHING, END);
        return CN_OK;
    }
    status = session_table(s, table, err);
    bool cut = cn_table_row_count(table) < r->linked;
    cn_buf_add_text(&s->out, cut || r->hidden ? "\n" : "");
    if (cut) {
        session_line(s, TEXT_RANK_CUT, digits_of(shown, cn_table_row_count(table)), digits_of(all, r->linked), END);
    }
    if (r->hidden) {
        session_line(s, TEXT_RANK_HIDDEN, digits_of(shown, r->hidden), END);
    }
    return status;
}

/* null: the values are exact. */
static void add_estimate_json(json *j, const cn_estimate *estimate) {
    if (!estimate->samples) {
        json_null(j, "estimate");
        return;
    }
    json_begin(j, "estimate", '{');
    json_count(j, "samples", estimate->samples);
    json_number(j, "epsilon", estimate->epsilon);
    json_number(j, "margin", estimate->margin);
    json_number(j, "probability", 1 - estimate->delta);
    json_end(j, '}');
}

static cn_status write_json(session *s, const ranking *r, const cn_table *table, cn_error *err) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    show_layer_json(&j, r->kinds, graph_for(s, r, s->options.metrics[0]));
    json_text(&j, "direction", s->options.number[OPTION_SIDE] ? "in" : "out");
    json_flag(&j, "normalized", session_given(s, OPTION_NORMALIZED));
    json_begin(&j, "metrics", '[');
    for (size_t i = 0; i < s->options.metric_count; i++) {
        cn_metric metric = s->options.metrics[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "key", cn_metric_key(metric));
        json_text(&j, "name", cn_metric_name(metric, s->lang));
        json_text(&j, "weight", graph_for(s, r, metric)->weight ? "value" : "none");
        add_estimate_json(&j, &r->estimates[i]);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    cn_status status = json_table(&j, "rows", table, err);
    json_end(&j, '}');
    return status;
}

static cn_status write_ranking(session *s, ranking *r, cn_error *err) {
    bool text = session_format_is(s, "text");
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    add_columns(s, r, table, text);
    add_rows(s, r, table, text);
    if (text) {
        status = write_text(s, r, table, err);
    } else if (session_format_is(s, "json")) {
        status = write_json(s, r, table, err);
    } else {
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    }
    cn_table_free(table);
    return status;
}

int cmd_rank(session *s) {
    if (!s->options.metric_count) {
        return session_misuse(s, TEXT_OPTION_REQUIRED, "rank", "--by", END);
    }
    if (session_given(s, OPTION_DIRECTED) && session_given(s, OPTION_UNDIRECTED)) {
        return session_misuse(s, TEXT_OPTIONS_CLASH, "--directed", "--undirected", END);
    }
    if (session_given(s, OPTION_EXACT) && session_given(s, OPTION_EPSILON)) {
        return session_misuse(s, TEXT_OPTIONS_CLASH, "--exact", "--epsilon", END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    cn_error err = {0};
    ranking r = {0};
    remark_unused(s);
    cn_status status = project(s, &r, &err);
    if (!status) {
        status = compute(s, &r, &err);
    }
    if (!status) {
        status = write_ranking(s, &r, &err);
    }
    release(&r, s->options.metric_count);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
