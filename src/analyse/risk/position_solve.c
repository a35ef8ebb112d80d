/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * x = b + M x on flows, M not negative: Gauss–Seidel sweeps in the order in which a depth-first search leaves the firms,
 * so that each comes after those it refers to and a network without cycles needs one sweep.
 *
 * The bound. With b = 1 the solution is x* = (I-M)^-1 1. A sweep from below leaves a residual r = 1 + Mx - x, and the
 * error is (I-M)^-1 r <= max(r) (I-M)^-1 1 = max(r) x*. So the relative error of every entry is at most max(r).
 *
 * Cost: O(V + E) a sweep, 16 bytes a firm.
 */
#include <math.h>

#include "position_impl.h"

enum { MOST_SWEEPS = 10000 };
static const double enough = 1e-13;

/* The i-th flow of a row, and the firm at its other end. */
static const cn_flow *row_flow(const cn__system *s, uint32_t row, size_t i, uint32_t *other) {
    size_t count;
    if (s->by_supplier) {
        const cn_flow *flow = &s->flows->flow[cn_flows_from(s->flows, row, &count)[i]];
        *other = flow->to;
        return flow;
    }
    const cn_flow *flow = cn_flows_into(s->flows, row, &count) + i;
    *other = flow->from;
    return flow;
}

static size_t row_count(const cn__system *s, uint32_t row) {
    size_t count;
    if (s->by_supplier) {
        (void)cn_flows_from(s->flows, row, &count);
    } else {
        (void)cn_flows_into(s->flows, row, &count);
    }
    return count;
}

/* ---- existence ---- */

/* Mark all rows that refer, directly or not, to a marked one; `list` holds the marked ones at first. */
static void spread(const cn__system *s, bool *marked, uint32_t *list, uint32_t count) {
    cn__system turned = *s;
    turned.by_supplier = !s->by_supplier;
    for (uint32_t i = 0; i < count; i++) {
        size_t n = row_count(&turned, list[i]);
        for (size_t k = 0; k < n; k++) {
            uint32_t other;
            (void)row_flow(&turned, list[i], k, &other);
            if (!marked[other]) {
                marked[other] = true;
                list[count++] = other;
            }
        }
    }
}

bool cn__system_exists(const cn__system *s, const bool *leaks, bool *exists, bool *closed) {
    uint32_t n = cn_flows_firm_count(s->flows);
    bool *reaches = cn__calloc(n, sizeof *reaches);
    bool *broken = cn__calloc(n, sizeof *broken);
    uint32_t *list = cn__alloc(n, sizeof *list);
    bool ok = reaches != NULL && broken != NULL && list != NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < n && ok; i++) {
        if (leaks[i]) {
            reaches[i] = true;
            list[count++] = i;
        }
    }
    if (ok) {
        spread(s, reaches, list, count);
        count = 0;
        for (uint32_t i = 0; i < n; i++) {
            if (!reaches[i]) {
                broken[i] = true;
                list[count++] = i;
            }
        }
        spread(s, broken, list, count);
        for (uint32_t i = 0; i < n; i++) {
            exists[i] = !broken[i];
            if (closed != NULL) {
                closed[i] = !reaches[i];
            }
        }
    }
    cn__free(reaches);
    cn__free(broken);
    cn__free(list);
    return ok;
}

/* ---- order ---- */

/* Rows in the order in which a depth-first search leaves them; `stack` and `next` are work space. */
static void leave_order(const cn__system *s, uint32_t *order, uint32_t *stack, uint32_t *next) {
    uint32_t n = cn_flows_firm_count(s->flows);
    uint32_t left = 0;
    for (uint32_t i = 0; i < n; i++) {
        next[i] = CN_NONE; /* not entered */
    }
    for (uint32_t root = 0; root < n; root++) {
        uint32_t depth = 0;
        if (next[root] == CN_NONE) {
            next[root] = 0;
            stack[depth++] = root;
        }
        while (depth > 0) {
            uint32_t row = stack[depth - 1];
            if (next[row] < row_count(s, row)) {
                uint32_t other;
                (void)row_flow(s, row, next[row]++, &other);
                if (next[other] == CN_NONE) {
                    next[other] = 0;
                    stack[depth++] = other;
                }
            } else {
                order[left++] = row;
                depth--;
            }
        }
    }
}

/* ---- sweeps ---- */

/* b + (M x)_row without its own entry, and that entry. */
static double row_sum(const cn__system *s, const double *b, const double *x, uint32_t row, double *own) {
    double sum = b[row];
    size_t count = row_count(s, row);
    *own = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t other;
        const cn_flow *flow = row_flow(s, row, i, &other);
        double per = s->per[s->per_other ? other : row];
        double entry = per > 0 ? s->factor * flow->value / per : 0;
        if (other == row) {
            *own += entry;
        } else {
            sum += entry * x[other];
        }
    }
    return sum;
}

static double largest_residual(const cn__system *s, const double *b, const bool *exists, const double *x) {
    double largest = 0;
    for (uint32_t row = 0; row < cn_flows_firm_count(s->flows); row++) {
        if (exists == NULL || exists[row]) {
            double own;
            double sum = row_sum(s, b, x, row, &own);
            largest = fmax(largest, fabs(sum + own * x[row] - x[row]));
        }
    }
    return largest;
}

static double sweep(const cn__system *s, const double *b, const bool *exists, const uint32_t *order, double *x) {
    double change = 0;
    for (uint32_t i = 0; i < cn_flows_firm_count(s->flows); i++) {
        uint32_t row = order[i];
        if (exists == NULL || exists[row]) {
            double own;
            double value = row_sum(s, b, x, row, &own) / (1 - own);
            change = fmax(change, fabs(value - x[row]) / fmax(1, fabs(value)));
            x[row] = value;
        }
    }
    return change;
}

double cn__system_solve(const cn__system *s, const double *b, const bool *exists, double *x) {
    uint32_t n = cn_flows_firm_count(s->flows);
    uint32_t *order = cn__alloc(n, sizeof *order);
    uint32_t *stack = cn__alloc(n, sizeof *stack);
    uint32_t *next = cn__alloc(n, sizeof *next);
    double bound = -1;
    if (order != NULL && stack != NULL && next != NULL) {
        leave_order(s, order, stack, next);
        for (uint32_t i = 0; i < n; i++) {
            x[i] = 0;
        }
        double change = 1;
        for (int i = 0; i < MOST_SWEEPS && change > enough; i++) {
            change = sweep(s, b, exists, order, x);
        }
        bound = largest_residual(s, b, exists, x);
        for (uint32_t i = 0; exists != NULL && i < n; i++) {
            x[i] = exists[i] ? x[i] : (double)NAN;
        }
    }
    cn__free(order);
    cn__free(stack);
    cn__free(next);
    return bound;
}
