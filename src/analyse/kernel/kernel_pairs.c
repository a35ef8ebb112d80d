/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distances of single pairs, by two searches that meet (kernel_random_path.c). Invariant: pair i fills steps[i] and
 * nothing else. Cost about √E a pair on networks with hubs.
 */
#include "error.h"
#include "kernel_random_path.h"
#include "kernel_run.h"
#include "memory.h"

enum { PAIRS_A_STEP = 64, WORK_OF_PAIR = 1000 };

cn_status cn__kernel_pairs(const cn_graph *graph, const uint32_t *from, const uint32_t *to, uint32_t count,
                           uint32_t *steps, const cn__kernel_watch *watch, cn_error *err) {
    cn__rows rows;
    cn__run run;
    cn__rows_options options = {.any_order = true, .threads = cn__rows_threads(graph, watch)};
    cn_status status = cn__rows_build(graph, &options, &rows, err);
    if (status != CN_OK) {
        return status;
    }
    uint32_t jobs = count / PAIRS_A_STEP + (count % PAIRS_A_STEP > 0);
    cn__run_start(&run, watch, jobs, count, (uint64_t)count * WORK_OF_PAIR);
    cn__path_finder *finders = cn__calloc((size_t)run.threads, sizeof *finders);
    bool ok = finders != NULL;
    for (int t = 0; ok && t < run.threads; t++) {
        ok = cn__path_finder_init(&finders[t], &rows, NULL, NULL);
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads) if (ok)
    for (uint32_t job = 0; job < (ok ? jobs : 0); job++) {
        uint32_t first = job * PAIRS_A_STEP;
        uint32_t end = count - first < PAIRS_A_STEP ? count : first + PAIRS_A_STEP;
        for (uint32_t i = first; i < end && cn__run_goes_on(&run); i++) {
            uint32_t u = rows.place[from[i]];
            uint32_t v = rows.place[to[i]];
            bool apart = u == CN_NONE || v == CN_NONE || u == v;
            steps[i] = apart ? CN_NONE : cn__path_finder_steps(&finders[cn__run_thread()], u, v);
        }
        cn__run_step(&run, end - first);
    }
    status = ok ? cn__run_end(&run, err) : CN__NO_MEMORY(err);
    for (int t = 0; finders && t < run.threads; t++) {
        cn__path_finder_release(&finders[t]);
    }
    cn__free(finders);
    cn__rows_release(&rows);
    return status;
}
