/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands where: the organisations by betweenness, with what each measure means. */
#include "chapter.h"

#include "coopnet/metrics.h"

#include "error.h"

enum { SHOWN = 25, METRICS = 4 };
static const cn_metric shown_metrics[METRICS] = {CN_METRIC_BETWEENNESS, CN_METRIC_PAGERANK, CN_METRIC_HARMONIC,
                                                 CN_METRIC_DEGREE};
static const int decimals[METRICS] = {1, 4, 2, 0};

/* Positions count links, not money: a chain is as long as its steps. */
static cn_status unweighted(const cn__report *r, cn_graph **out, cn_error *err) {
    return cn_graph_create(
        r->net, &(cn_graph_options){.link_kinds = cn_graph_default_layer(r->net), .entity_kinds = CN_K_ACTOR}, out,
        err);
}

/* Above this many vertices × arcs (some ten seconds) betweenness and closeness are estimated, and the page says so. */
#define EXACT_UP_TO 2e9
#define EPSILON 0.01

static bool estimated(const cn_graph *graph) { return cn_metric_work(graph) > EXACT_UP_TO; }

static cn_status compute(const cn_graph *graph, const cn_network *net, double *values, uint32_t *order, cn_error *err) {
    cn_status status = CN_OK;
    for (int m = 0; m < METRICS && !status; m++) {
        bool bound = estimated(graph) && (cn_metric_uses(shown_metrics[m]) & CN_USES_BOUND);
        cn_metric_options options = {.epsilon = bound ? EPSILON : 0};
        status = cn_metric_compute(graph, shown_metrics[m], &options, values + (size_t)m * graph->n, NULL, err);
    }
    return status ? status : cn_metric_order(graph, net, values, order, err);
}

static const char *name_of(const cn__report *r, uint32_t vertex) {
    return cn_entity_short(r->net, r->graph->entity[vertex]);
}

static void lead(cn__report *r, const double *values, const uint32_t *order) {
    const double *degree = values + (size_t)(METRICS - 1) * r->graph->n;
    uint32_t most = 0;
    cn__spoken count = {0};
    for (uint32_t v = 1; v < r->graph->n; v++) {
        most = degree[v] > degree[most] ? v : most;
    }
    if (values[order[0]] > 0) {
        CN__CHAPTER_SAY(r, LEAD, CENTRAL_LEAD, name_of(r, order[0]), name_of(r, most),
                        cn__spoken_number(&count, r->lang, degree[most], 0));
    }
    cn__spoken_release(&count);
}

static void rows(cn__report *r, const double *values, const uint32_t *order) {
    cn_table *table = cn__doc_table(&r->doc, "central", cn__chapter_word(r, CN__REPORT_CENTRAL_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    for (int m = 0; m < METRICS; m++) {
        cn_table_add_column(table, cn_metric_key(shown_metrics[m]), cn_metric_name(shown_metrics[m], r->lang),
                            CN_CELL_NUMBER, decimals[m]);
    }
    const double *degree = values + (size_t)(METRICS - 1) * r->graph->n;
    for (uint32_t i = 0; i < r->graph->n; i++) {
        cn_entity entity = r->graph->entity[order[i]];
        if (!(degree[order[i]] > 0)) { /* who has no link in this layer has no position in it */
            continue;
        }
        cn_table_add_text(table, cn_entity_id(r->net, entity));
        cn_table_add_text(table, cn_entity_name(r->net, entity));
        for (int m = 0; m < METRICS; m++) {
            cn_table_add_number(table, values[(size_t)m * r->graph->n + order[i]]);
        }
    }
    cn__doc_table_links(&r->doc, 0, 1);
    cn__doc_table_explain(&r->doc, cn__chapter_word(r, CN__REPORT_CENTRAL_MEAN));
}

cn_status cn__chapter_central(cn__report *r, cn_error *err) {
    if (r->graph->m == 0) {
        return CN_OK;
    }
    cn_graph *graph = NULL;
    double *values = cn__alloc((size_t)r->graph->n * METRICS, sizeof *values);
    uint32_t *order = cn__alloc(r->graph->n, sizeof *order);
    cn_status status = values && order ? unweighted(r, &graph, err) : CN__NO_MEMORY(err);
    status = status ? status : compute(graph, r->net, values, order, err);
    if (status == CN_OK) {
        cn__chapter_begin(r, "central", CN__REPORT_CH_CENTRAL);
        lead(r, values, order);
        rows(r, values, order);
        if (estimated(graph)) {
            cn__doc_say_text(&r->doc, CN__BLOCK_NOTE, cn__chapter_word(r, CN__REPORT_CENTRAL_ESTIMATED));
        }
    }
    cn_graph_free(graph);
    cn__free(values);
    cn__free(order);
    return status;
}
