/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands where: the organisations by betweenness, with what each measure means. */
#include "ahead.h"

enum { SHOWN = 25 };
static const int decimals[CN__POSITION_COUNT] = {1, 4, 2, 0};

static const char *name_of(const cn__report *r, uint32_t vertex) {
    return cn_entity_short(r->net, r->graph->entity[vertex]);
}

static void lead(cn__report *r) {
    const double *degree = r->positions.values[CN__POSITION_DEGREE];
    uint32_t first = r->positions.order[0];
    uint32_t most = 0;
    cn__spoken count = {0};
    for (uint32_t v = 1; v < r->graph->n; v++) {
        most = degree[v] > degree[most] ? v : most;
    }
    if (r->positions.values[CN__POSITION_BETWEENNESS][first] > 0) {
        cn__chapter_rows(r, "central");
        CN__CHAPTER_SAY(r, LEAD, CENTRAL_LEAD, name_of(r, first), name_of(r, most),
                        cn__spoken_number(&count, r->lang, degree[most], 0));
    }
    cn__spoken_release(&count);
}

static void rows(cn__report *r) {
    cn_table *table = cn__doc_table(&r->doc, "central", cn__chapter_word(r, CN__REPORT_CENTRAL_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    for (int p = 0; p < CN__POSITION_COUNT; p++) {
        cn_metric metric = cn__position_metric((cn__position)p);
        cn_table_add_column(table, cn_metric_key(metric), cn_metric_name(metric, r->lang), CN_CELL_NUMBER, decimals[p]);
    }
    for (uint32_t i = 0; i < r->graph->n; i++) {
        uint32_t v = r->positions.order[i];
        cn_entity entity = r->graph->entity[v];
        if (!(r->positions.values[CN__POSITION_DEGREE][v] >
              0)) { /* who has no link in this layer has no position in it */
            continue;
        }
        cn_table_add_text(table, cn_entity_id(r->net, entity));
        cn_table_add_text(table, cn_entity_name(r->net, entity));
        for (int p = 0; p < CN__POSITION_COUNT; p++) {
            cn_table_add_number(table, r->positions.values[p][v]);
        }
    }
    cn__doc_table_links(&r->doc, 0, 1);
    cn__doc_table_explain(&r->doc, cn__chapter_word(r, CN__REPORT_CENTRAL_MEAN));
}

/* How far off sampled figures may be. */
static void say_estimates(cn__report *r) {
    const cn_estimate *between = &r->positions.estimates[CN__POSITION_BETWEENNESS];
    const cn_estimate *close = &r->positions.estimates[CN__POSITION_HARMONIC];
    cn__spoken numbers[4] = {0};
    if (between->samples && close->samples) {
        CN__CHAPTER_SAY(r, NOTE, CENTRAL_ESTIMATED, cn__spoken_count(r, &numbers[0], between->samples),
                        cn__spoken_number(&numbers[1], r->lang, between->epsilon, 3),
                        cn__spoken_count(r, &numbers[2], close->samples),
                        cn__spoken_number(&numbers[3], r->lang, close->epsilon, 3));
    }
    for (int i = 0; i < 4; i++) {
        cn__spoken_release(&numbers[i]);
    }
}

cn_status cn__central_ahead(cn__report *r, cn_error *err) { return r->graph->m ? cn__report_positions(r, err) : CN_OK; }

cn_status cn__chapter_central(cn__report *r, cn_error *err) {
    if (r->graph->m == 0) {
        return CN_OK;
    }
    cn_status status = cn__report_positions(r, err);
    if (status == CN_OK) {
        cn__chapter_begin(r, "central", CN__REPORT_CH_CENTRAL);
        lead(r);
        rows(r);
        say_estimates(r);
    }
    return status;
}
