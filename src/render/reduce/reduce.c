/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stage between a view and its layout: what the picture shall not show leaves the scene here, and is told with its number and its
 * share of the value. Invariant: what is left has the order it had. Cost: O(N log N + L log L) for the boxes and lines of the scene.
 */
#include "reduce.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "coopnet/backbone.h"

#include "draw_text.h"
#include "error.h"
#include "fold.h"
#include "number.h"
#include "simplify.h"

#define NO_VALUE 1e-6 /* what a line without value counts: it decides only where no money does */

size_t cn__reduce_limit(const cn_draw_options *options) {
    if (options->full) {
        return SIZE_MAX;
    }
    return options->limit ? options->limit : CN_DRAW_LIMIT;
}

size_t cn__reduce_target(const cn_draw_options *options) { return options->limit ? options->limit : CN__FOLDED_TO; }

/* Does the line lead from a supplier to a nearer tier, or from one to a customer? */
static bool leads_on(const cn__scene *scene, const cn__scene_link *link, uint32_t node) {
    bool plain = !link->from_group && !link->to_group && !link->inside && !link->turned;
    cn__fold_word word = scene->nodes[node].fold_word;
    return plain &&
           ((word == CN__FOLD_SUPPLIERS && link->from == node) || (word == CN__FOLD_CUSTOMERS && link->to == node));
}

typedef struct ranked {
    uint32_t column;
    double value;
    uint32_t node;
} ranked;

static int by_column(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->column != y->column) {
        return x->column < y->column ? -1 : 1;
    }
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Of a chain: every tier in turn, the nearer ones more often, so that sums of different tiers are not compared. False: memory. */
static bool rank_by_tier(const cn__scene *scene, double *importance) {
    uint32_t home = CN_NONE;
    ranked *list = cn__alloc(scene->node_count, sizeof *list);
    for (uint32_t i = 0; list && i < scene->node_count; i++) {
        const cn__scene_node *node = &scene->nodes[i];
        list[i] = (ranked){node->column, importance[i], i};
        home = node->keep && node->column != CN_NONE ? node->column : home;
    }
    if (list && home != CN_NONE) {
        qsort(list, scene->node_count, sizeof *list, by_column);
        uint32_t rank = 0;
        for (size_t i = 0; i < scene->node_count; i++) {
            uint32_t column = list[i].column;
            rank = i > 0 && list[i - 1].column == column ? rank + 1 : 1;
            uint32_t steps = column > home ? column - home : home - column;
            importance[list[i].node] = 1.0 / ((double)rank * (steps ? steps : 1));
        }
    }
    bool ok = list != NULL;
    cn__free(list);
    return ok;
}

bool cn__reduce_importance(const cn__scene *scene, double *importance) {
    bool chain = false;
    memset(importance, 0, scene->node_count * sizeof *importance);
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        const uint32_t ends[2] = {link->from, link->to};
        for (size_t e = 0; e < 2; e++) {
            if (e ? link->to_group || link->to == link->from : link->from_group) {
                continue;
            }
            cn__fold_word word = scene->nodes[ends[e]].fold_word;
            bool tiered = scene->column_count > 0 && (word == CN__FOLD_SUPPLIERS || word == CN__FOLD_CUSTOMERS);
            bool counts = link->value > 0 && (!tiered || leads_on(scene, link, ends[e]));
            chain |= tiered;
            importance[ends[e]] += counts ? link->value : NO_VALUE;
        }
    }
    return !chain || rank_by_tier(scene, importance);
}

static void add_share(cn_lang lang, double part, double all, cn_buf *out) {
    double percent = all > 0 ? part / all * 100 : 0;
    cn_format_number(out, lang, percent, percent > 0 && percent < 1 ? 1 : 0);
    cn_buf_add_text(out, lang == CN_LANG_RU ? "\u00a0%" : "%");
}

static void add_sentence(cn_buf *notes, cn_lang lang, cn__draw_text_id id, size_t count, size_t of, cn_buf *share) {
    cn_buf a = {0}, b = {0};
    cn_format_number(&a, lang, (double)count, 0);
    cn_format_number(&b, lang, (double)of, 0);
    const char *args[] = {a.data ? a.data : "", b.data ? b.data : "", share->data ? share->data : ""};
    cn_buf_add_text(notes, notes->len ? " " : "");
    cn_text_format(notes, lang, cn__draw_text(id, lang), 3, args);
    notes->failed |= a.failed || b.failed || share->failed;
    cn_buf_release(&a);
    cn_buf_release(&b);
}

/* ---- lines ---- */

static bool may_go(const cn__scene_link *link) {
    return link->value > 0 && !link->from_group && !link->to_group && !link->route && link->from != link->to;
}

/* The level of every line that may go; 0 for the others. Lines of the same ends are judged as one. */
static bool find_levels(const cn__scene *scene, double *level) {
    size_t count = scene->link_count;
    uint32_t *ends = cn__alloc(count, 2 * sizeof *ends);
    double *values = cn__alloc(count, sizeof *values);
    cn_graph *graph = NULL;
    double *by_arc = NULL;
    size_t arcs = 0;
    cn_error err = {0};
    bool ok = ends && values;
    for (size_t i = 0; ok && i < count; i++) {
        if (may_go(&scene->links[i])) {
            ends[arcs] = scene->links[i].from;
            ends[count + arcs] = scene->links[i].to;
            values[arcs++] = scene->links[i].value;
        }
    }
    ok = ok &&
         cn_graph_from_arcs((uint32_t)scene->node_count, arcs, ends, ends + count, values, true, &graph, &err) == CN_OK;
    by_arc = ok ? cn__alloc(graph->m, sizeof *by_arc) : NULL;
    ok = by_arc && cn_backbone_compute(graph, by_arc, &err) == CN_OK;
    for (size_t i = 0; ok && i < count; i++) {
        const cn__scene_link *link = &scene->links[i];
        level[i] = may_go(link) ? by_arc[cn_graph_find_arc(graph, link->from, link->to)] : 0;
    }
    cn_graph_free(graph);
    cn__free(by_arc);
    cn__free(ends);
    cn__free(values);
    return ok;
}

/* Drop the nodes marked, which have no lines left. */
static void drop_nodes(cn__scene *scene, const uint8_t *drop, uint32_t *place) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < scene->node_count; i++) {
        place[i] = kept;
        if (!drop[i]) {
            scene->nodes[kept++] = scene->nodes[i];
        }
    }
    scene->node_count = kept;
    for (size_t i = 0; i < scene->link_count; i++) {
        cn__scene_link *link = &scene->links[i];
        link->from = link->from_group ? link->from : place[link->from];
        link->to = link->to_group ? link->to : place[link->to];
    }
}

static void mark_ends(const cn__scene_link *link, uint8_t *marks, uint8_t mark) {
    if (!link->from_group) {
        marks[link->from] = mark;
    }
    if (!link->to_group) {
        marks[link->to] = mark;
    }
}

bool cn__reduce_lines(cn__scene *scene, double alpha, cn_buf *notes) {
    size_t lines = 0, dropped = 0, boxes = 0, all_boxes = scene->node_count;
    double value = 0, lost = 0;
    double *level = cn__alloc(scene->link_count, sizeof *level);
    uint8_t *drop = cn__calloc(scene->node_count, 1);
    uint32_t *place = cn__alloc(scene->node_count, sizeof *place);
    bool ok = level && drop && place && find_levels(scene, level);
    size_t kept = 0;
    for (size_t i = 0; ok && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        bool goes = may_go(link) && level[i] >= alpha;
        lines += may_go(link);
        value += may_go(link) ? link->value : 0;
        lost += goes ? link->value : 0;
        dropped += goes;
        if (goes) {
            mark_ends(link, drop, 1);
        } else {
            scene->links[kept++] = *link;
        }
    }
    if (ok && dropped > 0) {
        scene->link_count = kept;
        for (size_t i = 0; i < kept; i++) {
            mark_ends(&scene->links[i], drop, 0);
        }
        for (size_t i = 0; i < all_boxes; i++) {
            drop[i] = drop[i] && !scene->nodes[i].keep;
            boxes += drop[i];
        }
        drop_nodes(scene, drop, place);
        cn_buf share = {0};
        add_share(scene->lang, lost, value, &share);
        add_sentence(notes, scene->lang, CN__TEXT_REDUCED_LINES, dropped, lines, &share);
        share.len = 0;
        if (boxes > 0) {
            add_sentence(notes, scene->lang, CN__TEXT_REDUCED_BOXES, boxes, all_boxes, &share);
        }
        cn_buf_release(&share);
    }
    cn__free(level);
    cn__free(drop);
    cn__free(place);
    return ok;
}

/* Of a chain every supplier and customer keeps its strongest line towards the subject. False: memory. */
static bool keep_ways(const cn__scene *scene, uint8_t *keep) {
    uint32_t *way = cn__alloc(scene->node_count, sizeof *way);
    for (size_t i = 0; way && i < scene->node_count; i++) {
        way[i] = CN_NONE;
    }
    for (uint32_t i = 0; way && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        for (int e = 0; e < 2; e++) {
            uint32_t end = e ? link->to : link->from;
            bool on = !link->from_group && !link->to_group && leads_on(scene, link, end);
            if (on && (way[end] == CN_NONE || link->value > scene->links[way[end]].value)) {
                way[end] = i;
            }
        }
    }
    for (size_t i = 0; way && i < scene->node_count; i++) {
        if (way[i] != CN_NONE) {
            keep[way[i]] = 1;
        }
    }
    bool ok = way != NULL;
    cn__free(way);
    return ok;
}

/* Of a folded scene only the strongest lines, so that they can be followed: 3 for every 2 boxes, and what ties all together. */
static bool thin_out(cn__scene *scene, cn_buf *notes) {
    size_t most = scene->node_count * 3 / 2;
    size_t kept = 0, before = scene->link_count;
    double value = 0, left = 0;
    if (before <= most) {
        return true;
    }
    uint8_t *keep = cn__alloc(before, 1);
    bool ok = keep && cn__scene_strongest(scene, most, keep) && keep_ways(scene, keep);
    for (size_t i = 0; ok && i < before; i++) {
        value += scene->links[i].value;
        if (keep[i] || scene->links[i].route) {
            left += scene->links[i].value;
            scene->links[kept++] = scene->links[i];
        }
    }
    if (ok && kept < before) {
        cn_buf share = {0};
        scene->link_count = kept;
        add_share(scene->lang, left, value, &share);
        add_sentence(notes, scene->lang, CN__TEXT_REDUCED_WEAK, kept, before, &share);
        cn_buf_release(&share);
    }
    cn__free(keep);
    return ok;
}

/* ---- boxes ---- */

/* How many boxes are folded, and the value of the lines that end at them. */
static size_t measure(const cn__scene *scene, const cn__folding *f, double *folded, double *all) {
    size_t count = 0;
    *folded = *all = 0;
    for (size_t i = 0; i < scene->node_count; i++) {
        count += f->fold[i] != CN_NONE;
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        bool touches =
            (!link->from_group && f->fold[link->from] != CN_NONE) || (!link->to_group && f->fold[link->to] != CN_NONE);
        *all += link->value;
        *folded += touches ? link->value : 0;
    }
    return count;
}

static void tell_fold(cn_diags *told, size_t count, size_t of, const char *share) {
    cn_buf a = {0}, b = {0};
    cn__format_u64(&a, count);
    cn__format_u64(&b, of);
    const char *args[] = {a.data ? a.data : "", b.data ? b.data : "", share};
    if (told) {
        cn_diags_add(told, CN_MSG_DRAW_FOLDED, "", 0, 0, 3, args);
    }
    cn_buf_release(&a);
    cn_buf_release(&b);
}

bool cn__reduce_fold(cn__scene *scene, const cn_network *net, size_t target, const double *importance, cn_buf *notes,
                     cn_diags *told) {
    cn__folding fold = {0};
    cn_buf share = {0};
    double folded, all;
    size_t before = scene->node_count;
    bool ok = cn__folding_plan(&fold, scene, net, target, importance);
    size_t count = ok ? measure(scene, &fold, &folded, &all) : 0;
    ok = ok && (fold.folds == 0 || cn__folding_apply(&fold, scene, net));
    if (ok && count > 0) {
        add_share(scene->lang, folded, all, &share);
        add_sentence(notes, scene->lang, all > 0 ? CN__TEXT_REDUCED_FOLD : CN__TEXT_REDUCED_FOLD_PLAIN, count, before,
                     &share);
        tell_fold(told, count, before, all > 0 && share.data ? share.data : "–");
    }
    cn_buf_release(&share);
    cn__folding_release(&fold);
    return ok;
}

/* ---- the stage ---- */

/* The importance that --top-by asks for: that of the organisations in the network. */
static bool metric_importance(const cn__scene *scene, const cn_network *net, const cn_draw_options *options,
                              double *importance) {
    cn_error err = {0};
    double *values = NULL;
    cn_graph *graph = NULL;
    bool ok = cn__foremost_values(net, options, &graph, &values, &err) == CN_OK;
    for (size_t i = 0; ok && i < scene->node_count; i++) {
        cn_entity entity = scene->nodes[i].entity;
        uint32_t v = entity < cn_entity_count(net) ? graph->vertex[entity] : CN_NONE;
        importance[i] = v != CN_NONE && !isnan(values[v]) ? values[v] : -1;
    }
    cn_graph_free(graph);
    cn__free(values);
    return ok;
}

void cn__view_reduce(cn__scene *scene, const cn_network *net, const cn_draw_options *options) {
    if (scene->reduced || scene->plot || scene->failed) {
        return;
    }
    scene->reduced = true;
    cn_buf notes = {0};
    cn_buf_add_text(&notes, cn__scene_text(scene, scene->reduced_words));
    bool ok = options->backbone <= 0 || cn__reduce_lines(scene, options->backbone, &notes);
    size_t target = options->top ? options->top : cn__reduce_target(options);
    if (ok && !scene->picked &&
        (scene->node_count > cn__reduce_limit(options) || (options->top && scene->node_count > target))) {
        double *importance = cn__alloc(scene->node_count, sizeof *importance);
        ok = importance &&
             (options->top ? metric_importance(scene, net, options, importance)
                           : cn__reduce_importance(scene, importance)) &&
             cn__reduce_fold(scene, net, target, importance, &notes, options->told) && thin_out(scene, &notes);
        cn__free(importance);
    }
    scene->failed |= !ok;
    scene->reduced_words = cn__scene_keep_buf(scene, &notes, false);
}
