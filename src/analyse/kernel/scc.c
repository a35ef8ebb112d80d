/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tarjan's algorithm (1972) with its own stack of calls, so that a chain of a million links needs no deep recursion.
 * Invariant: `pending` holds the vertices that are numbered but not yet in a component, in order of their numbers; low[v]
 * is the least number known to be reachable from v among them. A vertex whose low is its own number closes a component.
 * Cost O(V + E), 20 bytes a vertex beside the result.
 */
#include "scc.h"

#include "error.h"
#include "memory.h"

typedef struct tarjan {
    const cn__scc_arcs *arcs;
    uint32_t *of;
    uint32_t count;   /* components */
    uint32_t *number; /* from 1; 0: not seen */
    uint32_t *low;
    uint32_t *next; /* the arc to look at when the call goes on */
    uint32_t *call; /* stack of open calls */
    uint32_t *pending;
    uint32_t call_count;
    uint32_t pending_count;
    uint32_t last_number;
} tarjan;

static void enter(tarjan *t, uint32_t v) {
    t->number[v] = t->low[v] = ++t->last_number;
    t->next[v] = t->arcs->start[v];
    t->call[t->call_count++] = v;
    t->pending[t->pending_count++] = v;
}

static void leave(tarjan *t, uint32_t v) {
    t->call_count--;
    if (t->call_count > 0) {
        uint32_t caller = t->call[t->call_count - 1];
        t->low[caller] = t->low[v] < t->low[caller] ? t->low[v] : t->low[caller];
    }
    if (t->low[v] != t->number[v]) {
        return;
    }
    uint32_t member = CN_NONE;
    while (member != v) {
        member = t->pending[--t->pending_count];
        t->of[member] = t->count;
    }
    t->count++;
}

static void step(tarjan *t) {
    const cn__scc_arcs *arcs = t->arcs;
    uint32_t v = t->call[t->call_count - 1];
    if (t->next[v] == arcs->start[v + 1]) {
        leave(t, v);
        return;
    }
    uint32_t arc = t->next[v]++;
    uint32_t to = arcs->to[arc];
    if (to == CN_NONE || (arcs->only && !arcs->only[to]) || (arcs->positive && !(arcs->positive[arc] > 0))) {
        return;
    }
    if (t->number[to] == 0) {
        enter(t, to);
    } else if (t->of[to] == CN_NONE && t->number[to] < t->low[v]) {
        t->low[v] = t->number[to];
    }
}

bool cn__scc_number(const cn__scc_arcs *arcs, uint32_t *of, uint32_t *count) {
    uint32_t n = arcs->n;
    tarjan t = {.arcs = arcs,
                .of = of,
                .number = cn__calloc(n, sizeof *t.number),
                .low = cn__alloc(n, sizeof *t.low),
                .next = cn__alloc(n, sizeof *t.next),
                .call = cn__alloc(n, sizeof *t.call),
                .pending = cn__alloc(n, sizeof *t.pending)};
    bool ok = t.number && t.low && t.next && t.call && t.pending;
    for (uint32_t v = 0; ok && v < n; v++) {
        of[v] = CN_NONE;
    }
    for (uint32_t v = 0; ok && v < n; v++) {
        if (t.number[v] == 0 && (!arcs->only || arcs->only[v])) {
            enter(&t, v);
        }
        while (t.call_count > 0) {
            step(&t);
        }
    }
    *count = t.count;
    cn__free(t.number);
    cn__free(t.low);
    cn__free(t.next);
    cn__free(t.call);
    cn__free(t.pending);
    return ok;
}

/* Counting sort of the vertices by component. */
static bool group_vertices(uint32_t n, cn__scc *scc) {
    scc->start = cn__calloc((size_t)scc->count + 1, sizeof *scc->start);
    if (!scc->start) {
        return false;
    }
    for (uint32_t v = 0; v < n; v++) {
        if (scc->of[v] != CN_NONE) {
            scc->start[scc->of[v]]++;
        }
    }
    uint32_t sum = 0;
    for (uint32_t c = 0; c <= scc->count; c++) {
        sum += scc->start[c];
        scc->start[c] = sum;
    }
    for (uint32_t v = n; v-- > 0;) {
        if (scc->of[v] != CN_NONE) {
            scc->vertex[--scc->start[scc->of[v]]] = v;
        }
    }
    return true;
}

cn_status cn__scc_compute(const cn_graph *graph, const bool *only, bool positive, cn__scc *out, cn_error *err) {
    uint32_t n = graph->n;
    const cn__scc_arcs arcs = {n, graph->out_start, graph->out_to, positive ? graph->weight : NULL, only};
    *out = (cn__scc){.of = cn__alloc(n, sizeof *out->of), .vertex = cn__alloc(n, sizeof *out->vertex)};
    if (!out->of || !out->vertex || !cn__scc_number(&arcs, out->of, &out->count) || !group_vertices(n, out)) {
        cn__scc_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn__scc_release(cn__scc *scc) {
    if (scc) {
        cn__free(scc->of);
        cn__free(scc->start);
        cn__free(scc->vertex);
        *scc = (cn__scc){.count = 0};
    }
}
