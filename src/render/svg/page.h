/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheet: its size, the scale of the drawing on it, and where title, drawing, legend and the lines at the foot stand.
 * Lengths are points (1/72 inch) on paper; those of the constants hold on A4 and grow with `zoom` on larger paper, which
 * is read from further away.
 *
 *     ┌──────────────────────────┐
 *     │ title, subtitle     name,│
 *     │                      logo│
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
#define CN__LOGO_HEIGHT 30.0

typedef struct cn__page {
    const char *paper; /* "A4", "A3" …, "16x9", "custom" */
    double width, height;
    double width_mm, height_mm;
    double zoom;                    /* of everything but the drawing: 1 on A4 */
    double legend_zoom;             /* of the legend: smaller where a slide has no room for more */
    double scale;                   /* of the drawing */
    bool fits;                      /* the smallest text of the drawing can be read on this paper */
    double room_width, room_height; /* for the drawing */
    cn__point origin;               /* of the drawing's left upper corner */
    double margin;
    cn__point title; /* left end of the first line's top */
    double head;     /* where the head ends */
    cn__wrap title_lines;
    cn__wrap subtitle_lines;
    cn__wrap organisation_lines; /* flush right at organisation_right */
    double organisation_right;
    cn__rect logo;        /* all 0: none */
    cn__wrap foot_source; /* the source line */
    cn__wrap foot_notes;
    cn__point legend; /* left upper corner of its text */
    double foot;      /* top of the foot lines */
} cn__page;

/* The least scale of a drawing on a paper, at which its smallest text can be read. */
double cn__page_least(cn_paper paper);

/*
 * Place everything on a paper and the legend with it; CN_PAPER_AUTO: on the smallest paper on which the smallest text of the drawing stays
 * readable, if need be on a sheet of its own size. With `tiles` the sheet is what whole pages of A4 make, a little less than the paper.
 */
void cn__page_plan(const cn__scene *scene, const cn__layout *layout, cn__legend *legend, cn_paper paper, bool tiles,
                   cn__page *out);

#endif
