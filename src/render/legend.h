/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend: one entry for every style that occurs in the scene, and for nothing else. */
#ifndef CN_RENDER_LEGEND_H
#define CN_RENDER_LEGEND_H

#include "layout.h"

#define CN__LEGEND_SIZE 6.5 /* of its text */
#define CN__LEGEND_TITLE_SIZE 7.1
#define CN__LEGEND_ROW 10.0
#define CN__LEGEND_SAMPLE 22.0 /* width of the sample before the text */
#define CN__LEGEND_GAP 8.0     /* between columns */

typedef enum cn__sample {
    CN__SAMPLE_GROUP,
    CN__SAMPLE_NODE,
    CN__SAMPLE_LINK,
    CN__SAMPLE_CYCLE,
    CN__SAMPLE_PALE,
    CN__SAMPLE_NUMBER, /* what stands in box `style`: a number or a letter */
    CN__SAMPLE_DRAWN   /* by `draw` */
} cn__sample;

/* Draw the sample of row `style` of some table, centred, as high as a line of the legend. */
typedef void cn__draw_sample(cn_buf *out, const cn__scene *scene, cn__point centre, uint32_t style, double scale);

typedef struct cn__legend_entry {
    cn__sample sample;
    uint32_t style; /* row of its table */
    double width;   /* of a line */
    bool planned;
    bool plain;
    cn__draw_sample *draw;
    char *text; /* owned */
    double text_width;
    /* where it stands in the legend's box, set by cn__legend_place */
    double x, y;
} cn__legend_entry;

typedef struct cn__legend {
    cn__legend_entry *entries;
    size_t count;
    size_t cap;
    double title_width;
    double width; /* of what cn__legend_place made, its title included */
    double height;
    bool failed;
} cn__legend;

/* Add an entry with a copy of `text`; nothing when that is "". */
void cn__legend_add(cn__legend *legend, cn__legend_entry entry, const char *text);
void cn__legend_make(const cn__scene *scene, cn__legend *out);
void cn__legend_release(cn__legend *legend);
/* Put the entries in as few rows as columns of `max_width` together allow. */
void cn__legend_place(cn__legend *legend, double max_width);

#endif
