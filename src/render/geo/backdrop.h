/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies under the boxes of a map: frame, graticule, coasts, towns for orientation. Coordinates of the placed scene. */
#ifndef CN_RENDER_BACKDROP_H
#define CN_RENDER_BACKDROP_H

#include "layout.h"

typedef enum cn__trail_kind {
    CN__TRAIL_GRATICULE,
    CN__TRAIL_COAST,
    CN__TRAIL_LEADER /* from a circle to its name */
} cn__trail_kind;

typedef struct cn__trail {
    cn__trail_kind kind;
    size_t start, count; /* of its points */
} cn__trail;

typedef struct cn__town {
    cn__point at;
    uint32_t name; /* text of the scene, right of it; 0: only a dot */
} cn__town;

typedef struct cn__backdrop {
    cn__rect frame;
    cn__point *points;
    size_t point_count, point_cap;
    cn__trail *trails;
    size_t trail_count, trail_cap;
    cn__town *towns;
    size_t town_count, town_cap;
} cn__backdrop;

#define CN__TOWN_SIZE 6.5 /* of their names */

/* The dot of a town and its name. */
cn__rect cn__town_box(const cn__scene *scene, const cn__town *town);
void cn__backdrop_release(cn__backdrop *backdrop);
/* Add the part of a segment that lies in the frame; `joined`: it goes on from the last one. False: memory. */
bool cn__backdrop_segment(cn__backdrop *backdrop, cn__trail_kind kind, bool joined, cn__point a, cn__point b);

#endif
