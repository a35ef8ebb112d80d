/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long work: its progress on a terminal, and Ctrl-C. */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include "texts.h"

typedef struct watch {
    cn_lang lang;
    cli_text what;
    bool shown; /* a line stands on the terminal */
    bool terminal;
    double begun; /* seconds */
    double told;
} watch;

/* Between the two, Ctrl-C makes watch_step return false instead of ending the program; the second one does end it. */
void watch_begin(watch *w, cn_lang lang, cli_text what);
/* `context` is the watch. False: stop. */
bool watch_step(void *context, uint64_t done, uint64_t total);
void watch_end(watch *w);

#endif
