/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting flows in order: three stable counting sorts (supplier, product, buyer: least significant digit first, Knuth,
 * TAOCP 3, 5.2.5), then equal neighbours merged; two more give the order by supplier. Linear whatever the order of the
 * rows, and stable, so that sums are always taken in the same order.
 *
 * Cost: O(V + P + E) time, 8 bytes a row beside the result while sorting.
 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "flows_impl.h"

typedef enum key { BY_SUPPLIER, BY_PRODUCT, BY_BUYER } key;

static uint32_t key_of(const cn_flow *row, key which) {
    return which == BY_SUPPLIER ? row->from : which == BY_PRODUCT ? row->product : row->to;
}

/* One pass: `in` (NULL: row order) by a key into `out`. `start` is work space of key_count+1. */
static void pass(const cn_flow *rows, size_t count, key which, uint32_t key_count, uint32_t *start, const uint32_t *in,
                 uint32_t *out) {
    memset(start, 0, ((size_t)key_count + 1) * sizeof *start);
    for (size_t i = 0; i < count; i++) {
        start[key_of(&rows[i], which) + 1]++;
    }
    for (uint32_t k = 0; k < key_count; k++) {
        start[k + 1] += start[k];
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t row = in != NULL ? in[i] : (uint32_t)i;
        out[start[key_of(&rows[row], which)]++] = row;
    }
}

static bool same_flow(const cn_flow *a, const cn_flow *b) {
    return a->to == b->to && a->product == b->product && a->from == b->from;
}

static bool alloc_merged(cn_flows *flows, size_t row_count, bool with_links) {
    flows->flow = cn__alloc(flows->count, sizeof *flows->flow);
    bool ok = flows->flow != NULL;
    if (with_links) {
        flows->link_start = cn__alloc(flows->count + 1, sizeof *flows->link_start);
        flows->links = cn__alloc(row_count, sizeof *flows->links);
        ok = ok && flows->link_start != NULL && flows->links != NULL;
    }
    if (flows->base != NULL) {
        flows->origin = cn__alloc(flows->count, sizeof *flows->origin);
        ok = ok && flows->origin != NULL;
    }
    return ok;
}

static bool merge(cn_flows *flows, const cn_flow *rows, const uint32_t *order, size_t count, bool with_links) {
    for (size_t i = 0; i < count; i++) {
        flows->count += i == 0 || !same_flow(&rows[order[i - 1]], &rows[order[i]]);
    }
    if (!alloc_merged(flows, count, with_links)) {
        return false;
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const cn_flow *row = &rows[order[i]];
        if (i > 0 && same_flow(&rows[order[i - 1]], row)) {
            flows->flow[at - 1].value += row->value;
        } else {
            flows->flow[at] = *row;
            if (with_links) {
                flows->link_start[at] = (uint32_t)i;
            }
            if (flows->base != NULL) {
                flows->origin[at] = row->link;
                flows->flow[at].link = row->link != CN_NONE ? flows->base->flow[row->link].link : CN_NONE;
            }
            at++;
        }
        if (with_links) {
            flows->links[i] = row->link;
        }
    }
    if (with_links) {
        flows->link_start[at] = (uint32_t)count;
    }
    return true;
}

/* Starts of the runs by buyer, the list by supplier, and the sums. */
static void index_ends(cn_flows *flows, uint32_t *start, uint32_t *order) {
    const cn__trade *trade = flows->trade;
    for (size_t i = 0; i < flows->count; i++) {
        const cn_flow *flow = &flows->flow[i];
        flows->into_start[flow->to + 1]++;
        flows->from_start[flow->from + 1]++;
        flows->sales[flow->from] += flow->value;
        flows->purchases[flow->to] += flow->value;
    }
    for (uint32_t firm = 0; firm < trade->firm_count; firm++) {
        flows->into_start[firm + 1] += flows->into_start[firm];
        flows->from_start[firm + 1] += flows->from_start[firm];
    }
    pass(flows->flow, flows->count, BY_PRODUCT, trade->product_count, start, NULL, order);
    pass(flows->flow, flows->count, BY_SUPPLIER, trade->firm_count, start, order, flows->from_flow);
}

cn_status cn__flows_index(cn_flows *flows, const cn_flow *rows, size_t count, bool with_links, cn_error *err) {
    uint32_t firms = flows->trade->firm_count;
    uint32_t products = flows->trade->product_count;
    if (count >= CN_NONE) {
        return CN__FAIL1(err, CN_ERR_LIMIT, FLOWS_TOO_MANY, "4294967294");
    }
    uint32_t *start = cn__alloc((size_t)(firms > products ? firms : products) + 1, sizeof *start);
    uint32_t *first = cn__alloc(count, sizeof *first);
    uint32_t *second = cn__alloc(count, sizeof *second);
    flows->into_start = cn__calloc((size_t)firms + 1, sizeof *flows->into_start);
    flows->from_start = cn__calloc((size_t)firms + 1, sizeof *flows->from_start);
    flows->sales = cn__calloc(firms, sizeof *flows->sales);
    flows->purchases = cn__calloc(firms, sizeof *flows->purchases);
    bool ok = start != NULL && first != NULL && second != NULL && flows->into_start != NULL &&
              flows->from_start != NULL && flows->sales != NULL && flows->purchases != NULL;
    if (ok) {
        pass(rows, count, BY_SUPPLIER, firms, start, NULL, first);
        pass(rows, count, BY_PRODUCT, products, start, first, second);
        pass(rows, count, BY_BUYER, firms, start, second, first);
        ok = merge(flows, rows, first, count, with_links);
    }
    if (ok) {
        flows->from_flow = cn__alloc(flows->count, sizeof *flows->from_flow);
        ok = flows->from_flow != NULL;
    }
    if (ok) {
        index_ends(flows, start, first);
    }
    cn__free(start);
    cn__free(first);
    cn__free(second);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

/* ---- what no flow shows ---- */

static int compare_outside(const void *a, const void *b) {
    const cn_outside *x = a;
    const cn_outside *y = b;
    if (x->buyer != y->buyer) {
        return x->buyer < y->buyer ? -1 : 1;
    }
    if (x->product != y->product) {
        return x->product < y->product ? -1 : 1;
    }
    if (x->origin != y->origin) {
        return x->origin < y->origin ? -1 : 1;
    }
    return x->value < y->value ? -1 : x->value > y->value; /* rows equal in all are the same whatever their order */
}

bool cn__flows_index_outside(cn_flows *flows) {
    if (flows->outside_count > 0) {
        qsort(flows->outside, flows->outside_count, sizeof *flows->outside, compare_outside);
    }
    flows->outside_start = cn__calloc((size_t)flows->trade->firm_count + 1, sizeof *flows->outside_start);
    if (flows->outside_start == NULL) {
        return false;
    }
    for (size_t i = 0; i < flows->outside_count; i++) {
        flows->outside_start[flows->outside[i].buyer + 1]++;
    }
    for (uint32_t firm = 0; firm < flows->trade->firm_count; firm++) {
        flows->outside_start[firm + 1] += flows->outside_start[firm];
    }
    return true;
}
