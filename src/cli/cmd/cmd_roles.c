/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet roles: who brokers between groups, who is the core, who is the anchor of each cluster, and which members trade with
 * nobody. Brokers and core see the layer without values; anchors see the flows. Cost: that of cn_roles_compute and of a
 * cascade for each candidate for an anchor.
 */
#include "cmd_roles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ANCHORS_MOST = 200 };

static void release(parts *p) {
    cn_roles_release(&p->roles);
    cn_groups_release(&p->groups);
    cn_groups_release(&p->clusters);
    for (uint32_t i = 0; p->anchors && i < p->set_count; i++) {
        cn_anchors_free(p->anchors[i].rows);
    }
    free(p->anchors);
    free(p->order);
    cn_placements_free(p->places);
    cn_graph_free(p->graph);
    cn_flows_free(p->flows);
}

static cn_status no_memory(cn_error *err) {
    *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
    return CN_ERR_MEMORY;
}

uint64_t parts_brokered(const parts *p, uint32_t vertex) {
    uint64_t sum = 0;
    for (int role = 0; role < CN_BROKER_COUNT; role++) {
        sum += p->roles.brokered[role][vertex];
    }
    return sum;
}

typedef struct ranked {
    uint64_t brokered;
    uint32_t vertex;
} ranked;

static int most_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->brokered != y->brokered) {
        return x->brokered > y->brokered ? -1 : 1;
    }
    return x->vertex < y->vertex ? -1 : x->vertex > y->vertex;
}

/* Vertices with links, the busiest brokers first. */
static cn_status order(parts *p, cn_error *err) {
    const cn_graph *graph = p->graph;
    ranked *list = malloc((graph->n + (size_t)1) * sizeof *list);
    p->order = malloc((graph->n + (size_t)1) * sizeof *p->order);
    if (!list || !p->order) {
        free(list);
        return no_memory(err);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        if (graph->out_start[v] < graph->out_start[v + 1] || graph->in_start[v] < graph->in_start[v + 1]) {
            list[p->linked++] = (ranked){parts_brokered(p, v), v};
        }
    }
    qsort(list, p->linked, sizeof *list, most_first);
    for (uint32_t i = 0; i < p->linked; i++) {
        p->order[i] = list[i].vertex;
    }
    free(list);
    return CN_OK;
}

/* The firms of one cluster, or of the whole network where there is no cluster (group CN_NONE). */
static cn_status find_set(parts *p, uint32_t group, cn_error *err) {
    uint32_t firms = cn_flows_firm_count(p->flows);
    uint32_t *list = malloc((firms + (size_t)1) * sizeof *list);
    anchor_set *set = &p->anchors[p->set_count];
    if (!list) {
        return no_memory(err);
    }
    for (uint32_t f = 0; f < firms; f++) {
        uint32_t v = p->graph->vertex[cn_flows_entity(p->flows, f)];
        if (group == CN_NONE || (v != CN_NONE && p->clusters.of[v] == group)) {
            list[set->count++] = f;
        }
    }
    set->cluster = group == CN_NONE ? CN_NONE : p->clusters.list[group].cluster;
    cn_status status = cn_anchors_find(p->flows, list, set->count, ANCHORS_MOST, &set->rows, err);
    p->set_count += !status;
    free(list);
    return status;
}

static cn_status find_anchors(parts *p, cn_error *err) {
    size_t count = 0;
    cn_flows_all(p->flows, &count);
    p->anchors = calloc(p->clusters.count + (size_t)1, sizeof *p->anchors);
    if (!p->anchors) {
        return no_memory(err);
    }
    cn_status status = CN_OK;
    for (uint32_t g = 0; g < p->clusters.count && count && !status; g++) {
        status = find_set(p, g, err);
    }
    return status || p->clusters.count || !count ? status : find_set(p, CN_NONE, err);
}

static cn_status compute(session *s, parts *p, cn_error *err) {
    static const cn_grouping groupings[] = {CN_GROUPING_CLUSTER, CN_GROUPING_REGION, CN_GROUPING_TYPE};
    const cn_graph_options options = {.link_kinds = p->kinds};
    const cn_flows_options flow_options = {0};
    cn_status status = show_valued_graph(s, options, &p->graph, err);
    status = status ? status
                    : cn_groups_make(s->net, p->graph, groupings[s->options.number[OPTION_GROUPS]], &p->groups, err);
    status = status ? status : cn_groups_make(s->net, p->graph, CN_GROUPING_CLUSTER, &p->clusters, err);
    status = status ? status : cn_roles_compute(p->graph, &p->groups, &p->roles, err);
    status = status ? status : cn_placements_find(s->net, p->graph, &p->clusters, &p->places, err);
    status = status ? status : order(p, err);
    status = status ? status : cn_flows_create(s->net, &flow_options, &p->flows, err);
    return status ? status : find_anchors(p, err);
}

int cmd_roles(session *s) {
    parts p = {0};
    cn_error err = {0};
    int code = session_open(s);
    if (!code) {
        p.kinds = show_layer(s, cn_graph_default_layer(s->net));
        cn_status status = compute(s, &p, &err);
        if (!status) {
            status = session_format_is(s, "json")  ? roles_write_json(s, &p, &err)
                     : session_format_is(s, "csv") ? roles_write_csv(s, &p, &err)
                                                   : roles_write_text(s, &p, &err);
        }
        code = status ? session_fail(s, &err) : EXIT_DONE;
    }
    release(&p);
    return code;
}
