/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is hit by a shock: from left to right by the step in which a firm first loses something, so that the wave is read
 * like a text. Shown are the firms that lose most, what set their loss (the binding causes of cn_cascade_explain), and
 * pale at the right the nearest neighbours that came through. A line runs to whom the loss goes: solid along a supply
 * that does not come, dashed from a customer to the supplier whose orders it takes with it.
 * Cost: O(E) for each firm shown, and O(V log V + E).
 */
#include "whatif.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "mark.h"
#include "number.h"

#define MAX_HIT 40
#define MAX_UNHURT 6
#define ROOMY_NODES 24

/* ---- who is shown ---- */

typedef struct ranked {
    double score;
    const char *id;
    uint32_t firm;
} ranked;

static int best_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return strcmp(x->id, y->id);
}

static bool is_hit(const cn__whatif_build *b, uint32_t firm) {
    return cn__whatif_loss(b, firm) >= CN__WHATIF_NOTICED || cn__whatif_capacity(b, firm) < 1 - CN__WHATIF_NOTICED;
}

static const char *id_of(const cn__whatif_build *b, uint32_t firm) {
    return cn_entity_id(b->w.net, cn_flows_entity(b->w.flows, firm));
}

/* Those that the shock names come first, then by money lost, then by share. */
static bool choose_firms(cn__whatif_build *b) {
    uint32_t count = cn_flows_firm_count(b->w.flows);
    ranked *list = cn__alloc(count, sizeof *list);
    b->shown = cn__alloc(MAX_HIT, sizeof *b->shown);
    size_t hit = 0;
    if (!list || !b->shown) {
        cn__free(list);
        return false;
    }
    for (uint32_t firm = 0; firm < count; firm++) {
        if (is_hit(b, firm)) {
            double named = cn__whatif_capacity(b, firm) < 1 - CN__WHATIF_NOTICED ? 1e18 : 0;
            double score = cn__whatif_loss(b, firm) * (1 + cn__whatif_output(b->w.flows, firm));
            list[hit++] = (ranked){named + score, id_of(b, firm), firm};
        }
    }
    qsort(list, hit, sizeof *list, best_first);
    for (size_t i = 0; i < hit && i < MAX_HIT; i++) {
        b->shown[b->shown_count++] = list[i].firm;
    }
    b->w.left_out.hit = hit - b->shown_count;
    cn__free(list);
    return true;
}

/* ---- columns ---- */

static uint32_t round_of(const cn__whatif_build *b, uint32_t firm) {
    uint32_t round = b->w.cascade->first_round[firm];
    return cn__whatif_capacity(b, firm) < 1 - CN__WHATIF_NOTICED || round == CN_NONE ? 0 : round;
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The start is a column of its own; the steps that occur share the others, each the same number of steps. */
static void choose_columns(cn__whatif_build *b) {
    uint32_t rounds[MAX_HIT + 1] = {0};
    uint32_t count = 1;
    for (uint32_t i = 0; i < b->shown_count; i++) {
        rounds[count++] = round_of(b, b->shown[i]);
    }
    qsort(rounds, count, sizeof *rounds, ascending);
    uint32_t distinct = 1;
    for (uint32_t i = 1; i < count; i++) {
        if (rounds[i] != rounds[distinct - 1]) {
            rounds[distinct++] = rounds[i];
        }
    }
    uint32_t each =
        (distinct - 1 + CN__WHATIF_COLUMNS - 2) / (CN__WHATIF_COLUMNS - 1); /* 0 when only the start occurs */
    b->columns = 1;
    for (uint32_t i = 1; i < distinct; i += each) {
        b->round[b->columns++] = rounds[i];
    }
    b->round[b->columns] = rounds[distinct - 1] + 1;
}

static uint32_t column_of(const cn__whatif_build *b, uint32_t round) {
    uint32_t column = 0;
    while (column + 1 < b->columns && round >= b->round[column + 1]) {
        column++;
    }
    return column;
}

/* Last round that occurs in a column: the heading tells no range wider than that. */
static uint32_t last_round(const cn__whatif_build *b, uint32_t column) {
    uint32_t last = b->round[column];
    for (uint32_t i = 0; i < b->shown_count; i++) {
        uint32_t round = round_of(b, b->shown[i]);
        last = column_of(b, round) == column && round > last ? round : last;
    }
    return last;
}

static void add_columns(cn__whatif_build *b) {
    for (uint32_t i = 0; i < b->columns; i++) {
        cn__scene_column *column = cn__scene_add_column(b->w.scene);
        if (column) {
            cn__whatif_heading(&b->w, column, b->round[i], last_round(b, i));
        }
    }
}

/* ---- boxes ---- */

static uint32_t add_box(cn__whatif_build *b, uint32_t firm, bool bold, const char *small) {
    cn_entity entity = cn_flows_entity(b->w.flows, firm);
    bool any_cluster = cn_entity_count_of(b->w.net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn_flows_foreign(b->w.flows, firm)
                               ? CN__NODE_FOREIGN
                               : cn__node_style_of(b->w.net, entity, b->members[entity], any_cluster);
    b->node[firm] = cn__view_add_node(b->w.scene, b->w.net, entity, style, bold, small);
    return b->node[firm];
}

static void add_hit_boxes(cn__whatif_build *b) {
    for (uint32_t i = 0; i < b->shown_count; i++) {
        uint32_t firm = b->shown[i];
        bool named = cn__whatif_capacity(b, firm) < 1 - CN__WHATIF_NOTICED;
        cn_buf small = {0};
        cn__whatif_loss_line(&b->w, firm, &small);
        uint32_t node = add_box(b, firm, named, small.data ? small.data : "");
        if (node != CN_NONE) {
            cn__mark_bar(b->w.scene, node, cn__whatif_loss(b, firm));
            cn__mark_node(b->w.scene, node, named ? CN__MARK_START : 0u);
            cn__whatif_describe(&b->w, firm, node);
            b->w.scene->nodes[node].column = column_of(b, round_of(b, firm));
        }
        b->w.scene->failed |= small.failed;
        cn_buf_release(&small);
    }
}

/* ---- neighbours that came through ---- */

/* One line for a pair, whatever the products. */
static void add_pale_line(cn__whatif_build *b, const cn_flow *flow, size_t index) {
    size_t count = 0;
    for (size_t i = b->wave_count; i < b->w.scene->link_count; i++) {
        const cn__scene_link *other = &b->w.scene->links[i];
        if (other->from == b->node[flow->from] && other->to == b->node[flow->to]) {
            return;
        }
    }
    const cn_link *links = cn_flows_links(b->w.flows, (uint32_t)index, &count);
    cn__line line = {cn_flows_entity(b->w.flows, flow->from),
                     cn_flows_entity(b->w.flows, flow->to),
                     CN__LINK_PALE,
                     false,
                     links,
                     count,
                     flow->value};
    cn__scene_link *link = cn__view_add_line(b->w.scene, b->w.net, &line);
    if (link) {
        cn__whatif_place(b, link, b->node[flow->from], b->node[flow->to]);
        link->weight = 1;
    }
}

static bool is_shown(const cn__whatif_build *b, uint32_t firm) { return b->node[firm] != CN_NONE; }

/* Trade of every firm that is not hit with those shown. */
static size_t rank_unhurt(const cn__whatif_build *b, double *trade, ranked *list) {
    size_t count = 0;
    const cn_flow *flows = cn_flows_all(b->w.flows, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_shown(b, flows[i].from) != is_shown(b, flows[i].to)) {
            trade[is_shown(b, flows[i].from) ? flows[i].to : flows[i].from] += flows[i].value;
        }
    }
    size_t near = 0;
    for (uint32_t firm = 0; firm < cn_flows_firm_count(b->w.flows); firm++) {
        if (trade[firm] > 0 && !is_hit(b, firm)) {
            list[near++] = (ranked){trade[firm], id_of(b, firm), firm};
        }
    }
    qsort(list, near, sizeof *list, best_first);
    return near;
}

static bool add_unhurt(cn__whatif_build *b) {
    uint32_t firms = cn_flows_firm_count(b->w.flows);
    double *trade = cn__calloc(firms, sizeof *trade);
    ranked *list = cn__alloc(firms, sizeof *list);
    bool ok = trade && list;
    size_t near = ok ? rank_unhurt(b, trade, list) : 0;
    size_t first = b->w.scene->node_count;
    cn__scene_column *column = near > 0 ? cn__scene_add_column(b->w.scene) : NULL;
    if (column) {
        cn__whatif_heading(&b->w, column, CN_NONE, CN_NONE);
    }
    for (size_t i = 0; i < near && i < MAX_UNHURT; i++) {
        uint32_t node = add_box(b, list[i].firm, false, "");
        if (node != CN_NONE) {
            b->w.scene->nodes[node].pale = true;
            b->w.scene->nodes[node].column = b->columns;
        }
    }
    b->w.left_out.unhurt = near > MAX_UNHURT ? near - MAX_UNHURT : 0;
    size_t count = 0;
    const cn_flow *flows = cn_flows_all(b->w.flows, &count);
    for (size_t i = 0; near > 0 && i < count && !b->w.scene->failed; i++) {
        uint32_t from = b->node[flows[i].from];
        uint32_t to = b->node[flows[i].to];
        if (from != CN_NONE && to != CN_NONE && (from >= first) != (to >= first)) {
            add_pale_line(b, &flows[i], i);
        }
    }
    cn__free(trade);
    cn__free(list);
    return ok;
}

/* ---- the whole ---- */

static cn_status fill(cn__whatif_build *b, cn_error *err) {
    cn__scene *scene = b->w.scene;
    uint32_t firms = cn_flows_firm_count(b->w.flows);
    b->outside = CN_NONE;
    b->node = cn__alloc(firms, sizeof *b->node);
    b->members = cn__view_cluster_members(b->w.net);
    if (!b->node || !b->members || !choose_firms(b)) {
        return CN__NO_MEMORY(err);
    }
    memset(b->node, 0xFF, firms * sizeof *b->node);
    choose_columns(b);
    add_columns(b);
    add_hit_boxes(b);
    cn_status status = scene->failed ? CN__NO_MEMORY(err) : CN_OK;
    for (uint32_t i = 0; i < b->shown_count && status == CN_OK; i++) {
        status = cn__whatif_add_causes(b, b->shown[i], err);
    }
    if (status != CN_OK) {
        return status;
    }
    cn__whatif_add_lines(b);
    if (scene->failed || !add_unhurt(b)) {
        return CN__NO_MEMORY(err);
    }
    scene->ordered_columns = true;
    scene->value_style = CN__LINK_SHORTAGE;
    scene->value_text = CN__TEXT_LEGEND_LOST;
    scene->rank_gap = scene->node_count > ROOMY_NODES ? 14 : 26;
    scene->node_gap = scene->node_count > ROOMY_NODES ? 6 : 11;
    cn__whatif_finish(&b->w);
    return CN_OK;
}

cn_status cn__view_whatif(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    cn__whatif_build b = {.w = {.net = net, .options = options, .scene = scene}};
    b.w.flows = options->flows;
    b.w.shock = options->shock;
    b.w.cascade = options->cascade;
    if (!b.w.flows || !b.w.shock || !b.w.cascade || cn_flows_network(b.w.flows) != net ||
        b.w.cascade->firm_count != cn_flows_firm_count(b.w.flows)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_RESULT);
    }
    if (options->cascade_options) {
        b.w.settings = *options->cascade_options;
    }
    cn_status status = fill(&b, err);
    cn__free(b.node);
    cn__free(b.shown);
    cn__free(b.members);
    cn__free(b.waves);
    cn__free(b.links);
    return status;
}
