/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the names of the regions stand on the map: beside their circles, or further away at the end of a leader, where they cover no other box
 * and few arcs. Invariant: leaders are the last trails of the ground, two points each; none runs through a box. Cost: O(tries · (boxes + arcs))
 * for each name, some hundred tries.
 */
#include "view_geography.h"

#include <math.h>

static cn__rect box_of(const cn__scene_node *node) {
    return (cn__rect){node->x - node->width / 2, node->y - node->height / 2, node->x + node->width / 2,
                      node->y + node->height / 2};
}

static bool is_free(const cn__scene *scene, const cn__scene_node *caption) {
    cn__rect a = box_of(caption);
    bool is = a.left >= 2 && a.right <= scene->width - 2 && a.top >= 2 && a.bottom <= scene->height;
    for (const cn__scene_node *node = scene->nodes; is && node < caption; node++) {
        cn__rect b = box_of(node);
        is = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    }
    for (size_t i = 0; is && i < scene->backdrop->town_count; i++) {
        cn__rect b = cn__town_box(scene, &scene->backdrop->towns[i]);
        is = !scene->backdrop->towns[i].name || a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
             b.bottom <= a.top;
    }
    return is;
}

/* How many points of arcs lie in a box. */
static uint32_t arcs_in(const cn__scene *scene, cn__rect box) {
    enum { STEPS = 48 };
    uint32_t points = 0;
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_node *a = &scene->nodes[scene->links[i].from];
        const cn__scene_node *b = &scene->nodes[scene->links[i].to];
        for (int step = 1; step < STEPS; step++) {
            cn__point p =
                cn__layout_arc_at(scene, (cn__point){a->x, a->y}, (cn__point){b->x, b->y}, (double)step / STEPS);
            points += p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom;
        }
    }
    return points;
}

/* Names of towns that an arc would strike out. */
void cn__caption_clear_towns(cn__scene *scene) {
    for (size_t i = 0; i < scene->backdrop->town_count; i++) {
        cn__town *town = &scene->backdrop->towns[i];
        cn__rect box = cn__town_box(scene, town);
        town->name = arcs_in(scene, box) ? 0 : town->name;
    }
}

/* ---- names that found no room beside their circle ---- */

static cn__point on_way(cn__point a, cn__point b, double share) {
    return (cn__point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/* Narrow the part from … to of a line to where it is between two sides (Liang and Barsky 1984). */
static void narrow(double at, double way, double low, double high, double *from, double *to) {
    if (way > 0 || way < 0) {
        *from = fmax(*from, fmin((low - at) / way, (high - at) / way));
        *to = fmin(*to, fmax((low - at) / way, (high - at) / way));
    } else if (at <= low || at >= high) {
        *to = -1;
    }
}

/* Does a leader run through a box, or nearer to it than `more`? */
static bool meets(cn__rect box, cn__point a, cn__point b, double more) {
    double from = 0;
    double to = 1;
    narrow(a.x, b.x - a.x, box.left - more, box.right + more, &from, &to);
    narrow(a.y, b.y - a.y, box.top - more, box.bottom + more, &from, &to);
    return from < to;
}

/* The leaders drawn so far: the last trails of the ground. */
static bool meets_leader(const cn__scene *scene, cn__rect box) {
    const cn__backdrop *ground = scene->backdrop;
    bool does = false;
    for (size_t i = ground->trail_count; i > 0 && ground->trails[i - 1].kind == CN__TRAIL_LEADER && !does; i--) {
        const cn__point *ends = ground->points + ground->trails[i - 1].start;
        does = meets(box, ends[0], ends[1], 1);
    }
    return does;
}

/* From the rim of the circle to the nearest point of the caption; free of other circles, captions and names of towns. */
static bool lead(const cn__scene *scene, const cn__place *place, const cn__scene_node *caption, cn__point ends[2]) {
    cn__rect box = box_of(caption);
    double corner = place->x > box.left && place->x < box.right ? 0 : 2;
    ends[1] = (cn__point){fmin(fmax(place->x, box.left), box.right),
                          fmin(fmax(place->y, box.top + corner), box.bottom - corner)};
    double length = fmax(hypot(ends[1].x - place->x, ends[1].y - place->y), 1);
    ends[0] = on_way((cn__point){place->x, place->y}, ends[1], place->radius / length);
    bool clear = length > place->radius + 2;
    for (const cn__scene_node *node = scene->nodes; clear && node < caption; node++) {
        clear = node == &scene->nodes[place->node] || !meets(box_of(node), ends[0], ends[1], 0.5);
    }
    for (size_t i = 0; clear && i < scene->backdrop->town_count; i++) {
        const cn__town *town = &scene->backdrop->towns[i];
        clear = !town->name || !meets(cn__town_box(scene, town), ends[0], ends[1], 0.5);
    }
    return clear;
}

/* Further away, with a line that leads to its circle; the nearest place that is free and meets no arc (`bare`), or only free. */
bool cn__caption_put_far(cn__scene *scene, const cn__place *place, uint32_t index, bool bare) {
    enum { RINGS = 14, WAYS = 32 };
    cn__scene_node *node = &scene->nodes[index];
    cn__point ends[2];
    for (int ring = 1; ring <= RINGS; ring++) {
        for (int way = 0; way < WAYS; way++) {
            double angle = 2 * 3.14159265358979 * way / WAYS;
            double away = place->radius + 4 + 7 * ring;
            node->x = place->x + cos(angle) * (away + node->width / 2);
            node->y = place->y + sin(angle) * (away + node->height / 2);
            bool free = is_free(scene, node) && !meets_leader(scene, box_of(node)) &&
                        (!bare || arcs_in(scene, box_of(node)) == 0);
            if (free && lead(scene, place, node, ends)) {
                bool ok = cn__backdrop_segment(scene->backdrop, CN__TRAIL_LEADER, false, ends[0], ends[1]);
                scene->failed |= !ok;
                return true;
            }
        }
    }
    return false;
}

/* Beside its circle, where the fewest arcs run: right, left, below, above, at the corners; over an arc only where none is free further away. False: nowhere. */
bool cn__caption_put(cn__scene *scene, const cn__place *place, uint32_t index) {
    enum { FEW_POINTS = 3 };
    static const double sides[][2] = {{1, 0},     {-1, 0},     {0, 1},      {0, -1},
                                      {0.8, 0.8}, {-0.8, 0.8}, {0.8, -0.8}, {-0.8, -0.8}};
    cn__scene_node *node = &scene->nodes[index];
    uint32_t fewest = UINT32_MAX;
    cn__point best = {0, 0};
    for (size_t i = 0; i < sizeof sides / sizeof *sides && fewest; i++) {
        node->x = place->x + sides[i][0] * (place->radius + node->width / 2 + 1.5);
        node->y = place->y + sides[i][1] * (place->radius + node->height / 2 + 1);
        uint32_t points =
            is_free(scene, node) && !meets_leader(scene, box_of(node)) ? arcs_in(scene, box_of(node)) : UINT32_MAX;
        if (points < fewest) {
            fewest = points;
            best = (cn__point){node->x, node->y};
        }
    }
    if (fewest > FEW_POINTS && fewest != UINT32_MAX && cn__caption_put_far(scene, place, index, true)) {
        return true;
    }
    node->x = best.x;
    node->y = best.y;
    return fewest != UINT32_MAX;
}
