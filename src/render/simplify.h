/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a scene light enough for the layout. */
#ifndef CN_RENDER_SIMPLIFY_H
#define CN_RENDER_SIMPLIFY_H

#include "scene.h"

/* The most links that are laid out where a part of them already ties everything together. */
#define CN__LINKS_LAID_OUT 400

/*
 * In a scene with more links, leave to the layout only those that tie its things together and the strongest of the
 * others; the rest become straight lines, and no link keeps its label. Returns the number of straight lines.
 * scene->failed without memory.
 */
uint32_t cn__scene_simplify(cn__scene *scene);

#endif
