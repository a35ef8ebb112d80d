/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Burt's constraint (1992): c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over the neighbours j of i, with p_ij = w_ij/s_i the share of
 * the ties of i that go to j. Written as c_i = (1/s_i²) Σ_j (w_ij + m_ij)² with m_ij = Σ_q w_iq w_qj/s_q, which is the same seen
 * from j: so every tie is looked at once, from its end of higher degree, whose row lies spread out in memory while the
 * rows of its neighbours of lower degree are run over.
 * Invariant: the square of a tie is stored by its entry and summed up afterwards in the order of the rows, whoever made
 * it. Rows go by falling degree, so "lower degree" is "higher number". Cost O(Σ over ties of the lesser degree), at most O(m √m).
 */
#include <math.h>

#include "error.h"
#include "kernel_rows.h"
#include "kernel_run.h"
#include "memory.h"

typedef struct ties {
    const cn__rows *rows;
    double *total;  /* s_i */
    double *inward; /* by entry i→q: w_iq/s_q */
    double *square; /* by entry i→j with i < j: (w_ij + m_ij)² */
    double *spread; /* by thread: n numbers, all 0 between two vertices */
} ties;

static void fill_shares(ties *t) {
    const cn__rows *rows = t->rows;
    for (uint32_t v = 0; v < rows->n; v++) {
        t->total[v] = 0;
        for (uint32_t e = rows->out_start[v]; e < rows->out_start[v + 1]; e++) {
            t->total[v] += rows->out_weight[e];
        }
    }
    for (uint32_t e = 0; e < rows->m; e++) {
        t->inward[e] = rows->out_weight[e] / t->total[rows->out_to[e]];
    }
}

/* Σ_q w_iq w_qj/s_q over the row of j, i being spread out. Four sums, as one addition would have to wait for another. */
static double sum_through(const ties *t, uint32_t j, const double *spread) {
    const uint32_t *to = t->rows->out_to;
    uint32_t k = t->rows->out_start[j];
    uint32_t end = t->rows->out_start[j + 1];
    double sums[4] = {0};
    for (; end - k >= 4; k += 4) {
        sums[0] += spread[to[k]] * t->inward[k];
        sums[1] += spread[to[k + 1]] * t->inward[k + 1];
        sums[2] += spread[to[k + 2]] * t->inward[k + 2];
        sums[3] += spread[to[k + 3]] * t->inward[k + 3];
    }
    for (; k < end; k++) {
        sums[0] += spread[to[k]] * t->inward[k];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* The squares of all ties from i to vertices of lower degree. */
static void square_ties(ties *t, uint32_t i, double *spread) {
    const cn__rows *rows = t->rows;
    uint32_t begin = rows->out_start[i];
    uint32_t end = rows->out_start[i + 1];
    for (uint32_t e = begin; e < end; e++) {
        spread[rows->out_to[e]] = rows->out_weight[e];
    }
    for (uint32_t e = end; e-- > begin && rows->out_to[e] > i;) {
        uint32_t j = rows->out_to[e];
        double sum = rows->out_weight[e] + sum_through(t, j, spread);
        t->square[e] = sum * sum;
    }
    for (uint32_t e = begin; e < end; e++) {
        spread[rows->out_to[e]] = 0;
    }
}

/* Both ends of a tie get its square, in the order of the entries. */
static void add_squares(const ties *t, double *sums) {
    const cn__rows *rows = t->rows;
    for (uint32_t i = 0; i < rows->n; i++) {
        sums[i] = 0;
    }
    for (uint32_t i = 0; i < rows->n; i++) {
        for (uint32_t e = rows->out_start[i]; e < rows->out_start[i + 1]; e++) {
            if (rows->out_to[e] > i) {
                sums[i] += t->square[e];
                sums[rows->out_to[e]] += t->square[e];
            }
        }
    }
}

static cn_status compute(ties *t, double *sums, const cn__kernel_watch *watch, cn_error *err) {
    const cn__rows *rows = t->rows;
    cn__run run;
    cn__run_start(&run, watch, rows->n, rows->m, (uint64_t)rows->n + rows->m);
    t->spread = cn__calloc(rows->n, (size_t)run.threads * sizeof *t->spread);
    if (!t->spread) {
        return CN__NO_MEMORY(err);
    }
    fill_shares(t);
#pragma omp parallel for schedule(dynamic, 16) num_threads(run.threads)
    for (uint32_t i = 0; i < rows->n; i++) {
        if (cn__run_goes_on(&run)) {
            square_ties(t, i, t->spread + (size_t)cn__run_thread() * rows->n);
            cn__run_step(&run, rows->out_start[i + 1] - rows->out_start[i]);
        }
    }
    add_squares(t, sums);
    return cn__run_end(&run, err);
}

cn_status cn__kernel_constraint(const cn_graph *graph, double *values, const cn__kernel_watch *watch, cn_error *err) {
    cn__rows rows;
    cn_status status = cn__rows_build(graph, &(cn__rows_options){.weighted = true, .ties = true}, &rows, err);
    if (status != CN_OK) {
        return status;
    }
    ties t = {.rows = &rows,
              .total = cn__alloc(rows.n, sizeof *t.total),
              .inward = cn__alloc(rows.m, sizeof *t.inward),
              .square = cn__calloc(rows.m, sizeof *t.square)};
    double *sums = cn__alloc(rows.n, sizeof *sums);
    if (!t.total || !t.inward || !t.square || !sums) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    status = compute(&t, sums, watch, err);
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t i = rows.place[v];
        values[v] = i == CN_NONE ? NAN : sums[i] / (t.total[i] * t.total[i]);
    }
done:
    cn__free(t.total);
    cn__free(t.inward);
    cn__free(t.square);
    cn__free(t.spread);
    cn__free(sums);
    cn__rows_release(&rows);
    return status;
}
