/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF and PNG from our SVG, by librsvg and cairo. */
#ifndef CN_RENDER_RASTER_H
#define CN_RENDER_RASTER_H

#include "coopnet/draw.h"
#include "tiles.h"

/*
 * `format` is CN_PICTURE_PDF or CN_PICTURE_PNG; `dpi` and `paper`, the colour of the sheet, count for the latter. CN_ERR_IO: the sink failed; CN_ERR_LIMIT: too many pixels;
 * CN_ERR_INTERNAL: librsvg or cairo failed.
 */
cn_status cn__raster_write(const cn_buf *svg, cn_picture format, double dpi, const char *paper, const char *title,
                           cn_sink sink, cn_error *err);

/* A PDF with a page for every tile. */
cn_status cn__raster_tiles(const cn_buf *svg, const cn__tiles *tiles, const char *title, cn_sink sink, cn_error *err);

/*
 * The logo of a theme as base64 of a PNG made here, whatever the file was, and its width : height. Nothing of an SVG but its picture
 * goes on, and it reads no other file. CN_ERR_INPUT: it cannot be drawn.
 */
cn_status cn__raster_logo(const cn_theme *theme, cn_buf *base64, double *aspect, cn_error *err);

#endif
