/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as one picture; a large one is drawn as a map of its groups, the report of a cluster as that cluster's scheme. */
#include "chapter.h"

cn_status cn__chapter_overview(cn__report *r, cn_error *err) {
    cn__chapter_begin(r, "overview", CN__REPORT_CH_OVERVIEW);
    if (r->cluster != CN_NONE) {
        return cn__chapter_draw(
            r, "overview", cn__chapter_word(r, CN__REPORT_OVERVIEW_CLUSTER),
            &(cn_draw_options){.view = CN_VIEW_CLUSTER, .subject = r->cluster, .subject_given = true}, err);
    }
    return cn__chapter_draw(r, "overview", cn__chapter_word(r, CN__REPORT_OVERVIEW_PICTURE),
                            &(cn_draw_options){.view = CN_VIEW_OVERVIEW}, err);
}
