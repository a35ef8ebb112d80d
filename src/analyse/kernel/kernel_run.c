/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What parallel kernels share. Invariant of a run: `done` only grows, and its steps add up to `total` unless it was
 * cancelled. Invariant of blocks: which job adds to which block, and in which order, is a function of the graph alone.
 */
#include "kernel_run.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <string.h>

#include "error.h"
#include "memory.h"

enum { MOST_BLOCKS = 32, BLOCKS_OF_LARGE = 8, LARGE = 2000000, WORK_OF_THREAD = 20000 };

void *cn__alloc_line(size_t count, size_t size, void **block) {
    size_t lines = size == 0 || count <= (SIZE_MAX - CN__CACHE_LINE) / size ? count * size + CN__CACHE_LINE : SIZE_MAX;
    char *bytes = cn__alloc(lines, 1);
    *block = bytes;
    if (!bytes) {
        return NULL;
    }
    size_t over = (uintptr_t)bytes % CN__CACHE_LINE;
    return over == 0 ? bytes : bytes + (CN__CACHE_LINE - over);
}

int cn__watch_threads(const cn__kernel_watch *watch) {
#ifdef _OPENMP
    return watch && watch->threads > 0 ? watch->threads : omp_get_max_threads();
#else
    (void)watch;
    return 1;
#endif
}

void cn__run_start(cn__run *run, const cn__kernel_watch *watch, uint64_t jobs, uint64_t total, uint64_t work) {
    int threads = cn__watch_threads(watch);
    jobs = jobs < 1 + work / WORK_OF_THREAD ? jobs : 1 + work / WORK_OF_THREAD;
    if ((uint64_t)threads > jobs) {
        threads = jobs > 0 ? (int)jobs : 1;
    }
    run->watch = watch;
    run->threads = threads;
    run->total = total > 0 ? total : 1;
    atomic_init(&run->done, 0);
    atomic_init(&run->stopped, false);
}

int cn__run_thread(void) {
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

bool cn__run_goes_on(const cn__run *run) { return !atomic_load_explicit(&run->stopped, memory_order_relaxed); }

void cn__run_step(cn__run *run, uint64_t steps) {
    uint64_t done = atomic_fetch_add_explicit(&run->done, steps, memory_order_relaxed) + steps;
    if (run->watch && run->watch->watch.step && cn__run_thread() == 0 && cn__run_goes_on(run)) {
        done = done < run->total ? done : run->total;
        if (!run->watch->watch.step(run->watch->watch.context, done, run->total)) {
            atomic_store_explicit(&run->stopped, true, memory_order_relaxed);
        }
    }
}

cn_status cn__run_end(const cn__run *run, cn_error *err) {
    return cn__run_goes_on(run) ? CN_OK : CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED);
}

bool cn__blocks_init(cn__blocks *blocks, uint32_t n, uint64_t jobs) {
    uint64_t count = n > LARGE ? BLOCKS_OF_LARGE : MOST_BLOCKS;
    count = jobs < count ? jobs : count;
    blocks->n = n;
    blocks->count = count > 0 ? (uint32_t)count : 1;
    blocks->sums = cn__calloc((size_t)blocks->count * n, sizeof *blocks->sums);
    return blocks->sums != NULL;
}

void cn__blocks_release(cn__blocks *blocks) {
    cn__free(blocks->sums);
    blocks->sums = NULL;
}

double *cn__blocks_at(const cn__blocks *blocks, uint32_t block) { return blocks->sums + (size_t)block * blocks->n; }

const double *cn__blocks_sum(cn__blocks *blocks, int threads) {
    double *sums = blocks->sums;
    size_t n = blocks->n;
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t v = 0; v < n; v++) {
        double sum = sums[v];
        for (size_t b = 1; b < blocks->count; b++) {
            sum += sums[b * n + v];
        }
        sums[v] = sum;
    }
    return sums;
}

uint64_t cn__random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint32_t cn__random_below(uint64_t *state, uint32_t bound) {
    uint32_t uneven = (uint32_t)(-bound % bound); /* 2^32 mod bound: this many numbers too many */
    for (;;) {
        uint64_t product = (cn__random(state) >> 32) * bound; /* Lemire (2019) */
        if ((uint32_t)product >= uneven) {
            return (uint32_t)(product >> 32);
        }
    }
}

double cn__random_unit(uint64_t *state) { return (double)(cn__random(state) >> 11) * 0x1p-53; }
