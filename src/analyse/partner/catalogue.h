/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes what and who needs what, from all that the network says, findable by organisation and by code. */
#ifndef CN_ANALYSE_CATALOGUE_H
#define CN_ANALYSE_CATALOGUE_H

#include "coopnet/partners.h"

/* Neither planned nor broken, and valid on the day for which the data hold, where they name one. */
static inline bool cn__in_force(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    cn_date today = cn_network_as_of_date(net);
    return (status == CN_STATUS_NONE || status == CN_STATUS_ACTUAL) &&
           (today == CN_DATE_NONE || cn_date_covers(cn_link_since(net, link), cn_link_until(net, link), today));
}

/* One product of one organisation. */
typedef struct cn__ware {
    const char *code;
    cn_entity org;
    cn_partner_evidence evidence;
    cn_origin origin; /* of a need */
    double value;     /* a year; NaN */
    double capacity;  /* of a product made; NaN */
} cn__ware;

typedef struct cn__wares {
    cn__ware *rows; /* by organisation, then as found */
    uint32_t count;
    size_t cap;
    uint32_t *start;   /* by entity */
    uint32_t *by_code; /* rows ordered by code, organisation */
} cn__wares;

typedef struct cn__catalogue {
    const cn_network *net;
    cn__wares makes;
    cn__wares needs;
} cn__catalogue;

/* Codes are borrowed from the network. O(E + P log P). */
cn_status cn__catalogue_create(const cn_network *net, cn__catalogue *out, cn_error *err);
void cn__catalogue_release(cn__catalogue *catalogue);

static inline const cn__ware *cn__wares_of(const cn__wares *wares, cn_entity org, uint32_t *count) {
    *count = wares->start[org + 1] - wares->start[org];
    return wares->rows + wares->start[org];
}

/*
 * Call `visit` for every row whose code could fit `code` (the same group of four digits, or a group above it); equal ones and the order
 * depend on the codes alone.
 */
typedef void cn__ware_visit(void *context, const cn__ware *ware);
void cn__wares_near(const cn__wares *wares, const char *code, cn__ware_visit *visit, void *context);
/* Would cn__wares_near for `code` visit a ware with the code `made`? */
bool cn__code_near(const char *made, const char *code);

/* Letters of a code that name its group of four digits ("23.43" of "23.43.10"), the whole of what has fewer or is no OKPD2 code. */
size_t cn__code_group(const char *code);

/* cn_product_fit, halved for evidence that is only a line of business. */
double cn__ware_fit(const cn__ware *made, const char *need);

#endif
