/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places in a text. Invariant: `place` is the line and column of byte `at`. Readers ask in rising order, so that a
 * whole file costs one walk, O(bytes), however long its lines are.
 */
#include "place.h"

void cn__cursor_begin(cn__cursor *cursor, const char *text, size_t at, size_t len) {
    cursor->text = text;
    cursor->at = at;
    cursor->len = len;
    cursor->place.line = 1;
    cursor->place.column = 1;
}

cn__place cn__cursor_move(cn__cursor *cursor, size_t to) {
    while (cursor->at < to) {
        unsigned char c = (unsigned char)cursor->text[cursor->at++];
        bool crlf = c == '\r' && cursor->at < cursor->len && cursor->text[cursor->at] == '\n';
        if (c == '\n' || (c == '\r' && !crlf)) {
            cursor->place.line++;
            cursor->place.column = 1;
        } else if ((c & 0xC0u) != 0x80u && !crlf) {
            cursor->place.column++;
        }
    }
    return cursor->place;
}
