/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks (mark.def): badges on nodes and before labels of links, and the bar that shows a share of a node. */
#ifndef CN_RENDER_MARK_H
#define CN_RENDER_MARK_H

#include "legend.h"

typedef enum cn__mark_id {
#define CN__MARK(id, key, shape, colour, sign_en, sign_ru, en, ru) CN__MARK_##id##_ID,
#include "mark.def"
#undef CN__MARK
    CN__MARK_COUNT
} cn__mark_id;

/* Sets of marks. */
typedef enum cn__mark {
#define CN__MARK(id, key, shape, colour, sign_en, sign_ru, en, ru) CN__MARK_##id = 1 << CN__MARK_##id##_ID,
#include "mark.def"
#undef CN__MARK
} cn__mark;

/* Make room for marks or a bar in a node whose lines are set, before the layout. Once a node. */
void cn__mark_node(cn__scene *scene, uint32_t index, uint32_t marks);
void cn__mark_bar(cn__scene *scene, uint32_t index, double share);
/* Likewise for a link whose label is set; one without label takes no marks. */
void cn__mark_link(cn__scene *scene, uint32_t index, uint32_t marks);

/* SVG: badges and bar of a node drawn in `box`. */
void cn__mark_write_node(cn_buf *out, const cn__scene *scene, const cn__scene_node *node, cn__rect box, double scale);
/* SVG: the badges of a link's label; returns how far its text stands right of `centre`. */
double cn__mark_write_label(cn_buf *out, const cn__scene *scene, const cn__scene_link *link, cn__point centre,
                            double scale);
/* DOT: "[S] [!] ". */
void cn__mark_add_text(cn_buf *out, cn_lang lang, uint32_t marks);
/* Entries for the marks and the bar that occur. */
void cn__mark_legend(const cn__scene *scene, cn__legend *legend);

#endif
