/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces of SVG. Text is escaped here and nowhere else; characters that XML 1.0 forbids are dropped. Arrowheads are
 * polygons of their own instead of markers, because office programs lose markers on import. Cost: linear.
 */
#include "svg_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "xml_text.h"

void cn__svg_escape(cn_buf *out, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        const char *reference = c == '\n' ? "&#10;" : cn__xml_reference(c);
        if (reference) {
            cn_buf_add_text(out, reference);
        } else if (c >= 0x20 && c != 0x7F) {
            cn_buf_add(out, text, 1);
        }
    }
}

void cn__svg_number(cn_buf *out, const char *name, double value) {
    cn_buf_add_text(out, " ");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, "=\"");
    cn__add_fixed(out, value, 2);
    cn_buf_add_text(out, "\"");
}

void cn__svg_attribute(cn_buf *out, const char *name, const char *value) {
    cn_buf_add_text(out, " ");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, "=\"");
    cn__svg_escape(out, value);
    cn_buf_add_text(out, "\"");
}

void cn__svg_element(cn_buf *out, const char *name, const char *text) {
    if (!text[0]) {
        return;
    }
    cn_buf_add_text(out, "<");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, ">");
    cn__svg_escape(out, text);
    cn_buf_add_text(out, "</");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, ">\n");
}

void cn__svg_text_line(cn_buf *out, double x, double y, const cn__svg_font *font, const char *text, size_t len,
                       bool ellipsis) {
    cn_buf line = {0};
    cn_buf_add(&line, text, len);
    cn_buf_add_text(&line, ellipsis ? "…" : "");
    cn_buf_add_text(out, "<text");
    cn__svg_number(out, "x", x);
    cn__svg_number(out, "y", y);
    cn__svg_number(out, "font-size", font->size);
    if (font->bold) {
        cn__svg_attribute(out, "font-weight", "bold");
    }
    if (strcmp(font->anchor, "start") != 0) {
        cn__svg_attribute(out, "text-anchor", font->anchor);
    }
    cn__svg_attribute(out, "fill", font->fill);
    cn_buf_add_text(out, ">");
    cn__svg_escape(out, line.data ? line.data : "");
    cn_buf_add_text(out, "</text>\n");
    out->failed |= line.failed;
    cn_buf_release(&line);
}

void cn__svg_point(cn_buf *out, cn__point p) {
    cn__add_fixed(out, p.x, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, p.y, 2);
}

/* "3 2" at scale 1 to what it is on paper. The tables hold at most four lengths below 10 with one decimal. */
static void add_dash(cn_buf *out, const char *dash, double scale) {
    cn_buf_add_text(out, " stroke-dasharray=\"");
    for (bool first = true; *dash; first = false) {
        double length = 0;
        double unit = 1;
        for (bool fraction = false; *dash && *dash != ' '; dash++) {
            if (*dash == '.') {
                fraction = true;
                continue;
            }
            unit = fraction ? unit / 10 : unit;
            length = fraction ? length + (*dash - '0') * unit : length * 10 + (*dash - '0');
        }
        cn_buf_add_text(out, first ? "" : " ");
        cn__add_fixed(out, length * scale, 2);
        dash += *dash == ' ';
    }
    cn_buf_add_text(out, "\"");
}

void cn__svg_stroke_attributes(cn_buf *out, const cn__svg_stroke *stroke) {
    cn__svg_attribute(out, "fill", stroke->fill);
    cn__svg_attribute(out, "stroke", stroke->colour);
    cn__svg_number(out, "stroke-width", stroke->width * stroke->scale);
    if (stroke->dash[0]) {
        add_dash(out, stroke->dash, stroke->scale);
    }
}

static void add_rect(cn_buf *out, cn__rect box, double radius, const cn__svg_stroke *stroke) {
    cn_buf_add_text(out, "<rect");
    cn__svg_number(out, "x", box.left);
    cn__svg_number(out, "y", box.top);
    cn__svg_number(out, "width", box.right - box.left);
    cn__svg_number(out, "height", box.bottom - box.top);
    if (radius > 0) {
        cn__svg_number(out, "rx", radius);
    }
    cn__svg_stroke_attributes(out, stroke);
    cn_buf_add_text(out, "/>\n");
}

static void add_points(cn_buf *out, const char *element, const cn__point *points, size_t count) {
    cn_buf_add_text(out, "<");
    cn_buf_add_text(out, element);
    cn_buf_add_text(out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        cn_buf_add_text(out, i ? " " : "");
        cn__add_fixed(out, points[i].x, 2);
        cn_buf_add_text(out, ",");
        cn__add_fixed(out, points[i].y, 2);
    }
    cn_buf_add_text(out, "\"");
}

void cn__svg_polygon(cn_buf *out, const cn__point *points, size_t count, const cn__svg_stroke *stroke) {
    add_points(out, "polygon", points, count);
    cn__svg_stroke_attributes(out, stroke);
    cn_buf_add_text(out, "/>\n");
}

static void add_segment(cn_buf *out, cn__point a, cn__point b, const cn__svg_stroke *stroke) {
    cn__svg_stroke line = *stroke;
    line.fill = "none";
    line.dash = "";
    add_points(out, "polyline", (cn__point[]){a, b}, 2);
    cn__svg_stroke_attributes(out, &line);
    cn_buf_add_text(out, "/>\n");
}

static void add_hexagon(cn_buf *out, cn__rect b, double cut, const cn__svg_stroke *stroke) {
    double middle = (b.top + b.bottom) / 2;
    cn__point points[] = {{b.left, middle},  {b.left + cut, b.top},     {b.right - cut, b.top},
                          {b.right, middle}, {b.right - cut, b.bottom}, {b.left + cut, b.bottom}};
    cn__svg_polygon(out, points, 6, stroke);
}

static void add_octagon(cn_buf *out, cn__rect b, double cut, const cn__svg_stroke *stroke) {
    cn__point points[] = {{b.left + cut, b.top},     {b.right - cut, b.top},    {b.right, b.top + cut},
                          {b.right, b.bottom - cut}, {b.right - cut, b.bottom}, {b.left + cut, b.bottom},
                          {b.left, b.bottom - cut},  {b.left, b.top + cut}};
    cn__svg_polygon(out, points, 8, stroke);
}

static void add_house(cn_buf *out, cn__rect b, double gable, const cn__svg_stroke *stroke) {
    cn__point points[] = {{b.left, b.top + gable},
                          {(b.left + b.right) / 2, b.top},
                          {b.right, b.top + gable},
                          {b.right, b.bottom},
                          {b.left, b.bottom}};
    cn__svg_polygon(out, points, 5, stroke);
}

static void add_note(cn_buf *out, cn__rect b, double fold, const cn__svg_stroke *stroke) {
    cn__point points[] = {
        {b.left, b.top}, {b.right - fold, b.top}, {b.right, b.top + fold}, {b.right, b.bottom}, {b.left, b.bottom}};
    cn__svg_polygon(out, points, 5, stroke);
    cn__point corner[] = {{b.right - fold, b.top}, {b.right - fold, b.top + fold}, {b.right, b.top + fold}};
    cn__svg_stroke folded = *stroke;
    folded.width *= 0.7;
    cn__svg_polygon(out, corner, 3, &folded);
}

static void add_slant(cn_buf *out, cn__rect b, double slant, const cn__svg_stroke *stroke) {
    cn__point points[] = {{b.left + slant, b.top}, {b.right, b.top}, {b.right - slant, b.bottom}, {b.left, b.bottom}};
    cn__svg_polygon(out, points, 4, stroke);
}

static void add_book(cn_buf *out, cn__rect b, double tab, const cn__svg_stroke *stroke) {
    double end = b.left + (b.right - b.left) * 0.4;
    cn__point points[] = {{b.left, b.top},        {end, b.top},        {end + tab, b.top + tab},
                          {b.right, b.top + tab}, {b.right, b.bottom}, {b.left, b.bottom}};
    cn__svg_polygon(out, points, 6, stroke);
}

static void add_bars(cn_buf *out, cn__rect b, double inset, const cn__svg_stroke *stroke) {
    add_rect(out, b, 0, stroke);
    add_segment(out, (cn__point){b.left + inset, b.top}, (cn__point){b.left + inset, b.bottom}, stroke);
    add_segment(out, (cn__point){b.right - inset, b.top}, (cn__point){b.right - inset, b.bottom}, stroke);
}

static void add_outline(cn_buf *out, cn__shape shape, cn__rect box, const cn__svg_stroke *stroke) {
    double s = stroke->scale;
    double height = box.bottom - box.top;
    switch (shape) {
    case CN__SHAPE_BOX:
        add_rect(out, box, 0, stroke);
        break;
    case CN__SHAPE_ROUND:
        add_rect(out, box, 4 * s, stroke);
        break;
    case CN__SHAPE_STADIUM:
        add_rect(out, box, fmin(height / 2, 9 * s), stroke);
        break;
    case CN__SHAPE_HEXAGON:
        add_hexagon(out, box, fmin(height / 3, 6 * s), stroke);
        break;
    case CN__SHAPE_OCTAGON:
        add_octagon(out, box, fmin(height / 4, 4.5 * s), stroke);
        break;
    case CN__SHAPE_HOUSE:
        add_house(out, box, fmin(height / 3, 5 * s), stroke);
        break;
    case CN__SHAPE_NOTE:
        add_note(out, box, fmin(height / 2.5, 5 * s), stroke);
        break;
    case CN__SHAPE_BOOK:
        add_book(out, box, fmin(height / 4, 3 * s), stroke);
        break;
    case CN__SHAPE_BARS:
        add_bars(out, box, 3 * s, stroke);
        break;
    case CN__SHAPE_CIRCLE:
        add_rect(out, box, height / 2, stroke);
        break;
    case CN__SHAPE_SLANT:
        add_slant(out, box, fmin(height / 4, 4.5 * s), stroke);
        break;
    }
}

void cn__svg_shape(cn_buf *out, cn__shape shape, bool twice, cn__rect box, const cn__svg_stroke *stroke) {
    add_outline(out, shape, box, stroke);
    if (twice) {
        double inset = 1.8 * stroke->scale;
        cn__svg_stroke inner = *stroke;
        inner.fill = "none";
        inner.width *= 0.5;
        add_outline(out, shape, (cn__rect){box.left + inset, box.top + inset, box.right - inset, box.bottom - inset},
                    &inner);
    }
}

void cn__svg_arrow(cn_buf *out, cn__arrow arrow, cn__point base, cn__point tip, const char *colour,
                   const char *ground) {
    double dx = tip.x - base.x;
    double dy = tip.y - base.y;
    double length = hypot(dx, dy);
    if (arrow == CN__ARROW_NONE || length < 1e-6) {
        return;
    }
    cn__point side = {-dy * 0.4, dx * 0.4}; /* half the width of the head */
    cn__point left = {base.x + side.x, base.y + side.y};
    cn__point right = {base.x - side.x, base.y - side.y};
    cn__point middle = {(base.x + tip.x) / 2, (base.y + tip.y) / 2};
    bool open = arrow == CN__ARROW_OPEN || arrow == CN__ARROW_OPEN_DOT || arrow == CN__ARROW_OPEN_DIAMOND;
    cn__svg_stroke stroke = {colour, open ? ground : colour, fmin(0.8, length / 6), "", 1};
    switch (arrow) {
    case CN__ARROW_TRIANGLE:
    case CN__ARROW_OPEN:
        cn__svg_polygon(out, (cn__point[]){tip, left, right}, 3, &stroke);
        break;
    case CN__ARROW_VEE: {
        cn__point notch = {base.x + dx * 0.4, base.y + dy * 0.4};
        cn__svg_polygon(out, (cn__point[]){tip, left, notch, right}, 4, &stroke);
        add_segment(out, base, notch, &stroke);
        break;
    }
    case CN__ARROW_DIAMOND:
    case CN__ARROW_OPEN_DIAMOND: {
        cn__point a = {middle.x + side.x, middle.y + side.y};
        cn__point b = {middle.x - side.x, middle.y - side.y};
        cn__svg_polygon(out, (cn__point[]){tip, a, base, b}, 4, &stroke);
        break;
    }
    case CN__ARROW_BOX: {
        cn__point far_left = {tip.x + side.x, tip.y + side.y};
        cn__point far_right = {tip.x - side.x, tip.y - side.y};
        cn__svg_polygon(out, (cn__point[]){left, far_left, far_right, right}, 4, &stroke);
        break;
    }
    default:
        cn_buf_add_text(out, "<circle");
        cn__svg_number(out, "cx", middle.x);
        cn__svg_number(out, "cy", middle.y);
        cn__svg_number(out, "r", length / 2);
        cn__svg_stroke_attributes(out, &stroke);
        cn_buf_add_text(out, "/>\n");
    }
}
