/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet being written: what the parts of the SVG writer share. */
#ifndef CN_RENDER_SVG_SHEET_H
#define CN_RENDER_SVG_SHEET_H

#include "page.h"
#include "strmap.h"
#include "svg_part.h"

typedef struct cn__sheet {
    const cn__scene *scene;
    const cn__layout *layout;
    const cn__page *page;
    const cn__legend *legend;
    const cn__scheme *scheme;
    cn_buf *out;
    cn__strmap ids; /* those given */
} cn__sheet;

const char *cn__sheet_text(const cn__sheet *w, uint32_t text);
const char *cn__sheet_colour(const cn__sheet *w, cn__role role);
/* A place of the layout on the page. */
cn__point cn__sheet_point(const cn__sheet *w, cn__point p);
cn__rect cn__sheet_rect(const cn__sheet *w, cn__rect r);

/* `<g class="CLASS CLASS-VARIANT"`, still open for attributes; `variant` may be NULL. */
void cn__sheet_open(cn__sheet *w, const char *class, const char *variant);
void cn__sheet_close(cn__sheet *w);
/* An id attribute: the prefix and the text with everything but ASCII letters, digits, - . _ made _; numbered when taken. */
void cn__sheet_id(cn__sheet *w, const char *prefix, const char *id);
void cn__sheet_words(cn__sheet *w, uint32_t title, uint32_t desc);
/* A number in a circle: that of a cycle. */
void cn__sheet_badge(cn__sheet *w, cn__point centre, double scale, uint32_t number);

/* ---- svg_head.c ---- */

void cn__sheet_begin(cn__sheet *w);
void cn__sheet_title(cn__sheet *w);
void cn__sheet_foot(cn__sheet *w);

/* ---- svg_link.c ---- */

void cn__sheet_links(cn__sheet *w);
/* Labels come after all lines, so that a line that passes does not strike them out. */
void cn__sheet_link_labels(cn__sheet *w);
/*
 * How much lines run through a band of the layout: it is cut into `count` cells from left to right, and each gets the
 * number of points of lines in it.
 */
void cn__sheet_lines_in(const cn__sheet *w, cn__rect band, uint32_t *cells, size_t count);

/* ---- svg_backdrop.c ---- */

/* The ground of a map; the scene has one. */
void cn__sheet_backdrop(cn__sheet *w);

/* ---- svg_legend.c ---- */

void cn__sheet_legend(cn__sheet *w);

#endif
