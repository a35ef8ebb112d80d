/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as one picture, as long as it is small enough to be read. */
#include "chapter.h"

enum { READABLE = 500 };

cn_status cn__chapter_overview(cn__report *r, cn_error *err) {
    if (cn_entity_count(r->net) > READABLE) {
        return CN_OK;
    }
    cn__chapter_begin(r, "overview", CN__REPORT_CH_OVERVIEW);
    return cn__chapter_draw(r, "overview", cn__chapter_word(r, CN__REPORT_OVERVIEW_PICTURE),
                            &(cn_draw_options){.view = CN_VIEW_OVERVIEW}, err);
}
