/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every analysis of a chain graph starts from: its strongly connected parts and lists by key; and
 * reading and freeing the graph. Invariant of lists: what has the same key stands in the order it came in.
 * Cost: O(V + arcs).
 */
#include "upstream.h"

#include "memory.h"
#include "scc.h"

bool cn__upstream_parts(const cn_upstream *up, bool with_returns, uint32_t *part, uint32_t *part_count) {
    uint32_t *to = cn__alloc(up->arc_count, sizeof *to);
    if (!to) {
        return false;
    }
    for (size_t a = 0; a < up->arc_count; a++) {
        to[a] = up->arcs[a].from != 0 || with_returns ? up->arcs[a].from : CN_NONE;
    }
    bool ok = cn__scc_number(&(cn__scc_arcs){up->vertex_count, up->arc_start, to, NULL, NULL}, part, part_count);
    cn__free(to);
    return ok;
}

void cn__upstream_lists(const uint32_t *key, uint32_t n, uint32_t count, uint32_t *start, uint32_t *list) {
    for (uint32_t c = 0; c <= count; c++) {
        start[c] = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        start[key[i]]++;
    }
    uint32_t sum = 0;
    for (uint32_t c = 0; c <= count; c++) {
        sum += start[c];
        start[c] = sum;
    }
    for (uint32_t i = n; i-- > 0;) {
        list[--start[key[i]]] = i;
    }
}

int cn__compare_down(double a, double b) { return a > b ? -1 : a < b; }

void cn_upstream_free(cn_upstream *up) {
    if (!up) {
        return;
    }
    cn__free(up->vertices);
    cn__free(up->arcs);
    cn__free(up->arc_start);
    cn__free(up->groups);
    cn__free(up->group_start);
    cn__free(up->known);
    cn__free(up->local);
    cn__free(up->firm);
    cn__free(up->firm_start);
    cn__free(up->firm_vertex);
    cn__free(up->part);
    cn__free(up->part_start);
    cn__free(up->part_vertex);
    cn__free(up);
}

uint32_t cn_upstream_buyer(const cn_upstream *up) { return up->buyer; }

const cn_upstream_vertex *cn_upstream_vertices(const cn_upstream *up, uint32_t *count) {
    *count = up->vertex_count;
    return up->vertices;
}

const cn_upstream_arc *cn_upstream_arcs(const cn_upstream *up, uint32_t vertex, size_t *count) {
    *count = up->arc_start[vertex + 1] - up->arc_start[vertex];
    return up->arcs + up->arc_start[vertex];
}

uint32_t cn_upstream_firm_count(const cn_upstream *up) { return up->local_count - 1; }
cn_upstream_notes cn_upstream_notes_of(const cn_upstream *up) { return up->notes; }
