/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making an atlas: the graph of the layer, groups of its vertices, the groups joined to boxes, and sums by box. Invariants: the
 * boxes' inside and the flows between them add up to the graph's weight; every vertex with a link of the layer is counted in one box.
 * Of communities a vertex without links is in none and is counted as alone. Deterministic: ties go to the lower number.
 * Cost: see atlas.h; memory a few numbers a vertex beside the graph.
 */
#include "atlas.h"

#include <math.h>
#include <string.h>

#include "coopnet/ident.h"

#include "error.h"
#include "memory.h"
#include "ranked.h"

#define DISTINCT 0.3 /* least modularity of communities that say something */
enum { FEW_RUNS = 3, ONE_RUN_FROM = 200000, CLASSES = 100 };

/* ---- grouping ---- */

static bool is_firm(const cn_network *net, const cn_graph *graph, uint32_t v) {
    return CN_KIND_BIT(cn_entity_kind_of(net, graph->entity[v])) & CN_K_ACTOR;
}

/* Do the groups hold at least half of the organisations, and are there two of them? */
static bool covers(const cn_network *net, const cn_graph *graph, const cn_groups *groups) {
    uint64_t firms = 0;
    uint64_t held = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        bool firm = is_firm(net, graph, v);
        firms += firm;
        held += firm && groups->of[v] != CN_NONE;
    }
    return groups->count >= 2 && 2 * held >= firms;
}

static cn_status find_communities(const cn_graph *graph, const cn_watch *watch, cn_groups *out, double *quality,
                                  cn_error *err) {
    cn_communities found = {0};
    cn_community_options options = {.runs = graph->n < ONE_RUN_FROM ? FEW_RUNS : 1, .watch = *watch};
    cn_status status = cn_communities_find(graph, &options, &found, err);
    if (status == CN_OK) {
        *quality = found.quality;
        status = cn_groups_from(graph->n, found.of, found.count, out, err);
    }
    cn_communities_release(&found);
    return status;
}

/* Groups of a declared kind; *fit tells whether they do for a map. */
static cn_status try_declared(const cn_network *net, const cn_graph *graph, cn_grouping grouping, cn_groups *out,
                              bool *fit, cn_error *err) {
    cn_groups_release(out);
    cn_status status = cn_groups_make(net, graph, grouping, out, err);
    *fit = status == CN_OK && covers(net, graph, out);
    return status;
}

static cn_status choose_groups(const cn_network *net, cn_draw_collapse collapse, const cn_watch *watch, cn__atlas *a,
                               cn_error *err) {
    bool fit = false;
    cn_groups regions = {0};
    if (collapse == CN_DRAW_REGIONS || collapse == CN_DRAW_CLUSTERS) {
        cn_grouping grouping = collapse == CN_DRAW_REGIONS ? CN_GROUPING_REGION : CN_GROUPING_CLUSTER;
        return try_declared(net, a->graph, grouping, &a->groups, &fit, err);
    }
    cn_status status = CN_OK;
    if (collapse == CN_DRAW_AUTO) {
        status = try_declared(net, a->graph, CN_GROUPING_CLUSTER, &a->groups, &fit, err);
    }
    if (status != CN_OK || fit) {
        return status;
    }
    cn_groups_release(&a->groups);
    status = find_communities(a->graph, watch, &a->groups, &a->quality, err);
    if (status == CN_OK && collapse == CN_DRAW_AUTO && !(a->quality >= DISTINCT)) {
        status = try_declared(net, a->graph, CN_GROUPING_REGION, &regions, &fit, err);
        if (fit) {
            cn_groups_release(&a->groups);
            a->groups = regions;
            regions = (cn_groups){0};
            a->quality = NAN;
        }
    }
    cn_groups_release(&regions);
    return status;
}

static cn_status make_graph(const cn_network *net, uint32_t link_kinds, cn_graph **out, cn_error *err) {
    cn_graph_options options = {.link_kinds = link_kinds, .weighting = CN_WEIGHT_VALUE};
    cn_status status = cn_graph_create(net, &options, out, err);
    if (status == CN_OK && (*out)->links_no_value == (*out)->links_used) { /* nothing to weigh by */
        cn_graph_free(*out);
        *out = NULL;
        options.weighting = CN_WEIGHT_NONE;
        status = cn_graph_create(net, &options, out, err);
    }
    return status;
}

/* ---- boxes ---- */

static double trade_of(const cn_group_sum *sum) { return sum->inside + sum->in + sum->out; }

/* Sets of declared groups: each its own, of which the largest `most` stay. */
static bool keep_largest(const cn_group_flows *flows, uint32_t most, uint32_t *set_of, uint32_t *sets) {
    cn__ranked *list = cn__alloc(flows->count, sizeof *list);
    for (uint32_t g = 0; list && g < flows->count; g++) {
        list[g] = (cn__ranked){trade_of(&flows->sums[g]) + 1e-9 * flows->sums[g].size, g};
        set_of[g] = CN_NONE;
    }
    *sets = flows->count < most ? flows->count : most;
    if (list) {
        cn__ranked_sort(list, flows->count);
        for (uint32_t i = 0; i < *sets; i++) {
            set_of[list[i].index] = i;
        }
    }
    cn__free(list);
    return list != NULL;
}

/* From sets to boxes: the largest trade first. `box` by set. False: memory. */
static bool order_sets(const cn_group_flows *flows, const uint32_t *set_of, uint32_t sets, uint32_t *box) {
    cn__ranked *list = cn__calloc(sets, sizeof *list);
    for (uint32_t i = 0; list && i < sets; i++) {
        list[i].index = i;
    }
    for (uint32_t g = 0; list && g < flows->count; g++) {
        if (set_of[g] != CN_NONE) {
            list[set_of[g]].value += trade_of(&flows->sums[g]);
        }
    }
    if (list) {
        cn__ranked_sort(list, sets);
        for (uint32_t i = 0; i < sets; i++) {
            box[list[i].index] = i;
        }
    }
    cn__free(list);
    return list != NULL;
}

static void begin_box(cn__atlas *a, cn__atlas_kind kind) {
    cn__atlas_box *box = &a->boxes[a->count++];
    *box = (cn__atlas_box){.kind = kind, .group = CN_NONE, .region = "", .product = ""};
    for (size_t i = 0; i < CN__ATLAS_NAMED; i++) {
        box->named[i] = CN_NONE;
    }
}

/* Communities joined to sets that leave room for a box of the rest, if there is one. False: memory. */
static bool join_groups(const cn_group_flows *flows, uint32_t most, uint32_t *set_of, uint32_t *sets) {
    bool rest = false;
    bool ok = cn__atlas_join(flows, most, set_of, sets);
    for (uint32_t g = 0; ok && g < flows->count; g++) {
        rest |= set_of[g] == CN_NONE;
    }
    return ok && (!rest || *sets < most || cn__atlas_join(flows, most - 1, set_of, sets));
}

/* a->box_of and empty boxes. False: memory. */
static bool make_boxes(cn__atlas *a, const cn_group_flows *flows, uint32_t most) {
    uint32_t sets = 0;
    uint32_t count = flows->count;
    a->box_of = cn__alloc((size_t)count + 1, sizeof *a->box_of);
    bool all = count <= most;
    bool ok = a->box_of && (a->groups.grouping == CN_GROUPING_FOUND && !all
                                ? join_groups(flows, most, a->box_of, &sets)
                                : keep_largest(flows, all ? most : most - 1, a->box_of, &sets));
    uint32_t *box = ok ? cn__alloc(sets, sizeof *box) : NULL;
    a->boxes = box ? cn__calloc((size_t)sets + 2, sizeof *a->boxes) : NULL;
    ok = a->boxes && order_sets(flows, a->box_of, sets, box);
    bool rest = false;
    for (uint32_t g = 0; ok && g < count; g++) {
        rest |= a->box_of[g] == CN_NONE;
        a->box_of[g] = a->box_of[g] == CN_NONE ? sets : box[a->box_of[g]];
    }
    for (uint32_t i = 0; ok && i < sets; i++) {
        begin_box(a, CN__ATLAS_GROUP);
    }
    if (ok && rest) {
        begin_box(a, CN__ATLAS_REST);
    }
    bool none = flows->sums[count].size > 0 && a->groups.grouping != CN_GROUPING_FOUND;
    if (ok) {
        a->box_of[count] = none ? a->count : CN_NONE;
    }
    if (ok && none) {
        begin_box(a, CN__ATLAS_NONE);
    }
    cn__free(box);
    return ok;
}

/* ---- sums ---- */

static void add_groups(cn__atlas *a, const cn_group_flows *flows) {
    a->total = flows->total;
    for (uint32_t g = 0; g <= flows->count; g++) {
        if (a->box_of[g] == CN_NONE) {
            continue;
        }
        cn__atlas_box *box = &a->boxes[a->box_of[g]];
        box->inside += flows->sums[g].inside;
        box->groups++;
        if (g < flows->count &&
            (box->group == CN_NONE || trade_of(&flows->sums[g]) > trade_of(&flows->sums[box->group]))) {
            box->group = g;
        }
    }
}

/* Flows between boxes, from those between groups. False: memory. */
static bool add_flows(cn__atlas *a, const cn_group_flows *flows) {
    size_t side = a->count;
    cn__atlas_flow *cells = cn__calloc(side * side, sizeof *cells);
    if (!cells) {
        return false;
    }
    for (size_t i = 0; i < flows->flow_count; i++) {
        const cn_group_flow *flow = &flows->flows[i];
        uint32_t from = a->box_of[flow->from];
        uint32_t to = a->box_of[flow->to];
        if (from == CN_NONE || to == CN_NONE || (!a->graph->directed && flow->from > flow->to)) {
            continue;
        }
        if (from == to) {
            a->boxes[from].inside += flow->value;
            continue;
        }
        if (!a->graph->directed && from > to) {
            uint32_t kept = from;
            from = to;
            to = kept;
        }
        cn__atlas_flow *cell = &cells[from * side + to];
        cell->value += flow->value;
        cell->arcs += flow->arcs;
        a->boxes[from].out += flow->value;
        a->boxes[to].in += flow->value;
        a->between += flow->value;
    }
    for (size_t i = 0; i < side * side; i++) {
        if (cells[i].arcs > 0) {
            cells[a->flow_count] = cells[i];
            cells[a->flow_count].from = (uint32_t)(i / side);
            cells[a->flow_count++].to = (uint32_t)(i % side);
        }
    }
    a->flows = cells;
    return true;
}

uint32_t cn__atlas_box_of(const cn__atlas *a, uint32_t v) {
    uint32_t g = a->groups.of[v];
    return a->box_of[g == CN_NONE ? a->groups.count : g];
}

/* ---- what a box is known by ---- */

static double trade_of_vertex(const cn_graph *graph, uint32_t v) {
    double sum = 0;
    if (!graph->weight) {
        return graph->out_start[v + 1] - graph->out_start[v] +
               (graph->directed ? graph->in_start[v + 1] - graph->in_start[v] : 0);
    }
    for (uint32_t e = graph->out_start[v]; e < graph->out_start[v + 1]; e++) {
        sum += graph->weight[e];
    }
    for (uint32_t e = graph->in_start[v]; graph->directed && e < graph->in_start[v + 1]; e++) {
        sum += graph->weight[graph->in_arc[e]];
    }
    return sum;
}

static bool name_boxes(const cn_network *net, cn__atlas *a) {
    double *most = cn__calloc(a->count, CN__ATLAS_NAMED * sizeof *most);
    for (uint32_t v = 0; most && v < a->graph->n; v++) {
        uint32_t b = cn__atlas_box_of(a, v);
        bool firm = is_firm(net, a->graph, v);
        bool linked =
            a->graph->out_start[v] < a->graph->out_start[v + 1] || a->graph->in_start[v] < a->graph->in_start[v + 1];
        if (b == CN_NONE || !firm || (!linked && a->boxes[b].kind == CN__ATLAS_NONE)) {
            a->alone += firm;
            continue;
        }
        a->firms++;
        a->boxes[b].firms++;
        double trade = trade_of_vertex(a->graph, v);
        double *values = most + (size_t)b * CN__ATLAS_NAMED;
        size_t at = CN__ATLAS_NAMED;
        while (at > 0 && (a->boxes[b].named[at - 1] == CN_NONE || trade > values[at - 1])) {
            at--;
        }
        for (size_t i = CN__ATLAS_NAMED; i-- > at + 1;) {
            values[i] = values[i - 1];
            a->boxes[b].named[i] = a->boxes[b].named[i - 1];
        }
        if (at < CN__ATLAS_NAMED) {
            values[at] = trade;
            a->boxes[b].named[at] = v;
        }
    }
    cn__free(most);
    return most != NULL;
}

static cn_status place_boxes(const cn_network *net, cn__atlas *a, cn_error *err) {
    cn_groups regions = {0};
    cn_status status = cn_groups_make(net, a->graph, CN_GROUPING_REGION, &regions, err);
    uint32_t *firms = status == CN_OK ? cn__calloc((size_t)a->count * regions.count, sizeof *firms) : NULL;
    if (status == CN_OK && !firms) {
        status = CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; firms && v < a->graph->n; v++) {
        uint32_t b = cn__atlas_box_of(a, v);
        if (b != CN_NONE && regions.of[v] != CN_NONE && is_firm(net, a->graph, v)) {
            firms[(size_t)b * regions.count + regions.of[v]]++;
        }
    }
    for (uint32_t b = 0; firms && b < a->count; b++) {
        uint32_t best = 0;
        for (uint32_t r = 0; r < regions.count; r++) {
            best = firms[(size_t)b * regions.count + r] > firms[(size_t)b * regions.count + best] ? r : best;
        }
        if (regions.count > 0 && firms[(size_t)b * regions.count + best] > 0) {
            a->boxes[b].region = regions.list[best].name;
            a->boxes[b].region_share = (double)firms[(size_t)b * regions.count + best] / a->boxes[b].firms;
        }
    }
    cn__free(firms);
    cn_groups_release(&regions);
    return status;
}

/* What the firms of each box sell, by class of OKPD2. */
static bool find_products(const cn_network *net, uint32_t link_kinds, cn__atlas *a) {
    double *sold = cn__calloc(a->count, CLASSES * sizeof *sold);
    cn_link *example = cn__alloc(a->count, CLASSES * sizeof *example);
    uint32_t kinds = link_kinds ? link_kinds : CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE);
    for (cn_link link = 0; sold && example && link < cn_link_count(net); link++) {
        uint32_t v = a->graph->vertex[cn_link_from(net, link)];
        bool counts =
            kinds & CN_KIND_BIT(cn_link_kind_of(net, link)) && cn_link_status_of(net, link) <= CN_STATUS_ACTUAL;
        uint32_t b = counts && v != CN_NONE ? cn__atlas_box_of(a, v) : CN_NONE;
        int class = b != CN_NONE ? cn_okpd2_class(cn_link_product(net, link)) : 0;
        double value = class ? a->graph->weight ? cn_link_value(net, link) : 1 : 0;
        if (value > 0) {
            size_t cell = (size_t)b * CLASSES + (size_t) class;
            example[cell] = sold[cell] > 0 ? example[cell] : link;
            sold[cell] += value;
        }
    }
    for (uint32_t b = 0; sold && example && b < a->count; b++) {
        double all = 0;
        size_t best = (size_t)b * CLASSES;
        for (size_t c = (size_t)b * CLASSES; c < ((size_t)b + 1) * CLASSES; c++) {
            all += sold[c];
            best = sold[c] > sold[best] ? c : best;
        }
        if (all > 0) {
            a->boxes[b].product = cn_link_product(net, example[best]);
            a->boxes[b].product_share = sold[best] / all;
        }
    }
    bool ok = sold && example;
    cn__free(sold);
    cn__free(example);
    return ok;
}

/* ---- the whole ---- */

cn_status cn__atlas_make(const cn_network *net, uint32_t link_kinds, cn_draw_collapse collapse, uint32_t most,
                         const cn_watch *watch, cn__atlas *out, cn_error *err) {
    cn_group_flows flows = {0};
    *out = (cn__atlas){.quality = NAN};
    cn_status status = make_graph(net, link_kinds, &out->graph, err);
    status = status ? status : choose_groups(net, collapse, watch, out, err);
    status = status ? status : cn_group_flows_compute(out->graph, &out->groups, &flows, err);
    if (status == CN_OK && !make_boxes(out, &flows, most < 2 ? 2 : most)) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        add_groups(out, &flows);
        bool ok = add_flows(out, &flows) && name_boxes(net, out) && find_products(net, link_kinds, out);
        status = ok ? place_boxes(net, out, err) : CN__NO_MEMORY(err);
    }
    cn_group_flows_release(&flows);
    if (status != CN_OK) {
        cn__atlas_release(out);
    }
    return status;
}

void cn__atlas_release(cn__atlas *atlas) {
    cn_graph_free(atlas->graph);
    cn_groups_release(&atlas->groups);
    cn__free(atlas->box_of);
    cn__free(atlas->boxes);
    cn__free(atlas->flows);
    *atlas = (cn__atlas){0};
}
