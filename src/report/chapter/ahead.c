/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What takes long is made before the chapters are written, two works at a time: none needs another's result, each fills a field of its own
 * in the report and only reads the rest. The kernels of each have half of all threads. Two works and not more, as each holds up to some gigabytes
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

/* Works side by side, with `each` threads for the kernels of one. */
static int begin_nested(int *each, int *levels) {
#ifdef _OPENMP
    int threads = omp_get_max_threads();
    *each = threads > AT_A_TIME ? threads / AT_A_TIME : 1;
    *levels = omp_get_max_active_levels();
    omp_set_max_active_levels(*levels < 2 ? 2 : *levels);
    return threads < AT_A_TIME ? threads : AT_A_TIME;
#else
    *each = *levels = 1;
    return 1;
#endif
}

/* Of the work that calls: more threads than there are cores would wait for one another. */
static void limit_threads(int each) {
#ifdef _OPENMP
    omp_set_num_threads(each);
#else
    (void)each;
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
    int each = 1;
    int threads = begin_nested(&each, &levels);
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < WORKS; i++) {
        limit_threads(each);
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
