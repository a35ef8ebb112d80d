/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of the network in figures (summary.h), each explained. */
#include "ahead.h"

#include "coopnet/summary.h"

#include "coopnet/metrics.h"

#include <math.h>

#define EXACT_UP_TO 2e10 /* vertices × arcs: some ten seconds */

static void fact(cn__report *r, cn__report_text_id name, double value, int decimals) {
    cn__spoken text = {0};
    if (!isnan(value)) {
        decimals += value > 0 && value < pow(0.1, decimals) ? -(int)floor(log10(value)) + 1 - decimals : 0;
        cn__doc_fact(&r->doc, cn__chapter_word(r, name), cn__spoken_number(&text, r->lang, value, decimals));
        cn__doc_rows(&r->doc, "links");
    }
    cn__spoken_release(&text);
}

cn_status cn__figures_ahead(cn__report *r, cn_error *err) {
    /* Large networks: distances from a sample, to within 5 % of their mean. */
    cn_summary_options options = {.epsilon = cn_metric_work(r->graph) > EXACT_UP_TO ? 0.05 : 0};
    return cn_summary_estimate(r->graph, &options, &r->ahead.summary, err);
}

cn_status cn__chapter_figures(cn__report *r, cn_error *err) {
    const cn_summary sum = r->ahead.summary;
    cn__spoken a = {0};
    cn__spoken b = {0};
    (void)err;
    cn__chapter_begin(r, "figures", CN__REPORT_CH_FIGURES);
    cn__chapter_rows(r, "links");
    CN__CHAPTER_SAY(r, LEAD, FIGURES_LEAD, cn__spoken_count(r, &a, sum.linked),
                    cn__spoken_count(r, &b, sum.largest_component));
    cn__spoken_release(&a);
    cn__spoken_release(&b);
    if (!isnan(sum.average_path)) {
        const char *mean = cn__spoken_number(&a, r->lang, sum.average_path, 1);
        const char *longest = cn__spoken_count(r, &b, sum.diameter);
        if (sum.average_margin > 0) {
            CN__CHAPTER_SAY(r, TEXT, FIGURES_PATH_ABOUT, mean, longest);
        } else {
            CN__CHAPTER_SAY(r, TEXT, FIGURES_PATH, mean, longest);
        }
        cn__spoken_release(&a);
        cn__spoken_release(&b);
    }
    fact(r, CN__REPORT_FIG_LINKED, sum.linked, 0);
    fact(r, CN__REPORT_FIG_PAIRS, sum.edges, 0);
    fact(r, CN__REPORT_FIG_COMPONENTS, sum.components, 0);
    fact(r, CN__REPORT_FIG_CYCLES, sum.strong_components, 0);
    fact(r, CN__REPORT_FIG_DENSITY, sum.density, 4);
    fact(r, CN__REPORT_FIG_RECIPROCITY, sum.reciprocity, 4);
    fact(r, CN__REPORT_FIG_CLUSTERING, sum.clustering, 4);
    fact(r, CN__REPORT_FIG_CENTRALISATION, sum.centralisation, 4);
    cn__doc_say_text(&r->doc, CN__BLOCK_NOTE, cn__chapter_word(r, CN__REPORT_FIGURES_MEAN));
    return CN_OK;
}
