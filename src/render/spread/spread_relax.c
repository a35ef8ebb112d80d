/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spring-electrical model (Fruchterman & Reingold 1991 with the forces of Hu 2005): vertices repel each other by 1/d, edges pull by d²;
 * far groups of vertices count as one in their centre (Barnes & Hut 1986, opening 1.2). A vertex moves by the step length at most, which grows while
 * the energy falls five rounds in a row and shrinks when it rises (Hu's adaptive cooling).
 * The tree: cells in a row, a cell's four children side by side; points are sorted into it one by one, so equal points end in one leaf at the depth limit.
 * Every vertex's force is a sum of its own in a fixed order: threads do not change the bytes. O((n log n + E)) a round.
 */
#include "spread_impl.h"

#include "memory.h"

#include <math.h>
#include <string.h>

#define OPENING 1.2
#define REPULSION 0.35
enum { TREE_DEPTH = 24, PARALLEL_FROM = 2000 };

typedef struct cell {
    double x, y;    /* centre of mass, once summed */
    double mass;    /* vertices in it */
    uint32_t child; /* first of four; 0: a leaf */
    uint32_t point; /* of a leaf: the vertex, while it holds only one; else CN_NONE */
} cell;

typedef struct tree {
    cell *cells;
    size_t count;
    size_t cap;
    double left, top, size;
} tree;

static bool tree_split(tree *t, uint32_t at) {
    if (!cn__grow((void **)&t->cells, &t->cap, t->count, 4, sizeof *t->cells)) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        t->cells[t->count + i] = (cell){0, 0, 0, 0, CN_NONE};
    }
    t->cells[at].child = (uint32_t)t->count;
    t->count += 4;
    return true;
}

/* Which quarter of a square with this middle holds the point; the middle moves there. */
static uint32_t quarter(double px, double py, double *mx, double *my, double half) {
    bool right = px >= *mx;
    bool below = py >= *my;
    *mx += right ? half : -half;
    *my += below ? half : -half;
    return (right ? 1u : 0u) + (below ? 2u : 0u);
}

static bool tree_add(tree *t, const double *x, const double *y, uint32_t v) {
    uint32_t at = 0;
    double half = t->size / 2;
    double mx = t->left + half;
    double my = t->top + half;
    for (int depth = 0;; depth++) {
        cell *c = &t->cells[at];
        double total = c->mass + 1;
        c->x += (x[v] - c->x) / total; /* running centre of mass */
        c->y += (y[v] - c->y) / total;
        c->mass = total;
        half /= 2;
        if (!c->child) {
            if (c->mass == 1 || depth == TREE_DEPTH) { /* empty so far, or as deep as it goes */
                c->point = c->mass == 1 ? v : CN_NONE;
                return true;
            }
            uint32_t other = c->point;
            if (!tree_split(t, at)) {
                return false;
            }
            if (other != CN_NONE) {
                double ox = mx;
                double oy = my;
                cell *down = &t->cells[t->cells[at].child + quarter(x[other], y[other], &ox, &oy, half)];
                *down = (cell){x[other], y[other], 1, 0, other};
                t->cells[at].point = CN_NONE;
            }
        }
        at = t->cells[at].child + quarter(x[v], y[v], &mx, &my, half);
    }
}

static bool tree_build(tree *t, uint32_t n, const double *x, const double *y) {
    double left = x[0];
    double right = x[0];
    double top = y[0];
    double bottom = y[0];
    for (uint32_t v = 1; v < n; v++) {
        left = fmin(left, x[v]);
        right = fmax(right, x[v]);
        top = fmin(top, y[v]);
        bottom = fmax(bottom, y[v]);
    }
    t->left = left;
    t->top = top;
    t->size = fmax(fmax(right - left, bottom - top), 1e-9) * 1.0001;
    t->count = 0;
    if (!cn__grow((void **)&t->cells, &t->cap, 0, 1, sizeof *t->cells)) {
        return false;
    }
    t->cells[t->count++] = (cell){0, 0, 0, 0, CN_NONE};
    for (uint32_t v = 0; v < n; v++) {
        if (!tree_add(t, x, y, v)) {
            return false;
        }
    }
    return true;
}

typedef struct force {
    double x, y;
} force;

/* Away from everything: 1/d along the line between. */
static force push(const tree *t, double px, double py, uint32_t v) {
    struct {
        uint32_t at;
        double size;
    } stack[4 * (TREE_DEPTH + 2)];
    size_t depth = 0;
    force sum = {0, 0};
    stack[depth].at = 0;
    stack[depth++].size = t->size;
    while (depth) {
        uint32_t at = stack[--depth].at;
        double size = stack[depth].size;
        const cell *c = &t->cells[at];
        double dx = px - c->x;
        double dy = py - c->y;
        double square = dx * dx + dy * dy;
        if (c->mass == 0 || c->point == v) {
            continue;
        }
        if (!c->child || size * size < OPENING * OPENING * square) {
            double strength = c->mass * REPULSION / (square + 1e-6);
            sum.x += dx * strength;
            sum.y += dy * strength;
            continue;
        }
        for (uint32_t i = 0; i < 4; i++) {
            stack[depth].at = c->child + i;
            stack[depth++].size = size / 2;
        }
    }
    return sum;
}

/* Towards the neighbours: d². */
static force pull(const cn__web *web, const double *x, const double *y, uint32_t v) {
    force sum = {0, 0};
    for (uint32_t k = web->start[v]; k < web->start[v + 1]; k++) {
        double dx = x[web->to[k]] - x[v];
        double dy = y[web->to[k]] - y[v];
        double strength = sqrt(dx * dx + dy * dy);
        sum.x += dx * strength;
        sum.y += dy * strength;
    }
    return sum;
}

static void forces(const tree *t, const cn__web *web, const double *x, const double *y, force *out) {
    int64_t n = web->n;
#pragma omp parallel for schedule(dynamic, 256) if (n > PARALLEL_FROM)
    for (int64_t i = 0; i < n; i++) {
        uint32_t v = (uint32_t)i;
        force a = push(t, x[v], y[v], v);
        force b = pull(web, x, y, v);
        out[v] = (force){a.x + b.x, a.y + b.y};
    }
}

/* Move everyone along its force by the step; returns the energy before. */
static double move(const cn__web *web, const force *f, double *x, double *y, double step) {
    double energy = 0;
    for (uint32_t v = 0; v < web->n; v++) {
        double square = f[v].x * f[v].x + f[v].y * f[v].y;
        double length = sqrt(square);
        energy += square;
        if (length > 0) {
            double reach = fmin(step, length);
            x[v] += f[v].x / length * reach;
            y[v] += f[v].y / length * reach;
        }
    }
    return energy;
}

bool cn__web_relax(const cn__web *web, double *x, double *y, int rounds, double step) {
    tree t = {0};
    force *f = cn__alloc(web->n, sizeof *f);
    double before = INFINITY;
    int falling = 0;
    bool done = f != NULL;
    for (int round = 0; round < rounds && done; round++) {
        done = tree_build(&t, web->n, x, y);
        if (!done) {
            break;
        }
        forces(&t, web, x, y, f);
        double energy = move(web, f, x, y, step);
        if (energy < before) {
            if (++falling >= 5) {
                falling = 0;
                step /= 0.9;
            }
        } else {
            falling = 0;
            step *= 0.9;
        }
        before = energy;
    }
    cn__free(t.cells);
    cn__free(f);
    return done;
}
