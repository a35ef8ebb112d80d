/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of a map: between two boxes runs a quadratic arc, written as one cubic Bézier piece, from frame to frame. Of a few bends to both
 * sides the one is taken that meets the fewest boxes, then crosses the fewest lines drawn before, then is the flattest; the widest lines
 * choose first. Labels then stand on their lines, nearest to the middle where they cover no box and no other label and the fewest
 * lines; a label without such a place is left out. Cost: O(L (n + L)) for a constant number of bends and steps.
 */
#include "layout_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "ranked.h"

#define CLEAR 3.0 /* between a line and a box it passes */
enum { STEPS = 24 };

typedef struct arcs {
    const cn__scene *scene;
    cn__layout *layout;
    uint32_t *order;               /* links, the widest first */
    cn__point (*trail)[STEPS + 1]; /* by link: points along it; x is NAN where it is not led yet */
    cn__rect *labels;
    size_t label_count;
} arcs;

static cn__point middle_of(cn__rect r) { return (cn__point){(r.left + r.right) / 2, (r.top + r.bottom) / 2}; }

static cn__point quadratic(cn__point a, cn__point c, cn__point b, double t) {
    double u = 1 - t;
    return (cn__point){u * u * a.x + 2 * u * t * c.x + t * t * b.x, u * u * a.y + 2 * u * t * c.y + t * t * b.y};
}

static bool inside(cn__rect r, cn__point p, double margin) {
    return p.x > r.left - margin && p.x < r.right + margin && p.y > r.top - margin && p.y < r.bottom + margin;
}

/* Where the arc a–c–b leaves the box round a (from_end: enters that round b), as a parameter, found by halving. */
static double leaves(cn__rect box, cn__point a, cn__point c, cn__point b, bool from_end) {
    double in = from_end ? 1 : 0;
    double out = 0.5;
    for (int i = 0; i < 30; i++) {
        double t = (in + out) / 2;
        *(inside(box, quadratic(a, c, b, t), 0) ? &in : &out) = t;
    }
    return out;
}

/* The arc between t0 and t1 of a–c–b, by its own control point. */
static cn__point part_of(cn__point a, cn__point c, cn__point b, double t0, double t1) {
    double u0 = 1 - t0;
    return (cn__point){u0 * (1 - t1) * a.x + (u0 * t1 + t0 * (1 - t1)) * c.x + t0 * t1 * b.x,
                       u0 * (1 - t1) * a.y + (u0 * t1 + t0 * (1 - t1)) * c.y + t0 * t1 * b.y};
}

typedef struct arc {
    cn__point from, bend, to;
} arc;

/* How far a line with a twin the other way keeps to its right, so that the two stand beside each other. */
static double aside_of(const cn__scene_link *link, bool twin, cn__rect from, cn__rect to) {
    double room =
        fmin(fmin(from.bottom - from.top, to.bottom - to.top), fmin(from.right - from.left, to.right - to.left));
    return twin ? fmin(link->width / 2 + 3, 0.3 * room) : 0;
}

/* The arc of a link with a bend (share of its length, to the right of its way) that is strongest at the share `along`, between the frames. */
static arc arc_with(const arcs *w, const cn__scene_link *link, bool twin, double bend, double along) {
    cn__rect from = w->layout->nodes[link->from];
    cn__rect to = w->layout->nodes[link->to];
    cn__point a = middle_of(from);
    cn__point b = middle_of(to);
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1);
    double aside = aside_of(link, twin, from, to);
    cn__point right = {-(b.y - a.y) / length, (b.x - a.x) / length};
    a = (cn__point){a.x + aside * right.x, a.y + aside * right.y};
    b = (cn__point){b.x + aside * right.x, b.y + aside * right.y};
    double out = 2 * bend * length;
    cn__point c = {a.x + along * (b.x - a.x) + out * right.x, a.y + along * (b.y - a.y) + out * right.y};
    double t0 = leaves(from, a, c, b, false);
    double t1 = leaves(to, a, c, b, true);
    return (arc){quadratic(a, c, b, t0), part_of(a, c, b, t0, t1), quadratic(a, c, b, t1)};
}

static void follow(const arc *x, cn__point *trail) {
    for (int i = 0; i <= STEPS; i++) {
        trail[i] = quadratic(x->from, x->bend, x->to, (double)i / STEPS);
    }
}

static uint32_t boxes_met(const arcs *w, const cn__scene_link *link, const cn__point *trail) {
    uint32_t met = 0;
    for (uint32_t i = 0; i < w->scene->node_count; i++) {
        bool hit = false;
        for (int s = 0; i != link->from && i != link->to && s <= STEPS && !hit; s++) {
            hit = inside(w->layout->nodes[i], trail[s], CLEAR + link->width / 2);
        }
        met += hit;
    }
    return met;
}

static double turn(cn__point o, cn__point a, cn__point b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

static bool cross(const cn__point *p, const cn__point *q) {
    return turn(p[0], p[1], q[0]) * turn(p[0], p[1], q[1]) < 0 && turn(q[0], q[1], p[0]) * turn(q[0], q[1], p[1]) < 0;
}

/* Lines led before that a trail crosses; followed in fewer steps. */
static uint32_t lines_met(const arcs *w, size_t before, const cn__point *trail) {
    enum { STRIDE = 6 };
    uint32_t met = 0;
    for (size_t i = 0; i < before; i++) {
        const cn__point *other = w->trail[w->order[i]];
        bool hit = false;
        for (int s = 0; s < STEPS && !hit; s += STRIDE) {
            cn__point p[2] = {trail[s], trail[s + STRIDE]};
            for (int r = 0; r < STEPS && !hit; r += STRIDE) {
                cn__point q[2] = {other[r], other[r + STRIDE]};
                hit = cross(p, q);
            }
        }
        met += hit;
    }
    return met;
}

static bool has_twin(const cn__scene *scene, const cn__scene_link *link) {
    for (size_t i = 0; i < scene->link_count; i++) {
        if (scene->links[i].from == link->to && scene->links[i].to == link->from) {
            return true;
        }
    }
    return false;
}

/* The bend that costs least. */
static arc best_arc(const arcs *w, const cn__scene_link *link, size_t rank) {
    static const double bends[] = {0.05, -0.05, 0.1, -0.1, 0.16, -0.16, 0.23, -0.23, 0.31, -0.31, 0.4, -0.4, 0.5, -0.5};
    static const double shares[] = {0.5, 0.25, 0.75};
    bool twin = has_twin(w->scene, link);
    arc best = {{0, 0}, {0, 0}, {0, 0}};
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizeof bends / sizeof *bends; i++) {
        for (size_t j = 0; j < sizeof shares / sizeof *shares; j++) {
            cn__point trail[STEPS + 1];
            arc tried = arc_with(w, link, twin, bends[i], shares[j]);
            follow(&tried, trail);
            double cost = 100.0 * boxes_met(w, link, trail) + 3.0 * lines_met(w, rank, trail) + 14.0 * fabs(bends[i]) +
                          (bends[i] < 0 ? 0.5 : 0) + (j > 0 ? 1 : 0);
            if (cost < least) {
                least = cost;
                best = tried;
            }
        }
    }
    return best;
}

static void lead(arcs *w, size_t rank) {
    uint32_t index = w->order[rank];
    const cn__scene_link *link = &w->scene->links[index];
    arc best = best_arc(w, link, rank);
    follow(&best, w->trail[index]);
    cn__layout_link *place = &w->layout->links[index];
    cn__arrow arrow = link->plain ? CN__ARROW_NONE : cn__link_look_of(link->style)->arrow;
    double length = hypot(best.to.x - best.bend.x, best.to.y - best.bend.y);
    double head = length > 0 ? fmin(1, cn__arrow_length(arrow, link->width) / length) : 0;
    cn__point base = {best.to.x + (best.bend.x - best.to.x) * head, best.to.y + (best.bend.y - best.to.y) * head};
    cn__point *p = w->layout->points + w->layout->point_count;
    p[0] = best.from;
    p[1] = (cn__point){(best.from.x + 2 * best.bend.x) / 3, (best.from.y + 2 * best.bend.y) / 3};
    p[2] = (cn__point){(base.x + 2 * best.bend.x) / 3, (base.y + 2 * best.bend.y) / 3};
    p[3] = base;
    p[4] = best.to;
    place->start = w->layout->point_count;
    place->arrow_at_end = arrow != CN__ARROW_NONE;
    place->count = place->arrow_at_end ? 5 : 4;
    w->layout->point_count += place->count;
}

/* ---- labels ---- */

static bool overlap(cn__rect a, cn__rect b, double margin) {
    return a.left < b.right + margin && b.left < a.right + margin && a.top < b.bottom + margin &&
           b.top < a.bottom + margin;
}

static bool is_free(const arcs *w, cn__rect r) {
    for (size_t i = 0; i < w->scene->node_count; i++) {
        if (overlap(r, w->layout->nodes[i], 1)) {
            return false;
        }
    }
    for (size_t i = 0; i < w->label_count; i++) {
        if (overlap(r, w->labels[i], 1)) {
            return false;
        }
    }
    return true;
}

static uint32_t lines_under(const arcs *w, uint32_t own, cn__rect r) {
    uint32_t met = 0;
    for (uint32_t i = 0; i < w->scene->link_count; i++) {
        bool hit = false;
        for (int s = 0; i != own && s <= STEPS && !hit; s++) {
            hit = inside(r, w->trail[i][s], w->scene->links[i].width / 2);
        }
        met += hit;
    }
    return met;
}

static void put_label(arcs *w, uint32_t index) {
    static const int steps[] = {12, 11, 13, 10, 14, 9, 15, 8, 16, 7, 17, 6, 18, 5, 19};
    const cn__scene_link *link = &w->scene->links[index];
    cn__layout_link *place = &w->layout->links[index];
    uint32_t fewest = UINT32_MAX;
    for (size_t i = 0; link->line_count > 0 && fewest > 0 && i < sizeof steps / sizeof *steps; i++) {
        cn__point c = w->trail[index][steps[i]];
        cn__rect r = {c.x - link->label_width / 2, c.y - link->label_height / 2, c.x + link->label_width / 2,
                      c.y + link->label_height / 2};
        uint32_t met = is_free(w, r) ? lines_under(w, index, r) : UINT32_MAX;
        if (met < fewest) {
            fewest = met;
            place->has_label = true;
            place->label = c;
            w->labels[w->label_count] = r;
        }
    }
    w->label_count += place->has_label;
}

/* ---- the whole ---- */

static bool sort_lines(arcs *w) {
    size_t count = w->scene->link_count;
    cn__ranked *list = cn__alloc(count, sizeof *list);
    for (uint32_t i = 0; list && i < count; i++) {
        list[i] = (cn__ranked){w->scene->links[i].width, i};
    }
    if (list) {
        cn__ranked_sort(list, count);
    }
    for (size_t i = 0; list && i < count; i++) {
        w->order[i] = list[i].index;
    }
    bool ok = list != NULL;
    cn__free(list);
    return ok;
}

static void include(cn__rect *all, cn__rect r) {
    all->left = fmin(all->left, r.left);
    all->top = fmin(all->top, r.top);
    all->right = fmax(all->right, r.right);
    all->bottom = fmax(all->bottom, r.bottom);
}

/* Move all so that it begins at 0, 0. */
static void frame(arcs *w) {
    cn__layout *layout = w->layout;
    cn__rect all = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < w->scene->node_count; i++) {
        include(&all, layout->nodes[i]);
    }
    for (size_t i = 0; i < w->scene->link_count; i++) {
        double half = w->scene->links[i].width / 2;
        for (int s = 0; s <= STEPS; s++) {
            cn__point p = w->trail[i][s];
            include(&all, (cn__rect){p.x - half, p.y - half, p.x + half, p.y + half});
        }
    }
    for (size_t i = 0; i < w->label_count; i++) {
        include(&all, w->labels[i]);
    }
    if (!(all.right > all.left)) {
        return;
    }
    for (size_t i = 0; i < w->scene->node_count; i++) {
        cn__rect *r = &layout->nodes[i];
        *r = (cn__rect){r->left - all.left, r->top - all.top, r->right - all.left, r->bottom - all.top};
    }
    for (size_t i = 0; i < layout->point_count; i++) {
        layout->points[i] = (cn__point){layout->points[i].x - all.left, layout->points[i].y - all.top};
    }
    for (size_t i = 0; i < w->scene->link_count; i++) {
        layout->links[i].label.x -= all.left;
        layout->links[i].label.y -= all.top;
    }
    layout->width = all.right - all.left;
    layout->height = all.bottom - all.top;
}

bool cn__map_lead_lines(const cn__scene *scene, cn__layout *out) {
    size_t count = scene->link_count;
    arcs w = {.scene = scene, .layout = out};
    w.order = cn__alloc(count, sizeof *w.order);
    w.trail = cn__alloc(count, sizeof *w.trail);
    w.labels = cn__alloc(count, sizeof *w.labels);
    bool ok = w.order && w.trail && w.labels &&
              cn__grow((void **)&out->points, &out->point_cap, out->point_count, 5 * count, sizeof *out->points) &&
              sort_lines(&w);
    for (size_t i = 0; ok && i < count; i++) {
        lead(&w, i);
    }
    for (size_t i = 0; ok && i < count; i++) {
        put_label(&w, w.order[i]);
    }
    if (ok) {
        frame(&w);
    }
    cn__free(w.order);
    cn__free(w.trail);
    cn__free(w.labels);
    return ok;
}

cn_status cn__map_layout(const cn__scene *scene, cn__layout *out, cn_error *err) {
    *out = (cn__layout){0};
    out->nodes = cn__calloc(scene->node_count, sizeof *out->nodes);
    out->groups = cn__calloc(0, sizeof *out->groups);
    out->group_labels = cn__calloc(0, sizeof *out->group_labels);
    out->links = cn__calloc(scene->link_count, sizeof *out->links);
    bool ok = out->nodes && out->groups && out->group_labels && out->links && cn__map_place_boxes(scene, out) &&
              cn__map_lead_lines(scene, out);
    if (!ok) {
        cn__layout_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}
