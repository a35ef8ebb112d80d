/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large sheet on A4 pages that are glued together. */
#ifndef CN_RENDER_TILES_H
#define CN_RENDER_TILES_H

#include "page.h"

/* What goes on one page: the part of the sheet from `from` on, at `at` on the page, and over it an SVG of the page's size. */
typedef struct cn__tile {
    double width, height; /* of the page */
    double scale;         /* of the sheet on it */
    cn__rect window;      /* of the page, in which the sheet shows */
    cn__point from;       /* the point of the sheet at the window's left upper corner */
    cn_buf marks;         /* owned */
} cn__tile;

typedef struct cn__tiles {
    cn__tile *pages; /* first how they go together, then row by row */
    size_t count;
    uint32_t across, down;
} cn__tiles;

/* Of a sheet: the largest that whole pages of A4 make of nearly this size, in mm. */
void cn__tiles_fill(double *width_mm, double *height_mm);

/* False: memory. Release in any case. */
bool cn__tiles_make(const cn__scene *scene, const cn__page *page, cn__tiles *out);
void cn__tiles_release(cn__tiles *tiles);

#endif
