/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plot as SVG: frame, ticks with their thin lines, the line "equal", points, labels, words of the axes. Every point is
 * a <g> with its name as <title> and its figures as <desc>. Kinds of firms differ by shape and fill, not by colour
 * alone. Cost: linear.
 */
#include "plot.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"
#include "number.h"
#include "svg_part.h"

typedef enum marker_shape { SHAPE_CIRCLE, SHAPE_SQUARE, SHAPE_DIAMOND, SHAPE_TRIANGLE, SHAPE_HEXAGON } marker_shape;

static const struct {
    const char *key;
    marker_shape shape;
    double size; /* half its width */
    const char *fill;
    const char *border;
    const char *en;
    const char *ru;
} markers[CN__MARKER_COUNT] = {
    {"anchor", SHAPE_SQUARE, 4.2, "#e08a00", "#3d2400", "anchor enterprise", "якорное предприятие"},
    {"final-maker", SHAPE_TRIANGLE, 4.4, "#0b3c5d", "#0b3c5d", "final-product maker",
     "производитель конечной продукции"},
    {"member", SHAPE_CIRCLE, 3.4, "#1f5a8c", "#12395a", "member of a cluster", "участник кластера"},
    {"candidate", SHAPE_CIRCLE, 3.4, "#ffffff", "#1f5a8c", "candidate for membership", "кандидат в участники"},
    {"company", SHAPE_SQUARE, 3.0, "#ffffff", "#444444", "company outside the clusters", "предприятие вне кластеров"},
    {"firm", SHAPE_SQUARE, 3.0, "#ffffff", "#444444", "company", "предприятие"},
    {"foreign", SHAPE_DIAMOND, 4.2, "#fbf3d0", "#5c4a00", "foreign company", "зарубежное предприятие"},
    {"other", SHAPE_HEXAGON, 3.8, "#d7eef2", "#0a5566", "other organisation", "другая организация"},
};

static void write_marker(cn_buf *out, const cn__scheme *scheme, cn__marker marker, cn__point at, double scale) {
    double r = markers[marker].size * scale;
    cn__rect box = {at.x - r, at.y - r, at.x + r, at.y + r};
    cn__colour border = cn__scheme_of(scheme, markers[marker].border);
    cn__colour fill = cn__scheme_of(scheme, markers[marker].fill);
    cn__svg_stroke stroke = {border.text, fill.text, 1, "", scale};
    switch (markers[marker].shape) {
    case SHAPE_CIRCLE:
        cn__svg_shape(out, CN__SHAPE_STADIUM, false, box, &stroke);
        break;
    case SHAPE_SQUARE:
        cn__svg_shape(out, CN__SHAPE_BOX, false, box, &stroke);
        break;
    case SHAPE_HEXAGON:
        cn__svg_shape(out, CN__SHAPE_HEXAGON, false, box, &stroke);
        break;
    case SHAPE_DIAMOND:
        cn__svg_polygon(out, (cn__point[]){{at.x, box.top}, {box.right, at.y}, {at.x, box.bottom}, {box.left, at.y}}, 4,
                        &stroke);
        break;
    case SHAPE_TRIANGLE:
        cn__svg_polygon(out, (cn__point[]){{at.x, box.top}, {box.right, box.bottom}, {box.left, box.bottom}}, 3,
                        &stroke);
        break;
    }
}

static void write_segment(cn_buf *out, cn__point a, cn__point b, const char *colour, double width, const char *dash,
                          double scale) {
    cn_buf_add_text(out, "<path d=\"M");
    cn__add_fixed(out, a.x, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, a.y, 2);
    cn_buf_add_text(out, " L");
    cn__add_fixed(out, b.x, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, b.y, 2);
    cn_buf_add_text(out, "\"");
    cn__svg_stroke stroke = {colour, "none", width, dash, scale};
    cn__svg_stroke_attributes(out, &stroke);
    cn_buf_add_text(out, "/>\n");
}

/* ---- the picture ---- */

typedef struct writer {
    const cn__plot *plot;
    const cn__scene *scene;
    const cn__scheme *scheme;
    cn__point origin;
    double s;
    cn_buf *out;
} writer;

static const char *role(const writer *w, cn__role which) { return cn__scheme_role(w->scheme, which); }

static cn__point on_page(const writer *w, double x, double y) {
    return (cn__point){w->origin.x + x * w->s, w->origin.y + y * w->s};
}

static void write_text(const writer *w, double x, double y, const char *anchor, const char *fill, double size,
                       bool bold, const char *text) {
    cn__svg_font font = {size * w->s, bold, anchor, fill};
    cn__point at = on_page(w, x, y);
    cn__svg_text_line(w->out, at.x, at.y, &font, text, strlen(text), false);
}

static void write_box(const writer *w, cn__rect r, const char *fill) {
    cn__point a = on_page(w, r.left, r.top);
    cn__point b = on_page(w, r.right, r.bottom);
    cn__svg_stroke stroke = {role(w, CN__ROLE_AXIS), fill, 0.7, "", w->s};
    cn__svg_shape(w->out, CN__SHAPE_BOX, false, (cn__rect){a.x, a.y, b.x, b.y}, &stroke);
}

/* "0.05 %": as many decimals as the tick needs. */
static void format_tick(const writer *w, double value, cn_buf *out) {
    double percent = value * 100;
    int decimals = percent < 1 ? (int)ceil(-log10(percent) - 1e-9) : 0;
    cn_format_number(out, w->scene->lang, percent, decimals);
    cn_buf_add_text(out, w->scene->lang == CN_LANG_RU ? "\u00a0%" : "%");
}

static void write_axes(const writer *w) {
    const cn__plot *plot = w->plot;
    double left = plot->strip ? plot->aside.left : plot->area.left;
    for (uint32_t i = 0; i < plot->across.tick_count; i++) {
        double x = cn__plot_across(plot, plot->across.ticks[i]);
        cn_buf text = {0};
        format_tick(w, plot->across.ticks[i], &text);
        write_segment(w->out, on_page(w, x, plot->area.top), on_page(w, x, plot->area.bottom), role(w, CN__ROLE_GRID),
                      0.5, "", w->s);
        write_text(w, x, plot->area.bottom + 9, "middle", role(w, CN__ROLE_GREY), 6.6, false,
                   text.data ? text.data : "");
        w->out->failed |= text.failed;
        cn_buf_release(&text);
    }
    for (uint32_t i = 0; i < plot->up.tick_count; i++) {
        double y = cn__plot_up(plot, plot->up.ticks[i]);
        cn_buf text = {0};
        format_tick(w, plot->up.ticks[i], &text);
        write_segment(w->out, on_page(w, plot->area.left, y), on_page(w, plot->area.right, y), role(w, CN__ROLE_GRID),
                      0.5, "", w->s);
        write_text(w, left - 4, y + 2.3, "end", role(w, CN__ROLE_GREY), 6.6, false, text.data ? text.data : "");
        w->out->failed |= text.failed;
        cn_buf_release(&text);
    }
    write_text(w, (plot->area.left + plot->area.right) / 2, plot->area.bottom + 21, "middle", role(w, CN__ROLE_INK),
               7.6, true, cn__scene_text(w->scene, plot->across.words));
    write_text(w, 0, plot->area.top - 6, "start", role(w, CN__ROLE_INK), 7.6, true,
               cn__scene_text(w->scene, plot->up.words));
    if (plot->strip) {
        write_text(w, (plot->aside.left + plot->aside.right) / 2, plot->aside.bottom + 9, "middle",
                   role(w, CN__ROLE_GREY), 6.6, false, cn__scene_text(w->scene, plot->strip_words));
    }
}

static void write_diagonal(const writer *w) {
    const cn__plot *plot = w->plot;
    if (!plot->has_diagonal) {
        return;
    }
    cn_buf_add_text(w->out, "<g class=\"diagonal\">\n");
    write_segment(w->out, on_page(w, plot->diagonal[0].x, plot->diagonal[0].y),
                  on_page(w, plot->diagonal[1].x, plot->diagonal[1].y), role(w, CN__ROLE_GREY), 1, "5 2.5", w->s);
    write_text(w, plot->diagonal_label.left, plot->diagonal_label.bottom - 2, "start", role(w, CN__ROLE_GREY),
               CN__PLOT_LABEL_SIZE, false, cn__scene_text(w->scene, plot->diagonal_words));
    cn_buf_add_text(w->out, "</g>\n");
}

static void write_point(const writer *w, const cn__plot_point *point) {
    cn_buf_add_text(w->out, "<g class=\"point point-");
    cn_buf_add_text(w->out, markers[point->marker].key);
    cn_buf_add_text(w->out, "\" id=\"p-");
    cn__format_u64(w->out, point->number);
    cn_buf_add_text(w->out, "\">\n");
    cn__svg_element(w->out, "title", cn__scene_text(w->scene, point->title));
    cn__svg_element(w->out, "desc", cn__scene_text(w->scene, point->desc));
    write_marker(w->out, w->scheme, point->marker, on_page(w, point->at.x, point->at.y), w->s);
    cn_buf_add_text(w->out, "</g>\n");
}

static void write_leader(const writer *w, const cn__plot_point *point) {
    cn__point end = {fmin(fmax(point->at.x, point->label.left), point->label.right),
                     fmin(fmax(point->at.y, point->label.top), point->label.bottom)};
    write_segment(w->out, on_page(w, point->at.x, point->at.y), on_page(w, end.x, end.y), role(w, CN__ROLE_AXIS), 0.5,
                  "", w->s);
}

static void write_label(const writer *w, const cn__plot_point *point) {
    cn_buf_add_text(w->out, "<g class=\"point-label\">\n");
    write_text(w, (point->label.left + point->label.right) / 2, point->label.bottom - 2, "middle",
               role(w, CN__ROLE_INK), CN__PLOT_LABEL_SIZE, false, cn__scene_text(w->scene, point->name));
    cn_buf_add_text(w->out, "</g>\n");
}

void cn__plot_write(const cn__plot *plot, const cn__scene *scene, cn__point origin, double scale, cn_buf *out) {
    writer w = {plot, scene, cn__scene_scheme(scene), origin, scale, out};
    cn_buf_add_text(out, "<g class=\"plot\">\n");
    write_box(&w, plot->area, role(&w, CN__ROLE_PANEL));
    if (plot->strip) {
        write_box(&w, plot->aside, role(&w, CN__ROLE_BAND));
    }
    write_axes(&w);
    write_diagonal(&w);
    for (size_t i = 0; i < plot->count; i++) {
        if (plot->points[i].labelled && plot->points[i].leader) {
            write_leader(&w, &plot->points[i]);
        }
    }
    for (size_t i = plot->count; i > 0; i--) { /* those that matter most on top */
        write_point(&w, &plot->points[i - 1]);
    }
    for (size_t i = 0; i < plot->count; i++) {
        if (plot->points[i].labelled) {
            write_label(&w, &plot->points[i]);
        }
    }
    cn_buf_add_text(out, "</g>\n");
}

/* ---- legend ---- */

static void draw_marker(cn_buf *out, const cn__scene *scene, cn__point centre, uint32_t marker, double scale) {
    write_marker(out, cn__scene_scheme(scene), (cn__marker)marker, centre, 0.95 * scale);
}

static void draw_diagonal(cn_buf *out, const cn__scene *scene, cn__point centre, uint32_t row, double scale) {
    (void)row;
    write_segment(out, (cn__point){centre.x - 9 * scale, centre.y + 3 * scale},
                  (cn__point){centre.x + 9 * scale, centre.y - 3 * scale},
                  cn__scheme_role(cn__scene_scheme(scene), CN__ROLE_GREY), 1, "5 2.5", scale);
}

void cn__plot_legend(const cn__plot *plot, cn_lang lang, cn__legend *legend) {
    bool used[CN__MARKER_COUNT] = {false};
    for (size_t i = 0; i < plot->count; i++) {
        used[plot->points[i].marker] = true;
    }
    for (uint32_t i = 0; i < CN__MARKER_COUNT; i++) {
        if (used[i]) {
            cn__legend_entry entry = {.sample = CN__SAMPLE_DRAWN, .style = i, .draw = draw_marker};
            cn__legend_add(legend, entry, lang == CN_LANG_RU ? markers[i].ru : markers[i].en);
        }
    }
    if (plot->has_diagonal) {
        cn__legend_entry entry = {.sample = CN__SAMPLE_DRAWN, .draw = draw_diagonal};
        cn__legend_add(legend, entry, cn__draw_text(CN__TEXT_LEGEND_DIAGONAL, lang));
    }
}
