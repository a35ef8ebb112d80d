/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plot of points over two axes with logarithmic scales, drawn in place of boxes and lines. draw_risk.c fills it,
 * plot.c finds axes and the places of labels, svg_plot.c draws it. Coordinates are points at scale 1, y downwards.
 */
#ifndef CN_RENDER_PLOT_H
#define CN_RENDER_PLOT_H

#include "legend.h"

#define CN__PLOT_WIDTH 640.0 /* with the words of the axes; unless a sheet asks for another shape */
#define CN__PLOT_HEIGHT 372.0
#define CN__PLOT_LABEL_SIZE 7.0
#define CN__PLOT_TICKS 40

/* Shapes and fills of points: the rows of the table in svg_plot.c. */
typedef enum cn__marker {
    CN__MARKER_ANCHOR,
    CN__MARKER_FINAL_MAKER,
    CN__MARKER_MEMBER,
    CN__MARKER_CANDIDATE,
    CN__MARKER_COMPANY,
    CN__MARKER_FIRM, /* where there are no clusters */
    CN__MARKER_FOREIGN,
    CN__MARKER_OTHER,
    CN__MARKER_COUNT
} cn__marker;

typedef struct cn__plot_point {
    double x; /* values: the smaller ones left; x may be 0 (unknown), y not */
    double y;
    cn__point at; /* set by cn__plot_place */
    cn__marker marker;
    uint32_t number; /* makes its id in the SVG */
    uint32_t title;  /* texts of the scene */
    uint32_t desc;
    uint32_t name;  /* for its label */
    bool labelled;  /* wanted; cleared when no place is free */
    bool silenced;  /* it was wanted, and no place was free */
    bool leader;    /* a line leads to the label */
    cn__rect label; /* where it stands */
} cn__plot_point;

typedef struct cn__axis {
    double low; /* logarithms of the ends, with a margin */
    double high;
    double ticks[CN__PLOT_TICKS]; /* values */
    uint32_t tick_count;
    uint32_t words; /* what it shows */
} cn__axis;

typedef struct cn__plot {
    cn__plot_point *points; /* those that want their labels most first */
    size_t count;
    double width; /* 0: the normal size */
    double height;
    cn__axis across;
    cn__axis up;
    bool strip; /* some points have no x: they stand in a strip left of the axis */
    uint32_t strip_words;
    uint32_t diagonal_words;
    cn__rect area;  /* of the axes */
    cn__rect aside; /* of the strip */
    cn__point diagonal[2];
    bool has_diagonal;
    cn__rect diagonal_label;
} cn__plot;

/* Axes, coordinates, labels; `points` hold their values. Without width and height it takes its normal size. */
void cn__plot_place(cn__plot *plot, const cn__scene *scene);
double cn__plot_across(const cn__plot *plot, double value);
double cn__plot_up(const cn__plot *plot, double value);

/* How many points it shows. */
size_t cn__plot_count(const cn__plot *plot);
void cn__plot_write(const cn__plot *plot, const cn__scene *scene, cn__point origin, double scale, cn_buf *out);
void cn__plot_legend(const cn__plot *plot, cn_lang lang, cn__legend *legend);

#endif
