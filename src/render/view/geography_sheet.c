/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheet of the map: a conic projection fitted to the places, widened to a sheet of a fixed shape, with graticule, coasts and towns
 * for orientation. Circles that would overlap are pushed apart, each pair half the way, until none do (some thousand rounds at most);
 * they stay near where they belong. Cost: O(rounds · places²).
 */
#include "view_geography.h"

#include <math.h>
#include <string.h>

#define WIDTH 640.0 /* fills A4 at scale 1.5, A3 where it is half again as large */
#define HEIGHT 352.0
#define FEW 14 /* places; more get a larger sheet */
#define SOME 24
#define MOST 40
#define SLIDE_WIDTH 700.0 /* of a slide with its legend below */
#define SLIDE_HEIGHT 246.0
#define STRIP 44.0
#define MARGIN 46.0     /* of the places to the frame */
#define NARROWEST 400.0 /* kilometres across: nearer one does not look */
#define APART 9.0       /* from circle to circle */
#define FEW_APART 44.0  /* there is room for arcs and their labels */
#define MOST_ROUNDS 4000
#define TOWNS_NAMED 14

typedef struct sheet {
    cn__conic conic;
    double width, height;
    double scale;  /* points a kilometre */
    double x0, y0; /* kilometres at the left upper corner */
} sheet;

static cn__point on_sheet(const sheet *s, cn__geo_point p) {
    double x, y;
    cn__conic_at(&s->conic, p, &x, &y);
    return (cn__point){(x - s->x0) * s->scale, (y - s->y0) * s->scale};
}

/* The middle meridian and two parallels of the places: a third of their spread from either end. */
static cn__conic conic_of(const cn__places *places) {
    double south = 90, north = -90, west = 400, east = -400;
    for (uint32_t i = 0; i < places->shown; i++) {
        const cn__place *p = &places->list[i];
        if (p->on_map) {
            double lon = p->at.lon < -150 ? p->at.lon + 360 : p->at.lon; /* Chukotka lies in the east */
            south = fmin(south, p->at.lat);
            north = fmax(north, p->at.lat);
            west = fmin(west, lon);
            east = fmax(east, lon);
        }
    }
    return cn__conic_make((west + east) / 2, south + (north - south) / 6, north - (north - south) / 6);
}

static void fit(const cn__places *places, sheet *s) {
    double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
    for (uint32_t i = 0; i < places->shown; i++) {
        double x, y;
        if (places->list[i].on_map) {
            cn__conic_at(&s->conic, places->list[i].at, &x, &y);
            left = fmin(left, x);
            right = fmax(right, x);
            top = fmin(top, y);
            bottom = fmax(bottom, y);
        }
    }
    double across = fmax(right - left, NARROWEST);
    double down = fmax(bottom - top, NARROWEST / 2);
    /* Names stand beside the circles: more room at the sides. */
    s->scale = fmin((s->width - 3 * MARGIN) / across, (s->height - 2 * MARGIN) / down);
    s->x0 = (left + right) / 2 - s->width / 2 / s->scale;
    s->y0 = (top + bottom) / 2 - s->height / 2 / s->scale;
}

/* ---- the ground ---- */

static bool add_line(cn__backdrop *ground, const sheet *s, cn__geo_point from, double lat, double lon, int steps) {
    cn__point last = on_sheet(s, from);
    for (int i = 0; i < steps; i++) {
        from = (cn__geo_point){from.lat + lat, from.lon + lon};
        cn__point next = on_sheet(s, from);
        if (!cn__backdrop_segment(ground, CN__TRAIL_GRATICULE, i > 0, last, next)) {
            return false;
        }
        last = next;
    }
    return true;
}

static bool add_graticule(cn__backdrop *ground, const sheet *s) {
    double step = s->width / s->scale > 2500 ? 10 : s->width / s->scale > 900 ? 5 : 1;
    bool ok = true;
    double west = floor((s->conic.lon0 - 100) / step) * step;
    for (double lat = -80; ok && lat < 90; lat += step) {
        ok = add_line(ground, s, (cn__geo_point){lat, west}, 0, 1, 200);
    }
    for (double lon = west; ok && lon < west + 200; lon += step) {
        ok = add_line(ground, s, (cn__geo_point){-80, lon}, 2, 0, 84);
    }
    return ok;
}

static bool add_coasts(cn__backdrop *ground, const sheet *s) {
    bool joined = false;
    bool ok = true;
    for (size_t i = 0; ok && i + 1 < cn__geo_shore_count(); i++) {
        cn__geo_point a = cn__geo_shore(i);
        cn__geo_point b = cn__geo_shore(i + 1);
        bool seen =
            fabs(remainder(a.lon - s->conic.lon0, 360)) < 120 && fabs(remainder(b.lon - s->conic.lon0, 360)) < 120;
        if (a.lat <= 90 && b.lat <= 90 && seen) {
            ok = cn__backdrop_segment(ground, CN__TRAIL_COAST, joined, on_sheet(s, a), on_sheet(s, b));
        }
        joined = a.lat <= 90 && b.lat <= 90;
    }
    return ok;
}

static bool is_clear(const cn__backdrop *ground, const cn__places *places, cn__point at, double width) {
    bool clear = at.x > ground->frame.left + 4 && at.x + width < ground->frame.right - 4 &&
                 at.y > ground->frame.top + 8 && at.y < ground->frame.bottom - 8;
    for (uint32_t i = 0; clear && i < places->shown; i++) {
        const cn__place *p = &places->list[i];
        double x = fmax(fmax(at.x - p->x, p->x - at.x - width), 0);
        clear = hypot(x, at.y - p->y) > p->radius + 5;
    }
    for (size_t i = 0; clear && i < ground->town_count; i++) {
        const cn__town *town = &ground->towns[i];
        clear = fabs(town->at.y - at.y) > 9 || town->at.x + 70 < at.x || at.x + width < town->at.x - 4;
    }
    return clear;
}

/* Dots for chief towns; the best known of them that have room get their names. */
static bool add_towns(cn__backdrop *ground, const sheet *s, const cn__places *places, cn__scene *scene) {
    uint32_t named = 0;
    for (size_t i = 0; i < cn__geo_town_count(); i++) {
        cn__geo_point at;
        const char *name = cn__geo_town(i, scene->lang, &at);
        cn__town town = {.at = on_sheet(s, at)};
        if (!name[0] || !is_clear(ground, places, town.at, 0)) {
            continue;
        }
        double width = cn__font_width(name, strlen(name), false, CN__TOWN_SIZE) + 5;
        if (named < TOWNS_NAMED && is_clear(ground, places, town.at, width)) {
            town.name = cn__scene_keep(scene, name, false);
            named++;
        }
        if (!cn__grow((void **)&ground->towns, &ground->town_cap, ground->town_count, 1, sizeof town)) {
            return false;
        }
        ground->towns[ground->town_count++] = town;
    }
    return !scene->failed;
}

/* ---- the circles ---- */

/* Push one pair apart; false: they were. */
static bool push(cn__place *a, cn__place *b, double gap) {
    double want = a->radius + b->radius + gap;
    double x = b->x - a->x;
    double y = b->y - a->y;
    double apart = hypot(x, y);
    if (apart >= want) {
        return false;
    }
    if (apart < 0.01) { /* on one spot: side by side */
        x = 1;
        y = 0;
        apart = 1;
        b->x += 0.01;
    }
    double half = (want - apart) / 2 + 0.01;
    a->x -= x / apart * half;
    b->x += x / apart * half;
    a->y -= y / apart * half;
    b->y += y / apart * half;
    return true;
}

static void keep_inside(cn__place *p, const sheet *s) {
    double room = p->radius + 4;
    p->x = fmin(fmax(p->x, room), s->width - room);
    p->y = fmin(fmax(p->y, room + 8), s->height - room - 4);
}

static void push_apart(cn__places *places, const sheet *s) {
    bool pushed = true;
    for (int round = 0; pushed && round < MOST_ROUNDS; round++) {
        pushed = false;
        for (uint32_t i = 0; i < places->shown; i++) {
            for (uint32_t j = i + 1; j < places->shown; j++) {
                if (places->list[i].on_map && places->list[j].on_map) {
                    pushed |= push(&places->list[i], &places->list[j], places->shown > FEW ? APART : FEW_APART);
                }
            }
        }
        for (uint32_t i = 0; i < places->shown; i++) {
            if (places->list[i].on_map) {
                keep_inside(&places->list[i], s);
            }
        }
    }
}

static void put_strip(cn__places *places, uint32_t off, const sheet *s) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < places->shown; i++) {
        if (!places->list[i].on_map) {
            places->list[i].x = s->width * (0.5 + at++) / off;
            places->list[i].y = s->height + STRIP / 2;
        }
    }
}

uint32_t cn__places_room(const cn_draw_options *options) {
    uint32_t limit = options->full || options->limit == 0 ? MOST : options->limit;
    limit = options->paper == CN_PAPER_SLIDE && limit > FEW ? FEW : limit;
    return limit >= MOST ? MOST : limit >= SOME ? SOME : limit > FEW ? FEW : limit;
}

bool cn__places_put(cn__places *places, const cn_draw_options *options, cn__scene *scene) {
    bool slide = options->paper == CN_PAPER_SLIDE;
    double larger = slide || places->shown <= FEW ? 1 : places->shown <= SOME ? 1.2 : 1.5;
    uint32_t off = 0;
    for (uint32_t i = 0; i < places->shown; i++) {
        off += !places->list[i].on_map;
    }
    sheet s = {.conic = conic_of(places),
               .width = slide ? SLIDE_WIDTH : WIDTH * larger,
               .height = slide ? SLIDE_HEIGHT - (off ? STRIP : 0) : HEIGHT * larger};
    fit(places, &s);
    scene->width = s.width;
    scene->height = s.height + (off ? STRIP : 0);
    scene->backdrop = cn__calloc(1, sizeof *scene->backdrop);
    if (!scene->backdrop) {
        return false;
    }
    scene->backdrop->frame = (cn__rect){0, 0, s.width, s.height};
    for (uint32_t i = 0; i < places->shown; i++) {
        if (places->list[i].on_map) {
            cn__point at = on_sheet(&s, places->list[i].at);
            places->list[i].x = at.x;
            places->list[i].y = at.y;
        }
    }
    push_apart(places, &s);
    put_strip(places, off, &s);
    return add_graticule(scene->backdrop, &s) && add_coasts(scene->backdrop, &s) &&
           add_towns(scene->backdrop, &s, places, scene);
}
