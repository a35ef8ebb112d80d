/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Articulation points and bridges of the firms upstream of a buyer, direction ignored (Hopcroft and Tarjan 1973, low
 * points, with its own stack). All flows between two firms are one tie. Invariant: low[v] is the least number reachable
 * from the subtree of v by one tie that is not of the search tree; as ties are single, the tie to the parent is told by
 * its other end. The search starts at the buyer, so the subtree of a child that reaches no lower is what is cut off.
 * Cost: O(arcs log arcs) for sorting the ties, then O(firms + ties).
 */
#include "error.h"
#include "memory.h"
#include "upstream.h"

#include <stdlib.h>

typedef struct tie {
    uint32_t a; /* local firms, a < b */
    uint32_t b;
    uint32_t flow;
    double value;
} tie;

typedef struct search {
    uint32_t n;
    tie *ties;
    uint32_t tie_count;
    uint32_t *start; /* n+1: into near, both ends of a tie */
    uint32_t *near;  /* ties */
    uint32_t *number;
    uint32_t *low;
    uint32_t *next;
    uint32_t *size;
    uint32_t *parent_tie;
    uint32_t *call;
    uint32_t *cut_off; /* by firm */
    bool *bridge;      /* by tie */
} search;

static int compare_ties(const void *a, const void *b) {
    const tie *x = a;
    const tie *y = b;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    return x->flow < y->flow ? -1 : x->flow > y->flow;
}

/* Ties between firms, each flow counted once. False: memory. */
static bool list_ties(const cn_upstream *up, search *s) {
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    s->ties = cn__alloc(up->arc_count, sizeof *s->ties);
    if (!s->ties) {
        return false;
    }
    uint32_t n = 0;
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
            uint32_t x = up->local[v];
            uint32_t y = up->local[up->arcs[a].from];
            if (up->arcs[a].from != 0 && x != y) {
                uint32_t flow = up->arcs[a].flow;
                s->ties[n++] = (tie){x < y ? x : y, x < y ? y : x, flow, all[flow].value};
            }
        }
    }
    if (n > 1) {
        qsort(s->ties, n, sizeof *s->ties, compare_ties);
    }
    uint32_t last = CN_NONE; /* flow */
    for (uint32_t i = 0; i < n; i++) {
        tie t = s->ties[i];
        if (s->tie_count == 0 || s->ties[s->tie_count - 1].a != t.a || s->ties[s->tie_count - 1].b != t.b) {
            s->ties[s->tie_count++] = t;
        } else if (t.flow != last) {
            s->ties[s->tie_count - 1].value += t.value;
        }
        last = t.flow;
    }
    return true;
}

static bool make_room(const cn_upstream *up, search *s) {
    uint32_t n = s->n = up->local_count;
    s->start = cn__calloc((size_t)n + 1, sizeof *s->start);
    s->near = cn__alloc((size_t)s->tie_count * 2, sizeof *s->near);
    s->number = cn__calloc(n, sizeof *s->number);
    s->low = cn__alloc(n, sizeof *s->low);
    s->next = cn__alloc(n, sizeof *s->next);
    s->size = cn__alloc(n, sizeof *s->size);
    s->parent_tie = cn__alloc(n, sizeof *s->parent_tie);
    s->call = cn__alloc(n, sizeof *s->call);
    s->cut_off = cn__calloc(n, sizeof *s->cut_off);
    s->bridge = cn__calloc(s->tie_count, sizeof *s->bridge);
    return s->start && s->near && s->number && s->low && s->next && s->size && s->parent_tie && s->call && s->cut_off &&
           s->bridge;
}

static void list_near(search *s) {
    for (uint32_t t = 0; t < s->tie_count; t++) {
        s->start[s->ties[t].a]++;
        s->start[s->ties[t].b]++;
    }
    uint32_t sum = 0;
    for (uint32_t v = 0; v <= s->n; v++) {
        sum += v < s->n ? s->start[v] : 0;
        s->start[v] = sum;
    }
    for (uint32_t t = s->tie_count; t-- > 0;) {
        s->near[--s->start[s->ties[t].a]] = t;
        s->near[--s->start[s->ties[t].b]] = t;
    }
}

static void enter(search *s, uint32_t *depth, uint32_t *last, uint32_t v, uint32_t tie_number) {
    s->number[v] = s->low[v] = ++*last;
    s->next[v] = s->start[v];
    s->size[v] = 1;
    s->parent_tie[v] = tie_number;
    s->call[(*depth)++] = v;
}

/* The subtree of v is done: tell its parent. */
static void leave(search *s, uint32_t *depth) {
    uint32_t v = s->call[--*depth];
    if (*depth == 0) {
        return;
    }
    uint32_t parent = s->call[*depth - 1];
    s->size[parent] += s->size[v];
    s->low[parent] = s->low[v] < s->low[parent] ? s->low[v] : s->low[parent];
    if (s->low[v] >= s->number[parent]) {
        s->cut_off[parent] += s->size[v];
    }
    s->bridge[s->parent_tie[v]] = s->low[v] > s->number[parent];
}

static void run(search *s) {
    uint32_t depth = 0;
    uint32_t last = 0;
    enter(s, &depth, &last, 0, CN_NONE);
    while (depth > 0) {
        uint32_t v = s->call[depth - 1];
        if (s->next[v] == s->start[v + 1]) {
            leave(s, &depth);
            continue;
        }
        uint32_t t = s->near[s->next[v]++];
        uint32_t to = s->ties[t].a == v ? s->ties[t].b : s->ties[t].a;
        if (s->number[to] == 0) {
            enter(s, &depth, &last, to, t);
        } else if (t != s->parent_tie[v] && s->number[to] < s->low[v]) {
            s->low[v] = s->number[to];
        }
    }
}

static int compare_points(const void *a, const void *b) {
    const cn_weak_point *x = a;
    const cn_weak_point *y = b;
    if (x->cut_off != y->cut_off) {
        return x->cut_off > y->cut_off ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

/* What a firm sells within the chain graph. */
static double sales_of(const cn_upstream *up, const double *sales, uint32_t local) {
    double sum = 0;
    for (uint32_t i = up->firm_start[local]; i < up->firm_start[local + 1]; i++) {
        sum += sales[up->firm_vertex[i]];
    }
    return sum;
}

/* By vertex what it sells within the chain graph, a flow that goes into several products once. */
static double *sales_by_vertex(const cn_upstream *up) {
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    double *sales = cn__calloc(up->vertex_count, sizeof *sales);
    bool *seen = cn__calloc(count, sizeof *seen);
    for (size_t a = 0; sales && seen && a < up->arc_count; a++) {
        uint32_t flow = up->arcs[a].flow;
        if (up->arcs[a].from != 0 && !seen[flow]) {
            seen[flow] = true;
            sales[up->arcs[a].from] += all[flow].value;
        }
    }
    if (!seen) {
        cn__free(sales);
        sales = NULL;
    }
    cn__free(seen);
    return sales;
}

static bool report(const cn_upstream *up, const search *s, cn_weak_points *out) {
    double *sales = sales_by_vertex(up);
    out->articulations = cn__alloc(s->n, sizeof *out->articulations);
    out->bridges = cn__alloc(s->tie_count, sizeof *out->bridges);
    bool ok = sales && out->articulations && out->bridges;
    for (uint32_t v = 1; ok && v < s->n; v++) {
        if (s->cut_off[v] > 0) {
            out->articulations[out->articulation_count++] = (cn_weak_point){
                .a = up->firm[v], .b = CN_NONE, .cut_off = s->cut_off[v], .value = sales_of(up, sales, v)};
        }
        uint32_t t = s->parent_tie[v];
        if (s->bridge[t]) {
            uint32_t parent = s->ties[t].a == v ? s->ties[t].b : s->ties[t].a;
            out->bridges[out->bridge_count++] = (cn_weak_point){
                .a = up->firm[parent], .b = up->firm[v], .cut_off = s->size[v], .value = s->ties[t].value};
        }
    }
    cn__free(sales);
    if (ok && out->articulation_count > 1) {
        qsort(out->articulations, out->articulation_count, sizeof *out->articulations, compare_points);
    }
    if (ok && out->bridge_count > 1) {
        qsort(out->bridges, out->bridge_count, sizeof *out->bridges, compare_points);
    }
    return ok;
}

cn_status cn_weak_points_compute(const cn_upstream *up, cn_weak_points *out, cn_error *err) {
    *out = (cn_weak_points){0};
    search s = {0};
    bool ok = list_ties(up, &s) && make_room(up, &s);
    if (ok) {
        list_near(&s);
        run(&s);
        ok = report(up, &s, out);
    }
    cn__free(s.ties);
    cn__free(s.start);
    cn__free(s.near);
    cn__free(s.number);
    cn__free(s.low);
    cn__free(s.next);
    cn__free(s.size);
    cn__free(s.parent_tie);
    cn__free(s.call);
    cn__free(s.cut_off);
    cn__free(s.bridge);
    if (!ok) {
        cn_weak_points_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn_weak_points_release(cn_weak_points *points) {
    if (points) {
        cn__free(points->articulations);
        cn__free(points->bridges);
        *points = (cn_weak_points){0};
    }
}
