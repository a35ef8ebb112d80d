/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the views in columns (chain, map) do to a scene that is complete but for its places: room for the lines of hubs, and lanes for arcs inside a column. Cost: O(nodes + links).
 */
#include "view.h"

#include <math.h>

#define HUB_LINES 6 /* lines on one side that make a hub */
/* Height of a hub, points a line: a little less than the lines stand apart, with labels of one line and of several. */
#define SHORT_PITCH 18.0
#define PITCH 24.0
#define BARE_PITCH 12.0 /* without labels */
#define ARC_LANE 26.0   /* points that arcs inside a column take at its left */

/*
 * Who has many suppliers or customers gets a box so high that their lines arrive beside each other rather than on one
 * spot. Called again when lines are gone, it takes back what is no longer needed.
 */
bool cn__view_raise_hubs(cn__scene *scene) {
    uint32_t *fan = cn__calloc(2 * scene->node_count, sizeof *fan);
    for (size_t i = 0; fan && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        if (!link->inside && !link->turned) {
            fan[2 * (size_t)link->from]++;
            fan[2 * (size_t)link->to + 1]++;
        }
    }
    double pitch = scene->terse >= 2 ? BARE_PITCH : scene->short_labels ? SHORT_PITCH : PITCH;
    for (size_t i = 0; fan && i < scene->node_count; i++) {
        uint32_t lines = fan[2 * i] > fan[2 * i + 1] ? fan[2 * i] : fan[2 * i + 1];
        cn__scene_node *node = &scene->nodes[i];
        double needed = lines >= HUB_LINES ? ceil(lines * pitch) : 0;
        node->height -= node->raised;
        node->raised = fmax(0, needed - node->height);
        node->height += node->raised;
    }
    bool ok = fan != NULL;
    cn__free(fan);
    return ok;
}

bool cn__view_lower_hubs(cn__scene *scene) {
    bool any = false;
    for (size_t i = 0; i < scene->node_count; i++) {
        any |= scene->nodes[i].raised > 0;
    }
    return !any || cn__view_raise_hubs(scene);
}

/* Arcs inside a column bulge to its left: keep the labels of the lines that come from there out of their way. */
bool cn__view_clear_lanes(cn__scene *scene) {
    uint8_t *has_arcs = cn__calloc(scene->column_count, 1);
    for (size_t i = 0; has_arcs && i < scene->link_count; i++) {
        if (scene->links[i].inside) {
            has_arcs[scene->nodes[scene->links[i].to].column] = 1;
        }
    }
    for (size_t i = 0; has_arcs && i < scene->link_count; i++) {
        cn__scene_link *link = &scene->links[i];
        if (link->line_count > 0 && !link->inside && !link->turned && has_arcs[scene->nodes[link->to].column]) {
            link->lane = ARC_LANE;
        }
    }
    bool ok = has_arcs != NULL;
    cn__free(has_arcs);
    return ok;
}
