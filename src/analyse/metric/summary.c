/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network in figures. Loops never count, weights only in value_total. Components and the bow tie come from the kernels,
 * distances from summary_paths.c; reciprocity, triangles and degrees in O(V + E log E + E √E). Formulas and sources:
 * docs/metrics.md.
 */
#include <math.h>

#include "error.h"
#include "kernels.h"
#include "memory.h"
#include "scc.h"
#include "summary_impl.h"
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

static cn_status weak_groups(const cn_graph *graph, cn_summary *out, cn_error *err) {
    uint32_t *component = cn__alloc(graph->n, sizeof *component);
    uint32_t *size = cn__calloc(graph->n, sizeof *size);
    cn_status status =
        component && size ? cn__kernel_weak(graph, component, &out->components, err) : CN__NO_MEMORY(err);
    for (uint32_t v = 0; status == CN_OK && v < graph->n; v++) {
        uint32_t now = ++size[component[v]];
        out->largest_component = now > out->largest_component ? now : out->largest_component;
    }
    cn__free(component);
    cn__free(size);
    return status;
}

static cn_status bow_tie(const cn_graph *graph, cn_summary *out, cn_error *err) {
    out->has_bow_tie = out->largest_strong > 0;
    if (!out->has_bow_tie) {
        return CN_OK;
    }
    cn_bow *place = cn__alloc(graph->n, sizeof *place);
    cn_status status = place ? cn__kernel_bow_tie(graph, place, err) : CN__NO_MEMORY(err);
    for (uint32_t v = 0; status == CN_OK && v < graph->n; v++) {
        out->bow[place[v]]++;
    }
    cn__free(place);
    return status;
}

/* Newman's r: the correlation of the degrees at the two ends of a tie, each tie seen from both. */
static double assortativity_of(const cn__ties *ties) {
    double both = 0;
    double ends = 0;
    double squares = 0;
    for (uint32_t v = 0; v < ties->n; v++) {
        double degree = (double)(ties->start[v + 1] - ties->start[v]);
        double others = 0;
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            others += (double)(ties->start[ties->to[e] + 1] - ties->start[ties->to[e]]);
        }
        both += degree * others;
        ends += degree * degree;
        squares += degree * degree * degree;
    }
    double count = (double)ties->count;
    double variance = squares * count - ends * ends; /* whole numbers: exactly 0 where all degrees are equal */
    return ties->count > 0 && variance > 0 ? (both * count - ends * ends) / variance : (double)NAN;
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
    out->assortativity = assortativity_of(ties);
    double n = ties->n;
    if (ties->n > 2) {
        double density = (double)ties->count / (n * (n - 1));
        out->centralisation = n / (n - 2) * ((double)largest / (n - 1) - density);
    }
    return status;
}

cn_status cn_summary_compute(const cn_graph *graph, cn_summary *out, cn_error *err) {
    return cn_summary_estimate(graph, NULL, out, err);
}

cn_status cn_summary_estimate(const cn_graph *graph, const cn_summary_options *options, cn_summary *out,
                              cn_error *err) {
    static const cn_summary_options exact = {0};
    *out = (cn_summary){.vertices = graph->n,
                        .edges = graph->edge_count,
                        .density = NAN,
                        .reciprocity = NAN,
                        .clustering = NAN,
                        .average_path = NAN,
                        .centralisation = NAN,
                        .assortativity = NAN,
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
    status = neighbourhood_figures(&ties, out, err);
    cn__ties_release(&ties);
    if (status == CN_OK) {
        status = weak_groups(graph, out, err);
    }
    if (status == CN_OK) {
        status = strong_groups(graph, out, err);
    }
    if (status == CN_OK) {
        status = bow_tie(graph, out, err);
    }
    if (status == CN_OK) {
        status = cn__summary_paths(graph, options ? options : &exact, out, err);
    }
    return status;
}
