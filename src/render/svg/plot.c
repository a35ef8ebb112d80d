/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Axes of a plot and the places of its labels. An axis ends at round values (1, 2 or 5 times a power of ten) outside the
 * data. Labels are placed greedily, the most wanted first, at the nearest of 32 places round its point where it
 * covers no point, no other label and not the frame; a label that finds none is left out.
 * Cost: O(points) for the axes, O(labels · (points + labels)) for the labels.
 */
#include "plot.h"

#include <math.h>
#include <string.h>

#define LEFT 38.0   /* for the words of the ticks */
#define TOP 15.0    /* for the words of the axis upwards */
#define BOTTOM 27.0 /* for ticks and words of the axis across */
#define RIGHT 4.0
#define STRIP 78.0
#define MARGIN 0.035 /* of an axis, beyond its last ticks */
#define MARKER 4.4   /* half the side of the square that a point takes */
#define LEADER_STEPS 24
#define SMALLEST 1e-9

/* The nearest of 1, 2, 5 · 10^k not above (or not below) a value. */
static double round_value(double value, bool up) {
    static const double steps[] = {1, 2, 5, 10};
    double unit = pow(10, floor(log10(value) + 1e-12));
    double best = unit;
    for (int i = 0; i < 4; i++) {
        double step = steps[i] * unit;
        if (up && step >= value * (1 - 1e-9)) {
            return step;
        }
        best = step <= value * (1 + 1e-9) ? step : best;
    }
    return up ? 10 * unit : best;
}

static void add_ticks(cn__axis *axis, double low, double high) {
    static const double steps[] = {1, 2, 5};
    bool fine = log10(high / low) <= 2.6; /* else the powers of ten alone */
    for (int power = (int)floor(log10(low) + 1e-9); pow(10, power) <= high * (1 + 1e-9); power++) {
        for (int i = 0; i < (fine ? 3 : 1); i++) {
            double value = pow(10, power) * steps[i];
            bool inside = value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
            if (inside && axis->tick_count < CN__PLOT_TICKS) {
                axis->ticks[axis->tick_count++] = value;
            }
        }
    }
}

static void set_axis(cn__axis *axis, double least, double most) {
    least = fmax(least, SMALLEST);
    double low = round_value(least, false);
    double high = fmin(round_value(fmax(most, least), true), 1);
    low = low < high ? low : high / 10;
    axis->tick_count = 0;
    add_ticks(axis, low, high);
    double margin = MARGIN * log10(high / low);
    axis->low = log10(low) - margin;
    axis->high = log10(high) + margin;
}

static void set_axes(cn__plot *plot) {
    double least[2] = {HUGE_VAL, HUGE_VAL};
    double most[2] = {0, 0};
    for (size_t i = 0; i < plot->count; i++) {
        double values[2] = {plot->points[i].x, plot->points[i].y};
        for (int k = 0; k < 2; k++) {
            if (values[k] > 0) {
                least[k] = fmin(least[k], values[k]);
                most[k] = fmax(most[k], values[k]);
            }
        }
        plot->strip |= !(values[0] > 0);
    }
    for (int k = 0; k < 2; k++) {
        if (!(most[k] > 0)) {
            least[k] = 0.01;
            most[k] = 1;
        }
    }
    set_axis(&plot->across, least[0], most[0]);
    /* At least a decade of the line "equal" wants to be seen. */
    set_axis(&plot->up, fmin(least[1], most[0] / 10), most[1]);
}

double cn__plot_across(const cn__plot *plot, double value) {
    double share = (log10(fmax(value, SMALLEST)) - plot->across.low) / (plot->across.high - plot->across.low);
    return plot->area.left + share * (plot->area.right - plot->area.left);
}

double cn__plot_up(const cn__plot *plot, double value) {
    double share = (log10(fmax(value, SMALLEST)) - plot->up.low) / (plot->up.high - plot->up.low);
    return plot->area.bottom - share * (plot->area.bottom - plot->area.top);
}

/* The part of "equal" inside both axes, and a place under it for its words: no firm risks less than itself. */
static void set_diagonal(cn__plot *plot, const cn__scene *scene) {
    double low = fmax(plot->across.low, plot->up.low);
    double high = fmin(plot->across.high, plot->up.high);
    plot->has_diagonal = low < high;
    if (!plot->has_diagonal) {
        return;
    }
    plot->diagonal[0] = (cn__point){cn__plot_across(plot, pow(10, low)), cn__plot_up(plot, pow(10, low))};
    plot->diagonal[1] = (cn__point){cn__plot_across(plot, pow(10, high)), cn__plot_up(plot, pow(10, high))};
    const char *words = cn__scene_text(scene, plot->diagonal_words);
    double width = cn__font_width(words, strlen(words), false, CN__PLOT_LABEL_SIZE);
    double middle = low + (high - low) * 0.5;
    double left = cn__plot_across(plot, pow(10, middle)) + 8;
    left = fmin(left, plot->area.right - width - 4);
    double top = fmin(cn__plot_up(plot, pow(10, middle)) + 4, plot->area.bottom - 12);
    plot->diagonal_label = (cn__rect){left, top, left + width, top + CN__PLOT_LABEL_SIZE * 1.2};
}

/* ---- labels ---- */

static bool overlap(cn__rect a, cn__rect b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static cn__rect marker_box(const cn__plot_point *point) {
    return (cn__rect){point->at.x - MARKER, point->at.y - MARKER, point->at.x + MARKER, point->at.y + MARKER};
}

static bool contains(cn__rect box, double x, double y) {
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
}

/* Where the line to a label ends: at its box's nearest point. */
static cn__point leader_end(const cn__plot_point *point, cn__rect label) {
    return (cn__point){fmin(fmax(point->at.x, label.left), label.right),
                       fmin(fmax(point->at.y, label.top), label.bottom)};
}

/* Does the line from a point to its label pass a box? (Looked at in steps of about a point.) */
static bool leader_passes(const cn__plot_point *point, cn__rect label, cn__rect box) {
    cn__point end = leader_end(point, label);
    for (int i = 1; i < LEADER_STEPS; i++) {
        double share = (double)i / LEADER_STEPS;
        if (contains(box, point->at.x + share * (end.x - point->at.x), point->at.y + share * (end.y - point->at.y))) {
            return true;
        }
    }
    return false;
}

/* Does a label at `box`, with a line to it or not, get into the way of another point? */
static bool in_the_way(const cn__plot *plot, size_t index, cn__rect box, bool leader, size_t i) {
    const cn__plot_point *point = &plot->points[index];
    const cn__plot_point *other = &plot->points[i];
    cn__rect marker = marker_box(other);
    if (overlap(box, marker) || (leader && leader_passes(point, box, marker))) {
        return true;
    }
    if (i > index || !other->labelled) {
        return false;
    }
    return overlap(box, other->label) || (leader && leader_passes(point, box, other->label)) ||
           (other->leader && leader_passes(other, other->label, box));
}

static bool free_place(const cn__plot *plot, size_t index, cn__rect box, bool leader) {
    cn__rect frame = plot->points[index].x > 0 ? plot->area : plot->aside;
    bool inside = box.left >= frame.left + 1 && box.right <= frame.right - 1 && box.top >= frame.top + 1 &&
                  box.bottom <= frame.bottom - 1;
    if (!inside || (plot->has_diagonal && overlap(box, plot->diagonal_label))) {
        return false;
    }
    for (size_t i = 0; i < plot->count; i++) {
        if (i != index && in_the_way(plot, index, box, leader, i)) {
            return false;
        }
    }
    return true;
}

/* A box of the label's size beside the point: `step` to the right and down, in units of its half sides. */
static cn__rect beside(cn__point at, double width, double height, double step_x, double step_y, double distance) {
    double x = at.x + step_x * (distance + width / 2);
    double y = at.y + step_y * (distance + height / 2);
    return (cn__rect){x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

static void place_label(cn__plot *plot, const cn__scene *scene, size_t index) {
    static const double steps[8][2] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};
    cn__plot_point *point = &plot->points[index];
    const char *name = cn__scene_text(scene, point->name);
    double width = cn__font_width(name, strlen(name), false, CN__PLOT_LABEL_SIZE) + 1;
    double height = CN__PLOT_LABEL_SIZE * 1.15;
    for (int ring = 0; ring < 4; ring++) {
        for (int i = 0; i < 8; i++) {
            bool corner = steps[i][0] != 0 && steps[i][1] != 0;
            double distance = (corner ? 3 : MARKER + 1.2) + 10.0 * ring;
            cn__rect box = beside(point->at, width, height, steps[i][0], steps[i][1], distance);
            if (free_place(plot, index, box, ring > 0)) {
                point->label = box;
                point->leader = ring > 0;
                return;
            }
        }
    }
    point->labelled = false;
    point->silenced = true;
}

void cn__plot_place(cn__plot *plot, const cn__scene *scene) {
    plot->width = plot->width > 0 ? plot->width : CN__PLOT_WIDTH;
    plot->height = plot->height > 0 ? plot->height : CN__PLOT_HEIGHT;
    set_axes(plot);
    plot->area = (cn__rect){LEFT + (plot->strip ? STRIP + 6 : 0), TOP, plot->width - RIGHT, plot->height - BOTTOM};
    plot->aside = (cn__rect){LEFT, TOP, LEFT + STRIP, plot->height - BOTTOM};
    for (size_t i = 0; i < plot->count; i++) {
        cn__plot_point *point = &plot->points[i];
        point->labelled |= point->silenced; /* of an earlier placing at another size */
        point->silenced = point->leader = false;
        point->at.x = point->x > 0 ? cn__plot_across(plot, point->x) : (plot->aside.left + plot->aside.right) / 2;
        point->at.y = cn__plot_up(plot, point->y);
    }
    set_diagonal(plot, scene);
    for (size_t i = 0; i < plot->count; i++) {
        if (plot->points[i].labelled) {
            place_label(plot, scene, i);
        }
    }
}

size_t cn__plot_count(const cn__plot *plot) { return plot->count; }
