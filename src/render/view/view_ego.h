/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the view of an organisation and its partners share: who is shown, and where. */
#ifndef CN_RENDER_VIEW_EGO_H
#define CN_RENDER_VIEW_EGO_H

#include "view_compose.h"
#include "view_lines.h"

enum {
    CN__EGO_COLUMN = 24,
    CN__EGO_ROW = 7,
    CN__EGO_TIES = 20
}; /* the most boxes of a column, of a row; arcs inside of columns */

typedef enum cn__ego_slot {
    CN__EGO_NOWHERE = 0,
    CN__EGO_CENTRE,
    CN__EGO_LEFT,
    CN__EGO_RIGHT,
    CN__EGO_TOP,
    CN__EGO_BOTTOM
} cn__ego_slot;

typedef struct cn__ego_spot {
    uint32_t node;
    uint32_t tier; /* of CN__EGO_LEFT and CN__EGO_RIGHT: 1, 2 … away from the centre */
    cn__ego_slot slot;
} cn__ego_spot;

/* A column or a row. */
typedef struct cn__ego_field {
    uint32_t *nodes; /* owned */
    size_t count;
    uint64_t folded;
    double folded_value;
    uint32_t zone;
    double label; /* the widest label of a line towards the centre */
} cn__ego_field;

typedef struct cn__ego {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_graph *graph;
    cn_tiers tiers;
    cn_entity subject;
    cn__ego_spot *spot; /* by entity */
    uint8_t *members;
    cn__lines others; /* links of the subject that are no trade */
    cn__lines trade;
    cn__ego_field *left; /* by tier - 1 */
    cn__ego_field *right;
    uint32_t tiers_left; /* how many there are */
    uint32_t tiers_right;
    uint32_t depth_left; /* those of trade that have boxes */
    uint32_t depth_right;
    cn__ego_field top;
    cn__ego_field bottom;
    size_t most_column; /* boxes, as many as options->limit leaves */
    size_t most_row;
    size_t most_ties;
    bool tight;  /* rows stand near the columns */
    bool beside; /* what else would stand in rows stands below the customers */
    cn__left_out left_out;
} cn__ego;

/* The links between those shown, as lines with sides and labels (ego_lines.c). False: memory. */
bool cn__ego_add_lines(cn__ego *e);
/* The other end of a link of the subject. */
cn_entity cn__ego_other(const cn__ego *e, const cn__line *line);
/* Fields round the boxes, with their headings; then, when boxes have their sizes, their places (ego_place.c). */
void cn__ego_add_zones(cn__ego *e);
void cn__ego_place(cn__ego *e);

#endif
