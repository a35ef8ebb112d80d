/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a map of groups (view_atlas.c): what its boxes are called and what is said of them. */
#ifndef CN_RENDER_ATLAS_WORDS_H
#define CN_RENDER_ATLAS_WORDS_H

#include "atlas.h"
#include "view.h"

typedef struct cn__atlas_view {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn__atlas atlas;
    uint32_t most_firms; /* of one box */
    uint8_t *shown;      /* by flow */
    size_t shown_count;
    double shown_value;
} cn__atlas_view;

/* Have the lines values? */
static inline bool cn__atlas_weighted(const cn__atlas_view *v) { return v->atlas.graph->weight != NULL; }

void cn__atlas_add_count(const cn__atlas_view *v, cn__draw_text_id id, uint64_t count, cn_buf *out);
void cn__atlas_add_percent(cn_lang lang, double share, cn_buf *out);
/* Money, or a number of links where they have no values. */
void cn__atlas_add_amount(const cn__atlas_view *v, double value, cn_buf *out);
void cn__atlas_add_name(const cn__atlas_view *v, uint32_t index, cn_buf *out);
/* "electrical equipment", where a box is known by it. */
void cn__atlas_add_trade(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out);
/* The region that it is known by. */
void cn__atlas_add_place(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out);
/* Everything about a box, a line each. */
void cn__atlas_describe(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out);

#endif
