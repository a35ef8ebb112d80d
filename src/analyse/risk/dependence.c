/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dependence on every firm upstream: the probability that the walk of walk.h passes it. One walk without target gives the
 * expected visits of every vertex. A firm with one vertex outside any cycle is passed at most once, so that its visits are
 * the probability. For the other firms visits are only a bound from above (each pass counts again); the part of the
 * walk that moves away from the buyer tier by tier gives one from below. They are then solved one by one, the most
 * important first, with a walk that ends at the firm, until the work limit.
 * Cost: a walk (see walk.h), and one or two more for each firm solved.
 */
#include "error.h"
#include "memory.h"
#include "walk.h"

#include <math.h>
#include <stdlib.h>

#define WORK 100000000u

typedef struct solver {
    const cn_upstream *up;
    cn_dependence *out;
    double *visits;      /* by vertex, over known suppliers */
    double *leak_visits; /* the same when the walk also ends at unknown suppliers */
    double *ends;
    double *lower;    /* by local firm */
    double *tier_sum; /* by local firm: of the tier in `tier_at` */
    uint32_t *tier_at;
    uint32_t *order; /* local firms to solve one by one */
    uint32_t order_count;
    cn__walk walk;
    double rest;
} solver;

static bool init(solver *s) {
    const cn_upstream *up = s->up;
    s->visits = cn__calloc(up->vertex_count, sizeof *s->visits);
    s->leak_visits = cn__calloc(up->vertex_count, sizeof *s->leak_visits);
    s->ends = cn__alloc(up->vertex_count, sizeof *s->ends);
    s->lower = cn__calloc(up->local_count, sizeof *s->lower);
    s->tier_sum = cn__calloc(up->local_count, sizeof *s->tier_sum);
    s->tier_at = cn__calloc(up->local_count, sizeof *s->tier_at);
    s->order = cn__alloc(up->local_count, sizeof *s->order);
    s->out->rows = cn__calloc(up->local_count, sizeof *s->out->rows);
    s->walk = (cn__walk){.up = up, .target = CN_NONE, .ends = s->ends};
    return cn__walk_init(&s->walk) && s->visits && s->leak_visits && s->ends && s->lower && s->tier_sum && s->tier_at &&
           s->order && s->out->rows;
}

static void release(solver *s) {
    cn__walk_release(&s->walk);
    cn__free(s->visits);
    cn__free(s->leak_visits);
    cn__free(s->ends);
    cn__free(s->lower);
    cn__free(s->tier_sum);
    cn__free(s->tier_at);
    cn__free(s->order);
}

/* The part of the walk that goes one tier further with every step passes a firm at most once in each tier. */
static void bound_below(solver *s, bool leak) {
    const cn_upstream *up = s->up;
    double *mass = s->walk.mass;
    for (uint32_t f = 0; f < up->local_count; f++) {
        s->lower[f] = s->tier_sum[f] = 0;
        s->tier_at[f] = 0;
    }
    mass[0] = 1;
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        uint32_t f = up->local[v];
        uint32_t tier = up->vertices[v].tier;
        s->tier_sum[f] = (s->tier_at[f] == tier ? s->tier_sum[f] : 0) + mass[v];
        s->tier_at[f] = tier;
        s->lower[f] = s->tier_sum[f] > s->lower[f] ? s->tier_sum[f] : s->lower[f];
        double m = leak ? mass[v] * (1 - up->vertices[v].unknown) : mass[v];
        mass[v] = 0;
        for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
            uint32_t from = up->arcs[a].from;
            if (from != 0 && up->vertices[from].tier > tier) {
                mass[from] += m * s->walk.share[a];
            }
        }
    }
}

/* May a walk pass the firm more than once? In a closed group it is passed for sure, unless a walk can end there. */
static bool passes_again(const solver *s, uint32_t local) {
    const cn_upstream *up = s->up;
    uint32_t v = up->firm_vertex[up->firm_start[local]];
    uint32_t part = up->part[v];
    if (up->firm_start[local + 1] - up->firm_start[local] > 1) {
        return true;
    }
    return up->part_start[part + 1] - up->part_start[part] > 1 && !(up->vertices[v].source && s->out->unknown <= 0);
}

static void set_bounds(cn_dependence_row *row, double dependence, double error, double low, double high) {
    row->dependence = dependence < 1 ? dependence : 1;
    row->error = error < row->dependence ? error : row->dependence;
    row->exact = row->error <= 1e-12;
    row->low = low;
    row->high = high < 1 ? high : 1;
}

/* Rows from the walks without target. */
static void first_rows(solver *s) {
    const cn_upstream *up = s->up;
    for (uint32_t a = 0; a < up->arc_start[1]; a++) {
        uint32_t local = up->local[up->arcs[a].from];
        s->out->rows[local].direct += s->walk.share[a];
    }
    for (uint32_t f = 1; f < up->local_count; f++) {
        double visits = 0;
        double leaky = 0;
        double after = 0; /* of the unknown, what comes after the firm was passed */
        for (uint32_t i = up->firm_start[f]; i < up->firm_start[f + 1]; i++) {
            uint32_t v = up->firm_vertex[i];
            visits += s->visits[v];
            leaky += s->leak_visits[v];
            after += s->leak_visits[v] * s->ends[v];
        }
        cn_dependence_row *row = &s->out->rows[f];
        row->firm = up->firm[f];
        row->tier = up->vertices[up->firm_vertex[up->firm_start[f]]].tier;
        if (passes_again(s, f)) {
            s->order[s->order_count++] = f;
            double most = visits + s->rest < 1 ? visits + s->rest : 1;
            set_bounds(row, most, most - row->low, row->low, most + s->out->unknown);
        } else {
            bool sure = s->out->unknown <= 0;
            set_bounds(row, visits + s->rest, s->rest, sure ? visits : leaky,
                       sure ? visits + s->rest : leaky + s->rest + s->out->unknown - after);
        }
    }
}

/* Solve one firm: a walk that ends at it, and one that also ends at unknown suppliers. */
static void solve_row(solver *s, uint32_t local) {
    const cn_upstream *up = s->up;
    cn__walk *walk = &s->walk;
    uint32_t stop = UINT32_MAX;
    for (uint32_t i = up->firm_start[local]; i < up->firm_start[local + 1]; i++) {
        uint32_t part = up->part[up->firm_vertex[i]];
        stop = part < stop ? part : stop;
    }
    walk->target = local;
    walk->leak = false;
    cn__walk_run(walk, stop);
    double hit = walk->hit + walk->rest;
    double error = walk->rest;
    double low = walk->hit;
    double high = hit;
    if (s->out->unknown > 0) {
        walk->leak = true;
        cn__walk_run(walk, stop);
        low = walk->hit;
        high = walk->hit + walk->rest + walk->unknown;
    }
    set_bounds(&s->out->rows[local], hit, error, low, high);
}

typedef struct candidate {
    double bound;
    uint32_t local;
} candidate;

static int compare_candidates(const void *a, const void *b) {
    const candidate *x = a;
    const candidate *y = b;
    int order = cn__compare_down(x->bound, y->bound);
    return order ? order : x->local < y->local ? -1 : x->local > y->local;
}

static int compare_rows(const void *a, const void *b) {
    const cn_dependence_row *x = a;
    const cn_dependence_row *y = b;
    int order = cn__compare_down(x->dependence, y->dependence);
    order = order ? order : x->tier < y->tier ? -1 : x->tier > y->tier;
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

/* The rows that one walk leaves open, largest bound first; false without memory. */
static bool solve_open(solver *s, uint64_t limit) {
    candidate *list = cn__alloc(s->order_count, sizeof *list);
    if (!list) {
        return false;
    }
    for (uint32_t i = 0; i < s->order_count; i++) {
        list[i] = (candidate){s->out->rows[s->order[i]].dependence, s->order[i]};
    }
    qsort(list, s->order_count, sizeof *list, compare_candidates);
    uint64_t once = s->walk.work; /* what one row may cost */
    s->walk.visits = NULL;
    s->walk.work = 0;
    for (uint32_t i = 0; i < s->order_count && s->walk.work + once <= limit; i++) {
        solve_row(s, list[i].local);
    }
    cn__free(list);
    return true;
}

static void walk_once(solver *s, bool leak, double *visits) {
    s->walk.leak = leak;
    s->walk.visits = visits;
    cn__walk_run(&s->walk, 0);
    s->rest = s->walk.rest > s->rest ? s->walk.rest : s->rest;
}

cn_status cn_dependence_compute(const cn_upstream *up, const cn_dependence_options *options, cn_dependence *out,
                                cn_error *err) {
    *out = (cn_dependence){.row_count = up->local_count - 1};
    solver s = {.up = up, .out = out};
    bool ok = init(&s);
    if (ok) {
        for (uint32_t a = 0; a < up->arc_start[1]; a++) {
            size_t count;
            out->known_value += cn_flows_all(up->flows, &count)[up->arcs[a].flow].value;
        }
        walk_once(&s, false, s.visits);
        if (cn__walk_ends(&s.walk, s.ends)) {
            walk_once(&s, true, s.leak_visits);
            out->unknown = s.walk.unknown + s.walk.rest;
        }
        bound_below(&s, out->unknown > 0);
        for (uint32_t f = 1; f < up->local_count; f++) {
            out->rows[f].low = s.lower[f];
        }
        first_rows(&s);
        ok = solve_open(&s, options && options->work ? options->work : WORK);
    }
    release(&s);
    if (!ok) {
        cn_dependence_release(out);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t f = 1; f < up->local_count; f++) { /* the buyer has no row */
        out->rows[f - 1] = out->rows[f];
    }
    qsort(out->rows, out->row_count, sizeof *out->rows, compare_rows);
    return CN_OK;
}

void cn_dependence_release(cn_dependence *dependence) {
    if (dependence) {
        cn__free(dependence->rows);
        *dependence = (cn_dependence){0};
    }
}
