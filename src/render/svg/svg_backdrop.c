/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ground of a map as SVG: graticule, coasts, towns for orientation, frame; all pale, below everything else. Cost: linear. */
#include "backdrop.h"
#include "svg_sheet.h"

#include <string.h>

static void write_trail(cn__sheet *w, const cn__trail *trail) {
    bool coast = trail->kind == CN__TRAIL_COAST;
    bool leader = trail->kind == CN__TRAIL_LEADER;
    cn__role role = leader ? CN__ROLE_INK : coast ? CN__ROLE_PALE_LINE : CN__ROLE_GRID;
    cn__svg_stroke stroke = {cn__sheet_colour(w, role), "none", coast ? 0.8 : leader ? 0.6 : 0.4, "", w->page->scale};
    const cn__point *points = w->scene->backdrop->points + trail->start;
    cn_buf_add_text(w->out, "<path d=\"M");
    for (size_t i = 0; i < trail->count; i++) {
        cn_buf_add_text(w->out, i ? " L" : "");
        cn__svg_point(w->out, cn__sheet_point(w, points[i]));
    }
    cn_buf_add_text(w->out, "\"");
    cn__svg_stroke_attributes(w->out, &stroke);
    cn_buf_add_text(w->out, "/>\n");
}

static void write_town(cn__sheet *w, const cn__town *town) {
    double s = w->page->scale;
    cn__point at = cn__sheet_point(w, town->at);
    const char *pale = cn__sheet_colour(w, CN__ROLE_PALE_LINE);
    cn__svg_stroke dot = {pale, pale, 0, "", s};
    cn__svg_shape(w->out, CN__SHAPE_CIRCLE, false,
                  (cn__rect){at.x - 1.1 * s, at.y - 1.1 * s, at.x + 1.1 * s, at.y + 1.1 * s}, &dot);
    const char *name = cn__sheet_text(w, town->name);
    if (name[0]) {
        cn__svg_font font = {CN__TOWN_SIZE * s, false, "start", cn__sheet_colour(w, CN__ROLE_PALE_INK)};
        cn__svg_text_line(w->out, at.x + 3 * s, at.y + CN__TOWN_SIZE * 0.36 * s, &font, name, strlen(name), false);
    }
}

void cn__sheet_backdrop(cn__sheet *w) {
    const cn__backdrop *backdrop = w->scene->backdrop;
    cn__sheet_open(w, "backdrop", NULL);
    cn_buf_add_text(w->out, ">\n");
    for (size_t i = 0; i < backdrop->trail_count; i++) {
        write_trail(w, &backdrop->trails[i]);
    }
    for (size_t i = 0; i < backdrop->town_count; i++) {
        write_town(w, &backdrop->towns[i]);
    }
    cn__svg_stroke edge = {cn__sheet_colour(w, CN__ROLE_PALE_LINE), "none", 0.5, "", w->page->scale};
    cn__svg_shape(w->out, CN__SHAPE_BOX, false, cn__sheet_rect(w, backdrop->frame), &edge);
    cn__sheet_close(w);
}
