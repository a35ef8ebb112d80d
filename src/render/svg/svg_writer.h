/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene with its coordinates as SVG. */
#ifndef CN_RENDER_SVG_WRITER_H
#define CN_RENDER_SVG_WRITER_H

#include "page.h"

/* False: memory. */
bool cn__svg_write(const cn__scene *scene, const cn__layout *layout, const cn__page *page, const cn__legend *legend,
                   cn_buf *out);

#endif
