/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coarser and coarser webs for a multilevel layout (Walshaw 2003, Hu 2005). Vertices are looked at from the least degree on; each joins
 * its heaviest free neighbour, or, where all are taken, the group of a neighbour that is still small: so stars shrink as fast as meshes.
 * Invariant: arcs of a vertex ascend by end, each end once, and stand at both ends with the same weight.
 * O(E log E) a level, of which there are about log V.
 */
#include "spread_impl.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_LIMIT = 6 }; /* vertices of one level that become one */

void cn__web_release(cn__web *web) {
    cn__free(web->start);
    cn__free(web->to);
    cn__free(web->weight);
    cn__free(web->mass);
    cn__free(web->part);
    memset(web, 0, sizeof *web);
}

typedef struct arc {
    uint32_t from, to;
    float weight;
} arc;

static int compare_arcs(const void *a, const void *b) {
    const arc *x = a;
    const arc *y = b;
    int by_from = (x->from > y->from) - (x->from < y->from);
    return by_from ? by_from : (x->to > y->to) - (x->to < y->to);
}

/* Arcs in any order, twins among them, to rows. */
static bool web_from_arcs(uint32_t n, arc *arcs, size_t count, cn__web *out) {
    qsort(arcs, count, sizeof *arcs, compare_arcs);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept && arcs[kept - 1].from == arcs[i].from && arcs[kept - 1].to == arcs[i].to) {
            arcs[kept - 1].weight += arcs[i].weight;
        } else {
            arcs[kept++] = arcs[i];
        }
    }
    out->n = n;
    out->start = cn__calloc((size_t)n + 1, sizeof *out->start);
    out->to = cn__alloc(kept, sizeof *out->to);
    out->weight = cn__alloc(kept, sizeof *out->weight);
    out->mass = cn__calloc(n, sizeof *out->mass);
    if (!out->start || !out->to || !out->weight || !out->mass) {
        cn__web_release(out);
        return false;
    }
    for (size_t i = 0; i < kept; i++) {
        out->start[arcs[i].from + 1]++;
        out->to[i] = arcs[i].to;
        out->weight[i] = arcs[i].weight;
    }
    for (uint32_t v = 0; v < n; v++) {
        out->start[v + 1] += out->start[v];
    }
    return true;
}

bool cn__web_of(const cn_graph *graph, cn__web *out) {
    memset(out, 0, sizeof *out);
    arc *arcs = cn__alloc((size_t)graph->m * 2, sizeof *arcs);
    size_t count = 0;
    for (uint32_t v = 0; arcs && v < graph->n; v++) {
        for (uint32_t k = graph->out_start[v]; k < graph->out_start[v + 1]; k++) {
            uint32_t w = graph->out_to[k];
            if (w != v) {
                arcs[count++] = (arc){v, w, 1};
                arcs[count++] = (arc){w, v, 1};
            }
        }
    }
    bool done = arcs && web_from_arcs(graph->n, arcs, count, out);
    for (uint32_t v = 0; done && v < out->n; v++) {
        out->mass[v] = 1;
    }
    for (size_t k = 0; done && k < out->start[out->n]; k++) {
        out->weight[k] = 1;
    }
    cn__free(arcs);
    return done;
}

/* Vertices by degree, least first, by counting. */
static uint32_t *by_degree(const cn__web *web) {
    uint32_t *order = cn__alloc(web->n, sizeof *order);
    uint32_t *place = cn__calloc((size_t)web->n + 1, sizeof *place);
    if (order && place) {
        for (uint32_t v = 0; v < web->n; v++) {
            place[web->start[v + 1] - web->start[v] + 1]++;
        }
        for (uint32_t d = 0; d < web->n; d++) {
            place[d + 1] += place[d];
        }
        for (uint32_t v = 0; v < web->n; v++) {
            order[place[web->start[v + 1] - web->start[v]]++] = v;
        }
    }
    if (!place) {
        cn__free(order);
        order = NULL;
    }
    cn__free(place);
    return order;
}

/* The best company for v: a free neighbour, else a group with room; CN_NONE: none. Heavier ties first, light groups before heavy ones. */
static uint32_t company(const cn__web *web, uint32_t v, const uint32_t *part, const uint32_t *size) {
    uint32_t best = CN_NONE;
    double best_score = -1;
    for (uint32_t k = web->start[v]; k < web->start[v + 1]; k++) {
        uint32_t w = web->to[k];
        bool open = part[w] == CN_NONE;
        if (open || size[part[w]] < GROUP_LIMIT) {
            double score = (double)web->weight[k] / (double)web->mass[w] + (open ? 1e6 : 0);
            if (score > best_score) {
                best_score = score;
                best = w;
            }
        }
    }
    return best;
}

static uint32_t join(const cn__web *web, const uint32_t *order, uint32_t *part, uint32_t *size) {
    uint32_t count = 0;
    for (uint32_t v = 0; v < web->n; v++) {
        part[v] = CN_NONE;
    }
    for (uint32_t i = 0; i < web->n; i++) {
        uint32_t v = order[i];
        if (part[v] != CN_NONE) {
            continue;
        }
        uint32_t mate = company(web, v, part, size);
        uint32_t group = mate != CN_NONE && part[mate] != CN_NONE ? part[mate] : count++;
        if (mate != CN_NONE && part[mate] == CN_NONE) {
            part[mate] = group;
            size[group] = 1;
        }
        part[v] = group;
        size[group]++;
    }
    return count;
}

bool cn__web_coarsen(cn__web *web, cn__web *out) {
    memset(out, 0, sizeof *out);
    uint32_t *order = by_degree(web);
    uint32_t *size = cn__calloc(web->n, sizeof *size);
    arc *arcs = cn__alloc(web->start[web->n], sizeof *arcs);
    web->part = cn__alloc(web->n, sizeof *web->part);
    bool done = order && size && arcs && web->part;
    if (done) {
        uint32_t count = join(web, order, web->part, size);
        size_t kept = 0;
        for (uint32_t v = 0; v < web->n; v++) {
            for (uint32_t k = web->start[v]; k < web->start[v + 1]; k++) {
                uint32_t a = web->part[v];
                uint32_t b = web->part[web->to[k]];
                if (a != b) {
                    arcs[kept++] = (arc){a, b, web->weight[k]};
                }
            }
        }
        done = web_from_arcs(count, arcs, kept, out);
        for (uint32_t v = 0; done && v < web->n; v++) {
            out->mass[web->part[v]] += web->mass[v];
        }
    }
    cn__free(order);
    cn__free(size);
    cn__free(arcs);
    return done;
}
