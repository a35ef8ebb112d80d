/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test frame. A failing check leaves its case by longjmp, so that the remaining cases still run. */
#include "check.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

static jmp_buf leave_case;
enum { PASSED = 0, FAILED = 1, SKIPPED = 2 };

/* A function of its own, so that no variable lives across the jump. */
static int run_case(void (*run)(void)) {
    int outcome = setjmp(leave_case);
    if (outcome == PASSED) {
        run();
    }
    return outcome;
}

int check_run(const check_case *cases) {
    int counts[3] = {0, 0, 0};
    for (const check_case *c = cases; c->name; c++) {
        int outcome = run_case(c->run);
        counts[outcome]++;
        printf("%s %s\n", outcome == PASSED ? "ok" : outcome == FAILED ? "FAILED" : "skipped", c->name);
        fflush(stdout);
    }
    printf("cases: %d passed, %d failed, %d skipped\n", counts[PASSED], counts[FAILED], counts[SKIPPED]);
    return counts[FAILED] ? 1 : 0;
}

void check_skip(const char *reason) {
    printf("  skipped: %s\n", reason);
    longjmp(leave_case, SKIPPED);
}

static void fail_at(const char *expression, const char *file, int line) {
    printf("  %s:%d: %s\n", file, line, expression);
}

void check_that(bool ok, const char *expression, const char *file, int line) {
    if (!ok) {
        fail_at(expression, file, line);
        longjmp(leave_case, FAILED);
    }
}

void check_int(int64_t got, int64_t want, const char *expression, const char *file, int line) {
    if (got != want) {
        fail_at(expression, file, line);
        printf("  got %lld, want %lld\n", (long long)got, (long long)want);
        longjmp(leave_case, FAILED);
    }
}

void check_text(const char *got, const char *want, const char *expression, const char *file, int line) {
    if (got == want || (got && want && strcmp(got, want) == 0)) {
        return;
    }
    fail_at(expression, file, line);
    printf("  got  \"%s\"\n  want \"%s\"\n", got ? got : "(null)", want ? want : "(null)");
    longjmp(leave_case, FAILED);
}

void check_near(double got, double want, double tolerance, const char *expression, const char *file, int line) {
    if ((isnan(got) && isnan(want)) || fabs(got - want) <= tolerance || got == want) {
        return;
    }
    fail_at(expression, file, line);
    printf("  got %.17g, want %.17g\n", got, want);
    longjmp(leave_case, FAILED);
}

uint64_t check_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t check_below(uint64_t *state, uint32_t bound) {
    return (uint32_t)(((check_random(state) >> 32) * bound) >> 32);
}
