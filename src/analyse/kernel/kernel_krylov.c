/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The x with x = b + M x, where (M x)(v) is Σ share(u) over the in-arcs u→v and share(u) = factor(u)·x(u), by a Krylov method: the
 * conjugate gradients (Hestenes & Stiefel 1952) where there are no directions, BiCGSTAB (van der Vorst 1992) else. Without directions M is
 * symmetric under the inner product Σ factor·a·b, which is the one used.
 * Invariant: rest is b + M x - x but for rounding, share belongs to the vector that M is next applied to. Sums are made per chunk, then over
 * the chunks in order, so that the bytes do not depend on the number of threads. Nothing is proven here: the caller looks at the
 * result. Cost O(V + E) a step; on networks of firms a third to a half of the steps of x ← b + M x.
 */
#include "kernel_krylov.h"

#include <math.h>

#include "memory.h"

enum { MOST_STEPS = 1000, PATIENCE = 40 };

/* What a pass over vertices adds up. */
typedef struct sums {
    double product; /* of two vectors; which, is said at each pass */
    double other;   /* a second product */
    double rest;    /* Σ |rest| */
    double x;       /* Σ |x| */
} sums;

typedef struct solving {
    const cn__inflow *inflow;
    const double *factor;
    const double *b;
    double tolerance;
    double *x;
    double *rest;
    double *way;   /* direction of search */
    double *image; /* way - M way */
    double *share;
    double *shadow; /* BiCGSTAB: the first rest */
    double *after;  /* BiCGSTAB: rest - M rest, the rest being half renewed */
    sums *part;     /* by chunk */
    double alpha, beta, omega;
} solving;

typedef sums pass(const solving *s, uint32_t from, uint32_t end);

/* One pass over all vertices. */
static sums run_pass(const solving *s, pass *what, int threads) {
    sums total = {0};
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t c = 0; c < s->inflow->chunks; c++) {
        s->part[c] = what(s, s->inflow->first[c], s->inflow->first[c + 1]);
    }
    for (uint32_t c = 0; c < s->inflow->chunks; c++) {
        total.product += s->part[c].product;
        total.other += s->part[c].other;
        total.rest += s->part[c].rest;
        total.x += s->part[c].x;
    }
    return total;
}

/* From x = 0: the rest is b, which is the first way too. product: rest·rest */
static sums begin(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        double rest = s->b[v];
        s->x[v] = 0;
        s->rest[v] = s->way[v] = rest;
        s->share[v] = s->factor[v] * rest;
        sum.product += s->shadow ? rest * rest : s->share[v] * rest;
        sum.rest += fabs(rest);
        if (s->shadow) {
            s->shadow[v] = rest;
        }
    }
    return sum;
}

/* ---- conjugate gradients ---- */

/* product: way·image */
static sums cg_image(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        s->image[v] = s->way[v] - cn__pull(s->inflow, s->share, v);
        sum.product += s->share[v] * s->image[v];
    }
    return sum;
}

/* product: rest·rest */
static sums cg_move(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        s->x[v] += s->alpha * s->way[v];
        double rest = s->rest[v] - s->alpha * s->image[v];
        s->rest[v] = rest;
        sum.product += s->factor[v] * rest * rest;
        sum.rest += fabs(rest);
        sum.x += fabs(s->x[v]);
    }
    return sum;
}

static sums cg_turn(const solving *s, uint32_t from, uint32_t end) {
    for (uint32_t v = from; v < end; v++) {
        s->way[v] = s->rest[v] + s->beta * s->way[v];
        s->share[v] = s->factor[v] * s->way[v];
    }
    return (sums){0};
}

/* `now`: of the rest and x. False: it goes no further, or need not. */
static bool cg_step(solving *s, sums *now, int threads) {
    double before = now->product;
    s->alpha = before / run_pass(s, cg_image, threads).product;
    if (!isfinite(s->alpha)) {
        return false;
    }
    *now = run_pass(s, cg_move, threads);
    s->beta = now->product / before;
    if (!isfinite(s->beta)) {
        return false;
    }
    run_pass(s, cg_turn, threads);
    return true;
}

/* ---- BiCGSTAB ---- */

/* product: shadow·image */
static sums stab_image(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        s->image[v] = s->way[v] - cn__pull(s->inflow, s->share, v);
        sum.product += s->shadow[v] * s->image[v];
    }
    return sum;
}

static sums stab_half(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        double rest = s->rest[v] - s->alpha * s->image[v];
        s->rest[v] = rest;
        s->share[v] = s->factor[v] * rest;
        sum.rest += fabs(rest);
    }
    return sum;
}

/* The x to which the rest belongs that stab_half left. */
static sums stab_half_x(const solving *s, uint32_t from, uint32_t end) {
    for (uint32_t v = from; v < end; v++) {
        s->x[v] += s->alpha * s->way[v];
    }
    return (sums){0};
}

/* product: after·rest; other: after·after */
static sums stab_after(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        double after = s->rest[v] - cn__pull(s->inflow, s->share, v);
        s->after[v] = after;
        sum.product += after * s->rest[v];
        sum.other += after * after;
    }
    return sum;
}

/* product: shadow·rest */
static sums stab_move(const solving *s, uint32_t from, uint32_t end) {
    sums sum = {0};
    for (uint32_t v = from; v < end; v++) {
        s->x[v] += s->alpha * s->way[v] + s->omega * s->rest[v];
        double rest = s->rest[v] - s->omega * s->after[v];
        s->rest[v] = rest;
        sum.product += s->shadow[v] * rest;
        sum.rest += fabs(rest);
        sum.x += fabs(s->x[v]);
    }
    return sum;
}

static sums stab_turn(const solving *s, uint32_t from, uint32_t end) {
    for (uint32_t v = from; v < end; v++) {
        s->way[v] = s->rest[v] + s->beta * (s->way[v] - s->omega * s->image[v]);
        s->share[v] = s->factor[v] * s->way[v];
    }
    return (sums){0};
}

static bool stab_step(solving *s, sums *now, int threads) {
    double before = now->product;
    s->alpha = before / run_pass(s, stab_image, threads).product;
    if (!isfinite(s->alpha)) {
        return false;
    }
    sums half = run_pass(s, stab_half, threads);
    if (half.rest <= s->tolerance * now->x) {
        run_pass(s, stab_half_x, threads);
        now->rest = half.rest;
        return false;
    }
    sums after = run_pass(s, stab_after, threads);
    s->omega = after.other > 0 ? after.product / after.other : 0;
    *now = run_pass(s, stab_move, threads);
    s->beta = now->product / before * (s->alpha / s->omega);
    if (!isfinite(s->beta)) {
        return false;
    }
    run_pass(s, stab_turn, threads);
    return true;
}

/* ---- both ---- */

/* True: x is nearer than 0. */
static bool iterate(solving *s, cn__run *run) {
    bool symmetric = s->inflow->symmetric;
    sums now = run_pass(s, begin, run->threads);
    double first = now.rest;
    double least = first;
    int waited = 0;
    for (int i = 0; i < MOST_STEPS && waited < PATIENCE && cn__run_goes_on(run); i++) {
        if (now.rest <= s->tolerance * now.x || !(symmetric ? cg_step : stab_step)(s, &now, run->threads)) {
            break;
        }
        waited = now.rest < least ? 0 : waited + 1;
        least = fmin(least, now.rest);
        cn__run_step(run, symmetric ? 1 : 2);
    }
    return now.rest < first;
}

bool cn__krylov_solve(const cn__inflow *inflow, const double *factor, const double *b, double tolerance, double *x,
                      cn__run *run, bool *memory) {
    size_t n = inflow->n;
    size_t vectors = inflow->symmetric ? 4 : 6;
    solving s = {.inflow = inflow, .factor = factor, .b = b, .tolerance = tolerance};
    s.x = x;
    s.rest = cn__alloc(n, vectors * sizeof *s.rest);
    s.part = cn__alloc(inflow->chunks, sizeof *s.part);
    *memory = s.rest && s.part;
    bool good = false;
    if (*memory) {
        s.way = s.rest + n;
        s.image = s.rest + 2 * n;
        s.share = s.rest + 3 * n;
        s.shadow = inflow->symmetric ? NULL : s.rest + 4 * n;
        s.after = inflow->symmetric ? NULL : s.rest + 5 * n;
        good = iterate(&s, run);
    }
    cn__free(s.rest);
    cn__free(s.part);
    return good;
}
