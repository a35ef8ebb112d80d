/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The test frame: a program lists its cases, each case checks. A failed check tells where and what and ends its case, not the program.
 *
 *     static void adds(void) { CHECK_INT(1 + 1, 2); }
 *     int main(void) { return check_run((check_case[]){{"adds", adds}, {0}}); }
 */
#ifndef CN_TEST_CHECK_H
#define CN_TEST_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct check_case {
    const char *name;
    void (*run)(void);
} check_case;

/* Run the cases (ended by one without name), print "ok"/"FAILED" lines and "cases: N passed, M failed". Exit code for main. */
int check_run(const check_case *cases);

/* End the running case as skipped: the reason is printed and counted. */
void check_skip(const char *reason);

void check_that(bool ok, const char *expression, const char *file, int line);
void check_int(int64_t got, int64_t want, const char *expression, const char *file, int line);
void check_text(const char *got, const char *want, const char *expression, const char *file, int line);
void check_near(double got, double want, double tolerance, const char *expression, const char *file, int line);

#define CHECK(e) check_that((e), #e, __FILE__, __LINE__)
#define CHECK_INT(got, want) check_int((int64_t)(got), (int64_t)(want), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, want) check_text((got), (want), #got, __FILE__, __LINE__)
/* Equal within an absolute tolerance, or both NaN. */
#define CHECK_NEAR(got, want, tolerance) check_near((got), (want), (tolerance), #got, __FILE__, __LINE__)

/* Seeded random numbers (splitmix64), the same on every machine. */
uint64_t check_random(uint64_t *state);
uint32_t check_below(uint64_t *state, uint32_t bound);

#endif
