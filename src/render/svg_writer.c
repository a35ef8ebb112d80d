/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SVG writer: page, title, columns, groups, links, nodes, legend and foot, in this order of painting. Every thing of
 * the network is a <g> with a class, a stable id made from the entity's id, its full name as <title> and its facts in
 * words as <desc>. No scripts, no style sheets, no markers, no external references: what office programs, browsers and
 * librsvg all understand. The same scene and layout give the same bytes. Cost: linear.
 */
#include "svg_writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw_text.h"
#include "number.h"
#include "strmap.h"
#include "svg_part.h"

#define INK "#1a1a1a"
#define GREY "#555555"
#define PALE_INK "#666666"

typedef struct writer {
    const cn__scene *scene;
    const cn__layout *layout;
    const cn__page *page;
    const cn__legend *legend;
    cn_buf *out;
    cn__strmap ids; /* those given */
} writer;

static const char *text_of(const writer *w, uint32_t text) { return cn__scene_text(w->scene, text); }

static cn__point on_page(const writer *w, cn__point p) {
    return (cn__point){w->page->origin.x + p.x * w->page->scale, w->page->origin.y + p.y * w->page->scale};
}

static cn__rect rect_on_page(const writer *w, cn__rect r) {
    cn__point a = on_page(w, (cn__point){r.left, r.top});
    cn__point b = on_page(w, (cn__point){r.right, r.bottom});
    return (cn__rect){a.x, a.y, b.x, b.y};
}

/* An id attribute: "n-" and the text with everything but ASCII letters, digits, - . _ made _; numbered when taken. */
static void add_id(writer *w, const char *prefix, const char *id) {
    cn_buf name = {0};
    cn_buf_add_text(&name, prefix);
    for (const char *c = id; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-' ||
                     *c == '.' || *c == '_';
        cn_buf_add(&name, plain ? c : "_", 1);
    }
    size_t stem = name.len;
    for (uint64_t n = 2; name.data && cn__strmap_find(&w->ids, name.data, name.len) != CN_NONE; n++) {
        name.len = stem;
        cn_buf_add_text(&name, "-");
        cn__format_u64(&name, n);
    }
    if (name.failed || !name.data || !cn__strmap_add(&w->ids, name.data, name.len, 1, NULL)) {
        w->out->failed = true;
    } else {
        cn__svg_attribute(w->out, "id", name.data);
    }
    cn_buf_release(&name);
}

static void add_title_desc(writer *w, uint32_t title, uint32_t desc) {
    cn__svg_element(w->out, "title", text_of(w, title));
    cn__svg_element(w->out, "desc", text_of(w, desc));
}

static void open_group(writer *w, const char *class, const char *variant) {
    cn_buf_add_text(w->out, "<g class=\"");
    cn_buf_add_text(w->out, class);
    if (variant) {
        cn_buf_add_text(w->out, " ");
        cn_buf_add_text(w->out, class);
        cn_buf_add_text(w->out, "-");
        cn_buf_add_text(w->out, variant);
    }
    cn_buf_add_text(w->out, "\"");
}

static void close_group(writer *w) { cn_buf_add_text(w->out, "</g>\n"); }

static void write_head(writer *w) {
    cn_buf *out = w->out;
    cn_buf_add_text(out,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    cn__add_fixed(out, w->page->width_mm, 2);
    cn_buf_add_text(out, "mm\" height=\"");
    cn__add_fixed(out, w->page->height_mm, 2);
    cn_buf_add_text(out, "mm\" viewBox=\"0 0 ");
    cn__add_fixed(out, w->page->width, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, w->page->height, 2);
    cn_buf_add_text(out, "\" role=\"img\" aria-labelledby=\"picture-title picture-desc\" class=\"coopnet view-");
    cn_buf_add_text(out, w->scene->view);
    cn_buf_add_text(out, " paper-");
    cn_buf_add_text(out, w->page->paper);
    cn_buf_add_text(out, "\" xml:lang=\"");
    cn_buf_add_text(out, w->scene->lang == CN_LANG_RU ? "ru" : "en");
    cn_buf_add_text(out, "\" font-family=\"" CN__FONT_FAMILY "\">\n<title id=\"picture-title\">");
    cn__svg_escape(out, text_of(w, w->scene->title));
    cn_buf_add_text(out, "</title>\n<desc id=\"picture-desc\">");
    cn__svg_escape(out, text_of(w, w->scene->subtitle));
    cn_buf_add_text(out, ". ");
    cn_buf boxes = {0};
    cn_buf lines = {0};
    cn__format_u64(&boxes, w->scene->node_count);
    cn__format_u64(&lines, w->scene->link_count);
    cn__draw_text_2(out, CN__TEXT_PICTURE_DESC, w->scene->lang, boxes.data ? boxes.data : "",
                    lines.data ? lines.data : "");
    out->failed |= boxes.failed || lines.failed;
    cn_buf_release(&boxes);
    cn_buf_release(&lines);
    cn_buf_add_text(out, "</desc>\n<rect class=\"paper\" width=\"");
    cn__add_fixed(out, w->page->width, 2);
    cn_buf_add_text(out, "\" height=\"");
    cn__add_fixed(out, w->page->height, 2);
    cn_buf_add_text(out, "\" fill=\"#ffffff\"/>\n");
}

static void write_lines(writer *w, const cn__wrap *lines, const char *text, double x, double top, double step,
                        const cn__svg_font *font) {
    for (size_t i = 0; i < lines->count; i++) {
        const cn__wrap_line *line = &lines->lines[i];
        cn__svg_text_line(w->out, x, top + font->size * 0.93 + (double)i * step, font, text + line->start, line->len,
                          line->cut);
    }
}

static void write_title(writer *w) {
    const cn__page *page = w->page;
    open_group(w, "heading", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_font font = {CN__TITLE_SIZE, true, "start", INK};
    write_lines(w, &page->title_lines, text_of(w, w->scene->title), page->title.x, page->title.y, CN__TITLE_SIZE * 1.2,
                &font);
    double top = page->title.y + (double)page->title_lines.count * CN__TITLE_SIZE * 1.2;
    cn__svg_font small = {CN__SUBTITLE_SIZE, false, "start", GREY};
    write_lines(w, &page->subtitle_lines, text_of(w, w->scene->subtitle), page->title.x, top, CN__SUBTITLE_SIZE * 1.25,
                &small);
    close_group(w);
}

/* The rectangle round the nodes of a column. False: it has none. */
static bool column_box(const writer *w, uint32_t column, cn__rect *box) {
    bool any = false;
    for (size_t i = 0; i < w->scene->node_count; i++) {
        if (w->scene->nodes[i].column == column) {
            cn__rect r = w->layout->nodes[i];
            box->left = any ? fmin(box->left, r.left) : r.left;
            box->right = any ? fmax(box->right, r.right) : r.right;
            any = true;
        }
    }
    *box = rect_on_page(w, (cn__rect){box->left, 0, box->right, w->layout->height});
    return any;
}

static void write_columns(writer *w) {
    for (uint32_t i = 0; i < w->scene->column_count; i++) {
        const cn__scene_column *column = &w->scene->columns[i];
        cn__rect box = {0};
        if (!column_box(w, i, &box)) {
            continue;
        }
        double pad = CN__BAND_PAD * w->page->scale;
        box = (cn__rect){box.left - pad, box.top - CN__HEADING_HEIGHT, box.right + pad, box.bottom + pad};
        open_group(w, "column", NULL);
        cn_buf_add_text(w->out, ">\n");
        cn__svg_stroke band = {"none", "#f4f6f8", 0, "", 1};
        cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &band);
        for (uint32_t j = 0; j < column->line_count; j++) {
            cn__svg_font font = {j ? 6.8 : 8, j == 0, "middle", j ? GREY : INK};
            const char *text = text_of(w, column->lines[j]);
            cn__svg_text_line(w->out, (box.left + box.right) / 2, box.top + 9 + 8.2 * j, &font, text, strlen(text),
                              false);
        }
        close_group(w);
    }
}

static void write_group(writer *w, uint32_t index) {
    const cn__scene_group *group = &w->scene->groups[index];
    const cn__group_look *look = cn__group_look_of(group->style);
    double s = w->page->scale;
    open_group(w, "group", look->key);
    add_id(w, "g-", text_of(w, group->id));
    cn_buf_add_text(w->out, ">\n");
    add_title_desc(w, group->title, group->desc);
    cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, s};
    cn__rect box = rect_on_page(w, w->layout->groups[index]);
    cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &stroke);
    close_group(w);
}

/* The name of a group, on a ground of its own, above the lines that pass. */
static void write_group_label(writer *w, uint32_t index) {
    const cn__scene_group *group = &w->scene->groups[index];
    const cn__group_look *look = cn__group_look_of(group->style);
    double s = w->page->scale;
    cn__point label = on_page(w, w->layout->group_labels[index]);
    double width = group->label_width * s;
    double height = group->label_height * s;
    double left = label.x - width / 2 + 2 * s;
    double top = label.y - height / 2;
    cn_buf_add_text(w->out, "<g class=\"group-label\">\n<rect");
    cn__svg_number(w->out, "x", left - 2 * s);
    cn__svg_number(w->out, "y", top);
    cn__svg_number(w->out, "width", width);
    cn__svg_number(w->out, "height", height);
    cn__svg_attribute(w->out, "fill", look->fill);
    cn_buf_add_text(w->out, " fill-opacity=\"0.8\"/>\n");
    cn__svg_font font = {CN__GROUP_SIZE * s, true, "start", look->border};
    const char *text = text_of(w, group->label);
    cn__svg_text_line(w->out, left, top + CN__GROUP_SIZE * s, &font, text, strlen(text), false);
    const char *small = text_of(w, group->small_label);
    if (small[0]) {
        cn__svg_font small_font = {CN__SMALL_SIZE * s, false, "start", look->border};
        cn__svg_text_line(w->out, left, top + (CN__GROUP_SIZE * 1.2 + CN__SMALL_SIZE) * s, &small_font, small,
                          strlen(small), false);
    }
    close_group(w);
}

static void add_point(cn_buf *out, cn__point p) {
    cn__add_fixed(out, p.x, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, p.y, 2);
}

/* The left edge of the column that a node stands in. */
static double column_left(const writer *w, uint32_t column) {
    double left = HUGE_VAL;
    for (size_t i = 0; i < w->scene->node_count; i++) {
        if (w->scene->nodes[i].column == column) {
            left = fmin(left, w->layout->nodes[i].left);
        }
    }
    return left;
}

/*
 * A link inside a column as an arc at the column's left. The layout leads such links far round its labels; neighbours,
 * which it joins by a straight line, stay as they are. `points` takes the arc and its tip.
 */
static bool arc_inside(const writer *w, const cn__scene_link *link, const cn__layout_link *place, cn__point points[5]) {
    cn__rect from = w->layout->nodes[link->from];
    cn__rect to = w->layout->nodes[link->to];
    double gap = fmax(to.top - from.bottom, from.top - to.bottom);
    if (!link->inside || place->arrow_at_start || (gap < 22 && place->count == 5)) {
        return false;
    }
    double from_y = (from.top + from.bottom) / 2;
    double to_y = (to.top + to.bottom) / 2;
    double down = to_y > from_y ? 1 : -1;
    double length = cn__arrow_length(cn__link_look_of(link->style)->arrow, link->width);
    double bulge = fmin(14 + 0.1 * fabs(to_y - from_y), 34);
    double x = column_left(w, w->scene->nodes[link->from].column) - bulge;
    points[0] = (cn__point){from.left, from_y + 2.5 * down};
    points[1] = (cn__point){x, from_y + 2.5 * down};
    points[2] = (cn__point){x, to_y - 2.5 * down};
    points[3] = (cn__point){to.left - length, to_y - 2.5 * down};
    points[4] = (cn__point){to.left, to_y - 2.5 * down};
    return true;
}

/* The curve of a link and its arrowheads. */
static void write_curve(writer *w, const cn__scene_link *link, const cn__layout_link *place) {
    const cn__link_look *look = cn__link_look_of(link->style);
    const cn__point *points = w->layout->points + place->start;
    size_t count = place->count;
    cn__point arc[5];
    if (arc_inside(w, link, place, arc)) {
        points = arc;
        count = 5;
    }
    size_t first = place->arrow_at_start ? 1 : 0;
    size_t last = count - 1 - (place->arrow_at_end ? 1 : 0);
    cn_buf *out = w->out;
    cn_buf_add_text(out, "<path d=\"M");
    add_point(out, on_page(w, points[first]));
    for (size_t i = first + 1; i + 2 <= last; i += 3) {
        cn_buf_add_text(out, " C");
        add_point(out, on_page(w, points[i]));
        cn_buf_add_text(out, " ");
        add_point(out, on_page(w, points[i + 1]));
        cn_buf_add_text(out, " ");
        add_point(out, on_page(w, points[i + 2]));
    }
    cn_buf_add_text(out, "\"");
    cn__svg_stroke stroke = {look->colour, "none", link->width, link->planned ? "4 2.5" : look->dash, w->page->scale};
    cn__svg_stroke_attributes(out, &stroke);
    if (link->planned) {
        cn__svg_attribute(out, "stroke-opacity", "0.65");
    }
    cn_buf_add_text(out, "/>\n");
    if (place->arrow_at_end) {
        cn__svg_arrow(out, look->arrow, on_page(w, points[last]), on_page(w, points[count - 1]), look->colour);
    }
    if (place->arrow_at_start) {
        cn__svg_arrow(out, look->arrow, on_page(w, points[first]), on_page(w, points[0]), look->colour);
    }
}

static void write_link_label(writer *w, const cn__scene_link *link, const cn__layout_link *place) {
    double s = w->page->scale;
    cn__point centre = on_page(w, place->label);
    double height = (link->label_height - link->width - 2) * s;
    double width = (link->label_width - 2) * s;
    cn_buf_add_text(w->out, "<g class=\"link-label\">\n<rect");
    cn__svg_number(w->out, "x", centre.x - width / 2);
    cn__svg_number(w->out, "y", centre.y - height / 2 + 1.2 * s); /* from the capitals' top to the descenders */
    cn__svg_number(w->out, "width", width);
    cn__svg_number(w->out, "height", height - 1.6 * s);
    cn_buf_add_text(w->out, " fill=\"#ffffff\" fill-opacity=\"0.7\"/>\n");
    cn__svg_font font = {CN__SMALL_SIZE * s, link->route != 0, "middle", cn__link_look_of(link->style)->colour};
    if (link->style == CN__LINK_SUPPLY || link->style == CN__LINK_INSIDE) {
        font.fill = INK;
    }
    for (uint32_t i = 0; i < link->line_count; i++) {
        const char *text = text_of(w, link->lines[i]);
        double baseline = centre.y - height / 2 + CN__SMALL_SIZE * s * (0.93 + 1.2 * i);
        cn__svg_text_line(w->out, centre.x, baseline, &font, text, strlen(text), false);
        font.bold = false;
    }
    close_group(w);
}

static void write_link(writer *w, size_t index) {
    const cn__scene_link *link = &w->scene->links[index];
    const cn__layout_link *place = &w->layout->links[index];
    if (place->count == 0) {
        return;
    }
    open_group(w, "link", cn__link_look_of(link->style)->key);
    add_id(w, "l-", text_of(w, link->id));
    cn_buf_add_text(w->out, ">\n");
    add_title_desc(w, link->title, link->desc);
    write_curve(w, link, place);
    close_group(w);
}

/* Labels come after all lines, so that a line that passes does not strike them out. */
static void write_link_labels(writer *w) {
    for (size_t i = 0; i < w->scene->link_count; i++) {
        const cn__layout_link *place = &w->layout->links[i];
        if (place->count > 0 && place->has_label && w->scene->links[i].line_count > 0) {
            write_link_label(w, &w->scene->links[i], place);
        }
    }
}

static void write_badge(writer *w, cn__point centre, double scale, uint32_t number) {
    cn_buf_add_text(w->out, "<circle class=\"badge\"");
    cn__svg_number(w->out, "cx", centre.x);
    cn__svg_number(w->out, "cy", centre.y);
    cn__svg_number(w->out, "r", 4.6 * scale);
    cn__svg_stroke stroke = {"#b8390e", "#ffffff", 1, "", scale};
    cn__svg_stroke_attributes(w->out, &stroke);
    cn_buf_add_text(w->out, "/>\n");
    cn_buf text = {0};
    cn__format_u64(&text, number);
    cn__svg_font font = {CN__SMALL_SIZE * scale, true, "middle", "#b8390e"};
    cn__svg_text_line(w->out, centre.x, centre.y + 2.3 * scale, &font, text.data ? text.data : "", text.len, false);
    w->out->failed |= text.failed;
    cn_buf_release(&text);
}

static void write_node(writer *w, size_t index) {
    const cn__scene_node *node = &w->scene->nodes[index];
    const cn__node_look *look = cn__node_look_of(node->style);
    double s = w->page->scale;
    cn__rect box = rect_on_page(w, w->layout->nodes[index]);
    open_group(w, "node", look->key);
    add_id(w, "n-", text_of(w, node->id));
    cn_buf_add_text(w->out, ">\n");
    add_title_desc(w, node->title, node->desc);
    cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, s};
    if (node->pale) {
        stroke.colour = "#999999";
        stroke.fill = "#fcfcfc";
    }
    cn__svg_shape(w->out, look->shape, look->twice, box, &stroke);
    double sides, above, below;
    cn__shape_padding(look->shape, &sides, &above, &below);
    double y = box.top + above * s;
    for (uint32_t i = 0; i < node->line_count; i++) {
        bool name = i < node->name_lines;
        double size = name ? CN__NAME_SIZE : CN__SMALL_SIZE;
        cn__svg_font font = {size * s, name && node->bold, "middle", node->pale ? PALE_INK : name ? INK : "#333333"};
        const char *text = text_of(w, node->lines[i]);
        double step = name ? CN__NAME_SIZE * 1.15 : CN__SMALL_SIZE * 1.2;
        cn__svg_text_line(w->out, (box.left + box.right) / 2, y + (step * 0.5 + size * 0.36) * s, &font, text,
                          strlen(text), false);
        y += step * s;
    }
    if (node->cycle) {
        write_badge(w, (cn__point){box.right - s, box.top + s}, s, node->cycle);
    }
    close_group(w);
}

static void write_sample(writer *w, const cn__legend_entry *entry, cn__point left) {
    double middle = left.y - CN__LEGEND_SIZE * 0.36;
    cn__rect box = {left.x + 2, middle - 4, left.x + CN__LEGEND_SAMPLE - 2, middle + 4};
    if (entry->sample == CN__SAMPLE_GROUP) {
        const cn__group_look *look = cn__group_look_of((cn__group_style)entry->style);
        cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, 0.8};
        cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_NODE) {
        const cn__node_look *look = cn__node_look_of((cn__node_style)entry->style);
        cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, 0.8};
        cn__svg_shape(w->out, look->shape, look->twice, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_PALE) {
        cn__svg_stroke stroke = {"#999999", "#fcfcfc", 0.8, "", 0.8};
        cn__svg_shape(w->out, CN__SHAPE_BOX, false, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_CYCLE) {
        write_badge(w, (cn__point){(box.left + box.right) / 2, middle}, 0.85, 1);
    } else {
        const cn__link_look *look = cn__link_look_of((cn__link_style)entry->style);
        cn__arrow arrow = entry->plain ? CN__ARROW_NONE : look->arrow;
        double length = fmin(cn__arrow_length(arrow, entry->width), 9);
        cn_buf_add_text(w->out, "<path d=\"M");
        add_point(w->out, (cn__point){left.x, middle});
        cn_buf_add_text(w->out, " L");
        add_point(w->out, (cn__point){left.x + CN__LEGEND_SAMPLE - length, middle});
        cn_buf_add_text(w->out, "\"");
        cn__svg_stroke stroke = {look->colour, "none", entry->width, entry->planned ? "4 2.5" : look->dash, 1};
        cn__svg_stroke_attributes(w->out, &stroke);
        if (entry->planned) {
            cn__svg_attribute(w->out, "stroke-opacity", "0.65");
        }
        cn_buf_add_text(w->out, "/>\n");
        cn__svg_arrow(w->out, arrow, (cn__point){left.x + CN__LEGEND_SAMPLE - length, middle},
                      (cn__point){left.x + CN__LEGEND_SAMPLE, middle}, look->colour);
    }
}

static void write_legend(writer *w) {
    const cn__legend *legend = w->legend;
    if (legend->count == 0) {
        return;
    }
    cn__point at = w->page->legend;
    open_group(w, "legend", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_stroke frame = {"#bbbbbb", "#ffffff", 0.5, "", 1};
    cn__rect box = {at.x - 6, at.y - 6, at.x + legend->width + 6, at.y + legend->height + 4};
    cn__svg_shape(w->out, CN__SHAPE_BOX, false, box, &frame);
    cn__svg_font bold = {CN__LEGEND_SIZE + 0.6, true, "start", INK};
    const char *title = cn__draw_text(CN__TEXT_LEGEND, w->scene->lang);
    cn__svg_text_line(w->out, at.x, at.y + 6, &bold, title, strlen(title), false);
    cn__svg_font font = {CN__LEGEND_SIZE, false, "start", INK};
    for (size_t i = 0; i < legend->count; i++) {
        const cn__legend_entry *entry = &legend->entries[i];
        cn__point left = {at.x + entry->x, at.y + entry->y + 7.5};
        open_group(w, "legend-entry", NULL);
        cn_buf_add_text(w->out, ">\n");
        write_sample(w, entry, left);
        cn__svg_text_line(w->out, left.x + CN__LEGEND_SAMPLE + 4, left.y, &font, entry->text, strlen(entry->text),
                          false);
        close_group(w);
    }
    close_group(w);
}

static void write_foot(writer *w) {
    const cn__page *page = w->page;
    double step = CN__FOOT_SIZE * 1.25;
    cn__svg_font font = {CN__FOOT_SIZE, false, "start", GREY};
    open_group(w, "foot", NULL);
    cn_buf_add_text(w->out, ">\n");
    write_lines(w, &page->foot_notes, text_of(w, w->scene->notes), CN__PAGE_MARGIN, page->foot, step, &font);
    write_lines(w, &page->foot_source, text_of(w, w->scene->source), CN__PAGE_MARGIN,
                page->foot + (double)page->foot_notes.count * step, step, &font);
    close_group(w);
}

bool cn__svg_write(const cn__scene *scene, const cn__layout *layout, const cn__page *page, const cn__legend *legend,
                   cn_buf *out) {
    writer w = {scene, layout, page, legend, out, {0}};
    write_head(&w);
    write_title(&w);
    write_columns(&w);
    for (uint32_t i = 0; i < scene->group_count; i++) {
        write_group(&w, i);
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        write_link(&w, i);
    }
    for (uint32_t i = 0; i < scene->group_count; i++) {
        write_group_label(&w, i);
    }
    write_link_labels(&w);
    for (size_t i = 0; i < scene->node_count; i++) {
        write_node(&w, i);
    }
    write_legend(&w);
    write_foot(&w);
    cn_buf_add_text(out, "</svg>\n");
    cn__strmap_release(&w.ids);
    return !out->failed;
}
