/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of nodes, links and groups: the rows of style.def, but for their colours, which scheme.h has. */
#ifndef CN_RENDER_STYLE_H
#define CN_RENDER_STYLE_H

#include "coopnet/network.h"

typedef enum cn__node_style {
#define CN__NODE_STYLE(id, key, shape, fill, border, width, dash, twice, dot, en, ru) CN__NODE_##id,
#include "style.def"
    CN__NODE_STYLE_COUNT
} cn__node_style;

/* The first rows are the link kinds in their order. */
typedef enum cn__link_style {
#define CN__LINK_STYLE(id, key, colour, width, dash, arrow, en, ru) CN__LINK_##id,
#include "style.def"
    CN__LINK_STYLE_COUNT
} cn__link_style;

typedef enum cn__group_style {
#define CN__GROUP_STYLE(id, key, fill, border, width, dash, en, ru) CN__GROUP_##id,
#include "style.def"
    CN__GROUP_STYLE_COUNT
} cn__group_style;

typedef enum cn__shape {
    CN__SHAPE_BOX,
    CN__SHAPE_ROUND,
    CN__SHAPE_STADIUM, /* ends are half circles */
    CN__SHAPE_HEXAGON,
    CN__SHAPE_OCTAGON,
    CN__SHAPE_HOUSE, /* gable on top */
    CN__SHAPE_NOTE,  /* folded corner */
    CN__SHAPE_BOOK,  /* a tab on top, as of a folder */
    CN__SHAPE_BARS,  /* bars at both sides */
    CN__SHAPE_SLANT, /* parallelogram */
    CN__SHAPE_CIRCLE
} cn__shape;

typedef enum cn__arrow {
    CN__ARROW_NONE,
    CN__ARROW_TRIANGLE,
    CN__ARROW_OPEN, /* outlined triangle */
    CN__ARROW_VEE,
    CN__ARROW_DOT,
    CN__ARROW_OPEN_DOT,
    CN__ARROW_DIAMOND,
    CN__ARROW_OPEN_DIAMOND,
    CN__ARROW_BOX
} cn__arrow;

typedef struct cn__node_look {
    const char *key;
    cn__shape shape;
    double width;
    const char *dash;
    bool twice;
    const char *dot_shape;
    const char *en;
    const char *ru;
} cn__node_look;

typedef struct cn__link_look {
    const char *key;
    double width;
    const char *dash;
    cn__arrow arrow;
    const char *en;
    const char *ru;
} cn__link_look;

typedef struct cn__group_look {
    const char *key;
    double width;
    const char *dash;
    const char *en;
    const char *ru;
} cn__group_look;

const cn__node_look *cn__node_look_of(cn__node_style style);
const cn__link_look *cn__link_look_of(cn__link_style style);
const cn__group_look *cn__group_look_of(cn__group_style style);

/* Space a shape needs around its text, in points: left and right, above, below. */
void cn__shape_padding(cn__shape shape, double *sides, double *above, double *below);
/* Length of an arrowhead on a line of this width. 0 for NONE. */
double cn__arrow_length(cn__arrow arrow, double line_width);
const char *cn__arrow_dot_name(cn__arrow arrow);

/* Style of an entity. In `overview` companies inside and outside of clusters are told apart (`in_cluster`). */
cn__node_style cn__node_style_of(const cn_network *net, cn_entity entity, bool in_cluster, bool any_cluster);
cn__group_style cn__group_style_of(const cn_network *net, cn_entity entity);
/* The words for an entity's own kind: "вуз", "деловая миссия", "якорное предприятие", else the kind's name. */
const char *cn__entity_kind_words(const cn_network *net, cn_entity entity, cn_lang lang);

#endif
