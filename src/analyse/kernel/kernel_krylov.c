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
#include <string.h>

#include "memory.h"

enum { MOST_STEPS = 1000, PATIENCE = 40, SUMS = 3 };

typedef struct solving {
    const cn__rows *rows;
    const cn__chunks *chunks;
    const double *factor;
    double *x;
    double *rest;
    double *shadow; /* BiCGSTAB: the first rest */
    double *way;    /* direction of search */
    double *image;  /* way - M way */
    double *after;  /* BiCGSTAB: rest - M rest, the rest being half renewed */
    double *share;
    double *sums; /* by chunk: SUMS numbers */
    double alpha, beta, omega;
} solving;

typedef void pass(solving *s, uint32_t begin, uint32_t end, double *sums);

/* One pass over all vertices; `total` gets its sums. */
static void run_pass(solving *s, pass *what, double total[SUMS], int threads) {
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t c = 0; c < s->chunks->count; c++) {
        double *sums = s->sums + (size_t)SUMS * c;
        sums[0] = sums[1] = sums[2] = 0;
        what(s, s->chunks->first[c], s->chunks->first[c + 1], sums);
    }
    total[0] = total[1] = total[2] = 0;
    for (uint32_t c = 0; c < s->chunks->count; c++) {
        for (size_t i = 0; i < SUMS; i++) {
            total[i] += s->sums[(size_t)SUMS * c + i];
        }
    }
}

/* ---- both ---- */

/* From x: the rest, which is the first way too. Sums: rest·rest, |rest|, |x|. */
static void begin(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        double rest = s->rest[v] + cn__pull(s->rows, s->share, v) - s->x[v]; /* b lies in rest */
        s->rest[v] = s->way[v] = rest;
        sums[0] += s->shadow ? rest * rest : s->factor[v] * rest * rest;
        sums[1] += fabs(rest);
        sums[2] += fabs(s->x[v]);
        if (s->shadow) {
            s->shadow[v] = rest;
        }
    }
}

static void share_way(solving *s, uint32_t from, uint32_t end, double *sums) {
    (void)sums;
    for (uint32_t v = from; v < end; v++) {
        s->share[v] = s->factor[v] * s->way[v];
    }
}

static void share_x(solving *s, uint32_t from, uint32_t end, double *sums) {
    (void)sums;
    for (uint32_t v = from; v < end; v++) {
        s->share[v] = s->factor[v] * s->x[v];
    }
}

/* ---- conjugate gradients ---- */

/* Sum: way·image. */
static void cg_image(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        s->image[v] = s->way[v] - cn__pull(s->rows, s->share, v);
        sums[0] += s->share[v] * s->image[v];
    }
}

static void cg_move(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        s->x[v] += s->alpha * s->way[v];
        double rest = s->rest[v] - s->alpha * s->image[v];
        s->rest[v] = rest;
        sums[0] += s->factor[v] * rest * rest;
        sums[1] += fabs(rest);
        sums[2] += fabs(s->x[v]);
    }
}

static void cg_turn(solving *s, uint32_t from, uint32_t end, double *sums) {
    (void)sums;
    for (uint32_t v = from; v < end; v++) {
        s->way[v] = s->rest[v] + s->beta * s->way[v];
        s->share[v] = s->factor[v] * s->way[v];
    }
}

/* ---- BiCGSTAB ---- */

/* Sum: shadow·image. */
static void stab_image(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        s->image[v] = s->way[v] - cn__pull(s->rows, s->share, v);
        sums[0] += s->shadow[v] * s->image[v];
    }
}

static void stab_half(solving *s, uint32_t from, uint32_t end, double *sums) {
    (void)sums;
    for (uint32_t v = from; v < end; v++) {
        s->rest[v] -= s->alpha * s->image[v];
        s->share[v] = s->factor[v] * s->rest[v];
    }
}

/* Sums: after·rest, after·after. */
static void stab_after(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        double after = s->rest[v] - cn__pull(s->rows, s->share, v);
        s->after[v] = after;
        sums[0] += after * s->rest[v];
        sums[1] += after * after;
    }
}

static void stab_move(solving *s, uint32_t from, uint32_t end, double *sums) {
    for (uint32_t v = from; v < end; v++) {
        s->x[v] += s->alpha * s->way[v] + s->omega * s->rest[v];
        double rest = s->rest[v] - s->omega * s->after[v];
        s->rest[v] = rest;
        sums[0] += s->shadow[v] * rest;
        sums[1] += fabs(rest);
        sums[2] += fabs(s->x[v]);
    }
}

static void stab_turn(solving *s, uint32_t from, uint32_t end, double *sums) {
    (void)sums;
    for (uint32_t v = from; v < end; v++) {
        s->way[v] = s->rest[v] + s->beta * (s->way[v] - s->omega * s->image[v]);
        s->share[v] = s->factor[v] * s->way[v];
    }
}

/* ---- the iteration ---- */

/* One step; `now` are rest·rest (or shadow·rest), |rest|, |x|. False: it goes no further. */
static bool step(solving *s, double now[SUMS], int threads) {
    double before = now[0];
    double sums[SUMS];
    run_pass(s, s->shadow ? stab_image : cg_image, sums, threads);
    s->alpha = before / sums[0];
    if (s->shadow) {
        run_pass(s, stab_half, sums, threads);
        run_pass(s, stab_after, sums, threads);
        s->omega = sums[1] > 0 ? sums[0] / sums[1] : 0;
    }
    if (!isfinite(s->alpha) || !isfinite(s->omega)) {
        return false;
    }
    run_pass(s, s->shadow ? stab_move : cg_move, now, threads);
    s->beta = now[0] / before * (s->shadow ? s->alpha / s->omega : 1);
    if (!isfinite(s->beta)) {
        return false;
    }
    run_pass(s, s->shadow ? stab_turn : cg_turn, sums, threads);
    return true;
}

/* True: x is at least as near as at first. */
static bool iterate(solving *s, double tolerance, cn__run *run) {
    double now[SUMS];
    double sums[SUMS];
    run_pass(s, share_x, sums, run->threads);
    run_pass(s, begin, now, run->threads);
    run_pass(s, share_way, sums, run->threads);
    double first = now[1];
    double least = first;
    int waited = 0;
    for (int i = 0; i < MOST_STEPS && waited < PATIENCE && cn__run_goes_on(run); i++) {
        if (now[1] <= tolerance * now[2] || !step(s, now, run->threads)) {
            break;
        }
        waited = now[1] < least ? 0 : waited + 1;
        least = fmin(least, now[1]);
        cn__run_step(run, s->shadow ? 2 : 1);
    }
    return now[1] <= first;
}

bool cn__krylov_solve(const cn__rows *rows, const cn__chunks *chunks, const double *factor, const double *b,
                      double tolerance, double *x, cn__run *run, bool *memory) {
    size_t n = rows->n;
    size_t vectors = rows->symmetric ? 4 : 6;
    solving s = {.rows = rows, .chunks = chunks, .factor = factor, .x = x};
    s.rest = cn__alloc(n, vectors * sizeof *s.rest);
    s.sums = cn__alloc(chunks->count, SUMS * sizeof *s.sums);
    *memory = s.rest && s.sums;
    bool good = false;
    if (*memory) {
        s.way = s.rest + n;
        s.image = s.rest + 2 * n;
        s.share = s.rest + 3 * n;
        s.shadow = rows->symmetric ? NULL : s.rest + 4 * n;
        s.after = rows->symmetric ? NULL : s.rest + 5 * n;
        memcpy(s.rest, b, n * sizeof *b);
        good = iterate(&s, tolerance, run);
    }
    cn__free(s.rest);
    cn__free(s.sums);
    return good;
}
