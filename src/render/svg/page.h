/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheet: its size, the scale of the drawing on it, and where title, drawing, legend and the lines at the foot stand.
 * Lengths are points (1/72 inch) on paper.
 *
 *     ┌──────────────────────────┐
 *     │ title, subtitle          │
 *     │ headings of columns      │
 *     │ drawing          (legend)│
 *     │ legend                   │
 *     │ source; what is left out │
 *     └──────────────────────────┘
 */
#ifndef CN_RENDER_PAGE_H
#define CN_RENDER_PAGE_H

#include "layout.h"
#include "legend.h"

#define CN__PAGE_MARGIN 22.0
#define CN__TITLE_SIZE 13.0
#define CN__SUBTITLE_SIZE 8.5
#define CN__FOOT_SIZE 6.5
#define CN__HEADING_HEIGHT 24.0
#define CN__BAND_PAD 5.0 /* round the boxes of a column, at scale 1 */

typedef struct cn__page {
    const char *paper; /* "A4", "A3" …, "custom" */
    double width, height;
    double width_mm, height_mm;
    double scale;
    cn__point origin; /* of the drawing's left upper corner */
    cn__point title;  /* left end of the first line's top */
    cn__wrap title_lines;
    cn__wrap subtitle_lines;
    cn__wrap foot_source; /* the source line */
    cn__wrap foot_notes;
    cn__point legend; /* left upper corner of its text */
    double foot;      /* top of the foot lines */
} cn__page;

/* Choose the smallest paper on which the smallest text of the drawing stays readable. Places the legend. */
void cn__page_plan(const cn__scene *scene, const cn__layout *layout, cn__legend *legend, cn__page *out);

#endif
