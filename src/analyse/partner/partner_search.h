/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One search for partners under way: its candidates, and what its parts (partner_*.c) add to them. */
#ifndef CN_ANALYSE_PARTNER_SEARCH_H
#define CN_ANALYSE_PARTNER_SEARCH_H

#include "catalogue.h"
#include "link_scores.h"

typedef struct cn__trade {
    cn_entity other;
    cn_link link;
} cn__trade;

typedef struct cn__search {
    const cn_network *net;
    const cn_partner_query *query;
    cn_entity x; /* the one asked for */
    cn__catalogue catalogue;
    cn_graph *trade;        /* supply and service, directed, a vertex for each entity */
    cn__link_scores scores; /* of the graph in use */
    bool *in_project;       /* by entity */
    uint32_t *row_of;       /* by entity: its candidate, or CN_NONE */
    cn_partner_row *rows;
    uint32_t *last;  /* by candidate: the ware of x that it fitted last, to count each once */
    double *network; /* by candidate: what its points for the network are made from */
    bool *present;   /* by candidate: a partner already */
    uint32_t count;
    size_t rows_cap, last_cap, network_cap, present_cap;
    cn__ware *mine; /* needs or products of x in question */
    uint32_t mine_count;
    cn__trade *trades; /* of x on the side in question, in force; by the other end, link */
    uint32_t trade_count;
    uint32_t ware; /* of them, in work */
    bool failed;   /* memory, within a visit */
} cn__search;

/* The candidate of an entity, made when new; NULL when it may be none (or memory: `failed`). */
cn_partner_row *cn__search_row(cn__search *s, cn_entity entity);
static inline bool cn__complements(const cn__search *s) {
    return s->query->side == CN_PARTNER_SUPPLIER || s->query->side == CN_PARTNER_CUSTOMER;
}

/* partner_codes.c: what fits by product codes; drops nothing. */
cn_status cn__search_codes(cn__search *s, cn_error *err);
/* Who makes this buys that, for the candidates found. */
cn_status cn__search_habit(cn__search *s, cn_error *err);
/* partner_paths.c: candidates by the links of the network. */
cn_status cn__search_paths(cn__search *s, cn_error *err);
/* partner_bonds.c: bonds, places and earlier links of the candidates. */
cn_status cn__search_bonds(cn__search *s, cn_error *err);

/* Root of the group of firms with one owner (at least half of the shares, or no share said), by entity. `*root` is the caller's. */
cn_status cn__owners_find(const cn_network *net, uint32_t **root, cn_error *err);
/* Great circle in km; NaN when a place is not known. */
double cn__distance_km(const cn_network *net, cn_entity a, cn_entity b);
bool cn__is_foreign(const cn_network *net, cn_entity entity);
/* Can it sell goods or production services: no authority, association, media, bank, fund or body that serves a cluster. */
bool cn__may_sell(const cn_network *net, cn_entity entity);
/* Only lines of business in trade (OKVED 45 to 47) and no product of its own: what it sells others make. */
bool cn__is_trader(const cn_network *net, cn_entity entity);
/* Links in force of supply and service, directed, a vertex for each entity. */
cn_status cn__trade_graph(const cn_network *net, cn_graph **out, cn_error *err);

#endif
