/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What parallel kernels share: threads, progress, cancelling, and vectors that compile for any processor. */
#ifndef CN_ANALYSE_KERNEL_RUN_H
#define CN_ANALYSE_KERNEL_RUN_H

#include <stdatomic.h>

#include "kernels.h"

/*
 * A function that is compiled twice and chosen at start: for AVX2 and for any processor of the family. Both do the same
 * additions in the same order. Sanitizers do not survive the choice, which comes before their own start.
 */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__GLIBC__) &&                           \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CN__CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CN__CLONES
#endif
#define CN__INLINE static inline __attribute__((always_inline))

enum { CN__CACHE_LINE = 64 };

/* cn__alloc at the start of a cache line; not cleared. Freed with cn__free(*block). */
void *cn__alloc_line(size_t count, size_t size, void **block);

/* One kernel under way. Threads look at it; only the calling thread (number 0) reports. */
typedef struct cn__run {
    const cn__kernel_watch *watch;
    int threads;
    uint64_t total;
    atomic_uint_fast64_t done;
    atomic_bool stopped; /* the watch said no */
} cn__run;

/*
 * `jobs`: most threads that can be of use; `total`: the steps that make a share of 1; `work`: about how many arcs will be looked
 * at in all. Work that is done before threads have started is done by one.
 */
void cn__run_start(cn__run *run, const cn__kernel_watch *watch, uint64_t jobs, uint64_t total, uint64_t work);
int cn__watch_threads(const cn__kernel_watch *watch); /* what the caller allows, or what there are */
int cn__run_thread(void);                             /* number of the calling thread */
bool cn__run_goes_on(const cn__run *run);
void cn__run_step(cn__run *run, uint64_t steps);
/* CN_OK, or CN_ERR_CANCELLED when the watch asked to stop. */
cn_status cn__run_end(const cn__run *run, cn_error *err);

/*
 * Sums that many threads make: jobs are dealt to a number of blocks that depends on the graph alone, job i to block
 * i mod blocks; one thread does the jobs of a block in their order and adds to the block's own n values; at the end blocks are
 * added up in their order. So the bytes do not depend on the number of threads.
 */
typedef struct cn__blocks {
    uint32_t n;
    uint32_t count;
    double *sums; /* count × n, by block */
} cn__blocks;
bool cn__blocks_init(cn__blocks *blocks, uint32_t n, uint64_t jobs);
void cn__blocks_release(cn__blocks *blocks);
double *cn__blocks_at(const cn__blocks *blocks, uint32_t block);
/* Add all blocks up into the first one and return it. */
const double *cn__blocks_sum(cn__blocks *blocks, int threads);

/* Random numbers, splitmix64 (Steele, Lea & Flood 2014). */
uint64_t cn__random(uint64_t *state);
uint32_t cn__random_below(uint64_t *state, uint32_t bound); /* exactly uniform; bound > 0 */
double cn__random_unit(uint64_t *state);                    /* in [0, 1) */

#endif
