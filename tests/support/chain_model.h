/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chain graph of a buyer once more, as slow and obvious as possible: a matrix over all pairs (firm, product), built by
 * the definition until nothing changes. And random flows to compare on.
 */
#ifndef CN_TEST_CHAIN_MODEL_H
#define CN_TEST_CHAIN_MODEL_H

#include "coopnet/exposure.h"

#define MODEL_MAX 64

typedef struct chain_model {
    const cn_flows *flows;
    uint32_t buyer;
    uint32_t firms;
    uint32_t products;
    uint32_t n;             /* pairs; number n is the buyer */
    bool in[MODEL_MAX + 1]; /* is the pair a vertex */
    bool source[MODEL_MAX + 1];
    double value[MODEL_MAX + 1][MODEL_MAX + 1]; /* [supplier pair][pair it goes into] */
    bool essential[MODEL_MAX + 1][MODEL_MAX + 1];
    double known[MODEL_MAX + 1];
    double unknown[MODEL_MAX + 1];          /* share */
    bool outside[MODEL_MAX + 1][MODEL_MAX]; /* [pair][product]: bought outside the flows */
} chain_model;

/* firms · products must not exceed MODEL_MAX. */
void chain_model_build(chain_model *model, const cn_flows *flows, uint32_t buyer);
uint32_t chain_model_firm(const chain_model *model, uint32_t pair); /* of the buyer itself `buyer` */

/* Random flows: each ordered pair of firms trades each product the seller makes with probability pct/100. */
typedef struct random_trade {
    uint32_t firms;
    uint32_t products;
    uint32_t percent;
    bool table;       /* with a random product table */
    bool one_product; /* every firm sells the product of its own number modulo products */
} random_trade;

/* From arrays. NULL never: checks. */
cn_flows *random_flows(const random_trade *trade, uint64_t *seed);
/* The same through a network, with declared needs beyond the flows. The network is the caller's. */
cn_flows *random_network_flows(const random_trade *trade, uint64_t *seed, cn_network **net);

#endif
