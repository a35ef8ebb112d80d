/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks: the rows of mark.def as badges. Badges stand in a row from a node's upper left corner, half outside, and get
 * room inside above the lines, so that they never cover a text; those of a link stand before its label, which is made
 * wider for them. The bar of a node is a scale from 0 to 1 under its lines. Cost: constant for each node and link.
 */
#include "mark.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"
#include "svg_part.h"

#define RADIUS 4.3
#define STEP 9.8       /* from badge to badge */
#define FIRST 6.0      /* centre of the first badge, from the corner */
#define ROOM_ABOVE 4.2 /* for the half of a badge inside */
#define BAR_HEIGHT 4.0
#define ROOM_BELOW 6.0

typedef enum badge_shape { BADGE_CIRCLE, BADGE_DIAMOND, BADGE_SQUARE } badge_shape;

static const struct {
    const char *key;
    badge_shape shape;
    const char *colour;
    const char *sign_en;
    const char *sign_ru;
    const char *en;
    const char *ru;
} marks_table[] = {
#define CN__MARK(id, key, shape, colour, sign_en, sign_ru, en, ru)                                                     \
    {key, BADGE_##shape, colour, sign_en, sign_ru, en, ru},
#include "mark.def"
#undef CN__MARK
};

static const char *sign_of(uint32_t mark, cn_lang lang) {
    return lang == CN_LANG_RU ? marks_table[mark].sign_ru : marks_table[mark].sign_en;
}

static uint32_t count_of(uint32_t marks) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        count += (marks >> i) & 1u;
    }
    return count;
}

void cn__mark_node(cn__scene *scene, uint32_t index, uint32_t marks) {
    cn__scene_node *node = &scene->nodes[index];
    if (!marks) {
        return;
    }
    node->marks = marks;
    node->above = ROOM_ABOVE;
    node->height = ceil(node->height + ROOM_ABOVE);
    node->width = fmax(node->width, ceil(2 * FIRST + STEP * (count_of(marks) - 1)));
}

void cn__mark_bar(cn__scene *scene, uint32_t index, double share) {
    cn__scene_node *node = &scene->nodes[index];
    node->bar = fmin(fmax(share, 0), 1);
    node->below = ROOM_BELOW;
    node->height = ceil(node->height + ROOM_BELOW);
}

void cn__mark_link(cn__scene *scene, uint32_t index, uint32_t marks) {
    cn__scene_link *link = &scene->links[index];
    if (marks && link->line_count > 0) {
        link->marks = marks;
        link->label_width = ceil(link->label_width + STEP * count_of(marks));
        link->label_height = fmax(link->label_height, ceil(2 * RADIUS + 2 + link->width));
    }
}

/* ---- SVG ---- */

static void write_badge(cn_buf *out, const cn__scene *scene, uint32_t mark, cn__point centre, double scale) {
    const cn__scheme *scheme = cn__scene_scheme(scene);
    const char *ground = cn__scheme_role(scheme, CN__ROLE_PAPER);
    cn__colour colour = cn__scheme_of(scheme, marks_table[mark].colour);
    double r = RADIUS * scale;
    cn_buf_add_text(out, "<g class=\"mark mark-");
    cn_buf_add_text(out, marks_table[mark].key);
    cn_buf_add_text(out, "\">\n");
    cn__svg_stroke stroke = {ground, colour.text, 0.6, "", scale};
    if (marks_table[mark].shape == BADGE_DIAMOND) {
        double d = r * 1.22;
        cn__svg_polygon(
            out,
            (cn__point[]){
                {centre.x, centre.y - d}, {centre.x + d, centre.y}, {centre.x, centre.y + d}, {centre.x - d, centre.y}},
            4, &stroke);
    } else {
        double side = marks_table[mark].shape == BADGE_SQUARE ? r * 0.92 : r;
        cn__rect box = {centre.x - side, centre.y - side, centre.x + side, centre.y + side};
        cn__svg_shape(out, marks_table[mark].shape == BADGE_SQUARE ? CN__SHAPE_BOX : CN__SHAPE_STADIUM, false, box,
                      &stroke);
    }
    cn__svg_font font = {6.6 * scale, true, "middle", ground};
    const char *sign = sign_of(mark, scene->lang);
    cn__svg_text_line(out, centre.x, centre.y + 2.4 * scale, &font, sign, strlen(sign), false);
    cn_buf_add_text(out, "</g>\n");
}

static void write_bar(cn_buf *out, const cn__scene *scene, cn__rect box, double share, double scale) {
    const cn__scheme *scheme = cn__scene_scheme(scene);
    cn__svg_stroke scale_stroke = {cn__scheme_role(scheme, CN__ROLE_GREY), cn__scheme_role(scheme, CN__ROLE_PANEL), 0.5,
                                   "", scale};
    cn__svg_shape(out, CN__SHAPE_BOX, false, box, &scale_stroke);
    if (share > 0) {
        cn__svg_stroke fill = {"none", cn__scheme_role(scheme, CN__ROLE_ALARM), 0, "", scale};
        box.right = box.left + (box.right - box.left) * share;
        cn__svg_shape(out, CN__SHAPE_BOX, false, box, &fill);
    }
}

void cn__mark_write_node(cn_buf *out, const cn__scene *scene, const cn__scene_node *node, cn__rect box, double scale) {
    double x = box.left + FIRST * scale;
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        if (node->marks >> i & 1u) {
            write_badge(out, scene, i, (cn__point){x, box.top + scale}, scale);
            x += STEP * scale;
        }
    }
    if (node->below > 0) {
        double sides, above, below;
        cn__shape_padding(cn__node_look_of(node->style)->shape, &sides, &above, &below);
        double bottom = box.bottom - (below + 1) * scale;
        cn__rect bar = {box.left + sides * scale, bottom - BAR_HEIGHT * scale, box.right - sides * scale, bottom};
        cn_buf_add_text(out, "<g class=\"bar\">\n");
        write_bar(out, scene, bar, node->bar, scale);
        cn_buf_add_text(out, "</g>\n");
    }
}

double cn__mark_write_label(cn_buf *out, const cn__scene *scene, const cn__scene_link *link, cn__point centre,
                            double scale) {
    double x = centre.x + (-link->label_width / 2 + 1 + RADIUS) * scale;
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        if (link->marks >> i & 1u) {
            write_badge(out, scene, i, (cn__point){x, centre.y}, scale);
            x += STEP * scale;
        }
    }
    return STEP / 2 * count_of(link->marks) * scale;
}

void cn__mark_add_text(cn_buf *out, cn_lang lang, uint32_t marks) {
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        if (marks >> i & 1u) {
            cn_buf_add_text(out, "[");
            cn_buf_add_text(out, sign_of(i, lang));
            cn_buf_add_text(out, "] ");
        }
    }
}

/* ---- legend ---- */

static void draw_mark(cn_buf *out, const cn__scene *scene, cn__point centre, uint32_t mark, double scale) {
    write_badge(out, scene, mark, centre, scale);
}

static void draw_bar(cn_buf *out, const cn__scene *scene, cn__point centre, uint32_t row, double scale) {
    (void)row;
    cn__rect box = {centre.x - 9 * scale, centre.y - 2 * scale, centre.x + 9 * scale, centre.y + 2 * scale};
    write_bar(out, scene, box, 0.6, scale);
}

void cn__mark_legend(const cn__scene *scene, cn__legend *legend) {
    uint32_t used = 0;
    bool bar = false;
    for (size_t i = 0; i < scene->node_count; i++) {
        used |= scene->nodes[i].marks;
        bar |= scene->nodes[i].below > 0;
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        used |= scene->links[i].marks;
    }
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        if (used >> i & 1u) {
            cn__legend_entry entry = {.sample = CN__SAMPLE_DRAWN, .style = i, .draw = draw_mark};
            cn__legend_add(legend, entry, scene->lang == CN_LANG_RU ? marks_table[i].ru : marks_table[i].en);
        }
    }
    if (bar) {
        cn__legend_entry entry = {.sample = CN__SAMPLE_DRAWN, .draw = draw_bar};
        cn__legend_add(legend, entry, cn__draw_text(CN__TEXT_LEGEND_BAR, scene->lang));
    }
}
