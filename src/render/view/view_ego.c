/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An organisation and its partners: suppliers in columns to the left, customers to the right, as far as `depth`; above it the clusters,
 * projects and parks it belongs to, below it the others it has to do with. Where it neither buys nor sells those take the free
 * side. The view places its boxes itself, so that lines run only between neighbouring columns and never behind a box.
 *
 * Shown are the partners of the largest sums, the rest is folded into one box (direct ones) or counted in the foot line. Supplies among the
 * partners of one column are arcs at its outer side; those between columns further apart are counted.
 * Invariant: `spot` of an entity holds its node and where that stands. Cost: that of cn_tiers_compute, and O(L log L).
 */
#include "view_ego.h"

#include <math.h>
#include <string.h>

#include "error.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
enum { ROWS_LEAVE = 4 }; /* boxes of a column, where rows stand above and below */
#define BELONGS (CN_K_CLUSTER | CN_K_PROJECT | CN_K_PARK)

/* ---- boxes ---- */

static void add_box(cn__ego *e, cn_entity entity, cn__ego_field *to, cn__ego_slot where, uint32_t tier) {
    cn_buf small = {0};
    bool any_cluster = cn_entity_count_of(e->net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn__node_style_of(e->net, entity, e->members[entity], any_cluster);
    cn__view_small_line(e->net, entity, e->scene->lang, &small);
    uint32_t node =
        cn__view_add_node(e->scene, e->net, entity, style, where == CN__EGO_CENTRE, small.data ? small.data : "");
    e->spot[entity] = (cn__ego_spot){node, tier, where};
    e->scene->failed |= small.failed;
    cn_buf_release(&small);
    if (to && node != CN_NONE) {
        to->nodes[to->count++] = node;
    }
}

/* Does it deal with someone one step nearer to the centre who is shown? */
static bool leads_in(const cn__ego *e, uint32_t vertex, bool upstream, uint32_t tier) {
    const cn_graph *g = e->graph;
    const uint32_t *start = upstream ? g->out_start : g->in_start;
    const uint32_t *other = upstream ? g->out_to : g->in_from;
    for (uint32_t i = start[vertex]; i < start[vertex + 1]; i++) {
        const cn__ego_spot *in = &e->spot[g->entity[other[i]]];
        if (tier == 1 ? in->slot == CN__EGO_CENTRE
                      : in->slot == (upstream ? CN__EGO_LEFT : CN__EGO_RIGHT) && in->tier == tier - 1) {
            return true;
        }
    }
    return false;
}

static void fold(cn__ego *e, cn__ego_field *f, bool upstream) {
    cn_buf text = {0};
    cn_buf money = {0};
    cn__draw_text_count(&text, upstream ? CN__TEXT_MORE_SUPPLIERS : CN__TEXT_MORE_CUSTOMERS, e->scene->lang, f->folded);
    if (f->folded_value > 0 && f->folded_value < 9e16) {
        cn_format_money(&money, e->scene->lang, llround(f->folded_value * 100), cn_network_currency(e->net));
    }
    uint32_t node = cn__compose_fold(e->scene, upstream ? "more suppliers" : "more customers",
                                     text.data ? text.data : "", money.data ? money.data : "");
    if (node != CN_NONE) {
        f->nodes[f->count++] = node;
    }
    e->scene->failed |= text.failed || money.failed;
    cn_buf_release(&text);
    cn_buf_release(&money);
}

/* The boxes of one tier; the rows of a tier stand together, the largest first. False: memory. */
static bool add_column(cn__ego *e, bool upstream, uint32_t tier, cn__ego_field *f) {
    int32_t wanted = upstream ? (int32_t)tier : -(int32_t)tier;
    f->nodes = cn__alloc(CN__EGO_COLUMN + 1, sizeof *f->nodes);
    f->zone = CN_NONE;
    if (!f->nodes) {
        return false;
    }
    uint64_t rows = 0;
    for (size_t i = 0; i < e->tiers.row_count; i++) {
        rows += e->tiers.rows[i].tier == wanted;
    }
    for (size_t i = 0; i < e->tiers.row_count; i++) {
        const cn_tier_row *row = &e->tiers.rows[i];
        if (row->tier != wanted) {
            continue;
        }
        bool room = f->count + 1 < e->most_column || (f->count < e->most_column && rows <= e->most_column);
        if (room && leads_in(e, row->vertex, upstream, tier)) {
            add_box(e, e->graph->entity[row->vertex], f, upstream ? CN__EGO_LEFT : CN__EGO_RIGHT, tier);
        } else {
            f->folded++;
            f->folded_value += isnan(row->value) ? 0 : row->value;
        }
    }
    if (f->folded && tier == 1) {
        fold(e, f, upstream);
    } else {
        e->left_out.partners += f->folded;
    }
    return true;
}

static bool add_columns(cn__ego *e, bool upstream) {
    uint32_t kinds = e->options->link_kinds;
    uint32_t depth = kinds && !(kinds & TRADE) ? 0 : upstream ? e->tiers.depth_up : e->tiers.depth_down;
    cn__ego_field *fields = cn__calloc(depth ? depth : 1, sizeof *fields);
    *(upstream ? &e->left : &e->right) = fields;
    *(upstream ? &e->tiers_left : &e->tiers_right) = fields ? depth ? depth : 1 : 0;
    uint32_t *shown = upstream ? &e->depth_left : &e->depth_right;
    for (uint32_t tier = 1; fields && tier <= depth; tier++) {
        if (!add_column(e, upstream, tier, &fields[tier - 1])) {
            return false;
        }
        *shown = fields[tier - 1].count ? tier : *shown;
    }
    return fields != NULL;
}

/* Its planned supplies, which the columns leave out. */
static void count_planned(cn__ego *e) {
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        bool touches = cn_link_from(e->net, link) == e->subject || cn_link_to(e->net, link) == e->subject;
        e->left_out.planned += touches && TRADE & CN_KIND_BIT(cn_link_kind_of(e->net, link)) &&
                               cn_link_status_of(e->net, link) == CN_STATUS_PLANNED;
    }
}

/* ---- the others ---- */

static bool is_other(const void *context, cn_link link) {
    const cn__ego *e = context;
    cn_link_kind kind = cn_link_kind_of(e->net, link);
    uint32_t kinds = e->options->link_kinds ? e->options->link_kinds : UINT32_MAX;
    cn_entity from = cn_link_from(e->net, link);
    cn_entity to = cn_link_to(e->net, link);
    bool touches = (from == e->subject) != (to == e->subject);
    return touches && kinds & CN_KIND_BIT(kind) && !(TRADE & CN_KIND_BIT(kind)) && kind != CN_LINK_MADE_FROM &&
           cn__view_link_drawn(e->net, link);
}

cn_entity cn__ego_other(const cn__ego *e, const cn__line *line) {
    return line->from == e->subject ? line->to : line->from;
}

/* Where those stand whom no column holds: events and organisations take a free side. */
static cn__ego_slot slot_of(const cn__ego *e, cn_entity entity) {
    uint32_t kind = CN_KIND_BIT(cn_entity_kind_of(e->net, entity));
    if (kind & BELONGS) {
        return CN__EGO_TOP;
    }
    if (kind & CN_K_EVENT && !e->depth_right) {
        return CN__EGO_RIGHT;
    }
    return !(kind & CN_K_EVENT) && !e->depth_left ? CN__EGO_LEFT : CN__EGO_BOTTOM;
}

static bool add_others(cn__ego *e) {
    if (!cn__lines_gather(&e->others, e->net, is_other, e)) {
        return false;
    }
    cn__ego_field *sides[] = {
        [CN__EGO_LEFT] = e->left, [CN__EGO_RIGHT] = e->right, [CN__EGO_TOP] = &e->top, [CN__EGO_BOTTOM] = &e->bottom};
    for (cn__ego_slot where = CN__EGO_LEFT; where <= CN__EGO_BOTTOM; where++) {
        if (!sides[where]->nodes) {
            sides[where]->nodes = cn__alloc(CN__EGO_COLUMN + 1, sizeof *sides[where]->nodes);
            sides[where]->zone = CN_NONE;
        }
        if (!sides[where]->nodes) {
            return false;
        }
    }
    for (size_t at = 0; at < e->others.count;) {
        cn__line line = cn__lines_at(&e->others, at);
        cn_entity other = cn__ego_other(e, &line);
        at += line.count;
        if (e->spot[other].slot != CN__EGO_NOWHERE) {
            continue;
        }
        cn__ego_slot where = slot_of(e, other);
        size_t most = where == CN__EGO_TOP || where == CN__EGO_BOTTOM ? e->most_row : e->most_column;
        if (sides[where]->count < most) {
            add_box(e, other, sides[where], where, 1);
        } else {
            e->left_out.others++;
        }
    }
    return !e->scene->failed;
}

/* ---- the whole ---- */

static void finish(cn__ego *e, cn__draw_text_id remark) {
    cn_lang lang = e->scene->lang;
    cn_buf title = {0};
    bool trade = e->depth_left || e->depth_right;
    cn__draw_text_1(&title, CN__TEXT_TITLE_EGO, lang, cn_entity_name(e->net, e->subject));
    const char *parts[] = {cn__draw_text(e->beside ? CN__TEXT_SUB_EGO_BESIDE
                                         : trade   ? CN__TEXT_SUB_EGO
                                                   : CN__TEXT_SUB_EGO_TIES,
                                         lang),
                           remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, lang)};
    if (e->scene->node_count == 1) {
        e->left_out.alone = cn__draw_text(CN__TEXT_ALONE, lang);
    }
    e->left_out.tiers_beyond = e->tiers.cut && e->options->depth > 1 ? e->options->depth : 0;
    cn__view_finish(e->scene, e->net, e->options, title.data ? title.data : "", parts, 2, &e->left_out);
    e->scene->failed |= title.failed;
    cn_buf_release(&title);
}

/* How many boxes a column and a row may have where a limit was given: about half of it in each column. */
static void share_limit(cn__ego *e) {
    uint32_t limit = e->options->full ? 0 : e->options->limit;
    e->most_column = CN__EGO_COLUMN;
    e->most_row = CN__EGO_ROW;
    e->most_ties = CN__EGO_TIES;
    if (limit && limit < 2 * CN__EGO_COLUMN) {
        e->most_column = limit / 2 > 3 ? limit / 2 : 3;
        e->most_row = limit > 12 ? 5 : limit > 6 ? 4 : 3;
        e->most_ties = limit / 2;
        e->tight = true;
    }
}

/*
 * On a sheet that has little height (a slide), rows above and below leave the columns no room: where the right side is short enough they stand below the
 * customers instead.
 */
static bool goes_beside(const cn__ego *e) {
    size_t right = e->right->count + e->top.count + e->bottom.count;
    size_t room = e->left->count > e->most_column ? e->left->count : e->most_column;
    return e->tight && e->options->paper == CN_PAPER_SLIDE && e->depth_left && e->depth_right <= 1 &&
           right <= room + 2 && e->left->count > ROWS_LEAVE;
}

static cn_status fill(cn__ego *e, cn_error *err) {
    cn__draw_text_id remark = CN__TEXT_COUNT;
    e->subject = e->options->subject;
    if (!e->options->subject_given && !cn__subject_partner(e->net, e->graph, &e->subject, &remark)) {
        return CN__NO_MEMORY(err);
    }
    if (e->subject == CN_NONE) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_SUBJECT);
    }
    share_limit(e);
    uint32_t depth = e->options->depth ? e->options->depth : 1;
    cn_status status = cn_tiers_compute(e->graph, e->graph->vertex[e->subject], CN_BOTH_STREAMS, depth, &e->tiers, err);
    if (status != CN_OK) {
        return status;
    }
    e->spot = cn__calloc(cn_entity_count(e->net), sizeof *e->spot);
    e->members = cn__view_cluster_members(e->net);
    bool ok = e->spot && e->members;
    if (ok) {
        add_box(e, e->subject, NULL, CN__EGO_CENTRE, 0);
        ok = add_columns(e, true) && add_columns(e, false) && add_others(e);
        e->beside = ok && goes_beside(e);
        ok = ok && cn__ego_add_lines(e);
    }
    if (ok) {
        count_planned(e);
        cn__ego_add_zones(e);
        ok = !e->scene->failed && cn__compose_raise(e->scene);
    }
    if (!ok) {
        return CN__NO_MEMORY(err);
    }
    cn__ego_place(e);
    finish(e, remark);
    return CN_OK;
}

static void release(cn__ego *e) {
    for (uint32_t tier = 0; tier < e->tiers_left; tier++) {
        cn__free(e->left[tier].nodes);
    }
    for (uint32_t tier = 0; tier < e->tiers_right; tier++) {
        cn__free(e->right[tier].nodes);
    }
    cn__free(e->left);
    cn__free(e->right);
    cn__free(e->top.nodes);
    cn__free(e->bottom.nodes);
    cn__free(e->spot);
    cn__free(e->members);
    cn__lines_release(&e->others);
    cn__lines_release(&e->trade);
    cn_tiers_release(&e->tiers);
    cn_graph_free(e->graph);
}

cn_status cn__view_ego(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    cn__ego e = {.net = net, .options = options, .scene = scene};
    cn_date now = cn_network_as_of_date(net);
    const cn_graph_options layer = {.link_kinds = options->link_kinds & TRADE ? options->link_kinds & TRADE : TRADE,
                                    .since = now,
                                    .until = now,
                                    .orientation = CN_DIRECTED,
                                    .weighting = CN_WEIGHT_VALUE};
    scene->placed = true;
    cn_status status = cn_graph_create(net, &layer, &e.graph, err);
    if (status == CN_OK) {
        status = fill(&e, err);
    }
    release(&e);
    return status;
}
