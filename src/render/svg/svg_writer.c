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
#include "mark.h"
#include "number.h"
#include "plot.h"
#include "svg_sheet.h"

#define PALE_INK "#666666"
#define LABEL_CELLS 256 /* places tried for the name of a group */

static void write_head(cn__sheet *w) {
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
    cn__svg_escape(out, cn__sheet_text(w, w->scene->title));
    cn_buf_add_text(out, "</title>\n<desc id=\"picture-desc\">");
    cn__svg_escape(out, cn__sheet_text(w, w->scene->subtitle));
    cn_buf_add_text(out, ". ");
    cn_buf boxes = {0};
    cn_buf lines = {0};
    cn__format_u64(&boxes, w->scene->plot ? cn__plot_count(w->scene->plot) : w->scene->node_count);
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

static void write_lines(cn__sheet *w, const cn__wrap *lines, const char *text, double x, double top, double step,
                        const cn__svg_font *font) {
    for (size_t i = 0; i < lines->count; i++) {
        const cn__wrap_line *line = &lines->lines[i];
        cn__svg_text_line(w->out, x, top + font->size * 0.93 + (double)i * step, font, text + line->start, line->len,
                          line->cut);
    }
}

static void write_title(cn__sheet *w) {
    const cn__page *page = w->page;
    cn__sheet_open(w, "heading", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_font font = {CN__TITLE_SIZE, true, "start", CN__INK};
    write_lines(w, &page->title_lines, cn__sheet_text(w, w->scene->title), page->title.x, page->title.y,
                CN__TITLE_SIZE * 1.2, &font);
    double top = page->title.y + (double)page->title_lines.count * CN__TITLE_SIZE * 1.2;
    cn__svg_font small = {CN__SUBTITLE_SIZE, false, "start", CN__GREY};
    write_lines(w, &page->subtitle_lines, cn__sheet_text(w, w->scene->subtitle), page->title.x, top,
                CN__SUBTITLE_SIZE * 1.25, &small);
    cn__sheet_close(w);
}

/* The rectangle round the nodes of a column. False: it has none. */
static bool column_box(const cn__sheet *w, uint32_t column, cn__rect *box) {
    bool any = false;
    for (size_t i = 0; i < w->scene->node_count; i++) {
        if (w->scene->nodes[i].column == column) {
            cn__rect r = w->layout->nodes[i];
            box->left = any ? fmin(box->left, r.left) : r.left;
            box->right = any ? fmax(box->right, r.right) : r.right;
            any = true;
        }
    }
    *box = cn__sheet_rect(w, (cn__rect){box->left, 0, box->right, w->layout->height});
    return any;
}

/* How far a heading may reach from the middle of its column: to the middle of the gap on its narrower side. */
static double heading_reach(const cn__sheet *w, uint32_t column, cn__rect box) {
    double reach = HUGE_VAL;
    for (uint32_t i = 0; i < w->scene->column_count; i++) {
        cn__rect other = {0};
        if (i != column && column_box(w, i, &other)) {
            double gap = other.left > box.left ? other.left - box.right : box.left - other.right;
            reach = fmin(reach, gap / 2);
        }
    }
    double middle = (box.left + box.right) / 2;
    double edge = fmin(middle, w->page->width - middle) - CN__PAGE_MARGIN / 2;
    return fmin(edge, (box.right - box.left) / 2 + reach - 1);
}

/* A heading is smaller where its column is narrow; what fits not even then is left out, but for the first line. */
static void write_heading(cn__sheet *w, uint32_t index, cn__rect box) {
    const cn__scene_column *column = &w->scene->columns[index];
    double reach = heading_reach(w, index, box);
    for (uint32_t j = 0; j < column->line_count; j++) {
        cn__svg_font font = {j ? 6.8 : 8, j == 0, "middle", j ? CN__GREY : CN__INK};
        const char *text = cn__sheet_text(w, column->lines[j]);
        double width = cn__font_width(text, strlen(text), font.bold, font.size);
        double room = fmax(box.right - box.left - 4, fmin(2 * reach, width * 0.85));
        font.size *= fmax(fmin(1, room / width), j ? 0.8 : 0.6);
        if (j == 0 || cn__font_width(text, strlen(text), font.bold, font.size) <= 2 * reach) {
            cn__svg_text_line(w->out, (box.left + box.right) / 2, box.top + 9 + 8.2 * j, &font, text, strlen(text),
                              false);
        }
    }
}

static void write_columns(cn__sheet *w) {
    for (uint32_t i = 0; i < w->scene->column_count; i++) {
        cn__rect box = {0};
        if (!column_box(w, i, &box)) {
            continue;
        }
        double pad = CN__BAND_PAD * w->page->scale;
        box = (cn__rect){box.left - pad, box.top - CN__HEADING_HEIGHT, box.right + pad, box.bottom + pad};
        cn__sheet_open(w, "column", NULL);
        cn_buf_add_text(w->out, ">\n");
        cn__svg_stroke band = {"none", "#f4f6f8", 0, "", 1};
        cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &band);
        write_heading(w, i, box);
        cn__sheet_close(w);
    }
}

static void write_group(cn__sheet *w, uint32_t index) {
    const cn__scene_group *group = &w->scene->groups[index];
    const cn__group_look *look = cn__group_look_of(group->style);
    double s = w->page->scale;
    cn__sheet_open(w, "group", look->key);
    cn__sheet_id(w, "g-", cn__sheet_text(w, group->id));
    cn_buf_add_text(w->out, ">\n");
    cn__sheet_words(w, group->title, group->desc);
    cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, s};
    cn__rect box = cn__sheet_rect(w, w->layout->groups[index]);
    cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &stroke);
    cn__sheet_close(w);
}

/*
 * Where the name of a group stands: at the left end of the strip that the layout keeps free of boxes along the group's
 * upper edge; further to the right where fewer lines run through it.
 */
static double group_label_left(const cn__sheet *w, uint32_t index, double width, double height) {
    cn__rect box = w->layout->groups[index];
    cn__point centre = w->layout->group_labels[index];
    cn__rect strip = {centre.x - width / 2, centre.y - height / 2, box.right - 4, centre.y + height / 2};
    uint32_t cells[LABEL_CELLS];
    double cell = (strip.right - strip.left) / LABEL_CELLS;
    if (!(cell > 0) || width + cell > strip.right - strip.left) {
        return strip.left;
    }
    size_t need = (size_t)ceil(width / cell);
    size_t best = 0;
    uint64_t fewest = UINT64_MAX;
    cn__sheet_lines_in(w, strip, cells, LABEL_CELLS);
    for (size_t first = 0; first + need <= LABEL_CELLS; first++) {
        uint64_t lines = 0;
        for (size_t i = first; i < first + need; i++) {
            lines += cells[i];
        }
        if (lines < fewest) {
            fewest = lines;
            best = first;
        }
    }
    return strip.left + (double)best * cell;
}

/* The name of a group, on a ground of its own, above the lines that pass. */
static void write_group_label(cn__sheet *w, uint32_t index) {
    const cn__scene_group *group = &w->scene->groups[index];
    const cn__group_look *look = cn__group_look_of(group->style);
    double s = w->page->scale;
    double label_left = group_label_left(w, index, group->label_width, group->label_height);
    cn__point label = cn__sheet_point(w, (cn__point){label_left, w->layout->group_labels[index].y});
    double width = group->label_width * s;
    double height = group->label_height * s;
    double left = label.x + 2 * s;
    double top = label.y - height / 2;
    cn_buf_add_text(w->out, "<g class=\"group-label\">\n<rect");
    cn__svg_number(w->out, "x", label.x);
    cn__svg_number(w->out, "y", top);
    cn__svg_number(w->out, "width", width);
    cn__svg_number(w->out, "height", height);
    cn__svg_attribute(w->out, "fill", look->fill);
    cn_buf_add_text(w->out, "/>\n");
    cn__svg_font font = {CN__GROUP_SIZE * s, true, "start", look->border};
    const char *text = cn__sheet_text(w, group->label);
    cn__svg_text_line(w->out, left, top + CN__GROUP_SIZE * s, &font, text, strlen(text), false);
    const char *small = cn__sheet_text(w, group->small_label);
    if (small[0]) {
        cn__svg_font small_font = {CN__SMALL_SIZE * s, false, "start", look->border};
        cn__svg_text_line(w->out, left, top + (CN__GROUP_SIZE * 1.2 + CN__SMALL_SIZE) * s, &small_font, small,
                          strlen(small), false);
    }
    cn__sheet_close(w);
}

static void write_node(cn__sheet *w, size_t index) {
    const cn__scene_node *node = &w->scene->nodes[index];
    const cn__node_look *look = cn__node_look_of(node->style);
    double s = w->page->scale;
    cn__rect box = cn__sheet_rect(w, w->layout->nodes[index]);
    cn__sheet_open(w, "node", look->key);
    cn__sheet_id(w, "n-", cn__sheet_text(w, node->id));
    cn_buf_add_text(w->out, ">\n");
    cn__sheet_words(w, node->title, node->desc);
    cn__svg_stroke stroke = {look->border, look->fill, look->width, look->dash, s};
    if (node->pale) {
        stroke.colour = "#999999";
        stroke.fill = "#fcfcfc";
    }
    cn__svg_shape(w->out, look->shape, look->twice, box, &stroke);
    double sides, above, below;
    cn__shape_padding(look->shape, &sides, &above, &below);
    double lines =
        node->name_lines * CN__NAME_SIZE * 1.15 + (node->line_count - node->name_lines) * CN__SMALL_SIZE * 1.2;
    double spare = fmax(0, (node->height - lines - above - below - node->above - node->below) /
                               2); /* in a box made higher than its text */
    double y = box.top + (above + node->above + spare) * s;
    for (uint32_t i = 0; i < node->line_count; i++) {
        bool name = i < node->name_lines;
        double size = name ? CN__NAME_SIZE : CN__SMALL_SIZE;
        cn__svg_font font = {size * s, name && node->bold, "middle",
                             node->pale ? PALE_INK
                             : name     ? CN__INK
                                        : "#333333"};
        const char *text = cn__sheet_text(w, node->lines[i]);
        double step = name ? CN__NAME_SIZE * 1.15 : CN__SMALL_SIZE * 1.2;
        cn__svg_text_line(w->out, (box.left + box.right) / 2, y + (step * 0.5 + size * 0.36) * s, &font, text,
                          strlen(text), false);
        y += step * s;
    }
    cn__mark_write_node(w->out, w->scene->lang, node, box, s);
    if (node->cycle) {
        cn__sheet_badge(w, (cn__point){box.right + 1.5 * s, box.top - 0.5 * s}, s, node->cycle);
    }
    cn__sheet_close(w);
}

static void write_foot(cn__sheet *w) {
    const cn__page *page = w->page;
    double step = CN__FOOT_SIZE * 1.25;
    cn__svg_font font = {CN__FOOT_SIZE, false, "start", CN__GREY};
    cn__sheet_open(w, "foot", NULL);
    cn_buf_add_text(w->out, ">\n");
    write_lines(w, &page->foot_notes, cn__sheet_text(w, w->scene->notes), CN__PAGE_MARGIN, page->foot, step, &font);
    write_lines(w, &page->foot_source, cn__sheet_text(w, w->scene->source), CN__PAGE_MARGIN,
                page->foot + (double)page->foot_notes.count * step, step, &font);
    cn__sheet_close(w);
}

bool cn__svg_write(const cn__scene *scene, const cn__layout *layout, const cn__page *page, const cn__legend *legend,
                   cn_buf *out) {
    cn__sheet w = {scene, layout, page, legend, out, {0}};
    write_head(&w);
    write_title(&w);
    write_columns(&w);
    for (uint32_t i = 0; i < scene->group_count; i++) {
        write_group(&w, i);
    }
    cn__sheet_links(&w);
    for (uint32_t i = 0; i < scene->group_count; i++) {
        write_group_label(&w, i);
    }
    cn__sheet_link_labels(&w);
    for (size_t i = 0; i < scene->node_count; i++) {
        write_node(&w, i);
    }
    if (scene->plot) {
        cn__plot_write(scene->plot, scene, page->origin, page->scale, out);
    }
    cn__sheet_legend(&w);
    write_foot(&w);
    cn_buf_add_text(out, "</svg>\n");
    cn__strmap_release(&w.ids);
    return !out->failed;
}
