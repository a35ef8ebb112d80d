/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that a spreadsheet would take for a formula get an apostrophe in a cell, which our reader takes off again: so that nothing that
 * came from a stranger's file is run, and nothing changes on the way.
 */
#ifndef CN_BASE_CSV_GUARD_H
#define CN_BASE_CSV_GUARD_H

#include <stdbool.h>
#include <string.h>

/* Begins the text, after any apostrophes, with a mark of formulas? With the ones it has, one more still comes off alone. */
static inline bool cn__csv_needs_guard(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && text[at] == '\'') {
        at++;
    }
    return at < len && text[at] != '\0' && strchr("=+-@\t\r", text[at]);
}

/* Bytes to take off a cell that was read: 1 where it is guarded. */
static inline size_t cn__csv_guard_len(const char *text, size_t len) {
    return len > 1 && text[0] == '\'' && cn__csv_needs_guard(text, len);
}

#endif
