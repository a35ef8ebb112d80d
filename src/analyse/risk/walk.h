/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The random walk back along purchases: where its mass goes. */
#ifndef CN_ANALYSE_WALK_H
#define CN_ANALYSE_WALK_H

#include "upstream.h"

/* `{0}` then set the first four. */
typedef struct cn__walk {
    const cn_upstream *up;
    uint32_t target;    /* local firm at which the walk ends, or CN_NONE */
    bool leak;          /* the walk also ends at unknown suppliers */
    const double *ends; /* with leak: by vertex the probability that a walk from it ends at an unknown supplier */
    double *share;      /* by arc: of the value that goes into its vertex */
    double *mass;       /* by vertex, all 0 before and after */
    double *visits;     /* by vertex, or NULL: expected visits; in a closed group a bound of the probability of one */
    double *matrix;     /* CN__WALK_DENSE² + CN__WALK_DENSE numbers for small groups */
    uint32_t *place;    /* by vertex; place in a small group */

    double hit;     /* probability of the target */
    double unknown; /* probability that the walk ends at an unknown supplier before the target */
    double rest;    /* probability that was not followed to its end */
    uint64_t work;  /* vertices and arcs walked */
} cn__walk;

#define CN__WALK_DENSE 48

/* Room for share, mass, matrix, place; false without memory. */
bool cn__walk_init(cn__walk *walk);
void cn__walk_release(cn__walk *walk);
/* One walk from the buyer. hit, unknown, rest are set anew, work grows; of the parts below `stop` only `ends` is asked. */
void cn__walk_run(cn__walk *walk, uint32_t stop);
/* Probability, by vertex, that a walk ends at an unknown supplier: from below. False: there are none. */
bool cn__walk_ends(cn__walk *walk, double *ends);

#endif
