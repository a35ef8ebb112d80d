/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One drawing on its way from a view to an SVG on a sheet. */
#ifndef CN_RENDER_DRAWING_H
#define CN_RENDER_DRAWING_H

#include "page.h"
#include "view.h"

/* `{0}` to init, with scheme and key set. */
typedef struct cn__drawing {
    const cn_network *net;
    const cn_draw_options *options;
    const char *key; /* of the view */
    cn__view_make *make;
    const cn__scheme *scheme;
    cn__scene scene;
    cn__layout layout;
    cn__legend legend;
    cn__page page;
    cn_buf dot;
    bool too_small; /* it does not fit its paper, whatever is left away */
} cn__drawing;

/* The scene and its DOT, saying everything. */
cn_status cn__drawing_make(cn__drawing *d, cn_error *err);
/* Lay it out on its paper; where the text would be too small there, again with less to say. */
cn_status cn__drawing_fit(cn__drawing *d, cn_error *err);
void cn__drawing_release(cn__drawing *d);

/* Scheme and logo of a theme. `logo` keeps the bytes; release it. */
cn_status cn__drawing_scheme(const cn_theme *theme, cn__scheme *out, cn_buf *logo, cn_error *err);
/* The SVG of a scene on a page as PDF, in tiles or whole, or PNG. */
cn_status cn__drawing_raster(const cn__scene *scene, const cn__page *page, const cn_draw_options *options,
                             const cn_buf *svg, cn_sink sink, cn_error *err);

#endif
