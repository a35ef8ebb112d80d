/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Progress of long work on standard error: nothing in the first second and nothing where nobody looks. The signal handler only sets a
 * flag, which the work asks for between two steps.
 */
#include "watch.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked_to_stop;

static void ask_to_stop(int signal_number) {
    (void)signal_number;
    asked_to_stop = 1;
}

static void handle(void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
}

static double now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void watch_begin(watch *w, cn_lang lang, cli_text what, const char *name, bool quiet) {
    *w = (watch){.lang = lang, .what = what, .name = name, .begun = now()};
    w->terminal = !quiet && isatty(STDERR_FILENO) != 0;
    w->told = w->begun + 0.75;
    asked_to_stop = 0;
    handle(ask_to_stop, (int)SA_RESETHAND);
}

static void add_time(cn_buf *out, cn_lang lang, double seconds) {
    cli_digits digits;
    cli_text unit = seconds < 120 ? TEXT_SECONDS : seconds < 7200 ? TEXT_MINUTES : TEXT_HOURS;
    double count = seconds < 120 ? seconds : seconds < 7200 ? seconds / 60 : seconds / 3600;
    text_add(out, lang, unit, digits_of(digits, (uint64_t)(count + 1)), END);
}

static void show(watch *w, double time, uint64_t done, uint64_t total) {
    double share = total ? (double)done / (double)total : 0;
    double rate = (double)done / (time - w->begun);
    cli_digits percent, millions;
    cn_buf steps = {0};
    cn_buf left = {0};
    cn_buf line = {0};
    add_time(&left, w->lang, share > 0 ? (time - w->begun) * (1 - share) / share : 0);
    cn_format_number(&steps, w->lang, rate, rate < 10 ? 1 : 0);
    text_add(&line, w->lang, w->what, digits_of(percent, (uint64_t)(share * 100)), left.data ? left.data : "",
             steps.data ? steps.data : "", digits_of(millions, (uint64_t)(rate / 1e6)), w->name ? w->name : "", END);
    if (line.data) {
        fprintf(stderr, "\r%s\x1b[K", line.data);
        fflush(stderr);
        w->shown = true;
    }
    cn_buf_release(&steps);
    cn_buf_release(&left);
    cn_buf_release(&line);
}

bool watch_step(void *context, uint64_t done, uint64_t total) {
    watch *w = context;
    bool tells = w->terminal && (done || total); /* how long a pipe is nobody knows */
    double time = tells ? now() : 0;
    if (tells && time - w->told > 0.25) {
        w->told = time;
        show(w, time, done, total);
    }
    return !asked_to_stop;
}

bool watch_end(watch *w) {
    if (w->shown) {
        fputs("\r\x1b[K", stderr);
    }
    w->shown = false;
    handle(SIG_DFL, 0);
    return asked_to_stop != 0;
}
