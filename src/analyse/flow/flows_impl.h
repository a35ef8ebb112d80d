/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows in memory. flows.c reads them, flows_sort.c orders them, flows_network.c and flows_arrays.c make them. */
#ifndef CN_ANALYSE_FLOWS_IMPL_H
#define CN_ANALYSE_FLOWS_IMPL_H

#include "coopnet/flows.h"
#include "memory.h"
#include "strmap.h"

typedef struct cn__remarks {
    cn_remark *rows;
    size_t count;
    size_t cap;
} cn__remarks;

/* Keep a remark unless 100 of its message are kept. False: memory. */
bool cn__remarks_add(cn__remarks *remarks, const cn_remark *remark);

/* Firms, products and the product table: the same for flows and for every scenario on them. */
typedef struct cn__trade {
    const cn_network *net;
    uint32_t firm_count;
    uint32_t entity_count;
    cn_entity *entity; /* by firm; NULL without network */
    uint32_t *firm;    /* by entity */
    double *output;    /* by firm; each NULL when nobody gives it */
    double *headcount;
    double *stock_days;
    double *recovery_days;
    bool *foreign;

    cn__strmap codes; /* product p < named_count is entry p */
    uint32_t named_count;
    uint32_t product_count;
    uint32_t *parent;    /* by named product: the nearest listed one that covers it, or CN_NONE */
    uint32_t *row_start; /* product_count+1; NULL without table */
    cn_table_row *rows;  /* by output, input; strongest role */
    bool default_nonessential;

    uint32_t *makes_start; /* firm_count+1; NULL without network */
    uint32_t *makes;       /* products of the `makes` rows */
} cn__trade;

struct cn_flows {
    cn__trade *own;         /* NULL in a scenario, which borrows that of its base */
    const cn__trade *trade; /* never NULL once made */
    const cn_flows *base;   /* of a scenario */

    cn_flow *flow; /* by buyer, product, supplier */
    size_t count;
    uint32_t *into_start; /* firm_count+1 */
    uint32_t *from_start; /* firm_count+1 */
    uint32_t *from_flow;
    double *sales; /* by firm */
    double *purchases;

    uint32_t *link_start; /* count+1; NULL without network and in a scenario */
    cn_link *links;
    uint32_t *origin; /* scenario: flow of the base or CN_NONE */
    cn_link *unvalued;
    size_t unvalued_count;

    cn_outside *outside; /* by buyer, product, origin */
    size_t outside_count;
    uint32_t *outside_start; /* firm_count+1 */

    cn__remarks remarks;
};

/*
 * Sort rows by (buyer, product, supplier), stable, merge equal ones and fill flow, starts, sums. The links of a merged
 * flow are those of its rows in row order when `with_links`. In a scenario `link` of a row is a flow of the base
 * (or CN_NONE), which goes to `origin`. `rows` is not changed.
 */
cn_status cn__flows_index(cn_flows *flows, const cn_flow *rows, size_t count, bool with_links, cn_error *err);
/* Sort `outside` and make its starts. False: memory. */
bool cn__flows_index_outside(cn_flows *flows);

/* Product table: parents of codes and rows by output. False: memory. */
bool cn__trade_index(cn__trade *trade, const cn_table_row *rows, size_t row_count);
/* Number of a code, added when new. False: memory. */
bool cn__trade_code(cn__trade *trade, const char *code, uint32_t *out);
void cn__trade_free(cn__trade *trade);
/* Are there rows for what `output` is made from? */
bool cn__trade_has_rows(const cn__trade *trade, uint32_t output);
/* Does what the table knows of a firm's sales decide on its inputs? By-products that it does not know must not make all inputs essential. */
bool cn__trade_known_decide(double known, double all);
/* Remarks on bad outputs, sales above output and products that the table does not have. False: memory. */
bool cn__flows_judge(cn_flows *flows);

#endif
