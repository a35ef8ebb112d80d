/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in a text: line and column as an editor shows them. */
#ifndef CN_LOAD_PLACE_H
#define CN_LOAD_PLACE_H

#include "coopnet/base.h"

/* Line and column from 1, the column in code points; {0, 0}: no place. */
typedef struct cn__place {
    uint32_t line;
    uint32_t column;
} cn__place;

/* A position that only moves forward; lines end with LF, CRLF or CR. */
typedef struct cn__cursor {
    const char *text;
    size_t at;
    size_t len;
    cn__place place;
} cn__cursor;

void cn__cursor_begin(cn__cursor *cursor, const char *text, size_t at, size_t len);
/* Move to byte `to` (not before the present one) and return its place. */
cn__place cn__cursor_move(cn__cursor *cursor, size_t to);

#endif
