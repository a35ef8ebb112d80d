/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF and PNG from our SVG, by librsvg and cairo. */
#ifndef CN_RENDER_RASTER_H
#define CN_RENDER_RASTER_H

#include "coopnet/draw.h"

/* `format` is CN_PICTURE_PDF or CN_PICTURE_PNG. CN_ERR_IO: the sink failed; CN_ERR_LIMIT: too many pixels; CN_ERR_INTERNAL: librsvg or cairo failed. */
cn_status cn__raster_write(const cn_buf *svg, cn_picture format, const char *title, cn_sink sink, cn_error *err);

#endif
