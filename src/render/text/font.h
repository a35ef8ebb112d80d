/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How wide a text is, without asking the machine's fonts: from the widths of Liberation Sans, which Arial and Helvetica
 * share. So the same network gives the same boxes everywhere. And the breaking of names into lines by that width.
 */
#ifndef CN_RENDER_FONT_H
#define CN_RENDER_FONT_H

#include "coopnet/base.h"

#define CN__FONT_FAMILY "Liberation Sans, Arial, Helvetica, sans-serif"

/* Width in points of `len` bytes of UTF-8 at a font size in points. */
double cn__font_width(const char *text, size_t len, bool bold, double size);

/* One line of a wrapped text: bytes [start, start+len) of it; `cut` when "…" follows because the rest did not fit. */
typedef struct cn__wrap_line {
    size_t start;
    size_t len;
    bool cut;
} cn__wrap_line;

#define CN__WRAP_LINES 4

typedef struct cn__wrap {
    cn__wrap_line lines[CN__WRAP_LINES];
    size_t count;
    double width; /* of the widest line, "…" included */
} cn__wrap;

/*
 * Break `text` at blanks and after hyphens into at most `max_lines` (≤ CN__WRAP_LINES) lines no wider than `max_width`;
 * a word that is wider alone is broken inside. Lines are made as equally long as the number of lines allows.
 */
void cn__wrap_text(const char *text, size_t max_lines, double max_width, bool bold, double size, cn__wrap *out);

#endif
