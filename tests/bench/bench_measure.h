/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the measuring programs share: time, and memory as Linux tells it. */
#ifndef CN_BENCH_MEASURE_H
#define CN_BENCH_MEASURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static inline double bench_now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A line of /proc/self/status, in MB. */
static inline double bench_status_mb(const char *key) {
    char line[256];
    double kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, key, strlen(key)) == 0) {
            kb = strtod(line + strlen(key), NULL);
        }
    }
    if (file) {
        fclose(file);
    }
    return kb / 1024;
}

/* What is in use now; memory that was freed goes back first, else it would hide what comes. */
static inline double bench_reset_peak(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (file) {
        fputs("5", file);
        fclose(file);
    }
    return bench_status_mb("VmRSS:");
}

#endif
