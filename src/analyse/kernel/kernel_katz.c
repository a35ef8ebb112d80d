/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Katz centrality (Katz 1953): x = 1 + α·A^T x, the weighted number of walks that end at a vertex, each step costing α.
 *
 * It exists for α < 1/ρ, ρ the largest eigenvalue of A. For any y > 0 the largest (A^T y)_v/y_v bounds ρ from above
 * (Collatz 1942, Wielandt 1950); 64 steps of y ← (A^T + s)y bring it near, where the shift s keeps y positive on
 * a graph without cycles. In the norm max |x_v|/y_v a step of the iteration shrinks errors by q = α times that bound, so
 * after a change of r at most r·q/(1-q) is left: the proof of the stated accuracy.
 * Invariant: y and x are positive. Cost O(V + E) a step, about 150 steps for q = 0.85.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "kernel_pull.h"
#include "kernel_run.h"
#include "memory.h"

enum { BOUND_STEPS = 64, MOST_STEPS = 20000 };
static const double SHARE_OF_LIMIT = 0.85;
static const double ACCURACY = 1e-10;

typedef struct katz {
    const cn__inflow *inflow;
    double *x;
    double *y; /* positive, for the bound and the norm */
    double *next;
    double bound; /* on ρ */
} katz;

/* Largest sum of an in-row: a first bound on ρ. */
static double largest_row(const cn__inflow *inflow) {
    double largest = 0;
    for (uint32_t v = 0; v < inflow->n; v++) {
        double sum = 0;
        for (uint32_t i = inflow->start[v]; i < inflow->start[v + 1]; i++) {
            sum += inflow->weight ? inflow->weight[i] : 1;
        }
        largest = sum > largest ? sum : largest;
    }
    return largest;
}

static void bound_eigenvalue(katz *k, cn__run *run) {
    uint32_t n = k->inflow->n;
    double shift = largest_row(k->inflow);
    k->bound = shift;
    for (uint32_t v = 0; v < n; v++) {
        k->y[v] = 1;
    }
    for (int step = 0; step < BOUND_STEPS && shift > 0 && cn__run_goes_on(run); step++) {
        double bound = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(run->threads) reduction(max : bound)
        for (uint32_t c = 0; c < k->inflow->chunks; c++) {
            for (uint32_t v = k->inflow->first[c]; v < k->inflow->first[c + 1]; v++) {
                double sum = cn__pull(k->inflow, k->y, v);
                bound = fmax(bound, sum / k->y[v]);
                k->next[v] = (sum + shift * k->y[v]) / (2 * shift);
            }
        }
        k->bound = bound; /* never rises */
        if (step + 1 < BOUND_STEPS) {
            memcpy(k->y, k->next, n * sizeof *k->y);
        }
        cn__run_step(run, 1);
    }
}

/* One step; largest change in the norm, and the largest y/x. */
static double improve(katz *k, double alpha, double *worst, int threads) {
    double change = 0;
    double ratio = 0;
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) reduction(max : change, ratio)
    for (uint32_t c = 0; c < k->inflow->chunks; c++) {
        for (uint32_t v = k->inflow->first[c]; v < k->inflow->first[c + 1]; v++) {
            k->next[v] = 1 + alpha * cn__pull(k->inflow, k->x, v);
            change = fmax(change, fabs(k->next[v] - k->x[v]) / k->y[v]);
            ratio = fmax(ratio, k->y[v] / k->next[v]);
        }
    }
    double *old = k->x;
    k->x = k->next;
    k->next = old;
    *worst = ratio;
    return change;
}

static void iterate(katz *k, double alpha, cn__run *run) {
    double factor = alpha * k->bound;
    double worst = 0;
    double change = INFINITY;
    for (uint32_t v = 0; v < k->inflow->n; v++) {
        k->x[v] = 1;
    }
    for (int step = 0; step < MOST_STEPS && cn__run_goes_on(run); step++) {
        double before = change;
        change = improve(k, alpha, &worst, run->threads);
        /* Near the limit only rounding is left at some time, and the change shrinks no more. */
        if (change * factor / (1 - factor) * worst <= ACCURACY || change == 0 || (change >= before && change < 1e-15)) {
            return;
        }
        cn__run_step(run, 1);
    }
}

static cn_status refuse(double alpha, double bound, cn_error *err) {
    cn_buf found = {0};
    cn_buf limit = {0};
    cn_format_exact(&found, alpha);
    cn_format_exact(&limit, 1 / bound);
    cn_status status =
        CN__FAIL2(err, CN_ERR_ARGUMENT, KATZ_ALPHA, found.data ? found.data : "?", limit.data ? limit.data : "?");
    cn_buf_release(&found);
    cn_buf_release(&limit);
    return status;
}

static cn_status compute(katz *k, double alpha, const cn__kernel_watch *watch, cn_error *err) {
    cn__run run;
    cn__run_start(&run, watch, k->inflow->chunks, BOUND_STEPS + 150, (uint64_t)k->inflow->n + k->inflow->arcs);
    bound_eigenvalue(k, &run);
    if (alpha == 0) {
        alpha = k->bound > 0 ? SHARE_OF_LIMIT / k->bound : 1;
    }
    if (!(alpha > 0 && alpha * k->bound < 1)) {
        cn_status status = cn__run_end(&run, err);
        return status != CN_OK ? status : refuse(alpha, k->bound, err);
    }
    iterate(k, alpha, &run);
    return cn__run_end(&run, err);
}

cn_status cn__kernel_katz(const cn_graph *graph, double alpha, double *values, const cn__kernel_watch *watch,
                          cn_error *err) {
    cn__inflow inflow;
    cn__inflow_options all = {.left_out = NULL};
    katz k = {.inflow = &inflow};
    double *room = NULL;
    cn_status status = CN_OK;
    if (cn__inflow_build(graph, &all, cn__inflow_threads(graph, watch), &inflow)) {
        room = cn__alloc(inflow.n, 3 * sizeof *room);
    }
    if (!room) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    k.x = room;
    k.y = room + inflow.n;
    k.next = room + 2 * (size_t)inflow.n;
    status = compute(&k, alpha, watch, err);
    for (uint32_t v = 0; status == CN_OK && v < graph->n; v++) {
        values[v] = inflow.place[v] == CN_NONE ? 1 : k.x[inflow.place[v]];
    }
done:
    cn__free(room);
    cn__inflow_release(&inflow);
    return status;
}
