/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One trial under way: its board and folds (partner_try.c), and what is done in a fold (partner_fold.c). */
#ifndef CN_ANALYSE_PARTNER_TRY_H
#define CN_ANALYSE_PARTNER_TRY_H

#include "catalogue.h"
#include "link_scores.h"
#include "partner_ties.h"
#include "vertex_sort.h"

typedef struct cn__try {
    cn_partner_board board;
    double share;
    uint32_t folds;
    uint32_t most_asked;
    uint64_t seed;
    cn_partner_score best;   /* what COMBINED is made of, popularity apart */
    unsigned kinds;          /* set of 1 << cn_partner_score */
    cn__catalogue catalogue; /* SUPPLY with declared products and needs: kinds has CODES */
    cn__members pairs;       /* asker and target; PEER: member and group */
    cn_graph *full;
} cn__try;

/* A number from two. */
uint64_t cn__try_mix(uint64_t a, uint64_t b);
/*
 * Score one fold: `train` is the board without the hidden links, `near` (SUPPLY) the same without direction. Adds to the sums of `out` and
 * fills a row of AUC, matched AUC, precision and hits for each score. CN_OK or CN_ERR_MEMORY.
 */
cn_status cn__try_score(const cn__try *t, const cn_graph *train, const cn_graph *near, uint64_t seed, uint64_t random,
                        cn_partner_trial *out, double (*rows)[4], cn_error *err);

#endif
