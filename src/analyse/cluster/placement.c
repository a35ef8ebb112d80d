/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where everyone stands between the declared clusters, by trade. For each vertex its sales and purchases are summed up by the
 * cluster of the other end into one row of numbers, of which only the touched ones are looked at. On an undirected graph both
 * directions are the same and count once. Cost: O(V + E).
 */
#include "coopnet/communities.h"

#include <math.h>

#include "error.h"
#include "memory.h"

typedef struct placing {
    const cn_graph *graph;
    const cn_groups *clusters;
    double *trade; /* by cluster */
    double *sold;
    uint32_t *touched;
} placing;

typedef struct side {
    const uint32_t *start;
    const uint32_t *ends;
    bool in;
} side;

static uint32_t add_side(placing *p, uint32_t v, const side *s, uint32_t touched, double *total) {
    const cn_graph *graph = p->graph;
    for (uint32_t a = s->start[v]; a < s->start[v + 1]; a++) {
        uint32_t cluster = p->clusters->of[s->ends[a]];
        double weight = graph->weight ? graph->weight[s->in ? graph->in_arc[a] : a] : 1;
        if (s->ends[a] == v || !(weight > 0)) {
            continue;
        }
        *total += weight;
        if (cluster != CN_NONE) {
            if (p->trade[cluster] == 0) {
                p->touched[touched++] = cluster;
            }
            p->trade[cluster] += weight;
            p->sold[cluster] += s->in ? 0 : weight;
        }
    }
    return touched;
}

static cn_fit fit_of(const cn_placement *place) {
    if (place->own == CN_NONE) {
        return place->other == CN_NONE ? CN_FIT_APART : CN_FIT_OUTSIDE;
    }
    if (place->with_other > place->with_own) {
        return CN_FIT_ELSEWHERE;
    }
    return place->with_own > 0 ? CN_FIT_INSIDE : CN_FIT_IDLE;
}

static void place_vertex(placing *p, uint32_t v, cn_placement *place) {
    const cn_graph *graph = p->graph;
    double sales = 0;
    double purchases = 0;
    *place = (cn_placement){.vertex = v, .own = p->clusters->of[v], .other = CN_NONE, .output = (double)NAN};
    uint32_t touched = add_side(p, v, &(side){graph->out_start, graph->out_to, false}, 0, &sales);
    if (graph->directed) {
        touched = add_side(p, v, &(side){graph->in_start, graph->in_from, true}, touched, &purchases);
    }
    for (uint32_t i = 0; i < touched; i++) {
        uint32_t c = p->touched[i];
        if (c == place->own) {
            place->with_own = p->trade[c];
        } else if (p->trade[c] > place->with_other || (p->trade[c] == place->with_other && c < place->other)) {
            place->other = c;
            place->with_other = p->trade[c];
            place->sold_other = p->sold[c];
        }
    }
    for (uint32_t i = 0; i < touched; i++) {
        p->trade[p->touched[i]] = p->sold[p->touched[i]] = 0;
    }
    place->total = sales + purchases;
    place->sales = sales;
    place->fit = fit_of(place);
}

cn_status cn_placements_find(const cn_network *net, const cn_graph *graph, const cn_groups *clusters,
                             cn_placement **out, cn_error *err) {
    placing p = {.graph = graph, .clusters = clusters};
    p.trade = cn__calloc(clusters->count, sizeof *p.trade);
    p.sold = cn__calloc(clusters->count, sizeof *p.sold);
    p.touched = cn__alloc(clusters->count, sizeof *p.touched);
    *out = cn__alloc(graph->n, sizeof **out);
    bool ok = p.trade && p.sold && p.touched && *out;
    for (uint32_t v = 0; ok && v < graph->n; v++) {
        place_vertex(&p, v, &(*out)[v]);
        int64_t output = cn_entity_money(net, graph->entity[v], CN_FIELD_OUTPUT);
        cn_placement *place = &(*out)[v];
        if (graph->weight && output != CN_MONEY_NONE) {
            place->output = fmax((double)output / 100, place->sales);
        }
    }
    cn__free(p.trade);
    cn__free(p.sold);
    cn__free(p.touched);
    if (!ok) {
        cn__free(*out);
        *out = NULL;
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn_placements_free(cn_placement *placements) { cn__free(placements); }
