/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What CMake makes of the page's style and scripts at build time (cmake/Embed.cmake). */
#ifndef CN_REPORT_ASSETS_H
#define CN_REPORT_ASSETS_H

#include <stddef.h>

extern const unsigned char cn__asset_style[];
extern const size_t cn__asset_style_len;
extern const unsigned char cn__asset_script[]; /* d3, the explorer, tables.js */
extern const size_t cn__asset_script_len;

#endif
