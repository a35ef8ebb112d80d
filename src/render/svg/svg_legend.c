/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The legend as SVG: a frame, and a sample with its words for every entry, where legend.c has placed it. Cost: linear
 * in the entries.
 */
#include "svg_sheet.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"

static void write_sample(cn__sheet *w, const cn__legend_entry *entry, cn__point left) {
    double z = w->page->legend_zoom;
    double middle = left.y - CN__LEGEND_SIZE * 0.36 * z;
    double right = left.x + CN__LEGEND_SAMPLE * z;
    cn__rect box = {left.x + 2 * z, middle - 4 * z, right - 2 * z, middle + 4 * z};
    if (entry->sample == CN__SAMPLE_GROUP) {
        const cn__group_look *look = cn__group_look_of((cn__group_style)entry->style);
        const cn__coat *coat = &w->scheme->groups[entry->style];
        cn__svg_stroke stroke = {coat->line.text, coat->fill.text, look->width, look->dash, 0.8 * z};
        cn__svg_shape(w->out, CN__SHAPE_ROUND, false, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_NODE) {
        const cn__node_look *look = cn__node_look_of((cn__node_style)entry->style);
        const cn__coat *coat = &w->scheme->nodes[entry->style];
        cn__svg_stroke stroke = {coat->line.text, coat->fill.text, look->width, look->dash, 0.8 * z};
        if (look->shape == CN__SHAPE_CIRCLE) {
            double aside = (box.right - box.left - (box.bottom - box.top)) / 2;
            box.left += aside;
            box.right -= aside;
        }
        cn__svg_shape(w->out, look->shape, look->twice, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_PALE) {
        cn__svg_stroke stroke = {cn__sheet_colour(w, CN__ROLE_PALE_LINE), cn__sheet_colour(w, CN__ROLE_PALE_FILL), 0.8,
                                 "", 0.8 * z};
        cn__svg_shape(w->out, CN__SHAPE_BOX, false, box, &stroke);
    } else if (entry->sample == CN__SAMPLE_DRAWN) {
        entry->draw(w->out, w->scene, (cn__point){(box.left + box.right) / 2, middle}, entry->style, z);
    } else if (entry->sample == CN__SAMPLE_NUMBER) {
        const char *number = cn__sheet_text(w, w->scene->nodes[entry->style].lines[0]);
        cn__svg_font font = {CN__LEGEND_SIZE * z, true, "end", cn__sheet_colour(w, CN__ROLE_INK)};
        cn__svg_text_line(w->out, right - 2 * z, left.y, &font, number, strlen(number), false);
    } else if (entry->sample == CN__SAMPLE_CYCLE) {
        cn__sheet_badge(w, (cn__point){(box.left + box.right) / 2, middle}, z, 1);
    } else {
        const cn__link_look *look = cn__link_look_of((cn__link_style)entry->style);
        cn__arrow arrow = entry->plain ? CN__ARROW_NONE : look->arrow;
        double length = fmin(cn__arrow_length(arrow, entry->width), 9) * z;
        cn_buf_add_text(w->out, "<path d=\"M");
        cn__svg_point(w->out, (cn__point){left.x, middle});
        cn_buf_add_text(w->out, " L");
        cn__svg_point(w->out, (cn__point){right - length, middle});
        cn_buf_add_text(w->out, "\"");
        const char *colour = w->scheme->links[entry->style].text;
        cn__svg_stroke stroke = {colour, "none", entry->width, entry->planned ? "4 2.5" : look->dash, z};
        cn__svg_stroke_attributes(w->out, &stroke);
        if (entry->planned) {
            cn__svg_attribute(w->out, "stroke-opacity", "0.65");
        }
        cn_buf_add_text(w->out, "/>\n");
        cn__svg_arrow(w->out, arrow, (cn__point){right - length, middle}, (cn__point){right, middle}, colour,
                      cn__sheet_colour(w, CN__ROLE_PANEL));
    }
}

void cn__sheet_legend(cn__sheet *w) {
    const cn__legend *legend = w->legend;
    if (legend->count == 0) {
        return;
    }
    cn__point at = w->page->legend;
    double z = w->page->legend_zoom;
    cn__sheet_open(w, "legend", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_stroke frame = {cn__sheet_colour(w, CN__ROLE_FRAME), cn__sheet_colour(w, CN__ROLE_PANEL), 0.5, "", z};
    cn__rect box = {at.x - 6 * z, at.y - 6 * z, at.x + (legend->width + 6) * z, at.y + (legend->height + 4) * z};
    cn__svg_shape(w->out, CN__SHAPE_BOX, false, box, &frame);
    cn__svg_font bold = {CN__LEGEND_TITLE_SIZE * z, true, "start", cn__sheet_colour(w, CN__ROLE_INK)};
    const char *title = cn__draw_text(CN__TEXT_LEGEND, w->scene->lang);
    cn__svg_text_line(w->out, at.x, at.y + 6 * z, &bold, title, strlen(title), false);
    cn__svg_font font = {CN__LEGEND_SIZE * z, false, "start", cn__sheet_colour(w, CN__ROLE_INK)};
    for (size_t i = 0; i < legend->count; i++) {
        const cn__legend_entry *entry = &legend->entries[i];
        cn__point left = {at.x + entry->x * z, at.y + (entry->y + 7.5) * z};
        cn__sheet_open(w, "legend-entry", NULL);
        cn_buf_add_text(w->out, ">\n");
        write_sample(w, entry, left);
        cn__svg_text_line(w->out, left.x + (CN__LEGEND_SAMPLE + 4) * z, left.y, &font, entry->text, strlen(entry->text),
                          false);
        cn__sheet_close(w);
    }
    cn__sheet_close(w);
}
