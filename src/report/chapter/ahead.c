/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What takes long is made before the chapters are written, two works at a time: none needs another's result, each fills a field of its own
 * in the report and only reads the rest. Kernels inside may use all threads there are. Two and not more, as each holds up to some gigabytes
 * of a network of a million firms; the longest begins first, so that both end together. Invariant: what a work makes depends on
 * the network alone, so the order in which they end does not matter; of several failures the first in the list is told.
 */
#include "ahead.h"

#include "error.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <stdatomic.h>

static const struct {
    cn__chapter *make;
    cn__chapter *chapter; /* for which */
} works[] = {
    {cn__critical_ahead, cn__chapter_critical}, {cn__central_ahead, cn__chapter_central},
    {cn__overview_ahead, cn__chapter_overview}, {cn__figures_ahead, cn__chapter_figures},
    {cn__gaps_ahead, cn__chapter_gaps},
};
enum { WORKS = sizeof works / sizeof *works, AT_A_TIME = 2 };

/* Threads that work side by side; within each the kernels may have threads, too. */
static int begin_nested(int *levels) {
#ifdef _OPENMP
    int threads = omp_get_max_threads();
    *levels = omp_get_max_active_levels();
    omp_set_max_active_levels(*levels < 2 ? 2 : *levels);
    return threads < AT_A_TIME ? threads : AT_A_TIME;
#else
    *levels = 1;
    return 1;
#endif
}

static void end_nested(int levels) {
#ifdef _OPENMP
    omp_set_max_active_levels(levels);
#else
    (void)levels;
#endif
}

cn_status cn__ahead_make(cn__report *r, cn__is_wanted *wanted, cn_error *err) {
    cn_error errors[WORKS] = {{0}};
    cn_status statuses[WORKS] = {CN_OK};
    atomic_bool failed = false;
    int levels = 1;
    int threads = begin_nested(&levels);
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < WORKS; i++) {
        if (wanted(r, works[i].chapter) && !atomic_load(&failed)) {
            statuses[i] = works[i].make(r, &errors[i]);
            if (statuses[i]) {
                atomic_store(&failed, true);
            }
        }
    }
    end_nested(levels);
    for (int i = 0; i < WORKS; i++) {
        if (statuses[i]) {
            if (err) {
                *err = errors[i];
            }
            return statuses[i];
        }
    }
    return CN_OK;
}

void cn__ahead_release(cn__ahead *ahead) {
    cn_critical_release(&ahead->critical);
    cn_imports_release(&ahead->imports);
    cn__chapter_drawn_release(&ahead->overview);
}
