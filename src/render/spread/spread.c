/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cn__spread: component by component a multilevel layout (coarsen, relax the coarsest from a spiral, go back finer and relax again),
 * turned so that it lies broad, then packed in rows. Cost: see spread.h.
 */
#include "spread_impl.h"

#include "error.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COARSE_ENOUGH = 40, COARSE_ROUNDS = 300 };
#define GOLDEN_ANGLE 2.399963229728653
#define GAP 2.0 /* between components */

/* ---- one web ---- */

static void begin(const cn__web *web, double *x, double *y) {
    for (uint32_t v = 0; v < web->n; v++) { /* Vogel's spiral: even, and no two at one place */
        double radius = sqrt((double)v + 0.5);
        x[v] = radius * cos((double)v * GOLDEN_ANGLE);
        y[v] = radius * sin((double)v * GOLDEN_ANGLE);
    }
}

/* From a coarse web to the finer one: members of a group round its place. */
static void refine(const cn__web *fine, uint32_t coarse_n, const double *coarse_x, const double *coarse_y, double *x,
                   double *y) {
    double growth = sqrt((double)fine->n / (double)coarse_n); /* the area grows with the vertices */
    for (uint32_t v = 0; v < fine->n; v++) {
        double angle = (double)v * GOLDEN_ANGLE;
        x[v] = coarse_x[fine->part[v]] * growth + 0.3 * cos(angle);
        y[v] = coarse_y[fine->part[v]] * growth + 0.3 * sin(angle);
    }
}

typedef struct levels {
    cn__web webs[CN__WEB_LEVELS];
    int count;
} levels;

static bool levels_make(levels *all) {
    while (all->count < CN__WEB_LEVELS) {
        cn__web *last = &all->webs[all->count - 1];
        if (last->n <= COARSE_ENOUGH) {
            return true;
        }
        cn__web *next = &all->webs[all->count];
        if (!cn__web_coarsen(last, next)) {
            return false;
        }
        if ((double)next->n > 0.95 * (double)last->n) { /* nothing left to join */
            cn__web_release(next);
            return true;
        }
        all->count++;
    }
    return true;
}

/* Large webs are good enough sooner: what is to be seen of them was settled on coarser ones. */
static int fine_rounds(uint32_t n) {
    if (n <= 5000) {
        return 50;
    }
    return n <= 30000 ? 30 : 20;
}

/* Places for the finest web; x and y have room for it. */
static bool levels_place(const levels *all, double *x, double *y) {
    uint32_t n = all->webs[0].n;
    double *old_x = cn__alloc(n, sizeof *old_x);
    double *old_y = cn__alloc(n, sizeof *old_y);
    bool done = old_x && old_y;
    if (done) {
        begin(&all->webs[all->count - 1], x, y);
        done = cn__web_relax(&all->webs[all->count - 1], x, y, COARSE_ROUNDS, 1.0);
    }
    for (int level = all->count - 2; level >= 0 && done; level--) {
        const cn__web *web = &all->webs[level];
        memcpy(old_x, x, all->webs[level + 1].n * sizeof *x);
        memcpy(old_y, y, all->webs[level + 1].n * sizeof *y);
        refine(web, all->webs[level + 1].n, old_x, old_y, x, y);
        done = cn__web_relax(web, x, y, fine_rounds(web->n), 0.6);
    }
    cn__free(old_x);
    cn__free(old_y);
    return done;
}

/* Turn it so that its longest extent lies across, and set its corner to 0, 0. */
static void settle(uint32_t n, double *x, double *y, double *width, double *height) {
    double cx = 0;
    double cy = 0;
    for (uint32_t v = 0; v < n; v++) {
        cx += x[v] / n;
        cy += y[v] / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (uint32_t v = 0; v < n; v++) {
        xx += (x[v] - cx) * (x[v] - cx);
        xy += (x[v] - cx) * (y[v] - cy);
        yy += (y[v] - cy) * (y[v] - cy);
    }
    double angle = -0.5 * atan2(2 * xy, xx - yy);
    double left = INFINITY;
    double top = INFINITY;
    double right = -INFINITY;
    double bottom = -INFINITY;
    for (uint32_t v = 0; v < n; v++) {
        double dx = x[v] - cx;
        double dy = y[v] - cy;
        x[v] = dx * cos(angle) - dy * sin(angle);
        y[v] = dx * sin(angle) + dy * cos(angle);
        left = fmin(left, x[v]);
        right = fmax(right, x[v]);
        top = fmin(top, y[v]);
        bottom = fmax(bottom, y[v]);
    }
    for (uint32_t v = 0; v < n; v++) {
        x[v] -= left;
        y[v] -= top;
    }
    *width = right - left;
    *height = bottom - top;
}

/* ---- components ---- */

typedef struct part {
    uint32_t first; /* into members */
    uint32_t count;
    double width, height;
} part;

typedef struct parts {
    uint32_t *members; /* by component, ascending */
    uint32_t *of;      /* by vertex: its place among the members of its component */
    part *rows;        /* the largest first */
    size_t count;
} parts;

static int compare_parts(const void *a, const void *b) {
    const part *x = a;
    const part *y = b;
    int by_size = (x->count < y->count) - (x->count > y->count);
    return by_size ? by_size : (x->first > y->first) - (x->first < y->first);
}

static int compare_members(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool parts_find(const cn__web *web, parts *out) {
    out->members = cn__alloc(web->n, sizeof *out->members);
    out->of = cn__alloc(web->n, sizeof *out->of);
    out->rows = cn__alloc(web->n, sizeof *out->rows);
    if (!out->members || !out->of || !out->rows) {
        return false;
    }
    uint32_t end = 0;
    for (uint32_t v = 0; v < web->n; v++) {
        out->of[v] = CN_NONE;
    }
    for (uint32_t root = 0; root < web->n; root++) {
        if (out->of[root] != CN_NONE) {
            continue;
        }
        uint32_t first = end;
        out->of[root] = 0;
        out->members[end++] = root;
        for (uint32_t head = first; head < end; head++) {
            uint32_t v = out->members[head];
            for (uint32_t k = web->start[v]; k < web->start[v + 1]; k++) {
                if (out->of[web->to[k]] == CN_NONE) {
                    out->of[web->to[k]] = 0;
                    out->members[end++] = web->to[k];
                }
            }
        }
        qsort(out->members + first, end - first, sizeof *out->members, compare_members);
        out->rows[out->count++] = (part){first, end - first, 0, 0};
    }
    for (size_t p = 0; p < out->count; p++) {
        for (uint32_t i = 0; i < out->rows[p].count; i++) {
            out->of[out->members[out->rows[p].first + i]] = i;
        }
    }
    qsort(out->rows, out->count, sizeof *out->rows, compare_parts);
    return true;
}

/* The web of one component. */
static bool part_web(const cn__web *web, const parts *all, const part *p, cn__web *out) {
    const uint32_t *members = all->members + p->first;
    uint32_t arcs = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        arcs += web->start[members[i] + 1] - web->start[members[i]];
    }
    *out = (cn__web){p->count,
                     cn__alloc((size_t)p->count + 1, sizeof *out->start),
                     cn__alloc(arcs, sizeof *out->to),
                     cn__alloc(arcs, sizeof *out->weight),
                     cn__alloc(p->count, sizeof *out->mass),
                     NULL};
    if (!out->start || !out->to || !out->weight || !out->mass) {
        cn__web_release(out);
        return false;
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        out->start[i] = at;
        out->mass[i] = 1;
        for (uint32_t k = web->start[members[i]]; k < web->start[members[i] + 1]; k++) {
            out->to[at] = all->of[web->to[k]];
            out->weight[at++] = 1;
        }
    }
    out->start[p->count] = at;
    return true;
}

static bool place_part(const cn__web *web, const parts *all, part *p, double *x, double *y) {
    levels made = {0};
    bool done = part_web(web, all, p, &made.webs[0]);
    made.count = done;
    done = done && levels_make(&made) && levels_place(&made, x, y);
    for (int level = 0; level < made.count; level++) {
        cn__web_release(&made.webs[level]);
    }
    if (done) {
        settle(p->count, x, y, &p->width, &p->height);
    }
    return done;
}

/* Rows of components, as broad as the whole should be; single vertices come last and fill rows of their own. */
typedef struct shelf {
    double limit, left, top, height;
} shelf;

static void shelf_put(shelf *s, const part *p, double *left, double *top) {
    if (s->left > 0 && s->left + p->width > s->limit) {
        s->top += s->height + GAP;
        s->left = 0;
        s->height = 0;
    }
    *left = s->left;
    *top = s->top;
    s->left += p->width + GAP;
    s->height = fmax(s->height, p->height);
}

cn_status cn__spread(const cn_graph *graph, float *x, float *y, cn_error *err) {
    cn__web web = {0};
    parts all = {0};
    double *part_x = cn__alloc(graph->n, sizeof *part_x);
    double *part_y = cn__alloc(graph->n, sizeof *part_y);
    bool done = part_x && part_y && cn__web_of(graph, &web) && parts_find(&web, &all);
    shelf rows = {0};
    for (size_t i = 0; i < all.count && done; i++) {
        part *p = &all.rows[i];
        double left;
        double top;
        part_x[0] = part_y[0] = 0;
        done = p->count == 1 || place_part(&web, &all, p, part_x, part_y);
        if (done && i == 0) { /* most of what follows is small */
            rows.limit = fmax(
                p->width, 1.3 * sqrt((p->width + GAP) * (p->height + GAP) + (double)(graph->n - p->count) * GAP * GAP));
        }
        shelf_put(&rows, p, &left, &top);
        for (uint32_t k = 0; k < p->count && done; k++) {
            x[all.members[p->first + k]] = (float)(part_x[k] + left);
            y[all.members[p->first + k]] = (float)(part_y[k] + top);
        }
    }
    cn__web_release(&web);
    cn__free(all.members);
    cn__free(all.of);
    cn__free(all.rows);
    cn__free(part_x);
    cn__free(part_y);
    return done ? CN_OK : CN__NO_MEMORY(err);
}
