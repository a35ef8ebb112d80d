/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene as DOT: for the layout process, and for users who have other plans with it. */
#ifndef CN_RENDER_DOT_WRITER_H
#define CN_RENDER_DOT_WRITER_H

#include "scene.h"

/* Look at out->failed afterwards. */
void cn__dot_write(const cn__scene *scene, cn_buf *out);
/* A quoted DOT string: an id, or (with `label`) a text in which Graphviz would see escapes and entities. */
void cn__dot_string(cn_buf *out, const char *text, bool label);

/* "dot", "neato" … "map"; of AUTO "dot". */
const char *cn__engine_name(cn_engine engine);

#endif
