/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projection of a network: which entities are vertices (or fall into one), which links count, and in which
 * direction. First every entity gets a representative (itself, its cluster, the first of its region, or none), then
 * the representatives are numbered in entity order; the links are walked twice, to count and to fill, piece by piece, by several threads.
 * All passes are O(V + E); regions are found by a hash map.
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
    uint32_t both_ways; /* kinds that make two arcs of a link */
    bool any_time;      /* no period was asked for */
    bool own_vertices;  /* every entity is the vertex of its number */
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
    made.any_time = filled->since == CN_DATE_NONE && filled->until == CN_DATE_NONE;
    made.own_vertices = (filled->entity_kinds & CN_K_ANY) == CN_K_ANY && filled->collapse == CN_COLLAPSE_NONE;
    made.both_ways = made.directed ? undirected_kinds() : 0;
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

/* The links of a piece that are in the graph: counted, then put where its entries begin. */
typedef struct piece {
    size_t entries;
    uint32_t used;
    uint32_t no_value;
} piece;

enum { PIECE_LINKS = 1 << 16 };

static bool is_in(const projection *layer, cn_link link, uint32_t from, uint32_t to) {
    return (layer->options.link_kinds & CN_KIND_BIT(layer->net->link_kind[link])) != 0 && from != CN_NONE &&
           to != CN_NONE && (from != to || layer->options.keep_loops) &&
           has_status(layer->net, link, layer->options.statuses) && (layer->any_time || in_period(layer, link));
}

/* Without arrays in `entries` they are only counted. */
static piece walk_piece(const projection *layer, const uint32_t *vertex, cn_link begin, cn_link end, size_t at,
                        const cn__entries *entries) {
    const cn_network *net = layer->net;
    piece found = {.entries = 0};
    for (cn_link l = begin; l < end; l++) {
        uint32_t from = layer->own_vertices ? net->link_from[l] : vertex[net->link_from[l]];
        uint32_t to = layer->own_vertices ? net->link_to[l] : vertex[net->link_to[l]];
        if (!is_in(layer, l, from, to)) {
            continue;
        }
        /* in a directed graph an agreement leads both ways */
        bool twice = from != to && (layer->both_ways & CN_KIND_BIT(net->link_kind[l])) != 0;
        for (int i = 0; i <= (int)twice && entries->from != NULL; i++) {
            entries->from[at + found.entries + (size_t)i] = i == 0 ? from : to;
            entries->to[at + found.entries + (size_t)i] = i == 0 ? to : from;
            entries->item[at + found.entries + (size_t)i] = l;
        }
        found.entries += 1 + (size_t)twice;
        found.used++;
        found.no_value += net->link_value[l] == CN_MONEY_NONE;
    }
    return found;
}

static void walk_pieces(const projection *layer, const uint32_t *vertex, piece *pieces, size_t count,
                        const cn__entries *entries) {
    uint32_t links = layer->net->link_count;
#pragma omp parallel for schedule(static) if (count > 1)
    for (size_t i = 0; i < count; i++) {
        cn_link begin = (cn_link)(i * PIECE_LINKS);
        cn_link end = links - begin < PIECE_LINKS ? links : begin + PIECE_LINKS;
        size_t at = pieces[i].entries;
        piece found = walk_piece(layer, vertex, begin, end, at, entries);
        if (entries->from == NULL) {
            pieces[i] = found;
        }
    }
}

/* The entries of all links that are in the graph, in link order. False: memory. */
static bool make_entries(const projection *layer, cn_graph *shown, cn__entries *entries) {
    size_t count = layer->net->link_count / PIECE_LINKS + (layer->net->link_count % PIECE_LINKS > 0);
    piece *pieces = cn__calloc(count, sizeof *pieces);
    size_t sum = 0;
    if (pieces == NULL) {
        return false;
    }
    walk_pieces(layer, shown->vertex, pieces, count, entries);
    for (size_t i = 0; i < count; i++) {
        size_t here = pieces[i].entries;
        shown->links_used += pieces[i].used;
        shown->links_no_value += pieces[i].no_value;
        pieces[i].entries = sum;
        sum += here;
    }
    bool all = layer->own_vertices && layer->both_ways == 0 && sum == layer->net->link_count;
    bool ok = all || cn__entries_init(entries, sum);
    if (all) { /* the network's own columns serve */
        *entries = (cn__entries){sum, layer->net->link_from, layer->net->link_to, NULL, true};
    } else if (ok) {
        walk_pieces(layer, shown->vertex, pieces, count, entries);
        entries->count = sum;
    }
    cn__free(pieces);
    return ok;
}

/* ---- weights ---- */

__extension__ typedef __int128 wide; /* sums of money do not overflow it */

enum {
    LINKS_AHEAD = 48
}; /* values asked for before they are needed: neighbours in a row lie far apart in the network */

static int64_t value_or_zero(const cn_network *net, cn_link link) {
    return net->link_value[link] == CN_MONEY_NONE ? 0 : net->link_value[link];
}

/* Minor units added as whole numbers, which is exact in any order. */
static double exact_value(const cn_network *net, const cn__csr *csr, uint32_t arc) {
    uint32_t begin = csr->group_start[arc];
    uint32_t end = csr->group_start[arc + 1];
    if (end - begin == 1) {
        return (double)value_or_zero(net, csr->group[begin]) / 100.0;
    }
    wide minor = 0;
    for (uint32_t i = begin; i < end; i++) {
        minor += value_or_zero(net, csr->group[i]);
    }
    return (double)minor / 100.0;
}

/* The value of an arc; where a link has more than two decimals, doubles are added in link order. */
static double arc_value(const cn_network *net, const cn__csr *csr, uint32_t arc) {
    double sum = 0;
    bool fine = false;
    for (uint32_t i = csr->group_start[arc]; net->fine_values && i < csr->group_start[arc + 1]; i++) {
        size_t count;
        cn_link link = csr->group[i];
        if (net->link_value[link] != CN_MONEY_NONE) {
            fine = cn_link_values(net, link, CN_FIELD_FINE_VALUE, &count) != NULL || fine;
            sum += cn_link_value(net, link);
        }
    }
    return fine ? sum : exact_value(net, csr, arc);
}

static bool make_weights(const projection *layer, cn__graph *graph) {
    const cn__csr *csr = &graph->csr;
    if (layer->options.weighting == CN_WEIGHT_NONE) {
        return true;
    }
    graph->weight = cn__alloc(csr->m, sizeof *graph->weight);
    if (graph->weight == NULL) {
        return false;
    }
    uint32_t links = csr->group_start[csr->m];
#pragma omp parallel for schedule(dynamic, PIECE_LINKS) if (csr->m > PIECE_LINKS)
    for (uint32_t arc = 0; arc < csr->m; arc++) {
        uint32_t ahead = csr->group_start[arc] + LINKS_AHEAD;
        __builtin_prefetch(&layer->net->link_value[csr->group[ahead < links ? ahead : 0]]);
        graph->weight[arc] = layer->options.weighting == CN_WEIGHT_VALUE
                                 ? arc_value(layer->net, csr, arc)
                                 : (double)(csr->group_start[arc + 1] - csr->group_start[arc]);
    }
    return true;
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
    if (!make_entries(&layer, &graph->shown, &entries)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    status = cn__csr_build(n, &entries, layer.directed, &graph->csr, err);
    if (status != CN_OK) {
        goto done;
    }
    if (!make_weights(&layer, graph)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    if (layer.options.trace) {
        graph->trace = graph->csr.group;
    }
    cn__graph_show(graph, layer.directed, layer.options.weighting);
    *out = &graph->shown;
    graph = NULL;

done:
    cn__entries_release(&entries);
    cn_graph_free(graph != NULL ? &graph->shown : NULL);
    return status;
}
