/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links that a picture draws, gathered into lines: links of the same ends, kind and state become one. */
#ifndef CN_RENDER_VIEW_LINES_H
#define CN_RENDER_VIEW_LINES_H

#include "view.h"

typedef struct cn__lines {
    const cn_network *net;
    cn_link *links; /* those of one line stand together; lines by (from, to, kind, state) */
    size_t count;
} cn__lines;

/* Is the link to be drawn? */
typedef bool cn__want_link(const void *context, cn_link link);

/* Gather the links wanted. False: memory. Cost: O(L log L). */
bool cn__lines_gather(cn__lines *lines, const cn_network *net, cn__want_link *want, const void *context);
/* Make lines of the links that the caller has put there. False: memory. */
bool cn__lines_sort(cn__lines *lines);
/* The line that begins with link number `at`; the next one begins at at + its count. */
cn__line cn__lines_at(const cn__lines *lines, size_t at);
/* Is a line of this style as wide as its value? */
bool cn__line_has_width(const cn__line *line);
/* The largest value of those that are. */
double cn__lines_largest(const cn__lines *lines);
void cn__lines_release(cn__lines *lines);

#endif
