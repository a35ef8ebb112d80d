/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where everything stands in the explorer. A network that opens as a whole is laid out as a whole (spread.h). One that opens on the map is
 * laid out in two storeys, so that map and network are the same plane and zooming into a disc opens the group: every group by itself inside a
 * disc whose area follows its size; the discs by the strongest flows between groups, then pushed apart until none overlap.
 * Cost: that of the layouts, and O(groups²) a round of pushing.
 */
#include "explorer_impl.h"

#include "spread.h"

#include <math.h>
#include <stdlib.h>

#define LINK_LENGTH 60.0
#define ROOM 24.0     /* radius of a disc for one member; it grows with the root of their number */
#define CLEARANCE 1.1 /* between discs */
enum { STRONGEST = 3, ROUNDS = 400 };

/* ---- one layout ---- */

static cn_status lay_out(uint32_t count, size_t links, const uint32_t *from, const uint32_t *to, float *x, float *y,
                         cn_error *err) {
    cn_graph *graph = NULL;
    cn_status status = cn_graph_from_arcs(count, links, from, to, NULL, true, &graph, err);
    status = status ? status : cn__spread(graph, x, y, err);
    cn_graph_free(graph);
    return status;
}

static cn_status whole(cn__explorer *e, cn_error *err) {
    cn_status status = lay_out(e->count, e->link_count, e->from, e->to, e->x, e->y, err);
    for (uint32_t i = 0; !status && i < e->count; i++) {
        e->x[i] *= (float)LINK_LENGTH;
        e->y[i] *= (float)LINK_LENGTH;
    }
    return status;
}

/* Middle and radius of a group's disc. */
static double *disc(const cn__explorer *e, uint32_t group) { return e->place + (size_t)group * 3; }

/* Discs in the middle of their members. */
static void discs_of_members(cn__explorer *e, uint32_t *members) {
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->group[i] != CN_NONE) {
            members[e->group[i]]++;
            disc(e, e->group[i])[0] += (double)e->x[i];
            disc(e, e->group[i])[1] += (double)e->y[i];
        }
    }
    for (uint32_t g = 0; g < e->group_count; g++) {
        double count = members[g] ? members[g] : 1;
        disc(e, g)[0] /= count;
        disc(e, g)[1] /= count;
        disc(e, g)[2] = 12 * sqrt(count);
    }
}

/* ---- two storeys ---- */

typedef struct storeys {
    uint32_t *start; /* by group and one more: its first place in `order` */
    uint32_t *order; /* numbers, group after group */
    uint32_t *local; /* by number: its place in its group */
    size_t *first;   /* by group and one more: its first inner link in from, to */
    uint32_t *from, *to;
    double *tie; /* group by group: what passes between them */
    float *x, *y;
} storeys;

static bool storeys_alloc(const cn__explorer *e, storeys *s) {
    size_t groups = e->group_count;
    size_t most = e->count > groups ? e->count : groups;
    s->start = cn__calloc(groups + 2, sizeof *s->start);
    s->order = cn__alloc(e->count, sizeof *s->order);
    s->local = cn__alloc(e->count, sizeof *s->local);
    s->first = cn__calloc(groups + 2, sizeof *s->first);
    s->from = cn__alloc(e->link_count + groups * STRONGEST, sizeof *s->from);
    s->to = cn__alloc(e->link_count + groups * STRONGEST, sizeof *s->to);
    s->tie = cn__calloc(groups * groups, sizeof *s->tie);
    s->x = cn__calloc(most, sizeof *s->x);
    s->y = cn__calloc(most, sizeof *s->y);
    return s->start && s->order && s->local && s->first && s->from && s->to && s->tie && s->x && s->y;
}

static void storeys_release(storeys *s) {
    void *const all[] = {s->start, s->order, s->local, s->first, s->from, s->to, s->tie, s->x, s->y};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        cn__free(all[i]);
    }
}

/* Members and inner links in the order of their groups. */
static void sort_out(const cn__explorer *e, storeys *s) {
    for (uint32_t i = 0; i < e->count; i++) {
        s->start[e->group[i] + 2]++;
    }
    for (size_t i = 0; i < e->link_count; i++) {
        uint32_t a = e->group[e->from[i]];
        uint32_t b = e->group[e->to[i]];
        s->first[a + 2] += a == b;
        if (a != b) {
            s->tie[(size_t)a * e->group_count + b] += 1;
            s->tie[(size_t)b * e->group_count + a] += 1;
        }
    }
    for (uint32_t g = 1; g <= e->group_count; g++) {
        s->start[g + 1] += s->start[g];
        s->first[g + 1] += s->first[g];
    }
    for (uint32_t i = 0; i < e->count;
         i++) { /* start[g + 1] runs from the begin of g to its end, which is the begin of g + 1 */
        s->order[s->start[e->group[i] + 1]++] = i;
    }
    for (uint32_t g = 0; g < e->group_count; g++) {
        for (uint32_t at = s->start[g]; at < s->start[g + 1]; at++) {
            s->local[s->order[at]] = at - s->start[g];
        }
    }
    for (size_t i = 0; i < e->link_count; i++) {
        uint32_t g = e->group[e->from[i]];
        if (g == e->group[e->to[i]]) {
            size_t at = s->first[g + 1]++;
            s->from[at] = s->local[e->from[i]];
            s->to[at] = s->local[e->to[i]];
        }
    }
}

/* The group's members around the origin, in its disc. */
static cn_status lay_out_group(cn__explorer *e, storeys *s, uint32_t g, cn_error *err) {
    uint32_t begin = s->start[g];
    uint32_t count = s->start[g + 1] - begin;
    double radius = ROOM * sqrt(count);
    double middle[2] = {0, 0};
    double widest = 0;
    cn_status status =
        lay_out(count, s->first[g + 1] - s->first[g], s->from + s->first[g], s->to + s->first[g], s->x, s->y, err);
    for (uint32_t i = 0; !status && i < count; i++) {
        middle[0] += (double)s->x[i] / count;
        middle[1] += (double)s->y[i] / count;
    }
    for (uint32_t i = 0; !status && i < count; i++) {
        widest = fmax(widest, hypot((double)s->x[i] - middle[0], (double)s->y[i] - middle[1]));
    }
    double scale = widest > 0 ? 0.92 * radius / widest : 0;
    for (uint32_t i = 0; !status && i < count; i++) {
        e->x[s->order[begin + i]] = (float)(scale * ((double)s->x[i] - middle[0]));
        e->y[s->order[begin + i]] = (float)(scale * ((double)s->y[i] - middle[1]));
    }
    disc(e, g)[2] = radius;
    return status;
}

/* Each group's strongest ties: all of them would make a ball of everything. */
static size_t strongest_ties(const cn__explorer *e, storeys *s) {
    size_t count = 0;
    for (uint32_t g = 0; g < e->group_count; g++) {
        const double *row = &s->tie[(size_t)g * e->group_count];
        uint32_t last = CN_NONE;
        for (int k = 0; k < STRONGEST; k++) {
            uint32_t best = CN_NONE;
            for (uint32_t h = 0; h < e->group_count; h++) {
                bool after = last == CN_NONE || row[h] < row[last] || (row[h] <= row[last] && h > last);
                if (row[h] > 0 && after && (best == CN_NONE || row[h] > row[best])) {
                    best = h;
                }
            }
            if (best == CN_NONE) {
                break;
            }
            s->from[count] = g;
            s->to[count++] = best;
            last = best;
        }
    }
    return count;
}

/* Push discs apart, the deepest overlaps by as much as they overlap; ends when nothing overlaps or after so many rounds. */
static void push_apart(double *place, uint32_t count) {
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (uint32_t a = 0; a < count; a++) {
            for (uint32_t b = a + 1; b < count; b++) {
                double *one = place + (size_t)a * 3;
                double *other = place + (size_t)b * 3;
                double dx = other[0] - one[0];
                double dy = other[1] - one[1];
                double wanted = CLEARANCE * (one[2] + other[2]);
                double apart = sqrt(dx * dx + dy * dy);
                if (apart >= wanted) {
                    continue;
                }
                moved = true;
                dx = apart > 0 ? dx / apart : 1; /* two in one place: beside each other */
                dy = apart > 0 ? dy / apart : 0;
                double own = other[2] / (one[2] + other[2]); /* the larger gives way less */
                double shift = wanted - apart + 0.01;
                one[0] -= dx * shift * own;
                one[1] -= dy * shift * own;
                other[0] += dx * shift * (1 - own);
                other[1] += dy * shift * (1 - own);
            }
        }
    }
}

/* As near as the discs' areas allow before they are pushed. */
static void place_discs(cn__explorer *e, const storeys *s) {
    double area = 0;
    double low[2] = {INFINITY, INFINITY};
    double high[2] = {-INFINITY, -INFINITY};
    for (uint32_t g = 0; g < e->group_count; g++) {
        const double at[] = {(double)s->x[g], (double)s->y[g]};
        area += disc(e, g)[2] * disc(e, g)[2] * 4;
        for (int i = 0; i < 2; i++) {
            low[i] = fmin(low[i], at[i]);
            high[i] = fmax(high[i], at[i]);
        }
    }
    double scale = sqrt(area / fmax((high[0] - low[0]) * (high[1] - low[1]), 1));
    for (uint32_t g = 0; g < e->group_count; g++) {
        disc(e, g)[0] = scale * (double)s->x[g];
        disc(e, g)[1] = scale * (double)s->y[g];
    }
    push_apart(e->place, e->group_count);
}

static cn_status in_storeys(cn__explorer *e, cn_error *err) {
    storeys s = {0};
    cn_status status = storeys_alloc(e, &s) ? CN_OK : CN__NO_MEMORY(err);
    if (!status) {
        sort_out(e, &s);
    }
    for (uint32_t g = 0; !status && g < e->group_count; g++) {
        status = lay_out_group(e, &s, g, err);
    }
    if (!status) {
        size_t ties = strongest_ties(e, &s);
        status = lay_out(e->group_count, ties, s.from, s.to, s.x, s.y, err);
    }
    if (!status) {
        place_discs(e, &s);
        for (uint32_t i = 0; i < e->count; i++) {
            e->x[i] += (float)disc(e, e->group[i])[0];
            e->y[i] += (float)disc(e, e->group[i])[1];
        }
    }
    storeys_release(&s);
    return status;
}

cn_status cn__explorer_place(cn__explorer *e, cn_error *err) {
    e->x = cn__calloc(e->count, sizeof *e->x);
    e->y = cn__calloc(e->count, sizeof *e->y);
    e->place = cn__calloc((size_t)e->group_count * 3 + 1, sizeof *e->place);
    uint32_t *members = cn__calloc((size_t)e->group_count + 1, sizeof *members);
    cn_status status = e->x && e->y && e->place && members ? CN_OK : CN__NO_MEMORY(err);
    if (!status && e->opens_on_map) {
        status = in_storeys(e, err);
    } else if (!status) {
        status = whole(e, err);
        discs_of_members(e, members);
    }
    cn__free(members);
    return status;
}
