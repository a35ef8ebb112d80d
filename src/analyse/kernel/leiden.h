/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Communities by modularity: the Leiden algorithm on ties. */
#ifndef CN_ANALYSE_LEIDEN_H
#define CN_ANALYSE_LEIDEN_H

#include "ties.h"

typedef struct cn__leiden_options {
    double resolution; /* γ > 0; 1 is modularity */
    uint64_t seed;
    bool bold;         /* choose parts by chance alone, whatever they gain: looks further around */
    uint32_t patience; /* ends after so many rounds in a row without gain; at least 1 */
    double noticed;    /* a smaller gain of modularity is none */
} cn__leiden_options;

/*
 * A partition whose communities are connected: numbers from 0 on in the order of their least vertices, CN_NONE for a vertex without ties.
 * `count` gets the number of communities. CN_OK or CN_ERR_MEMORY.
 */
cn_status cn__leiden(const cn__ties *ties, const cn__leiden_options *options, uint32_t *community, uint32_t *count,
                     cn_error *err);

/*
 * Modularity with resolution: Σ_c (W_c / 2m − γ (K_c / 2m)²), W_c the weight inside c counted from both ends, K_c the strength of its vertices. Vertices of
 * CN_NONE are left out of all sums but 2m. NaN without weight. `strength` is room for `count` numbers.
 */
double cn__modularity(const cn__ties *ties, const uint32_t *community, uint32_t count, double resolution,
                      double *strength);

#endif
