/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overview of a large network: a map of its groups. One box a group, named by the organisation of the largest trade (found
 * communities) or by itself (clusters, regions), with what it sells most, where most of it is, how many organisations it has and what is
 * traded inside; larger boxes hold more organisations. Lines are the flows between groups: those that tie all boxes together (a maximal
 * spanning forest) and the strongest others. What is left out is told with its share. Invariant: boxes in the order of the atlas, lines by
 * (from, to). Cost: that of cn__atlas_make.
 */
#include "view_atlas.h"

#include <math.h>
#include <string.h>

#include "coopnet/backbone.h"

#include "atlas_words.h"
#include "error.h"
#include "number.h"
#include "ranked.h"

#define LINES_A_BOX 1.4
#define GROWTH 0.45 /* how much larger than its words the box of most organisations is, in both directions */
enum { MOST_BOXES = 28, FEW_LINES = 12 };

bool cn__view_wants_atlas(const cn_network *net, const cn_draw_options *options) {
    uint32_t limit = options->limit ? options->limit : CN_DRAW_LIMIT;
    uint32_t boxes =
        cn_entity_count(net) - cn_entity_count_of(net, CN_ENTITY_PRODUCT) - cn_entity_count_of(net, CN_ENTITY_CLUSTER);
    if (options->collapse != CN_DRAW_AUTO) {
        return true;
    }
    return boxes > limit && !options->full && !options->top;
}

/* Are the lines supplies and services? */
static bool is_trade(const cn__atlas_view *v) {
    uint32_t kinds = v->options->link_kinds ? v->options->link_kinds : cn_graph_default_layer(v->net);
    return kinds & (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE)) &&
           (cn_link_count_of(v->net, CN_LINK_SUPPLY) || cn_link_count_of(v->net, CN_LINK_SERVICE));
}

static cn__node_style style_of(const cn__atlas_view *v, const cn__atlas_box *box) {
    if (box->kind != CN__ATLAS_GROUP) {
        return box->kind == CN__ATLAS_REST ? CN__NODE_MORE : CN__NODE_REST;
    }
    switch (v->atlas.groups.grouping) {
    case CN_GROUPING_CLUSTER:
        return cn__node_style_of(v->net, v->atlas.groups.list[box->group].cluster, false, true);
    case CN_GROUPING_REGION:
        return CN__NODE_REGION;
    default:
        return CN__NODE_FOUND;
    }
}

/* ---- boxes ---- */

static void fit_box(cn__atlas_view *v, uint32_t index, const char *name) {
    const cn__atlas_box *box = &v->atlas.boxes[index];
    cn_lang lang = v->scene->lang;
    cn_buf trade = {0}, place = {0}, firms = {0}, amount = {0}, inside = {0};
    if (box->kind == CN__ATLAS_GROUP) {
        cn__atlas_add_trade(v, box, &trade);
        cn__atlas_add_place(v, box, &place);
    }
    bool around = box->kind == CN__ATLAS_GROUP && v->atlas.groups.grouping == CN_GROUPING_FOUND && box->firms > 1;
    cn__atlas_add_count(v, around ? CN__TEXT_ATLAS_AND : CN__TEXT_ATLAS_FIRMS, box->firms - around, &firms);
    if (box->inside > 0) {
        cn__atlas_add_amount(v, box->inside, &amount);
        cn__draw_text_1(&inside, CN__TEXT_GROUP_INSIDE, lang, amount.data ? amount.data : "");
    }
    const char *small[] = {firms.data ? firms.data : "", trade.len ? trade.data : "", place.len ? place.data : "",
                           inside.data ? inside.data : ""};
    cn__scene_fit_lines(v->scene, index, name, small, 4);
    cn__scene_node *node = &v->scene->nodes[index];
    double growth = 1 + GROWTH * sqrt((double)box->firms / v->most_firms);
    node->width = ceil(node->width * growth);
    node->height = ceil(node->height * growth);
    v->scene->failed |= trade.failed || place.failed || firms.failed || amount.failed || inside.failed;
    cn_buf_release(&trade);
    cn_buf_release(&place);
    cn_buf_release(&firms);
    cn_buf_release(&amount);
    cn_buf_release(&inside);
}

static void add_box(cn__atlas_view *v, uint32_t index) {
    cn__scene *scene = v->scene;
    cn_buf id = {0}, name = {0}, desc = {0};
    cn_buf_add_text(&id, "box-");
    cn__format_u64(&id, index + UINT64_C(1));
    cn__atlas_add_name(v, index, &name);
    cn__atlas_describe(v, &v->atlas.boxes[index], &desc);
    if (cn__scene_add_node(scene)) {
        uint32_t kept_id = cn__scene_keep_buf(scene, &id, false);
        uint32_t title = cn__scene_keep(scene, name.data ? name.data : "", false);
        uint32_t kept_desc = cn__scene_keep_buf(scene, &desc, true);
        cn__scene_node *node = &scene->nodes[index];
        node->entity = CN_NONE;
        node->style = style_of(v, &v->atlas.boxes[index]);
        node->bold = v->atlas.boxes[index].kind == CN__ATLAS_GROUP;
        node->keep = true;
        node->id = kept_id;
        node->title = title;
        node->desc = kept_desc;
        fit_box(v, index, name.data ? name.data : "");
    }
    scene->failed |= name.failed;
    cn_buf_release(&id);
    cn_buf_release(&name);
    cn_buf_release(&desc);
}

/* ---- flows ---- */

static void show_flow(cn__atlas_view *v, uint32_t flow) {
    if (!v->shown[flow]) {
        v->shown[flow] = 1;
        v->shown_count++;
        v->shown_value += v->atlas.flows[flow].value;
    }
}

/* The flows that stand out of what their boxes trade, at the level asked for. */
static cn_status show_backbone(cn__atlas_view *v, cn_error *err) {
    size_t count = v->atlas.flow_count;
    uint32_t *ends = cn__alloc(count, 2 * sizeof *ends);
    double *values = cn__alloc(count, sizeof *values);
    double *level = cn__alloc(count, sizeof *level);
    cn_graph *graph = NULL;
    cn_status status = ends && values && level ? CN_OK : CN__NO_MEMORY(err);
    for (size_t i = 0; status == CN_OK && i < count; i++) { /* already in the order of arcs */
        ends[i] = v->atlas.flows[i].from;
        ends[count + i] = v->atlas.flows[i].to;
        values[i] = v->atlas.flows[i].value;
    }
    status = status ? status : cn_graph_from_arcs(v->atlas.count, count, ends, ends + count, values, true, &graph, err);
    status = status ? status : cn_backbone_compute(graph, level, err);
    for (uint32_t i = 0; status == CN_OK && i < count; i++) {
        if (level[i] < v->options->backbone) {
            show_flow(v, i);
        }
    }
    cn_graph_free(graph);
    cn__free(ends);
    cn__free(values);
    cn__free(level);
    return status;
}

static cn_status choose_flows(cn__atlas_view *v, cn_error *err) {
    size_t count = v->atlas.flow_count;
    size_t most = (size_t)fmax(ceil(LINES_A_BOX * v->atlas.count), FEW_LINES);
    v->shown = cn__calloc(count, 1);
    cn__ranked *list = cn__alloc(count, sizeof *list);
    uint32_t *parent = cn__alloc(v->atlas.count, sizeof *parent);
    cn_status status = v->shown && list && parent ? CN_OK : CN__NO_MEMORY(err);
    if (status == CN_OK && v->options->backbone > 0) {
        status = show_backbone(v, err);
        goto done;
    }
    for (uint32_t i = 0; status == CN_OK && i < count; i++) {
        list[i] = (cn__ranked){v->atlas.flows[i].value, i};
    }
    for (uint32_t i = 0; status == CN_OK && i < v->atlas.count; i++) {
        parent[i] = i;
    }
    if (status == CN_OK) {
        cn__ranked_sort(list, count);
    }
    for (size_t i = 0; status == CN_OK && i < count; i++) {
        uint32_t a = cn__root_of(parent, v->atlas.flows[list[i].index].from);
        uint32_t b = cn__root_of(parent, v->atlas.flows[list[i].index].to);
        if (a != b) {
            parent[a] = b;
            show_flow(v, list[i].index);
        }
    }
    for (size_t i = 0; status == CN_OK && i < count && v->shown_count < most; i++) {
        show_flow(v, list[i].index);
    }
done:
    cn__free(list);
    cn__free(parent);
    return status;
}

static void add_flow(cn__atlas_view *v, const cn__atlas_flow *flow) {
    cn__scene *scene = v->scene;
    cn_buf id = {0}, title = {0}, amount = {0}, desc = {0};
    uint32_t index = (uint32_t)scene->link_count;
    bool plain = !v->atlas.graph->directed;
    cn__atlas_add_amount(v, flow->value, &amount);
    cn__format_u64(&id, flow->from + UINT64_C(1));
    cn_buf_add_text(&id, "-");
    cn__format_u64(&id, flow->to + UINT64_C(1));
    cn_buf_add_text(&id, "-flow");
    cn_buf_add_text(&title, cn__scene_text(scene, scene->nodes[flow->from].title));
    cn_buf_add_text(&title, plain ? " — " : " → ");
    cn_buf_add_text(&title, cn__scene_text(scene, scene->nodes[flow->to].title));
    cn_buf_add_text(&desc, amount.data ? amount.data : "");
    if (cn__atlas_weighted(v)) {
        cn_buf_add_text(&desc, "\n");
        cn__atlas_add_count(v, CN__TEXT_GROUP_ARCS, flow->arcs, &desc);
    }
    uint32_t kept_id = cn__scene_keep_buf(scene, &id, false);
    uint32_t kept_title = cn__scene_keep_buf(scene, &title, false);
    uint32_t kept_desc = cn__scene_keep_buf(scene, &desc, true);
    cn__scene_link *link = cn__scene_add_link(scene);
    if (link) {
        link->style = is_trade(v) ? CN__LINK_STREAM : CN__LINK_TIE;
        link->kind = CN_LINK_SUPPLY;
        link->from = flow->from;
        link->to = flow->to;
        link->plain = plain;
        link->value = flow->value;
        link->width = cn__scene_value_width(scene, flow->value);
        link->id = kept_id;
        link->title = kept_title;
        link->desc = kept_desc;
        const char *texts[CN__LABEL_LINES] = {amount.data ? amount.data : "", "", ""};
        cn__scene_set_label(scene, index, texts);
    }
    scene->failed |= amount.failed;
    cn_buf_release(&amount);
}

static void add_flows(cn__atlas_view *v) {
    double largest = 0;
    for (size_t i = 0; i < v->atlas.flow_count; i++) {
        largest = v->shown[i] ? fmax(largest, v->atlas.flows[i].value) : largest;
    }
    v->scene->value_max = largest;
    v->scene->value_span = cn__atlas_weighted(v) ? 5.4 : 2;
    v->scene->value_linear = true;
    for (size_t i = 0; i < v->atlas.flow_count && !v->scene->failed; i++) {
        if (v->shown[i]) {
            add_flow(v, &v->atlas.flows[i]);
        }
    }
    if (!cn__atlas_weighted(v)) {
        v->scene->value_max = 0; /* the legend speaks of money */
    }
}

/* ---- the words round it ---- */

/* "Shown are 44 of 650 flows, …" and how the groups came about. */
static void add_notes(const cn__atlas_view *v, cn_buf *out) {
    cn_lang lang = v->scene->lang;
    cn_buf a = {0}, b = {0}, share = {0};
    bool found = v->atlas.groups.grouping == CN_GROUPING_FOUND;
    uint32_t groups = 0;
    for (uint32_t i = 0; i < v->atlas.count; i++) {
        groups += v->atlas.boxes[i].kind == CN__ATLAS_GROUP;
    }
    if (found && v->atlas.groups.count > groups) {
        cn__atlas_add_count(v, CN__TEXT_ATLAS_JOINED, v->atlas.groups.count, out);
    }
    if (v->shown_count < v->atlas.flow_count) {
        cn_format_number(&a, lang, (double)v->shown_count, 0);
        cn_format_number(&b, lang, (double)v->atlas.flow_count, 0);
        cn__atlas_add_percent(lang, v->atlas.between > 0 ? v->shown_value / v->atlas.between : 0, &share);
        const char *args[] = {a.data ? a.data : "", b.data ? b.data : "", share.data ? share.data : ""};
        cn_buf_add_text(out, out->len ? " " : "");
        cn_text_format(out, lang,
                       cn__draw_text(cn__atlas_weighted(v) ? CN__TEXT_ATLAS_FLOWS : CN__TEXT_ATLAS_TIES, lang), 3,
                       args);
    }
    out->failed |= a.failed || b.failed || share.failed;
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_buf_release(&share);
}

static void tell(const cn__atlas_view *v) {
    cn_buf firms = {0}, boxes = {0};
    cn__format_u64(&firms, v->atlas.firms);
    cn__format_u64(&boxes, v->atlas.count);
    const char *args[] = {firms.data ? firms.data : "", boxes.data ? boxes.data : ""};
    if (v->options->told && v->options->collapse == CN_DRAW_AUTO) {
        cn_diags_add(v->options->told, CN_MSG_DRAW_COLLAPSED, "", 0, 0, 2, args);
    }
    cn_buf_release(&firms);
    cn_buf_release(&boxes);
}

static void finish(cn__atlas_view *v) {
    static const cn__draw_text_id kinds[] = {CN__TEXT_ATLAS_CLUSTERS, CN__TEXT_ATLAS_REGIONS, CN__TEXT_ATLAS_FOUND,
                                             CN__TEXT_ATLAS_FOUND};
    cn_lang lang = v->scene->lang;
    cn_buf size = {0}, firms = {0}, percent = {0}, kept = {0}, notes = {0};
    cn_buf boxes = {0};
    double inside = 0;
    for (uint32_t i = 0; i < v->atlas.count; i++) {
        inside += v->atlas.boxes[i].inside;
    }
    cn_format_number(&firms, lang, v->atlas.firms, 0);
    cn__format_u64(&boxes, v->atlas.count);
    cn__draw_text_2(&size, CN__TEXT_ATLAS_SIZE, lang, firms.data ? firms.data : "", boxes.data ? boxes.data : "");
    if (v->atlas.total > 0) {
        bool undirected = !v->atlas.graph->directed;
        cn__atlas_add_percent(lang, inside / (inside + v->atlas.between), &percent);
        cn__draw_text_1(&kept, undirected ? CN__TEXT_SUB_LINKS : CN__TEXT_SUB_FLOWS, lang,
                        percent.data ? percent.data : "");
    }
    add_notes(v, &notes);
    const char *parts[] = {cn__draw_text(kinds[v->atlas.groups.grouping], lang), size.data ? size.data : "",
                           kept.data ? kept.data : ""};
    cn__left_out left_out = {.alone_firms = v->atlas.alone};
    v->scene->reduced_words = cn__scene_keep_buf(v->scene, &notes, false);
    v->scene->engine = CN_ENGINE_MAP;
    v->scene->value_style = CN__LINK_STREAM;
    v->scene->rank_gap = 34;
    v->scene->node_gap = 12;
    v->scene->reduced = true;
    cn__view_finish(v->scene, v->net, v->options, NULL, parts, 3, &left_out);
    v->scene->failed |= size.failed || firms.failed || percent.failed || kept.failed || boxes.failed;
    cn_buf_release(&size);
    cn_buf_release(&firms);
    cn_buf_release(&boxes);
    cn_buf_release(&percent);
    cn_buf_release(&kept);
    tell(v);
}

cn_status cn__view_atlas(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    cn__atlas_view v = {.net = net, .options = options, .scene = scene};
    uint32_t most = options->limit && options->limit < MOST_BOXES ? options->limit : MOST_BOXES;
    cn_status status =
        cn__atlas_make(net, options->link_kinds, options->collapse, most, &options->watch, &v.atlas, err);
    status = status ? status : choose_flows(&v, err);
    if (status == CN_OK) {
        for (uint32_t i = 0; i < v.atlas.count; i++) {
            v.most_firms = v.atlas.boxes[i].firms > v.most_firms ? v.atlas.boxes[i].firms : v.most_firms;
        }
        v.most_firms += v.most_firms == 0;
        for (uint32_t i = 0; i < v.atlas.count && !scene->failed; i++) {
            add_box(&v, i);
        }
        if (!scene->failed) {
            add_flows(&v);
        }
        if (!scene->failed) {
            finish(&v);
        }
    }
    cn__atlas_release(&v.atlas);
    cn__free(v.shown);
    return status != CN_OK ? status : scene->failed ? CN__NO_MEMORY(err) : CN_OK;
}
