/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each community is: its trade, anchor, declared cluster, region and specialisation, and whether it is a cluster de facto that
 * no one registered. Most of a community's vertices are found by counting pairs (community, group) in a contingency table; ties go to
 * the group whose least vertex comes first. Cost: O(V + E + L + P) and what specialty.c takes.
 */
#include "coopnet/communities.h"

#include <math.h>
#include <string.h>

#include "contingency.h"
#include "error.h"
#include "memory.h"
#include "specialty.h"

enum { MIN_SIZE = 3 };

typedef struct profiling {
    const cn_network *net;
    const cn_graph *graph;
    const cn_communities *found;
    cn_community_profile *profiles;
} profiling;

static bool add_trade(profiling *p, cn_error *err) {
    cn_groups groups = {0};
    cn_group_flows flows = {0};
    bool ok = cn_groups_from(p->found->n, p->found->of, p->found->count, &groups, err) == CN_OK &&
              cn_group_flows_compute(p->graph, &groups, &flows, err) == CN_OK;
    for (uint32_t c = 0; ok && c < p->found->count; c++) {
        p->profiles[c].trade = flows.sums[c];
        p->profiles[c].size = flows.sums[c].size;
        p->profiles[c].kept = cn_group_kept(&flows.sums[c]);
    }
    cn_group_flows_release(&flows);
    cn_groups_release(&groups);
    return ok;
}

typedef struct side {
    const uint32_t *start;
    const uint32_t *ends;
    const uint32_t *arc; /* NULL: the entry itself */
} side;

/* What v trades on one side with its own community. */
static double trade_inside(const profiling *p, uint32_t v, const side *s, uint32_t *partners) {
    const uint32_t *of = p->found->of;
    double sum = 0;
    for (uint32_t a = s->start[v]; a < s->start[v + 1]; a++) {
        double weight = p->graph->weight ? p->graph->weight[s->arc ? s->arc[a] : a] : 1;
        if (of[s->ends[a]] == of[v] && s->ends[a] != v && weight > 0) {
            sum += weight;
            ++*partners;
        }
    }
    return sum;
}

/* Who takes part in most of what is traded inside its own community. */
static void find_anchors(profiling *p) {
    const cn_graph *graph = p->graph;
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t partners = 0;
        if (p->found->of[v] == CN_NONE) {
            continue;
        }
        cn_community_profile *profile = &p->profiles[p->found->of[v]];
        double trade = trade_inside(p, v, &(side){graph->out_start, graph->out_to, NULL}, &partners);
        trade += graph->directed
                     ? trade_inside(p, v, &(side){graph->in_start, graph->in_from, graph->in_arc}, &partners)
                     : 0;
        double share = profile->trade.inside > 0 ? trade / profile->trade.inside : 0;
        if (partners && (profile->anchor == CN_NONE || share > profile->anchor_share)) {
            profile->anchor = v;
            profile->anchor_share = share;
            profile->anchor_links = partners;
        }
    }
}

/* In the register now: as its status says, or nothing is said of it. */
static bool is_registered(const cn_network *net, cn_entity cluster) {
    int status = cn_entity_enum(net, cluster, CN_FIELD_STATUS);
    return status == CN_CLUSTER_NONE || status == CN_CLUSTER_REGISTERED;
}

static cn_status add_groups(profiling *p, cn_grouping grouping, cn_error *err) {
    cn_groups groups = {0};
    cn__contingency table = {0};
    cn_status status = cn_groups_make(p->net, p->graph, grouping, &groups, err);
    if (status == CN_OK && !cn__contingency_make(p->graph->n, p->found->of, groups.of, &table)) {
        status = CN__NO_MEMORY(err);
    }
    for (uint32_t i = 0; status == CN_OK && i < table.cell_count; i++) {
        const cn__cell *cell = &table.cells[i];
        cn_community_profile *profile = &p->profiles[cell->a];
        if (grouping == CN_GROUPING_REGION) {
            bool most = cell->count > profile->region_size;
            profile->region = most ? groups.list[cell->b].name : profile->region;
            profile->region_size = most ? cell->count : profile->region_size;
        } else {
            bool most = cell->count > profile->cluster_size;
            profile->cluster = most ? groups.list[cell->b].cluster : profile->cluster;
            profile->cluster_size = most ? cell->count : profile->cluster_size;
            profile->registered += is_registered(p->net, groups.list[cell->b].cluster) ? cell->count : 0;
        }
    }
    cn__contingency_release(&table);
    cn_groups_release(&groups);
    return status;
}

cn_status cn_community_profiles(const cn_network *net, const cn_graph *graph, const cn_communities *communities,
                                uint32_t min_size, cn_community_profile **out, cn_error *err) {
    profiling p = {net, graph, communities, cn__calloc(communities->count, sizeof *p.profiles)};
    *out = NULL;
    if (!p.profiles) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t c = 0; c < communities->count; c++) {
        p.profiles[c].anchor = p.profiles[c].cluster = CN_NONE;
        p.profiles[c].region = "";
    }
    cn_status status = add_trade(&p, err) ? CN_OK : CN_ERR_MEMORY;
    if (status == CN_OK) {
        find_anchors(&p);
        status = add_groups(&p, CN_GROUPING_CLUSTER, err);
    }
    status = status == CN_OK ? add_groups(&p, CN_GROUPING_REGION, err) : status;
    if (status == CN_OK && !cn__specialties_find(net, graph, communities->of, p.profiles, communities->count)) {
        status = CN__NO_MEMORY(err);
    }
    if (status != CN_OK) {
        cn__free(p.profiles);
        return status;
    }
    for (uint32_t c = 0; c < communities->count; c++) {
        cn_community_profile *profile = &p.profiles[c];
        bool large = profile->size >= (min_size ? min_size : MIN_SIZE);
        profile->de_facto = large && profile->trade.inside > 0 && 2 * (uint64_t)profile->registered <= profile->size;
    }
    *out = p.profiles;
    return CN_OK;
}

void cn_community_profiles_free(cn_community_profile *profiles) { cn__free(profiles); }
