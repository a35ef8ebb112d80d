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
    } else if (entry->sample == CN__SAMPLE_DRAWN) {
        entry->draw(w->out, w->scene->lang, (cn__point){(box.left + box.right) / 2, middle}, entry->style);
    } else if (entry->sample == CN__SAMPLE_CYCLE) {
        cn__sheet_badge(w, (cn__point){(box.left + box.right) / 2, middle}, 0.85, 1);
    } else {
        const cn__link_look *look = cn__link_look_of((cn__link_style)entry->style);
        cn__arrow arrow = entry->plain ? CN__ARROW_NONE : look->arrow;
        double length = fmin(cn__arrow_length(arrow, entry->width), 9);
        cn_buf_add_text(w->out, "<path d=\"M");
        cn__svg_point(w->out, (cn__point){left.x, middle});
        cn_buf_add_text(w->out, " L");
        cn__svg_point(w->out, (cn__point){left.x + CN__LEGEND_SAMPLE - length, middle});
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

void cn__sheet_legend(cn__sheet *w) {
    const cn__legend *legend = w->legend;
    if (legend->count == 0) {
        return;
    }
    cn__point at = w->page->legend;
    cn__sheet_open(w, "legend", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_stroke frame = {"#bbbbbb", "#ffffff", 0.5, "", 1};
    cn__rect box = {at.x - 6, at.y - 6, at.x + legend->width + 6, at.y + legend->height + 4};
    cn__svg_shape(w->out, CN__SHAPE_BOX, false, box, &frame);
    cn__svg_font bold = {CN__LEGEND_TITLE_SIZE, true, "start", CN__INK};
    const char *title = cn__draw_text(CN__TEXT_LEGEND, w->scene->lang);
    cn__svg_text_line(w->out, at.x, at.y + 6, &bold, title, strlen(title), false);
    cn__svg_font font = {CN__LEGEND_SIZE, false, "start", CN__INK};
    for (size_t i = 0; i < legend->count; i++) {
        const cn__legend_entry *entry = &legend->entries[i];
        cn__point left = {at.x + entry->x, at.y + entry->y + 7.5};
        cn__sheet_open(w, "legend-entry", NULL);
        cn_buf_add_text(w->out, ">\n");
        write_sample(w, entry, left);
        cn__svg_text_line(w->out, left.x + CN__LEGEND_SAMPLE + 4, left.y, &font, entry->text, strlen(entry->text),
                          false);
        cn__sheet_close(w);
    }
    cn__sheet_close(w);
}
