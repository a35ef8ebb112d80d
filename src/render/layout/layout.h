/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates of a scene: asked from the layout process, read from its answer. Points at scale 1, y downwards. */
#ifndef CN_RENDER_LAYOUT_H
#define CN_RENDER_LAYOUT_H

#include "scene.h"

typedef struct cn__point {
    double x, y;
} cn__point;

typedef struct cn__rect {
    double left, top, right, bottom;
} cn__rect;

typedef struct cn__layout_link {
    size_t start; /* first of its points in cn__layout.points */
    size_t count; /* Bézier: 1 + 3n, and the tip of each arrow more; 0: not laid out */
    bool arrow_at_start;
    bool arrow_at_end;
    bool has_label;
    cn__point label; /* centre */
} cn__layout_link;

typedef struct cn__layout {
    double width, height;
    cn__rect *nodes; /* by index in the scene, as all below */
    cn__rect *groups;
    cn__point *group_labels; /* centres */
    cn__layout_link *links;
    cn__point *points;
    size_t point_count;
    size_t point_cap;
    uint32_t warnings; /* complaints of Graphviz */
} cn__layout;

void cn__layout_release(cn__layout *layout);

/*
 * Read the answer of the layout process (src/layout/exchange/exchange.h). CN_ERR_INTERNAL: it makes no sense, or a node or group of
 * the scene is missing.
 */
cn_status cn__layout_read(const char *answer, size_t len, const cn__scene *scene, cn__layout *out, cn_error *err);

#define CN__ZONE_PAD 6.0 /* round the boxes of a group of a placed scene; above it the label's height and 2 more */

/* A point of the arc of a placed scene between the middles of two boxes. */
cn__point cn__layout_arc_at(const cn__scene *scene, cn__point from, cn__point to, double share);

/* The coordinates of a placed scene. CN_ERR_MEMORY. */
cn_status cn__layout_place(const cn__scene *scene, cn__layout *out, cn_error *err);

/*
 * Run the layout program on `dot` and collect its answer. CN_ERR_IO: it cannot be started or its pipes break; CN_ERR_LIMIT: too long, too much,
 * or ended by a signal; CN_ERR_INTERNAL: it says that it failed.
 */
cn_status cn__layout_ask(const cn_draw_options *options, const cn_buf *dot, cn_buf *answer, cn_error *err);

#endif
