/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of SVG: escaped text, numbers, shapes of boxes, lines with their arrowheads. All coordinates are points on paper. */
#ifndef CN_RENDER_SVG_PART_H
#define CN_RENDER_SVG_PART_H

#include "layout.h"

/* Text for content and for attributes in double quotes. */
void cn__svg_escape(cn_buf *out, const char *text);
/* ` name="1.25"`, always two decimals. */
void cn__svg_number(cn_buf *out, const char *name, double value);
/* `1.25 2.50`, for paths. */
void cn__svg_point(cn_buf *out, cn__point p);
/* ` name="escaped"`. */
void cn__svg_attribute(cn_buf *out, const char *name, const char *value);
/* `<name>escaped</name>`; nothing for an empty text. */
void cn__svg_element(cn_buf *out, const char *name, const char *text);

typedef struct cn__svg_font {
    double size;
    bool bold;
    const char *anchor; /* "start", "middle", "end" */
    const char *fill;
} cn__svg_font;

/* One line of text; y is its baseline. */
void cn__svg_text_line(cn_buf *out, double x, double y, const cn__svg_font *font, const char *text, size_t len,
                       bool ellipsis);

/* How lines and outlines are drawn. */
typedef struct cn__svg_stroke {
    const char *colour;
    const char *fill;
    double width;
    const char *dash; /* lengths at scale 1, "" is solid */
    double scale;
} cn__svg_stroke;

void cn__svg_stroke_attributes(cn_buf *out, const cn__svg_stroke *stroke);
void cn__svg_shape(cn_buf *out, cn__shape shape, bool twice, cn__rect box, const cn__svg_stroke *stroke);
void cn__svg_polygon(cn_buf *out, const cn__point *points, size_t count, const cn__svg_stroke *stroke);
/* An arrowhead from `base` to its `tip`; open ones are filled with `ground`. */
void cn__svg_arrow(cn_buf *out, cn__arrow arrow, cn__point base, cn__point tip, const char *colour, const char *ground);

#endif
