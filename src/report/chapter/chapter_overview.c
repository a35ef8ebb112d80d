/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as one picture; a large one is drawn as a map of its groups, the report of a cluster as that cluster's scheme. */
#include "ahead.h"

#include "view_atlas.h"

static const cn_draw_options whole = {.view = CN_VIEW_OVERVIEW};

cn_status cn__overview_ahead(cn__report *r, cn_error *err) {
    const cn_draw_options part = {.view = CN_VIEW_CLUSTER, .subject = r->cluster, .subject_given = true};
    return cn__chapter_drawn_make(r, r->cluster == CN_NONE ? &whole : &part, &r->ahead.overview, err);
}

cn_status cn__chapter_overview(cn__report *r, cn_error *err) {
    (void)err;
    cn__chapter_begin(r, "overview", CN__REPORT_CH_OVERVIEW);
    cn__report_text_id caption = r->cluster != CN_NONE                  ? CN__REPORT_OVERVIEW_CLUSTER
                                 : cn__view_wants_atlas(r->net, &whole) ? CN__REPORT_OVERVIEW_MAP
                                                                        : CN__REPORT_OVERVIEW_PICTURE;
    cn__chapter_drawn_put(r, "overview", cn__chapter_word(r, caption), &r->ahead.overview);
    return CN_OK;
}
