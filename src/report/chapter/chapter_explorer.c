/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network to walk through, in the page. */
#include "chapter.h"

#include "explorer_data.h"

enum { EXPLORER_LIMIT = 50000 };

static cn_status make_data(cn__report *r, cn_buf *json, uint32_t *kept, cn_error *err) {
    static const cn__position shown[] = {CN__POSITION_BETWEENNESS, CN__POSITION_PAGERANK, CN__POSITION_HARMONIC};
    enum { COUNT = sizeof shown / sizeof *shown };
    cn__explorer_metric metrics[COUNT];
    cn__explorer_options options = {.lang = r->lang,
                                    .limit = r->options->explorer_limit ? r->options->explorer_limit : EXPLORER_LIMIT,
                                    .metrics = metrics,
                                    .metric_count = r->graph->m ? COUNT : 0};
    cn_status status = options.metric_count ? cn__report_positions(r, err) : CN_OK;
    for (size_t i = 0; i < options.metric_count && !status; i++) {
        cn_metric metric = cn__position_metric(shown[i]);
        metrics[i] = (cn__explorer_metric){cn_metric_key(metric), cn_metric_name(metric, r->lang),
                                           r->positions.values[shown[i]], r->positions.graph->vertex};
    }
    return status ? status : cn__explorer_data(r->net, &options, json, kept, err);
}

cn_status cn__chapter_explorer(cn__report *r, cn_error *err) {
    cn_buf json = {0};
    uint32_t kept = 0;
    if (r->options->no_explorer) {
        return CN_OK;
    }
    cn_status status = make_data(r, &json, &kept, err);
    if (status != CN_OK) {
        cn_buf_release(&json);
        return status;
    }
    cn__chapter_begin(r, "explore", CN__REPORT_CH_EXPLORER);
    cn__doc_say_text(&r->doc, CN__BLOCK_TEXT, cn__chapter_word(r, CN__REPORT_EXPLORER_HOW));
    uint32_t all = cn_entity_count(r->net) - cn_entity_count_of(r->net, CN_ENTITY_PRODUCT);
    if (kept < all) {
        cn_buf text = {0};
        cn__report_say_2(&text, CN__REPORT_EXPLORER_TOP, r->lang, kept, all);
        cn__doc_say(&r->doc, CN__BLOCK_NOTE, &text);
    }
    cn__doc_explorer(&r->doc, &json);
    return CN_OK;
}
