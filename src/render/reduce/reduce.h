/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a scene small enough to be read: weak lines out, less important boxes folded into one. */
#ifndef CN_RENDER_REDUCE_H
#define CN_RENDER_REDUCE_H

#include "scene.h"

enum { CN__FOLDED_TO = 40 }; /* boxes to which a scene is folded that has too many, where no number is asked for */

/* The most boxes that these options allow; SIZE_MAX: any number. And to how many a larger scene is folded. */
size_t cn__reduce_limit(const cn_draw_options *options);
size_t cn__reduce_target(const cn_draw_options *options);

/*
 * Leave out the lines whose value does not stand out (cn_backbone_compute on the lines with a value, level >= `alpha`) and the boxes that
 * have no line left. Lines without value, routes and lines at frames stay. Words about it go to `notes`. False: memory.
 */
bool cn__reduce_lines(cn__scene *scene, double alpha, cn_buf *notes);

/*
 * Keep the `target` most important boxes and fold the others of one column, frame and kind into one box each; a lone one stays. More than
 * `target` only where so many are to be kept (node->keep) or there are more folds. `importance` by node. Lines to folded boxes are merged and their values
 * added; lines between boxes of one fold vanish in it. False: memory.
 */
bool cn__reduce_fold(cn__scene *scene, const cn_network *net, size_t target, const double *importance, cn_buf *notes,
                     cn_diags *told);

/*
 * How much is traded over the lines of each node; lines without value count a little. In a chain only what goes on towards the subject counts, and the
 * tiers take turns. False: memory.
 */
bool cn__reduce_importance(const cn__scene *scene, double *importance);

/*
 * All of it as the options ask, once a scene. Views in columns call it before they raise hubs; cn__view_finish calls it for all. A scene that
 * is a map of groups is left as it is. scene->failed without memory.
 */
void cn__view_reduce(cn__scene *scene, const cn_network *net, const cn_draw_options *options);

/* ---- the foremost ---- */

/*
 * The graph of the layer and options->top_metric of its vertices; both are the caller's, whatever is returned (cn_graph_free, cn__free).
 * Metrics that can be estimated are, where exact values would take long.
 */
cn_status cn__foremost_values(const cn_network *net, const cn_draw_options *options, cn_graph **graph, double **values,
                              cn_error *err);

/*
 * Mark in `picked` (by entity) the options->top foremost organisations of the layer and those that connect them: of each pair of parts that a chain joins, the
 * shortest such chains (Mehlhorn 1988: at most twice the fewest). Words about it go to `notes`. CN_OK, CN_ERR_MEMORY, CN_ERR_CANCELLED.
 */
cn_status cn__pick_foremost(const cn_network *net, const cn_draw_options *options, uint8_t *picked, cn_lang lang,
                            cn_buf *notes, cn_error *err);

#endif
