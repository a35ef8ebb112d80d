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

/*
 * Mark in `keep` (by link) those that tie the things together (a spanning forest) and the strongest others, `most` in all where the forest leaves
 * room. Lines with a say in the order of ranks go before all others. False: memory.
 */
bool cn__scene_strongest(const cn__scene *scene, size_t most, uint8_t *keep);

#endif
