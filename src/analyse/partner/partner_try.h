/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One evaluation under way (partner_try.c). */
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

#endif
