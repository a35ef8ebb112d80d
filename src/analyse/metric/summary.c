/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network in figures. Loops never count, weights only in value_total. Paths and diameter by a breadth-first search
 * from every vertex (O(V E), all counts whole numbers, so exact and in no danger of order); components, reciprocity and
 * triangles in O(V + E log E + E √E). Formulas and sources: docs/metrics.md.
 */
#include "coopnet/summary.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "scc.h"
#include "ties.h"

static void count_arcs(const cn_graph *graph, cn_summary *out, uint64_t *mutual, uint64_t *arcs) {
    *mutual = 0;
    *arcs = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        bool linked = graph->out_start[v] < graph->out_start[v + 1] || graph->in_start[v] < graph->in_start[v + 1];
        out->linked += linked;
        uint32_t in = graph->in_start[v];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t to = graph->out_to[a];
            if (to == v) {
                continue;
            }
            ++*arcs;
            while (in < graph->in_start[v + 1] && graph->in_from[in] < to) {
                in++; /* both rows ascend */
            }
            *mutual += in < graph->in_start[v + 1] && graph->in_from[in] == to;
        }
    }
}

static double total_value(const cn_graph *graph) {
    if (graph->weighting != CN_WEIGHT_VALUE || !graph->weight) {
        return NAN;
    }
    double sum = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            if (graph->directed || v <= graph->out_to[a]) {
                sum += graph->weight[a];
            }
        }
    }
    return sum;
}

static cn_status strong_groups(const cn_graph *graph, cn_summary *out, cn_error *err) {
    cn__scc scc;
    if (!graph->directed) {
        return CN_OK;
    }
    cn_status status = cn__scc_compute(graph, NULL, false, &scc, err);
    if (status != CN_OK) {
        return status;
    }
    for (uint32_t c = 0; c < scc.count; c++) {
        uint32_t size = scc.start[c + 1] - scc.start[c];
        if (size > 1) {
            out->strong_components++;
            out->largest_strong = size > out->largest_strong ? size : out->largest_strong;
        }
    }
    cn__scc_release(&scc);
    return CN_OK;
}

/* Vertices tied to `root` in one piece with it, none of which was seen before. */
static uint32_t piece_size(const cn__ties *ties, uint32_t root, uint32_t *queue, bool *seen) {
    uint32_t size = 0;
    queue[size++] = root;
    seen[root] = true;
    for (uint32_t i = 0; i < size; i++) {
        for (size_t e = ties->start[queue[i]]; e < ties->start[queue[i] + 1]; e++) {
            if (!seen[ties->to[e]]) {
                seen[ties->to[e]] = true;
                queue[size++] = ties->to[e];
            }
        }
    }
    return size;
}

static cn_status weak_groups(const cn__ties *ties, cn_summary *out, cn_error *err) {
    cn_status status = CN_OK;
    uint32_t *queue = cn__alloc(ties->n, sizeof *queue);
    bool *seen = cn__calloc(ties->n, sizeof *seen);
    if (!queue || !seen) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    for (uint32_t v = 0; v < ties->n; v++) {
        if (!seen[v]) {
            uint32_t size = piece_size(ties, v, queue, seen);
            out->components++;
            out->largest_component = size > out->largest_component ? size : out->largest_component;
        }
    }
done:
    cn__free(queue);
    cn__free(seen);
    return status;
}

static void count_triangle(void *context, const cn__triangle *triangle) {
    (void)triangle;
    ++*(uint64_t *)context;
}

static cn_status neighbourhood_figures(const cn__ties *ties, cn_summary *out, cn_error *err) {
    uint64_t triangles = 0;
    double triples = 0;
    size_t largest = 0;
    cn_status status = cn__ties_triangles(ties, count_triangle, &triangles, err);
    for (uint32_t v = 0; v < ties->n; v++) {
        size_t degree = ties->start[v + 1] - ties->start[v];
        triples += (double)degree * ((double)degree - 1) / 2;
        largest = degree > largest ? degree : largest;
    }
    out->clustering = triples > 0 ? 3 * (double)triangles / triples : NAN;
    double n = ties->n;
    if (ties->n > 2) {
        double density = (double)ties->count / (n * (n - 1));
        out->centralisation = n / (n - 2) * ((double)largest / (n - 1) - density);
    }
    return status;
}

/* Breadth first from `root`: its vertices in queue, in the order of their distance. Returns their number. */
static uint32_t search(const cn_graph *graph, uint32_t root, uint32_t *queue, uint32_t *distance) {
    uint32_t reached = 0;
    queue[reached++] = root;
    distance[root] = 0;
    for (uint32_t i = 0; i < reached; i++) {
        uint32_t v = queue[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            if (distance[graph->out_to[a]] == CN_NONE) {
                distance[graph->out_to[a]] = distance[v] + 1;
                queue[reached++] = graph->out_to[a];
            }
        }
    }
    return reached;
}

static cn_status path_figures(const cn_graph *graph, cn_summary *out, cn_error *err) {
    cn_status status = CN_OK;
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    uint32_t *distance = cn__alloc(graph->n, sizeof *distance);
    uint64_t pairs = 0;
    double sum = 0; /* of whole numbers: exact up to 2^53 */
    if (!queue || !distance) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    memset(distance, 0xff, graph->n * sizeof *distance); /* CN_NONE */
    for (uint32_t root = 0; root < graph->n; root++) {
        uint32_t reached = search(graph, root, queue, distance);
        uint32_t farthest = distance[queue[reached - 1]];
        out->diameter = farthest > out->diameter ? farthest : out->diameter;
        pairs += reached - 1;
        for (uint32_t i = 0; i < reached; i++) {
            sum += distance[queue[i]];
            distance[queue[i]] = CN_NONE;
        }
    }
    out->average_path = pairs > 0 ? sum / (double)pairs : NAN;
done:
    cn__free(queue);
    cn__free(distance);
    return status;
}

cn_status cn_summary_compute(const cn_graph *graph, cn_summary *out, cn_error *err) {
    *out = (cn_summary){.vertices = graph->n,
                        .edges = graph->edge_count,
                        .density = NAN,
                        .reciprocity = NAN,
                        .clustering = NAN,
                        .average_path = NAN,
                        .centralisation = NAN,
                        .value_total = total_value(graph)};
    uint64_t mutual = 0;
    uint64_t arcs = 0;
    double n = graph->n;
    count_arcs(graph, out, &mutual, &arcs);
    if (graph->n > 1) {
        out->density = (double)arcs / (n * (n - 1)); /* an undirected edge is two arcs here */
    }
    if (graph->directed && arcs > 0) {
        out->reciprocity = (double)mutual / (double)arcs;
    }
    cn__ties ties;
    cn_status status = cn__ties_build(graph, false, &ties, err);
    if (status != CN_OK) {
        return status;
    }
    status = weak_groups(&ties, out, err);
    if (status == CN_OK) {
        status = neighbourhood_figures(&ties, out, err);
    }
    if (status == CN_OK) {
        status = strong_groups(graph, out, err);
    }
    if (status == CN_OK) {
        status = path_figures(graph, out, err);
    }
    cn__ties_release(&ties);
    return status;
}
