/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces of a graph: weak components by searching along arcs of both directions, strong ones by Tarjan's algorithm (scc.c),
 * both renumbered by their least vertex, and the bow tie of Broder et al. (2000) around the largest strong one.
 * Invariant of a search: what is in the queue is marked. Cost O(V + E) each.
 */
#include "error.h"
#include "kernels.h"
#include "memory.h"
#include "scc.h"

cn_status cn__kernel_weak(const cn_graph *graph, uint32_t *component, uint32_t *count, cn_error *err) {
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    *count = 0;
    if (!queue) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        component[v] = CN_NONE;
    }
    for (uint32_t root = 0; root < graph->n; root++) {
        uint32_t queued = 0;
        if (component[root] != CN_NONE) {
            continue;
        }
        component[root] = *count;
        queue[queued++] = root;
        for (uint32_t i = 0; i < queued; i++) {
            uint32_t v = queue[i];
            for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
                uint32_t to = graph->out_to[a];
                if (component[to] == CN_NONE) {
                    component[to] = *count;
                    queue[queued++] = to;
                }
            }
            for (uint32_t a = graph->in_start[v]; graph->directed && a < graph->in_start[v + 1]; a++) {
                uint32_t from = graph->in_from[a];
                if (component[from] == CN_NONE) {
                    component[from] = *count;
                    queue[queued++] = from;
                }
            }
        }
        ++*count;
    }
    cn__free(queue);
    return CN_OK;
}

cn_status cn__kernel_strong(const cn_graph *graph, uint32_t *component, uint32_t *count, cn_error *err) {
    cn__scc scc;
    *count = 0;
    cn_status status = cn__scc_compute(graph, NULL, false, &scc, err);
    if (status != CN_OK) {
        return status;
    }
    uint32_t *number = cn__alloc(scc.count, sizeof *number);
    if (!number) {
        cn__scc_release(&scc);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t c = scc.of[v];
        if (scc.vertex[scc.start[c]] == v) {
            number[c] = (*count)++;
        }
        component[v] = number[c];
    }
    cn__free(number);
    cn__scc_release(&scc);
    return CN_OK;
}

/* ---- bow tie ---- */

/* One of the two directions of a graph. */
typedef struct sight {
    const uint32_t *start;
    const uint32_t *to;
} sight;

/*
 * Mark what is reached from the vertices at `from` by ways through vertices that are OTHER as yet. Those marked already
 * are not passed.
 */
static void mark_reached(const cn_graph *graph, sight along, cn_bow from, const cn_bow *place, bool *reached,
                         uint32_t *queue) {
    uint32_t queued = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        reached[v] = false;
        if (place[v] == from) {
            queue[queued++] = v;
        }
    }
    for (uint32_t i = 0; i < queued; i++) {
        for (uint32_t a = along.start[queue[i]]; a < along.start[queue[i] + 1]; a++) {
            uint32_t to = along.to[a];
            if (place[to] == CN_BOW_OTHER && !reached[to]) {
                reached[to] = true;
                queue[queued++] = to;
            }
        }
    }
}

static void place_all(const cn_graph *graph, cn_bow *place, bool *forward, bool *back, uint32_t *queue) {
    sight out = {graph->out_start, graph->out_to};
    sight in = {graph->in_start, graph->in_from};
    mark_reached(graph, out, CN_BOW_CORE, place, forward, queue);
    mark_reached(graph, in, CN_BOW_CORE, place, back, queue);
    for (uint32_t v = 0; v < graph->n; v++) {
        place[v] = forward[v] ? CN_BOW_OUT : back[v] ? CN_BOW_IN : place[v];
    }
    mark_reached(graph, out, CN_BOW_IN, place, forward, queue);
    mark_reached(graph, in, CN_BOW_OUT, place, back, queue);
    for (uint32_t v = 0; v < graph->n; v++) {
        if (forward[v] || back[v]) {
            place[v] = forward[v] && back[v] ? CN_BOW_TUBE : CN_BOW_TENDRIL;
        }
    }
}

/* The component with the most vertices; of equal ones that with the least vertex. */
static uint32_t largest_component(const cn__scc *scc) {
    uint32_t largest = 0;
    for (uint32_t c = 1; c < scc->count; c++) {
        uint32_t size = scc->start[c + 1] - scc->start[c];
        uint32_t most = scc->start[largest + 1] - scc->start[largest];
        bool earlier = scc->vertex[scc->start[c]] < scc->vertex[scc->start[largest]];
        largest = size > most || (size == most && earlier) ? c : largest;
    }
    return largest;
}

cn_status cn__kernel_bow_tie(const cn_graph *graph, cn_bow *place, cn_error *err) {
    cn__scc scc;
    cn_status status = cn__scc_compute(graph, NULL, false, &scc, err);
    if (status != CN_OK || graph->n == 0) {
        cn__scc_release(&scc);
        return status;
    }
    bool *forward = cn__alloc(graph->n, sizeof *forward);
    bool *back = cn__alloc(graph->n, sizeof *back);
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    if (forward && back && queue) {
        uint32_t core = largest_component(&scc);
        for (uint32_t v = 0; v < graph->n; v++) {
            place[v] = scc.of[v] == core ? CN_BOW_CORE : CN_BOW_OTHER;
        }
        place_all(graph, place, forward, back, queue);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(forward);
    cn__free(back);
    cn__free(queue);
    cn__scc_release(&scc);
    return status;
}
