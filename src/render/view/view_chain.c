/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The supply chain of one organisation: one column a tier, goods flow from left to right, widths by value, product and
 * money on the lines. A tier is the least number of steps, so a line goes to the next column (the normal case), stays
 * inside a column, or runs back; each has its own style, and companies on a cycle carry the number of their cycle.
 * Suppliers that the organisation cannot do without are marked. Cost: that of cn_tiers_compute and of the marks, and
 * O(log degree) an arc.
 */
#include "mark_criticality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "number.h"

#define ROOMY_NODES 24
#define LONG_COLUMN 24 /* boxes; above, labels take one line */
#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

typedef struct chain {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_graph *graph;
    cn_tiers tiers;
    uint32_t *row; /* by vertex: its row, or CN_NONE */
    uint8_t *members;
    bool marked; /* suppliers are shown, so that their marks are */
    cn__criticality criticality;
    cn__left_out left_out;
} chain;

/* ---- the organisation ---- */

static cn_status choose_subject(const chain *c, cn_entity *subject, cn__draw_text_id *remark, cn_error *err) {
    *remark = CN__TEXT_COUNT;
    *subject = c->options->subject;
    if (c->options->subject_given) {
        return CN_OK;
    }
    *subject = cn__subject_buyer(c->net, c->graph, remark);
    return *subject != CN_NONE ? CN_OK : CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_SUBJECT);
}

/* ---- columns ---- */

static uint32_t column_of(const chain *c, int32_t tier) { return (uint32_t)((int32_t)c->tiers.depth_up - tier); }

static void add_heading_line(chain *c, cn__scene_column *column, const char *text) {
    if (text[0]) {
        column->lines[column->line_count++] = cn__scene_keep(c->scene, text, false);
    }
}

static cn__draw_text_id self_words(cn_stream stream) {
    return stream == CN_UPSTREAM     ? CN__TEXT_TIER_SELF_BUYER
           : stream == CN_DOWNSTREAM ? CN__TEXT_TIER_SELF_SUPPLIER
                                     : CN__TEXT_TIER_SELF;
}

static void add_columns(chain *c) {
    cn_lang lang = c->scene->lang;
    int32_t last = 0; /* not depth_down: who is reached both ways stands upstream */
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        last = c->tiers.rows[i].tier < last ? c->tiers.rows[i].tier : last;
    }
    for (int32_t tier = (int32_t)c->tiers.depth_up; tier >= last; tier--) {
        cn__scene_column *column = cn__scene_add_column(c->scene);
        if (!column) {
            return;
        }
        if (tier == 0) {
            add_heading_line(c, column, cn__draw_text(self_words(c->options->stream), lang));
            continue;
        }
        cn_buf number = {0};
        cn_buf text = {0};
        cn__format_i64(&number, tier);
        if (tier < 0) { /* a real minus sign */
            cn__draw_text_1(&text, CN__TEXT_TIER_UP, lang, number.data ? "−" : "");
            cn_buf_add_text(&text, number.data ? number.data + 1 : "");
        } else {
            cn__draw_text_1(&text, CN__TEXT_TIER_UP, lang, number.data ? number.data : "");
        }
        add_heading_line(c, column, text.data ? text.data : "");
        static const cn__draw_text_id words[] = {CN__TEXT_TIER_DOWN_2, CN__TEXT_TIER_DOWN_1, CN__TEXT_COUNT,
                                                 CN__TEXT_TIER_UP_1, CN__TEXT_TIER_UP_2};
        if (tier >= -2 && tier <= 2) {
            add_heading_line(c, column, cn__draw_text(words[tier + 2], lang));
        }
        c->scene->failed |= number.failed || text.failed;
        cn_buf_release(&number);
        cn_buf_release(&text);
    }
}

static void add_boxes(chain *c, cn_entity subject) {
    bool any_cluster = cn_entity_count_of(c->net, CN_ENTITY_CLUSTER) > 0;
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        const cn_tier_row *row = &c->tiers.rows[i];
        cn_entity entity = c->graph->entity[row->vertex];
        cn__node_style style = cn__node_style_of(c->net, entity, c->members[entity], any_cluster);
        bool supplier = c->marked && row->tier > 0;
        style = supplier ? cn__criticality_style(&c->criticality, entity, style) : style;
        cn_buf small = {0};
        if (entity == subject || style != CN__NODE_ANCHOR) {
            cn__view_small_line(c->net, entity, c->scene->lang, &small);
        }
        uint32_t index =
            cn__view_add_node(c->scene, c->net, entity, style, entity == subject, small.data ? small.data : "");
        if (index != CN_NONE) {
            c->scene->nodes[index].column = column_of(c, row->tier);
            c->scene->nodes[index].cycle = row->cycle;
            c->scene->nodes[index].keep = entity == subject;
            c->scene->nodes[index].fold_word = row->tier > 0 ? CN__FOLD_SUPPLIERS : CN__FOLD_CUSTOMERS;
            if (supplier) {
                cn__criticality_mark_node(&c->criticality, c->scene, index);
            }
        }
        c->row[row->vertex] = index;
        c->scene->failed |= small.failed;
        cn_buf_release(&small);
    }
}

/* ---- lines ---- */

/* The links of one kind behind an arc, moved to the front of `kept`. */
static size_t links_of_kind(const chain *c, uint32_t arc, cn_link_kind kind, cn_link *kept) {
    size_t all = 0;
    size_t count = 0;
    const cn_link *links = cn_graph_arc_links(c->graph, arc, &all);
    for (size_t i = 0; i < all; i++) {
        if (cn_link_kind_of(c->net, links[i]) == kind) {
            kept[count++] = links[i];
        }
    }
    return count;
}

static void add_line(chain *c, uint32_t from, uint32_t to, const cn_link *links, size_t count) {
    bool any = false;
    uint32_t from_column = c->scene->nodes[c->row[from]].column;
    uint32_t to_column = c->scene->nodes[c->row[to]].column;
    cn__line line = {c->graph->entity[from],
                     c->graph->entity[to],
                     (cn__link_style)cn_link_kind_of(c->net, links[0]),
                     false,
                     links,
                     count,
                     0};
    line.value = cn__view_sum(c->net, links, count, &any);
    if (to_column < from_column) {
        line.style = CN__LINK_BACK;
    } else if (to_column == from_column && line.style == CN__LINK_SUPPLY) {
        line.style = CN__LINK_INSIDE;
    }
    uint32_t index = (uint32_t)c->scene->link_count;
    cn__scene_link *link = cn__view_add_line(c->scene, c->net, &line);
    if (!link) {
        return;
    }
    link->from = c->row[from];
    link->to = c->row[to];
    link->width = cn__scene_value_width(c->scene, line.value);
    link->inside = to_column == from_column;
    link->turned = to_column < from_column;
    link->weight = link->inside ? 0 : link->turned ? 1 : 4;
    if (!link->inside) {
        cn__view_label_line(c->scene, c->net, index, &line, "");
        if (c->marked) {
            cn__criticality_mark_line(&c->criticality, c->scene, index, &line);
        }
    } else {
        c->left_out.labels = true;
    }
}

static void add_lines(chain *c, cn_link *kept) {
    for (size_t i = 0; i < c->tiers.row_count; i++) {
        uint32_t from = c->tiers.rows[i].vertex;
        for (uint32_t arc = c->graph->out_start[from]; arc < c->graph->out_start[from + 1]; arc++) {
            uint32_t to = c->graph->out_to[arc];
            for (int kind = 0; c->row[to] != CN_NONE && kind < CN_LINK_KIND_COUNT; kind++) {
                size_t count = links_of_kind(c, arc, (cn_link_kind)kind, kept);
                if (count > 0) {
                    add_line(c, from, to, kept, count);
                }
            }
        }
    }
}

/* How lines and labels are drawn depends on how much there is. */
static void fit_to_size(chain *c) {
    for (uint32_t column = 0; column < c->scene->column_count; column++) {
        size_t boxes = 0;
        for (size_t i = 0; i < c->scene->node_count; i++) {
            boxes += c->scene->nodes[i].column == column;
        }
        c->scene->short_labels |= boxes > LONG_COLUMN;
    }
    c->scene->value_span = c->scene->node_count > ROOMY_NODES ? 3.4 : 0;
}

/* The widest line will be that of the largest arc; and the most links behind one arc. */
static void measure(chain *c, size_t *most_links) {
    *most_links = 0;
    for (uint32_t from = 0; from < c->graph->n; from++) {
        for (uint32_t arc = c->graph->out_start[from]; arc < c->graph->out_start[from + 1]; arc++) {
            if (c->row[from] == CN_NONE || c->row[c->graph->out_to[arc]] == CN_NONE) {
                continue;
            }
            size_t links = 0;
            (void)cn_graph_arc_links(c->graph, arc, &links);
            *most_links = links > *most_links ? links : *most_links;
            c->scene->value_max = fmax(c->scene->value_max, c->graph->weight[arc]);
        }
    }
}

static void finish(chain *c, cn_entity subject, cn__draw_text_id remark) {
    static const cn__draw_text_id streams[] = {CN__TEXT_SUB_UPSTREAM, CN__TEXT_SUB_DOWNSTREAM, CN__TEXT_SUB_BOTH};
    cn_lang lang = c->scene->lang;
    cn_buf title = {0};
    cn__draw_text_1(&title, CN__TEXT_TITLE_CHAIN, lang, cn_entity_name(c->net, subject));
    const char *parts[2] = {cn__draw_text(streams[c->options->stream], lang), ""};
    if (remark != CN__TEXT_COUNT) {
        parts[1] = cn__draw_text(remark, lang);
    }
    /* Many boxes want to stand close, few look better apart. */
    c->scene->rank_gap = c->scene->node_count > ROOMY_NODES ? 12 : 24;
    c->scene->node_gap = c->scene->short_labels ? 2.5 : c->scene->node_count > ROOMY_NODES ? 4 : 9;
    if (c->tiers.row_count <= 1) {
        static const cn__draw_text_id alone[] = {CN__TEXT_ALONE_UP, CN__TEXT_ALONE_DOWN, CN__TEXT_ALONE_BOTH};
        c->left_out.alone = cn__draw_text(alone[c->options->stream], lang);
    }
    c->left_out.tiers_beyond = c->tiers.cut ? c->options->depth : 0;
    cn__view_finish(c->scene, c->net, c->options, title.data ? title.data : "", parts, 2, &c->left_out);
    c->scene->failed |= title.failed;
    cn_buf_release(&title);
}

/* The state of the links that the layer leaves out, among the rows. */
static void count_left_out(chain *c, uint32_t kinds) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        cn_link_status status = cn_link_status_of(c->net, link);
        if (status <= CN_STATUS_ACTUAL || !(kinds & CN_KIND_BIT(cn_link_kind_of(c->net, link)))) {
            continue;
        }
        uint32_t from = c->graph->vertex[cn_link_from(c->net, link)];
        uint32_t to = c->graph->vertex[cn_link_to(c->net, link)];
        if (from != CN_NONE && to != CN_NONE && c->row[from] != CN_NONE && c->row[to] != CN_NONE) {
            c->left_out.planned += status == CN_STATUS_PLANNED;
            c->left_out.broken += status == CN_STATUS_BROKEN;
        }
    }
}

static cn_status fill(chain *c, uint32_t kinds, cn_error *err) {
    cn_entity subject = CN_NONE;
    cn__draw_text_id remark;
    cn_status status = choose_subject(c, &subject, &remark, err);
    if (status != CN_OK) {
        return status;
    }
    status =
        cn_tiers_compute(c->graph, c->graph->vertex[subject], c->options->stream, c->options->depth, &c->tiers, err);
    c->marked = c->options->stream != CN_DOWNSTREAM;
    if (status == CN_OK && c->marked) {
        status = cn__criticality_compute(c->net, subject, kinds, c->scene, &c->criticality, err);
        c->left_out.unvalued = c->criticality.unvalued;
    }
    if (status != CN_OK) {
        return status;
    }
    c->row = cn__alloc(c->graph->n, sizeof *c->row);
    c->members = cn__view_cluster_members(c->net);
    if (!c->row || !c->members) {
        return CN__NO_MEMORY(err);
    }
    memset(c->row, 0xFF, c->graph->n * sizeof *c->row);
    add_columns(c);
    add_boxes(c, subject);
    if (c->scene->failed) {
        return CN__NO_MEMORY(err);
    }
    size_t most = 0;
    fit_to_size(c);
    measure(c, &most);
    cn_link *kept = cn__alloc(most, sizeof *kept);
    if (!kept) {
        return CN__NO_MEMORY(err);
    }
    add_lines(c, kept);
    cn__free(kept);
    cn__view_reduce(c->scene, c->net, c->options);
    if (c->scene->failed || !cn__view_clear_lanes(c->scene) || !cn__view_raise_hubs(c->scene)) {
        return CN__NO_MEMORY(err);
    }
    count_left_out(c, kinds);
    finish(c, subject, remark);
    return CN_OK;
}

cn_status cn__view_chain(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    chain c = {.net = net, .options = options, .scene = scene};
    uint32_t kinds = options->link_kinds ? options->link_kinds : TRADE;
    cn_graph_options layer = {
        .link_kinds = kinds, .orientation = CN_DIRECTED, .weighting = CN_WEIGHT_VALUE, .trace = true};
    cn_status status = cn_graph_create(net, &layer, &c.graph, err);
    if (status == CN_OK) {
        status = fill(&c, kinds, err);
    }
    cn_tiers_release(&c.tiers);
    cn_graph_free(c.graph);
    cn__criticality_release(&c.criticality);
    cn__free(c.row);
    cn__free(c.members);
    return status;
}
