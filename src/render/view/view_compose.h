/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placing boxes by hand: what the views of placed scenes share. */
#ifndef CN_RENDER_VIEW_COMPOSE_H
#define CN_RENDER_VIEW_COMPOSE_H

#include "layout.h"
#include "view.h"

#define CN__COMPOSE_GAP 7.0 /* between the boxes of a column: the label of a line stands above it */

/* A field with a heading; returns its number, CN_NONE without memory. */
uint32_t cn__compose_zone(cn__scene *scene, const char *id, const char *heading);
/* Room above the first box of a field for its heading. */
double cn__compose_head(const cn__scene *scene, uint32_t zone);

/* A box for those that are too many: `text` and `small` say how many and how much. `id` tells it from others. */
uint32_t cn__compose_fold(cn__scene *scene, const char *id, const char *text, const char *small);

/* Make every box high (or wide) enough for the lines at each of its sides. False: memory. */
bool cn__compose_raise(cn__scene *scene);

/*
 * Put boxes below each other (of a column), or beside each other (of a row); x, y: the middle of their upper edge, or of
 * their left edge. Returns the length taken, without a gap at the end.
 */
double cn__compose_stack(cn__scene *scene, const uint32_t *nodes, size_t count, double x, double y, double gap);
double cn__compose_row(cn__scene *scene, const uint32_t *nodes, size_t count, double x, double y, double gap);
double cn__compose_height(const cn__scene *scene, const uint32_t *nodes, size_t count, double gap);
double cn__compose_width(const cn__scene *scene, const uint32_t *nodes, size_t count, double gap);
/* The widest of boxes. */
double cn__compose_widest(const cn__scene *scene, const uint32_t *nodes, size_t count);

#endif
