/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own layout of maps: boxes on a grid (layout_map.c), lines as arcs between them and labels where there is room (layout_arcs.c). */
#ifndef CN_RENDER_LAYOUT_MAP_H
#define CN_RENDER_LAYOUT_MAP_H

#include "layout.h"

/* Fill out->nodes. False: memory. */
bool cn__map_place_boxes(const cn__scene *scene, cn__layout *out);

/*
 * Lead the lines of a scene without frames between the boxes in out->nodes and put their labels on them; width and height of the whole. Also
 * for boxes that another engine placed. False: memory.
 */
bool cn__map_lead_lines(const cn__scene *scene, cn__layout *out);

/* The whole layout of a scene without frames. CN_ERR_MEMORY. */
cn_status cn__map_layout(const cn__scene *scene, cn__layout *out, cn_error *err);

#endif
