/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cascade in memory: a model, made once from flows and options and then only read, and a state for each cascade
 * under way. Everything is kept as loss (1 - level), so that a state at rest is all zeros and costs nothing to make.
 */
#ifndef CN_ANALYSE_CASCADE_IMPL_H
#define CN_ANALYSE_CASCADE_IMPL_H

#include "coopnet/cascade.h"
#include "memory.h"

/*
 * input: the purchases of one product by one buyer.   sale: the sales of one product by one supplier.
 * sale s has the places sale_start[s] … of cn_flows' list by supplier; input_of[place] is the input that it feeds.
 */
typedef struct cn__cascade_input {
    double per; /* 1 over what a loss is measured by: purchases of the product, or all purchases; 0: irrelevant */
    cn_input_role role;
} cn__cascade_input;

typedef struct cn__cascade_model {
    const cn_flows *flows;
    const cn_flow *flow;
    cn_cascade_options options; /* with the defaults filled in */
    uint32_t firm_count;
    uint32_t product_count;
    size_t flow_count;

    uint32_t input_count;
    uint32_t *firm_input;    /* firm_count+1 */
    uint32_t *input_product; /* by input */
    cn__cascade_input *input;
    uint32_t *input_of;

    uint32_t sale_count;
    uint32_t *firm_sale; /* firm_count+1 */
    uint32_t *sale_firm;
    uint32_t *sale_start; /* sale_count+1: places */
    uint32_t *sale_product;
    double *sale_value;
    const uint32_t *place_flow; /* the list by supplier */

    double *market; /* by product: all sales and counted outside rows */
    double *
        outside_sold; /* by outside row: sales of its product and origin; 0: the row does not count. NULL without rows */
    uint32_t *outside_input; /* by outside row: its input, or CN_NONE */
    double *demand;          /* by firm: what a loss of demand is measured by */
    double *weight;          /* by firm */
    double *money;           /* by firm: output a year */
    double weight_total;
} cn__cascade_model;

cn_status cn__cascade_model_init(cn__cascade_model *model, const cn_flows *flows, const cn_cascade_options *options,
                                 cn_error *err);
void cn__cascade_model_release(cn__cascade_model *model);

/* Output a year: as declared, but at least the sales; the sales where not declared. */
double cn__firm_output(const cn_flows *flows, uint32_t firm);
/* Share that is hard to replace: sales over what is left of the market. */
static inline double cn__cascade_sigma(const cn__cascade_model *model, double sales, double left) {
    return model->options.irreplaceable || sales >= left ? 1 : sales / left;
}

typedef struct cn__change {
    uint32_t firm;
    double loss; /* found: its new loss; committed: by how much it grew */
} cn__change;

typedef struct cn__list {
    uint32_t *item;
    uint32_t count;
} cn__list;

/* A firm in a cascade; what is used together lies together. */
typedef struct cn__cascade_firm {
    double down; /* losses */
    double up;
    double worst;   /* loss of its scarcest essential input */
    double minor;   /* loss by its non-essential inputs together */
    double up_lost; /* sales it lost */
    uint32_t mark;  /* set of MARK_… of cascade_engine.c */
} cn__cascade_firm;

/* One cascade under way. All arrays are zero at rest; the lists say what is not, so that a reset costs what was touched. */
typedef struct cn__cascade_state {
    const cn__cascade_model *model;
    const cn_shock *shock;
    cn__cascade_firm *firm;
    double *input_lost; /* by input: value that does not come */
    double *sale_loss;  /* by sale: share lost after replacement, as passed on */
    double *market_lost;
    uint32_t *sale_next;   /* by sale: next one of the product that is hit, as sale+1 */
    uint32_t *sale_head;   /* by product: likewise the first */
    uint8_t *product_mark; /* by product: set of MARK_… of cascade_engine.c */
    bool *sale_hit;

    double *flow_loss;      /* by place, only with shock->flow: share lost as passed on */
    double *sale_cut;       /* by sale, likewise: value that the shock cuts */
    double *outside_loss;   /* by outside row, only with shock->outside */
    uint32_t *outside_next; /* by outside row: next one of the product, as row+1 */
    uint32_t *outside_head; /* by product: likewise the first */
    double *stock;          /* by firm, only with days: days of full work */
    cn_standby *standby;    /* by buyer, product; copied from the shock */

    cn__list touched; /* firms */
    cn__list inputs;
    cn__list sales;
    cn__list products; /* touched */
    cn__list dirty_products;
    cn__list down_dirty;
    cn__list up_dirty;
    cn__list draining; /* firms that live on their stock */
    cn__change *down_change;
    uint32_t down_count;
    cn__change *up_change;
    uint32_t up_count;

    double weight_lost;
    double money_lost;
} cn__cascade_state;

/* Room for a state; `shock` NULL: for shocks of single firms. */
bool cn__cascade_state_init(cn__cascade_state *state, const cn__cascade_model *model, const cn_shock *shock);
void cn__cascade_state_release(cn__cascade_state *state);
/* Back to rest: cost of what was touched. For states without shock. */
void cn__cascade_state_reset(cn__cascade_state *state);

/* Begin: the firm's loss by the shock itself (several may be given, then cn__cascade_begin for the rest of the shock). */
void cn__cascade_hit(cn__cascade_state *state, uint32_t firm, double loss);
void cn__cascade_begin(cn__cascade_state *state);
/* Take over the changes found (down_change, up_change): false when there are none. */
bool cn__cascade_commit(cn__cascade_state *state);
/* Pass on what was committed and find the next changes. */
void cn__cascade_pass(cn__cascade_state *state);

double cn__cascade_level_loss(const cn__cascade_state *state, uint32_t firm);

/* Loss and money of one shock, without a result for each firm. False: memory. */
bool cn__cascade_measure(const cn__cascade_model *model, const cn_shock *shock, double *loss, double *money);

#endif
