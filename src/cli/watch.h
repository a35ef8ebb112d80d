/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long work: its progress on a terminal, and Ctrl-C. */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include "texts.h"

typedef struct watch {
    cn_lang lang;
    cli_text what;
    const char *name; /* what is computed, where `what` says it */
    bool shown;       /* a line stands on the terminal */
    bool terminal;
    double begun; /* seconds */
    double told;
} watch;

/* Between the two, Ctrl-C makes watch_step return false instead of ending the program; the second one does end it. */
void watch_begin(watch *w, cn_lang lang, cli_text what, const char *name, bool quiet);
/* `context` is the watch. False: stop. */
bool watch_step(void *context, uint64_t done, uint64_t total);
/* Was Ctrl-C pressed? */
bool watch_end(watch *w);

#endif
