/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placing a map without Graphviz: boxes on a grid whose odd rows are shifted by half a cell, as bricks, so that lines between them pass
 * through gaps. Which box takes which cell is a quadratic assignment: the sum over the lines of strength × length, more where a line
 * runs through a box, is lowered by building up from the strongest ties and then exchanging cells as long as that helps. Each line is
 * the flattest arc that meets no box and few other lines; labels stand on their lines where they cover nothing, or not at all.
 * Invariant: boxes never overlap, as no box is larger than its cell. Everything is decided in a fixed order, so the same scene gives the
 * same places. Cost: O(n² (L n + L²)) a sweep for up to 40 boxes, above O(n² degree); at most 30 sweeps.
 */
#include "layout_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"

#define GAP_ACROSS 62.0 /* between boxes of a row: room for lines and their labels */
#define GAP_DOWN 46.0
#define BROAD 1.5   /* width of a map over its height */
#define CLEAR 4.0   /* between a line and a box it passes */
#define THROUGH 2.0 /* a line through a box counts as so many cells more */
enum { SWEEPS = 30, EXACT_BOXES = 40 };

typedef struct grid {
    const cn__scene *scene;
    uint32_t n;
    uint32_t rows, columns; /* cells a row */
    double cell_width, cell_height;
    uint32_t *cell;     /* by node */
    uint32_t *node;     /* by cell; CN_NONE: free */
    double *strength;   /* by link */
    uint32_t *start;    /* by node, into `incident` */
    uint32_t *incident; /* links */
} grid;

/* ---- the grid ---- */

static void size_grid(grid *g) {
    double width = 0;
    double height = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        width = fmax(width, g->scene->nodes[i].width);
        height = fmax(height, g->scene->nodes[i].height);
    }
    g->cell_width = width + GAP_ACROSS;
    g->cell_height = height + GAP_DOWN;
    double best = HUGE_VAL;
    for (uint32_t columns = 1; columns <= g->n; columns++) {
        uint32_t rows = (g->n + columns - 1) / columns;
        double shape = (columns + (rows > 1 ? 0.5 : 0)) * g->cell_width / (rows * g->cell_height);
        double bad = fabs(log(shape / BROAD)) + 0.5 * (double)(rows * columns - g->n) / g->n;
        if (columns == 1 || bad < best - 1e-9) {
            best = bad;
            g->columns = columns;
            g->rows = rows;
        }
    }
}

static cn__point centre_of_cell(const grid *g, uint32_t cell) {
    uint32_t row = cell / g->columns;
    uint32_t column = cell % g->columns;
    return (cn__point){(column + (row % 2 ? 0.5 : 0) + 0.5) * g->cell_width, (row + 0.5) * g->cell_height};
}

static double between(cn__point a, cn__point b) { return hypot(b.x - a.x, b.y - a.y); }

/* Does the straight line from a to b come near p (half a box), p being neither end? */
static bool passes(const grid *g, cn__point a, cn__point b, cn__point p) {
    double length = between(a, b);
    double along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length);
    if (along <= 0 || along >= 1) {
        return false;
    }
    double x = fabs(a.x + along * (b.x - a.x) - p.x);
    double y = fabs(a.y + along * (b.y - a.y) - p.y);
    return x < (g->cell_width - GAP_ACROSS) / 2 + CLEAR && y < (g->cell_height - GAP_DOWN) / 2 + CLEAR;
}

static double cost_of_link(const grid *g, uint32_t index, bool exact) {
    const cn__scene_link *link = &g->scene->links[index];
    cn__point a = centre_of_cell(g, g->cell[link->from]);
    cn__point b = centre_of_cell(g, g->cell[link->to]);
    double cost = between(a, b);
    for (uint32_t i = 0; exact && i < g->n; i++) {
        if (i != link->from && i != link->to && passes(g, a, b, centre_of_cell(g, g->cell[i]))) {
            cost += THROUGH * g->cell_width;
        }
    }
    return cost * g->strength[index];
}

static double cross(cn__point o, cn__point a, cn__point b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

static bool lines_cross(const grid *g, uint32_t i, uint32_t j) {
    const cn__scene_link *p = &g->scene->links[i];
    const cn__scene_link *q = &g->scene->links[j];
    if (p->from == q->from || p->from == q->to || p->to == q->from || p->to == q->to) {
        return false;
    }
    cn__point a = centre_of_cell(g, g->cell[p->from]);
    cn__point b = centre_of_cell(g, g->cell[p->to]);
    cn__point c = centre_of_cell(g, g->cell[q->from]);
    cn__point d = centre_of_cell(g, g->cell[q->to]);
    return cross(a, b, c) * cross(a, b, d) < 0 && cross(c, d, a) * cross(c, d, b) < 0;
}

/* All that is to be lowered, for small maps. */
static double cost_of_all(const grid *g) {
    double cost = 0;
    for (uint32_t i = 0; i < g->scene->link_count; i++) {
        cost += cost_of_link(g, i, true);
        for (uint32_t j = 0; j < i; j++) {
            cost += lines_cross(g, i, j) ? 0.5 * g->cell_width * (g->strength[i] + g->strength[j]) : 0;
        }
    }
    return cost;
}

/* Of the lines at a node: for large maps. */
static double cost_at(const grid *g, uint32_t node) {
    double cost = 0;
    for (uint32_t i = g->start[node]; i < g->start[node + 1]; i++) {
        cost += cost_of_link(g, g->incident[i], false);
    }
    return cost;
}

static void swap_cells(grid *g, uint32_t a, uint32_t b) {
    uint32_t kept = g->node[a];
    g->node[a] = g->node[b];
    g->node[b] = kept;
    if (g->node[a] != CN_NONE) {
        g->cell[g->node[a]] = a;
    }
    if (g->node[b] != CN_NONE) {
        g->cell[g->node[b]] = b;
    }
}

static double cost_around(const grid *g, uint32_t a, uint32_t b) {
    return (g->node[a] != CN_NONE ? cost_at(g, g->node[a]) : 0) + (g->node[b] != CN_NONE ? cost_at(g, g->node[b]) : 0);
}

/* Exchange cells as long as it helps. */
static void improve(grid *g) {
    uint32_t cells = g->rows * g->columns;
    bool exact = g->n <= EXACT_BOXES && g->scene->link_count <= (size_t)3 * EXACT_BOXES;
    double cost = exact ? cost_of_all(g) : 0;
    bool better = true;
    for (int sweep = 0; better && sweep < SWEEPS; sweep++) {
        better = false;
        for (uint32_t a = 0; a < cells; a++) {
            for (uint32_t b = a + 1; b < cells; b++) {
                if (g->node[a] == CN_NONE && g->node[b] == CN_NONE) {
                    continue;
                }
                double before = exact ? cost : cost_around(g, a, b);
                swap_cells(g, a, b);
                double after = exact ? cost_of_all(g) : cost_around(g, a, b);
                if (after < before - 1e-6 * before) {
                    cost = after;
                    better = true;
                } else {
                    swap_cells(g, a, b);
                }
            }
        }
    }
}

/* The free cell where a node's lines to those placed are shortest; without such lines the one nearest to the middle. */
static uint32_t best_cell(const grid *g, uint32_t node) {
    cn__point middle = {(g->columns + 0.5) * g->cell_width / 2, g->rows * g->cell_height / 2};
    uint32_t best = CN_NONE;
    double least = HUGE_VAL;
    for (uint32_t c = 0; c < g->rows * g->columns; c++) {
        if (g->node[c] != CN_NONE) {
            continue;
        }
        cn__point here = centre_of_cell(g, c);
        double cost = 1e-3 * between(here, middle);
        for (uint32_t i = g->start[node]; i < g->start[node + 1]; i++) {
            const cn__scene_link *link = &g->scene->links[g->incident[i]];
            uint32_t other = link->from == node ? link->to : link->from;
            if (g->cell[other] != CN_NONE) {
                cost += g->strength[g->incident[i]] * between(here, centre_of_cell(g, g->cell[other]));
            }
        }
        if (cost < least) {
            least = cost;
            best = c;
        }
    }
    return best;
}

/* Place node after node, the one most tied to those placed next. */
static bool build_up(grid *g) {
    double *tie = cn__calloc(g->n, sizeof *tie);
    for (uint32_t i = 0; tie && i < g->n; i++) { /* the first: the one of the strongest lines */
        for (uint32_t j = g->start[i]; j < g->start[i + 1]; j++) {
            tie[i] += 1e-6 * g->strength[g->incident[j]];
        }
    }
    for (uint32_t placed = 0; tie && placed < g->n; placed++) {
        uint32_t next = CN_NONE;
        for (uint32_t i = 0; i < g->n; i++) {
            if (g->cell[i] == CN_NONE && (next == CN_NONE || tie[i] > tie[next])) {
                next = i;
            }
        }
        uint32_t cell = best_cell(g, next);
        g->cell[next] = cell;
        g->node[cell] = next;
        for (uint32_t j = g->start[next]; j < g->start[next + 1]; j++) {
            const cn__scene_link *link = &g->scene->links[g->incident[j]];
            tie[link->from == next ? link->to : link->from] += g->strength[g->incident[j]];
        }
    }
    bool ok = tie != NULL;
    cn__free(tie);
    return ok;
}

static void find_incident(grid *g) {
    const cn__scene *scene = g->scene;
    for (uint32_t i = 0; i < scene->link_count; i++) {
        g->strength[i] = sqrt(scene->links[i].width > 0 ? scene->links[i].width : 0.1);
        g->start[scene->links[i].from + 1]++;
        g->start[scene->links[i].to + 1]++;
    }
    for (uint32_t i = 0; i < g->n; i++) {
        g->start[i + 1] += g->start[i];
    }
    for (uint32_t i = (uint32_t)scene->link_count; i-- > 0;) { /* from the back, so that starts end up right */
        g->incident[--g->start[scene->links[i].from + 1]] = i;
        g->incident[--g->start[scene->links[i].to + 1]] = i;
    }
    memmove(g->start, g->start + 1, g->n * sizeof *g->start);
    g->start[g->n] = 2 * (uint32_t)scene->link_count;
}

static bool place(grid *g, cn__layout *out) {
    size_grid(g);
    size_t cells = (size_t)g->rows * g->columns;
    g->cell = cn__alloc(g->n, sizeof *g->cell);
    g->node = cn__alloc(cells, sizeof *g->node);
    g->strength = cn__alloc(g->scene->link_count, sizeof *g->strength);
    g->start = cn__calloc((size_t)g->n + 2, sizeof *g->start);
    g->incident = cn__alloc(g->scene->link_count, 2 * sizeof *g->incident);
    bool ok = g->cell && g->node && g->strength && g->start && g->incident;
    if (ok) {
        memset(g->cell, 0xFF, g->n * sizeof *g->cell);
        memset(g->node, 0xFF, cells * sizeof *g->node);
        find_incident(g);
        ok = build_up(g);
    }
    if (ok) {
        improve(g);
    }
    for (uint32_t i = 0; ok && i < g->n; i++) {
        const cn__scene_node *node = &g->scene->nodes[i];
        cn__point c = centre_of_cell(g, g->cell[i]);
        out->nodes[i] =
            (cn__rect){c.x - node->width / 2, c.y - node->height / 2, c.x + node->width / 2, c.y + node->height / 2};
    }
    cn__free(g->cell);
    cn__free(g->node);
    cn__free(g->strength);
    cn__free(g->start);
    cn__free(g->incident);
    return ok;
}

bool cn__map_place_boxes(const cn__scene *scene, cn__layout *out) {
    grid g = {.scene = scene, .n = (uint32_t)scene->node_count};
    return g.n == 0 || place(&g, out);
}
