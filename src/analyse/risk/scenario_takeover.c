/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows after a new source took over a part of a buyer's purchases. The flows are copied as rows that remember the flow
 * they come from, rows of the buyer are scaled down, rows of the new source added, and the rows put in order again
 * (flows_sort.c). Firms, products and the product table are borrowed from the flows given. Cost: O(V + E) and as much an edit.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "scenario_impl.h"

typedef struct rows {
    cn_flow *row;
    size_t count;
    size_t cap;
} rows;

/* Any product that the code covers and the firms trade; the code itself first. There is one: it was checked. */
static uint32_t product_of(const cn_flows *flows, const char *code) {
    uint32_t product = cn_flows_product_find(flows, code);
    for (uint32_t p = 0; product == CN_NONE && p < cn_flows_product_count(flows); p++) {
        product = cn__edit_covers(flows, code, p) ? p : CN_NONE;
    }
    return product;
}

static bool add_source(cn_flows *flows, rows *r, size_t *outside_cap, const cn_edit *edit, uint32_t product,
                       double value) {
    if (edit->supplier == CN_NONE) {
        if (!cn__grow((void **)&flows->outside, outside_cap, flows->outside_count, 1, sizeof *flows->outside)) {
            return false;
        }
        flows->outside[flows->outside_count++] =
            (cn_outside){.buyer = edit->buyer, .product = product, .origin = CN_ORIGIN_NONE, .value = value};
        return true;
    }
    if (!cn__grow((void **)&r->row, &r->cap, r->count, 1, sizeof *r->row)) {
        return false;
    }
    r->row[r->count++] =
        (cn_flow){.from = edit->supplier, .to = edit->buyer, .product = product, .link = CN_NONE, .value = value};
    return true;
}

static bool is_meant(const cn_flows *flows, const cn_edit *edit, const cn_flow *row) {
    return row->to == edit->buyer && row->value > 0 && cn__edit_covers(flows, edit->text, row->product);
}

static bool take_over(cn_flows *flows, rows *r, size_t *outside_cap, const cn_edit *edit, uint32_t *touched) {
    double present = 0;
    size_t count = r->count;
    for (size_t i = 0; i < count; i++) {
        present += is_meant(flows, edit, &r->row[i]) ? r->row[i].value : 0;
    }
    if (!(present > 0)) {
        *touched = 1;
        return add_source(flows, r, outside_cap, edit, product_of(flows, edit->text), edit->amount);
    }
    double taken = fmin(1, edit->amount / present);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        if (is_meant(flows, edit, &r->row[i])) {
            cn_flow before = r->row[i];
            r->row[i].value = before.value * (1 - taken);
            ok = add_source(flows, r, outside_cap, edit, before.product, edit->amount * before.value / present);
            (*touched)++;
        }
    }
    return ok;
}

static bool copy_rows(const cn_flows *flows, rows *r, cn_flows *edited) {
    r->row = cn__alloc(flows->count, sizeof *r->row);
    edited->outside = cn__alloc(flows->outside_count, sizeof *edited->outside);
    if (r->row == NULL || edited->outside == NULL) {
        return false;
    }
    r->count = r->cap = flows->count;
    for (size_t i = 0; i < flows->count; i++) {
        r->row[i] = flows->flow[i];
        r->row[i].link = (uint32_t)i;
    }
    edited->outside_count = flows->outside_count;
    if (flows->outside_count > 0) {
        memcpy(edited->outside, flows->outside, flows->outside_count * sizeof *flows->outside);
    }
    return true;
}

/* Without the rows of which nothing is left. */
static void drop_empty(rows *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->row[i].value > 0) {
            r->row[kept++] = r->row[i];
        }
    }
    r->count = kept;
}

cn_status cn__scenario_takeover(const cn_flows *flows, const cn_edit *edits, size_t edit_count, uint32_t *touched,
                                cn_flows **out, cn_error *err) {
    rows r = {0};
    cn_flows *edited = cn__calloc(1, sizeof *edited);
    *out = NULL;
    if (edited == NULL) {
        return CN__NO_MEMORY(err);
    }
    edited->trade = flows->trade;
    edited->base = flows;
    size_t outside_cap = flows->outside_count;
    bool ok = copy_rows(flows, &r, edited);
    for (size_t i = 0; i < edit_count && ok; i++) {
        ok = edits[i].kind != CN_EDIT_TAKEOVER || take_over(edited, &r, &outside_cap, &edits[i], &touched[i]);
    }
    cn_status status = ok ? CN_OK : CN__NO_MEMORY(err);
    if (ok) {
        drop_empty(&r);
        status = cn__flows_index(edited, r.row, r.count, false, err);
    }
    if (status == CN_OK && !cn__flows_index_outside(edited)) {
        status = CN__NO_MEMORY(err);
    }
    cn__free(r.row);
    if (status != CN_OK) {
        cn_flows_free(edited);
        return status;
    }
    *out = edited;
    return CN_OK;
}
