/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scene: what a picture shows and in which style, with every text already in its language and wrapped, and every
 * box already measured. It knows neither Graphviz nor SVG. Views fill it; dot_writer, legend, page and svg_writer read it.
 *
 * Texts are numbers into the scene's arena (0 is ""). A failed allocation is remembered in `failed`, so that views need
 * to look only once at the end. Lengths are points at scale 1.
 */
#ifndef CN_RENDER_SCENE_H
#define CN_RENDER_SCENE_H

#include "coopnet/draw.h"

#include "font.h"
#include "memory.h"
#include "scheme.h"
#include "style.h"

#define CN__NAME_SIZE 7.0  /* names in boxes */
#define CN__SMALL_SIZE 6.5 /* second lines, labels: the smallest text on paper */
#define CN__GROUP_SIZE 8.0 /* names of groups */
#define CN__NAME_WIDTH 84.0

#define CN__NODE_LINES (CN__WRAP_LINES + 2)
#define CN__LABEL_LINES 3

/* Where a link leaves or reaches a box of a placed scene. */
typedef enum cn__side { CN__SIDE_ARC = 0, CN__SIDE_LEFT, CN__SIDE_RIGHT, CN__SIDE_TOP, CN__SIDE_BOTTOM } cn__side;
/* As what boxes are counted that are folded into one: "34 more suppliers". */
typedef enum cn__fold_word {
    CN__FOLD_DERIVED = 0, /* from the kind of entity */
    CN__FOLD_SUPPLIERS,
    CN__FOLD_CUSTOMERS,
    CN__FOLD_MEMBERS,
    CN__FOLD_COMPANIES,
    CN__FOLD_ORGANISATIONS,
    CN__FOLD_PROJECTS,
    CN__FOLD_EVENTS,
    CN__FOLD_OTHERS
} cn__fold_word;

typedef struct cn__scene_node {
    cn_entity entity;
    cn__node_style style;
    uint32_t id; /* the entity's id: the node's name in DOT */
    uint32_t title;
    uint32_t desc;
    uint32_t key; /* its name in the legend, where the box has a number; else 0 */
    uint32_t lines[CN__NODE_LINES];
    uint32_t line_count;
    uint32_t name_lines; /* the first of them; the others are small */
    double width;
    double height;
    uint32_t group;  /* index of its group, or CN_NONE */
    uint32_t column; /* index of its column, or CN_NONE */
    uint32_t cycle;  /* number of its cycle shown in a badge, or 0 */
    uint32_t marks;  /* set of cn__mark, shown as badges on its upper edge */
    double above;    /* room for them above its lines */
    double below;    /* room below its lines, for the bar */
    double raised;   /* of its height, what was added for the lines of a hub */
    double bar;      /* share shown as a bar below its lines; used when there is room for it */
    bool pale;       /* surroundings, drawn faintly */
    bool bold;
    double x, y;             /* of a placed scene: its centre */
    bool keep;               /* never folded: it is what the picture is about */
    cn__fold_word fold_word; /* as what it is counted when it is folded */
} cn__scene_node;

typedef struct cn__scene_link {
    uint32_t from; /* node index; or group index when from_group */
    uint32_t to;
    bool from_group;
    bool to_group;
    bool turned;   /* laid out from `to` to `from`; drawn as it is */
    bool loose;    /* has no say in the order of ranks */
    bool inside;   /* between nodes of one column */
    bool straight; /* takes no part in the layout: a straight line from box to box */
    bool planned;
    bool plain; /* no arrow: the order of the ends says nothing */
    cn__link_style style;
    cn_link_kind kind;
    double width;
    double value;    /* money a year, or what else the width says; 0: not known */
    uint32_t weight; /* how much the layout should shorten it; 1 is normal */
    uint32_t route;  /* number of the chain shown on it, or 0 */
    uint32_t marks;  /* set of cn__mark, shown as badges before its label */
    uint32_t id;
    uint32_t title;
    uint32_t desc;
    uint32_t lines[CN__LABEL_LINES];
    uint32_t line_count;
    double label_width;
    double label_height;
    double lane;        /* room to the right of its label that stays free for the arcs of the next column */
    cn__side from_side; /* of a placed scene */
    cn__side to_side;
    bool label_at_start; /* of a placed scene: the label stands at the box it comes from */
    double lead;         /* of a placed scene: straight on for so long before it turns */
    double lead_end;     /* and before it arrives */
} cn__scene_link;

typedef struct cn__scene_group {
    cn_entity entity;
    cn__group_style style;
    uint32_t id;
    uint32_t title;
    uint32_t desc;
    uint32_t label;       /* one line */
    uint32_t small_label; /* after it, smaller; may be 0 */
    double label_width;
    double label_height;
    bool linked;      /* links end at the group itself */
    bool label_below; /* of a placed scene: lines come from above */
} cn__scene_group;

/* Nodes that stand above each other, with a heading. */
typedef struct cn__scene_column {
    uint32_t lines[CN__LABEL_LINES];
    uint32_t line_count;
} cn__scene_column;

typedef struct cn__scene {
    cn_lang lang;
    cn__arena texts;
    bool failed;
    const cn__scheme *scheme; /* borrowed; NULL: the light one */
    const char *view;         /* its key */
    uint32_t title;
    uint32_t subtitle;
    uint32_t source;       /* line with source and date */
    uint32_t notes;        /* what was left out; may be 0 */
    uint32_t organisation; /* of the theme; may be 0 */
    uint32_t terse;        /* how little to write: 0 all, 1 labels of lines say money alone, 2 names alone, 3 numbers */
    uint32_t terse_words;  /* what is told of it where lines never have labels, a template; 0: of the labels */
    double fill;           /* height : width that the layout shall stretch to; 0: as it comes */
    cn__scene_node *nodes;
    size_t node_count;
    size_t node_cap;
    cn__scene_link *links;
    size_t link_count;
    size_t link_cap;
    cn__scene_group *groups;
    size_t group_count;
    size_t group_cap;
    cn__scene_column *columns;
    size_t column_count;
    size_t column_cap;
    double value_span; /* points between the widths of no value and of the largest; 0: the normal span */
    bool value_linear; /* widths grow with the value itself, not with its root */
    bool short_labels; /* one line for a label: product and money */
    double value_max;  /* largest value drawn as a width, in currency units; 0: widths say nothing */
    uint32_t value_currency;
    cn__link_style value_style;  /* of the samples of widths in the legend */
    uint32_t value_text;         /* what a width says there, a template; 0: a value a year */
    bool ordered_columns;        /* columns keep their order even where no link tells it */
    const struct cn__plot *plot; /* a plot in place of nodes and links; borrowed, may be NULL */
    double rank_gap;             /* points between the columns of the layout */
    double node_gap;             /* points between the boxes of a column */
    bool simplified;             /* so many links that the layout shall hurry */
    bool placed;                 /* the view has placed the boxes itself: no layout process (layout_placed.c) */
    double width, height; /* of a placed scene that has a frame of its own, from 0, 0; 0: as large as what is in it */
    struct cn__backdrop *backdrop; /* of a placed scene: what lies under the boxes; owned, may be NULL */
    cn_engine engine;              /* who places the boxes; AUTO is dot */
    bool reduced;                  /* cn__view_reduce has been here, or shall not come */
    bool picked;                   /* only what was asked for is here: no boxes are folded */
    uint32_t reduced_words;        /* what was folded or left out for size, whole sentences */
} cn__scene;

void cn__scene_release(cn__scene *scene);
const cn__scheme *cn__scene_scheme(const cn__scene *scene);
const char *cn__scene_text(const cn__scene *scene, uint32_t text);
/*
 * Keep a text: control and direction characters become blanks or vanish, runs of blanks become one, invalid UTF-8
 * becomes U+FFFD. With `keep_lines` line ends stay.
 */
uint32_t cn__scene_keep(cn__scene *scene, const char *text, bool keep_lines);
/* Keep an id byte for byte: two different ids must not become one. */
uint32_t cn__scene_keep_raw(cn__scene *scene, const char *text);
/* Keep what a buffer holds and release it. */
uint32_t cn__scene_keep_buf(cn__scene *scene, cn_buf *buf, bool keep_lines);

/* Keep a text on one line no wider than `max_width` at a font size; what is longer is cut. */
uint32_t cn__scene_keep_line(cn__scene *scene, const char *text, double max_width, double size);

/* Add one, cleared, and return it (valid until the next is added); NULL without memory. */
cn__scene_node *cn__scene_add_node(cn__scene *scene);
cn__scene_link *cn__scene_add_link(cn__scene *scene);
cn__scene_group *cn__scene_add_group(cn__scene *scene);
cn__scene_column *cn__scene_add_column(cn__scene *scene);

/* Wrap `name` and `small` (may be "") into the lines of node `index` and measure its box. */
void cn__scene_fit_node(cn__scene *scene, uint32_t index, const char *name, const char *small);
/* The same with a name of at most two lines and up to CN__NODE_LINES - 2 small lines of their own, each cut where it is too long. */
void cn__scene_fit_lines(cn__scene *scene, uint32_t index, const char *name, const char *const *small, size_t count);
/* The label of a link whose width is set; a line may be "". */
void cn__scene_set_label(cn__scene *scene, uint32_t index, const char *const texts[CN__LABEL_LINES]);
void cn__scene_set_group_label(cn__scene *scene, uint32_t index, const char *label, const char *small);

/* Width of a line for a value: grows with the square root of its share in the scene's largest. */
double cn__scene_value_width(const cn__scene *scene, double value);

/* A number with exactly `decimals` decimals and a point, whatever the locale; "-0.00" does not occur. */
void cn__add_fixed(cn_buf *out, double value, int decimals);

#endif
