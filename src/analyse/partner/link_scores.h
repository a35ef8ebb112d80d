/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How likely a link of a graph is that is not there: scores of all candidates of one vertex, from the links of the others.
 * The rows are sparse: only candidates that some path reaches are listed.
 */
#ifndef CN_ANALYSE_LINK_SCORES_H
#define CN_ANALYSE_LINK_SCORES_H

#include "coopnet/metrics.h"
#include "coopnet/partners.h"

typedef struct cn__link_scores {
    uint32_t n;
    uint32_t count; /* candidates that the last call reached, in the order in which it met them */
    uint32_t *list;
    bool *seen;                            /* by vertex: is it in the list? */
    double *value[CN_PARTNER_SCORE_COUNT]; /* by vertex; 0 where nothing was added */
    double *step;                          /* by vertex: room for the search */
    double *walk;
    double *mass;
    uint32_t *middle;
} cn__link_scores;

/* CN_OK or CN_ERR_MEMORY; to be released in either case. `{0}` before. */
cn_status cn__link_scores_init(cn__link_scores *scores, uint32_t n, cn_error *err);
void cn__link_scores_release(cn__link_scores *scores);
void cn__link_scores_clear(cn__link_scores *scores);
/* Put a candidate on the list. */
void cn__link_scores_touch(cn__link_scores *scores, uint32_t vertex);

/*
 * The functions below add to what is there; the lists hold x and its neighbours too, which the caller passes over.
 *
 * Candidates of x at two steps of an undirected graph: COMMON, ADAMIC_ADAR, RESOURCE, JACCARD; with_walk: WALK, the chance that a walk of two
 * steps by weight goes there (both as much as x knows its neighbours). O(sum of the degrees of the neighbours).
 */
void cn__near_scores(const cn_graph *graph, uint32_t x, bool with_walk, cn__link_scores *out);

/*
 * Candidates of x at three steps of a directed graph, along the arcs, against them and along them again (CN_DIR_OUT), or
 * the other way round (CN_DIR_IN: suppliers of firms that share a supplier with x): PATHS (Σ a_xu a_uv a_vy), L3 (Σ a_xu a_uv
 * a_vy/√(k_u k_v), Kovács et al. 2019), WALK (RP3beta, Paudel et al. 2017: Σ 1/(k_u k_v), over k_y^0.5); with_common: COMMON, the
 * distinct vertices v. O(arcs) at worst.
 */
void cn__three_step_scores(const cn_graph *graph, uint32_t x, cn_direction direction, bool with_common,
                           cn__link_scores *out);

#endif
