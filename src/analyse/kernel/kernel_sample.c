/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What samples need to know beforehand: whether the bound makes sense, and how long a shortest path can be.
 * Invariant of the path bound: `longest[c]` is for every strong component done so far a bound on the vertices of a
 * shortest path that begins in it; components come in an order in which all that c leads to are done before c. A way
 * between two vertices of a component never leaves it, so it has at most in(p) + out(p) arcs for the greatest distances
 * to and from any p of it. Cost O(V + E).
 */
#include "kernel_sample.h"

#include "error.h"
#include "memory.h"
#include "scc.h"

cn_status cn__bound_check(const cn__kernel_bound *bound, cn_error *err) {
    bool epsilon_ok = bound->epsilon > 0 && bound->epsilon < 1;
    bool delta_ok = bound->delta > 0 && bound->delta < 1;
    if (epsilon_ok && delta_ok) {
        return CN_OK;
    }
    cn_buf text = {0};
    cn_format_exact(&text, epsilon_ok ? bound->delta : bound->epsilon);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, SAMPLE_BOUND, text.data ? text.data : "?");
    cn_buf_release(&text);
    return status;
}

/* Greatest distance from `root` within its component. `distance` is CN_NONE all over, before and after. */
static uint32_t eccentricity(const cn__scc *scc, const uint32_t *start, const uint32_t *to, uint32_t root,
                             uint32_t *distance, uint32_t *queue) {
    uint32_t queued = 0;
    distance[root] = 0;
    queue[queued++] = root;
    for (uint32_t i = 0; i < queued; i++) {
        uint32_t v = queue[i];
        for (uint32_t a = start[v]; a < start[v + 1]; a++) {
            if (distance[to[a]] == CN_NONE && scc->of[to[a]] == scc->of[root]) {
                distance[to[a]] = distance[v] + 1;
                queue[queued++] = to[a];
            }
        }
    }
    uint32_t greatest = distance[queue[queued - 1]];
    for (uint32_t i = 0; i < queued; i++) {
        distance[queue[i]] = CN_NONE;
    }
    return greatest;
}

/* Vertices of a shortest path within component c, at most. */
static uint64_t bound_within(const cn_graph *graph, const cn__scc *scc, uint32_t c, uint32_t *distance,
                             uint32_t *queue) {
    uint32_t size = scc->start[c + 1] - scc->start[c];
    if (size == 1 || graph->weight) {
        return size;
    }
    uint32_t root = scc->vertex[scc->start[c]];
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        root = graph->out_start[v + 1] - graph->out_start[v] > graph->out_start[root + 1] - graph->out_start[root]
                   ? v
                   : root;
    }
    uint64_t out = eccentricity(scc, graph->out_start, graph->out_to, root, distance, queue);
    uint64_t in = graph->directed ? eccentricity(scc, graph->in_start, graph->in_from, root, distance, queue) : out;
    return out + in + 1 < size ? out + in + 1 : size;
}

static uint64_t follow_components(const cn_graph *graph, const cn__scc *scc, uint64_t *longest, uint32_t *distance,
                                  uint32_t *queue) {
    uint64_t most = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        distance[v] = CN_NONE;
    }
    for (uint32_t c = 0; c < scc->count; c++) {
        uint64_t beyond = 0;
        for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
            uint32_t v = scc->vertex[i];
            for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
                uint32_t next = scc->of[graph->out_to[a]];
                if (next < c && longest[next] > beyond) { /* not so: an arc of weight 0, against the order */
                    beyond = longest[next];
                }
            }
        }
        longest[c] = beyond + bound_within(graph, scc, c, distance, queue);
        most = longest[c] > most ? longest[c] : most;
    }
    return most;
}

cn_status cn__path_bound(const cn_graph *graph, uint64_t *vertices, cn_error *err) {
    cn__scc scc;
    *vertices = 0;
    cn_status status = cn__scc_compute(graph, NULL, true, &scc, err);
    if (status != CN_OK) {
        return status;
    }
    uint64_t *longest = cn__alloc(scc.count, sizeof *longest);
    uint32_t *distance = cn__alloc(graph->n, sizeof *distance);
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    if (longest && distance && queue) {
        *vertices = follow_components(graph, &scc, longest, distance, queue);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(longest);
    cn__free(distance);
    cn__free(queue);
    cn__scc_release(&scc);
    return status;
}
