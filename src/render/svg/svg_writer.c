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

#include "mark.h"
#include "plot.h"
#include "svg_sheet.h"

#define LABEL_CELLS 256 /* places tried for the name of a group */
#define LABEL_WEIGHT 3  /* points of lines that a label counts for */

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
    double edge = fmin(middle, w->page->width - middle) - w->page->margin / 2;
    return fmin(edge, (box.right - box.left) / 2 + reach - 1);
}

/* A heading that is too long for its column stands on two lines; false: it is not. */
static bool write_long_heading(cn__sheet *w, const char *text, cn__rect box, double reach) {
    cn__wrap wrap;
    double z = w->page->zoom;
    double room = fmax(box.right - box.left - 6, fmin(1.9 * reach, box.right - box.left));
    cn__svg_font font = {8 * z, true, "middle", cn__sheet_colour(w, CN__ROLE_INK)};
    if (cn__font_width(text, strlen(text), true, font.size) * 0.85 <= fmin(room, 2 * reach)) {
        return false;
    }
    do { /* nothing on a sheet is smaller than its foot, which may also reach a little further than the column */
        font.size = fmax(font.size - 0.5 * z, CN__FOOT_SIZE * z);
        cn__wrap_text(text, 2, room, true, font.size, &wrap);
    } while (wrap.count && wrap.lines[wrap.count - 1].cut && font.size > CN__FOOT_SIZE * z);
    for (size_t i = 0; i < wrap.count; i++) {
        cn__svg_text_line(w->out, (box.left + box.right) / 2, box.top + (9 + 8.2 * (double)i) * z, &font,
                          text + wrap.lines[i].start, wrap.lines[i].len, wrap.lines[i].cut);
    }
    return true;
}

/* A heading is smaller where its column is narrow; what fits not even then is left out, but for the first line. */
static void write_heading(cn__sheet *w, uint32_t index, cn__rect box) {
    const cn__scene_column *column = &w->scene->columns[index];
    double reach = heading_reach(w, index, box);
    double z = w->page->zoom;
    if (column->line_count == 1 && write_long_heading(w, cn__sheet_text(w, column->lines[0]), box, reach)) {
        return;
    }
    for (uint32_t j = 0; j < column->line_count; j++) {
        cn__svg_font font = {(j ? 6.8 : 8) * z, j == 0, "middle",
                             cn__sheet_colour(w, j ? CN__ROLE_GREY : CN__ROLE_INK)};
        const char *text = cn__sheet_text(w, column->lines[j]);
        double width = cn__font_width(text, strlen(text), font.bold, font.size);
        double room = fmax(box.right - box.left - 4, fmin(2 * reach, width * 0.85));
        font.size = fmax(font.size * fmin(1, room / width), CN__FOOT_SIZE * z); /* nothing on a sheet is smaller */
        if (j == 0 || cn__font_width(text, strlen(text), font.bold, font.size) <= 2 * reach) {
            cn__svg_text_line(w->out, (box.left + box.right) / 2, box.top + (9 + 8.2 * j) * z, &font, text,
                              strlen(text), false);
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
        box =
            (cn__rect){box.left - pad, box.top - CN__HEADING_HEIGHT * w->page->zoom, box.right + pad, box.bottom + pad};
        cn__sheet_open(w, "column", NULL);
        cn_buf_add_text(w->out, ">\n");
        cn__svg_stroke band = {"none", cn__sheet_colour(w, CN__ROLE_BAND), 0, "", 1};
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
    const cn__coat *coat = &w->scheme->groups[group->style];
    cn__svg_stroke stroke = {coat->line.text, coat->fill.text, look->width, look->dash, s};
    cn__rect box = cn__sheet_rect(w, w->layout->groups[index]);
    cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &stroke);
    cn__sheet_close(w);
}

/* Labels of lines that stand in a band: to cover one is worse than to cross lines. */
static void add_labels_in(const cn__sheet *w, cn__rect band, uint32_t *cells, size_t count) {
    for (size_t i = 0; i < w->scene->link_count; i++) {
        const cn__scene_link *link = &w->scene->links[i];
        const cn__layout_link *place = &w->layout->links[i];
        double half = link->label_height / 2;
        if (!place->has_label || place->label.y + half < band.top || place->label.y - half > band.bottom) {
            continue;
        }
        double cell = (band.right - band.left) / (double)count;
        double left = place->label.x - link->lane / 2 - link->label_width / 2;
        double first = floor((left - band.left) / cell);
        double last = ceil((left + link->label_width - band.left) / cell);
        for (double at = fmax(first, 0); at <= last && at < (double)count; at++) {
            cells[(size_t)at] += LABEL_WEIGHT;
        }
    }
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
    add_labels_in(w, strip, cells, LABEL_CELLS);
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
    const cn__coat *coat = &w->scheme->groups[group->style];
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
    cn__svg_attribute(w->out, "fill", coat->fill.text);
    cn_buf_add_text(w->out, "/>\n");
    cn__svg_font font = {CN__GROUP_SIZE * s, true, "start", coat->line.text};
    const char *text = cn__sheet_text(w, group->label);
    cn__svg_text_line(w->out, left, top + CN__GROUP_SIZE * s, &font, text, strlen(text), false);
    const char *small = cn__sheet_text(w, group->small_label);
    if (small[0]) {
        cn__svg_font small_font = {CN__SMALL_SIZE * s, false, "start", coat->line.text};
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
    const cn__coat *coat = &w->scheme->nodes[node->style];
    cn__svg_stroke stroke = {coat->line.text, coat->fill.text, look->width, look->dash, s};
    if (node->pale) {
        stroke.colour = cn__sheet_colour(w, CN__ROLE_PALE_LINE);
        stroke.fill = cn__sheet_colour(w, CN__ROLE_PALE_FILL);
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
                             cn__sheet_colour(w, node->pale ? CN__ROLE_PALE_INK
                                                 : name     ? CN__ROLE_INK
                                                            : CN__ROLE_SOFT)};
        const char *text = cn__sheet_text(w, node->lines[i]);
        double step = name ? CN__NAME_SIZE * 1.15 : CN__SMALL_SIZE * 1.2;
        cn__svg_text_line(w->out, (box.left + box.right) / 2, y + (step * 0.5 + size * 0.36) * s, &font, text,
                          strlen(text), false);
        y += step * s;
    }
    cn__mark_write_node(w->out, w->scene, node, box, s);
    if (node->cycle) {
        cn__sheet_badge(w, (cn__point){box.right + 1.5 * s, box.top - 0.5 * s}, s, node->cycle);
    }
    cn__sheet_close(w);
}

bool cn__svg_write(const cn__scene *scene, const cn__layout *layout, const cn__page *page, const cn__legend *legend,
                   cn_buf *out) {
    cn__sheet w = {scene, layout, page, legend, cn__scene_scheme(scene), out, {0}};
    cn__sheet_begin(&w);
    cn__sheet_title(&w);
    if (scene->backdrop) {
        cn__sheet_backdrop(&w);
    }
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
    cn__sheet_foot(&w);
    cn_buf_add_text(out, "</svg>\n");
    cn__strmap_release(&w.ids);
    return !out->failed;
}
