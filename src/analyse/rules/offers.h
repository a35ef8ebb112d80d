/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contracts that participants could make with each other. */
#ifndef CN_ANALYSE_OFFERS_H
#define CN_ANALYSE_OFFERS_H

#include "rules_case.h"

typedef struct cn__offer {
    cn_entity seller, buyer;
    const char *need; /* code the buyer needs; borrowed from the network */
    int64_t most;     /* minor units a year, above 0 */
    bool existing;    /* they trade it already */
} cn__offer;

typedef struct cn__offers {
    cn__offer *rows; /* the largest first */
    size_t count;
    size_t cap;
} cn__offers;

/* False: memory. Release in any case. */
bool cn__offers_find(const cn__case *c, cn__offers *out);
void cn__offers_release(cn__offers *offers);

#endif
