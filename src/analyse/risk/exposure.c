/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The direct suppliers of one buyer. Flows into a buyer and its purchases outside the flows both lie ordered by product,
 * so that one merge makes the rows. Concentration is the index of Herfindahl and Hirschman, Σ share²; where part of the
 * purchases has no known supplier it is an interval: least when that part is spread over countless small suppliers
 * (they add nothing to the sum of squares), most when all of it belongs to the largest known one (the sum is convex).
 * Cost: O(F log F) in the flows into the buyer.
 */
#include "coopnet/exposure.h"

#include "error.h"
#include "memory.h"
#include "upstream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sum of squares in the making. */
typedef struct concentration {
    double sum;
    double squares;
    double largest;
} concentration;

static void concentrate(concentration *c, double value) {
    c->sum += value;
    c->squares += value * value;
    c->largest = value > c->largest ? value : c->largest;
}

static void conclude(const concentration *c, double unknown, double *hhi, double *low, double *high) {
    double total = c->sum + unknown;
    double most = c->largest + unknown;
    *hhi = c->sum > 0 ? c->squares / (c->sum * c->sum) : (double)NAN;
    *low = total > 0 ? c->squares / (total * total) : (double)NAN;
    *high = total > 0 ? (c->squares - c->largest * c->largest + most * most) / (total * total) : (double)NAN;
}

static int compare_suppliers(const void *a, const void *b) {
    const cn_exposure_supplier *x = a;
    const cn_exposure_supplier *y = b;
    int order = cn__compare_down(x->value, y->value);
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

static int compare_by_firm(const void *a, const void *b) {
    const cn_exposure_supplier *x = a;
    const cn_exposure_supplier *y = b;
    return x->firm != y->firm ? (x->firm < y->firm ? -1 : 1) : x->flow < y->flow ? -1 : x->flow > y->flow;
}

typedef struct coded {
    cn_exposure_product row;
    const char *code;
} coded;

static int compare_products(const void *a, const void *b) {
    const coded *x = a;
    const coded *y = b;
    int order = cn__compare_down(x->row.total, y->row.total);
    order = order ? order : strcmp(x->code, y->code);
    return order ? order : x->row.product < y->row.product ? -1 : x->row.product > y->row.product;
}

/* The purchases of one product, flows first … end-1 and outside rows, as one row; its suppliers go to the list. */
static cn_exposure_product product_row(const cn_flows *flows, cn_exposure *out, const cn_flow *first,
                                       const cn_flow *end, const cn_outside *outside, size_t outside_count) {
    size_t all_count;
    const cn_flow *all = cn_flows_all(flows, &all_count);
    cn_exposure_product row = {.product = outside_count ? outside->product : first->product,
                               .supplier_start = out->supplier_count};
    row.role = cn_flows_role_for(flows, row.product, out->firm);
    concentration c = {0};
    for (const cn_flow *flow = first; flow < end; flow++) {
        bool foreign = cn_flows_foreign(flows, flow->from);
        out->suppliers[out->supplier_count++] = (cn_exposure_supplier){
            .firm = flow->from, .flow = (uint32_t)(flow - all), .value = flow->value, .foreign = foreign};
        row.supplier_count++;
        row.known += flow->value;
        row.foreign += foreign ? flow->value : 0;
        concentrate(&c, flow->value);
    }
    uint32_t added = 0;
    for (size_t i = 0; i < outside_count; i++) {
        cn_origin origin = outside[i].origin;
        *(origin == CN_ORIGIN_NONE ? &row.added : &row.unknown) += outside[i].value;
        row.foreign += origin == CN_ORIGIN_IMPORT ? outside[i].value : 0;
        row.origin_unknown += origin == CN_ORIGIN_UNKNOWN ? outside[i].value : 0;
        if (origin == CN_ORIGIN_NONE) {
            concentrate(&c, outside[i].value);
            added++;
        }
    }
    row.total = row.known + row.added + row.unknown;
    row.single_source = row.supplier_count == 1 && added == 0 && row.unknown <= 0;
    conclude(&c, row.unknown, &row.hhi, &row.hhi_low, &row.hhi_high);
    for (size_t i = row.supplier_start; i < out->supplier_count; i++) {
        out->suppliers[i].share = out->suppliers[i].value / c.sum;
    }
    if (row.supplier_count > 1) {
        qsort(out->suppliers + row.supplier_start, row.supplier_count, sizeof *out->suppliers, compare_suppliers);
    }
    return row;
}

/* Rows of all products; false without memory. */
static bool collect(const cn_flows *flows, cn_exposure *out) {
    size_t count;
    size_t outside_count;
    const cn_flow *flow = cn_flows_into(flows, out->firm, &count);
    const cn_outside *outside = cn_flows_outside_of(flows, out->firm, &outside_count);
    coded *rows = cn__alloc(count + outside_count, sizeof *rows);
    out->products = cn__alloc(count + outside_count, sizeof *out->products);
    out->suppliers = cn__alloc(count, sizeof *out->suppliers);
    if (!rows || !out->products || !out->suppliers) {
        cn__free(rows);
        return false;
    }
    size_t i = 0;
    size_t j = 0;
    while (i < count || j < outside_count) {
        uint32_t product = i < count ? flow[i].product : CN_NONE;
        product = j < outside_count && outside[j].product < product ? outside[j].product : product;
        size_t first = i;
        size_t from = j;
        while (i < count && flow[i].product == product) {
            i++;
        }
        while (j < outside_count && outside[j].product == product) {
            j++;
        }
        rows[out->product_count].row =
            product_row(flows, out, flow + first, flow + i, j > from ? outside + from : NULL, j - from);
        rows[out->product_count++].code = cn_flows_product_code(flows, product);
    }
    qsort(rows, out->product_count, sizeof *rows, compare_products);
    for (size_t k = 0; k < out->product_count; k++) {
        out->products[k] = rows[k].row;
    }
    cn__free(rows);
    return true;
}

/* Sums, and the concentration over the suppliers of everything; false without memory. */
static bool sum_up(const cn_flows *flows, cn_exposure *out) {
    cn_exposure_supplier *sorted = cn__alloc(out->supplier_count, sizeof *sorted);
    if (!sorted) {
        return false;
    }
    for (size_t i = 0; i < out->product_count; i++) {
        const cn_exposure_product *row = &out->products[i];
        out->single_sources += row->single_source;
        out->known += row->known;
        out->unknown += row->unknown;
        out->added += row->added;
        out->total += row->total;
        out->foreign += row->foreign;
        out->origin_unknown += row->origin_unknown;
    }
    for (size_t i = 0; i < out->supplier_count; i++) {
        sorted[i] = out->suppliers[i];
    }
    qsort(sorted, out->supplier_count, sizeof *sorted, compare_by_firm);
    concentration c = {0};
    for (size_t i = 0; i < out->supplier_count;) {
        double value = 0;
        uint32_t firm = sorted[i].firm;
        for (; i < out->supplier_count && sorted[i].firm == firm; i++) {
            value += sorted[i].value;
        }
        concentrate(&c, value);
        out->firm_count++;
    }
    size_t count;
    const cn_outside *outside = cn_flows_outside_of(flows, out->firm, &count);
    for (size_t i = 0; i < count; i++) {
        if (outside[i].origin == CN_ORIGIN_NONE) {
            concentrate(&c, outside[i].value);
        }
    }
    conclude(&c, out->unknown, &out->hhi, &out->hhi_low, &out->hhi_high);
    cn__free(sorted);
    return true;
}

cn_status cn_exposure_compute(const cn_flows *flows, uint32_t buyer, cn_exposure *out, cn_error *err) {
    *out = (cn_exposure){.firm = buyer};
    if (buyer >= cn_flows_firm_count(flows)) {
        return cn__no_firm(buyer, err);
    }
    if (!collect(flows, out) || !sum_up(flows, out)) {
        cn_exposure_release(out);
        return CN__NO_MEMORY(err);
    }
    out->stock_days = cn_flows_stock_days(flows, buyer);
    out->no_needs = out->unknown <= 0;
    return CN_OK;
}

void cn_exposure_release(cn_exposure *exposure) {
    if (exposure) {
        cn__free(exposure->products);
        cn__free(exposure->suppliers);
        *exposure = (cn_exposure){0};
    }
}
