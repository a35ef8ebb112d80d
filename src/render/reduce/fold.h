/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding boxes of a scene: who is folded with whom, and the scene after it. */
#ifndef CN_RENDER_FOLD_H
#define CN_RENDER_FOLD_H

#include "reduce.h"

/* `{0}` to init; cn__folding_release. */
typedef struct cn__folding {
    uint32_t *bucket; /* by node: with whom it may share a fold */
    uint32_t buckets;
    uint32_t *fold; /* by node: its fold, or CN_NONE: it stays */
    uint32_t folds;
} cn__folding;

bool cn__folding_plan(cn__folding *f, const cn__scene *scene, const cn_network *net, size_t target,
                      const double *importance);
/* The scene's nodes are then those that stay, in their order, and one for each fold. False: memory; the scene is of no use then. */
bool cn__folding_apply(const cn__folding *f, cn__scene *scene, const cn_network *net);
void cn__folding_release(cn__folding *f);

#endif
