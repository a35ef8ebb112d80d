/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projection of a network: which entities are vertices (or fall into one), which links count, and in which
 * direction. First every entity gets a representative (itself, its cluster, the first of its region, or none), then
 * the representatives are numbered in entity order; the links are walked twice, to count and to fill. All passes are
 * O(V + E); regions are found by a hash map.
 */
#include <string.h>

#include "error.h"
#include "graph_impl.h"
#include "network_impl.h"

/* The options with their defaults filled in. */
typedef struct projection {
    const cn_network *net;
    cn_graph_options options;
    bool directed;
} projection;

/* Statuses of a link that holds: not given counts as actual. */
#define HOLDING (CN_KIND_BIT(CN_STATUS_NONE) | CN_KIND_BIT(CN_STATUS_ACTUAL))

static uint32_t undirected_kinds(void) {
    uint32_t kinds = 0;
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        if (!cn_link_kind_directed((cn_link_kind)kind)) {
            kinds |= CN_KIND_BIT(kind);
        }
    }
    return kinds;
}

uint32_t cn_graph_default_layer(const cn_network *net) {
    if (cn_link_count_of(net, CN_LINK_SUPPLY) + (uint64_t)cn_link_count_of(net, CN_LINK_SERVICE) > 0) {
        return CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE);
    }
    uint32_t kinds = 0;
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        if (cn_link_count_of(net, (cn_link_kind)kind) > 0) {
            kinds |= CN_KIND_BIT(kind);
        }
    }
    return kinds;
}

static projection make_layer(const cn_network *net, const cn_graph_options *options) {
    projection made = {.net = net};
    if (options != NULL) {
        made.options = *options;
    }
    cn_graph_options *filled = &made.options;
    if (filled->link_kinds == 0) {
        filled->link_kinds = cn_graph_default_layer(net);
    }
    if (filled->entity_kinds == 0) {
        filled->entity_kinds = CN_K_ANY;
    }
    if (filled->statuses == 0 || (filled->statuses & CN_KIND_BIT(CN_STATUS_ACTUAL)) != 0) {
        filled->statuses |= HOLDING;
    }
    made.directed = filled->orientation == CN_DIRECTED ||
                    (filled->orientation == CN_ORIENT_DEFAULT && (filled->link_kinds & undirected_kinds()) == 0);
    return made;
}

static bool has_status(const cn_network *net, cn_link link, uint32_t statuses) {
    return (statuses & CN_KIND_BIT(net->link_status[link])) != 0;
}

/* Was the link valid some time in the period that was asked for? */
static bool in_period(const projection *layer, cn_link link) {
    const cn_network *net = layer->net;
    cn_date since = layer->options.since;
    cn_date until = layer->options.until;
    cn_date begin = net->link_since[link];
    cn_date end = net->link_until[link];
    bool over = since != CN_DATE_NONE && end != CN_DATE_NONE && cn_date_last_day(end) < cn_date_first_day(since);
    bool to_come = until != CN_DATE_NONE && begin != CN_DATE_NONE && cn_date_first_day(begin) > cn_date_last_day(until);
    return !over && !to_come;
}

/* ---- vertices ---- */

/*
 * Members go to their first cluster, also where clusters themselves are not among the kinds asked for. Memberships are
 * those that hold: a question about planned supplies is still one between today's clusters.
 */
static void group_by_cluster(const projection *layer, uint32_t *group) {
    const cn_network *net = layer->net;
    for (cn_link l = 0; l < net->link_count; l++) {
        cn_entity member = net->link_from[l];
        if (net->link_kind[l] == CN_LINK_MEMBER && group[member] == member && has_status(net, l, HOLDING) &&
            in_period(layer, l)) {
            group[member] = net->link_to[l];
            group[net->link_to[l]] = net->link_to[l];
        }
    }
}

static bool group_by_region(const projection *layer, uint32_t *group) {
    cn__strmap regions = {0};
    bool ok = true;
    for (cn_entity e = 0; ok && e < layer->net->entity_count; e++) {
        const char *region = group[e] == e ? cn_entity_text(layer->net, e, CN_FIELD_REGION) : "";
        size_t len = strlen(region);
        if (len == 0) {
            continue;
        }
        uint32_t first = cn__strmap_find(&regions, region, len);
        if (first != CN_NONE) {
            group[e] = first;
        } else {
            ok = cn__strmap_add(&regions, region, len, e, NULL);
        }
    }
    cn__strmap_release(&regions);
    return ok;
}

/* Fill graph->entity and graph->vertex; the number of vertices. */
static cn_status make_vertices(const projection *layer, cn__graph *graph, uint32_t *n, cn_error *err) {
    const cn_network *net = layer->net;
    uint32_t count = net->entity_count;
    cn_status status = CN_OK;
    uint32_t *group = cn__alloc(count, sizeof *group); /* representative of each entity */
    graph->entity = cn__alloc(count, sizeof *graph->entity);
    graph->vertex = cn__alloc(count, sizeof *graph->vertex);
    if (group == NULL || graph->entity == NULL || graph->vertex == NULL) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    for (cn_entity e = 0; e < count; e++) {
        group[e] = (layer->options.entity_kinds & CN_KIND_BIT(net->entity_kind[e])) != 0 ? e : CN_NONE;
    }
    if (layer->options.collapse == CN_COLLAPSE_CLUSTER) {
        group_by_cluster(layer, group);
    } else if (layer->options.collapse == CN_COLLAPSE_REGION && !group_by_region(layer, group)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    *n = 0;
    for (cn_entity e = 0; e < count; e++) {
        if (group[e] == e) {
            graph->entity[*n] = e;
            graph->vertex[e] = (*n)++;
        }
    }
    for (cn_entity e = 0; e < count; e++) {
        if (group[e] != e) {
            graph->vertex[e] = group[e] != CN_NONE ? graph->vertex[group[e]] : CN_NONE;
        }
    }

done:
    cn__free(group);
    return status;
}

/* ---- links ---- */

static void add_entry(cn__entries *entries, uint32_t from, uint32_t to, cn_link link) {
    if (entries->from != NULL) {
        entries->from[entries->count] = from;
        entries->to[entries->count] = to;
        entries->item[entries->count] = link;
    }
    entries->count++;
}

/* Walk the links that are in the graph. Entries without arrays are only counted. */
static void walk_links(const projection *layer, cn_graph *shown, cn__entries *entries) {
    const cn_network *net = layer->net;
    shown->links_used = 0;
    shown->links_no_value = 0;
    for (cn_link l = 0; l < net->link_count; l++) {
        uint32_t from = shown->vertex[net->link_from[l]];
        uint32_t to = shown->vertex[net->link_to[l]];
        bool asked = (layer->options.link_kinds & CN_KIND_BIT(net->link_kind[l])) != 0;
        if (!asked || from == CN_NONE || to == CN_NONE || (from == to && !layer->options.keep_loops) ||
            !has_status(net, l, layer->options.statuses) || !in_period(layer, l)) {
            continue;
        }
        shown->links_used++;
        shown->links_no_value += net->link_value[l] == CN_MONEY_NONE;
        add_entry(entries, from, to, l);
        if (layer->directed && from != to && !cn_link_kind_directed((cn_link_kind)net->link_kind[l])) {
            add_entry(entries, to, from, l); /* in a directed graph an agreement leads both ways */
        }
    }
}

/* ---- weights ---- */

__extension__ typedef __int128 wide; /* sums of money do not overflow it */

/*
 * The value of an arc. Minor units are added as whole numbers, which is exact in any order; where a link has more
 * than two decimals, doubles are added in link order.
 */
static double arc_value(const cn_network *net, const cn__csr *csr, const cn__entries *entries, uint32_t arc) {
    wide minor = 0;
    double sum = 0;
    bool fine = false;
    for (uint32_t i = csr->group_start[arc]; i < csr->group_start[arc + 1]; i++) {
        cn_link link = entries->item[csr->group[i]];
        if (net->link_value[link] == CN_MONEY_NONE) {
            continue;
        }
        minor += net->link_value[link];
        if (net->fine_values) {
            size_t count;
            fine = cn_link_values(net, link, CN_FIELD_FINE_VALUE, &count) != NULL || fine;
            sum += cn_link_value(net, link);
        }
    }
    return fine ? sum : (double)minor / 100.0;
}

static bool make_weights(const projection *layer, const cn__entries *entries, cn__graph *graph) {
    const cn__csr *csr = &graph->csr;
    if (layer->options.weighting == CN_WEIGHT_NONE) {
        return true;
    }
    graph->weight = cn__alloc(csr->m, sizeof *graph->weight);
    if (graph->weight == NULL) {
        return false;
    }
    for (uint32_t arc = 0; arc < csr->m; arc++) {
        graph->weight[arc] = layer->options.weighting == CN_WEIGHT_VALUE
                                 ? arc_value(layer->net, csr, entries, arc)
                                 : (double)(csr->group_start[arc + 1] - csr->group_start[arc]);
    }
    return true;
}

/* Keep the links behind each arc: the entries behind it, as the links behind them. */
static void keep_trace(const cn__entries *entries, cn__graph *graph) {
    cn__csr *csr = &graph->csr;
    for (uint32_t i = 0; i < csr->group_start[csr->m]; i++) {
        csr->group[i] = entries->item[csr->group[i]];
    }
    graph->trace = csr->group;
}

cn_status cn_graph_create(const cn_network *net, const cn_graph_options *options, cn_graph **out, cn_error *err) {
    projection layer = make_layer(net, options);
    cn__entries entries = {0};
    cn_status status;
    uint32_t n = 0;
    *out = NULL;
    cn__graph *graph = cn__calloc(1, sizeof *graph);
    if (graph == NULL) {
        return CN__NO_MEMORY(err);
    }
    status = make_vertices(&layer, graph, &n, err);
    if (status != CN_OK) {
        goto done;
    }
    graph->shown.vertex = graph->vertex;
    walk_links(&layer, &graph->shown, &entries);
    if (!cn__entries_init(&entries, entries.count)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    walk_links(&layer, &graph->shown, &entries);
    status = cn__csr_build(n, &entries, layer.directed, &graph->csr, err);
    if (status != CN_OK) {
        goto done;
    }
    if (!make_weights(&layer, &entries, graph)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    if (layer.options.trace) {
        keep_trace(&entries, graph);
    }
    cn__graph_show(graph, layer.directed, layer.options.weighting);
    *out = &graph->shown;
    graph = NULL;

done:
    cn__entries_release(&entries);
    cn_graph_free(graph != NULL ? &graph->shown : NULL);
    return status;
}
