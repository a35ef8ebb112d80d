/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the what-if picture share: view_whatif.c chooses who is shown, whatif_lines.c why, whatif_words.c says it. */
#ifndef CN_RENDER_WHATIF_H
#define CN_RENDER_WHATIF_H

#include "view.h"

typedef struct cn__whatif {
    const cn_network *net;
    const cn_draw_options *options;
    const cn_flows *flows;
    const cn_shock *shock;
    const cn_cascade *cascade;
    cn_cascade_options settings; /* those given, or the defaults */
    cn__scene *scene;
    cn__left_out left_out;
} cn__whatif;

#define CN__WHATIF_COLUMNS 7      /* of steps */
#define CN__WHATIF_NOTICED 0.0005 /* a smaller loss shows as 0.0 % */

/* Losses that come to one firm from one other the same way: one line. */
typedef struct cn__wave {
    uint32_t from; /* nodes */
    uint32_t to;
    uint32_t flow; /* the first of them, or CN_NONE */
    uint32_t product;
    uint32_t products;
    bool demand;
    bool slack;   /* not what sets the loss */
    double value; /* of the flows */
    double lost;  /* of it */
    size_t link_start;
    size_t link_count;
} cn__wave;

typedef struct cn__whatif_build {
    cn__whatif w;
    uint32_t *node;  /* by firm: its node, or CN_NONE */
    uint32_t *shown; /* firms hit, by loss */
    uint32_t shown_count;
    uint32_t outside;                       /* node of the sources outside, or CN_NONE */
    uint32_t round[CN__WHATIF_COLUMNS + 1]; /* first round of each column; the last ends them */
    uint32_t columns;
    uint8_t *members;
    cn__wave *waves;
    size_t wave_count;
    size_t wave_cap;
    cn_link *links;
    size_t link_count;
    size_t link_cap;
} cn__whatif_build;

/* A share as "12 %", with one decimal below a tenth. */
void cn__whatif_percent(cn_buf *out, cn_lang lang, double share);
void cn__whatif_money(const cn__whatif *w, cn_buf *out, double value);
/* What a firm makes in a year: its declared output, else its sales; 0 when neither is known. */
double cn__whatif_output(const cn_flows *flows, uint32_t firm);
/* "−42 % · 1,2 млрд ₽" */
void cn__whatif_loss_line(const cn__whatif *w, uint32_t firm, cn_buf *out);
/* Loss and step of a firm, added to the description of its node. */
void cn__whatif_describe(const cn__whatif *w, uint32_t firm, uint32_t node);
/* Heading of a column for the rounds from `first` to `last`; CN_NONE: those that are not hit. */
void cn__whatif_heading(const cn__whatif *w, cn__scene_column *column, uint32_t first, uint32_t last);
/* Title, subtitle, assumptions. */
void cn__whatif_finish(cn__whatif *w);

/* What a firm can still do by the shock alone, and what it loses in all. */
double cn__whatif_capacity(const cn__whatif_build *b, uint32_t firm);
double cn__whatif_loss(const cn__whatif_build *b, uint32_t firm);
/* Set the ends of a line and how the layout takes it: from left to right, whatever its direction. */
void cn__whatif_place(const cn__whatif_build *b, cn__scene_link *link, uint32_t from, uint32_t to);
/* The lines along which a shown firm was hit; then the lines of all. CN_ERR_MEMORY. */
cn_status cn__whatif_add_causes(cn__whatif_build *b, uint32_t firm, cn_error *err);
void cn__whatif_add_lines(cn__whatif_build *b);

#endif
