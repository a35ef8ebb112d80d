/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ground of a map as lines, cut to its frame (Liang & Barsky 1984). Invariant: every point of a trail lies in the frame; a
 * segment that leaves the frame and comes back begins a trail of its own. Cost: linear.
 */
#include "backdrop.h"

#include <math.h>
#include <string.h>

cn__rect cn__town_box(const cn__scene *scene, const cn__town *town) {
    const char *name = cn__scene_text(scene, town->name);
    double width = name[0] ? cn__font_width(name, strlen(name), false, CN__TOWN_SIZE) + 5 : 2;
    double half = name[0] ? 4.5 : 1;
    return (cn__rect){town->at.x - 2, town->at.y - half, town->at.x + width, town->at.y + half};
}

void cn__backdrop_release(cn__backdrop *backdrop) {
    cn__free(backdrop->points);
    cn__free(backdrop->trails);
    cn__free(backdrop->towns);
    *backdrop = (cn__backdrop){0};
}

/* Narrow the shares [from, to] of a segment to one side of the frame; false: nothing is left. */
static bool cut(double towards, double room, double *from, double *to) {
    if (fabs(towards) < 1e-12) {
        return room >= 0;
    }
    double at = room / towards;
    if (towards > 0) {
        *to = fmin(*to, at);
    } else {
        *from = fmax(*from, at);
    }
    return *from <= *to;
}

static bool add_point(cn__backdrop *b, cn__point p) {
    if (!cn__grow((void **)&b->points, &b->point_cap, b->point_count, 1, sizeof p)) {
        return false;
    }
    b->points[b->point_count++] = p;
    return true;
}

bool cn__backdrop_segment(cn__backdrop *backdrop, cn__trail_kind kind, bool joined, cn__point a, cn__point b) {
    cn__rect r = backdrop->frame;
    double from = 0;
    double to = 1;
    double x = b.x - a.x;
    double y = b.y - a.y;
    if (!cut(x, r.right - a.x, &from, &to) || !cut(-x, a.x - r.left, &from, &to) ||
        !cut(y, r.bottom - a.y, &from, &to) || !cut(-y, a.y - r.top, &from, &to)) {
        return true;
    }
    cn__point begin = {a.x + x * from, a.y + y * from};
    cn__point end = {a.x + x * to, a.y + y * to};
    cn__point *last = backdrop->point_count ? &backdrop->points[backdrop->point_count - 1] : NULL;
    bool goes_on = joined && from <= 0 && backdrop->trail_count && last && fabs(last->x - a.x) < 1e-9 &&
                   fabs(last->y - a.y) < 1e-9;
    if (!goes_on) {
        if (!cn__grow((void **)&backdrop->trails, &backdrop->trail_cap, backdrop->trail_count, 1,
                      sizeof *backdrop->trails)) {
            return false;
        }
        backdrop->trails[backdrop->trail_count++] = (cn__trail){kind, backdrop->point_count, 1};
        if (!add_point(backdrop, begin)) {
            return false;
        }
    }
    backdrop->trails[backdrop->trail_count - 1].count++;
    return add_point(backdrop, end);
}
