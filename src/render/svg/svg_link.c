/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links as SVG: their curves with arrowheads, and their labels. A curve is that of the layout, but for two kinds which
 * are drawn without it: links inside a column are arcs at the column's left, and the straight links of a simplified
 * picture go from frame to frame. Cost: linear in the points; an arc looks at the nodes of its column, and at the links
 * before it for those it must not cover.
 */
#include "mark.h"
#include "svg_sheet.h"

#include <math.h>
#include <string.h>

/* Steps in which a piece of a curve is followed to find what it runs through. */
#define STEPS 12
#define MAX_STRAIGHT_WIDTH 0.8

/* A curve to be drawn: Bézier points, with the tips of its arrows before and after them. */
typedef struct curve {
    const cn__point *points;
    size_t count; /* 0: none */
    bool arrow_at_start;
    bool arrow_at_end;
    cn__point own[5]; /* where `points` may point to */
} curve;

/* ---- arcs inside a column ---- */

/* The left edge of the column that a node stands in. */
static double column_left(const cn__sheet *w, uint32_t column) {
    double left = HUGE_VAL;
    for (size_t i = 0; i < w->scene->node_count; i++) {
        if (w->scene->nodes[i].column == column) {
            left = fmin(left, w->layout->nodes[i].left);
        }
    }
    return left;
}

/* Links before this one between the same two nodes of a column: arcs for them must stand apart. */
static uint32_t twins_before(const cn__scene *scene, const cn__scene_link *link) {
    uint32_t twins = 0;
    for (const cn__scene_link *other = scene->links; other < link; other++) {
        bool same = other->from == link->from && other->to == link->to;
        bool turned = other->from == link->to && other->to == link->from;
        twins += other->inside && (same || turned);
    }
    return twins;
}

/*
 * The layout leads links inside a column far round its labels. Neighbours, which it joins by a straight line, stay as
 * they are. False: not this link.
 */
static bool arc_inside(const cn__sheet *w, const cn__scene_link *link, const cn__layout_link *place, curve *out) {
    if (!link->inside || place->arrow_at_start) {
        return false;
    }
    cn__rect from = w->layout->nodes[link->from];
    cn__rect to = w->layout->nodes[link->to];
    double gap = fmax(to.top - from.bottom, from.top - to.bottom);
    uint32_t twins = link->straight ? 0 : twins_before(w->scene, link);
    if (gap < 22 && place->count == 5 && !twins) {
        return false;
    }
    double from_y = (from.top + from.bottom) / 2;
    double to_y = (to.top + to.bottom) / 2;
    double down = to_y > from_y ? 1 : -1;
    double length = cn__arrow_length(cn__link_look_of(link->style)->arrow, link->width);
    double bulge = fmin(14 + 0.1 * fabs(to_y - from_y), 34) - 5 * fmin(twins, 2);
    double x = column_left(w, w->scene->nodes[link->from].column) - bulge;
    double aside = (2.5 + 2 * fmin(twins, 2)) * down;
    out->own[0] = (cn__point){from.left, from_y + aside};
    out->own[1] = (cn__point){x, from_y + aside};
    out->own[2] = (cn__point){x, to_y - aside};
    out->own[3] = (cn__point){to.left - length, to_y - aside};
    out->own[4] = (cn__point){to.left, to_y - aside};
    return true;
}

/* ---- straight lines ---- */

static cn__point middle_of(cn__rect r) { return (cn__point){(r.left + r.right) / 2, (r.top + r.bottom) / 2}; }

/* The share of the way from the middle of `box` to `far` at which its frame is left; above 1: `far` is inside. */
static double way_out(cn__rect box, cn__point far) {
    cn__point c = middle_of(box);
    double across = fabs(far.x - c.x);
    double down = fabs(far.y - c.y);
    double out_across = across > 0 ? (box.right - box.left) / 2 / across : HUGE_VAL;
    double out_down = down > 0 ? (box.bottom - box.top) / 2 / down : HUGE_VAL;
    return fmin(out_across, out_down);
}

/* From frame to frame on the line between the middles. False: no room between them. */
static bool straight_line(const cn__sheet *w, const cn__scene_link *link, curve *out) {
    cn__rect from = link->from_group ? w->layout->groups[link->from] : w->layout->nodes[link->from];
    cn__rect to = link->to_group ? w->layout->groups[link->to] : w->layout->nodes[link->to];
    cn__point a = middle_of(from);
    cn__point b = middle_of(to);
    double way = hypot(b.x - a.x, b.y - a.y);
    cn__arrow arrow = link->plain ? CN__ARROW_NONE : cn__link_look_of(link->style)->arrow;
    double begin = way_out(from, b);
    double end = 1 - way_out(to, a);
    double base = end - (way > 0 ? cn__arrow_length(arrow, fmin(link->width, MAX_STRAIGHT_WIDTH)) / way : 0);
    if (!(base > begin)) {
        return false;
    }
    const double shares[] = {begin, begin, base, base, end};
    for (size_t i = 0; i < 5; i++) {
        out->own[i] = (cn__point){a.x + (b.x - a.x) * shares[i], a.y + (b.y - a.y) * shares[i]};
    }
    out->arrow_at_end = arrow != CN__ARROW_NONE;
    return true;
}

/* ---- curves ---- */

static void curve_of(const cn__sheet *w, size_t index, curve *out) {
    const cn__scene_link *link = &w->scene->links[index];
    const cn__layout_link *place = &w->layout->links[index];
    out->points = out->own;
    out->count = 0;
    out->arrow_at_start = false;
    out->arrow_at_end = true;
    if ((link->straight || place->count > 0) && arc_inside(w, link, place, out)) {
        out->count = 5;
    } else if (link->straight) {
        out->count = straight_line(w, link, out) ? out->arrow_at_end ? 5 : 4 : 0;
    } else {
        out->points = w->layout->points + place->start;
        out->count = place->count;
        out->arrow_at_start = place->arrow_at_start;
        out->arrow_at_end = place->arrow_at_end;
    }
}

/* Straight lines go anywhere: they stay thin, not to cover the others. */
static double width_of(const cn__scene_link *link) {
    return link->straight ? fmin(link->width, MAX_STRAIGHT_WIDTH) : link->width;
}

static void write_curve(cn__sheet *w, const cn__scene_link *link, const curve *c) {
    const cn__link_look *look = cn__link_look_of(link->style);
    size_t first = c->arrow_at_start ? 1 : 0;
    size_t last = c->count - 1 - (c->arrow_at_end ? 1 : 0);
    cn_buf *out = w->out;
    cn_buf_add_text(out, "<path d=\"M");
    cn__svg_point(out, cn__sheet_point(w, c->points[first]));
    for (size_t i = first + 1; i + 2 <= last; i += 3) {
        for (size_t j = 0; j < 3; j++) {
            cn_buf_add_text(out, j ? " " : " C");
            cn__svg_point(out, cn__sheet_point(w, c->points[i + j]));
        }
    }
    cn_buf_add_text(out, "\"");
    const char *colour = w->scheme->links[link->style].text;
    const char *ground = cn__sheet_colour(w, CN__ROLE_PAPER);
    cn__svg_stroke stroke = {colour, "none", width_of(link), link->planned ? "4 2.5" : look->dash, w->page->scale};
    cn__svg_stroke_attributes(out, &stroke);
    if (link->planned || link->straight) {
        cn__svg_attribute(out, "stroke-opacity", link->straight ? "0.4" : "0.65");
    }
    cn_buf_add_text(out, "/>\n");
    if (c->arrow_at_end) {
        cn__svg_arrow(out, look->arrow, cn__sheet_point(w, c->points[last]),
                      cn__sheet_point(w, c->points[c->count - 1]), colour, ground);
    }
    if (c->arrow_at_start) {
        cn__svg_arrow(out, look->arrow, cn__sheet_point(w, c->points[first]), cn__sheet_point(w, c->points[0]), colour,
                      ground);
    }
}

static void write_link(cn__sheet *w, size_t index) {
    const cn__scene_link *link = &w->scene->links[index];
    curve c;
    curve_of(w, index, &c);
    if (c.count == 0) {
        return;
    }
    cn__sheet_open(w, "link", cn__link_look_of(link->style)->key);
    cn__sheet_id(w, "l-", cn__sheet_text(w, link->id));
    cn_buf_add_text(w->out, ">\n");
    cn__sheet_words(w, link->title, link->desc);
    write_curve(w, link, &c);
    cn__sheet_close(w);
}

void cn__sheet_links(cn__sheet *w) {
    for (int straight = 1; straight >= 0; straight--) { /* those of less weight below the others */
        for (size_t i = 0; i < w->scene->link_count; i++) {
            if (w->scene->links[i].straight == (straight == 1)) {
                write_link(w, i);
            }
        }
    }
}

/* ---- labels ---- */

static void write_link_label(cn__sheet *w, const cn__scene_link *link, const cn__layout_link *place) {
    double s = w->page->scale;
    cn__point centre = cn__sheet_point(w, (cn__point){place->label.x - link->lane / 2, place->label.y});
    double height = (link->label_height - link->width - 2) * s;
    double width = (link->label_width - 2) * s;
    cn_buf_add_text(w->out, "<g class=\"link-label\">\n<rect");
    cn__svg_number(w->out, "x", centre.x - width / 2);
    cn__svg_number(w->out, "y", centre.y - height / 2 + 1.2 * s); /* from the capitals' top to the descenders */
    cn__svg_number(w->out, "width", width);
    cn__svg_number(w->out, "height", height - 1.6 * s);
    cn__svg_attribute(w->out, "fill", cn__sheet_colour(w, CN__ROLE_PAPER));
    cn_buf_add_text(w->out, " fill-opacity=\"0.85\"/>\n");
    cn__svg_font font = {CN__SMALL_SIZE * s, link->route != 0, "middle", w->scheme->links[link->style].text};
    if (link->style == CN__LINK_SUPPLY || link->style == CN__LINK_INSIDE) {
        font.fill = cn__sheet_colour(w, CN__ROLE_INK);
    }
    double text_middle = centre.x + cn__mark_write_label(w->out, w->scene, link, centre, s);
    for (uint32_t i = 0; i < link->line_count; i++) {
        const char *text = cn__sheet_text(w, link->lines[i]);
        double baseline = centre.y - height / 2 + CN__SMALL_SIZE * s * (0.93 + 1.2 * i);
        cn__svg_text_line(w->out, text_middle, baseline, &font, text, strlen(text), false);
        font.bold = false;
    }
    cn__sheet_close(w);
}

void cn__sheet_link_labels(cn__sheet *w) {
    for (size_t i = 0; i < w->scene->link_count; i++) {
        const cn__layout_link *place = &w->layout->links[i];
        if (place->count > 0 && place->has_label && w->scene->links[i].line_count > 0) {
            write_link_label(w, &w->scene->links[i], place);
        }
    }
}

/* ---- what lines run through ---- */

static cn__point bezier_at(const cn__point p[4], double t) {
    double u = 1 - t;
    double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return (cn__point){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                       a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

/* Four points with the band between their lowest and highest may come into it. */
static bool may_enter(const cn__point p[4], cn__rect band) {
    double top = fmin(fmin(p[0].y, p[1].y), fmin(p[2].y, p[3].y));
    double bottom = fmax(fmax(p[0].y, p[1].y), fmax(p[2].y, p[3].y));
    return bottom >= band.top && top <= band.bottom;
}

/* The cells under the line from `a` to `b`, as far as it runs in the band. */
static void mark_cells(cn__point a, cn__point b, cn__rect band, uint32_t *cells, size_t count) {
    double cell = (band.right - band.left) / (double)count;
    double from = 0;
    double to = 1;
    if (fabs(b.y - a.y) > 1e-9) {
        double t = (band.top - a.y) / (b.y - a.y);
        double u = (band.bottom - a.y) / (b.y - a.y);
        from = fmax(0, fmin(t, u));
        to = fmin(1, fmax(t, u));
    } else if (a.y < band.top || a.y > band.bottom) {
        return;
    }
    double x = a.x + (b.x - a.x) * from;
    double y = a.x + (b.x - a.x) * to;
    double first = floor((fmin(x, y) - band.left) / cell);
    double last = floor((fmax(x, y) - band.left) / cell);
    if (from > to || last < 0 || first >= (double)count) {
        return;
    }
    size_t end = (size_t)fmin(last, (double)count - 1);
    for (size_t i = (size_t)fmax(first, 0); i <= end; i++) {
        cells[i]++;
    }
}

void cn__sheet_lines_in(const cn__sheet *w, cn__rect band, uint32_t *cells, size_t count) {
    memset(cells, 0, count * sizeof *cells);
    if (!(band.right > band.left)) {
        return;
    }
    for (size_t i = 0; i < w->scene->link_count; i++) {
        curve c;
        curve_of(w, i, &c);
        size_t last = c.count - (c.arrow_at_end ? 1 : 0);
        for (size_t at = c.arrow_at_start ? 1 : 0; c.count && at + 3 < last; at += 3) {
            cn__point a = c.points[at];
            for (int step = 1; step <= STEPS && may_enter(c.points + at, band); step++) {
                cn__point b = bezier_at(c.points + at, (double)step / STEPS);
                mark_cells(a, b, band, cells, count);
                a = b;
            }
        }
    }
}
