/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The coordinates of a placed scene: its view has put the boxes where they belong, and every link says at which sides of its
 * boxes it ends. The ends of a side are spread along it in the order of their other ends, so that lines that come from one
 * direction neither meet nor cross; between the boxes a line is an S curve, with a straight piece under its label. Fields (groups)
 * are drawn round their boxes. Lines at no side (CN__SIDE_ARC) are flat arcs from frame to frame, bent to the right, so that there and
 * back stand apart; their labels stand where nothing else is, or are left out.
 *
 * Invariant: no line leaves the gap between the sides it ends at. Cost: O(L log L); labels of arcs O(L (V + L)).
 */
#include "backdrop.h"

#include <math.h>
#include <stdlib.h>

#include "error.h"

#define CORNER 6.0   /* kept free of ends, at most */
#define LEAD 6.0     /* more than the label that a straight piece is long */
#define BEND 0.16    /* of an arc, as a share of its length */
#define ARC_EDGE 5.0 /* from an arc to the frame */

/* One end of a link at a side of a box. */
typedef struct port {
    uint32_t node;
    cn__side side;
    double key; /* where the other end is, along the side */
    uint32_t link;
    bool at_end;
} port;

static int compare_ports(const void *a, const void *b) {
    const port *x = a;
    const port *y = b;
    if (x->node != y->node) {
        return x->node < y->node ? -1 : 1;
    }
    if (x->side != y->side) {
        return x->side < y->side ? -1 : 1;
    }
    if (x->key < y->key || x->key > y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->link < y->link ? -1 : x->link > y->link;
}

static bool is_upright(cn__side side) { return side == CN__SIDE_LEFT || side == CN__SIDE_RIGHT; }

static cn__point outward(cn__side side) {
    static const cn__point normals[] = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    return normals[side];
}

/* How far the outline of a shape lies inside its box, `away` from the middle of a side that is 2 `half` long. */
static double inset(cn__shape shape, cn__side side, double away, double half) {
    double corner = 0;
    switch (shape) {
    case CN__SHAPE_HEXAGON:
        return is_upright(side) ? fmin(2 * half / 3, 6) * away / half : 0;
    case CN__SHAPE_HOUSE:
        return side == CN__SIDE_TOP ? 5 * away / half : 0;
    case CN__SHAPE_STADIUM:
        corner = fmin(half, 9) - (half - away);
        return corner > 0 ? fmin(half, 9) - sqrt(fmax(0, pow(fmin(half, 9), 2) - corner * corner)) : 0;
    case CN__SHAPE_OCTAGON:
        return fmax(0, 4.5 - (half - away));
    case CN__SHAPE_SLANT:
        return is_upright(side) ? 2.3 : 0;
    default:
        return 0;
    }
}

/* The place of end `i` of `count` at a side. */
static cn__point port_at(const cn__scene *scene, const cn__layout *layout, const port *p, size_t i, size_t count) {
    cn__rect box = layout->nodes[p->node];
    double from = is_upright(p->side) ? box.top : box.left;
    double to = is_upright(p->side) ? box.bottom : box.right;
    double corner = fmin(CORNER, (to - from) / 5);
    double along = from + corner + (to - from - 2 * corner) * ((double)i + 0.5) / (double)count;
    double half = (to - from) / 2;
    double in =
        inset(cn__node_look_of(scene->nodes[p->node].style)->shape, p->side, fabs(along - (from + to) / 2), half);
    switch (p->side) {
    case CN__SIDE_LEFT:
        return (cn__point){box.left + in, along};
    case CN__SIDE_RIGHT:
        return (cn__point){box.right - in, along};
    case CN__SIDE_TOP:
        return (cn__point){along, box.top + in};
    default:
        return (cn__point){along, box.bottom - in};
    }
}

static double key_of(const cn__scene *scene, cn__side side, uint32_t other) {
    return is_upright(side) ? scene->nodes[other].y : scene->nodes[other].x;
}

/* The two ends of every link, by link: [0] where it begins. False: memory. */
static bool find_ends(const cn__scene *scene, const cn__layout *layout, cn__point (*ends)[2]) {
    port *ports = cn__alloc(scene->link_count, 2 * sizeof *ports);
    size_t count = 0;
    for (uint32_t i = 0; ports && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        if (link->from_side != CN__SIDE_ARC) {
            ports[count++] = (port){link->from, link->from_side, key_of(scene, link->from_side, link->to), i, false};
            ports[count++] = (port){link->to, link->to_side, key_of(scene, link->to_side, link->from), i, true};
        }
    }
    if (count) {
        qsort(ports, count, sizeof *ports, compare_ports);
    }
    for (size_t at = 0; at < count;) {
        size_t end = at + 1;
        while (end < count && ports[end].node == ports[at].node && ports[end].side == ports[at].side) {
            end++;
        }
        for (size_t i = at; i < end; i++) {
            ends[ports[i].link][ports[i].at_end] = port_at(scene, layout, &ports[i], i - at, end - at);
        }
        at = end;
    }
    bool ok = ports != NULL;
    cn__free(ports);
    return ok;
}

/* ---- lines ---- */

static cn__point step(cn__point p, cn__point direction, double length) {
    return (cn__point){p.x + direction.x * length, p.y + direction.y * length};
}

static cn__point between(cn__point a, cn__point b, double share) {
    return (cn__point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

static void add_point(cn__layout *out, cn__point p) { out->points[out->point_count++] = p; }

static void add_straight(cn__layout *out, cn__point from, cn__point to) {
    add_point(out, between(from, to, 1 / 3.0));
    add_point(out, between(from, to, 2 / 3.0));
    add_point(out, to);
}

/* From side to side: a straight piece under the label, and the curve. */
static void lead_line(const cn__scene_link *link, cn__layout_link *place, cn__point from, cn__point to,
                      cn__layout *out) {
    cn__point away = outward(link->from_side);
    cn__point back = outward(link->to_side);
    cn__arrow arrow = link->plain ? CN__ARROW_NONE : cn__link_look_of(link->style)->arrow;
    cn__point tip = to;
    to = step(to, back, cn__arrow_length(arrow, link->width));
    double lead = link->line_count ? link->label_width + LEAD : 0;
    cn__point begin = step(from, away, link->label_at_start ? fmax(lead, link->lead) : link->lead);
    cn__point end = step(to, back, link->label_at_start ? link->lead_end : fmax(lead, link->lead_end));
    bool arc = link->from_side == link->to_side;
    double across = is_upright(link->from_side) ? fabs(end.x - begin.x) : fabs(end.y - begin.y);
    double aside = is_upright(link->from_side) ? fabs(end.y - begin.y) : fabs(end.x - begin.x);
    double pull = arc ? fmin(14 + 0.12 * aside, 34) : across / 2;
    add_point(out, from);
    if (link->lead > 0 || (lead > 0 && link->label_at_start)) {
        add_straight(out, from, begin);
    }
    add_point(out, step(begin, away, pull));
    add_point(out, step(end, back, pull));
    add_point(out, end);
    if (link->lead_end > 0 || (lead > 0 && !link->label_at_start)) {
        add_straight(out, end, to);
    }
    place->arrow_at_end = arrow != CN__ARROW_NONE;
    if (place->arrow_at_end) {
        add_point(out, tip);
    }
    if (link->line_count) {
        cn__point middle = link->label_at_start ? between(from, begin, 0.5) : between(end, to, 0.5);
        place->has_label = true;
        place->label = (cn__point){middle.x, middle.y - link->label_height / 2};
    }
}

/* How far one may go from `at` along `way` (−1 … 1) and stay between 0 and `end`. */
static double room_along(double at, double way, double end) {
    double room = way > 0 ? (end - at) / way : way < 0 ? -at / way : HUGE_VAL;
    return fmax(0, room);
}

/* The point that an arc bends to: twice as far away as its middle, which stays in the frame of the scene. */
static cn__point bend_of(const cn__scene *scene, cn__point a, cn__point b) {
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1);
    cn__point middle = between(a, b, 0.5);
    cn__point away = {-(b.y - a.y) / length, (b.x - a.x) / length};
    double reach = BEND * length;
    if (scene->width > 0) {
        reach = fmin(reach, 2 * room_along(middle.x - ARC_EDGE, away.x, scene->width - 2 * ARC_EDGE));
        reach = fmin(reach, 2 * room_along(middle.y - ARC_EDGE, away.y, scene->height - 2 * ARC_EDGE));
    }
    return step(middle, away, reach);
}

cn__point cn__layout_arc_at(const cn__scene *scene, cn__point from, cn__point to, double share) {
    cn__point bend = bend_of(scene, from, to);
    return between(between(from, bend, share), between(bend, to, share), share);
}

/* A flat arc between round boxes. */
static void arc_line(const cn__scene *scene, const cn__scene_link *link, cn__layout_link *place, cn__rect from,
                     cn__rect to, cn__layout *out) {
    cn__point a = {(from.left + from.right) / 2, (from.top + from.bottom) / 2};
    cn__point b = {(to.left + to.right) / 2, (to.top + to.bottom) / 2};
    cn__point bend = bend_of(scene, a, b);
    double half = hypot(bend.x - a.x, bend.y - a.y);
    cn__arrow arrow = link->plain ? CN__ARROW_NONE : cn__link_look_of(link->style)->arrow;
    cn__point tip = between(b, bend, (to.right - to.left) / 2 / half);
    double head = cn__arrow_length(arrow, link->width);
    cn__point begin = between(a, bend, (from.right - from.left) / 2 / half);
    cn__point end = between(b, bend, ((to.right - to.left) / 2 + head) / half);
    add_point(out, begin);
    add_point(out, between(begin, bend, 2 / 3.0));
    add_point(out, between(end, bend, 2 / 3.0));
    add_point(out, end);
    place->arrow_at_end = arrow != CN__ARROW_NONE;
    if (place->arrow_at_end) {
        add_point(out, tip);
    }
}

static bool apart(cn__rect a, cn__rect b) {
    return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

static cn__rect label_box(const cn__scene_link *link, cn__point at) {
    return (cn__rect){at.x - link->label_width / 2, at.y - link->label_height / 2, at.x + link->label_width / 2,
                      at.y + link->label_height / 2};
}

/* Beside the arc, at its outer side. */
static cn__point beside_arc(const cn__scene *scene, const cn__scene_link *link, double share) {
    cn__point a = {scene->nodes[link->from].x, scene->nodes[link->from].y};
    cn__point b = {scene->nodes[link->to].x, scene->nodes[link->to].y};
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1);
    cn__point out = {-(b.y - a.y) / length, (b.x - a.x) / length};
    double away = fabs(out.x) * link->label_width / 2 + fabs(out.y) * link->label_height / 2 + link->width / 2;
    return step(cn__layout_arc_at(scene, a, b, share), out, away);
}

static bool is_free(const cn__scene *scene, const cn__layout *out, cn__rect box) {
    bool inside = box.left >= 0 && box.top >= 0 && box.right <= scene->width && box.bottom <= scene->height;
    for (size_t n = 0; inside && n < scene->node_count; n++) {
        inside = apart(box, out->nodes[n]);
    }
    for (size_t i = 0; inside && scene->backdrop && i < scene->backdrop->town_count; i++) {
        inside = apart(box, cn__town_box(scene, &scene->backdrop->towns[i]));
    }
    for (size_t l = 0; inside && l < scene->link_count; l++) {
        inside = !out->links[l].has_label || apart(box, label_box(&scene->links[l], out->links[l].label));
    }
    return inside;
}

/* The label of an arc: beside it, where it covers no box and no other label, those of the widest arcs first; else none. */
static void place_arc_labels(const cn__scene *scene, cn__layout *out) {
    static const double shares[] = {0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73};
    for (uint32_t round = 0; round < scene->link_count; round++) {
        uint32_t widest = CN_NONE;
        for (uint32_t i = 0; i < scene->link_count; i++) {
            const cn__scene_link *link = &scene->links[i];
            bool waits = link->from_side == CN__SIDE_ARC && link->line_count && !(fabs(out->links[i].label.x) > 0);
            if (waits && (widest == CN_NONE || link->width > scene->links[widest].width)) {
                widest = i;
            }
        }
        if (widest == CN_NONE) {
            return;
        }
        cn__layout_link *place = &out->links[widest];
        for (size_t s = 0; s < sizeof shares / sizeof *shares && !place->has_label; s++) {
            place->label = beside_arc(scene, &scene->links[widest], shares[s]);
            place->has_label = is_free(scene, out, label_box(&scene->links[widest], place->label));
        }
    }
}

/* ---- the frame of it all ---- */

static void include(cn__rect *all, cn__rect r) {
    all->left = fmin(all->left, r.left);
    all->top = fmin(all->top, r.top);
    all->right = fmax(all->right, r.right);
    all->bottom = fmax(all->bottom, r.bottom);
}

static void place_boxes(const cn__scene *scene, cn__layout *out) {
    for (size_t i = 0; i < scene->node_count; i++) {
        const cn__scene_node *node = &scene->nodes[i];
        out->nodes[i] = (cn__rect){node->x - node->width / 2, node->y - node->height / 2, node->x + node->width / 2,
                                   node->y + node->height / 2};
    }
    for (size_t g = 0; g < scene->group_count; g++) {
        const cn__scene_group *group = &scene->groups[g];
        cn__rect all = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
        for (size_t i = 0; i < scene->node_count; i++) {
            if (scene->nodes[i].group == g) {
                include(&all, out->nodes[i]);
            }
        }
        double wider = fmax(0, group->label_width + 2 - (all.right - all.left)) / 2;
        double head = group->label_height + 2;
        bool below = group->label_below;
        out->groups[g] = (cn__rect){all.left - wider - CN__ZONE_PAD, all.top - (below ? 0 : head) - CN__ZONE_PAD,
                                    all.right + wider + CN__ZONE_PAD, all.bottom + (below ? head : 0) + CN__ZONE_PAD};
        out->group_labels[g] = (cn__point){out->groups[g].left + CN__ZONE_PAD + group->label_width / 2,
                                           below ? out->groups[g].bottom - 3 - group->label_height / 2
                                                 : out->groups[g].top + 3 + group->label_height / 2};
    }
}

static void shift(cn__rect *r, double x, double y) {
    *r = (cn__rect){r->left - x, r->top - y, r->right - x, r->bottom - y};
}

/* Move everything so that the drawing begins at 0, 0. */
static void frame(const cn__scene *scene, cn__layout *out) {
    if (scene->width > 0) {
        out->width = scene->width;
        out->height = scene->height;
        return;
    }
    cn__rect all = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < scene->node_count; i++) {
        include(&all, out->nodes[i]);
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        include(&all, out->groups[i]);
    }
    for (size_t i = 0; i < out->point_count; i++) {
        include(&all, (cn__rect){out->points[i].x, out->points[i].y, out->points[i].x, out->points[i].y});
    }
    if (!(all.right > all.left)) {
        return;
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        shift(&out->nodes[i], all.left, all.top);
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        shift(&out->groups[i], all.left, all.top);
        out->group_labels[i].x -= all.left;
        out->group_labels[i].y -= all.top;
    }
    for (size_t i = 0; i < out->point_count; i++) {
        out->points[i].x -= all.left;
        out->points[i].y -= all.top;
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        out->links[i].label.x -= all.left;
        out->links[i].label.y -= all.top;
    }
    out->width = all.right - all.left;
    out->height = all.bottom - all.top;
}

cn_status cn__layout_place(const cn__scene *scene, cn__layout *out, cn_error *err) {
    *out = (cn__layout){0};
    out->nodes = cn__calloc(scene->node_count, sizeof *out->nodes);
    out->groups = cn__calloc(scene->group_count, sizeof *out->groups);
    out->group_labels = cn__calloc(scene->group_count, sizeof *out->group_labels);
    out->links = cn__calloc(scene->link_count, sizeof *out->links);
    out->points = cn__alloc(scene->link_count, 11 * sizeof *out->points);
    cn__point(*ends)[2] = cn__calloc(scene->link_count, sizeof *ends);
    bool ok = out->nodes && out->groups && out->group_labels && out->links && out->points && ends;
    if (ok) {
        place_boxes(scene, out);
        ok = find_ends(scene, out, ends);
    }
    for (size_t i = 0; ok && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        cn__layout_link *place = &out->links[i];
        place->start = out->point_count;
        if (link->from_side == CN__SIDE_ARC) {
            arc_line(scene, link, place, out->nodes[link->from], out->nodes[link->to], out);
        } else {
            lead_line(link, place, ends[i][0], ends[i][1], out);
        }
        place->count = out->point_count - place->start;
    }
    cn__free(ends);
    if (!ok) {
        cn__layout_release(out);
        return CN__NO_MEMORY(err);
    }
    place_arc_labels(scene, out);
    frame(scene, out);
    return CN_OK;
}
