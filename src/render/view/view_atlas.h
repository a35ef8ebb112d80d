/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overview of a large network as a map of its groups. */
#ifndef CN_RENDER_VIEW_ATLAS_H
#define CN_RENDER_VIEW_ATLAS_H

#include "view.h"

/* Is the overview to be a map of groups: because it was asked for, or because it would have too many boxes? */
bool cn__view_wants_atlas(const cn_network *net, const cn_draw_options *options);
cn__view_make cn__view_atlas;

#endif
