/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placing boxes by hand, for views whose order is the message: columns, rows and fields, boxes large enough for the ends
 * of their lines. Cost: linear.
 */
#include "view_compose.h"

#include <math.h>

#define PITCH_LABELLED 12.0 /* between lines whose labels stand above them */
#define PITCH_UPRIGHT 10.0  /* between lines at a left or right side */
#define PITCH_FLAT 9.0
#define PITCH_ARC 5.0
#define ENDS 12.0 /* of a side, kept free */

uint32_t cn__compose_zone(cn__scene *scene, const char *id, const char *heading) {
    uint32_t index = (uint32_t)scene->group_count;
    if (!cn__scene_add_group(scene)) {
        return CN_NONE;
    }
    uint32_t kept_id = cn__scene_keep_raw(scene, id);
    uint32_t title = cn__scene_keep(scene, heading, false);
    cn__scene_group *zone = &scene->groups[index];
    zone->entity = CN_NONE;
    zone->style = CN__GROUP_ZONE;
    zone->id = kept_id;
    zone->title = title;
    cn__scene_set_group_label(scene, index, heading, "");
    return index;
}

double cn__compose_head(const cn__scene *scene, uint32_t zone) { return scene->groups[zone].label_height + 2; }

uint32_t cn__compose_fold(cn__scene *scene, const char *id, const char *text, const char *small) {
    uint32_t index = (uint32_t)scene->node_count;
    if (!cn__scene_add_node(scene)) {
        return CN_NONE;
    }
    uint32_t kept_id = cn__scene_keep_raw(scene, id);
    uint32_t title = cn__scene_keep(scene, text, false);
    cn__scene_node *node = &scene->nodes[index];
    node->entity = CN_NONE;
    node->style = CN__NODE_MORE;
    node->id = kept_id;
    node->title = title;
    cn__scene_fit_node(scene, index, text, small);
    return index;
}

/* What the lines at one side of a box need. */
typedef struct crowd {
    double length;
    uint32_t lines;
} crowd;

static void add_end(crowd *side, double pitch) {
    side->length += pitch;
    side->lines++;
}

/* One line needs no room of its own. */
static double length_of(const crowd *side) { return side->lines > 1 ? ceil(side->length + ENDS) : 0; }

bool cn__compose_raise(cn__scene *scene) {
    enum { SIDES = CN__SIDE_BOTTOM + 1 };
    crowd(*at)[SIDES] = cn__calloc(scene->node_count, sizeof *at);
    for (size_t i = 0; at && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        bool upright = link->from_side == CN__SIDE_LEFT || link->from_side == CN__SIDE_RIGHT;
        bool arc = link->from_side == link->to_side; /* thin, and few meet at one box */
        double pitch = fmax(arc ? PITCH_ARC : upright ? PITCH_UPRIGHT : PITCH_FLAT, link->width + 4);
        double labelled = fmax(pitch, link->line_count ? PITCH_LABELLED + link->width : 0);
        add_end(&at[link->from][link->from_side], link->label_at_start ? labelled : pitch);
        add_end(&at[link->to][link->to_side], link->label_at_start ? pitch : labelled);
    }
    for (size_t i = 0; at && i < scene->node_count; i++) {
        cn__scene_node *node = &scene->nodes[i];
        node->height = fmax(node->height, fmax(length_of(&at[i][CN__SIDE_LEFT]), length_of(&at[i][CN__SIDE_RIGHT])));
        node->width = fmax(node->width, fmax(length_of(&at[i][CN__SIDE_TOP]), length_of(&at[i][CN__SIDE_BOTTOM])));
    }
    bool ok = at != NULL;
    cn__free(at);
    return ok;
}

double cn__compose_height(const cn__scene *scene, const uint32_t *nodes, size_t count, double gap) {
    double height = count ? -gap : 0;
    for (size_t i = 0; i < count; i++) {
        height += scene->nodes[nodes[i]].height + gap;
    }
    return height;
}

double cn__compose_width(const cn__scene *scene, const uint32_t *nodes, size_t count, double gap) {
    double width = count ? -gap : 0;
    for (size_t i = 0; i < count; i++) {
        width += scene->nodes[nodes[i]].width + gap;
    }
    return width;
}

double cn__compose_widest(const cn__scene *scene, const uint32_t *nodes, size_t count) {
    double widest = 0;
    for (size_t i = 0; i < count; i++) {
        widest = fmax(widest, scene->nodes[nodes[i]].width);
    }
    return widest;
}

double cn__compose_stack(cn__scene *scene, const uint32_t *nodes, size_t count, double x, double y, double gap) {
    for (size_t i = 0; i < count; i++) {
        cn__scene_node *node = &scene->nodes[nodes[i]];
        node->x = x;
        node->y = y + node->height / 2;
        y += node->height + gap;
    }
    return cn__compose_height(scene, nodes, count, gap);
}

double cn__compose_row(cn__scene *scene, const uint32_t *nodes, size_t count, double x, double y, double gap) {
    for (size_t i = 0; i < count; i++) {
        cn__scene_node *node = &scene->nodes[nodes[i]];
        node->x = x + node->width / 2;
        node->y = y;
        x += node->width + gap;
    }
    return cn__compose_width(scene, nodes, count, gap);
}
