/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ranks of firms by whom they trade with: Katz (1953) along sales on the pairs of firms, hubs and authorities
 * (Kleinberg 1999) weighted by value, and Pareto layers. Sales to oneself are left out.
 *
 * Katz is solved by sweeps of x = 1 + a S x; a is below 1 over a norm of S, so they converge. Hubs and authorities are
 * a power iteration from equal values. Layers: rows sorted by their columns, largest first, so that a row can only be
 * beaten by one before it; each goes into the first layer that has none that beats it, found by bisection, because a row
 * that beats it in one layer means one in every layer before (Zhang et al. 2015).
 * Cost: O(E) an iteration; layers O(n log(layers) members columns).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "position_impl.h"

enum { MOST_ROUNDS = 5000 };
static const double enough = 1e-13;

static cn_status make_pairs(const cn_flows *flows, cn_graph **out, cn_error *err) {
    size_t count;
    const cn_flow *flow = cn_flows_all(flows, &count);
    uint32_t *from = cn__alloc(count, sizeof *from);
    uint32_t *to = cn__alloc(count, sizeof *to);
    double *value = cn__alloc(count, sizeof *value);
    cn_status status = CN_ERR_MEMORY;
    if (from != NULL && to != NULL && value != NULL) {
        for (size_t i = 0; i < count; i++) {
            from[i] = flow[i].from;
            to[i] = flow[i].to;
            value[i] = flow[i].value;
        }
        status = cn_graph_from_arcs(cn_flows_firm_count(flows), count, from, to, value, true, out, err);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(from);
    cn__free(to);
    cn__free(value);
    return status;
}

static double safe_katz(const cn_graph *g) {
    uint32_t out = 0;
    uint32_t in = 0;
    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t o = g->out_start[v + 1] - g->out_start[v];
        uint32_t i = g->in_start[v + 1] - g->in_start[v];
        out = o > out ? o : out;
        in = i > in ? i : in;
    }
    uint32_t norm = out < in ? out : in;
    return norm > 0 ? 0.85 / norm : 0.85;
}

/* False: it grows without end, so `a` is too large. */
static bool katz(const cn_graph *g, double a, double *x) {
    for (uint32_t v = 0; v < g->n; v++) {
        x[v] = 1;
    }
    double change = 1;
    for (int round = 0; round < MOST_ROUNDS && change > enough && change < 1e100; round++) {
        change = 0;
        for (uint32_t i = g->n; i > 0; i--) {
            uint32_t v = i - 1;
            double sum = 1;
            for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++) {
                sum += a * x[g->out_to[k]];
            }
            change = fmax(change, fabs(sum - x[v]) / sum);
            x[v] = sum;
        }
    }
    return change <= 1e-6;
}

/* Divide by the largest; all zeros stay. */
static void scale(double *x, uint32_t n) {
    double largest = 0;
    for (uint32_t v = 0; v < n; v++) {
        largest = fmax(largest, x[v]);
    }
    for (uint32_t v = 0; v < n && largest > 0; v++) {
        x[v] /= largest;
    }
}

static void sum_in(const cn_graph *g, const double *from, double *to) {
    for (uint32_t v = 0; v < g->n; v++) {
        to[v] = 0;
        for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++) {
            to[v] += g->weight[g->in_arc[k]] * from[g->in_from[k]];
        }
    }
    scale(to, g->n);
}

static void sum_out(const cn_graph *g, const double *from, double *to) {
    for (uint32_t v = 0; v < g->n; v++) {
        to[v] = 0;
        for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++) {
            to[v] += g->weight[k] * from[g->out_to[k]];
        }
    }
    scale(to, g->n);
}

/* False: not converged. `before` is work space. */
static bool hubs(const cn_graph *g, double *hub, double *authority, double *before) {
    for (uint32_t v = 0; v < g->n; v++) {
        hub[v] = 1;
    }
    double change = 1;
    for (int round = 0; round < MOST_ROUNDS && change > enough; round++) {
        memcpy(before, hub, g->n * sizeof *hub);
        sum_in(g, hub, authority);
        sum_out(g, authority, hub);
        change = 0;
        for (uint32_t v = 0; v < g->n; v++) {
            change = fmax(change, fabs(hub[v] - before[v]));
        }
    }
    return change <= 1e-9;
}

cn_status cn__position_rank(const cn_flows *flows, double a, cn_position *out, bool *near_hubs, cn_error *err) {
    cn_graph *pairs = NULL;
    cn_status status = make_pairs(flows, &pairs, err);
    if (status != CN_OK) {
        return status;
    }
    double *before = cn__alloc(pairs->n, sizeof *before);
    if (before == NULL) {
        cn_graph_free(pairs);
        return CN__NO_MEMORY(err);
    }
    out->katz_used = a > 0 ? a : safe_katz(pairs);
    if (!katz(pairs, out->katz_used, out->katz)) {
        status = CN__FAIL0(err, CN_ERR_ARGUMENT, POSITION_OPTIONS);
    }
    *near_hubs = !hubs(pairs, out->hub, out->authority, before);
    cn__free(before);
    cn_graph_free(pairs);
    return status;
}

/* ---- Pareto layers ---- */

typedef struct row {
    double *values; /* column_count, NaN made -infinity */
    uint32_t columns;
    uint32_t index;
    uint32_t layer;
    uint32_t next; /* next member of its layer, as place+1 */
} row;

static int compare_rows(const void *a, const void *b) {
    const row *x = a;
    const row *y = b;
    for (uint32_t c = 0; c < x->columns; c++) {
        if (x->values[c] > y->values[c] || x->values[c] < y->values[c]) {
            return x->values[c] > y->values[c] ? -1 : 1;
        }
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool beats(const row *a, const row *b) {
    bool larger = false;
    for (uint32_t c = 0; c < a->columns; c++) {
        if (a->values[c] < b->values[c]) {
            return false;
        }
        larger = larger || a->values[c] > b->values[c];
    }
    return larger;
}

static bool layer_beats(const row *rows, uint32_t first, const row *candidate) {
    for (uint32_t at = first; at != 0; at = rows[at - 1].next) {
        if (beats(&rows[at - 1], candidate)) {
            return true;
        }
    }
    return false;
}

/* Put sorted rows into layers; `first` has room for a layer each. The newest member stands first: it is the likeliest to beat. */
static void put_rows(row *rows, uint32_t count, uint32_t *first) {
    uint32_t layers = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t begin = 0;
        uint32_t end = layers;
        while (begin < end) {
            uint32_t middle = begin + (end - begin) / 2;
            if (layer_beats(rows, first[middle], &rows[i])) {
                begin = middle + 1;
            } else {
                end = middle;
            }
        }
        if (begin == layers) {
            first[layers++] = 0;
        }
        rows[i].layer = begin + 1;
        rows[i].next = first[begin];
        first[begin] = i + 1;
    }
}

cn_status cn_pareto_layers(uint32_t count, uint32_t column_count, const double *const *columns, uint32_t *layers,
                           cn_error *err) {
    row *rows = cn__alloc(count, sizeof *rows);
    double *values = cn__alloc((size_t)count * column_count, sizeof *values);
    uint32_t *first = cn__alloc(count, sizeof *first);
    bool ok = rows != NULL && values != NULL && first != NULL;
    for (uint32_t i = 0; i < count && ok; i++) {
        rows[i] = (row){.values = values + (size_t)i * column_count, .columns = column_count, .index = i};
        for (uint32_t c = 0; c < column_count; c++) {
            rows[i].values[c] = isnan(columns[c][i]) ? (double)-INFINITY : columns[c][i];
        }
    }
    if (ok && count > 0) {
        qsort(rows, count, sizeof *rows, compare_rows);
        put_rows(rows, count, first);
        for (uint32_t i = 0; i < count; i++) {
            layers[rows[i].index] = rows[i].layer;
        }
    }
    cn__free(rows);
    cn__free(values);
    cn__free(first);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
